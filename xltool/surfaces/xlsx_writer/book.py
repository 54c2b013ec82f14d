"""The edge to XlsxWriter: a new workbook that carries no clock, no name of a machine, and takes no text for anything else."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from xlsxwriter import Workbook

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
