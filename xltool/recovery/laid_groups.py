"""The levels of a list's rows in a text laid out in columns: labels by their column, each at the middle of its rows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xltool.recovery.laid_rows import Parted
from xltool.recovery.laid_words import Word, text_of
from xltool.recovery.level_places import Spot, names
from xltool.recovery.vocabulary import Levels
from xltool.values import clean, normal

_WEIGHT = re.compile(r"(.+?)\((\d+(?:\.\d+)?)分?\)")
UNKNOWN, GAP, PIECE = 2.0, 2.0, 0.4
"""What a label costs that the taxonomy does not know, lines of one label that lie apart, and each of its lines."""
FAR = 1e9
MOST = 5
"""Words of a label."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label of a level's column: its name, the weight printed in it, its words; ``known`` to the taxonomy."""

    name: str
    weight: Decimal | None
    words: tuple[Word, ...]
    known: bool


@dataclass(frozen=True, slots=True)
class Placed:
    """The name of each row's group, and the rows of which that is not sure."""

    names: tuple[str | None, ...]
    unsure: frozenset[int]


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
    name = levels.named[level - 1].get(key)
    bare = clean(re.split(r"[（(]", text)[0]) if weight is not None else text
    return Label(name or bare, weight, tuple(words), name is not None)


def _cost(label: Label, words: Sequence[Word]) -> float:
    apart = sum(then.page != word.page or then.line - word.line > 2 for word, then in zip(words, words[1:], strict=False))
    return (0.1 if label.known else UNKNOWN) + GAP * apart + (0.0 if label.known else PIECE * (len(words) - 1))


def placed(parted: Parted, found: Sequence[Label], above: Sequence[str | None], parent: Mapping[str, str | None]) -> Placed:
    """The group of each row: its label stands at the middle of its rows. ``above`` is what each row seems to stand under."""
    spots = [Spot(page, top, name or "", "", bottom) for (page, top, bottom), name in zip(_edges(parted), above, strict=True)]
    marks = [_mark(label, parted, parent.get(label.name) or "") for label in found]
    given, unsure = names(spots, marks)
    return Placed(tuple(given), frozenset(unsure))


def _mark(label: Label, parted: Parted, above: str) -> Spot:
    """Where a label stands: on the page of its first words."""
    page = label.words[0].page
    tall = [parted.heights[word.line] for word in label.words if word.page == page]
    return Spot(page, (tall[0] + tall[-1]) / 2, label.name, above, top=tall[0] if parted.dense else None)


def _edges(parted: Parted) -> list[tuple[int, float, float]]:
    """Page, top and bottom of each row: half-way to the rows beside it. A row that a page cuts is on the first."""
    cuts, heights = parted.cuts, parted.heights
    pages = [min(word.page for cell in cut.cells for word in cell) for cut in cuts]
    lasts = [max((word.line for cell in cut.cells for word in cell if word.page == page), default=cut.last) for cut, page in zip(cuts, pages, strict=True)]
    found = []
    for at, (cut, last) in enumerate(zip(cuts, lasts, strict=True)):
        same_above = at > 0 and pages[at - 1] == pages[at]
        same_below = at + 1 < len(cuts) and pages[at + 1] == pages[at]
        top = (heights[lasts[at - 1]] + heights[cut.first]) / 2 if same_above else heights[cut.first] - 0.5
        bottom = (heights[last] + heights[cuts[at + 1].first]) / 2 if same_below else heights[last] + 0.5
        found.append((pages[at], top, bottom))
    return found
