"""Where each cell of a form's layout lies on a grid, measured from the captions that stand around it.

Every caption is placed by itself, so that rows may be inserted, moved or gone; a field lies on the
row of its caption, or below it, between the columns of its neighbours.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from xltool.form import Form, ListBlock
from xltool.grid import GridCell
from xltool.layout import Cell, Constant
from xltool.recovery.grid_captions import Anchor
from xltool.recovery.grid_regions import Hit

FAR = 10_000
"""A distance that no two cells of one form have."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is known of a form before any grid: its anchors, the cells that hold fields, and what locates each.

    ``locators`` are the numbers of the anchors that a field stands or falls with, by the field cell's origin, ``beside``
    those of the captions that begin their rows.
    """

    form: Form
    anchors: tuple[Anchor, ...]
    at: Mapping[tuple[int, int], Anchor]
    cells: tuple[Cell, ...]
    locators: Mapping[tuple[int, int], int]
    beside: Mapping[tuple[int, int], int]

    def told_by(self, cell: Cell) -> tuple[int, ...]:
        """The anchors without which nobody knows what a cell of the layout is: its own, and that of its row."""
        origin = cell.row, cell.column
        return tuple(dict.fromkeys(each[origin] for each in (self.locators, self.beside) if origin in each))


def plan_of(form: Form, anchors: tuple[Anchor, ...]) -> Plan:
    """The plan of a form."""
    at = {
        (row, column): one
        for one in anchors
        for row in range(one.cell.row, one.cell.last_row + 1)
        for column in range(one.cell.column, one.cell.last_column + 1)
    }
    listed = {id(cell) for block in form.blocks for cell in form.layout.in_row(block.row) if cell not in block.spans}
    known = {(one.cell.row, one.cell.column) for one in anchors}
    cells = tuple(
        cell
        for cell in form.layout.cells
        if (cell.holes or any(isinstance(part, Constant) for part in cell.parts)) and (cell.row, cell.column) not in known and id(cell) not in listed
    )
    locators = {(cell.row, cell.column): found.number for cell in cells if (found := locator(at, cell))}
    beside = {(cell.row, cell.column): found.number for cell in cells if (found := _row_caption(at, cell))}
    return Plan(form, anchors, at, cells, locators, beside)


def locator(at: Mapping[tuple[int, int], Anchor], cell: Cell) -> Anchor | None:
    """The caption of a field: directly left where it covers the field's row, else the nearest above."""
    left = at.get((cell.row, cell.column - 1))
    if left and left.cell.row == cell.row:
        return left
    return next((above for row in range(cell.row - 1, 0, -1) if (above := at.get((row, cell.column)))), None)


