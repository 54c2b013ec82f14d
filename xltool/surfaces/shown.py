"""A number as Excel shows it under its number format.

Of the format language: sections by sign, digits with thousands and decimals, %, dates and times,
quoted and escaped text, exponents. Colours, conditions and fill marks are passed over; fractions
are shown as General does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

from xltool.values import plain

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
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_(?P<space>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]|(?P<general>General)'
    r"|(?P<half>AM/PM|A/P|上午/下午)|(?P<stamp>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+|a{3,4})|(?P<exponent>E[+-]0+)|(?P<digits>[0#?]+(?:[0#?,]*[0#?])?(?:\.[0#?]*)?|\.[0#?]+)|(?P<other>.)",
    re.S,
)
_PLAINLY = re.compile(r"(#,##)?0(?:\.(0{1,9}))?(%)?")
"""The formats of nearly all numbers: digits, with thousands or without, a rate or none."""
_AS_IT_IS = frozenset(("General", "@", ""))
LONGEST = 1_000
"""Letters of a format; Excel takes 255. A longer one is nobody's, and looking through it costs its square."""
_CURRENCY = re.compile(r"\$([^-]*)")
_WIDE = Context(prec=400)
"""Room for every number that a workbook stores, whatever decimals its format shows."""
_DAYS = "一二三四五六日"


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
    section, magnitude = _section(number, code)
    tokens, kinds = _tokens(section)
    if "general" in kinds or not kinds & {"digits", "quoted", "escaped", "other", "bracket"} or _is_fraction(tokens):
        return general(number)
    if "digits" not in kinds and "stamp" in kinds:
        # A number that is no date: Excel shows #### under a date's format.
        return general(number)
    if "digits" not in kinds:
        return "".join(_literal(found) for found in tokens)
    return _digits(Decimal(f"{magnitude:.15g}"), tokens, sum(found.group("other") == "%" for found in tokens))


@lru_cache(maxsize=512)
def _plain_format(code: str) -> tuple[bool, Decimal, str] | None:
    """Of a format of digits: whether it has thousands, its last digit, the mark of a rate; None for any other."""
    found = _PLAINLY.fullmatch(code)
    return (bool(found[1]), Decimal((0, (1,), -len(found[2] or ""))), found[3] or "") if found else None


def _plainly(exact: Decimal, thousands: bool, last: Decimal, rate: str) -> str:
    rounded = (exact.scaleb(2) if rate else exact).quantize(last, ROUND_HALF_UP, _WIDE)
    text = f"{rounded:,f}" if thousands else f"{rounded:f}"
    return (text if rounded else text.lstrip("-")) + rate


def _section(number: float, code: str) -> tuple[str, float]:
    """The section of the format for this number, and the number without the sign that the section writes itself."""
    sections = _sections(code)
    if len(sections) > 2 and number == 0:
        return sections[2], 0.0
    if len(sections) > 1 and number < 0:
        return sections[1], -number
    return sections[0], number


@lru_cache(maxsize=512)
def _tokens(section: str) -> tuple[tuple[re.Match[str], ...], frozenset[str | None]]:
    """The parts of a section of a format, and their kinds."""
    tokens = tuple(_TOKEN.finditer(section))
    return tokens, frozenset(found.lastgroup for found in tokens)


def _is_fraction(tokens: Sequence[re.Match[str]]) -> bool:
    """True where digits stand behind a bar of the format's own (# ?/?); a bar in a quoted unit (元/人) is text."""
    bar = next((at for at, found in enumerate(tokens) if found.group("other") == "/"), len(tokens))
    return any(found.lastgroup == "digits" for found in tokens[bar:])


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[str, ...]:
    found, start, quoted = [], 0, False
    for position, character in enumerate(code):
        quoted ^= character == '"'
        if character == ";" and not quoted and code[position - 1 : position] != "\\":
            found.append(code[start:position])
            start = position + 1
    return (*found, code[start:])


