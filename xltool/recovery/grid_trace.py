"""Where each cell of a document's grids went: the field, list row, caption or leftover that it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from xltool.form import Form
from xltool.grid import Book, Grid
from xltool.recovery.grid_captions import Anchor
from xltool.recovery.grid_placement import Placement
from xltool.recovery.grid_reading import captions_of, shapes_of


class Piece(NamedTuple):
    """A cell of a grid by its number, its text, where it went and why."""

    grid: Grid
    number: int
    text: str
    where: str
    why: str


def pieces(book: Book, forms: Mapping[str, Form]) -> Iterator[Piece]:
    """Every cell of a book in reading order."""
    anchors = captions_of(forms).anchors
    for grid, shape in shapes_of(book, forms):
        went: dict[int, tuple[str, str]] = {}
        for placement, titled, _ in shape.placements if shape else ():
            went.update(_went(placement, forms[placement.form], anchors[placement.form]))
            if titled >= 0:
                went[titled] = ("汇总表标题", "表上方单独一行的标题")
        for number, text in enumerate(grid.texts):
            if text:
                yield Piece(grid, number, text, *went.get(number, ("表外", "不在任何一份表之内") if shape else ("目录", "各表的清单")))


def _went(placement: Placement, form: Form, anchors: Sequence[Anchor]) -> Iterator[tuple[int, tuple[str, str]]]:
    """The cells of one form; what is told last of a cell holds."""
    yield from ((number, ("栏目", "表式印好的文字")) for number in range(placement.first, placement.end))
    yield from ((number, ("剩余", "没有字段可归")) for number in placement.left)
    yield from ((number, ("栏目", "重复印出的表头")) for number in placement.repeated)
    yield from ((number, (path, "写在表的上方")) for path, number in placement.around)
    yield from ((number, ("同前", "与前面的单元格合为一项")) for one in placement.split for number in one.numbers[1:])
    for number, cell in placement.scalars:
        yield number, ("、".join(form.fields[name].path for name in cell.holes), "栏目旁或栏目下的单元")
    for number, anchor in placement.captions:
        holes = anchors[anchor].cell.holes
        yield number, ("、".join(form.fields[name].path for name in holes) or "栏目", "栏目里的字段")
    for name, items in placement.lists.items():
        held: dict[tuple[int, str], list[int]] = {}
        for at, item in enumerate(items):
            for head, number in item.cells:
                held.setdefault((number, head), []).append(at)
        for (number, head), rows in held.items():
            span = f"{rows[0]}—{rows[-1]}" if len(rows) > 1 else str(rows[0])
            yield number, (f"{name}[{span}].{form.fields[head].path}", "明细的一行" if len(rows) == 1 else "明细各行合并的单元")
