"""The groups of a list's rows in a text laid out in columns: each label stands at the middle of its rows, on both levels.

A level one is as high as its level twos together, so both are told at once. On a page's end a group is cut: some
programs go on as if there were no cut, some put the label at the middle of its rows on a page, or at their top.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from xltool.recovery.laid_effort import STRETCHES

FAR = 1e9
STEEP, OFF, LONG = 2.5, 0.15, 0.1
"""What each line costs by which a label stands elsewhere than its rows say, and by which it is off their middle as far
as a line of text may be; each row makes that less sure."""
PART, AT_TOP, ELSEWHERE = 0.4, 0.4, 4.0
"""What it costs that a label stands at the middle of its rows on one page, at their top, and on a page without them."""
SKIPPED, AGAIN, ALONE = 4.0, 0.6, 3.0
"""What it costs that a label has no rows, that one printed again has none, and that a group of level one has no label."""
WORST = 6.0
"""A label whose rows fit no better stands among other rows."""
CLOSE, AWAY, POOR = 1.6, 2.4, 3.0
"""A row is doubted where another reading costs hardly more, one whose label stands on another page by a little more;
labels that stand so badly may not be at the middle of their rows."""


@dataclass(frozen=True, slots=True)
class Extent:
    """A row: its page, where it begins and ends on the way down, where its first line stands, whether another page
    follows on it, and where the next row begins."""

    page: int
    top: float
    bottom: float
    first: float
    last: bool
    then: float


@dataclass(frozen=True, slots=True)
class Mark:
    """A label: its name, the level one above it, its page, and between which heights each of its lines stands."""

    name: str
    above: str | None
    page: int
    lines: tuple[tuple[float, float], ...]

    @property
    def middle(self) -> float:
        return sum(low + high for low, high in self.lines) / (2 * len(self.lines))

    def off(self, middle: float, rows: int) -> float:
        """What it costs that the middle of so many rows is there."""
        half = (len(self.lines) - 1) / 2
        away = max(max(low - middle - at + half, middle + at - half - high, 0.0) for at, (low, high) in enumerate(self.lines))
        return (STEEP * away + OFF * abs(middle - self.middle)) / (1 + LONG * (rows - 1))


@dataclass(frozen=True, slots=True)
class Told:
    """The names of the rows' groups on one level, and the rows of which that is not sure."""

    names: tuple[str | None, ...]
    unsure: frozenset[int]


def told(rows: Sequence[Extent], ones: Sequence[Mark], twos: Sequence[Mark]) -> tuple[Told, Told]:
    """The groups of level one and of level two; where labels are not at the middle of their rows, at their top."""
    middle = _read(rows, ones, twos, False)
    if middle[2] <= POOR:
        return middle[:2]
    return min(middle, _read(rows, ones, twos, True), key=lambda found: found[2])[:2]


def _read(rows: Sequence[Extent], ones: Sequence[Mark], twos: Sequence[Mark], at_top: bool) -> tuple[Told, Told, float]:
    """The groups of level one and of level two, and what they cost."""
    above = [mark.above for mark in twos]
    if ones and twos and None not in above and _names(ones) == [name for name, _ in groupby(above)]:
        return _Both(rows, twos, ones, at_top).told()
    _, first, cost = _Both(rows, ones, (), at_top).told()
    _, second, more = _Both(rows, twos, (), at_top).told()
    return first, second, cost + more


def _names(marks: Sequence[Mark]) -> list[str]:
    return [name for name, _ in groupby(mark.name for mark in marks)]


