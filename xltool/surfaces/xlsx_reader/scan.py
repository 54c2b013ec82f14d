"""What the sheet's XML says beyond values: formulas, the styles of numbers, errors, hidden rows and columns.

Texts and empty cells are passed over, so that the scan costs what the few other cells cost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

FAR_SQUARES = 2_000_000
"""Squares of the used range that are read: a parser lays all of them out, empty or not."""

_CELL = re.compile(
    rb"<(?:\w+:)?c\s(?![^>]*\bt=[\"'](?:s|inlineStr)[\"'])([^>]*[^/>])>\s*"
    rb"(?:<(?:\w+:)?f\b[^>]*?(?:/>|>([^<]*)</(?:\w+:)?f>)\s*)?"
    rb"(?:<(?:\w+:)?v\b[^>]*>([^<]*)</)?"
)
_STORED = re.compile(rb"<(?:\w+:)?c\s[^>]*\br=[\"']([A-Z]+)(\d+)[\"'][^>]*[^/>]>(?!</)")
_FAR = re.compile(rb"\br=[\"'](?:[A-Z]{2,}\d+|[A-Z]\d{4,})[\"']")
_PLACE = re.compile(rb"\br=[\"']([A-Z]{1,3})(\d{1,7})[\"']")
_STYLE = re.compile(rb"\bs=[\"'](\d+)[\"']")
_ERROR = re.compile(rb"\bt=[\"']e[\"']")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
_COLUMN = re.compile(rb"<(?:\w+:)?col\b([^>]*)>")
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_HIDDEN = re.compile(rb"\bhidden=[\"'](?:1|true)[\"']")
_BOUNDS = re.compile(rb"\b(min|max)=[\"'](\d+)[\"']")
_ROW_NUMBER = re.compile(rb"\br=[\"'](\d+)[\"']")


@dataclass(frozen=True, slots=True)
class Special:
    """A cell that is no plain text: its style, its formula, whether a result is stored, its error."""

    style: int
    formula: str
    stored: bool
    error: str


def specials(part: bytes) -> dict[tuple[int, int], Special]:
    """The cells of a sheet that hold a number, a formula or an error, by row and column."""
    found: dict[tuple[int, int], Special] = {}
    for cell in _CELL.finditer(part):
        place = _PLACE.search(cell.group(1))
        if place is None:
            continue
        style = _STYLE.search(cell.group(1))
        formula, stored = cell.group(2), cell.group(3)
        error = stored and _ERROR.search(cell.group(1))
        found[int(place.group(2)), column_number(place.group(1))] = Special(
            int(style.group(1)) if style else 0,
            unescape(formula.decode("utf-8", "replace")) if formula else "",
            bool(stored),
            unescape(stored.decode("utf-8", "replace")) if error else "",
        )
    return found


def column_number(letters: bytes) -> int:
    """The number of a column: B → 2, AA → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def used_squares(part: bytes) -> tuple[int, str]:
    """The squares of the rectangle around all stored cells, and its last corner; 0 where no cell lies far out."""
    if not _FAR.search(part):
        return 0, ""
    rows, columns = set(), set()
    for letters, digits in _STORED.findall(part):
        rows.add(int(digits))
        columns.add(letters)
    if not rows:
        return 0, ""
    numbers = {column_number(letters): letters for letters in columns}
    corner = f"{numbers[max(numbers)].decode()}{max(rows)}"
    return (max(rows) - min(rows) + 1) * (max(numbers) - min(numbers) + 1), corner


def hidden(part: bytes) -> tuple[frozenset[int], frozenset[int]]:
    """The hidden columns and the hidden rows."""
    if b"hidden=" not in part:
        return frozenset(), frozenset()
    columns: set[int] = set()
    for found in _COLUMN.findall(part):
        bounds = {key: int(number) for key, number in _BOUNDS.findall(found)}
        if _HIDDEN.search(found) and bounds.keys() == {b"min", b"max"}:
            columns.update(range(bounds[b"min"], min(bounds[b"max"], 16384) + 1))
    numbers = (_ROW_NUMBER.search(found) for found in _ROW.findall(part) if _HIDDEN.search(found))
    return frozenset(columns), frozenset(int(number.group(1)) for number in numbers if number)
