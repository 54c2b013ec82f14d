"""How far a sheet's stored cells reach, known before a parser lays all of that out.

The parser allocates the whole range at once, and where that is more than there is the process dies. So
no way of writing a cell may pass unseen: what every program writes is looked through by patterns, and
a sheet that has anything else is read cell by cell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.parsers import expat

from xltool.grid import address
from xltool.surfaces.xlsx_reader.scan import column_number

_A_CELL = rb"<(?:[^\s<>/:]++:)?c(?=[\s/>])"
# Up to column Z and row 999 nothing is far; most sheets have no other cells, and one search says so.
_NOT_NEAR = re.compile(_A_CELL + rb"(?!(?<=<c) r=\"[A-Z]\d{1,3}\"[ />])")
_NOT_TIDY = re.compile(_A_CELL + rb"(?!(?<=<c) r=\"[A-Z]{1,3}\d{1,7}\"(?: (?:s|t|cm|vm|ph)=\"\w*+\")*+\s*+/?>)")
_STORED = re.compile(rb"<c r=\"([A-Z]{1,3})(\d{1,7})\"[^>]*+(?<!/)>(?!</)")
_REFERENCE = re.compile(r"([A-Za-z]{1,3})(\d{1,7})", re.ASCII)


def used_squares(part: bytes) -> tuple[int, str]:
    """The squares of the rectangle around all stored cells, and its last corner; 0 where no cell lies far out.

    Raises:
        ValueError: where a cell's place is none, or the XML is damaged.
    """
    if not _NOT_NEAR.search(part):
        return 0, ""
    found = _tidy(part) if not _NOT_TIDY.search(part) else _walked(part)
    if not found.rows:
        return 0, ""
    left, right = found.ends
    top, bottom = min(found.rows), max(found.rows)
    return (bottom - top + 1) * (right - left + 1), f"{found.columns[right]}{bottom}"


@dataclass(slots=True)
class _Found:
    """The rows and columns in which cells are stored; of columns also the letters."""

    rows: set[int]
    columns: dict[int, str]

    @property
    def ends(self) -> tuple[int, int]:
        """The first and the last column."""
        return min(self.columns), max(self.columns)


def _tidy(part: bytes) -> _Found:
    found, letters = set[bytes](), set[bytes]()
    for column, row in _STORED.findall(part):
        letters.add(column)
        found.add(row)
    return _Found(set(map(int, found)), {column_number(one): one.decode() for one in letters})


def _walked(part: bytes) -> _Found:
    walk = _Walk(_Found(set(), {}))
    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = walk.start, walk.end, walk.text
    try:
        parser.Parse(part, True)
    except expat.ExpatError as error:
        raise ValueError(f"XML: {error}") from error
    return walk.found


@dataclass(slots=True)
class _Walk:
    """Where a cell stands that says nothing of its place: behind the one before it, in a row that may say its own."""

    found: _Found
    row: int = 0
    column: int = 0
    cell: bool = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        local = tag.rpartition(":")[2]
        if self.cell:
            self._keep()
        elif local == "row":
            self.row, self.column = _row(attributes.get("r"), self.row), 0
        elif local == "c":
            self.cell = True
            self._place(attributes.get("r"))

    def end(self, tag: str) -> None:
        if tag.rpartition(":")[2] == "c":
            self.cell = False

    def text(self, text: str) -> None:
        if self.cell:
            self._keep()

    def _place(self, reference: str | None) -> None:
        if reference is None:
            self.column += 1
            return
        place = _REFERENCE.fullmatch(reference)
        if place is None:
            raise ValueError(f"{reference[:40]} is no cell")
        self.column, self.row = column_number(place[1].upper().encode()), int(place[2])

    def _keep(self) -> None:
        self.found.rows.add(self.row)
        self.found.columns[self.column] = address(1, self.column)[:-1]


def _row(given: str | None, before: int) -> int:
    if given is None:
        return before + 1
    if not (given.isascii() and given.isdecimal()):
        raise ValueError(f"{given[:40]} is no row")
    return int(given[:12])
