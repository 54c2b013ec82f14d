"""Where the cells of a row stand in its height, in a text laid out in columns.

Cells are centred on their row: a cell of two lines beside one of one line has it between its lines, on a line of
its own, or on its first line where the text is laid out more tightly. A row that a page cuts, and the last one on a
page, may have its cells at its top.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from xltool.recovery.laid_words import Row

STEEP, MOST = 2.0, 3.0
"""What each line costs by which a cell is off the middle of its row, and the most of it."""
UNEVEN = 0.5
"""What a cell costs that is centred, but whose lines are not spread evenly about its middle."""
BETWEEN = 0.4
"""What a cell costs that stands between two lines on a line of its own where such a line is not printed."""
AT_TOP, ABSENT = 0.4, 1.5
"""What a row at the foot of a page costs whose cells stand at its top; a cell that has lines only behind the cut of a page."""
CENTRED = 0.2
"""What it costs that the cells of a row that a page cuts are centred in their part on a page."""
HALF, WHOLE = 0.6, 0.1
"""How far off the middle of its row a cell may be for nothing: where half lines are printed on whole ones, and where
they are lines of their own."""

EM, DENSE = 1.35, 1.15
"""How high a line of a cell is in the size of its letters, by which a converter counts lines; how many lines apart rows
are that are printed without a blank line between them."""
SAME = 0.37
"""Lines that are less apart are printed as one."""


def uncentred(cells: Sequence[Sequence[int]], count: int, halves: bool, foot: bool) -> float:
    """What it costs that cells stand where they do in a row of ``count`` lines; each cell is the numbers of its lines.

    ``halves`` says that what stands between two lines is printed on a line of its own, ``foot`` that the row is the
    last on its page.
    """
    middle = sum(_off(abs(off) / 2, WHOLE if halves or off > 0 else HALF) for off in (own[0] + own[-1] - count + 1 for own in cells))
    middle += UNEVEN * sum(not _even(own) for own in cells) if halves else BETWEEN * _between(cells, count)
    return min(middle, AT_TOP + sum(_off(own[0], WHOLE) for own in cells)) if foot else middle


def torn(cells: Sequence[Sequence[int]], count: int, cut: int) -> float:
    """What it costs that cells stand where they do in a row of which a page has the first ``cut`` of ``count`` lines.

    Each page has its part of a row, in which all cells begin at the top, or each is centred.
    """
    cost = 0.0
    for first, last in ((0, cut), (cut, count)):
        parts = [[line - first for line in own if first <= line < last] for own in cells]
        cost += ABSENT * sum(not own for own in parts) if not first else 0.0
        kept = [part for part, own in zip(parts, cells, strict=True) if part and own[0] < cut]
        cost += min(sum(_off(own[0], WHOLE) for own in kept), CENTRED + sum(_off(abs(own[0] + own[-1] - (last - first) + 1) / 2, HALF) for own in kept))
    return cost


@dataclass(frozen=True, slots=True)
class Heights:
    """How far down the text everything stands, in lines of a cell; what stands behind a page's end goes on below it.

    ``lines``: between which heights each line may stand; ``rows``: where each row begins and ends; ``firsts``: where its
    first line stands.
    """

    lines: Mapping[int, tuple[float, float]]
    rows: tuple[tuple[float, float], ...]
    firsts: tuple[float, ...]


def heights(rows: Sequence[Row], highest: Sequence[Sequence[int]]) -> Heights:
    """Where lines stand, told by the lines of each row's highest cell: these are one line apart, and the rows are
    parted by the same distance everywhere, unless more blank lines say more. Any other line is between two of them."""
    row_of = {line: at for at, own in enumerate(highest) for line in own}
    step = _step(rows, row_of)
    lines: dict[int, tuple[float, float]] = {}
    own: dict[int, list[float]] = {at: [] for at in range(len(highest))}
    bottom, page, y = 0.0, -1, 0.0
    waiting: list[int] = []
    before: Row | None = None
    for row in (*rows, Row(0, -1, ())):
        if row.page != page:
            lines |= _between_heights(waiting, y, y + len(waiting) + 1.0)
            bottom, page, waiting, before = y + step / 2 if page >= 0 else 0.0, row.page, [], None
        if row.line not in row_of:
            waiting.append(row.line)
            continue
        at = row_of[row.line]
        upper = y if before else bottom + step / 2 - 1.0 - len(waiting)
        if before is None:
            y = bottom + step / 2
        elif row_of[before.line] == at:
            y += max(1.0, (row.line - before.line) / EM if not waiting else 0.0)
        else:
            y += _gap(step, [before.line, *waiting, row.line])
        lines |= _between_heights(waiting, upper, y)
        lines[row.line] = (y - SAME, y + SAME)
        own[at].append(y)
        waiting, before = [], row
    return _extents(lines, own, step)


def _extents(lines: Mapping[int, tuple[float, float]], own: Mapping[int, Sequence[float]], step: float) -> Heights:
    """The heights with where each row begins and ends: half-way to the rows beside it."""
    firsts = tuple(found[0] for found in own.values())
    lasts = tuple(found[-1] for found in own.values())
    tops = [(firsts[at] + lasts[at - 1]) / 2 if at else firsts[0] - step / 2 for at in range(len(firsts))]
    return Heights(lines, tuple(zip(tops, (*tops[1:], *(last + step / 2 for last in lasts[-1:])), strict=True)), firsts)


def _step(rows: Sequence[Row], row_of: Mapping[int, int]) -> float:
    """How far the first line of a row is below the last of the one above: told by those with nothing between them."""
    pairs = [then.line - row.line for row, then in pairwise(rows) if row.page == then.page and row.line in row_of and then.line in row_of and row_of[row.line] != row_of[then.line]]
    return sum(_apart(lines) for lines in pairs) / len(pairs) if pairs else DENSE


def _apart(lines: int) -> float:
    """How far apart rows are that are printed so many lines apart: a converter counts whole lines of the letters' size."""
    return DENSE if lines == 1 else (lines + 0.45) / EM


def _gap(step: float, lines: Sequence[int]) -> float:
    """How far two rows are apart with other lines between them, or more blank lines than elsewhere."""
    if len(lines) == 2:
        return (step + 2 * _apart(lines[1] - lines[0])) / 3
    parts = [then - line for line, then in pairwise(lines)]
    least = sum(part / EM if part > 1 else SAME for part in parts)
    most = sum((part + 0.95) / EM for part in parts)
    return min(max(step, least), most)


def _between_heights(waiting: Sequence[int], upper: float, lower: float) -> dict[int, tuple[float, float]]:
    """Between which heights lines may stand that are printed one below the other between two others."""
    count = len(waiting)
    found = {}
    for at, line in enumerate(waiting):
        low, high = upper + SAME * (at + 1), lower - SAME * (count - at)
        found[line] = (low, high) if low <= high else ((low + high) / 2,) * 2
    return found


def _between(cells: Sequence[Sequence[int]], count: int) -> int:
    """How many cells stand between two lines of the highest, on lines of their own."""
    highest = max(map(len, cells), default=0)
    return sum((highest - len(own)) % 2 and own[0] + own[-1] == count - 1 for own in cells)


def _off(lines: float, slack: float) -> float:
    return min(MOST, STEEP * max(0.0, lines - slack))


def _even(own: Sequence[int]) -> bool:
    ends = own[0] + own[-1]
    return all(ends - line in own for line in own)
