"""Sheets on which two pages stand side by side, as an A3 sheet that is folded: each half a page of its own."""

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
Places = Mapping[int, Sequence[Seam]]
"""Of a page by its number as it is read: the pages it was printed on, and from where on; a half lies farther to the right there."""


def unfolded(pages: Sequence[PrintedPage]) -> tuple[list[PrintedPage], Places]:
    """The pages, counted on, halves of sheets as pages; and where each stands, empty where all stand as they are read."""
    found: list[PrintedPage] = []
    places: dict[int, Sequence[Seam]] = {}
    for page in pages:
        for half, left in _halves(page):
            number = len(found) + 1
            found.append(half if half.number == number else replace(half, number=number))
            places[number] = Seam(-math.inf, page.number, -left), *page.seams
    return found, places if any(one != (Seam(-math.inf, number, 0.0),) for number, one in places.items()) else {}


def placed(spot: Spot, places: Places) -> Spot:
    """The place on the page it was printed on of what stands on a half, or on several pages that are read as one."""
    if spot.page not in places:
        return spot
    seam = [one for one in places[spot.page] if one.at - HAIR <= spot.left][-1]
    return spot._replace(page=seam.page, left=spot.left - seam.by, right=spot.right - seam.by)


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
    return [(_part(page, 0.0, gap, 0.0), 0.0), (_part(page, gap, page.width, by), by)]


def _part(page: PrintedPage, first: float, last: float, by: float) -> PrintedPage:
    """What of a page has its middle between two places, moved to the left."""
    lines = tuple(PrintedLine(_moved(one.box, by), one.text) for one in page.lines if first <= _middle(one.box) < last)
    tables = tuple(_table(one, by) for one in page.tables if first <= _middle(one.box) < last)
    return replace(page, width=last - first, tables=tables, lines=lines, aside=() if by else page.aside)


def _middle(box: Box) -> float:
    return (box.left + box.right) / 2


def _moved(box: Box, by: float) -> Box:
    return box._replace(left=box.left - by, right=box.right - by)


def _table(one: PrintedTable, by: float) -> PrintedTable:
    return replace(one, box=_moved(one.box, by), cells=tuple(replace(cell, box=_moved(cell.box, by)) for cell in one.cells))
