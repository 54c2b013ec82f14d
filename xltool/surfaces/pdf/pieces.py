"""The marks of a page as its tables and its other lines."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from xltool.printed import Box, PrintedCell, PrintedLine, PrintedPage, PrintedTable
from xltool.surfaces.pdf import words
from xltool.surfaces.pdf.cells import Cells, cells
from xltool.surfaces.pdf.marks import Character, Marks
from xltool.surfaces.pdf.rules import Ruled, ruled

THROUGH = 0.3
"""How near a rule may lie to the middle of a character, in its size, that it is not drawn through it."""
CLOSE = 0.5
"""Points between two characters that no rule and no padding has room between."""
ON_RULE = 5.0
"""Points between a last line and the rule below, where there is no room for another."""
_ENDS = frozenset("。；！？.;!?”）)…")
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
    owners = _owners(table, found, characters)
    held: list[list[Character]] = [[] for _ in found.rectangles]
    for letter, owner in zip(characters, owners, strict=True):
        held[owner].append(letter)
    spilled = {*_over_rules(table, found, characters, owners), *_run_on(characters, owners)}
    made = []
    for number, one in enumerate(found.rectangles):
        box = Box(table.xs[one.column], table.ys[one.row], table.xs[one.last_column + 1], table.ys[one.last_row + 1])
        lines = words.lines(held[number])
        said = words.cell_text(lines, box.width)
        flaws = number in spilled, _brimful(said, lines, box)
        made.append(PrintedCell(box, said.text, number in found.open_top, number in found.open_bottom, said.room, said.first, *flaws))
    return PrintedTable(Box(table.xs[0], table.ys[0], table.xs[-1], table.ys[-1]), tuple(made), found.damaged)


def _brimful(said: words.CellText, lines: Sequence[words.Line], box: Box) -> bool:
    """True where the last line is full, stands on the lower rule and ends no sentence: the rest may be cut off."""
    if not lines or said.text[-1] in _ENDS or box.bottom - lines[-1].bottom > ON_RULE:
        return False
    last = lines[-1].characters[-1]
    return said.room < 2 * (last.right - last.left)


def _squares(found: Cells) -> dict[tuple[int, int], int]:
    """The number of the cell of each square."""
    return {
        (row, column): number
        for number, one in enumerate(found.rectangles)
        for row in range(one.row, one.last_row + 1)
        for column in range(one.column, one.last_column + 1)
    }


def _owners(table: Ruled, found: Cells, characters: Sequence[Character]) -> list[int]:
    """The number of the cell of each character, by where its middle lies."""
    squares = _squares(found)
    inner_xs, inner_ys = table.xs[1:-1], table.ys[1:-1]
    return [squares[bisect_right(inner_ys, (one.top + one.bottom) / 2), bisect_right(inner_xs, (one.left + one.right) / 2)] for one in characters]


def _over_rules(table: Ruled, found: Cells, characters: Sequence[Character], owners: Sequence[int]) -> Iterator[int]:
    """The cells on either side of a rule that is drawn through a character: the text of one runs into the other."""
    squares = _squares(found)
    ends = [(table.ys[one.row], table.ys[one.last_row + 1]) for one in found.rectangles]
    for one, number in zip(characters, owners, strict=True):
        left, top, right, bottom = one.left, one.top, one.right, one.bottom
        above, below = ends[number]
        middle, reach = (top + bottom) / 2, THROUGH * min(bottom - top, right - left)
        if middle - above < reach or below - middle < reach:
            cell = found.rectangles[number]
            row = cell.row if middle - above < reach else cell.last_row + 1
            column = bisect_right(table.xs[1:-1], (left + right) / 2)
            yield from (squares[at, column] for at in (row - 1, row) if (at, column) in squares)


def _run_on(characters: Sequence[Character], owners: Sequence[int]) -> Iterator[int]:
    """The cells in which a word goes on from another's without a gap."""
    for one, then, first, second in zip(characters, characters[1:], owners, owners[1:], strict=False):
        if first != second and abs(one.bottom - then.bottom) < 1 and -1 < then.left - one.right < CLOSE and then.left > one.left:
            yield first
            yield second
