"""Text in columns whose places are counted in the width of its letters: a wide letter takes two.

A program that lays text out counts letters (pdftotext), or the places that they take on a screen, on which
≥ and “ take one or two as the typeface has them. The columns themselves tell: by the right measure what stands apart begins at few places,
by another at many.
"""

from __future__ import annotations

from collections.abc import Sequence

from xltool import letter_widths
from xltool.recovery.atoms import WIDE, Atom, Text

FEWER = 0.6
"""The share of the places by letters alone that another measure may have at the most."""


def in_places(text: Text) -> Text:
    """The text with its atoms where they stand by the measure of its columns."""
    lines = [text.atoms[line.first : line.last] for line in text.lines]
    measures = ["", letter_widths.WIDE, letter_widths.WIDER]
    told = [_beginnings(lines, wide) for wide in measures]
    best = min(range(len(told)), key=told.__getitem__)
    if told[best] > FEWER * told[0]:
        return text
    atoms = [atom for line in lines for atom in (_placed(line, measures[best]) if line[0].cell < 0 else line)]
    return text._replace(atoms=tuple(atoms))


def _beginnings(lines: Sequence[Sequence[Atom]], wide: str) -> int:
    """At how many places something begins that stands apart."""
    return len({atom.x for line in lines if line[0].cell < 0 and len(line) > 1 for atom in _placed(line, wide)[1:] if atom.gap == WIDE})


def _placed(line: Sequence[Atom], wide: str) -> list[Atom]:
    """The atoms of a line, letters of these widths taking two places each."""
    if not wide:
        return list(line)
    found: list[Atom] = []
    shift = 0
    for atom in line:
        span = letter_widths.width_of(atom.text, wide)
        found.append(atom._replace(x=atom.x + shift, span=span))
        shift += span - len(atom.text)
    return found
