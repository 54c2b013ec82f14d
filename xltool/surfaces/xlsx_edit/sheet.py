"""A sheet while it is edited: its parts in the schema's order, its rows and cells by their places."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from xltool.grid import Rectangle, address
from xltool.surfaces.xlsx_edit.cells import Cell, Content, Row, attributes, filled, rows_of
from xltool.surfaces.xlsx_edit.markup import (
    Node,
    attribute_splice,
    escaped,
    parse,
    spliced,
    with_attributes,
)
from xltool.surfaces.xlsx_edit.package import Package
from xltool.surfaces.xlsx_edit.references import named, rectangle
from xltool.surfaces.xlsx_edit.relations import OFFICE

ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
    "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
    "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing",
    "legacyDrawing", "legacyDrawingHF", "picture", "oleObjects", "controls", "AlternateContent", "webPublishItems",
    "tableParts", "extLst",
)  # fmt: skip
"""The parts of a sheet as the schema orders them."""
DATA = "sheetData"
WIDTH, HEIGHT = 8.43, 15.0
"""Excel's own width of a column in characters, and height of a row in points, where a sheet says nothing."""


@dataclass(slots=True)
class Segment:
    """One part of a sheet: the bytes of its element, and the blanks before it."""

    name: str
    raw: bytes
    before: bytes = b""


