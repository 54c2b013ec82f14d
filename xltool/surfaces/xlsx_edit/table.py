"""A sheet of its own in a user's workbook: a title, a line below it, and a table with links to the workbook's cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xltool.grid import address
from xltool.heights import height, lines, pixels, room
from xltool.surfaces.xlsx_edit.references import prefix_of, quoted
from xltool.surfaces.xlsx_edit.relations import OFFICE
from xltool.surfaces.xlsx_edit.sheet import Sheet, fresh_cell
from xltool.surfaces.xlsx_edit.workbook import MAIN, Workbook

HEAD_ROW = 4
"""The row of the table's heads; its lines stand below."""
_SIZE, _TITLE = 10.5, 16.0
_HIGHEST = 409.0
_BORDER = '<{0}border><{0}left style="thin"><{0}color rgb="FFBFBFBF"/></{0}left><{0}right style="thin"><{0}color rgb="FFBFBFBF"/></{0}right><{0}top style="thin"><{0}color rgb="FFBFBFBF"/></{0}top><{0}bottom style="thin"><{0}color rgb="FFBFBFBF"/></{0}bottom><{0}diagonal/></{0}border>'
_WRAPPED = '<{0}alignment vertical="center" wrapText="1"/>'
_CENTRED = '<{0}alignment horizontal="center" vertical="center" wrapText="1"/>'


@dataclass(frozen=True, slots=True)
class Linked:
    """A cell of the table: its text, the colour that it stands on (RRGGBB), the sheet and square that it links to."""

    text: str
    colour: str = ""
    sheet: str = ""
    square: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """What stands on the sheet; ``widths`` are of the columns, in characters, ``centred`` those that are centred."""

    title: str
    below: str
    heads: tuple[str, ...]
    widths: tuple[float, ...]
    centred: frozenset[int]
    lines: Sequence[Sequence[Linked]]


def add_table(book: Workbook, name: str, table: Table) -> Sheet:
    """The new sheet of this name, last in the workbook."""
    look = _Look(book)
    sheet = book.add_sheet(name, data=_frame(table))
    fresh_cell(sheet, 1, 1, look.title, table.title)
    sheet.set_height(1, height(1, _TITLE) + 6)
    fresh_cell(sheet, 2, 1, look.plain, table.below)
    for column, head in enumerate(table.heads, 1):
        fresh_cell(sheet, HEAD_ROW, column, look.head, head)
    for row, line in enumerate(table.lines, HEAD_ROW + 1):
        for column, cell in enumerate(line, 1):
            fresh_cell(sheet, row, column, look.of(cell, column in table.centred), cell.text)
            if cell.sheet:
                sheet.link(row, column, f"{prefix_of(cell.sheet)}{cell.square}", cell.text)
        needed = max(lines(cell.text, room(pixels(width), _SIZE)) for cell, width in zip(line, table.widths, strict=True))
        sheet.set_height(row, min(height(needed, _SIZE), _HIGHEST))
    place = len(book.sheets) - 1
    last = address(HEAD_ROW + max(len(table.lines), 1), len(table.heads))
    area = f"{quoted(name)}!$A${HEAD_ROW}:${last.rstrip('0123456789')}${last.lstrip('ABCDEFGHIJKLMNOPQRSTUVWXYZ')}"
    book.add_name("_xlnm._FilterDatabase", area, place, hidden=True)
    book.add_name("_xlnm.Print_Titles", f"{quoted(name)}!${HEAD_ROW}:${HEAD_ROW}", place)
    return sheet


class _Look:
    """The formats of the sheet, in the workbook's own body font."""

    def __init__(self, book: Workbook) -> None:
        self.styles = book.styles
        prefix = self.styles.prefix.decode()
        self.border = _BORDER.format(prefix).encode()
        self.wrapped, self.centred = _WRAPPED.format(prefix).encode(), _CENTRED.format(prefix).encode()
        font = self.styles.font_with
        self.body, self.linked = font(_SIZE), font(_SIZE, colour="0563C1", underline=True)
        self.title = self.styles.made(font(_TITLE, bold=True))
        self.plain = self.styles.made(self.body)
        self.head = self.styles.made(font(_SIZE, bold=True), self.styles.solid("D9D9D9"), self.border, self.centred)

    def of(self, cell: Linked, centred: bool) -> int:
        """The format of a cell of the table."""
        fill = self.styles.solid(cell.colour) if cell.colour else b""
        return self.styles.made(self.linked if cell.sheet else self.body, fill, self.border, self.centred if centred else self.wrapped)


def _frame(table: Table) -> bytes:
    """The sheet without its rows: heads frozen and with a filter, printed across, one page wide."""
    last = address(HEAD_ROW + max(len(table.lines), 1), len(table.heads))
    columns = "".join(f'<col min="{at}" max="{at}" width="{width:g}" customWidth="1"/>' for at, width in enumerate(table.widths, 1))
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">'
        '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<dimension ref="A1:{last}"/>'
        f'<sheetViews><sheetView showGridLines="0" workbookViewId="0"><pane ySplit="{HEAD_ROW}" topLeftCell="A{HEAD_ROW + 1}" activePane="bottomLeft" state="frozen"/>'
        f'<selection pane="bottomLeft" activeCell="A{HEAD_ROW + 1}" sqref="A{HEAD_ROW + 1}"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols><sheetData/><autoFilter ref="A{HEAD_ROW}:{last}"/>'
        '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    ).encode()
