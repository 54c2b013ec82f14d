"""A sheet of a blank as rectangles: every square belongs to one, merged or not, with what it shows and how."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce

from xltool.grid import Grid, Rectangle
from xltool.values import join_wrapped, printable

Corner = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sheet as it is drawn: its texts, the merges, and by square the number format, whether it is open to be filled
    in, and the words of its drop-down; the columns' widths from the first."""

    grid: Grid
    merges: tuple[Rectangle, ...]
    formats: Mapping[Corner, str] = field(default_factory=dict)
    unlocked: frozenset[Corner] = frozenset()
    choices: Mapping[Corner, tuple[str, ...]] = field(default_factory=dict)
    widths: tuple[float, ...] = ()
    protected: bool = False


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
    inside = [one for one in sheet.merges if one[0] <= max(place[2] for place in held) + 200]
    every = [*held, *inside]
    top, left = min(one[0] for one in every), min(one[1] for one in every)
    bottom, right = max(one[2] for one in every), max(one[3] for one in every)
    texts = {place[:2]: text for place, text in zip(sheet.grid.places, sheet.grid.texts, strict=True)}
    found = [_box(one, top, left, texts, sheet) for one in _rectangles(inside, (top, left, bottom, right))]
    return Boxes(bottom - top + 1, right - left + 1, tuple(found), top - 1, left - 1)


def _rectangles(merges: Sequence[Rectangle], whole: Rectangle) -> Iterator[Rectangle]:
    """Every rectangle of an area in reading order: the merges, and each square that none covers."""
    top, left, bottom, right = whole
    owner = {(row, column): one for one in merges for row in range(one[0], one[2] + 1) for column in range(one[1], one[3] + 1)}
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            one = owner.get((row, column), (row, column, row, column))
            if one[:2] == (row, column):
                yield one


def _one_line(text: str) -> str:
    """A text as a picture has it: without its line breaks, and without what nobody sees."""
    return reduce(join_wrapped, (line.strip() for line in printable(text).splitlines()), "")


def _box(one: Rectangle, top: int, left: int, texts: Mapping[Corner, str], sheet: Drawn) -> Box:
    corner = one[:2]
    row, column, last_row, last_column = one
    return Box(
        row - top + 1, column - left + 1, last_row - top + 1, last_column - left + 1, _one_line(texts.get(corner, "")),
        sheet.formats.get(corner, "General"), sheet.choices.get(corner, ()), (corner in sheet.unlocked) if sheet.protected else None,
    )  # fmt: skip
