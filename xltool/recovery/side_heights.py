"""Whether the labels of two lists side by side stand as high as they would, were the rows so.

Text in stream order goes on within a line where two cells stand at one height. A cell stands in the middle of its row, a
label in the middle of all its rows, and both at the top where a page's end cuts them: so the line that a label begins or
ends on says over how many rows it stands, and of which side a row without a neighbour is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

from xltool.recovery.stretch import Stretch

SAME, APART = 0.34, 0.46
"""Heights in lines: what differs no more is printed on one line, what differs more is not; between the two it is open."""
EDGES = (0.0, 0.12, 0.24)
"""The space between the text of a row and that of the next, in lines; what is printed says nothing of it."""
ONE, TWO = 1, 2


class Label(NamedTuple):
    """A level name printed before a word: its level, its lines; ``beside``: it begins on the line of what stands before it
    (None: a page's end is between)."""

    level: int
    lines: int
    beside: bool | None


class Labels(NamedTuple):
    """The level names directly before a word; ``beside``: the word begins on the line where the last of them ends."""

    labels: tuple[Label, ...] = ()
    beside: bool | None = None


class Side(NamedTuple):
    """What one list has in one row: its words, cell by cell, and the labels before them."""

    side: int
    cells: tuple[tuple[int, ...], ...]
    before: Labels


@dataclass(slots=True)
class _Row:
    """A row on its pages: its sides, and on each page its top and its height."""

    sides: Sequence[Side]
    tops: dict[int, float] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    cut: bool = False


class _Spot(NamedTuple):
    """The heights of the first and the last line of a cell, on its first page."""

    page: int
    first: float
    last: float


def strange(stretch: Stretch, rows: Sequence[Sequence[Side]], paged: bool) -> int:
    """How many labels of the rows under one level one begin or end on a line where they would not; ``paged``: a page ends
    behind the rows."""
    return min(_count(stretch, rows, edge, ends, paged) for edge, ends in product(EDGES, (False, True)))


def _count(stretch: Stretch, rows: Sequence[Sequence[Side]], edge: float, ends: bool, paged: bool) -> int:
    """With so much space between rows; ``ends``: the last row of a page counts as cut, for nothing of it may be left."""
    placed = _placed(stretch, rows, edge, ends)
    if placed and ends and paged:
        placed[-1].cut = True
    return sum(wrong for at, row in enumerate(placed) for wrong in _wrong(stretch, placed, at, row, edge))


def _placed(stretch: Stretch, rows: Sequence[Sequence[Side]], edge: float, ends: bool) -> list[_Row]:
    """The rows from the top down, page by page."""
    placed: list[_Row] = []
    bottom: dict[int, float] = {}
    for at, sides in enumerate(rows):
        row = _Row(sides)
        lines = [_lines(stretch, cell) for side in sides for cell in side.cells]
        for page in sorted({page for one in lines for page in one}):
            alone = [label.lines for side in sides for label in side.before.labels if label.level == TWO and _span(rows, at, side.side) == at + 1]
            row.tops[page] = bottom.get(page, 0.0)
            row.heights[page] = max(*(one.get(page, 0) for one in lines), 0 if row.heights else max(alone, default=0), 1) + edge
            bottom[page] = row.tops[page] + row.heights[page]
        row.cut = len(row.tops) > 1
        if ends and placed and min(row.tops, default=0) > max(placed[-1].tops, default=0):
            placed[-1].cut = True
        placed.append(row)
    return placed


def _span(rows: Sequence[Sequence[Side]], at: int, side: int) -> int:
    """The row behind those that a label of a side, printed in a row, stands over."""
    last = at + 1
    while last < len(rows):
        own = next((one for one in rows[last] if one.side == side), None)
        if own is None or any(label.level == TWO for label in own.before.labels):
            return last
        last += 1
    return last


def _wrong(stretch: Stretch, placed: Sequence[_Row], at: int, row: _Row, edge: float) -> Iterator[bool]:
    """For each place where a label begins or ends in a row whether it does so on the wrong line."""
    before: _Spot | None = None
    for side in row.sides:
        for label in side.before.labels:
            last = len(placed) if label.level == ONE else _span([one.sides for one in placed], at, side.side)
            spot = _over(placed[at:last], label.lines, edge)
            yield _differs(before, spot, label.beside)
            before = spot
        for number, cell in enumerate(side.cells):
            spot = _in(stretch, row, cell, edge)
            if number == 0 and side.before.labels:
                yield _differs(before, spot, side.before.beside)
            before = spot


def _differs(before: _Spot | None, spot: _Spot, beside: bool | None) -> bool:
    """True where what stands behind another is printed on its line and is not as high, or the other way round."""
    if beside is None:
        return False
    if before is None or before.page != spot.page:
        return beside
    apart = abs(spot.first - before.last)
    return apart > APART if beside else apart < SAME


def _over(rows: Sequence[_Row], lines: int, edge: float) -> _Spot:
    """Where a label of so many lines stands that belongs to these rows."""
    page = min(rows[0].tops)
    top = rows[0].tops[page]
    if rows[-1].cut or max(rows[-1].tops) > page:
        return _Spot(page, top + edge / 2, top + edge / 2 + lines - 1)
    height = sum(row.heights[page] for row in rows)
    first = top + (height - lines) / 2
    return _Spot(page, first, first + lines - 1)


def _in(stretch: Stretch, row: _Row, cell: Sequence[int], edge: float) -> _Spot:
    """Where a cell of a row stands."""
    lines = _lines(stretch, cell)
    page = min(lines)
    count, top = lines[page], row.tops[page]
    first = top + (edge / 2 if row.cut else (row.heights[page] - count) / 2)
    return _Spot(page, first, first + count - 1)


def _lines(stretch: Stretch, cell: Sequence[int]) -> Mapping[int, int]:
    """How many lines a cell has on each page."""
    found: dict[int, set[int]] = {}
    for at in cell:
        found.setdefault(stretch.atoms[at].page, set()).add(stretch.atoms[at].line)
    return {page: len(lines) for page, lines in found.items()}
