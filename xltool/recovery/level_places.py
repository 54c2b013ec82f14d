"""Levels by where they stand on the page: in a text laid out in columns a label stands at the middle of its rows.

A page cuts a group: its label may stand again on the next page, or only on one of the two.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

FAR = 1e9
MOST = 500_000
"""So many stretches are weighed on a page at most; on one with more each row goes to the nearest label, with a doubt."""
AT_TOP = 0.4
"""What it costs that the label of the last group on a page stands at its top."""
CARRY, AHEAD, CLOSE, STRANGE = 1.0, 4.0, 1.3, 0.6
"""What it costs that rows at the begin of a page belong to the last group of the page before, and that
rows at its end belong to the first of the page after; each row adds a little."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Something on a page: its page, its line (its last one where it has several), and for a label its name."""

    page: int
    line: float
    name: str = ""
    above: str = ""
    last: float | None = None
    top: float | None = None
    """The first line of a label; none where its rows are always around it."""

    @property
    def bottom(self) -> float:
        return self.line if self.last is None else self.last


class Placed(NamedTuple):
    """The level two of each row (none where heights do not tell them), the rows of which that is not sure, and those of
    them on pages where no label stands between two rows; ``uneven``: rows are not equally high, so counting them does not
    tell where the middle of some is; ``off``: how many lines the furthest label is from
    the middle of its rows; ``counted``: heights are counted in the lines of a stream, so what the order of the labels tells
    otherwise is not sure."""

    names: Sequence[str | None] = ()
    unsure: frozenset[int] = frozenset()
    rounded: frozenset[int] = frozenset()
    uneven: bool = True
    off: float = 0.0
    counted: bool = False


NOWHERE = Placed()
"""Where heights tell nothing."""


def names(rows: Sequence[Spot], labels: Sequence[Spot], close: Mapping[int, float] | None = None) -> tuple[list[str | None], set[int]]:
    """For each row the name of the label whose group it stands in, and the rows of which that is not sure: of which
    another costs not ``close`` more.

    A row's own ``name`` is the level one that it seems to stand under, a label's ``above`` the one it belongs to.
    """
    found: list[str | None] = [None] * len(rows)
    unsure: set[int] = set()
    before: str | None = None
    pages = sorted({row.page for row in rows})
    for page in pages:
        numbers = [number for number, row in enumerate(rows) if row.page == page]
        own = sorted((label for label in labels if label.page == page), key=lambda label: label.line)
        after = next((label.name for later in pages if later > page for label in sorted(labels, key=lambda one: one.line) if label.page == later), None)
        given, loose = _Page([rows[number] for number in numbers], own, before, after, (close or {}).get(page, CLOSE)).read()
        for number, name in zip(numbers, given, strict=True):
            found[number] = name
        unsure.update(numbers[at] for at in loose)
        before = given[-1] if given else before
    return found, unsure


@dataclass(slots=True)
class _Page:
    """One page: its rows, its labels in order, and the names that the pages before and after speak of."""

    rows: list[Spot]
    labels: list[Spot]
    before: str | None
    after: str | None
    close: float

    def read(self) -> tuple[list[str | None], set[int]]:
        """The names of the rows in contiguous stretches, one for each label, each centred on it; the rows not sure."""
        count, width = len(self.rows), len(self.labels)
        if not self.labels:
            return [self.before or self.after] * count, set()
        if count * count * width > MOST:
            return [min(self.labels, key=lambda label: abs(label.line - row.line)).name for row in self.rows], set(range(count))
        ahead, back = self._ahead(), self._back()
        total = min(ahead[width][end] + back[width][end] for end in range(count + 1))
        cheapest = [[FAR] * (width + 2) for _ in range(count)]
        for at in range(width + 2):
            for first, end, cost in self._stretches(at):
                whole = (ahead[at - 1][first] if at else 0.0) + cost + (back[at][end] if at <= width else 0.0)
                for row in range(first, end):
                    cheapest[row][at] = min(cheapest[row][at], whole)
        given, unsure = [], set()
        for row, costs in enumerate(cheapest):
            ordered = sorted(range(width + 2), key=costs.__getitem__)
            given.append(self._name(ordered[0]))
            if costs[ordered[1]] - total < self.close and self._name(ordered[1]) != given[-1]:
                unsure.add(row)
        return given, unsure

    def _name(self, at: int) -> str | None:
        return self.before if at == 0 else self.after if at > len(self.labels) else self.labels[at - 1].name

    def _stretches(self, at: int) -> Iterator[tuple[int, int, float]]:
        """The stretches of rows that stretch number ``at`` may be, with their cost: 0 is carried over, the last belongs ahead."""
        count, width = len(self.rows), len(self.labels)
        if at == 0:
            yield from ((0, end, CARRY + 0.2 * end if end else 0.0) for end in range(count + 1 if self.before else 1))
        elif at > width:
            yield from ((first, count, AHEAD + count - first if first < count else 0.0) for first in range(0 if self.after else count, count + 1))
        else:
            label = self.labels[at - 1]
            edge = (at == 1 and label.name == self.before) or (at == width and label.name == self.after)
            for first in range(count):
                for end in range(first + 1, count + 1):
                    off = _off(self.rows[first:end], label) * (0.3 if edge else 1.0)
                    yield first, end, min(off, _below(self.rows[first:end], label)) if end == count and at == width else off

    def _ahead(self) -> list[list[float]]:
        """[stretch][row]: the least cost of the stretches up to this one, ending before the row."""
        best = [[FAR] * (len(self.rows) + 1) for _ in range(len(self.labels) + 1)]
        for at in range(len(self.labels) + 1):
            for first, end, cost in self._stretches(at):
                whole = cost + (best[at - 1][first] if at else 0.0)
                best[at][end] = min(best[at][end], whole)
        return best

    def _back(self) -> list[list[float]]:
        """[stretch][row]: the least cost of the stretches after this one, from the row on."""
        width, count = len(self.labels), len(self.rows)
        best = [[FAR] * (count + 1) for _ in range(width + 1)]
        for at in range(width, -1, -1):
            for first, end, cost in self._stretches(at + 1):
                whole = cost + (best[at + 1][end] if at < width else 0.0)
                best[at][first] = min(best[at][first], whole)
        return best


def _off(rows: Sequence[Spot], label: Spot) -> float:
    """How many lines the middle of the rows is from the label, and a little for each row that seems to stand elsewhere."""
    strange = sum(bool(row.name and label.above and row.name != label.above) for row in rows)
    return abs((rows[0].line + rows[-1].bottom) / 2 - label.line) + STRANGE * strange


def _below(rows: Sequence[Spot], label: Spot) -> float:
    """What it costs that a label stands at the top of its rows, as that of a group which a page cuts does."""
    if label.top is None:
        return FAR
    strange = sum(bool(row.name and label.above and row.name != label.above) for row in rows)
    return AT_TOP + abs(rows[0].line + 0.5 - label.top) + STRANGE * strange
