"""Numbers as people write them."""

from __future__ import annotations

import re
from decimal import Decimal

from xltool.values import normal, parse_number, plain, shortest


def written(number: Decimal, kind: str = "number") -> str:
    """A number as people write it: money with thousands separators, a rate as percent."""
    if kind == "percent":
        return f"{plain(shortest(number * 100))}%"
    if kind != "money":
        return plain(number)
    whole, point, rest = plain(abs(number)).partition(".")
    return ("-" if number < 0 else "") + f"{int(whole):,}" + point + rest


UNITS = {"元": Decimal(1), "千元": Decimal(1000), "万元": Decimal(10_000), "百万元": Decimal(10**6), "亿元": Decimal(10**8)}
"""What a unit of money is in 元."""
_WITH_UNIT = re.compile(r"(?:\(([^()]*)\)|([^\d()]*))")
_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_BRACKETED = re.compile(r"\(([\d,.]+)\)")


def unit_of_money(word: str) -> str:
    """The unit of money that a word behind an amount is (万 is 万元); empty where it is none."""
    unit = word if word.endswith("元") else f"{word}元"
    return unit if word and unit in UNITS else ""


def amount_in(text: str, unit: str) -> Decimal | None:
    """An amount that is written with its own unit (12万元, 120000（元）, 3万) in the unit of money of a form; None where no
    unit stands behind it, or one that is not known."""
    compact = normal(text).lstrip("¥￥")
    number = _NUMBER.match(compact)
    found = _WITH_UNIT.fullmatch(compact, number.end()) if number else None
    own = unit_of_money(found[1] or found[2] or "") if found else ""
    if number is None or not own or unit not in UNITS:
        return None
    return shortest(Decimal(number.group().replace(",", "")) * UNITS[own] / UNITS[unit])


def in_points(text: str) -> Decimal | None:
    """Points that are written with their unit (10分, 10（分））; None for anything else."""
    compact = normal(text)
    number = _NUMBER.match(compact)
    return parse_number(number.group()) if number and compact[number.end() :] in ("分", "(分)") else None


def in_brackets(text: str) -> Decimal | None:
    """The negative amount that an accountant writes in brackets: (120); None for anything else."""
    found = _BRACKETED.fullmatch(normal(text))
    number = parse_number(found[1]) if found else None
    return -number if number else None
