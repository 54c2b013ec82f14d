"""What the records of a sheet say beyond its values."""

from __future__ import annotations

import struct
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from xltool.surfaces.merged import Corner
from xltool.surfaces.number_format import adds_words
from xltool.surfaces.shown import general

SINCE_1904 = 1462
"""What a workbook counts its days from where it counts them from 1904, as Excel for the Mac did."""
HIDDEN = 20_000
"""Hidden rows that are noted: below the last row of any form."""
ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A", 43: "#GETTING_DATA"}
"""The error that a byte stands for."""
_INTEGER, _NUMBER, _PERCENT = 0x1E, 0x1F, b"\x14"


@dataclass(frozen=True, slots=True)
class Crossing:
    """The fonts of a workbook that strike through; the styles that have such a font, and the shared texts of which a part has."""

    fonts: frozenset[int] = frozenset()
    styles: frozenset[int] = frozenset()
    texts: frozenset[int] = frozenset()


def crossing(fonts: Sequence[bool], styles: Sequence[int], texts: Callable[[], Iterable[Collection[int]]]) -> Crossing:
    """What strikes through, by whether each font does, the font of each style, and the fonts of each shared text: ``texts``
    is asked only where a font does, which is in next to no workbook."""
    struck = frozenset(number for number, one in enumerate(fonts) if one)
    if not struck:
        return Crossing()
    of_styles = frozenset(number for number, font in enumerate(styles) if font in struck)
    return Crossing(struck, of_styles, frozenset(number for number, own in enumerate(texts()) if not struck.isdisjoint(own)))


@dataclass(slots=True)
class Scanned:
    """The style of each number by its square, typed formulas, merges (from 0), what is hidden; the corner of the used
    range; what cells hold that the parser leaves out (errors, texts with fonts of their own); what the days of the
    workbook are counted from; the styles and the shared texts, by number, that strike through, and the squares that do;
    the formats of the styles that write more than a text (@"元"), and those of the squares of such a style."""

    formats: Sequence[str] = ()
    styles: dict[Corner, int] = field(default_factory=dict)
    formulas: dict[Corner, str] = field(default_factory=dict)
    merges: list[tuple[Corner, Corner]] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    used: list[int] = field(default_factory=list)
    unread: dict[Corner, str] = field(default_factory=dict)
    days: int = 0
    crossing: Crossing = field(default_factory=Crossing)
    struck: set[Corner] = field(default_factory=set)
    wordy: Mapping[int, str] = field(default_factory=dict)
    worded: dict[Corner, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.wordy = {number: code for number, code in enumerate(self.formats) if adds_words(code)}

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

    def styled(self, row: int, column: int, style: int, text: int = -1) -> None:
        """A cell has this style and, where it names one, this shared text; rows and columns from 0."""
        if style in self.crossing.styles or text in self.crossing.texts:
            self.struck.add((row + 1, column + 1))
        if style in self.wordy:
            self.worded[row + 1, column + 1] = self.wordy[style]

    def fails(self, row: int, column: int, error: int) -> None:
        """A cell shows the error of this byte; rows and columns from 0."""
        if error in ERRORS:
            self.unread[row + 1, column + 1] = ERRORS[error]


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
