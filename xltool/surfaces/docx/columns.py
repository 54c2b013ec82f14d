"""Columns that the tables of a document share: where their cells' edges lie on the page.

Every table of Word has columns of its own. Tables that were one form before somebody broke it stand
below each other with the same edges, drawn by hand a millimetre apart; so edges that lie near each
other are one, and a cell's columns are counted between the edges of all tables of a stretch.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from xltool.surfaces.docx.blocks import Row, Table

NEAR = 85
"""Twentieths of a point that two edges may lie apart: a millimetre and a half."""
_UNSAID = 1_000
"""The width of a column that says none."""


def edges_of(table: Table) -> list[list[tuple[int, int]]]:
    """For each row the left and right edge of each cell, measured from the table's own left edge.

    The declared columns count as long as every row fits them. Rows that do not fit were written by a
    program that gives each cell a width instead.
    """
    count = max([len(table.widths), *(row.columns for row in table.rows)], default=0)
    fits = len(table.widths) == count or not all(cell.width for row in table.rows for cell in row.cells)
    if not fits:
        return [_by_width(row) for row in table.rows]
    widths = [width or _UNSAID for width in table.widths] + [_UNSAID] * (count - len(table.widths))
    edges = [0]
    for width in widths:
        edges.append(edges[-1] + width)
    return [_by_span(row, edges) for row in table.rows]


def _by_span(row: Row, edges: Sequence[int]) -> list[tuple[int, int]]:
    found, at = [], row.before
    for cell in row.cells:
        found.append((edges[at], edges[at + cell.span]))
        at += cell.span
    return found


def _by_width(row: Row) -> list[tuple[int, int]]:
    found, at = [], row.before_width
    for cell in row.cells:
        found.append((at, at + cell.width))
        at += cell.width
    return found


class Edges:
    """The edges of a stretch of tables from left to right."""

    def __init__(self) -> None:
        self.found: list[int] = []

    def join(self, own: Iterable[int]) -> dict[int, int]:
        """For each edge of a table the edge of the stretch that it is; those that lie near none are new."""
        edges = sorted(set(own))
        known, made = self.found, {}
        for edge in edges:
            near = _nearest(known, edge)
            if near is not None and abs(near - edge) <= NEAR and edges[_place(edges, near)] == edge:
                made[edge] = near
            else:
                made[edge] = edge
        self.found = sorted({*known, *made.values()})
        return made

    def number(self, edge: int) -> int:
        """The place of an edge of the stretch, counted from 0."""
        return bisect_left(self.found, edge)


def _nearest(edges: Sequence[int], edge: int) -> int | None:
    return edges[_place(edges, edge)] if edges else None


def _place(edges: Sequence[int], edge: int) -> int:
    """The place of the nearest of some edges, the left one of two."""
    at = bisect_left(edges, edge)
    if at == len(edges) or (at and edge - edges[at - 1] <= edges[at] - edge):
        at -= 1
    return at
