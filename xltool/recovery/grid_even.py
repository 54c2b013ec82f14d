"""Lists whose rows are all alike, as most are: placed by their columns at once, without a look at each row."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import chain, repeat
from typing import cast, overload

from xltool.form import Form
from xltool.grid import Grid
from xltool.recovery.grid_rows import ItemPlace
from xltool.recovery.grid_stencil import Columns, Strip
from xltool.recovery.sum_rows import any_adds_up

NOWHERE = -1
"""The number of a cell that is not there."""
Standing = Mapping[str, Mapping[int, int]]
"""The cell of each column in each row, by the first field of the layout's cell."""


@dataclass(frozen=True, slots=True)
class EvenList(Sequence[ItemPlace]):
    """The items of a list in which every row has all its groups and no cell of an item goes on over several rows.

    ``rows`` are those of the grid, ``columns`` the numbers of the cells in each, by the first field of the layout's
    cell; NOWHERE for an empty one.
    """

    rows: Sequence[int]
    columns: Mapping[str, Sequence[int]]

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, at: int) -> ItemPlace: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[ItemPlace]: ...
    def __getitem__(self, at: int | slice) -> ItemPlace | Sequence[ItemPlace]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        slots = {name: numbers[at] for name, numbers in self.columns.items() if numbers[at] != NOWHERE}
        return ItemPlace(self.rows[at], tuple(self.columns), slots)

    @property
    def cells(self) -> Iterator[int]:
        """The numbers of the cells, some of them more than once, and NOWHERE."""
        return chain.from_iterable(self.columns.values())


def by_columns(places: Sequence[ItemPlace]) -> EvenList:
    """Items, at least one, as the columns of their cells."""
    slots = [place.slots for place in places]
    return EvenList([place.row for place in places], {name: [one.get(name, NOWHERE) for one in slots] for name in places[0].columns})


def even_lists(form: Form, strip: Strip, above: int, grid: Grid, numbers: range, captions: Set[int]) -> dict[str, EvenList] | None:
    """The lists of a strip by their names, from the cells of these numbers; None where one of its rows is odd.

    Odd are captions in the list and cells beside it, rows that add up others, merged cells that are no group's, rows without a group or below
    the end of the label that goes down the list.
    """
    first, last, places = strip.first + above, strip.last + above, grid.places
    start = bisect_left(places, (first,), numbers.start, numbers.stop)
    end = bisect_left(places, (last + 1,), start, numbers.stop)
    if any(start <= number < end for number in captions) or any_adds_up(form, grid.texts[start:end]):
        return None
    standing: dict[int, dict[int, int]] = {column: {} for column in strip.fields}
    tall = []
    try:
        for number, (row, column, last_row, _) in enumerate(places[start:end], start):
            if row == last_row:
                standing[column][row] = number
            else:
                tall.append((number, row, column, last_row))
    except KeyError:
        return None
    if not _spread(tall, standing, strip, last):
        return None
    by_name = {name: cells for column, name in strip.fields.items() if name and (cells := standing[column])}
    # A column of the form that fills two of the grid has its cells in either.
    if len(by_name) < sum(1 for column, name in strip.fields.items() if name and standing[column]):
        return None
    found = {columns.name: _even(columns, by_name) for columns in strip.lists}
    labels = [low for _, column, low, _ in places[numbers.start : start] if column < strip.left and low >= first]
    if any(one is None or (labels and one.rows and one.rows[-1] > max(labels)) for one in found.values()):
        return None
    return cast("dict[str, EvenList]", found)


def _spread(tall: Sequence[tuple[int, int, int, int]], standing: Mapping[int, dict[int, int]], strip: Strip, last: int) -> bool:
    """Puts cells that go on over several rows into each; False where one is no group's, or reaches into another cell."""
    groups = {name for columns in strip.lists for name in columns.groups}
    filled = sum(map(len, standing.values()))
    for number, row, column, last_row in tall:
        if strip.fields.get(column) not in groups:
            return False
        lines = range(row, min(last_row, last) + 1)
        filled += len(lines)
        standing[column].update(dict.fromkeys(lines, number))
    return sum(map(len, standing.values())) == filled


def _even(columns: Columns, standing: Standing) -> EvenList | None:
    """One list from the cells of its columns; None where a row lacks a group, which may then be a note below the list."""
    own = [standing[name] for name in columns.own if name in standing]
    used = set().union(*own)
    if not columns.groups or not all(name in standing and used.issubset(standing[name]) for name in columns.groups):
        return None
    # A single text in a row may go on from the row above; where two columns are full there is none.
    if len(columns.own) > 1 and sum(len(cells) == len(used) for cells in own) < 2 and 1 in Counter(chain.from_iterable(own)).values():
        return None
    nothing: Mapping[int, int] = {}
    rows, every = sorted(used), columns.own + columns.groups
    return EvenList(rows, {name: list(map(standing.get(name, nothing).get, rows, repeat(NOWHERE))) for name in every})
