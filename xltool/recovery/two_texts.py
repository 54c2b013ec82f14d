"""Two long texts side by side, of which the text keeps but the order of their lines: where the one ends and the other begins."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

from xltool.picture import display_width
from xltool.recovery.atoms import BLANK, PAGE, SPACE, Atom
from xltool.recovery.paragraphs import (
    ITEMS,
    CellLine,
    anew,
    ends_open,
    first_item,
    lines_of,
    next_item,
    pieces_of,
)

_CLOSING = "）)”》"
_SENTENCE_END = f"。；;！!？?{_CLOSING}.…"
_EITHER = "“”‘’—…·"
"""Marks as wide as a Chinese character in one font, half as wide in another."""
_OPEN = ("，", "、", ",", "：", ":")
"""Marks that end no cell."""
_NO_BEGIN = tuple("，。、；：）”》〕")
"""Marks that begin no line."""
ANOTHER = 4.0
"""By so much the place where two texts part is better than the next where the text itself says so of more than one."""
UNENDED, SHORT, CLOSED, INSIDE, GOES_ON = 5.2, 2.0, 1.5, 3.0, 4.0
"""What it costs that a cell ends in the middle of a sentence, with hardly a line, with a closing mark alone, inside
brackets or quotation marks, and that the right one goes on with the items of the left."""
NARROW = 20
"""No column of long texts is so narrow: a line of no more was not wrapped."""
BLANKS, BEHIND, KNOWN, TORN = 4.0, 2.0, 1.5, 1.0
"""What it is worth that a blank (line) stands where the right cell begins, what it costs that it begins behind a page's
end, or inside a word, and by how much any other reading is better than that of a row which a page's end cuts."""
WIDEST = 130
"""No column of a printed page is so wide: a line that is wider was not wrapped, and ends its paragraph or cell."""


FEW = 3
"""Of fewer lines none tells by its width where a text ends."""
STOPS = "。；"
"""How a long text ends that no blank parts and that has a line of its own."""


def to_part(atoms: Sequence[Atom], together: Container[int]) -> list[CellLine]:
    """What is parted: the lines of two texts, their words where there are few lines (those ``together`` with the word
    before them, a line that is a text by itself, stay whole), parted too where numbering begins again."""
    lines = lines_of(atoms)
    if len(lines) < FEW and not (len(lines) == 2 and lines[0].last == 1 and lines[0].text[-1:] in STOPS and not any(atom.text[-1:] in STOPS for atom in atoms[1:-1])):
        lines = pieces_of(atoms, together)
    return anew(_at_stop(lines, atoms), atoms)


def _at_stop(lines: Sequence[CellLine], atoms: Sequence[Atom]) -> list[CellLine]:
    """The lines, that one parted in which a blank stands behind a full stop, where no other has one."""
    inside = [at for line in lines for at in range(line.first + 1, line.last) if atoms[at - 1].text[-1:] == "。"]
    if len(inside) != 1:
        return list(lines)
    found: list[CellLine] = []
    for line in lines:
        bounds = [line.first, *(at for at in inside if line.first < at < line.last), line.last]
        found += [lines_of(atoms[first:last], first)[0] for first, last in zip(bounds, bounds[1:], strict=False)] if len(bounds) > 2 else [line]
    return found


@dataclass(frozen=True, slots=True)
class Parting:
    """Where two cells' lines part: the first ``at`` lines are the left cell's, and of a row that a page's end cuts those
    from line ``page`` to ``rest`` too. ``sure`` where the next best reading is far off, or the text itself says so (both
    begin alike, numbering begins again, a blank line) and not that another place is meant."""

    at: int
    sure: bool
    page: int = 0
    rest: int = 0

    def sides(self, lines: Sequence[CellLine]) -> tuple[list[CellLine], list[CellLine]]:
        """The lines of the left cell, and those of the right one."""
        if not self.page:
            return list(lines[: self.at]), list(lines[self.at :])
        return [*lines[: self.at], *lines[self.page : self.rest]], [*lines[self.at : self.page], *lines[self.rest :]]


