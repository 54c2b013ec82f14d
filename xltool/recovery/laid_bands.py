"""Which lines each row of a form takes in a text laid out in columns: told by its captions, and that cells are centred on their row."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from xltool.form import Form
from xltool.layout import Cell
from xltool.recovery.laid_captions import Seen
from xltool.recovery.laid_words import Row, Word
from xltool.recovery.stretch import STARTS_BADLY
from xltool.values import is_mark

_WHOLE = re.compile(r"-?[\d,]+\.\d\d+[%％]?")

TAIL = 4
"""How much less likely than with what begins no cell a row begins with the % of the amount above."""
_LATER = re.compile(r"[2-9][、.](?!\d)")
"""How an item of a text begins that is not its first."""
ITEM = 2.0
"""What it costs that a row of the form begins with such an item."""
TWICE = 3.0
"""What it costs that cells of a row have several amounts below each other: each has one."""
LEVEL = 1.0
"""Captions of one row stand so many lines apart at most: those of one line beside those of two. In the head of a
list all may begin on one line, as where a page cuts their row."""
TALLEST, UNEVEN = 60, 24
"""Lines of a row above its captions, and how many more or fewer it has below; one in which a cell of several rows ends
may have any number more."""
FAR = 1e9
STRANGE, SPANNED = 0.5, 0.1
"""What a line without captions costs in a row of captions; each line by which a row's middle is off where a cell of
several rows ends in it."""
PART = 0.3
"""By so many lines more captions are off that stand at the middle of a row's part on their page, or at its top."""
BEHIND = 0.5
"""What a line costs that stands behind the last row of the form and belongs to none."""
OFF, SLIGHTLY, LONG, OPEN, TORN, BLANK = 1.0, 0.3, 0.05, 0.02, 0.5, 0.2
"""What a line costs by which a row's middle is off its captions, and half a line of it; each line of a row with
captions and without; a row that begins with what begins no cell; a blank
line inside a row."""


@dataclass(frozen=True, slots=True)
class Band:
    """A row of the layout with its captions and its lines: ``first`` to ``last`` (excluded)."""

    row: int
    seen: tuple[Seen, ...]
    first: int
    last: int


def own_cells(form: Form, row: int) -> list[Cell]:
    """The cells with captions that stand in this row alone, from the left; above a list those too that begin higher and
    end in it, as where a head has two rows."""
    head = row + 1 in {block.row for block in form.blocks}
    return [cell for cell in form.layout.in_row(row) if cell.last_row == row and cell.caption and (head or cell.row == row)]


def captioned(form: Form, seen: Sequence[Seen]) -> dict[int, tuple[Seen, ...]]:
    """For the rows of the form the captions in which they are best told, rows in their order."""
    by_cell: dict[tuple[int, int], list[Seen]] = {}
    for one in seen:
        by_cell.setdefault((one.cell.row, one.cell.column), []).append(one)
    blocks = {block.row for block in form.blocks}
    steps: list[tuple[float, float, int, tuple[Seen, ...], int]] = []
    for row in (row for row in range(1, form.layout.rows + 1) if row not in blocks):
        fresh = []
        for score, together in _instances([by_cell.get((cell.row, cell.column), []) for cell in own_cells(form, row)], row + 1 in blocks):
            first, last = min(one.y for one in together), max(one.y for one in together)
            before = max(((total, -at) for at, (total, end, *_) in enumerate(steps) if end < first), default=(0.0, 1))
            fresh.append((score + before[0] - first * 1e-4, last, row, together, -before[1]))
        steps.extend(fresh)
    found: dict[int, tuple[Seen, ...]] = {}
    at = max(range(len(steps)), key=lambda number: steps[number][0], default=-1)
    while at >= 0:
        _, _, row, together, at = steps[at]
        found[row] = together
    return dict(sorted(found.items()))


