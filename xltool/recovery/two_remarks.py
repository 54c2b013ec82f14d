"""Two short texts side by side in a row of a form, 情况说明 and 存在问题: where the one ends and the other begins."""

from __future__ import annotations

from collections.abc import Sequence

from xltool.form import Field
from xltool.recovery.paragraphs import CellLine
from xltool.recovery.two_texts import STOPS

WORD = 4
"""A text of no more letters (无, 不存在) is whole without a stop."""
UNENDED, LEFT_EMPTY, RIGHT_EMPTY = 2.0, 3.0, 0.5
"""What it costs that a text ends without a stop, and that a side is empty: the left one says how it is, the right one what
is wrong with it."""


def are_remarks(holes: Sequence[Field], lines: Sequence[CellLine]) -> bool:
    """True for two holes of text of which one at least holds a sentence."""
    return len(holes) == 2 and all(one.type == "text" for one in holes) and any(line.text[-1] in STOPS for line in lines)


def end_of_left(lines: Sequence[CellLine]) -> int:
    """How many lines the left text has."""
    return min(range(len(lines), -1, -1), key=lambda at: _cost(lines[:at], LEFT_EMPTY) + _cost(lines[at:], RIGHT_EMPTY))


def _cost(lines: Sequence[CellLine], empty: float) -> float:
    if not lines:
        return empty
    whole = lines[-1].text[-1] in STOPS or sum(len(line.text) for line in lines) <= WORD
    return UNENDED * (not whole)
