"""What an edit of a workbook could not keep, told before anything is written."""

from __future__ import annotations

from collections.abc import Iterator

from xltool.problems import Problem, problem
from xltool.surfaces.xlsx_edit.markup import parse
from xltool.surfaces.xlsx_edit.references import LAST_ROW, rectangle
from xltool.surfaces.xlsx_edit.relations import Relation, content_type, related, relations
from xltool.surfaces.xlsx_edit.sheet import Sheet
from xltool.surfaces.xlsx_edit.workbook import Workbook

STRICT = "http://purl.oclc.org/ooxml/"
_FIXED = {
    "tableSingleCells": "XML 映射",
    "queryTable": "查询表",
    "slicer": "切片器",
    "timeline": "日程表",
    "webExtension": "Web 加载项",
}
"""What hangs on a sheet at a fixed place and would stay there while its rows move."""
_NAMED = {"table": "“表格”（套用表格格式的区域）", "threadedComment": "批注会话", "pivotTable": "数据透视表", "ctrlProp": "表单控件", "oleObject": "嵌入的对象", **_FIXED}
"""What has no copy, as people call it."""
_COPIED = frozenset({"drawing", "image", "comments", "vmlDrawing", "printerSettings", "hyperlink"})
"""What a copy of a sheet can have a copy of, or share with it."""


def refusals(book: Workbook) -> Iterator[Problem]:
    """Why a workbook cannot be edited at all."""
    if any(one.type.startswith(STRICT) for one in relations(book.package, "")):
        yield problem("edit-strict", book.name)
    if any("_xmlsignatures/" in part for part in book.package.names()):
        yield problem("edit-signed", book.name)


def has_macros(book: Workbook) -> bool:
    """True for a workbook with macros, which its file's suffix must say (.xlsm)."""
    return "macroEnabled" in content_type(book.package, book.part)


def moving(book: Workbook, sheet: Sheet, first: int) -> Iterator[Problem]:
    """Why rows of a sheet cannot move from a row on."""
    place = f"{book.name}: {sheet.name}"
    for one in relations(book.package, sheet.part):
        if one.kind in _FIXED:
            yield problem("edit-fixed", place, what=_FIXED[one.kind])
        elif one.kind == "pivotTable" and _reaches(book, one, "location", first):
            yield problem("edit-fixed", place, what="数据透视表")
        elif one.kind == "table" and _reaches(book, one, "table", first) and _begins_inside(book, one, first):
            yield problem("edit-fixed", place, what="“表格”（套用表格格式的区域）")
    for part in book.package.names():
        if "pivotCacheDefinition" in part and part.endswith(".xml") and _is_source(book, part, sheet.name, first):
            yield problem("edit-pivot", place)
    for row in sheet.rows.values():
        for cell in row.cells.values():
            if cell.formula and (node := parse(cell.raw).child("f")) and node.get("t") in ("array", "dataTable") and (ref := rectangle(node.get("ref") or "")) and ref[0] < first <= ref[2]:
                yield problem("edit-array", f"{place}!{node.get('ref')}")


def _reaches(book: Workbook, one: Relation, element: str, first: int) -> bool:
    """True where the range of a part ends in or below a row."""
    root = parse(book.package.read(one.target))
    place = next((rectangle(node.get("ref") or "") for node in root.walk() if node.name == element), None)
    return place is not None and place[2] >= first


def _begins_inside(book: Workbook, one: Relation, first: int) -> bool:
    """True where a row lies inside a table: whether it then belongs to the table, nobody has said."""
    place = rectangle(parse(book.package.read(one.target)).get("ref") or "")
    return place is not None and place[0] < first <= place[2]


def _is_source(book: Workbook, part: str, sheet: str, first: int) -> bool:
    for node in parse(book.package.read(part)).walk():
        if node.name == "worksheetSource" and (node.get("sheet") or "").casefold() == sheet.casefold():
            place = rectangle(node.get("ref") or "")
            return place is None or place[2] >= first
    return False


def growing(book: Workbook, sheet: Sheet, count: int) -> Iterator[Problem]:
    """Why a sheet cannot have so many rows more."""
    if max(sheet.rows, default=0) + count > LAST_ROW:
        yield problem("edit-rows", f"{book.name}: {sheet.name}", limit=LAST_ROW)


def copying(book: Workbook, sheet: Sheet) -> Iterator[Problem]:
    """Why there can be no copy of a sheet."""
    for one in relations(book.package, sheet.part):
        charts = one.kind == "drawing" and any(inner.kind not in _COPIED for inner in relations(book.package, one.target))
        if one.kind not in _COPIED or charts:
            yield problem("edit-copy", f"{book.name}: {sheet.name}", what="图表" if charts else _NAMED.get(one.kind, one.kind))


def notes(book: Workbook, moves: bool) -> Iterator[str]:
    """The codes of what stays as it is and deserves a look."""
    if moves and has_macros(book):
        yield "edit-note-macros"
    if related(book.package, book.part, "externalLink"):
        yield "edit-note-links"
