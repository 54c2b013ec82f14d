"""The marks of a page as its tables and its other lines."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from xltool.printed import ENDS, Box, PrintedCell, PrintedLine, PrintedPage, PrintedTable
from xltool.surfaces.pdf import words
from xltool.surfaces.pdf.cells import Cells, Rectangle, cells
from xltool.surfaces.pdf.marks import Aside, Character, Marks
from xltool.surfaces.pdf.overflow import HAIR, CellAt, is_through, returned
from xltool.surfaces.pdf.rules import Ruled, ruled
from xltool.surfaces.pdf.seen import UNSEEN
from xltool.surfaces.pdf.underlines import parted

CLOSE = 0.5
"""Points between two characters that no rule and no padding has room between."""
ON_RULE = 5.0
"""Points between a last line and the rule below, where there is no room for another."""
SMALL, LARGE = 0.3, 3.0
"""Of the usual height of a letter: a smaller one in a table cannot be read, a larger one is printed across it."""
OVERSIZED = "大字的水印"
EDGE = 1.0
"""Points that a character may stand over the side of its table."""


def pieces(marks: Marks, number: int) -> PrintedPage:
    """The page: every character stands in a cell or in a line."""
    strokes, struck = parted(marks.strokes, marks.characters)
    out = {id(marks.characters[at]) for at in struck}
    found = ruled(strokes)
    held: list[list[Character]] = [[] for _ in found]
    free: list[Character] = []
    least, most = _sizes(marks.characters)
    odd: list[Character] = []
    places = [(table.xs[0] - EDGE, table.ys[0] - EDGE, table.xs[-1] + EDGE, table.ys[-1] + EDGE, into) for table, into in zip(found, held, strict=True)]
    for one in marks.characters:
        _, left, top, right, bottom = one
        x, y = (left + right) / 2, (top + bottom) / 2
        for first, above, last, below, into in places:
            if first <= x <= last and above <= y <= below:
                (into if least <= bottom - top <= most else odd).append(one)
                break
        else:
            free.append(one)
    tables = tuple(_printed(table, own, out) for table, own in zip(found, held, strict=True))
    lines = tuple(PrintedLine(box, said) for line in words.lines(free) for box, said in words.segments(line))
    aside = tuple((_said(one.characters), one.why) for one in [*marks.aside, *_by_size(odd, most)])
    return PrintedPage(number, marks.width, marks.height, tables, lines, _scanned(marks), marks.recognised, aside)


def _sizes(characters: Sequence[Character]) -> tuple[float, float]:
    """The smallest and the largest letters that the text of a page has in its tables."""
    heights = sorted([one.bottom - one.top for one in characters])
    usual = heights[len(heights) // 2] if heights else 0.0
    return SMALL * usual, LARGE * usual


def _by_size(characters: Sequence[Character], most: float) -> Iterator[Aside]:
    """Letters that are no text of a table, those of one size and height or line together."""
    for large, some in groupby(characters, lambda one: one.bottom - one.top > most):
        yield Aside([*some], OVERSIZED if large else UNSEEN)


def _said(characters: Sequence[Character]) -> PrintedLine:
    """Characters in the order in which they are written as a line."""
    box = Box(min(one.left for one in characters), min(one.top for one in characters), max(one.right for one in characters), max(one.bottom for one in characters))
    return PrintedLine(box, "".join(one.text for one in characters))


def _scanned(marks: Marks) -> bool:
    """True for a page that is a picture: no letter, and most of it covered by one."""
    return not marks.characters and marks.covered > marks.width * marks.height / 2


def _printed(table: Ruled, characters: Sequence[Character], struck: Collection[int]) -> PrintedTable:
    """The table with its cells; ``struck`` are the letters that a line is drawn through, by their identity."""
    found = cells(table)
    boxes = [_box(table, one) for one in found.rectangles]
    cell_at = _cell_at(table, found)
    owners = [cell_at((one.left + one.right) / 2, (one.top + one.bottom) / 2) for one in characters]
    spilled = {*_over_rules(boxes, characters, owners, cell_at), *_run_on(characters, owners)}
    if spilled:
        owners, touched = returned(boxes, characters, owners, cell_at)
        spilled |= touched
    held: list[list[Character]] = [[] for _ in boxes]
    for letter, owner in zip(characters, owners, strict=True):
        held[owner].append(letter)
    longer, gone = _stretched(found, held)
    made = []
    for number, own in enumerate(boxes):
        if number in gone:
            continue
        box = _box(table, longer[number]) if number in longer else own
        lines = words.lines(held[number])
        said = words.cell_text(lines, box.width)
        flaws = number in spilled, _brimful(said, lines, box), number in longer, any(line.over for line in lines), bool(struck) and any(id(one) in struck for one in held[number])
        made.append(PrintedCell(box, said.text, number in found.open_top, number in found.open_bottom, said.room, said.first, *flaws, len(lines)))
    return PrintedTable(Box(table.xs[0], table.ys[0], table.xs[-1], table.ys[-1]), tuple(made), found.damaged)


def _box(table: Ruled, one: Rectangle) -> Box:
    return Box(table.xs[one.column], table.ys[one.row], table.xs[one.last_column + 1], table.ys[one.last_row + 1])


def _stretched(found: Cells, held: Sequence[Sequence[Character]]) -> tuple[dict[int, Rectangle], set[int]]:
    """The cells that reach over empty ones below that lack the table's side, with their rows; and those empty ones."""
    longer: dict[int, Rectangle] = {}
    gone: set[int] = set()
    for number in found.outside:
        if not held[number] and (over := dict(_over(found.rectangles[number], found))):
            longer |= over
            gone.add(number)
    return longer, gone


