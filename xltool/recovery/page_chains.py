"""Tables of printed pages as chains: those whose columns go together, one below the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from xltool.grid import Spot, Unsure
from xltool.printed import PrintedCell, PrintedLine, PrintedTable
from xltool.recovery.page_cuts import (
    CUT,
    NEAR,
    OVERPRINTED,
    SPILLED,
    STRETCHED,
    STRUCK,
    TYPED,
    UNREAD,
    Part,
)

OUTER = 2
"""The sides that every table has."""
MOST = 0.6
"""The share of its columns that a table has in common with the one it goes on from."""


@dataclass(slots=True)
class Chain:
    """Tables that are one grid: their cells with rows counted on, and the sides of all columns.

    ``last`` is how many parts and rows stand before the last table and the lines above it.
    """

    left: float
    right: float
    page: int
    parts: list[Part] = field(default_factory=list)
    sides: list[float] = field(default_factory=list)
    row: int = 0
    after: list[tuple[int, PrintedLine]] = field(default_factory=list)
    last: tuple[int, int] = 0, 0

    def append(self, parts: Sequence[Part]) -> None:
        """Takes cells in, their rows counted on already."""
        self.parts.extend(parts)
        self.row = max([self.row, *(part.last_row for part in parts)])
        for side in dict.fromkeys(side for part in parts for side in (part.left, part.right)):
            if not any(abs(side - other) <= NEAR for other in self.sides):
                self.sides.append(side)

    def split(self) -> Chain:
        """The last table, with the lines before it, taken out as a chain of its own."""
        at, row = self.last
        taken = [replace(part, row=part.row - row, last_row=part.last_row - row) for part in self.parts[at:]]
        kept, self.parts, self.sides, self.row = self.parts[:at], [], [], 0
        self.append(kept)
        found = Chain(self.left, self.right, self.page)
        found.append(taken)
        return found

    @property
    def tail(self) -> Chain:
        """The last table as a chain, this one unchanged."""
        return replace(self, parts=[*self.parts], sides=[*self.sides]).split()


def fits(chain: Chain, table: PrintedTable) -> bool:
    """True where a table is as wide as those before it and one has no columns that the other lacks."""
    if abs(chain.left - table.box.left) > NEAR or abs(chain.right - table.box.right) > NEAR:
        return False
    sides = _sides(table.cells)
    missing = [one for one in sides if not any(abs(one - other) <= NEAR for other in chain.sides)]
    return not missing or all(any(abs(one - other) <= NEAR for other in sides) for one in chain.sides)


def within(chain: Chain, table: PrintedTable) -> bool:
    """True where a table has no side that the chain lacks: an outer column may have no rules of its own on a page."""
    return all(any(abs(one - other) <= NEAR for other in chain.sides) for one in _sides(table.cells))


def shares(chain: Chain, table: PrintedTable) -> bool:
    """True where a table is as wide as those before it and most columns of the one of fewer begin where the other's do:
    the rows on either side of a cut may have captions of their own."""
    if abs(chain.left - table.box.left) > NEAR or abs(chain.right - table.box.right) > NEAR:
        return False
    mine, others = chain.sides, _sides(table.cells)
    same = sum(any(abs(one - other) <= NEAR for other in mine) for one in others)
    return same - OUTER >= MOST * (min(len(mine), len(others)) - OUTER) > 0


def _sides(cells: Sequence[PrintedCell]) -> list[float]:
    found: list[float] = []
    for at in sorted({side for cell in cells for side in (cell.box.left, cell.box.right)}):
        if not found or at - found[-1] > NEAR:
            found.append(at)
    return found


def parts_of(number: int, table: PrintedTable, row: int) -> list[Part]:
    """The cells of a table with their rows counted on."""
    tops = sorted({cell.box.top for cell in table.cells})
    ends = sorted({cell.box.bottom for cell in table.cells})
    first = {top: at for at, top in enumerate(tops, row + 1)}
    # A rule below a cell is the top of another, or the end of the table.
    last = {end: first.get(end, len(tops) + row + 1) - 1 for end in ends}
    return [
        Part(
            cell.box.left, cell.box.right, first[cell.box.top], last[cell.box.bottom], cell.text, spot(number, cell),
            cell.open_top, cell.open_bottom, cell.room, cell.first, brimful=cell.brimful,
            unsure=_unsure(cell),
        )
        for cell in table.cells
    ]  # fmt: skip


def _unsure(cell: PrintedCell) -> Unsure | None:
    flaws = (cell.overprinted, OVERPRINTED), (cell.spilled, SPILLED), (cell.stretched, STRETCHED), (cell.struck, STRUCK), (cell.cut, CUT), (cell.unread, UNREAD), (cell.typed, TYPED)
    return next((Unsure(why) for flaw, why in flaws if flaw), None)


def spot(number: int, one: PrintedLine | PrintedCell) -> Spot:
    """The place of a line or cell on its page."""
    return Spot(number, *one.box)
