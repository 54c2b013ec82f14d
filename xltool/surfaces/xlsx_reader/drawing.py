"""The sheets of an official blank as drawn: merges, formats and locks of empty cells, drop-downs, column widths."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree as ET

from xltool.grid import Rectangle
from xltool.surfaces.xlsx_reader.container import parts
from xltool.surfaces.xlsx_reader.properties import (
    related_part,
    sheet_parts,
    workbook_part,
)
from xltool.surfaces.xlsx_reader.scan import STYLE, column_number
from xltool.surfaces.xlsx_reader.styles import styles_of

_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?r="([A-Z]{1,3})(\d{1,7})"[^>]*')
_AREA = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")
FARTHEST = 2_000
"""A drop-down over a whole column counts no farther down than this."""
Corner = tuple[int, int]


class Drawing:
    """What a sheet says of its empty cells: by square the number format, those open to be filled in,
    drop-down words, and which have a border."""

    def __init__(self) -> None:
        self.formats: dict[Corner, str] = {}
        self.unlocked: set[Corner] = set()
        self.choices: dict[Corner, tuple[str, ...]] = {}
        self.widths: dict[int, float] = {}
        self.protected = False
        self.merges: tuple[Rectangle, ...] = ()
        self.bordered: set[Corner] = set()


def drawings(data: bytes, name: str) -> dict[str, Drawing]:
    """The drawing of each sheet by the sheet's name.

    Raises:
        ProblemError: as ``read`` does.
    """
    held, _ = parts(data, name)
    workbook = workbook_part(held)
    styles = held.get(related_part(held, workbook, "styles"), b"")
    codes = [one.code for one in styles_of(styles).formats]
    looks = ET.fromstring(styles) if styles else ET.Element("styleSheet")
    unlocked, bordered = _unlocked(looks), _bordered(looks)
    return {sheet: _drawing(held[part], codes, unlocked, bordered) for sheet, part in sheet_parts(held, workbook).items() if part in held}


def _unlocked(styles: ET.Element) -> frozenset[int]:
    """The numbers of the styles whose cells stay open on a protected sheet."""
    found = styles.iterfind("{*}cellXfs/{*}xf")
    return frozenset(number for number, one in enumerate(found) if (lock := one.find("{*}protection")) is not None and lock.get("locked") in ("0", "false"))


def _bordered(styles: ET.Element) -> frozenset[int]:
    """The numbers of the styles whose cells have a line at one of their sides."""
    lined = {str(number) for number, one in enumerate(styles.iterfind("{*}borders/{*}border")) if any(side.get("style", "none") != "none" for side in one)}
    return frozenset(number for number, one in enumerate(styles.iterfind("{*}cellXfs/{*}xf")) if one.get("borderId", "0") in lined)


def _drawing(part: bytes, codes: list[str], unlocked: frozenset[int], bordered: frozenset[int]) -> Drawing:
    made = Drawing()
    for found in _CELL.finditer(part):
        style = STYLE.search(found.group())
        number = int(style.group(1)) if style else 0
        corner = int(found.group(2)), column_number(found.group(1))
        made.formats[corner] = codes[number] if number < len(codes) else "General"
        if number in unlocked:
            made.unlocked.add(corner)
        if number in bordered:
            made.bordered.add(corner)
    root = ET.fromstring(part)
    made.protected = any(one.get("sheet") in ("1", "true") for one in root.iterfind("{*}sheetProtection"))
    for one in root.iterfind("{*}cols/{*}col"):
        for column in range(int(one.get("min", "1")), min(int(one.get("max", "1")), 200) + 1):
            made.widths[column] = float(one.get("width", "0"))
    for rule in root.iterfind("{*}dataValidations/{*}dataValidation"):
        words = _words(rule.get("type", ""), rule.findtext("{*}formula1") or "")
        for corner in _squares(rule.get("sqref", "")) if words else ():
            made.choices[corner] = words
    return made


def _words(kind: str, formula: str) -> tuple[str, ...]:
    """The words of a drop-down that stand in the rule itself."""
    if kind != "list" or not (formula.startswith('"') and formula.endswith('"')):
        return ()
    return tuple(word.strip() for word in formula[1:-1].split(",") if word.strip())


def _squares(areas: str) -> Iterator[Corner]:
    for found in _AREA.finditer(areas):
        left, top, right, bottom = found.groups()
        for row in range(int(top), min(int(bottom or top), int(top) + FARTHEST) + 1):
            yield from ((row, column) for column in range(column_number(left.encode()), column_number((right or left).encode()) + 1))


def widths_of(widths: Mapping[int, float], columns: int) -> tuple[float, ...]:
    """The widths of so many columns, Excel's usual one where none is given; without the edges that it adds."""
    return tuple(round(max(widths.get(column, 9.14) - 0.7109375, 1.0), 1) for column in range(1, columns + 1))
