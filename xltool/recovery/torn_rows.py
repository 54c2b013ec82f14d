"""Rows that the end of a page cuts: what each cell has on the one page, then what is left of each on the next, if anything.

Such a row is set at the top of its cells, its rest in their middle. Cells that go on have the same number of lines before
the page's end, and no cell has more; behind a cell of one line the next begins on that line, behind one of several on a
line of its own. What is left of two cells shares a line where both have one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from xltool.form import NUMERIC
from xltool.recovery.atoms import LINE, PAGE
from xltool.recovery.row_pieces import NEVER, names, reasons
from xltool.recovery.row_values import NO_NUMBER, empty, single
from xltool.recovery.stretch import Stretch

NAME, REASON, TAIL = -2, -1, -3
"""The columns of a row's name, its reason, and what is left of the name behind the page's end; values count from 0."""
MOST_LINES, MOST_ATOMS, MOST_TAIL = 6, 30, 14
"""So many lines of a cell before the page's end, atoms of a row there, and behind it, are weighed."""
DEAR = 6.0
"""A row that costs more is none."""
TORN = 0.3
"""What it costs that a row is cut at all."""


class TornRow(NamedTuple):
    """The atoms ``first`` to ``last`` read as one row; ``columns`` says of which cell each atom is."""

    first: int
    last: int
    cost: float
    columns: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """One cell of a row: its column, the type of its value, and the list whose widths and habits it follows."""

    column: int
    kind: str
    stretch: Stretch


@dataclass(slots=True)
class _Search:
    """One page's end: the cells of the row, the first atom behind it, how many lines each cut cell has before it."""

    places: Sequence[Place]
    page: int
    height: int
    known: dict[tuple[int, ...], float]


class _Way(NamedTuple):
    """How far a row is read: the next atom before and behind the page's end, the lines of the cell before on each page."""

    head: int
    tail: int
    above: int
    below: int
    cost: float
    heads: tuple[int, ...]
    tails: tuple[int, ...]


def row_places(stretch: Stretch) -> tuple[Place, ...]:
    """The cells of a row of one list."""
    own = stretch.columns
    values = tuple(Place(at, kind, stretch) for at, (_, kind) in enumerate(own.values))
    return (Place(NAME, "name", stretch), *values, *((Place(REASON, "reason", stretch),) if own.reason else ()))


def torn_rows(stretch: Stretch, places: Sequence[Place]) -> Iterator[TornRow]:
    """Every row that a page's end may have cut, the cheapest reading for its first and last atom."""
    for page in range(1, len(stretch.atoms) + 1):
        if page == len(stretch.atoms) or stretch.gaps[page] == PAGE:
            yield from _at_page(stretch, places, page)


def _at_page(stretch: Stretch, places: Sequence[Place], page: int) -> Iterator[TornRow]:
    best: dict[tuple[int, int], TornRow] = {}
    known: dict[tuple[int, ...], float] = {}
    for first in _starts(stretch, page):
        for height in range(1, MOST_LINES + 1):
            search = _Search(places, page, height, known)
            for way in _rows(search, 0, _Way(first, page, 0, 0, TORN, (), ())):
                columns = way.heads + way.tails
                if ((first, way.tail) not in best or way.cost < best[first, way.tail].cost):
                    best[first, way.tail] = TornRow(first, way.tail, way.cost, columns)
    yield from best.values()


def _starts(stretch: Stretch, page: int) -> Iterator[int]:
    """The atoms before a page's end that a row may begin with, down to the page before."""
    for first in range(page - 1, max(-1, page - MOST_ATOMS), -1):
        begins = first == 0 or stretch.gaps[first] >= LINE or stretch.crossed[first]
        if begins and (not stretch.shapes[first].bare or stretch.shapes[first].number):
            yield first
        if stretch.gaps[first] == PAGE:
            return


