"""Which rectangles of a blank are captions, which wait for a value, and which are empty because the form has nothing there."""

from __future__ import annotations

import re
from dataclasses import dataclass

from xltool.draft.repeats import Rows
from xltool.draft.sheet import Box, Boxes
from xltool.layout import Caption, Cell, Constant, Hole, Layout, Optional, Part
from xltool.picture import CONSTANTS
from xltool.values import OPERATOR_START, caption_key, parse_date, parse_number
from xltool.values import YEAR as A_YEAR

YEAR, MONEY_UNIT = "年度", "金额单位"
_YEAR = re.compile(r"(.*?[（(]|)\s*(?:\d{4}|[\s_＿×xX]{0,8}|20[\s_＿×xX]{0,4})(年度.*|(?<=[（(]\d{4})年[）)].*)", re.S)
_IN_TITLE = re.compile(rf"(.*?)\s*(?:{A_YEAR}|20[\s_＿×xX]{{2,4}})\s*(年(?!\s*\d{{1,2}}\s*月).*表.*)", re.S)
"""A year inside a title: 2024年……表, 某市二〇二四年度……表; no day on which something was filled in."""
_UNIT = re.compile(r"(.*[（(：:]\s*)(元|万元)([）)]?.*)", re.S)
_COLON = re.compile(r"(.{2,14}[：:])\s*([!-~]*)")
_SPAN = re.compile(r"(.{2,14}?)([（(][^（）()]*(?:\d{4}|[×xX_＿]{2})[^（）()]*年[^（）()]*[）)])")
_NUMBERED = re.compile(r"(?:\D{1,4}\d{1,2}\s*[:：]\s*){2,}[.…]*")
"""What stands in the place of a text in several points: 目标1：目标2：……"""
SHORT = 24
"""A caption is no longer; what is, is a value."""


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of the layout, their holes named #1, #2 …; ``shown`` is the text that stood in a hole, ``unsure``
    holes that may be none, ``listed`` those of repeated rows."""

    layout: Layout
    boxes: dict[str, Box]
    shown: dict[str, str]
    unsure: frozenset[str]
    listed: frozenset[str]


def cells(rows: Rows, known: frozenset[str]) -> Cells:
    """The cells of a form; ``known`` are the captions of known forms, which are never values."""
    heads = frozenset((one.row, one.column) for block in rows.blocks for one in block.heads)
    maker = _Maker(rows.boxes, {block.row: block.column for block in rows.blocks}, heads, known)
    made = tuple(maker.cell(one) for one in rows.boxes.boxes)
    return Cells(Layout(rows.boxes.rows, rows.boxes.columns, made), maker.boxes, maker.shown, frozenset(maker.unsure), frozenset(maker.inside))


class _Maker:
    """Makes cells of rectangles, in reading order."""

    def __init__(self, found: Boxes, listed: dict[int, int], heads: frozenset[tuple[int, int]], known: frozenset[str]) -> None:
        self.found = found
        self.listed = listed
        self.listing = heads
        self.known = known
        self.boxes: dict[str, Box] = {}
        self.shown: dict[str, str] = {}
        self.unsure: set[str] = set()
        self.inside: set[str] = set()
        outside = [one for one in found.boxes if one.row not in listed and not self.title(one)]
        empty = sum(not one.text for one in outside)
        self.filled = empty * 5 < len(outside)
        """True for a filled sample: hardly anything waits."""

    def title(self, one: Box) -> bool:
        """True for a rectangle over the whole width: a title, or a line above or below the frame."""
        return one.columns == (1, self.found.columns)

    def cell(self, one: Box) -> Cell:
        return Cell(one.row, one.column, one.last_row, one.last_column, self.parts(one))

    def parts(self, one: Box) -> tuple[Part, ...]:
        if one.row in self.listed and one.column >= self.listed[one.row]:
            made = self.hole(one, one.text)
            self.inside.add(made.field)
            return (made,)
        if one.text in CONSTANTS or one.text in ("-", "－"):
            return (Constant("—" if one.text != "/" else "/"),)
        if one.open is None and _NUMBERED.fullmatch(one.text):
            return (self.hole(one, unsure=True),)
        if one.text and (not self.filled or self.caption(one)):
            return self.printed(one)
        if one.text:
            return (self.hole(one, one.text, unsure=caption_key(one.text) not in self.known and not _is_value(one.text)),)
        return self.waiting(one)

    def hole(self, box: Box, text: str = "", unsure: bool = False) -> Hole:
        name = f"#{len(self.boxes) + 1}"
        self.boxes[name] = box
        if text:
            self.shown[name] = text
        if unsure:
            self.unsure.add(name)
        return Hole(name)

    def caption(self, one: Box) -> bool:
        """In a filled sample: a known caption, a title, what heads a list, or a short text beside which nothing known asks
        for a value."""
        if (one.row, one.column) in self.listing:
            return True
        if caption_key(one.text) in self.known or self.title(one) or one.last_row > one.row + 1:
            return len(one.text) <= 2 * SHORT
        if _is_value(one.text) or len(one.text) > SHORT:
            return False
        left = self.left(one)
        if left is None or left.row != one.row:
            return True
        if caption_key(left.text) in self.known:
            # Captions side by side head columns; what stands beside one alone is its value.
            before = self.left(left)
            return bool(before and before.row == one.row and caption_key(before.text) in self.known)
        right = self.found.at(one.row, one.last_column + 1) if one.last_column < self.found.columns else None
        return not (left.column == 1 and left.text and right and caption_key(right.text) in self.known)

    def left(self, one: Box) -> Box | None:
        return self.found.at(one.row, one.column - 1) if one.column > 1 else None

    def printed(self, one: Box) -> tuple[Part, ...]:
        """The parts of a caption: a year, the unit of money, a value behind a colon, a period in brackets."""
        text = one.text
        if self.title(one) and (found := _YEAR.fullmatch(text) or _IN_TITLE.fullmatch(text)) and YEAR not in self.boxes:
            self.boxes[YEAR] = one
            return _around(found[1], YEAR, found[2])
        if (found := _UNIT.fullmatch(text)) and MONEY_UNIT not in self.boxes:
            self.boxes[MONEY_UNIT] = one
            self.shown[MONEY_UNIT] = found[2]
            return _around(found[1], MONEY_UNIT, found[3])
        if (found := _COLON.fullmatch(text)) and asks(text) and self.right_is_no_hole(one):
            return Caption(found[1]), self.hole(one, found[2])
        if found := _SPAN.fullmatch(text):
            inside = found[2]
            return Caption(found[1]), Optional((Caption(inside[0]), self.hole(one, inside[1:-1], unsure=True), Caption(inside[-1])))
        return (Caption(text),)

    def right_is_no_hole(self, one: Box) -> bool:
        if one.last_column == self.found.columns:
            return True
        right = self.found.at(one.row, one.last_column + 1)
        return bool(right.text) and not (self.filled and not self.caption(right))

    def waiting(self, one: Box) -> tuple[Part, ...]:
        """A hole where a caption asks for a value: at its left in the same row, or right above it."""
        if one.open is not None:
            return (self.hole(one),) if one.open else ()
        if self.title(one):
            return ()
        left = self.left(one)
        while left and not left.text and left.row == one.row:
            left = self.left(left)
        if left and left.row == one.row and left.text and not asks(left.text):
            return ()
        if left and left.row == one.row and left.last_row <= one.last_row and left.text:
            between = self.left(one)
            return (self.hole(one, unsure=bool(between and between.text in CONSTANTS)),)
        above = self.found.at(one.row - 1, one.column) if one.row > 1 else None
        if above and above.text and above.columns == one.columns and self.heads(above):
            return (self.hole(one),)
        return ()

    def heads(self, one: Box) -> bool:
        """True for a caption that no value stands beside."""
        right = self.found.at(one.row, one.last_column + 1) if one.last_column < self.found.columns else None
        return right is None or bool(right.text)


def _around(before: str, name: str, after: str) -> tuple[Part, ...]:
    """A hole between two captions, empty ones left out."""
    return tuple(part for part in (Caption(before), Hole(name), Caption(after)) if isinstance(part, Hole) or part.text)


def asks(text: str) -> bool:
    """False for what asks for no value beside it: a note below the form, a line with several blanks to be signed."""
    return len(text) <= SHORT and not text.startswith("注") and not text.endswith(("。", "；", "……")) and len(re.findall("[：:]", text)) < 2


def _is_value(text: str) -> bool:
    return parse_number(text) is not None or parse_date(text) is not None or text[0] in OPERATOR_START or text.endswith("%")
