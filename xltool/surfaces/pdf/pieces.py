"""The marks of a page as its tables and its other lines."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from xltool.printed import ENDS, Box, PrintedCell, PrintedLine, PrintedPage, PrintedTable
from xltool.surfaces.pdf import words
from xltool.surfaces.pdf.cells import Cells, Rectangle, cells
from xltool.surfaces.pdf.marks import Aside, Character, Marks
from xltool.surfaces.pdf.overflow import ALIGNED, ALIKE, HAIR, LEADING, CellAt, is_through, returned
from xltool.surfaces.pdf.rules import Ruled, ruled
from xltool.surfaces.pdf.seen import UNSEEN
from xltool.surfaces.pdf.shades import shaded
from xltool.surfaces.pdf.underlines import parted
from xltool.surfaces.pdf.upright import upright

CLOSE = 0.5
"""Points between two characters that no rule and no padding has room between."""
SPACED = 2.0
"""How far apart, in their height, the letters of a text are set at the most."""
ON_RULE = 5.0
"""Points between a last line and the rule below, where there is no room for another."""
SMALL, LARGE = 0.3, 3.0
"""Of the usual height of a letter: a smaller one in a table cannot be read, a larger one is printed across it."""
MARKS = frozenset("。，、．·—－-–…_.,:;：；'\"‘’“”`~")
"""Marks whose box may be as low as they are themselves, where the file says what a piece of its drawing reads."""
OVERSIZED = "大字的水印"
EDGE = 1.0
"""Points that a character may stand over the side of its table."""


class Marked(NamedTuple):
    """The size of a page; and letters of it by their identity: those that a line is drawn through, those beside which the
    page or a clip ends, those that the file does not name and those typed on the page later."""

    page: tuple[float, float]
    struck: Collection[int]
    broken: Collection[int]
    unread: Collection[int]
    typed: Collection[int]

    def cuts(self, box: Box, held: Sequence[Character]) -> bool:
        """True for a text that the edge of the page, or a clip, ends, or whose cell reaches over the edge."""
        within = -EDGE <= box.left and -EDGE <= box.top and box.right <= self.page[0] + EDGE and box.bottom <= self.page[1] + EDGE
        return not within or _any(self.broken, held)


def pieces(marks: Marks, number: int) -> PrintedPage:
    """The page: every character stands in a cell or in a line."""
    strokes, struck = parted(marks.strokes, marks.characters)
    found = shaded(marks, ruled(strokes))
    held: list[list[Character]] = [[] for _ in found]
    outside: list[int] = []
    least, most = _sizes(marks.characters)
    odd: list[Character] = []
    places = [(table.xs[0] - EDGE, table.ys[0] - EDGE, table.xs[-1] + EDGE, table.ys[-1] + EDGE, into) for table, into in zip(found, held, strict=True)]
    for at, one in enumerate(marks.characters):
        _, left, top, right, bottom = one
        x, y = (left + right) / 2, (top + bottom) / 2
        for first, above, last, below, into in places:
            if first <= x <= last and above <= y <= below:
                (into if least <= bottom - top <= most or (one.text in MARKS and bottom - top <= most) else odd).append(one)
                break
        else:
            outside.append(at)
    broken = {*marks.broken, *_running_out(marks.characters, outside)} if found else set()
    struck |= {*_within(marks.characters, marks.struck)}
    numbers = struck, broken, marks.unread, {*_within(marks.characters, marks.typed)}
    marked = Marked((marks.width, marks.height), *({id(marks.characters[at]) for at in some} for some in numbers))
    free = list(words.lines([marks.characters[at] for at in outside]))
    tables = tuple(_printed(table, own, free, marked) for table, own in zip(found, held, strict=True))
    lines = tuple(segment for line in free for segment in words.segments(line))
    aside = tuple((_said(one.characters), one.why) for one in [*marks.aside, *_by_size(odd, most)])
    return PrintedPage(number, marks.width, marks.height, tables, lines, _scanned(marks), marks.recognised, aside)


def _any(some: Collection[int], held: Sequence[Character]) -> bool:
    """True where a letter is one of some, by their identity."""
    return bool(some) and any(id(one) in some for one in held)


def _within(characters: Sequence[Character], boxes: Sequence[tuple[float, float, float, float]]) -> Iterator[int]:
    """The places of the characters whose middles stand in one of some boxes."""
    for at, one in enumerate(characters if boxes else ()):
        x, y = (one.left + one.right) / 2, (one.top + one.bottom) / 2
        if any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in boxes):
            yield at


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


def _running_out(characters: Sequence[Character], outside: Sequence[int]) -> Iterator[int]:
    """The places of letters in tables from which a word goes on outside, or that one outside goes on in."""
    out = {*outside}
    for at in outside:
        yield from (one for one in (at - 1,) if one >= 0 and one not in out and _one_word(characters, at))
        yield from (one for one in (at + 1,) if one < len(characters) and one not in out and _one_word(characters, one))


def _printed(table: Ruled, characters: Sequence[Character], free: Sequence[words.Line], marked: Marked) -> PrintedTable:
    """The table with its cells; ``free`` are the lines outside all tables."""
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
        turned = upright(held[number])
        lines = words.lines(turned or held[number])
        said = words.cell_text(lines, box.height if turned else box.width)
        flaws = number in spilled, not turned and _brimful(said, lines, box), number in longer, any(line.over for line in lines), _any(marked.struck, held[number])
        cut = bool(lines) and (marked.cuts(box, held[number]) or (not turned and box.bottom > table.ys[-1] - EDGE and _goes_on_below(lines, free)))
        made.append(PrintedCell(box, said.text, number in found.open_top, number in found.open_bottom, said.room, said.first, *flaws, len(lines), cut, _any(marked.unread, held[number]), _any(marked.typed, held[number])))
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
    """The cells in which a word goes on from another's: without a gap, or with the one that its letters have."""
    for at in [at for at, (first, second) in enumerate(pairwise(owners), 1) if first != second]:
        if _one_word(characters, at):
            yield owners[at - 1]
            yield owners[at]


def _one_word(characters: Sequence[Character], at: int) -> bool:
    """True where a letter stands beside the one written before it, or as far from it as that from the one before."""
    one, then = characters[at - 1], characters[at]
    if abs(one.bottom - then.bottom) >= 1 or then.left <= one.left:
        return False
    gap = then.left - one.right
    return -1 < gap < CLOSE or (at > 1 and _as_spaced(characters[at - 2], one, gap))


def _goes_on_below(lines: Sequence[words.Line], free: Sequence[words.Line]) -> bool:
    """True where a line outside the table stands as far below a text's last line as that below the one before."""
    if len(lines) < 2:
        return False
    last, high = lines[-1], lines[-1].bottom - lines[-1].top
    step = last.bottom - lines[-2].bottom
    return step <= LEADING * high and any(abs(one.bottom - last.bottom - step) <= ALIKE * high and abs(one.left - last.left) <= ALIGNED for one in free)


def _as_spaced(before: Character, one: Character, gap: float) -> bool:
    """True where a gap is as wide as that between the two letters before it."""
    return abs(before.bottom - one.bottom) < 1 and before.left < one.left and gap < SPACED * (one.bottom - one.top) and abs(gap - (one.left - before.right)) < CLOSE / 2
