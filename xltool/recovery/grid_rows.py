"""The rows of a list on a grid: items by their own cells, groups by what their merged cells cover."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from xltool.form import Form, ListBlock, ListSpec
from xltool.grid import GridCell
from xltool.layout import Cell
from xltool.recovery.grid_places import Places
from xltool.values import caption_key

Slots = dict[str, GridCell]
"""The cell of each column in one row, by the first field of the layout's cell."""


@dataclass(slots=True)
class Rows:
    """The rows of a block: for each row its cells by column, those that begin elsewhere included.

    ``heads`` rows that print the heads again, ``twice`` cells that repeat the text beside them, as the
    squares of a broken merge do; ``crowded`` is true where a column has two cells in one row,
    ``merged`` the columns in which a cell goes on over several rows.
    """

    block: ListBlock
    columns: list[tuple[int, Cell, bool]]
    first: int
    last: int
    slots: dict[int, Slots] = field(default_factory=dict)
    beside: dict[int, list[GridCell]] = field(default_factory=dict)
    twice: list[GridCell] = field(default_factory=list)
    crowded: bool = False
    heads: list[list[GridCell]] = field(default_factory=list)
    merged: set[str] = field(default_factory=set)


def rows_of(places: Places, block: ListBlock, cells: Sequence[GridCell], taken: set[int]) -> Rows:
    """The rows of a block from the grid's cells between its first and last row."""
    first, last = places.list_rows(block)
    columns = places.list_columns(block)
    found = Rows(block, columns, first, last)
    names = {cell: cell.holes[0] if cell.holes else "" for _, cell, _ in columns}
    at = _columns(columns, places.edge, names)
    start = min((column for column, _, _ in columns), default=1)
    for cell in cells:
        if not first <= cell.row <= last or cell.number in taken:
            continue
        name = at.get(cell.column, "")
        if not name:
            if cell.column < start:
                found.beside.setdefault(cell.row, []).append(cell)
            continue
        _fill(found, name, cell, last)
    _set_heads_apart(found, places)
    return found


def _columns(columns: Sequence[tuple[int, Cell, bool]], edge: int, names: Mapping[Cell, str]) -> dict[int, str]:
    """The field of every column of the grid that belongs to the list."""
    found: dict[int, str] = {}
    ends = [column for column, _, _ in columns[1:]] + [edge + 1]
    for (column, cell, _), end in zip(columns, ends, strict=True):
        found.update(dict.fromkeys(range(column, max(end, column + 1)), names[cell]))
    return found


def _fill(found: Rows, name: str, cell: GridCell, last: int) -> None:
    row = cell.row
    if cell.last_row > row:
        found.merged.add(name)
    for at in range(row, min(cell.last_row, last) + 1):
        slots = found.slots.get(at)
        if slots is None:
            slots = found.slots[at] = {}
        other = slots.setdefault(name, cell)
        if other is not cell:
            found.crowded = True
            if at == row and other.text == cell.text:
                found.twice.append(cell)


def _set_heads_apart(found: Rows, places: Places) -> None:
    """A row that prints two or more of the list's heads again, as a printed page does, is no row of the list."""
    keys = {}
    for _, cell, _ in found.columns:
        head = next((one for row in range(found.block.row - 1, 0, -1) if (one := places.plan.at.get((row, cell.column)))), None)
        if head and cell.holes:
            keys[cell.holes[0]] = head.keys
    words = {key for own in keys.values() for key in own}
    for row, slots in list(found.slots.items()):
        if sum(caption_key(cell.text) in words for cell in slots.values()) >= 2:
            found.heads.append(list(slots.values()))
            del found.slots[row]


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item of a list: its row, its cells by column, and how a blank group was filled.

    ``carried`` are groups whose value is that of the row above (a merge was broken up), ``blank``
    those that are blank although others of the list are filled.
    """

    row: int
    slots: Slots
    carried: tuple[str, ...] = ()
    blank: tuple[str, ...] = ()


def items(form: Form, spec: ListSpec, found: Rows) -> Iterator[ItemRow]:
    """The items of one list of a block, from the top: a row where one of its own cells begins."""
    heads = {name: cell.holes[0] for _, cell, _ in found.columns for name in cell.holes}
    own = list(dict.fromkeys(heads[name] for name in spec.own if name in heads))
    groups = list(dict.fromkeys(heads[name] for name in spec.groups if name in heads))
    own = [name for name in own if name not in groups]
    above: Slots = {}
    for row in sorted(found.slots):
        slots = found.slots[row]
        begins = [name for name in own if name in slots and slots[name].row == row]
        if not begins or _stands_apart(found, row, groups, begins):
            continue
        filled, carried, blank = _groups(form, groups, slots, above, found.merged)
        above = filled
        yield ItemRow(row, {**{name: slots[name] for name in own if name in slots}, **filled}, carried, blank)


def _stands_apart(found: Rows, row: int, groups: Sequence[str], begins: Sequence[str]) -> bool:
    """True for a note below the list: no group covers it, and other text stands beside it or it stands alone
    behind an empty row."""
    slots = found.slots[row]
    if any(name in slots for name in groups):
        return False
    if groups and found.beside.get(row):
        return True
    return len(begins) == 1 and len(slots) == 1 and row - 1 not in found.slots and row > found.first


def _groups(form: Form, groups: Sequence[str], slots: Slots, above: Slots, merged: set[str]) -> tuple[Slots, tuple[str, ...], tuple[str, ...]]:
    """The group cells of a row, blank ones from above where a merge was broken up.

    A merge was broken where no cell of the column is merged any more, where a group further right
    goes on from the row above, or where the taxonomy has what stands right under what stands above.
    """
    filled: Slots = {}
    carried, blank = [], []
    same = True
    for at, name in enumerate(groups):
        cell = slots.get(name)
        if cell is None and same and (before := above.get(name)):
            right = [other for other in groups[at + 1 :] if other in slots]
            goes_on = any(slots[other] is above.get(other) for other in right)
            if name not in merged or goes_on or _belongs(form, before, [slots[other] for other in right[:1]]):
                cell = before
                carried.append(name)
        if cell is None:
            if above or slots:
                blank.append(name)
            same = False
            continue
        filled[name] = cell
        same = same and name in above and above[name].text == cell.text
    return filled, tuple(carried), tuple(blank)


def _belongs(form: Form, level1: GridCell, level2: Sequence[GridCell]) -> bool:
    below = form.taxonomy.children.get(caption_key(level1.text), ())
    return any(caption_key(cell.text) in map(caption_key, below) for cell in level2)

