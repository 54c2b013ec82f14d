"""The finished workbook: what XlsxWriter wrote, with parts put in that were made elsewhere, piece by piece."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Protocol
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from xltool.grid import address
from xltool.surfaces.rollup_writer.body import in_attribute
from xltool.surfaces.rollup_writer.cells import place
from xltool.surfaces.rollup_writer.content import Drawn, Spooled, Stored
from xltool.surfaces.rollup_writer.packing import all_whole, packed

EPOCH = (1980, 1, 1, 0, 0, 0)
LOCAL_HEADER = 30
"""Bytes of a zip's local header, before the name."""
QUICK, THOROUGH = 1, 6
"""How hard the list of indicators is packed, which is the largest part and repeats itself; how hard what is published is."""
BEGIN, END = b"<sheetData>", b"</sheetData>"
_NONE = b"<sheetData/>"
_BELOW_LINKS = b"<printOptions"
"""What stands right behind the links of a sheet."""


_ID = "form"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_SHEET_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"


@dataclass(frozen=True, slots=True)
class Added:
    """The sheet of a form, that XlsxWriter knows nothing of: thousands of its sheets take much memory. ``number`` counts from 1."""

    name: str
    number: int
    drawn: Drawn

    @property
    def part(self) -> str:
        """The name of its part."""
        return f"xl/worksheets/sheet{self.number}.xml"


class More(Protocol):
    """What a sheet has besides what XlsxWriter wrote of it: rows below its own, and links."""

    def rows(self) -> Iterator[bytes]:
        """The rows, some bytes at a time."""

    def links(self) -> Iterator[bytes]:
        """The links, some bytes at a time."""


def put_together(written: Path, out: Path, added: Sequence[Added], longer: Mapping[str, More], small: Path, shown: Collection[str]) -> None:
    """The workbook stands at ``out``: the parts of ``written``, some with more rows, and the sheets of forms behind its own.

    At ``small`` stands one of the same parts, byte for byte, but without forms and, of what is longer, with those named in ``shown`` alone.
    """
    waiting = out.with_suffix(".packed")
    with ZipFile(written) as old, _new(out) as new, _new(small) as less:
        for one in old.infolist():
            name, more = one.filename, longer.get(one.filename)
            part = packed(_with_more(old.read(one), more), waiting, QUICK) if more else _as_it_is(written, one)
            if not more or name in shown:
                _put_packed(less, name, part)
            listed = _LISTING.get(name)
            _put_packed(new, name, packed([listed(old.read(one).decode(), added).encode()], waiting, QUICK) if listed else part)
        for sheet in added:
            _put_packed(new, sheet.part, sheet.drawn.stored)


def _in_workbook(part: str, added: Sequence[Added]) -> str:
    """The part that names the sheets, with those of forms: where they stand, what is printed of them, what every page repeats."""
    sheets, names = [], []
    for one in added:
        taken, at = one.drawn.taken, f'localSheetId="{one.number - 1}"'
        sheets.append(f'<sheet name="{in_attribute(one.name)}" sheetId="{one.number}" r:id="{_ID}{one.number}"/>')
        area = place(one.name, f"$A$1:${address(1, taken.columns).rstrip('1')}${taken.rows}")
        rows = place(one.name, "${}:${}".format(*(row + 1 for row in taken.repeated)))
        names.append(f'<definedName name="_xlnm.Print_Area" {at}>{_escaped(area)}</definedName><definedName name="_xlnm.Print_Titles" {at}>{_escaped(rows)}</definedName>')
    return _before(_before(part, "</sheets>", sheets), "</definedNames>", names)


def _in_types(part: str, added: Sequence[Added]) -> str:
    """The part that says what each part is, with those of forms."""
    return _before(part, "</Types>", [f'<Override PartName="/{one.part}" ContentType="{_SHEET_TYPE}"/>' for one in added])


def _in_relations(part: str, added: Sequence[Added]) -> str:
    """The part that says where the workbook's sheets are, with those of forms."""
    return _before(part, "</Relationships>", [f'<Relationship Id="{_ID}{one.number}" Type="{_SHEET_RELATION}" Target="{one.part.removeprefix("xl/")}"/>' for one in added])


