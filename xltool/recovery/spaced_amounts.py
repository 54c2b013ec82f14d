"""Amounts whose thousands a blank parts (450 000.00), as programs that read pictures print them: one number each.

What begins with a nought and goes on is no number by itself, so its blank is inside one; where that is a habit of the
text, three digits with a point behind a blank are too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from xltool.recovery.atoms import SPACE, Atom, Text, same_line, with_parts
from xltool.values import normal

_FIRST, _GROUP, _LAST = re.compile(r"[1-9]\d{0,2}"), re.compile(r"\d{3}"), re.compile(r"\d{3}(?:\.\d{1,2})?元?")
_CERTAIN = re.compile(r"0\d\d(?:\.\d{1,2})?元?")
HABIT = 2
"""So many amounts that are one for certain are a habit."""
GROUPS = 4
"""Groups of three digits behind the first, at most."""


def whole(text: Text) -> Text:
    """The text with such amounts whole; these stand in ``spaced``."""
    atoms = text.atoms
    if not any(_CERTAIN.fullmatch(atom.key) for atom in atoms):
        return text
    runs = {at: end for line in text.lines if not line.grid for at, end in _runs(atoms, line.first, line.last)}
    sure = {at: end for at, end in runs.items() if any(_CERTAIN.fullmatch(atom.key) for atom in atoms[at + 1 : end])}
    kept = {at: end for at, end in runs.items() if at in sure or "." in atoms[end - 1].key} if len(sure) >= HABIT else sure
    return _joined(text, kept) if kept else text


def _runs(atoms: Sequence[Atom], first: int, last: int) -> Iterator[tuple[int, int]]:
    """The first and the last atom (excluded) of what may be an amount, from the left."""
    at = first
    while at < last:
        end = at + 1
        if _FIRST.fullmatch(atoms[at].key):
            while end < min(last, at + 1 + GROUPS) and atoms[end].gap == SPACE and same_line(atoms[end - 1], atoms[end]) and _LAST.fullmatch(atoms[end].key):
                end += 1
                if not _GROUP.fullmatch(atoms[end - 1].key):
                    break
        if end > at + 1:
            yield at, end
        at = end


def _joined(text: Text, runs: dict[int, int]) -> Text:
    parts: list[Sequence[Atom]] = [(atom,) for atom in text.atoms]
    said = []
    for at, end in runs.items():
        words = [atom.text for atom in text.atoms[at:end]]
        one = "".join(words)
        said.append((text.atoms[at].line, " ".join(words)))
        parts[at:end] = [(text.atoms[at]._replace(text=one, key=normal(one), span=text.atoms[end - 1].end - text.atoms[at].x),), *[()] * (end - at - 1)]
    return with_parts(text, parts)._replace(spaced=tuple(said))
