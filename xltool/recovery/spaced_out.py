"""Text with a blank behind every character, as programs that read pictures leave it: words put together again.

The blanks say nothing about where cells end. Captions, level names and known values do; what stands between them is
one word. Where a word ends with a known value, that is cut off, and the lists are doubted. Where the digits stand apart
too and wider gaps part the cells, these say it: what stands between two of them is one word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from xltool.form import Form
from xltool.recovery.atoms import SPACE, WIDE, Atom, Text
from xltool.recovery.vocabulary import vocabulary
from xltool.values import normal

SPACED = 0.7
"""The share of the words of one character in a text that has blanks everywhere."""
LEAST = 40
"""Words of a text of which so much can be said."""
LETTERS = 3
"""No longer is a character with the marks that no blank parts from it."""
LONG = 4
"""Letters of a caption that is one wherever it stands; shorter ones are where nothing else stands beside them."""
FIGURES, CELLS = 20, 10
"""So many digits that stand alone, and so many wider gaps inside lines, tell that only these part words."""
_DIGITS = re.compile(r"[0-9A-Za-z=<>≤≥%]")


def closed_up(text: Text, forms: Iterable[Form]) -> tuple[Text, frozenset[int]]:
    """The text with its words whole, and the lines on which a value was cut off behind a name."""
    plain = [atom for atom in text.atoms if atom.cell < 0]
    if len(plain) < LEAST or sum(len(atom.key) == 1 for atom in plain) < SPACED * len(plain):
        return text, frozenset()
    if _by_cells(text):
        return _whole_cells(text), frozenset()
    words = _Words(forms)
    atoms: list[Atom] = []
    lines = []
    cut: set[int] = set()
    for line in text.lines:
        first = len(atoms)
        for run in _runs(text.atoms[line.first : line.last]):
            parts = words.parted(run)
            if parts and parts[-1].key in words.values and len(parts) > 1:
                cut.add(line.number)
            atoms.extend(parts)
        lines.append(line._replace(first=first, last=len(atoms)))
    return text._replace(atoms=tuple(atoms), lines=tuple(lines)), frozenset(cut)


def _by_cells(text: Text) -> bool:
    """True where digits stand apart as all letters do, and wider gaps part the cells."""
    figures = [len(atom.key) == 1 for atom in text.atoms if atom.cell < 0 and atom.key.isdigit()]
    gaps = sum(atom.gap == WIDE for atom in text.atoms)
    return sum(figures) >= max(FIGURES, SPACED * len(figures)) and gaps >= CELLS


def _whole_cells(text: Text) -> Text:
    """The text with one word between two of the wider gaps."""
    atoms: list[Atom] = []
    lines = []
    for line in text.lines:
        first = len(atoms)
        for atom in text.atoms[line.first : line.last]:
            bare = "".join(atom.text.split())
            if len(atoms) > first and atom.gap == SPACE and atom.cell < 0:
                atoms[-1] = atoms[-1]._replace(text=atoms[-1].text + bare, key=normal(atoms[-1].text + bare))
            else:
                atoms.append(atom._replace(text=bare) if atom.cell < 0 else atom)
        lines.append(line._replace(first=first, last=len(atoms)))
    return text._replace(atoms=tuple(atoms), lines=tuple(lines))


def _runs(atoms: Sequence[Atom]) -> Iterator[Sequence[Atom]]:
    """The atoms of a line as runs that only the blanks between characters part: numbers and signs stand alone."""
    first = 0
    for at in range(1, len(atoms) + 1):
        if at == len(atoms) or atoms[at].gap >= WIDE or not (_single(atoms[at]) and _single(atoms[at - 1])):
            yield atoms[first:at]
            first = at


def _single(atom: Atom) -> bool:
    return atom.cell < 0 and len(atom.text) <= LETTERS and not _DIGITS.search(atom.key)


class _Words:
    """The words by which a run of characters is parted."""

    def __init__(self, forms: Iterable[Form]) -> None:
        keys: set[str] = set()
        values: set[str] = set()
        for form in forms:
            known = vocabulary(form)
            keys.update(known.titles, known.levels.keys)
            keys.update(one.key for found in known.spellings.values() for one in found if not one.fields)
            values.update(map(normal, form.words))
        self.values = frozenset(values - keys)
        long = sorted((key for key in keys if len(key) >= LONG), key=len, reverse=True)
        short = sorted((key for key in keys if 1 < len(key)), key=len, reverse=True)
        self._long = re.compile(_either(long))
        self._short = re.compile(f"(?:{_either(short)}):?")
        self._only = re.compile(f"(?:(?:{_either(short)}):?)+")
        self._end = re.compile(f"(?<=.)(?:{_either(sorted(self.values, key=len, reverse=True))})$")

    def parted(self, run: Sequence[Atom]) -> list[Atom]:
        """A run as whole words."""
        if len(run) == 1:
            return list(run)
        text = "".join(atom.text for atom in run)
        # A character and its key are as long as each other in all that forms are printed with.
        key = "".join(normal(letter) if len(normal(letter)) == 1 else letter for letter in text)
        edges = sorted({0, len(text), *self._edges(key)})
        gaps = [run[0].gap, *(SPACE for _ in edges[2:])]
        return [run[0]._replace(text=text[a:b], key=normal(text[a:b]), gap=gap, x=run[0].x + a) for (a, b), gap in zip(pairwise(edges), gaps, strict=True)]

    def _edges(self, key: str) -> Iterator[int]:
        if self._only.fullmatch(key):
            yield from (found.end() for found in self._short.finditer(key))
            return
        last = 0
        for found in self._long.finditer(key):
            end = found.end() + (key[found.end() : found.end() + 1] == ":")
            yield from (found.start(), end)
            last = end
        # Two columns of words may end a row: 提升 提升.
        rest = key[last:]
        while len(rest) > 1 and (value := self._end.search(rest)):
            yield last + value.start()
            rest = rest[: value.start()]


def _either(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words)) or "(?!)"
