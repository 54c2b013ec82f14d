"""A blank that guides: captions locked, fields open, drop-downs, hints, live formulas, a name for every field."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from io import BytesIO

from xltool.arrange import Placed, blank, place
from xltool.filing import Entry, Item
from xltool.form import Form
from xltool.heights import height, lines
from xltool.safe_names import CONTENTS, sheet_names
from xltool.surfaces.xlsx_writer.book import (
    BLANK_PROPERTY,
    FORMS_PROPERTY,
    SHEETS_PROPERTY,
    Book,
    new_book,
    set_property,
)
from xltool.surfaces.xlsx_writer.choices import CHOICES, words, write_choices
from xltool.surfaces.xlsx_writer.contents import COLUMNS, Line, write_contents
from xltool.surfaces.xlsx_writer.fields import Areas, areas
from xltool.surfaces.xlsx_writer.form_sheet import draw_form
from xltool.surfaces.xlsx_writer.formulas import NOTHING, formulas
from xltool.surfaces.xlsx_writer.guides import colour, guide
from xltool.surfaces.xlsx_writer.paper import set_up
from xltool.surfaces.xlsx_writer.styles import Sheet, Style, Styles, widths

ROOM = 90.0
"""The height, in points, of the rows that wait for a long text."""
MAY = {"format_cells": True, "format_columns": True, "format_rows": True, "insert_rows": True}
"""What stays possible on a protected sheet; there is no password, so that whoever must can lift it."""


def write_template(form: Form, rows: int, entries: Sequence[Entry] = ()) -> bytes:
    """The bytes of the workbook: a sheet for each entry, an empty one where there is none; lists of ``rows`` rows at least."""
    entries = entries or (blank(form, rows),)
    out = BytesIO()
    book = new_book(out, form.title)
    set_property(book, FORMS_PROPERTY, f"{form.id}/{form.version}")
    set_property(book, BLANK_PROPERTY, "1")
    styles = Styles(book)
    made = styles.of_form(form, widths((form,)), unlocked=True)
    called = [_name(form, entry) for entry in entries]
    names = sheet_names(called)
    if len(entries) > 1:
        contents = book.add_worksheet(CONTENTS)
        set_up(contents, False, COLUMNS)
        write_contents(contents, styles, [(None, [Line(entry.title, name, sheet) for entry, name, sheet in zip(entries, called, names, strict=True)])])
    for entry, name in zip(entries, names, strict=True):
        _sheet(book, form, _with_room(form, entry, rows), made, name)
    if write_choices(book, form):
        set_property(book, SHEETS_PROPERTY, json.dumps([CHOICES], ensure_ascii=False))
    book.close()
    return out.getvalue()


def _name(form: Form, entry: Entry) -> str:
    return form.project_of(entry.values) or form.title


def _with_room(form: Form, entry: Entry, rows: int) -> Entry:
    """The entry with empty rows behind its items."""
    empty: Item = {}
    lists = {name: (*(items := entry.lists.get(name, ())), *(empty for _ in range(rows - len(items)))) for name in form.lists}
    return replace(entry, lists=lists)


def _sheet(book: Book, form: Form, entry: Entry, made: Mapping[int, Style], name: str) -> None:
    sheet = book.add_worksheet(name)
    placed = [square for one in place(form, entry) for square in fillable(form, one)]
    taken = draw_form(sheet, form, placed, made, set(), lambda drawn: _room(form, areas(form, placed, drawn), entry, made, drawn.heights))
    found = areas(form, placed, taken.drawn)
    for one in formulas(form, found, entry):
        style = made[id(form.layout.cell_of(one.area.one.name))]
        sheet.write_formula(one.area.first, one.area.left, one.formula, style.format, NOTHING if one.result is None else one.result)
    guide(sheet, form, found)
    colour(book, sheet, form, found)
    _names(book, sheet, found)
    sheet.protect("", MAY)


def _room(form: Form, found: Areas, entry: Entry, made: Mapping[int, Style], heights: Sequence[float]) -> dict[int, float]:
    """The heights of rows that have room to write in: for long texts that are still empty, since Excel never fits the height of merged cells, and in the rows
    of lists for the longest word that drops down in them, since it fits no row that was given a height."""
    wanted: dict[int, float] = {}
    for area in found.values():
        if area.one.list:
            style = made[id(form.layout.cell_of(area.one.name))]
            least = max((height(lines(word, style.room), style.size) for word in words(form, area.one)), default=0.0)
            wanted |= {row: max(least, wanted.get(row, heights[row])) for row in area.rows}
        elif area.one.type == "paragraphs" and form.layout.cell_of(area.one.name).only_hole and not entry.values.get(area.one.path):
            rows = range(area.first, area.last + 1)
            lacking = (ROOM - sum(heights[row] for row in rows)) / len(rows)
            wanted |= {row: heights[row] + lacking for row in rows if lacking > 0}
    return {row: points for row, points in wanted.items() if points > heights[row]}


def fillable(form: Form, placed: Placed) -> list[Placed]:
    """The cell; of a group without a value one for each row: who fills it decides what merges."""
    grouped = any(block.row == placed.cell.row and placed.cell not in block.spans for block in form.blocks)
    if not grouped or placed.row == placed.last_row or placed.value is not None or placed.text:
        return [placed]
    return [placed._replace(row=row, last_row=row) for row in range(placed.row, placed.last_row + 1)]


def _names(book: Book, sheet: Sheet, found: Areas) -> None:
    """A name of its sheet for every field: its JSON path, that of a list's field behind the list's: indicators.target."""
    quoted = sheet.get_name().replace("'", "''")
    for area in found.values():
        path = f"{area.one.list}.{area.one.path}" if area.one.list else area.one.path
        book.define_name(f"'{quoted}'!{path}", f"='{quoted}'!{area.whole}")
