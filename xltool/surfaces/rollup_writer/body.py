"""The rows of one of the rollup's own sheets, below its heads: written out as they come, kept on the disk until the workbook is put together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from xltool.grid import address
from xltool.surfaces.rollup_writer.cells import (
    LONGEST_TIP,
    MOST_LINKS,
    Cell,
    Formula,
    Linked,
    Plain,
    fits,
)
from xltool.surfaces.rollup_writer.content import PIECE, Spooled
from xltool.surfaces.rollup_writer.list_rows import text_in
from xltool.surfaces.xlsx_writer.rows import row_begin
from xltool.surfaces.xlsx_writer.styles import Sheet
from xltool.values import plain

_LETTERS = [address(1, at).rstrip("1") for at in range(1, 257)]
_MARKED = re.compile('[&<>"\x00-\x1f\ud800-\udfff\ufffe\uffff]')
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Spill:
    """A text that grows on the disk; its end stays in memory until there is enough of it."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.waiting: list[str] = []
        self.length = self.spilled = 0

    def add(self, text: str) -> None:
        """Puts a text behind what is there."""
        self.waiting.append(text)
        self.length += len(text)
        if self.length >= PIECE:
            with self.file.open("ab") as opened:
                self.spilled += opened.write(self.last())
            self.waiting.clear()
            self.length = 0

    def last(self) -> bytes:
        """What is not on the disk yet."""
        return "".join(self.waiting).encode("utf-8", "replace")

    def pieces(self) -> Iterator[bytes]:
        """All of it, some at a time."""
        if self.spilled:
            yield from Spooled(self.file, 0, self.spilled).pieces()
        yield self.last()


class Body:
    """The rows of ``sheet`` below its heads; ``file`` is where they wait, without its ending."""

    def __init__(self, sheet: Sheet, file: Path) -> None:
        self.sheet = sheet
        self.written, self.linked = Spill(file.with_suffix(".rows")), Spill(file.with_suffix(".links"))
        self.links_count = 0

    def row(self, row: int, cells: Sequence[Cell], styles: Sequence[int], height: float = 0, level: int = 0) -> None:
        """Writes a row (from 0) from its first column on; rows come from above downwards, each once.

        Raises:
            ProblemError: rollup-rows, where the sheet has no such row.
        """
        said = []
        for column, (cell, style) in enumerate(zip(cells, styles, strict=True)):
            if isinstance(cell, Linked):
                self.link(row, column, cell.to, cell.tip)
                cell = cell.value
            said.append(f'<c r="{_LETTERS[column]}{row + 1}" s="{style}"{_rest(cell)}')
        self.text(row, f"{row_begin(row + 1, height, level)}{''.join(said)}</row>", len(cells))
        if level > self.sheet.outline_row_level:
            self.sheet.outline_row_level = level

    def text(self, row: int, text: str, columns: int) -> None:
        """Writes a row that is text already.

        Raises:
            ProblemError: rollup-rows, where the sheet has no such row.
        """
        fits(self.sheet, row)
        # The sheet is told how far it will reach.
        self.sheet.dim_rowmax, self.sheet.dim_colmax = row, max(columns - 1, self.sheet.dim_colmax or 0)
        self.written.add(text)

    def link(self, row: int, column: int, to: str, tip: str) -> None:
        """Makes a cell lead somewhere, as long as Excel has room for another link."""
        if self.links_count >= MOST_LINKS or not to:
            return
        self.links_count += 1
        over = f' tooltip="{in_attribute(tip[:LONGEST_TIP])}"' if tip else ""
        self.linked.add(f'<hyperlink ref="{_LETTERS[column]}{row + 1}" location="{in_attribute(to)}"{over} display="-"/>')

    def rows(self) -> Iterator[bytes]:
        """The rows, some bytes at a time."""
        return self.written.pieces()

    def links(self) -> Iterator[bytes]:
        """What makes their cells lead somewhere, some bytes at a time; nothing where none does."""
        return self.linked.pieces() if self.links_count else iter(())


@lru_cache(maxsize=256)
def in_attribute(text: str) -> str:
    """A text inside an attribute of XML, where no control character can stand."""
    if not _MARKED.search(text):
        return text
    text = _CONTROL.sub("", text)
    text = text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\n", "&#xA;").replace("\r", "&#xD;").replace("\t", "&#x9;")


def _rest(cell: Plain | Formula) -> str:
    """The rest of a cell, from its kind on."""
    if cell is None or isinstance(cell, str):
        return text_in(cell)
    if isinstance(cell, Formula):
        return _formula(cell)
    return f"><v>{plain(cell)}</v></c>"


def _formula(cell: Formula) -> str:
    """A formula with what it comes to; without a result programs work it out when they open the workbook."""
    text = cell.text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    value = cell.value
    if isinstance(value, str) and value:
        raise TypeError("formulas of a rollup come to numbers")
    return f"><f>{text}</f><v>{value if isinstance(value, (int, Decimal)) else ''}</v></c>"
