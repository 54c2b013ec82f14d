"""A sheet or table as people see it: cells on a grid, whatever file it came from.

One law: an address anywhere inside a cell answers that cell. Coordinates are 1-based, row before
column, both ends included.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from operator import itemgetter
from typing import NamedTuple

Typed = Decimal | date | bool | None
"""What a cell holds besides its text: a number, a day, a truth value; None for a text."""


class GridCell(NamedTuple):
    """One cell. ``text`` is what is shown, ``value`` what is stored where it is no text; ``number`` is its place
    in the grid's reading order.

    ``formula`` is the formula without its =; a formula whose result the file does not hold has no text.
    ``note`` is the comment that hangs on the cell.
    """

    row: int
    column: int
    last_row: int
    last_column: int
    text: str
    number: int = 0
    value: Typed = None
    formula: str = ""
    note: str = ""


class Spot(NamedTuple):
    """A place on a page: the page from 1, and left, top, right, bottom in points from its top left corner."""

    page: int
    left: float
    top: float
    right: float
    bottom: float

    def __str__(self) -> str:
        return f"第{self.page}页({self.left:.0f},{self.top:.0f},{self.right:.0f},{self.bottom:.0f})"


class Unsure(NamedTuple):
    """Why a cell's text is not sure; ``row`` is true where its whole row may be two."""

    why: str
    row: bool = False


STRUCK = "文字上有删除线"
"""Why text that a writer has struck through is not sure: it may have been taken back."""
WHITE = "白色的文字，纸上看不见"
RAISED = "数字后面有上标或下标的数字，连在一起会成为另一个数"
SIGNS = "用符号字体写的字，看到的是符号，存的是字母"
UNSHOWN = "单元格的格式使文字不显示"
""" … that is white on white; a number behind which raised or lowered digits stand; letters that show as signs;
a text whose format shows nothing."""
Rectangle = tuple[int, int, int, int]
"""First row and column, last row and column."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet: what its cells hold, in reading order, none over another; empty cells are no cells.

    Cells are kept as columns of data, for a document has thousands: ``places`` and ``texts`` have one
    item a cell; ``values``, ``formulas`` and ``notes`` are by the cell's number and hold only what is
    there. ``cells`` are the same as objects. ``hidden_columns`` and ``hidden_rows`` are those that
    nobody sees; ``hidden`` is true where nobody sees the sheet. ``row_names`` are what people call the rows
    of a grid that is no sheet: 表2第3行. ``spots`` are where each cell of a printed grid stands, ``mended`` by
    number what was done to those that a page's end had cut, ``unsure`` those whose print leaves a doubt,
    ``marked`` what those said whose text lost the markup of a web page. ``goes_on`` is true where a group that
    is left blank means the one above it. ``days`` is what the days of the document are counted from: 0 where 1 is
    1900-01-01, 1462 in a workbook that counts from 1904.
    """

    name: str
    places: tuple[Rectangle, ...]
    texts: tuple[str, ...]
    values: Mapping[int, Typed] = field(default_factory=dict)
    formulas: Mapping[int, str] = field(default_factory=dict)
    notes: Mapping[int, str] = field(default_factory=dict)
    hidden_columns: frozenset[int] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    hidden: bool = False
    row_names: tuple[str, ...] = ()
    spots: tuple[Spot, ...] = ()
    mended: Mapping[int, str] = field(default_factory=dict)
    unsure: Mapping[int, Unsure] = field(default_factory=dict)
    marked: Mapping[int, str] = field(default_factory=dict)
    goes_on: bool = False
    days: int = 0
    _cells: list[GridCell] = field(default_factory=list, compare=False, repr=False)
    _squares: dict[tuple[int, int], GridCell] = field(default_factory=dict, compare=False, repr=False)

    @property
    def cells(self) -> list[GridCell]:
        """The cells in reading order; a cell's number is its place in this list."""
        if len(self._cells) < len(self.places):
            values, formulas, notes = self.values, self.formulas, self.notes
            self._cells[:] = [
                GridCell(*place, text, number, values.get(number), formulas.get(number, ""), notes.get(number, ""))
                for number, (place, text) in enumerate(zip(self.places, self.texts, strict=True))
            ]
        return self._cells

    @property
    def last_row(self) -> int:
        """The last row in which a cell begins; 0 where there is none."""
        return self.places[-1][0] if self.places else 0

    @property
    def last_column(self) -> int:
        """The last column in which a cell begins; 0 where there is none."""
        return max(map(itemgetter(1), self.places), default=0)

    def at(self, row: int, column: int) -> GridCell | None:
        """The cell that an address lies in; None where nothing stands."""
        found = self.squares.get((row, column))
        if found is None and (row > self.last_row or column > self.last_column):
            return next((cell for cell in self.cells if cell.row <= row <= cell.last_row and cell.column <= column <= cell.last_column), None)
        return found

    @property
    def squares(self) -> Mapping[tuple[int, int], GridCell]:
        """The cell of every square, as far as the sheet is used."""
        if not self._squares:
            self._squares.update(self._every_square())
        return self._squares

    def _every_square(self) -> dict[tuple[int, int], GridCell]:
        """Every square of every cell, as far as the sheet is used: a cell may go on to the end of the sheet."""
        bottom, right = self.last_row, self.last_column
        found: dict[tuple[int, int], GridCell] = {}
        for cell in self.cells:
            row, column, last_row, last_column, *_ = cell
            if row == last_row and column == last_column:
                found[row, column] = cell
                continue
            columns = range(column, max(min(last_column, right), column) + 1)
            for at in range(row, max(min(last_row, bottom), row) + 1):
                for line in columns:
                    found[at, line] = cell
        return found


