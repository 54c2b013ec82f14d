"""Reading: the bytes of any readable source as a filing, by what they are."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from xltool import library, text_file
from xltool.filing import Filing
from xltool.form import Form
from xltool.grid import Book
from xltool.jobs import kinds
from xltool.recovery import grid_reading, page_reading, sound_reading, table_text
from xltool.recovery.claims import Trace
from xltool.recovery.grid_reading import Shapes
from xltool.recovery.text_reading import Reading
from xltool.surfaces import (
    binary_workbook,
    csv_file,
    docx,
    html,
    json_file,
    markdown,
    ods,
    pdf,
    plain_lines,
    spreadsheet_ml,
    xlsx_reader,
)

Forms = Mapping[str, Form]
Folders = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]
"""One folder or several."""
Reader = Callable[[bytes, str], Book]
WORKBOOKS: Mapping[str, Reader] = {
    kinds.XLSX: xlsx_reader.read,
    kinds.XLS: binary_workbook.read_xls,
    kinds.XLSB: binary_workbook.read_xlsb,
    kinds.ODS: ods.read,
    kinds.XML: spreadsheet_ml.read,
}
"""Files whose grids are as a spreadsheet program keeps them."""
TABLES: Mapping[str, Reader] = {kinds.DOCX: docx.read, kinds.HTML: html.read, kinds.MHT: html.read_mht}
"""Files whose tables people arrange by hand: where one is damaged, its text may be the sounder reading."""


@dataclass(frozen=True, slots=True)
class Read:
    """A filing with the kind of file it came from, and for text and PDF how each piece was read."""

    kind: str
    filing: Filing
    traces: Sequence[Trace] = ()


def forms_of(mappings: Folders = ()) -> Forms:
    """The known forms, those of the folders ``mappings`` included.

    Raises:
        ProblemError: every fault of every mapping file.
    """
    # A text is made of texts: each of its letters would be a folder.
    return library.forms(tuple(os.fspath(folder) for folder in ([mappings] if isinstance(mappings, str | os.PathLike) else mappings)))


def read_bytes(data: bytes, name: str, forms: Forms) -> Read:
    """The filing that the bytes hold, whatever kind of file they are.

    Raises:
        ProblemError: where they cannot be read, or hold no known form.
    """
    return opened(data, name, forms)[0]


def opened(data: bytes, name: str, forms: Forms, shapes: Shapes | None = None) -> tuple[Read, Book | None]:
    """The filing that the bytes hold, and the grids of the file where it has any; ``shapes`` takes those that a workbook was read by.

    Raises:
        ProblemError: where they cannot be read, or hold no known form.
    """
    kind = kinds.recognise(data, name)
    if kind == kinds.DOCX:
        document = docx.opened(data, name)
        if (inserted := document.inserted()) is None:
            return _as_tables(kind, document.book(), forms, name)
        data, kind = inserted, kinds.recognise(inserted, name)
    if kind in WORKBOOKS:
        book = WORKBOOKS[kind](data, name)
        return Read(kind, grid_reading.read_book(book, forms, name, shapes)), book
    if kind == kinds.PDF:
        return _traced(kind, page_reading.read_pages(pdf.read(data, name), forms, name))
    if kind == kinds.JSON:
        return Read(kind, json_file.read(data, forms, name)), None
    text = "" if kind in TABLES else plain_lines.plain(text_file.decode(data, name))
    if kind in TABLES:
        book = TABLES[kind](data, name)
    elif parted := csv_file.separator(text):
        kind, book = kinds.CSV, csv_file.read(text, parted, name)
    elif markdown.has_tables(text):
        book = html.read(markdown.as_page(text).encode(), name)
    else:
        return _traced(kind, table_text.read_text(markdown.without_marks(text), forms, name))
    return _as_tables(kind, book, forms, name)


def _as_tables(kind: str, book: Book, forms: Forms, name: str) -> tuple[Read, Book | None]:
    return Read(kind, sound_reading.read_book(book, forms, name)), book


def _traced(kind: str, reading: Reading) -> tuple[Read, Book | None]:
    return Read(kind, reading.filing, reading.trace), reading.book
