"""Row heights that fit wrapped Chinese in merged cells, which Excel never fits itself.

Text is measured in half-ems of 宋体: a Chinese character or full-width mark is two, a Latin
letter or digit one. Columns are as many pixels as Excel draws them (7 a character and 5 for the
edges, at 96 to the inch), heights are points.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from math import ceil, inf

LEAST = 1e-9
"""Points that are none."""
HIGHEST = 409.0
"""Excel's limit for one row, in points."""
LONGEST, PART = 2 * HIGHEST, 120.0
"""What is higher than a page is spread over rows so low that each page is filled: pages end between rows."""
DIGIT, EDGES = 7, 5
"""Pixels of a digit of Excel's body font, and of what it adds to a column for its edges."""
PADDING = 6
"""Pixels that Excel leaves free at the left and right of a cell's text, together."""
LEADING = 1.3
"""Points of a line for a point of the font's size."""
MARGIN = 5.0
"""Points that a cell leaves free above and below its text, together."""

_CLOSING = "、。，；：？！）》」』】〕”’…％·"
_WORD = re.compile(rf"[\u4e00-\u9fa5]+(?![{_CLOSING}])|[ \t]*[!-~]+|[ \t]+|[^\x00-\x7f][{_CLOSING}]*", re.S)
_HAN = re.compile("[\u4e00-\u9fa5]+")
_OPENING = frozenset("（《「『【〔“‘")
_LATIN = re.compile("[!-~]")
_ALIKE = {**dict.fromkeys(range(ord("!"), ord("~") + 1), "0"), **dict.fromkeys(range(0x4E00, 0x9FA6), "一")}
"""What takes the same room and parts in the same places: texts of one shape are wrapped once."""

Need = tuple[int, int, float]
"""First row and last row of a cell, from 1, and the height that its text needs."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a sheet: their heights, and where each row of the form's grid begins among them.

    A row of the grid that needs more than Excel's limit is spread over several. ``starts`` counts
    from 0 and has one more than the grid has rows: row ``r`` is ``starts[r - 1]`` to ``starts[r] - 1``.
    """

    heights: tuple[float, ...]
    starts: tuple[int, ...]


def pixels(width: float) -> int:
    """The pixels of a column of so many characters."""
    return int(width * DIGIT + 0.5) + EDGES


def room(width: int, size: float) -> int:
    """How many half-ems of a font fit into a line of a cell of so many pixels; at least two."""
    return max(2, int((width - PADDING) * 1.5 / size + 0.01))


def length(text: str) -> int:
    """The half-ems of a text. In GB18030 it has as many bytes; what is rare has more, which is on the safe side."""
    return len(text) if text.isascii() else len(text.encode("gb18030", "replace"))


_of_word = lru_cache(maxsize=4096)(length)
"""``length`` of a word: marks and figures come again and again."""


@lru_cache(maxsize=8192)
def lines(text: str, room: int) -> int:
    """The lines that a text takes, its own line breaks and those that wrapping adds."""
    if "\n" in text:
        return sum(lines(part, room) for part in text.split("\n"))
    if _HAN.fullmatch(text):
        # Characters that part anywhere fill every line.
        return -(-len(text) // (room // 2))
    return 1 if length(text) <= room else _wrapped(text.translate(_ALIKE), room)


@lru_cache(maxsize=8192)
def _wrapped(text: str, room: int) -> int:
    """The lines of one paragraph: Latin words stay whole, a closing mark stays with what it closes; a bracket that
    opens stays with the number before it, a number with the bracket that closes before it (not every program does so)."""
    count, used, carried = 1, 0, 0
    line = room // 2
    words = _WORD.findall(text)
    for word, then in zip(words, [*words[1:], ""], strict=True):
        if "\u4e00" <= word[0] <= "\u9fa5" and word[-1] not in _CLOSING:
            # Characters that may part anywhere: as many as still fit, then whole lines of them.
            if carried:
                count, used = _put(count, used, carried + 2, room)
                carried = 0
                word = word[1:]
            more = len(word) - (room - used) // 2
            count += max(0, -(-more // line))
            used = used + 2 * len(word) if more <= 0 else (more - 1) % line * 2 + 2
        elif word[-1] in _OPENING or (then[:1] in _OPENING and word.isascii() and not word.isspace()) or (word[-1] in _CLOSING and _LATIN.match(then)):
            carried += _of_word(word)
        else:
            count, used = _put(count, used, carried + _of_word(word), room)
            carried = 0
    return _put(count, used, carried, room)[0] if carried else count


def _put(count: int, used: int, need: int, room: int) -> tuple[int, int]:
    """The lines and what is used of the last one, after a word that does not part."""
    if used + need <= room:
        return count, used + need
    if need <= room:
        return count + 1, need
    return count + ceil((used + need) / room) - 1, (used + need) % room or room


def height(count: int, size: float) -> float:
    """The height of a cell of so many lines."""
    return count * size * LEADING + MARGIN


def fit(needs: Iterable[Need], least: Sequence[float], most: Sequence[float] = ()) -> list[float]:
    """The heights of rows, none below its least, in which every need has its place.

    What a cell over several rows needs beyond what its rows have is shared among them equally;
    the cells of fewest rows go first. A row takes no more of it than ``most``, unless no other can.
    """
    heights, room = [0.0, *least], [0.0, *(most or [inf] * len(least))]
    wide = []
    for need in needs:
        first, last, wanted = need
        if first != last:
            wide.append(need)
        elif wanted > heights[first]:
            heights[first] = wanted
    wide.sort(key=lambda need: need[1] - need[0])
    for first, last, wanted in wide:
        missing = wanted - sum(heights[first : last + 1])
        if missing > 0:
            _share(missing, range(first, last + 1), heights, room)
    return heights[1:]


def _share(missing: float, rows: Sequence[int], heights: list[float], room: Sequence[float]) -> None:
    """Makes rows higher by what is missing, all of them alike as long as each has room."""
    free = [row for row in rows if heights[row] < room[row]]
    while missing > LEAST and free:
        step = min(missing / len(free), *(room[row] - heights[row] for row in free))
        for row in free:
            heights[row] += step
        missing -= step * len(free)
        free = [row for row in free if room[row] - heights[row] > LEAST]
    for row in rows if missing > LEAST else ():
        heights[row] += missing / len(rows)


def spread(heights: Sequence[float]) -> Rows:
    """The rows of the sheet: one above Excel's limit is several of equal height."""
    if max(heights, default=0) <= HIGHEST:
        return Rows(tuple(heights), tuple(range(len(heights) + 1)))
    counts = [max(1, ceil(one / (PART if one > LONGEST else HIGHEST))) for one in heights]
    parts = tuple(one / count for one, count in zip(heights, counts, strict=True) for _ in range(count))
    return Rows(parts, tuple(accumulate(counts, initial=0)))
