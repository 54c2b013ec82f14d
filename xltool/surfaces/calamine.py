"""What calamine gives of a sheet, whatever format of workbook: values by square, merges, what people see.

The one edge to calamine; the readers of .xlsx and of older workbooks stand on it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from io import BytesIO
from itertools import chain, compress
from typing import cast

from python_calamine import CalamineWorkbook, SheetVisibleEnum

from xltool.grid import Rectangle, Typed
from xltool.problems import ProblemError, problem
from xltool.surfaces.merged import Merges, Raw, Stored
from xltool.surfaces.shown import shown_and_stored
from xltool.surfaces.stamped import stamp

Workbook = CalamineWorkbook
NARROW = 32
"""Columns of a sheet whose squares are remembered."""


def open_workbook(data: bytes, name: str) -> CalamineWorkbook:
    """The opened workbook.

    Raises:
        ProblemError: workbook-broken.
    """
    try:
        return CalamineWorkbook.from_filelike(BytesIO(data))
    except BaseException as error:
        raise broken(error, name) from error


def broken(error: BaseException, name: str) -> BaseException:
    """The problem for what the parser raised; a panic of the parser is no ordinary exception."""
    if isinstance(error, Exception) or type(error).__name__ == "PanicException":
        return ProblemError(problem("workbook-broken", name, what=error))
    return error


def visible(book: CalamineWorkbook) -> dict[str, bool]:
    """Whether people see each sheet, by its name."""
    return {sheet.name: sheet.visible == SheetVisibleEnum.Visible for sheet in book.sheets_metadata}


def stored_squares(book: CalamineWorkbook, sheet: str, name: str) -> tuple[Stored, Merges]:
    """What the squares of a sheet hold, in reading order, and its merges.

    Raises:
        ProblemError: workbook-broken.
    """
    try:
        read = book.get_sheet_by_name(sheet)
        rows, merged = read.to_python(), read.merged_cell_ranges or []
    except BaseException as error:
        raise broken(error, name) from error
    top, left = read.start or (0, 0)
    width = len(rows[0]) if rows else 0
    line = _line if width <= NARROW else _line.__wrapped__
    every = list(chain.from_iterable(rows))
    filled = [value != "" for value in every]
    squares = chain.from_iterable([line(row, left + 1, width) for row in range(top + 1, top + 1 + len(rows))])
    return (list(compress(squares, filled)), list(compress(every, filled))), tuple(merged)


@lru_cache(maxsize=1024)
def _line(row: int, column: int, width: int) -> tuple[Rectangle, ...]:
    """The squares of a row from a column on: the same for the sheets of all forms."""
    return tuple([(row, at, row, at) for at in range(column, column + width)])


def numbered(held: Sequence[Raw]) -> list[int]:
    """The numbers of the values that are no text."""
    return [number for number, value in enumerate(held) if type(value) is not str]


def contents(held: list[Raw], styles: Mapping[int, int], formats: Sequence[str]) -> tuple[list[str], dict[int, Typed]]:
    """The texts of all cells, and the typed values of some by number; ``styles`` are those of the values that are
    no text, by number. ``held`` is used up."""
    values: dict[int, Typed] = {}
    for number, style in styles.items():
        held[number], values[number] = typed(held[number], formats[style] if style < len(formats) else "General")
    return cast(list[str], held), values


@lru_cache(maxsize=8192, typed=True)
def typed(value: Raw, code: str) -> tuple[str, Typed]:
    """A stored value as it is shown under a number format, and as it is."""
    if isinstance(value, bool):
        return ("TRUE" if value else "FALSE"), value
    if isinstance(value, int | float):
        return shown_and_stored(float(value), code)
    if isinstance(value, datetime):
        return stamp(value, code), value.date() if value.time() == time(0) else None
    if isinstance(value, date):
        return stamp(value, code), value
    return (stamp(value, code) if isinstance(value, time | timedelta) else value), None
