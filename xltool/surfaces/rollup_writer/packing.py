"""Parts packed and unpacked by several threads: zlib lets others work while it does.

A long part is packed in lots, each with the end of the lot before it in view, as one stream of them all:
the same part becomes the same bytes, however many threads there are.
"""

from __future__ import annotations

import zlib
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from xltool.surfaces.rollup_writer.content import Spooled, Stored

THREADS = 2
"""Whoever makes the lots keeps a processor busy, and so does each of these."""
LOT = 1 << 18
"""Bytes that are packed at once."""
WINDOW = 1 << 15
"""How far back deflate looks for what it has seen."""
AHEAD = 4
"""Lots that are made before the first of them must be on the disk."""
ROOM = 1 << 20
"""Bytes that are unpacked at once, whatever a hostile text packs to."""


def packed(pieces: Iterable[bytes], file: Path, level: int) -> Stored:
    """The pieces of a part, packed into a file."""
    size = check = length = 0
    with file.open("wb") as to, ThreadPoolExecutor(THREADS) as threads:
        waiting: deque[Future[bytes]] = deque()
        before = b""
        for lot, last in _lots(pieces):
            size, check = size + len(lot), zlib.crc32(lot, check)
            if last and not before:
                # A short part is packed sooner than a thread is there.
                length += to.write(_deflated(lot, b"", level, last))
                break
            waiting.append(threads.submit(_deflated, lot, before[-WINDOW:], level, last))
            before = lot
            if len(waiting) == AHEAD:
                length += to.write(waiting.popleft().result())
        for one in waiting:
            length += to.write(one.result())
    return Stored(Spooled(file, 0, length), size, check)


def _lots(pieces: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """The pieces in lots, with True for the last; pieces are not parted, so that lots are longer by a piece at the most."""
    waiting: list[bytes] = []
    length = 0
    for piece in pieces:
        if length >= LOT:
            yield b"".join(waiting), False
            waiting.clear()
            length = 0
        waiting.append(piece)
        length += len(piece)
    yield b"".join(waiting), True


def _deflated(lot: bytes, before: bytes, level: int, last: bool) -> bytes:
    """A lot as its part of the stream; ``before`` is the end of what comes before it there."""
    made = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS, zdict=before)
    return made.compress(lot) + made.flush(zlib.Z_FINISH if last else zlib.Z_SYNC_FLUSH)


def all_whole(parts: Sequence[Stored]) -> bool:
    """True where each of the parts unpacks to what it should.

    Raises:
        zlib.error: where one does not unpack.
    """
    with ThreadPoolExecutor(THREADS) as threads:
        return all(threads.map(lambda some: all(map(_whole, some)), [parts[number::THREADS] for number in range(THREADS)]))


def _whole(part: Stored) -> bool:
    made = zlib.decompressobj(-zlib.MAX_WBITS)
    size = check = 0
    for piece in part.part.pieces():
        while piece:
            found = made.decompress(piece, ROOM)
            size, check = size + len(found), zlib.crc32(found, check)
            piece = made.unconsumed_tail
    return made.eof and (size, check) == (part.size, part.check)
