"""A workbook of SpreadsheetML 2003 (.xml, often called .xls) as a book of grids: what the state platform exports."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from decimal import Decimal, InvalidOperation
from math import isfinite
from typing import TypeVar

from xltool import budgets
from xltool.grid import STRUCK, Book, Typed
from xltool.problems import ProblemError, problem
from xltool.surfaces import xml_stream
from xltool.surfaces.merged import Sheet
from xltool.surfaces.shown import shown_and_stored
from xltool.surfaces.stamped import stamp
from xltool.surfaces.xml_stream import Attributes

Said = TypeVar("Said")
ROWS, COLUMNS = 1_048_576, 16_384
_NAMED = {
    "General Number": "General", "General Date": "yyyy/m/d h:mm", "Long Date": 'yyyy"年"m"月"d"日"', "Medium Date": "d-mmm-yy",
    "Short Date": "yyyy/m/d", "Long Time": "h:mm:ss", "Medium Time": "h:mm AM/PM", "Short Time": "h:mm", "Currency": "¥#,##0.00",
    "Euro Currency": "€#,##0.00", "Fixed": "0.00", "Standard": "#,##0.00", "Percent": "0.00%", "Scientific": "0.00E+00",
}  # fmt: skip
"""The formats that SpreadsheetML calls by name, as a Chinese Excel shows them."""
_DECLARED = re.compile(rb"\A\s*<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9_.-]+)[\"']")
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def read(data: bytes, name: str) -> Book:
    """The workbook of these bytes; ``name`` stands in problems.

    Raises:
        ProblemError: workbook-broken, workbook-dtd, workbook-range, workbook-merges, text-encoding.
    """
    workbook = _Workbook(name)
    xml_stream.parse([_text(data, name)], workbook, name)
    return Book(tuple(sheet.grid(name) for sheet in workbook.sheets), workbook.properties)


def _text(data: bytes, name: str) -> str:
    """The XML as text: by its mark, else by what it declares. Chinese programs declare gb2312 and mean GB18030."""
    declared = _DECLARED.match(data[:200])
    said = declared.group(1).decode().lower() if declared else "utf-8"
    own = (b"", "gb18030" if said in ("gb2312", "gbk", "gb_2312-80", "x-gbk") else said)
    mark, encoding = next((bom for bom in _BOMS if data.startswith(bom[0])), own)
    try:
        return data[len(mark) :].decode(encoding).lstrip()
    except (UnicodeDecodeError, LookupError):
        raise ProblemError(problem("text-encoding", name)) from None


@dataclass(slots=True)
class _Cell:
    """A cell while it is read: ``type`` is of its data, ``text`` what it stores, ``note`` its comment; ``struck``
    where a part of its text is struck through."""

    attributes: Attributes
    type: str = ""
    text: str = ""
    note: str = ""
    struck: bool = False


@dataclass(slots=True)
class _Workbook:
    """The sheets while the workbook is read."""

    name: str
    sheets: list[Sheet] = field(default_factory=list)
    properties: dict[str, str] = field(default_factory=dict)
    formats: dict[str, str] = field(default_factory=dict)
    crosses: dict[str, bool] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    style: str = ""
    days: int = 0
    row: int = 0
    column: int = 0
    squares: int = 0
    most: int = field(default_factory=lambda: budgets.limit("squares"))
    covered: dict[int, int] = field(default_factory=dict)
    leaves_out: bool = False
    cell: _Cell | None = None
    inside: list[str] = field(default_factory=list)

    def start(self, tag: str, attributes: Attributes) -> None:
        local = tag.rpartition(" ")[2]
        self.inside.append(local)
        given = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        match local:
            case "Style":
                self.style = given.get("ID", "")
                self.parents[self.style] = given.get("Parent", "")
            case "NumberFormat" if "Format" in given:
                self.formats[self.style] = _NAMED.get(given["Format"], given["Format"])
            case "Font" if "StrikeThrough" in given and not self.cell:
                self.crosses[self.style] = given["StrikeThrough"] == "1"
            case "S" | "Del" if self.cell and "Data" in self.inside:
                self.cell.struck = True
            case "Date1904":
                # The days of such a workbook are counted from 1904, those of others from 1900.
                self.days = 1462
            case "Worksheet":
                self.sheets.append(Sheet(given.get("Name", ""), days=self.days))
                self.row = self.column = 0
                self.covered = {}
            case "Column" if self.sheets:
                self._column(given)
            case "Row" if self.sheets:
                self._row(given)
            case "Cell" if self.sheets:
                self.column += 1
                self.cell = _Cell(given)
            case "Data" if self.cell and "Comment" not in self.inside:
                self.cell.type = given.get("Type", "String")

    def end(self, tag: str) -> None:
        local = self.inside.pop()
        if local == "Cell" and self.cell:
            self._close_cell(self.cell)
            self.cell = None
        elif local == "Row" and self.sheets:
            self.column = 0

    def text(self, text: str) -> None:
        inside = self.inside
        if self.cell and "Data" in inside:
            if "Comment" in inside:
                self.cell.note += text
            else:
                self.cell.text += text
        elif inside[-1] == "Visible" and self.sheets and text.startswith("SheetHidden"):
            self.sheets[-1].hidden = True
        elif len(inside) > 1 and inside[-2] in ("DocumentProperties", "CustomDocumentProperties"):
            key = "title" if inside[-1] == "Title" else _name(inside[-1]) if inside[-2].startswith("Custom") else ""
            if key:
                self.properties[key] = self.properties.get(key, "") + text

    def _column(self, given: Attributes) -> None:
        first = _number(given, "Index", self.column + 1)
        self.column = first + _number(given, "Span", 0)
        if given.get("Hidden") == "1":
            self.sheets[-1].hidden_columns.update(range(first, min(self.column, COLUMNS) + 1))

    def _row(self, given: Attributes) -> None:
        self.row, self.column = _number(given, "Index", self.row + 1), 0
        last = self.row + _number(given, "Span", 0)
        if given.get("Hidden") == "1":
            self.sheets[-1].hidden_rows.update(range(self.row, min(last, self.row + 10_000) + 1))
        if self.row > ROWS:
            raise ProblemError(problem("workbook-range", f"{self.name}: {self.sheets[-1].name}", found=self.row, limit=ROWS))

    def _close_cell(self, cell: _Cell) -> None:
        """A cell ends; the next one stands right of all that it is merged over.

        Programs write a square below a merge as a cell without anything, or leave it out without saying so
        by an index: a cell that holds something is never such a square, and where one would fall on such a
        square the program leaves them out, so that its empty cells are no such squares either.
        """
        across, down = _number(cell.attributes, "MergeAcross", 0), _number(cell.attributes, "MergeDown", 0)
        if "Index" in cell.attributes:
            self.column = _number(cell.attributes, "Index", self.column)
        elif self.leaves_out or cell.text or across or down:
            while self.covered.get(self.column, 0) >= self.row:
                self.column += 1
                self.leaves_out = True
        sheet, at = self.sheets[-1], (self.row, self.column)
        self.column += across
        self.squares += 1
        if self.column > COLUMNS:
            raise ProblemError(problem("workbook-columns", f"{self.name}: {sheet.name}", found=self.column, limit=COLUMNS))
        if self.squares > self.most:
            raise budgets.over("workbook-squares", f"{self.name}: {sheet.name}", "squares", found=self.squares)
        if down:
            self.covered.update(dict.fromkeys(range(at[1], self.column + 1), self.row + down))
        style = cell.attributes.get("StyleID", "")
        text, value = _shown(cell, self._of_style(style, self.formats, "General"))
        if cell.struck or (self.crosses and self._of_style(style, self.crosses, False)):
            sheet.unsure[at] = STRUCK
        sheet.put(at, text, value, cell.attributes.get("Formula", "").removeprefix("="), cell.note.strip())
        sheet.merge(at, min(down, ROWS) + 1, across + 1)

    def _of_style(self, style: str, known: Mapping[str, Said], otherwise: Said) -> Said:
        """What a style says, its parents' where it says nothing itself."""
        for _ in range(10):
            if style in known:
                return known[style]
            style = self.parents.get(style, "")
        return otherwise


def _shown(cell: _Cell, code: str) -> tuple[str, Typed]:
    """What a cell shows and what it stores."""
    match cell.type:
        case "Number":
            try:
                number = float(Decimal(cell.text))
            except (InvalidOperation, ValueError, OverflowError):
                return cell.text, None
            return shown_and_stored(number, code) if isfinite(number) else (cell.text, None)
        case "DateTime":
            try:
                moment = datetime.fromisoformat(cell.text)
            except ValueError:
                return cell.text, None
            if moment.time() == time(0):
                return stamp(moment.date(), code), moment.date()
            return stamp(moment, code), None
        case "Boolean":
            return ("TRUE", True) if cell.text == "1" else ("FALSE", False)
    return cell.text, None


def _number(given: Attributes, key: str, absent: int) -> int:
    found = given.get(key, "")
    return int(found) if found.isdecimal() and len(found) < 9 else absent


def _name(tag: str) -> str:
    """The name of a property that stands as an element: characters that no element may hold are written _x0020_."""
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found.group(1), 16)), tag)
