"""A compound file (OLE), the container of .xls, .doc and encrypted workbooks: its streams by name.

Sector chains of a hostile file may run in circles or out of it; each sector is followed once.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END, _CUTOFF, _ENTRY = 0xFFFFFFFA, 4096, 128
_ENTRIES = 20_000


class BrokenError(ValueError):
    """Raised where the container is damaged."""


@dataclass(frozen=True, slots=True)
class Compound:
    """An opened container. ``streams`` are (first sector, size) by name."""

    data: bytes
    sector: int
    table: list[int]
    small_table: list[int]
    small: bytes
    streams: dict[str, tuple[int, int]]

    def stream(self, name: str) -> bytes:
        """The bytes of a stream.

        Raises:
            BrokenError: where its chain is damaged.
        """
        first, size = self.streams[name]
        if size < _CUTOFF and self.small_table:
            found = b"".join(self.small[one * 64 : one * 64 + 64] for one in _chain(self.small_table, first))
        else:
            found = b"".join(_sector(self.data, self.sector, one) for one in _chain(self.table, first))
        return found[:size]


def opened(data: bytes) -> Compound:
    """The container of these bytes.

    Raises:
        BrokenError: where it is damaged.
    """
    if len(data) < 512 or not data.startswith(MAGIC):
        raise BrokenError("no compound file")
    shift = struct.unpack_from("<H", data, 30)[0]
    if shift not in (9, 12):
        raise BrokenError("sector size")
    sector = 1 << shift
    _, directory, _, _, small_first, _, extra, _ = struct.unpack_from("<8I", data, 44)
    table = _table(data, sector, extra)
    listed = b"".join(_sector(data, sector, one) for one in _chain(table, directory))
    small_table: list[int] = []
    for one in _chain(table, small_first):
        small_table.extend(_numbers(_sector(data, sector, one)))
    streams: dict[str, tuple[int, int]] = {}
    small = b""
    for at in range(0, min(len(listed), _ENTRIES * _ENTRY), _ENTRY):
        entry = listed[at : at + _ENTRY]
        if len(entry) < _ENTRY:
            break
        length, kind = struct.unpack_from("<H", entry, 64)[0], entry[66]
        first, size = struct.unpack_from("<II", entry, 116)
        if kind == 5:
            small = b"".join(_sector(data, sector, one) for one in _chain(table, first))
        elif kind == 2:
            streams.setdefault(entry[: max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace"), (first, size))
    return Compound(data, sector, table, small_table, small, streams)


def _table(data: bytes, sector: int, extra: int) -> list[int]:
    """The next sector of every sector."""
    holders = [one for one in struct.unpack_from("<109I", data, 76) if one < _END]
    seen: set[int] = set()
    while extra < _END and extra not in seen:
        seen.add(extra)
        numbers = _numbers(_sector(data, sector, extra))
        holders.extend(one for one in numbers[:-1] if one < _END)
        extra = numbers[-1] if numbers else _END
    table: list[int] = []
    for one in dict.fromkeys(holders):
        table.extend(_numbers(_sector(data, sector, one)))
    return table


def _sector(data: bytes, sector: int, number: int) -> bytes:
    start = (number + 1) * sector
    if start >= len(data):
        raise BrokenError("a sector lies outside the file")
    return data[start : start + sector]


def _numbers(raw: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4]))


def _chain(table: list[int], first: int) -> list[int]:
    """The sectors of a chain in order."""
    found: dict[int, None] = {}
    while first < _END:
        if first in found or first >= len(table):
            raise BrokenError("a chain of sectors is damaged")
        found[first] = None
        first = table[first]
    return list(found)
