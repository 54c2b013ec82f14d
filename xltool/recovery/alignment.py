"""Captions found in the text against the form's slots: the order-keeping match that explains most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xltool.recovery.squeezed import Found
from xltool.recovery.vocabulary import Vocabulary
from xltool.values import caption_key


@dataclass(frozen=True, slots=True)
class Match:
    """A found caption and the slot it fills."""

    slot: int
    found: Found


def align(words: Vocabulary, found: Sequence[Found]) -> list[Match]:
    """The matches in order: each caption slot at most once, reading order kept, most printed text explained."""
    steps: list[tuple[int, int, int]] = []
    best: list[tuple[float, int]] = []
    for number, one in enumerate(found):
        worth = 10 + min(len(one.spelling.key), 8)
        fresh: list[tuple[float, int]] = []
        for slot in _slots_of(words, one):
            score, back = 0.0, -1
            for at, (total, last) in enumerate(best):
                if last < slot and total > score:
                    score, back = total, at
            steps.append((number, slot, back))
            fresh.append((score + worth - slot * 0.001, slot))
        best += fresh
    if not best:
        return []
    at = max(range(len(best)), key=lambda index: best[index][0])
    matches: list[Match] = []
    while at >= 0:
        number, slot, at = steps[at]
        matches.append(Match(slot, found[number]))
    return matches[::-1]


def _slots_of(words: Vocabulary, one: Found) -> tuple[int, ...]:
    slots: list[int] = []
    for spelling in (one.spelling, *one.others):
        slots.extend(words.by_caption.get(caption_key(spelling.cell.caption), ()))
    return tuple(sorted(set(slots)))
