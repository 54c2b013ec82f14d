"""The columns of words in a text laid out in columns, by what stands near them.

A part of a page may stand further left or right than the rest of it, but on lines that are near each other what
stands below a word is in its column, and what stands right of it is in none before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xltool.recovery.laid_columns import Cost, Ruler, astray, cost_of, spread, wavering
from xltool.recovery.laid_list import GROUP, Measure
from xltool.recovery.laid_words import Row, Word, set_off

NEAR = (1.0, 0.5, 0.25)
"""How much a word says of another so many lines above or below."""
BESIDE, BELOW, APART = 2.4, 0.8, 2.4
"""What it costs that a word stands left of one of an earlier column, or right of one of a later; that a word stands
below one of another column; and that labels of one column stand beside each other: they are centred."""
BOUND = 4.0
"""What it costs that a part of a label stands in another column than its label."""
UNSURE = 1.2
"""A label may stand in another column where that costs hardly more."""
ROUNDS = 4
LEFT, RIGHT, SAME = -1, 1, 0
Side = tuple[int, int, float]
"""A word near another: its number, on which side the other stands of it, and how much it says."""


@dataclass(frozen=True, slots=True)
class Parts:
    """For each line the words of each column; those that may stand in another column, by their numbers, with it."""

    cells: list[list[list[Word]]]
    wavering: Mapping[int, int]
    near: Near


def by_column(measure: Measure, at: Mapping[int, Ruler], rows: Sequence[Row]) -> Parts:
    """The words of each column, line by line."""
    near = Near(measure, at, rows, [one.kind == GROUP for one in measure.columns], _near(rows), {}, {}, {})
    found = [near.spread(row, False) for row in rows]
    near.column = {word.number: number for cells in found for number, own in enumerate(cells) for word in own}
    near.relax(found)
    if measure.labels:
        near.bind()
        near.relax(found)
    return Parts(found, near.wavering(), near)


@dataclass(slots=True)
class Near:
    """The lines of a list with the columns of their words: ``groups`` says which columns hold labels, ``near`` what
    stands near each word, ``column`` where each stands, ``bound`` where the parts of labels belong,
    ``unsure`` in which other column they may stand."""

    measure: Measure
    at: Mapping[int, Ruler]
    rows: Sequence[Row]
    groups: Sequence[bool]
    near: Mapping[int, Sequence[Side]]
    column: dict[int, int]
    bound: dict[int, int]
    unsure: dict[int, int]

    def relax(self, found: list[list[list[Word]]]) -> None:
        """Puts the words of each line where they stand best by those near them, until none moves."""
        changed = set(range(len(self.rows)))
        for _ in range(ROUNDS):
            again: set[int] = set()
            for line in sorted({other for one in changed for other in range(max(0, one - len(NEAR)), min(len(self.rows), one + len(NEAR) + 1))}):
                cells = self.spread(self.rows[line], True)
                if cells != found[line]:
                    found[line] = cells
                    self.column |= {word.number: number for number, own in enumerate(cells) for word in own}
                    again.add(line)
            changed = again

    def spread(self, row: Row, near: bool) -> list[list[Word]]:
        """The words of each column on one line; with ``near`` by what stands near them too."""
        return spread(self.at[row.page], row.words, self._cost(row) if near else lambda word, column: self.measure.cost(word, column, False))

    def cost(self, row: Row) -> float:
        """What it costs that the words of a line stand where they do."""
        return cost_of(self.at[row.page], row.words, [self.column[word.number] for word in row.words], self._cost(row))

    def bind(self) -> None:
        """Puts each label that stands on several lines into the column in which its parts stand best together."""
        for words in self.measure.labels:
            own = {word.number for word in words}
            costs = [0.0] * len(self.groups)
            for word in words:
                beside = _costs([one for one in self.near[word.number] if one[0] not in own], self.column, self.groups)
                for at in range(len(costs)):
                    costs[at] += beside[at] + self.measure.cost(word, at, False) + astray(self.at[word.page].begins, at, word.x, False)
            best = sorted((at for at, group in enumerate(self.groups) if group), key=costs.__getitem__)
            self.bound |= {number: best[0] for number in own if best}
            if len(best) > 1 and costs[best[1]] - costs[best[0]] < UNSURE:
                self.unsure |= dict.fromkeys(own, best[1])

    def wavering(self) -> dict[int, int]:
        """The words that may stand in another column, by their numbers, with it."""
        found = dict(self.unsure)
        for row in self.rows:
            found |= {word.number: other for word, other in wavering(self.at[row.page], row.words, self._cost(row)) if not _inside(word, row, self.column)}
        return found

    def _cost(self, row: Row) -> Cost:
        costs = {word.number: _costs(self.near[word.number], self.column, self.groups) for word in row.words}
        return lambda word, column: self.measure.cost(word, column, False) + costs[word.number][column] + BOUND * (self.bound.get(word.number, column) != column)


def _inside(word: Word, row: Row, column: Mapping[int, int]) -> bool:
    """True for digits that only the blanks around them part from the letters of their cell."""
    at = row.words.index(word)
    then = row.words[at + 1] if at + 1 < len(row.words) else None
    return then is not None and set_off(word, then) and not then.wide and word.text.isdigit() and column[then.number] == column[word.number]


def _near(rows: Sequence[Row]) -> dict[int, list[Side]]:
    """For each word those near it."""
    found: dict[int, list[Side]] = {word.number: [] for row in rows for word in row.words}
    for at, row in enumerate(rows):
        for then in rows[at + 1 : at + 1 + len(NEAR)]:
            if then.page != row.page or then.line - row.line > len(NEAR):
                break
            weight = NEAR[then.line - row.line - 1]
            for word in row.words:
                for other in then.words:
                    side = _side(word, other)
                    if side is not None:
                        found[other.number].append((word.number, side, weight))
                        found[word.number].append((other.number, -side, weight))
    return found


def _side(word: Word, other: Word) -> int | None:
    """On which side of a word another stands; none where that is not plain."""
    if other.x >= word.end:
        return RIGHT
    if other.end <= word.x:
        return LEFT
    overlap = min(word.end, other.end) - max(word.x, other.x)
    return SAME if 2 * overlap > min(word.end - word.x, other.end - other.x) else None


def _costs(near: Sequence[Side], column: Mapping[int, int], groups: Sequence[bool]) -> list[float]:
    """What it costs by the words near it that a word stands in each of the columns; ``groups`` says which hold labels."""
    count = len(groups)
    found = [0.0] * count
    for number, side, weight in near:
        own = column[number]
        if side != SAME and groups[own]:
            found[own] += APART * weight
        for at in range(count):
            if side == SAME:
                found[at] += BELOW * weight * (at != own)
            elif (side == RIGHT and at < own) or (side == LEFT and at > own):
                found[at] += BESIDE * weight
    return found
