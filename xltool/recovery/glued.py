"""Words that a converter made of two cells: a value with the next row's name behind it, a level name with text beside it.

They are parted where it is plain that they are two; that one is found says that no edge of a cell is sure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from xltool.recovery.atoms import LINE, Atom, same_line
from xltool.recovery.squeezed import Squeezed
from xltool.recovery.vocabulary import Levels, Vocabulary
from xltool.values import normal, parse_target

_VALUE = re.compile(r"((?:[=＝═≥≧≤≦]|[>＞<＜][=＝]?)\d[\d.,]*+(?:[%％]|[（(][^（()）]{1,8}[)）])?+)(?=[\u3400-\u9fffA-Za-z0-9])(.{5,})")
"""A sign, a number with or without a unit, and what is too long for a unit."""
_WEIGHT = re.compile(r"\(\d{1,3}(?:\.\d+)?分?\)")
"""What is printed behind a level's name and belongs to it: 产出指标（50分）."""


def parted(words: Vocabulary, atoms: Sequence[Atom]) -> tuple[list[Atom], frozenset[int]]:
    """The atoms with such words parted, and the lines on which they stand."""
    cuts = _levels(words, atoms)
    for at, atom in enumerate(atoms):
        if atom.cell < 0 and (found := _VALUE.fullmatch(atom.text)) and (found.group(1)[-1] in "%％)）" or _valued(atoms, at)):
            cuts.setdefault(at, set()).add(len(found.group(1)))
    made: list[Atom] = []
    for at, atom in enumerate(atoms):
        edges = [0, *sorted(cuts.get(at, ())), len(atom.text)]
        for first, last in zip(edges, edges[1:], strict=False):
            text = atom.text[first:last]
            made.append(atom if len(edges) == 2 else atom._replace(text=text, key=normal(text), gap=LINE if first else atom.gap, x=atom.x + first))
    return made, frozenset(atoms[at].line for at in cuts)


def _valued(atoms: Sequence[Atom], at: int) -> bool:
    """True where a value with a sign follows on the line of an atom: the atom ends with that value's name."""
    return at + 1 < len(atoms) and same_line(atoms[at + 1], atoms[at]) and parse_target(atoms[at + 1].text).operator is not None


def _levels(words: Vocabulary, atoms: Sequence[Atom]) -> dict[int, set[int]]:
    """The places inside atoms at which a level name begins or ends that stands nowhere in the text by itself."""
    squeezed, levels = Squeezed(atoms), words.levels
    starts = set(squeezed.starts)
    cuts: dict[int, set[int]] = {}
    for key in levels.keys:
        spots = _found(squeezed.text, key, levels)
        glued = [spot for spot in spots if (spot in starts) != (spot + len(key) in squeezed.ends) and not _WEIGHT.match(squeezed.text, spot + len(key))]
        if not glued or any(spot in starts and spot + len(key) in squeezed.ends for spot in spots):
            continue
        edge = glued[0] if glued[0] not in starts else glued[0] + len(key)
        at = max(number for number, offset in enumerate(squeezed.starts) if offset < edge)
        if atoms[at].cell < 0 and len(atoms[at].key) == len(atoms[at].text):
            cuts.setdefault(at, set()).add(edge - squeezed.starts[at])
    return cuts


def _found(text: str, key: str, levels: Levels) -> list[int]:
    """Where a level name stands, not as a part of a longer one."""
    longer = [(other, other.find(key)) for other in levels.keys if key in other and other != key]
    spots = [found.start() for found in re.finditer(re.escape(key), text)]
    return [spot for spot in spots if not any(text.startswith(other, spot - before) for other, before in longer)]
