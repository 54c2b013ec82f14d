"""The rows of a list as the least-cost cutting of its atoms into names, values and reasons.

Every way of cutting is an arc over a stretch of atoms with a cost; the cheapest path from the first
atom to the last is the reading. For each atom the cost of the best path that reads it otherwise is
kept too: a small margin is a doubt.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from xltool.recovery.atoms import PAGE
from xltool.recovery.joins import row_gap, slanted
from xltool.recovery.row_pieces import LEFT, NAME, NEVER, REASON, TAIL, in_order, is_nought, pieces
from xltool.recovery.row_values import VALUES, shortfall
from xltool.recovery.stretch import Piece, Stretch
from xltool.recovery.torn_rows import NAME as NAME_COLUMN
from xltool.recovery.torn_rows import REASON as REASON_COLUMN
from xltool.recovery.torn_rows import TAIL as TAIL_COLUMN
from xltool.recovery.torn_rows import TornRow, row_places, torn_rows

VALUELESS, LABELLED = 3.0, 3.6
"""What it costs that a name has no value where a level name of its own stands before the next, on its line or above; in
a form with reasons a line before a level name is rather the end of one."""
UNASKED, IN_ORDER = 3.2, 2.6
"""What it costs that a row with all its points has a reason; and where no other cell's line can stand there."""
BETWEEN, NAMED, FULL, SHORT, REASONED, BEGUN, ALONE = STATES = range(7)
"""Where a row stands: between rows, name read, values read with full score or short of it, reason read,
a reason begun before its row, a name read that has one line in a level list."""


class Arc(NamedTuple):
    """A stretch ``first`` to ``last`` of the atoms read as one ``kind``; ``columns`` gives each atom's column for values."""

    first: int
    last: int
    state: int
    then: int
    cost: float
    kind: str
    columns: tuple[int, ...] = ()


NEAR, FAR, ROUNDED = 3.0, 99.0, 1e-9
"""What a path may cost above the best and still be one that may be meant; the margin where there is none; what sums of costs
may differ by."""
TORN = "torn"
"""A whole row that a page's end cuts, its tails behind the page's end."""
_Way = tuple[int, int, int, int, float, str, tuple[int, ...]]
"""An arc that may be on the path: most are not."""


@dataclass(slots=True)
class Cut:
    """The cheapest path, and for each atom the margin to the best path that reads it otherwise, and as what that reads it."""

    arcs: list[Arc]
    margins: list[float]
    cost: float
    others: list[str]


def cut(stretch: Stretch) -> Cut:
    """The least-cost reading of a list's atoms."""
    count = len(stretch.atoms)
    forward = [[NEVER] * len(STATES) for _ in range(count + 1)]
    forward[0][BETWEEN] = 0.0
    back: dict[tuple[int, int], _Way] = {}
    all_ways: list[list[_Way]] = []
    torn = _torn(stretch)
    for at, here in enumerate(forward[:count]):
        begun = list(pieces(stretch, at))
        all_ways.append(ways := [])
        for state, so_far in enumerate(here):
            if so_far < NEVER:
                for way in (*_ways(stretch, at, state, begun), *_torn_ways(stretch, state, torn.get(at, ()))):
                    _, last, _, then, cost, _, _ = way
                    ways.append(way)
                    if so_far + cost < forward[last][then]:
                        forward[last][then] = so_far + cost
                        back[last, then] = way
    ends = [forward[count][state] + _ending(state) for state in STATES]
    state = min(STATES, key=ends.__getitem__)
    path: list[Arc] = []
    at = count
    while at > 0:
        arc = Arc(*back[at, state])
        path.append(arc)
        at, state = arc.first, arc.state
    path.reverse()
    margins, others = _margins(all_ways, path, forward, min(ends))
    return Cut(path, margins, min(ends), others)


def _ways(stretch: Stretch, at: int, state: int, begun: Sequence[Piece]) -> Iterator[_Way]:
    """The arcs from an atom on in a state: one for each piece that the state allows."""
    steps: dict[str, tuple[int, float]] = {}
    short_steps: dict[str, tuple[int, float]] = {}
    for kind, last, base, short, columns in begun:
        known = short_steps if short else steps
        step = known.get(kind)
        if step is None:
            step = known[kind] = _step(stretch, at, state, kind, short)
        then, extra = step
        if then >= 0:
            cost = base + extra + (slanted(stretch, at - 1, at, at + _first_cell(columns)) if state == ALONE and kind == VALUES else 0.0)
            yield at, last, state, then, cost, kind, columns


def _torn(stretch: Stretch) -> dict[int, list[TornRow]]:
    """The rows of a level list that a page's end cuts, by their first atom."""
    found: dict[int, list[TornRow]] = {}
    for row in torn_rows(stretch, row_places(stretch)) if stretch.evidence.level else ():
        found.setdefault(row.first, []).append(row)
    return found


