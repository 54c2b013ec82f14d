"""What reads the cells that one field fills, by what its type asks for: one cell, or a column of a list at once."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import repeat
from operator import sub
from typing import cast

from xltool.filing import Scalar
from xltool.form import Field, Form
from xltool.grid import Grid, Typed
from xltool.recovery.grid_values import ODD, Odd, as_rate, plain_reader

_REMEMBERED = 8_192
_LONG = 64
"""Letters of a text beyond which it is a goal or a reason, that no other form says again."""
_RATES = frozenset("%％")
_TOLD = frozenset("%％万元")
"""What a number's format adds behind it that may say something else than the number."""
_ROUNDED = 0.5
"""What rounding to whole numbers takes or gives at the most; a cell that shows more otherwise is looked at closely."""
_STORED = frozenset({"money", "number", "percent", "date"})
"""Fields whose value may be what a cell stores; of all others it is in the text."""


class FieldReader:
    """Reads the cells of one field that say a value and nothing else, and remembers what a text says.

    The answer is ODD where a cell says more, or less: a mark, a doubt, a repair, a formula.
    """

    def __init__(self, one: Field, form: Form) -> None:
        self.field = one
        self.path = one.path
        self._plain = plain_reader(one, form)
        self._known: dict[str, Scalar] = {}
        self._stored = one.type in _STORED
        self._remembers = one.type != "text" or bool(one.choices)
        self._rate = one.type == "percent"
        self._number = one.type in ("money", "number", "percent")

    def one(self, number: int, grid: Grid) -> Scalar | Odd:
        """The value of one cell."""
        if number in grid.formulas:
            return ODD
        text = grid.texts[number]
        if self._stored:
            return self._of_number(text, grid.values.get(number))
        value: Scalar | Odd = self._known.get(text, ODD)
        if value is ODD and (value := self._plain((text,))[0]) is not ODD:
            self.remember(text, value)
        return value

    def column(self, numbers: Sequence[int], grid: Grid) -> list[Scalar | Odd]:
        """The value of each cell; None for a number below 0, which is no cell."""
        there = numbers if min(numbers, default=0) >= 0 else [number for number in numbers if number >= 0]
        found = self._as_stored(there, grid) if self._stored else self._as_told(list(map(grid.texts.__getitem__, there)))
        if formulas := grid.formulas:
            found = [ODD if number in formulas else value for number, value in zip(there, found, strict=True)]
        if len(there) == len(numbers):
            return found
        rest = iter(found)
        return [next(rest) if number >= 0 else None for number in numbers]

    def _as_told(self, texts: Sequence[str]) -> list[Scalar | Odd]:
        """What texts say; those of a target are remembered, for it takes work to tell."""
        if not self._remembers:
            return self._plain(texts)
        known = self._known
        found: list[Scalar | Odd] = list(map(known.get, texts, repeat(ODD)))
        if fresh := [at for at, value in enumerate(found) if value is ODD]:
            said = [texts[at] for at in fresh]
            for at, text, value in zip(fresh, said, self._plain(said), strict=True):
                if value is not ODD:
                    found[at] = known[text] = value
        if len(known) > _REMEMBERED:
            known.clear()
        return found

    def remember(self, text: str, value: Scalar) -> None:
        """Keeps what a text says, where the text alone says it."""
        if not self._stored and len(text) <= _LONG and len(self._known) < _REMEMBERED:
            self._known[text] = value

    def _as_stored(self, numbers: Sequence[int], grid: Grid) -> list[Scalar | Odd]:
        """Numbers as they are stored; ODD for one that is shown as a rate where none belongs, or the other way round."""
        if not self._number:
            return [ODD] * len(numbers)
        values, texts = list(map(grid.values.get, numbers)), list(map(grid.texts.__getitem__, numbers))
        # Mostly they are numbers and nothing else, and then one look tells it of all.
        if not self._rate and _TOLD.isdisjoint("".join(texts)) and set(map(type, values)) == {Decimal} and _all_agree(texts, cast("list[Decimal]", values)):
            return cast("list[Scalar | Odd]", values)
        return list(map(self._of_number, texts, values))

    def _of_number(self, text: str, value: Typed) -> Scalar | Odd:
        """A number as it is stored, unless its text says something else."""
        if type(value) is not Decimal or not self._number:
            return ODD
        if self._rate:
            return as_rate(text, value) if text[-1:] in _RATES else ODD
        return value if text[-1:] not in _TOLD and _agree(text, value) else ODD


def _agree(text: str, value: Decimal) -> bool:
    """True where a cell shows about the number that it stores: a format may leave out thousands (0!.0,), a sign, or all of it."""
    return _all_agree((text,), (value,))


def _all_agree(texts: Sequence[str], values: Sequence[Decimal]) -> bool:
    """True where each of some cells does."""
    try:
        shown = map(float, (text.replace(",", "") for text in texts))
        # What is no number (nan) is near none.
        return all(map(_ROUNDED.__ge__, map(abs, map(sub, shown, map(float, values)))))
    except ValueError:
        return False
