"""What stands in several cells where the form has one, put together again: the sign, number and unit of a target
(≥ | 95 | %), an amount and its unit, the lines of a goal, a caption and the name behind its colon (项目负责人： | 某人)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from xltool.figures import UNITS, amount_in
from xltool.form import Form
from xltool.grid import Grid
from xltool.recovery.grid_rows import ItemPlace, Rows
from xltool.recovery.grid_values import in_parts
from xltool.values import OF_A_NUMBER, OPERATORS, operator_of, parse_target, plain

TARGET, LINES, CAPTION, AMOUNT = "target-split", "lines-split", "caption-split", "amount-split"
TWICE = "此处有不止一个值"
_ALONE = frozenset({*OPERATORS, *OF_A_NUMBER})


@dataclass(frozen=True, slots=True)
class Split:
    """The cells of one value in reading order, by number, what they say together, and the repair's code."""

    numbers: tuple[int, ...]
    text: str
    code: str

    @property
    def first(self) -> int:
        """The cell that stands where the value does."""
        return self.numbers[0]

    def said(self, grid: Grid) -> str:
        """The words of the repair."""
        if self.code == LINES:
            return f"{len(self.numbers)} 个单元格里的各行合为一项"
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
    if form.fields[name].type == "money":
        return with_unit(grid, numbers)
    first, *others = (grid.texts[number].strip() for number in numbers)
    if form.fields[name].type != "target" or not all(others):
        return None
    units = form.units | OF_A_NUMBER.keys()
    said = others[0] if operator_of(first) else first
    rest = others[1:] if operator_of(first) else others
    printed = parse_target(said)
    if operator_of(said) or any(one not in units for one in rest) or (rest and (printed.value is None or printed.unit)):
        return None
    return Split(numbers, "".join((first, *others)), TARGET)


def with_unit(grid: Grid, numbers: tuple[int, ...]) -> Split | None:
    """An amount and its unit of money in the cell behind it."""
    texts = [grid.texts[number].strip() for number in numbers]
    if len(texts) != 2 or texts[1] not in UNITS or any(number in grid.formulas for number in numbers):
        return None
    stored = grid.values.get(numbers[0])
    said = (plain(stored) if isinstance(stored, Decimal) else texts[0]) + texts[1]
    return Split(numbers, said, AMOUNT) if amount_in(said, texts[1]) is not None else None


def lines(grid: Grid, numbers: Sequence[int], free: Collection[int]) -> Split | None:
    """The cells of a long text that was written on in the rows below: one below the other, each in a row of its own, and
    none of the cells that are free begins such a row: it may be a caption that the form does not know."""
    places = [grid.places[number] for number in numbers]
    below = all(upper[2] < lower[0] and upper[1] == lower[1] for upper, lower in pairwise(places))
    named = any(grid.places[number][0] == row and grid.places[number][1] < column for row, column, _, _ in places[1:] for number in free)
    if not below or named or any(number in grid.formulas for number in numbers):
        return None
    return Split(tuple(numbers), "\n".join(grid.texts[number] for number in numbers), LINES)


def behind_colon(grid: Grid, number: int, free: Collection[int]) -> Split | None:
    """A caption that ends in a colon and the only cell, of those that are free, that stands behind it in its row."""
    text = grid.texts[number].rstrip()
    if text[-1:] not in (":", "："):
        return None
    row, _, last_row, last = grid.places[number]
    beside = [other for other in free if grid.places[other][0] == row and grid.places[other][2] == last_row and grid.places[other][1] > last and grid.texts[other]]
    return Split((number, beside[0]), text + grid.texts[beside[0]], CAPTION) if len(beside) == 1 else None
