"""Characters as lines of text: what stands on one height, from the left, with the blanks that its gaps are."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from xltool.printed import Box, PrintedLine
from xltool.surfaces.pdf.marks import Character
from xltool.values import OPERATOR_START, join_wrapped

BLANK = 0.2
"""A gap between two Latin characters, in their height, that is a blank."""
APART = 1.6
"""A gap, in the height of the line, that parts two texts on one line of other text."""
COLUMN = 0.3
"""A gap, in the height of the line, that may lie between two columns."""
OVER, OVERS = 0.4, 2
"""By how much, in its width, a letter stands over the one before where two texts are printed over each other; and in
how many places they do at least."""
PADDING = 6.0
"""Points that a cell may keep free at either side."""
_OPENING, _CLOSING = frozenset("“‘（(《〈「『【〔[{"), frozenset("”’）)》〉」』】〕]}，。、；：？！,.;:?!%％…")


class Line(NamedTuple):
    """Characters on one height, from the left; ``over`` is true where two texts are printed over each other."""

    characters: list[Character]
    left: float
    top: float
    right: float
    bottom: float
    over: bool = False


def lines(characters: Iterable[Character]) -> list[Line]:
    """The lines of a bag of characters, from the top."""
    rows: list[list[Character]] = []
    middle = height = 0.0
    for one in sorted(characters, key=_height):
        _, _, top, _, bottom = one
        here, tall = (top + bottom) / 2, bottom - top
        if rows and here - middle < max(height, tall) / 2:
            rows[-1].append(one)
            # A raised or lowered letter is smaller than the line that it belongs to.
            if tall > height:
                middle, height = here, tall
            continue
        rows.append([one])
        middle, height = here, tall
    return [line for row in rows if (line := _line(sorted(row, key=_left)))]


def _height(one: Character) -> float:
    return one.top + one.bottom


def _left(one: Character) -> float:
    return one.left


def _line(row: list[Character]) -> Line | None:
    kept: list[Character] = []
    over = 0
    for one in row:
        # Bold print may set a character twice, a hair apart.
        if kept and one.left < kept[-1].right - OVER * (one.right - one.left):
            if one.text == kept[-1].text and one.left - kept[-1].left < 0.15 * (one.right - one.left):
                continue
            over += one.text.isalnum() and kept[-1].text.isalnum()
        kept.append(one)
    while kept and kept[-1].text.isspace():
        kept.pop()
    while kept and kept[0].text.isspace():
        kept.pop(0)
    if not kept:
        return None
    return Line(kept, kept[0].left, min(one.top for one in kept), max(one.right for one in kept), max(one.bottom for one in kept), over >= OVERS)


def text(line: Sequence[Character]) -> str:
    """The characters of a line as text, a blank where Latin words stand farther apart than its letters are spaced."""
    found = ""
    end = 0.0
    for one in line:
        if found and not found[-1].isspace() and one.left - end > BLANK * (one.bottom - one.top) and found[-1].isascii() and one.text.isascii():
            found += " " * (one.left - end - spacing(line) > BLANK * (one.bottom - one.top))
        found += one.text
        end = one.right
    return found


def spacing(line: Sequence[Character]) -> float:
    """How far apart all letters of a line are set at least; 0 for a line of two letters, which may be two words."""
    gaps = [then.left - one.right for one, then in zip(line, line[1:], strict=False) if not (one.text.isspace() or then.text.isspace())]
    return max(min(gaps), 0.0) if len(gaps) > 1 else 0.0


class CellText(NamedTuple):
    """The text of a cell. ``room`` is what its last line leaves free, ``first`` the width of what its first line
    begins with and no line break parts: both in points, for what may go on from page to page."""

    text: str = ""
    room: float = 0.0
    first: float = 0.0


def cell_text(found: Sequence[Line], width: float) -> CellText:
    """The text of a cell of this width.

    A line that had no room for what comes next was wrapped and goes on; one that had ends a paragraph.
    """
    if not found:
        return CellText()
    room = max([width - 2 * PADDING, *(line.right - line.left for line in found)])
    said = text(found[0].characters)
    for line, then in zip(found, found[1:], strict=False):
        after = text(then.characters)
        said = join_wrapped(said, after) if line.right - line.left + _first_piece(then) > room else f"{said}\n{after}"
    return CellText(said, room - (found[-1].right - found[-1].left), _first_piece(found[0]))


def _first_piece(line: Line) -> float:
    """The width of what is not parted at the beginning of a line: a character, or a Latin word or number with its
    sign; with the brackets and quotation marks that open before it, the marks that no line begins with, and a number
    directly behind those."""
    characters = line.characters
    last = len(characters) - 1
    at = 0
    while at <= last and characters[at].text in _OPENING:
        at += 1
    if at > last:
        # What opens ends no line, unless what follows it is wider than a line.
        return math.inf
    letter = characters[at].text
    while at < last:
        then = characters[at + 1].text
        if then not in _CLOSING and not (_runs_on(then) and (_runs_on(letter) or letter in _CLOSING)):
            break
        at, letter = at + 1, then
    return characters[at].right - line.left


def _runs_on(letter: str) -> bool:
    return (letter.isascii() and not letter.isspace()) or letter in OPERATOR_START


def segments(line: Line) -> list[PrintedLine]:
    """The texts of a line of other text, parted where it has wide gaps."""
    high, set_apart = line.bottom - line.top, spacing(line.characters)
    return [_segment(run, COLUMN * high + set_apart) for run in _runs(line.characters, APART * high + set_apart)]


def _runs(characters: Sequence[Character], apart: float) -> list[list[Character]]:
    """Characters parted at gaps wider than this; no run begins with a blank."""
    found: list[list[Character]] = []
    for one in characters:
        if not found or one.left - _end(found[-1]) > apart:
            if not one.text.isspace():
                found.append([one])
        else:
            found[-1].append(one)
    return found


def _end(run: Sequence[Character]) -> float:
    return run[-1].right


def _segment(run: Sequence[Character], apart: float) -> PrintedLine:
    box = Box(run[0].left, min(one.top for one in run), max(one.right for one in run), max(one.bottom for one in run))
    parts = _runs(run, apart)
    return PrintedLine(box, text(run).strip(), tuple((part[0].left, text(part).strip()) for part in parts) if len(parts) > 1 else ())
