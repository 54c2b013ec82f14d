"""What is laid on a page and is none of its drawing: fields that were filled in, words typed on it or struck out, notes.

What was filled in or typed becomes a part of the page, where the file holds how it looks; pdfium's text of a page has none
of it else. ``raw`` is pdfium's own interface; it is handed in, so that it has one edge.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from xltool.surfaces.pdf.shapes import Box

MOST = 2000
"""Annotations of a page that are looked at."""
LONGEST = 8192
"""Bytes of a text that hangs on a page."""
UNSEEN = 2 | 32
"""Flags of what is not shown: hidden, no view."""
NOTE = "批注"
_NO_TEXT = "Btn", "Sig"
"""The kinds of fields that hold no text: buttons and boxes to tick, signatures."""
SHARE = 0.8
"""The height of a letter in a field of one line, in that of the field."""


@dataclass(slots=True)
class Laid:
    """The boxes of words that were typed on a page, and of words that were struck out; ``notes`` are texts that hang on it,
    and ``filled`` those of fields that the file does not draw, with their boxes; ``drawn`` is true where something has to
    become a part of the page."""

    typed: list[Box] = field(default_factory=list)
    struck: list[Box] = field(default_factory=list)
    notes: list[tuple[Box, str]] = field(default_factory=list)
    filled: list[tuple[Box, str]] = field(default_factory=list)
    drawn: bool = False


def laid(raw: Any, page: Any) -> Laid:
    """What is laid on a page; what is drawn by it and is none of its text is taken off."""
    found = Laid()
    for at in reversed(range(min(raw.FPDFPage_GetAnnotCount(page), MOST))):
        one = raw.FPDFPage_GetAnnot(page, at)
        if not one:
            continue
        stays = not raw.FPDFAnnot_GetFlags(one) & UNSEEN and _stays(raw, one, found)
        raw.FPDFPage_CloseAnnot(one)
        if not stays:
            raw.FPDFPage_RemoveAnnot(page, at)
    return found


def _stays(raw: Any, one: Any, found: Laid) -> bool:
    """True for what becomes a part of the page; of all others what they say is noted."""
    kind, box = raw.FPDFAnnot_GetSubtype(one), _box(raw, one)
    if kind == raw.FPDF_ANNOT_WIDGET and _text(raw, one, b"FT") not in _NO_TEXT:
        looks: bool = raw.FPDFAnnot_GetAP(one, raw.FPDF_ANNOT_APPEARANCEMODE_NORMAL, None, 0) > 2
        if not looks and (said := _text(raw, one, b"V")):
            found.filled.append((box, said))
        found.drawn |= looks
        return looks
    if kind == raw.FPDF_ANNOT_FREETEXT:
        found.typed.append(box)
        found.drawn = True
        return True
    if kind == raw.FPDF_ANNOT_STRIKEOUT:
        found.struck.extend(_quads(raw, one))
    if kind != raw.FPDF_ANNOT_POPUP and (said := _text(raw, one, b"Contents")):
        found.notes.append((box, said))
    return False


def letters(box: Box, said: str) -> Iterator[tuple[str, Box]]:
    """The letters of a field that the file does not draw, each with a box of its own, from the field's left end."""
    left, bottom, right, top = box
    lines = said.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    high = (top - bottom) / len(lines)
    for number, line in enumerate(lines):
        wide = min(SHARE * high, (right - left) / max(len(line), 1))
        for at, letter in enumerate(line):
            yield letter, (left + at * wide, top - (number + 1) * high, left + (at + 1) * wide, top - number * high)


def _box(raw: Any, one: Any) -> Box:
    found = raw.FS_RECTF()
    raw.FPDFAnnot_GetRect(one, ctypes.byref(found))
    return found.left, found.bottom, found.right, found.top


def _quads(raw: Any, one: Any) -> Iterator[Box]:
    """The boxes of the words that an annotation marks."""
    found = raw.FS_QUADPOINTSF()
    for at in range(min(raw.FPDFAnnot_CountAttachmentPoints(one), MOST)):
        if raw.FPDFAnnot_GetAttachmentPoints(one, at, ctypes.byref(found)):
            xs, ys = (found.x1, found.x2, found.x3, found.x4), (found.y1, found.y2, found.y3, found.y4)
            yield min(xs), min(ys), max(xs), max(ys)


def _text(raw: Any, one: Any, key: bytes) -> str:
    buffer = (ctypes.c_ushort * LONGEST)()
    size = raw.FPDFAnnot_GetStringValue(one, key, buffer, ctypes.sizeof(buffer))
    return bytes(buffer)[: max(0, min(size, ctypes.sizeof(buffer)) - 2)].decode("utf-16-le", "replace").strip("\0 \r\n")
