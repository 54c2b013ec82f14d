"""Long texts: the lines of one cell as text again, and two cells side by side told apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from xltool.picture import display_width
from xltool.recovery.atoms import BLANK, PAGE, SPACE, Atom, same_line, unmarked
from xltool.values import clean, join_wrapped

_ITEMS = (
    re.compile(r"(\d{1,2})[、．.](?!\d)"),
    re.compile(r"[（(](\d{1,2})[)）]"),
    re.compile(r"(\d{1,2})[)）]"),
    re.compile(r"([一二三四五六七八九十])、"),
    re.compile(r"[（(]([一二三四五六七八九十])[)）]"),
    re.compile(r"(?:第)?([一二三四五六七八九十])是"),
)
_CHINESE = {digit: number for number, digit in enumerate("一二三四五六七八九十", start=1)}
_SENTENCE_END = "。；;！!？?）)”》.…"
ANOTHER = 4.0
"""By so much the place where two texts part is better than the next where the text itself says so of more than one."""
WIDEST = 130
"""No column of a printed page is so wide: a line that is wider was not wrapped, and ends its paragraph or cell."""


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


def anew(lines: Sequence[CellLine], atoms: Sequence[Atom]) -> list[CellLine]:
    """The lines, each parted where numbering begins again inside it: 5、… 1、…"""
    found: list[CellLine] = []
    for line in lines:
        bounds = [line.first, *(at for at in range(line.first + 1, line.last) if _first_item(lines[0].text) and _first_item(atoms[at].text)), line.last]
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
        if "\n" in own:
            own = "\n".join(clean(part) for part in own.split("\n") if part.strip())
        if text and not text.endswith("\n") and own and own[0].isascii() and text[-1].isascii() and text[-1].isalpha() and own[0].isalpha():
            text += " "
        begins.add(len(text))
        text += own
    return _part_items(text.strip("\n"), begins)


def _part_items(text: str, begins: set[int]) -> str:
    for pattern in _ITEMS:
        series = _series(pattern, text)
        if len(series) > 1 and series[0] in begins | {0} and all(at in begins or text[at - 1] == "\n" for at in series[1:]):
            for at in reversed(series):
                if at and text[at - 1] != "\n":
                    text = text[:at] + "\n" + text[at:]
            return text
    return text


def _series(pattern: re.Pattern[str], text: str) -> list[int]:
    """Where the items 1, 2, 3 … of one style stand, as far as they count up."""
    wanted, found = 1, []
    for match in pattern.finditer(text):
        if _count(match.group(1)) == wanted:
            found.append(match.start())
            wanted += 1
    return found


@dataclass(frozen=True, slots=True)
class Parting:
    """Where two cells' lines part: the first ``at`` lines are the left cell's. ``sure`` where the next best
    reading is far off, or the text itself says so (both begin alike, numbering begins again, a blank line) and not
    that another place is meant."""

    at: int
    sure: bool


def part(lines: Sequence[CellLine], left_filled: bool | None, right_filled: bool | None) -> Parting:
    """The least-cost parting of the lines of two cells side by side.

    ``left_filled`` says whether what belongs to the left cell elsewhere in the form is filled
    (None where nothing tells).
    """
    costs = [_cost(lines, at, left_filled, right_filled) for at in range(len(lines) + 1)]
    best = min(range(len(costs)), key=costs.__getitem__)
    margin = min((cost for at, cost in enumerate(costs) if at != best), default=99.0) - costs[best]
    places = [at for at in range(1, len(lines)) if _told(lines, at)]
    told = best in places
    if not told and (places or (best in (0, 2) and _two_sentences(lines))):
        return Parting(best, False)
    if told:
        return Parting(best, margin >= (1.0 if len(places) == 1 else ANOTHER))
    return Parting(best, margin >= 3.0 and costs[best] < 1.2)


def _two_sentences(lines: Sequence[CellLine]) -> bool:
    """True for two lines of whole sentences: no third tells where a line is full."""
    return len(lines) == 2 and lines[0].text[-1:] in "。；" and not any(pattern.match(lines[1].text) for pattern in _ITEMS)


def _cost(lines: Sequence[CellLine], at: int, left_filled: bool | None, right_filled: bool | None) -> float:
    left, right = lines[:at], lines[at:]
    cost = _presence(bool(left), left_filled) + _presence(bool(right), right_filled)
    cost += _evenness(left) + _evenness(right)
    if not left or not right:
        return cost
    if left[-1].text[-1:] not in _SENTENCE_END:
        cost += 1.0 if left[-1].text[-1:] in "，、：" else 2.0
    if right[0].text[:1] in "，。、；：）”》":
        cost += 6
    if _first_item(left[0].text) and not _first_item(right[0].text):
        cost += 3
    cost += _coincidence(left, right)
    return cost - (0 if not _told(lines, at) else 7 if _first_item(right[0].text) else 4)


def _told(lines: Sequence[CellLine], at: int) -> bool:
    """True where the text itself says that a cell begins here: as the other does, or behind the one blank (line) in it."""
    left, right = lines[0].text, lines[at].text
    if (_first_item(left) and _first_item(right)) or left[:4] == right[:4]:
        return True
    item = any(pattern.match(right) for pattern in _ITEMS)
    if item and (lines[at].gap == SPACE or not _first_item(right)):
        return False
    if lines[at].gap > SPACE and not item and display_width(lines[at - 1].text) > WIDEST and lines[at - 1].text[-1:] in _SENTENCE_END:
        return True
    gaps = [line.gap for line in lines[1:] if line.gap != PAGE]
    return lines[at].gap in (SPACE, BLANK) and gaps.count(lines[at].gap) == 1 and lines[at - 1].text[-1:] in _SENTENCE_END


def _first_item(text: str) -> bool:
    return any((found := pattern.match(text)) and _count(found.group(1)) == 1 for pattern in _ITEMS)


def _count(digits: str) -> int:
    """The number of an item's mark, in digits of any width or in Chinese."""
    return _CHINESE.get(digits) or int(digits)


