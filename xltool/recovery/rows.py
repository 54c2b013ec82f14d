"""The rows of a list as the least-cost cutting of its atoms into names, values and reasons.

Every way of cutting is an arc over a stretch of atoms with a cost; the cheapest path from the first
atom to the last is the reading. For each atom the cost of the best path that reads it otherwise is
kept too: a small margin is a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from xltool.recovery.atoms import BLANK, CELL, LINE, PAGE, SPACE, WIDE, Atom
from xltool.recovery.shapes import Shape

BETWEEN, NAMED, FULL, SHORT, REASONED, BEGUN = range(6)
"""Where a row stands: between rows, name read, values read with full score or short of it, reason read,
a reason begun before its row."""

NAME, TAIL, VALUES, REASON, EARLY, LEFT = "name", "tail", "values", "reason", "early", "left"
_STARTS_BADLY = frozenset("，。、；：,;:）)”》〉】]·")
_ENDS_OPEN = ("的", "和", "及", "与", "、", "，", "（", "(", "“", "《", "〈", "：", "或", "等的", "对", "在")
_NAME_ENDS = frozenset("率数性量度况额次力")
_HEADING = re.compile(r"第[一二三四五六七八九十\d]{1,3}(?:部分|章|节|条)|[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)")
"""How the headings of a document begin; no name of a row does."""
BIG = 1e9


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the certain rows of a document say: the width at which names and reasons wrap (None: unknown),
    what gap usually stands before a value, the qualitative words, and the whole names."""

    name_width: int | None = None
    reason_width: int | None = None
    words: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    run_on: bool = False
    ragged: bool = False
    pairs: frozenset[str] = frozenset()
    """Neighbouring characters inside words of the document: 研究 seen anywhere joins 研 / 究."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that a row has of its own: a name, values by type, and a reason at the end where the form has one."""

    name: str
    values: tuple[tuple[str, str], ...]
    reason: str = ""
    weight: int = -1
    score: int = -1


class Arc(NamedTuple):
    """A stretch ``first`` to ``last`` of the atoms read as one ``kind``; ``columns`` gives each atom's column for values."""

    first: int
    last: int
    state: int
    then: int
    cost: float
    kind: str
    columns: tuple[int, ...] = ()


@dataclass(slots=True)
class Cut:
    """The cheapest path, and for each atom the margin to the best path that reads it otherwise."""

    arcs: list[Arc]
    margins: list[float]
    cost: float


@dataclass(slots=True)
class Stretch:
    """The atoms of one list, labels and noise taken out. ``gaps`` is the strongest gap before each atom,
    ``crossed`` says that a label stood there."""

    atoms: Sequence[Atom]
    shapes: Sequence[Shape]
    gaps: Sequence[int]
    crossed: Sequence[bool]
    columns: Columns
    evidence: Evidence
    widths: list[int] = field(default_factory=list)


def cut(stretch: Stretch) -> Cut:
    """The least-cost reading of a list's atoms."""
    count = len(stretch.atoms)
    forward = [[BIG] * 6 for _ in range(count + 1)]
    forward[0][BETWEEN] = 0.0
    back: dict[tuple[int, int], Arc] = {}
    arcs: list[Arc] = []
    for at in range(count):
        pieces = list(_pieces(stretch, at))
        for state in range(6):
            here = forward[at][state]
            if here >= BIG:
                continue
            for kind, last, base, short, columns in pieces:
                then, extra = _step(stretch, at, state, kind, short)
                if then < 0:
                    continue
                cost = base + extra
                arcs.append(Arc(at, last, state, then, cost, kind, columns))
                if here + cost < forward[last][then]:
                    forward[last][then] = here + cost
                    back[last, then] = arcs[-1]
    ends = [forward[count][state] + _ending(state) for state in range(6)]
    state = min(range(6), key=ends.__getitem__)
    path: list[Arc] = []
    at = count
    while at > 0:
        arc = back[at, state]
        path.append(arc)
        at, state = arc.first, arc.state
    path.reverse()
    return Cut(path, _margins(arcs, path, forward, count, min(ends)), min(ends))


def _ending(state: int) -> float:
    return {NAMED: 5.0, SHORT: 0.6, BEGUN: 4.0}.get(state, 0.0)


