"""The labels of a list, whole or cut in two, and what a page break drew again."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xltool.recovery.atoms import CELL, LINE, Atom, same_line
from xltool.recovery.claims import Account
from xltool.recovery.squeezed import Squeezed
from xltool.recovery.vocabulary import Levels, Vocabulary
from xltool.values import normal, parse_target

_WEIGHT = re.compile(r"\((\d+(?:\.\d+)?)分?\)")
REPEAT_LENGTH = 16
LONGEST_LABEL = 12
IN_BRACKETS = 6
"""So many letters stand in a caption's brackets, at most."""
MOST_TAILS = 4
"""No more words of a line are ends of captions, and so many letters at least."""
MOST_CUT, HEAD_LINES = 30, 3
"""So many words of a row stand before the end of its page, at most; in so many lines of the next stands the end of a label."""


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
        begins = at == 0 or not same_line(account.atoms[free[at - 1]], atom)
        whole = next((text for text in wholes if atom.key in text), None) if begins and len(atom.key) >= 2 else None
        end = _repeat_end(whole, free, at, account) if whole else at
        run = "".join(account.atoms[number].key for number in free[at:end])
        if whole and len(run) >= REPEAT_LENGTH and whole.startswith(run) | whole.endswith(run):
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
        if end == len(free) or not same_line(account.atoms[free[end]], account.atoms[free[end - 1]]):
            line_end = end
    return line_end


def mentions(words: Vocabulary, free: Sequence[int], account: Account, thins: Container[int] = ()) -> list[Mention]:
    """Every level name among the free atoms, in order. One that is cut in two, its head before a row and its
    tail on a later line, counts where its head stands; its tail is claimed. ``thins`` are the atoms that no cell's edge
    parts from the word before them."""
    atoms = [account.atoms[number] for number in free]
    squeezed = Squeezed(atoms)
    found: list[Mention] = []
    taken: set[int] = set()
    for at in range(len(atoms)):
        if at in taken:
            continue
        one = _whole(words.levels, atoms, free, squeezed, at) or _unknown(words.levels, atoms, free, at, found)
        if one is None and len(atoms[at].key) > 1:
            named = at + 2 < len(atoms) and free[at + 2] in thins
            one = _half(words, atoms, free, at, taken, account, named)
        if one is not None:
            found.append(one)
            taken.update(range(at, at + len(one.atoms)))
    return found


def _whole(levels: Levels, atoms: Sequence[Atom], free: Sequence[int], squeezed: Squeezed, at: int) -> Mention | None:
    offset = squeezed.starts[at]
    for key in levels.starts.get(squeezed.text[offset : offset + 1], ()):
        if not squeezed.text.startswith(key, offset):
            continue
        end, weight = offset + len(key), None
        if printed := _WEIGHT.match(squeezed.text, end):
            end, weight = printed.end(), Decimal(printed.group(1))
        last = squeezed.ends.get(end)
        if last is not None and _one_cell(atoms, at, last):
            level, name = levels.keys[key]
            return Mention(level, name, tuple(free[at:last]), weight)
    return None


def first_label(words: Vocabulary, atoms: Sequence[Atom]) -> int:
    """The place of the first level name among these atoms; behind the last where there is none."""
    squeezed, free = Squeezed(atoms), range(len(atoms))
    return next((at for at in free if _whole(words.levels, atoms, free, squeezed, at)), len(atoms))


def _unknown(levels: Levels, atoms: Sequence[Atom], free: Sequence[int], at: int, found: Sequence[Mention]) -> Mention | None:
    """A level two that the taxonomy does not know: it ends as those do, stands directly behind a level one on its
    line, and a name stands behind it."""
    atom = atoms[at]
    behind = bool(found) and found[-1].level == 1 and found[-1].atoms[-1] == free[at] - 1 and same_line(atoms[at - 1], atom)
    named = at + 1 < len(atoms) and same_line(atoms[at + 1], atom) and parse_target(atoms[at + 1].text).value is None
    ends = bool(levels.ending) and atom.key.endswith(levels.ending) and len(atom.key) <= LONGEST_LABEL
    if not (behind and named and ends) or any(atom.key in known for known in levels.keys):
        return None
    return Mention(2, atom.text, (free[at],))


