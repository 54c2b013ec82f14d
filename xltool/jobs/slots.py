"""Where in a user's workbook each value of a form belongs: the cells of its fields, the rows and columns of its lists.

What is found is what reading finds, so that a value which is written there is read from there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from xltool.form import Form, ListBlock
from xltool.grid import Book, Grid, Rectangle
from xltool.layout import Cell
from xltool.recovery.grid_captions import anchors_of
from xltool.recovery.grid_placement import Placement
from xltool.recovery.grid_places import Area
from xltool.recovery.grid_reading import shapes_of
from xltool.recovery.grid_stencil import Spot, Strip
from xltool.values import caption_key

Bordered = Callable[[str, int, int], bool]
"""True where a square of a sheet (its name, row and column) has a line on any side."""


@dataclass(frozen=True, slots=True)
class Target:
    """The cell that waits for a cell of the layout, or why there is none. ``text`` is what it shows now; ``read`` is the
    cell from which its value is read now, where anything stands there. ``lead`` is what stands before the value in its cell (项目名称：)."""

    cell: Cell
    place: Rectangle | None
    text: str = ""
    why: str = ""
    read: Rectangle | None = None
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """The rows of a list in the workbook: from ``top`` to ``bottom``, ``columns`` by the first field of the layout's cell.

    ``spans`` are the cells that are merged down the whole block; ``items`` are the rows of items by list, where
    there are any; ``missing`` says which heads are not there. ``rowless`` is true where what stands below the list
    follows on its heads: somebody has deleted all of its rows.
    """

    block: ListBlock
    top: int
    bottom: int
    columns: Mapping[str, tuple[int, int]]
    spans: tuple[Rectangle, ...]
    items: Mapping[str, tuple[int, ...]]
    missing: tuple[str, ...]
    rowless: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """One form in the workbook: its sheet, where its fields stand, its lists; the cell above it that holds the title of
    its section, and that title; the paths of fields that other words above it say."""

    sheet: str
    form: Form
    top: int
    captions: tuple[Target, ...]
    scalars: tuple[Target, ...]
    blocks: tuple[Block, ...]
    title: Rectangle | None = None
    titled: str = ""
    told: frozenset[str] = frozenset()


def slots(book: Book, merged: Mapping[str, Sequence[Rectangle]], forms: Mapping[str, Form], bordered: Bordered) -> list[Slot]:
    """Every form of the workbook, in the order in which it is read."""
    found = []
    for grid, shape in shapes_of(book, forms):
        placements = [one for one, _, _ in shape.placements] if shape else []
        titles = [number for _, number, _ in shape.placements] if shape else []
        squares = _squares(merged.get(grid.name, ()))
        for at, one in enumerate(placements):
            below = grid.places[placements[at + 1].first][0] if at + 1 < len(placements) else 0
            slot = _Finder(grid, one, forms[one.form], squares, bordered, below).slot()
            title = titles[at]
            found.append(replace(slot, title=grid.places[title], titled=grid.texts[title]) if title >= 0 else slot)
    return found


def _squares(merged: Sequence[Rectangle]) -> dict[tuple[int, int], Rectangle]:
    """The merged cell of each square; one far larger than any form is left out."""
    return {
        (row, column): one
        for one in merged
        if (one[2] - one[0] + 1) * (one[3] - one[1] + 1) <= 100_000
        for row in range(one[0], one[2] + 1)
        for column in range(one[1], one[3] + 1)
    }


@dataclass(frozen=True, slots=True)
class _Finder:
    """A form on a grid while its places are found; ``below`` is the row in which the next form begins, or 0."""

    grid: Grid
    placement: Placement
    form: Form
    squares: Mapping[tuple[int, int], Rectangle]
    bordered: Bordered
    below: int

    def slot(self) -> Slot:
        """The form's places."""
        placement, anchors = self.placement, anchors_of(self.form)
        captions = [Target(anchors[anchor].cell, self.grid.places[number], self.grid.texts[number]) for number, anchor in placement.captions]
        there = {id(one.cell) for one in captions}
        gone = [Target(one.cell, None, why=f"没有找到栏目“{one.cell.caption}”") for one in anchors if one.cell.holes and id(one.cell) not in there]
        strips = zip(self.form.blocks, placement.stencil.strips, strict=True)
        return Slot(
            self.grid.name,
            self.form,
            self.grid.places[placement.first][0],
            (*captions, *gone),
            tuple(self.scalar(spot) for spot in placement.stencil.spots if spot.cell.holes),
            tuple(self.block(block, strip) for block, strip in strips),
            told=frozenset(path for path, _ in placement.around),
        )

    def rectangle(self, row: int, column: int) -> Rectangle:
        """The cell that lies on a square."""
        return self.squares.get((row, column), (row, column, row, column))

    def text(self, row: int, column: int) -> str:
        """What the cell on a square shows; a formula without a result shows itself."""
        found = self.grid.at(row, column)
        return (found.text or found.formula) if found else ""

    def scalar(self, spot: Spot) -> Target:
        """The cell of a field outside lists."""
        number = next((number for number, cell in self.placement.scalars if cell is spot.cell), None)
        read = self.grid.places[number] if number is not None else None
        if number is not None and (inline := dict(self.placement.inline).get(number)):
            text = self.grid.texts[number]
            return Target(spot.cell, read, text, read=read, lead=text[: text.rindex(inline)])
        if spot.area is None or spot.why:
            return Target(spot.cell, read, why="" if read else spot.why or "没有找到所在的行", read=read)
        place = self.box(spot.area) or read
        return Target(spot.cell, place, self.text(*place[:2]) if place else "", "" if place else "没有空的单元格", read)

    def box(self, area: Area) -> Rectangle | None:
        """The first cell of an area that is made for a value: merged, with lines, or filled; else the first at all.

        A remark at the right of an empty box is no value.
        """
        above = self.placement.above
        squares = ((row + above, column) for row in range(area.row, area.last_row + 1) for column in range(area.column, area.last_column + 1))
        cells = [place for square in squares if (place := self.rectangle(*square))[:2] == square]
        made = (one for one in cells if one[:2] != one[2:] or self.text(*one[:2]) or self.bordered(self.grid.name, *one[:2]))
        return next(made, cells[0] if cells else None)

    def block(self, block: ListBlock, strip: Strip) -> Block:
        """The rows and columns of a list."""
        top = strip.first + self.placement.above
        firsts = {name: column for column, name in sorted(strip.fields.items(), reverse=True) if name}
        columns = {name: (column, max(self.rectangle(top, column)[3], column)) for name, column in sorted(firsts.items(), key=lambda one: one[1])}
        items = {name: tuple(one.row for one in places) for name, places in self.placement.lists.items() if name in block.lists}
        spans = tuple(self.spans(block, top))
        known = max((row for rows in items.values() for row in rows), default=top)
        bottom = self.bottom(block, strip, (top, known), columns, spans)
        return Block(block, top, bottom, columns, spans, items, tuple(why for _, why in strip.doubts), strip.last < strip.first and bool(self.rows_below(block)))

    def spans(self, block: ListBlock, top: int) -> list[Rectangle]:
        """The cells beside a list that are merged down all of its rows: known by their captions."""
        found = []
        for span in block.spans:
            keys = {caption_key(one) for one in self.form.spellings(span.caption)} if span.caption else set()
            for number in range(self.placement.first, self.placement.end):
                place = self.grid.places[number]
                if place[0] <= top <= place[2] and caption_key(self.grid.texts[number]) in keys:
                    found.append(place)
        return found

    def bottom(self, block: ListBlock, strip: Strip, known: tuple[int, int], columns: Mapping[str, tuple[int, int]], spans: Sequence[Rectangle]) -> int:
        """The last row of a list: that of the cell merged beside it, else the last row that looks like its first.

        ``known`` are its first row and the last that is filled.
        """
        top, row = known
        # What goes down beside a list may go on beside rows below it (年度主要任务 beside 金额合计).
        below = max((span.last_row for span in block.spans), default=block.row) - block.row
        if spans and max(one[2] for one in spans) - below > top:
            return max(row, *(one[2] - below for one in spans))
        behind = any(row > block.row for row in self.rows_below(block))
        last = strip.last + self.placement.above if behind else self.below - 1 if self.below else max(self.grid.last_row, top) + 500
        while row < last and self.looks_alike(top, row + 1, columns):
            row += 1
        return row

    def rows_below(self, block: ListBlock) -> list[int]:
        """The rows of the layout below a list that have captions."""
        return [one.cell.row for one in anchors_of(self.form) if one.cell.row > block.row]

    def looks_alike(self, first: int, row: int, columns: Mapping[str, tuple[int, int]]) -> bool:
        """True for a row with the same cells and lines as the first, in which no text stands but that of groups."""
        if not all(self.bordered(self.grid.name, row, column) for column, _ in columns.values()):
            return False
        grouped = {name for name in columns for block in self.form.blocks if name in block.groups}
        for name, (column, last) in columns.items():
            place, like = self.rectangle(row, column), self.rectangle(first, column)
            if place[3] != like[3] or place[1] != like[1] or (name not in grouped and self.text(row, column)):
                return False
            if last < place[3]:
                return False
        return True
