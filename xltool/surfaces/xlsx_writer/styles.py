"""The look of a form's cells: formats made once a workbook, and for each cell of a layout its style."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from xltool.form import NUMERIC, Field, Form
from xltool.heights import pixels, room
from xltool.layout import Cell

Book = Any
Sheet = Any
Format = Any
"""XlsxWriter's objects; the library has no types of its own."""

TEXT, NUMBER, DATE = 0, 1, 2
WIDTH = 12.0
"""The width of a column whose mapping names none."""

FORMATS: Mapping[str, str] = {
    "money": "#,##0.00",
    "percent": "0.00%",
    "number": "General",
    "year": "0",
    "date": "yyyy-mm-dd",
    # Typed over in Excel, «=956.00(元/家)» stays text only where the cell is one for text.
    "target": "@",
    "operator": "@",
    "unit": "@",
}
"""Number formats of field types, where the mapping's look names no other."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell of a layout is written: ``room`` is the half-ems of its line, ``kind`` TEXT, NUMBER or DATE."""

    format: Format
    size: float
    room: int
    kind: int


@dataclass(frozen=True, slots=True)
class Styles:
    """The formats of one workbook, each made once."""

    book: Book
    made: dict[tuple[object, ...], Format] = field(default_factory=dict)

    def format(self, font: str, size: float, align: str = "center", number: str = "", border: bool = True, bold: bool = False, shrink: bool = False, unlocked: bool = False) -> Format:  # fmt: skip
        """The format of these properties, text wrapped and in the middle of its cell's height;
        ``unlocked`` cells can be filled in on a protected sheet."""
        key = (font, size, align, number, border, bold, shrink, unlocked)
        found = self.made.get(key)
        if found is None:
            properties: dict[str, object] = {"font_name": font, "font_size": size, "align": align, "valign": "vcenter"}
            properties |= {"shrink": True} if shrink else {"text_wrap": True}
            if number:
                properties["num_format"] = number
            if border:
                properties["border"] = 1
            if bold:
                properties["bold"] = True
            if unlocked:
                properties["locked"] = False
            found = self.made[key] = self.book.add_format(properties)
        return found

    def of_form(self, form: Form, columns: Sequence[float], unlocked: bool = False) -> dict[int, Style]:
        """The style of every cell of a form's layout, by the cell's id; ``columns`` are the sheet's widths.

        ``unlocked`` leaves the cells that hold fields open on a protected sheet.
        """
        edges = [0]
        for width in columns:
            edges.append(edges[-1] + pixels(width))
        return {id(cell): self._style(form, cell, edges[cell.last_column] - edges[cell.column - 1], unlocked and bool(cell.holes)) for cell in form.layout.cells}

    def _style(self, form: Form, cell: Cell, width: int, unlocked: bool) -> Style:
        look = form.look
        one = form.fields[cell.only_hole] if cell.only_hole else None
        kind = TEXT if one is None else NUMBER if one.type in NUMERIC else DATE if one.type == "date" else TEXT
        number = "" if one is None else form.look.formats.get(one.type, FORMATS.get(one.type, ""))
        number = f'{number or "General"}"{cell.unit}"' if cell.unit else number
        if cell.row in look.plain_rows:
            return self._plain(form, cell, width, number, kind, unlocked)
        made = self.format(look.font, look.size, align(form, one), number, shrink=kind == NUMBER, unlocked=unlocked)
        return Style(made, look.size, room(width, look.size), kind)

    def _plain(self, form: Form, cell: Cell, width: int, number: str, kind: int, unlocked: bool) -> Style:
        """The style of a cell outside the form's frame: the title large, what stands above it at the left."""
        look, title = form.look, form.look.plain_rows[0]
        size = look.title_size if cell.row == title else look.size
        made = self.format(look.font, size, "left" if cell.row < title else "center", number, border=False, bold=cell.row == title, unlocked=unlocked)
        return Style(made, size, room(width, size), kind)


def align(form: Form, one: Field | None) -> str:
    """Where a cell's text stands: captions, names and values in the middle, long text left, money right."""
    if one is None:
        return "center"
    if one.name in form.look.left or one.type == "paragraphs":
        return "left"
    if one.type == "money":
        return "right"
    listed = one.list and one.type == "text" and not one.choices and one.name not in form.block_of(one.list).groups
    return "left" if listed else "center"


def widths(forms: Sequence[Form]) -> list[float]:
    """The widths of a sheet's columns: of each the widest that a form on the sheet has."""
    found: list[float] = []
    for form in forms:
        own = form.look.widths or (WIDTH,) * form.layout.columns
        found.extend(0.0 for _ in range(len(own) - len(found)))
        for at, width in enumerate(own):
            found[at] = max(found[at], width)
    return found
