"""Pairs from scores: the best pairing as a whole, and what of an order stays where it was."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher

Pair = tuple[int, int]
LARGEST = 150
"""Nodes that compete for each other up to which the best pairing is worked out; of more the best pair goes first."""


def equal_pairs(first: Sequence[Hashable], second: Sequence[Hashable]) -> dict[int, int]:
    """Pairs of what is equal: those in the same order first, so that of three equal rows the first stays the first."""
    found: dict[int, int] = {}
    for block in SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks():
        found |= {block.a + at: block.b + at for at in range(block.size)}
    taken = set(found.values())
    free: dict[Hashable, list[int]] = {}
    for at, sign in reversed(list(enumerate(second))):
        if at not in taken:
            free.setdefault(sign, []).append(at)
    for at, sign in enumerate(first):
        if at not in found and free.get(sign):
            found[at] = free[sign].pop()
    return found


def best_pairs(scores: Mapping[Pair, float]) -> dict[int, int]:
    """The pairs whose scores add up to most, each side used once; pairs that may not be are left out of ``scores``."""
    found: dict[int, int] = {}
    for rows, columns in _competing(scores):
        if max(len(rows), len(columns)) > LARGEST:
            found |= _greedy({pair: scores[pair] for row in rows for pair in ((row, column) for column in columns) if pair in scores})
        else:
            found |= _optimal(rows, columns, scores)
    return found


def _competing(scores: Mapping[Pair, float]) -> Iterator[tuple[list[int], list[int]]]:
    """The parts of the problem that have nothing to do with each other: rows and columns."""
    by_row: dict[int, list[int]] = {}
    by_column: dict[int, list[int]] = {}
    for row, column in scores:
        by_row.setdefault(row, []).append(column)
        by_column.setdefault(column, []).append(row)
    seen: set[int] = set()
    for start in sorted(by_row):
        if start in seen:
            continue
        rows, columns, waiting = {start}, set[int](), [start]
        while waiting:
            for column in by_row[waiting.pop()]:
                columns.add(column)
                waiting += [row for row in by_column[column] if row not in rows]
                rows.update(by_column[column])
        seen |= rows
        yield sorted(rows), sorted(columns)


def _greedy(scores: Mapping[Pair, float]) -> dict[int, int]:
    found: dict[int, int] = {}
    taken: set[int] = set()
    for row, column in sorted(scores, key=lambda pair: (-scores[pair], abs(pair[0] - pair[1]), pair)):
        if row not in found and column not in taken:
            found[row] = column
            taken.add(column)
    return found


def _optimal(rows: Sequence[int], columns: Sequence[int], scores: Mapping[Pair, float]) -> dict[int, int]:
    """The Hungarian method on costs −score; what is not in ``scores`` costs nothing and is no pair."""
    if len(rows) == 1 or len(columns) == 1:
        return _greedy({(row, column): scores[row, column] for row in rows for column in columns if (row, column) in scores})
    size = max(len(rows), len(columns))
    cost = [[0.0] * size for _ in range(size)]
    for at, row in enumerate(rows):
        for over, column in enumerate(columns):
            cost[at][over] = -scores.get((row, column), 0.0)
    chosen = _hungarian(cost)
    pairs = [(rows[at], columns[over]) for at, over in enumerate(chosen) if at < len(rows) and over < len(columns)]
    return {row: column for row, column in pairs if (row, column) in scores}


def _hungarian(cost: Sequence[Sequence[float]]) -> list[int]:
    """For each row of a square of costs its column, so that they cost least together (Kuhn and Munkres, O(n³))."""
    size = len(cost)
    above, left = [0.0] * (size + 1), [0.0] * (size + 1)
    owner = [0] * (size + 1)
    for row in range(1, size + 1):
        owner[0] = row
        _grow(cost, above, left, owner)
    chosen = [0] * size
    for column in range(1, size + 1):
        chosen[owner[column] - 1] = column - 1
    return chosen


def _grow(cost: Sequence[Sequence[float]], above: list[float], left: list[float], owner: list[int]) -> None:
    """One more row finds its column: ``owner`` of a column is its row, 0 has the row that is new."""
    size = len(cost)
    least, way, used = [float("inf")] * (size + 1), [0] * (size + 1), [False] * (size + 1)
    column = 0
    while owner[column]:
        used[column] = True
        row, delta, following = owner[column], float("inf"), 0
        for other in range(1, size + 1):
            if used[other]:
                continue
            reduced = cost[row - 1][other - 1] - left[row] - above[other]
            if reduced < least[other]:
                least[other], way[other] = reduced, column
            if least[other] < delta:
                delta, following = least[other], other
        for other in range(size + 1):
            if used[other]:
                left[owner[other]] += delta
                above[other] -= delta
            else:
                least[other] -= delta
        column = following
    while column:
        before = way[column]
        owner[column] = owner[before]
        column = before


def staying(order: Sequence[int]) -> set[int]:
    """The places of a longest run of ``order`` that only rises: the fewest others have moved."""
    tails: list[int] = []
    ends: list[int] = []
    before = [-1] * len(order)
    for at, value in enumerate(order):
        place = bisect_left(tails, value)
        if place == len(tails):
            tails.append(value)
            ends.append(at)
        else:
            tails[place], ends[place] = value, at
        before[at] = ends[place - 1] if place else -1
    kept: set[int] = set()
    at = ends[-1] if ends else -1
    while at >= 0:
        kept.add(at)
        at = before[at]
    return kept
