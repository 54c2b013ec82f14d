"""Where the cells of rows of one build part, in a text laid out in columns: the cheapest borders between their words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from types import MappingProxyType

from xltool.recovery.grid_values import TICKS
from xltool.recovery.laid_words import Word, apart, bracketed, set_off

CROSSED, REACH, TIGHT, WITHIN = 2.0, 0.5, 0.25, 1.5
"""What a word costs that reaches over a border, and each place by which it does; a border with but one blank on it, and several blanks inside a column."""
MOVED, MOST = 0.05, 1.0
"""What each place costs by which a column begins elsewhere than on the page before, and the most of it."""
OUTSIDE, OFF, STRAYED, TOGETHER, WIDELY, INDENTED = 0.8, 0.2, 1.8, 2.5, 5.0, 1.2
"""What a word costs that begins outside its column, each place by which it does, the most of it; two words apart in one cell's line, and with several blanks between them;
a line that begins far from where those of its column do."""
SET_OFF = 0.8
"""What it costs that a cell begins behind a blank that typesetters put between Chinese and other characters."""
EMPTY, LACKING, UNUSUAL = 1.3, 3.0, 2.0
"""What it costs that a column has no word on a line where it should have one, none on a whole page, and none on a page where it
has some on those before."""
WAVERS, SLACK = 0.9, 2.0
"""A word is doubted that stands in another column for so much more; where its own costs differ by so much none is."""
OPEN = 3.0
"""What it costs that a cell ends between the two halves of a pair of brackets."""
DEEP = 5
"""So far from its column's left edge no line begins, though rows may be moved a little."""
MOVE = 3
"""So far a few rows are moved sideways."""
ASIDE = 1.0
"""What it costs that the ticks of a column stand at two places: each is in the middle of its cell."""
MOSTLY = 0.6
"""A column has a left edge where so many of its lines begin."""
FAR = 1e9
Cost = Callable[[Word, int], float]
"""What it costs that a word stands in a column (from 0)."""


@dataclass(frozen=True, slots=True)
class Ruler:
    """Where each column begins, and where its lines do if most begin at one place."""

    begins: tuple[int, ...]
    left: tuple[int | None, ...]


def ruler(words: Sequence[Word], count: int, cost: Cost, before: Ruler | None = None, flush: Collection[int] = (), deep: float = 0.0, pairs: Collection[tuple[int, int]] = (), usual: Collection[int] = ()) -> Ruler:
    """The columns of these words; ``before`` are those of the page before, ``flush`` are columns whose lines may begin
    at one place, ``deep`` is what it costs that a line begins far inside a column; of ``pairs`` of columns the first
    has words where the second has; the columns ``usual`` have words on the pages before."""
    wanted = dict.fromkeys(usual, UNUSUAL)
    begins = borders(words, count, cost, before.begins if before else (), deep, wanted)
    while lacking := _lacking(begins, words, pairs) - {column for column, least in wanted.items() if least == LACKING}:
        wanted |= dict.fromkeys(lacking, LACKING)
        begins = borders(words, count, cost, before.begins if before else (), deep, wanted)
    firsts: list[dict[int, int]] = [{} for _ in begins]
    last = (-1, -1)
    for word in sorted(words, key=lambda word: (word.line, word.x)):
        column = max(0, bisect_right(begins, word.x) - 1)
        if (word.line, column) != last:
            firsts[column][word.x] = firsts[column].get(word.x, 0) + 1
        last = (word.line, column)
    left = [max(own, key=lambda x: (own[x], -x)) if own else -1 for own in firsts]
    return Ruler(tuple(begins), tuple(x if column in flush and _flush(own, x) else None for column, (x, own) in enumerate(zip(left, firsts, strict=True))))


def _lacking(begins: Sequence[int], words: Sequence[Word], pairs: Collection[tuple[int, int]]) -> set[int]:
    """The columns without words of which those behind have some."""
    held = {bisect_right(begins, word.x) - 1 for word in words}
    return {first for first, second in pairs if second in held and first not in held}


def _flush(begins: Mapping[int, int], left: int) -> bool:
    """True where most lines of a column begin at one place, or hardly beside it."""
    near = sum(count for x, count in begins.items() if abs(x - left) <= MOVE)
    return begins.get(left, 0) > 2 and near > MOSTLY * sum(begins.values())


def borders(words: Sequence[Word], count: int, cost: Cost, before: Sequence[int] = (), deep: float = 0.0, wanted: Mapping[int, float] = MappingProxyType({})) -> list[int]:
    """Where each of ``count`` columns begins; a word stands in the last column that begins at or before it.

    ``before`` are the borders of the page before; ``wanted`` is what it costs that a column has no words.
    """
    starts = sorted({word.x for word in words})
    if count == 1 or not starts:
        return [0] * count
    edges = [*starts, starts[-1] + 1000]
    crossing, within = _crossing(words, edges), _within(words, edges)
    inner = _inner(words) if deep else []
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
                if begin == end and column in wanted:
                    total += wanted[column]
                if deep:
                    total += deep * max(0, bisect_left(inner, edges[end]) - bisect_right(inner, edges[begin] + DEEP))
                if total < best[column + 1][end]:
                    best[column + 1][end], back[column + 1][end] = total, begin
    found = []
    at = len(edges) - 1
    for column in range(count, 0, -1):
        at = back[column][at]
        found.append(edges[at])
    return found[::-1]


def _inner(words: Sequence[Word]) -> list[int]:
    """Where the lines begin, in order."""
    firsts: dict[int, int] = {}
    for word in words:
        firsts[word.line] = min(word.x, firsts.get(word.line, word.x))
    return sorted(firsts.values())


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
            found[at] += min(CROSSED, REACH * (word.end - edges[at]))
    return found


