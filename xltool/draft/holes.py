"""Which rectangles of a blank are captions, which wait for a value, and which are empty because the form has nothing there."""

from __future__ import annotations

import re
from dataclasses import dataclass

from xltool.draft.repeats import Rows
from xltool.draft.sheet import Box, Boxes
from xltool.layout import Caption, Cell, Constant, Hole, Layout, Optional, Part
from xltool.picture import CONSTANTS
from xltool.unit_cells import PRINTED
from xltool.values import OPERATOR_START, caption_key, parse_date, parse_number
from xltool.values import YEAR as A_YEAR

YEAR, MONEY_UNIT = "年度", "金额单位"
_YEAR = re.compile(r"(.*?[（(]|)\s*(?:\d{4}|[\s_＿×xX]{0,8}|20[\s_＿×xX]{0,4})(年度.*|(?<=[（(]\d{4})年[）)].*)", re.S)
_IN_TITLE = re.compile(rf"(.*?)\s*(?:{A_YEAR}|20[\s_＿×xX]{{2,4}})\s*(年(?!\s*\d{{1,2}}\s*月).*表.*)", re.S)
"""A year inside a title: 2024年……表, 某市二〇二四年度……表; no day on which something was filled in."""
_UNIT = re.compile(r"(.*[（(：:]\s*)(元|万元)([）)]?.*)", re.S)
_COLON = re.compile(r"(.{2,14}[：:])\s*([!-~]*)")
_TOLD = re.compile(r"([^：:]{2,14}[：:])\s*([^：:]{1,24})")
"""A caption and its value in one cell of a filled sample."""
_SPAN = re.compile(r"(.{2,14}?)([（(][^（）()]*(?:\d{4}|[×xX_＿]{2})[^（）()]*年[^（）()]*[）)])")
_NUMBERED = re.compile(r"(?:\D{1,4}\d{1,2}\s*[:：]\s*){2,}[.…]*")
"""What stands in the place of a text in several points: 目标1：目标2：……"""
_NOTES = re.compile(r"(?:填[表报写制]|编制|有关)说明\d?[:：]?|(?:备?注|说明|填[表报写]说明)\d?\s*[:：].*", re.S)
"""What begins the notes below a form."""
_ATTACHED = re.compile(r"附\s*[件表录]?\s*[\d一二三四五六七八九十]*\s*[-—－\d]*\s*[:：]?")
"""附件2, above a form's title."""
_DAY = re.compile(r"\s*(?:20[_＿×xX ]*)?[\s_＿×xX]*年[\s_＿×xX]*月(?:[\s_＿×xX]*日)?\s*")
"""A day that is left open: 年 月 日."""
TICKS = re.compile(r"(?:.*?[□☐○◯].*?){2,}", re.S)
"""Words to be ticked: □自办 □外包."""
_AMOUNT = re.compile(r"-?[\d,，]+[.．]\d+[%％]?|-?\d+[%％]")
"""An amount with its decimals, or a rate; whole numbers count rows."""
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


def cells(rows: Rows, known: frozenset[str], asking: frozenset[str] = frozenset()) -> Cells:
    """The cells of a form; ``known`` are the captions of known forms, which are never values, ``asking`` those beside which
    their value stands."""
    heads = frozenset((one.row, one.column) for block in rows.blocks for one in block.heads)
    maker = _Maker(rows.boxes, {block.row: block.column for block in rows.blocks}, heads, known, asking)
    made = tuple(maker.cell(one) for one in rows.boxes.boxes)
    return Cells(Layout(rows.boxes.rows, rows.boxes.columns, made), maker.boxes, maker.shown, frozenset(maker.unsure), frozenset(maker.inside))


