"""Blanks that a typesetter put between Chinese and Latin letters or digits: they part no cells (5G 基站, 不少于 3 次)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from xltool.form import Form
from xltool.recovery.atoms import LINE, SPACE, Atom
from xltool.recovery.shapes import is_limit
from xltool.values import parse_target

_HAN = re.compile(r"[\u3400-\u9fff]")
_INSIDE = re.compile(r"(?<=[\u3400-\u9fff])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=[\u3400-\u9fff])")
_RANGE = re.compile(r"\d[\d.]*%?[-~—–至]\d[\d.]*%?|\d[\d.]*[%％](?!\S{1,3}$)")
_OPEN_UNIT = re.compile(r"\d[\d,]*(?:\.\d+)?[(（][^()（）]{0,6}")
"""A number whose unit goes on: 5155.30(人/, and 天) on the next line."""
_YEAR = re.compile(r"(?<!\d)(?:19|20|21)\d\d年")
ENOUGH, SHARE = 4, 4
"""So many such blanks make it a habit, where no more than one border in so many is without."""
UNIT = 2
"""What is no longer beside a number is its unit, in a form that prints units in a cell of their own."""
SURE, LIKELY, OPEN = 4.0, 0.6, 0.2
"""What it costs that a cell begins behind such a blank: at a letter, at a number, at one that ends its line."""


def spaced_out(atoms: Sequence[Atom]) -> bool:
    """True for a text in which Chinese and Latin letters or digits hardly ever touch, nor a year its 年."""
    if any(_YEAR.search(atom.text) for atom in atoms):
        return False
    blanks = sum(borders(one, then) for one, then in zip(atoms, atoms[1:], strict=False))
    return blanks >= ENOUGH and sum(len(_INSIDE.findall(atom.text)) for atom in atoms) * SHARE <= blanks


def thin(atoms: Sequence[Atom], form: Form) -> Mapping[int, float]:
    """The atoms that only such a blank parts from the word before them, with what it costs that a cell begins there all
    the same; none where the text has no such habit.

    A number between Chinese words belongs to both of them; beside another number it is a cell. A sign with its number
    and a unit are one value, unless the form prints the unit in a cell of its own.
    """
    if not spaced_out(atoms):
        return {}
    apart = any(one.type == "unit" for one in form.fields.values())
    found: dict[int, float] = {}
    for at in range(1, len(atoms)):
        if borders(atoms[at - 1], atoms[at]) and _is_thin(atoms, at, apart, form):
            found[at] = SURE if not _digits(atoms[at]) else LIKELY if borders(atoms[at], atoms[at + 1]) else OPEN
    return found


def borders(before: Atom, atom: Atom) -> bool:
    """True where one blank parts a Chinese letter from a Latin one or a digit."""
    if atom.gap != SPACE or atom.line != before.line:
        return False
    left, right = before.text[-1], atom.text[0]
    return (bool(_HAN.match(left)) and right.isascii() and right.isalnum()) or (left.isascii() and left.isalnum() and bool(_HAN.match(right)))


def _is_thin(atoms: Sequence[Atom], at: int, apart: bool, form: Form) -> bool:
    before, atom = atoms[at - 1], atoms[at]
    if _HAN.match(atom.text[0]):
        if not _digits(before):
            value = parse_target(before.text, form.units)
            return value.value is None or (not apart and parse_target(before.text + atom.text, form.units).unit is not None)
        if apart and (len(atom.text) <= UNIT or parse_target(before.text + atom.text, form.units).unit is not None):
            return False
        return at < 2 or atoms[at - 2].line != before.line or borders(atoms[at - 2], before)
    if not _digits(atom):
        return parse_target(atom.text, form.units).value is None and not _OPEN_UNIT.fullmatch(atom.text) and not _RANGE.match(atom.text) and not is_limit(atom.key)
    if apart and len(before.text) <= UNIT and at > 1 and atoms[at - 2].line == atom.line:
        return False
    signed = at > 1 and atoms[at - 2].line == atom.line and _waits(atoms[at - 2])
    then = atoms[at + 1] if at + 1 < len(atoms) else atom
    return not signed and (borders(atom, then) or (then.gap == LINE and bool(_HAN.match(then.text[0]))))


def _waits(atom: Atom) -> bool:
    """True for a sign with its number, of which the unit may be the next word."""
    value = parse_target(atom.text)
    return value.operator is not None and value.unit is None


def _digits(atom: Atom) -> bool:
    """True for a number without sign and unit."""
    return atom.text.replace(".", "").isdigit()