def _step(stretch: Stretch, at: int, state: int, kind: str, short: int) -> tuple[int, float]:
    """The state that a piece leads to, and what the step costs; -1 where it cannot be."""
    if kind == LEFT:
        return state, 0.0
    if kind == NAME:
        if state == NAMED:
            return NAMED, 5.0 + _row_gap(stretch, at)
        return NAMED, (0.0 if state in (BETWEEN, BEGUN) and at == 0 else _row_gap(stretch, at)) + (0.6 if state == SHORT else 0.0)
    if kind == VALUES:
        missing = 0.0 if state == NAMED else 7.0
        return (SHORT if short else FULL), missing
    if kind == TAIL:
        return (state, 0.0) if state in (FULL, SHORT, REASONED) else (-1, 0.0)
    if kind == REASON:
        if state == FULL:
            return REASONED, 3.2
        return (REASONED, 0.0) if state == SHORT else (REASONED, 3.0) if state == REASONED else (-1, 0.0)
    if state == NAMED:
        return NAMED, 0.8
    return (BEGUN, 0.6 if state == SHORT else 0.0) if state in (BETWEEN, FULL, SHORT, REASONED) else (-1, 0.0)


def _row_gap(stretch: Stretch, at: int) -> float:
    """What it costs to begin a row at this atom."""
    gap = stretch.gaps[at]
    if gap >= LINE:
        return 0.0
    if stretch.crossed[at]:
        return 0.2
    if gap == CELL:
        return 4.0
    return 0.6 if stretch.evidence.run_on else 2.5


def _pieces(stretch: Stretch, at: int) -> Iterator[tuple[str, int, float, int, tuple[int, ...]]]:
    """Every piece that may begin at an atom: (kind, end, cost, score is short of the weight, columns of its atoms)."""
    yield from _left(stretch, at)
    shape = stretch.shapes[at]
    if not shape.bare or _leads(stretch, at):
        yield from _names(stretch, at)
    yield from _values(stretch, at)
    if stretch.columns.reason and not shape.quantity:
        yield from _reasons(stretch, at)


def _left(stretch: Stretch, at: int) -> Iterator[tuple[str, int, float, int, tuple[int, ...]]]:
    """An atom that no row takes, or whole lines of them: other text comes in lines."""
    yield LEFT, at + 1, 4.0, 0, ()
    if stretch.gaps[at] < LINE and at:
        return
    last, lines = at, 0
    while last < len(stretch.atoms) and lines < 6:
        last += 1
        while last < len(stretch.atoms) and stretch.gaps[last] < LINE:
            last += 1
        lines += 1
        if last - at > 4 * lines or any(stretch.shapes[inside].bare for inside in range(at, last)):
            return
        if last > at + 1:
            yield LEFT, last, 4.0 + 1.2 * (lines - 1) + 0.4 * (last - at - lines), 0, ()


def _leads(stretch: Stretch, at: int) -> bool:
    """True for a number that a name may begin with: 12345 热线 …"""
    then = at + 1
    return stretch.shapes[at].number and then < len(stretch.atoms) and stretch.gaps[then] == SPACE and not stretch.shapes[then].quantity


def _names(stretch: Stretch, at: int) -> Iterator[tuple[str, int, float, int, tuple[int, ...]]]:
    atoms, shapes = stretch.atoms, stretch.shapes
    cost = 0.0
    if atoms[at].key[:1] in _STARTS_BADLY:
        cost += 5.0
    elif atoms[at].key[:1] == "(":
        cost += 2.5
    if shapes[at].quantity:
        cost += 8.0 if not _leads(stretch, at) else 1.0 if stretch.gaps[at] >= LINE else 1.2
    if stretch.gaps[at] >= LINE and _HEADING.match(atoms[at].key):
        cost += 4.0
    last = at + 1
    line_width = shapes[at].width
    limit = min(len(atoms), at + 14)
    while True:
        ending = _name_end(stretch, at, last)
        yield NAME, last, cost + ending, 0, ()
        if last - at <= 3 and at:
            tail = _tail(stretch, at)
            if tail < BIG:
                long = 2.0 * (shapes[last - 1].width > 24) + 4.0 * ("。" in atoms[last - 1].key) + 4.0 * stretch.crossed[at]
                yield TAIL, last, cost + tail + long, 0, ()
        if last >= limit or shapes[last].bare or cost > 14:
            return
        cost += _join(stretch, last, line_width, stretch.evidence.name_width, 2.2)
        if shapes[last].quantity:
            cost += 4.0
        if "。" in atoms[last - 1].key:
            cost += 4.0
        line_width = shapes[last].width if stretch.gaps[last] >= LINE else line_width + shapes[last].width
        last += 1


