"""Strokes as rules: drawn pieces of one line made one, double lines made one, tables told apart."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xltool.surfaces.pdf.marks import Stroke

SNAP = 3.0
"""Points: rules that lie no farther apart are one (a double line, borders of neighbouring cells)."""
DOUBLE = 5.5
"""Points: rules that run beside each other and lie no farther apart are one, for no text has room between them."""
GAP = 5.0
"""Points by which a line may end before the one that it meets."""
DASH = 8.0
"""Points: a gap in a line that is no longer is closed (dashes, borders drawn cell by cell)."""
DOTTED = 2.0
"""Points: a gap in a line that is wider was left on purpose."""
LEAST = 6.0
"""Points: what is shorter is no side of a cell."""


@dataclass(frozen=True, slots=True)
class Ruled:
    """The rules of one table: where its lines lie, and the drawn parts of each.

    ``across`` has for each of ``ys`` the parts (first and last x) of that horizontal line, ``down`` for
    each of ``xs`` those of the vertical one.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    across: tuple[tuple[tuple[float, float], ...], ...]
    down: tuple[tuple[tuple[float, float], ...], ...]


def ruled(strokes: Iterable[Stroke]) -> list[Ruled]:
    """The tables of a page by their rules, from the top; lines that meet no other line are none."""
    kept = list(strokes)
    across = merged([one for one in kept if one.across])
    down = merged([one for one in kept if not one.across])
    groups = _with_sides(_groups(across, down), down)
    found = [_ruled([across[at] for at in a], [down[at] for at in d]) for a, d in groups]
    tables = [one for one in found if len(one.xs) > 1 and len(one.ys) > 1]
    whole = [one for one in tables if not any(_drops(other, one) for other in tables if other is not one)]
    return sorted(whole, key=lambda one: (one.ys[0], one.xs[0]))


def merged(strokes: Sequence[Stroke]) -> list[Stroke]:
    """Strokes of one direction, those of one line that touch made one; bits too short for a side left out.

    A line of dashes may end with a gap: it reaches as far beyond its ends as its dashes are apart.
    """
    found: list[Stroke] = []
    for at, group in _clusters(strokes):
        parts = sorted((one.first, one.last) for one in group)
        first, last = parts[0]
        gaps, widest = 0, 0.0
        for start, end in [*parts[1:], (math.inf, math.inf)]:
            if 0 < start - last <= DASH:
                gaps, widest = gaps + (start - last > DOTTED), max(widest, start - last)
            if start - last > DASH:
                reach = min(widest, GAP) if gaps > 1 else 0.0
                found.append(Stroke(group[0].across, at, first - reach, last + reach))
                first, gaps, widest = start, 0, 0.0
            last = max(last, end)
    return [one for one in found if one.last - one.first >= LEAST]


def _clusters(strokes: Sequence[Stroke]) -> list[tuple[float, list[Stroke]]]:
    """The strokes of each line, lines closer than ``SNAP`` and the two of a double line as one, with where it lies."""
    found: list[list[Stroke]] = []
    for one in sorted(strokes, key=lambda stroke: stroke.at):
        if found and one.at - found[-1][0].at <= SNAP:
            found[-1].append(one)
        else:
            found.append([one])
    made: list[tuple[float, list[Stroke]]] = []
    for group in found:
        at = _middle(group)
        if made and at - made[-1][0] <= DOUBLE and _beside(made[-1][1], group):
            both = [*made.pop()[1], *group]
            made.append((_middle(both), both))
        else:
            made.append((at, group))
    return made


def _beside(one: Sequence[Stroke], other: Sequence[Stroke]) -> bool:
    """True where most of the shorter of two lines runs beside the other."""
    mine, others = _covered(one), _covered(other)
    shared, at, beside = 0.0, 0, 0
    while at < len(mine) and beside < len(others):
        (first, last), (start, end) = mine[at], others[beside]
        shared += max(0.0, min(last, end) - max(first, start))
        at, beside = at + (last <= end), beside + (end < last)
    return shared > min(sum(last - first for first, last in each) for each in (mine, others)) / 2


