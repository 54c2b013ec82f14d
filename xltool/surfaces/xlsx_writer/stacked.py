"""All forms on one sheet, as a published 汇总表 has them: each begins a page, a section's title stands above its first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xltool.arrange import place
from xltool.filing import Entry
from xltool.form import Form
from xltool.heights import height, lines, pixels, room
from xltool.pages import Page, breaks, page_height
from xltool.surfaces.xlsx_writer.grid import draw, merge, write_text
from xltool.surfaces.xlsx_writer.paper import heads, set_up
from xltool.surfaces.xlsx_writer.styles import WIDTH, Sheet, Style, Styles, widths


class Stack:
    """A sheet while forms of the kinds ``used`` are put on it, one below the other; ``top`` is the next row (from 0).

    The texts of forms are added to ``texts``.
    """

    def __init__(self, sheet: Sheet, styles: Styles, used: Sequence[Form], texts: set[str]) -> None:
        self.sheet, self.styles, self.texts = sheet, styles, texts
        self.columns: Sequence[float] = widths(used) or [WIDTH]
        landscape = any(form.look.landscape for form in used)
        set_up(sheet, landscape, self.columns)
        self.page = page_height(sum(map(pixels, self.columns)), landscape)
        self.known: dict[str, Mapping[int, Style]] = {}
        self.pages: list[int] = []
        self.top, self.above = 0, 0.0

    def begin(self, title: str | None, form: Form) -> None:
        """Begins a section; its title stands over the columns of its first form."""
        self.pages.append(self.top)
        self.above = 0.0
        if title:
            self.above = self._title(title, form)
            self.top += 1

    def put(self, form: Form, entry: Entry) -> None:
        """Puts a form below what is there."""
        if not self.above:
            self.pages.append(self.top)
        if form.id not in self.known:
            self.known[form.id] = self.styles.of_form(form, self.columns)
        drawn = draw(self.sheet, form, place(form, entry), self.known[form.id], self.top, self.texts)
        page = Page(self.page - self.above, heads(form, drawn.rows), repeats=False)
        self.pages.extend(self.top + row for row in breaks(drawn.rows.heights, drawn.tall, page))
        self.top, self.above = self.top + len(drawn.rows.heights) + 1, 0.0

    def end(self) -> None:
        """Tells the sheet where its pages end and what is printed."""
        self.sheet.set_h_pagebreaks(self.pages)
        self.sheet.print_area(0, 0, max(self.top - 2, 0), len(self.columns) - 1)

    def _title(self, text: str, form: Form) -> float:
        """The height of the row that a section's title takes."""
        look, over = form.look, self.columns[: form.layout.columns]
        made = self.styles.format(look.font, look.title_size, border=False, bold=True)
        write_text(self.sheet, self.top, 0, text, made)
        if len(over) > 1:
            merge(self.sheet, self.top, 0, self.top, len(over) - 1, made)
        tall = height(lines(text, room(sum(map(pixels, over)), look.title_size)), look.title_size) + 10
        self.sheet.set_row(self.top, tall)
        return tall