def _torn_ways(stretch: Stretch, state: int, torn: Sequence[TornRow]) -> Iterator[_Way]:
    """The arcs of the rows that a page's end cuts, where one may begin."""
    for row in torn if state in (BETWEEN, FULL, SHORT, REASONED) else ():
        own, places = stretch.columns, {column: row.first + at for at, column in enumerate(row.columns)}
        short = shortfall(stretch, places.get(own.weight, -1), places.get(own.score, -1)) if own.score >= 0 else 0
        reasoned = REASON_COLUMN in places
        _, begin = _step(stretch, row.first, state, NAME, 0)
        cost = row.cost + begin + 3.0 * (short < 0) + _unasked(stretch) * (reasoned and short <= 0 and own.score >= 0)
        yield row.first, row.last, state, REASONED if reasoned else SHORT if short > 0 else FULL, cost, TORN, row.columns


def read_as(kind: str, columns: Sequence[int], at: int) -> tuple[str, int]:
    """What an arc reads one of its atoms as."""
    if kind != TORN:
        return kind, columns[at] if columns else 0
    return {NAME_COLUMN: (NAME, 0), TAIL_COLUMN: (TAIL, 0), REASON_COLUMN: (REASON, 0)}.get(columns[at], (VALUES, columns[at]))


def _first_cell(columns: Sequence[int]) -> int:
    """How many atoms the first cell of these has; a line that is none of them stands apart."""
    return next((at for at, column in enumerate(columns) if column != columns[0]), len(columns))


def _ending(state: int) -> float:
    return {NAMED: 5.0, ALONE: 5.0, SHORT: 0.6, BEGUN: 4.0}.get(state, 0.0)


def _step(stretch: Stretch, at: int, state: int, kind: str, short: int) -> tuple[int, float]:
    """The state that a piece leads to, and what the step costs; -1 where it cannot be."""
    if kind == LEFT:
        return state, 0.0
    if kind == NAME:
        then = ALONE if short else NAMED
        if state in (NAMED, ALONE):
            return then, ((VALUELESS if stretch.atoms[at].x else LABELLED) if stretch.crossed[at] and not stretch.columns.reason else 5.0) + row_gap(stretch, at)
        return then, (0.0 if state in (BETWEEN, BEGUN) and at == 0 else row_gap(stretch, at)) + (0.6 if state == SHORT else 0.0)
    if kind == VALUES:
        missing = 0.0 if state in (NAMED, ALONE) else 7.0
        return (SHORT if short else FULL), missing
    if kind == TAIL:
        return (state, 0.0) if state in (FULL, SHORT, REASONED) else (-1, 0.0)
    if kind == REASON:
        if state == FULL:
            return REASONED, 0.0 if stretch.columns.score < 0 or is_nought(stretch, at) else _unasked(stretch)
        again = 0.6 if any(stretch.gaps[before] == PAGE for before in range(max(1, at - 6), at + 1)) else 3.0
        return (REASONED, 0.0) if state == SHORT else (REASONED, again) if state == REASONED else (-1, 0.0)
    if state in (NAMED, ALONE):
        return state, 0.8
    return (BEGUN, 0.6 if state == SHORT else 0.0) if state in (BETWEEN, FULL, SHORT, REASONED) else (-1, 0.0)


def _unasked(stretch: Stretch) -> float:
    return IN_ORDER if in_order(stretch) else UNASKED


def _margins(ways: Sequence[Sequence[_Way]], path: Sequence[Arc], forward: Sequence[Sequence[float]], best: float) -> tuple[list[float], list[str]]:
    """For each atom the cost, above the best, of the cheapest path that reads it as something else, where that is near the
    best, and as what kind that does."""
    count = len(ways)
    backward = [[NEVER] * len(STATES) for _ in range(count)]
    backward.append([_ending(state) for state in STATES])
    for here, begun in zip(reversed(backward[:count]), reversed(ways), strict=True):
        for _, last, state, then, cost, _, _ in begun:
            rest = backward[last][then]
            if cost + rest < here[state]:
                here[state] = cost + rest
    chosen = [read_as(arc.kind, arc.columns, at) for arc in path for at in range(arc.last - arc.first)]
    margins, others = [FAR] * count, [""] * count
    for so_far, here, begun in zip(forward, backward, ways, strict=False):
        # Few states are on any path that is near the best.
        near = [before + rest - best <= NEAR + ROUNDED for before, rest in zip(so_far, here, strict=True)]
        for first, last, state, then, cost, kind, columns in begun if any(near) else ():
            if not near[state] or (total := so_far[state] + cost + backward[last][then] - best) > NEAR:
                continue
            for at in range(first, last):
                if total < margins[at] and chosen[at] != (other := read_as(kind, columns, at - first)):
                    margins[at], others[at] = total, other[0]
    return margins, others