def _name_end(stretch: Stretch, first: int, last: int) -> float:
    text = stretch.atoms[last - 1].key
    cost = 0.0
    if last - first == 1:
        if len(text) < 2:
            cost += 2.5
        if text in stretch.evidence.words:
            cost += 2.5
        if text in stretch.evidence.names:
            cost -= 0.5
        if text.isascii():
            cost += 3.0
    elif text in stretch.evidence.words and stretch.gaps[last - 1] < LINE:
        cost += 1.5
    if text.endswith(_ENDS_OPEN):
        cost += 2.0
    elif last < len(stretch.atoms) and stretch.gaps[last] >= LINE and not stretch.crossed[last] and _paired(stretch, last):
        cost += 0.8
    cost += max(0, stretch.shapes[last - 1].width - 56) * 0.1 + (4.0 if text[-1:] in "。；;" else 0.0)
    if stretch.shapes[last - 1].open:
        cost += 2.0
    return cost


def _join(stretch: Stretch, at: int, line_width: int, full: int | None, blank: float) -> float:
    """What it costs that the cell goes on over the gap before an atom."""
    gap = stretch.gaps[at]
    cost = 4.0 if stretch.crossed[at] else 0.0
    if gap in (SPACE, WIDE):
        latin = stretch.shapes[at - 1].latin_end
        return cost + (0.2 if latin else blank if gap == SPACE else blank + 2)
    if gap == CELL:
        return cost + 7.0
    if stretch.atoms[at].cell >= 0:
        return cost + (1.5 if gap >= BLANK and stretch.atoms[at - 1].key[-1:] != "。" else 6.0)
    if gap == PAGE:
        cost += 0.5
    key = stretch.atoms[at].key
    if stretch.shapes[at - 1].open or key[:1] in _STARTS_BADLY:
        return cost + 0.2
    if key[:1] == "(" and not stretch.shapes[at].open:
        return cost + 0.4
    if line_width <= 3:
        cost += 1.5
    return cost + _wrap(stretch, at, line_width, full) * (0.3 if _paired(stretch, at) else 1.0)


def _wrap(stretch: Stretch, at: int, line_width: int, full: int | None) -> float:
    """What it costs that a line ends here and its cell goes on: nothing much where the next bit had no room."""
    if full is None:
        return 0.6 if stretch.evidence.ragged else 1.2
    moved = 2 if stretch.atoms[at].key[1:2] in _STARTS_BADLY and len(stretch.atoms[at].key) > 1 else 0
    short = full - line_width - max(0, stretch.shapes[at].lead - 2) - moved
    return 0.2 if short <= 2 else 1.6 if short <= 4 else 3.5


def _paired(stretch: Stretch, at: int) -> bool:
    """True where the characters on both sides of a gap stand together elsewhere in the document."""
    return at < len(stretch.atoms) and stretch.atoms[at - 1].key[-1:] + stretch.atoms[at].key[:1] in stretch.evidence.pairs


def _tail(stretch: Stretch, at: int) -> float:
    """What it costs that a name's tail stands here, after the row's values; the name before must have been cut."""
    if stretch.gaps[at] < LINE or stretch.shapes[at].quantity:
        return BIG
    before = at - 1
    while before >= 0 and at - before < 12 and (stretch.shapes[before].quantity or stretch.shapes[before].word):
        before -= 1
    if before < 0 or stretch.gaps[at] < PAGE and stretch.gaps[at] == CELL:
        return BIG
    cost = 1.0 if stretch.gaps[at] == PAGE else 2.2
    if stretch.atoms[before].key[-1:] + stretch.atoms[at].key[:1] in stretch.evidence.pairs:
        cost -= 0.8
    cut_open = stretch.atoms[before].key.endswith(_ENDS_OPEN) or stretch.shapes[before].open
    full = stretch.evidence.name_width
    if not cut_open:
        cost += 1.5 if full is None else 0.3 if full - stretch.shapes[before].line_width <= 2 else 2.2 if stretch.gaps[at] == PAGE else 4.0
    return cost