def _covered(group: Sequence[Stroke]) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = []
    for first, last in sorted((one.first, one.last) for one in group):
        if found and first - found[-1][1] <= DASH:
            found[-1] = found[-1][0], max(found[-1][1], last)
        else:
            found.append((first, last))
    return found


def _middle(group: Sequence[Stroke]) -> float:
    whole = sum(one.last - one.first for one in group) or 1.0
    return sum(one.at * (one.last - one.first) for one in group) / whole if whole > 1 else group[0].at


def _groups(across: Sequence[Stroke], down: Sequence[Stroke]) -> list[tuple[list[int], list[int]]]:
    """The numbers of the lines that hang together."""
    parent = list(range(len(across) + len(down)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    places = [one.at for one in down]
    for number, one in enumerate(across):
        for other in range(bisect_left(places, one.first - GAP), len(down)):
            if places[other] > one.last + GAP:
                break
            if down[other].first - GAP <= one.at <= down[other].last + GAP:
                parent[root(number)] = root(len(across) + other)
    found: dict[int, tuple[list[int], list[int]]] = {}
    for number in range(len(parent)):
        group = found.setdefault(root(number), ([], []))
        group[number >= len(across)].append(number if number < len(across) else number - len(across))
    return list(found.values())


def _with_sides(groups: Sequence[tuple[list[int], list[int]]], down: Sequence[Stroke]) -> list[tuple[list[int], list[int]]]:
    """The groups in which lines cross, with vertical lines of their own height that meet no other.

    A cell that goes on from the page before to the page after has a side and nothing else.
    """
    found = [(a, [*d]) for a, d in groups if a and d]
    spans = [(min(down[at].first for at in d), max(down[at].last for at in d)) for _, d in found]
    for at in (d[0] for a, d in groups if not a and len(d) == 1):
        for (_, own), (first, last) in zip(found, spans, strict=True):
            if abs(down[at].first - first) <= GAP and abs(down[at].last - last) <= GAP:
                own.append(at)
                break
    return found


def _ruled(across: Sequence[Stroke], down: Sequence[Stroke]) -> Ruled:
    """The rules of one table; where its sides are not drawn, they lie at the ends of its lines."""
    xs = _places([one.at for one in down], [min(one.first for one in across), max(one.last for one in across)])
    ys = _places([one.at for one in across], [min(one.first for one in down), max(one.last for one in down)])
    return Ruled(tuple(xs), tuple(ys), _parts(across, ys), _parts(down, xs))


def _places(drawn: Sequence[float], ends: Sequence[float]) -> list[float]:
    """Where the lines lie; an end farther out than any line is one more."""
    found: list[float] = []
    for at in sorted(drawn):
        if not found or at - found[-1] > SNAP:
            found.append(at)
    low, high = ends
    if low < found[0] - LEAST:
        found.insert(0, low)
    if high > found[-1] + LEAST:
        found.append(high)
    return found


def _parts(strokes: Sequence[Stroke], places: Sequence[float]) -> tuple[tuple[tuple[float, float], ...], ...]:
    found: list[list[tuple[float, float]]] = [[] for _ in places]
    for one in strokes:
        near = min(range(len(places)), key=lambda at: abs(places[at] - one.at))
        found[near].append((one.first, one.last))
    return tuple(tuple(sorted(parts)) for parts in found)


def _drops(one: Ruled, other: Ruled) -> bool:
    """True where the second is none beside the first: a box within it, as for a tick, or a frame around it."""
    return (_inside(other, one) and _squares(other) <= _squares(one)) or (_inside(one, other) and _squares(other) < _squares(one))


def _squares(one: Ruled) -> int:
    return (len(one.xs) - 1) * (len(one.ys) - 1)


def _inside(one: Ruled, other: Ruled) -> bool:
    """True for what is drawn within another."""
    return other.xs[0] < one.xs[0] and one.xs[-1] < other.xs[-1] and other.ys[0] < one.ys[0] and one.ys[-1] < other.ys[-1]
