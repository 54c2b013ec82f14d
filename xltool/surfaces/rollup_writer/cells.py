"""What stands in a cell of a rollup's own sheets, and how it is written: never a formula that came with the data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from xltool.grid import address
from xltool.heights import HIGHEST, height, lines, pixels, room
from xltool.problems import ProblemError, problem
from xltool.surfaces.rollup_writer.look import HEAD, SIZE, TEXT, Palette
from xltool.surfaces.xlsx_writer.grid import write_text
from xltool.surfaces.xlsx_writer.styles import Format, Sheet

MOST_LINKS = 60_000
"""Excel keeps 65,530 links a sheet."""
LONGEST_TIP = 250
MOST_ROWS = 1_048_576
"""Rows of an Excel sheet."""
Plain = None | str | int | Decimal


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that Excel works out again, and what it comes to."""

    text: str
    value: Plain


@dataclass(frozen=True, slots=True)
class Linked:
    """A value that leads somewhere: ``to`` is a place in the workbook, ``tip`` is shown over it."""

    value: Plain | Formula
    to: str
    tip: str = ""


Cell = Plain | Formula | Linked


class _Way:
    """A link inside the workbook as XlsxWriter writes it out: its own is made with much work, and large."""

    __slots__ = ("_is_object_link", "_link", "_tip")
    _text, _link_type = "-", None

    def __init__(self, to: str, tip: str) -> None:
        self._link, self._tip = to, tip


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet's table: its head, its width, the kind of its cells."""

    head: str
    width: float
    kind: str = TEXT


def place(sheet: str, where: str) -> str:
    """A place in the workbook as formulas and links name it; a ' in a sheet's name is written twice."""
    return "'{}'!{}".format(sheet.replace("'", "''"), where)


def at(row: int, column: int) -> str:
    """The name of a square; row and column count from 0."""
    return address(row + 1, column + 1)


def span(first: int, last: int, column: int) -> str:
    """The name of some rows of a column, all from 0."""
    return f"{at(first, column)}:{at(last, column)}"


def fits(sheet: Sheet, row: int) -> None:
    """Nothing comes back where the sheet has the row (from 0): what lies below its last, XlsxWriter leaves out.

    Raises:
        ProblemError: rollup-rows.
    """
    if row >= MOST_ROWS:
        raise ProblemError(problem("rollup-rows", "", sheet=sheet.name, most=f"{MOST_ROWS:,}"))


def put(sheet: Sheet, row: int, column: int, cell: Cell, made: Format) -> None:
    """Writes a cell.

    Raises:
        ProblemError: rollup-rows, where the sheet has no such row.
    """
    fits(sheet, row)
    if isinstance(cell, Linked):
        if sheet.hlink_count < MOST_LINKS and cell.to:
            sheet.hyperlinks[row][column] = _Way(cell.to, cell.tip[:LONGEST_TIP])
            sheet.hlink_count += 1
        cell = cell.value
    match cell:
        case Formula(text=text, value=value):
            sheet.write_formula(row, column, f"={text}", made, "" if value is None else value)
        case None | "":
            sheet.write_blank(row, column, None, made)
        case str():
            write_text(sheet, row, column, cell, made)
        case _:
            sheet.write_number(row, column, cell, made)


def tall(cells: Sequence[Cell], columns: Sequence[Column]) -> float:
    """The height of a row that the texts in it need."""
    held = ((column, cell.value if isinstance(cell, Linked) else cell) for column, cell in zip(columns, cells, strict=True) if column.kind == TEXT)
    return high(most_lines((wide(column), text) for column, text in held if isinstance(text, str)))


def most_lines(texts: Iterable[tuple[int, str]]) -> int:
    """The lines of the longest of some texts, each in lines of so many half-ems."""
    wanted = 1
    for line, text in texts:
        # No character is wider than two halves.
        if 2 * len(text) > line or "\n" in text:
            wanted = max(wanted, lines(text, line))
    return wanted


def high(count: int) -> float:
    """The height of a row of so many lines."""
    return min(HIGHEST, max(18.0, height(count, SIZE)))


def wide(column: Column) -> int:
    """The half-ems of a line in a column."""
    return _room(column.width)


@cache
def _room(width: float) -> int:
    return room(pixels(width), SIZE)


def plainly(sheet: Sheet) -> Sheet:
    """The sheet, which takes formulas as they are: XlsxWriter looks each through for functions that none of a rollup's has."""
    sheet._prepare_formula = lambda formula, *_: formula.removeprefix("=")
    return sheet


class _Rows(dict[int, dict[int, object]]):
    """The rows of a sheet that XlsxWriter knows; of others it would keep an empty one each when it looks for them."""

    def __missing__(self, row: int) -> dict[int, object]:
        return {}


def rests(sheet: Sheet) -> None:
    """The sheet takes no rows any more: those that it lacks, however many, take no memory."""
    sheet.table = _Rows(sheet.table)


def heads(sheet: Sheet, palette: Palette, row: int, columns: Sequence[Column], height: float = 30) -> None:
    """Writes the heads of the columns."""
    for number, column in enumerate(columns):
        write_text(sheet, row, number, column.head, palette.cell(TEXT, HEAD))
    sheet.set_row(row, height)


def titled(sheet: Sheet, palette: Palette, title: str, said: Sequence[str], size: float = 14) -> int:
    """The row (from 0) below a sheet's title and what is said under it, a row each."""
    write_text(sheet, 0, 0, title, palette.words(size, bold=True))
    sheet.set_row(0, size * 1.8)
    for number, text in enumerate(said, 1):
        if text:
            write_text(sheet, number, 0, text, palette.words())
    return 1 + len(said)
