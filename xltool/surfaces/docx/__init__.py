"""A Word document as a book of one grid: its paragraphs and tables below each other, within budgets.

Read with the standard library alone, straight from the document's part; headers and footers, which
hold page numbers, are other parts and are not read. Macros never run.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

from xltool.grid import Book
from xltool.surfaces.docx.numbering import numbered_styles, numbering_of, said
from xltool.surfaces.docx.package import open_package
from xltool.surfaces.docx.page import grid_of_blocks
from xltool.surfaces.docx.stream import Beside, blocks


def read(data: bytes, name: str) -> Book:
    """The document of these bytes; ``name`` stands in problems.

    Raises:
        ProblemError: file-empty, file-encrypted, document-broken, document-dtd, and the budgets:
            document-bomb, document-depth, document-parts, document-squares.
    """
    held = open_package(data, name)
    beside = Beside(
        numbering_of(held.side("numbering")),
        numbered_styles(held.side("styles")),
        _texts(held.side("comments")),
        _texts(held.side("footnotes")),
        _texts(held.side("endnotes")),
    )
    found = blocks(held.archive.pieces(held.document), beside, name)
    return Book((grid_of_blocks(found, name),), beside=held.archive.carried())


def _texts(root: ET.Element | None) -> dict[str, str]:
    """The text of each comment, footnote or endnote by its id."""
    if root is None:
        return {}
    found = {said(one, "id"): "".join(piece.text or "" for piece in one.iterfind(".//{*}t")).strip() for one in root}
    return {key: text for key, text in found.items() if text}
