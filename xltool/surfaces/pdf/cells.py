"""Rules as cells: squares that no rule parts are one cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from xltool.surfaces.pdf.rules import GAP, Ruled

REACH = GAP / 2
"""Points by which a rule counts as drawn beyond its ends."""
SHARE = 0.6
"""The share of a square's side that must be drawn for a rule to stand there."""


class Rectangle(NamedTuple):
    """Squares of a table from 0, both ends included."""

    row: int
    column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of one table in reading order, the sides that no rule closes above and below, and how many
    of them are no rectangle by their rules, so that they were cut. ``outside`` are those at the side of the table that
    lack its side, though other rows have it."""

    rectangles: tuple[Rectangle, ...]
    open_top: frozenset[int]
    open_bottom: frozenset[int]
    damaged: int
    outside: frozenset[int] = frozenset()


def cells(table: Ruled) -> Cells:
    """The cells of a table."""
    rows, columns = len(table.ys) - 1, len(table.xs) - 1
    # below[r][c]: a rule lies above square (r, c); left[r][c]: at its left.
    above = [[_drawn(table.across[row], table.xs[column], table.xs[column + 1]) for column in range(columns)] for row in range(rows + 1)]
    beside = [[_drawn(table.down[column], table.ys[row], table.ys[row + 1]) for column in range(columns + 1)] for row in range(rows)]
    found: list[Rectangle] = []
    damaged = 0
    for group in _joined(rows, columns, above, beside):
        cut = _rectangles(group)
        damaged += len(cut) > 1
        found.extend(cut)
    found.sort()
    tops = frozenset(number for number, one in enumerate(found) if one.row == 0 and not any(above[0][one.column : one.last_column + 1]))
    ends = frozenset(number for number, one in enumerate(found) if one.last_row == rows - 1 and not any(above[rows][one.column : one.last_column + 1]))
    return Cells(tuple(found), tops, ends, damaged, frozenset(_outside(found, beside, columns)))


def _outside(found: Sequence[Rectangle], beside: Sequence[Sequence[bool]], columns: int) -> Iterator[int]:
    """The numbers of the cells that no part of the table's outer side closes, where it is drawn in other rows."""
    for side in (0, columns):
        drawn = [row[side] for row in beside]
        if any(drawn) and not all(drawn):
            at_side = (number for number, one in enumerate(found) if (one.last_column + 1 if side else one.column) == side)
            yield from (number for number in at_side if not any(drawn[found[number].row : found[number].last_row + 1]))


def _drawn(parts: Sequence[tuple[float, float]], first: float, last: float) -> bool:
    """True where a line is drawn along most of a square's side."""
    covered = 0.0
    for start, end in parts:
        if end + REACH > first and start - REACH < last:
            covered += min(end + REACH, last) - max(start - REACH, first)
    return covered >= SHARE * (last - first)


def _joined(rows: int, columns: int, above: Sequence[Sequence[bool]], beside: Sequence[Sequence[bool]]) -> list[set[tuple[int, int]]]:
    """The squares that no rule parts, group by group."""
    left = {(row, column) for row in range(rows) for column in range(columns)}
    found = []
    while left:
        start = left.pop()
        group, waiting = {start}, [start]
        while waiting:
            row, column = waiting.pop()
            near = [
                ((row - 1, column), above[row][column]),
                ((row + 1, column), above[row + 1][column]),
                ((row, column - 1), beside[row][column]),
                ((row, column + 1), beside[row][column + 1]),
            ]
            for square, parted in near:
                if not parted and square in left:
                    left.discard(square)
                    group.add(square)
                    waiting.append(square)
        found.append(group)
    return found


def _rectangles(group: set[tuple[int, int]]) -> list[Rectangle]:
    """The group as one rectangle; one of another shape, whose rules are damaged, cut into as wide ones as there are."""
    if len(group) == 1:
        ((row, column),) = group
        return [Rectangle(row, column, row, column)]
    found = []
    left = set(group)
    while left:
        row, column = min(left)
        last_column = column
        while (row, last_column + 1) in left:
            last_column += 1
        last_row = row
        while all((last_row + 1, at) in left for at in range(column, last_column + 1)):
            last_row += 1
        found.append(Rectangle(row, column, last_row, last_column))
        left -= {(r, c) for r in range(row, last_row + 1) for c in range(column, last_column + 1)}
    return found
