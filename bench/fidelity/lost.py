"""What the printing program lost: text of a filing that its PDF does not hold at all, so that nobody can read it.

A word processor cuts off what runs out of a cell at the end of a page. The letters that a filing's forms have and
the PDF has not are counted; a wrong text that lacks just such letters was lost before anything was read.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence

from tests.damage.score import Wrong
from xltool.arrange import place, text_of
from xltool.filing import Filing
from xltool.form import Form

MOST = 0.5
"""The share of the letters missing from a text that the PDF lacks where printing lost them: pages have letters of
their own besides (titles, heads), which stand in for some."""


def lost(wrong: Sequence[Wrong], truth: Filing, printed: str, forms: Mapping[str, Form]) -> frozenset[str]:
    """The paths of the wrong texts whose missing letters the PDF does not hold; ``printed`` are all that it holds."""
    if not wrong:
        return frozenset()
    cells = (one for entry in truth.entries for one in place(forms[entry.form], entry))
    lacking = _letters("".join(text_of(one.value) if one.field else one.text for one in cells)) - _letters(printed)
    return frozenset(one.path for one in wrong if _is_lost(one, lacking))


def _is_lost(one: Wrong, lacking: Counter[str]) -> bool:
    if not isinstance(one.true, str) or not isinstance(one.read, str | None):
        return False
    missing = _letters(one.true) - _letters(one.read or "")
    return 0 < MOST * missing.total() <= (missing & lacking).total()


def _letters(text: str) -> Counter[str]:
    """How often each letter stands in a text; digits and signs, which forms print in more than one way, are none."""
    return Counter(letter for letter in unicodedata.normalize("NFKC", text) if letter.isalpha())
