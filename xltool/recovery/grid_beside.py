"""Forms that stand side by side on one sheet: the columns at which the sheet is parted."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import compress, count, repeat
from operator import contains

from xltool.grid import Grid
from xltool.recovery.grid_captions import Captions
from xltool.values import caption_key

_EVERY_TITLE_SAYS = "表"


def parted(grid: Grid, captions: Captions) -> list[list[int]]:
    """The numbers of the cells of each form, or column of forms, from the left; nothing where no forms stand side by side,
    or where a cell goes over the border."""
    likely = list(compress(count(), map(contains, grid.texts, repeat(_EVERY_TITLE_SAYS))))
    if len({grid.places[number][0] for number in likely}) == len(likely):
        return []
    rows: dict[int, list[int]] = {}
    for number in likely:
        if _is_title(grid.texts[number], captions):
            rows.setdefault(grid.places[number][0], []).append(number)
    borders = {tuple(found) for titles in rows.values() if (found := _borders(grid, titles))}
    if len(borders) != 1:
        return []
    (columns,), top = borders, min(rows)
    if any(column < border <= last for row, column, _, last in grid.places if row >= top for border in columns):
        return []
    parts: list[list[int]] = [[] for _ in range(len(columns) + 1)]
    for number in range(len(grid.places)):
        parts[bisect_right(columns, grid.places[number][1])].append(number)
    return parts


def _is_title(text: str, captions: Captions) -> bool:
    return any(captions.anchors[one.form][one.anchors[0]].title for one in captions.matches(text))


def _borders(grid: Grid, titles: Sequence[int]) -> list[int]:
    """The first columns of the forms whose titles stand in one row, but for the first: right of what is empty between two
    titles, else where the title begins. Squares of a broken merge that repeat one title are one title."""
    found: list[int] = []
    ordered = sorted(titles, key=lambda number: grid.places[number][1])
    for before, number in zip(ordered, ordered[1:], strict=False):
        end, begin = grid.places[before][3], grid.places[number][1]
        if begin == end + 1 and caption_key(grid.texts[before]) == caption_key(grid.texts[number]):
            continue
        row = grid.places[number][0]
        used = {column for top, first, _, last in grid.places if top >= row for column in range(max(first, end), min(last, begin) + 1)}
        empty = [column for column in range(end + 1, begin) if column not in used]
        found.append(empty[-1] + 1 if empty else begin)
    return found
