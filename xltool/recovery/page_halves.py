"""Sheets on which pages stand side by side: two, as on an A3 sheet that is folded, or four. Each is a page of its own."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from xltool.grid import Spot
from xltool.printed import Box, PrintedLine, PrintedPage, PrintedTable, Seam

MIDDLE = 0.08
"""How far from the middle of the sheet, in its width, the gap between its halves may lie."""
HAIR = 0.5
"""Points by which a cell may begin before the page that it was printed on."""
HALF = 0.6
"""How much of its half a table takes, in width, when the half is a page."""
QUARTERS = 3
"""Quarters of a sheet with tables that tell four pages on it."""
Places = Mapping[int, Sequence[Seam]]
"""Of a page by its number as it is read: the pages it was printed on, and from where on; a half lies farther to the right there."""


def unfolded(pages: Sequence[PrintedPage]) -> tuple[list[PrintedPage], Places]:
    """The pages, counted on, halves of sheets as pages; and where each stands, empty where all stand as they are read."""
    found: list[PrintedPage] = []
    places: dict[int, Sequence[Seam]] = {}
    sizes: set[tuple[float, float]] = set()
    for page in pages:
        quarters = _quarters(page, (page.width, page.height) in sizes)
        if quarters:
            sizes.add((page.width, page.height))
        for half, left, up in quarters or [(half, left, 0.0) for half, left in _halves(page)]:
            number = len(found) + 1
            found.append(half if half.number == number else replace(half, number=number))
            places[number] = Seam(-math.inf, page.number, -left, -up), *page.seams
    return found, places if any(one != (Seam(-math.inf, number, 0.0),) for number, one in places.items()) else {}


def placed(spot: Spot, places: Places) -> Spot:
    """The place on the page it was printed on of what stands on a half, or on several pages that are read as one."""
    if spot.page not in places:
        return spot
    seam = [one for one in places[spot.page] if one.at - HAIR <= spot.left][-1]
    return spot._replace(page=seam.page, left=spot.left - seam.by, right=spot.right - seam.by, top=spot.top - seam.down, bottom=spot.bottom - seam.down)


def _quarters(page: PrintedPage, known: bool) -> list[tuple[PrintedPage, float, float]]:
    """The four pages of a sheet row by row, and how far each was moved to the left and up; none where its tables do not
    stand in three quarters at least, or in any where a sheet before was ``known`` to hold four pages."""
    boxes = [table.box for table in page.tables if any(cell.text for cell in table.cells)]
    x, y = page.width / 2, page.height / 2
    columns = [_side(box.left, box.right, x) for box in boxes]
    rows = [_side(box.top, box.bottom, y) for box in boxes]
    whole = None in columns or None in rows or len({*zip(rows, columns, strict=True)}) < (1 if known else QUARTERS)
    if whole or not boxes or page.width > page.height or max(box.width for box in boxes) <= HALF * x:
        return []
    return [(_part(page, Box(x * column, y * row, x * (column + 1), y * (row + 1))), x * column, y * row) for row in (0, 1) for column in (0, 1) if (row, column) in {*zip(rows, columns, strict=True)}]


def _side(first: float, last: float, middle: float) -> int | None:
    """0 for what lies before the middle of a sheet, 1 for what lies beyond it, None for what lies across."""
    if last < middle * (1 + MIDDLE):
        return 0
    return 1 if first > middle * (1 - MIDDLE) else None


def _halves(page: PrintedPage) -> list[tuple[PrintedPage, float]]:
    """The pages of a sheet, the tables of the second below those of the first, and how far each was moved for that."""
    tables = [table for table in page.tables if any(cell.text for cell in table.cells)]
    middle = page.width / 2
    left = [table.box for table in tables if table.box.right < middle * (1 + MIDDLE)]
    right = [table.box for table in tables if table.box.left > middle * (1 - MIDDLE)]
    if page.width <= page.height or len(left) + len(right) < len(tables) or not left or not right:
        return [(page, 0.0)]
    end, begin = max(box.right for box in left), min(box.left for box in right)
    wide = min(max(box.width for box in boxes) for boxes in (left, right)) > HALF * middle
    beside = min(box.top for box in left) < max(box.bottom for box in right) and min(box.top for box in right) < max(box.bottom for box in left)
    if end >= begin or not wide or not beside:
        return [(page, 0.0)]
    gap, by = (end + begin) / 2, begin - min(box.left for box in left)
    return [(_part(page, Box(0.0, 0.0, gap, page.height)), 0.0), (_part(page, Box(gap, 0.0, page.width, page.height), by), by)]


def _part(page: PrintedPage, box: Box, by: float | None = None) -> PrintedPage:
    """What of a page has its middle in a box of it, moved to the left and up as the box is, or ``by`` to the left."""
    left, up = box.left if by is None else by, box.top
    lines = tuple(PrintedLine(_moved(one.box, left, up), one.text) for one in page.lines if _within(one.box, box))
    tables = tuple(_table(one, left, up) for one in page.tables if _within(one.box, box))
    return replace(page, width=box.width, height=box.height, tables=tables, lines=lines, aside=() if left or up else page.aside)


def _within(one: Box, box: Box) -> bool:
    return box.left <= (one.left + one.right) / 2 < box.right and box.top <= (one.top + one.bottom) / 2 < box.bottom


def _moved(box: Box, left: float, up: float) -> Box:
    return Box(box.left - left, box.top - up, box.right - left, box.bottom - up)


def _table(one: PrintedTable, left: float, up: float) -> PrintedTable:
    return replace(one, box=_moved(one.box, left, up), cells=tuple(replace(cell, box=_moved(cell.box, left, up)) for cell in one.cells))
