"""A copy of a sheet in its own workbook, with what hangs on it: pictures, comments, names that belong to it."""

from __future__ import annotations

import re

from xltool.surfaces.xlsx_edit.cells import with_formula
from xltool.surfaces.xlsx_edit.markup import attribute_splice, parse, spliced
from xltool.surfaces.xlsx_edit.package import Package
from xltool.surfaces.xlsx_edit.references import retargeted
from xltool.surfaces.xlsx_edit.relations import (
    content_type,
    free_name,
    relations,
    rels_of,
    set_type,
)
from xltool.surfaces.xlsx_edit.sheet import Sheet
from xltool.surfaces.xlsx_edit.shifting import FORMULAS
from xltool.surfaces.xlsx_edit.workbook import Workbook

_OWN = {
    "drawing": "xl/drawings/drawing{}.xml",
    "comments": "xl/comments{}.xml",
    "vmlDrawing": "xl/drawings/vmlDrawing{}.vml",
    "printerSettings": "xl/printerSettings/printerSettings{}.bin",
}
"""What each sheet has for itself; pictures are shared."""
_ITS_OWN = re.compile(rb"\s(?:tabSelected|codeName|xr:uid)=\"[^\"]*\"")
"""What no two sheets of a workbook have: the tab that is shown, the name that macros know, an id."""


def copy_sheet(book: Workbook, name: str, new: str, after: str) -> Sheet:
    """The copy of a sheet under a new name, behind another sheet. What it says of itself by its name, the copy says of itself."""
    source = book.sheet(name)
    source.close()
    package = book.package
    order = [one.name for one in book.sheets]
    place, own = order.index(after), order.index(name)
    names = [one for one in book.names() if one.sheet == own]
    sheet = book.add_sheet(new, place, _named_anew(package.read(source.part)))
    if package.has(rels_of(source.part)):
        package.put(rels_of(sheet.part), _copied_relations(package, source.part))
    _retarget(sheet, name, new)
    for one in names:
        book.add_name(one.name, retargeted(one.formula, name, new), place + 1, one.hidden)
    return sheet


def _named_anew(data: bytes) -> bytes:
    """A sheet without what it alone can have, which stands before its cells."""
    head, cells, rest = data.partition(b"sheetData")
    return _ITS_OWN.sub(b"", head) + cells + rest


def _copied_relations(package: Package, part: str) -> bytes:
    """The relations of a copy: to a copy of each part that is the sheet's own, to the same part of any other."""
    data = package.read(rels_of(part))
    splices = []
    for node, one in zip(parse(data).children, relations(package, part), strict=True):
        if one.kind not in _OWN or one.outside:
            continue
        copy = free_name(package, _OWN[one.kind])
        package.put(copy, package.read(one.target))
        if (kind := content_type(package, one.target)) != content_type(package, copy):
            set_type(package, copy, kind)
        if package.has(rels_of(one.target)):
            package.put(rels_of(copy), package.read(rels_of(one.target)))
        splices.append(attribute_splice(data, node, {"Target": f"/{copy}"}))
    return spliced(data, splices)


def _retarget(sheet: Sheet, name: str, new: str) -> None:
    """Formulas and links of the copy that name the sheet name the copy."""
    for row in sheet.rows.values():
        for cell in row.cells.values():
            node = parse(cell.raw).child("f") if cell.formula else None
            text = node.text(cell.raw) if node else ""
            if node and text and (after := retargeted(text, name, new)) != text:
                with_formula(cell, node, after)
    for one in sheet.segments:
        if one.name == "sheetData":
            continue
        root = parse(one.raw)
        splices = [attribute_splice(one.raw, node, {"location": retargeted(said, name, new)}) for node in root.walk() if (said := node.attributes.get("location"))]
        for node in root.walk():
            if node.name in FORMULAS and not node.children and (after := retargeted(node.text(one.raw), name, new)) != node.text(one.raw):
                splices.append((node.inner, node.close, after.replace("&", "&amp;").replace("<", "&lt;").encode()))
        one.raw = spliced(one.raw, splices)