def _one_cell(atoms: Sequence[Atom], first: int, last: int) -> bool:
    """False where the word would run over the edge of a grid's cell within a line."""
    return not any(atom.gap == CELL for atom in atoms[first + 1 : last])


def _half(words: Vocabulary, atoms: Sequence[Atom], free: Sequence[int], at: int, taken: set[int], account: Account, named: bool) -> Mention | None:
    """A level name of which this atom is the head; ``named``: a number on its line begins a name."""
    head = atoms[at].key
    if not named and at + 1 < len(atoms) and same_line(atoms[at + 1], atoms[at]) and parse_target(atoms[at + 1].text).value is not None:
        return None
    if at and same_line(atoms[at - 1], atoms[at]) and parse_target(atoms[at - 1].text).value is not None and not any(len(block.lists) > 1 for block in words.form.blocks):
        return None  # what stands behind a value of its row is no label
    for key in words.levels.starts.get(head[0], ()):
        if len(head) >= len(key) or not key.startswith(head):
            continue
        tail, weight = _weighed_tail(key[len(head) :], atoms, at, taken)
        tail = tail or _tail_of(key[len(head) :], atoms, at, taken)
        if not tail or atoms[tail[0] - 1].key + key[len(head) :] in words.levels.keys:
            continue
        taken.update(tail)
        level, name = words.levels.keys[key]
        account.claim((free[inside] for inside in tail), f"层级 {name}", "被换页或换行断开的后半")
        account.repair("label-joined", free[at], f"“{name}”被断成两处，已接上")
        return Mention(level, name, (free[at],), weight)
    return None


def _weighed_tail(rest: str, atoms: Sequence[Atom], at: int, taken: Container[int]) -> tuple[tuple[int, ...], Decimal | None]:
    """The atoms at the head of the next page that spell what is missing of a label and its weight, 效益指 … 标(38 / 分), and
    the weight; none where they do not."""
    begin = next((then for then in range(at + 1, min(at + MOST_CUT, len(atoms))) if atoms[then].page > atoms[at].page), len(atoms))
    run = ""
    for then in range(begin, min(begin + MOST_TAILS, len(atoms))):
        run += atoms[then].key
        if then in taken:
            break
        if run.startswith(rest) and (printed := _WEIGHT.fullmatch(run, len(rest))):
            return tuple(range(begin, then + 1)), Decimal(printed.group(1))
    return (), None


def repeats_below(words: Vocabulary, first: int, last: int, account: Account) -> None:
    """Claims the level names below the list, behind a page's end, that the list itself (atoms ``first`` to ``last``) has named."""
    inside = "".join(atom.key for atom in account.atoms[first:last])
    for one in mentions(words, account.free(last, len(account.atoms)), account):
        if normal(one.name) in inside:
            account.claim(one.atoms, f"重复 {one.name}", "跨页重印的层级名，不领起新的行")
            account.repair("repeat-dropped", one.atoms[0], f"跨页重印的“{one.name}”不计")


def cut_captions(words: Vocabulary, free: Sequence[int], account: Account) -> None:
    """Claims the captions of merged cells that a page break has cut: 绩效 on one page, 指标 on the next."""
    atoms = [account.atoms[number] for number in free]
    captions = {normal(cell.caption): cell.caption for cell in words.form.layout.cells if (cell.row, cell.column) in words.floats}
    for at, atom in enumerate(atoms):
        for key, caption in captions.items():
            if len(atom.key) < 2 or len(atom.key) >= len(key) or not key.startswith(atom.key) or account.claims[free[at]]:
                continue
            tail = _tail_of(key[len(atom.key) :], atoms, at, set(), at + 1 < len(free) and free[at + 1] > free[at] + 1)
            if tail and (atoms[tail[0]].page > atom.page or atom.cell >= 0):
                account.claim((free[at], *(free[inside] for inside in tail)), f"栏目 {caption}", "被换页断开的栏目")
                account.repair("label-joined", free[at], f"“{caption}”被断成两处，已接上")


