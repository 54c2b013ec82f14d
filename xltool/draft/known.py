"""What the known forms teach about captions: which name a field of a list, which groups, and what their fields are in JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from xltool.caption_rule import caption_of, is_heading
from xltool.form import Field, Form
from xltool.layout import Cell, Layout
from xltool.values import caption_key


@dataclass(frozen=True, slots=True)
class Known:
    """By caption, in its spellings: the fields beside it, ``cells`` by row and column caption, ``listed`` below it.

    ``captions`` are all that are printed, ``heads`` those of lists, ``groups`` those of columns that merge. ``rows`` are by
    row caption the step that it is in JSON paths, ``columns`` by column caption a field, its path with {} in that step's place.
    """

    captions: frozenset[str]
    heads: frozenset[str]
    groups: frozenset[str]
    beside: dict[str, list[Field]] = field(default_factory=dict)
    cells: dict[tuple[str, str], Field] = field(default_factory=dict)
    listed: dict[str, Field] = field(default_factory=dict)
    rows: dict[str, str] = field(default_factory=dict)
    columns: dict[str, Field] = field(default_factory=dict)
    asking: frozenset[str] = frozenset()
    """The captions right of which their field may stand, in their own rows and no others."""

    def crossing(self, row: str, above: str, step: str) -> tuple[Field, bool] | None:
        """The field of a table's column in a row, and whether the row is known too; one that is not is the ``step`` of its path."""
        one = self.columns.get(caption_key(above))
        if one is None:
            return None
        known = self.rows.get(caption_key(row))
        return replace(one, path=one.path.replace("{}", known or step)), known is not None


def known_of(forms: Iterable[Form]) -> Known:
    """What these forms teach; of two that disagree the first holds."""
    captions: set[str] = set()
    heads: set[str] = set()
    groups: set[str] = set()
    asking: set[str] = set()
    found = Known(frozenset(), frozenset(), frozenset())
    for form in forms:
        captions.update(key for cell in form.layout.cells if cell.caption for key in _keys(form, cell.caption))
        for one in form.fields.values():
            cell = next((cell for cell in form.layout.cells if one.name in cell.holes), None)
            if cell is None or one.type == "year":
                continue
            keys = list(_keys(form, caption_of(form.layout, cell, form.blocks)))
            if one.type == "paragraphs":
                asking.update(keys)
            elif not one.list and cell.only_hole and (left := _beside(form.layout, cell)) and not in_table(form.layout, cell):
                asking.update(_keys(form, left))
            if one.list:
                heads.update(keys)
                if one.name in form.lists[one.list].groups:
                    groups.update(keys)
            _learn(found, form, one, cell, keys)
        _learn_table(found, form)
    return Known(frozenset(captions), frozenset(heads), frozenset(groups), found.beside, found.cells, found.listed, found.rows, found.columns, frozenset(asking))


def _beside(layout: Layout, cell: Cell) -> str:
    """The caption right before a cell, where it goes over the same rows; empty where there is none."""
    left = layout.at(cell.row, cell.column - 1) if cell.column > 1 else None
    return left.caption if left and not left.holes and (left.row, left.last_row) == (cell.row, cell.last_row) else ""


def _learn_table(found: Known, form: Form) -> None:
    """The steps of paths by the rows of a form's table, and by its columns the fields, where every path has a step for either."""
    told = [(row, above, one) for cell in form.layout.cells if cell.only_hole and not (one := form.fields[cell.only_hole]).list and in_table(form.layout, cell) and (row := row_caption(form.layout, cell)) and (above := column_caption(form.layout, cell))]
    steps = {one.name: one.path.split(".") for _, _, one in told}
    deep = max(map(len, steps.values()), default=0)
    told = [each for each in told if len(steps[each[2].name]) == deep]
    for at in range(1, deep):
        rows = {row: {steps[one.name][at] for other, _, one in told if other == row} for row, _, _ in told}
        if len(rows) < 2 or any(len(each) > 1 for each in rows.values()) or len(set().union(*rows.values())) < len(rows):
            continue
        for row, _, one in told:
            found.rows.update((key, steps[one.name][at]) for key in _keys(form, row) if key not in found.rows)
        for _, above, one in told:
            open_path = ".".join([*steps[one.name][:at], "{}", *steps[one.name][at + 1 :]])
            found.columns.update((key, replace(one, path=open_path)) for key in _keys(form, above) if key not in found.columns)
        return


def _learn(found: Known, form: Form, one: Field, cell: Cell, keys: list[str]) -> None:
    if one.list:
        for key in keys:
            if cell.only_hole:
                found.listed.setdefault(key, one)
        return
    row, above = row_caption(form.layout, cell), column_caption(form.layout, cell)
    if row and above and in_table(form.layout, cell):
        for first in _keys(form, row):
            for second in _keys(form, above):
                found.cells.setdefault((first, second), one)
        return
    for key in keys:
        same = found.beside.setdefault(key, [])
        if all(other.path != one.path for other in same):
            same.append(one)


def _keys(form: Form, caption: str) -> Iterator[str]:
    yield from dict.fromkeys(map(caption_key, form.spellings(caption)))


def row_caption(layout: Layout, cell: Cell) -> str:
    """The caption of a cell's row: the nearest at the left that begins in it."""
    for column in range(cell.column - 1, 0, -1):
        left = layout.at(cell.row, column)
        if left.row == cell.row and is_heading(left):
            return left.caption
    return ""


def column_caption(layout: Layout, cell: Cell) -> str:
    """The nearest caption above a cell; a title over the whole width heads no column."""
    found = (above for row in range(cell.row - 1, 0, -1) if is_heading(above := layout.at(row, cell.column)))
    return next((above.caption for above in found if (above.column, above.last_column) != (1, layout.columns)), "")


def in_table(layout: Layout, cell: Cell) -> bool:
    """True for a cell of a block with row and column captions: another cell stands between it and its row's caption, or
    one that is no caption stands right of it."""
    left = layout.at(cell.row, cell.column - 1) if cell.column > 1 else None
    if left is None or not (left.row == cell.row and is_heading(left)):
        return bool(row_caption(layout, cell))
    right = layout.at(cell.row, cell.last_column + 1) if cell.last_column < layout.columns else None
    return right is not None and right.row == cell.row and not right.caption
