"""The properties that a document carries beside its sheets (docProps/custom.xml)."""

from __future__ import annotations

from xltool.surfaces.xlsx_edit.markup import Node, appended, escaped, parse, spliced
from xltool.surfaces.xlsx_edit.relations import (
    OFFICE,
    forget_type,
    relate,
    related,
    set_type,
    unrelate,
)
from xltool.surfaces.xlsx_edit.workbook import Workbook

TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_PART, _KIND = "docProps/custom.xml", "custom-properties"
_FORMAT = b"{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The id that every property of a user has."""
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_EMPTY = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="{OFFICE.replace("relationships", "custom-properties")}" xmlns:vt="{_VALUES}"></Properties>'.encode()


def property_of(book: Workbook, name: str) -> str:
    """The text of a property; empty where there is none."""
    part = _part(book)
    if not part:
        return ""
    data = book.package.read(part)
    found = _named(parse(data), name)
    return "".join(one.text(data) for one in found.children) if found else ""


def set_property(book: Workbook, name: str, text: str) -> None:
    """The document has this property; an empty text takes it away, and the part with it where nothing else stands there."""
    if text == property_of(book, name):
        return
    part = _part(book)
    if not part:
        part = _PART
        book.package.put(part, _EMPTY)
        set_type(book.package, part, TYPE)
        relate(book.package, "", _KIND, part)
    data = book.package.read(part)
    root = parse(data)
    known = _named(root, name)
    if not text and known and len(root.children) == 1:
        unrelate(book.package, "", part)
        forget_type(book.package, part)
        book.package.drop(part)
        return
    numbers = [int(one.get("pid") or 1) for one in root.children]
    data = spliced(data, [(known.start, known.end, b"")]) if known else data
    if text:
        number = int(known.get("pid") or 2) if known else max(numbers, default=1) + 1
        data = spliced(data, appended(data, parse(data), _written(root, name, text, number)))
    book.package.put(part, data)


def _part(book: Workbook) -> str:
    part = related(book.package, "", _KIND)
    return part if part and book.package.has(part) else ""


def _named(root: Node, name: str) -> Node | None:
    return next((one for one in root.children if one.get("name") == name), None)


def _written(root: Node, name: str, text: str, number: int) -> bytes:
    prefix = root.prefix.encode()
    values = next((key[6:] for key, value in root.attributes.items() if key.startswith("xmlns:") and value == _VALUES), "")
    tag = values.encode() or b"vt"
    declared = b"" if values else f' xmlns:vt="{_VALUES}"'.encode()
    return b'<%sproperty%s fmtid="%s" pid="%d" name="%s"><%s:lpwstr>%s</%s:lpwstr></%sproperty>' % (
        prefix, declared, _FORMAT, number, escaped(name), tag, escaped(text), tag, prefix,
    )  # fmt: skip
