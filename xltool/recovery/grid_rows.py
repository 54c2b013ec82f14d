"""The rows of a list on a grid: items by their own cells, groups by what their merged cells cover."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from typing import NamedTuple

from xltool.form import NUMERIC, Form
from xltool.grid import Grid, Rectangle
from xltool.recovery.grid_stencil import Columns, Strip
from xltool.recovery.sum_rows import is_sum, word_of
from xltool.values import caption_key

TICKED = 4
"""So many rows at least have a mark or number of somebody's at their left; beside fewer it is a note."""
Slots = dict[str, int]
"""The number of the cell of each column in one row, by the first field of the layout's cell."""


@dataclass(slots=True)
class Rows:
    """The rows of a block from row ``first`` of the grid: for each row its cells by column, those that begin
    elsewhere included.

    ``beside`` are cells at the left of the list; ``heads`` rows that print the heads again, ``twice``
    cells that repeat the text beside them, as the squares of a broken merge do; ``merged`` are the
    columns in which a cell goes on over several rows. ``left`` is the list's first column, ``numbers``
    are the form's cells; ``sums`` are by row the cells that say that the row adds up others, ``more`` by row and column
    those that stand in a column beside another text. ``ticked`` are the columns at the left in which somebody has marked or
    numbered the rows.
    """

    grid: Grid
    first: int
    slots: dict[int, Slots] = field(default_factory=dict)
    beside: dict[int, list[int]] = field(default_factory=dict)
    twice: list[int] = field(default_factory=list)
    heads: list[list[int]] = field(default_factory=list)
    merged: set[str] = field(default_factory=set)
    left: int = 0
    numbers: range = range(0)
    sums: dict[int, int] = field(default_factory=dict)
    more: dict[tuple[int, str], list[int]] = field(default_factory=dict)
    ticked: frozenset[int] = frozenset()

    def ended(self, row: int) -> bool:
        """True where a label beside the list, merged down its rows, ends above this row, and no other goes down it; heads that
        are printed again begin a page, on which a label may be missing."""
        if any(self.grid.places[cells[0]][0] == row - 1 for cells in self.heads):
            return False
        beside = [self.grid.places[number] for number in self.numbers if self.grid.places[number][1] < self.left]
        labels = [(first, last) for first, _, last, _ in beside if first < last]
        return any(first <= self.first <= last for first, last in labels) and not any(first <= row <= last for first, last in labels)


def rows_of(strip: Strip, above: int, grid: Grid, numbers: range, taken: Set[int], marked: Set[int]) -> Rows:
    """The rows of a strip that begins below ``above`` rows of the grid, from the cells of these numbers.

    ``marked`` are those whose texts are captions of any form.
    """
    found = Rows(grid, strip.first + above, left=strip.left, numbers=numbers)
    last, fields, rows, places = strip.last + above, strip.fields, found.slots, grid.places
    start = bisect_left(places, (found.first,), numbers.start, numbers.stop)
    inside = range(start, bisect_left(places, (last + 1,), start, numbers.stop))
    current, slots = 0, Slots()
    for number, (row, column, last_row, _) in zip(inside, places[inside.start : inside.stop], strict=True):
        name = fields.get(column)
        if number in taken:
            continue
        if not name:
            if column < strip.left:
                found.beside.setdefault(row, []).append(number)
        elif last_row > row:
            found.merged.add(name)
            for at in range(row, min(last_row, last) + 1):
                if (other := rows.setdefault(at, {}).setdefault(name, number)) != number and at == row:
                    _note_twice(found, name, other, number)
        else:
            if row != current:
                current, slots = row, rows.setdefault(row, {})
            if (other := slots.setdefault(name, number)) != number:
                _note_twice(found, name, other, number)
    if not marked.isdisjoint(numbers):
        _set_heads_apart(found, strip, marked)
    if len(found.beside) >= TICKED:
        found.ticked = _ticked(found)
    return found


def _ticked(found: Rows) -> frozenset[int]:
    """The columns at the left that hold a text beside most rows of the list."""
    counts = Counter(found.grid.places[number][1] for row, numbers in found.beside.items() if row in found.slots for number in numbers)
    return frozenset(column for column, count in counts.items() if count >= max(TICKED, len(found.slots) / 2))


