"""What the sheet's XML says beyond values: formulas, the styles of numbers, errors, hidden rows and columns.

Texts and empty cells are passed over, so that the scan costs what the few other cells cost.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

from xltool.grid import Rectangle, address

_CELL = (
    rb"<%bc((?:\s+(?:r|s|cm|vm|ph)=[\"'][^\"']*[\"']|\s+t=[\"'](?!s[\"']|inlineStr)\w+[\"'])*)\s*>\s*"
    rb"(?:<%bf\b[^>]*?(?:/>|>([^<]*)</%bf>)\s*)?"
    rb"(?:<%bv\b[^>]*>([^<]*)</)?"
)
_NUMBERS = re.compile(rb'<c r="([A-Z]++\d++)"(?: s="(\d++)")?+(?: t="[nbd]")?+>\s*+<v>')
"""A number as nearly every program writes it; a sheet that writes one otherwise is scanned in full."""
_PREFIX = re.compile(rb"<(\w+:)worksheet\b")
PLACE = re.compile(rb"\br=[\"']([A-Z]{1,3})(\d{1,7})[\"']")
STYLE = re.compile(rb"\bs=[\"'](\d+)[\"']")
"""Where a cell stands, and its style, among its attributes."""
_STRING = re.compile(rb"\bt=[\"']str[\"']")
_ERROR = re.compile(rb"\bt=[\"']e[\"']")
_COLUMN = re.compile(rb"<(?:\w+:)?col\b([^>]*)>")
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_HIDDEN = re.compile(rb"\b(?:hidden=[\"'](?:1|true)|(?:ht|width)=[\"']0(?:\.0*)?)[\"']")
"""A row or column that is hidden, or has no height or width, which comes to the same."""
_BOUNDS = re.compile(rb"\b(min|max)=[\"'](\d+)[\"']")
_ROW_NUMBER = re.compile(rb"\br=[\"'](\d+)[\"']")


@dataclass(frozen=True, slots=True)
class Special:
    """A cell with a formula or an error: its formula, whether a result is stored, its error."""

    formula: str
    stored: bool
    error: str


Corner = tuple[int, int]


def numbers_and_formulas(part: bytes) -> tuple[dict[Corner, int] | None, dict[Corner, Special]]:
    """By row and column: the styles of the cells that hold no text, and the cells with a formula or an error.

    The styles are None in a sheet with neither formula nor error, which is most sheets: ``number_styles``
    finds those that are asked for.
    """
    if b"<f" in part or b't="e"' in part or (b"'" in part and b"='e'" in part) or _PREFIX.search(part, 0, 2000):
        return _in_full(part)
    return None, {}


def number_styles(part: bytes, styles: dict[Corner, int] | None, places: Sequence[Rectangle], numbers: Sequence[int]) -> dict[int, int]:
    """The styles of the cells of these numbers, by number; ``styles`` as ``numbers_and_formulas`` gives them."""
    if styles is None:
        named: dict[bytes, bytes] = dict(_NUMBERS.findall(part)) if numbers else {}
        found = [named.get(_name(*places[number][:2])) for number in numbers]
        if None not in found:
            return {number: int(style or 0) for number, style in zip(numbers, found, strict=True)}
        styles, _ = _in_full(part)
    return {number: styles.get(places[number][:2], 0) for number in numbers}


@lru_cache(maxsize=4096)
def _name(row: int, column: int) -> bytes:
    """The name of a square as a cell has it."""
    return address(row, column).encode()


def _in_full(part: bytes) -> tuple[dict[Corner, int], dict[Corner, Special]]:
    styles: dict[Corner, int] = {}
    specials: dict[Corner, Special] = {}
    prefix = _PREFIX.search(part, 0, 2000)
    for cell in _cell(prefix.group(1) if prefix else b"").finditer(part):
        place = PLACE.search(cell.group(1))
        if place is None:
            continue
        at = int(place.group(2)), column_number(place.group(1))
        style = STYLE.search(cell.group(1))
        styles[at] = int(style.group(1)) if style else 0
        if cell.group(3) == b"" and _STRING.search(cell.group(1)):
            # The result of the formula is an empty text: the cell shows nothing, and nothing is missing.
            continue
        formula, stored = _text(cell.group(2)), _text(cell.group(3))
        error = stored if _ERROR.search(cell.group(1)) else ""
        if formula or error:
            specials[at] = Special(formula, bool(stored), error)
    return styles, specials


def _text(raw: bytes | None) -> str:
    return unescape(raw.decode("utf-8", "replace")) if raw else ""


@lru_cache(maxsize=8)
def _cell(prefix: bytes) -> re.Pattern[bytes]:
    """A cell that is no text and not empty; ``prefix`` is what the file puts before every element's name."""
    return re.compile(_CELL % ((prefix,) * 4))


def column_number(letters: bytes) -> int:
    """The number of a column: B → 2, AA → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _hides(part: bytes) -> bool:
    """False for most sheets: neither a column nor a row of them says that it is hidden."""
    start, end = part.find(b"<sheetData>"), part.rfind(b"</sheetData>")
    if any(b" ht=" + nought in part or b" width=" + nought in part[:start] for nought in (b'"0', b"'0")):
        return True
    # Most rows and cells are written without the letter d, and one letter is looked for much faster.
    return b"hidden=" in (part[:start] if 0 <= start < end and part.find(b"d", start, end) < 0 else part)


def hidden(part: bytes) -> tuple[frozenset[int], frozenset[int]]:
    """The hidden columns and the hidden rows."""
    if not _hides(part):
        return frozenset(), frozenset()
    columns: set[int] = set()
    for found in _COLUMN.findall(part):
        bounds = {key: int(number) for key, number in _BOUNDS.findall(found)}
        if _HIDDEN.search(found) and bounds.keys() == {b"min", b"max"}:
            columns.update(range(bounds[b"min"], min(bounds[b"max"], 16384) + 1))
    numbers = (_ROW_NUMBER.search(found) for found in _ROW.findall(part) if _HIDDEN.search(found))
    return frozenset(columns), frozenset(int(number.group(1)) for number in numbers if number)
