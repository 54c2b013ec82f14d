"""Lines that a mail or a terminal cut at one width, wherever they were: in the middle of an amount too."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from xltool.form import Form
from xltool.heights import length
from xltool.lines import NO_CELLS
from xltool.recovery.vocabulary import vocabulary
from xltool.values import normal

FULL, CUT = 8, 2
"""So many lines of the greatest width, at the ends of so many a number is cut, tell that lines were cut there."""
CODE, SAID = "lines-cut", "文字在同一宽度处断行，共{}处，已接上"
SHORTEST, LONGEST = 3, 40
"""Letters of a caption that tells, at least; so many of a line are looked at."""
_YEAR = re.compile(r"[（(]?(?:19|20)\d\d年度?[）)]?$")
_TARGET = re.compile(r"[≥≤=><＞＜]\s*\d[\d.,]*\s*(?:%|[（(][^（）()]{1,8}[）)])\s*$")
_END, _BEGIN = re.compile(r"[\d,.-]+$"), re.compile(r"[\d,.-]+")
_WHOLE = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|(?:19|20)\d\d-\d\d-\d\d|-?\d+\.\d\d")
"""A number or a day that nobody takes for two."""


def joined(lines: Sequence[str], forms: Iterable[Form] = ()) -> list[str] | None:
    """The lines as they were before all were cut at one width, counted in letters or as wide as they are shown, each where its
    first part stands; None where they were not. What begins with a caption of the forms stays on a line of its own."""
    return _joined(lines, len, forms) or _joined(lines, length, forms)


def _joined(lines: Sequence[str], measure: Callable[[str], int], forms: Iterable[Form]) -> list[str] | None:
    widths = list(map(measure, lines))
    most = max(widths)
    full = [at for at, width in enumerate(widths[:-1]) if width >= most - 1 and lines[at + 1] and width + measure(lines[at + 1][0]) > most]
    if len(full) < FULL or sum(_is_number_cut(lines[at], lines[at + 1]) for at in full) < CUT:
        return None
    words = tuple({key for form in forms for key in _captions(form) if len(key) >= SHORTEST})
    made = list(lines)
    for at in reversed(full):
        if not _begins(lines[at], lines[at + 1], words):
            made[at : at + 2] = [made[at] + made[at + 1], NO_CELLS]
    return made


def _captions(form: Form) -> Iterator[str]:
    """What lines of a form begin with: captions, those with a field in them up to that, levels, titles."""
    words = vocabulary(form)
    yield from (one.key for found in words.spellings.values() for one in found)
    yield from words.levels.keys
    yield from map(normal, form.titles)


def _begins(line: str, then: str, words: tuple[str, ...]) -> bool:
    """True where a line that may go on is rather whole: the next one begins with a caption or a year, or it ends with a
    caption or a target."""
    key = normal(then[:LONGEST])
    if key.startswith(words) or _YEAR.match(key):
        return True
    return normal((line.split() or [""])[-1]) in words or bool(_TARGET.search(line) and not key[:1].isdigit())


def _is_number_cut(line: str, then: str) -> bool:
    """True where a line's end and the next one's begin are one number."""
    end, begin = _END.search(line), _BEGIN.match(then)
    if not end or not begin or not _WHOLE.fullmatch(end[0] + begin[0]):
        return False
    # A whole number behind another (10, 2,000.00) may be the next cell's.
    return not _WHOLE.fullmatch(begin[0]) or not end[0].isdigit()
