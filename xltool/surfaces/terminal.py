"""A form drawn in a terminal: box-drawing lines, a wide character two columns, merged cells as merged."""

from __future__ import annotations

from xltool.layout import Cell, Layout
from xltool.picture import display_width, draw_parts, pad

# By the four arms that meet in a corner: up, right, down, left.
_CORNERS = " ╵╶└╷│┌├╴┘─┴┐┤┬┼"


def draw(layout: Layout, repeated: frozenset[int] = frozenset()) -> str:
    """The layout as lines of text; rows in ``repeated`` carry a … at their right."""
    widths = _widths(layout)
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
    widths = [4] * layout.columns
    for cell in sorted(layout.cells, key=lambda one: one.last_column - one.column):
        columns = range(cell.column - 1, cell.last_column)
        missing = display_width(_text(cell)) + 2 - sum(widths[at] for at in columns) - (len(columns) - 1)
        for number, at in enumerate(columns):
            if missing > 0:
                widths[at] += missing // len(columns) + (number < missing % len(columns))
    return widths


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
        line += " " + pad(text, width - 1) + "│"
    return line
