"""What names are known by when forms are compared: a project's, a unit's, an indicator's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from xltool.values import normal

_QUOTES = re.compile(r"[\"'“”‘’《》〈〉「」]")
_CODE = re.compile(r"(?=[0-9A-Z]*\d)[0-9A-Z]{3,}[-_—–:]+(?=\D)")
_UNIT_CODE = re.compile(r"\s*(?:[\[【(（〔]\d{3,}[\]】)）〕]|\d{3,}\s+)(?=\D)")
"""A unit's code in brackets, or parted by a blank: [103001]水务局, 103001 水务局."""
_SEAL = re.compile(r"\((?:盖章|公章|签章|章)\)")
_OWN = re.compile(r"\((?:本级|机关|局机关|本部|局本级|部门本级)\)|(?:本级|机关本级)$")

_BETWEEN = "\u00a6"
"""A mark that NFKC leaves alone, and that joins with nothing around it."""
_WIDE = tuple((wide, unicodedata.normalize("NFKC", wide)) for wide in "（），：；！？％＝～＞＜")
"""The full-width marks of Chinese text and what NFKC makes of each: a text without them mostly stays as it is, which is quickly seen."""


def normals(texts: Sequence[str]) -> list[str]:
    """``normal`` of each of the texts, which are looked at all at once."""
    whole = _BETWEEN.join(texts)
    if not texts or not whole.isprintable() or whole.count(_BETWEEN) != len(texts) - 1:
        return [normal(text) for text in texts]
    for wide, mark in _WIDE:
        whole = whole.replace(wide, mark)
    return "".join(unicodedata.normalize("NFKC", whole).split()).split(_BETWEEN)


@lru_cache(maxsize=16384)
def project_key(name: str) -> str:
    """The name without blanks, quotation marks and a code before it (``510000R22-培训费`` → ``培训费``)."""
    return _CODE.sub("", _QUOTES.sub("", normal(name)).upper(), count=1)


@lru_cache(maxsize=4096)
def code_of(name: str) -> str:
    """The code that is printed before a name; empty where there is none."""
    found = _CODE.match(normal(name).upper())
    return found.group().rstrip("-_—–:") if found else ""


@lru_cache(maxsize=4096)
def unit_key(name: str) -> str:
    """The unit's name without blanks, a code before it and the word for its seal; 本级 stays, for it is another unit."""
    return _CODE.sub("", _SEAL.sub("", normal(_UNIT_CODE.sub("", name, count=1) if _UNIT_CODE.match(name) else name)).upper(), count=1)


@lru_cache(maxsize=4096)
def loose_unit_key(name: str) -> str:
    """The same without 本级 and 机关: what a list of units may leave out."""
    return _OWN.sub("", unit_key(name))
