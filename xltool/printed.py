"""A document as it is printed: pages with ruled tables and lines of text, each in its place.

A place is in points from the top left corner of the page as it is read, the page turned so that its
text stands upright.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

ENDS = frozenset("。；！？.;!?”）)…")
"""The marks that a text may end with; one that breaks off elsewhere may go on."""


class Box(NamedTuple):
    """A rectangle on a page, in points from its top left corner."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Its width."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Its height."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A run of text on one line of a page; ``parts`` are the texts of it that stand a little apart, each with where it
    begins from the left: they may be of columns without a rule between them."""

    box: Box
    text: str
    parts: tuple[tuple[float, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """One cell of a ruled table: its rectangle and its text, a line break where the text itself has one.

    ``open_top`` and ``open_bottom`` are true where no rule closes it there: it may go on over the page.
    ``room`` is what its last line leaves free, ``first`` the width of what its first line begins with, in points:
    where less is free than the next page begins with, the text may go on there. ``spilled`` is true where a rule
    of the cell is drawn through text, ``brimful`` where the last line is full, ends no sentence and stands on the rule.
    ``stretched`` is true where its rules end above a row that has nothing else in its place, ``overprinted`` where two
    texts are printed over each other, ``struck`` where a line is drawn through letters. ``lines`` is how many it takes.
    ``cut`` is true where its text goes on outside the table, or is cut by the edge of the page or by a clip,
    ``unread`` where the file does not say of a letter which it is, ``typed`` where words were typed on the page later.
    """

    box: Box
    text: str
    open_top: bool = False
    open_bottom: bool = False
    room: float = 0.0
    first: float = 0.0
    spilled: bool = False
    brimful: bool = False
    stretched: bool = False
    overprinted: bool = False
    struck: bool = False
    lines: int = 0
    cut: bool = False
    unread: bool = False
    typed: bool = False


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A ruled table on one page: its cells in reading order, empty ones included.

    ``damaged`` counts the places where rules are missing, so that cells had to be cut without them.
    """

    box: Box
    cells: tuple[PrintedCell, ...]
    damaged: int = 0


class Seam(NamedTuple):
    """Where the right columns of a sheet were cut off: what stands from ``at`` on was printed on another page, and by
    ``by`` points farther to the left there; a page of several on a sheet also ``down`` points farther down."""

    at: float
    page: int
    by: float
    down: float = 0.0


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """One page: its number from 1, its size, its tables and the lines outside them, from the top.

    ``scanned`` is true for a page that is a picture without text, ``recognised`` for one whose text lies unseen over
    its picture. ``aside`` are the texts that are none of its own (stamped, printed across, not seen), with what they are.
    ``seams`` are where pages that it was printed on begin, from the left: its number is that of the first.
    """

    number: int
    width: float
    height: float
    tables: tuple[PrintedTable, ...]
    lines: tuple[PrintedLine, ...]
    scanned: bool = False
    recognised: bool = False
    aside: tuple[tuple[PrintedLine, str], ...] = ()
    seams: tuple[Seam, ...] = ()

    def without(self, lines: Collection[PrintedLine]) -> list[PrintedTable | PrintedLine]:
        """The tables and lines from the top, some lines left out."""
        kept: list[PrintedTable | PrintedLine] = [*self.tables, *(one for one in self.lines if one not in lines)]
        return sorted(kept, key=lambda one: (one.box.top, one.box.left))


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed document, and the title that it says it has; ``layers`` is true where it has layers that are not shown.
    ``beside`` is what it carries besides its pages and is not read, each with what became of it: attached files, scripts."""

    pages: tuple[PrintedPage, ...]
    title: str = ""
    layers: bool = False
    beside: tuple[tuple[str, str], ...] = ()
