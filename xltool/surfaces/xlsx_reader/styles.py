"""What every style of a workbook says: its number format, and why text in it may not be what people see."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple
from xml.etree import ElementTree as ET

from xltool.grid import SIGNS, STRUCK, WHITE
from xltool.surfaces.number_format import BUILT_IN, adds_words

NUMBER, DAY = "number", "day"
_NUMBERS = frozenset({*range(5), 9, 10, 11, *range(37, 45), 48, 49})
"""Excel's own formats that show numbers; of the others 14 shows a day, some a moment or a part of a day."""
_OWN = 164
"""The number of the first format that a file spells out."""
SIGN_FONTS = ("Wingdings", "Webdings", "Symbol")
"""How the names of fonts begin whose letters show as signs."""
# A parser takes any letter of a date outside quotes for a date's format.
_NO_DAY = re.compile(r"General|[^aApPdDmMyYhHsS\[]+")
_A_DAY = re.compile(r"(?:\[\$-[0-9A-Fa-f]+\])?[yY][yYmMdD/.\-年月日\" \\]*(?:;@)?")


class Format(NamedTuple):
    """A style's number format: its code, and whether it shows a number or a day; no kind where only a parser tells."""

    code: str = "General"
    kind: str = NUMBER


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a workbook by number: the number format of each; why text in some is not sure; those with a fill that
    is not white; the formats of those that write more than a text that stands in them (@"元")."""

    formats: tuple[Format, ...] = ()
    unsure: Mapping[int, str] = field(default_factory=dict)
    filled: frozenset[int] = frozenset()
    worded: Mapping[int, str] = field(default_factory=dict)


@lru_cache(maxsize=32)
def styles_of(part: bytes) -> Styles:
    """What a style sheet says; nothing where there is none."""
    if not part:
        return Styles()
    root = ET.fromstring(part)
    own = {found.get("numFmtId", ""): found.get("formatCode", "General") for found in root.iterfind("{*}numFmts/{*}numFmt")}
    styles = root.findall("{*}cellXfs/{*}xf")
    formats = tuple(_format(found.get("numFmtId", "0"), own) for found in styles)
    fills = {str(number) for number, fill in enumerate(root.iterfind("{*}fills/{*}fill")) if _coloured(fill)}
    filled = frozenset(number for number, one in enumerate(styles) if one.get("fillId", "0") in fills)
    flaws = {str(number): why for number, font in enumerate(root.iterfind("{*}fonts/{*}font")) if (why := flaw(font))}
    fonts = [flaws.get(one.get("fontId", "0"), "") for one in styles]
    unsure = {number: why for number, why in enumerate(fonts) if why and not (why == WHITE and number in filled)}
    return Styles(formats, unsure, filled, {number: one.code for number, one in enumerate(formats) if adds_words(one.code)})


def flaw(font: ET.Element) -> str:
    """Why text in a font is not sure; empty where it is. A part of a text has its font's properties in ``rPr``."""
    if _is(font.find("{*}strike")):
        return STRUCK
    names = [one.get("val", "") for tag in ("name", "rFont") for one in font.iterfind(f"{{*}}{tag}")]
    if any(name.startswith(SIGN_FONTS) for name in names):
        return SIGNS
    return WHITE if _white(font.find("{*}color")) else ""


def _white(colour: ET.Element | None) -> bool:
    """True for white, however it is named: by its parts, as the theme's first colour, as one of Excel's old list."""
    if colour is None or colour.get("tint"):
        return False
    return colour.get("rgb", "")[-6:].upper() == "FFFFFF" or colour.get("theme") == "0" or colour.get("indexed") in ("1", "9")


def _is(found: ET.Element | None) -> bool:
    return found is not None and found.get("val", "1") not in ("0", "false")


def _coloured(fill: ET.Element) -> bool:
    """True for a fill that is not white: on it white text is seen."""
    pattern = fill.find("{*}patternFill")
    if pattern is None:
        return len(fill) > 0
    kind, front = pattern.get("patternType", "none"), pattern.find("{*}fgColor")
    return kind != "none" and not (kind == "solid" and (front is None or _white(front)))


def _format(number: str, own: dict[str, str]) -> Format:
    if not number.isdecimal():
        return Format(own.get(number, "General"), "")
    if (code := own.get(number)) is not None:
        kind = NUMBER if _NO_DAY.fullmatch(code) else DAY if _A_DAY.fullmatch(code) else ""
        return Format(code, kind if int(number) >= _OWN else "")
    kind = NUMBER if int(number) in _NUMBERS else DAY if number == "14" else ""
    return Format(BUILT_IN.get(int(number), "General"), kind)
