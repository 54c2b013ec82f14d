"""A Word document as a book of one grid: its paragraphs and tables below each other, within budgets.

Read with the standard library alone, straight from the document's part; headers and footers, which
hold page numbers, are other parts and are not read. Macros never run.
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree import ElementTree as ET

from xltool.grid import Book
from xltool.surfaces.docx.blocks import Block, Paragraph
from xltool.surfaces.docx.numbering import numbered_styles, numbering_of, said
from xltool.surfaces.docx.package import Package, open_package
from xltool.surfaces.docx.page import grid_of_blocks
from xltool.surfaces.docx.stream import ELSEWHERE, Beside, blocks


@dataclass(frozen=True, slots=True)
class Document:
    """An opened document; ``name`` stands in problems."""

    held: Package
    name: str

    def book(self) -> Book:
        """What it holds.

        Raises:
            ProblemError: document-broken, document-dtd, and the budgets:
                document-bomb, document-depth, document-parts, document-squares.
        """
        return Book((grid_of_blocks(_blocks(self.held, self.name), self.name),), beside=self.held.archive.carried())

    def inserted(self) -> bytes | None:
        """The file that is all the document holds (altChunk): programs of the web wrap a page up so. None for other
        documents, in which a file put in has its place among other text.

        Raises:
            ProblemError: as ``book`` does.
        """
        if len(self.held.inserted) != 1:
            return None
        alone = _blocks(self.held, self.name) == [Paragraph("", (ELSEWHERE,))]
        return self.held.archive.member(self.held.inserted[0]) if alone else None


def opened(data: bytes, name: str) -> Document:
    """The document of these bytes.

    Raises:
        ProblemError: file-empty, file-encrypted, document-broken, document-dtd, document-bomb.
    """
    return Document(open_package(data, name), name)


def read(data: bytes, name: str) -> Book:
    """What the document of these bytes holds; ``name`` stands in problems.

    Raises:
        ProblemError: as ``opened`` and ``Document.book`` do.
    """
    return opened(data, name).book()


def _blocks(held: Package, name: str) -> list[Block]:
    beside = Beside(
        numbering_of(held.side("numbering")),
        numbered_styles(held.side("styles")),
        _texts(held.side("comments")),
        _texts(held.side("footnotes")),
        _texts(held.side("endnotes")),
    )
    return blocks(held.archive.pieces(held.document), beside, name)


def _texts(root: ET.Element | None) -> dict[str, str]:
    """The text of each comment, footnote or endnote by its id."""
    if root is None:
        return {}
    found = {said(one, "id"): "".join(piece.text or "" for piece in one.iterfind(".//{*}t")).strip() for one in root}
    return {key: text for key, text in found.items() if text}
