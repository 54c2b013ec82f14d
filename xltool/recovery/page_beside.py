"""Forms whose right columns were printed on a page of their own: what is empty may stand there.

A program that prints a sheet wider than its paper puts the columns that have no room on a page after it, each row
at the height that it has on the first.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from xltool.filing import Doubt, Entry, Filing
from xltool.grid import Book, Spot
from xltool.recovery.grid_stencil import NO_CAPTION, NO_HEADS

SAME = 2.0
"""Points by which the same row may lie elsewhere on the page of its other columns."""
ROWS = 3
"""Rows at the same heights that tell a page of other columns."""
MOST = 0.8
"""The share of a page's rows that lie at the heights of another's where it has its other columns."""
ELSEWHERE = "空白，表格右边的栏可能印在第{}页"


def with_doubts(filing: Filing, book: Book, known: Collection[int] = ()) -> Filing:
    """The filing with a doubt for each empty field that may stand on a page of right columns which nothing took;
    ``known`` are pages of right columns that were read beside the left ones."""
    left = {one.place for source in filing.sources for one in source.leftover}
    spots = [spot for grid in book.grids for spot in grid.spots]
    over = _tops([spot for spot in spots if str(spot) in left and spot.page not in known])
    if not over:
        return filing
    tops = _tops(spots)
    return filing.with_entries(_doubted(entry, tops, over) for entry in filing.entries)


def _tops(spots: list[Spot]) -> dict[int, set[float]]:
    """How far from the top of each page its rows begin."""
    found: dict[int, set[float]] = {}
    for spot in spots:
        found.setdefault(spot.page, set()).add(spot.top)
    return found


def _doubted(entry: Entry, tops: Mapping[int, set[float]], over: Mapping[int, set[float]]) -> Entry:
    """The entry, its empty fields doubted where captions are missing and rows of its heights are left over further on."""
    kind, own = entry.source.place or ("", 0)
    if kind != "page" or not isinstance(own, int) or not any(one.why.startswith((NO_CAPTION, NO_HEADS)) for one in entry.source.doubts):
        return entry
    beside = next((page for page in sorted(over) if page > own and _beside(tops.get(own, set()), over[page])), 0)
    if not beside:
        return entry
    known = {one.path for one in entry.source.doubts}
    empty = (path for path, value in entry.values.items() if value is None and path not in known and path not in entry.marks)
    return entry.doubted(Doubt(path, f"第{own}页", ELSEWHERE.format(beside)) for path in empty)


def _beside(own: set[float], left: set[float]) -> bool:
    """True where the rows that are left over on a page lie at the heights of a form's rows."""
    same = sum(any(abs(one - other) <= SAME for other in own) for one in left)
    return same >= ROWS and same >= MOST * len(left)
