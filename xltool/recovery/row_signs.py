"""Signs that a row was read wrong though it looks whole: what stands in it that no cell of the form would hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xltool.recovery.atoms import LINE, PAGE
from xltool.recovery.stretch import Stretch


@dataclass(slots=True)
class Row:
    """One row: the numbers of the atoms of each of its fields, and the margin of the reading."""

    first: int
    fields: dict[str, list[int]]
    margin: dict[str, float]


@dataclass(frozen=True, slots=True)
class Sign:
    """A row (from 0; -1: the whole list) that is not to be trusted, the number of the atom that says so, and why."""

    row: int
    number: int
    why: str


def signs(stretch: Stretch, numbers: Sequence[int], rows: Sequence[Row]) -> Iterator[Sign]:
    """What speaks against the rows of a list; ``numbers`` are its atoms as the rows call them."""
    at_of = {number: at for at, number in enumerate(numbers)}
    for row, one in enumerate(rows):
        places = [at_of[number] for number in one.fields.get(stretch.columns.name, [])]
        for at in places[1:]:
            if _swallowed(stretch, at):
                yield Sign(-1, numbers[at], f"名称之内有“{stretch.atoms[at].text}”，可能是另一行的值")
            if _stray_unit(stretch, at, places):
                yield Sign(row, numbers[at], f"“{stretch.atoms[at].text}”可能是被换页断开的单位")
        if row and places and _torn(stretch, places, at_of, rows[row - 1]):
            for beside in (row - 1, row):
                yield Sign(beside, numbers[places[0]], "换页处的文字可能是上一行名称的后半")


def _swallowed(stretch: Stretch, at: int) -> bool:
    """True for a known value that stands inside a name, apart from the word before it."""
    return stretch.shapes[at].word and stretch.gaps[at] < LINE and at not in stretch.thin


def _stray_unit(stretch: Stretch, at: int, places: Sequence[int]) -> bool:
    """True for a bracketed word that ends a name behind another such word, pages on from its head."""
    if at != places[-1] or not stretch.shapes[at].glued or stretch.gaps[at] != LINE:
        return False
    paged = any(stretch.gaps[other] == PAGE for other in places[1:])
    return paged and stretch.atoms[at - 1].key.endswith(")")


def _torn(stretch: Stretch, places: Sequence[int], at_of: dict[int, int], before: Row) -> bool:
    """True for a name that begins a page, of which a line ends short, behind a row whose name ends full."""
    width = stretch.evidence.name_width
    above = [at_of[number] for number in before.fields.get(stretch.columns.name, [])]
    if stretch.gaps[places[0]] != PAGE or width is None or not above or stretch.crossed[places[0]]:
        return False
    return width - stretch.shapes[above[-1]].line_width <= 2 and not any(stretch.gaps[at] == PAGE for at in above[1:])