def _rows(search: _Search, number: int, way: _Way) -> Iterator[_Way]:
    """Every way to fill the cells from one on."""
    if number == len(search.places):
        if way.head == search.page and _ends(search.places[0].stretch, way.tail):
            yield way
        return
    place = search.places[number]
    if number and place.kind != "name":
        cost = 0.0 if place.kind == "reason" else empty(place.stretch, place.kind, way.head)
        if way.cost + cost <= DEAR:
            yield from _rows(search, number + 1, way._replace(cost=way.cost + cost))
    for head, lines in _heads(search, way, place.stretch):
        for tail, below in _tails(search, way, place.stretch, lines):
            key = (number, way.head, head, way.tail, tail)
            if key not in search.known:
                search.known[key] = _cost(place, [*range(way.head, head), *range(way.tail, tail)])
            cost = way.cost + search.known[key]
            if cost <= DEAR:
                heads, tails = way.heads + (place.column,) * (head - way.head), way.tails + (TAIL if place.column == NAME else place.column,) * (tail - way.tail)
                yield from _rows(search, number + 1, _Way(head, tail, lines, below or way.below, cost, heads, tails))


def _heads(search: _Search, way: _Way, stretch: Stretch) -> Iterator[tuple[int, int]]:
    """Where the part of a cell before the page's end may end, with its lines."""
    if way.head >= search.page or (way.above and not stretch.crossed[way.head] and (stretch.gaps[way.head] < LINE) != (way.above == 1)):
        return
    yield from _parts(stretch, way.head, search.page, search.height)


def _tails(search: _Search, way: _Way, stretch: Stretch, lines: int) -> Iterator[tuple[int, int]]:
    """Where the part of a cell behind the page's end may end, with its lines; there may be none."""
    yield way.tail, 0
    limit = min(len(stretch.atoms), search.page + MOST_TAIL) if search.page < len(stretch.atoms) and not stretch.crossed[search.page] else search.page
    if lines != search.height or way.tail >= limit:
        return
    beside = stretch.gaps[way.tail] < LINE
    for last, below in _parts(stretch, way.tail, limit, MOST_LINES):
        if way.tail == search.page or beside == (way.below == below == 1):
            yield last, below


def _parts(stretch: Stretch, first: int, limit: int, most: int) -> Iterator[tuple[int, int]]:
    """The ends of what begins at an atom, with its lines: one of several lines ends with a line."""
    lines = 1
    for last in range(first + 1, limit + 1):
        ends = last == limit or stretch.gaps[last] >= LINE or stretch.crossed[last]
        if lines == 1 or ends:
            yield last, lines
        if last < limit and stretch.crossed[last]:
            return
        lines += ends
        if lines > most:
            return


def _ends(stretch: Stretch, last: int) -> bool:
    """True where a row may end before an atom."""
    return last == len(stretch.atoms) or stretch.gaps[last] >= LINE or stretch.crossed[last]


def _cost(place: Place, chosen: Sequence[int]) -> float:
    """What it costs that a cell holds these atoms."""
    begins = place.stretch.shapes[chosen[0]]
    if len(chosen) > MOST_TAIL or (place.kind == "name" and begins.bare and not begins.number) or (place.kind in NUMERIC and not begins.number and not begins.mark):
        return NEVER
    cell = _cell(place.stretch, chosen)
    count, thin = len(chosen), 0.0 if place.stretch.crossed[chosen[0]] else place.stretch.thin.get(chosen[0], 0.0)
    if place.kind == "name":
        found = [cost for _, last, cost, _, _ in names(cell, 0) if last == count]
    elif place.kind == "reason":
        found = [cost for kind, last, cost, _, _ in reasons(cell, 0) if last == count] if not cell.shapes[0].quantity else []
    else:
        found = [cost for last, cost in single(cell, 0, place.kind, 0, place.column) if last == count]
    before = place.stretch.shapes[chosen[0] - 1] if chosen[0] else None
    strange = NO_NUMBER if place.kind == "unit" and not (before and before.quantity) else 0.0
    return thin + strange + min(found, default=NEVER)


def _cell(stretch: Stretch, chosen: Sequence[int]) -> Stretch:
    """These atoms alone, as they would stand in one cell."""
    gaps = [LINE if not at or chosen[at - 1] != number - 1 or stretch.gaps[number] == PAGE else stretch.gaps[number] for at, number in enumerate(chosen)]
    thin = {at: stretch.thin[number] for at, number in enumerate(chosen) if at and number in stretch.thin and chosen[at - 1] == number - 1}
    atoms, shapes = [stretch.atoms[number] for number in chosen], [stretch.shapes[number] for number in chosen]
    return replace(stretch, atoms=atoms, shapes=shapes, gaps=gaps, crossed=[False] * len(chosen), thin=thin)
