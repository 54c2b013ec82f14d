"""The columns of words in a text laid out in columns, by what stands near them.

A part of a page may stand further left or right than the rest of it, but on lines that are near each other what
stands below a word is in its column, and what stands right of it is in none before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xltool.recovery.laid_columns import Cost, Ruler, spread, wavering
from xltool.recovery.laid_list import Measure
from xltool.recovery.laid_words import Row, Word, set_off

NEAR = (1.0, 0.5, 0.25)
"""How much a word says of another so many lines above or below."""
BESIDE, BELOW = 2.4, 0.8
"""What it costs that a word stands left of one of an earlier column, or right of one of a later; and that a word
stands below one of another column."""
ROUNDS = 4
LEFT, RIGHT, SAME = -1, 1, 0
Side = tuple[int, int, float]
"""A word near another: its number, on which side the other stands of it, and how much it says."""


@dataclass(frozen=True, slots=True)
class Parts:
    """For each line the words of each column; those that may stand in another column, by their numbers, with it."""

    cells: list[list[list[Word]]]
    wavering: Mapping[int, int]


def by_column(measure: Measure, at: Mapping[int, Ruler], rows: Sequence[Row]) -> Parts:
    """The words of each column, line by line."""
    nothing = [0.0] * len(measure.columns)
    found = [_spread(measure, at, row, {word.number: nothing for word in row.words}) for row in rows]
    near = _near(rows)
    column = {word.number: number for cells in found for number, own in enumerate(cells) for word in own}
    changed = set(range(len(rows)))
    for _ in range(ROUNDS):
        again: set[int] = set()
        for line in sorted({other for one in changed for other in range(max(0, one - len(NEAR)), min(len(rows), one + len(NEAR) + 1))}):
            row = rows[line]
            costs = {word.number: _costs(near[word.number], column, len(measure.columns)) for word in row.words}
            cells = _spread(measure, at, row, costs)
            if cells != found[line]:
                found[line] = cells
                column |= {word.number: number for number, own in enumerate(cells) for word in own}
                again.add(line)
        changed = again
    waver: dict[int, int] = {}
    for row in rows:
        costs = {word.number: _costs(near[word.number], column, len(measure.columns)) for word in row.words}
        waver |= {word.number: other for word, other in wavering(at[row.page], row.words, _cost(measure, costs)) if not _inside(word, row, column)}
    return Parts(found, waver)


def _inside(word: Word, row: Row, column: Mapping[int, int]) -> bool:
    """True for digits that only the blanks around them part from the letters of their cell."""
    at = row.words.index(word)
    then = row.words[at + 1] if at + 1 < len(row.words) else None
    return then is not None and set_off(word, then) and not then.wide and word.text.isdigit() and column[then.number] == column[word.number]


def _spread(measure: Measure, at: Mapping[int, Ruler], row: Row, costs: Mapping[int, Sequence[float]]) -> list[list[Word]]:
    """The words of each column on one line; ``costs`` are those of each word by what stands near it."""
    return spread(at[row.page], row.words, _cost(measure, costs))


def _cost(measure: Measure, costs: Mapping[int, Sequence[float]]) -> Cost:
    return lambda word, column: measure.cost(word, column, False) + costs[word.number][column]


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


def _costs(near: Sequence[Side], column: Mapping[int, int], count: int) -> list[float]:
    """What it costs by the words near it that a word stands in each of the columns."""
    found = [0.0] * count
    for number, side, weight in near:
        own = column[number]
        for at in range(count):
            if side == SAME:
                found[at] += BELOW * weight * (at != own)
            elif (side == RIGHT and at < own) or (side == LEFT and at > own):
                found[at] += BESIDE * weight
    return found