def _values(stretch: Stretch, at: int) -> Iterator[tuple[str, int, float, int, tuple[int, ...]]]:
    """The values of a row from this atom on, column by column."""
    begin = _value_gap(stretch, at)
    best: dict[tuple[int, int], tuple[float, tuple[int, ...]]] = {}
    for last, cost, columns in _fill(stretch, at, 0, at):
        short = _shortfall(stretch, at, columns)
        if short < 0:
            cost += 3.0
        key = (last, max(short, 0))
        if key not in best or cost < best[key][0]:
            best[key] = (cost, columns)
    for (last, short), (cost, columns) in best.items():
        yield VALUES, last, begin + cost, short, columns


def _value_gap(stretch: Stretch, at: int) -> float:
    gap = stretch.gaps[at]
    cost = 3.0 if stretch.crossed[at] else 0.0
    quantity = stretch.shapes[at].quantity
    return cost + {SPACE: 0.0, WIDE: 0.0, CELL: 0.0, LINE: 0.1 if quantity else 0.3, BLANK: 0.2 if quantity else 0.5, PAGE: 1.2}.get(gap, 0.0)


def _fill(stretch: Stretch, first: int, column: int, at: int) -> Iterator[tuple[int, float, tuple[int, ...]]]:
    """Every way to fill the columns from ``column`` on with the atoms from ``at`` on."""
    values = stretch.columns.values
    if column == len(values):
        yield at, 0.0, ()
        return
    kind = values[column][1]
    if at < len(stretch.atoms):
        for last, cost in _one(stretch, first, kind, at):
            for end, rest, columns in _fill(stretch, first, column + 1, last):
                yield end, cost + rest, (*((column,) * (last - at)), *columns)
        if at > first and len(values) > 1 and stretch.columns.reason and _may_interrupt(stretch, at):
            for last, cost in _one(stretch, first, kind, at + 1):
                for end, rest, columns in _fill(stretch, first, column + 1, last):
                    yield end, 2.2 + cost + rest, (-1, *((column,) * (last - at - 1)), *columns)
    if len(values) > 1 and 0 < column < len(values):
        for end, rest, columns in _fill(stretch, first, column + 1, at):
            yield end, 4.0 + rest, columns


def _may_interrupt(stretch: Stretch, at: int) -> bool:
    """True where a line of the reason may stand between the values of its row."""
    shape = stretch.shapes[at]
    if shape.quantity or shape.bare or shape.width < 6 or at + 1 >= len(stretch.atoms):
        return False
    return stretch.gaps[at] >= LINE and stretch.gaps[at + 1] >= LINE


def _one(stretch: Stretch, first: int, kind: str, at: int) -> Iterator[tuple[int, float]]:
    """Every way to read one value of a type at an atom: (end, cost)."""
    if at >= len(stretch.atoms):
        return
    shape = stretch.shapes[at]
    gap = 0.0
    if at > first:
        gap = {PAGE: 1.0, BLANK: 0.2, LINE: 0.1}.get(stretch.gaps[at], 0.0) + (3.0 if stretch.crossed[at] else 0.0)
    if kind in ("number", "money", "percent"):
        if shape.number:
            yield at + 1, gap
        elif shape.mark:
            yield at + 1, gap + 1.0
        return
    if kind == "operator":
        if shape.sign:
            yield at + 1, gap
        return
    if kind == "unit":
        if not shape.quantity:
            yield at + 1, gap + 0.3
        return
    yield at + 1, gap + _worth(stretch, at, at + 1)
    if shape.quantity and not shape.open:
        return
    cost = gap + (2.0 if stretch.atoms[at].key in stretch.evidence.words else 0.0)
    for last in range(at + 2, min(at + 4, len(stretch.atoms)) + 1):
        step = last - 1
        if stretch.shapes[step].quantity and stretch.gaps[step] < LINE and not stretch.shapes[step].glued:
            return
        cost += 2.0 if stretch.gaps[step] in (SPACE, WIDE) else 7.0 if stretch.gaps[step] == CELL else 2.5 if not stretch.shapes[step - 1].open else 0.5
        if stretch.crossed[step]:
            cost += 4.0
        yield last, cost + _worth(stretch, at, last)