def _instances(options: Sequence[Sequence[Seen]], head: bool) -> list[tuple[float, tuple[Seen, ...]]]:
    """The ways in which the captions of a row may stand beside each other, with how much they explain."""
    found = []
    for height in sorted({one.y for own in options for one in own}):
        together: list[Seen] = []
        for own in options:
            end = max((one.end for one in together), default=-1)
            page = together[0].words[0].page if together else 0
            near = [one for one in own if (abs(one.y - height) <= LEVEL or (head and together and one.top == together[0].top)) and one.x >= end - 1 and page in (0, one.words[0].page)]
            near = [one for one in near if not any(word in other.words for word in one.words for other in together)]
            if near:
                together.append(min(near, key=lambda one: (abs(one.y - height), one.x, len(one.words) if one.holes else 0)))
        if together:
            found.append((sum(10.0 + min(8, sum(len(word.key) for word in one.words)) - abs(one.y - height) - 0.1 * bool(one.holes) * len(one.words) for one in together), tuple(together)))
    return found


def bands(form: Form, rows: Sequence[Row], told: Mapping[int, tuple[Seen, ...]]) -> list[Band]:
    """The lines of each row of the form that has captions, or whose cells hold fields alone; the rest is a list's.

    What stands before the first captions is in no band.
    """
    blocks = {block.row for block in form.blocks}
    steps = [row for row in range(1, form.layout.rows + 1) if row in told or row in blocks or _open(form, row)]
    steps = [row for row in steps if row >= min(told, default=0)]
    start = min((word.line for one in told.get(steps[0], ()) for word in one.words), default=0) if steps else 0
    begin = next((at for at, row in enumerate(rows) if row.line >= start), 0)
    captions = {word.number for own in told.values() for one in own for word in one.words}
    count, lines = len(rows), _lines(rows, captions)
    best = [[FAR] * (count + 1) for _ in range(len(steps) + 1)]
    back = [[0] * (count + 1) for _ in range(len(steps) + 1)]
    best[0][begin] = 0.0
    for at, row in enumerate(steps):
        kind = _Kind(0.0 if row in blocks else OPEN, _bare(form, row), _last_of_span(form, row), _money(form, row), _height(told, row))
        _step(lines, _telling(told, row), kind, best[at], best[at + 1], back[at + 1])
    last = min(range(count, -1, -1), key=lambda end: best[-1][end] + BEHIND * (count - end))
    if not steps or best[-1][last] >= FAR:
        return []
    found = []
    for at in range(len(steps), 0, -1):
        first = back[at][last]
        found.append(Band(steps[at - 1], told.get(steps[at - 1], ()), first, last))
        last = first
    return found[::-1]


def _telling(told: Mapping[int, tuple[Seen, ...]], row: int) -> tuple[Seen, ...]:
    """The captions that tell where a row stands: those that begin in it, if it has any."""
    seen = told.get(row, ())
    return tuple(one for one in seen if one.cell.row == row) or seen


def _height(told: Mapping[int, tuple[Seen, ...]], row: int) -> float:
    """The line that the middle of a row is on by its captions; those that begin higher are at the middle of all their rows."""
    seen = _telling(told, row)
    if not seen:
        return 0.0
    middle = sum(one.y for one in seen) / len(seen)
    above = [one.top for one in told.get(seen[0].cell.row, ())] if seen[0].cell.row < row else []
    return (middle + max(middle, 2 * middle - min(above))) / 2 if above else middle


