"""The fonts of an .xls's shared texts: what strikes a part of a text through, which no parser here says.

The texts run on over several records. Where the characters of one go on in the next record, that begins
with a byte that says anew how wide they are.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_WIDE, _SPOKEN, _RICH = 1, 4, 8
_RUN = 4
"""Bytes of a run: where it begins, its font."""


@dataclass(slots=True)
class _Records:
    """What is left to read of some records; ``at`` is the place in the first of them."""

    bodies: Sequence[bytes]
    number: int = 0
    at: int = 0

    def take(self, count: int) -> bytes:
        """So many bytes, out of several records if need be; fewer at the end."""
        found = b""
        while len(found) < count and self.number < len(self.bodies):
            piece = self.bodies[self.number][self.at : self.at + count - len(found)]
            found, self.at = found + piece, self.at + len(piece)
            self._next()
        return found

    def characters(self, count: int, wide: int) -> None:
        """Passes over so many characters."""
        while count and self.number < len(self.bodies):
            room = min(count, (len(self.bodies[self.number]) - self.at) >> wide)
            count, self.at = count - room, self.at + (room << wide)
            before = self.number
            if count:
                self.number, self.at = self.number + 1, 0
            self._next()
            if count and self.number > before:
                wide = self.take(1)[:1] == b"\1"

    def _next(self) -> None:
        while self.number < len(self.bodies) and self.at >= len(self.bodies[self.number]):
            self.number, self.at = self.number + 1, 0


def fonts_of_texts(bodies: Sequence[bytes]) -> Iterator[frozenset[int]]:
    """For each shared text the fonts that parts of it have, from the records that hold the texts (without their counts)."""
    records = _Records(bodies)
    while len(head := records.take(3)) == 3:
        length, flags = struct.unpack("<HB", head)
        runs = struct.unpack("<H", records.take(2))[0] if flags & _RICH else 0
        spoken = struct.unpack("<I", records.take(4))[0] if flags & _SPOKEN else 0
        records.characters(length, flags & _WIDE)
        raw = records.take(_RUN * runs)
        records.take(spoken)
        yield frozenset(font_number(font) for start, font in struct.iter_unpack("<HH", raw[: len(raw) // _RUN * _RUN]) if start < length)


def font_number(said: int) -> int:
    """The place of a font among a workbook's: nothing is called the fifth, so that those behind it are one less."""
    return said if said < 4 else said - 1