def _presence(here: bool, filled: bool | None) -> float:
    """What it costs that a cell is filled or empty, by what stands beside it elsewhere in the form."""
    if filled is None:
        return 0.0 if here else 6.0
    return (0.0 if filled else 5.0) if here else (2.5 if filled else 0.0)


def _coincidence(left: Sequence[CellLine], right: Sequence[CellLine]) -> float:
    """What it costs that the left cell's last line happens to be full: most end short. Of two lines none tells what full is."""
    if len(left) == len(right) == 1 and left[-1].text[-1:] in "。；":
        return 0.0
    full = max(display_width(line.text) for line in (*left, *right) if line is not left[-1])
    return 2.7 if full - display_width(left[-1].text) <= 2 else 0.0


def _evenness(lines: Sequence[CellLine]) -> float:
    """What the lines of one cell cost: all but the last are full, or end a paragraph before the next item."""
    if not lines:
        return 0.0
    widths = [display_width(line.text) for line in lines]
    full = max(widths)
    cost = 0.0
    for width, then in zip(widths[:-1], lines[1:], strict=True):
        short = full - width - max(0, _lead(then.text) - 2)
        if short > 3 and not any(pattern.match(then.text) for pattern in _ITEMS):
            cost += min(4.5, 0.5 + short / 6)
    return cost


def _lead(text: str) -> int:
    """How wide a line begins with what no converter breaks: digits, Latin letters."""
    return len(text) - len(text.lstrip("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-%“《（(〔"))


def ends_open(text: str) -> bool:
    """True where a bracket or quotation mark is still open: the cell goes on."""
    return text.count("（") + text.count("(") > text.count("）") + text.count(")") or text.count("“") > text.count("”") or text.count("《") > text.count("》")
