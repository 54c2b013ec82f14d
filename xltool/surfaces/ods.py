"""An OpenDocument spreadsheet (.ods) as a book of grids.

Its content.xml holds all that is asked: what each cell shows, what it stores, formulas, merges, notes. It is
read in one pass, in pieces; runs of repeated empty cells cost nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from math import isfinite

from xltool import archive, budgets
from xltool.grid import STRUCK, Book, Typed
from xltool.problems import ProblemError, problem
from xltool.surfaces import xml_stream
from xltool.surfaces.merged import Corner, Sheet
from xltool.surfaces.shown import general
from xltool.surfaces.xml_stream import Attributes

ROWS, COLUMNS = 1_048_576, 16_384
_FAULTS = archive.Faults("workbook-broken", "workbook-bomb", "workbook-dtd")
_ZERO = date(1899, 12, 30)
_THROUGH = ("style text-line-through-style", "style text-line-through-type")
_LIKENESS = 10
"""Styles that are followed from one to the one that it is like."""
_ASIDE = ("office annotation", "drawing frame", "drawing custom-shape", "table shapes")


def read(data: bytes, name: str) -> Book:
    """The workbook of these bytes; ``name`` stands in problems.

    Raises:
        ProblemError: file-encrypted, workbook-broken, workbook-bomb, workbook-dtd, workbook-range, workbook-merges.
    """
    opened = archive.opened(data, name, _FAULTS, "streamed")
    if "content.xml" not in opened.entries:
        raise opened.broken("content.xml")
    if "META-INF/manifest.xml" in opened.entries and b":encryption-data" in opened.part("META-INF/manifest.xml"):
        raise ProblemError(problem("file-encrypted", name))
    content = _Content(name)
    if "styles.xml" in opened.entries:
        xml_stream.parse(opened.pieces("styles.xml"), content.styles, name)
    xml_stream.parse(opened.pieces("content.xml"), content, name)
    said = _Said()
    if "meta.xml" in opened.entries:
        xml_stream.parse(opened.pieces("meta.xml"), said, name)
    return Book(tuple(sheet.grid(name) for sheet in content.sheets), said.properties)


@dataclass(slots=True)
class _Said:
    """The properties that meta.xml states."""

    properties: dict[str, str] = field(default_factory=dict)
    key: str = ""

    def start(self, tag: str, attributes: Attributes) -> None:
        self.key = "title" if tag.endswith(" title") else attributes.get("meta name", "") if tag == "meta user-defined" else ""

    def end(self, tag: str) -> None:
        self.key = ""

    def text(self, text: str) -> None:
        if self.key:
            self.properties[self.key] = self.properties.get(self.key, "") + text


@dataclass(slots=True)
class _Styles:
    """The styles of a spreadsheet by family and name: the one that each is like, and whether it strikes text through."""

    likes: dict[str, str] = field(default_factory=dict)
    crosses: dict[str, bool] = field(default_factory=dict)
    open: str = ""

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "style style":
            family = attributes.get("style family", "")
            self.open = f"{family} {attributes.get('style name', '')}"
            self.likes[self.open] = f"{family} {attributes.get('style parent-style-name', '')}"
        elif tag == "style text-properties":
            for said in _THROUGH:
                if said in attributes:
                    self.crosses[self.open] = attributes[said] != "none"

    def end(self, tag: str) -> None:
        """Nothing ends that matters."""

    def text(self, text: str) -> None:
        """No style holds text."""

    def strike(self, family: str, name: str) -> bool:
        """True for a style that strikes through, itself or by the style that it is like."""
        if True not in self.crosses.values():
            return False
        key = f"{family} {name}"
        for _ in range(_LIKENESS):
            if key in self.crosses or key not in self.likes:
                break
            key = self.likes[key]
        return self.crosses.get(key, False)


@dataclass(slots=True)
class _Cell:
    """A cell while it is read. ``texts`` and ``notes`` are its paragraphs; ``struck`` where its text is struck through."""

    attributes: Attributes
    struck: bool = False
    texts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Content:
    """The sheets while content.xml is read. ``usual`` is the style of cells that name none, up to a column, ``of_row`` the
    row's. ``aside`` counts the elements in which text is no text of the cell."""

    name: str
    sheets: list[Sheet] = field(default_factory=list)
    styles: _Styles = field(default_factory=_Styles)
    usual: list[tuple[int, str]] = field(default_factory=list)
    of_row: str = ""
    hidden_styles: set[str] = field(default_factory=set)
    style: str = ""
    days: int = 0
    tables: int = 0
    row: int = 0
    column: int = 0
    repeat: int = 1
    squares: int = 0
    most: int = field(default_factory=lambda: budgets.limit("squares"))
    held: list[tuple[int, str, Typed, str, str, int, int, bool]] = field(default_factory=list)
    cell: _Cell | None = None
    aside: list[str] = field(default_factory=list)

    def start(self, tag: str, attributes: Attributes) -> None:
        if self.aside or tag in _ASIDE:
            self.aside.append(tag)
            if tag == "text p" and self.cell and self.aside[0] == "office annotation":
                self.cell.notes.append("")
            return
        if tag.startswith("style "):
            self.styles.start(tag, attributes)
        match tag:
            case "style style":
                self.style = attributes.get("style name", "")
            case "style table-properties" if attributes.get("table display") == "false":
                self.hidden_styles.add(self.style)
            case "table null-date":
                self.days = _days(attributes.get("table date-value", ""))
            case "table table":
                self.tables += 1
                if self.tables == 1:
                    hidden = attributes.get("table style-name") in self.hidden_styles
                    self.sheets.append(Sheet(attributes.get("table name", ""), hidden=hidden, days=self.days))
                    self.row = self.column = 0
                    self.usual = []
            case "table table-column" if self.tables == 1:
                self._column(attributes)
            case "table table-row" if self.tables == 1:
                self.row, self.column, self.held = self.row + 1, 0, []
                self.repeat = _times(attributes, "table number-rows-repeated")
                self.of_row = attributes.get("table default-cell-style-name", "")
                if attributes.get("table visibility") in ("collapse", "filter"):
                    self.sheets[-1].hidden_rows.update(range(self.row, min(self.row + min(self.repeat, 10_000), ROWS)))
            case "table table-cell" | "table covered-table-cell" if self.tables == 1:
                self.cell = _Cell(attributes, self.styles.strike("table-cell", attributes.get("table style-name") or self._usual()))
            case "text span" if self.cell:
                self.cell.struck |= self.styles.strike("text", attributes.get("text style-name", ""))
            case "text p" if self.cell:
                self.cell.texts.append("")
            case "text s" if self.cell:
                self.text(" " * min(_times(attributes, "text c"), 100))
            case "text tab" if self.cell:
                self.text("\t")
            case "text line-break" if self.cell:
                self.text("\n")

    def end(self, tag: str) -> None:
        if self.aside:
            self.aside.pop()
            return
        match tag:
            case "table table":
                self.tables -= 1
            case "table table-row" if self.tables == 1:
                self._close_row()
            case "table table-cell" | "table covered-table-cell" if self.tables == 1 and self.cell:
                self._close_cell(self.cell)
                self.cell = None

    def text(self, text: str) -> None:
        if not self.cell:
            return
        lines = self.cell.notes if self.aside and self.aside[0] == "office annotation" else [] if self.aside else self.cell.texts
        if lines:
            lines[-1] += text

    def _column(self, attributes: Attributes) -> None:
        times = _times(attributes, "table number-columns-repeated")
        if attributes.get("table visibility") in ("collapse", "filter"):
            self.sheets[-1].hidden_columns.update(range(self.column + 1, min(self.column + times, COLUMNS) + 1))
        self.column += times
        self.usual.append((self.column, attributes.get("table default-cell-style-name", "")))

    def _usual(self) -> str:
        """The style of the next cell where it names none."""
        return self.of_row or next((style for last, style in self.usual if self.column < last), "")

    def _close_cell(self, cell: _Cell) -> None:
        times, first = _times(cell.attributes, "table number-columns-repeated"), self.column + 1
        self.column += times
        text, value = "\n".join(cell.texts), _value(cell.attributes)
        formula = cell.attributes.get("table formula", "").partition("=")[2]
        if not text and isinstance(value, Decimal):
            text = general(value)
        note = "\n".join(line for line in cell.notes if line)
        down, across = _times(cell.attributes, "table number-rows-spanned"), _times(cell.attributes, "table number-columns-spanned")
        if not (text or formula or note or down > 1 or across > 1):
            return
        self._count(min(times, COLUMNS))
        self.held.extend((column, text, value, formula, note, down, across, cell.struck) for column in range(first, min(first + times, COLUMNS + 1)))

    def _close_row(self) -> None:
        if self.held:
            self._count(len(self.held) * (min(self.repeat, ROWS) - 1))
            for row in range(self.row, self.row + self.repeat):
                for column, text, value, formula, note, down, across, struck in self.held:
                    at: Corner = (row, column)
                    if struck:
                        self.sheets[-1].unsure[at] = STRUCK
                    self.sheets[-1].put(at, text, value, formula, note)
                    self.sheets[-1].merge(at, min(down, ROWS), min(across, COLUMNS))
        self.row += self.repeat - 1

    def _count(self, more: int) -> None:
        self.squares += more
        if self.squares > self.most:
            raise budgets.over("workbook-squares", f"{self.name}: {self.sheets[-1].name}", "squares", found=self.squares)


def _times(attributes: Attributes, key: str) -> int:
    """A count of repeats or squares: 1 where none is given."""
    found = attributes.get(key, "1")
    return max(int(found), 1) if found.isdecimal() and len(found) < 9 else 1


def _days(first: str) -> int:
    """What days are counted from, as Excel numbers them: OpenDocument's own 0 is the day before 1 there."""
    try:
        return (date.fromisoformat(first) - _ZERO).days
    except ValueError:
        return 0


def _value(attributes: Attributes) -> Typed:
    """What the cell stores besides its text."""
    match attributes.get("office value-type"):
        case "float" | "percentage" | "currency":
            try:
                number = float(attributes.get("office value", ""))
            except ValueError:
                return None
            return Decimal(general(number)) if isfinite(number) else None
        case "date":
            try:
                return date.fromisoformat(attributes.get("office date-value", "").removesuffix("T00:00:00"))
            except ValueError:
                return None
        case "boolean":
            return attributes.get("office boolean-value") == "true"
    return None
