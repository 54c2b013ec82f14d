"""Pages that were one sheet, wider than the paper: its right columns printed on a page of their own, put back beside the left.

A program that prints a sheet cuts it where a column begins. The cells that reach over the cut have no side there on
either page, and their upper and lower rules end at the cut on one page and begin at it, at the same heights, on the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from xltool.printed import Seam
from xltool.surfaces.pdf.marks import Aside, Character, Marks, Stroke
from xltool.surfaces.pdf.rules import LEAST, SNAP

SAME = 1.5
"""Points by which a rule may lie higher or lower on the other page."""
OPEN = 2
"""Rows without a side at the cut that tell pages of one sheet, on either page; of fewer, all rules tell that end there."""
FEW = 4
"""Rules that end at the cut: of no more, one row without a side tells nothing, though all lie at the same heights."""
MOST = 400
"""Heights at which rules end on one side: a page of more is a drawing."""
WIDE = 16
"""Pages that the columns of one sheet are printed on, at most."""
SHARE = 0.5
"""The share of a row's side that is drawn where the row has one."""


@dataclass(frozen=True, slots=True)
class Edge:
    """Where the rules of a page end on one side: from the left, the heights of all of them, and (upper, lower) rule of
    each row that has no side there."""

    at: float
    heights: tuple[float, ...]
    rows: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The marks of a page, with those of pages that were printed of its right columns, and where these begin."""

    number: int
    marks: Marks
    seams: tuple[Seam, ...] = ()


def edge(marks: Marks, right: bool) -> Edge | None:
    """The right or left edge of a page's rules; None where all rows have a side there, or none has."""
    across = [one for one in marks.strokes if one.across and one.last - one.first >= LEAST]
    if not across or marks.recognised:
        return None
    at = max(one.last for one in across) if right else min(one.first for one in across)
    heights: list[float] = []
    for height in sorted(one.at for one in across if abs((one.last if right else one.first) - at) <= SNAP):
        if not heights or height - heights[-1] > SNAP:
            heights.append(height)
    if len(heights) > MOST:
        return None
    sides = [one for one in marks.strokes if not one.across and abs(one.at - at) <= SNAP]
    rows = tuple((upper, lower) for upper, lower in pairwise(heights) if _drawn(sides, upper, lower) < SHARE * (lower - upper))
    return Edge(at, tuple(heights), rows) if 0 < len(rows) < len(heights) - 1 else None


def _drawn(sides: Sequence[Stroke], upper: float, lower: float) -> float:
    """How much of a row's side is drawn, by the longest piece of it."""
    return max((min(one.last, lower) - max(one.first, upper) for one in sides), default=0.0)


def goes_on(left: Edge, right: Edge) -> bool:
    """True where the rows that have no side at the end of one page's rules have none at the beginning of the other's."""
    mine, others = ([one.heights[0], one.heights[-1], *(height for row in one.rows for height in row)] for one in (left, right))
    return _same(mine, others) and (len(left.rows) >= OPEN or (len(left.heights) > FEW and _same(left.heights, right.heights)))


def _same(mine: Sequence[float], others: Sequence[float]) -> bool:
    return len(mine) == len(others) and all(abs(one - other) <= SAME for one, other in zip(mine, others, strict=True))


def beside(sheet: Sheet, number: int, other: Marks, by: float, cut: float) -> Sheet:
    """The sheet with another page's marks, moved ``by`` to the right, at its right. A letter that stands on the cut is
    clipped away on both pages."""
    marks = sheet.marks
    moved = [_moved(one, by) for one in other.characters]
    near = [one for one in (*marks.characters, *moved) if one.right > cut - SNAP and one.left < cut + SNAP]
    halves = [one for one in marks.clipped if one.left < cut < one.right and not any(_over(one, each) for each in near)]
    joined = replace(
        marks,
        width=other.width + by,
        characters=[*marks.characters, *halves, *moved],
        strokes=[*marks.strokes, *(_shifted(one, by) for one in other.strokes)],
        pictures=marks.pictures + other.pictures,
        covered=max(marks.covered, other.covered),
        aside=[*marks.aside, *(Aside([_moved(one, by) for one in each.characters], each.why) for each in other.aside)],
        clipped=[_moved(one, by) for one in other.clipped],
        broken=set(),
        typed=[*marks.typed, *((left + by, top, right + by, bottom) for left, top, right, bottom in other.typed)],
        struck=[*marks.struck, *((left + by, top, right + by, bottom) for left, top, right, bottom in other.struck)],
    )
    return Sheet(sheet.number, joined, (*sheet.seams, Seam(cut, number, by)))


def _moved(one: Character, by: float) -> Character:
    return one._replace(left=one.left + by, right=one.right + by)


def _shifted(one: Stroke, by: float) -> Stroke:
    return one._replace(first=one.first + by, last=one.last + by) if one.across else one._replace(at=one.at + by)


def _over(one: Character, other: Character) -> bool:
    """True for the same letter in the same place."""
    return one.text == other.text and abs(one.left - other.left) < SAME and abs(one.top - other.top) < SAME


def sheets(pages: Mapping[int, Marks]) -> Iterator[Sheet]:
    """The sheets that pages are of, each at the number of its first page."""
    begins = {number: found for number, marks in pages.items() if (found := edge(marks, right=False))}
    taken: set[int] = set()
    for number in sorted(pages):
        if number in taken:
            continue
        sheet = Sheet(number, pages[number])
        while len(sheet.seams) < WIDE and (end := edge(sheet.marks, right=True)) and (then := _next(sheet, end, pages, begins)):
            sheet = beside(sheet, then, pages[then], end.at - begins.pop(then).at, end.at)
            taken.add(then)
        yield sheet


def _next(sheet: Sheet, end: Edge, pages: Mapping[int, Marks], begins: Mapping[int, Edge]) -> int:
    """The first page further on whose rules go on where a sheet's end; 0 where there is none."""
    last = sheet.seams[-1].page if sheet.seams else sheet.number
    size = pages[last].width, pages[last].height
    return next((number for number in sorted(begins) if number > last and (pages[number].width, pages[number].height) == size and goes_on(end, begins[number])), 0)
