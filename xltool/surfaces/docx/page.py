"""Blocks as one grid, as they stand below each other: a paragraph is a row, a table its rows.

A table inside a cell takes the cell's place; the cells beside it reach down along it. What stands
above the first row of two cells in a table is a heading, one line a row, as a paragraph would be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from xltool import budgets
from xltool.grid import Grid, GridCell, Unsure, grid_of_cells
from xltool.problems import ProblemError, problem
from xltool.surfaces.docx.blocks import Block, Cell, Paragraph, Row, Table
from xltool.surfaces.docx.columns import Edges, edges_of

WIDEST = 16_384
"""Columns of a table, as many as a sheet has; Word itself allows 63."""
_APART = 8
"""Paragraphs between two tables beyond which they have nothing to do with each other."""
_ALONE = "这一行没有制表符，可能属于别的栏"
_BELOW = "合并进来的单元格里另有文字，纸上看不见"
_TITLE = 24
"""Characters of a title at the most."""
_ROWS = 4
"""Paragraphs with tabs that make a table."""
_EDGES = 128
"""Edges beyond which a stretch of tables ends: no form has so many columns."""


@dataclass(slots=True)
class _Box:
    """A cell on the page: its rows, its edges, its text."""

    row: int
    last_row: int
    left: int
    right: int
    text: str
    note: str
    unsure: str = ""


@dataclass(slots=True)
class _Page:
    """The boxes so far. ``names`` are those of the rows, ``hidden`` those that nobody sees; ``unsure`` says by row and column
    which texts are not sure, and why."""

    name: str
    boxes: list[_Box] = field(default_factory=list)
    cells: list[GridCell] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    unsure: dict[tuple[int, int], Unsure] = field(default_factory=dict)
    edges: Edges = field(default_factory=Edges)
    apart: int = 0
    paragraphs: int = 0
    tables: int = 0
    squares: int = 0


def grid_of_blocks(blocks: Sequence[Block], name: str) -> Grid:
    """The grid of a document.

    Raises:
        ProblemError: document-squares.
    """
    page = _Page(name)
    columns = _in_columns(blocks)
    for at, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            _paragraph(block, page, at in columns)
        else:
            _table(block, page)
    _close(page)
    found = grid_of_cells("", page.cells)
    unsure = {number: page.unsure[place[:2]] for number, place in enumerate(found.places) if place[:2] in page.unsure}
    return Grid("", found.places, found.texts, notes=found.notes, hidden_rows=frozenset(page.hidden), row_names=tuple(page.names), unsure=unsure)


def _in_columns(blocks: Sequence[Block]) -> frozenset[int]:
    """The numbers of the paragraphs that are rows of a table typed with tabs: several in a row, most of them with a tab
    between two texts. A tab that begins a single paragraph only moves it in; one between rows that is too long for a
    title may have lost its tabs."""
    found: list[int] = []
    for row, run in groupby(range(len(blocks)), lambda at: isinstance(one := blocks[at], Paragraph) and ("\t" in one.text or len(one.text) > _TITLE)):
        texts = {at: block.text for at in run if row and isinstance(block := blocks[at], Paragraph)}
        tabbed = [text for text in texts.values() if "\t" in text]
        if len(tabbed) >= _ROWS and 2 * sum("\t" in text.strip() for text in tabbed) > len(tabbed):
            found.extend(texts)
    return frozenset(found)


def _paragraph(block: Paragraph, page: _Page, in_columns: bool = False) -> None:
    page.paragraphs += 1
    page.apart += 1
    lines = block.text.split("\n")
    for line in lines:
        page.names.append(f"第{page.paragraphs}段")
        note = "\n".join(block.notes) if line is lines[0] else ""
        texts = line.split("\t")[:_EDGES] if in_columns else [line.replace("\t", " ")]
        if block.unsure or (in_columns and len(texts) == 1):
            page.unsure[len(page.names), 1] = Unsure(block.unsure or _ALONE)
        for column, text in enumerate(texts, 1):
            page.cells.append(GridCell(len(page.names), column, len(page.names), column, text.strip(), note=note))
            note = ""


def _table(table: Table, page: _Page) -> None:
    if page.apart > _APART or len(page.edges.found) > _EDGES:
        _close(page)
    page.apart = 0
    start = len(page.boxes)
    _rows(table, 0, page)
    own = page.boxes[start:]
    joined = page.edges.join(edge for box in own for edge in (box.left, box.right))
    for box in own:
        box.left, box.right = joined[box.left], joined[box.right]


def _rows(table: Table, offset: int, page: _Page) -> None:
    """Puts the rows of a table below what stands there, its left edge at ``offset``."""
    page.tables += 1
    if max((row.columns for row in table.rows), default=0) > WIDEST:
        raise ProblemError(problem("workbook-columns", page.name, found=max(row.columns for row in table.rows), limit=WIDEST))
    number, open_cells, heading = page.tables, dict[tuple[int, int], _Box](), True
    for at, (row, edges) in enumerate(zip(table.rows, edges_of(table), strict=True), 1):
        place, before = f"表{number}第{at}行", len(page.names)
        if heading := heading and (not offset or len(table.rows) > 1) and len(row.cells) == 1 and not row.cells[0].tables and row.cells[0].merge == "":
            _heading(row.cells[0], place, page)
            page.hidden.update(range(before + 1, len(page.names) + 1) if row.hidden else ())
            continue
        top = len(page.names) + 1
        page.names.append(place)
        ranges = [(offset + left, offset + right) for left, right in edges]
        nested = [(cell, left, right) for cell, (left, right) in zip(row.cells, ranges, strict=True) if cell.tables]
        for at_nested, (cell, left, right) in enumerate(nested):
            _inside(cell, left, right, place, at_nested == 0, page)
        open_cells = _cells(row, ranges, top, open_cells, page)
        page.hidden.update(range(top, len(page.names) + 1) if row.hidden else ())


def _heading(cell: Cell, place: str, page: _Page) -> None:
    note = cell.notes
    for line in cell.text.split("\n"):
        page.names.append(place)
        if cell.unsure:
            page.unsure[len(page.names), 1] = Unsure(cell.unsure)
        page.cells.append(GridCell(len(page.names), 1, len(page.names), 1, line.strip(), note=note))
        note = ""


def _inside(cell: Cell, left: int, right: int, place: str, first: bool, page: _Page) -> None:
    """Puts what a cell with tables holds: from the row of the cell on, or below another such cell."""
    free = first
    for block in cell.blocks:
        if isinstance(block, Table):
            if free:
                page.names.pop()
            _rows(block, left, page)
        else:
            if not free:
                page.names.append(place)
            row = len(page.names)
            page.boxes.append(_Box(row, row, left, right, block.text, "\n".join(block.notes), block.unsure))
        free = False


def _cells(row: Row, ranges: Sequence[tuple[int, int]], top: int, above: dict[tuple[int, int], _Box], page: _Page) -> dict[tuple[int, int], _Box]:
    """Puts the cells of a row that hold no table, and gives back those that a row below may go on with."""
    bottom = max(len(page.names), top)
    open_cells: dict[tuple[int, int], _Box] = {}
    for cell, (left, right) in zip(row.cells, ranges, strict=True):
        if cell.tables:
            continue
        box = above.get((left, right)) if cell.merge == "continue" else None
        if box:
            box.last_row = bottom
            box.note = "\n".join(filter(None, (box.note, cell.text, cell.notes)))
            box.unsure = box.unsure or (_BELOW if cell.text.strip() not in ("", box.text.strip()) else "")
        else:
            box = _Box(top, bottom, left, right, cell.text, cell.notes, cell.unsure)
            page.boxes.append(box)
        if cell.merge:
            open_cells[left, right] = box
    return open_cells


def _close(page: _Page) -> None:
    """Ends a stretch: its boxes become cells, their columns counted between the edges of its tables."""
    most = budgets.limit("squares")
    for box in page.boxes:
        if box.text or box.note:
            first, last = page.edges.number(box.left) + 1, page.edges.number(box.right)
            page.squares += (box.last_row - box.row + 1) * max(last - first + 1, 1)
            if page.squares > most:
                raise budgets.over("document-squares", page.name, "squares")
            page.cells.append(GridCell(box.row, first, box.last_row, max(last, first), box.text, note=box.note))
            if box.unsure:
                page.unsure[box.row, first] = Unsure(box.unsure)
    page.boxes.clear()
    page.edges, page.apart = Edges(), 0
