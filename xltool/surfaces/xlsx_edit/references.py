"""References to cells, alone and inside formulas, and what becomes of them when rows come or go.

Excel's rule: a range grows where rows are put inside it and shrinks where rows of it go; rows put right
above or below it leave it as long as it was. What is gone altogether is #REF!.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from xltool.grid import Rectangle, address

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
GONE = "#REF!"
_CORNER = re.compile(r"(\$?)([A-Za-z]{1,3})(\$?)(\d{1,7})")
_ROWS = re.compile(r"(\$?)(\d{1,7}):(\$?)(\d{1,7})")
_SHEET = r"(?:'(?:[^']|'')+'|(?:\[[^\]]*\])?[\w.\\?]+(?::[\w.\\?]+)?|\[[^\]]*\])!"
_CELL = r"\$?[A-Za-z]{1,3}\$?[0-9]{1,7}"
_TOKEN = re.compile(
    r'"(?:[^"]|"")*"'
    rf"|(?P<sheet>{_SHEET})?(?P<ref>{_CELL}(?::{_CELL})?(?![\w.(!\[])|\$?[0-9]{{1,7}}:\$?[0-9]{{1,7}}(?![\w.(!])|\$?[A-Za-z]{{1,3}}:\$?[A-Za-z]{{1,3}}(?![\w.(!]))"
    r"|#[A-Z/0!?]+[!?A]"
    rf"|{_SHEET}"
    r"|(?:[^\W\d]|\\|_)[\w.\\?]*(?:\[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*\])?"
    r"|\[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*\]"
    r"|[0-9.]+(?:[eE][+-]?[0-9]+)?"
    r"|.",
    re.S,
)


@dataclass(frozen=True, slots=True)
class Shift:
    """Rows put in above ``row`` (``count`` above 0), or taken out from ``row`` on (below 0).

    ``grown`` is true where the new rows go on with the row above them, the only one of a list: what formulas
    add up then grows as if they had been put inside it.
    """

    row: int
    count: int
    grown: bool = False

    def line(self, row: int) -> int | None:
        """Where a row comes to stand; None where it is gone."""
        if row < self.row:
            return row
        if self.count < 0 and row < self.row - self.count:
            return None
        return row + self.count

    def span(self, first: int, last: int) -> tuple[int, int] | None:
        """The first and last row of what stood in these rows; None where nothing is left."""
        if self.count >= 0:
            top = first + self.count if first >= self.row else first
            bottom = last + self.count if last >= self.row and last < LAST_ROW else last
            return top, bottom
        gone = self.row - self.count
        top = first if first < self.row else self.row if first < gone else first + self.count
        bottom = last if last < self.row or last == LAST_ROW else self.row - 1 if last < gone else last + self.count
        return (top, bottom) if bottom >= top else None

    def rectangle(self, one: Rectangle) -> Rectangle | None:
        """Where a rectangle comes to lie; None where it is gone."""
        rows = self.span(one[0], one[2])
        return (rows[0], one[1], rows[1], one[3]) if rows else None


def column_number(letters: str) -> int:
    """A column by its letters."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(column: int) -> str:
    """The letters of a column."""
    return address(1, column)[:-1]


def corner(text: str) -> tuple[int, int] | None:
    """Row and column of a square's name; None for any other text."""
    found = _CORNER.fullmatch(text)
    return (int(found[4]), column_number(found[2])) if found else None


def rectangle(text: str) -> Rectangle | None:
    """The rectangle of ``B2`` or ``B2:C4``, of whole columns ``B:C`` and whole rows ``2:4``; None for any other text."""
    first, colon, last = text.replace("$", "").partition(":")
    one, other = corner(first), corner(last if colon else first)
    if one and other:
        return min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])
    if colon and first.isdecimal() and last.isdecimal():
        return int(first), 1, int(last), LAST_COLUMN
    if colon and first.isalpha() and last.isalpha():
        return 1, column_number(first), LAST_ROW, column_number(last)
    return None


def named(one: Rectangle) -> str:
    """The name of a rectangle: ``B2`` or ``B2:C4``."""
    first, last = address(one[0], one[1]), address(one[2], one[3])
    return first if first == last else f"{first}:{last}"