class _Maker:
    """Makes cells of rectangles, in reading order."""

    def __init__(self, found: Boxes, listed: dict[int, int], heads: frozenset[tuple[int, int]], known: frozenset[str], asking: frozenset[str]) -> None:
        self.found = found
        self.listed = listed
        self.listing = heads
        self.known = known
        self.asking = asking
        self.boxes: dict[str, Box] = {}
        self.shown: dict[str, str] = {}
        self.unsure: set[str] = set()
        self.inside: set[str] = set()
        self.apart = self.aside()
        """The rows above and below the form: 附件2, notes."""
        outside = [one for one in found.boxes if one.row not in listed and one.row not in self.apart and not self.title(one)]
        empty = sum(not one.text for one in outside)
        self.filled = empty * 5 < len(outside)
        """True for a filled sample: hardly anything waits."""

    def title(self, one: Box) -> bool:
        """True for a rectangle over the whole width: a title, or a line above or below the frame."""
        return one.columns == (1, self.found.columns)

    def aside(self) -> frozenset[int]:
        lone = {row: texts[0] for row in range(1, self.found.rows + 1) if len(texts := [one for one in self.found.starting(row) if one.text]) == 1}
        above = next((row for row in range(1, self.found.rows + 1) if row not in lone or not _ATTACHED.fullmatch(lone[row].text)), 1)
        empty = {row for row in range(1, self.found.rows + 1) if not any(one.text for one in self.found.starting(row))}
        below = self.found.rows + 1
        for row in range(self.found.rows, above, -1):
            if row not in lone and row not in empty:
                break
            if row in lone and lone[row].column == 1 and _NOTES.fullmatch(lone[row].text) and self.outside(lone[row]):
                below = row
        return frozenset((*range(1, above), *range(below, self.found.rows + 1)))

    def outside(self, one: Box) -> bool:
        """True for a line over the whole width, one without the form's lines, and one beside which several squares stand empty."""
        beside = [other for other in self.found.starting(one.row) if other is not one]
        return not beside or not one.framed or (len(beside) > 1 and all(other.column == other.last_column for other in beside))

    def cell(self, one: Box) -> Cell:
        return Cell(one.row, one.column, one.last_row, one.last_column, self.parts(one))

    def parts(self, one: Box) -> tuple[Part, ...]:
        if one.row in self.listed and one.column >= self.listed[one.row]:
            made = self.hole(one, one.text)
            self.inside.add(made.field)
            return (made,)
        if one.text in CONSTANTS or one.text in ("-", "－"):
            return (Constant("—" if one.text != "/" else "/"),)
        if (one.row, one.column) in self.listing and not one.text:
            # A column for each town has the town's name above it.
            return (self.hole(one, unsure=True),)
        if one.text and one.row not in self.apart and self.asked(one):
            if one.text in PRINTED:
                return self.hole(one), Caption(one.text)
            if _DAY.fullmatch(one.text):
                return (self.hole(one),)
            if TICKS.fullmatch(one.text):
                return (self.hole(one, one.text, unsure=True),)
        if not self.filled and self.told(one):
            return (self.hole(one, one.text, unsure=True),)
        if one.open is None and _NUMBERED.fullmatch(one.text):
            return (self.hole(one, unsure=True),)
        if one.text and (not self.filled or self.caption(one)):
            return self.printed(one)
        if one.text:
            return (self.hole(one, one.text, unsure=caption_key(one.text) not in self.known and not _is_value(one.text)),)
        return self.waiting(one)

    def asked(self, one: Box) -> bool:
        """True beside a caption in the same row that asks for a value."""
        left = self.left(one)
        return bool(left and left.row == one.row and left.text and left.text not in PRINTED and asks(left.text) and not _is_value(left.text))

    def told(self, one: Box) -> bool:
        """True for what stands filled in already on a form that waits for the rest: an amount or a rate, a text beside a known
        caption that asks for one. Platforms export such."""
        if not one.text or one.open is False or one.row in self.apart or self.title(one) or caption_key(one.text) in self.known:
            return False
        if _AMOUNT.fullmatch(one.text):
            return True
        left = self.left(one)
        if not left or (left.row, left.last_row) != (one.row, one.last_row) or caption_key(left.text) not in self.asking:
            return False
        # A value that waits below its caption does not stand beside it too.
        return left.last_row == self.found.rows or bool(self.found.at(left.last_row + 1, left.column).text)

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
        if self.values(one.row) or any(row == one.row for row, _ in self.listing):
            return True
        above = one.row > 1 and self.found.at(one.row - 1, one.column)
        if above and above.last_row == one.row - 1 and above.columns == one.columns and self.values(above.row):
            return False
        row = self.row(one.row)
        return one not in row or row.index(one) % 2 == 0

    def row(self, row: int) -> list[Box]:
        """The rectangles that begin in a row, without what goes down beside several at its left."""
        found = self.found.starting(row)
        while len(found) > 1 and found[0].last_row > found[1].last_row:
            del found[0]
        return found

    def values(self, row: int) -> bool:
        """True for a row of captions side by side that head columns: right below each stands a value, a caption below none."""
        heads = self.row(row)
        below = [one for one in self.row(heads[0].last_row + 1) if one.text] if heads else []
        if len(heads) < 2 or any(not one.text or _is_value(one.text) or len(one.text) > SHORT for one in heads) or not {one.columns for one in below} & {one.columns for one in heads}:
            return False
        if any(caption_key(one.text) in self.known for one in below):
            return False
        under = [one for one in below if one.columns in {head.columns for head in heads}]
        # The first may head the captions of the rows.
        told = [_is_value(one.text) or len(one.text) > SHORT or "，" in one.text or one.text.endswith("。") for one in under]
        return len(told) > 1 and all(told[1:]) and (told[0] or len(told) > 2)

    def left(self, one: Box) -> Box | None:
        return self.found.at(one.row, one.column - 1) if one.column > 1 else None

    def printed(self, one: Box) -> tuple[Part, ...]:
        """The parts of a caption: a year, the unit of money, a value behind a colon, a period in brackets."""
        text = one.text
        if self.title(one) and (found := _YEAR.fullmatch(text) or (None if self.dated_below(one) else _IN_TITLE.fullmatch(text))) and YEAR not in self.boxes:
            self.boxes[YEAR] = one
            return _around(found[1], YEAR, found[2])
        if (found := _UNIT.fullmatch(text)) and MONEY_UNIT not in self.boxes:
            self.boxes[MONEY_UNIT] = one
            self.shown[MONEY_UNIT] = found[2]
            return _around(found[1], MONEY_UNIT, found[3])
        if self.filled and not self.title(one) and caption_key(text) not in self.known and (found := _TOLD.fullmatch(text)) and asks(text):
            return Caption(found[1]), self.hole(one, found[2])
        if (found := _COLON.fullmatch(text)) and asks(text) and self.right_is_no_hole(one):
            return Caption(found[1]), self.hole(one, found[2])
        if found := _SPAN.fullmatch(text):
            inside = found[2]
            return Caption(found[1]), Optional((Caption(inside[0]), self.hole(one, inside[1:-1], unsure=True), Caption(inside[-1])))
        return (Caption(text),)

    def dated_below(self, one: Box) -> bool:
        """True for a title below which another year stands: its own is of a project's name."""
        below = next((other.text for other in self.found.starting(one.last_row + 1) if self.title(other)), "")
        own, other = re.search(A_YEAR, one.text), re.search(A_YEAR, below)
        return bool(own and other and _YEAR.fullmatch(below) and own[0] != other[0])

    def right_is_no_hole(self, one: Box) -> bool:
        if one.last_column == self.found.columns:
            return True
        right = self.found.at(one.row, one.last_column + 1)
        return bool(right.text) and not (not self.caption(right) if self.filled else self.told(right))

    def waiting(self, one: Box) -> tuple[Part, ...]:
        """A hole where a caption asks for a value: at its left in the same row, or right above it."""
        if one.open is not None:
            return (self.hole(one),) if one.open else ()
        if self.title(one) or one.row in self.apart or not (one.framed or self.signed(one)):
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

    def signed(self, one: Box) -> bool:
        """True for what a line of signatures below the form leaves open: 填表人：, and nothing behind it."""
        left = self.left(one)
        return bool(left and left.row == one.row and left.text.endswith(("：", ":")))

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
