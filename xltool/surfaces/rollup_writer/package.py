"""The finished workbook: what XlsxWriter wrote, with parts put in that were made elsewhere, piece by piece."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from xltool.surfaces.rollup_writer.content import Drawn

EPOCH = (1980, 1, 1, 0, 0, 0)
PIECE = 1 << 16
Rows = Callable[[], Iterator[bytes]]
_END = b"</sheetData>"
_NONE = b"<sheetData/>"


def put_together(written: Path, out: Path, drawn: Mapping[str, Drawn], longer: Mapping[str, Rows]) -> None:
    """The workbook stands at ``out``: the parts of ``written``, some replaced by drawn forms, some with more rows."""
    with ZipFile(written) as old, out.open("wb") as file, ZipFile(file, "w", ZIP_DEFLATED) as new:
        for one in old.infolist():
            if form := drawn.get(one.filename):
                _put_packed(new, one.filename, form)
            elif rows := longer.get(one.filename):
                _put(new, one.filename, _with_rows(old.read(one), rows))
            else:
                with old.open(one) as source:
                    _put(new, one.filename, iter(lambda source=source: source.read(PIECE), b""))  # type: ignore[misc]


def _put(new: ZipFile, name: str, pieces: Iterator[bytes]) -> None:
    info = ZipInfo(name, EPOCH)
    info.compress_type = ZIP_DEFLATED
    with new.open(info, "w") as to:
        for piece in pieces:
            to.write(piece)


def _with_rows(part: bytes, rows: Rows) -> Iterator[bytes]:
    """The part of a sheet with more rows below its own."""
    before, found, behind = part.partition(_END)
    if not found:
        before, _, behind = part.partition(_NONE)
        before += b"<sheetData>"
    yield before
    yield from rows()
    yield _END + behind


def _put_packed(new: ZipFile, name: str, form: Drawn) -> None:
    """Puts a part in as it is packed."""
    packed = form.part.read()
    info = ZipInfo(name, EPOCH)
    info.compress_type = ZIP_DEFLATED
    info.CRC, info.compress_size, info.file_size = form.check, len(packed), form.size
    file = new.fp
    assert file
    info.header_offset = file.tell()
    file.write(info.FileHeader(False))
    file.write(packed)
    new.filelist.append(info)
    new.NameToInfo[name] = info
    new.start_dir = file.tell()


def holds(out: Path, drawn: Mapping[str, Drawn]) -> bool:
    """True where the workbook's parts are whole and its forms the very ones that were proved."""
    with ZipFile(out) as made:
        for one in made.infolist():
            check, size = 0, 0
            with made.open(one) as part:
                while piece := part.read(PIECE):
                    check, size = zlib.crc32(piece, check), size + len(piece)
            form = drawn.get(one.filename)
            if form and (check, size) != (form.check, form.size):
                return False
        return {one.filename for one in made.infolist()} >= drawn.keys()
