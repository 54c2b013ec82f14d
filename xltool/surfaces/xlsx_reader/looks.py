"""Cells that look otherwise than what they store: struck through, white on white, in a font of signs, with digits raised
behind a number, or with words that their format adds.

Hardly any workbook has such cells, so that most are only asked whether the words stand in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from xml.etree import ElementTree as ET

from xltool.grid import RAISED, UNSHOWN, WHITE, Grid, with_doubts
from xltool.surfaces.merged import Corner
from xltool.surfaces.number_format import worded
from xltool.surfaces.xlsx_reader.scan import PLACE, STYLE, column_number
from xltool.surfaces.xlsx_reader.styles import Styles, flaw

_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.S)
_SHARED = re.compile(rb"\bt=[\"']s[\"']")
_WORD = re.compile(rb"\bt=[\"'](?:s|str|inlineStr)[\"']")
_INDEX = re.compile(rb"<(?:\w+:)?v>\s*(\d+)")
_RICH = b"rPr"
"""What stands in every text with fonts of its own."""
_INLINE = re.compile(rb"<(?:\w+:)?is\b.*?</(?:\w+:)?is>", re.S)


@dataclass(frozen=True, slots=True)
class Looks:
    """The styles of a workbook; why some of its shared texts are not sure, by number; ``inline`` where a workbook shares
    no texts, so that they stand in its cells."""

    styles: Styles
    texts: Mapping[int, str]
    inline: bool

    def seen(self, grid: Grid, part: bytes) -> Grid:
        """The grid of a sheet with doubts on what looks otherwise, and with the words that formats add to texts."""
        unsure, words = dict[Corner, str](), dict[Corner, str]()
        if not (self.styles.unsure or self.texts or self.styles.worded or (self.inline and _RICH in part)):
            return grid
        for at, style, why, of_text in self._cells(part):
            if why:
                unsure[at] = why
            if of_text and (code := self.styles.worded.get(style)) is not None:
                if worded(UNSHOWN, code):
                    words[at] = code
                else:
                    unsure[at] = UNSHOWN
        return with_doubts(_with_words(grid, words) if words else grid, unsure)

    def _cells(self, part: bytes) -> Iterator[tuple[Corner, int, str, bool]]:
        """Of each cell its row and column, its style, why its text is not sure, and whether it is a text."""
        for attributes, content in _CELL.findall(part):
            if (place := PLACE.search(attributes)) is None:
                continue
            style = int(found[1]) if (found := STYLE.search(attributes)) else 0
            shared = _INDEX.search(content) if _SHARED.search(attributes) else None
            own = self.texts.get(int(shared[1]), "") if shared else _of_inline(content) if _RICH in content else ""
            if own == WHITE and style in self.styles.filled:
                own = ""
            at = int(place[2]), column_number(place[1])
            yield at, style, self.styles.unsure.get(style) or own, bool(_WORD.search(attributes))


def _with_words(grid: Grid, words: Mapping[Corner, str]) -> Grid:
    texts = tuple(worded(text, words[place[:2]]) if place[:2] in words and text else text for place, text in zip(grid.places, grid.texts, strict=True))
    return replace(grid, texts=texts)


def looks_of(styles: Styles, texts: bytes) -> Looks:
    """What looks otherwise in a workbook of these styles and shared texts (empty where it has none)."""
    return Looks(styles, dict(_shared(texts)) if _RICH in texts else {}, not texts)


def _shared(part: bytes) -> Iterator[tuple[int, str]]:
    """The shared texts that are not sure, by their numbers; each is let go as soon as it is read."""
    number = 0
    for _, one in ET.iterparse(BytesIO(part)):
        if one.tag.rpartition("}")[2] == "si":
            if why := _why(one):
                yield number, why
            number += 1
            one.clear()


def _of_inline(content: bytes) -> str:
    found = _INLINE.search(content)
    try:
        return _why(ET.fromstring(re.sub(rb"(</?)\w+:", rb"\1", found[0]))) if found else ""
    except ET.ParseError:
        return ""


def _why(text: ET.Element) -> str:
    """Why a text in several fonts is not sure: by the font of a part that shows, or because digits are raised behind digits."""
    before = ""
    for run in text.iterfind("{*}r"):
        said = "".join(one.text or "" for one in run.iterfind("{*}t"))
        font = run.find("{*}rPr")
        if said.strip() and font is not None:
            raised = font.find("{*}vertAlign")
            if raised is not None and raised.get("val") != "baseline" and before[-1:].isdigit() and said[:1].isdigit():
                return RAISED
            if why := flaw(font):
                return why
        before = said or before
    return ""
