"""Tables as grids: spans laid out, the text around a table as rows of its own, tables of mere layout opened."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from math import isfinite

from xltool import budgets
from xltool.grid import Grid, Typed
from xltool.problems import ProblemError, problem
from xltool.surfaces.html.page import MOST_COLUMNS, Cell, Page, Paragraph, Table
from xltool.surfaces.merged import Sheet
from xltool.surfaces.shown import general

SPAN, COLUMNS = 1_000, MOST_COLUMNS
"""A cell spans 1,000 columns at the most, as HTML has it."""
_NUMBER = re.compile(r"-?[\d,]*\.?\d+%?")


def grids(page: Page, sheets: Sequence[str], name: str, first: int = 1) -> tuple[Grid, ...]:
    """A grid for each table of the page, with the paragraphs above it; the last has those below it too.

    A list of links to the sheets of a workbook leaves its rows empty: its words are the names of the grids.
    ``sheets`` are the names that the workbook gave its sheets, ``first`` numbers the first grid.

    Raises:
        ProblemError: workbook-range, workbook-merges.
    """
    made: list[Sheet] = []
    above: list[Paragraph] = []
    budget = _Budget(name)
    blocks = list(_opened(page.blocks))
    tables = sum(isinstance(one, Table) for one in blocks)
    anchors = {one.anchor for one in blocks if isinstance(one, Paragraph) and one.anchor}
    for one in blocks:
        if isinstance(one, Paragraph):
            above.append(Paragraph("") if one.target in anchors else one)
            continue
        given = sheets[len(made)] if len(sheets) >= tables else ""
        sheet = Sheet(given or f"表{first + len(made)}")
        above, sheet.name = _without_heading(above, page.links, sheet.name)
        sheet.hidden = one.unseen
        budget.table(sheet, one, above)
        made.append(sheet)
        above = []
    if above and not made:
        made.append(Sheet(f"表{first}"))
    for paragraph in above:
        row = max((at[0] for at in made[-1].texts), default=0) + 1
        made[-1].put((row, 1), paragraph.text)
        if paragraph.unseen:
            made[-1].hidden_rows.add(row)
    return tuple(sheet.grid(name) for sheet in made)


def _without_heading(above: list[Paragraph], links: dict[str, str], name: str) -> tuple[list[Paragraph], str]:
    """The paragraphs without the heading that a link of the page leads to, and the sheet's name that it states."""
    for number, one in enumerate(above):
        if (said := links.get(one.anchor)) and said in one.text:
            return [*above[:number], *above[number + 1 :]], said
    return above, name


def _opened(blocks: Sequence[Paragraph | Table]) -> Iterator[Paragraph | Table]:
    """The blocks, with a table that only arranges others replaced by what stands in it.

    A table that holds a table is the form itself where it has more cells of its own than that one, and then
    the inner table is text of its cell.
    """
    for one in blocks:
        if isinstance(one, Table) and _arranges(one):
            for row in one.rows:
                for cell in row:
                    yield from _opened(cell.blocks)
        else:
            yield one


def _arranges(table: Table) -> bool:
    inner = [one for row in table.rows for cell in row for one in cell.tables]
    return bool(inner) and max(_most(one) for one in inner) > table.filled


def _most(table: Table) -> int:
    """The cells of the table, or of the fullest table in it."""
    return max([table.filled, *(_most(one) for row in table.rows for cell in row for one in cell.tables)])


class _Budget:
    """Counts the squares of all tables of a file."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.squares = 0
        self.most = budgets.limit("squares")

    def table(self, sheet: Sheet, table: Table, above: Sequence[Paragraph]) -> None:
        """Lays a table out on a sheet, below its paragraphs, each as wide as the table."""
        top = len(above)
        sheet.hidden_columns.update(at + 1 for at in table.hidden_columns)
        taken: dict[int, int] = {}
        width = 1
        for row, cells in enumerate(table.rows, top + 1):
            column = 1
            if row - top - 1 in table.hidden:
                sheet.hidden_rows.add(row)
            for cell in cells:
                column = _free(taken, row, column)
                columns = self._columns(taken, row, column, cell, sheet)
                rows = min(cell.rows or len(table.rows), top + len(table.rows) - row + 1)
                if rows > 1:
                    taken.update(dict.fromkeys(range(column, column + columns), row + rows - 1))
                text = cell.text
                sheet.put((row, column), text, _value(text, cell.number), note=cell.note)
                sheet.merge((row, column), rows, columns)
                if cell.unsure:
                    sheet.unsure[row, column] = cell.unsure
                column += columns
                width = max(width, column - 1)
        for row, paragraph in enumerate(above, 1):
            sheet.put((row, 1), paragraph.text)
            sheet.merge((row, 1), 1, width)
            if paragraph.unseen:
                sheet.hidden_rows.add(row)

    def _columns(self, taken: dict[int, int], row: int, column: int, cell: Cell, sheet: Sheet) -> int:
        """The columns that a cell spans: up to one that a cell from above still covers."""
        wanted = min(max(cell.columns, 1), SPAN)
        columns = 1
        while columns < wanted and taken.get(column + columns, 0) < row:
            columns += 1
        self.squares += columns
        if column + columns > COLUMNS:
            raise ProblemError(problem("workbook-columns", f"{self.name}: {sheet.name}", found=column + columns, limit=COLUMNS))
        if self.squares > self.most:
            raise budgets.over("workbook-squares", f"{self.name}: {sheet.name}", "squares", found=self.squares)
        return columns


def _free(taken: dict[int, int], row: int, column: int) -> int:
    while taken.get(column, 0) >= row:
        column += 1
    return column


def _value(text: str, number: str) -> Typed:
    """The number that a workbook's page states beside the text it shows; a date has none."""
    if not number or not _NUMBER.fullmatch(text.strip()):
        return None
    try:
        found = float(number)
    except ValueError:
        return None
    return Decimal(general(found)) if isfinite(found) else None
