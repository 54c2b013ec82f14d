"""Which cell of a grid belongs to what of a form: everything that is told by where captions and cells stand."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import filterfalse

from xltool.form import Form
from xltool.grid import Grid, Rectangle, address
from xltool.layout import Cell
from xltool.recovery.grid_captions import unit_behind
from xltool.recovery.grid_even import NOWHERE, even_lists
from xltool.recovery.grid_places import Area
from xltool.recovery.grid_regions import Region
from xltool.recovery.grid_rows import ItemPlace, Rows, items, rows_of
from xltool.recovery.grid_shifted import ASTRAY, below_rows, stands_beside
from xltool.recovery.grid_split import TWICE, Split, behind_colon, lines, splits, strays, with_unit
from xltool.recovery.grid_stencil import Spot, Stencil, Strip, lying
from xltool.recovery.grid_values import tidy
from xltool.values import caption_key, is_mark, parse_year

MONEY_UNIT = "money_unit"
_CLOSES = frozenset(")）:： \n")
COVERED = "这一格合并到旁边的栏目之下，也可能是那里的内容"
_KNOWN = 256
"""Ways in which the cells near a stencil's spots lie that are remembered."""


@dataclass(frozen=True, slots=True)
class Placement:
    """One filled form on its grid, by the numbers of cells.

    ``captions`` are (cell, anchor) of captions with fields inside; ``constants`` hold a mark that the
    form prints, or a leftover; ``left`` belong to nothing. ``doubts`` are (path, cell, why). ``above``
    are the grid's rows before the form, ``moved`` the first cells of lists whose heads stood beside them, ``alone``
    those in which a year stands without the words around it, ``sums`` those that say that their row adds up others; ``inline`` are those in which a caption and
    its value stand, with the value's text; ``split`` are values whose parts stand in cells of their own;
    ``around`` are (path, cell) of captions, and of cells above the form's fields, that say its year or unit of money;
    ``rates`` are numbers below a caption with % behind it (执行率（%）).
    """

    form: str
    first: int
    end: int
    captions: tuple[tuple[int, int], ...]
    scalars: tuple[tuple[int, Cell], ...]
    lists: Mapping[str, Sequence[ItemPlace]]
    constants: tuple[int, ...]
    left: tuple[int, ...]
    doubts: tuple[tuple[str, int, str], ...]
    repeated: tuple[int, ...]
    stencil: Stencil
    above: int
    moved: tuple[int, ...] = ()
    alone: tuple[int, ...] = ()
    sums: tuple[int, ...] = ()
    inline: tuple[tuple[int, str], ...] = ()
    split: tuple[Split, ...] = ()
    around: tuple[tuple[str, int], ...] = ()
    rates: frozenset[int] = frozenset()


@dataclass(slots=True)
class _Work:
    """A placement while it is made, ``above`` the rows of the grid above the form.

    ``claimed`` are the numbers of the cells that the form owns.
    """

    grid: Grid
    above: int
    claimed: set[int] = field(default_factory=set)
    scalars: list[tuple[int, Cell]] = field(default_factory=list)
    lists: dict[str, Sequence[ItemPlace]] = field(default_factory=dict)
    constants: list[int] = field(default_factory=list)
    doubts: list[tuple[str, int, str]] = field(default_factory=list)
    repeated: list[int] = field(default_factory=list)
    moved: list[int] = field(default_factory=list)
    alone: list[int] = field(default_factory=list)
    sums: list[int] = field(default_factory=list)
    split: list[Split] = field(default_factory=list)