def _row_caption(at: Mapping[tuple[int, int], Anchor], cell: Cell) -> Anchor | None:
    """The nearest caption at the left that stands in the field's row alone: that of a row of amounts (其中：财政拨款)."""
    for column in range(cell.column - 1, 0, -1):
        found = at.get((cell.row, column))
        if found is not None:
            return found if found.cell.row == cell.row == found.cell.last_row else None
    return None


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of a grid."""

    row: int
    column: int
    last_row: int
    last_column: int


@dataclass(slots=True)
class Places:
    """The anchors of one filled form on its grid, and what they say of its rows and columns."""

    plan: Plan
    found: dict[int, GridCell]
    bottom: int
    rows: dict[int, tuple[int, int]] = field(default_factory=dict)
    columns: dict[int, int] = field(default_factory=dict)
    begins: list[int] = field(default_factory=list)
    edge: int = 1

    def measure(self) -> None:
        """Sets the rows, columns and the right edge from the anchors that were found."""
        rows: dict[int, list[tuple[int, int]]] = {}
        columns: dict[int, list[int]] = {}
        width = self.plan.form.layout.columns
        for number, cell in self.found.items():
            own = self.plan.anchors[number].cell
            rows.setdefault(own.row, []).append((cell.row, cell.last_row if own.row == own.last_row else 0))
            columns.setdefault(own.column, []).append(cell.column)
            self.edge = max(self.edge, cell.last_column, cell.column + width - own.column)
        for row, pairs in rows.items():
            first = _usual([begin for begin, _ in pairs])
            self.rows[row] = (first, max(first, *(last for begin, last in pairs if begin == first)))
        self.columns = {column: _usual(found) for column, found in columns.items()}
        self.begins = sorted({cell.row for cell in self.found.values()})

    def next_row(self, row: int) -> int:
        """The first row below ``row`` in which an anchor begins; the row behind the form's last where none does."""
        at = bisect_right(self.begins, row)
        return self.begins[at] if at < len(self.begins) else self.bottom + 1

    def area(self, cell: Cell) -> Area | None:
        """Where a cell of the layout lies; None where nothing tells its row."""
        left = self.plan.at.get((cell.row, cell.column - 1))
        beside = self.found.get(left.number) if left else None
        if beside and left and left.cell.row != cell.row:
            beside = None
        lines = self._lines(cell, beside)
        if lines is None:
            return None
        column = self._list_column(cell) or (beside.last_column + 1 if beside else self._first_column(cell))
        return Area(lines[0], column, lines[1], max(column, self._last_column(cell, lines, column)))

    def _head(self, row: int, column: int) -> GridCell | None:
        """The nearest caption above a square of the layout, where it begins in the square's column."""
        above = next((one for line in range(row - 1, 0, -1) if (one := self.plan.at.get((line, column)))), None)
        return self.found.get(above.number) if above and above.cell.column == column else None

    def _list_column(self, cell: Cell) -> int:
        """The column of the list's head under which a cell stands below the list, a total for instance; 0 for any other."""
        above = next((one for line in range(cell.row - 1, 0, -1) if (one := self.plan.at.get((line, cell.column)))), None)
        if above is None or not any(above.cell.last_row == block.row - 1 and cell.row > block.row for block in self.plan.form.blocks):
            return 0
        head = self._head(cell.row, cell.column)
        return head.column if head else 0

    def _first_column(self, cell: Cell) -> int:
        """The column of the caption above; without one that of most captions in the same column of the layout."""
        head = self._head(cell.row, cell.column)
        return head.column if head else self.column(cell.column)

    def _lines(self, cell: Cell, beside: GridCell | None) -> tuple[int, int] | None:
        if block := next((one for one in self.plan.form.blocks if one.row == cell.row and cell in one.spans), None):
            return self.list_rows(block)
        if beside:
            first, last = beside.row, beside.last_row
        elif cell.row in self.rows:
            first, last = self.rows[cell.row]
        elif self._behind_list(cell):
            return None
        else:
            number = self.plan.locators.get((cell.row, cell.column))
            above = self.found.get(number) if number is not None else None
            if above is None:
                return self._between(cell)
            if self.plan.anchors[number or 0].cell.last_row < cell.row - 1 and (inferred := self._between(cell)):
                return inferred
            first, last = above.last_row + 1, self.next_row(above.row) - 1
        if cell.last_row > cell.row and cell.last_row in self.rows:
            last = max(last, self.rows[cell.last_row][1])
        # A field in the head of a list: the list begins behind it.
        last = next((self.list_rows(block)[0] - 1 for block in self.plan.form.blocks if block.row == cell.last_row + 1), last)
        if first > self.bottom and not any(one.cell.row >= cell.row for one in self.plan.anchors):
            # The form's last row, in which nothing was filled in.
            return first, first + cell.last_row - cell.row
        return (first, last) if last >= first else None

    def _behind_list(self, cell: Cell) -> bool:
        """True where a list, which is of any length, lies between a cell and the last row above it that is known."""
        above = max((row for row in self.rows if row < cell.row), default=0)
        return any(above < block.row < cell.row for block in self.plan.form.blocks)

    def _between(self, cell: Cell) -> tuple[int, int] | None:
        """The row that is left between the rows above and below, where as many rows lie there as in the layout."""
        above = max((row for row in self.rows if row < cell.row), default=0)
        below = min((row for row in self.rows if row > cell.row), default=0)
        if not above or not below or self.rows[below][0] - self.rows[above][0] != below - above:
            return None
        row = self.rows[above][0] + cell.row - above
        return row, row + cell.last_row - cell.row

    def column(self, column: int) -> int:
        """The column of the grid in which a column of the layout begins, counted on from the nearest known one."""
        if column in self.columns:
            return self.columns[column]
        known = max((one for one in self.columns if one < column), default=None)
        return self.columns[known] + column - known if known is not None else column

    def _last_column(self, cell: Cell, lines: tuple[int, int], column: int) -> int:
        """The last column before what stands at the right, in whatever order somebody has put the heads."""
        return min(self._before_next(cell, lines, column), self._before_heads(cell, column))

    def _before_heads(self, cell: Cell, column: int) -> int:
        """The last column before the next of the captions that stand in one row with the head above a cell."""
        above = next((one for row in range(cell.row - 1, 0, -1) if (one := self.plan.at.get((row, cell.column)))), None)
        if above is None or above.number not in self.found or above.cell.column != cell.column:
            return FAR
        own = max(column, self.found[above.number].column)
        heads = [at.column for number, at in self.found.items() if self.plan.anchors[number].cell.row == above.cell.row]
        return min((one for one in heads if one > own), default=FAR + 1) - 1

    def _before_next(self, cell: Cell, lines: tuple[int, int], column: int) -> int:
        """The last column before what stands at the right of a cell in the layout."""
        behind = cell.last_column + 1
        right = self.plan.at.get((cell.row, behind))
        beside = self.found.get(right.number) if right else None
        if beside and lines[0] <= beside.row <= lines[1] and beside.column > column:
            return beside.column - 1
        if (head := self._head(cell.row, behind)) and head.column > column:
            return head.column - 1
        if behind > self.plan.form.layout.columns:
            return self.edge
        if behind in self.columns and self.columns[behind] > column:
            return self.columns[behind] - 1
        return column + cell.last_column - cell.column

    def list_rows(self, block: ListBlock) -> tuple[int, int]:
        """The rows of a list: from below its heads to the next caption of the form."""
        heads = [cell for number, cell in self.found.items() if self.plan.anchors[number].cell.last_row == block.row - 1 and self.plan.anchors[number].cell.row < block.row]
        heads = [cell for cell in heads if not any(cell is self.found.get(self._number(span)) for span in block.spans)]
        above = [last for row, (_, last) in self.rows.items() if row < block.row]
        first = max((cell.last_row for cell in heads), default=max(above, default=0)) + 1
        if self.plan.form.head_fields(block):
            # In a table without merged cells the row of these fields is below what its heads take.
            first = max([first, *(at.row + block.row - self.plan.anchors[number].cell.row for number, at in self.found.items() if at in heads)])
        below = [begin for row, (begin, _) in self.rows.items() if row > block.row and begin >= first]
        return first, min(below, default=self.bottom + 1) - 1

    def _number(self, cell: Cell) -> int:
        anchor = self.plan.at.get((cell.row, cell.column))
        return anchor.number if anchor else -1

    def beside_list(self, block: ListBlock) -> list[int]:
        """The columns in which the cells begin that go down beside a list, below a head of their own."""
        return [self._first_column(span) for span in block.spans if span.row == block.row]

    def list_columns(self, block: ListBlock) -> list[tuple[int, Cell, bool]]:
        """(first column, cell of the repeated row, whether its head is there) from the left."""
        found = []
        for cell in self.plan.form.layout.in_row(block.row):
            if cell in block.spans:
                continue
            head = next((one for row in range(block.row - 1, 0, -1) if (one := self.plan.at.get((row, cell.column)))), None)
            there = self.found.get(head.number) if head else None
            found.append((there.column + cell.column - head.cell.column if head and there else self.column(cell.column), cell, there is not None))
        return found


