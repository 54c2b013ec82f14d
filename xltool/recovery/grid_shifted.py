"""Lists whose heads stand beside their rows: a program pushed the heads out by a cell that reaches a row too far."""

from __future__ import annotations

from dataclasses import replace

from xltool.grid import Grid
from xltool.recovery.grid_rows import Rows
from xltool.recovery.grid_stencil import Strip

BESIDE = "明细的栏目印在各行的右边，按各列的顺序读出"
ASTRAY = "明细的栏目不在各行之上，无法确定各列"


def stands_beside(rows: Rows) -> bool:
    """True where more of a list stands at the left of all its heads than below them."""
    left = sum(map(len, rows.beside.values()))
    return left > len(rows.slots) and left > len({number for slots in rows.slots.values() for number in slots.values()})


def below_rows(strip: Strip, rows: Rows, grid: Grid) -> Strip | None:
    """The strip with its columns where the cells of its rows begin; None where there are more or fewer than heads.

    A column counts where its cells cover half of the rows: a few may hold what ran out of other cells.
    """
    names = list(dict.fromkeys(name for _, name in sorted(strip.fields.items()) if name))
    numbers = [number for each in rows.beside.values() for number in each]
    covered: dict[int, set[int]] = {}
    ends: dict[int, int] = {}
    for row, column, last_row, last_column in (grid.places[number] for number in numbers):
        covered.setdefault(column, set()).update(range(row, last_row + 1))
        ends[column] = max(ends.get(column, column), last_column)
    every = set().union(*covered.values())
    columns = sorted(column for column, held in covered.items() if 2 * len(held) >= len(every))
    if len(columns) != len(names):
        return None
    fields = {at: name for column, name in zip(columns, names, strict=True) for at in range(column, ends[column] + 1)}
    return replace(strip, fields=fields, left=columns[0])
