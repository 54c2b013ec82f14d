"""An entry on its form's grid: every cell of the filled form with its place and its content.

The list rows are as many as there are items (at least one); group columns merge while the value
repeats; cells beside a list are merged down the whole block; what stands below moves down.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from xltool.filing import Entry, Item, Scalar
from xltool.form import Field, Form, ListBlock
from xltool.layout import Caption, Cell, Constant, Hole, Optional, Part, Unit, iterate_holes
from xltool.values import Value, plain

Row = tuple[int | None, ...]
"""For each list of a block the index of the item in this row, or None."""
Runs = list[tuple[tuple[Scalar, ...], list[int]]]
"""Neighbours of a list with the same values in the groups that it shares: these, and which items."""


class Placed(NamedTuple):
    """A cell of a filled form. Its rows count from 1 at the form's first row. A tuple: a form has hundreds.

    ``cell`` is the cell of the layout; ``field`` the field that fills it whole, if one does, and
    ``value`` then its value; ``text`` what is printed otherwise, or where there is none: a mark, or the printed unit alone. ``path`` is the JSON path of ``value``.
    """

    row: int
    column: int
    last_row: int
    last_column: int
    cell: Cell
    field: Field | None = None
    value: Scalar = None
    text: str = ""
    path: str = ""


def value_of(values: Mapping[str, Scalar], one: Field) -> Scalar:
    """The value of a field; of a sign's or unit's own cell, that part of the target it belongs to."""
    if one.type in ("operator", "unit"):
        owner = values.get(one.path.rpartition(".")[0])
        if not isinstance(owner, Value):
            return None
        return (owner.operator or owner.kind) if one.type == "operator" else owner.unit
    return values.get(one.path)


def text_of(value: Scalar) -> str:
    """A value as text, None as empty."""
    if value is None:
        return ""
    if isinstance(value, Value):
        return value.text or ""
    return value if isinstance(value, str) else plain(value)


def place(form: Form, entry: Entry) -> list[Placed]:
    """Every cell of the filled form, in reading order."""
    shift = 0
    placed: list[Placed] = []
    blocks = {block.row: block for block in form.blocks}
    grown: dict[int, int] = {}
    for row in range(1, form.layout.rows + 1):
        grown[row] = row + shift
        if block := blocks.get(row):
            rows = rows_of(form, block, entry)
            placed.extend(_block(form, block, entry, rows, row + shift))
            shift += len(rows) - 1
    last = {row: (grown[row + 1] - 1 if row + 1 in grown else form.layout.rows + shift) for row in grown}
    aliased = _aliased(form, entry)
    repeated = {id(cell) for block in form.blocks for cell in form.layout.in_row(block.row) if cell not in block.spans}
    for cell in form.layout.cells:
        if id(cell) not in repeated:
            placed.append(_scalar(form, entry, cell, grown[cell.row], last[cell.last_row], aliased))
    placed.sort(key=itemgetter(0, 1))
    return placed


def rows_of(form: Form, block: ListBlock, entry: Entry) -> list[Row]:
    """The rows of a block: items of several lists stand side by side under the groups that they share."""
    lists = [entry.lists.get(name, ()) for name in block.lists]
    if len(lists) == 1:
        return [(index,) for index in range(len(lists[0]))] or [(None,)]
    shared = [name for name in block.groups if all(name in form.lists[one].fields for one in block.lists)]
    rows: list[Row] = []
    # A mapping lets two lists share a row, and no more.
    for runs in _aligned(*(_runs(items, [form.fields[name] for name in shared]) for items in lists)):
        height = max(len(run) for run in runs)
        rows.extend(tuple(run[at] if at < len(run) else None for run in runs) for at in range(height))
    return rows or [(None,) * len(lists)]


def _runs(items: Sequence[Item], shared: list[Field]) -> Runs:
    runs: Runs = []
    for index, item in enumerate(items):
        key = tuple(value_of(item, one) for one in shared)
        if runs and runs[-1][0] == key:
            runs[-1][1].append(index)
        else:
            runs.append((key, [index]))
    return runs


def _aligned(first: Runs, second: Runs) -> Iterator[tuple[Sequence[int], Sequence[int]]]:
    """Runs of equal key beside each other, the others alone, in order."""
    matcher = SequenceMatcher(None, [key for key, _ in first], [key for key, _ in second], autojunk=False)
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        if tag == "equal":
            yield from ((first[a1 + at][1], second[b1 + at][1]) for at in range(a2 - a1))
        else:
            yield from ((run, ()) for _, run in first[a1:a2])
            yield from (((), run) for _, run in second[b1:b2])


def _block(form: Form, block: ListBlock, entry: Entry, rows: list[Row], first: int) -> Iterator[Placed]:
    left: list[tuple[tuple[str, ...], list[tuple[Scalar, ...]]]] = []
    lines: dict[tuple[str, ...], list[Line]] = {}
    for cell in form.layout.in_row(block.row):
        if cell in block.spans:
            continue
        fields = [form.fields[name] for name in cell.holes]
        owner = _owner(form, block, cell)
        if owner not in lines:
            lines[owner] = _lines(entry, block, owner, rows)
        values = _values(fields, lines[owner])
        ends = list(range(1, len(rows) + 1))
        if any(name in block.groups for name in cell.holes):
            inside = [column for names, column in left if set(owner) <= set(names)]
            keys = list(zip(*inside, values, strict=True))
            left.append((owner, values))
            ends = [at for at in ends if at == len(rows) or keys[at] != keys[at - 1]]
        start = 0
        for end in ends:
            yield _listed(cell, form, entry, lines[owner][start][0], values[start], first + start, first + end - 1)
            start = end


Line = tuple[str, Item]
"""The JSON path of a row's item, empty where the row has none, and the item."""


