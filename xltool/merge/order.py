"""One order out of three: that of the base, with what either side has moved or added put where that side has it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence, Set
from dataclasses import dataclass

from xltool.diff.assignment import staying

Id = Hashable
FIRST: Id = None
"""The place before everything."""


@dataclass(frozen=True, slots=True)
class Order:
    """The ids in order, and those that the sides put in different places: after whom each side has them."""

    ids: tuple[Id, ...]
    apart: Mapping[Id, tuple[Id, Id]]


def merged(base: Sequence[Id], ours: Sequence[Id], theirs: Sequence[Id], present: Set[Id], rank: Callable[[Id], object]) -> Order:
    """The order of the ids that are ``present``; where two may stand at one place ``rank`` decides, not the side."""
    sides = tuple([one for one in side if one in present] for side in (ours, theirs))
    known = [one for one in base if one in present]
    moved = [_moved(known, side) for side in sides]
    added = [one for one in dict.fromkeys([*sides[0], *sides[1]]) if one not in set(known)]
    before = [_before(side, moved[1 - at] - moved[at]) for at, side in enumerate(sides)]
    spine = [one for one in known if one not in moved[0] | moved[1]]
    parents, apart = _parents(added, moved, before, [_anchors(side, set(spine)) for side in sides])
    stays = {one for one in known if one not in parents}
    rows = [one for one in known if one in stays] + [one for one in added if one not in parents]
    return Order(tuple(_walk(rows, parents, rank)), apart)


def _moved(base: Sequence[Id], side: Sequence[Id]) -> set[Id]:
    """What a side has moved: the fewest of those that the base knows."""
    places = {one: at for at, one in enumerate(base)}
    order = [places[one] for one in side if one in places]
    stay = staying(order)
    return {base[place] for at, place in enumerate(order) if at not in stay}


def _before(side: Sequence[Id], elsewhere: Set[Id]) -> dict[Id, Id]:
    """For each id the one that stands before it; those that only the other side has moved, ``elsewhere``, are passed over."""
    found: dict[Id, Id] = {}
    last: Id = FIRST
    for one in side:
        found[one] = last
        last = last if one in elsewhere else one
    return found


def _anchors(side: Sequence[Id], spine: Set[Id]) -> dict[Id, Id]:
    """For each id the last one before it that nobody has moved or added."""
    found: dict[Id, Id] = {}
    last: Id = FIRST
    for one in side:
        found[one] = last
        last = one if one in spine else last
    return found


def _parents(
    added: Sequence[Id], moved: Sequence[set[Id]], before: Sequence[Mapping[Id, Id]], anchors: Sequence[Mapping[Id, Id]],
) -> tuple[dict[Id, Id], dict[Id, tuple[Id, Id]]]:  # fmt: skip
    """For each id that does not stay the one that it follows; those on which the sides do not agree.

    Nobody follows in a circle: one side's own follow each other as that side has them, or follow what both have put
    there; and that follows what stays, or what both have put before it.
    """
    parents: dict[Id, Id] = {}
    apart: dict[Id, tuple[Id, Id]] = {}
    for one in dict.fromkeys([*added, *sorted(moved[0] | moved[1], key=str)]):
        new = one not in moved[0] | moved[1]
        told = [side for side in (0, 1) if (one in before[side] if new else one in moved[side])]
        ways = [before[side][one] for side in told]
        if len(ways) == 1 or ways[0] == ways[1]:
            parents[one] = ways[0]
        elif anchors[0][one] == anchors[1][one]:
            parents[one] = anchors[0][one]
        else:
            apart[one] = ways[0], ways[1]
            if new:
                parents[one] = min((anchors[0][one], anchors[1][one]), key=lambda anchor: ("", "") if anchor is FIRST else ("x", str(anchor)))
    return parents, apart


def _walk(rows: Sequence[Id], parents: Mapping[Id, Id], rank: Callable[[Id], object]) -> list[Id]:
    """The rows that stay, each followed by those that follow it."""
    following: dict[Id, list[Id]] = {}
    for one, parent in parents.items():
        following.setdefault(parent, []).append(one)
    found: list[Id] = []
    waiting: list[Id] = [*reversed(rows)]
    waiting += sorted(following.get(FIRST, ()), key=rank, reverse=True)  # type: ignore[arg-type]  # ranks are comparable
    while waiting:
        one = waiting.pop()
        found.append(one)
        waiting += sorted(following.get(one, ()), key=rank, reverse=True)  # type: ignore[arg-type]
    return found
