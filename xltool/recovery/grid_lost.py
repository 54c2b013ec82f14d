"""What a grid's reading left over and should not have: rows amid a list, level names, values beside captions of empty fields."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from xltool.filing import Doubt, Scalar
from xltool.form import Form
from xltool.grid import Grid
from xltool.layout import Cell
from xltool.recovery.grid_placement import Placement, where
from xltool.recovery.grid_places import Plan
from xltool.recovery.grid_stencil import NO_CAPTION
from xltool.recovery.vocabulary import vocabulary
from xltool.values import caption_key, normal, parse_target

SEVERAL = 2
"""Cells of a row that is lost, at the least: one is a note."""
_APART = re.compile(r"\s+/?\s*|\s*/\s+")
TARGET = 24
"""Letters of a target at the end of a row whose cells run together, at most."""
LEVELS = 2
"""So many level names left over are no slip."""
BEHIND = 8
"""No further behind its caption stands a value."""
BESIDE = "旁边一栏的栏目没有找到，两栏的文字可能混在一起"
WHOLE = "这一格像是连在一起的一行，没有读成明细"
ROW, LEVEL, EMPTY = "这一行夹在明细之间，没有读成一行", "有层级名没有归入，可能有几行没有读到", "这一栏没有读到内容，而它的栏目旁边有一格没有归入"


def doubts(plan: Plan, placement: Placement, grid: Grid, values: Mapping[str, Scalar]) -> Iterator[Doubt]:
    """Doubts on the lists and on the empty fields of an entry that what was left over may belong to."""
    yield from _rows(placement, grid)
    names = vocabulary(plan.form).levels.keys
    if (run_together := next((number for number in placement.left if _is_row(grid.texts[number], names, plan.form)), -1)) >= 0:
        yield from (Doubt(path, where(grid, run_together), WHOLE) for path in plan.form.lists)
    levels = [number for number in placement.left if normal(grid.texts[number]) in names]
    empty = list(_empty(plan.form, values))
    yield from _beside_lost(plan.form, placement)
    if len(levels) >= LEVELS:
        yield from (Doubt(path, where(grid, levels[0]), LEVEL) for path in (*plan.form.lists, *(path for path, _ in empty)))
        return
    spots = {grid.places[number][:2]: number for number in placement.left if grid.texts[number]}
    printed = list(_printed(plan.form, placement, grid)) if empty else []
    for path, cell in empty:
        if (beside := _beside(cell, printed, spots)) >= 0:
            yield Doubt(path, where(grid, beside), EMPTY)


def _rows(placement: Placement, grid: Grid) -> Iterator[Doubt]:
    """A doubt on each list amid whose rows stands one of several cells that nothing took; one that adds up others is none."""
    sums = {grid.places[number][0] for number in placement.sums}
    first = {grid.places[number][0]: number for number in reversed(placement.left)}
    counts = Counter(grid.places[number][0] for number in placement.left if grid.texts[number])
    for name, places in placement.lists.items():
        rows = {place.row for place in places} | sums
        lost = [row for row, count in sorted(counts.items()) if count >= SEVERAL and row not in rows and rows and min(rows) < row < max(rows)]
        yield from (Doubt(name, where(grid, first[row]), ROW) for row in lost[:1])


def _beside_lost(form: Form, placement: Placement) -> Iterator[Doubt]:
    """Doubts on the long texts beside one whose caption was not found: either may hold the other's."""
    lost = {path for path, _, why in placement.doubts if why.startswith(NO_CAPTION)}
    texts = {one.path: form.layout.cell_of(one.name).row for one in form.drawn_scalars if one.type == "paragraphs"}
    rows = {row for path, row in texts.items() if path in lost}
    yield from (Doubt(path, "", BESIDE) for path, row in texts.items() if row in rows and path not in lost)


def _is_row(text: str, names: Collection[str], form: Form) -> bool:
    """True for a cell that holds a row's words one behind another: a level's name first, a target with a sign last, or bars
    between them."""
    words = _APART.split(text.strip())
    return len(words) > 1 and ("|" in words or normal(words[0]) in names or (len(words[-1]) <= TARGET and parse_target(words[-1], form.units).operator is not None))


def _empty(form: Form, values: Mapping[str, Scalar]) -> Iterator[tuple[str, Cell]]:
    """The fields outside lists without a value, with their cells."""
    for one in form.drawn_scalars:
        if values.get(one.path) is None and (cell := form.layout.cell_of(one.name)).only_hole:
            yield one.path, cell


def _printed(form: Form, placement: Placement, grid: Grid) -> Iterator[tuple[Cell, int, int]]:
    """The cells of the form's captions, each with the row and column of the grid where it is printed."""
    cells: dict[str, list[Cell]] = {}
    for cell in form.layout.cells:
        if cell.caption:
            cells.setdefault(caption_key(cell.caption), []).append(cell)
    for number in range(placement.first, placement.end):
        for cell in cells.get(caption_key(grid.texts[number]), ()):
            yield cell, *grid.places[number][:2]


def _beside(cell: Cell, printed: Sequence[tuple[Cell, int, int]], spots: Mapping[tuple[int, int], int]) -> int:
    """The number of a cell left over behind the caption at the left of a field, or below the one above it; -1 for none."""
    for caption, row, column in printed:
        if caption.row <= cell.row <= caption.last_row and caption.last_column == cell.column - 1:
            found = [at for (one, then), at in spots.items() if one == row and column < then <= column + BEHIND]
        elif caption.column == cell.column and caption.last_column == cell.last_column and caption.row < cell.row:
            found = [at for (one, then), at in spots.items() if then == column and one == row + cell.row - caption.row]
        else:
            continue
        if found:
            return min(found)
    return -1
