"""Tests that compare and calculate: one field with another, a total with a sum, a rate with a quotient, a score with a product."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from xltool.check.filled import Filled, Spot
from xltool.check.finding import UNKNOWN
from xltool.check.printing import (
    NEAREST,
    UPWARDS,
    added,
    downwards,
    nearest,
    places,
    rounding,
    shown,
    told,
    upwards,
)
from xltool.check.rule import OFF, Answer, Rule
from xltool.figures import written

SIGNS: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "≠": operator.ne,
    "≥": operator.ge,
    "≤": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}
PERCENT_PLACES = (0, 1, 2, 3, 4)
"""Decimals that a printed rate may have."""


def compare(rule: Rule, filled: Filled) -> Iterator[Answer]:
    """Two roles, or a role and a number, that do not stand to each other as ``sign`` says; in every row where they are a list's.

    Where one of them is blank nothing is compared: what must be filled in is another rule's.
    """
    holds = SIGNS[rule.word("sign")]
    for left, right, item in _pairs(rule, filled):
        known = rule.number("number") if right is None else _comparable(right)
        found = _comparable(left)
        if found is None or known is None or type(found) is not type(known) or holds(found, known):
            continue
        said = written(known, left.field.type) if right is None and isinstance(known, Decimal) else shown(right) if right else ""
        other = right.caption if right else said
        yield Answer((left, right) if right else (left,), f"{rule.word('sign')} {said}", shown(left), item=item, holes=(("other", other), ("limit", said)))


def _pairs(rule: Rule, filled: Filled) -> Iterator[tuple[Spot, Spot | None, str]]:
    left, right = rule.word("left"), rule.word("right")
    for row, one in filled.pairs(left):
        other = row.get(right) if right else None
        if other or not right:
            yield one, other, row.name
    for one in filled.all(left):
        if not right:
            yield one, None, ""
        elif other := filled.one(right):
            yield one, other, ""


def _comparable(spot: Spot) -> Decimal | str | None:
    """A number, or a day in ISO form, which sorts as days do."""
    if spot.field.type == "date":
        return spot.text if len(spot.text) == 10 and spot.text[4] == "-" else None
    return spot.number


def total(rule: Rule, filled: Filled) -> Iterator[Answer]:
    """A number or a role that is not the sum of the roles in ``parts``, those of a list added down the list.

    The place to look at first is the role; for a number the role ``at``, where the form prints it, else the first part.
    """
    of, number = rule.word("of"), rule.number("number")
    if not filled.rows or not filled.has(*rule.words("parts")) or (of and not filled.has(of)):
        return
    parts = [spot for role in rule.words("parts") for spot in (*filled.all(role), *filled.column(role))]
    whole = filled.one(of) if of else None
    if whole is not None:
        number = whole.number
    blank = [spot for spot in parts if spot.number is None and not spot.mark]
    added_up = sum((spot.number for spot in parts if spot.number is not None), Decimal())
    if number == added_up:
        return
    at = filled.one(rule.word("at")) if rule.word("at") else None
    first = whole or (at if at and not at.doubted else None)
    spots = (first, *parts) if first else tuple(parts)
    if number is None or (blank and added_up < number):
        # What is blank may be what is missing; where all of it is blank there is nothing to say.
        if len(blank) < len(parts):
            why = told("check-blank", what=whole.caption if whole and number is None else "、".join(dict.fromkeys(spot.caption for spot in blank)))
            yield Answer(spots, written(added_up), shown(whole) if whole else "", added(parts, added_up), UNKNOWN, why=why)
        return
    severity = _rounded_total(rule, number, added_up, parts)
    if severity == OFF:
        return
    expected, found = (written(added_up), written(number)) if whole else (written(number), written(added_up))
    yield Answer(spots, expected, found, added(parts, added_up), severity=severity, holes=(("difference", written(number - added_up)),))


def _rounded_total(rule: Rule, number: Decimal, added_up: Decimal, parts: Sequence[Spot]) -> str:
    """The severity of a total that is printed with fewer decimals than its parts, and so may have been rounded; empty for any other."""
    finest = max((places(spot.number) for spot in parts if spot.number is not None), default=0)
    if places(number) >= finest:
        return ""
    if abs(number - added_up) <= (rule.number("tolerance") or 0):
        return rule.within or OFF
    return _rounded_so(rule, number, added_up, finest) if rule.word("upwards") else ""


def quotient(rule: Rule, filled: Filled) -> Iterator[Answer]:
    """A rate that is not ``dividend`` ÷ ``divisor`` rounded to the nearest or upwards, in the row of the role and in those beside it."""
    for of, above, below in _rows_of(filled, rule.word("of"), rule.word("dividend"), rule.word("divisor")):
        if of.number is None:
            continue
        if above.number is None or below.number is None:
            blank = "、".join(spot.caption for spot in (above, below) if spot.number is None)
            yield Answer((of, above, below), "", shown(of), answer=UNKNOWN, why=told("check-blank", what=blank))
            continue
        if below.number == 0:
            # The systems print 0 for the rate of a budget of nothing.
            if above.number != 0 or of.number != 0:
                yield Answer((of, above, below), "", shown(of), f"{shown(above)} ÷ 0", UNKNOWN, why=told("check-zero", what=below.caption))
            continue
        answer = _rounded(rule, of, above, below, of.number)
        if answer:
            yield replace(answer, sum=answer.sum + _by_another(rule, filled, of, above, below))


def _by_another(rule: Rule, filled: Filled, of: Spot, above: Spot, below: Spot) -> str:
    """The quotient that a rate is where it was divided by the field of the role ``not-by`` of its row; empty where it was not."""
    wrong = next((found[0] for found in _rows_of(filled, rule.word("not-by"), rule.word("divisor")) if found[1].path == below.path), None) if rule.word("not-by") else None
    if wrong is None or not wrong.number or wrong.number == below.number or above.number is None or of.number is None:
        return ""
    printed, exact = of.number * 100, above.number / wrong.number * 100
    said = any(printed == way(exact, places(printed)) for way in (nearest, upwards, downwards))
    return f"；{shown(above)} ÷ {shown(wrong)}（{wrong.caption.rpartition('·')[2]}）= {shown(of)}" if said else ""


def _rounded(rule: Rule, of: Spot, above: Spot, below: Spot, rate: Decimal) -> Answer | None:
    """What is wrong with a printed rate. Trailing zeros are not known: 63% may have been printed 63.00%."""
    assert above.number is not None
    assert below.number is not None
    exact, printed = above.number / below.number * 100, rate * 100
    usual = int(rule.number("decimals") or 2)
    fits = [number for number in PERCENT_PLACES if number >= places(printed) and printed in (nearest(exact, number), upwards(exact, number))]
    if any(number >= usual for number in fits):
        return None
    # Cut off behind its last decimal.
    fits += [number for number in PERCENT_PLACES if number >= places(printed) and printed == downwards(exact, number)]
    expected = written(nearest(exact, usual) / 100, "percent")
    written_out = f"{shown(above)} ÷ {shown(below)} = {written(nearest(exact, 4) / 100, 'percent')}"
    if fits and not rule.within:
        return None
    return Answer((of, above, below), expected, shown(of), written_out, severity=rule.within if fits else "")


def _rows_of(filled: Filled, *roles: str) -> Iterator[tuple[Spot, ...]]:
    """The fields of the roles, and those of the rows beside them in the same block: same path but for one step above the last."""
    first = [filled.one(role) for role in roles]
    if not all(first):
        return
    steps = [one.path.split(".") for one in first if one]
    by_path = {spot.path: spot for spot in filled.scalars}
    if any(len(one) < 2 for one in steps) or len({tuple(one[:-1]) for one in steps}) > 1:
        yield tuple(one for one in first if one)
        return
    block, leaves = steps[0][:-2], [one[-1] for one in steps]
    for row in dict.fromkeys(spot.path.split(".")[-2] for spot in filled.scalars if spot.path.split(".")[:-2] == block and "." in spot.path):
        found = [by_path.get(".".join([*block, row, leaf])) for leaf in leaves]
        if all(found):
            yield tuple(one for one in found if one)


def product(rule: Rule, filled: Filled) -> Iterator[Answer]:
    """A score that is not the product of its ``factors``, each not more than ``most`` says, within rounding.

    A rounded rate may have been used, or the exact one: both are right.
    """
    of = filled.one(rule.word("of"))
    factors = [filled.one(role) for role in rule.words("factors")]
    if of is None or of.number is None or not factors or not all(factors):
        return
    known = [one for one in factors if one]
    if any(one.number is None for one in known):
        blank = "、".join(one.caption for one in known if one.number is None)
        yield Answer((of, *known), "", shown(of), answer=UNKNOWN, why=told("check-blank", what=blank))
        return
    caps = rule.numbers("most")
    exact, used = Decimal(1), []
    for role, one in zip(rule.words("factors"), known, strict=True):
        number = one.number if one.number is not None else Decimal()
        capped = min(number, caps[role]) if role in caps else number
        exact *= capped
        used.append(shown(one) if capped == number else f"min({shown(one)}, {written(caps[role], one.field.type)})")
    usual = int(rule.number("decimals") or 2)
    if any(abs(of.number - one) <= Decimal("0.5").scaleb(-usual) for one in (exact, *_with_exact_rate(rule, filled))):
        return
    written_out = f"{' × '.join(used)} = {written(nearest(exact, 4))}"
    severity = _rounded_so(rule, of.number, exact, usual)
    if severity != OFF:
        yield Answer((of, *known), written(nearest(exact, usual)), shown(of), written_out, severity=severity)


def _rounded_so(rule: Rule, printed: Decimal, exact: Decimal, usual: int) -> str:
    """The severity of a number that is what rounding gives: OFF where the rule passes it, empty (the rule's own) where rounding gives another."""
    how = rounding(printed, exact, usual)
    return {NEAREST: rule.within or OFF, UPWARDS: rule.word("upwards") or rule.within or OFF}.get(how, "")


def _with_exact_rate(rule: Rule, filled: Filled) -> Iterator[Decimal]:
    """The product with the quotient that the rate was rounded from, where the rule names it."""
    above, below, weight = (filled.one(role) for role in (rule.word("dividend"), rule.word("divisor"), rule.words("factors")[-1]))
    if above and below and weight and above.number is not None and below.number and weight.number is not None:
        rate = above.number / below.number
        yield min(rate, rule.numbers("most").get(rule.words("factors")[0], rate)) * weight.number
