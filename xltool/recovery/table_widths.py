"""A table of text that goes on at another width: a page's end cut it, and its rows lost or gained cells at their left.

The cells of the rows above tell what each column holds (level names, values, names); the rows below are put where
most of their cells stand among their like.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum, auto
from itertools import dropwhile

from xltool.form import Form
from xltool.values import normal

LEAST = 2
"""Rows of a table at the least: one row alone has lost a bar."""
FURTHEST = 3
"""So many cells may be lost at the left of a row."""
BETTER = 1.2
"""So many times more cells must stand among their like than where the rows stand."""
_VALUE = re.compile(r"(?:[=≥≤><]|>=|<=)?\d[\d.,]*\S{0,8}|[=≥≤><]\S{1,16}")


class Kind(Enum):
    """What a cell of a list holds."""

    LEVEL_ONE = auto()
    LEVEL_TWO = auto()
    VALUE = auto()
    NAME = auto()


def in_columns(rows: Sequence[Sequence[str]], forms: Iterable[Form]) -> Iterator[tuple[list[str], int]]:
    """Each row in its columns, and by how many cells it was moved."""
    known = tuple(forms)
    kinds, captions = kinds_of(known), _captions(known)
    above: list[list[str]] = []
    for table in _tables(rows):
        filled = [list(row) for row in table if len(row) > 1 and any(row)]
        going_on = len(filled) >= LEAST and bool(above) and next(normal(cell) for cell in filled[0] if cell) not in captions
        by = _moved(above, filled, kinds) if going_on else 0
        yield from ((_by(list(row), by), by) if len(row) > 1 and any(row) else (list(row), 0) for row in table)
        above = [*(above if going_on or len(filled) < LEAST else ()), *(_by(row, by) for row in filled)]


def _tables(rows: Sequence[Sequence[str]]) -> Iterator[list[Sequence[str]]]:
    """Rows one below the other that have as many cells; lines of text between them go with the rows before."""
    table: list[Sequence[str]] = []
    width = 0
    for row in rows:
        if len(row) > 1 and any(row):
            if width and len(row) != width:
                yield table
                table = []
            width = len(row)
        table.append(row)
    yield table


def _captions(forms: Iterable[Form]) -> frozenset[str]:
    """What no row of a list begins with."""
    printed = {normal(spelling) for form in forms for cell in form.layout.cells if cell.caption for spelling in (cell.caption, *form.captions.get(cell.caption, ()))}
    return frozenset(printed)


def kinds_of(forms: Iterable[Form]) -> dict[str, Kind]:
    """The names of levels; one that is both is none."""
    ones, twos = set[str](), set[str]()
    for form in forms:
        for one, below in form.taxonomy.children.items():
            ones.add(normal(one))
            twos.update(map(normal, below))
    return {name: Kind.LEVEL_ONE if name in ones else Kind.LEVEL_TWO for name in ones ^ twos}


def _kind(cell: str, kinds: dict[str, Kind]) -> Kind:
    key = normal(cell)
    return kinds.get(key) or (Kind.VALUE if _VALUE.fullmatch(key) else Kind.NAME)


def _moved(above: Sequence[Sequence[str]], table: Sequence[Sequence[str]], kinds: dict[str, Kind]) -> int:
    """By how many cells the rows of a table are to be moved to the right (to the left where less than 0)."""
    columns: dict[int, Counter[Kind]] = {}
    # Before its first level two stands what is no list.
    for row in dropwhile(lambda row: not any(kinds.get(normal(cell)) is Kind.LEVEL_TWO for cell in row), above):
        for at, cell in enumerate(row):
            if cell:
                columns.setdefault(at, Counter())[_kind(cell, kinds)] += 1
    cells = [(at, _kind(cell, kinds)) for row in table for at, cell in enumerate(row) if cell]
    left = min(at for at, _ in cells)

    def fits(by: int) -> float:
        return sum(own[kind] / own.total() for at, kind in cells if (own := columns.get(at + by)))

    ways = sorted(range(-min(left, FURTHEST), FURTHEST + 1), key=lambda by: (-fits(by), abs(by)))
    return ways[0] if fits(ways[0]) > BETTER * fits(0) else 0


def _by(row: list[str], by: int) -> list[str]:
    return [""] * by + row if by > 0 else row[-by:] if by < 0 and not any(row[:-by]) else row
