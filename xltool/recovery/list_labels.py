"""The labels of a list, whole or cut in two, and what a page break drew again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from xltool.recovery.atoms import CELL, LINE, Atom
from xltool.recovery.claims import Account
from xltool.recovery.squeezed import Squeezed
from xltool.recovery.vocabulary import Levels, Vocabulary
from xltool.values import normal

_WEIGHT = re.compile(r"\((\d+(?:\.\d+)?)分?\)")
REPEAT_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Mention:
    """A level name in the text: its atoms (numbers in the form), and the weight printed behind it."""

    level: int
    name: str
    atoms: tuple[int, ...]
    weight: Decimal | None = None


def repeats(texts: Sequence[str], free: Sequence[int], account: Account) -> None:
    """Claims what stands in the list only because a page break drew a long text again."""
    wholes = [normal(text) for text in texts if len(text) >= REPEAT_LENGTH]
    at = 0
    while at < len(free):
        atom = account.atoms[free[at]]
        begins = at == 0 or account.atoms[free[at - 1]].line != atom.line
        whole = next((text for text in wholes if atom.key in text), None) if begins and len(atom.key) >= 2 else None
        end = _repeat_end(whole, free, at, account) if whole else at
        if end > at and sum(len(account.atoms[number].key) for number in free[at:end]) >= min(REPEAT_LENGTH, len(whole or "")):
            account.claim(free[at:end], "重复", "跨页重印的文字")
            account.repair("repeat-dropped", free[at], f"跨页重印的文字不计：{atom.text[:20]}…")
            at = end
        else:
            at += 1


def _repeat_end(whole: str, free: Sequence[int], at: int, account: Account) -> int:
    """How far whole lines from here run together as a part of a text already read."""
    run, end, line_end = "", at, at
    while end < len(free):
        run += account.atoms[free[end]].key
        if run not in whole:
            break
        end += 1
        if end == len(free) or account.atoms[free[end]].line != account.atoms[free[end - 1]].line:
            line_end = end
    return line_end


def mentions(words: Vocabulary, free: Sequence[int], account: Account) -> list[Mention]:
    """Every level name among the free atoms, in order, those cut in two included; claims nothing."""
    atoms = [account.atoms[number] for number in free]
    found = _whole(words.levels, atoms, free)
    taken = {number for one in found for number in one.atoms}
    found.extend(_halves(words, atoms, free, taken, account))
    return sorted(found, key=lambda one: one.atoms[0])


def _whole(levels: Levels, atoms: Sequence[Atom], free: Sequence[int]) -> list[Mention]:
    squeezed = Squeezed(atoms)
    found: list[Mention] = []
    past = 0
    for at, offset in enumerate(squeezed.starts):
        if at < past or offset >= len(squeezed.text):
            continue
        for key in levels.starts.get(squeezed.text[offset], ()):
            if not squeezed.text.startswith(key, offset):
                continue
            end, weight = offset + len(key), None
            if printed := _WEIGHT.match(squeezed.text, end):
                end, weight = printed.end(), Decimal(printed.group(1))
            last = squeezed.ends.get(end)
            if last is None or not _one_cell(atoms, at, last):
                continue
            level, name = levels.keys[key]
            found.append(Mention(level, name, tuple(free[at:last]), weight))
            past = last
            break
    return found


def _one_cell(atoms: Sequence[Atom], first: int, last: int) -> bool:
    """False where the word would run over the edge of a grid's cell within a line."""
    return not any(atom.gap == CELL for atom in atoms[first + 1 : last])


def _halves(words: Vocabulary, atoms: Sequence[Atom], free: Sequence[int], taken: set[int], account: Account) -> list[Mention]:
    """Level names whose end stands further on: the head before a row, the tail at the begin of a later line."""
    found: list[Mention] = []
    spans = {normal(cell.caption) for cell in words.form.layout.cells if (cell.row, cell.column) in words.floats}
    for at, atom in enumerate(atoms):
        if free[at] in taken or len(atom.key) < 2:
            continue
        for key in [*words.levels.keys, *spans]:
            if len(atom.key) >= len(key) or not key.startswith(atom.key):
                continue
            tail = _tail_of(key[len(atom.key) :], atoms, free, at, taken)
            if not tail:
                continue
            numbers = (free[at], *tail)
            taken.update(numbers)
            if key in words.levels.keys:
                level, name = words.levels.keys[key]
                found.append(Mention(level, name, (free[at],)))
                account.claim(tail, f"层级 {name}", "被换页或换行断开的后半")
                account.repair("label-joined", free[at], f"“{name}”被断成两处，已接上")
            else:
                account.claim(numbers, f"栏目 {key}", "被换页断开的栏目")
            break
    return found


def _tail_of(rest: str, atoms: Sequence[Atom], free: Sequence[int], at: int, taken: set[int]) -> tuple[int, ...]:
    """The atoms, within the next lines, that spell what is missing of a label, from a line's begin on."""
    lines = 0
    for begin in range(at + 1, min(at + 40, len(atoms))):
        new_line = atoms[begin].line != atoms[begin - 1].line
        lines += new_line
        if lines > (14 if atoms[begin].page > atoms[at].page else 3):
            return ()
        if not new_line and not (atoms[begin].cell >= 0):
            continue
        run, numbers, end = "", [], begin
        while end < len(atoms) and rest.startswith(run + atoms[end].key) and free[end] not in taken and len(run) < len(rest):
            run += atoms[end].key
            numbers.append(free[end])
            end += 1
        if run == rest and begin > at + 1:
            return tuple(numbers)
    return ()


def line_follows(atoms: Sequence[Atom], last: int) -> bool:
    """True where a label ends its line."""
    return last + 1 >= len(atoms) or atoms[last + 1].gap >= LINE
