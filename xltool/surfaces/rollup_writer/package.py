"""The finished workbook: what XlsxWriter wrote, with parts put in that were made elsewhere, piece by piece."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from xltool.surfaces.rollup_writer.content import Drawn, Spooled, Stored

EPOCH = (1980, 1, 1, 0, 0, 0)
PIECE = 1 << 16
LOCAL_HEADER = 30
"""Bytes of a zip's local header, before the name."""
QUICK = 1
"""How hard the list of indicators is packed: it is the largest part and repeats itself."""
_END = b"</sheetData>"
_NONE = b"<sheetData/>"
_BELOW_LINKS = b"<printOptions"
"""What stands right behind the links of a sheet."""


class More(Protocol):
    """What a sheet has besides what XlsxWriter wrote of it: rows below its own, and links."""

    def rows(self) -> Iterator[bytes]:
        """The rows, some bytes at a time."""

    def links(self) -> Iterator[bytes]:
        """The links, some bytes at a time."""


def put_together(written: Path, out: Path, drawn: Mapping[str, Drawn], longer: Mapping[str, More], small: Path, shown: Collection[str]) -> None:
    """The workbook stands at ``out``: the parts of ``written``, some replaced by drawn forms, some with more rows.

    At ``small`` stands one of the same parts, byte for byte, but without forms and, of what is longer, with those named in ``shown`` alone.
    """
    with ZipFile(written) as old, _new(out) as new, _new(small) as less:
        for one in old.infolist():
            name, packed = one.filename, out.with_suffix(".packed")
            if form := drawn.get(name):
                _put_packed(new, name, form.stored)
                continue
            more = longer.get(name)
            part = _packed(_with_more(old.read(one), more), packed) if more else _as_it_is(written, one)
            _put_packed(new, name, part)
            if not more or name in shown:
                _put_packed(less, name, part)


@contextmanager
def _new(file: Path) -> Iterator[ZipFile]:
    """A new package that packed parts are put into."""
    with file.open("wb") as opened, ZipFile(opened, "w", ZIP_DEFLATED) as made:
        yield made


def _packed(pieces: Iterator[bytes], file: Path) -> Stored:
    """The pieces of a part, packed into a file."""
    made = zlib.compressobj(QUICK, zlib.DEFLATED, -zlib.MAX_WBITS)
    size = check = length = 0
    with file.open("wb") as to:
        for piece in pieces:
            size, check = size + len(piece), zlib.crc32(piece, check)
            length += to.write(made.compress(piece))
        length += to.write(made.flush())
    return Stored(Spooled(file, 0, length), size, check)


def _as_it_is(file: Path, one: ZipInfo) -> Stored:
    """A part as it stands packed in a workbook."""
    with file.open("rb") as opened:
        opened.seek(one.header_offset)
        name, extra = struct.unpack("<26xHH", opened.read(LOCAL_HEADER))
    return Stored(Spooled(file, one.header_offset + LOCAL_HEADER + name + extra, one.compress_size), one.file_size, one.CRC)


def _with_more(part: bytes, more: More) -> Iterator[bytes]:
    """The part of a sheet with more rows below its own, and with links."""
    before, found, behind = part.partition(_END)
    if not found:
        before, _, behind = part.partition(_NONE)
        before += b"<sheetData>"
    yield before
    yield from more.rows()
    between, found, behind = behind.partition(_BELOW_LINKS)
    yield _END + between
    inside = False
    for piece in more.links():
        yield piece if inside else b"<hyperlinks>" + piece
        inside = True
    yield b"</hyperlinks>" * inside + found + behind


def _put_packed(new: ZipFile, name: str, part: Stored) -> None:
    """Puts a part in as it is packed."""
    info = ZipInfo(name, EPOCH)
    info.compress_type = ZIP_DEFLATED
    info.CRC, info.compress_size, info.file_size = part.check, part.part.length, part.size
    file = new.fp
    assert file
    info.header_offset = file.tell()
    file.write(info.FileHeader(False))
    for piece in part.part.pieces():
        file.write(piece)
    new.filelist.append(info)
    new.NameToInfo[name] = info
    new.start_dir = file.tell()
    # The directory is written where something was put in.
    new._didModify = True  # type: ignore[attr-defined]


def holds(out: Path, drawn: Mapping[str, Drawn]) -> bool:
    """True where the workbook's parts are whole and its forms the very ones that were proved."""
    try:
        with ZipFile(out) as made:
            parts = {one.filename: _unpacked(made, one) for one in made.infolist()}
    except (BadZipFile, zlib.error):
        return False
    return all(parts.get(name) == (form.stored.size, form.stored.check) for name, form in drawn.items())


def _unpacked(made: ZipFile, one: ZipInfo) -> tuple[int, int]:
    """The size and the check sum of what a part unpacks to."""
    size = check = 0
    with made.open(one) as part:
        while piece := part.read(PIECE):
            size, check = size + len(piece), zlib.crc32(piece, check)
    return size, check
