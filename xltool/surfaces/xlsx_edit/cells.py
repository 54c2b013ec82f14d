"""Rows and cells of a sheet as the bytes that they are, each by its place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from xltool.grid import address
from xltool.surfaces.xlsx_edit.markup import (
    Node,
    escaped,
    parse,
    spliced,
    text_element,
    with_attributes,
)
from xltool.surfaces.xlsx_edit.references import corner
from xltool.values import plain

Content = None | str | int | Decimal
"""What a cell can be set to: nothing, a text, a number."""
_START = re.compile(rb"<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_ATTRIBUTE = re.compile(rb"\s(?:\w+:)?(\w+)\s*=\s*[\"']([^\"']*)[\"']")
_PREFIX = re.compile(rb"<([\w.-]+:)?")
_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f[\s/>]")


@dataclass(slots=True)
class Cell:
    """A cell: its column, the bytes of its element, and the blanks before it."""

    column: int
    raw: bytes
    before: bytes = b""

    @property
    def start(self) -> bytes:
        """The start tag."""
        found = _START.match(self.raw)
        assert found
        return found[0]

    @property
    def style(self) -> int:
        """The number of its format."""
        return int(attributes(self.start).get("s", "0"))

    @property
    def formula(self) -> bool:
        """True where it holds a formula."""
        return _FORMULA.search(self.raw) is not None

    @property
    def empty(self) -> bool:
        """True where it holds nothing but a format."""
        start = self.start
        if start.endswith(b"/>"):
            return True
        root = parse(self.raw)
        return not any(one.name in ("v", "f", "is") for one in root.children)

    def change(self, **changed: str | None) -> None:
        """Sets attributes of the cell."""
        start = self.start
        self.raw = with_attributes(start, changed) + self.raw[len(start) :]

    def set(self, content: Content) -> None:
        """The cell holds this and nothing else, under its own format."""
        start = with_attributes(self.start, {"t": None, "cm": None, "vm": None, "ph": None})
        self.raw = filled(start, content)

    def set_result(self, content: Content) -> None:
        """The cell keeps its formula, whose result is this."""
        root = parse(self.raw)
        formula = root.child("f")
        if formula is None:
            raise ValueError("no formula")
        prefix = _prefix(self.start)
        start = with_attributes(self.start, {"t": "str" if isinstance(content, str) or content is None else None})
        said = escaped(content) if isinstance(content, str) else plain(content).encode() if content is not None else b""
        kept = self.raw[formula.start : formula.end]
        self.raw = start + kept + b"<%sv>%s</%sv></%sc>" % (prefix, said, prefix, prefix)

    def held(self) -> tuple[str, str, str]:
        """Its type as it is written, its value or text as it is written, and its formula."""
        root = parse(self.raw)
        value, formula = root.child("v"), root.child("f")
        inline = root.child("is")
        text = value.text(self.raw) if value else inline.all_text(self.raw) if inline else ""
        return root.get("t") or "n", text, formula.text(self.raw) if formula else ""

    def set_formula(self, formula: str) -> None:
        """The cell holds a formula (without its =) that has no result yet."""
        start = with_attributes(self.start, {"t": None, "cm": None, "vm": None, "ph": None})
        name = b"<" + _prefix(start)
        opened = (start[:-2].rstrip() if start.endswith(b"/>") else start[:-1]) + b">"
        self.raw = opened + name + b"f>" + formula_text(formula) + name.replace(b"<", b"</") + b"f>" + name.replace(b"<", b"</") + b"c>"


def _prefix(start: bytes) -> bytes:
    """The prefix of a tag, with its colon."""
    found = _PREFIX.match(start)
    return (found[1] or b"") if found else b""


def filled(start: bytes, content: Content) -> bytes:
    """The element of a cell with this start tag and content: a text is a text, whatever it looks like."""
    prefix = _prefix(start)
    opened = (start[:-2].rstrip() if start.endswith(b"/>") else start[:-1]) + b">"
    if content is None or content == "":
        return opened[:-1] + b"/>"
    close = b"</" + prefix + b"c>"
    if isinstance(content, str):
        opened = with_attributes(opened, {"t": "inlineStr"})
        return opened + b"<%sis>%s</%sis>" % (prefix, text_element(prefix, content), prefix) + close
    return opened + b"<%sv>%s</%sv>" % (prefix, plain(content).encode(), prefix) + close


def attributes(tag: bytes) -> dict[str, str]:
    """The attributes of a row's or cell's start tag."""
    return {name.decode(): value.decode() for name, value in _ATTRIBUTE.findall(tag)}


@dataclass(slots=True)
class Row:
    """A row: its number, its start tag, its cells by column, the blanks before it and behind its last cell.

    ``short`` is true where an empty row is written as one tag.
    """

    number: int
    start: bytes
    cells: dict[int, Cell] = field(default_factory=dict)
    before: bytes = b""
    tail: bytes = b""
    short: bool = True

    def raw(self) -> bytes:
        """The bytes of the row."""
        if not self.cells and not self.tail and self.short:
            return self.before + self.start[:-1] + b"/>"
        inner = b"".join([part for column in sorted(self.cells) for part in (self.cells[column].before, self.cells[column].raw)])
        return self.before + self.start + inner + self.tail + b"</" + _prefix(self.start) + b"row>"

    def change(self, **changed: str | None) -> None:
        """Sets attributes of the row."""
        self.start = with_attributes(self.start, changed)

    def renumber(self, number: int) -> None:
        """The row stands elsewhere, and each cell that says its place says the new one."""
        if "r" in attributes(self.start):
            self.change(r=str(number))
        for column, cell in self.cells.items():
            if "r" in attributes(cell.start):
                cell.change(r=address(number, column))
        self.number = number


def rows_of(data: bytes, node: Node) -> list[Row]:
    """The rows of a sheet's data, in order; what says no place stands behind what comes before it."""
    found: list[Row] = []
    at, number = node.inner, 0
    for one in node.children:
        if one.name != "row":
            continue
        number = int(one.get("r") or number + 1)
        start = data[one.start : one.inner]
        short = start.endswith(b"/>")
        row = Row(number, start[:-2] + b">" if short else start, before=data[at : one.start], short=short)
        _take_cells(row, data, one)
        found.append(row)
        at = one.end
    return found


def _take_cells(row: Row, data: bytes, node: Node) -> None:
    at, column = node.inner, 0
    for one in node.children:
        if one.name != "c":
            continue
        place = corner(one.get("r") or "")
        column = place[1] if place else column + 1
        row.cells[column] = Cell(column, data[one.start : one.end], data[at : one.start])
        at = one.end
    row.tail = data[at : node.close]


def with_formula(cell: Cell, node: Node, text: str, **changed: str | None) -> None:
    """The cell's formula, whose element is ``node``, reads so."""
    raw = cell.raw
    start = with_attributes(raw[node.start : node.inner], changed)
    if start.endswith(b"/>"):
        start = start[:-2].rstrip() + b">"
    name = b"<" + node.prefix.encode() + b"f"
    cell.raw = spliced(raw, [(node.start, node.end, start + formula_text(text) + name.replace(b"<", b"</") + b">")])


def formula_text(text: str) -> bytes:
    """A formula for XML: Excel has no escapes in it but XML's own."""
    from_text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return from_text.encode("utf-8")
