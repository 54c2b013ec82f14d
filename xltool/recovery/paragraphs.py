"""Long texts: the lines of one cell as text again, with the items that are numbered in it."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass

from xltool.recovery.atoms import Atom, same_line, unmarked
from xltool.values import clean, join_wrapped

ITEMS = (
    re.compile(r"(\d{1,2})[、．.](?!\d)"),
    re.compile(r"[（(](\d{1,2})[)）]"),
    re.compile(r"(\d{1,2})[)）]"),
    re.compile(r"([一二三四五六七八九十])、"),
    re.compile(r"[（(]([一二三四五六七八九十])[)）]"),
    re.compile(r"(?:第)?([一二三四五六七八九十])是"),
    re.compile(r"目标(\d{1,2}|[一二三四五六七八九十])[:：]"),
)
QUOTES = "\"“'"
"""What a whole text may stand in."""
_CHINESE = {digit: number for number, digit in enumerate("一二三四五六七八九十", start=1)}


@dataclass(frozen=True, slots=True)
class CellLine:
    """One line of a cell's text; ``gap`` is what stood before it."""

    text: str
    number: int
    gap: int
    first: int
    last: int


def lines_of(atoms: Sequence[Atom], first: int = 0) -> list[CellLine]:
    """The lines of a run of atoms, the words of a line joined; ``first`` is the number of the first atom."""
    found: list[CellLine] = []
    at = 0
    while at < len(atoms):
        end = at + 1
        while end < len(atoms) and same_line(atoms[end], atoms[at]):
            end += 1
        text = clean(" ".join(atom.text for atom in atoms[at:end]))
        found.append(CellLine(text, atoms[at].line, atoms[at].gap, first + at, first + end))
        at = end
    return found


def pieces_of(atoms: Sequence[Atom], together: Container[int]) -> list[CellLine]:
    """The words of a run, each by itself but those that belong ``together`` with the one before."""
    bounds = [at for at in range(len(atoms)) if at not in together]
    return [lines_of(atoms[first:last], first)[0] for first, last in zip(bounds, [*bounds[1:], len(atoms)], strict=True)]


def anew(lines: Sequence[CellLine], atoms: Sequence[Atom]) -> list[CellLine]:
    """The lines, each parted where numbering begins again inside it: 5、… 1、…"""
    found: list[CellLine] = []
    for line in lines:
        bounds = [line.first, *(at for at in range(line.first + 1, line.last) if first_item(lines[0].text) and first_item(atoms[at].text)), line.last]
        found += [part for first, last in zip(bounds, bounds[1:], strict=False) for part in lines_of(atoms[first:last], first)] if len(bounds) > 2 else [line]
    return found


def joined(lines: Sequence[CellLine]) -> str:
    """The lines of a cell that holds no paragraphs as one text."""
    text = ""
    for line in lines:
        text = join_wrapped(text, clean(unmarked(line.text)))
    return clean(text)


def paragraphs(lines: Sequence[CellLine]) -> str:
    """The lines of a cell of paragraphs: parted at <p>, and before numbered items where every item begins a line."""
    text = ""
    begins: set[int] = set()
    for line in lines:
        own = unmarked(line.text, "\n")
        own = "\n".join(clean(part) for part in own.split("\n") if part.strip()) if "\n" in own else clean(own)
        if text and not text.endswith("\n") and own and own[0].isascii() and text[-1].isascii() and text[-1].isalpha() and own[0].isalpha():
            text += " "
        begins.add(len(text))
        text += own
    return _part_items(text.strip("\n"), begins)


def _part_items(text: str, begins: set[int]) -> str:
    for pattern in ITEMS:
        series = _numbered(pattern, text)
        if len(series) > 1 and (series[0] in begins or not text[: series[0]].strip(QUOTES)) and all(at in begins or text[at - 1] == "\n" for at in series[1:]):
            for at in reversed(series):
                if text[:at].strip(QUOTES) and text[at - 1] != "\n":
                    text = text[:at] + "\n" + text[at:]
            return text
    return text


def _numbered(pattern: re.Pattern[str], text: str) -> list[int]:
    """Where the items 1, 2, 3 … of one style stand, as far as they count up."""
    wanted, found = 1, []
    for match in pattern.finditer(text):
        if _numeral(match.group(1)) == wanted:
            found.append(match.start())
            wanted += 1
    return found


def first_item(text: str) -> bool:
    """True for a text that begins with the first item of a series."""
    return any((found := pattern.match(text)) and _numeral(found.group(1)) == 1 for pattern in ITEMS)


def next_item(texts: Sequence[str], text: str) -> bool:
    """True for a text that begins with the item behind the last of these: 1. … 2. … and 3. …"""
    for pattern in ITEMS:
        if found := pattern.match(text):
            return _numeral(found.group(1)) == len(_numbered(pattern, "".join(texts))) + 1 > 1
    return False


def _numeral(digits: str) -> int:
    """The number of an item's mark, in digits of any width or in Chinese."""
    return _CHINESE.get(digits) or int(digits)


def last_mark(text: str) -> str:
    """The last character of a text, of one in straight quotation marks that before them."""
    bare = text.rstrip("\"'")
    return (bare or text)[-1] if len(bare) < len(text) and text.count(text[-1]) % 2 == 0 else text[-1]


BROKEN_OFF = "文字在引号或括号之内断了，未必完整"
"""Why a text that ends so is doubted."""


def ends_open(text: str) -> bool:
    """True where a bracket or quotation mark is still open: the cell goes on."""
    return text.count("（") + text.count("(") > text.count("）") + text.count(")") or text.count("“") > text.count("”") or text.count("《") > text.count("》")
