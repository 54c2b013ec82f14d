"""Values that blanks part though they are one word: a number and its unit, ≥200 人次, a limit, 12 月底前, 2024年12月 31日前."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from xltool.form import Form
from xltool.recovery.atoms import LINE, SPACE, Atom
from xltool.recovery.shapes import is_limit
from xltool.recovery.thin_blanks import borders, spaced_out
from xltool.values import normal, parse_target

STRANGE = 2
"""A word behind a sign and its number is its unit where it is no longer, known or not: ≥1.2 万亩."""
_DATED = re.compile(r"(?:19|20)\d\d年\d{1,2}月(?:\d{1,2}日|[上中下]旬|[初中底末])?(?:[之以]?前|内)(?:完成)?")
"""By which day of which year something is done."""
_BEFORE = frozenset({"前", "之前", "以前", "前完成"})
"""What a line may leave of it for the next."""
_YEAR = re.compile(r"(?:19|20)\d\d年?")
MOST = 6
"""Such a day has so many words at most: 2024 年 12 月 31 日前."""


def whole(atoms: Sequence[Atom], numbers: Sequence[int], thins: Mapping[int, float], form: Form) -> tuple[list[int], dict[int, tuple[int, ...]]]:
    """The numbers of the atoms that begin a word, and by the number of a value's those of what belongs to it.

    A number of which a Chinese word stands before it is part of that word's cell, and so is what stands behind it. Where the
    form prints units in cells of their own, only a day or a limit (9 月前) is one word.
    """
    spaced = spaced_out(atoms)
    units = _dated(atoms, numbers, spaced or sum(one.type == "target" for one in form.fields.values()) == 1)
    apart = any(one.type == "unit" for one in form.fields.values())
    for number, then in zip(numbers, numbers[1:], strict=False) if spaced else ():
        if then == number + 1 and number not in thins and borders(atoms[number], atoms[then]) and _is_one(atoms[number], atoms[then], apart, form) and (atoms[number].gap < LINE or _is_plain(atoms[number], atoms[then])):
            units.setdefault(number, (then,))
    taken = {each for rest in units.values() for each in rest}
    return [number for number in numbers if number not in taken], units


def _dated(atoms: Sequence[Atom], numbers: Sequence[int], lone: bool) -> dict[int, tuple[int, ...]]:
    """The words of each day with its year that one blank parts; ``lone``: a year alone is no value beside another."""
    own, found = set(numbers), dict[int, tuple[int, ...]]()
    for number in numbers:
        if not _YEAR.match(atoms[number].key) or not (lone or not _YEAR.fullmatch(atoms[number].key)):
            continue
        text, last = atoms[number].key, number + 1
        while last in own and (atoms[last].gap == SPACE or (atoms[last].gap == LINE and atoms[last].key in _BEFORE)) and last - number < MOST and not _DATED.fullmatch(text):
            text, last = text + atoms[last].key, last + 1
        if _DATED.fullmatch(text):
            found[number] = tuple(range(number + 1, last))
    return found


def joined_at(atoms: Sequence[Atom], number: int, units: Mapping[int, tuple[int, ...]]) -> Atom:
    """The atom with what belongs to it."""
    atom = atoms[number]
    if number not in units:
        return atom
    text = " ".join(atoms[each].text for each in (number, *units[number]))
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
