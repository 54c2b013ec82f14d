"""The records of an .xls: number formats, typed formulas, what is hidden, by sheet."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from xltool.archive import MACROS
from xltool.problems import ProblemError, problem
from xltool.surfaces.binary_workbook.compound import BrokenError, opened
from xltool.surfaces.binary_workbook.scanned import HIDDEN, SINCE_1904, Scanned, crossing, stated
from xltool.surfaces.binary_workbook.shared_texts import font_number, fonts_of_texts
from xltool.surfaces.number_format import BUILT_IN

STREAMS = ("Workbook", "WORKBOOK", "Book", "BOOK")
_BOF, _EOF, _FORMULA = 0x0809, 0x000A, 0x0006
_BOOLEAN_OR_ERROR, _SHARED = 0x0205, 0x00FD
# LABEL, LABELSST, RSTRING, BOOLERR: cells whose style does not matter.
_OTHER_CELLS = frozenset({0x0204, _SHARED, 0x00D6, _BOOLEAN_OR_ERROR})
_BIFF8 = 0x0600
_ROWS, _COLUMNS = 65_536, 256


@dataclass(slots=True)
class _Globals:
    """What the first part of the stream says: the version, formats by number, the format and font of each style, whether
    each font strikes through, the records of the shared texts, the sheets, what days are counted from."""

    version: int = _BIFF8
    formats: dict[int, str] = field(default_factory=dict)
    styles: list[int] = field(default_factory=list)
    fonts: list[int] = field(default_factory=list)
    crossed: list[bool] = field(default_factory=list)
    texts: list[bytes] = field(default_factory=list)
    sheets: list[tuple[str, int]] = field(default_factory=list)
    days: int = 0


def scan(data: bytes, name: str) -> dict[str, Scanned]:
    """What the records of each sheet say, by the sheet's name.

    Raises:
        ProblemError: file-encrypted, workbook-broken.
    """
    try:
        compound = opened(data)
        inner = next((one for one in STREAMS if one in compound.streams), None)
        if inner is None:
            raise ProblemError(problem("file-encrypted" if "EncryptedPackage" in compound.streams else "workbook-broken", name, what="Workbook"))
        stream = compound.stream(inner)
        said = _globals(stream, name)
        codes = tuple(said.formats.get(one) or BUILT_IN.get(one, "General") for one in said.styles)
        crossed = crossing(said.crossed, [font_number(one) for one in said.fonts], lambda: fonts_of_texts(said.texts))
        return {sheet: _sheet(stream, start, Scanned(codes, days=said.days, crossing=crossed)) for sheet, start in said.sheets}
    except (BrokenError, struct.error, IndexError) as error:
        raise ProblemError(problem("workbook-broken", name, what=error)) from error


def carried(data: bytes) -> tuple[tuple[str, str], ...]:
    """The storage that holds macros, which are never run."""
    return tuple((one, MACROS) for one in opened(data).streams if one == "_VBA_PROJECT")


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """The records of one part of the stream, to its end mark."""
    depth = 0
    while start + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, start)
        depth += (kind == _BOF) - (kind == _EOF)
        yield kind, stream[start + 4 : start + 4 + size]
        if depth <= 0:
            return
        start += 4 + size


def _globals(stream: bytes, name: str) -> _Globals:
    found, before = _Globals(), 0
    for kind, body in _records(stream, 0):
        match kind:
            case 0x0809:  # BOF
                found.version = struct.unpack_from("<H", body)[0]
            case 0x002F:  # FILEPASS
                raise ProblemError(problem("file-encrypted", name))
            case 0x0022:  # DATEMODE
                found.days = SINCE_1904 if body[:1] == b"\1" else 0
            case 0x0085:  # BOUNDSHEET
                start, _, length = struct.unpack_from("<IHB", body)
                found.sheets.append((_text(body[7:], length, found.version), start))
            case 0x041E if found.version == _BIFF8:  # FORMAT
                number, length = struct.unpack_from("<HH", body)
                found.formats[number] = _text(body[4:], length, found.version)
            case 0x041E:
                found.formats[struct.unpack_from("<H", body)[0]] = _text(body[3:], body[2], found.version)
            case 0x00E0:  # XF
                font, style = struct.unpack_from("<HH", body)
                found.fonts.append(font)
                found.styles.append(style)
            case 0x0031:  # FONT
                found.crossed.append(bool(body[2] & 8))
            case 0x00FC:  # SST
                found.texts.append(body[8:])
            case 0x003C if before in (0x00FC, 0x003C) and found.texts:  # CONTINUE
                found.texts.append(body)
        before = kind
    return found


def _text(raw: bytes, length: int, version: int) -> str:
    """A string of so many characters: one or two bytes each in Excel 97 and later, else of the machine's code page."""
    if version != _BIFF8:
        return raw[:length].decode("gb18030", "replace")
    if raw[:1] and raw[0] & 1:
        return raw[1 : 1 + 2 * length].decode("utf-16-le", "replace")
    return raw[1 : 1 + length].decode("latin-1")


def _sheet(stream: bytes, start: int, found: Scanned) -> Scanned:
    for kind, body in _records(stream, start):
        match kind:
            case 0x0203 | 0x027E | 0x0006:  # NUMBER, RK, FORMULA
                _number(kind, body, found)
            case 0x00BD:  # MULRK
                row, column = struct.unpack_from("<HH", body)
                for at in range(4, len(body) - 2, 6):
                    style = found.styles[row + 1, column + 1] = struct.unpack_from("<H", body, at)[0]
                    found.styled(row, column, style)
                    found.stores(row, column)
                    column += 1
            case 0x0208 if len(body) >= 16 and body[12] & 0x20:  # ROW
                row = struct.unpack_from("<H", body)[0] + 1
                if row < HIDDEN:
                    found.hidden_rows.add(row)
            case 0x0200 if not _of_a_sheet(body):  # DIMENSIONS
                raise BrokenError("its used range is wrong")
            case 0x007D if len(body) >= 10 and body[8] & 1:  # COLINFO
                first, last = struct.unpack_from("<HH", body)
                found.hidden_columns.update(range(first + 1, min(last, 255) + 2))
            case _ if kind in _OTHER_CELLS and len(body) >= 4:
                row, column = struct.unpack_from("<HH", body)
                found.stores(row, column)
                if len(body) > 5:
                    named = kind == _SHARED and len(body) > 9
                    found.styled(row, column, struct.unpack_from("<H", body, 4)[0], struct.unpack_from("<I", body, 6)[0] if named else -1)
                if kind == _BOOLEAN_OR_ERROR and body[7:8] == b"\1":
                    found.fails(row, column, body[6])
    return found


def _of_a_sheet(stated: bytes) -> bool:
    """True where the used range that a sheet states may be one: the parser makes room for it, and ends the process where
    there is none."""
    if len(stated) not in (10, 14):
        return True
    top, bottom, left, right = struct.unpack_from("<IIHH" if len(stated) == 14 else "<HHHH", stated)
    return bool(top <= bottom <= _ROWS and left <= right <= _COLUMNS)


def _number(kind: int, body: bytes, found: Scanned) -> None:
    row, column, style = struct.unpack_from("<HHH", body)
    found.styles[row + 1, column + 1] = style
    found.styled(row, column, style)
    found.stores(row, column)
    if kind == _FORMULA and body[6:7] == b"\2" and body[12:14] == b"\xff\xff":
        found.fails(row, column, body[8])
    if kind == _FORMULA and len(body) > 22:
        size = struct.unpack_from("<H", body, 20)[0]
        if formula := stated(body[22 : 22 + size]):
            found.formulas[row + 1, column + 1] = formula