def with_doubts(grid: Grid, why: Mapping[tuple[int, int], str]) -> Grid:
    """The grid with a doubt on the cells that begin at these rows and columns and hold something."""
    if not why:
        return grid
    found = {number: Unsure(why[place[:2]]) for number, place in enumerate(grid.places) if place[:2] in why and grid.texts[number]}
    return replace(grid, unsure={**found, **grid.unsure})


def with_struck(grid: Grid, crossed: Collection[tuple[int, int]]) -> Grid:
    """The grid with a doubt on the cells that begin at these rows and columns: their text is struck through."""
    return with_doubts(grid, dict.fromkeys(crossed, STRUCK))


def grid_of_cells(name: str, cells: Iterable[GridCell]) -> Grid:
    """A grid of cells in any order, each with what it holds; empty ones are left out."""
    kept = sorted((cell for cell in cells if cell.text or cell.formula or cell.note), key=lambda cell: (cell.row, cell.column))
    return Grid(
        name,
        tuple((cell.row, cell.column, cell.last_row, cell.last_column) for cell in kept),
        tuple(cell.text for cell in kept),
        {number: cell.value for number, cell in enumerate(kept) if cell.value is not None},
        {number: cell.formula for number, cell in enumerate(kept) if cell.formula},
        {number: cell.note for number, cell in enumerate(kept) if cell.note},
    )


@dataclass(frozen=True, slots=True)
class Book:
    """The grids of one document in order, and what the document says of itself.

    ``properties`` are by name: ``title``, and those that xltool or others added. ``beside`` is what the
    document holds besides its grids and is not read, each with its place: macros.
    """

    grids: tuple[Grid, ...]
    properties: Mapping[str, str] = field(default_factory=dict)
    beside: tuple[tuple[str, str], ...] = ()


def address(row: int, column: int) -> str:
    """The name of a square as Excel shows it: (3, 28) → AB3."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def grid_of(name: str, rows: Iterable[Iterable[str]]) -> Grid:
    """A grid of texts, one square each, empty ones left out: what a test draws, what a plain table is."""
    return grid_of_cells(
        name,
        (GridCell(row, column, row, column, text) for row, texts in enumerate(rows, 1) for column, text in enumerate(texts, 1)),
    )
