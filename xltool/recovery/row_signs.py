"""Signs that a row was read wrong though it looks whole: what stands in it that no cell of the form would hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xltool.recovery.atoms import LINE, PAGE, SPACE, WIDE
from xltool.recovery.joins import torn
from xltool.recovery.stretch import HEAD, NAME_ENDS, Stretch

_EQUALS = re.compile(f"[{''.join(sorted(NAME_ENDS))}][=＝]\\d")
"""A name's end with a value behind it."""
BROAD = 20
"""A line of a name is full with so many letters where the width of its column is not known."""

COUNTED = "行首的数可能属于上一行的原因，也可能是名称的开头"
NAMED = "这里的文字与别的名称开头相同，可能是下一行名称的开头"
ROOM = "名称之内有没有写满的一行，前面的文字可能是上一行的原因"
SIGNS = frozenset("=<>≤≥")
BEHIND = "表的最后一行有文字在换页之后，可能是表后的文字"
DIGITS = "名称末尾的数可能是换行的值的后半"
STOPS = "。,;"
SPARE = 2
"""So much is left of a line that had room for more."""
SHORT = 4
"""What is no wider may be the end of a word."""


@dataclass(slots=True)
class Row:
    """One row: the numbers of the atoms of each of its fields, and the margin of the reading."""

    first: int
    fields: dict[str, list[int]]
    margin: dict[str, float]


@dataclass(frozen=True, slots=True)
class Sign:
    """A row (from 0; -1: the whole list) that is not to be trusted, or one ``field`` of it; the number of the atom that
    says so, and why."""

    row: int
    number: int
    why: str
    field: str = ""


def signs(stretch: Stretch, numbers: Sequence[int], rows: Sequence[Row]) -> Iterator[Sign]:
    """What speaks against the rows of a list; ``numbers`` are its atoms as the rows call them."""
    at_of = {number: at for at, number in enumerate(numbers)}
    for row, one in enumerate(rows):
        places = [at_of[number] for number in one.fields.get(stretch.columns.name, [])]
        for at in places:
            if at != places[0] and _swallowed(stretch, at):
                yield Sign(-1, numbers[at], f"名称之内有“{stretch.atoms[at].text}”，可能是另一行的值")
            if at != places[0] and _parted(stretch, at):
                yield Sign(-1, numbers[at], f"名称之内“{stretch.atoms[at].text}”之前有空格，可能是另一格")
            if _EQUALS.search(stretch.atoms[at].key):
                yield Sign(-1, numbers[at], f"名称之内有“{stretch.atoms[at].text}”，可能是连在一起的两格")
            if _stray_unit(stretch, at, places):
                yield Sign(row, numbers[at], f"“{stretch.atoms[at].text}”可能是被换页断开的单位")
        sure = plain(stretch, one, at_of)
        if row and places and _torn(stretch, places, at_of, rows[row - 1], sure):
            for beside in range(row - 1, min(row + 2 - sure, len(rows))):
                yield Sign(beside, numbers[places[0]], "这里的文字可能是上一行名称的后半", stretch.columns.name if sure else "")
        for at in [at_of[number] for number in one.fields.get(stretch.columns.reason, [])][1:]:
            if _counted(stretch, at):
                yield Sign(row, numbers[at], COUNTED, stretch.columns.reason)
                yield Sign(min(row + 1, len(rows) - 1), numbers[at], COUNTED, stretch.columns.name)
        if row and stretch.columns.reason and (end := next((at for at in places[1:] if _roomy(stretch, at)), None)) is not None:
            yield Sign(row, numbers[end], ROOM, stretch.columns.name)
            for name in (stretch.columns.name, stretch.columns.reason):
                yield Sign(row - 1, numbers[end], ROOM, name)
        if row and places and _counted(stretch, places[0]) and stretch.columns.reason in rows[row - 1].fields:
            yield Sign(row - 1, numbers[places[0]], COUNTED, stretch.columns.reason)
            yield Sign(row, numbers[places[0]], COUNTED, stretch.columns.name)
        if row + 1 < len(rows) and _named(stretch, [at_of[number] for number in one.fields.get(stretch.columns.reason, [])]):
            yield Sign(row, one.fields[stretch.columns.reason][0], NAMED, stretch.columns.reason)
            yield Sign(row + 1, rows[row + 1].first, NAMED, stretch.columns.name)
        for name in (stretch.columns.name, stretch.columns.reason):
            cell = [at_of[number] for number in one.fields.get(name, [])]
            if name == stretch.columns.reason and (stray := next((at for at in cell[1:] if _sign(stretch, at)), None)) is not None:
                for beside in range(row, min(row + 2, len(rows))):
                    yield Sign(beside, numbers[stray], f"原因之内有“{stretch.atoms[stray].text}”，可能是下一行的值")
            if name == stretch.columns.reason and any(_beside(stretch, at) for at in cell[1:]):
                yield Sign(row, numbers[cell[0]], "一行之内有两段文字，可能是两格")
            if cell and _unbalanced("".join(stretch.atoms[at].key for at in sorted(cell))):
                for beside in range(max(0, row - 1), min(row + 2, len(rows))):
                    yield Sign(beside, numbers[cell[0]], "文字在括号之内断了，未必完整")
        if places and _digits_at_end(stretch, places):
            yield Sign(row, numbers[places[-1]], DIGITS)
        if row == len(rows) - 1 and any(stretch.gaps[at] == PAGE for at in places[1:]):
            yield Sign(row, numbers[places[-1]], BEHIND)
        if 0 < row == len(rows) - 1 and places and stretch.gaps[places[0]] == PAGE and not sure:
            yield Sign(row, numbers[places[0]], BEHIND)


