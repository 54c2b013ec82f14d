"""The published container 汇总表: for each unit a title, then its forms one after another."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence

from xltool.filing import Entry, Filing, Section
from xltool.jobs.rollup.assembling import Assembled
from xltool.jobs.rollup.reading import Given
from xltool.rollup.model import Register, Subtotal
from xltool.surfaces.rollup_writer.register import TITLES, ordered, parents


def stacked(made: Assembled, given: Sequence[Given]) -> Filing:
    """The forms as one document: a section for each unit of each register. A form that came twice word for word stands once."""
    above = parents(made.rollup.trees)
    sections = [
        Section(title, tuple(entries)) for register in made.rollup.registers for unit in register.units for title, entries in _titled(register, unit, made, above)
    ]
    return Filing(tuple(sections))


def _titled(register: Register, unit: Subtotal, made: Assembled, above: dict[int, int]) -> Iterator[tuple[str, list[Entry]]]:
    """A unit's forms under the titles that they stood under, or under one made of unit and year."""
    found: dict[str, list[Entry]] = {}
    seen: set[str] = set()
    for row, _ in ordered(unit, above):
        signature = made.rollup.rows[row].signature
        spooled = made.kept[row].entry
        if signature.hash in seen or spooled is None:
            continue
        seen.add(signature.hash)
        title = signature.where.section or f"{unit.unit or unit.department}{f'{register.year}年度' if register.year else ''}{TITLES[register.family]}"
        found.setdefault(title, []).append(pickle.loads(spooled.read()))
    yield from found.items()