def part(lines: Sequence[CellLine], left_filled: bool | None, right_filled: bool | None) -> Parting:
    """The least-cost parting of the lines of two cells side by side.

    ``left_filled`` says whether what belongs to the left cell elsewhere in the form is filled
    (None where nothing tells).
    """
    costs = [_cost(lines, at, left_filled, right_filled) for at in range(len(lines) + 1)]
    order = range(len(costs)) if left_filled else reversed(range(len(costs)))
    best = min(order, key=costs.__getitem__)
    torn = [(_cut_cost(lines, one, left_filled, right_filled), one) for one in _cuts(lines)]
    if torn and (found := min(torn, key=itemgetter(0)))[0] < costs[best] + TORN:
        return found[1] if found[0] < costs[best] else Parting(best, False)
    margin = min((cost for at, cost in enumerate(costs) if at != best), default=99.0) - costs[best]
    places = [at for at in range(1, len(lines)) if _told(lines, at)]
    told = best in places
    if 0 < best < len(lines) and lines[best - 1].text.endswith(_OPEN):
        return Parting(best, False)
    if not told and (places or (best in (0, 2) and _two_sentences(lines))):
        return Parting(best, False)
    if told:
        return Parting(best, margin >= (1.0 if len(places) == 1 else ANOTHER))
    return Parting(best, margin >= 3.0 and costs[best] < 1.2)