def _within(words: Sequence[Word], edges: Sequence[int]) -> list[list[float]]:
    """[begin][end]: what it costs that words of one line, parted by several blanks, stand in one column, and ticks that
    do not stand below each other."""
    found = [[0.0] * len(edges) for _ in edges]
    ordered = sorted(words, key=lambda word: (word.line, word.x))
    for word, then in zip(ordered, ordered[1:], strict=False):
        if word.line == then.line and apart(word, then):
            found[bisect_left(edges, word.x)][bisect_right(edges, then.x)] += WITHIN
    for left, right in pairwise(sorted({word.x for word in words if word.text in TICKS})):
        found[bisect_left(edges, left)][bisect_right(edges, right)] += ASIDE * (right - left > MOVE)
    for begin in range(len(edges) - 2, -1, -1):
        row = 0.0
        for end in range(len(edges)):
            row += found[begin][end]
            found[begin][end] = row + (found[begin + 1][end])
    return found


def spread(at: Ruler, words: Sequence[Word], cost: Cost, filled: Collection[int] = ()) -> list[list[Word]]:
    """The words of each column, those of one line, in the order of the columns: by where they begin, but a word that
    stands apart from the one before it goes on to a column of its own. The columns ``filled`` have words."""
    count = len(at.begins)
    empty = [EMPTY * (column in filled) for column in range(count)]
    best = [[FAR] * count for _ in words]
    back = [[0] * count for _ in words]
    for number, word in enumerate(words):
        least, reached = 0.0 if number == 0 else FAR, 0
        for column in range(count):
            own = cost(word, column) + astray(at.begins, column, word.x, number > 0 and not word.wide)
            if column:
                least += empty[column - 1]
            if number and column and best[number - 1][column - 1] < least:
                least, reached = best[number - 1][column - 1], column - 1
            same = best[number - 1][column] + _together(words[number - 1], word) if number else FAR
            fresh = least + _indented(at, column, word.x) + (_torn(words[number - 1], word) if number else 0.0)
            best[number][column], back[number][column] = (same + own, column) if same <= fresh else (fresh + own, reached)
    found: list[list[Word]] = [[] for _ in at.begins]
    column = min(range(count), key=lambda column: best[-1][column] + sum(empty[column + 1 :])) if words else 0
    for number in range(len(words) - 1, -1, -1):
        found[column].insert(0, words[number])
        column = back[number][column]
    return found


def cost_of(at: Ruler, words: Sequence[Word], columns: Sequence[int], cost: Cost) -> float:
    """What it costs that the words of one line stand in these columns."""
    total = 0.0
    for number, (word, column) in enumerate(zip(words, columns, strict=True)):
        total += cost(word, column) + astray(at.begins, column, word.x, number > 0 and not word.wide)
        if number and columns[number - 1] == column:
            total += _together(words[number - 1], word)
        else:
            total += _indented(at, column, word.x) + (_torn(words[number - 1], word) if number else 0.0)
    return total


def wavering(at: Ruler, words: Sequence[Word], cost: Cost, filled: Collection[int] = ()) -> list[tuple[Word, int]]:
    """The words of one line which hardly more cost puts into another column, each with that column."""
    count = len(at.begins)
    own = [[cost(word, column) + astray(at.begins, column, word.x, number > 0 and not word.wide) for column in range(count)] for number, word in enumerate(words)]
    if not any(sorted(costs)[1] - min(costs) < SLACK for costs in own if count > 1):
        return []
    empty = [EMPTY * (column in filled) for column in range(count)]

    def step(number: int, column: int, then: int) -> float:
        """What it costs that the next word stands in a column, of which this one is in another or the same."""
        if then == column:
            return own[number][then] + _together(words[number - 1], words[number])
        return own[number][then] + _indented(at, then, words[number].x) + _torn(words[number - 1], words[number]) + sum(empty[column + 1 : then])

    ahead = [[own[0][column] + _indented(at, column, words[0].x) + sum(empty[:column]) for column in range(count)]]
    for number in range(1, len(words)):
        ahead.append([min(ahead[-1][column] + step(number, column, then) for column in range(then + 1)) for then in range(count)])
    back = [[sum(empty[column + 1 :]) for column in range(count)]]
    for number in range(len(words) - 1, 0, -1):
        back.insert(0, [min(step(number, column, then) + back[0][then] for then in range(column, count)) for column in range(count)])
    found = []
    for word, before, after in zip(words, ahead, back, strict=True):
        whole = [one + other for one, other in zip(before, after, strict=True)]
        first, second = sorted(range(count), key=whole.__getitem__)[:2]
        if whole[second] - whole[first] < WAVERS:
            found.append((word, second))
    return found


def _torn(word: Word, then: Word) -> float:
    """What it costs that a new cell begins between two words of a line."""
    return OPEN if bracketed(word, then) else SET_OFF * set_off(word, then)


def _together(word: Word, then: Word) -> float:
    """What it costs that two words of a line stand in one cell."""
    return WIDELY if then.wide else TOGETHER * apart(word, then)


def _indented(at: Ruler, column: int, x: int) -> float:
    """What it costs that a line of a cell does not begin where those of its column do."""
    left = at.left[column]
    return INDENTED if left is not None and x - left > DEEP else 0.0


def astray(begins: Sequence[int], column: int, x: int, close: bool) -> float:
    """What it costs that a word begins outside its column; ``close`` behind another it may be drawn to the left."""
    end = begins[column + 1] if column + 1 < len(begins) else x + 1
    far = max(0, begins[column] - x if column else 0, x - max(end, begins[column]) + 1)
    if close and far and x < begins[column]:
        return OUTSIDE
    return min(STRAYED, OUTSIDE + OFF * far) if far else 0.0
