"""A number as Excel shows it under its number format.

Of the format language: sections by sign and by condition, digits with thousands and decimals, text between
them, commas that divide by a thousand, %, quoted and escaped text, exponents. Colours, fill marks and Chinese
numerals are passed over; fractions are shown as General does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from xltool.surfaces.digits import WIDE, digits
from xltool.surfaces.number_format import LONGEST, Token, for_number, is_text, literal
from xltool.values import plain

_PLAINLY = re.compile(r"(#,##)?0(?:\.(0{1,9}))?(%)?")
"""The formats of nearly all numbers: digits, with thousands or without, a rate or none."""
_AS_IT_IS = frozenset(("General", "@", ""))
_WRITTEN = frozenset(("quoted", "escaped", "other", "bracket"))


def general(number: Decimal | float) -> str:
    """The number as the format General shows it: its shortest form, of at most 15 digits."""
    if isinstance(number, Decimal):
        return plain(number)
    text = f"{number:.15g}"
    return plain(Decimal(text)) if "e" in text or text == "-0" else text


def shown_and_stored(number: float, code: str) -> tuple[str, Decimal]:
    """A stored number as it is shown under a number format, and as it is."""
    exact = general(number)
    stored = Decimal(exact)
    if code in _AS_IT_IS or len(code) > LONGEST:
        return exact, stored
    return (_plainly(stored, *plainly) if (plainly := _plain_format(code)) else _formatted(number, code)), stored


@lru_cache(maxsize=16384)
def _formatted(number: float, code: str) -> str:
    exact = Decimal(f"{number:.15g}")
    section, signed = for_number(code, exact)
    if section is None:
        # No section is for this number: Excel shows ####.
        return general(number)
    tokens, kinds = section.tokens, section.kinds
    if not tokens:
        # A section that is left empty shows nothing.
        return ""
    magnitude = exact.copy_abs() if signed else exact
    if "general" in kinds or any(map(is_text, tokens)):
        # A number under the format of a text is shown as General shows it.
        return "".join(general(magnitude) if found.lastgroup == "general" or is_text(found) else literal(found) for found in tokens)
    if "digits" not in kinds:
        # A number that is no date: Excel shows #### under a date's format.
        return general(number) if "stamp" in kinds or not kinds & _WRITTEN else "".join(map(literal, tokens))
    return general(number) if _is_fraction(tokens) else digits(magnitude, tokens)


@lru_cache(maxsize=512)
def _plain_format(code: str) -> tuple[bool, Decimal, str] | None:
    """Of a format of digits: whether it has thousands, its last digit, the mark of a rate; None for any other."""
    found = _PLAINLY.fullmatch(code)
    return (bool(found[1]), Decimal((0, (1,), -len(found[2] or ""))), found[3] or "") if found else None


def _plainly(exact: Decimal, thousands: bool, last: Decimal, rate: str) -> str:
    rounded = (exact.scaleb(2) if rate else exact).quantize(last, ROUND_HALF_UP, WIDE)
    text = f"{rounded:,f}" if thousands else f"{rounded:f}"
    return (text if rounded else text.lstrip("-")) + rate


def _is_fraction(tokens: Sequence[Token]) -> bool:
    """True where digits stand behind a bar of the format's own (# ?/?); a bar in a quoted unit (元/人) is text."""
    bar = next((at for at, found in enumerate(tokens) if found.group("other") == "/"), len(tokens))
    return any(found.lastgroup == "digits" for found in tokens[bar:])
