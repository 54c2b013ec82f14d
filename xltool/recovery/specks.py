"""What stands between the lines of a text and is none of it: specks of the paper, letters of a watermark, who sent a message when."""

from __future__ import annotations

import re
from collections import Counter

from xltool.recovery.atoms import Atom, Text, without_lines
from xltool.recovery.claims import Account
from xltool.values import normal

_SPECK = re.compile(r"[|·_~`'^¦˙•.,‘’]{1,2}")
_BARS = re.compile(r"[|¦]{1,2}")
_AT_HEAD = re.compile(r"[|¦](?=[\u4e00-\u9fff])")
_STAMP = re.compile(r"(.{0,24}?)(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:上午|下午|AM|PM)?\d{1,2}:\d\d(?::\d\d)?(?:AM|PM)?")
STAMPS = 2
"""So many lines with the same name, a day and a time of it are a program's; the rows of a list have names of their own."""
SPECKS = 4
"""So many at the ends of lines are the paper's; a few may be meant."""
LETTERS = 2
"""So many single letters on lines of their own that belong nowhere are those of a watermark."""


def without_specks(text: Text) -> Text:
    """The text without specks at the ends of its lines; these stand in ``specks``."""
    ends = [at for line in text.lines if not line.grid for at in {line.first, line.last - 1} if line.last - line.first > 1 or _AT_HEAD.match(text.atoms[at].text)]
    alone = {at for at in ends if _SPECK.fullmatch(text.atoms[at].text)}
    borders = _borders(text)
    alone |= borders
    glued = {at for at in ends if at not in alone and _AT_HEAD.match(text.atoms[at].text)}
    if len(alone) + len(glued) < SPECKS and not borders:
        return text
    atoms: list[Atom] = []
    lines = []
    for line in text.lines:
        first = len(atoms)
        for at in range(line.first, line.last):
            atom = text.atoms[at]
            if at in alone:
                continue
            if at in glued:
                atom = atom._replace(text=atom.text[1:], key=normal(atom.text[1:]))
            atoms.append(atom if len(atoms) > first else atom._replace(gap=text.atoms[line.first].gap))
        if len(atoms) > first:
            lines.append(line._replace(first=first, last=len(atoms)))
    gone = tuple((text.atoms[at].line, text.atoms[at].text if at in alone else text.atoms[at].text[:1]) for at in sorted(alone | glued))
    return text._replace(atoms=tuple(atoms), lines=tuple(lines), specks=gone)


def _borders(text: Text) -> set[int]:
    """The bars between cells on lines that lost their row's begin or end, where other lines are rows of cells."""
    if not any(line.grid for line in text.lines):
        return set()
    broken = [line for line in text.lines if not line.grid and line.last - line.first > 1 and any(_BARS.fullmatch(text.atoms[at].text) for at in (line.first, line.last - 1))]
    return {at for line in broken for at in range(line.first, line.last) if _BARS.fullmatch(text.atoms[at].text)}


def without_stamps(text: Text) -> Text:
    """The text without the lines that say who sent the next ones and when; these stand in ``stamps``."""
    found = {line: stamp[1] for line in text.lines if not line.grid and line.last - line.first <= 4 and (stamp := _STAMP.fullmatch("".join(atom.key for atom in text.atoms[line.first : line.last])))}
    senders = Counter(found.values())
    gone = {line for line, sender in found.items() if senders[sender] >= STAMPS}
    if not gone:
        return text
    kept, stamps = without_lines(text, gone)
    return kept._replace(stamps=stamps)


def doubt_letters(account: Account) -> None:
    """A doubt on each field that took a single letter from a line of its own, where others like it were left over."""
    lines = Counter(atom.line for atom in account.atoms)
    alone = [at for at, atom in enumerate(account.atoms) if lines[atom.line] == 1 and len(atom.key) == 1 and atom.key > "\u4e00"]
    if sum(account.claims[at] is None for at in alone) < LETTERS:
        return
    for at in alone:
        where = claimed[0] if (claimed := account.claims[at]) else ""
        if where.isascii() and where:
            account.doubt(where, at, f"“{account.atoms[at].text}”独占一行，可能是水印的字")