def _note_twice(found: Rows, name: str, other: int, number: int) -> None:
    """Of two cells in one column of a row the first stays; the second is no leftover where it says the same."""
    if found.grid.texts[other] == found.grid.texts[number]:
        found.twice.append(number)
    elif found.grid.texts[number]:
        found.more.setdefault((found.grid.places[number][0], name), []).append(number)


def _set_heads_apart(found: Rows, strip: Strip, marked: Set[int]) -> None:
    """A row that prints two or more of the list's heads again, as a printed page does, is no row of the list."""
    texts = found.grid.texts
    for row, slots in list(found.slots.items()):
        if sum(number in marked and caption_key(texts[number]) in strip.words for number in slots.values()) >= 2:
            found.heads.append(list(slots.values()))
            del found.slots[row]


class ItemPlace(NamedTuple):
    """An item of a list: the list's columns by the first field of the layout's cells, and the cells of its row.

    ``carried`` are groups whose value is that of the row above (a merge was broken up), ``blank``
    those that are blank although others of the list are filled; ``merged`` are columns that
    no group stands in whose cell goes on from the row above: words hold for both rows, a number only for the first;
    ``lone`` is the only column that the row fills, where it may go on from the row above; ``adds`` is the text that says that
    the row adds up others, where something else in it is an item's.
    """

    row: int
    columns: tuple[str, ...]
    slots: Slots
    carried: tuple[str, ...] = ()
    blank: tuple[str, ...] = ()
    merged: tuple[str, ...] = ()
    lone: str = ""
    adds: str = ""

    @property
    def cells(self) -> list[tuple[str, int]]:
        """Column and number of each of the item's cells."""
        slots = self.slots
        return [(name, slots[name]) for name in self.columns if name in slots]


def items(form: Form, columns: Columns, found: Rows) -> Iterator[ItemPlace]:
    """The items of one list of a block, from the top: a row where one of its own cells begins."""
    own, groups, places = columns.own, columns.groups, found.grid.places
    every, owned, grouped = own + groups, frozenset(own), frozenset(groups)
    across = [name for name in own if name in found.merged]
    above: Slots = {}
    apart: set[int] = set()
    for row in sorted(found.slots):
        slots = found.slots[row]
        adds, summed = _sum(form, columns, found, row)
        if summed:
            above = _headed(groups, slots, above, found.sums[row])
            continue
        # Where no cell of its columns goes on over several rows, each begins in its row.
        begins = _begins(own, slots, places, row) if across else not owned.isdisjoint(slots)
        if not begins:
            continue
        if (grouped.isdisjoint(slots) and _stands_apart(found, row, columns, apart)) or _signed(form, columns, found, row, apart):
            apart.add(row)
            continue
        merged: tuple[str, ...] = ()
        if across and (merged := tuple([name for name in across if name in slots and places[slots[name]][0] < row])):
            slots = {name: number for name, number in slots.items() if name not in merged or form.fields[name].type not in NUMERIC}
        lone = _lone(columns, slots, above, row, places) if above and (merged or len(slots) <= len(groups) + 1 < len(every)) else ""
        carried: tuple[str, ...] = ()
        blank: tuple[str, ...] = ()
        if not slots.keys() >= grouped:
            filled, carried, blank = _groups(form, groups, slots, above, found)
            slots = {**{name: slots[name] for name in own if name in slots}, **filled}
        above = slots
        yield ItemPlace(row, every, slots, carried, blank, merged, lone, adds)


def _sum(form: Form, columns: Columns, found: Rows, row: int) -> tuple[str, bool]:
    """The text that says that a row adds up others, and whether nothing else in the row is an item's."""
    texts, places = found.grid.texts, found.grid.places
    said = {name: number for name, number in found.slots[row].items() if places[number][0] == row and name in columns.own + columns.groups}
    told = {name: texts[number] for name, number in said.items()}
    word = word_of(form, told)
    if not word or not is_sum(form, told, columns.groups):
        return word, False
    found.sums[row] = next(number for number in said.values() if texts[number] == word)
    return word, True


def _headed(groups: Sequence[str], slots: Slots, above: Slots, word: int) -> Slots:
    """What the groups of the rows below go on from, where a row that adds up begins one: its own, left of the word."""
    begun = {name: slots[name] for name in groups if name in slots and slots[name] != word}
    return {**above, **begun} if all(above.get(name) == number for name, number in begun.items()) else begun


