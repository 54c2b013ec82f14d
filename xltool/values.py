"""Values as the forms print them: numbers, money, dates, rates, targets, and the text around them.

Numbers are ``Decimal``; a date is ISO text; a rate is a fraction. Nothing here guesses: what does
not have the shape comes back as None.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

WIDE = "\u2e80-\u303f\u3040-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\uffe0-\uffe6\U00020000-\U0003ffff“”‘’—…·"
_BLANK_AT_WIDE = re.compile(rf"(?<=[{WIDE}])[ \t\u00a0\u2002-\u200a\u3000]+|[ \t\u00a0\u2002-\u200a\u3000]+(?=[{WIDE}])")
_BLANKS = re.compile(r"[ \t\u00a0\u2002-\u200a\u3000]+")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad\x00-\x08\x0b\x0e-\x1f\x7f]")
RADICAL = re.compile(r"[\u2e80-\u2fdf]")
"""A Kangxi radical or its supplement, which fonts name instead of the character."""
# Radicals that a font may name instead of the characters that they look like, and that Unicode's forms leave as they are.
_LOOKS = "⺁厂⺇几⺊卜⺎兀⺒巳⺓幺⺛旡⺝月⺠民⺩王⺪疋⺬示⺮竹⺳网⺼肉⺽臼⻁虎⻄西⻅见⻆角⻉贝⻊足⻋车⻑長⻓长⻔门⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻬齐⻮齿⻰龙"
_LIKE = dict(zip(_LOOKS[::2], _LOOKS[1::2], strict=True))
_WIDE_START = re.compile(rf"^[{WIDE}]")

MARKS = frozenset("—-–/*无－―")
OPERATORS = {"=": "=", "＝": "=", "═": "=", "≥": "≥", ">=": "≥", "≧": "≥", "＞=": "≥", "＞＝": "≥", ">＝": "≥", "≤": "≤", "<=": "≤", "≦": "≤", "＜=": "≤", "＜＝": "≤", "<＝": "≤", ">": ">", "＞": ">", "<": "<", "＜": "<"}
OPERATOR_START = frozenset("=＝═≥≧≤≦><＞＜")
_TARGET = re.compile(r"\s*([=＝═≥≧≤≦]|[>＞<＜](?:\s*[=＝])?)?\s*([-－]?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:[.．]\d+)?)\s*(.*\S|)\s*", re.S)
_PLAIN_TARGET = re.compile(r"([=＝═≥≧≤≦]|[>＞<＜][=＝]?+)?+([0-9]{1,15}+(?:\.[0-9]{1,15}+)?+)(\D*+)")
OF_A_NUMBER = {"%": "%", "％": "%", "‰": "‰"}
"""The units that need no list: parts of a hundred, of a thousand."""
NUMBER_DIGITS = 30
"""The most digits, before and behind the point together, of what counts as a number: no form prints more, and JSON takes no more."""
_ENDINGS = 4_096
"""What stands behind numbers that is remembered."""
# Raised, lowered and encircled digits are no digits of the number beside them: 1200②, 10².
_APART = re.compile("[²³¹\u2070-\u2094\u2460-\u24ff\u2776-\u2793\u3251-\u325f\u32b1-\u32bf]")
_MONEY = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s+0{1,2}:00(?::00)?)?")
_PAIRS = {"(": ")", "（": "）"}
ZEROS, DIGITS = "〇○◯零Oo0", "一二三四五六七八九"
"""How a nought is written among Chinese numerals, and the numerals from 1 to 9."""
YEAR = rf"(?:(?:19|20|21)\d\d|(?:一九|二[{ZEROS}一])[{ZEROS}{DIGITS}]{{2}})"
"""A year from 1900 to 2199, in digits or in Chinese numerals."""
_YEAR = re.compile(rf"(\()?({YEAR})(?:年度?)?(?(1)\))")
_TO_DIGITS = str.maketrans(ZEROS + DIGITS, "0" * len(ZEROS) + "123456789")


class Value(NamedTuple):
    """A target or an actual value: the text as printed, and its parts where it is quantitative.

    ``kind`` is the word of a sign's own cell (定性); ``text`` is None only where sign or unit
    stand in cells of their own and the number's cell is empty.
    """

    text: str | None
    operator: str | None = None
    value: Decimal | None = None
    unit: str | None = None
    kind: str | None = None


@lru_cache(maxsize=16384)
def normal(text: str) -> str:
    """The text in NFKC without white space and invisible characters: what two captions are compared by."""
    if text.isascii():
        return "".join(text.split())
    # What is printable holds no invisible character.
    return "".join(unicodedata.normalize("NFKC", text if text.isprintable() else _INVISIBLE.sub("", text)).split())


def caption_key(text: str) -> str:
    """What a caption is known by: ``normal`` without a colon at its end."""
    return normal(text).rstrip(":")


def printable(text: str) -> str:
    """The text without invisible characters, Kangxi radicals as the characters they stand for."""
    text = _INVISIBLE.sub("", text)
    return RADICAL.sub(lambda found: _LIKE.get(found.group()) or unicodedata.normalize("NFKC", found.group()), text)


def without_blanks(text: str) -> str:
    """The text without white space and invisible characters, everything else as printed."""
    return "".join(_INVISIBLE.sub("", text).split())


def clean(text: str) -> str:
    """The text of one line as printed: a blank that touches a Chinese character or a full-width mark goes."""
    return _BLANKS.sub(" ", _BLANK_AT_WIDE.sub("", text)).strip()


def join_wrapped(first: str, then: str) -> str:
    """Two lines of one cell as one text: a blank only between two Latin words."""
    if not first or not then:
        return first + then
    if first[-1].isascii() and then[0].isascii() and first[-1].isalpha() and then[0].isalpha():
        return f"{first} {then}"
    return first + then


def plain(number: Decimal | int) -> str:
    """The shortest decimal form: 92764.00 → 92764, 1E+3 → 1000."""
    text = str(number)
    if "E" in text:
        text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def shortest(number: Decimal) -> Decimal:
    """The same number without trailing zeros."""
    return Decimal(plain(number))


def is_mark(text: str) -> bool:
    """True where a number's or date's cell holds only a mark (— - / * 无) that stands for «nothing»."""
    return 0 < len(text) <= 4 and set(text.strip()) <= MARKS


def figure(text: str) -> str:
    """``normal`` of a text that may hold a number; empty where raised, lowered or encircled digits would become part of it."""
    return "" if _APART.search(text) else normal(text)


@lru_cache(maxsize=16384)
def parse_number(text: str) -> Decimal | None:
    """The number of a cell, thousands separators and full-width digits allowed; None where it is none."""
    found = _MONEY.fullmatch(figure(text))
    return _shortest_of(found.group()) if found and _count(found.group()) <= NUMBER_DIGITS else None


def _count(digits: str) -> int:
    """The digits of a number that is printed."""
    return len(digits) if digits.isdigit() else sum(map(str.isdigit, digits))


@lru_cache(maxsize=4096)
def _shortest_of(digits: str) -> Decimal:
    """The number of ASCII digits, without trailing zeros."""
    digits = digits.replace(",", "")
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return Decimal(digits) or Decimal(0)


def parse_money(text: str) -> Decimal | None:
    """The amount as printed; a currency sign before it or 元 behind it is passed over."""
    return parse_number(figure(text).lstrip("¥￥").removesuffix("元"))


def parse_percent(text: str, caption_says: bool = False) -> tuple[Decimal | None, bool]:
    """The rate as a fraction, and whether it is certain (a rate without % is, where the caption says %)."""
    compact = figure(text)
    number = parse_number(compact.removesuffix("%"))
    if number is None:
        return None, False
    if compact.endswith("%") or caption_says:
        return shortest(number / 100), True
    return number, False


@lru_cache(maxsize=4096)
def parse_date(text: str) -> str | None:
    """The day in ISO form; None where the text is no full day."""
    found = _DATE.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if not found:
        return None
    try:
        return date(*(int(part) for part in found.groups())).isoformat()
    except ValueError:
        return None


def parse_year(text: str) -> int | None:
    """A year of four digits (1900 to 2199) or Chinese numerals, «年» or «年度» behind it and a bracket around it allowed."""
    found = _YEAR.fullmatch(normal(text))
    return int(found.group(2).translate(_TO_DIGITS)) if found else None


def in_numerals(text: str) -> bool:
    """True for a year that is written in Chinese numerals: 二〇二五."""
    found = _YEAR.fullmatch(normal(text))
    return found is not None and not found.group(2).isascii()


def parse_target(text: str, units: frozenset[str] = frozenset()) -> Value:
    """The value of a target's text: parts only where the whole text is [operator] number [unit].

    A unit stands in brackets, is %, or stands bare and is one of ``units`` (also joined by /).
    """
    return _remembered_target(text, units)


def operator_of(text: str) -> str | None:
    """The operator that a text is, however it is typed (> =); None for any other text."""
    return OPERATORS.get("".join(text.split()))


def _read_target(text: str, units: frozenset[str]) -> Value:
    found = _TARGET.fullmatch(text)
    if not found:
        return Value(text)
    sign, digits, rest = found.groups()
    unit = _unit(rest, units)
    if unit is None or _count(digits) > NUMBER_DIGITS:
        return Value(text)
    number = _shortest_of(digits) if digits.isascii() else parse_number(digits)
    return Value(text, operator_of(sign) if sign else None, number, unit or None) if number is not None else Value(text)


def with_times(units: Iterable[str]) -> frozenset[str]:
    """The units, and each of them behind 万 and 亿 (万人次) where these are among them."""
    own = frozenset(units)
    times = own & {"万", "亿"}
    return own | {one + unit for one in times for unit in own if unit[:1] not in times}


_remembered_target = lru_cache(maxsize=16384)(_read_target)


class Targets:
    """Reads many targets as ``parse_target`` does, for a caller that remembers what a text says.

    Most are a sign, a number in half width and a unit, and of units there are few.
    """

    def __init__(self, units: frozenset[str]) -> None:
        self._units = units
        self._known: dict[str, str | None] = {}

    def read(self, texts: Iterable[str]) -> list[Value]:
        """The value of each text."""
        known, plainly = self._known, _PLAIN_TARGET.fullmatch
        if len(known) > _ENDINGS:
            known.clear()
        values, made = list[Value](), tuple.__new__
        for text in texts:
            if (found := plainly(text)) is None:
                values.append(_read_target(text, self._units))
                continue
            sign, digits, rest = found.groups()
            unit = known[rest] if rest in known else known.setdefault(rest, _unit(rest.strip(), self._units))
            if unit is None:
                values.append(Value(text))
            else:
                number = Decimal(digits.rstrip("0").rstrip(".") if "." in digits else digits)
                values.append(made(Value, (text, OPERATORS[sign] if sign else None, number, unit or None, None)))
        return values


@lru_cache(maxsize=4096)
def _unit(rest: str, units: frozenset[str]) -> str | None:
    """The unit of what stands behind a number; empty where nothing does, None where it is no unit."""
    if rest == "":
        return ""
    if rest in OF_A_NUMBER:
        return OF_A_NUMBER[rest]
    if rest[0] in _PAIRS:
        inner = _inside_brackets(rest)
        return OF_A_NUMBER.get(inner, inner) if inner else None
    bare = normal(rest)
    if bare in units or (bare and all(part in units for part in bare.split("/"))):
        return clean(rest)
    return None


def _inside_brackets(text: str) -> str | None:
    """What one pair of brackets around the whole text holds, its blanks gone; None where there is no such pair."""
    depth = 0
    for position, character in enumerate(text):
        depth += (character in "(（") - (character in ")）")
        if depth == 0:
            return clean(text[1:-1]) if position == len(text) - 1 else None
    return None


def is_wide(text: str) -> bool:
    """True where a text begins with a Chinese character or full-width mark: no blank belongs beside it."""
    return bool(_WIDE_START.match(text))
