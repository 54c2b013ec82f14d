"""The texts of a sheet's text boxes and shapes: in no cell, and yet what somebody wrote on the page."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from xltool.grid import address
from xltool.surfaces.xlsx_reader.properties import Parts, related_part

_ANCHORS = frozenset({"twoCellAnchor", "oneCellAnchor", "absoluteAnchor"})


def boxes(parts: Parts, sheet: str, name: str) -> tuple[tuple[str, str], ...]:
    """(place, text) of each text box on the sheet of this part, from the drawing's order; ``name`` is the sheet's."""
    part = parts.get(related_part(parts, sheet, "drawing"), b"")
    if b"txBody" not in part:
        return ()
    anchors = (one for one in ET.fromstring(part) if one.tag.rpartition("}")[2] in _ANCHORS)
    return tuple((f"{name}!{_corner(anchor)} 文本框", text) for anchor in anchors for body in anchor.iterfind(".//{*}txBody") if (text := "\n".join(_lines(body)).strip()))


def _lines(body: ET.Element) -> Iterator[str]:
    for paragraph in body.iterfind("{*}p"):
        yield "".join(piece.text or "" for piece in paragraph.iterfind(".//{*}t"))


def _corner(anchor: ET.Element) -> str:
    """The cell in which a box begins; A1 for one that is fixed to the page."""
    row, column = anchor.findtext("{*}from/{*}row"), anchor.findtext("{*}from/{*}col")
    return address(int(row) + 1, int(column) + 1) if row and column else "A1"
