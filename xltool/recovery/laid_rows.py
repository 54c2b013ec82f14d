"""The rows of a list in a text laid out in columns: its lines parted where that costs least.

The cells of a row are centred on it, each has one value, and what is no whole cell goes on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xltool.form import Form
from xltool.recovery.laid_effort import Effort
from xltool.recovery.laid_height import Heights, heights
from xltool.recovery.laid_list import GROUP, SPAN, Column
from xltool.recovery.laid_row_costs import Costs, Lined, Parting, off_middle, parting_of, row_cost
from xltool.recovery.laid_words import Word

TALLEST = 24
"""Lines of a row."""
STRAY, STRAYED = 2.5, 0.8
"""What a line costs that belongs to no row, and each cell of it but the first: a line of many cells is one of a row."""
SPACED = 8
"""A list has blank lines between its rows where one of so many has one before it."""
CLOSE = 1.0
"""A row is doubted where another parting costs hardly more."""
HOPELESS = 14.0
"""A row that costs more costs no less with more lines."""
FAR = 1e9


@dataclass(frozen=True, slots=True)
class Cut:
    """One row of the list: its cells by column, the lines it takes, whether another parting is as good, and the columns
    that have other words then; none where all may."""

    cells: tuple[tuple[Word, ...], ...]
    first: int
    last: int
    unsure: bool
    changed: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Parted:
    """The rows of a list, the words that belong to none, and how far down everything stands."""

    cuts: list[Cut]
    loose: list[Word]
    heights: Heights


Arc = tuple[int, int, float, bool]
"""What lines from one on make, up to another, what that costs, and whether they are no row."""


def part(form: Form, columns: Sequence[Column], lined: Lined, known: frozenset[str]) -> Parted:
    """The rows of a list, from its lines with the words of each column; labels and spans are set aside."""
    parting = parting_of(form, columns, lined, known)
    whole, halves = (_cheapest(parting, arcs) for arcs in _arcs(parting))
    if whole[2] <= halves[2] or _spaced(parting, halves[0]):
        halves = min(whole, halves, key=lambda found: found[2])
    return Parted(halves[0], halves[1], heights([row for row, _ in lined], [_highest(parting, cut) for cut in halves[0]]))


@dataclass(frozen=True, slots=True)
class Scales:
    """What the rows of a list are weighed with: how wide its columns are, what its cells cost, and the work that is left."""

    widths: Sequence[int]
    costs: Costs
    effort: Effort


def weighed(form: Form, columns: Sequence[Column], lined: Lined, known: frozenset[str], scales: Scales) -> float:
    """What the rows cost that some lines of a list make."""
    parting = parting_of(form, columns, lined, known)
    parting.widths, parting.known_costs = list(scales.widths), scales.costs
    whole, halves = _arcs(parting)
    scales.effort.spend(len(whole))
    return min(_ahead(arcs, len(parting.lines))[0][-1] for arcs in (whole, halves))


def _spaced(parting: Parting, cuts: Sequence[Cut]) -> bool:
    """True where blank lines stand between many rows."""
    return sum(bool(parting.blanks[parting.numbers[cut.first]]) for cut in cuts[1:]) * SPACED > len(cuts)


def _highest(parting: Parting, cut: Cut) -> list[int]:
    """The lines of a row's highest cell."""
    own = [words for words, column in zip(cut.cells, parting.columns, strict=True) if words and column.kind not in (SPAN, GROUP)]
    return max((sorted({word.line for word in words}) for words in own), key=len)


def _arcs(parting: Parting) -> tuple[list[Arc], list[Arc]]:
    """The rows that the lines may make, and the lines that may belong to none: where what stands between two lines is
    printed on one of them, and where on a line of its own."""
    whole: list[Arc] = []
    halves: list[Arc] = []
    for first in range(len(parting.lines)):
        stray = (first, first + 1, _stray(parting, first), True)
        whole.append(stray)
        halves.append(stray)
        for last, on_lines, between in _from(parting, first):
            whole.append((first, last, on_lines, False))
            halves.append((first, last, between, False))
    return whole, halves