def place(stencil: Stencil, region: Region, marks: Sequence[int], grid: Grid, first: int, end: int) -> Placement:
    """The placement of a region whose cells have the numbers ``first`` to ``end`` - 1.

    The cells of the region count the captions of the grid, whose numbers are ``marks``.
    """
    work = _Work(grid, region.top - 1)
    hits = [marks[hit.cell.number] for hit in region.hits]
    work.claimed.update([hits[at] for at in stencil.owned], [marks[cell.number] for cell in region.echoes])
    work.doubts.extend((path, NOWHERE, why) for path, why in stencil.doubts if not _alone(stencil, path, work, first, end))
    _scalars(stencil, work, first, end)
    _names_behind(stencil, hits, work, first, end)
    marked = set(marks) - work.claimed
    for strip in stencil.strips:
        _strip(stencil.form, strip, range(first, end), marked, work)
    if region.rivals:
        work.doubts.append(("form", hits[0], "也可能是：" + "、".join(region.rivals)))
    units = list(_units_behind(stencil, hits, grid.texts))
    captions = tuple([(hits[at], anchor) for at, anchor in stencil.captions])
    left = tuple(filterfalse(work.claimed.__contains__, range(first, end)))
    return Placement(
        stencil.form.id, first, end, captions, tuple(work.scalars), work.lists, tuple(work.constants),
        left, tuple(work.doubts), tuple(work.repeated), stencil, work.above, tuple(work.moved), tuple(work.alone), tuple(sorted(work.sums)),
        split=tuple(work.split), around=_of_money(stencil, units), rates=_rates(stencil, units, work),
    )  # fmt: skip


def _scalars(stencil: Stencil, work: _Work, first: int, end: int) -> None:
    """Places the cells of the layout that have no caption of their own.

    Which of them lie where is worked out once for all forms whose cells near these spots stand alike.
    """
    near, above, grid = _near(stencil, work, first, end), work.above, work.grid
    texts = [grid.texts[number] for number in near]
    lie = tuple([(row - above, column, last_row - above, last_column) for row, column, last_row, last_column in [grid.places[number] for number in near]])
    key, filled = (lie, grid.last_column), "" not in texts
    if filled and (known := stencil.known.get(key)) is not None:
        work.scalars.extend([(near[at], cell) for at, cell in known.scalars])
        work.constants.extend([near[at] for at in known.constants])
        work.doubts.extend([(path, near[at] if at != NOWHERE else NOWHERE, why) for path, at, why in known.doubts])
        work.claimed.update([near[at] for at in known.claimed])
        return
    lines = _by_row(stencil, near, lie)
    found = []
    for spot in stencil.spots:
        inside = _inside(grid, spot.area, lines, work.claimed) if spot.area else []
        _take(spot, inside, work, near)
        found.append(inside)
    covered = list(_covered(stencil.spots, found, dict(zip(near, lie, strict=True))))
    work.doubts.extend(covered)
    # Of several cells on one spot their texts decide.
    if filled and len(stencil.known) < _KNOWN and not any(len(inside) > 1 for inside in found):
        over = [(path, near.index(number), why) for path, number, why in covered]
        stencil.known[key] = lying(stencil.spots, [near.index(inside[0]) if inside else NOWHERE for inside in found], over)


def _covered(spots: Sequence[Spot], found: Sequence[Sequence[int]], lie: Mapping[int, Rectangle]) -> Iterator[tuple[str, int, str]]:
    """(path, cell, why) of the fields of an empty spot over which the cell of another one goes on, and of that one's fields."""
    empty = [spot for spot, inside in zip(spots, found, strict=True) if spot.area and not inside and not spot.constant]
    wide = [(spot, inside[0]) for spot, inside in zip(spots, found, strict=True) if inside and not spot.constant and lie[inside[0]][1] < lie[inside[0]][3]] if empty else []
    for spot in empty:
        for other, number in wide:
            row, column, last_row, last_column = lie[number]
            if spot.area and row <= spot.area.row <= last_row and column < spot.area.column <= last_column:
                yield from ((path, number, COVERED) for path in (*other.paths, *spot.paths))


