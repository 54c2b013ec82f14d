"""The automatic numbers of paragraphs, as Word counts and prints them: 1. （一） ① a)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

_DIGITS = "〇一二三四五六七八九"
_PLACE = re.compile(r"%(\d)")
LEVELS = 9


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: its first number, how it is written, the text around it, what follows it."""

    start: int = 1
    kind: str = "decimal"
    text: str = ""
    behind: str = " "


@dataclass(slots=True)
class Numbering:
    """The lists of a document, and how far each has counted."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    lists: dict[str, tuple[str, dict[int, int]]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def next(self, number: str, level: int) -> str:
        """The number that the next paragraph of a list shows, with the blank behind it; empty for a bullet."""
        if number not in self.lists:
            return ""
        abstract, starts = self.lists[number]
        levels = self.levels.get(abstract, {})
        own = levels.get(level)
        if own is None or own.kind in ("bullet", "none"):
            return ""
        counts = self.counts.setdefault(number if starts else abstract, {})
        counts[level] = counts.get(level, starts.get(level, own.start) - 1) + 1
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        shown = _PLACE.sub(lambda found: _written(counts, levels, int(found.group(1)) - 1), own.text)
        return shown + own.behind if shown else ""


def _written(counts: dict[int, int], levels: dict[int, Level], level: int) -> str:
    own = levels.get(level, Level())
    return written(counts.get(level, own.start), own.kind)


def written(count: int, kind: str) -> str:
    """A count in one of Word's ways of writing numbers; one that is not known here in digits."""
    if kind.startswith(("chineseCounting", "japaneseCounting", "taiwaneseCounting", "ideographTraditional", "chineseLegal")):
        return _chinese(count)
    match kind:
        case "ideographDigital" | "taiwaneseDigital":
            return "".join(_DIGITS[int(digit)] for digit in str(count))
        case "lowerLetter" | "upperLetter":
            letter = chr(ord("a" if kind == "lowerLetter" else "A") + (count - 1) % 26)
            return letter * ((count - 1) // 26 + 1)
        case "lowerRoman" | "upperRoman":
            return _roman(count) if kind == "upperRoman" else _roman(count).lower()
        case "decimalZero":
            return f"{count:02}"
        case "decimalFullWidth":
            return "".join(chr(ord(digit) + 0xFEE0) for digit in str(count))
        case "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" if 1 <= count <= 20:
            return chr(0x2460 + count - 1)
    return str(count)


def _chinese(count: int) -> str:
    """一 … 九十九; beyond that in digits."""
    if not 0 < count < 100:
        return str(count)
    tens, ones = divmod(count, 10)
    head = "" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十"
    return head + (_DIGITS[ones] if ones else "")


def _roman(count: int) -> str:
    if not 0 < count < 100:
        return str(count)
    tens, ones = divmod(count, 10)
    return ("", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC")[tens] + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]


def numbering_of(root: ET.Element | None) -> Numbering:
    """The lists that a numbering part declares."""
    found = Numbering()
    if root is None:
        return found
    for abstract in root.iterfind("{*}abstractNum"):
        found.levels[said(abstract, "abstractNumId")] = dict(_levels(abstract))
    for number in root.iterfind("{*}num"):
        starts = {
            _int(said(one, "ilvl")): _int(said(start, "val"), 1)
            for one in number.iterfind("{*}lvlOverride")
            if (start := one.find("{*}startOverride")) is not None
        }
        found.lists[said(number, "numId")] = (said(number.find("{*}abstractNumId"), "val"), starts)
    return found


def _levels(abstract: ET.Element) -> Iterable[tuple[int, Level]]:
    for one in abstract.iterfind("{*}lvl"):
        behind = "" if said(one.find("{*}suff"), "val") == "nothing" else " "
        kind = said(one.find("{*}numFmt"), "val") or "decimal"
        yield _int(said(one, "ilvl")), Level(_int(said(one.find("{*}start"), "val"), 1), kind, said(one.find("{*}lvlText"), "val"), behind)


def numbered_styles(root: ET.Element | None) -> dict[str, tuple[str, int]]:
    """The list and level of each style that numbers its paragraphs."""
    found = {}
    for style in root.iterfind("{*}style") if root is not None else ():
        if (numbered := style.find("{*}pPr/{*}numPr")) is not None:
            number = said(numbered.find("{*}numId"), "val")
            found[said(style, "styleId")] = (number, _int(said(numbered.find("{*}ilvl"), "val")))
    return found


def said(one: ET.Element | None, wanted: str) -> str:
    """An attribute by its name without a namespace; empty where it is not there."""
    if one is None:
        return ""
    return next((text for name, text in one.attrib.items() if name.rpartition("}")[2] == wanted), "")


def _int(text: str, otherwise: int = 0) -> int:
    return int(text) if text.isdecimal() and len(text) < 7 else otherwise
