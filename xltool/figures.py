"""Numbers as people write them."""

from __future__ import annotations

import re
from decimal import Decimal

from xltool.values import figure, parse_number, plain, shortest


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


_CAPITALS = {**dict(zip("零壹贰叁肆伍陆柒捌玖", range(10), strict=True)), "两": 2, "〇": 0}
_PLACES = {"拾": 10, "佰": 100, "仟": 1000}
_IN_CAPITALS = re.compile(r"(?:人民币)?[:：]?([壹贰叁肆伍陆柒捌玖两拾][零壹贰叁肆伍陆柒捌玖两〇拾佰仟万亿]*)[元圆](?:整|正|([零壹贰叁肆伍陆柒捌玖]角)?(?:零?([零壹贰叁肆伍陆柒捌玖])分|[整正])?)?")


def in_capitals(text: str) -> Decimal | None:
    """The amount in 元 that the numerals of cheques write (叁拾万元整, 壹仟零伍元贰角); None for anything else."""
    found = _IN_CAPITALS.fullmatch("".join(text.split()))
    if found is None:
        return None
    whole = section = digit = 0
    for letter in found[1]:
        if letter in _CAPITALS:
            digit = _CAPITALS[letter]
        elif letter in _PLACES:
            section, digit = section + (digit or (letter == "拾" and not section)) * _PLACES[letter], 0
        else:
            whole, section, digit = (whole + section + digit) * 10**8 if letter == "亿" else whole + (section + digit) * 10**4, 0, 0
    cents = 10 * _CAPITALS[found[2][0]] if found[2] else 0
    cents += _CAPITALS[found[3]] if found[3] else 0
    return shortest(Decimal(whole + section + digit) + Decimal(cents) / 100)


def unit_of_money(word: str) -> str:
    """The unit of money that a word behind an amount is (万 is 万元); empty where it is none."""
    unit = word if word.endswith("元") else f"{word}元"
    return unit if word and unit in UNITS else ""


def amount_in(text: str, unit: str) -> Decimal | None:
    """An amount that is written with its own unit (12万元, 120000（元）, 3万, 叁拾万元整) in the unit of money of a form; None
    where no unit stands behind it, or one that is not known."""
    if (capitals := in_capitals(text)) is not None:
        return shortest(capitals / UNITS[unit]) if unit in UNITS else None
    compact = figure(text).lstrip("¥￥")
    number = _NUMBER.match(compact)
    found = _WITH_UNIT.fullmatch(compact, number.end()) if number else None
    own = unit_of_money(found[1] or found[2] or "") if found else ""
    if number is None or not own or unit not in UNITS:
        return None
    return shortest(Decimal(number.group().replace(",", "")) * UNITS[own] / UNITS[unit])


def in_points(text: str) -> Decimal | None:
    """Points that are written with their unit (10分, 10（分））; None for anything else."""
    compact = figure(text)
    number = _NUMBER.match(compact)
    return parse_number(number.group()) if number and compact[number.end() :] in ("分", "(分)") else None


def in_brackets(text: str) -> Decimal | None:
    """The negative amount that an accountant writes in brackets: (120); None for anything else."""
    found = _BRACKETED.fullmatch(figure(text))
    number = parse_number(found[1]) if found else None
    return -number if number else None
