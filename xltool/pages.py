"""Where a long form is broken into pages, so that no text is cut and few groups are.

A text over several rows stands in the middle of them; a page that ends there would cut it in two.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

A4 = (8.27, 11.69)
"""Inches."""
SIDE, TOP, BOTTOM, FOOTER = 0.5, 0.6, 0.7, 0.35
"""Margins in inches."""
SAFE = 0.97
"""The share of a page that is counted on: printers differ."""
FULL = 0.8
"""A page may end this early where fewer groups are cut by it."""

SQUEEZE = 1.1
"""A form that is longer than a page by less than this is printed a little smaller, on the one page."""

Text = tuple[int, int, float]
"""The first and the last row (from 0) that a text stands over, and its height."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page in points of the sheet. ``heads`` are the rows of heads, first and last from 0: none
    of them ends a page, and where the sheet ``repeats`` them every page after them begins with them."""

    height: float
    heads: tuple[int, int]
    repeats: bool = True


def page_height(pixels: int, landscape: bool) -> float:
    """The points of a sheet so many pixels wide that fit on a page, the sheet being one page wide."""
    across, down = A4[::-1] if landscape else A4
    scale = min(1.0, (across - 2 * SIDE) * 96 / pixels)
    return (down - TOP - BOTTOM) * 72 / scale * SAFE


def squeezed(heights: Sequence[float], page: Page) -> bool:
    """True where a form is a little longer than a page."""
    return page.height < sum(heights) <= page.height * SQUEEZE


def breaks(heights: Sequence[float], texts: Iterable[Text], page: Page) -> list[int]:
    """The rows (from 0) that begin a page, the first page's left out; a text higher than a page is cut wherever it ends."""
    edges = [0.0, *accumulate(heights)]
    if edges[-1] <= page.height:
        return []
    marks = [_Mark(first, last, (edges[first] + edges[last + 1]) / 2, tall / 2) for first, last, tall in texts if first != last and tall <= page.height]
    found: list[int] = []
    start = 0
    while start < len(heights) - 1 and edges[-1] - edges[start] > (room := _room(start, heights, page)):
        start = _end(start, edges, marks, room, page.heads)
        found.append(start)
    return found


@dataclass(frozen=True, slots=True)
class _Mark:
    """A text over several rows: the rows, the height of its middle, half of its own height."""

    first: int
    last: int
    middle: float
    half: float

    def cut_by(self, edge: float) -> bool:
        return abs(self.middle - edge) < self.half

    def crosses(self, row: int) -> bool:
        return self.first < row <= self.last


def _room(start: int, heights: Sequence[float], page: Page) -> float:
    """What is left of a page that begins with a row, after the rows that it repeats."""
    first, last = page.heads
    if not page.repeats or start <= last:
        return page.height
    return max(page.height - sum(heights[first : last + 1]), page.height / 2)


def _end(start: int, edges: Sequence[float], marks: Sequence[_Mark], room: float, heads: tuple[int, int]) -> int:
    """The row that begins the next page: of those where no text is cut the last, or one a little earlier that cuts fewer groups."""
    rows = [row for row in range(start + 1, len(edges) - 1) if edges[row] - edges[start] <= room]
    if not rows:
        # A row higher than a page runs on by itself.
        return start + 1
    rows = [row for row in rows if not heads[0] < row <= heads[1] + 1] or rows
    late = [row for row in rows if edges[row] - edges[start] >= room * FULL]
    full = [row for row in late if not _cut(edges[row], marks)]
    if not full:
        last = next((row for row in reversed(rows) if not _cut(edges[row], marks)), 0)
        if last or not late:
            return last or rows[-1]
    return min(full or late, key=lambda row: (sum(mark.crosses(row) for mark in marks), -row))


def _cut(edge: float, marks: Sequence[_Mark]) -> bool:
    """True where a page that ends here cuts a text."""
    return any(mark.cut_by(edge) for mark in marks)
