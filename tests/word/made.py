"""Word documents made from filings: tables with merged cells as Word merges them, and what people do to them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Twips
from docx.table import Table

from xltool.arrange import Placed, place, text_of
from xltool.filing import Entry, Filing
from xltool.form import Form
from xltool.values import plain

WIDTH = 9_000
CLOCK = (2025, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Way:
    """How a form is laid out in Word. ``titles`` rows stand above the table as paragraphs; ``breaks`` are the
    rows (from 1) before which the table is broken; ``heads`` says whether each part repeats the list's head."""

    titles: int = 0
    breaks: tuple[int, ...] = ()
    heads: int = 0
    nested: bool = False
    between: Callable[[Document], object] = lambda document: document.add_page_break()


PLAIN = Way()


def written(filing: Filing, forms: Mapping[str, Form], way: Way = PLAIN) -> bytes:
    """The filing as a .docx: section titles as paragraphs, each form a table (or several)."""
    document = docx.Document()
    for section in filing.sections:
        if section.title:
            document.add_heading(section.title, 1)
        for entry in section.entries:
            add_form(document, forms[entry.form], entry, way)
    return saved(document)


def saved(document: Document) -> bytes:
    """The bytes of a document, the same each time: its archive holds no clock."""
    stream = io.BytesIO()
    document.save(stream)
    return repacked(stream.getvalue())


def repacked(data: bytes, change: Callable[[dict[str, bytes]], object] = lambda parts: None) -> bytes:
    """The package with its parts changed, every date in it the same."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            info = zipfile.ZipInfo(name, CLOCK)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, part)
    return out.getvalue()


def replaced(data: bytes, old: str, new: str, part: str = "word/document.xml") -> bytes:
    """The package with a piece of XML replaced, which must be there."""

    def change(parts: dict[str, bytes]) -> None:
        assert old.encode() in parts[part], old
        parts[part] = parts[part].replace(old.encode(), new.encode())

    return repacked(data, change)


def add_form(document: Document, form: Form, entry: Entry, way: Way = PLAIN) -> None:
    """Adds a filled form to a document."""
    cells = [(one, printed(one)) for one in place(form, entry)]
    for one, text in cells:
        if one.row <= way.titles:
            document.add_paragraph(text)
    last = max(one.last_row for one, _ in cells)
    starts = [way.titles + 1, *(row for row in way.breaks if way.titles < row <= last)]
    outer = document.add_table(1, 1).cell(0, 0) if way.nested else None
    for start, end in zip(starts, [*(row - 1 for row in starts[1:]), last], strict=True):
        if start != starts[0]:
            way.between(document)
        heads = [way.heads] if way.heads and start > way.heads else []
        add_table(outer or document, cells, [*heads, *range(start, end + 1)], form.layout.columns)


def printed(one: Placed) -> str:
    """The text of a cell as a person types it: a rate with its sign."""
    if one.field and one.field.type == "percent" and isinstance(one.value, Decimal):
        return f"{plain(one.value * 100)}%"
    return one.text or text_of(one.value)


def add_table(where: Any, cells: Sequence[tuple[Placed, str]], rows: Sequence[int], columns: int) -> Table:
    """Adds a table of some rows of a form, cells cut where the table begins or ends."""
    table: Table = where.add_table(len(rows), columns)
    table.autofit = False
    for column in table.columns:
        column.width = Twips(WIDTH // columns)
    squares = [row.cells for row in table.rows]
    places = {row: at for at, row in enumerate(rows)}
    for one, text in cells:
        own = [places[row] for row in range(one.row, one.last_row + 1) if row in places]
        for run in _runs(own):
            first, final = squares[run[0]][one.column - 1], squares[run[-1]][one.last_column - 1]
            fill(first.merge(final) if first is not final else first, text)
    return table


def _runs(rows: Iterable[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for row in rows:
        if runs and runs[-1][-1] == row - 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    return runs


def fill(cell: Any, text: str) -> None:
    """The text of a cell, a paragraph for each of its lines."""
    lines = text.split("\n")
    cell.text = lines[0]
    for line in lines[1:]:
        cell.add_paragraph(line)


def xml(text: str) -> Any:
    """An element of Word from its XML; w: is known."""
    head, _, rest = text.partition(">")
    if head.endswith("/"):
        return parse_xml(f"{head[:-1]} {nsdecls('w')}/>{rest}")
    return parse_xml(f"{head} {nsdecls('w')}>{rest}")


def document_of(body: str, **parts: str) -> bytes:
    """A package with nothing but the document's own part (its body given) and further parts by file name."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    rels = "".join(f'<Relationship Id="r{at}" Type="{office}/{name}" Target="{name}.xml"/>' for at, name in enumerate(parts))
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    relations = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", f'{head}{relations}<Relationship Id="r" Type="{office}/officeDocument" Target="word/document.xml"/></Relationships>')
        archive.writestr("word/document.xml", f"{head}<w:document {space}><w:body>{body}</w:body></w:document>")
        archive.writestr("word/_rels/document.xml.rels", f"{head}{relations}{rels}</Relationships>")
        for name, part in parts.items():
            archive.writestr(f"word/{name}.xml", head + part.replace(">", f" {space}>", 1))
    return out.getvalue()
