"""Tables of plain text drawn with rules, in + - | or in the characters for boxes (┼ ─ │): the cells that the rules leave.

Wide letters take two places, and on some screens ≥, “ and the rules themselves do: by the right measure most
bars stand below a corner. A line with a bar for every column tells its cells by their order alone. Cells that no
rule parts are one, beside each other and below each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from xltool.letter_widths import WIDE, WIDER, letter_width

CORNERS = "+┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝╭╮╰╯┠┨┯┷╒╤╕╞╪╡╘╧╛"
BARS = "|│┃║"
DASHES = "-=:─━═┄"
_RULE = re.compile(rf"\s*[{re.escape(CORNERS)}](?:[{DASHES}]++[{re.escape(CORNERS)}]?+)++\s*")
_DRAWN = re.compile(rf"^[ \t]*[{re.escape(CORNERS)}](?:[{DASHES}]{{2,}}[{re.escape(CORNERS)}])+[ \t]*\r?\n[ \t]*[{BARS}]", re.M)
_SEGMENT = re.compile(rf"[{DASHES}]{{2,}}|[─━═]+")
_MARKS = frozenset(BARS + CORNERS)
FEW = 4
"""Rules at the most where only the frame and the head of a table have one: then each line is a row."""


@dataclass(slots=True)
class Cell:
    """A cell: the lines of its text, and how many rows and columns it takes."""

    lines: list[str] = field(default_factory=list)
    rows: int = 1
    columns: int = 1


def stands_in(text: str) -> bool:
    """True where such a table stands in a text."""
    return bool(_DRAWN.search(text))


def length(lines: Sequence[str], at: int) -> int:
    """How many lines from here are one such table; 0 where none begins."""
    if not _RULE.fullmatch(lines[at]) or at + 1 == len(lines) or lines[at + 1].lstrip()[:1] not in BARS:
        return 0
    end = at
    while end < len(lines) and lines[end].lstrip()[:1] in _MARKS and lines[end].strip():
        end += 1
    return end - at


def rows(lines: Sequence[str]) -> list[list[Cell]]:
    """The rows of a table, each with the cells that begin in it."""
    texts = [line.strip() for line in lines]
    wide = min((WIDE, WIDER), key=lambda one: _astray(texts, one))
    edges = _edges(texts, wide)
    cut = [_cut(text, edges, wide) for text in texts]
    rules = [bool(_RULE.fullmatch(text)) for text in texts]
    if sum(rules) <= FEW and len(texts) > 3 * FEW:
        return [[Cell([part.strip()]) for part, _ in one] for one, rule in zip(cut, rules, strict=True) if not rule]
    return _cells(cut, rules)


def _places(text: str, wide: str) -> Iterator[tuple[int, str]]:
    place = 0
    for letter in text:
        yield place, letter
        place += letter_width(letter, wide)


def _edges(texts: Sequence[str], wide: str) -> list[int]:
    """Where the columns begin and the last one ends: below the corners of every rule."""
    return sorted({place for text in texts if _RULE.fullmatch(text) for place, letter in _places(text, wide) if letter in CORNERS})


def _astray(texts: Sequence[str], wide: str) -> int:
    """How many bars stand below no corner."""
    edges = set(_edges(texts, wide))
    return sum(letter in BARS and place not in edges for text in texts for place, letter in _places(text, wide))


def _cut(text: str, edges: Sequence[int], wide: str) -> list[tuple[str, bool]]:
    """What each column holds of a line, blanks and all, and whether a bar or corner begins it; a part that none begins belongs
    to the one before it."""
    in_order = sum(letter in BARS for letter in text) == len(edges) and not _RULE.fullmatch(text)
    parts, begun = [""] * (len(edges) - 1), [False] * (len(edges) - 1)
    # A bar may stand a place beside its corner, where a letter is wider than the program thought.
    places = {edge + by: number for by in (1, -1, 0) for number, edge in enumerate(edges)}
    into, seen = 0, 0
    for place, letter in _places(text, wide):
        if letter in BARS if in_order else letter in _MARKS and place in places:
            into = seen if in_order else places[place]
            seen += 1
            if into < len(parts):
                begun[into] = True
        elif into < len(parts):
            parts[into] += letter
    return list(zip(parts, begun, strict=True))


def _cells(cut: Sequence[Sequence[tuple[str, bool]]], rules: Sequence[bool]) -> list[list[Cell]]:
    """The cells of lines, row by row: a row ends where some column is ruled, from corner to corner; dashes between blanks are text."""
    found: list[list[Cell]] = []
    going_on: dict[int, Cell] = {}
    ended = True
    for line, rule in zip(cut, rules, strict=True):
        ruled = {at for at, (part, _) in enumerate(line) if rule or _SEGMENT.fullmatch(part)}
        going_on = {at: cell for at, cell in going_on.items() if at not in ruled}
        if ended and not ruled:
            found.append([])
            for cell in going_on.values():
                cell.rows += 1
        ended = bool(ruled)
        for at, end in _spans(line) if not rule else ():
            if at not in going_on and not ruled:
                going_on[at] = Cell([], 1, end - at)
                found[-1].append(going_on[at])
            if at in going_on:
                going_on[at].lines.append(line[at][0].strip())
    return found


def _spans(line: Sequence[tuple[str, bool]]) -> list[tuple[int, int]]:
    """First column and the one behind the last of each part of a line that a bar begins."""
    begins = [at for at, (_, begun) in enumerate(line) if begun or at == 0]
    return list(zip(begins, [*begins[1:], len(line)], strict=True))
