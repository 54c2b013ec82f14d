"""Targets whose sign, number and unit stand in cells of their own below one head (≥ | 95 | %): put together again."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from xltool.form import Form
from xltool.grid import Grid
from xltool.recovery.grid_rows import ItemPlace, Rows
from xltool.recovery.grid_values import in_parts
from xltool.values import OPERATORS, parse_target

CODE = "target-split"
TWICE = "此处有不止一个值"
_ALONE = frozenset({*OPERATORS, "%", "％"})


@dataclass(frozen=True, slots=True)
class Split:
    """The cells of one value from the left, by number, and what they say together."""

    numbers: tuple[int, ...]
    text: str

    @property
    def first(self) -> int:
        """The cell that stands where the value does."""
        return self.numbers[0]

    def said(self, grid: Grid) -> str:
        """The words of the repair."""
        return f"“{' | '.join(grid.texts[number] for number in self.numbers)}”分在几个单元格里，合为“{self.text}”"


def splits(form: Form, places: Sequence[ItemPlace], rows: Rows) -> Iterator[tuple[int, str, Split | None]]:
    """(item, column, the value) of each column in which a row holds several cells below a head; no value where they are not parts of one."""
    if not rows.more:
        return
    for at, place in enumerate(places):
        for name, first in place.cells:
            more = rows.more.get((place.row, name), ())
            numbers = (first, *(number for number in more if not _headed(rows, number)))
            if len(numbers) > 1:
                yield at, name, _whole(form, name, rows.grid, numbers)


def strays(form: Form, places: Sequence[ItemPlace], grid: Grid, numbers: Iterable[int]) -> Iterator[tuple[int, str, int, str]]:
    """(item, column, cell, why) of each target beside which a sign or % stands alone, below a head that the form does not know."""
    alone = {grid.places[number][0]: number for number in numbers if grid.texts[number].strip() in _ALONE}
    if not alone:
        return
    targets = [name for name in places[0].columns if form.fields[name].type == "target" and not in_parts(form, form.fields[name])] if places else []
    for at, place in enumerate(places):
        if place.row in alone:
            said = grid.texts[alone[place.row]].strip()
            yield from ((at, name, place.slots[name], f"同一行另有单独的“{said}”") for name in targets if name in place.slots)


def _headed(rows: Rows, number: int) -> bool:
    """True where a head of its own stands above a cell, which is then no part of the column beside it."""
    column, above = rows.grid.places[number][1], rows.first - 1
    before = range(rows.numbers.start, bisect_left(rows.grid.places, (rows.first,), rows.numbers.start, rows.numbers.stop))
    return any(left == column and top <= above <= bottom for top, left, bottom, _ in (rows.grid.places[one] for one in before))


def _whole(form: Form, name: str, grid: Grid, numbers: tuple[int, ...]) -> Split | None:
    """The cells of a target as one: a sign and what it holds of, or a number and its unit."""
    first, *others = (grid.texts[number].strip() for number in numbers)
    if form.fields[name].type != "target" or not all(others):
        return None
    units = form.units | {"%", "％"}
    said = others[0] if first in OPERATORS else first
    rest = others[1:] if first in OPERATORS else others
    printed = parse_target(said)
    if said in OPERATORS or any(one not in units for one in rest) or (rest and (printed.value is None or printed.unit)):
        return None
    return Split(numbers, "".join((first, *others)))
