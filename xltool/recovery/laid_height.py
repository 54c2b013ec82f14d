"""Where the cells of a row stand in its height, in a text laid out in columns.

Cells are centred on their row: a cell of two lines beside one of one line has it between its lines, on a line of
its own, or on its first line where the text is laid out more tightly. A row that a page cuts, and the last one on a
page, may have its cells at its top.
"""

from __future__ import annotations

from collections.abc import Sequence

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


def heights(rows: Sequence[Row], highest: Sequence[Sequence[int]]) -> dict[int, float]:
    """How far down the page each line stands where what is between two lines has a line of its own: the lines of a
    row's highest cell follow on each other at one line's distance, and so do rows."""
    whole = {line for lines in highest for line in lines}
    found: dict[int, float] = {}
    waiting: list[int] = []
    at, last, page = 0.0, 0, -1
    for row in rows:
        if row.page != page:
            found |= {line: at + (number + 1) / 2 for number, line in enumerate(waiting)}
            at, last, page, waiting = 0.0, row.line, row.page, []
        waiting.append(row.line)
        if row.line in whole:
            blank = row.line - last - len(waiting) if found else 0
            step = 1 + max(0, blank) + max(0, len(waiting) - 2) / 2
            found |= {line: at + step * (number + 1) / len(waiting) for number, line in enumerate(waiting)}
            at, last, waiting = at + step, row.line, []
    return found | {line: at + (number + 1) / 2 for number, line in enumerate(waiting)}


def _between(cells: Sequence[Sequence[int]], count: int) -> int:
    """How many cells stand between two lines of the highest, on lines of their own."""
    highest = max(map(len, cells), default=0)
    return sum((highest - len(own)) % 2 and own[0] + own[-1] == count - 1 for own in cells)


def _off(lines: float, slack: float) -> float:
    return min(MOST, STEEP * max(0.0, lines - slack))


def _even(own: Sequence[int]) -> bool:
    ends = own[0] + own[-1]
    return all(ends - line in own for line in own)
