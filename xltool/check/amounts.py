"""Tests of money: sums, amounts that are compared, amounts named in a text, the printed unit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from decimal import Decimal

from xltool.check.filled import Filled, Spot
from xltool.check.finding import UNKNOWN
from xltool.check.printing import added, shown, told
from xltool.check.rule import Answer, Rule
from xltool.figures import UNITS, written

_LONGEST = 20_000
"""Characters of a text in which amounts are looked for."""
_AMOUNT = re.compile(r"(?<![\d.,])(\d{1,3}(?:,\d{3}){1,5}|\d{1,15})(\.\d{1,6})?(亿|万)?元")
_TIMES = {None: Decimal(1), "万": Decimal(10_000), "亿": Decimal(10) ** 8}


def parts_add_up(rule: Rule, filled: Filled) -> Iterator[Answer]:
    """A total that is not the sum of its parts, for every sum that the form declares.

    A blank part is not 0: where parts are blank, a sum that is less than the total tells nothing, one that
    is more is wrong all the same. A mark (—) says that there is nothing.
    """
    rows = {name: len(items) for name, items in filled.entry.lists.items()}
    for above, below in (pair for one in filled.form.sums for pair in filled.form.added(one, rows)):
        total, parts = filled.at(above), [filled.at(part) for part in below]
        given = [part.number for part in parts if part.number is not None]
        if total.number is None:
            if given and any(given) and not total.mark:
                yield Answer((total, *parts), written(sum(given, Decimal()), "money"), "", added(parts, sum(given, Decimal())), UNKNOWN, why=told("check-blank", what=total.caption))
            continue
        blank = [part for part in parts if part.number is None and not part.mark]
        answer = _differs(rule, filled, total, parts, blank)
        if answer:
            yield answer


def _differs(rule: Rule, filled: Filled, total: Spot, parts: Sequence[Spot], blank: Sequence[Spot]) -> Answer | None:
    assert total.number is not None
    added_up = sum((part.number for part in parts if part.number is not None), Decimal())
    difference = total.number - added_up
    if difference == 0:
        return None
    spots, written_out = (total, *parts), added(parts, added_up)
    holes = (("difference", written(abs(difference), "money")), ("parts", "、".join(dict.fromkeys(part.caption for part in parts))))
    if blank and difference > 0:
        why = told("check-blank", what="、".join(part.caption for part in blank))
        return Answer(spots, written(added_up, "money"), shown(total), written_out, UNKNOWN, why=why, holes=holes)
    allowed = rule.numbers("tolerance").get(filled.unit_of(total), Decimal())
    severity = rule.within if abs(difference) <= allowed else ""
    if abs(difference) <= allowed and not rule.within:
        return None
    return Answer(spots, written(added_up, "money"), shown(total), written_out, severity=severity, holes=holes)


def amount_in_text(rule: Rule, filled: Filled) -> Iterator[Answer]:
    """An amount named in a text that is exactly 10,000 times, or a 10,000th of, an amount of the form: 元 taken for 万元."""
    amounts = [spot for spot in _each(rule.words("amounts"), filled) if spot.number]
    for text in (spot for role in rule.words("texts") for spot in filled.all(role)):
        named = list(_amounts(text.text))
        for spot in amounts:
            assert spot.number is not None
            unit = filled.unit_of(spot)
            own = spot.number * UNITS.get(unit, Decimal(1))
            if any(amount == own for _, amount in named):
                continue
            for said, amount in named:
                if amount in (own * 10_000, own / 10_000):
                    yield Answer((spot, text), said, f"{shown(spot)}{unit}", f"{said} = {written(amount, 'money')}元")


def _each(roles: Sequence[str], filled: Filled) -> Iterator[Spot]:
    """The fields of the roles, each once: one field may play several."""
    yield from {spot.path: spot for role in roles for spot in filled.all(role)}.values()


def _amounts(text: str) -> Iterator[tuple[str, Decimal]]:
    """The amounts that a text names, each as it stands there and in 元."""
    for found in _AMOUNT.finditer(unicodedata.normalize("NFKC", text[:_LONGEST])):
        whole, rest, times = found.groups()
        yield found.group(), Decimal(whole.replace(",", "") + (rest or "")) * _TIMES[times]


def amount_unit(rule: Rule, filled: Filled) -> Iterator[Answer]:
    """An amount that is not likely in the unit that the form prints: below ``least`` or from ``most`` upwards."""
    for spot in _each(rule.words("roles"), filled):
        number, unit = spot.number, filled.unit_of(spot)
        least, most = rule.numbers("least").get(unit), rule.numbers("most").get(unit)
        if not number:
            continue
        if (least is not None and abs(number) < least) or (most is not None and abs(number) >= most):
            yield Answer((spot,), "", f"{shown(spot)}{unit}", holes=(("unit", unit),))
