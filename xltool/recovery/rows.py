"""The rows of a list as the least-cost cutting of its atoms into names, values and reasons.

Every way of cutting is an arc over a stretch of atoms with a cost; the cheapest path from the first
atom to the last is the reading. For each atom the cost of the best path that reads it otherwise is
kept too: a small margin is a doubt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from xltool.recovery.atoms import PAGE
from xltool.recovery.joins import row_gap, slanted
from xltool.recovery.row_pieces import LEFT, NAME, NEVER, REASON, TAIL, pieces
from xltool.recovery.row_values import VALUES
from xltool.recovery.stretch import Stretch

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


@dataclass(slots=True)
class Cut:
    """The cheapest path, and for each atom the margin to the best path that reads it otherwise."""

    arcs: list[Arc]
    margins: list[float]
    cost: float


def cut(stretch: Stretch) -> Cut:
    """The least-cost reading of a list's atoms."""
    count = len(stretch.atoms)
    forward = [[NEVER] * len(STATES) for _ in range(count + 1)]
    forward[0][BETWEEN] = 0.0
    back: dict[tuple[int, int], Arc] = {}
    arcs: list[Arc] = []
    for at in range(count):
        begun = list(pieces(stretch, at))
        for state in STATES:
            here = forward[at][state]
            if here >= NEVER:
                continue
            for kind, last, base, short, columns in begun:
                then, extra = _step(stretch, at, state, kind, short)
                if then < 0:
                    continue
                cost = base + extra + (slanted(stretch, at - 1, at, at + _first_cell(columns)) if state == ALONE and kind == VALUES else 0.0)
                arcs.append(Arc(at, last, state, then, cost, kind, columns))
                if here + cost < forward[last][then]:
                    forward[last][then] = here + cost
                    back[last, then] = arcs[-1]
    ends = [forward[count][state] + _ending(state) for state in STATES]
    state = min(STATES, key=ends.__getitem__)
    path: list[Arc] = []
    at = count
    while at > 0:
        arc = back[at, state]
        path.append(arc)
        at, state = arc.first, arc.state
    path.reverse()
    return Cut(path, _margins(arcs, path, forward, count, min(ends)), min(ends))


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
            return then, 5.0 + row_gap(stretch, at)
        return then, (0.0 if state in (BETWEEN, BEGUN) and at == 0 else row_gap(stretch, at)) + (0.6 if state == SHORT else 0.0)
    if kind == VALUES:
        missing = 0.0 if state in (NAMED, ALONE) else 7.0
        return (SHORT if short else FULL), missing
    if kind == TAIL:
        return (state, 0.0) if state in (FULL, SHORT, REASONED) else (-1, 0.0)
    if kind == REASON:
        if state == FULL:
            return REASONED, 3.2
        again = 0.6 if any(stretch.gaps[before] == PAGE for before in range(max(1, at - 6), at + 1)) else 3.0
        return (REASONED, 0.0) if state == SHORT else (REASONED, again) if state == REASONED else (-1, 0.0)
    if state in (NAMED, ALONE):
        return state, 0.8
    return (BEGUN, 0.6 if state == SHORT else 0.0) if state in (BETWEEN, FULL, SHORT, REASONED) else (-1, 0.0)


def _margins(arcs: Sequence[Arc], path: Sequence[Arc], forward: Sequence[Sequence[float]], count: int, best: float) -> list[float]:
    """For each atom the cost, above the best, of the cheapest path that reads it as something else."""
    backward = [[NEVER] * len(STATES) for _ in range(count + 1)]
    backward[count] = [_ending(state) for state in STATES]
    chosen: list[tuple[str, int]] = [("", 0)] * count
    for arc in path:
        for at in range(arc.first, arc.last):
            chosen[at] = (arc.kind, arc.columns[at - arc.first] if arc.columns else 0)
    margins = [99.0] * count
    for arc in reversed(arcs):
        rest = backward[arc.last][arc.then]
        if rest >= NEVER:
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
