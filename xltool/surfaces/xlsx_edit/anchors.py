"""What floats over a sheet after its rows were shifted: pictures and shapes, comments' boxes, form controls.

Excel's rule: what is anchored to two squares goes along and stretches with them, what is anchored to one
goes along, what is absolute stays.
"""

from __future__ import annotations

import re

from xltool.surfaces.xlsx_edit.markup import Node, Splice, attribute_splice, parse, spliced
from xltool.surfaces.xlsx_edit.references import Shift, corner, shifted_list
from xltool.surfaces.xlsx_edit.shifting import Move

# Prefixes are the writing program's own: v, x and o with Excel, others elsewhere.
SHAPE = re.compile(rb"<((?:[\w.-]+:)?)shape(?=[\s>])(?:(?!</\1shape>).)*</\1shape>\s*", re.S)
NOTE_ROW = re.compile(rb"(<(?:[\w.-]+:)?Row>\s*)(\d+)(\s*</(?:[\w.-]+:)?Row>)")
NOTE_COLUMN = re.compile(rb"<(?:[\w.-]+:)?Column>\s*(\d+)\s*<")
_ANCHOR = re.compile(rb"(<(?:[\w.-]+:)?Anchor>)([^<]*)(</)")
_LINKED = re.compile(rb"(<(?:[\w.-]+:)?Fmla\w+>)([^<]*)(</)")
_NUMBER = re.compile(rb"-?\d+")
_NOTE = re.compile(rb"ObjectType=[\"']Note[\"']")


def follow_drawing(data: bytes, shift: Shift) -> bytes:
    """A drawing part after the shift."""
    root = parse(data)
    return spliced(data, [one for anchor in root.walk() if anchor.name in ("twoCellAnchor", "oneCellAnchor") for one in anchor_splices(anchor, data, shift)])


def anchor_splices(anchor: Node, data: bytes, shift: Shift) -> list[Splice]:
    """The splices that move one anchor (rows there count from 0)."""
    begin, end = anchor.child("from"), anchor.child("to")
    first = begin.child("row") if begin else None
    if first is None or anchor.get("editAs") == "absolute":
        return []
    top = int(first.text(data)) + 1
    new_top = shift.line(top)
    splices = _row_splices(begin, new_top, shift)
    last = end.child("row") if end else None
    if last and end:
        bottom = int(last.text(data)) + 1
        whole = anchor.get("editAs") == "oneCell"
        new_bottom = bottom + (new_top if new_top is not None else shift.row) - top if whole else shift.line(bottom)
        splices += _row_splices(end, new_bottom, shift)
    return splices


def _row_splices(corner_node: Node | None, row: int | None, shift: Shift) -> list[Splice]:
    """The splices for one corner; where its row is gone it stands at the upper edge of what came up."""
    assert corner_node
    number, offset = corner_node.child("row"), corner_node.child("rowOff")
    assert number
    splices: list[Splice] = [(number.inner, number.close, str((row or shift.row) - 1).encode())]
    if row is None and offset:
        splices.append((offset.inner, offset.close, b"0"))
    return splices


def follow_vml(data: bytes, move: Move) -> bytes:
    """The part of comments' boxes and form controls after the shift. It is no sound XML in every workbook."""

    def one(found: re.Match[bytes]) -> bytes:
        shape = found[0]
        note = NOTE_ROW.search(shape) if _NOTE.search(shape) else None
        if note:
            row = move.shift.line(int(note[2]) + 1)
            if row is None:
                return b""
            shape = NOTE_ROW.sub(rb"\g<1>%d\g<3>" % (row - 1), shape, count=1)
            return _ANCHOR.sub(lambda held: held[1] + _box(held[2], row - 1 - int(note[2])) + held[3], shape, count=1)
        shape = _ANCHOR.sub(lambda held: held[1] + _anchored(held[2], move.shift) + held[3], shape, count=1)
        return _LINKED.sub(lambda held: held[1] + move.formula(held[2].decode("utf-8")).encode() + held[3], shape)

    return SHAPE.sub(one, data)


def _box(text: bytes, down: int) -> bytes:
    """The anchor of a comment's box, which keeps its size and goes with the comment."""
    numbers = [int(one) for one in _NUMBER.findall(text)]
    return _rows(text, max(numbers[2] + down, 0), max(numbers[6] + down, 1)) if down else text


def _anchored(text: bytes, shift: Shift) -> bytes:
    """The anchor of a control: left, dx, top, dy, right, dx, bottom, dy, from 0."""
    numbers = [int(one) for one in _NUMBER.findall(text)]
    return _rows(text, *((shift.line(numbers[at] + 1) or shift.row) - 1 for at in (2, 6)))


def _rows(text: bytes, top: int, bottom: int) -> bytes:
    """An anchor with other rows, its blanks as they are."""
    new = {2: top, 6: bottom}
    places = iter(range(8))
    return _NUMBER.sub(lambda found: b"%d" % new[at] if (at := next(places)) in new else found[0], text)


def follow_notes(data: bytes, shift: Shift) -> bytes:
    """A part of comments, or of threads of them, after the shift; those of rows that are gone are gone."""
    splices: list[Splice] = []
    for one in parse(data).walk():
        if one.name not in ("comment", "threadedComment") or corner(one.get("ref") or "") is None:
            continue
        ref = one.get("ref") or ""
        new = shifted_list(ref, shift)
        if not new:
            splices.append((one.start, one.end, b""))
        elif new != ref:
            splices.append(attribute_splice(data, one, {"ref": new}))
    return spliced(data, splices)