def _open(form: Form, row: int) -> bool:
    """True for a row that prints no captions of its own but holds fields."""
    return not own_cells(form, row) and any(cell.holes for cell in form.layout.cells if cell.row == row)


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a row of the form is like: what each line of one without captions costs, whether it holds nothing but
    captions, whether a cell of several rows ends in it, whose text may be longer than they are high, whether it
    holds amounts, and on which line its middle is."""

    each: float
    bare: bool
    spanned: bool
    money: bool
    height: float


def _bare(form: Form, row: int) -> bool:
    return not any(cell.holes for cell in form.layout.cells if cell.row <= row <= cell.last_row)


def _last_of_span(form: Form, row: int) -> bool:
    return any(cell.holes and cell.row < row == cell.last_row for cell in form.layout.cells)


def _money(form: Form, row: int) -> bool:
    return sum(form.fields[name].type == "money" for cell in form.layout.in_row(row) for name in cell.holes) > 1


def _step(lines: _Lines, seen: Sequence[Seen], kind: _Kind, before: Sequence[float], best: list[float], back: list[int]) -> None:
    """Lets one row of the form follow on those before it: ``best`` and ``back`` by where it ends."""
    rows = lines.rows
    own = {word.line for one in seen for word in one.words}
    if not own:
        least, reached = FAR, 0
        for last in range(len(rows) + 1):
            least += kind.each
            if before[last] < least:
                least, reached = before[last], last
            best[last], back[last] = least, reached
        return
    top = next(at for at, row in enumerate(rows) if row.line >= min(own))
    bottom = next((at for at, row in enumerate(rows) if row.line > max(own)), len(rows))
    height, page = kind.height, seen[0].words[0].page
    for first in range(max(0, top - TALLEST), top + 1):
        if before[first] >= FAR:
            continue
        even = bottom + top - first
        for last in range(max(bottom, even - UNEVEN), (len(rows) if kind.spanned else min(len(rows), even + UNEVEN)) + 1):
            strange = STRANGE * (last - first - len(own)) if kind.bare else 0.0
            total = before[first] + strange + _cost(lines, first, last, (height, page), kind)
            if total < best[last]:
                best[last], back[last] = total, first


@dataclass(frozen=True, slots=True)
class _Lines:
    """The lines of a form; for each how many blank lines stand above it on its page and those before, what it costs that
    a row of the form begins with it, the next one that has several amounts, and how many up to it have them in several
    cells in which the one before has them too."""

    rows: Sequence[Row]
    blanks: Sequence[int]
    torn: Sequence[float]
    amounts: Sequence[int]
    twice: Sequence[int]


def _lines(rows: Sequence[Row], captions: Collection[int] = ()) -> _Lines:
    blanks = accumulate((min(3, then.line - row.line - 1) if then.page == row.page else 0 for row, then in pairwise(rows)), initial=0)
    amounts, twice = [len(rows)] * len(rows), [0] * len(rows)
    before: list[Word] = []
    count, after = 0, 0
    for at, row in enumerate(rows):
        own = [word for word in row.words if _WHOLE.fullmatch(word.text) or is_mark(word.text)]
        if len(own) > 1:
            count += sum(one.x < other.end and other.x < one.end for one in own for other in before) > 1
            amounts[after : at + 1] = [at] * (at + 1 - after)
            before, after = own, at + 1
        twice[at] = count
    return _Lines(rows, list(blanks), [_torn(row, captions) for row in rows], amounts, twice)


def _torn(row: Row, captions: Collection[int]) -> float:
    """What it costs that a row of the form begins with a line."""
    later = any(_LATER.match(word.key) and word.number not in captions for word in row.words)
    return TORN * (any(word.key[:1] in STARTS_BADLY for word in row.words) + TAIL * any(word.key == "%" for word in row.words)) + ITEM * later


def _cost(lines: _Lines, first: int, last: int, where: tuple[float, int], kind: _Kind) -> float:
    """What it costs that a row of the form, whose captions stand at this height of this page, has these lines."""
    off = _off(lines.rows, first, last, where)
    middle = SPANNED * min(4.0, off) if kind.spanned else SLIGHTLY * min(off, 0.5) + OFF * min(4.0, max(0.0, off - 0.5))
    one = lines.amounts[first]
    twice = lines.twice[last - 1] - lines.twice[one] if kind.money and one < last else 0
    return middle + BLANK * (lines.blanks[last - 1] - lines.blanks[first]) + LONG * (last - first) + lines.torn[first] + TWICE * twice


def _off(rows: Sequence[Row], first: int, last: int, where: tuple[float, int]) -> float:
    """How many lines the middle of a row, or of its part on the page of its captions, or the top of that, is off these."""
    height, page = where
    off = abs((rows[first].line + rows[last - 1].line) / 2 - height)
    if rows[first].page == rows[last - 1].page:
        return off
    own = [row.line for row in rows[first:last] if row.page == page]
    return min(off, PART + abs((own[0] + own[-1]) / 2 - height), PART + abs(own[0] - height))
