"""The rows of two lists side by side as the least-cost walk to and fro between them.

Under each level one a row holds what the first list has in it and then what the second has; where one list is at its end
the other goes on alone. A cell that begins on the line of the cell before stands in one row with it, and only where both
have one line. Each list's names wrap at a width of their own, and its level twos stand in the taxonomy's order, none twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from xltool.recovery.atoms import LINE, PAGE
from xltool.recovery.joins import row_gap
from xltool.recovery.row_pieces import NAME, NEVER, left, names
from xltool.recovery.row_values import values
from xltool.recovery.side_heights import Labels, Side, strange
from xltool.recovery.stretch import Stretch
from xltool.recovery.torn_rows import NAME as LEFT_NAME
from xltool.recovery.torn_rows import TAIL, Place, TornRow, torn_rows

BOTH, ONE, OTHER = range(3)
"""Which lists the rows hold from here on."""
UNNAMED, AGAIN, BACK, STRANGE, DOUBLE = 3.0, 2.0, 2.5, 3.0, 2.0
"""What it costs that a side begins without a level two, has one twice, out of order, under another level one, or two at once."""
FOREIGN = 0.8
"""What it costs that a name ends as those of another level two do."""
WIDE = 1.5
"""What it costs that a value is wider than its column."""
SLANTED, ALONE = 3.0, 0.05
"""What it costs that a cell stands where none would behind the cell before, and that a row has one side."""
HEIGHT = 3.0
"""What it costs that a label stands where it would not over so many rows."""
BEAM = 12.0
"""A walk that costs so much more than the cheapest to the same word is given up."""
ENDS = (3, 2)
"""So many letters at the end of a name tell what it is about; the more the surer."""
_BRACKETS = re.compile(r"\([^()]*\)$")
RIGHT_NAME, RIGHT_VALUE = 100, 1
"""The columns of the second list in a row that a page's end cuts."""


class Said(NamedTuple):
    """The level two printed directly before a word, by its place in the taxonomy, with what is strange about it, and where
    it stands."""

    level2: int
    cost: float
    labels: Labels = Labels()


@dataclass(frozen=True, slots=True)
class Told:
    """What is known besides the words: both lists' own habits, the level two before a word, the level two that a name that
    ends so belongs to."""

    sides: tuple[Stretch, Stretch]
    said: Mapping[int, Said]
    ends: Mapping[str, frozenset[int]]


class Cell(NamedTuple):
    """What one list has in one row: its side, the words of its name and of its value, the level two's place."""

    side: int
    name: tuple[int, ...]
    value: tuple[int, ...]
    level2: int


class State(NamedTuple):
    """Where a walk stands: which lists go on, the next cell (0: a row begins), the level twos of both sides, whether the cell
    before has one line, and how many rows both lists have."""

    mode: int = BOTH
    cell: int = 0
    first: int = -1
    second: int = -1
    flat: bool = True
    rows: int = 0


class _Step(NamedTuple):
    """The cheapest way to a state: its cost, the word and state before, the cells that the last step read."""

    cost: float
    at: int = -1
    before: State = State()
    cells: tuple[tuple[int, str, tuple[int, ...]], ...] = ()


