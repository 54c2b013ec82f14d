"""What a form prints at a field: the words that a person finds it by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from xltool.caption_rule import caption_of, is_heading
from xltool.form import Form
from xltool.layout import Cell

_EMPTY = ("（）", "()")


def captions(form: Form) -> Mapping[str, str]:
    """By field the words printed there; of a block with row and column captions both: ``年度资金总额·全年预算数``.

    Fields whose captions are the same are told apart by the last part of their names: ``其他资金（年度）``.
    """
    cells = {name: cell for cell in form.layout.cells for name in cell.holes}
    said = {name: _caption(form, name, cells.get(name)) for name in form.fields}
    twice = {one for one, count in Counter(said.values()).items() if count > 1}
    return {name: f"{one}（{name.rpartition('·')[2]}）" if one in twice and "·" in name else one for name, one in said.items()}


def _caption(form: Form, name: str, cell: Cell | None) -> str:
    if cell is None:
        return name
    said = caption_of(form.layout, cell, form.blocks)
    if "·" in name and not form.fields[name].list:
        row, column = _row_caption(form, cell), _column_caption(form, cell)
        said = "·".join(_plain(one) for one in dict.fromkeys((row, column)) if one) or said
    return _plain(said) or name


def _plain(said: str) -> str:
    """A caption as it is spoken of: without a colon at its end, without brackets around a hole or around all of it."""
    for empty in _EMPTY:
        said = said.replace(empty, "")
    said = said.rstrip("：:").strip()
    return said[1:-1] if said[:1] in ("（", "(") and said[-1:] in ("）", ")") else said


def _row_caption(form: Form, cell: Cell) -> str:
    """The nearest heading at the left that begins on the cell's own row."""
    lefts = (form.layout.at(cell.row, column) for column in range(cell.column - 1, 0, -1))
    return next((left.caption for left in lefts if left.row == cell.row and is_heading(left)), "")


def _column_caption(form: Form, cell: Cell) -> str:
    """The nearest heading above that stands in the same block: not higher than the cell at the row's beginning."""
    top = form.layout.at(cell.row, 1).row
    aboves = (form.layout.at(row, cell.column) for row in range(cell.row - 1, top - 1, -1))
    return next((above.caption for above in aboves if is_heading(above)), "")
