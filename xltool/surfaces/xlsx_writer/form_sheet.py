"""A form on a sheet of its own, with its page set-up."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from xltool.arrange import Placed
from xltool.form import Form
from xltool.heights import Rows, pixels
from xltool.pages import Page, breaks, page_height, squeezed
from xltool.surfaces.xlsx_writer.grid import draw
from xltool.surfaces.xlsx_writer.paper import heads, set_up
from xltool.surfaces.xlsx_writer.styles import Sheet, Style, widths

Room = Callable[[Rows], Mapping[int, float]]


@dataclass(frozen=True, slots=True)
class Taken:
    """What a form takes on its sheet: rows and columns, and the rows (from 0) that every page repeats; ``drawn``
    are its rows."""

    rows: int
    columns: int
    repeated: tuple[int, int]
    drawn: Rows

    def note(self, sheet: Sheet) -> None:
        """Tells the sheet what the workbook says of it: its print area and the rows that pages repeat."""
        sheet.repeat_rows(*self.repeated)
        sheet.print_area(0, 0, self.rows - 1, self.columns - 1)


def draw_form(sheet: Sheet, form: Form, placed: Sequence[Placed], styles: Mapping[int, Style], texts: set[str], room: Room = lambda _: {}) -> Taken:
    """What the form takes on the sheet, on which nothing else stands; its texts are added to ``texts``.

    ``room`` is asked for the heights of rows (from 0) that are to be higher than what stands in them needs.
    """
    columns = widths((form,))
    set_up(sheet, form.look.landscape, columns)
    drawn = draw(sheet, form, placed, styles, 0, texts)
    heights = list(drawn.rows.heights)
    for row, points in sorted(room(drawn.rows).items()):
        heights[row] = points
        sheet.set_row(row, points)
    taken = Taken(len(heights), len(columns), heads(form, drawn.rows), drawn.rows)
    page = Page(page_height(sum(map(pixels, columns)), form.look.landscape), taken.repeated)
    if squeezed(heights, page):
        sheet.fit_to_pages(1, 1)
    else:
        sheet.set_h_pagebreaks(breaks(heights, drawn.tall, page))
    taken.note(sheet)
    return taken
