"""Numbers that a narrow cell has wrapped: 21,400,550.26003 / 9, 13,660,000.0 / 0, 395.35 / %."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, pairwise

from xltool.form import Form
from xltool.recovery.amounts import Run, options
from xltool.recovery.atoms import LINE, Atom

MOST = 4
"""So many places at which a number may go on are weighed together."""
TAIL = 3
"""The digits that a wrap leaves for the next line, at most."""
JOINED, APART = 0.3, 3.0
"""What it costs to join a number whose digits behind the point look whole, and to leave one apart whose digits do not."""


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