def _units_behind(stencil: Stencil, hits: Sequence[int], texts: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """(hit, cell, unit) of the captions behind which a unit stands in brackets; few captions end as those do."""
    for at in stencil.owned:
        if (text := texts[hits[at]])[-1:] in _CLOSES and (found := unit_behind(text)):
            yield at, hits[at], found[1]


def _of_money(stencil: Stencil, units: Sequence[tuple[int, int, str]]) -> tuple[tuple[str, int], ...]:
    """The captions behind which a unit of money stands, where the form leaves its unit open."""
    if not units or stencil.form.field_at(MONEY_UNIT) is None:
        return ()
    own = {at for at, _ in stencil.captions}
    return tuple((MONEY_UNIT, number) for at, number, unit in units if at not in own and unit.endswith("元"))


def _rates(stencil: Stencil, units: Sequence[tuple[int, int, str]], work: _Work) -> frozenset[int]:
    """The cells outside lists whose caption has % behind it."""
    marked = {at for at, _, unit in units if unit == "%"}
    return frozenset(number for number, cell in work.scalars if stencil.heads.get((cell.row, cell.column), -1) in marked) if marked else frozenset()


def _names_behind(stencil: Stencil, hits: Sequence[int], work: _Work, first: int, end: int) -> None:
    """Places what stands in a cell of its own behind a caption that the form prints in the value's cell (项目负责人：)."""
    grid = work.grid
    for at in dict(stencil.captions):
        if grid.texts[hits[at]].rstrip()[-1:] not in (":", "："):
            continue
        row, right = grid.places[hits[at]][0], grid.places[hits[at]][3]
        behind = min((grid.places[one][1] for one in hits if grid.places[one][0] == row and grid.places[one][1] > right), default=grid.last_column + 1)
        free = [number for number in range(first, end) if number not in work.claimed and right < grid.places[number][1] < behind]
        if found := behind_colon(grid, hits[at], free):
            work.split.append(found)
            work.claimed.update(found.numbers)


def _alone(stencil: Stencil, path: str, work: _Work, first: int, end: int) -> bool:
    """Places a year whose caption is gone: whoever fills a form in types 2025 over （    年度）, above its first field."""
    one = stencil.form.field_at(path)
    if one is None or one.type != "year" or not stencil.rows:
        return False
    texts, places, top = work.grid.texts, work.grid.places, work.above + min(stencil.rows)
    found = [number for number in range(first, end) if places[number][0] < top and number not in work.claimed and parse_year(tidy(texts[number]))]
    if len(found) != 1:
        return False
    work.scalars.append((found[0], stencil.form.layout.cell_of(one.name)))
    work.claimed.update(found)
    work.alone.extend(found)
    return True


def _near(stencil: Stencil, work: _Work, first: int, end: int) -> list[int]:
    """The cells on the rows of the form's spots that are no captions of it."""
    above, places = work.above, work.grid.places
    found: list[int] = []
    at = first
    for top, low in stencil.runs:
        start = bisect_left(places, (top + above,), at, end)
        # What begins between two runs is near where it reaches into the second.
        found.extend([number for number, (_, _, last_row, _) in enumerate(places[at:start], at) if last_row >= top + above])
        at = bisect_left(places, (low + above + 1,), start, end)
        found.extend(range(start, at))
    return list(filterfalse(work.claimed.__contains__, found))


def _by_row(stencil: Stencil, near: Sequence[int], lie: Sequence[Rectangle]) -> dict[int, list[int]]:
    """The cells near the spots by the rows of the form in which they lie, from the left."""
    found: dict[int, list[int]] = {}
    for number, (row, _, last_row, _) in sorted(zip(near, lie, strict=True), key=lambda one: one[1][1]):
        for at in (row,) if row == last_row else stencil.rows.intersection(range(row, last_row + 1)):
            found.setdefault(at, []).append(number)
    return found


def _take(spot: Spot, inside: Sequence[int], work: _Work, near: Sequence[int]) -> None:
    """Gives the cells that lie on a spot to it; ``near`` are those on the rows of all spots."""
    if spot.constant:
        work.constants.extend(inside)
        work.claimed.update(inside)
        return
    if spot.why:
        work.doubts.extend((path, inside[0] if inside else NOWHERE, spot.why) for path in spot.paths)
    if not inside:
        return
    first, *others = inside
    work.scalars.append((first, spot.cell))
    work.claimed.add(first)
    if others:
        same = [number for number in others if _same(work.grid, number, first)]
        work.claimed.update(same)
        rest = [number for number in others if number not in same]
        if rest and spot.money and (amount := with_unit(work.grid, (first, *rest))):
            work.split.append(amount)
            work.claimed.update(rest)
        elif rest and spot.long and (whole := lines(work.grid, (first, *rest), [number for number in near if number not in work.claimed])):
            work.split.append(whole)
            work.claimed.update(rest)
        elif rest:
            work.doubts.append((spot.paths[0], first, TWICE))


def _same(grid: Grid, one: int, other: int) -> bool:
    """True for the squares of a broken merge that repeat its value, whatever format they show it under."""
    value = grid.values.get(one)
    return grid.texts[one] == grid.texts[other] or (value is not None and value == grid.values.get(other))


def _inside(grid: Grid, area: Area, lines: Mapping[int, Sequence[int]], claimed: set[int]) -> list[int]:
    """The cells of an area that hold something and belong to nothing yet, in reading order."""
    found: dict[int, None] = {}
    for row in range(area.row, area.last_row + 1):
        for number in lines.get(row, ()):
            _, column, _, last_column = grid.places[number]
            if column > area.last_column or last_column < area.column or number in claimed:
                continue
            if (column >= area.column or grid.last_column >= area.column) and (grid.texts[number] or number in grid.formulas or number in grid.values):
                found[number] = None
    return list(found)


def _strip(form: Form, strip: Strip, numbers: range, marked: set[int], work: _Work) -> None:
    """Places the lists of a repeated row."""
    _printed(strip, numbers, work)
    if (even := even_lists(form, strip, work.above, work.grid, numbers, work.claimed | marked)) is not None:
        work.lists.update(even)
        work.claimed.update(*[one.cells for one in even.values()])
        work.claimed.discard(NOWHERE)
        work.doubts.extend((name, NOWHERE, why) for name, why in strip.doubts)
        return
    rows = rows_of(strip, work.above, work.grid, numbers, work.claimed, marked)
    if rows.beside and stands_beside(rows):
        strip, rows = _moved(strip, rows, numbers, marked, work)
    work.claimed.update(rows.twice)
    for cells in rows.heads:
        work.claimed.update(cells, rows.beside.get(work.grid.places[cells[0]][0], ()))
        work.repeated.append(cells[0])
    for columns in strip.lists:
        places = work.lists[columns.name] = tuple(items(form, columns, rows))
        whole = set(columns.own + columns.groups).issuperset(filter(None, strip.fields.values()))
        work.claimed.update(*[one.slots.values() if whole else [number for _, number in one.cells] for one in places])
        _put_together(form, columns.name, places, rows, work)
    rest = list(filterfalse(work.claimed.__contains__, numbers))
    for columns in strip.lists:
        found = strays(form, work.lists[columns.name], work.grid, rest)
        work.doubts.extend((f"{columns.name}[{at}].{form.fields[column].path}", number, why) for at, column, number, why in found)
    work.sums.extend(rows.sums.values())
    work.doubts.extend((name, NOWHERE, why) for name, why in strip.doubts)


def _printed(strip: Strip, numbers: range, work: _Work) -> None:
    """Claims what the form itself prints in every row of a list, whole cells and those in which no value stands."""
    for number in numbers if strip.printed else ():
        row, column, *_ = work.grid.places[number]
        said = strip.printed.get(column)
        if said is None or number in work.claimed or not strip.first <= row - work.above <= strip.last:
            continue
        if is_mark(tidy(work.grid.texts[number])) if not said else caption_key(work.grid.texts[number]) == said:
            work.claimed.add(number)


def _put_together(form: Form, name: str, found: Sequence[ItemPlace], rows: Rows, work: _Work) -> None:
    """Notes the values of a list whose parts stand in cells of their own; what may be two values is doubted."""
    for at, column, whole in splits(form, found, rows):
        if whole:
            work.split.append(whole)
            work.claimed.update(whole.numbers)
        else:
            work.doubts.append((f"{name}[{at}].{form.fields[column].path}", found[at].slots[column], TWICE))


def _moved(strip: Strip, rows: Rows, numbers: range, marked: set[int], work: _Work) -> tuple[Strip, Rows]:
    """The strip and rows of a list whose heads stand right of its rows; it is doubted where its columns cannot be told."""
    moved = below_rows(strip, rows, work.grid)
    if moved is None:
        work.doubts.extend((columns.name, NOWHERE, ASTRAY) for columns in strip.lists)
        return strip, rows
    work.moved.append(min(number for each in rows.beside.values() for number in each))
    return moved, rows_of(moved, work.above, work.grid, numbers, work.claimed, marked)


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
