"""Captions that a colon parts from their value and no blank: 项目名称：某项目. So people type a form into a message."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xltool.form import Form
from xltool.recovery.atoms import SPACE, Atom, Text
from xltool.recovery.vocabulary import vocabulary
from xltool.values import normal

COLONS = (":", "：", "﹕", "∶")
HABIT = 3
"""So many captions of a form with their values behind a colon are a habit; one is the words of a name."""
SHORTEST, LONGEST = 3, 100
"""Letters of such a caption, its blanks included: shorter ones (得分, 原因) stand in sentences too, longer ones nowhere."""


def parted_at_colons(text: Text, forms: Iterable[Form]) -> Text:
    """The text, words parted behind the colon of a form's caption, where the form's captions stand so."""
    spoken = [(number, atom) for number, atom in enumerate(text.atoms) if atom.cell < 0 and any(map(atom.text.__contains__, COLONS))]
    if len(spoken) < HABIT:
        return text
    cuts: dict[int, int] = {}
    for form in forms:
        keys = _keys(form)
        found = {number: at for number, atom in spoken if (at := _cut(atom, keys))}
        if len({text.atoms[number].text[:at] for number, at in found.items()}) >= HABIT:
            cuts |= found
    if not cuts:
        return text
    atoms: list[Atom] = []
    moved = [0]
    for number, atom in enumerate(text.atoms):
        atoms.extend(_parts(atom, cuts.get(number, 0)))
        moved.append(len(atoms))
    lines = tuple(line._replace(first=moved[line.first], last=moved[line.last]) for line in text.lines)
    return text._replace(atoms=tuple(atoms), lines=lines)


def _keys(form: Form) -> frozenset[str]:
    """The captions of a form that may have a value behind a colon."""
    spellings = (one for found in vocabulary(form).spellings.values() for one in found)
    return frozenset(one.key for one in spellings if not one.fields and len(one.key) >= SHORTEST)


def _cut(atom: Atom, keys: frozenset[str]) -> int:
    """Where a word is parted: behind the last colon that a caption stands before; 0 where none does."""
    places = (at + 1 for at in range(min(len(atom.text) - 2, LONGEST), 0, -1) if atom.text[at] in COLONS)
    return next((at for at in places if normal(atom.text[:at]).rstrip(":") in keys), 0)


def _parts(atom: Atom, at: int) -> Iterator[Atom]:
    if not at:
        yield atom
        return
    for text, gap, x in ((atom.text[:at], atom.gap, atom.x), (atom.text[at:], SPACE, atom.x + at)):
        yield atom._replace(text=text, key=normal(text), gap=gap, x=x)