def _lines(entry: Entry, block: ListBlock, owner: tuple[str, ...], rows: list[Row]) -> list[Line]:
    """For each row the item that a cell of these lists shows: that of the first list that has one there."""
    found: list[Line] = [("", {})] * len(rows)
    for name in reversed(owner):
        items, place = entry.lists.get(name, ()), block.lists.index(name)
        for at, row in enumerate(rows):
            index = row[place]
            if index is not None:
                found[at] = f"{name}[{index}].", items[index]
    return found


def _values(fields: Sequence[Field], lines: Sequence[Line]) -> list[tuple[Scalar, ...]]:
    """For each row the values of a cell's fields."""
    if len(fields) == 1 and fields[0].type not in ("operator", "unit"):
        path = fields[0].path
        return [(item.get(path),) for _, item in lines]
    return [tuple([value_of(item, one) for one in fields]) for _, item in lines]


@lru_cache(maxsize=1024)
def _owner_of(lists: tuple[tuple[str, tuple[str, ...]], ...], holes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name, fields in lists if set(holes) & set(fields))


def _owner(form: Form, block: ListBlock, cell: Cell) -> tuple[str, ...]:
    """The lists that a cell of the block belongs to; all of them for a cell without a field."""
    return _owner_of(tuple((name, form.lists[name].fields) for name in block.lists), cell.holes) or block.lists


def _listed(cell: Cell, form: Form, entry: Entry, item: str, values: tuple[Scalar, ...], first: int, last: int) -> Placed:
    if not cell.only_hole:
        found = dict(zip(cell.holes, values, strict=True))
        return Placed(first, cell.column, last, cell.last_column, cell, text=printed(cell.parts, form, found))
    one = form.fields[cell.only_hole]
    path = item and item + one.path
    mark = entry.marks.get(path, cell.unit) if values[0] is None else ""
    return Placed(first, cell.column, last, cell.last_column, cell, one, values[0], mark, path)


def _aliased(form: Form, entry: Entry) -> dict[str, tuple[Part, ...]]:
    """By caption its alias with a field in it that the form draws nowhere else (总体目标（{期间}）), where that has a value."""
    found: dict[str, tuple[Part, ...]] = {}
    for one in form.in_aliases:
        if all(value_of(entry.values, form.fields[name]) is not None for name in one.fields):
            found.setdefault(one.caption, one.parts)
    return found


def _scalar(form: Form, entry: Entry, cell: Cell, first: int, last: int, aliased: Mapping[str, tuple[Part, ...]]) -> Placed:
    name = cell.only_hole
    if name:
        one = form.fields[name]
        value = value_of(entry.values, one)
        mark = entry.marks.get(one.path, cell.unit) if value is None else ""
        return Placed(first, cell.column, last, cell.last_column, cell, one, value, mark, one.path)
    parts = aliased.get(cell.caption, cell.parts) if aliased else cell.parts
    found = {hole.field: value_of(entry.values, form.fields[hole.field]) for hole in iterate_holes(parts)}
    return Placed(first, cell.column, last, cell.last_column, cell, text=printed(parts, form, found))


def printed(parts: Sequence[Part], form: Form, values: Mapping[str, Scalar]) -> str:
    """The text of a cell that mixes captions and fields."""
    pieces = []
    for part in parts:
        match part:
            case Caption(text=text) | Constant(text=text) | Unit(text=text):
                pieces.append(text)
            case Hole(field=name):
                one = form.fields[name]
                pieces.append(text_of(values.get(name)) or one.absent or ("    " if one.type == "year" else ""))
            case Optional(parts=inner):
                if any(values.get(hole.field) is not None for hole in inner if isinstance(hole, Hole)):
                    pieces.append(printed(inner, form, values))
    return "".join(pieces)


def blank(form: Form, rows: int = 1) -> Entry:
    """An entry without values, its lists of ``rows`` empty items."""
    items: tuple[Item, ...] = tuple({} for _ in range(rows))
    values: dict[str, Scalar] = {one.path: one.blank if one.blank != one.absent else None for one in form.scalars if one.blank}
    return Entry(form.id, form.title, values, dict.fromkeys(form.lists, items))
