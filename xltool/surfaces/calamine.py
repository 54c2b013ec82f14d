"""What calamine gives of a sheet, whatever format of workbook: values by square, merges, what people see.

The one edge to calamine; the readers of .xlsx and of older workbooks stand on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from io import BytesIO
from typing import cast

from python_calamine import CalamineWorkbook, SheetVisibleEnum

from xltool.grid import Typed
from xltool.problems import ProblemError, problem
from xltool.surfaces.merged import Corner, Merges, Raw, Stored
from xltool.surfaces.shown import general, shown, stamp

Workbook = CalamineWorkbook


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
    stored = [(row, column, value) for row, values in enumerate(rows, top + 1) for column, value in enumerate(values, left + 1) if value != ""]
    return stored, tuple(merged)


def contents(stored: Stored, styles: dict[Corner, int], formats: Sequence[str]) -> tuple[list[str], dict[int, Typed]]:
    """The texts of all squares, and the typed values of some by number; ``styles`` are those of numbers by square."""
    texts = [value for _, _, value in stored]
    values: dict[int, Typed] = {}
    for number, value in enumerate(texts):
        if type(value) is not str:
            row, column, _ = stored[number]
            style = styles.get((row, column), 0)
            texts[number], values[number] = typed(value, formats[style] if style < len(formats) else "General")
    return cast(list[str], texts), values


@lru_cache(maxsize=8192, typed=True)
def typed(value: Raw, code: str) -> tuple[str, Typed]:
    """A stored value as it is shown under a number format, and as it is."""
    if isinstance(value, bool):
        return ("TRUE" if value else "FALSE"), value
    if isinstance(value, int | float):
        return shown(float(value), code), Decimal(general(value))
    if isinstance(value, datetime):
        return stamp(value, code), value.date() if value.time() == time(0) else None
    if isinstance(value, date):
        return stamp(value, code), value
    return (stamp(value, code) if isinstance(value, time | timedelta) else value), None
