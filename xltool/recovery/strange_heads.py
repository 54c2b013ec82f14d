"""Captions that a form does not have, beside its own: 备注 behind the heads of its list, another goal beside its goal.

What stands below them may be read into the form's own fields, so those are doubted.
"""

from __future__ import annotations

from collections.abc import Sequence

from xltool.form import Form
from xltool.recovery.alignment import Match
from xltool.recovery.atoms import Atom, same_line
from xltool.recovery.claims import Account
from xltool.recovery.vocabulary import Vocabulary
from xltool.values import parse_target

FEW, SHORT = 3, 14
"""A line of heads ends with so many words of others at most, each of so many letters."""
HEADS = frozenset({"备注"})
"""Heads that are known as such on a line of their own."""
HEAD = "表头另有“{}”，表式没有这一栏，各行未必归对"
BESIDE = "与栏目同行的“{}”可能是另一个栏目"
_STOPS = "。，,；;！!、：:"


def strange_heads(words: Vocabulary, matches: Sequence[Match], ranges: Sequence[tuple[int, int]], account: Account) -> list[tuple[int, int]]:
    """The ranges of the lists without the heads of other columns at their beginnings, which stay over; the lists are doubted."""
    found: list[tuple[int, int]] = []
    for block, (first, last) in zip(sorted(words.form.blocks, key=lambda one: one.row), ranges, strict=True):
        free = account.free(first, last)
        heads = sum(same_line(account.atoms[match.found.first], account.atoms[first - 1]) for match in matches if match.found.last <= first)
        count = _others(words, [account.atoms[number] for number in free[: FEW + 1]], account.atoms[first - 1] if heads > 1 else None)
        if count:
            said = " ".join(account.atoms[number].text for number in free[:count])
            for name in block.lists:
                account.doubt(name, free[0], HEAD.format(said))
        found.append((free[count - 1] + 1 if count else first, last))
    return found


def _others(words: Vocabulary, atoms: Sequence[Atom], head: Atom | None) -> int:
    """How many of the words behind the heads are heads too: to the end of their line, where several stand on it."""
    if atoms and atoms[0].key in HEADS:
        return 1
    count = next((at for at, atom in enumerate(atoms) if head is None or not same_line(atom, head)), len(atoms))
    short = all(len(atom.key) <= SHORT and atom.key not in words.levels.keys and parse_target(atom.text).value is None for atom in atoms[:count])
    return count if short and count <= FEW and len(atoms) > count else 0


def strange_goals(form: Form, matches: Sequence[Match], account: Account) -> None:
    """Doubts the long texts below a caption on whose line another short phrase stands, before the text itself."""
    by_place = {(match.found.spelling.cell.column, match.found.spelling.cell.last_row): match for match in matches}
    for one in form.drawn_scalars:
        cell = form.layout.cell_of(one.name)
        match = by_place.get((cell.column, cell.row - 1)) if one.type == "paragraphs" else None
        if match is None:
            continue
        number = match.found.last
        line = account.atoms[number - 1]
        then = account.atoms[number + 1 : number + 2]
        alone = number < len(account.atoms) and same_line(account.atoms[number], line) and bool(then) and not same_line(then[0], line)
        if alone and account.claims[number] is None and _is_phrase(account.atoms[number].key):
            account.doubt(one.path, number, BESIDE.format(account.atoms[number].text))


def _is_phrase(key: str) -> bool:
    """True for a short phrase as captions are: no sentence, no number."""
    return 2 < len(key) <= SHORT and not any(mark in _STOPS or mark.isdigit() for mark in key)
