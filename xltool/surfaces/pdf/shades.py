"""Tables without a line: each cell a filled rectangle, told from the next by a gap, by its shade or by what is below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xltool.surfaces.pdf.marks import Marks, Stroke
from xltool.surfaces.pdf.rules import Ruled, ruled

MOST = 4000
"""Filled rectangles of a page: one of more is a drawing."""
HELD = 0.6
"""The share of a page's letters that stand in its table where the shades are its cells, not marks in a text."""


def shaded(marks: Marks, drawn: Sequence[Ruled]) -> list[Ruled]:
    """The tables of a page by what is drawn; where that makes no cells, by the sides of its filled rectangles."""
    if any(_squares(one) > 1 for one in drawn) or not 1 < len(marks.areas) <= MOST:
        return list(drawn)
    found = [one for one in ruled(_sides(marks.areas)) if min(len(one.xs), len(one.ys)) > 2]
    held = sum(any(_holds(table, (one.left + one.right) / 2, (one.top + one.bottom) / 2) for table in found) for one in marks.characters)
    return found if found and held >= HELD * len(marks.characters) else list(drawn)


def _squares(one: Ruled) -> int:
    return (len(one.xs) - 1) * (len(one.ys) - 1)


def _sides(areas: Sequence[tuple[float, float, float, float]]) -> Iterator[Stroke]:
    for left, top, right, bottom in areas:
        yield from (Stroke(True, top, left, right), Stroke(True, bottom, left, right))
        yield from (Stroke(False, left, top, bottom), Stroke(False, right, top, bottom))


def _holds(table: Ruled, x: float, y: float) -> bool:
    return table.xs[0] <= x <= table.xs[-1] and table.ys[0] <= y <= table.ys[-1]
