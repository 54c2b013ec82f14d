"""Names that Excel takes for sheets and every system for files, made from whatever a project is called.

Excel refuses ``/ \\ : * ? [ ]``, a ' at either end, more than 31 UTF-16 units, History, and names
that differ in case alone; Windows refuses more. A forbidden mark becomes its full-width twin, which
looks the same to a reader of Chinese.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

CONTENTS = "目录"
STACKED = "汇总表"
"""The sheets that a workbook has of its own; no form's sheet takes their names."""

_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060\ufeff\ufffe\uffff\ud800-\udfff]+")
_BLANKS = re.compile(r"\s+")
_CODED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
"""What begins a character by its number in a workbook's XML: Excel would read _x0041_ as A."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What a kind of name may be: forbidden marks, marks that may not stand at an end, taken names, length.

    ``devices`` are names that Windows takes for a device, whatever suffix stands behind them.
    """

    forbidden: str
    ends: str
    longest: int
    length: Callable[[str], int]
    taken: frozenset[str] = frozenset()
    devices: frozenset[str] = frozenset()
    unnamed: str = "未命名"


def sheet_names(wanted: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """A legal sheet name for each wanted one, all different, and different from those that are ``taken``."""
    used = {*_SHEET.taken, *map(same, taken)}
    counts: dict[str, int] = {}
    found = []
    for name in wanted:
        legal = _legal(name, _SHEET)
        made, number = legal, counts.get(key := same(legal), 1)
        while same(made) in used:
            number += 1
            made = _numbered(legal, number, _SHEET)
        counts[key] = number
        used.add(same(made))
        found.append(made)
    return found


def file_part(name: str) -> str:
    """The name of one file or folder with its suffix as every system takes it, Windows too; of any length."""
    return _legal(name, _FILE)


def _utf16_units(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in "123456789")})
_SHEET = Rule("/\\:*?[]", " '", 31, _utf16_units, taken=frozenset({"history", CONTENTS, STACKED}))
_FILE = Rule('/\\:*?"<>|', " .", sys.maxsize, len, devices=_DEVICES)


def same(name: str) -> str:
    """What two names are compared by: Excel and Windows know no case, people no full and half width."""
    return unicodedata.normalize("NFKC", name).casefold()


def _legal(name: str, rule: Rule) -> str:
    text = _BLANKS.sub(" ", _UNSEEN.sub("", _BLANKS.sub(" ", name)))
    text = _CODED.sub("＿", text).translate({ord(mark): chr(ord(mark) + 0xFEE0) for mark in rule.forbidden}).strip(rule.ends)
    if text.partition(".")[0].strip().casefold() in rule.devices:
        text = f"_{text}"
    return _cut(text, rule.longest, rule) or rule.unnamed


def _numbered(name: str, number: int, rule: Rule) -> str:
    tail = f"({number})"
    return (_cut(name, rule.longest - len(tail), rule) or rule.unnamed) + tail


def _cut(text: str, longest: int, rule: Rule) -> str:
    """The longest beginning of the text that fits and does not end in a mark that may not stand at an end."""
    text = text[:longest]
    while rule.length(text) > longest:
        text = text[:-1]
    return text.rstrip(rule.ends)
