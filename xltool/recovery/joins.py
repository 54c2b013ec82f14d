"""What it costs that a cell goes on over a gap, and that a row begins behind one."""

from __future__ import annotations

from xltool.recovery.atoms import BLANK, CELL, LINE, PAGE, SPACE, WIDE
from xltool.recovery.stretch import STARTS_BADLY, Stretch

ENDS_BADLY = frozenset("（《“〈【〔")
"""Marks that no line ends with: they go to the next with the letter behind them."""
TOGETHER = 4.0
"""What it costs that a row begins on the line behind another where all others stand behind a blank line."""
TORN = 3.0
"""What it costs that a row goes on behind a blank line where no other does."""
BEHIND, APART = 3.0, 2.0
"""What it costs in a level list that a cell begins on the last line of a wrapped one, and that of two cells of one line
each has its own."""


def row_gap(stretch: Stretch, at: int) -> float:
    """What it costs to begin a row at this atom."""
    gap = stretch.gaps[at]
    if gap >= LINE:
        return TOGETHER if stretch.evidence.apart and gap == LINE and not stretch.crossed[at] else 0.0
    if stretch.crossed[at]:
        return 0.2
    if at in stretch.thin:
        return stretch.thin[at]
    if gap == CELL:
        return 4.0
    return 0.6 if stretch.evidence.run_on else 2.5


def join(stretch: Stretch, at: int, line_width: int, full: int | None, blank: float, wide: float) -> float:
    """What it costs that the cell goes on over the gap before an atom."""
    gap = stretch.gaps[at]
    cost = (4.0 if stretch.crossed[at] else 0.0) + torn(stretch, at)
    if at in stretch.thin:
        return cost + 0.1
    if gap in (SPACE, WIDE):
        latin = stretch.shapes[at - 1].latin_end
        return cost + (0.2 if latin else blank if gap == SPACE else blank + 2)
    if gap == CELL:
        return cost + 7.0
    if stretch.atoms[at].cell >= 0:
        return cost + (1.5 if gap >= BLANK and stretch.atoms[at - 1].key[-1:] != "。" else 6.0)
    if gap == PAGE:
        cost += 0.5
    key = stretch.atoms[at].key
    if stretch.shapes[at - 1].open or key[:1] in STARTS_BADLY:
        return cost + 0.2
    if key[:1] == "(" and not stretch.shapes[at].open:
        return cost + 0.4
    if line_width <= 3:
        cost += 1.5
    return cost + _wrap(stretch, at, line_width, full, wide) * (0.3 if paired(stretch, at) else 1.0)


def torn(stretch: Stretch, at: int) -> float:
    """What it costs that a row goes on over a blank line before an atom where no other does."""
    return TORN if stretch.evidence.apart and stretch.gaps[at] == BLANK and not stretch.crossed[at] else 0.0


def _wrap(stretch: Stretch, at: int, line_width: int, full: int | None, wide: float) -> float:
    """What it costs that a line ends here and its cell goes on: nothing much where the next bit had no room."""
    if full is None:
        return 0.6 if stretch.evidence.ragged else 1.2
    atom = stretch.atoms[at]
    moved = 2 if (atom.key[1:2] in STARTS_BADLY and len(atom.key) > 1) or atom.text[:1] in ENDS_BADLY else 0
    short = full - line_width - max(0, stretch.shapes[at].lead - 2) - moved
    if line_width > full + 1:
        return wide if line_width <= full + 3 else 2.5
    return 0.2 if short <= 2 - stretch.evidence.level else 0.7 if short <= 2 else 1.6 if short <= 4 else 3.5


def paired(stretch: Stretch, at: int) -> bool:
    """True where the characters on both sides of a gap stand together elsewhere in the document."""
    return at < len(stretch.atoms) and stretch.atoms[at - 1].key[-1:] + stretch.atoms[at].key[:1] in stretch.evidence.pairs


def slanted(stretch: Stretch, first: int, at: int, last: int) -> float:
    """What it costs in a level list that the cell from ``at`` to ``last`` stands where it does behind that from ``first``."""
    if not stretch.evidence.level or at >= len(stretch.atoms) or at in stretch.thin or stretch.gaps[at] > LINE:
        return 0.0
    wrapped = stretch.atoms[first].line < stretch.atoms[at - 1].line
    if stretch.gaps[at] < LINE:
        return BEHIND if wrapped else 0.0
    return APART if not wrapped and stretch.atoms[at].line == stretch.atoms[last - 1].line and not stretch.crossed[at] else 0.0
