"""Which cell of a grid belongs to what of a form: everything that is told by where captions and cells stand.

Texts other than captions play no part here as long as a placement is ``steady``, so that sheets of one
shape, as a program writes them by the hundred, are placed once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from xltool.form import Form
from xltool.grid import Grid, GridCell, address
from xltool.layout import Cell, Constant
from xltool.recovery.grid_places import Area, Places, Plan, placed
from xltool.recovery.grid_regions import Region
from xltool.recovery.grid_rows import ItemRow, Rows, items, rows_of

NOWHERE = -1
"""The number of a cell that is not there."""


@dataclass(frozen=True, slots=True)
class ItemPlace:
    """An item of a list: the number of the cell of each column, by the first field of the layout's cell.

    ``carried`` and ``blank`` are groups whose own cell is blank: filled from above, or left blank.
    """

    row: int
    slots: tuple[tuple[str, int], ...]
    carried: tuple[str, ...]
    blank: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Placement:
    """One filled form on its grid, by the numbers of cells.

    ``captions`` are (cell, anchor) of captions with fields inside; ``constants`` hold a mark that the
    form prints, or a leftover; ``left`` belong to nothing. ``doubts`` are (path, cell, why).
    """

    form: str
    first: int
    end: int
    captions: tuple[tuple[int, int], ...]
    scalars: tuple[tuple[int, Cell], ...]
    lists: Mapping[str, tuple[ItemPlace, ...]]
    constants: tuple[int, ...]
    left: tuple[int, ...]
    doubts: tuple[tuple[str, int, str], ...]
    repeated: tuple[int, ...]
    steady: bool


@dataclass(slots=True)
class _Work:
    """A placement while it is made. ``claimed`` are the numbers of the cells that the form owns."""

    grid: Grid
    claimed: set[int] = field(default_factory=set)
    captions: list[tuple[int, int]] = field(default_factory=list)
    scalars: list[tuple[int, Cell]] = field(default_factory=list)
    lists: dict[str, tuple[ItemPlace, ...]] = field(default_factory=dict)
    constants: list[int] = field(default_factory=list)
    doubts: list[tuple[str, int, str]] = field(default_factory=list)
    repeated: list[int] = field(default_factory=list)
    steady: bool = True


def place(plan: Plan, region: Region, grid: Grid, first: int, end: int) -> Placement:
    """The placement of a region whose cells have the numbers ``first`` to ``end`` - 1."""
    cells = grid.cells[first:end]
    work = _Work(grid)
    places = placed(plan, region, cells[-1].row)
    work.claimed.update(cell.number for cell in (*places.found.values(), *region.echoes))
    _captions(plan, places, work)
    for cell in plan.cells:
        _scalar(plan, cell, places, work)
    for block in plan.form.blocks:
        _block(plan.form, rows_of(places, block, cells, work.claimed), work)
    if region.rivals:
        work.doubts.append(("form", region.hits[0].cell.number, "也可能是：" + "、".join(region.rivals)))
    left = tuple(cell.number for cell in cells if cell.number not in work.claimed)
    return Placement(
        plan.form.id, first, end, tuple(work.captions), tuple(work.scalars), work.lists, tuple(work.constants),
        left, tuple(work.doubts), tuple(work.repeated), work.steady,
    )  # fmt: skip


def _captions(plan: Plan, places: Places, work: _Work) -> None:
    """Places the fields that stand inside captions, and doubts those whose captions are gone."""
    for anchor in plan.anchors:
        if not anchor.cell.holes:
            continue
        if cell := places.found.get(anchor.number):
            work.captions.append((cell.number, anchor.number))
            continue
        for name in anchor.cell.holes:
            one = plan.form.fields[name]
            if not one.optional:
                work.doubts.append((one.path, NOWHERE, f"没有找到栏目“{anchor.cell.caption}”"))


def _scalar(plan: Plan, cell: Cell, places: Places, work: _Work) -> None:
    """Places a cell of the layout that has no caption of its own."""
    area = places.area(cell)
    inside = _inside(work.grid, area, work.claimed) if area else []
    if any(isinstance(part, Constant) for part in cell.parts):
        work.constants.extend(one.number for one in inside)
        work.claimed.update(one.number for one in inside)
        return
    paths = [plan.form.fields[name].path for name in cell.holes]
    number = plan.locators.get((cell.row, cell.column))
    if number is not None and number not in places.found:
        caption = plan.anchors[number].cell.caption
        work.doubts.extend((path, inside[0].number if inside else NOWHERE, f"没有找到栏目“{caption}”") for path in paths)
    elif area is None:
        work.doubts.extend((path, NOWHERE, "没有找到所在的行") for path in paths)
    if not inside:
        return
    first, *others = inside
    work.scalars.append((first.number, cell))
    work.claimed.add(first.number)
    if others:
        work.steady = False
        work.claimed.update(one.number for one in others if _same(one, first))
        if not all(_same(one, first) for one in others):
            work.doubts.append((paths[0], first.number, "此处有不止一个值"))


def _same(one: GridCell, other: GridCell) -> bool:
    """True for the squares of a broken merge that repeat its value, whatever format they show it under."""
    return one.text == other.text or (one.value is not None and one.value == other.value)


def _inside(grid: Grid, area: Area, claimed: set[int]) -> list[GridCell]:
    """The cells of an area that hold something and belong to nothing yet, in reading order."""
    found: dict[int, GridCell] = {}
    squares = grid.squares
    for row in range(area.row, min(area.last_row, grid.last_row) + 1):
        for column in range(area.column, area.last_column + 1):
            cell = squares.get((row, column))
            if cell and cell.number not in claimed and (cell.text or cell.formula):
                found[cell.number] = cell
    return list(found.values())


def _block(form: Form, rows: Rows, work: _Work) -> None:
    """Places the lists of a repeated row."""
    work.claimed.update([cell.number for cell in rows.twice])
    work.steady &= not (rows.crowded or rows.heads)
    for cells in rows.heads:
        work.claimed.update(cell.number for cell in (*cells, *rows.beside.get(cells[0].row, ())))
        work.repeated.append(cells[0].number)
    for name in rows.block.lists:
        spec = form.lists[name]
        work.lists[name] = tuple(_item(row, work) for row in items(form, spec, rows))
        missing = [cell for _, cell, there in rows.columns if not there and set(cell.holes) & set(spec.fields)]
        if missing:
            work.doubts.append((name, NOWHERE, "没有找到明细的栏目：" + "、".join(hole for cell in missing for hole in cell.holes)))


def _item(row: ItemRow, work: _Work) -> ItemPlace:
    slots = tuple([(name, cell.number) for name, cell in row.slots.items()])
    work.claimed.update([number for _, number in slots])
    work.steady &= not (row.carried or row.blank)
    return ItemPlace(row.row, slots, row.carried, row.blank)


def where(grid: Grid, number: int) -> str:
    """The place of a cell as people find it: sheet!A1, page and box, or the row's name; of a cell that is not there, the sheet."""
    if number == NOWHERE:
        return grid.name
    if grid.spots:
        return str(grid.spots[number])
    row, column, *_ = grid.places[number]
    if grid.row_names:
        return grid.row_names[row - 1]
    return f"{grid.name}!{address(row, column)}"


def numbers_of(cells: Sequence[GridCell]) -> tuple[int, ...]:
    """The numbers of cells."""
    return tuple(cell.number for cell in cells)
