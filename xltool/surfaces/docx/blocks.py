"""What a Word document is made of, as far as forms need it: paragraphs and tables, in order."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Paragraph:
    """The text of a paragraph as it shows: its automatic number first, a line break as a line feed.

    ``notes`` are what hangs on it and does not show in its place: comments, footnotes, hidden text; ``unsure`` is why its
    text may not be what was meant.
    """

    text: str
    notes: tuple[str, ...] = ()
    unsure: str = ""


@dataclass(slots=True)
class Cell:
    """A cell of a row over ``span`` columns; ``merge`` is its vMerge (``restart``, ``continue`` or nothing).

    ``width`` is in twentieths of a point, 0 where none is said.
    """

    span: int = 1
    width: int = 0
    merge: str = ""
    across: bool = False
    deleted: bool = False
    blocks: list[Paragraph | Table] = field(default_factory=list)

    @property
    def tables(self) -> bool:
        """True where a table stands inside the cell."""
        return any(isinstance(block, Table) for block in self.blocks)

    @property
    def text(self) -> str:
        """The paragraphs of the cell, one a line."""
        return "\n".join(block.text for block in self.blocks if isinstance(block, Paragraph)).strip("\n")

    @property
    def notes(self) -> str:
        """What hangs on its paragraphs."""
        return "\n".join(note for block in self.blocks if isinstance(block, Paragraph) for note in block.notes)

    @property
    def unsure(self) -> str:
        """Why its text may not be what was meant."""
        return next((block.unsure for block in self.blocks if isinstance(block, Paragraph) and block.unsure), "")


@dataclass(slots=True)
class Row:
    """A row; ``before`` and ``after`` are columns of the table that it leaves free at its ends; nobody sees a ``hidden`` one."""

    before: int = 0
    after: int = 0
    before_width: int = 0
    deleted: bool = False
    hidden: bool = False
    cells: list[Cell] = field(default_factory=list)

    @property
    def columns(self) -> int:
        """The columns of the table that the row takes."""
        return self.before + sum(cell.span for cell in self.cells) + self.after


@dataclass(slots=True)
class Table:
    """A table: the widths of its columns as it declares them, and its rows."""

    widths: list[int] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)


Block = Paragraph | Table
