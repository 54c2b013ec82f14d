"""A sheet or table as people see it: cells on a grid, whatever file it came from.

One law: an address anywhere inside a cell answers that cell. Coordinates are 1-based, row before
column, both ends included.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

Typed = Decimal | date | bool | None
"""What a cell holds besides its text: a number, a day, a truth value; None for a text."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell. ``text`` is what is shown, ``value`` what is stored where it is no text.

    ``formula`` is the formula without its =; a formula whose result the file does not hold has no text.
    ``note`` is the comment that hangs on the cell.
    """

    row: int
    column: int
    last_row: int
    last_column: int
    text: str
    value: Typed = None
    formula: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet: the cells that hold something, in reading order, none over another.

    ``hidden_columns`` and ``hidden_rows`` are those that nobody sees; ``hidden`` is true where
    nobody sees the sheet.
    """

    name: str
    cells: tuple[GridCell, ...]
    hidden_columns: frozenset[int] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    hidden: bool = False
    _squares: dict[tuple[int, int], GridCell] = field(default_factory=dict, compare=False, repr=False)

    @property
    def last_row(self) -> int:
        """The last row in which a cell begins; 0 where there is none."""
        return self.cells[-1].row if self.cells else 0

    @property
    def last_column(self) -> int:
        """The last column in which a cell begins; 0 where there is none."""
        return max((cell.column for cell in self.cells), default=0)

    def at(self, row: int, column: int) -> GridCell | None:
        """The cell that an address lies in; None where nothing stands."""
        if not self._squares:
            self._squares.update(self._every_square())
        return self._squares.get((row, column))

    def _every_square(self) -> dict[tuple[int, int], GridCell]:
        """Every square of every cell, as far as the sheet is used: a cell may go on to the end of the sheet."""
        bottom = max((cell.row for cell in self.cells), default=0)
        right = self.last_column
        return {
            (row, column): cell
            for cell in self.cells
            for row in range(cell.row, max(min(cell.last_row, bottom), cell.row) + 1)
            for column in range(cell.column, max(min(cell.last_column, right), cell.column) + 1)
        }

    def hides(self, cell: GridCell) -> bool:
        """True where nobody sees any square of the cell."""
        rows = range(cell.row, min(cell.last_row, cell.row + 1000) + 1)
        columns = range(cell.column, min(cell.last_column, cell.column + 1000) + 1)
        return self.hidden or self.hidden_rows.issuperset(rows) or self.hidden_columns.issuperset(columns)


@dataclass(frozen=True, slots=True)
class Book:
    """The grids of one document in order, and what the document says of itself.

    ``properties`` are by name: ``title``, and those that xltool or others added.
    """

    grids: tuple[Grid, ...]
    properties: Mapping[str, str] = field(default_factory=dict)


def address(row: int, column: int) -> str:
    """The name of a square as Excel shows it: (3, 28) → AB3."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def grid_of(name: str, rows: Iterable[Iterable[str]]) -> Grid:
    """A grid of texts, one square each, empty ones left out: what a test draws, what a plain table is."""
    return Grid(
        name,
        tuple(
            GridCell(row, column, row, column, text)
            for row, texts in enumerate(rows, 1)
            for column, text in enumerate(texts, 1)
            if text
        ),
    )
