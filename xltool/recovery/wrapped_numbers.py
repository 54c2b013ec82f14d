"""Numbers that a narrow cell has wrapped, 21,400,550.26003 / 9, 13,660,000.0 / 0, 395.35 / %, and those that a line cuts at any
place, 10,52 / 8,180.00, where a sum comes out with them alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations, pairwise
from typing import NamedTuple

from xltool.form import Form
from xltool.recovery.amounts import Choice, Run, choose, options
from xltool.recovery.atoms import LINE, Atom

_AMOUNT = re.compile(r"(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?[%％]?")
MOST = 4
"""So many places at which a number may go on are weighed together."""
TAIL = 3
"""The digits that a wrap leaves for the next line, at most."""
JOINED, APART = 0.3, 3.0
"""What it costs to join a number whose digits behind the point look whole, and to leave one apart whose digits do not."""

HARD, LIKE = 0.5, 0.5
"""What it costs that a line cuts a number anywhere; readings that cost so little more are as good."""
MOST_CUTS = 24
"""So many places at which a line may cut a number are tried."""
_Way = tuple[Run, tuple[int, ...]]
"""A run with its wrapped numbers whole, and the numbers of the atoms that were joined to the one before them."""


class Mended(NamedTuple):
    """Runs with their numbers whole, each with the atoms that were joined to the one before them, the reading of all, and the
    fields that may be cut in two where no sum tells how."""

    runs: list[_Way]
    choice: Choice
    unsure: frozenset[str]


def mended(runs: Sequence[Run], form: Form) -> Mended:
    """The runs of a form with their numbers whole. Where a sum does not come out, or a row has more numbers than cells, a number
    may be cut at a line's end: the one that makes all sums right is joined."""
    plain = [unwrapped(run, form) for run in runs]
    base = _chosen(plain, form)
    places = [(at, place) for at, run in enumerate(runs) if base.wrong & _fields(run) or _is_crowded(run) for place in range(1, len(run.atoms)) if _may_go_on(run.atoms[place - 1], run.atoms[place])][:MOST_CUTS]
    ways = [_tried(runs, plain, at, place, form) for at, place in places]
    found = [_chosen(way, form) for way in ways]
    right = sorted((choice.cost, number) for number, choice in enumerate(found) if not choice.wrong)
    if right and right[0][0] + HARD < base.cost:
        cost, best = right[0]
        alike = {places[number][0] for other, number in right if other < cost + LIKE and _said(ways[number]) != _said(ways[best])}
        return Mended(ways[best], found[best], _all_fields(runs, alike | {places[best][0]} if alike else ()))
    return Mended(plain, base, _all_fields(runs, {at for at, _ in places} if base.wrong else ()))


def _is_crowded(run: Run) -> bool:
    """True for a row with more numbers than cells."""
    return len(run.atoms) > sum(slot.kind != "empty" for slot in run.slots)


def _all_fields(runs: Sequence[Run], numbers: Iterable[int]) -> frozenset[str]:
    return frozenset(name for at in numbers for name in _fields(runs[at]))


def _chosen(ways: Sequence[_Way], form: Form) -> Choice:
    return choose([run for run, _ in ways], form, {})


def _tried(runs: Sequence[Run], plain: Sequence[_Way], at: int, place: int, form: Form) -> list[_Way]:
    """The runs with the number of one of them whole that a line cuts before an atom."""
    run = runs[at]
    made, joins = unwrapped(_joined(run, (place,)), form)
    return [*plain[:at], (made, tuple(sorted((run.numbers[place], *joins)))), *plain[at + 1 :]]


def _said(ways: Sequence[_Way]) -> list[str]:
    return [atom.text for run, _ in ways for atom in run.atoms]


def _fields(run: Run) -> frozenset[str]:
    return frozenset(name for slot in run.slots if slot.kind == "hole" for name in slot.fields)


def _may_go_on(before: Atom, atom: Atom) -> bool:
    """True where a line may cut a number: digits end it and begin the next, and both are one amount or rate."""
    if atom.gap != LINE or atom.cell >= 0 or not before.text[-1:].isdigit() or not before.text[:1].isdigit() or not atom.text[:1].isdigit():
        return False
    return _AMOUNT.fullmatch(before.text + atom.text) is not None


def unwrapped(run: Run, form: Form) -> tuple[Run, tuple[int, ...]]:
    """The run with its wrapped numbers whole, and the numbers of the atoms that were joined to the one before them."""
    signs = [at for at in range(1, len(run.atoms)) if run.atoms[at].text in ("%", "％") and run.atoms[at].cell < 0]
    places = [at for at in range(1, len(run.atoms)) if _goes_on(run.atoms[at - 1], run.atoms[at])][:MOST]
    ways = [tuple(sorted((*signs, *some))) for count in range(len(places) + 1) for some in combinations(places, count)]
    cut = frozenset(at for at in places if _is_cut(run.atoms[at - 1].text, run.atoms[at].text))
    best = min(ways, key=lambda way: _cost(run, way, form) + APART * len(cut.difference(way))) if places else tuple(signs)
    return _joined(run, best), tuple(run.numbers[at] for at in best)


def cuts(run: Run) -> int:
    """How many amounts of a run a line's end surely cuts."""
    return sum(_goes_on(before, atom) and _is_cut(before.text, atom.text) for before, atom in pairwise(run.atoms))


def _goes_on(before: Atom, atom: Atom) -> bool:
    """True where a number with a point or commas ends a line and a few digits begin the next."""
    digits = atom.text.rstrip("%％").isdigit() and len(atom.text.rstrip("%％")) <= TAIL
    return digits and atom.cell < 0 and atom.gap == LINE and before.text[-1:].isdigit() and before.text[:1].isdigit() and ("." in before.text or "," in before.text)


def _is_cut(number: str, rest: str) -> bool:
    """True for an amount with its thousands parted and one digit behind its point, where one digit begins the next line."""
    return "," in number and len(number.partition(".")[2]) == 1 and len(rest) == 1


def _cost(run: Run, way: Sequence[int], form: Form) -> float:
    made = _joined(run, way)
    dear = sum(JOINED for at in way if run.atoms[at].text.isdigit() and len(run.atoms[at - 1].text.partition(".")[2]) == 2)
    return options(made, form)[0].cost + dear


def _joined(run: Run, way: Sequence[int]) -> Run:
    """The run with each of these atoms joined to the one before it."""
    if not way:
        return run
    atoms: list[Atom] = []
    for at, atom in enumerate(run.atoms):
        if at in way:
            text = atoms[-1].text + atom.text
            atoms[-1] = atoms[-1]._replace(text=text, key=atoms[-1].key + atom.key)
        else:
            atoms.append(atom)
    numbers = tuple(number for at, number in enumerate(run.numbers) if at not in way)
    return replace(run, atoms=tuple(atoms), numbers=numbers)
