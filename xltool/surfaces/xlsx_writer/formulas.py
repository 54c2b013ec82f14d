"""What a form computes by itself: sums, the execution rate and its score, total weight and score, as live formulas.

A formula stands with the result that Excel will compute, so that a blank reads back before anyone has opened it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from xltool.filing import Entry, Scalar
from xltool.form import Form
from xltool.surfaces.xlsx_writer.fields import Area, Areas, playing
from xltool.values import shortest

RATE_PLACES, SCORE_PLACES = 4, 2
"""Decimals of a rate (as a fraction: two of its percentage) and of a score."""


class Nothing(str):
    """The empty text as the stored result of a formula. XlsxWriter takes an empty text for «no result stored»."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return False

    def __ne__(self, other: object) -> bool:
        return True

    __hash__ = str.__hash__


NOTHING = Nothing()


@dataclass(frozen=True, slots=True)
class Computed:
    """A formula for the cell of a field, and its result; None shows as an empty cell."""

    area: Area
    formula: str
    result: Decimal | None


def formulas(form: Form, found: Areas, entry: Entry) -> Iterator[Computed]:
    """The formulas of a form, in the order in which they build on each other.

    A field that holds another value than its formula gives keeps its value.
    """
    known: dict[str, Scalar] = dict(entry.values)
    for one in _all(form, found, known, entry):
        if not one.area.one.list:
            held = entry.values.get(one.area.one.path)
            if held is not None and held != one.result:
                continue
            known[one.area.one.path] = one.result
        yield one


def _all(form: Form, found: Areas, known: Mapping[str, Scalar], entry: Entry) -> Iterator[Computed]:
    for total in form.sums:
        parts = [found[name] for name in total.parts if name in found]
        if total.total in found and parts and not found[total.total].one.list:
            yield _sum(found[total.total], parts, [value for one in parts for value in _held(one, known, entry)])
    yield from _rates(form, found, known)
    yield from _scores(form, found, known)
    for role, alone, listed in (("total_weight", "execution_weight", "weight"), ("total_score", "execution_score", "score")):
        for area in playing(form, found, role):
            parts = [*playing(form, found, alone), *playing(form, found, listed)]
            if parts:
                yield _sum(area, parts, [value for one in parts for value in _held(one, known, entry)])


def _held(area: Area, known: Mapping[str, Scalar], entry: Entry) -> Sequence[Scalar]:
    """The values of a field: one, or that of each row of its list."""
    return [item.get(area.one.path) for item in entry.lists.get(area.one.list, ())] if area.one.list else [known.get(area.one.path)]


def _sum(area: Area, parts: Sequence[Area], values: Sequence[Scalar]) -> Computed:
    said = ",".join(one.whole for one in parts)
    numbers = [Decimal(one) for one in values if isinstance(one, Decimal | int)]
    return Computed(area, f'=IF(COUNT({said})=0,"",SUM({said}))', shortest(sum(numbers, Decimal(0))) if numbers else None)


def _rates(form: Form, found: Areas, known: Mapping[str, Scalar]) -> Iterator[Computed]:
    """The rate of each row of the money table that has one, as the row that the roles name has it."""
    rates, budgets, done = (playing(form, found, role) for role in ("execution_rate", "annual_budget", "executed"))
    if not (rates and budgets and done):
        return
    by_path = {area.one.path: area for area in found.values() if not area.one.list}
    heads = [area.one.path.rpartition(".") for area in (rates[0], budgets[0], done[0])]
    for path, area in by_path.items():
        row, _, leaf = path.rpartition(".")
        budget, executed = (by_path.get(f"{row}.{one[2]}") for one in heads[1:])
        if leaf != heads[0][2] or not budget or not executed or not form.layout.cell_of(area.one.name).only_hole:
            continue
        whole, part = _number(known.get(budget.one.path)), _number(known.get(executed.one.path))
        rate = _rounded(part / whole, RATE_PLACES) if whole and part is not None else None
        yield Computed(area, f'=IF(AND(ISNUMBER({budget.cell}),ISNUMBER({executed.cell})),IF({budget.cell}=0,"",ROUND({executed.cell}/{budget.cell},{RATE_PLACES})),"")', rate)


def _scores(form: Form, found: Areas, known: Mapping[str, Scalar]) -> Iterator[Computed]:
    """The score of the execution rate: the rate, at most 1, times its weight."""
    for area in playing(form, found, "execution_score"):
        rate, weight = playing(form, found, "execution_rate"), playing(form, found, "execution_weight")
        if rate and weight:
            one, two = _number(known.get(rate[0].one.path)), _number(known.get(weight[0].one.path))
            score = _rounded(min(one, Decimal(1)) * two, SCORE_PLACES) if one is not None and two is not None else None
            yield Computed(area, f'=IF(AND(ISNUMBER({rate[0].cell}),ISNUMBER({weight[0].cell})),ROUND(MIN({rate[0].cell},1)*{weight[0].cell},{SCORE_PLACES}),"")', score)


def _number(value: Scalar) -> Decimal | None:
    return Decimal(value) if isinstance(value, Decimal | int) else None


def _rounded(number: Decimal, places: int) -> Decimal:
    return shortest(number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))