def _in_properties(part: str, added: Sequence[Added]) -> str:
    """The part that lists the titles of all sheets, then all names, with those of forms: two names a sheet."""
    own = int(_COUNTS.findall(part)[0][1])
    counts = iter((len(added), 2 * len(added)))
    part = _COUNTS.sub(lambda found: f"{found[1]}{int(found[2]) + next(counts)}", part)
    head, begin, titles = part.partition("<TitlesOfParts>")
    size, *listed = _TITLES.split(titles)
    size = _SIZE.sub(lambda found: f'size="{int(found[1]) + 3 * len(added)}"', size)
    sheets = [f"<vt:lpstr>{_escaped(one.name)}</vt:lpstr>" for one in added]
    names = [f"<vt:lpstr>{_escaped(place(one.name, which))}</vt:lpstr>" for which in ("Print_Area", "Print_Titles") for one in added]
    *listed, end = listed
    return "".join([head, begin, size, *listed[:own], *sheets, *listed[own:], *names, end])


def _before(part: str, end: str, more: Sequence[str]) -> str:
    before, found, behind = part.rpartition(end)
    return before + "".join(more) + found + behind


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


_COUNTS = re.compile(r"((?:Worksheets|Named Ranges)</vt:lpstr></vt:variant><vt:variant><vt:i4>)(\d+)")
_TITLES = re.compile(r"(?<=</vt:lpstr>)|(?<=baseType=\"lpstr\">)")
_SIZE = re.compile(r'size="(\d+)"')
_LISTING = {"docProps/app.xml": _in_properties, "xl/workbook.xml": _in_workbook, "[Content_Types].xml": _in_types, "xl/_rels/workbook.xml.rels": _in_relations}
"""The parts that name every sheet."""


@contextmanager
def _new(file: Path) -> Iterator[ZipFile]:
    """A new package that packed parts are put into."""
    with file.open("wb") as opened, ZipFile(opened, "w", ZIP_DEFLATED) as made:
        yield made


def _as_it_is(file: Path, one: ZipInfo) -> Stored:
    """A part as it stands packed in a workbook.

    Raises:
        BadZipFile: where another part stands there.
    """
    with file.open("rb") as opened:
        opened.seek(one.header_offset)
        kind, name, extra = struct.unpack("<4s22xHH", opened.read(LOCAL_HEADER))
        if kind != b"PK\x03\x04" or opened.read(name) != one.filename.encode():
            raise BadZipFile(one.filename)
    return Stored(Spooled(file, one.header_offset + LOCAL_HEADER + name + extra, one.compress_size), one.file_size, one.CRC)


def _with_more(part: bytes, more: More) -> Iterator[bytes]:
    """The part of a sheet with more rows below its own, and with links."""
    before, behind = _parted(part)
    yield before
    yield from more.rows()
    between, found, behind = behind.partition(_BELOW_LINKS)
    yield END + between
    inside = False
    for piece in more.links():
        yield piece if inside else b"<hyperlinks>" + piece
        inside = True
    yield b"</hyperlinks>" * inside + found + behind


def _parted(part: bytes) -> tuple[bytes, bytes]:
    """The part of a sheet up to where more rows belong, and what stands behind its rows."""
    before, found, behind = part.partition(END)
    if not found:
        before, _, behind = part.partition(_NONE)
        before += BEGIN
    return before, behind


def with_rows(written: Path, out: Path, name: str, rows: Iterator[bytes], behind: Iterator[bytes]) -> None:
    """The workbook stands at ``out``: the parts of ``written``, the sheet of that part with ``rows``, and ``behind`` right behind them."""
    with ZipFile(written) as old, _new(out) as new:
        for one in old.infolist():
            if one.filename == name:
                before, after = _parted(old.read(one))
                pieces = chain((before,), rows, (END,), behind, (after,))
                _put_packed(new, name, packed(pieces, out.with_suffix(".packed"), THOROUGH))
            else:
                _put_packed(new, one.filename, _as_it_is(written, one))


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


def holds(out: Path, added: Sequence[Added]) -> bool:
    """True where the workbook's parts are whole and its forms the very ones that were proved."""
    proved = {one.part: (one.drawn.stored.size, one.drawn.stored.check) for one in added}
    try:
        with ZipFile(out) as made:
            parts = {one.filename: _as_it_is(out, one) for one in made.infolist()}
        whole = all_whole(list(parts.values()))
    except (BadZipFile, struct.error, zlib.error):
        return False
    return whole and all(name in parts and (parts[name].size, parts[name].check) == said for name, said in proved.items())
