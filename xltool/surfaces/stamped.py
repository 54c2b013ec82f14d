"""A date or time as Excel shows it under its number format."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from xltool.surfaces.number_format import LONGEST, Token, literal, sections

_DAYS = "一二三四五六日"
_ELAPSED = {"h": 3600, "m": 60, "s": 1}
"""Seconds of what a bracket counts beyond a day: [h]:mm."""
_HALVES = (("AM", "PM"), ("上午", "下午"))
_OF_SYSTEM = {"$-F800": 'yyyy"年"m"月"d"日"', "$-F400": "h:mm:ss"}
"""The formats that the system decides (长日期, 时间), as a Chinese Windows has them."""


def stamp(moment: date | datetime | time | timedelta, code: str) -> str:
    """A date or time under the format ``code``; where that is no date's format, as a Chinese Excel writes dates."""
    if isinstance(moment, timedelta):
        return _elapsed(moment, code)
    tokens = sections(_named(code))[0].tokens if len(code) <= LONGEST else ()
    if not any(found.lastgroup == "stamp" for found in tokens):
        tokens = sections("h:mm:ss" if isinstance(moment, time) else "yyyy/m/d")[0].tokens
    if isinstance(moment, time):
        whole = datetime.combine(date(1900, 1, 1), moment)
    else:
        whole = moment if isinstance(moment, datetime) else datetime(moment.year, moment.month, moment.day)
    return "".join(_pieces(whole, tokens)).strip()


def _named(code: str) -> str:
    """The format; one that leaves it to the system as a Chinese Windows has it."""
    return next((own for said, own in _OF_SYSTEM.items() if code.upper().startswith(f"[{said}]")), code)


def _pieces(moment: datetime, tokens: Sequence[Token]) -> Iterator[str]:
    half = any(found.lastgroup == "half" for found in tokens)
    words = [found.group("stamp").lower() if found.lastgroup == "stamp" else "" for found in tokens]
    for at, found in enumerate(tokens):
        if words[at]:
            before, after = ([word for word in some if word] for some in (words[:at], words[at + 1 :]))
            # m counts minutes behind hours and before seconds, else months.
            minutes = before[-1:] in (["h"], ["hh"]) or after[:1] in (["s"], ["ss"])
            yield _stamped(moment, words[at], minutes, half)
        elif found.lastgroup == "half":
            yield _HALVES[found.group()[0] == "上"][moment.hour >= 12]
        elif found.lastgroup != "bracket":
            yield literal(found)


def _elapsed(span: timedelta, code: str) -> str:
    """A span of time under a format that counts hours, minutes or seconds beyond a day; else in hours, minutes and seconds."""
    tokens = sections(code)[0].tokens if len(code) <= LONGEST else ()
    if not any(_counted(found) for found in tokens):
        tokens = sections("[h]:mm:ss")[0].tokens
    seconds = round(abs(span.total_seconds()))
    pieces = []
    for found in tokens:
        word = _counted(found) or (found.group("stamp") or "").lower()
        if found.lastgroup == "bracket":
            pieces.append(f"{seconds // _ELAPSED[word[0]]:0{len(word)}d}" if word else literal(found))
        elif word[:1] in ("m", "s"):
            pieces.append(f"{seconds // _ELAPSED[word[0]] % 60:0{min(len(word), 2)}d}")
        else:
            pieces.append(literal(found))
    return ("-" if span < timedelta() else "") + "".join(pieces).strip()


def _counted(found: Token) -> str:
    """The letters of a bracket that counts beyond a day; empty for any other token."""
    word = (found.group("bracket") or "").lower()
    return word if word and word.strip(word[0]) == "" and word[0] in _ELAPSED else ""


def _stamped(moment: datetime, word: str, minutes: bool, half: bool) -> str:
    """One run of letters of a date's format."""
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
