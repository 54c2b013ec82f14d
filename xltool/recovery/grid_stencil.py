"""Where the fields and lists of a form lie around its captions: the same for every sheet whose captions stand alike.

Rows are counted from the form's first row on its grid, so that a stencil holds wherever the form stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from xltool.form import Form, ListBlock
from xltool.grid import GridCell, Rectangle
from xltool.layout import Cell, Constant
from xltool.recovery.grid_places import Area, Places, Plan, placed
from xltool.recovery.grid_regions import Hit, Region
from xltool.values import caption_key

NO_CAPTION, NO_HEADS = "没有找到栏目", "没有找到明细的栏目："
"""What is said of a field, and of a list, whose own captions are not there."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a cell of the layout lies that has no caption of its own; ``area`` is None where nothing tells.

    ``constant`` is true where the form prints a mark in it, ``long`` where it is filled by a text of several lines,
    ``money`` where by an amount; ``why`` says what makes its fields doubtful.
    """

    cell: Cell
    area: Area | None
    paths: tuple[str, ...]
    constant: bool
    why: str
    long: bool = False
    money: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one list by the first field of the layout's cells: ``own`` stand in every row, ``groups`` merge."""

    name: str
    own: tuple[str, ...]
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Strip:
    """The rows of a block from ``first`` to ``last``: the field of every column of the grid, its lists.

    ``left`` is the first column; ``words`` are what its heads can print; ``doubts`` are (list, why); ``printed`` is by
    column what every row prints itself, as captions are compared, empty for a mark.
    """

    first: int
    last: int
    left: int
    fields: Mapping[int, str]
    lists: tuple[Columns, ...]
    words: frozenset[str]
    doubts: tuple[tuple[str, str], ...]
    printed: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lying:
    """Which of the cells near a stencil's spots lies on which, by their place among them: on the cells of the layout,
    on marks that the form prints; ``claimed`` are all of these. ``doubts`` are (path, cell, why), -1 for no cell."""

    scalars: tuple[tuple[int, Cell], ...]
    constants: tuple[int, ...]
    claimed: tuple[int, ...]
    doubts: tuple[tuple[str, int, str], ...]


def lying(spots: Sequence[Spot], found: Sequence[int], over: Sequence[tuple[str, int, str]]) -> Lying:
    """What lies on these spots: on each one cell of those near it, or none (-1); ``over`` are doubts on cells that reach over several."""
    there = [(spot, at) for spot, at in zip(spots, found, strict=True) if at >= 0]
    return Lying(
        tuple((at, spot.cell) for spot, at in there if not spot.constant),
        tuple(at for spot, at in there if spot.constant),
        tuple(at for _, at in there),
        tuple((path, at, spot.why) for spot, at in zip(spots, found, strict=True) if spot.why and not spot.constant for path in spot.paths) + tuple(over),
    )


@dataclass(frozen=True, slots=True)
class Stencil:
    """A form around its captions, these by their place in the region's hits.

    ``owned`` are the hits that are captions of the form, ``captions`` (hit, anchor) those with fields
    inside; ``heads`` are the hits above or beside the fields, by the origin of the field's cell; ``doubts`` are
    (path, why) of captions that are gone; ``rows`` are those of all spots, ``runs`` the first and last of each run of them.
    ``known`` are, by the places of the cells near the spots and the grid's last column, which of them lies on each
    spot, so far as was seen.
    """

    form: Form
    owned: tuple[int, ...]
    captions: tuple[tuple[int, int], ...]
    doubts: tuple[tuple[str, str], ...]
    spots: tuple[Spot, ...]
    rows: frozenset[int]
    runs: tuple[tuple[int, int], ...]
    strips: tuple[Strip, ...]
    heads: Mapping[tuple[int, int], int] = field(default_factory=dict)
    known: dict[tuple[tuple[Rectangle, ...], int], Lying] = field(default_factory=dict, compare=False, repr=False)


