"""Cells whose text is struck through, whole or in part: the clerk may have taken it back.

Hardly any workbook has such text, so that most are only asked whether the word stands in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from xltool.surfaces.merged import Corner
from xltool.surfaces.xlsx_reader.scan import PLACE, STYLE, column_number

_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.S)
_SHARED = re.compile(rb"\bt=[\"']s[\"']")
_INDEX = re.compile(rb"<(?:\w+:)?v>\s*(\d+)")
_RUN = re.compile(rb"<(?:\w+:)?strike\b(?![^>]*\bval=[\"'](?:0|false)[\"'])")
WORD = b"strike"


@dataclass(frozen=True, slots=True)
class Struck:
    """The styles that strike through, and the shared texts of which a part is struck through, by number; ``inline``
    where a workbook shares no texts, so that they stand in its cells."""

    styles: frozenset[int]
    texts: frozenset[int]
    inline: bool

    def cells(self, part: bytes) -> frozenset[Corner]:
        """The row and column of the cells of a sheet whose text is struck through."""
        return frozenset(self._cells(part)) if self.styles or self.texts or (self.inline and WORD in part) else frozenset()

    def _cells(self, part: bytes) -> Iterator[Corner]:
        for attributes, content in _CELL.findall(part):
            place, style = PLACE.search(attributes), STYLE.search(attributes)
            shared = _INDEX.search(content) if _SHARED.search(attributes) else None
            if place and ((style and int(style[1]) in self.styles) or (shared and int(shared[1]) in self.texts) or _RUN.search(content)):
                yield int(place[2]), column_number(place[1])


def struck(styles: bytes, texts: bytes) -> Struck:
    """What a workbook strikes through, by its style sheet and its shared texts (empty where it has none)."""
    return Struck(frozenset(_styles(styles) if WORD in styles else ()), frozenset(_texts(texts) if WORD in texts else ()), not texts)


def _styles(part: bytes) -> Iterator[int]:
    root = ET.fromstring(part)
    fonts = {str(number) for number, font in enumerate(root.iterfind("{*}fonts/{*}font")) if _strikes(font.find("{*}strike"))}
    yield from (number for number, style in enumerate(root.iterfind("{*}cellXfs/{*}xf")) if style.get("fontId", "0") in fonts)


def _texts(part: bytes) -> Iterator[int]:
    for number, text in enumerate(ET.fromstring(part).iterfind("{*}si")):
        if any(_strikes(run.find("{*}rPr/{*}strike")) for run in text.iterfind("{*}r")):
            yield number


def _strikes(found: ET.Element | None) -> bool:
    return found is not None and found.get("val", "1") not in ("0", "false")
