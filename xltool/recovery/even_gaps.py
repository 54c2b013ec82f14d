"""Cells of plain text parted by so many blanks, the same everywhere or as it happens: the blanks are a mark between cells and
no layout."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from xltool.recovery.atoms import WIDE, Line, Text

SAME = 0.9
"""The share of the gaps that have one width where blanks are a mark; in columns most gaps differ with the cells before
them."""
INDENTED = 0.1
"""The share of the lines that may begin further right, as a title does; in columns most lines have nothing in the first."""
LOOSE = 0.35
"""The share of the cells that may each begin at a place of its own."""
ALIGNED = 0.5
"""The share of the lines of several cells that may have their cells at the same places; in columns nearly all have."""


def evenly_parted(text: Text, lines: Sequence[Line]) -> bool:
    """True where the cells of lines are parted by gaps of one width, whatever their length, and lines begin at the left:
    in columns a gap fills what its cell leaves of the column."""
    gaps = [found for line in lines if (found := tuple(_gaps(text, line)))]
    widths = Counter(width for found in gaps for _, width in found)
    moved = sum(text.atoms[line.first].x > 0 for line in lines)
    if not gaps or moved > INDENTED * len(lines):
        return False
    places = Counter(tuple(at for at, _ in found) for found in gaps)
    return max(widths.values()) >= SAME * widths.total() and max(places.values()) <= ALIGNED * len(gaps)


def loosely_parted(text: Text, lines: Sequence[Line]) -> bool:
    """True where what stands apart begins at too many places for columns, as where people type some blanks between cells. Where
    there are columns lines begin in others than the first."""
    begins = [at for line in lines for at, _ in _gaps(text, line)]
    return len(set(begins)) > LOOSE * len(begins)


def _gaps(text: Text, line: Line) -> Iterator[tuple[int, int]]:
    """Where each cell of the line but the first begins, and the blanks before it."""
    for number in range(line.first + 1, line.last):
        before, atom = text.atoms[number - 1], text.atoms[number]
        if atom.gap == WIDE:
            yield atom.x, atom.x - before.x - len(before.text)
