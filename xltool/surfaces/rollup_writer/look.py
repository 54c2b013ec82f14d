"""The look of a rollup's own sheets: formats, made once and numbered alike in every process, and page set-up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from xltool.form import Form
from xltool.heights import pixels
from xltool.pages import A4, SIDE
from xltool.surfaces.xlsx_writer.book import Book
from xltool.surfaces.xlsx_writer.paper import set_up
from xltool.surfaces.xlsx_writer.styles import Format, Sheet, Style, Styles, widths

FONT, SIZE = "宋体", 9.0
SMALLEST = 7.0
"""Points below which nobody reads a table on paper: one that A4 would print smaller is for A3."""
A3_PAPER, DOTS = 8, 96
"""Excel's number of the size, and its dots an inch."""
MONEY, COUNT, RATE, SCORE, TEXT, CENTRE, TOP = "money", "count", "rate", "score", "text", "centre", "top"
NUMBERS: Mapping[str, str] = {MONEY: "#,##0.00;[Red]-#,##0.00", COUNT: "0", RATE: "0.00%", SCORE: "0.00", TEXT: "", CENTRE: "", TOP: ""}
"""The number format of each kind of cell; ``top`` is a text that has more lines than its row."""
ALIGN: Mapping[str, str] = {MONEY: "right", TEXT: "left", TOP: "left"}
PLAIN, UNIT, TOTAL, OUT, DOUBT, HEAD = "plain", "unit", "total", "out", "doubt", "head"
"""Kinds of rows: a form, a unit's subtotal, a grand total, a form that does not count, one that is doubted, the head."""
FILL: Mapping[str, str] = {UNIT: "#DDEBF7", TOTAL: "#BDD7EE", HEAD: "#1F4E78", DOUBT: "#FFF2CC"}
COLOUR: Mapping[str, str] = {OUT: "#7F7F7F", HEAD: "#FFFFFF"}
EDGE = "#BFBFBF"
LISTED = (CENTRE, TEXT, MONEY, "number", TOP)
"""The kinds of cells of the list of indicators, which is written as text by the processes that read."""

FOUND = (PLAIN, DOUBT)
"""The kinds of rows of the findings, which are written so too."""


def number(made: Format) -> int:
    """The number that the format has in its workbook, from now on."""
    found: int = made._get_xf_index()
    return found


def printed_size(columns: Sequence[float]) -> float:
    """The points in which the text of so many columns prints on one page of A4, the long side across."""
    return SIZE * min(1.0, (A4[1] - 2 * SIDE) * DOTS / sum(map(pixels, columns)))


@dataclass(slots=True)
class Palette:
    """The formats of a workbook: those of every known form's cells, numbered alike wherever the same forms
    are known, and those of the rollup's own sheets."""

    book: Book
    known: Mapping[str, Form]
    forms: dict[str, Mapping[int, Style]] = field(default_factory=dict)
    listed: dict[str, int] = field(default_factory=dict)
    made: dict[tuple[object, ...], Format] = field(default_factory=dict)
    numbers: dict[tuple[str, str, int], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        styles = Styles(self.book)
        for name in sorted(self.known):
            self.forms[name] = styles.of_form(self.known[name], widths((self.known[name],)))
        for one in styles.made.values():
            number(one)
        self.listed = {kind: number(self.cell(kind)) for kind in LISTED}
        for kind, look in product((COUNT, CENTRE, TEXT), FOUND):
            self.style(kind, look)

    def cell(self, kind: str, row: str = PLAIN, indent: int = 0, link: bool = False) -> Format:
        """The format of a cell of a kind in a row of a kind; ``link`` is blue, for what is there to be clicked."""
        key = (kind, row, indent, link)
        if key not in self.made:
            self.made[key] = self.book.add_format(_properties(kind, row, indent, link))
        return self.made[key]

    def style(self, kind: str, row: str = PLAIN, indent: int = 0) -> int:
        """The number of the format of a cell."""
        key = (kind, row, indent)
        if key not in self.numbers:
            self.numbers[key] = number(self.cell(kind, row, indent))
        return self.numbers[key]

    def words(self, size: float = SIZE, bold: bool = False, align: str = "left", colour: str = "#000000") -> Format:
        """The format of text outside tables."""
        key = ("words", size, bold, align, colour)
        if key not in self.made:
            said = {"font_name": FONT, "font_size": size, "bold": bold, "align": align, "valign": "vcenter", "font_color": colour}
            self.made[key] = self.book.add_format(said)
        return self.made[key]


def _properties(kind: str, row: str, indent: int, link: bool) -> dict[str, object]:
    said: dict[str, object] = {"font_name": FONT, "font_size": SIZE, "valign": "top" if kind == TOP else "vcenter", "border": 1, "border_color": EDGE}
    said |= {"align": "center" if row == HEAD else ALIGN.get(kind, "center")}
    if row == HEAD or kind in (TEXT, CENTRE, TOP):
        said["text_wrap"] = True
    if NUMBERS.get(kind):
        # In sums a dash stands for nothing: what no form has is not counted as 0.00.
        said["num_format"] = NUMBERS[kind] + (';"–"' if kind == MONEY and row in (UNIT, TOTAL) else "")
    if row in FILL:
        said["bg_color"] = FILL[row]
    if row in (UNIT, TOTAL, HEAD):
        said["bold"] = True
    if colour := "#0563C1" if link else COLOUR.get(row):
        said["font_color"] = colour
    if indent:
        said["indent"] = indent
    return said


def prepare(sheet: Sheet, columns: Sequence[float], head: int, landscape: bool = True, pages: Sequence[Sequence[float]] = ()) -> None:
    """Sets paper, widths and frozen heads of a sheet of the rollup; ``head`` is the row (from 0) of its column heads,
    which every page repeats. ``pages`` are the columns of pages side by side, where it prints more than one page wide."""
    set_up(sheet, landscape, columns)
    if landscape and min(printed_size(page) for page in pages or (columns,)) < SMALLEST:
        sheet.set_paper(A3_PAPER)
    sheet.repeat_rows(head, head)
    sheet.freeze_panes(head + 1, 0)
