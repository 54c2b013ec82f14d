"""Page set-up: A4, one page wide, page numbers, the rows that every page repeats."""

from __future__ import annotations

from collections.abc import Sequence

from xltool.form import Form
from xltool.heights import Rows, pixels
from xltool.surfaces.xlsx_writer.styles import Sheet

A4 = 9
SHORT_SIDE, LONG_SIDE = 8.27, 11.69
"""A4 in inches."""
SIDE, TOP, BOTTOM, FOOTER = 0.5, 0.6, 0.7, 0.35
"""Margins in inches."""
FOOT = '&C&"宋体"&9第 &P 页 共 &N 页'


def set_up(sheet: Sheet, forms: Sequence[Form], columns: Sequence[float]) -> None:
    """Sets paper, orientation, margins, footer and column widths of a sheet."""
    sheet.set_paper(A4)
    if any(form.look.landscape for form in forms):
        sheet.set_landscape()
    sheet.set_margins(left=SIDE, right=SIDE, top=TOP, bottom=BOTTOM)
    sheet.center_horizontally()
    sheet.set_footer(FOOT, {"margin": FOOTER})
    sheet.hide_gridlines(2)
    for at, width in enumerate(columns):
        sheet.set_column(at, at, width)


def scale(forms: Sequence[Form], columns: Sequence[float]) -> int:
    """The percentage at which the columns are one page wide, at most 100."""
    wide = any(form.look.landscape for form in forms)
    paper = (LONG_SIDE if wide else SHORT_SIDE) - 2 * SIDE
    inches = sum(pixels(width) for width in columns) / 96
    return max(10, min(100, int(paper / inches * 98)))


def repeated(form: Form, rows: Rows) -> tuple[int, int]:
    """The first and last sheet row (from 0) that every page of a form repeats.

    They are the heads of the list's columns; a form of several lists, or of none, repeats its title.
    """
    first, last = 1, max(form.look.plain_rows, default=1)
    if len(form.blocks) == 1 and form.blocks[0].row > 1:
        block = form.blocks[0]
        last = block.row - 1
        first = min(cell.row for cell in form.layout.in_row(last) if cell not in block.spans)
    return rows.starts[first - 1], rows.starts[last] - 1
