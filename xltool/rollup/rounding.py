"""Rounding in which what is shown still adds up (舍位平衡): down the units and across the parts of an amount.

The method is controlled rounding: every figure becomes one of its two neighbours, the grand total the nearer
one, and all sums hold among the figures shown. A table of units, rows and columns always has such a rounding,
because its sums are a flow: money runs from the total to the units, to the rows, to the cells, and from the
cells through the columns back; a flow that may run in fractions may also run in whole numbers.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal, localcontext

from xltool.figures import UNITS
from xltool.rollup.model import Amounts, Register, Rounded, Row

METHOD = (
    "控制舍入：每个数取相邻的两个舍入值之一，净额和剔除的合计四舍五入，毛额是两者之和",
    "controlled rounding: each figure is one of its two neighbours, the totals of net and eliminated the nearer one, gross is both together",
)
PARTS = {
    "amount": ("fiscal", "carried_over", "other"),
    "project_amount": ("project_fiscal", "project_other"),
    "initial_budget": (), "executed": (),
}  # fmt: skip
"""The amounts that a register shows, and what each is the sum of. What the parts leave over is a part without a column."""
MEASURES = ("net", "eliminated")
REST = "rest"
ZERO = Decimal(0)
DIGITS = {"元": 2, "万元": 2}
PRECISION = 400
Key = tuple[str, str, str, int | str]


@dataclass(frozen=True, slots=True)
class Balanced:
    """A register's figures in the unit shown: by measure (net, eliminated, gross), role, level (row, unit, total) and key.

    The key is the row's number, the unit's place in the register (two may have one name, under two departments), or empty for the total. Gross is the sum of the other two as shown.
    """

    unit: str
    digits: int
    figures: Mapping[Key, Rounded]

    def of(self, measure: str, role: str, level: str = "total", key: int | str = "") -> Rounded | None:
        """A figure; None where no form of the register has that amount."""
        return self.figures.get((measure, role, level, key))

    @property
    def adjusted(self) -> list[tuple[Key, Rounded]]:
        """The figures that ordinary rounding would show otherwise, in the register's order."""
        return [(key, figure) for key, figure in self.figures.items() if figure.residual]


def balanced(register: Register, rows: Sequence[Row], unit: str = "万元", digits: int | None = None) -> Balanced:
    """The figures of a register in 元 or 万元 with so many decimals; ``rows`` are those of the rollup."""
    places = DIGITS[unit] if digits is None else digits
    # Sums must be exact for a flow to be in balance, whatever number of digits a form prints.
    with localcontext(prec=PRECISION):
        return Balanced(unit, places, _figures(register, rows, UNITS[unit], Decimal(1).scaleb(-places)))


def _figures(register: Register, rows: Sequence[Row], times: Decimal, step: Decimal) -> dict[Key, Rounded]:
    figures: dict[Key, Rounded] = {}
    for role, parts in PARTS.items():
        for measure in MEASURES:
            figures.update(_column(register, rows, measure, role, parts, times, step))
    if all(row.gross.get("amount") == row.gross.get("annual_budget") for row in (rows[number] for number in register.rows)):
        figures |= {(measure, "annual_budget", level, key): figure for (measure, role, level, key), figure in figures.items() if role == "amount"}
    else:
        for measure in MEASURES:
            figures.update(_column(register, rows, measure, "annual_budget", (), times, step))
    return figures | dict(_gross(figures, step))


def _gross(figures: Mapping[Key, Rounded], step: Decimal) -> Iterator[tuple[Key, Rounded]]:
    for (measure, role, level, key), net in figures.items():
        if measure == "net":
            out = figures["eliminated", role, level, key]
            yield ("gross", role, level, key), _rounded(net.exact + out.exact, net.shown + out.shown, step)


def _rounded(exact: Decimal, shown: Decimal, step: Decimal) -> Rounded:
    return Rounded(exact, shown, shown - exact.quantize(step, ROUND_HALF_UP))


def _column(register: Register, rows: Sequence[Row], measure: str, role: str, parts: Sequence[str], times: Decimal, step: Decimal) -> Iterator[tuple[Key, Rounded]]:  # fmt: skip
    """One amount with its parts, for every row, unit and in total."""
    names = [role, *parts]
    printed = [name for name in names if any(name in rows[number].gross for number in register.rows)]
    if not printed:
        return
    pipes = _pipes(register, rows, measure, role, parts, times * step)
    whole = flow(pipes)
    exact: dict[Key, Decimal] = {}
    shown: dict[Key, Decimal] = {}
    for pipe, count in zip(pipes, whole, strict=True):
        name, level, key = pipe.figure
        if name in printed:
            exact[measure, name, level, key] = pipe.exact * step
            shown[measure, name, level, key] = count * step
    for figure, amount in exact.items():
        yield figure, _rounded(amount, shown[figure], step)


@dataclass(frozen=True, slots=True)
class Pipe:
    """An edge of the flow: from node to node, how much runs exactly, and which figure (role, level, key) that is."""

    tail: Hashable
    head: Hashable
    exact: Decimal
    figure: tuple[str, str, int | str]
    total: bool = False


