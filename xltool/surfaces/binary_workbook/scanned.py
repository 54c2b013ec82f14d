"""What the records of a sheet say beyond its values."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field

from xltool.surfaces.merged import Corner
from xltool.surfaces.shown import general

SINCE_1904 = 1462
"""What a workbook counts its days from where it counts them from 1904, as Excel for the Mac did."""
HIDDEN = 20_000
"""Hidden rows that are noted: below the last row of any form."""
_INTEGER, _NUMBER, _PERCENT = 0x1E, 0x1F, b"\x14"


@dataclass(slots=True)
class Scanned:
    """The style of each number by its square, typed formulas, merges (from 0), what is hidden; the corner of the used
    range; what the days of the workbook are counted from."""

    formats: Sequence[str] = ()
    styles: dict[Corner, int] = field(default_factory=dict)
    formulas: dict[Corner, str] = field(default_factory=dict)
    merges: list[tuple[Corner, Corner]] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    used: list[int] = field(default_factory=list)
    days: int = 0

    @property
    def squares(self) -> int:
        """The squares of the rectangle around all stored cells."""
        if not self.used:
            return 0
        top, left, bottom, right = self.used
        return (bottom - top + 1) * (right - left + 1)

    def stores(self, row: int, column: int) -> None:
        """A cell stands here, whatever it holds."""
        if not self.used:
            self.used = [row, column, row, column]
            return
        top, left, bottom, right = self.used
        self.used = [min(top, row), min(left, column), max(bottom, row), max(right, column)]


def stated(tokens: bytes) -> str:
    """The formula whose tokens only state a number, as it was typed: 100%; empty for one that computes."""
    percent = tokens.endswith(_PERCENT) and len(tokens) in (4, 10)
    body = tokens[:-1] if percent else tokens
    if len(body) == 3 and body[0] == _INTEGER:
        number = general(struct.unpack("<H", body[1:])[0])
    elif len(body) == 9 and body[0] == _NUMBER:
        number = general(struct.unpack("<d", body[1:])[0])
    else:
        return ""
    return number + "%" * percent