class Sheet:
    """A sheet of a workbook by its part; ``rows`` are by number."""

    def __init__(self, package: Package, part: str, name: str) -> None:
        """Raises ValueError: where the part is no sheet, or damaged."""
        self.package, self.part, self.name = package, part, name
        data = package.read(part)
        root = parse(data, 3)
        self.prefix = root.prefix.encode()
        self.head, self.foot = data[: root.inner], data[root.close :]
        self.segments: list[Segment] = []
        at = root.inner
        self.rows: dict[int, Row] = {}
        self.data_start, self.data_tail, self.short = b"", b"", False
        for one in root.children:
            self.segments.append(Segment(one.name, data[one.start : one.end], data[at : one.start]))
            at = one.end
            if one.name == DATA:
                self._take_rows(data, one)
        self.tail = data[at : root.close]
        if not self.data_start:
            raise ValueError(f"{part}: no sheetData")
        self._before = self.raw()

    def _take_rows(self, data: bytes, node: Node) -> None:
        start = data[node.start : node.inner]
        self.short = start.endswith(b"/>")
        self.data_start = start[:-2] + b">" if self.short else start
        for row in rows_of(data, node):
            if row.number in self.rows:
                raise ValueError(f"{self.part}: row {row.number} stands twice")
            self.rows[row.number] = row
        ends = [one.end for one in node.children]
        self.data_tail = data[ends[-1] if ends else node.inner : node.close]

    def raw(self) -> bytes:
        """The bytes of the part."""
        pieces = [self.head]
        for one in self.segments:
            pieces += [one.before, self._data() if one.name == DATA else one.raw]
        return b"".join([*pieces, self.tail, self.foot])

    def _data(self) -> bytes:
        rows = b"".join([self.rows[number].raw() for number in sorted(self.rows)])
        if not rows and not self.data_tail and self.short:
            return self.data_start[:-1] + b"/>"
        return self.data_start + rows + self.data_tail + b"</" + self.prefix + DATA.encode() + b">"

    def holds_formulas(self) -> bool:
        """True where any cell holds a formula."""
        return any(cell.formula for row in self.rows.values() for cell in row.cells.values())

    def close(self) -> None:
        """The package holds the sheet as it now is; one that nobody changed stays byte for byte."""
        data = self.raw()
        if data != self._before:
            self.package.put(self.part, data)
            self._before = data

    # Parts beside the cells.

    def segment(self, name: str) -> Segment | None:
        """The first part of a name."""
        return next((one for one in self.segments if one.name == name), None)

    def put_segment(self, name: str, raw: bytes) -> None:
        """The part of a name is these bytes, in its place among the others; empty bytes take it out."""
        known = self.segment(name)
        if known and raw:
            known.raw = raw
        elif known:
            self.segments.remove(known)
        elif raw:
            self.add_segment(name, raw)

    def add_segment(self, name: str, raw: bytes) -> None:
        """One more part of a name, behind those that stand there."""
        rank = ORDER.index(name)
        at = next((at for at, one in enumerate(self.segments) if one.name in ORDER and ORDER.index(one.name) > rank), len(self.segments))
        self.segments.insert(at, Segment(name, raw))

    def relation_key(self) -> bytes:
        """The name of an attribute that holds the key of a relation, its prefix declared where the sheet does not."""
        known = next((name[6:] for name, value in attributes_of_root(self.head).items() if name.startswith("xmlns:") and value == OFFICE), "")
        return f"{known}:id".encode() if known else f'xmlns:r="{OFFICE}" r:id'.encode()

    # Cells.

    def cell(self, row: int, column: int) -> Cell | None:
        """The cell that is stored on a square."""
        found = self.rows.get(row)
        return found.cells.get(column) if found else None

    def make_cell(self, row: int, column: int) -> Cell:
        """The cell on a square; one that was not stored has the format of its row, else of its column."""
        line = self.make_row(row)
        if column not in line.cells:
            style = self.style_at(row, column)
            start = b'<%sc r="%s"%s/>' % (self.prefix, address(row, column).encode(), b' s="%d"' % style if style else b"")
            line.cells[column] = Cell(column, start)
            self._widen(line, column)
        return line.cells[column]

    def make_row(self, row: int) -> Row:
        """The row of a number."""
        if row not in self.rows:
            self.rows[row] = Row(row, b'<%srow r="%d">' % (self.prefix, row))
        return self.rows[row]

    def _widen(self, row: Row, column: int) -> None:
        """A row that says between which columns its cells lie says nothing any more where one lies outside; so does the sheet."""
        first, _, last = attributes(row.start).get("spans", "").partition(":")
        if last.isdecimal() and not int(first) <= column <= int(last):
            row.change(spans=None)
        found = self.segment("dimension")
        known = rectangle(attributes(found.raw).get("ref", "")) if found else None
        if found and known:
            wider = min(known[0], row.number), min(known[1], column), max(known[2], row.number), max(known[3], column)
            if wider != known:
                node = parse(found.raw)
                found.raw = spliced(found.raw, [attribute_splice(found.raw, node, {"ref": named(wider)})])

    def style_at(self, row: int, column: int) -> int:
        """The format of a square, stored or not."""
        line = self.rows.get(row)
        if line:
            if column in line.cells:
                return line.cells[column].style
            said = attributes(line.start)
            if said.get("customFormat") in ("1", "true"):
                return int(said.get("s", "0"))
        return int(next((one.get("style") or "0" for one in self._columns() if _covers(one, column)), "0"))

    def set(self, row: int, column: int, content: Content) -> None:
        """A square holds this under its own format."""
        if content is None and self.cell(row, column) is None:
            return
        self.make_cell(row, column).set(content)

    def set_style(self, row: int, column: int, style: int) -> None:
        """A square has the format of a number."""
        self.make_cell(row, column).change(s=str(style) if style else None)

    # Columns and heights.

    def _columns(self) -> list[Node]:
        found = self.segment("cols")
        return parse(found.raw).children if found else []

    def widths(self, last: int) -> list[float]:
        """The widths of the columns from the first, in characters; a hidden one has none."""
        usual = self._said("defaultColWidth", WIDTH)
        found = [usual] * last
        for one in self._columns():
            width = 0.0 if one.get("hidden") in ("1", "true") else float(one.get("width") or usual)
            first, end = int(one.get("min") or 1), int(one.get("max") or 1)
            for column in range(first, min(end, last) + 1):
                found[column - 1] = width
        return found

    def height(self, row: int) -> float:
        """The height of a row in points."""
        line = self.rows.get(row)
        said = attributes(line.start) if line else {}
        if said.get("hidden") in ("1", "true"):
            return 0.0
        return float(said["ht"]) if "ht" in said else self._said("defaultRowHeight", HEIGHT)

    def set_height(self, row: int, points: float) -> None:
        """A row is so high."""
        self.make_row(row).change(ht=f"{points:.10g}", customHeight="1")

    def _said(self, name: str, usual: float) -> float:
        found = self.segment("sheetFormatPr")
        said = attributes(found.raw).get(name) if found else None
        return float(said) if said else usual

    # Merges and links.

    def merges(self) -> list[Rectangle]:
        """The merged cells."""
        found = self.segment("mergeCells")
        places = (rectangle(one.get("ref") or "") for one in parse(found.raw).children) if found else ()
        return [place for place in places if place]

    def change_merges(self, gone: Collection[Rectangle], new: Sequence[Rectangle]) -> None:
        """Some merges are gone, some are new; the others stay."""
        made = [b'<%smergeCell ref="%s"/>' % (self.prefix, named(one).encode()) for one in new]
        self.change_list("mergeCells", lambda one: rectangle(one.get("ref") or "") in gone, made, counted=True)

    def hyperlinks(self) -> list[Node]:
        """The elements of links."""
        found = self.segment("hyperlinks")
        return parse(found.raw).children if found else []

    def link(self, row: int, column: int, sheet_and_cell: str, shown: str) -> None:
        """A square links to a place of the workbook."""
        made = b'<%shyperlink ref="%s" location="%s" display="%s"/>' % (self.prefix, address(row, column).encode(), escaped(sheet_and_cell), escaped(shown))
        self.change_list("hyperlinks", lambda one: False, [made])

    def change_list(self, name: str, gone: Callable[[Node], bool], new: Sequence[bytes], counted: bool = False) -> None:
        """A part that is a list, with some of its elements gone and others added; an empty one is gone."""
        found = self.segment(name)
        raw = found.raw if found else b"<%s%s></%s%s>" % (self.prefix, name.encode(), self.prefix, name.encode())
        root = parse(raw)
        left = [one for one in root.children if not gone(one)]
        if not left and not new:
            self.put_segment(name, b"")
            return
        if len(left) == len(root.children) and not new:
            return
        self.put_segment(name, _relisted(raw, root, left, new, counted))


