"""Tables of plain text between lines of dashes, as pandoc writes them: a run of dashes over each column.

Each column reaches as far as its dashes, wide characters taking two places. Rows are parted by blank lines where
there are any between rows, else each line is a row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from xltool.letter_widths import letter_width

_RULE = re.compile(r" *-{2,}(?: +-{2,})+ *")
_WHOLE = re.compile(r" *-{6,} *")
HEAD = 12
"""Lines of a table's head at the most."""
STRAY = 0.1
"""The share of lines that may have a letter between two columns: more, and the dashes are no columns."""


def length(lines: Sequence[str], at: int) -> int:
    """How many lines from here are one such table; 0 where none begins."""
    first = lines[at].rstrip()
    if not first.endswith("--") or not (_RULE.fullmatch(first) or _WHOLE.fullmatch(first)):
        return 0
    end = next((after for after in range(at + 2, len(lines)) if lines[after].rstrip() == first), 0)
    rule = _rule(lines[at : end + 1]) if end else ""
    return end - at + 1 if rule and _fits(lines[at + 1 : end], _edges(rule)) else 0


def rows(lines: Sequence[str]) -> Iterator[list[list[str]]]:
    """The rows of a table: the lines of each cell."""
    edges = _edges(_rule(lines))
    parted = any(not line.strip() for line in lines[1:-1])
    # The dashes below a head part it from the rows.
    inner = ["" if _RULE.fullmatch(line.rstrip()) else line for line in lines[1:-1]]
    row: list[list[str]] = []
    for line in [*inner, ""]:
        if line.strip():
            row = [[*cell, text] for cell, text in zip(row or [[] for _ in edges], _cut(line, edges), strict=True)]
        if row and (not parted or not line.strip()):
            yield row
            row = []


def _rule(lines: Sequence[str]) -> str:
    """The line with the dashes of each column: the first, or one below the head."""
    return next((line.rstrip() for line in lines[:HEAD] if _RULE.fullmatch(line.rstrip())), "")


def _edges(rule: str) -> list[tuple[int, int]]:
    """First and last place of each column."""
    return [(found.start(), found.end()) for found in re.finditer("-+", rule)]


def _fits(lines: Sequence[str], edges: Sequence[tuple[int, int]]) -> bool:
    """True where the lines leave the places between the columns blank."""
    filled = [line for line in lines if line.strip() and not _RULE.fullmatch(line.rstrip())]
    stray = sum(any(not any(first <= place < last for first, last in edges) for place, letter in _placed(line) if not letter.isspace()) for line in filled)
    return bool(filled) and stray <= STRAY * len(filled)


def _cut(line: str, edges: Sequence[tuple[int, int]]) -> list[str]:
    parts = [""] * len(edges)
    for place, letter in _placed(line):
        number = next((at for at, (_, last) in enumerate(edges) if place < last), len(edges) - 1)
        parts[number] += letter
    return [part.strip() for part in parts]


def _placed(line: str) -> Iterator[tuple[int, str]]:
    """The letters of a line with the place of each."""
    place = 0
    for letter in line:
        yield place, letter
        place += letter_width(letter)
