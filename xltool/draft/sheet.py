"""A sheet of a blank as rectangles: every square belongs to one, merged or not, with what it shows and how."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce

from xltool.grid import Grid, Rectangle
from xltool.values import join_wrapped, printable

Corner = tuple[int, int]
FARTHEST = 200
"""No form goes on farther than this beyond its first row or column by lines alone."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sheet as it is drawn: its texts, the merges, and by square the number format, whether it is open to be filled
    in, and the words of its drop-down, and whether it has a border; the columns' widths from the first."""

    grid: Grid
    merges: tuple[Rectangle, ...]
    formats: Mapping[Corner, str] = field(default_factory=dict)
    unlocked: frozenset[Corner] = frozenset()
    choices: Mapping[Corner, tuple[str, ...]] = field(default_factory=dict)
    widths: tuple[float, ...] = ()
    protected: bool = False
    bordered: frozenset[Corner] = frozenset()


@dataclass(frozen=True, slots=True)
class Box:
    """One rectangle of the form, counted from the form's first square."""

    row: int
    column: int
    last_row: int
    last_column: int
    text: str = ""
    format: str = "General"
    choices: tuple[str, ...] = ()
    open: bool | None = None
    """Whether it may be filled in, where the sheet is protected and so tells."""
    framed: bool = True
    """False for what stands outside the lines of the form, where the sheet has lines."""

    @property
    def columns(self) -> tuple[int, int]:
        """Its first and last column."""
        return self.column, self.last_column


@dataclass(frozen=True, slots=True)
class Boxes:
    """The rectangles of a form in reading order; ``top`` and ``left`` are what stands before it on its sheet."""

    rows: int
    columns: int
    boxes: tuple[Box, ...]
    top: int = 0
    left: int = 0

    def starting(self, row: int) -> list[Box]:
        """The rectangles that begin in a row, from the left."""
        return [one for one in self.boxes if one.row == row]

    def at(self, row: int, column: int) -> Box:
        """The rectangle over a square."""
        return next(one for one in self.boxes if one.row <= row <= one.last_row and one.column <= column <= one.last_column)


def boxes(sheet: Drawn) -> Boxes | None:
    """The rectangles of what is drawn on a sheet; None where nothing is."""
    held = list(sheet.grid.places)
    if not held:
        return None
    inside = [one for one in sheet.merges if one[0] <= max(place[2] for place in held) + FARTHEST]
    every = [*held, *inside]
    top, left = min(one[0] for one in every), min(one[1] for one in every)
    bottom, right = _edges(sheet, top, left, max(one[2] for one in every), max(one[3] for one in every))
    texts = {place[:2]: text for place, text in zip(sheet.grid.places, sheet.grid.texts, strict=True)}
    # A form without lines of its own may have one below its title.
    lined = 2 * len(texts.keys() & sheet.bordered) >= len(texts)
    found = [_box(one, top, left, texts, sheet, lined) for one in _rectangles(inside, (top, left, bottom, right))]
    return Boxes(bottom - top + 1, right - left + 1, tuple(found), top - 1, left - 1)


def _edges(sheet: Drawn, top: int, left: int, bottom: int, right: int) -> tuple[int, int]:
    """The last row and column of the form: where its lines go on beyond what is written, so does the form."""
    while bottom < top + FARTHEST and all((bottom + 1, column) in sheet.bordered for column in range(left, right + 1)):
        bottom += 1
    while right < left + FARTHEST and 2 * sum((row, right + 1) in sheet.bordered for row in range(top, bottom + 1)) > bottom - top:
        right += 1
    return bottom, right


def _rectangles(merges: Sequence[Rectangle], whole: Rectangle) -> Iterator[Rectangle]:
    """Every rectangle of an area in reading order: the merges, and each square that none covers. Of merges that overlap, as
    platforms export them, the first holds."""
    top, left, bottom, right = whole
    owner: dict[Corner, Rectangle] = {}
    for one in sorted(merges):
        if one[:2] not in owner:
            owner |= {(row, column): one for row in range(one[0], one[2] + 1) for column in range(one[1], one[3] + 1) if (row, column) not in owner}
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            one = owner.get((row, column), (row, column, row, column))
            if one[:2] == (row, column):
                yield one


def _one_line(text: str) -> str:
    """A text as a picture has it: without its line breaks, and without what nobody sees."""
    return reduce(join_wrapped, (line.strip() for line in printable(text).splitlines()), "")


def _box(one: Rectangle, top: int, left: int, texts: Mapping[Corner, str], sheet: Drawn, lined: bool) -> Box:
    corner = one[:2]
    row, column, last_row, last_column = one
    return Box(
        row - top + 1, column - left + 1, last_row - top + 1, last_column - left + 1, _one_line(texts.get(corner, "")),
        sheet.formats.get(corner, "General"), sheet.choices.get(corner, ()), (corner in sheet.unlocked) if sheet.protected else None,
        corner in sheet.bordered or not lined,
    )  # fmt: skip
