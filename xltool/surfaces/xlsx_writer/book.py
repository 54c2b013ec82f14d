"""The edge to XlsxWriter: a new workbook that carries no clock, no name of a machine, and takes no text for anything else."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from xlsxwriter import Workbook

from xltool.form import Form

CREATED = datetime(2000, 1, 1)
OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
FORMS_PROPERTY, SECTIONS_PROPERTY, SHEETS_PROPERTY, BLANK_PROPERTY = "xltool.forms", "xltool.sections", "xltool.sheets", "xltool.blank"
"""The forms of the workbook with their mappings' versions; its sections; its sheets that no form is read from; that it
is a blank to be filled in, where a group left blank is that of the row above."""
LONGEST_PROPERTY = 255
"""Excel's limit for the text of a document property, in UTF-16 units."""

Book = Any


def new_book(out: BinaryIO | Path, title: str = "", apart: Path | None = None) -> Book:
    """An empty workbook that is written to ``out`` when it is closed; ``apart`` is a folder for its parts
    until then, which otherwise stay in memory."""
    kept = {"tmpdir": str(apart)} if apart else {"in_memory": True}
    book = Workbook(str(out) if isinstance(out, Path) else out, OPTIONS | kept)
    book.set_properties({"title": title, "author": "", "created": CREATED})
    return book


def is_short(text: str) -> bool:
    """True for a text that a property has room for."""
    return len(text.encode("utf-16-le", "replace")) // 2 <= LONGEST_PROPERTY


def set_property(book: Book, name: str, text: str) -> None:
    """Sets a property of the document; one that is longer than Excel allows is left out."""
    if is_short(text):
        book.set_custom_property(name, text)


def describe(book: Book, forms: Iterable[Form], sections: Iterable[tuple[str | None, int]]) -> str:
    """Sets what the document says of what it holds: forms with their mappings' versions, sections with the number of their
    forms. The sections as they are set, or nothing where they have no room."""
    set_property(book, FORMS_PROPERTY, ",".join(f"{form.id}/{form.version}" for form in forms))
    counts = json.dumps([list(one) for one in sections], ensure_ascii=False, separators=(",", ":"))
    set_property(book, SECTIONS_PROPERTY, counts)
    return counts if is_short(counts) else ""
