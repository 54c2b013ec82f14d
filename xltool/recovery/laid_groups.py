"""The levels of a list's rows in a text laid out in columns: labels by their column, each at the middle of its rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from xltool.recovery.laid_height import Heights
from xltool.recovery.laid_levels import Extent, Mark, Told, told
from xltool.recovery.laid_rows import Parted
from xltool.recovery.laid_words import Word, text_of
from xltool.recovery.vocabulary import Levels
from xltool.values import clean, normal

_WEIGHT = re.compile(r"(.+?)\((\d+(?:\.\d+)?)分?\)")
UNKNOWN, GAP, PAGE, PIECE = 2.0, 2.0, 1.5, 0.4
"""What a label costs that the taxonomy does not know, lines of one label that lie apart, a page's end between them, and
each of its lines."""
FAR = 1e9
LONG = 4
"""So many letters of a name tell it where its last is missing."""
MOST = 5
"""Words of a label."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label of a level's column: its name, the weight printed in it, its words; ``known`` to the taxonomy."""

    name: str
    weight: Decimal | None
    words: tuple[Word, ...]
    known: bool


def labels(words: Sequence[Word], levels: Levels, level: int) -> list[Label]:
    """The labels of a column from the top: words below each other that make a known name, or stand together."""
    ordered = sorted(words, key=lambda word: (word.line, word.x))
    best, back = [0.0] + [FAR] * len(ordered), [0] * (len(ordered) + 1)
    made: dict[tuple[int, int], Label] = {}
    for last in range(1, len(ordered) + 1):
        for first in range(max(0, last - MOST), last):
            own = ordered[first:last]
            made[first, last] = _label(own, levels, level)
            cost = best[first] + _cost(made[first, last], own)
            if cost < best[last]:
                best[last], back[last] = cost, first
    found = []
    at = len(ordered)
    while at:
        found.append(made[back[at], at])
        at = back[at]
    return found[::-1]


def _label(words: Sequence[Word], levels: Levels, level: int) -> Label:
    text = text_of(words)
    key, weight = normal(text), None
    if printed := _WEIGHT.fullmatch(key):
        key, weight = printed.group(1), Decimal(printed.group(2))
    name = levels.named[level - 1].get(key) or _begun(key, levels, level)
    bare = clean(re.split(r"[（(]", text)[0]) if weight is not None else text
    return Label(name or bare, weight, tuple(words), name is not None)


def _begun(key: str, levels: Levels, level: int) -> str | None:
    """The only name that begins with a key: its last letter may stand on another page."""
    names = {name for spelled, name in levels.named[level - 1].items() if len(spelled) == len(key) + 1 and spelled.startswith(key)}
    return names.pop() if len(names) == 1 and len(key) >= LONG else None


def _cost(label: Label, words: Sequence[Word]) -> float:
    pairs = list(zip(words, words[1:], strict=False))
    apart = sum(PAGE if then.page != word.page else GAP * (then.line - word.line > 2) for word, then in pairs)
    return (0.1 if label.known else UNKNOWN) + apart + (0.0 if label.known else PIECE * (len(words) - 1))


def placed(parted: Parted, own: Sequence[int], found: Sequence[Sequence[Label]], levels: Levels) -> tuple[Told, Told]:
    """The groups of both levels of the rows ``own``: a label stands at the middle of its rows."""
    cuts, heights = parted.cuts, parted.heights
    pages = [min(word.page for cell in cut.cells for word in cell) for cut in cuts]
    ends = [max(word.page for cell in cut.cells for word in cell) for cut in cuts]
    extents = []
    for at, number in enumerate(own):
        top, bottom = heights.rows[number]
        last = at + 1 == len(own) or pages[own[at + 1]] > pages[number] or ends[number] > pages[number]
        then = heights.rows[own[at + 1] if at + 1 < len(own) else -1][at + 1 == len(own)]
        extents.append(Extent(pages[number], top, bottom, heights.firsts[number], last, then))
    kept = [[label for label in labels if label.known or not levels.keys or _alone(label, labels)] for labels in found]
    ones, twos = told(extents, *([_mark(label, heights, levels) for label in labels] for labels in kept))
    first, second = (_beside_strange(one, extents, [_mark(label, heights, levels) for label in labels if label not in own], [_mark(label, heights, levels) for label in own]) for one, labels, own in zip((ones, twos), found, kept, strict=True))
    return first, second


def _beside_strange(told: Told, rows: Sequence[Extent], strange: Sequence[Mark], known: Sequence[Mark]) -> Told:
    """What was told, with doubts on the rows between labels where what is no label stands too: it may be a part of one."""
    unsure = set(told.unsure)
    for one in strange:
        above = max((mark.middle for mark in known if mark.middle < one.middle), default=rows[0].top)
        below = min((mark.middle for mark in known if mark.middle > one.middle), default=rows[-1].bottom)
        unsure.update(at for at, row in enumerate(rows) if above < row.bottom and row.top < below)
    return Told(told.names, frozenset(unsure))


def _alone(label: Label, among: Sequence[Label]) -> bool:
    """True for a label that the taxonomy lacks but reads like one, and any where none is known."""
    return normal(label.name).endswith("指标") or not any(one.known for one in among)


def _mark(label: Label, heights: Heights, levels: Levels) -> Mark:
    """Where a label stands: on the page of its first words."""
    page = label.words[0].page
    lines = dict.fromkeys(word.line for word in label.words if word.page == page)
    return Mark(label.name, levels.parent.get(label.name), page, tuple(heights.lines[line] for line in lines))