def _literal(found: re.Match[str]) -> str:
    match found.lastgroup:
        case "quoted" | "escaped":
            return found.group(found.lastgroup)
        case "bracket":
            currency = _CURRENCY.match(found.group("bracket"))
            return currency.group(1) if currency else ""
        case "other":
            return found.group()
    return ""


def _digits(number: Decimal, tokens: tuple[re.Match[str], ...], percents: int) -> str:
    number = number.scaleb(2 * percents)
    runs = [found.group("digits") for found in tokens if found.lastgroup == "digits"]
    whole, _, decimals = runs[0].partition(".")
    places = len(decimals)
    exponent = next((found.group("exponent") for found in tokens if found.lastgroup == "exponent"), None)
    if exponent:
        text = f"{number:.{places}E}"
    else:
        text = _placed(number.copy_abs(), whole, decimals, places)
    pieces, written = [], False
    for found in tokens:
        if found.lastgroup == "digits":
            pieces.append("" if written else text)
            written = True
        else:
            pieces.append(_literal(found))
    sign = "-" if number < 0 and not exponent and text.strip("0.,") else ""
    return (sign + "".join(pieces)).strip()


def _placed(number: Decimal, whole: str, decimals: str, places: int) -> str:
    rounded = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _WIDE)
    before, _, after = format(rounded, "f").partition(".")
    wanted = sum(mark == "0" for mark in whole)
    before = before.lstrip("0").rjust(wanted, "0")
    if "," in whole:
        before = f"{int(before):,}".rjust(wanted, "0") if before else ""
    kept = len(decimals.rstrip("#?"))
    after = after[:kept] + after[kept:].rstrip("0")
    return before + ("." + after if after or decimals else "")


def stamp(moment: date | datetime | time | timedelta, code: str) -> str:
    """A date or time under the format ``code``; where that is no date's format, as a Chinese Excel writes dates."""
    if isinstance(moment, timedelta):
        return str(moment)
    tokens = tuple(_TOKEN.finditer(_sections(code)[0])) if len(code) <= LONGEST else ()
    if not any(found.lastgroup == "stamp" for found in tokens):
        tokens = tuple(_TOKEN.finditer("h:mm:ss" if isinstance(moment, time) else "yyyy/m/d"))
    if isinstance(moment, time):
        whole = datetime.combine(date(1900, 1, 1), moment)
    else:
        whole = moment if isinstance(moment, datetime) else datetime(moment.year, moment.month, moment.day)
    half = any(found.lastgroup == "half" for found in tokens)
    pieces, hours = [], False
    for found in tokens:
        word = found.group("stamp")
        if word:
            pieces.append(_stamped(whole, word.lower(), hours, half))
            hours = word[0] in "hH" or (hours and word[0] in "mM")
        elif found.lastgroup == "half":
            pieces.append("AM" if whole.hour < 12 else "PM")
        elif found.lastgroup != "bracket":
            pieces.append(_literal(found))
    return "".join(pieces).strip()


def _stamped(moment: datetime, word: str, minutes: bool, half: bool) -> str:
    """One run of letters of a date's format; m counts minutes behind h."""
    match word[0]:
        case "y":
            return f"{moment.year:04d}" if len(word) > 2 else f"{moment.year % 100:02d}"
        case "m" if not minutes:
            return moment.strftime("%b") if len(word) == 3 else f"{moment.month:0{min(len(word), 2)}d}"
        case "d" if len(word) < 3:
            return f"{moment.day:0{len(word)}d}"
        case "h":
            return f"{(moment.hour % 12 or 12) if half else moment.hour:0{min(len(word), 2)}d}"
        case "m":
            return f"{moment.minute:0{min(len(word), 2)}d}"
        case "s":
            return f"{moment.second:0{min(len(word), 2)}d}"
    return f"星期{_DAYS[moment.weekday()]}"