def _ahead(arcs: Sequence[Arc], count: int) -> tuple[list[float], dict[int, tuple[int, bool]]]:
    """The least cost of the lines before each, and from where on the last of these are one row, or none."""
    ahead = [0.0] + [FAR] * count
    came: dict[int, tuple[int, bool]] = {}
    for first, last, cost, stray in arcs:
        if ahead[first] + cost < ahead[last]:
            ahead[last] = ahead[first] + cost
            came[last] = (first, stray)
    return ahead, came


def _cheapest(parting: Parting, arcs: Sequence[Arc]) -> tuple[list[Cut], list[Word], float]:
    """The rows that cost least together, the words between them, and the cost."""
    count = len(parting.lines)
    back = [FAR] * count + [0.0]
    ahead, came = _ahead(arcs, count)
    for first, last, cost, _ in reversed(arcs):
        back[first] = min(back[first], cost + back[last])
    path: list[tuple[int, int, bool]] = []
    at = count
    while at:
        first, stray = came[at]
        path.append((first, at, stray))
        at = first
    path.reverse()
    loose = [word for first, last, stray in path if stray for own in parting.cells[first:last] for number, words in enumerate(own) for word in words if parting.columns[number].kind not in (SPAN, GROUP)]
    crossed = _crossed(arcs, ahead, back, count)
    taken = [(first, last) for first, last, stray in path if not stray]
    near = [[at for at in range(first + 1, last) if ahead[at] + back[at] - ahead[count] < CLOSE] for first, last in taken]
    cuts = []
    for number, (first, last) in enumerate(taken):
        outer = min(crossed[first], crossed[last]) - ahead[count] < CLOSE
        cells = tuple(tuple(word for own in parting.cells[first:last] for word in own[column]) for column in range(len(parting.columns)))
        moved = [line for at in range(max(0, number - 1), number + 2) for line in _moved(taken[at : at + 1], near[at : at + 1])]
        changed = frozenset(column for line in moved for column, words in enumerate(parting.cells[line]) if words)
        cuts.append(Cut(cells, parting.lines[first].line, parting.lines[last - 1].line, bool(near[number]) or outer, changed))
    return cuts, loose, ahead[count]


def _moved(taken: Sequence[tuple[int, int]], near: Sequence[Sequence[int]]) -> Iterator[int]:
    """The lines that are another row's where rows are cut at one of these places inside: those up to the nearer end."""
    for (first, last), places in zip(taken, near, strict=True):
        for at in places:
            yield from range(first, at) if at - first <= last - at else range(at, last)


def _stray(parting: Parting, at: int) -> float:
    """What it costs that a line belongs to no row."""
    filled = sum(bool(words) for number, words in enumerate(parting.cells[at]) if parting.columns[number].kind not in (SPAN, GROUP))
    return STRAY + STRAYED * (filled - 1)


def _crossed(arcs: Sequence[Arc], ahead: Sequence[float], back: Sequence[float], count: int) -> list[float]:
    """For each place between lines the cheapest parting that does not cut there."""
    found = [FAR] * (count + 1)
    for first, last, cost, _ in arcs:
        total = ahead[first] + cost + back[last]
        for at in range(first + 1, last):
            found[at] = min(found[at], total)
    return found


def _from(parting: Parting, first: int) -> list[tuple[int, float, float]]:
    """The rows that may begin at a line: where they end, and their cost in either print."""
    found = []
    for last in range(first + 1, min(first + TALLEST, len(parting.lines)) + 1):
        cells = [[word for own in parting.cells[first:last] for word in own[number]] for number in range(len(parting.columns))]
        cost = row_cost(parting, first, last, cells)
        if cost > HOPELESS:
            break
        whole, halves = off_middle(parting, first, last, cells)
        found.append((last, cost + whole, cost + halves))
    return found
