"""Values that stand before their captions, on one line or each on its own: put the right way round before anything is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xltool.layout import Cell
from xltool.recovery.atoms import SPACE, Atom, same_line
from xltool.recovery.squeezed import Found, Squeezed, find_captions
from xltool.recovery.vocabulary import Vocabulary

MOST = 12
"""No row of amounts has more values."""


PAIRS = 2
"""So many values stand before their captions line by line, at least: a single one may be another text."""
WRAPPED = 3
"""A value before its caption has no more lines."""


@dataclass(frozen=True, slots=True)
class Turned:
    """Atoms with each value behind its caption; ``lines`` were turned round, and of those ``apart`` each value had a line of
    its own; ``found`` are the captions among the atoms."""

    atoms: list[Atom]
    lines: list[int]
    apart: list[int]
    found: list[Found]


def turned_round(words: Vocabulary, atoms: Sequence[Atom]) -> Turned:
    """The atoms with such lines turned round.

    A line is turned where it begins with a value, ends with a caption, has as many values as captions,
    no caption before it still waits for its values, and no value stands behind its last caption. So are
    lines of one value or caption each, where the captions of the next row follow.
    """
    found = find_captions(words, Squeezed(atoms))
    heads = _heads(words, found)
    rooms = _rooms(words)
    room = {one.last: rooms.get(one.spelling.cell, 0) for one in found}
    ordered: list[Atom] = []
    lines: list[int] = []
    apart: list[int] = []
    at, waiting = 0, False
    while at < len(atoms):
        end = _line_end(atoms, at)
        parts = _parts(at, end, heads)
        if atoms[at].cell < 0 and not waiting and _is_turned(parts) and not _goes_on(atoms, parts[-1][0], heads):
            lines.append(atoms[at].line)
            ordered.extend(_turn(atoms, parts))
        elif not waiting and (several := _line_by_line(atoms, at, heads)):
            end = several[-1][1]
            own = sorted({atom.line for atom in atoms[at:end]})
            lines, apart = [*lines, *own], [*apart, *own]
            ordered.extend(_turn(atoms, several))
        else:
            ordered.extend(atoms[at:end])
            waiting = _waits(room, end)
        at = end
    return Turned(ordered, lines, apart, find_captions(words, Squeezed(ordered)) if lines else found)


def _line_end(atoms: Sequence[Atom], at: int) -> int:
    end = at + 1
    while end < len(atoms) and same_line(atoms[end], atoms[at]):
        end += 1
    return end


def _line_by_line(atoms: Sequence[Atom], at: int, heads: dict[int, int]) -> list[tuple[int, int, bool]]:
    """The lines from an atom to the captions of the next row, where each holds a value or, behind it, its caption."""
    end, wrapped = at, 0
    while end < len(atoms) and atoms[end].cell < 0 and heads.get(end, 0) >= 0:
        then = _line_end(atoms, end)
        wrapped = 0 if end in heads else wrapped + 1
        if heads.get(end, then) != then or wrapped > WRAPPED:
            return []
        end = then
    if end == at or end == len(atoms) or heads.get(end, 0) >= 0:
        return []
    parts = _parts(at, end, heads)
    return parts if len(parts) >= 2 * PAIRS and _is_turned(parts) else []


def _rooms(words: Vocabulary) -> dict[Cell, int]:
    """How many values stand behind each caption before the next."""
    rooms: dict[Cell, int] = {}
    caption: Cell | None = None
    for slot in words.slots:
        if slot.kind == "caption":
            caption = slot.cell
        elif caption is not None and slot.kind != "empty":
            rooms[caption] = rooms.get(caption, 0) + 1
    return rooms


def _waits(room: dict[int, int], end: int) -> bool:
    """True where fewer words stand between the last caption and the end of a line than the caption has values."""
    return next((end - at < room[at] for at in range(end, max(-1, end - MOST), -1) if at in room), False)


def _heads(words: Vocabulary, found: Sequence[Found]) -> dict[int, int]:
    """For each caption the atoms it begins and ends with; a negative end where no field of its row stands behind it."""
    pairs = zip(words.slots, words.slots[1:], strict=False)
    row = min(words.block_rows, default=words.form.layout.rows + 1)
    followed = {slot.cell for slot, then in pairs if slot.kind == "caption" and then.kind == "hole" and slot.cell.row == then.cell.row < row}
    others = {one.first for one in found if one.spelling.cell not in followed}
    return {one.first: one.last if one.first not in others else -one.last for one in found}


def _parts(first: int, last: int, heads: dict[int, int]) -> list[tuple[int, int, bool]]:
    """The line as runs of atoms: (first, last, is a caption)."""
    parts: list[tuple[int, int, bool]] = []
    at = first
    while at < last:
        end = min(heads.get(at, 0), last)
        if end < 0:
            return []
        if end > at:
            parts.append((at, end, True))
            at = end
            continue
        if parts and not parts[-1][2]:
            parts[-1] = (parts[-1][0], at + 1, False)
        else:
            parts.append((at, at + 1, False))
        at += 1
    return parts


def _is_turned(parts: Sequence[tuple[int, int, bool]]) -> bool:
    """True for value, caption, value, caption …"""
    return len(parts) > 1 and len(parts) % 2 == 0 and all(caption == bool(number % 2) for number, (_, _, caption) in enumerate(parts))


def _goes_on(atoms: Sequence[Atom], last: int, heads: dict[int, int]) -> bool:
    """True where a line behind the caption at ``last`` is a value alone: it is that caption's, and what stands before the
    caption is the end of a value that began on the line above."""
    at = abs(heads[last])
    end = at
    while end < len(atoms) and same_line(atoms[end], atoms[at]) and end not in heads:
        end += 1
    return end > at and (end == len(atoms) or not same_line(atoms[end], atoms[at]))


def _turn(atoms: Sequence[Atom], parts: Sequence[tuple[int, int, bool]]) -> list[Atom]:
    gap = atoms[parts[0][0]].gap
    found: list[Atom] = []
    for value, caption in zip(parts[::2], parts[1::2], strict=True):
        found.append(atoms[caption[0]]._replace(gap=gap))
        found.extend(atoms[caption[0] + 1 : caption[1]])
        found.append(atoms[value[0]]._replace(gap=SPACE))
        found.extend(atoms[value[0] + 1 : value[1]])
        gap = SPACE
    return found
