"""Text that a cell has no room for and that is printed on over the rule: its lines go back to the cell.

A program writes the lines of one cell one after another. Where a rule is drawn through one of them, all are of the
cell that most of them stand in, whatever else stands where they are printed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from xltool.printed import Box
from xltool.surfaces.pdf.marks import Character

THROUGH = 0.3
"""How near a rule may lie to the middle of a character, in its size, that it is not drawn through it."""
LEADING = 1.8
"""From line to line of one text, in their height, at the most."""
ALIKE = 0.15
"""By how much, in the height of a line, the lines of one text may lie unevenly."""
ALIGNED = 2.0
"""Points by which lines may begin, end or have their middle elsewhere and still be set alike."""
APART = 2.0
"""A gap, in the height of a line, that parts what a program writes in one go."""
HAIR = 0.1
"""Points beside a rule, in the cell that it closes."""
CellAt = Callable[[float, float], int]
"""The number of the cell at a place of a table."""


class Run(NamedTuple):
    """Characters ``first`` to ``end`` (excluded) of a table, written in one go on one height, and their box."""

    first: int
    end: int
    box: Box

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return (self.box.top + self.box.bottom) / 2


def is_through(rule: float, box: Box | Character) -> bool:
    """True where a horizontal rule at this height is drawn through a character or line."""
    reach = THROUGH * min(box.bottom - box.top, box.right - box.left)
    return abs((box.top + box.bottom) / 2 - rule) < reach


def returned(boxes: Sequence[Box], characters: Sequence[Character], owners: Sequence[int], cell_at: CellAt) -> tuple[list[int], set[int]]:
    """The number of the cell of each character, what ran over a rule given back to its cell; and the cells that took
    or gave. ``boxes`` are the cells, ``owners`` the cells in which the middles of the characters stand."""
    found = [*owners]
    touched: set[int] = set()
    runs = list(_runs(characters))
    for block in _blocks(runs):
        _one_text(block, boxes, found, touched)
    _apart(runs, boxes, found, touched, cell_at)
    return found, touched


def _runs(characters: Sequence[Character]) -> Iterator[Run]:
    first = 0
    for at in range(1, len(characters) + 1):
        if at == len(characters) or not _goes_on(characters[at - 1], characters[at]):
            part = characters[first:at]
            yield Run(first, at, Box(part[0].left, min(one.top for one in part), part[-1].right, max(one.bottom for one in part)))
            first = at


def _goes_on(one: Character, then: Character) -> bool:
    height = one.bottom - one.top
    near = abs((one.top + one.bottom) - (then.top + then.bottom)) < max(height, then.bottom - then.top)
    return near and one.left <= then.left <= one.right + APART * height


def _blocks(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """The runs that go on from each other as the lines of one text do: alike apart, set alike."""
    block: list[Run] = []
    for run in runs:
        if block and not _next_line(block, run):
            yield block
            block = []
        block.append(run)
    if block:
        yield block


def _next_line(block: Sequence[Run], run: Run) -> bool:
    before = block[-1]
    step = run.middle - before.middle
    if not 0 < step <= LEADING * max(before.box.height, run.box.height):
        return False
    if len(block) > 1 and abs(step - (before.middle - block[-2].middle)) > ALIKE * before.box.height:
        return False
    one, then = before.box, run.box
    return min(abs(then.left - one.left), abs(then.right - one.right), abs(then.left + then.right - one.left - one.right) / 2) <= ALIGNED


def _one_text(block: Sequence[Run], boxes: Sequence[Box], owners: list[int], touched: set[int]) -> None:
    """Gives all lines to the cell that most of them wholly stand in, where a rule of it is drawn through one of them.

    The lines of more than two cells are no text that ran over: they are rows that stand close.
    """
    wide = min(run.box.left for run in block), max(run.box.right for run in block)
    cells = Counter(owners[run.first] for run in block if not _on_rule(run.box, boxes[owners[run.first]]))
    among = {number for run in block for number in owners[run.first : run.end]}
    whole = [number for number in cells if boxes[number].left - ALIGNED <= wide[0] and wide[1] <= boxes[number].right + ALIGNED]
    if len(among) < 2 or not whole or len({boxes[number].top for number in among}) > 2:
        return
    cell = max(whole, key=lambda number: cells[number])
    if any(_on_rule(run.box, boxes[cell]) for run in block):
        for run in block:
            owners[run.first : run.end] = [cell] * (run.end - run.first)
        touched |= among


def _on_rule(line: Box, cell: Box) -> bool:
    return is_through(cell.top, line) or is_through(cell.bottom, line)


def _apart(runs: Sequence[Run], boxes: Sequence[Box], owners: list[int], touched: set[int], cell_at: CellAt) -> None:
    """Gives a line with a rule through it, written at another time than the other text where it stands, to the empty
    cell beyond the rule: it is all that the page has of a text from the page before."""
    held = Counter(owners[run.first] for run in runs)
    filled = {*owners}
    for at, run in enumerate(runs):
        cell = owners[run.first]
        if held[cell] < 2 or any(owners[one.first] == cell for one in (*runs[max(at - 1, 0) : at], *runs[at + 1 : at + 2])):
            continue
        beyond = _beyond(run.box, boxes[cell], cell_at)
        if beyond not in filled and {*owners[run.first : run.end]} == {cell}:
            owners[run.first : run.end] = [beyond] * (run.end - run.first)
            filled.add(beyond)
            touched |= {cell, beyond}


def _beyond(line: Box, cell: Box, cell_at: CellAt) -> int:
    """The number of the cell beyond the upper or lower rule of a cell that is drawn through a line of it; else that of
    the cell itself."""
    across, middle = (line.left + line.right) / 2, (cell.top + cell.bottom) / 2
    if is_through(cell.top, line):
        return cell_at(across, cell.top - HAIR)
    return cell_at(across, cell.bottom + HAIR if is_through(cell.bottom, line) else middle)