def _usual(numbers: list[int]) -> int:
    """The number that stands most often, the first of several."""
    first = numbers[0]
    if numbers.count(first) == len(numbers):
        return first
    return max(dict.fromkeys(numbers), key=numbers.count)


def placed(plan: Plan, hits: Sequence[Hit], bottom: int) -> Places:
    """The anchors of a form on the cells of its captions: those with one way at once, the rest by what stands around them."""
    waiting: dict[tuple[int, ...], list[GridCell]] = {}
    for hit in hits:
        waiting.setdefault(hit.match.anchors, []).append(hit.cell)
    found = {numbers[0]: cells[0] for numbers, cells in waiting.items() if len(numbers) == len(cells) == 1}
    open_groups = [(numbers, cells) for numbers, cells in waiting.items() if not (len(numbers) == len(cells) == 1)]
    for numbers, cells in open_groups:
        _choose(plan, found, [number for number in numbers if number not in found], cells)
    places = Places(plan, found, bottom)
    places.measure()
    return places


def _choose(plan: Plan, found: dict[int, GridCell], numbers: Sequence[int], cells: Sequence[GridCell]) -> None:
    """Gives each anchor the cell that lies nearest to where its neighbours say it should."""
    costs = sorted(
        ((_cost(plan, found, number, cell), number, at) for number in numbers for at, cell in enumerate(cells)),
    )
    given: dict[int, GridCell] = {}
    used: set[int] = set()
    for _, number, at in costs:
        if number not in given and at not in used:
            given[number] = cells[at]
            used.add(at)
    found.update(given)


def _cost(plan: Plan, found: Mapping[int, GridCell], number: int, cell: GridCell) -> int:
    own = plan.anchors[number].cell
    known = [(plan.anchors[other].cell, at) for other, at in found.items()]
    rows = [abs(at.row - cell.row) for one, at in known if one.row == own.row]
    if not rows:
        above = [(one.row, at.row) for one, at in known if one.row < own.row]
        below = [(one.row, at.row) for one, at in known if one.row > own.row]
        rows = [abs(at + own.row - row - cell.row) for row, at in (*sorted(above)[-1:], *sorted(below)[:1])]
    columns = [abs(at.column - cell.column) for one, at in known if one.column == own.column]
    if not columns:
        near = sorted((abs(one.column - own.column), at.column + own.column - one.column) for one, at in known)
        columns = [abs(near[0][1] - cell.column)] if near else []
    return 4 * min(rows, default=FAR) + sorted(columns)[len(columns) // 2] if columns else 4 * min(rows, default=FAR)
