"""Filled forms as finished parts of a workbook that is put together elsewhere, each proved to read back.

A workbook of thousands of forms fits no memory, and one process alone would draw them all. So each form
is drawn where it was read: as the part of its sheet, its texts inside it, its styles numbered as in every
other process. Whoever writes the workbook only puts the parts in.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

from xltool.arrange import place
from xltool.filing import Entry
from xltool.form import Form
from xltool.grid import address
from xltool.heights import Rows
from xltool.surfaces.rollup_writer.look import Palette
from xltool.surfaces.xlsx_writer import own_texts
from xltool.surfaces.xlsx_writer.book import new_book
from xltool.surfaces.xlsx_writer.form_sheet import Taken, draw_form

BACK = "回到汇总表"
"""What shows over a form's title, which leads to its row of the register."""
LEVEL = 4
"""How hard a form is packed: 6 takes half as long again and leaves it a twentieth smaller."""
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a workbook as it stands in the package: packed bytes, the size and check sum of what they hold."""

    packed: bytes
    size: int
    check: int


def pack(text: str) -> Part:
    """A text as a part."""
    data = text.encode("utf-8")
    made = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return Part(made.compress(data) + made.flush(), len(data), zlib.crc32(data))


class FormParts:
    """Makes parts of filled forms."""

    def __init__(self, forms: Mapping[str, Form]) -> None:
        self.forms = forms
        self.book = new_book(BytesIO())
        self.palette = Palette(self.book, forms)
        self.look = _styles_part(forms)

    def sheet(self, entry: Entry, back: str, texts: set[str]) -> tuple[str, Taken, dict[str, str]]:
        """The XML of the sheet of a filled form, what the form takes on it, and the square of each JSON path;
        ``back`` is the workbook's name for the form's row in the register."""
        form = self.forms[entry.form]
        sheet = self.book.add_worksheet()
        self.book.worksheets_objs.clear()
        self.book.sheetnames.clear()
        own_texts.alone(sheet)
        placed = place(form, entry)
        title = next((one for one in placed if one.row == form.look.plain_rows[0]), placed[0])
        styles = self.palette.forms[form.id]
        sheet.write_url(title.row - 1, title.column - 1, f"internal:{back}", styles[id(title.cell)].format, entry.title, BACK)
        taken = draw_form(sheet, form, placed, styles, texts)
        squares = {one.path: address(taken.drawn.starts[one.row - 1] + 1, one.column) for one in placed if one.path}
        return own_texts.whole(sheet), replace(taken, drawn=Rows((), ())), squares

    def workbook(self, sheets: Sequence[str]) -> bytes:
        """A bare workbook of these sheets: what reading them back needs."""
        out = BytesIO()
        numbers = range(1, len(sheets) + 1)
        with ZipFile(out, "w", ZIP_STORED) as made:
            made.writestr("[Content_Types].xml", _content_types(len(sheets)))
            made.writestr("_rels/.rels", _related([("officeDocument", "xl/workbook.xml")]))
            named = "".join(f'<sheet name="{at}" sheetId="{at}" r:id="rId{at}"/>' for at in numbers)
            made.writestr("xl/workbook.xml", f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{named}</sheets></workbook>')
            made.writestr("xl/_rels/workbook.xml.rels", _related([*(("worksheet", f"worksheets/sheet{at}.xml") for at in numbers), ("styles", "styles.xml")]))
            made.writestr("xl/styles.xml", self.look)
            for at, sheet in zip(numbers, sheets, strict=True):
                made.writestr(f"xl/worksheets/sheet{at}.xml", sheet)
        return out.getvalue()


def _styles_part(forms: Mapping[str, Form]) -> bytes:
    """The part with the styles of every form."""
    out = BytesIO()
    book = new_book(out)
    Palette(book, forms)
    book.close()
    with ZipFile(out) as made:
        return made.read("xl/styles.xml")


def _content_types(sheets: int) -> str:
    parts = [("xl/workbook.xml", "sheet.main"), ("xl/styles.xml", "styles"), *((f"xl/worksheets/sheet{at}.xml", "worksheet") for at in range(1, sheets + 1))]
    listed = "".join(f'<Override PartName="/{part}" ContentType="{_KIND}.{kind}+xml"/>' for part, kind in parts)
    rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    return f'<Types xmlns="{_PACKAGE}/content-types">{rels}{listed}</Types>'


def _related(parts: Sequence[tuple[str, str]]) -> str:
    listed = "".join(f'<Relationship Id="rId{at}" Type="{_OFFICE}/{kind}" Target="{target}"/>' for at, (kind, target) in enumerate(parts, 1))
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'
