"""Page set-up: A4, one page wide, page numbers, the rows that every page repeats."""

from __future__ import annotations

from collections.abc import Sequence

from xltool.form import Form
from xltool.heights import Rows
from xltool.pages import BOTTOM, FOOTER, SIDE, TOP
from xltool.surfaces.xlsx_writer.styles import Sheet

A4_PAPER = 9
"""Excel's number of the size."""
FOOT = '&C&"宋体"&9第 &P 页 共 &N 页'


def set_up(sheet: Sheet, landscape: bool, columns: Sequence[float]) -> None:
    """Sets paper, orientation, margins, footer and column widths of a sheet; it prints one page wide."""
    sheet.set_paper(A4_PAPER)
    if landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=SIDE, right=SIDE, top=TOP, bottom=BOTTOM)
    sheet.center_horizontally()
    sheet.set_footer(FOOT, {"margin": FOOTER})
    sheet.hide_gridlines(2)
    for at, width in enumerate(columns):
        sheet.set_column(at, at, width)


def heads(form: Form, rows: Rows) -> tuple[int, int]:
    """The first and last sheet row (from 0) that every page of a form repeats.

    They are the heads of the list's columns; a form of several lists, or of none, repeats its title.
    """
    if len(form.blocks) == 1 and form.blocks[0].row > 1:
        block = form.blocks[0]
        last = block.row - 1
        first = min(cell.row for cell in form.layout.in_row(last) if cell not in block.spans)
    else:
        first, last = 1, form.look.plain_rows[0]
    return rows.starts[first - 1], rows.starts[last] - 1
