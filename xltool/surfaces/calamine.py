"""What calamine gives of a sheet, whatever format of workbook: values by square, merges, what people see.

The one edge to calamine; the readers of .xlsx and of older workbooks stand on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from io import BytesIO
from typing import cast

from python_calamine import CalamineWorkbook, SheetVisibleEnum

from xltool.grid import Rectangle, Typed
from xltool.problems import ProblemError, problem
from xltool.surfaces.shown import general, shown, stamp

Workbook = CalamineWorkbook
Raw = int | float | str | bool | time | date | datetime | timedelta
Corner = tuple[int, int]
MERGED_SQUARES = 2_000_000
"""Squares that all merges of a sheet may cover inside its used range."""
Stored = list[tuple[int, int, Raw]]
"""Row and column, counted from 1, and the value of each square that holds something."""
Merges = tuple[tuple[Corner, Corner], ...]
"""First and last square of each, counted from 0."""


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


def laid_out(stored: Stored, merged: Merges, place: str) -> tuple[Stored, tuple[Rectangle, ...]]:
    """The squares with the rectangle of each.

    Raises:
        ProblemError: workbook-merges.
    """
    places = geometry(tuple([(row, column) for row, column, _ in stored]), merged)
    if places.merges:
        stored, places = without_hidden_texts(stored, places, merged)
    if places.covered > MERGED_SQUARES:
        raise ProblemError(problem("workbook-merges", place, limit=MERGED_SQUARES))
    return stored, places.rectangles


@dataclass(frozen=True, slots=True)
class Geometry:
    """The rectangles of the squares that hold something; the squares that merges cover, and the merges under
    whose first square other texts are stored, by their number."""

    rectangles: tuple[Rectangle, ...]
    covered: int
    merges: tuple[int, ...]


@lru_cache(maxsize=256)
def geometry(squares: tuple[Corner, ...], merged: Merges) -> Geometry:
    """The cells that lie on ``squares``, merged as ``merged`` (counted from 0) says, as far as the sheet is used."""
    bottom = squares[-1][0] if squares else 0
    right = max((column for _, column in squares), default=0)
    held = set(squares)
    ends: dict[Corner, Corner] = {}
    covered, odd = 0, []
    for number, ((row, column), (last_row, last_column)) in enumerate(merged):
        height, width = min(last_row + 1, bottom) - row, min(last_column + 1, right) - column
        if height < 1 or width < 1:
            if (row + 1, column + 1) in held:
                ends[row + 1, column + 1] = (last_row + 1, last_column + 1)
            continue
        covered += height * width
        if covered > MERGED_SQUARES:
            break
        inside = sum((at, line) in held for at in range(row + 1, row + 1 + height) for line in range(column + 1, column + 1 + width))
        if inside > 1 or (inside == 1 and (row + 1, column + 1) not in held):
            odd.append(number)
        elif inside:
            ends[row + 1, column + 1] = (last_row + 1, last_column + 1)
    return Geometry(tuple([(*square, *ends.get(square, square)) for square in squares]), covered, tuple(odd))


def without_hidden_texts(stored: Stored, found: Geometry, merged: Merges) -> tuple[Stored, Geometry]:
    """The squares and their geometry once texts that stand under a merge are seen to.

    Files saved by libraries hold such texts. None is lost: a merge over one text, however often it
    stands there, is that text's cell; a merge over several different texts is none.
    """
    by_square = {(row, column): value for row, column, value in stored}
    kept = []
    for number, merge in enumerate(merged):
        kept.append(merge)
        if number not in found.merges:
            continue
        (row, column), (last_row, last_column) = merge
        inside = [at for at in by_square if row < at[0] <= last_row + 1 and column < at[1] <= last_column + 1]
        texts = {by_square[at] for at in inside if by_square[at] != ""}
        if len(texts) > 1:
            kept.pop()
            continue
        for at in inside:
            del by_square[at]
        by_square[row + 1, column + 1] = next(iter(texts), "")
    again = [(row, column, value) for (row, column), value in sorted(by_square.items(), key=lambda item: item[0])]
    return again, geometry(tuple([(row, column) for row, column, _ in again]), tuple(kept))


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