def _relisted(raw: bytes, root: Node, left: Sequence[Node], new: Iterable[bytes], counted: bool) -> bytes:
    added = list(new)
    start = raw[: root.inner]
    if counted or root.get("count") is not None:
        start = with_attributes(start, {"count": str(len(left) + len(added))})
    kept = {id(one) for one in left}
    inner = spliced(raw, [(one.start, one.end, b"") for one in root.children if id(one) not in kept])
    taken = len(raw) - len(inner)
    if root.inner == root.end:
        name = re.match(rb"<([^\s/>]+)", raw)
        assert name
        return start[:-2].rstrip() + b">" + b"".join(added) + b"</" + name[1] + b">"
    return start + inner[root.inner : root.close - taken] + b"".join(added) + inner[root.close - taken :]


def attributes_of_root(head: bytes) -> dict[str, str]:
    """The attributes of the root's start tag, which ends what is given."""
    start = head.rindex(b"<")
    root = parse(head[start:-1].rstrip(b"/") + b"/>")
    return root.attributes


def _covers(column: Node, number: int) -> bool:
    return int(column.get("min") or 1) <= number <= int(column.get("max") or 1)


def fresh_cell(sheet: Sheet, row: int, column: int, style: int, content: Content) -> None:
    """A square of a sheet that is being made holds this under this format."""
    start = b'<%sc r="%s" s="%d"/>' % (sheet.prefix, address(row, column).encode(), style)
    sheet.make_row(row).cells[column] = Cell(column, filled(start, content))