def _swallowed(stretch: Stretch, at: int) -> bool:
    """True for a known value, or one with its sign, that stands inside a name, apart from the word before it."""
    return at not in stretch.thin and (_sign(stretch, at) or ((stretch.shapes[at].word or stretch.atoms[at].key[0] in SIGNS) and stretch.gaps[at] < LINE))


def _sign(stretch: Stretch, at: int) -> bool:
    """True for a sign with its number, whatever unit stands behind it."""
    return stretch.shapes[at].signed and stretch.atoms[at].key[0] in SIGNS


def _digits_at_end(stretch: Stretch, places: Sequence[int]) -> bool:
    """True for a name that ends with a number on a line of its own: it may be the rest of a wrapped value."""
    return len(places) > 1 and stretch.shapes[places[-1]].number and stretch.gaps[places[-1]] >= LINE and places[-1] not in stretch.thin


def _stray_unit(stretch: Stretch, at: int, places: Sequence[int]) -> bool:
    """True for a bracketed word that ends a name behind another such word, pages on from its head."""
    if at != places[-1] or not stretch.shapes[at].glued or stretch.gaps[at] not in (SPACE, LINE):
        return False
    paged = any(stretch.gaps[other] == PAGE for other in places[1:])
    return paged and stretch.atoms[at - 1].key.endswith(")")


def _counted(stretch: Stretch, at: int) -> bool:
    """True for a number that begins a line and belongs to the word behind it: 12345 热线, 1 台."""
    return stretch.gaps[at] >= LINE and stretch.shapes[at].number and at + 1 in stretch.thin


def _named(stretch: Stretch, cell: Sequence[int]) -> bool:
    """True for a reason of one line without a stop that begins as a name of the document does."""
    return len(cell) == 1 and stretch.atoms[cell[0]].key[:HEAD] in stretch.evidence.heads and not any(mark in stretch.atoms[cell[0]].key for mark in STOPS)


def _beside(stretch: Stretch, at: int) -> bool:
    """True where a blank parts two Chinese words of one line of which the first is hardly one."""
    return stretch.gaps[at] < LINE <= stretch.gaps[at - 1] and stretch.shapes[at - 1].width <= SHORT and stretch.atoms[at - 1].key[-1:] > "\u3400" and stretch.atoms[at].key[:1] > "\u3400"


def _parted(stretch: Stretch, at: int) -> bool:
    """True where a blank parts two Chinese words of one line, in a text whose blanks but part cells and letters of two kinds."""
    apart = bool(stretch.thin) and at not in stretch.thin and stretch.gaps[at] in (SPACE, WIDE)
    return apart and stretch.atoms[at - 1].key[-1:] > "\u3400" and stretch.atoms[at].key[:1] > "\u3400"


def _roomy(stretch: Stretch, at: int) -> bool:
    """True where the line before an atom had room for the letters that it begins with, in a list whose lines are else full."""
    full, before = stretch.evidence.name_width, stretch.shapes[at - 1]
    if full is None or not stretch.evidence.level or stretch.gaps[at] != LINE:
        return False
    return full - before.line_width - max(2, stretch.shapes[at].lead) >= SPARE and not before.open and stretch.atoms[at].key[:1] > "\u3400"


def _unbalanced(text: str) -> bool:
    """True where a bracket closes that none has opened, or is left open."""
    depth = 0
    for mark in text:
        depth += (mark == "(") - (mark == ")")
        if depth < 0:
            return True
    return depth > 0


def plain(stretch: Stretch, row: Row, at_of: dict[int, int]) -> bool:
    """True for a row of which the first value is plainly one."""
    first = [at_of[number] for number in row.fields.get(stretch.columns.values[0][0] if stretch.columns.values else "", [])]
    if not first:
        return False
    shape = stretch.shapes[first[0]]
    return shape.word or shape.signed or (shape.quantity and len(first) == 1)


def _torn(stretch: Stretch, places: Sequence[int], at_of: dict[int, int], before: Row, plain: bool) -> bool:
    """True for a name behind a row whose name fills its line and has its value beside it: one that begins a page, begins
    with hardly a word, or has a bracket closed in its midst."""
    above = [at_of[number] for number in before.fields.get(stretch.columns.name, [])]
    if not above or stretch.crossed[places[0]] or torn(stretch, places[0]):
        return False
    last = stretch.shapes[above[-1]].line_width
    width = stretch.evidence.name_width or max(last, BROAD)
    inside = [at for at in places[:-1] if stretch.gaps[at + 1] >= LINE]
    short = stretch.shapes[inside[0] if inside else places[-1]].line_width <= 2 * SHORT < last // 2 + 1 and (not plain or bool(inside))
    if (last * 5 < width * 4 and not (short and last >= BROAD)) or any(stretch.gaps[at] == PAGE for at in above[1:]):
        return False
    beside = above[-1] + 1 < len(stretch.gaps) and stretch.gaps[above[-1] + 1] < LINE
    if not beside or stretch.gaps[places[0]] < LINE:
        return False
    bracketed = any(stretch.atoms[at].key.endswith(")") for at in inside)
    paged = stretch.gaps[places[0]] == PAGE
    return (paged and (bool(inside) or not plain)) or bracketed or short
