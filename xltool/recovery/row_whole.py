"""Values of which a typesetter's blank parts the number from its unit, made one word again: ≥200 人次, 12 月底前."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xltool.form import Form
from xltool.recovery.atoms import LINE, Atom
from xltool.recovery.shapes import is_limit
from xltool.recovery.thin_blanks import borders, spaced_out
from xltool.values import normal, parse_target

STRANGE = 2
"""A word behind a sign and its number is its unit where it is no longer, known or not: ≥1.2 万亩."""


def whole(atoms: Sequence[Atom], numbers: Sequence[int], thins: Mapping[int, float], form: Form) -> tuple[list[int], dict[int, int]]:
    """The numbers of the atoms that begin a word, and by the number of a value's that of its unit.

    A number of which a Chinese word stands before it is part of that word's cell, and so is what stands behind it. Where the
    form prints units in cells of their own, only a day or a limit (9 月前) is one word.
    """
    apart = any(one.type == "unit" for one in form.fields.values())
    units: dict[int, int] = {}
    for number, then in zip(numbers, numbers[1:], strict=False) if spaced_out(atoms) else ():
        if then == number + 1 and number not in thins and borders(atoms[number], atoms[then]) and _is_one(atoms[number], atoms[then], apart, form) and (atoms[number].gap < LINE or _is_plain(atoms[number], atoms[then])):
            units[number] = then
    taken = set(units.values())
    return [number for number in numbers if number not in taken], units


def joined_at(atoms: Sequence[Atom], number: int, units: Mapping[int, int]) -> Atom:
    """The atom with its unit."""
    atom = atoms[number]
    if number not in units:
        return atom
    text = f"{atom.text} {atoms[units[number]].text}"
    return atom._replace(text=text, key=normal(text))


def _is_plain(atom: Atom, then: Atom) -> bool:
    """True for a sign with its number, and for a limit: a number without a sign that begins a line may end the words above."""
    return parse_target(atom.text).operator is not None or is_limit(normal(atom.text + then.text))


def _is_one(atom: Atom, then: Atom, apart: bool, form: Form) -> bool:
    """True for a number and its unit, or a limit in words."""
    value, both = parse_target(atom.text, form.units), atom.text + then.text
    if value.value is None or value.unit is not None:
        return False
    if is_limit(normal(both)):
        return True
    known = parse_target(both, form.units).unit is not None
    return not apart and (known or (value.operator is not None and len(then.text) <= STRANGE and then.key not in form.words))