def _cuts(lines: Sequence[CellLine]) -> Iterator[Parting]:
    """Every parting of a row that a page's end cuts in its left cell: both begin before it, the left one has no fewer lines
    there; where the right one goes on too it has as many, and its rest stands behind that of the left."""
    for page in range(2, len(lines)):
        for at in range((page + 1) // 2, page) if _fed(lines, page) else ():
            for rest in range(page + 1, len(lines) + 1) if 2 * at == page else (len(lines),):
                yield Parting(at, False, page, rest)


def _two_sentences(lines: Sequence[CellLine]) -> bool:
    """True for two lines of whole sentences: no third tells where a line is full."""
    return len(lines) == 2 and lines[0].text[-1:] in STOPS and not any(pattern.match(lines[1].text) for pattern in ITEMS)


def _cost(lines: Sequence[CellLine], at: int, left_filled: bool | None, right_filled: bool | None) -> float:
    """What it costs that the cells part before a line; the cells of one row begin on one page."""
    blank = _told(lines, at) if 0 < at < len(lines) and not _alike(lines[0].text, lines[at].text) else False
    behind = at < len(lines) and any(_fed(lines, before) for before in range(1, at + 1))
    inside = at < len(lines) and _known(lines, at)
    return _of(lines[:at], lines[at:], left_filled, right_filled) - BLANKS * blank + BEHIND * behind + KNOWN * inside


def _fed(lines: Sequence[CellLine], at: int) -> bool:
    """True where a form feed stands before a line; blank lines stand between cells too."""
    return lines[at].gap == PAGE and lines[at].number <= lines[at - 1].number + 1


def _known(lines: Sequence[CellLine], at: int) -> bool:
    """True where the letters on both sides of a line's begin stand side by side in another line."""
    pair = lines[at - 1].text[-1:] + lines[at].text[:1]
    return at > 0 and pair.isalpha() and any(pair in line.text for line in lines)


def _cut_cost(lines: Sequence[CellLine], cut: Parting, left_filled: bool | None, right_filled: bool | None) -> float:
    """What it costs that a page's end cuts the row so."""
    left, right = cut.sides(lines)
    known = sum(_known(lines, at) for at in (cut.at, cut.rest) if at < len(lines))
    return _of(left, right, left_filled, right_filled) + _ending(right) + KNOWN * known


def _of(left: Sequence[CellLine], right: Sequence[CellLine], left_filled: bool | None, right_filled: bool | None) -> float:
    """What it costs that these are the lines of two cells."""
    cost = _presence(bool(left), left_filled) + _presence(bool(right), right_filled)
    cost += _evenness(left) + _evenness(right)
    if not left or not right:
        return cost
    cost += _ending(left)
    if right[0].text[:1] in "，。、；：）”》":
        cost += 6
    if first_item(left[0].text) and not first_item(right[0].text):
        cost += 3
    if next_item([line.text for line in left], right[0].text):
        cost += GOES_ON
    cost += _coincidence(left, right)
    return cost - (0 if not _alike(left[0].text, right[0].text) else 7 if first_item(right[0].text) else 4)


def _ending(lines: Sequence[CellLine]) -> float:
    """What it costs that a text ends as these lines do."""
    last = lines[-1].text[-1:]
    cost = INSIDE * ends_open("".join(line.text for line in lines))
    if last not in _SENTENCE_END:
        return cost + (1.0 if last in "，、：" else SHORT if display_width(lines[-1].text) <= NARROW else UNENDED)
    return cost + CLOSED * (last in _CLOSING)


def _alike(left: str, right: str) -> bool:
    """True for two texts that begin alike."""
    return (first_item(left) and first_item(right)) or left[:4] == right[:4]


def _told(lines: Sequence[CellLine], at: int) -> bool:
    """True where the text itself says that a cell begins here: as the other does, or behind the one blank (line) in it."""
    left, right = lines[0].text, lines[at].text
    if _alike(left, right):
        return True
    item = any(pattern.match(right) for pattern in ITEMS)
    if item and (lines[at].gap == SPACE or not first_item(right)):
        return False
    if lines[at].gap > SPACE and not item and display_width(lines[at - 1].text) > WIDEST and lines[at - 1].text[-1:] in _SENTENCE_END:
        return True
    gaps = [line.gap for line in lines[1:] if line.gap != PAGE]
    return lines[at].gap in (SPACE, BLANK) and gaps.count(lines[at].gap) == 1 and lines[at - 1].text[-1:] in _SENTENCE_END


def _presence(here: bool, filled: bool | None) -> float:
    """What it costs that a cell is filled or empty, by what stands beside it elsewhere in the form."""
    if filled is None:
        return 0.0 if here else 5.0
    return (0.0 if filled else 5.0) if here else (2.5 if filled else 0.0)


def _coincidence(left: Sequence[CellLine], right: Sequence[CellLine]) -> float:
    """What it costs that the left cell's last line happens to be full: most end short. Of two lines none tells what full is."""
    if len(left) == len(right) == 1 and left[-1].text[-1:] in STOPS:
        return 0.0
    full = max(display_width(line.text) for line in (*left, *right) if line is not left[-1])
    return 2.7 if -1 <= full - display_width(left[-1].text) <= 2 + _wider(left[-1].text) else 0.0


def _wider(text: str) -> int:
    """How much wider a line may be than it seems."""
    return sum(text.count(mark) for mark in _EITHER)


def _evenness(lines: Sequence[CellLine]) -> float:
    """What the lines of one cell cost: all but the last are full, or end a paragraph before the next item."""
    if not lines:
        return 0.0
    widths = [display_width(line.text) for line in lines]
    full = max(widths)
    cost = 0.0
    for line, width, then in zip(lines, widths, lines[1:], strict=False):
        short = full - width - _wider(line.text) - max(0, _lead(then.text) - 2)
        if short > 3 and then.gap != SPACE and not any(pattern.match(then.text) for pattern in ITEMS):
            cost += min(4.5, 0.5 + short / 6)
    return cost


def _lead(text: str) -> int:
    """How wide a line begins with what no converter breaks: a letter, digits and Latin letters, the mark behind them."""
    rest = text.lstrip("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-%“《（(〔=<>≤≥")
    whole = len(text) - len(rest) or 1
    return display_width(text[:whole]) + 2 * (text[whole : whole + 1] in _NO_BEGIN)
