"""What the workbook of a rollup is written from, beside the rollup itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from xltool.form import Form
from xltool.rollup.model import Rollup
from xltool.surfaces.xlsx_writer.form_sheet import Taken

PIECE = 1 << 16


@dataclass(frozen=True, slots=True)
class Spooled:
    """A piece of a file that waits on the disk: where it begins and how long it is."""

    file: Path
    start: int = 0
    length: int = 0

    def read(self) -> bytes:
        """Its bytes."""
        with self.file.open("rb") as opened:
            opened.seek(self.start)
            return opened.read(self.length)

    def pieces(self) -> Iterator[bytes]:
        """Its bytes, some at a time."""
        with self.file.open("rb") as opened:
            opened.seek(self.start)
            left = self.length
            while left and (piece := opened.read(min(left, PIECE))):
                left -= len(piece)
                yield piece


@dataclass(frozen=True, slots=True)
class Stored:
    """A part of a workbook, packed, with the size and the check sum of what it unpacks to."""

    part: Spooled
    size: int
    check: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """A form as a finished part of the workbook, and what the form takes on its sheet.

    ``cells`` are the squares of the form's sheet that its figures stand in, by role; ``""`` is the first.
    """

    stored: Stored
    taken: Taken
    cells: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FormAt:
    """One form of the rollup: ``source`` is the number of its file in the ledger, ``back`` the workbook's name for
    its row of the register, ``listed`` the rows of its indicators and how many they are, ``found`` those of its findings."""

    source: int
    back: str
    listed: Spooled | None = None
    rows: int = 0
    drawn: Drawn | None = None
    found: Spooled | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A line of the ledger: a file, its hash, what kind it is, what became of it; ``forms`` are rows of the rollup.

    ``said`` are problems and remarks; ``change`` says how it stands to the rollup before.
    """

    file: str
    digest: str
    kind: str = ""
    read: bool = True
    forms: tuple[int, ...] = ()
    doubts: int = 0
    leftover: int = 0
    said: tuple[str, ...] = ()
    change: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A line of the findings: ``place`` in the file, ``cell`` on the form's sheet."""

    severity: str
    rule: str
    place: str
    cell: str
    caption: str
    item: str
    what: str
    expected: str
    found: str
    sum: str
    do: str
    accepted: str = ""


Shown = Callable[[int, str, str], Decimal | None]
"""(row, role, which of gross, eliminated, net) → the figure in the unit shown; None where nothing is printed."""


@dataclass(frozen=True, slots=True)
class Content:
    """Everything: ``forms`` are those of ``rollup.rows``, in the same order; ``residuals`` are lines about
    the rounding of each register."""

    rollup: Rollup
    forms: tuple[FormAt, ...]
    sources: tuple[Source, ...]
    known: Mapping[str, Form]
    shown: Shown
    gone: tuple[tuple[str, str], ...] = ()
    residuals: tuple[tuple[str, ...], ...] = ()
    checked: bool = False

    def total(self, rows: Iterable[int], role: str, which: str) -> Decimal:
        """The sum of what is shown of some rows."""
        found = (self.shown(row, role, which) for row in rows)
        return sum((value for value in found if value is not None), Decimal(0))

    @property
    def unit(self) -> str:
        """元 or 万元, as figures are shown."""
        return self.rollup.unit