def _over(lacking: Rectangle, found: Cells) -> Iterator[tuple[int, Rectangle]]:
    """The cells directly above another, by number, with its rows; nothing where they are not as wide together as it is."""
    above = [
        (number, one) for number, one in enumerate(found.rectangles)
        if one.last_row + 1 == lacking.row and lacking.column <= one.column and one.last_column <= lacking.last_column
    ]  # fmt: skip
    if sum(one.last_column - one.column + 1 for _, one in above) == lacking.last_column - lacking.column + 1:
        yield from ((number, one._replace(last_row=lacking.last_row)) for number, one in above)


def _brimful(said: words.CellText, lines: Sequence[words.Line], box: Box) -> bool:
    """True where the last line is full, stands on the lower rule and ends no sentence: the rest may be cut off."""
    if not lines or said.text[-1] in ENDS or box.bottom - lines[-1].bottom > ON_RULE:
        return False
    last = lines[-1].characters[-1]
    return said.room < 2 * (last.right - last.left)


def _cell_at(table: Ruled, found: Cells) -> CellAt:
    """What tells the number of the cell at a place of the table; beyond its sides, of the cell nearest to it."""
    squares = {
        (row, column): number
        for number, one in enumerate(found.rectangles)
        for row in range(one.row, one.last_row + 1)
        for column in range(one.column, one.last_column + 1)
    }
    inner_xs, inner_ys = table.xs[1:-1], table.ys[1:-1]
    return lambda x, y: squares[bisect_right(inner_ys, y), bisect_right(inner_xs, x)]


def _over_rules(boxes: Sequence[Box], characters: Sequence[Character], owners: Sequence[int], cell_at: CellAt) -> Iterator[int]:
    """The cells on either side of a rule that is drawn through a character: the text of one runs into the other."""
    for one, number in zip(characters, owners, strict=True):
        box = boxes[number]
        if box.top <= one.top and one.bottom <= box.bottom:
            continue
        above = is_through(box.top, one)
        if above or is_through(box.bottom, one):
            across = (one.left + one.right) / 2
            yield cell_at(across, (box.top if above else box.bottom) - HAIR)
            yield cell_at(across, (box.top if above else box.bottom) + HAIR)


def _run_on(characters: Sequence[Character], owners: Sequence[int]) -> Iterator[int]:
    """The cells in which a word goes on from another's without a gap."""
    for one, then, first, second in zip(characters, characters[1:], owners, owners[1:], strict=False):
        if first != second and abs(one.bottom - then.bottom) < 1 and -1 < then.left - one.right < CLOSE and then.left > one.left:
            yield first
            yield second
