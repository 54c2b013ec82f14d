"""The marks of a page as its tables and its other lines."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from xltool.printed import Box, PrintedCell, PrintedLine, PrintedPage, PrintedTable
from xltool.surfaces.pdf import words
from xltool.surfaces.pdf.cells import Cells, cells
from xltool.surfaces.pdf.marks import Character, Marks
from xltool.surfaces.pdf.rules import Ruled, ruled

EDGE = 1.0
"""Points that a character may stand over the side of its table."""


def pieces(marks: Marks, number: int) -> PrintedPage:
    """The page: every character stands in a cell or in a line."""
    found = ruled(marks.strokes)
    held: list[list[Character]] = [[] for _ in found]
    free: list[Character] = []
    for one in marks.characters:
        (held[at] if (at := _table(one, found)) >= 0 else free).append(one)
    tables = tuple(_printed(table, own) for table, own in zip(found, held, strict=True))
    lines = tuple(PrintedLine(box, said) for line in words.lines(free) for box, said in words.segments(line))
    return PrintedPage(number, marks.width, marks.height, tables, lines, _scanned(marks))


def _scanned(marks: Marks) -> bool:
    """True for a page that is a picture: no letter, and most of it covered by one."""
    return not marks.characters and marks.covered > marks.width * marks.height / 2


def _table(one: Character, found: Sequence[Ruled]) -> int:
    """The number of the table that a character stands in; -1 where it stands in none."""
    x, y = (one.left + one.right) / 2, (one.top + one.bottom) / 2
    for at, table in enumerate(found):
        if table.xs[0] - EDGE <= x <= table.xs[-1] + EDGE and table.ys[0] - EDGE <= y <= table.ys[-1] + EDGE:
            return at
    return -1


def _printed(table: Ruled, characters: Sequence[Character]) -> PrintedTable:
    found = cells(table)
    held = _held(table, found, characters)
    made = []
    for number, one in enumerate(found.rectangles):
        box = Box(table.xs[one.column], table.ys[one.row], table.xs[one.last_column + 1], table.ys[one.last_row + 1])
        said, full = words.cell_text(words.lines(held[number]), box.width) if held[number] else ("", False)
        made.append(PrintedCell(box, said, number in found.open_top, number in found.open_bottom, full))
    return PrintedTable(Box(table.xs[0], table.ys[0], table.xs[-1], table.ys[-1]), tuple(made), found.damaged)


def _held(table: Ruled, found: Cells, characters: Sequence[Character]) -> list[list[Character]]:
    """The characters of each cell, by where their middles lie."""
    squares = {
        (row, column): number
        for number, one in enumerate(found.rectangles)
        for row in range(one.row, one.last_row + 1)
        for column in range(one.column, one.last_column + 1)
    }
    held: list[list[Character]] = [[] for _ in found.rectangles]
    inner_xs, inner_ys = table.xs[1:-1], table.ys[1:-1]
    for one in characters:
        row = bisect_right(inner_ys, (one.top + one.bottom) / 2)
        column = bisect_right(inner_xs, (one.left + one.right) / 2)
        held[squares[row, column]].append(one)
    return held