def headless(words: Vocabulary, account: Account) -> None:
    """Claims the caption of a merged cell of which a page's end has cut off what stands in its brackets, directly before
    another caption: 项目 / 资金 and, pages on, （元）."""
    seen = {claimed[0] for claimed in account.claims if claimed}
    cells = [cell for cell in words.form.layout.cells if (cell.row, cell.column) in words.floats and cell.holes and f"栏目 {cell.caption}" not in seen]
    for cell in cells:
        key = normal(cell.caption).partition("(")[0]
        for at in range(len(account.atoms) if len(key) > 3 else 0):
            if at and account.atoms[at].gap < LINE:
                continue
            run, end = "", at
            while end < len(account.atoms) and account.claims[end] is None and len(run) < len(key) + IN_BRACKETS:
                run += account.atoms[end].key
                end += 1
            behind = account.claims[end] if end < len(account.atoms) else None
            if behind and behind[0].startswith("栏目 ") and _cut_short(key, run):
                account.claim(range(at, end), f"栏目 {cell.caption}", "被换页断开的栏目")
                account.repair("label-joined", at, f"“{cell.caption}”被断成两处，已接上")
                for name in cell.holes if run != key else ():
                    account.doubt(words.form.fields[name].path, at, f"“{cell.caption}”印得不全")
                return


def _cut_short(key: str, run: str) -> bool:
    """True for a caption without its brackets, for one that stops inside of them, or for the begin of one."""
    return run == key or (len(run) > 1 and key.startswith(run)) or (run.startswith(f"{key}(") and ")" not in run)


def head_tails(words: Vocabulary, free: Sequence[int], account: Account) -> None:
    """Claims the ends of the list's captions that a page's end has cut off: 一级指 … 偏差原因分析 and behind it 标, 及改进措施."""
    keys = {normal(cell.caption): cell.caption for block in words.form.blocks for cell in words.form.heads(block)}
    line = [number for number in free[:MOST_TAILS] if same_line(account.atoms[number], account.atoms[free[0]])]
    tails = [next((key for key in keys if key.endswith(account.atoms[number].key) and key != account.atoms[number].key), "") for number in line]
    if not tails or not all(tails) or len("".join(account.atoms[number].key for number in line)) < MOST_TAILS:
        return
    for number, key in zip(line, tails, strict=True):
        account.claim((number,), f"栏目 {keys[key]}", "被换页断开的表头")
        account.repair("label-joined", number, f"“{keys[key]}”被断成两处，已接上")


def _tail_of(rest: str, atoms: Sequence[Atom], at: int, taken: set[int], parted: bool = False) -> tuple[int, ...]:
    """The atoms, within the next lines, that spell what is missing of a label, from a line's begin on; ``parted``:
    something else stands between the label and the next of these atoms."""
    lines = 0
    for begin in range(at + 1, min(at + (200 if atoms[at].cell >= 0 else 60), len(atoms))):
        new_line = not same_line(atoms[begin], atoms[begin - 1])
        lines += new_line
        if lines > (40 if atoms[at].cell >= 0 else 14 if atoms[begin].page > atoms[at].page else 3):
            return ()
        heads = lines <= HEAD_LINES and atoms[begin].page > atoms[at].page and atoms[begin].key == rest
        if not rest.startswith(atoms[begin].key) or (not new_line and atoms[begin].cell < 0 and not heads):
            continue
        run, end = "", begin
        while end < len(atoms) and end not in taken and rest.startswith(run + atoms[end].key) and len(run) < len(rest):
            run += atoms[end].key
            end += 1
        if run == rest and begin > at + (not parted):
            return tuple(range(begin, end))
    return ()