def _begins(own: Sequence[str], slots: Slots, places: Sequence[Rectangle], row: int) -> bool:
    """True where a cell of one of the columns begins in the row."""
    return any(name in slots and places[slots[name]][0] == row for name in own)


def _lone(columns: Columns, slots: Slots, above: Slots, row: int, places: Sequence[Rectangle]) -> str:
    """The only column of its own that a row fills where no group begins and the row above fills more, its other cells going
    on from there or empty: whoever has too little room in a cell goes on in a row below."""
    filled = [name for name in columns.own if name in slots and places[slots[name]][0] == row]
    begins = any(name in slots and places[slots[name]][0] == row for name in columns.groups)
    return filled[0] if len(filled) == 1 and not begins and sum(name in above for name in columns.own) > 1 else ""


def _stands_apart(found: Rows, row: int, columns: Columns, apart: Set[int]) -> bool:
    """True for a note below the list, which no group covers: other text stands beside it, or it stands alone behind
    an empty row or another note (``apart`` are the rows of those)."""
    if columns.groups and any(found.grid.places[number][1] not in found.ticked for number in found.beside.get(row, ())):
        return True
    return len(found.slots[row]) == 1 and (row - 1 not in found.slots or row - 1 in apart) and row > found.first


def _signed(form: Form, columns: Columns, found: Rows, row: int, apart: Set[int]) -> bool:
    """True for a line of signatures below the list (填表人：张三, 联系电话：…) that stands in its columns: below the end of the
    label that goes down the list, behind an empty row or with a colon, and with no level of the taxonomy."""
    slots, texts, places = found.slots[row], found.grid.texts, found.grid.places
    group = next((slots[name] for name in columns.groups if name in slots), None)
    behind_gap = row - 1 not in found.slots or row - 1 in apart
    if not behind_gap and (group is None or not _has_colon(texts[group])):
        return False
    first = min(slots.values(), key=lambda number: places[number][1]) if group is None else group
    if places[first][0] < row or (group is None and not _has_colon(texts[first])) or not found.ended(row):
        return False
    return not any(name in slots and _is_level(form, texts[slots[name]]) for name in columns.groups)


def _has_colon(text: str) -> bool:
    return "：" in text or ":" in text


def _is_level(form: Form, text: str) -> bool:
    """True for a level of the taxonomy, with or without 指标, or with its points behind it."""
    below = form.taxonomy.children
    names = {caption_key(name).removesuffix("指标") for name in (*below, *form.taxonomy.aliases, *(one for each in below.values() for one in each))}
    return caption_key(text).startswith(tuple(names - {""}))


def _groups(form: Form, groups: Sequence[str], slots: Slots, above: Slots, found: Rows) -> tuple[Slots, tuple[str, ...], tuple[str, ...]]:
    """The group cells of a row, blank ones from above where a merge was broken up.

    A merge was broken where no cell of the column is merged any more, where a group further right
    goes on from the row above, or where the taxonomy has what stands right under what stands above. A blank that
    was filled in says so itself: a group left blank is that of the row above, and nothing was broken.
    """
    texts = found.grid.texts
    filled: Slots = {}
    carried, blank = [], []
    same = True
    for at, name in enumerate(groups):
        cell, before = slots.get(name), above.get(name)
        if cell is None and same and before is not None:
            right = [other for other in groups[at + 1 :] if other in slots]
            goes_on = any(slots[other] == above.get(other) for other in right)
            if found.grid.goes_on:
                cell = before
            elif name not in found.merged or goes_on or _belongs(form, texts[before], [texts[slots[other]] for other in right[:1]]):
                cell = before
                carried.append(name)
        if cell is None:
            if above or slots:
                blank.append(name)
            same = False
            continue
        filled[name] = cell
        same = same and before is not None and texts[before] == texts[cell]
    return filled, tuple(carried), tuple(blank)


def _belongs(form: Form, level1: str, level2: Sequence[str]) -> bool:
    below = form.taxonomy.children.get(caption_key(level1), ())
    return any(caption_key(text) in map(caption_key, below) for text in level2)
