"""The number format of every style of a workbook, and whether a cell's quote keeps it text."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from xml.etree import ElementTree as ET

from xltool.surfaces.number_format import BUILT_IN

NUMBER, DAY = "number", "day"
_NUMBERS = frozenset({*range(5), 9, 10, 11, *range(37, 45), 48, 49})
"""Excel's own formats that show numbers; of the others 14 shows a day, some a moment or a part of a day."""
_OWN = 164
"""The number of the first format that a file spells out."""
# A parser takes any letter of a date outside quotes for a date's format.
_NO_DAY = re.compile(r"General|[^aApPdDmMyYhHsS\[]+")
_A_DAY = re.compile(r"(?:\[\$-[0-9A-Fa-f]+\])?[yY][yYmMdD/.\-年月日\" \\]*(?:;@)?")


class Format(NamedTuple):
    """A style's number format: its code, and whether it shows a number or a day; no kind where only a parser tells."""

    code: str = "General"
    kind: str = NUMBER


@lru_cache(maxsize=32)
def number_formats(part: bytes) -> tuple[Format, ...]:
    """The number format of each style in the style sheet's order; empty where there is no style sheet."""
    if not part:
        return ()
    root = ET.fromstring(part)
    own = {found.get("numFmtId", ""): found.get("formatCode", "General") for found in root.iterfind("{*}numFmts/{*}numFmt")}
    return tuple(_format(found.get("numFmtId", "0"), own) for found in root.iterfind("{*}cellXfs/{*}xf"))


def _format(number: str, own: dict[str, str]) -> Format:
    if not number.isdecimal():
        return Format(own.get(number, "General"), "")
    if (code := own.get(number)) is not None:
        kind = NUMBER if _NO_DAY.fullmatch(code) else DAY if _A_DAY.fullmatch(code) else ""
        return Format(code, kind if int(number) >= _OWN else "")
    kind = NUMBER if int(number) in _NUMBERS else DAY if number == "14" else ""
    return Format(BUILT_IN.get(int(number), "General"), kind)
