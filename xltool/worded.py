"""Quantities that are written in words: «95%以上», «不少于12种», «12.6万人次».

The data keeps such a text as it is printed (its parts are given only where the whole text is [sign] number [unit]);
who judges it, or counts what is measured, means the number by it.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from xltool.values import OPERATORS, Value, normal, parse_number, parse_target

BEFORE = {
    "大于等于": "≥", "大于或等于": "≥", "不得低于": "≥", "不得少于": "≥", "不低于": "≥", "不少于": "≥", "不小于": "≥", "不短于": "≥", "至少": "≥", "达到": "≥", "达": "≥",
    "小于等于": "≤", "小于或等于": "≤", "不得超过": "≤", "不得高于": "≤", "不超过": "≤", "不高于": "≤", "不大于": "≤", "不多于": "≤", "至多": "≤", "控制在": "≤", "等于": "=",
    "大于": ">", "超过": ">", "高于": ">", "多于": ">", "小于": "<", "低于": "<", "少于": "<",
}  # fmt: skip
"""Words before a number, and the sign that they stand for."""
BEHIND = {"及以上": "≥", "含以上": "≥", "以上": "≥", "及以下": "≤", "含以下": "≤", "以下": "≤", "以内": "≤", "之内": "≤", "内": "≤"}
"""Words behind a number and its unit; 以上 and 以下 hold the number itself, as laws use them."""
_INCLUDED = re.compile(r"\((?:含|含本数)\)|(?<=以[上下])含")
_BEFORE = re.compile("|".join(sorted(BEFORE, key=len, reverse=True)))
_BEHIND = re.compile(rf"(?:{'|'.join(sorted(BEHIND, key=len, reverse=True))})$")
_SIGN = re.compile("[<>]=|[=≥≤≧≦═<>]")
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_RANGE = re.compile(rf"({_NUMBER.pattern})(\D*?)[-~—–至到]({_NUMBER.pattern})(\D*)")
_COUNTED = re.compile(r"[%‰≥≤<>=]")
_ABOUT = re.compile("^(?:大约|约|近)|左右$")
_DAYS = ("年", "月", "日", "号")
_YEARS = (1900, 2199)
"""Numbers without a unit that are years."""
_TIMES = ("万", "亿")
_PER_CENT = {"%": "%", "‰": "‰", "个百分点": "个百分点", "百分点": "个百分点"}
_SYMBOLS = frozenset("<>=≥≤≧≦═")
_OWN_UNIT = re.compile(r"(?![年月日号季旬周天内外多余以])[^\W\d_]{1,4}(?:/[^\W\d_]{1,4})?")
_AROUND = re.compile(r"^(?:已|实际|全年|累计|共计|共|合计|总计|平均|完成|达到|达|为)+(?=[\d.≥≤<>=])|(?<=[^\W\d_%])\([^()\d]*\)$")
"""What stands around the number that an actual comes to."""
_NAMED = re.compile(r"\((?:单位:)?([^()]{1,8})\)$")
_NOUGHT = "零"
_GOES_ON = frozenset(".,0123456789")
_LONGEST = 40


class Range(NamedTuple):
    """From which to which number a target reaches, both ends included, and its unit."""

    least: Decimal
    most: Decimal
    unit: str | None = None


@lru_cache(maxsize=16384)
def understood(value: Value, units: frozenset[str]) -> Value:
    """The value with the parts that its words leave no doubt of; the same where it has parts, or where they do."""
    if value.value is not None or value.text is None or value.kind or len(value.text) > _LONGEST:
        return value
    text = _INCLUDED.sub("", normal(value.text))
    sign, rest = _signed(text)
    if rest.startswith(_NOUGHT) and _unit(rest.removeprefix(_NOUGHT), units):
        rest = rest.replace(_NOUGHT, "0", 1)
    found = _NUMBER.match(rest)
    number = parse_number(found.group()) if found else None
    if found is None or number is None:
        return value
    unit, said = _behind(rest[found.end() :], sign, units)
    if unit is None and text[:1] in _SYMBOLS and _OWN_UNIT.fullmatch(rest, found.end()):
        # Behind a sign and a number a short word is their unit, whatever it is.
        unit, said = rest[found.end() :], sign
    return value if unit is None else value._replace(operator=said, value=number, unit=unit or None)


@lru_cache(maxsize=4096)
def between(text: str, units: frozenset[str]) -> Range | None:
    """The range that a text is (10-20次, 80%～90%); None where it is none, or where it may be one of years or days."""
    found = _RANGE.fullmatch(normal(text)) if len(text) <= _LONGEST else None
    if found is None:
        return None
    low, first, high, last = found.groups()
    unit, own = _unit(last, units), _unit(first, units)
    least, most = parse_number(low), parse_number(high)
    if unit is None or own is None or (own and own != unit) or least is None or most is None or least > most:
        return None
    of_days = unit in _DAYS or (not unit and _YEARS[0] <= least <= _YEARS[1])
    return None if of_days else Range(least, most, unit or None)


@lru_cache(maxsize=4096)
def unit_in(name: str, units: frozenset[str]) -> str:
    """The unit that a name ends with in brackets: 万元 of 补助金额（万元）; empty where it names none that is known."""
    found = _NAMED.search(normal(name))
    return (_unit(found[1], units) or "") if found else ""


@lru_cache(maxsize=4096)
def measurable(value: Value, units: frozenset[str]) -> bool:
    """True for what can be counted: a quantity, also in words, a range, several of them in one text."""
    if understood(value, units).value is not None:
        return True
    text = _ABOUT.sub("", normal(value.text or ""))
    if between(text, units) is not None or understood(Value(text), units).value is not None:
        return True
    return bool(_COUNTED.search(text) and _NUMBER.search(text))


def as_counted(value: Value, target: Value, units: frozenset[str]) -> Value:
    """An actual with the parts that its words leave no doubt of (已完成18条, 3个（甲、乙、丙）).

    The unit of its target is one, though the form does not know it.
    """
    if value.value is not None or value.text is None:
        return value
    said = Value(_AROUND.sub("", normal(value.text)) or value.text)
    known = units.union(_without_times(normal(target.unit))) if target.unit else units
    parsed = parse_target(said.text or "", known)
    found = parsed if parsed.value is not None else understood(said, known)
    return value if found.value is None else found._replace(text=value.text)


def _signed(text: str) -> tuple[str, str]:
    """The sign that a text begins with, in words or as it is, and what stands behind it."""
    if found := _BEFORE.match(text):
        return BEFORE[found.group()], text[found.end() :]
    if found := _SIGN.match(text):
        return OPERATORS[found.group()], text[found.end() :]
    return "", text


def _behind(text: str, sign: str, units: frozenset[str]) -> tuple[str | None, str | None]:
    """The unit behind a number, None where it is none, and the sign that the words before or behind it give."""
    found = _BEHIND.search(text)
    if found is None:
        return _unit(text, units), sign or None
    said = BEHIND[found.group()]
    # «控制在5%以内» says it twice; «≥95%以下» contradicts itself.
    if sign and sign != said:
        return None, None
    return _unit(text[: found.start()], units), said


def _unit(text: str, units: frozenset[str]) -> str | None:
    """The unit that a text is: one that is known, one with 万 or 亿 or 个 before it; None where it is none."""
    if text in _PER_CENT or not text:
        return _PER_CENT.get(text, "")
    if text[0] in _GOES_ON:
        # The rest of a day: 2023.12.20.
        return None
    found = parse_target(f"1{text}", units)
    if found.value is not None:
        return found.unit or ""
    parts = text.removeprefix("个").split("/")
    return text if all(any(one in units for one in _without_times(part)) for part in parts) else None


def _without_times(unit: str) -> tuple[str, ...]:
    """A unit as it is, and without 万 or 亿, and 个, before it."""
    bare = next((unit.removeprefix(word) for word in _TIMES if unit.startswith(word)), unit)
    return unit, bare, bare.removeprefix("个")
