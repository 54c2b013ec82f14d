"""Squares that hold something and the merges over them, as the cells of a grid: what every kind of workbook stores."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import chain, islice, product
from operator import itemgetter

from xltool import budgets
from xltool.grid import Grid, Rectangle, Typed, Unsure, with_doubts

Raw = int | float | str | bool | time | date | datetime | timedelta
Corner = tuple[int, int]
Stored = tuple[list[Rectangle], list[Raw]]
"""The squares that hold something in reading order, each as a rectangle of its own, and the value of each."""
Merges = tuple[tuple[Corner, Corner], ...]
"""First and last square of each, counted from 0."""
_NOWHERE: Rectangle = (0, 0, 0, 0)
UNDER = "文字在被合并单元格盖住的格里，页面上看不到"
"""Why the text of a merge is not sure that does not stand in its first square: whoever moves rows by a program leaves merges behind."""
SMALL = 16
"""Squares of a merge that is remembered; a larger one is looked at as far as the sheet is used."""


@dataclass(slots=True)
class Sheet:
    """A sheet while it is read: what its squares show and hold, by row and column; its merges; why the text of
    some squares is not sure; what its days are counted from."""

    name: str
    texts: dict[Corner, str] = field(default_factory=dict)
    values: dict[Corner, Typed] = field(default_factory=dict)
    formulas: dict[Corner, str] = field(default_factory=dict)
    notes: dict[Corner, str] = field(default_factory=dict)
    merges: list[tuple[Corner, Corner]] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    hidden: bool = False
    days: int = 0
    unsure: dict[Corner, str] = field(default_factory=dict)

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
        squares = sorted(self.texts)
        stored, said = [at + at for at in squares], [self.texts[at] for at in squares]
        places, texts = laid_out(stored, said, tuple(self.merges), place)
        numbers = {(row, column): number for number, (row, column, *_) in enumerate(places)}
        made = Grid(
            self.name,
            places,
            tuple(map(str, texts)),
            {numbers[at]: value for at, value in self.values.items() if at in numbers},
            {numbers[at]: formula for at, formula in self.formulas.items() if at in numbers},
            {numbers[at]: note for at, note in self.notes.items() if at in numbers},
            frozenset(self.hidden_columns),
            frozenset(self.hidden_rows),
            self.hidden,
            days=self.days,
            unsure=under_merges(stored, said, places, texts) if self.merges else {},
        )
        return with_doubts(made, self.unsure)


def laid_out(squares: Sequence[Rectangle], held: Sequence[Raw], merged: Merges, place: str) -> tuple[tuple[Rectangle, ...], list[Raw]]:
    """The rectangles of the cells that lie on the squares, and what each holds.

    Raises:
        ProblemError: workbook-merges.
    """
    most = budgets.limit("merged")
    found = geometry(squares, merged, most)
    if found.merges:
        squares, held, merged = without_hidden_texts(squares, held, found, merged)
        found = geometry(squares, merged, most)
    if found.covered > most:
        raise budgets.over("workbook-merges", place, "merged")
    return found.rectangles, list(held)


def under_merges(stored: Sequence[Rectangle], values: Sequence[Raw], places: Sequence[Rectangle], held: Sequence[Raw]) -> dict[int, Unsure]:
    """A doubt on each merged cell whose text stood under the merge and not in its first square, by number.

    ``stored`` and ``values`` are the squares as the file has them, ``places`` and ``held`` the cells that they make.
    """
    first = {square[:2] for square, value in zip(stored, values, strict=True) if value != ""}
    return {number: Unsure(UNDER) for number, (place, text) in enumerate(zip(places, held, strict=True)) if text != "" and place[:2] not in first}


@dataclass(frozen=True, slots=True)
class Geometry:
    """The rectangles of the squares that hold something; the squares that merges cover, and the merges under
    whose first square other texts are stored, by their number."""

    rectangles: tuple[Rectangle, ...]
    covered: int
    merges: tuple[int, ...]


def geometry(squares: Sequence[Rectangle], merged: Merges, most: int) -> Geometry:
    """The cells that lie on ``squares``, merged as ``merged`` (counted from 0) says, as far as the sheet is used.

    Merges that cover more than ``most`` squares are counted only.
    """
    bottom = squares[-1][0] if squares else 0
    right = max(map(itemgetter(1), squares), default=0)
    cells = list(map(_merged, merged))
    covered = sum(map(itemgetter(2), cells))
    if covered > most and (covered := sum(_used(merge, bottom, right) for merge in merged)) > most:
        return Geometry((), covered, ())
    held = set(squares)
    others = [under if area <= SMALL else _under(merge, bottom, right) for merge, (_, _, area, under) in zip(merged, cells, strict=True)]
    odd: tuple[int, ...] = ()
    if not held.isdisjoint(chain.from_iterable(others)):
        odd = tuple([number for number, merge in enumerate(merged) if not held.isdisjoint(_under(merge, bottom, right))])
        cells = [cell for number, cell in enumerate(cells) if number not in odd]
    wholes = {first: whole for first, whole, _, _ in cells}
    return Geometry(tuple([wholes.get(square, square) for square in squares]), covered, odd)


@lru_cache(maxsize=4096)
def _merged(merge: tuple[Corner, Corner]) -> tuple[Rectangle, Rectangle, int, tuple[Rectangle, ...]]:
    """The first square of a merge, its rectangle, its size, and if it is small its other squares."""
    (row, column), (last_row, last_column) = merge
    area = max(last_row + 1 - row, 0) * max(last_column + 1 - column, 0)
    if not area:
        # One that ends before it begins merges nothing.
        return _NOWHERE, _NOWHERE, 0, ()
    under = tuple(_under(merge, last_row + 1, last_column + 1)) if area <= SMALL else ()
    return (row + 1, column + 1, row + 1, column + 1), (row + 1, column + 1, last_row + 1, last_column + 1), area, under


def _under(merge: tuple[Corner, Corner], bottom: int, right: int) -> Iterator[Rectangle]:
    """The squares of a merge behind its first one, as far as the sheet is used."""
    (row, column), (last_row, last_column) = merge
    every = product(range(row + 1, min(last_row + 1, bottom) + 1), range(column + 1, min(last_column + 1, right) + 1))
    return (square + square for square in islice(every, 1, None))


def _used(merge: tuple[Corner, Corner], bottom: int, right: int) -> int:
    """The squares of a merge as far as the sheet is used."""
    (row, column), (last_row, last_column) = merge
    return max(min(last_row + 1, bottom) - row, 0) * max(min(last_column + 1, right) - column, 0)


def without_hidden_texts(
    squares: Sequence[Rectangle], held: Sequence[Raw], found: Geometry, merged: Merges
) -> tuple[list[Rectangle], list[Raw], Merges]:
    """The squares, what they hold and the merges once texts that stand under a merge are seen to.

    Files saved by libraries hold such texts. None is lost: a merge over one text, however often it
    stands there, is that text's cell; a merge over several different texts is none.
    """
    by_square = dict(zip(squares, held, strict=True))
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
        by_square[row + 1, column + 1, row + 1, column + 1] = next(iter(texts), "")
    again = sorted(by_square)
    return again, [by_square[square] for square in again], tuple(kept)
