"""Small files made by hand: containers and records that no library here writes."""

import struct


def compound(name: str, stream: bytes, sectors: dict[int, int] | None = None) -> bytes:
    """A compound file (OLE) with one stream; ``sectors`` changes links of its sector table."""
    stream = stream.ljust(4096, b"\0")
    count = -(-len(stream) // 512)
    end, free, own = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
    table = [own, end, *range(3, 2 + count), end]
    for at, link in (sectors or {}).items():
        table[at] = link
    assert len(table) <= 128
    header = struct.pack("<8s16sHHHHHH8x8I", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 62, 3, 0xFFFE, 9, 6, 0, 0, 1, 1, 0, 4096, end, 0, end)
    header = header[:44] + struct.pack("<8I", 1, 1, 0, 4096, end, 0, end, 0) + struct.pack("<109I", 0, *[free] * 108)
    entries = _entry("Root Entry", 5, end, 0, 1) + _entry(name, 2, 2, len(stream), 0xFFFFFFFF)
    return header.ljust(512, b"\0") + struct.pack("<128I", *table, *[free] * (128 - len(table))) + entries.ljust(512, b"\0") + stream.ljust(count * 512, b"\0")


def _entry(name: str, kind: int, first: int, size: int, child: int) -> bytes:
    raw = name.encode("utf-16-le")
    none = 0xFFFFFFFF
    return struct.pack("<64sHBBIII36xIQ", raw, len(raw) + 2, kind, 1, none, none, child, first, size)