def shifted_list(text: str, shift: Shift) -> str:
    """A list of ranges parted by blanks (``sqref``), those that are gone left out; what has shrunk to one square is named as one."""
    found = ((one, _shifted_reference(one, shift)) for one in text.split())
    return " ".join(new if new == one else _short(new) for one, new in found if new != GONE)


def _short(text: str) -> str:
    first, _, last = text.partition(":")
    return first if first == last else text


def _shifted_reference(text: str, shift: Shift) -> str:
    """One reference after the shift; ``#REF!`` where it is gone. Dollars stay."""
    if rows := _ROWS.fullmatch(text):
        span = shift.span(int(rows[2]), int(rows[4]))
        return f"{rows[1]}{span[0]}:{rows[3]}{span[1]}" if span else GONE
    first, colon, last = text.partition(":")
    one, other = _CORNER.fullmatch(first), _CORNER.fullmatch(last if colon else first)
    if not one or not other:
        return text
    top, bottom = int(one[4]), int(other[4])
    span = shift.span(min(top, bottom), max(top, bottom))
    if not span:
        return GONE
    low, high = span if top <= bottom else span[::-1]
    if shift.grown and colon and bottom == shift.row - 1 and (one[2] == other[2] or top < bottom):
        high += shift.count
    begin = f"{one[1]}{one[2]}{one[3]}{low}"
    return f"{begin}:{other[1]}{other[2]}{other[3]}{high}" if colon else begin


Each = Callable[[str, str], str]
"""From the sheet's prefix (with the !, or empty) and a reference to what stands there instead."""


def replaced(formula: str, each: Each) -> str:
    """A formula with each of its references replaced; texts, names, functions and tables' own references stay."""

    def one(found: re.Match[str]) -> str:
        if found["ref"] is None:
            return found[0]
        return each(found["sheet"] or "", found["ref"])

    return _TOKEN.sub(one, formula)


def sheet_named(prefix: str) -> str:
    """The sheet that a prefix names, for comparing, with [n] before it in another workbook; empty for several sheets at once."""
    inner = prefix.removesuffix("!")
    if inner.startswith("'"):
        inner = inner[1:-1].replace("''", "'")
    return "" if ":" in inner else inner.casefold()


def prefix_of(sheet: str) -> str:
    """A sheet's name as it stands before a reference."""
    return f"{quoted(sheet)}!"


def quoted(sheet: str) -> str:
    """A sheet's name in quotation marks, which are always right."""
    return "'" + sheet.replace("'", "''") + "'"


def shifted(formula: str, shift: Shift, sheet: str, here: str) -> str:
    """A formula that stands on sheet ``here`` after rows of ``sheet`` were shifted."""
    own, target = here.casefold() == sheet.casefold(), sheet.casefold()

    def each(prefix: str, reference: str) -> str:
        meant = sheet_named(prefix) == target if prefix else own
        return prefix + (_shifted_reference(reference, shift) if meant else reference)

    return replaced(formula, each)


def retargeted(formula: str, before: str, after: str) -> str:
    """A formula in which references to one sheet go to another."""
    old = before.casefold()
    return replaced(formula, lambda prefix, reference: (prefix_of(after) if prefix and sheet_named(prefix) == old else prefix) + reference)


def moved(formula: str, down: int, right: int = 0) -> str:
    """A formula as it reads when it is copied so many rows down: references without a dollar go along."""
    return replaced(formula, lambda prefix, reference: prefix + ":".join(_moved(one, down, right) for one in reference.split(":")))


def _moved(text: str, down: int, right: int) -> str:
    if found := _CORNER.fullmatch(text):
        row = int(found[4]) + (0 if found[3] else down)
        column = column_number(found[2]) + (0 if found[1] else right)
        inside = 1 <= row <= LAST_ROW and 1 <= column <= LAST_COLUMN
        return f"{found[1]}{column_letters(column)}{found[3]}{row}" if inside else GONE
    plain = text.lstrip("$")
    if plain.isdecimal() and plain == text:
        return str(int(plain) + down)
    if plain.isalpha() and plain == text:
        return column_letters(column_number(plain) + right)
    return text
