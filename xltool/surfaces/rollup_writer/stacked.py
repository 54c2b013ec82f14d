"""The published container 汇总表: all forms on one sheet, each written out as soon as it is drawn.

XlsxWriter knows of one form at a time; rows and merges of those before it wait on the disk.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import IO
from zipfile import ZIP_STORED, BadZipFile, ZipFile

from xltool.filing import Entry
from xltool.form import Form
from xltool.grid import address
from xltool.safe_names import STACKED
from xltool.surfaces.rollup_writer.body import Spill
from xltool.surfaces.rollup_writer.cells import fits
from xltool.surfaces.rollup_writer.content import PIECE
from xltool.surfaces.rollup_writer.package import BEGIN, END, with_rows
from xltool.surfaces.xlsx_writer import own_texts
from xltool.surfaces.xlsx_writer.book import describe, new_book
from xltool.surfaces.xlsx_writer.stacked import Stack
from xltool.surfaces.xlsx_writer.styles import Styles

PART = "xl/worksheets/sheet1.xml"
"""The one sheet."""
MERGE = '<mergeCell ref="{}:{}"/>'


@dataclass(frozen=True, slots=True)
class Block:
    """What one form takes of the sheet's part, the title above it included: the bytes of its rows and of its merges, how many these are."""

    rows: int
    merges: int
    count: int


class Stacked:
    """The workbook while forms are put into it; ``used`` are the kinds of all of them, ``sections`` their titles and how many each has.

    ``described`` is what its properties say of the sections, nothing where they have no room.
    """

    def __init__(self, known: Mapping[str, Form], used: Sequence[str], sections: Sequence[tuple[str, int]], apart: Path) -> None:
        self.known, self.apart = known, apart
        self.written = apart / "written.xlsx"
        self.book = new_book(self.written, sections[0][0] if sections else "", apart)
        self.described = describe(self.book, [known[name] for name in used], sections)
        self.texts: set[str] = set()
        self.sheet = self.book.add_worksheet(STACKED)
        own_texts.alone(self.sheet)
        self.stack = Stack(self.sheet, Styles(self.book), [known[name] for name in used], self.texts)
        self.spilled, self.merged = Spill(apart / "stacked.rows"), Spill(apart / "stacked.merges")
        self.blocks: list[Block] = []

    def begin(self, title: str, form: str) -> None:
        """Begins a section whose first form is of this kind."""
        self.stack.begin(title, self.known[form])

    def put(self, entry: Entry) -> None:
        """Puts a form below what is there.

        Raises:
            ProblemError: rollup-rows, where the sheet has no room for it.
        """
        sheet = self.sheet
        self.stack.put(self.known[entry.form], entry)
        fits(sheet, self.stack.top - 2)
        rows = own_texts.rows(sheet)
        merges = "".join([MERGE.format(address(top + 1, left + 1), address(last + 1, right + 1)) for top, left, last, right in sheet.merge])
        self.spilled.add(rows)
        self.merged.add(merges)
        self.blocks.append(Block(len(rows.encode("utf-8", "replace")), len(merges), len(sheet.merge)))
        self._forget()

    def _forget(self) -> None:
        """The sheet knows nothing of its rows any more."""
        sheet = self.sheet
        for held in (sheet.table, sheet.row_info, sheet.row_sizes, sheet.merge):
            held.clear()
        own_texts.alone(sheet)
        sheet.dim_rowmin = sheet.dim_rowmax = None

    def close(self, out: Path) -> None:
        """The workbook stands at ``out``."""
        self.stack.end()
        # The rows come later: the sheet is told how far it will reach.
        self.sheet.dim_rowmin, self.sheet.dim_rowmax = 0, max(self.stack.top - 2, 0)
        self.book.close()
        merges = chain((_merges_begin(self.blocks),), self.merged.pieces(), (_merges_end(self.blocks),))
        with_rows(self.written, out, PART, self.spilled.pieces(), merges)


def cut(written: Path, blocks: Sequence[Block], most: int) -> Iterator[tuple[range, bytes]]:
    """The finished workbook cut into ones that little memory is enough to read: which blocks one holds, and its bytes.

    Each holds up to ``most`` blocks just as they stand in ``written``, and begins with the last of the one before: whatever
    stands beside each other is read together once.

    Raises:
        BadZipFile, zlib.error: where the sheet is not made of these blocks alone.
    """
    with ZipFile(written) as made, made.open(PART) as rows, made.open(PART) as merges:
        others = [(one.filename, made.read(one)) for one in made.infolist() if one.filename != PART]
        head = _head(rows)
        _expect(merges, head)
        _pass(merges, sum(block.rows for block in blocks))
        _expect(merges, END + _merges_begin(blocks))
        held: list[tuple[Block, bytes, bytes]] = []
        for at, block in enumerate(blocks):
            held.append((block, rows.read(block.rows), merges.read(block.merges)))
            if len(held) == most or at + 1 == len(blocks):
                yield range(at + 1 - len(held), at + 1), _workbook(others, head, held)
                held = held[-1:]
        _expect(merges, _merges_end(blocks))
        # To its very end: there the check sum of the whole part is compared.
        _pass(merges)


def _head(part: IO[bytes]) -> bytes:
    """What stands before the rows; they come next."""
    head = b""
    while not head.endswith(BEGIN):
        if not (letter := part.read(1)):
            raise BadZipFile(PART)
        head += letter
    return head


def _expect(part: IO[bytes], text: bytes) -> None:
    if part.read(len(text)) != text:
        raise BadZipFile(PART)


def _pass(part: IO[bytes], length: int | None = None) -> None:
    """Reads over so many bytes, or all that are left."""
    while (length is None or length) and (piece := part.read(PIECE if length is None else min(PIECE, length))):
        length = None if length is None else length - len(piece)


def _merges_begin(blocks: Sequence[Block]) -> bytes:
    count = sum(block.count for block in blocks)
    return f'<mergeCells count="{count}">'.encode() if count else b""


def _merges_end(blocks: Sequence[Block]) -> bytes:
    return b"</mergeCells>" if any(block.count for block in blocks) else b""


def _workbook(others: Sequence[tuple[str, bytes]], head: bytes, held: Sequence[tuple[Block, bytes, bytes]]) -> bytes:
    """The workbook with some blocks alone on its sheet."""
    blocks = [block for block, _, _ in held]
    pieces = (head, *(rows for _, rows, _ in held), END, _merges_begin(blocks), *(merges for _, _, merges in held), _merges_end(blocks), b"</worksheet>")
    out = BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as made:
        for name, part in (*others, (PART, b"".join(pieces))):
            made.writestr(name, part)
    return out.getvalue()
