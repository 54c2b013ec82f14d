"""The sheets of a workbook as grids: calamine's values and merges, with what the scan knows beyond them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO

from python_calamine import CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from xltool.grid import Grid, GridCell, Typed, address
from xltool.problems import ProblemError, problem
from xltool.surfaces.xlsx_reader.scan import FAR_SQUARES, Special, hidden, specials, used_squares
from xltool.surfaces.xlsx_reader.shown import general, shown, stamp

Raw = int | float | str | bool | time | date | datetime | timedelta
Corner = tuple[int, int]
MERGED_SQUARES = 2_000_000
"""Squares that all merges of a sheet may cover inside its used range."""


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


def grid(book: CalamineWorkbook, sheet: str, part: bytes, formats: Sequence[str], notes: dict[Corner, str], name: str) -> Grid:
    """One sheet as a grid.

    Raises:
        ProblemError: workbook-range, workbook-merges, workbook-broken.
    """
    squares, corner = used_squares(part)
    if squares > FAR_SQUARES:
        raise ProblemError(problem("workbook-range", f"{name}: {sheet}!{corner}", found=squares, limit=FAR_SQUARES))
    try:
        read = book.get_sheet_by_name(sheet)
        rows, merged = read.to_python(), read.merged_cell_ranges or []
    except BaseException as error:
        raise broken(error, name) from error
    known = specials(part)
    stored = _stored(read, rows, known, formats)
    for place in notes:
        stored.setdefault(place, ("", None, ""))
    merges = _merges(merged, stored, f"{name}: {sheet}")
    columns, hidden_rows = hidden(part)
    visible = next((one.visible for one in book.sheets_metadata if one.name == sheet), SheetVisibleEnum.Visible)
    return Grid(sheet, _cells(stored, merges, notes), columns, hidden_rows, visible != SheetVisibleEnum.Visible)


Stored = dict[Corner, tuple[str, Typed, str]]


def _stored(read: CalamineSheet, rows: Sequence[Sequence[Raw]], known: dict[Corner, Special], formats: Sequence[str]) -> Stored:
    """The text, value and formula of every square that holds something."""
    found: Stored = {}
    top, left = read.start or (0, 0)
    for row, values in enumerate(rows, top + 1):
        for column, value in enumerate(values, left + 1):
            if value == "":
                continue
            if type(value) is str:
                special = known.get((row, column)) if known else None
                found[row, column] = (value, None, special.formula if special else "")
            else:
                found[row, column] = _typed(value, known.get((row, column)), formats)
    for place, special in known.items():
        if place not in found and (special.formula or special.error):
            found[place] = (special.error, None, special.formula)
    return found


def _typed(value: Raw, special: Special | None, formats: Sequence[str]) -> tuple[str, Typed, str]:
    style = special.style if special else 0
    code = formats[style] if style < len(formats) else "General"
    formula = special.formula if special else ""
    if isinstance(value, bool):
        return ("TRUE" if value else "FALSE"), value, formula
    if isinstance(value, int | float):
        return shown(float(value), code), Decimal(general(value)), formula
    if isinstance(value, datetime):
        whole = value.time() == time(0)
        return stamp(value, code), value.date() if whole else None, formula
    if isinstance(value, date):
        return stamp(value, code), value, formula
    if isinstance(value, time | timedelta):
        return stamp(value, code), None, formula
    return value, None, formula


def _merges(merged: Sequence[tuple[Corner, Corner]], stored: Stored, place: str) -> dict[Corner, Corner]:
    """The last corner of every merged cell by its first, as far as the sheet is used.

    Texts that stand under a merge (files saved by libraries hold them) are never lost: a merge over
    one text is that text's cell, a merge over several different ones is none.
    """
    bottom = max((row for row, _ in stored), default=0)
    right = max((column for _, column in stored), default=0)
    covered = 0
    found: dict[Corner, Corner] = {}
    for (row, column), (last_row, last_column) in merged:
        row, column, last_row, last_column = row + 1, column + 1, last_row + 1, last_column + 1
        height, width = min(last_row, bottom) - row + 1, min(last_column, right) - column + 1
        if height < 1 or width < 1:
            continue
        covered += height * width
        if covered > MERGED_SQUARES:
            raise ProblemError(problem("workbook-merges", f"{place}!{address(row, column)}", limit=MERGED_SQUARES))
        inside = [square for line in range(row, row + height) for square in _line(line, column, width) if square in stored]
        if not inside:
            continue
        if len(inside) > 1 or inside[0] != (row, column):
            if len({stored[square][0] for square in inside if stored[square][0]}) > 1:
                continue
            first = stored[inside[0]]
            for square in inside:
                del stored[square]
            stored[row, column] = first
        found[row, column] = (last_row, last_column)
    return found


def _line(row: int, column: int, width: int) -> list[Corner]:
    return [(row, at) for at in range(column, column + width)]


def _corner(item: tuple[Corner, object]) -> Corner:
    return item[0]


def _cells(stored: Stored, merges: dict[Corner, Corner], notes: dict[Corner, str]) -> tuple[GridCell, ...]:
    cells = []
    for (row, column), (text, value, formula) in sorted(stored.items(), key=_corner):
        last_row, last_column = merges.get((row, column), (row, column))
        cells.append(GridCell(row, column, last_row, last_column, text, value, formula, notes.get((row, column), "") if notes else ""))
    return tuple(cells)