def stencil_of(plan: Plan, region: Region, bottom: int) -> Stencil:
    """The stencil of a region whose last cell begins in row ``bottom`` of its grid."""
    above = region.top - 1
    hits = [Hit(_moved(hit, at, above), hit.match) for at, hit in enumerate(region.hits)]
    places = placed(plan, hits, bottom - above)
    # A field may stand in another spelling of a caption only: 总体目标（2024年—2026年）.
    with_fields = [anchor for anchor in plan.anchors if anchor.cell.holes or any(one.holes for one in anchor.printed)]
    spots = tuple(_spot(plan, cell, places) for cell in plan.cells)
    rows = frozenset(row for spot in spots if spot.area for row in range(spot.area.row, spot.area.last_row + 1))
    return Stencil(
        plan.form,
        tuple(cell.number for cell in places.found.values()),
        tuple((places.found[one.number].number, one.number) for one in with_fields if one.number in places.found),
        tuple(gone for one in with_fields if one.number not in places.found for gone in _gone(plan.form, one.cell)),
        spots,
        rows,
        tuple(_runs(rows)),
        tuple(_strip(plan.form, places, block) for block in plan.form.blocks),
        {origin: places.found[number].number for origin, number in plan.locators.items() if number in places.found},
    )


def _runs(rows: frozenset[int]) -> Iterator[tuple[int, int]]:
    """The first and last of each run of rows that follow each other."""
    firsts = sorted(row for row in rows if row - 1 not in rows)
    return zip(firsts, sorted(row for row in rows if row + 1 not in rows), strict=True)


def _moved(hit: Hit, number: int, above: int) -> GridCell:
    return hit.cell._replace(row=hit.cell.row - above, last_row=hit.cell.last_row - above, number=number)


def _gone(form: Form, cell: Cell) -> Iterator[tuple[str, str]]:
    for name in cell.holes:
        yield form.fields[name].path, f"{NO_CAPTION}“{cell.caption}”"


def _spot(plan: Plan, cell: Cell, places: Places) -> Spot:
    area, why = places.area(cell), ""
    missing = [number for number in plan.told_by(cell) if number not in places.found]
    if missing:
        why = f"{NO_CAPTION}“{plan.anchors[missing[0]].cell.caption}”"
    elif area is None:
        why = "没有找到所在的行"
    constant = any(isinstance(part, Constant) for part in cell.parts)
    kind = plan.form.fields[cell.holes[0]].type if cell.only_hole else ""
    return Spot(cell, area, tuple(plan.form.fields[name].path for name in cell.holes), constant, why, kind == "paragraphs", kind == "money")


def _strip(form: Form, places: Places, block: ListBlock) -> Strip:
    first, last = places.list_rows(block)
    columns = places.list_columns(block)
    doubts = []
    for name in block.lists:
        missing = [cell for _, cell, there in columns if not there and set(cell.holes) & set(form.lists[name].fields)]
        if missing:
            doubts.append((name, NO_HEADS + "、".join(hole for cell in missing for hole in cell.holes)))
    heads = {name: cell.holes[0] for _, cell, _ in columns for name in cell.holes}
    return Strip(
        first,
        last,
        min((column for column, _, _ in columns), default=1),
        _fields(columns, places.edge, places.beside_list(block)),
        tuple(_columns(form, name, heads) for name in block.lists),
        _words(places, block, columns),
        tuple(doubts),
        {column: caption_key(cell.caption or cell.unit) for column, cell, _ in columns if cell.parts and (cell.caption or cell.unit or not cell.holes)},
    )


def _columns(form: Form, name: str, heads: Mapping[str, str]) -> Columns:
    spec = form.lists[name]
    groups = tuple(dict.fromkeys(heads[one] for one in spec.groups if one in heads))
    own = tuple(one for one in dict.fromkeys(heads[one] for one in spec.own if one in heads) if one not in groups)
    return Columns(name, own, groups)


def _fields(columns: Sequence[tuple[int, Cell, bool]], edge: int, beside: Sequence[int]) -> dict[int, str]:
    """The field of every column of the grid that belongs to the list; ``beside`` are columns that do not."""
    found: dict[int, str] = {}
    # A column ends where the next begins, in whatever order somebody has put them.
    ordered = sorted(columns, key=itemgetter(0))
    ends = [min([then, *(one for one in beside if one > column)]) for (column, _, _), then in zip(ordered, [*(column for column, _, _ in ordered[1:]), edge + 1], strict=True)]
    for (column, cell, _), end in zip(ordered, ends, strict=True):
        found.update(dict.fromkeys(range(column, max(end, column + 1)), cell.holes[0] if cell.holes else ""))
    return found


def _words(places: Places, block: ListBlock, columns: Sequence[tuple[int, Cell, bool]]) -> frozenset[str]:
    """What the heads of the list's columns can print."""
    found: set[str] = set()
    for _, cell, _ in columns:
        head = next((one for row in range(block.row - 1, 0, -1) if (one := places.plan.at.get((row, cell.column)))), None)
        if head and cell.holes:
            found.update(head.keys)
    return frozenset(found)