@dataclass(slots=True)
class Walk:
    """The walk over the words ``first`` to ``last``, which stand under one level one."""

    told: Told
    first: int
    last: int
    torn: Mapping[int, Sequence[tuple[int, TornRow]]]
    steps: list[dict[State, _Step]] = field(default_factory=list)
    ends: dict[int, frozenset[int]] = field(default_factory=dict)
    limits: list[float] = field(default_factory=list)

    def cells(self) -> list[Cell]:
        """The cells in order."""
        self.steps = [{} for _ in range(self.last - self.first + 1)]
        self.steps[0][State()] = _Step(0.0)
        self.limits = [NEVER] * len(self.steps)
        for at in range(self.first, self.last):
            self._from(at)
        return self._best()

    def _from(self, at: int) -> None:
        here = self.steps[at - self.first]
        best = min((step.cost for step in here.values()), default=NEVER)
        self.limits[at - self.first] = best + BEAM
        kept = [(state, step) for state, step in here.items() if step.cost <= best + BEAM]
        if not kept:
            return
        begun: tuple[list[tuple[int, float, bool]], ...] = tuple(list(_names(side, at)) for side in self.told.sides)
        filled: tuple[list[tuple[int, float, bool]], ...] = tuple(list(_values(side, at)) for side in self.told.sides)
        spare = list(left(self.told.sides[0], at))
        for state, step in kept:
            for _, last, more, _, _ in spare:
                self._reach(last, state, step.cost + more, at, state, ())
            if state.cell == 0:
                self._rows(at, state, step.cost, begun)
                self._torn_rows(at, state, step.cost)
            elif state.cell in (1, 3):
                self._value(at, state, step.cost, filled[state.cell // 2])
            else:
                self._second(at, state, step.cost, begun[1])

    def _rows(self, at: int, state: State, cost: float, begun: Sequence[Sequence[tuple[int, float, bool]]]) -> None:
        """A row begins: with the first list's name, or with the second's where the first is at its end."""
        cost += row_gap(self.told.sides[0], at)
        for mode, side in ((BOTH, 0), (ONE, 0), (OTHER, 1)):
            if state.mode not in (BOTH, mode):
                continue
            then, begin = state._replace(mode=mode, cell=2 * side + 1, rows=state.rows + (mode == BOTH)), cost + ALONE * (mode != BOTH)
            self._name(at, state, then, begin, begun[side], side, None)

    def _second(self, at: int, state: State, cost: float, begun: Sequence[tuple[int, float, bool]]) -> None:
        """The second list's name in a row that both have."""
        self._name(at, state, state._replace(cell=3), cost, begun, 1, state.flat)

    def _name(self, at: int, state: State, then: State, cost: float, begun: Sequence[tuple[int, float, bool]], side: int, before: bool | None) -> None:
        """A list's name begins; ``before`` says that the cell before it in its row has one line (None: it begins its row)."""
        limit = self.limits[at - self.first]
        known = []
        for flat in (False, True):
            named, extra = self._named(at, then, side)
            known.append((named._replace(flat=flat), cost + extra + (0.0 if before is None else self._slant(at, before, flat))))
        for last, more, flat in begun:
            named, total = known[flat]
            if total + more <= limit:
                self._reach(last, named, total + more + self._foreign(last, named, side), at, state, ((side, "name", tuple(range(at, last))),))

    def _value(self, at: int, state: State, cost: float, filled: Sequence[tuple[int, float, bool]]) -> None:
        side = state.cell // 2
        cell, limit = 2 if state.mode == BOTH and side == 0 else 0, self.limits[at - self.first]
        known = [(state._replace(cell=cell, flat=flat), cost + self._slant(at, state.flat, flat)) for flat in (False, True)]
        for last, more, flat in filled:
            then, total = known[flat]
            if total + more <= limit:
                self._reach(last, then, total + more, at, state, ((side, "value", tuple(range(at, last))),))

    def _torn_rows(self, at: int, state: State, cost: float) -> None:
        """Rows that a page's end cuts."""
        for mode, row in self.torn.get(at, ()):
            if row.last > self.last or state.mode not in (BOTH, mode):
                continue
            columns = {column: row.first + place for place, column in reversed(list(enumerate(row.columns)))}
            then, total = state, cost + row.cost + ALONE * (mode != BOTH)
            for side, name in ((0, LEFT_NAME), (1, RIGHT_NAME)):
                if name in columns:
                    then, extra = self._named(columns[name], then, side)
                    total += extra
            self._reach(row.last, then._replace(mode=mode, cell=0, flat=True, rows=state.rows + (mode == BOTH)), total, at, state, tuple(_parts(row)))

    def _slant(self, at: int, before: bool, flat: bool) -> float:
        """What it costs that a cell begins here: on the line of the cell before where both have one line, else on its own."""
        stretch = self.told.sides[0]
        if stretch.crossed[at] or stretch.gaps[at] == PAGE:
            return 0.0
        return SLANTED * ((stretch.gaps[at] < LINE) != (before and flat))

    def _named(self, at: int, state: State, side: int) -> tuple[State, float]:
        """The state with the level two printed before a name, and what that costs."""
        last = state.second if side else state.first
        said = self.told.said.get(at)
        if said is None:
            cost, level2 = UNNAMED * (last < 0), last
        else:
            cost, level2 = said.cost + (AGAIN if said.level2 == last else BACK if said.level2 < last else 0.0), said.level2
        return (state._replace(second=level2) if side else state._replace(first=level2)), cost

    def _foreign(self, last: int, state: State, side: int) -> float:
        alike = self._alike(last)
        return FOREIGN * (bool(alike) and (state.second if side else state.first) not in alike)

    def _alike(self, last: int) -> frozenset[int]:
        """The level twos of which names end as the one before a word."""
        if last not in self.ends:
            text = ending(self.told.sides[0], range(max(self.first, last - 8), last))
            self.ends[last] = next((self.told.ends[text[-count:]] for count in ENDS if text[-count:] in self.told.ends), frozenset())
        return self.ends[last]

    def _reach(self, at: int, state: State, cost: float, before: int, came: State, cells: tuple[tuple[int, str, tuple[int, ...]], ...]) -> None:
        if at > self.last or cost > self.limits[before - self.first]:
            return
        here = self.steps[at - self.first]
        if state not in here or cost < here[state].cost:
            here[state] = _Step(cost, before, came, cells)

    def _best(self) -> list[Cell]:
        """The cells of the cheapest walk to the end whose labels stand as high as they would."""
        ends = sorted((step.cost + 5.0 * (state.cell != 0), state) for state, step in self.steps[-1].items())
        stretch, best, found = self.told.sides[0], NEVER, list[Cell]()
        paged = self.last < len(stretch.atoms) and stretch.gaps[self.last] == PAGE
        for cost, state in ends:
            if cost >= best:
                break
            cells = self._traced(state)
            total = cost + HEIGHT * strange(stretch, self._rows_of(cells, state.rows), paged)
            if total < best:
                best, found = total, cells
        return found

    def _rows_of(self, cells: Sequence[Cell], pairs: int) -> list[list[Side]]:
        """The rows of a walk, so many of which both lists have."""
        sides = [Side(cell.side, (cell.name, *((cell.value,) if cell.value else ())), self._labels(cell)) for cell in cells]
        return [*(sides[at : at + 2] for at in range(0, 2 * pairs, 2)), *([one] for one in sides[2 * pairs :])]

    def _labels(self, cell: Cell) -> Labels:
        return self.told.said[cell.name[0]].labels if cell.name[0] in self.told.said else Labels()

    def _traced(self, state: State) -> list[Cell]:
        """The cells of the cheapest walk to this end."""
        at, parts = self.last, []
        while at > self.first:
            step = self.steps[at - self.first][state]
            parts.append((step.cells, state))
            at, state = step.at, step.before
        cells: list[Cell] = []
        for read, state in reversed(parts):
            for side, kind, places in read:
                if kind == "name":
                    cells.append(Cell(side, places, (), state.second if side else state.first))
                elif cells:
                    cells[-1] = cells[-1]._replace(value=places)
        return cells


def walked(told: Told, first: int, last: int) -> list[Cell]:
    """The cells of the words ``first`` to ``last``, which stand under one level one."""
    return Walk(told, first, last, torn_of(told)).cells()


def torn_of(told: Told) -> dict[int, list[tuple[int, TornRow]]]:
    """The rows that pages' ends cut, by their first word, with the lists that they hold."""
    one = (Place(LEFT_NAME, "name", told.sides[0]), Place(0, "target", told.sides[0]))
    other = (Place(RIGHT_NAME, "name", told.sides[1]), Place(RIGHT_VALUE, "target", told.sides[1]))
    found: dict[int, list[tuple[int, TornRow]]] = {}
    for mode, places in ((BOTH, (*one, *other)), (ONE, one), (OTHER, other)):
        for row in torn_rows(told.sides[0], places):
            found.setdefault(row.first, []).append((mode, row))
    return found


def _parts(row: TornRow) -> Iterator[tuple[int, str, tuple[int, ...]]]:
    """The cells of a row that a page's end cuts."""
    for side, kind, columns in ((0, "name", (LEFT_NAME, TAIL)), (0, "value", (0,)), (1, "name", (RIGHT_NAME,)), (1, "value", (RIGHT_VALUE,))):
        places = tuple(row.first + at for at, column in enumerate(row.columns) if column in columns)
        if places:
            yield side, kind, places


def _names(stretch: Stretch, at: int) -> Iterator[tuple[int, float, bool]]:
    """Every name that may begin at a word: its end, its cost, whether it has one line."""
    for kind, last, cost, _, _ in names(stretch, at):
        if kind == NAME and not any(stretch.gaps[inside] == PAGE for inside in range(at + 1, last)):
            yield last, cost, _flat(stretch, at, last)


def _values(stretch: Stretch, at: int) -> Iterator[tuple[int, float, bool]]:
    for _, last, cost, _, _ in values(stretch, at):
        if last > at and not any(stretch.gaps[inside] == PAGE for inside in range(at + 1, last)):
            yield last, cost + WIDE * _too_wide(stretch, at, last), _flat(stretch, at, last)


def _too_wide(stretch: Stretch, first: int, last: int) -> bool:
    """True where the first line of a value is wider than its column."""
    full = stretch.evidence.value_width
    line = [at for at in range(first, last) if stretch.atoms[at].line == stretch.atoms[first].line]
    return full is not None and sum(stretch.shapes[at].width for at in line) > full + 1


def ending(stretch: Stretch, places: Iterable[int]) -> str:
    """A name without the brackets at its end: its last letters say what it is about."""
    return _BRACKETS.sub("", "".join(stretch.atoms[at].key for at in places))


def _flat(stretch: Stretch, first: int, last: int) -> bool:
    return all(stretch.gaps[inside] < LINE for inside in range(first + 1, last))
