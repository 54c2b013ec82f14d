"""Squares that hold something and the merges over them, as the cells of a grid: what every kind of workbook stores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice, product
from operator import itemgetter

from xltool import budgets
from xltool.grid import Grid, Rectangle, Typed

Raw = int | float | str | bool | time | date | datetime | timedelta
Corner = tuple[int, int]
Stored = list[tuple[int, int, Raw]]
"""Row and column, counted from 1, and the value of each square that holds something."""
Merges = tuple[tuple[Corner, Corner], ...]
"""First and last square of each, counted from 0."""


@dataclass(slots=True)
class Sheet:
    """A sheet while it is read: what its squares show and hold, by row and column; its merges."""

    name: str
    texts: dict[Corner, str] = field(default_factory=dict)
    values: dict[Corner, Typed] = field(default_factory=dict)
    formulas: dict[Corner, str] = field(default_factory=dict)
    notes: dict[Corner, str] = field(default_factory=dict)
    merges: list[tuple[Corner, Corner]] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    hidden: bool = False

    def put(self, at: Corner, text: str, value: Typed = None, formula: str = "", note: str = "") -> None:
        """A square; one that holds nothing is none."""
        if not (text or formula or note):
            return
        self.texts[at] = text
        if value is not None:
            self.values[at] = value
        if formula:
            self.formulas[at] = formula
        if note:
            self.notes[at] = note

    def merge(self, at: Corner, rows: int, columns: int) -> None:
        """A merge of more than one square."""
        if rows > 1 or columns > 1:
            self.merges.append(((at[0] - 1, at[1] - 1), (at[0] + rows - 2, at[1] + columns - 2)))

    def grid(self, name: str) -> Grid:
        """The sheet as a grid; ``name`` is the file's, for problems.

        Raises:
            ProblemError: workbook-range, workbook-merges.
        """
        place = f"{name}: {self.name}"
        if len(self.texts) > budgets.limit("squares"):
            raise budgets.over("workbook-squares", place, "squares", found=len(self.texts))
        squares: Stored = [(*at, text) for at, text in sorted(self.texts.items())]
        stored, places = laid_out(squares, tuple(self.merges), place)
        numbers = {(row, column): number for number, (row, column, _) in enumerate(stored)}
        return Grid(
            self.name,
            places,
            tuple(str(text) for _, _, text in stored),
            {numbers[at]: value for at, value in self.values.items() if at in numbers},
            {numbers[at]: formula for at, formula in self.formulas.items() if at in numbers},
            {numbers[at]: note for at, note in self.notes.items() if at in numbers},
            frozenset(self.hidden_columns),
            frozenset(self.hidden_rows),
            self.hidden,
        )


def laid_out(stored: Stored, merged: Merges, place: str) -> tuple[Stored, tuple[Rectangle, ...]]:
    """The squares with the rectangle of each.

    Raises:
        ProblemError: workbook-merges.
    """
    places = geometry([(row, column) for row, column, _ in stored], merged)
    if places.merges:
        stored, places = without_hidden_texts(stored, places, merged)
    if places.covered > budgets.limit("merged"):
        raise budgets.over("workbook-merges", place, "merged")
    return stored, places.rectangles


@dataclass(frozen=True, slots=True)
class Geometry:
    """The rectangles of the squares that hold something; the squares that merges cover, and the merges under
    whose first square other texts are stored, by their number."""

    rectangles: tuple[Rectangle, ...]
    covered: int
    merges: tuple[int, ...]


def geometry(squares: Sequence[Corner], merged: Merges) -> Geometry:
    """The cells that lie on ``squares``, merged as ``merged`` (counted from 0) says, as far as the sheet is used."""
    bottom = squares[-1][0] if squares else 0
    right = max(map(itemgetter(1), squares), default=0)
    held = set(squares)
    wholes: dict[Corner, Rectangle] = {}
    covered, odd, most = 0, list[int](), budgets.limit("merged")
    for number, ((row, column), (last_row, last_column)) in enumerate(merged):
        bounds = last_row + 1, last_column + 1
        height, width = min(bounds[0], bottom) - row, min(bounds[1], right) - column
        if height > 0 and width > 0:
            covered += height * width
            if covered > most:
                break
            others = islice(product(range(row + 1, row + 1 + height), range(column + 1, column + 1 + width)), 1, None)
            if not held.isdisjoint(others):
                odd.append(number)
                continue
        wholes[row + 1, column + 1] = (row + 1, column + 1, *bounds)
    return Geometry(tuple([wholes[square] if square in wholes else square + square for square in squares]), covered, tuple(odd))


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
    return again, geometry([(row, column) for row, column, _ in again], tuple(kept))
