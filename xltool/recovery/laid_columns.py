"""Where the cells of rows of one build part, in a text laid out in columns: the cheapest borders between their words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate

from xltool.recovery.laid_words import Word, apart

CROSSED, TIGHT, WITHIN = 2.0, 0.25, 1.0
"""What a word costs that reaches over a border, a border with but one blank on it, and several blanks inside a column."""
MOVED, MOST = 0.05, 1.0
"""What each place costs by which a column begins elsewhere than on the page before, and the most of it."""
FAR = 1e9
Cost = Callable[[Word, int], float]
"""What it costs that a word stands in a column (from 0)."""


def borders(words: Sequence[Word], count: int, cost: Cost, before: Sequence[int] = ()) -> list[int]:
    """Where each of ``count`` columns begins; a word stands in the last column that begins at or before it.

    ``before`` are the borders of the page before.
    """
    starts = sorted({word.x for word in words})
    if count == 1 or not starts:
        return [0] * count
    edges = [*starts, starts[-1] + 1000]
    crossing, within = _crossing(words, edges), _within(words, edges)
    best = [[FAR] * len(edges) for _ in range(count + 1)]
    back = [[0] * len(edges) for _ in range(count + 1)]
    best[0][0] = 0.0
    for column in range(count):
        sums = _sums(words, starts, column, cost)
        last = column == count - 1
        for begin in range(len(edges)):
            base = best[column][begin]
            if base >= FAR:
                continue
            moved = min(MOST, MOVED * abs(edges[begin] - before[column])) if before and column else 0.0
            for end in [len(edges) - 1] if last else range(begin, len(edges)):
                total = base + sums[end] - sums[begin] + within[begin][end] + moved + (0.0 if last else crossing[end])
                if total < best[column + 1][end]:
                    best[column + 1][end], back[column + 1][end] = total, begin
    found = []
    at = len(edges) - 1
    for column in range(count, 0, -1):
        at = back[column][at]
        found.append(edges[at])
    return found[::-1]


def _sums(words: Sequence[Word], starts: Sequence[int], column: int, cost: Cost) -> list[float]:
    """What the words before each edge cost in a column, together."""
    inside = [0.0] * len(starts)
    for word in words:
        inside[bisect_left(starts, word.x)] += cost(word, column)
    return [0.0, *accumulate(inside)]


def _crossing(words: Sequence[Word], edges: Sequence[int]) -> list[float]:
    """For each edge what the words that reach over it cost, and those that stand close at it."""
    found = [0.0] * len(edges)
    before: Word | None = None
    for word in sorted(words, key=lambda word: (word.line, word.x)):
        first = bisect_left(edges, word.x)
        if before and before.line == word.line and not apart(before, word):
            found[first] += TIGHT
        before = word
        for at in range(first + 1, bisect_left(edges, word.end)):
            found[at] += CROSSED
    return found


def _within(words: Sequence[Word], edges: Sequence[int]) -> list[list[float]]:
    """[begin][end]: what it costs that words of one line, parted by several blanks, stand in one column."""
    found = [[0.0] * len(edges) for _ in edges]
    ordered = sorted(words, key=lambda word: (word.line, word.x))
    for word, then in zip(ordered, ordered[1:], strict=False):
        if word.line == then.line and apart(word, then):
            found[bisect_left(edges, word.x)][bisect_right(edges, then.x)] += WITHIN
    for begin in range(len(edges) - 2, -1, -1):
        row = 0.0
        for end in range(len(edges)):
            row += found[begin][end]
            found[begin][end] = row + (found[begin + 1][end])
    return found


def spread(begins: Sequence[int], words: Sequence[Word]) -> list[list[Word]]:
    """The words of each column, those of one line; a word that stands apart in a column goes to a free one beside it."""
    found: list[list[Word]] = [[] for _ in begins]
    for word in words:
        found[column_at(begins, word.x)].append(word)
    for at, own in enumerate(found):
        cut = next((number for number in range(1, len(own)) if apart(own[number - 1], own[number])), 0)
        if cut and at + 1 < len(found) and not found[at + 1]:
            found[at], found[at + 1] = own[:cut], own[cut:]
        elif cut and at and not found[at - 1]:
            found[at - 1], found[at] = own[:cut], own[cut:]
    return found


def column_at(begins: Sequence[int], x: int) -> int:
    """The column that a word which begins at ``x`` stands in."""
    return max(0, bisect_right(begins, x) - 1)
