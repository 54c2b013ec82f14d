"""A list that an export has turned on its side: its heads stand below each other, each at the left of its values.

It is put upright on the lines that it has, several rows on a line where there are more than lines: cells are read one after
another.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xltool.form import Form, ListBlock
from xltool.lines import NO_CELLS, end_of
from xltool.recovery.atoms import cells_of
from xltool.recovery.vocabulary import vocabulary
from xltool.values import caption_key

HEADS, VALUES = 3, 2
"""So many heads below each other, with so many values beside each of the last two, are a list."""
_Head = tuple[frozenset[str], bool]
"""How a head is spelled, and whether its column is a group."""


@dataclass(frozen=True, slots=True)
class _Turned:
    """The lines ``first`` to ``last`` (excluded): what stands left of the heads, the heads, and the values by line."""

    first: int
    last: int
    before: str
    heads: tuple[str, ...]
    values: tuple[tuple[str, ...], ...]


def upright(text: str, forms: Iterable[Form]) -> tuple[str, tuple[int, ...]]:
    """The text with such lists upright, and the numbers of the lines on which they begin."""
    if "\t" not in text and "|" not in text:
        return text, ()
    lines = text.splitlines(keepends=True)
    cells = [[cell.strip() for cell in cells_of(bare)] if "\t" in (bare := line.strip("\r\n")) or bare.startswith("|") else [] for line in lines]
    blocks = [_heads(form, block) for form in forms for block in form.blocks]
    known = frozenset().union(*(spellings for heads in blocks for spellings, _ in heads))
    begins = [any(caption_key(cell) in known for cell in row[:2] if cell) for row in cells]
    found: list[int] = []
    at = 0
    while at < len(lines):
        near = begins[at] and begins[at + 1 : at + HEADS] == [True] * (HEADS - 1)
        turned = max((one for heads in blocks if (one := _turned(cells, at, heads))), key=lambda one: one.last, default=None) if near else None
        if turned is not None:
            _put_upright(lines, turned)
            found.append(at + 1)
        at = turned.last if turned is not None else at + 1
    return ("".join(lines), tuple(found)) if found else (text, ())


def _heads(form: Form, block: ListBlock) -> list[_Head]:
    """The heads of a list from the left."""
    spelled = vocabulary(form).spelled_heads
    groups = {form.layout.cell_of(name).column for name in block.groups}
    return [(spelled[cell.row, cell.column], cell.column in groups) for cell in form.heads(block) if (cell.row, cell.column) in spelled]


def _turned(cells: Sequence[Sequence[str]], first: int, heads: Sequence[_Head]) -> _Turned | None:
    """The turned list that begins with a line, None where none does: heads in their order, each on the next line."""
    told: list[str] = []
    values: list[list[str]] = []
    groups: list[bool] = []
    column, before, at = -1, "", first
    while at < len(cells):
        row = cells[at]
        place = next((number for number in (0, 1) if number < len(row) and row[number]), -1)
        own = next((number for number in range(column + 1, len(heads)) if place >= 0 and caption_key(row[place]) in heads[number][0]), -1)
        if own < 0 and place == 0 and not told and len(row) > 1:
            # The caption beside the list (绩效指标) stands left of its first head.
            place, before = 1, row[0]
            own = next((number for number in range(len(heads)) if caption_key(row[1]) in heads[number][0]), -1)
        if own < 0:
            break
        told.append(row[place])
        values.append(list(row[place + 1 :]))
        groups.append(heads[own][1])
        column, at = own, at + 1
    if len(told) < HEADS or any(sum(map(bool, one)) < VALUES for one in values[-2:]):
        return None
    return _Turned(first, at, before, tuple(told), tuple(_filled(one, group) for one, group in zip(values, groups, strict=True)))


def _filled(values: Sequence[str], group: bool) -> tuple[str, ...]:
    """The values of a head; an empty one of a group is the one at its left."""
    made: list[str] = []
    for value in values:
        made.append(value or (made[-1] if group and made else ""))
    return tuple(made)


def _put_upright(lines: list[str], turned: _Turned) -> None:
    width = max(max((at + 1 for at, value in enumerate(one) if value), default=0) for one in turned.values[-2:])
    rows = ["\t".join(one[at] if at < len(one) else "" for one in turned.values) for at in range(width)]
    rows = [row for row in rows if row.strip()]
    room = turned.last - turned.first - 1
    each = -(-len(rows) // room)
    made = ["\t".join(([turned.before] if turned.before else []) + list(turned.heads)), *("\t".join(rows[at : at + each]) for at in range(0, len(rows), each))]
    made += [NO_CELLS] * (room + 1 - len(made))
    ends = [end_of(line) for line in lines[turned.first : turned.last]]
    lines[turned.first : turned.last] = [line + end for line, end in zip(made, ends, strict=True)]