def _pipes(register: Register, rows: Sequence[Row], measure: str, role: str, parts: Sequence[str], step: Decimal) -> list[Pipe]:
    """The register as a flow, in steps of the last digit shown."""
    columns = (*parts, REST)
    found: list[Pipe] = []
    sums: dict[tuple[int, str], Decimal] = {}
    grand = ZERO
    for at, unit in enumerate(register.units):
        mine = ZERO
        for number in unit.rows:
            amounts = _measured(rows[number], measure)
            cells = {part: amounts.get(part, ZERO) / step for part in parts}
            exact = amounts.get(role, ZERO) / step
            cells[REST] = exact - sum(cells.values(), ZERO)
            found.append(Pipe(("unit", at), ("row", number), exact, (role, "row", number)))
            found.extend(Pipe(("row", number), ("part", at, part), cells[part], (part, "row", number)) for part in columns)
            for part in columns:
                sums[at, part] = sums.get((at, part), ZERO) + cells[part]
            mine += exact
        found.append(Pipe("units", ("unit", at), mine, (role, "unit", at)))
        found.extend(Pipe(("part", at, part), ("parts", part), sums[at, part], (part, "unit", at)) for part in columns)
        grand += mine
    totals = {part: sum((sums[at, part] for at in range(len(register.units))), ZERO) for part in columns}
    found.extend(Pipe(("parts", part), "total", totals[part], (part, "total", "")) for part in columns)
    found.append(Pipe("total", "units", grand, (role, "total", ""), total=True))
    return found


def _measured(row: Row, measure: str) -> Amounts:
    return row.net if measure == "net" else row.eliminated


class _Net:
    """A flow of whole numbers that is still out of balance at some nodes; each edge may change by one step at the most."""

    def __init__(self, pipes: Sequence[Pipe]) -> None:
        self.whole = [int(pipe.exact.to_integral_value(ROUND_HALF_UP)) for pipe in pipes]
        self.excess: dict[Hashable, int] = {}
        self.moves: dict[Hashable, list[tuple[int, int, Hashable]]] = {}
        for pipe, count in zip(pipes, self.whole, strict=True):
            self.excess[pipe.head] = self.excess.get(pipe.head, 0) + count
            self.excess[pipe.tail] = self.excess.get(pipe.tail, 0) - count
        # A figure that lies near the middle of its two neighbours is moved before one that lies near its own.
        for at in sorted(range(len(pipes)), key=lambda at: (-abs(pipes[at].exact - self.whole[at]), at)):
            pipe = pipes[at]
            if not pipe.total and pipe.exact != self.whole[at]:
                self.moves.setdefault(pipe.tail, []).append((at, 1, pipe.head))
                self.moves.setdefault(pipe.head, []).append((at, -1, pipe.tail))
        self.low = [int(pipe.exact.to_integral_value(ROUND_FLOOR)) for pipe in pipes]
        self.high = [int(pipe.exact.to_integral_value(ROUND_CEILING)) for pipe in pipes]

    def open(self, at: int, by: int) -> bool:
        return self.low[at] <= self.whole[at] + by <= self.high[at]

    def uneven(self) -> int:
        """How much too much there is."""
        return sum(count for count in self.excess.values() if count > 0)

    def distances(self) -> dict[Hashable, int]:
        """How far each node is from a node with too much, along edges that can still change."""
        found = {node: 0 for node, count in self.excess.items() if count > 0}
        queue = deque(found)
        while queue:
            node = queue.popleft()
            for at, by, other in self.moves.get(node, ()):
                if other not in found and self.open(at, by):
                    found[other] = found[node] + 1
                    queue.append(other)
        return found

    def push(self, distances: Mapping[Hashable, int]) -> None:
        """Moves one unit at a time along shortest ways, from nodes with too much to nodes with too little."""
        tried: dict[Hashable, int] = {}
        for start in [node for node, count in self.excess.items() if count > 0]:
            while self.excess[start] > 0 and (way := self.way(start, distances, tried)):
                for at, by in way[0]:
                    self.whole[at] += by
                self.excess[start] -= 1
                self.excess[way[1]] += 1

    def way(self, start: Hashable, distances: Mapping[Hashable, int], tried: dict[Hashable, int]) -> tuple[list[tuple[int, int]], Hashable] | None:
        """A shortest way to a node with too little, by edges not tried in vain before."""
        path: list[tuple[Hashable, int, int]] = []
        node = start
        while self.excess[node] >= 0:
            moves = self.moves.get(node, [])
            place = tried.setdefault(node, 0)
            while place < len(moves) and not (distances.get(moves[place][2]) == distances[node] + 1 and self.open(*moves[place][:2])):
                place += 1
            tried[node] = place
            if place < len(moves):
                at, by, other = moves[place]
                path.append((node, at, by))
                node = other
            elif path:
                node = path.pop()[0]
                tried[node] += 1
            else:
                return None
        return [(at, by) for _, at, by in path], node


def flow(pipes: Sequence[Pipe]) -> list[int]:
    """A whole number for each pipe, one of its two neighbours, so that at every node as much comes in as goes out.

    It begins with ordinary rounding and changes as little as balance needs, by shortest ways.
    """
    net = _Net(pipes)
    left = net.uneven()
    while left:
        net.push(net.distances())
        before, left = left, net.uneven()
        if left == before:
            raise ValueError("what comes into a node of the flow is not what goes out")
    return net.whole
