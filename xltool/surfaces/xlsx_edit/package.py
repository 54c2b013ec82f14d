"""The package of an .xlsx or .xlsm while it is edited: parts that nobody touches go over as the bytes that they are.

Members stay in their order, new ones come last; the result carries no clock, so the same edit gives the same bytes.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from dataclasses import dataclass

from xltool import archive
from xltool.problems import ProblemError, problem

_FAULTS = archive.Faults("workbook-broken", "workbook-bomb", "workbook-dtd")
_UTF8, _DEFLATED = 0x800, zipfile.ZIP_DEFLATED
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_LOCAL, _CENTRAL, _END = "<4s5H3I2H", "<4s6H3I5H2I", "<4s4H2IH"


@dataclass(frozen=True, slots=True)
class _Packed:
    """A member as it stands in the archive."""

    name: bytes
    way: int
    when: tuple[int, int, int, int, int, int]
    check: int
    size: int
    attributes: int
    system: int
    utf8: bool
    data: bytes


class Package:
    """The parts by their names; ``name`` is the file's, for problems."""

    def __init__(self, data: bytes, name: str) -> None:
        """Raises ProblemError: file-empty, file-encrypted, file-kind, workbook-broken, workbook-bomb, workbook-dtd."""
        self.name = name
        if not data:
            raise ProblemError(problem("file-empty", name))
        if data.startswith(archive.OLE):
            encrypted = archive.ENCRYPTED in data
            raise ProblemError(problem("file-encrypted", name) if encrypted else problem("file-kind", name, what="Excel 97-2003 (.xls)"))
        self._archive = archive.opened(data, name, _FAULTS, "inflated")
        self._lower = {one.lstrip("/").lower(): one for one in self._archive.entries}
        self._changed: dict[str, bytes] = {}
        self._dropped: set[str] = set()

    def names(self) -> list[str]:
        """The names of all parts, as ``read`` takes them: in the archive's order, new ones last."""
        kept = [one.lstrip("/") for one in self._archive.entries if one not in self._dropped and not one.endswith("/")]
        return kept + [one for one in self._changed if one.lower() not in self._lower]

    def has(self, part: str) -> bool:
        """True where there is such a part; names differ in more than case."""
        known = self._lower.get(part.lower())
        return part in self._changed or (known is not None and known not in self._dropped)

    def read(self, part: str) -> bytes:
        """A part as it now is.

        Raises:
            ProblemError: workbook-broken where there is none.
        """
        if part in self._changed:
            return self._changed[part]
        known = self._lower.get(part.lower())
        if known is None or known in self._dropped:
            raise ProblemError(problem("workbook-broken", self.name, what=f"the part {part} is missing"))
        if known.lower().endswith((".xml", ".rels")):
            return self._archive.part(known)
        return self._archive.member(known)

    def put(self, part: str, data: bytes) -> None:
        """The part is these bytes."""
        known = self._lower.get(part.lower())
        if known is not None and known in self._dropped:
            self._dropped.discard(known)
        if known is not None and self._archive.member(known) == data:
            self._changed.pop(part, None)
            return
        self._changed[part] = data

    def drop(self, part: str) -> None:
        """The part is gone."""
        self._changed.pop(part, None)
        if (known := self._lower.get(part.lower())) is not None:
            self._dropped.add(known)

    def close(self) -> bytes:
        """The bytes of the whole package."""
        gone = {one for one in self._archive.entries if one in self._dropped}
        members = [self._packed(one) for one in self._archive.entries if one not in gone]
        known = {one.lstrip("/").lower() for one in self._archive.entries if one not in gone}
        members += [_packed(one, data) for one, data in self._changed.items() if one.lower() not in known]
        return _written(members)

    def _packed(self, entry: str) -> _Packed:
        info = self._archive.entries[entry]
        if (changed := self._changed_as(entry)) is not None:
            return _packed(entry, changed, info)
        raw = self._archive.packed(entry)
        return _Packed(_encoded(info), info.compress_type, info.date_time, info.CRC, info.file_size, info.external_attr, info.create_system, bool(info.flag_bits & _UTF8), raw)  # fmt: skip

    def _changed_as(self, entry: str) -> bytes | None:
        lower = entry.lstrip("/").lower()
        return next((data for part, data in self._changed.items() if part.lower() == lower), None)


def _encoded(info: zipfile.ZipInfo) -> bytes:
    return info.filename.encode("utf-8" if info.flag_bits & _UTF8 else "cp437")


def _packed(name: str, data: bytes, like: zipfile.ZipInfo | None = None) -> _Packed:
    """A member made new; where it replaces one, under that one's name and date."""
    stream = zlib.compressobj(6, zlib.DEFLATED, -15)
    body = stream.compress(data) + stream.flush()
    when = like.date_time if like else _FIRST_DAY
    encoded, utf8 = (_encoded(like), bool(like.flag_bits & _UTF8)) if like else (name.encode("utf-8"), not name.isascii())
    return _Packed(encoded, _DEFLATED, when, zlib.crc32(data), len(data), like.external_attr if like else 0, like.create_system if like else 0, utf8, body)


def _written(members: list[_Packed]) -> bytes:
    """The archive of these members."""
    pieces: list[bytes] = []
    directory: list[bytes] = []
    at = 0
    for one in members:
        year, month, day, hour, minute, second = one.when
        date, time = (max(year, 1980) - 1980) << 9 | month << 5 | day, hour << 11 | minute << 5 | second // 2
        flags = _UTF8 if one.utf8 else 0
        same = (flags, one.way, time, date, one.check, len(one.data), one.size, len(one.name), 0)
        local = struct.pack(_LOCAL, b"PK\x03\x04", 20, *same) + one.name
        directory.append(struct.pack(_CENTRAL, b"PK\x01\x02", one.system << 8 | 20, 20, *same, 0, 0, 0, one.attributes, at) + one.name)
        pieces += [local, one.data]
        at += len(local) + len(one.data)
    ends = b"".join(directory)
    return b"".join([*pieces, ends, struct.pack(_END, b"PK\x05\x06", 0, 0, len(members), len(members), len(ends), at, 0)])