@dataclass(slots=True)
class _Both:
    """The rows, the labels that part them, and the labels of the level above, if they are told with them; ``at_top``
    where labels stand at the top of their rows."""

    rows: Sequence[Extent]
    labels: Sequence[Mark]
    above: Sequence[Mark]
    at_top: bool

    def told(self) -> tuple[Told, Told, float]:
        """The groups of the level above and of the labels, and what they cost."""
        count = len(self.rows)
        nothing = Told((None,) * count, frozenset())
        if not self.labels or not count:
            return nothing, nothing, 0.0
        if count * count * len(self.labels) > STRETCHES:
            near = [min(self.labels, key=lambda mark: abs(mark.middle - (row.top + row.bottom) / 2)) for row in self.rows]
            every = frozenset(range(count))
            return Told(tuple(mark.above for mark in near), every), Told(tuple(mark.name for mark in near), every), 0.0
        steps = [self._stretches(mark, at) for at, mark in enumerate(self.labels)]
        ahead = self._ahead(steps)
        back = self._back(steps, ahead)
        through: list[dict[tuple[int, int], float]] = []
        for at, own in enumerate(steps):
            costs: dict[tuple[int, int], float] = {}
            for (first, begun), before in ahead[at].items():
                for end, cost in own.get(first, ()):
                    fresh, closing = self._begun(at, first, begun)
                    whole = before + closing + cost + back[at + 1].get((end, fresh), FAR)
                    costs[first, end] = min(whole, costs.get((first, end), FAR))
            through.append(costs)
        return self._judged(through, [mark.above for mark in self.labels]), self._judged(through, [mark.name for mark in self.labels]), back[0][0, 0]

    def _judged(self, through: Sequence[Mapping[tuple[int, int], float]], names: Sequence[str | None]) -> Told:
        """For each row the name of the cheapest reading; it is not sure where one with another name is as cheap."""
        found: list[str | None] = []
        unsure: set[int] = set()
        for row in range(len(self.rows)):
            best: dict[str | None, tuple[float, int]] = {}
            for name, mark, costs in zip(names, self.labels, through, strict=True):
                own = min((cost for (first, end), cost in costs.items() if first <= row < end), default=FAR)
                best[name] = min((own, mark.page), best.get(name, (FAR, mark.page)))
            ordered = sorted(best, key=lambda name: best[name][0])
            found.append(ordered[0])
            away = best[ordered[0]][1] != self.rows[row].page
            if len(ordered) > 1 and best[ordered[1]][0] - best[ordered[0]][0] < (AWAY if away else CLOSE):
                unsure.add(row)
        return Told(tuple(found), frozenset(unsure))

    def _stretches(self, mark: Mark, at: int) -> dict[int, list[tuple[int, float]]]:
        """By where it begins, where the rows of a label may end, with the cost."""
        count = len(self.rows)
        skipped = AGAIN if any(other.name == mark.name for other in self.labels[max(0, at - 1) : at + 2] if other is not mark) else SKIPPED
        found: dict[int, list[tuple[int, float]]] = {first: [(first, skipped)] for first in range(count + 1)}
        every = [(self._cost(first, end, mark, False), first, end) for first in range(count) for end in range(first + 1, count + 1)]
        worst = max(WORST, min(every)[0] + 1.0)
        for cost, first, end in every:
            if cost <= worst:
                found[first].append((end, cost))
        return found

    def _cost(self, first: int, end: int, mark: Mark, whole: bool) -> float:
        """What it costs that a label stands where it does beside these rows; ``whole`` where the group is as high as all
        rows up to the next."""
        own = self.rows[first:end]
        bottom = own[-1].then if whole else own[-1].bottom
        here = [row for row in own if row.page == mark.page]
        if self.at_top:
            return mark.off(own[0].first + (len(mark.lines) - 1) / 2, 1)
        if not here:
            return ELSEWHERE + mark.off((own[0].top + bottom) / 2, len(own))
        cost = mark.off((own[0].top + bottom) / 2, len(own))
        if len(here) < len(own):
            cost = min(cost, PART + mark.off((here[0].top + here[-1].bottom) / 2, len(here)))
        if here[-1].last:
            cost = min(cost, AT_TOP + mark.off(here[0].first + (len(mark.lines) - 1) / 2, 1))
        return cost

    def _above(self, first: int, end: int, name: str | None) -> float:
        """What the rows of a group of the level above cost."""
        marks = [mark for mark in self.above if mark.name == name]
        return min((self._cost(first, end, mark, True) for mark in marks), default=ALONE) if first < end else 0.0

    def _begun(self, at: int, first: int, begun: int) -> tuple[int, float]:
        """Where the group of the level above begins that this label stands in, and what the one before it costs."""
        if not self.above or (at and self.labels[at - 1].above == self.labels[at].above):
            return begun, 0.0
        return first, self._above(begun, first, self.labels[at - 1].above) if at else 0.0

    def _ahead(self, steps: Sequence[Mapping[int, list[tuple[int, float]]]]) -> list[dict[tuple[int, int], float]]:
        """[label]: the least cost of the labels before it, by the row they end at and where the level above began."""
        best: list[dict[tuple[int, int], float]] = [{(0, 0): 0.0}]
        for at, own in enumerate(steps):
            then: dict[tuple[int, int], float] = {}
            for (first, begun), before in best[-1].items():
                fresh, closing = self._begun(at, first, begun)
                for end, cost in own.get(first, ()):
                    then[end, fresh] = min(before + closing + cost, then.get((end, fresh), FAR))
            best.append(then)
        return best

    def _back(self, steps: Sequence[Mapping[int, list[tuple[int, float]]]], ahead: Sequence[Mapping[tuple[int, int], float]]) -> list[dict[tuple[int, int], float]]:
        """[label]: the least cost of this label and those behind it, by the same."""
        count = len(self.rows)
        best = [{(end, begun): self._above(begun, count, self.labels[-1].above) if self.above else 0.0 for end, begun in ahead[-1] if end == count}]
        for at in range(len(steps) - 1, -1, -1):
            now: dict[tuple[int, int], float] = {}
            for first, begun in ahead[at]:
                fresh, closing = self._begun(at, first, begun)
                now[first, begun] = closing + min((cost + best[0].get((end, fresh), FAR) for end, cost in steps[at].get(first, ())), default=FAR)
            best.insert(0, now)
        return best
