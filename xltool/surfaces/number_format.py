"""The language in which a workbook says how a number is shown: sections by sign or by a condition, each in its tokens."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from operator import eq, ge, gt, le, lt, ne
from typing import NamedTuple

BUILT_IN: dict[int, str] = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 27: "yyyy\"年\"m\"月\"", 28: "m\"月\"d\"日\"", 29: "m\"月\"d\"日\"",
    30: "m/d/yy", 31: "yyyy\"年\"m\"月\"d\"日\"", 32: "h\"时\"mm\"分\"", 33: "h\"时\"mm\"分\"ss\"秒\"",
    36: "yyyy\"年\"m\"月\"", 37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
    41: "#,##0;-#,##0;\"-\"", 42: "¥#,##0;-¥#,##0;\"-\"", 43: "#,##0.00;-#,##0.00;\"-\"", 44: "¥#,##0.00;-¥#,##0.00;\"-\"",
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "0.0E+0", 49: "@", 50: "yyyy\"年\"m\"月\"", 57: "yyyy\"年\"m\"月\"", 58: "m\"月\"d\"日\"",
}  # fmt: skip
"""Excel's own formats that no file spells out, as a Chinese Excel shows them."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|_(?P<space>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]|(?P<general>General)'
    r"|(?P<half>AM/PM|A/P|上午/下午)|(?P<stamp>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+|a{3,4})|(?P<exponent>E[+-]0+)|(?P<digits>[0#?]+(?:[0#?,]*[0#?])?(?:\.[0#?]*)?|\.[0#?]+)|(?P<other>.)",
    re.S,
)
"""A token. A Chinese Excel takes ! for the backslash of others: 0!.0,"万元"."""
_CURRENCY = re.compile(r"\$([^-]*)")
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_SIGNS: dict[str, Callable[[Decimal, Decimal], bool]] = {"<": lt, "<=": le, ">": gt, ">=": ge, "=": eq, "<>": ne}
LONGEST = 1_000
"""Letters of a format; Excel takes 255. A longer one is nobody's, and looking through it costs its square."""

Token = re.Match[str]


class Section(NamedTuple):
    """A section of a format: its tokens and their kinds, and the numbers that it is for where it says so (<, 0)."""

    tokens: tuple[Token, ...]
    kinds: frozenset[str | None]
    sign: str = ""
    bound: Decimal = Decimal()

    def takes(self, number: Decimal) -> bool:
        """True where its condition holds."""
        return _SIGNS[self.sign](number, self.bound)

    @property
    def only_negative(self) -> bool:
        """True where its condition leaves it nothing but numbers below nought, whose sign it then writes itself."""
        return (self.sign == "<" and self.bound <= 0) or (self.sign == "<=" and self.bound < 0)


@lru_cache(maxsize=512)
def sections(code: str) -> tuple[Section, ...]:
    """The sections of a format."""
    found, start, quoted = [], 0, False
    for position, character in enumerate(code):
        quoted ^= character == '"'
        if character == ";" and not quoted and code[position - 1 : position] not in ("\\", "!"):
            found.append(_section(code[start:position]))
            start = position + 1
    return (*found, _section(code[start:]))


def _section(text: str) -> Section:
    tokens = tuple(_TOKEN.finditer(text))
    said = (_CONDITION.fullmatch(one.group("bracket").strip()) for one in tokens if one.lastgroup == "bracket")
    found = next((one for one in said if one), None)
    kinds = frozenset(one.lastgroup for one in tokens)
    return Section(tokens, kinds, found[1], Decimal(found[2])) if found else Section(tokens, kinds)


def for_number(code: str, number: Decimal) -> tuple[Section | None, bool]:
    """The section that shows a number, None where none does; and whether that writes the sign of the number itself."""
    parts = sections(code)[:3]
    if any(one.sign for one in parts[:2]):
        return _by_condition(parts, number)
    if len(parts) > 2 and number == 0:
        return parts[2], False
    if len(parts) > 1 and number < 0:
        return parts[1], True
    return parts[0], False


def _by_condition(parts: tuple[Section, ...], number: Decimal) -> tuple[Section | None, bool]:
    """The first whose condition holds; what says none is for negative numbers where a third stands behind it, else for the rest."""
    for at, one in enumerate(parts):
        last = at == len(parts) - 1
        if one.takes(number) if one.sign else last or (at == 1 and number < 0) or (at == 0 and number > 0):
            return one, one.only_negative or (not one.sign and at == 1 and not last)
    return None, False


def literal(token: Token) -> str:
    """What a token writes whatever the number is."""
    match token.lastgroup:
        case "quoted" | "escaped":
            return token.group(token.lastgroup)
        case "bracket":
            currency = _CURRENCY.match(token.group("bracket"))
            return currency.group(1) if currency else ""
        case "other":
            return token.group()
    return ""


def adds_words(code: str) -> bool:
    """True for a format that shows a text otherwise than it is: with words around it (@"元"), or not at all (;;;)."""
    return ("@" in code or code.count(";") > 2) and worded("x", code) != "x"


@lru_cache(maxsize=4096)
def worded(text: str, code: str) -> str:
    """A text as it is shown under a format: in its fourth section, or one with an @; as it is where there is none."""
    if len(code) > LONGEST:
        return text
    parts = sections(code)
    own = parts[3] if len(parts) > 3 else next((one for one in parts if any(map(is_text, one.tokens))), None)
    return "".join(text if is_text(one) else literal(one) for one in own.tokens).strip() if own else text


def is_text(token: Token) -> bool:
    """True for the @ of a format, in whose place a text stands."""
    return token.group("other") == "@"
