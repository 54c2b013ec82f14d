"""The records of an .xlsb: number formats, typed formulas, merges, what is hidden, by sheet."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from xltool import archive, budgets
from xltool.problems import ProblemError, problem
from xltool.surfaces.binary_workbook.scanned import HIDDEN, SINCE_1904, Scanned, crossing, stated
from xltool.surfaces.number_format import BUILT_IN

_FAULTS = archive.Faults("workbook-broken", "workbook-bomb", "workbook-dtd")
_ROW, _RK, _ERROR, _REAL, _FORMULA_NUMBER, _FORMULA_ERROR, _LAST_CELL, _RICH = 0, 2, 3, 5, 9, 11, 11, 62
_SHARED, _TEXT, _FONT = 7, 19, 43
_FORMAT, _STYLE, _STYLES, _STYLES_END, _COLUMN, _WORKBOOK, _SHEET, _MERGE = 44, 47, 617, 618, 60, 153, 156, 176
_LAST_ROW, _LAST_COLUMN = 1_048_575, 16_383
_RELATED = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_ID, _TARGET = re.compile(rb"\bId=[\"']([^\"']*)"), re.compile(rb"\bTarget=[\"']([^\"']*)")


def scan(data: bytes, name: str) -> dict[str, Scanned]:
    """What the records of each sheet say, by the sheet's name.

    Raises:
        ProblemError: file-encrypted, workbook-broken, workbook-bomb.
    """
    opened = archive.opened(data, name, _FAULTS, "inflated")
    try:
        targets = _targets(opened.member("xl/_rels/workbook.bin.rels"))
        codes, fonts, crossed = _formats(opened.member("xl/styles.bin")) if "xl/styles.bin" in opened.entries else ((), [], [])
        texts = opened.member("xl/sharedStrings.bin") if any(crossed) and "xl/sharedStrings.bin" in opened.entries else b""
        struck = crossing(crossed, fonts, lambda: (_fonts_of(body, 0) for kind, body in _records(texts) if kind == _TEXT))
        found, left = {}, budgets.limit("inflated")
        workbook = opened.member("xl/workbook.bin")
        days = SINCE_1904 if any(kind == _WORKBOOK and body[0] & 1 for kind, body in _records(workbook)) else 0
        for sheet, relation in _sheets(workbook):
            part = targets.get(relation, "")
            if part in opened.entries:
                raw = opened.member(part, left)
                left -= len(raw)
                found[sheet] = _sheet(raw, Scanned(codes, days=days, crossing=struck))
        return found
    except (KeyError, struct.error, IndexError) as error:
        raise ProblemError(problem("workbook-broken", name, what=error)) from error


def carried(data: bytes, name: str) -> tuple[tuple[str, str], ...]:
    """The parts that are never followed: macros, links, objects."""
    return archive.opened(data, name, _FAULTS, "inflated").carried()


def _records(part: bytes) -> Iterator[tuple[int, bytes]]:
    """The records of a part. A record's number takes one or two bytes, its length up to four, seven bits each."""
    at = 0
    while at < len(part):
        kind = part[at]
        at += 1
        if kind & 0x80:
            kind = kind & 0x7F | (part[at] & 0x7F) << 7
            at += 1
        size = shift = 0
        while True:
            byte = part[at]
            at += 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80 or shift > 21:
                break
        yield kind, part[at : at + size]
        at += size


def _targets(part: bytes) -> dict[str, str]:
    """The part of each relation of the workbook."""
    found = {}
    for one in _RELATED.findall(part):
        key, target = _ID.search(one), _TARGET.search(one)
        if key and target:
            inner = target.group(1).decode("utf-8", "replace")
            found[key.group(1).decode("utf-8", "replace")] = inner.lstrip("/") if inner.startswith("/") else f"xl/{inner}"
    return found


def _sheets(part: bytes) -> Iterator[tuple[str, str]]:
    for kind, body in _records(part):
        if kind == _SHEET:
            relation, at = _text(body, 8)
            yield _text(body, at)[0], relation


def _text(body: bytes, at: int) -> tuple[str, int]:
    """A string with its length before it, and where it ends."""
    length = struct.unpack_from("<I", body, at)[0]
    end = at + 4 + 2 * min(length, 32_767)
    return body[at + 4 : end].decode("utf-16-le", "replace"), end


def _fonts_of(body: bytes, at: int) -> frozenset[int]:
    """The fonts that parts of a text have that stands at a place of a record: none where all of it is in its cell's."""
    if not body[at] & 1:
        return frozenset()
    _, end = _text(body, at + 1)
    count = struct.unpack_from("<I", body, end)[0]
    raw = body[end + 4 : end + 4 + 4 * count]
    return frozenset(font for _, font in struct.iter_unpack("<HH", raw[: len(raw) // 4 * 4]))


def _formats(part: bytes) -> tuple[tuple[str, ...], list[int], list[bool]]:
    """The format code of each style of a cell, its font, and whether each font strikes through."""
    own: dict[int, str] = {}
    styles: list[int] = []
    fonts: list[int] = []
    crossed: list[bool] = []
    inside = False
    for kind, body in _records(part):
        if kind == _FORMAT:
            own[struct.unpack_from("<H", body)[0]] = _text(body, 2)[0]
        elif kind in (_STYLES, _STYLES_END):
            inside = kind == _STYLES
        elif kind == _FONT:
            crossed.append(bool(body[2] & 8))
        elif kind == _STYLE and inside:
            _, style, font = struct.unpack_from("<HHH", body)
            styles.append(style)
            fonts.append(font)
    return tuple(own.get(one) or BUILT_IN.get(one, "General") for one in styles), fonts, crossed


def _sheet(part: bytes, found: Scanned) -> Scanned:
    row = 0
    for kind, body in _records(part):
        if kind == _ROW:
            row = struct.unpack_from("<I", body)[0]
            if len(body) > 11 and body[11] & 0x10 and row < HIDDEN:
                found.hidden_rows.add(row + 1)
        elif _RK <= kind <= _LAST_CELL or kind == _RICH:
            column, style = struct.unpack_from("<II", body)
            found.stores(row, column)
            found.styled(row, column, style & 0xFFFFFF, struct.unpack_from("<I", body, 8)[0] if kind == _SHARED else -1)
            if kind in (_RK, _REAL, _FORMULA_NUMBER):
                found.styles[row + 1, column + 1] = style & 0xFFFFFF
            elif kind in (_ERROR, _FORMULA_ERROR):
                found.fails(row, column, body[8])
            elif kind == _RICH:
                found.unread[row + 1, column + 1] = _text(body, 9)[0]
                if found.crossing.fonts and not found.crossing.fonts.isdisjoint(_fonts_of(body, 8)):
                    found.struck.add((row + 1, column + 1))
            if kind == _FORMULA_NUMBER and len(body) > 22:
                size = struct.unpack_from("<I", body, 18)[0]
                if formula := stated(body[22 : 22 + size]):
                    found.formulas[row + 1, column + 1] = formula
        elif kind == _MERGE:
            top, bottom, left, right = struct.unpack_from("<IIII", body)
            found.merges.append(((top, left), (min(bottom, _LAST_ROW), min(right, _LAST_COLUMN))))
        elif kind == _COLUMN and len(body) >= 18 and body[16] & 1:
            first, last = struct.unpack_from("<II", body)
            found.hidden_columns.update(range(first + 1, min(last, _LAST_COLUMN) + 2))
    return found
