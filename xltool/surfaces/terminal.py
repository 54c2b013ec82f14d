"""A form drawn in a terminal: box-drawing lines, a wide character two columns, merged cells as merged."""

from __future__ import annotations

from xltool.layout import Cell, Layout
from xltool.picture import display_width, draw_parts, pad

# By the four arms that meet in a corner: up, right, down, left.
_CORNERS = " ╵╶└╷│┌├╴┘─┴┐┤┬┼"


LEAST = 4
"""Columns of a terminal that a column of the form has at least: one wide character or a … between blanks."""
CUT = "…"


def draw(layout: Layout, repeated: frozenset[int] = frozenset(), width: int = 0) -> str:
    """The layout as lines of text; rows in ``repeated`` carry a … at their right.

    No line is wider than ``width``, as long as every column has its least; what has no room then ends in …. 0 is no limit.
    """
    widths = _widths(layout)
    if width:
        widths = _narrowed(widths, width - (layout.columns + 1) - 2 * bool(repeated))
    lines = []
    for row in range(1, layout.rows + 2):
        lines.append(_rule(layout, row, widths))
        if row <= layout.rows:
            lines.append(_texts(layout, row, widths) + (" …" if row in repeated else ""))
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _text(cell: Cell) -> str:
    return draw_parts(cell.parts)


def _widths(layout: Layout) -> list[int]:
    """The least width of each column in which every cell's text stands on one line."""
    widths = [LEAST] * layout.columns
    for cell in sorted(layout.cells, key=lambda one: one.last_column - one.column):
        columns = range(cell.column - 1, cell.last_column)
        missing = display_width(_text(cell)) + 2 - sum(widths[at] for at in columns) - (len(columns) - 1)
        for number, at in enumerate(columns):
            if missing > 0:
                widths[at] += missing // len(columns) + (number < missing % len(columns))
    return widths


def _narrowed(widths: list[int], room: int) -> list[int]:
    """The widths with as much of the widest taken away as is too much, from the left."""
    made = list(widths)
    while sum(made) > room and (widest := max(made)) > LEAST:
        made[made.index(widest)] -= 1
    return made


def _shortened(text: str, width: int) -> str:
    """The text, or its beginning and a … where it has no room."""
    if display_width(text) <= width:
        return text
    kept = text
    while kept and display_width(kept) + len(CUT) > width:
        kept = kept[:-1]
    return kept + CUT


def _same(layout: Layout, row: int, column: int, other_row: int, other_column: int) -> bool:
    """True where two squares are of one cell, or both lie outside."""
    inside = [1 <= at <= layout.rows and 1 <= across <= layout.columns for at, across in ((row, column), (other_row, other_column))]
    if all(inside):
        return layout.at(row, column) is layout.at(other_row, other_column)
    return not any(inside)


def _rule(layout: Layout, row: int, widths: list[int]) -> str:
    """The line above a row."""
    line = ""
    for column in range(1, layout.columns + 2):
        up = not _same(layout, row - 1, column - 1, row - 1, column)
        right = not _same(layout, row - 1, column, row, column)
        down = not _same(layout, row, column - 1, row, column)
        left = not _same(layout, row - 1, column - 1, row, column - 1)
        line += _CORNERS[up + 2 * right + 4 * down + 8 * left]
        if column <= layout.columns:
            line += ("─" if right else " ") * widths[column - 1]
    return line


def _texts(layout: Layout, row: int, widths: list[int]) -> str:
    line = "│"
    for cell in layout.in_row(row):
        width = sum(widths[cell.column - 1 : cell.last_column]) + cell.last_column - cell.column
        text = _text(cell) if cell.row == row else ""
        line += " " + pad(_shortened(text, width - 1), width - 1) + "│"
    return line