def _worth(stretch: Stretch, first: int, last: int) -> float:
    """What it costs to read the atoms as a target's text."""
    if last - first == 1:
        shape = stretch.shapes[first]
        if shape.quantity:
            return 0.0
        if stretch.atoms[first].key in stretch.evidence.words:
            return 0.1
        key, width = stretch.atoms[first].key, shape.width
    else:
        key = "".join(atom.key for atom in stretch.atoms[first:last])
        width = sum(shape.width for shape in stretch.shapes[first:last])
    cost = 0.7 + max(0.0, (width - 12) * 0.15)
    if key[:1] in _STARTS_BADLY:
        cost += 5.0
    if "。" in key or "..." in key or _HEADING.match(key):
        cost += 3.0
    if key[-1:] in _NAME_ENDS:
        cost += 1.2
    if len(key) < 2:
        cost += 1.5
    return cost


def _shortfall(stretch: Stretch, first: int, columns: tuple[int, ...]) -> int:
    """1 where the score is below the weight, 0 where not or unknown, -1 where it is above."""
    own = stretch.columns
    if own.weight < 0 or own.weight not in columns or own.score not in columns:
        return 0
    weight = stretch.shapes[first + columns.index(own.weight)].amount
    score = stretch.shapes[first + columns.index(own.score)].amount
    if weight is None or score is None:
        return 0
    return 1 if score < weight else -1 if score > weight else 0


def _reasons(stretch: Stretch, at: int) -> Iterator[tuple[str, int, float, int, tuple[int, ...]]]:
    """A reason after its values, or its first line before the row it belongs to."""
    atoms, shapes = stretch.atoms, stretch.shapes
    cost = (0.3 if stretch.gaps[at] >= LINE else 0.0) + (2.5 if atoms[at].key[:1] == "(" else 0.0)
    if stretch.crossed[at]:
        cost += 3.0
    full = stretch.evidence.reason_width
    line_width = shapes[at].width
    last = at + 1
    limit = min(len(atoms), at + 32)
    while True:
        end = 1.5 if shapes[last - 1].open else 0.0
        if last < len(atoms) and stretch.gaps[last] >= LINE and not stretch.crossed[last] and _paired(stretch, last):
            end += 0.8
        if full is not None and line_width > full + 1 and atoms[at].cell < 0:
            end += 3.0
        yield REASON, last, cost + end + (1.5 if last - at == 1 and shapes[at].width < 4 else 0.0), 0, ()
        if last - at <= 2 and full is not None and full - line_width <= 2 and not atoms[last - 1].key.endswith("。") and stretch.gaps[at] >= LINE:
            yield EARLY, last, cost + 1.2, 0, ()
        if last >= limit or cost > 14:
            return
        if shapes[last].quantity and stretch.gaps[last] < LINE:
            return
        cost += _join(stretch, last, line_width, full, 0.8)
        if shapes[last].quantity:
            cost += 2.0
        if stretch.gaps[last] == BLANK:
            cost += 0.1
        line_width = shapes[last].width if stretch.gaps[last] >= LINE else line_width + shapes[last].width
        last += 1


def _margins(arcs: Sequence[Arc], path: Sequence[Arc], forward: Sequence[Sequence[float]], count: int, best: float) -> list[float]:
    """For each atom the cost, above the best, of the cheapest path that reads it as something else."""
    backward = [[BIG] * 6 for _ in range(count + 1)]
    backward[count] = [_ending(state) for state in range(6)]
    chosen: list[tuple[str, int]] = [("", 0)] * count
    for arc in path:
        for at in range(arc.first, arc.last):
            chosen[at] = (arc.kind, arc.columns[at - arc.first] if arc.columns else 0)
    margins = [99.0] * count
    for arc in reversed(arcs):
        rest = backward[arc.last][arc.then]
        if rest >= BIG:
            continue
        if arc.cost + rest < backward[arc.first][arc.state]:
            backward[arc.first][arc.state] = arc.cost + rest
    for arc in arcs:
        total = forward[arc.first][arc.state] + arc.cost + backward[arc.last][arc.then] - best
        if total > 3:
            continue
        for at in range(arc.first, arc.last):
            if total < margins[at] and chosen[at] != (arc.kind, arc.columns[at - arc.first] if arc.columns else 0):
                margins[at] = total
    return margins
