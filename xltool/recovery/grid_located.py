"""Where the values of forms on grids stand: the cell of every field, of empty ones the square that waits for them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from xltool.form import Form
from xltool.grid import Book, Grid, Rectangle
from xltool.places import PAGE, TABLE, Place, Places, on_sheet
from xltool.recovery.grid_captions import Anchor
from xltool.recovery.grid_placement import Placement
from xltool.recovery.grid_reading import Shapes, captions_of, shapes_of
from xltool.recovery.grid_rows import ItemPlace
from xltool.recovery.grid_stencil import Strip


def places(book: Book, forms: Mapping[str, Form], lists: bool = True, shapes: Shapes | None = None, paths: Collection[str] | None = None) -> tuple[Places, ...]:
    """The places of each form of a book, in the order in which the book is read; ``lists``: those of lists too. Of some
    ``paths`` alone, where they are given: of fields in lists (``indicators[3].target``) and of their rows.

    ``shapes`` are those that the book was read by, where they are known.
    """
    anchors = captions_of(forms).anchors
    return tuple(_places(placement, grid, forms[placement.form], anchors[placement.form], lists, paths) for grid, shape in shapes or shapes_of(book, forms) if shape for placement, _, _ in shape.placements)


def _places(placement: Placement, grid: Grid, form: Form, anchors: Sequence[Anchor], lists: bool, paths: Collection[str] | None) -> Places:
    found = {"": _cell(grid, placement.first)}
    if paths is None:
        found |= _scalars(placement, grid, form, anchors)
    held = {cell.holes[0]: [form.fields[name].path for name in cell.holes] for cell in reversed(form.layout.cells) if cell.holes} if lists else {}
    for strip in placement.stencil.strips if lists else ():
        columns = {name: column for column, name in sorted(strip.fields.items(), reverse=True) if name}
        for name, at in _wanted(strip, placement, paths):
            found.update(_item(f"{name}[{at}]", placement.lists[name][at], columns, held, paths, grid))
    return found


def _wanted(strip: Strip, placement: Placement, paths: Collection[str] | None) -> Iterator[tuple[str, int]]:
    """The list and the number of each item that is asked for, in order."""
    for one in strip.lists:
        count = len(placement.lists.get(one.name, ()))
        yield from ((one.name, at) for at in range(count) if paths is None or f"{one.name}[{at}]" in paths)


def _scalars(placement: Placement, grid: Grid, form: Form, anchors: Sequence[Anchor]) -> dict[str, Place]:
    """Fields outside lists: their cells, inside captions, and the first square of what waits empty."""
    found: dict[str, Place] = {}
    for number, anchor in placement.captions:
        found |= {form.fields[name].path: _cell(grid, number) for name in anchors[anchor].cell.holes}
    inside = set(found)
    for number, cell in placement.scalars:
        found |= {path: _cell(grid, number) for name in cell.holes if (path := form.fields[name].path) not in inside}
    read = set(found)
    for spot in placement.stencil.spots:
        if spot.area and (paths := [path for name in spot.cell.holes if (path := form.fields[name].path) not in read]):
            area = spot.area
            square = _square(grid, (area.row + placement.above, area.column, area.row + placement.above, area.column))
            found |= dict.fromkeys(paths, square)
    return found


def _item(
    prefix: str, item: ItemPlace, columns: Mapping[str, int], held: Mapping[str, Sequence[str]], paths: Collection[str] | None, grid: Grid
) -> Iterator[tuple[str, Place]]:
    for head in item.columns:
        wanted = [f"{prefix}.{path}" for path in held[head]]
        if paths is not None and not any(path in paths for path in wanted):
            continue
        if head in item.slots:
            place = _cell(grid, item.slots[head])
        elif head in columns:
            place = _square(grid, (item.row, columns[head], item.row, columns[head]))
        else:
            continue
        yield from ((path, place) for path in wanted)
    first = min(columns.values(), default=1)
    yield prefix, _square(grid, (item.row, first, item.row, max(columns.values(), default=1)))


def in_row(grid: Grid, row: int) -> Place:
    """The place of a row of a grid, from its first cell to its last."""
    columns = [place for place in grid.places if place[0] == row]
    return _square(grid, (row, min((one[1] for one in columns), default=1), row, max((one[3] for one in columns), default=1)))


def _cell(grid: Grid, number: int) -> Place:
    if grid.spots:
        spot = grid.spots[number]
        return Place(PAGE, spot.page, *grid.places[number], spot=str(spot))
    return _square(grid, grid.places[number])


def _square(grid: Grid, rectangle: Rectangle) -> Place:
    """The place of a rectangle of a grid: on its sheet, on the page of its row, or in the row that people call by its name."""
    if grid.row_names:
        return Place(TABLE, grid.row_names[rectangle[0] - 1], *rectangle)
    if grid.spots:
        near = min(range(len(grid.places)), key=lambda number: abs(grid.places[number][0] - rectangle[0]))
        return Place(PAGE, grid.spots[near].page, *rectangle)
    return on_sheet(grid.name, rectangle)
