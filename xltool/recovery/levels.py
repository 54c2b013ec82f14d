"""Which row stands under which level: the labels of the list, their repeats, and the order of the rows.

A label stands before its rows, at the middle of them, or behind them; after a page break it may come again and own
no rows, or stand behind the first rows of a group that the page has cut. The taxonomy knows which level
one a level two belongs to; the usual weights of the level ones choose between readings that look alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from xltool.form import Taxonomy
from xltool.recovery.level_places import NOWHERE, Placed
from xltool.recovery.vocabulary import Levels

LEVEL_ONE, LEVEL_TWO = 1, 2
ABOVE = 1.0
"""What it costs that a label stands on a line of its own above the middle row of its group."""
OFF = 0.5
"""So many lines a label may be from the middle of its rows: half a line is lost where rows are counted in lines."""
MIDDLES = 64
"""So many groupings with their labels at the middle are looked at."""


@dataclass(frozen=True, slots=True)
class Label:
    """A level name found before row ``row`` (the number of rows that begin before it). ``paged``: a page
    break stands between it and the row before; ``inline``: the name of a row follows on its line."""

    level: int
    name: str
    row: int
    atom: int
    paged: bool = False
    inline: bool = False
    weight: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """The rows ``first`` to ``last`` (excluded) of one level two. ``moved``: rows before its label belong to it."""

    level1: str | None
    level2: str | None
    first: int
    last: int
    label: Label | None
    moved: int = 0


@dataclass(frozen=True, slots=True)
class Grouping:
    """The groups of a list in order, the labels that own no rows, and the rows that another reading would move."""

    groups: tuple[Group, ...]
    repeats: tuple[Label, ...]
    unsure: frozenset[int]
    cost: float


def group(
    labels: Sequence[Label], levels: Levels, taxonomy: Taxonomy, weights: Sequence[Decimal | None], breaks: Sequence[int], placed: Placed = NOWHERE
) -> Grouping:
    """The least-cost grouping of ``len(weights)`` rows; ``breaks`` are the rows that a page break stands before.

    ``placed`` are the level twos by where the rows stand. Where every label stands at the same part of its rows as these are
    counted, they hold only if rows are not equally high and no label is far from the middle of its own.
    """
    count = len(weights)
    twos, repeats = _owners(labels, levels)
    late = late_ones(labels, levels)
    candidates = [_at_head(twos, count)]
    candidates.extend(_shifted(candidates[0]))
    middle = [] if not late and _ones_at_head(labels, levels) else _at_middle(twos, count, late > 0)
    drawn = [*middle, *_at_end(twos, count)]
    candidates.extend(one for one in drawn if one not in candidates)
    held = bool(placed.names) and all(placed.names) and (not drawn or (placed.uneven and placed.off <= OFF))
    if held and not placed.counted:
        return Grouping(tuple(_runs(placed.names, twos)), tuple(repeats), placed.unsure, 0.0)
    judged = sorted(((_cost(one, levels, taxonomy, weights, breaks, one in drawn, late), number, one) for number, one in enumerate(candidates)), key=lambda pair: pair[:2])
    cost, _, best = judged[0]
    if held:
        differing = {row for row, name in enumerate(_by_row(best, count)) if placed.names[row] != name}
        return Grouping(tuple(_runs(placed.names, twos)), tuple(repeats), placed.unsure | differing, 0.0)
    unsure: set[int] = set()
    for other_cost, _, other in judged[1:]:
        if other_cost - cost < 1:
            unsure |= _moved_rows(best, other, count)
    if placed.names and best in middle and placed.off <= OFF:
        unsure |= placed.rounded | {row for row, name in enumerate(_by_row(best, count)) if placed.names[row] not in (name, None)}
    empty = sum(one.last <= one.first for one in best)
    if empty > 1 or (empty and count < 4):
        unsure = set(range(count))  # labels in a heap, apart from their rows: no order of theirs can be trusted
    return Grouping(tuple(best), tuple(repeats), frozenset(unsure), cost)


def _runs(placed: Sequence[str | None], twos: Sequence[Label]) -> list[Group]:
    """The groups of rows whose level two is known from where they stand."""
    groups: list[Group] = []
    for row, name in enumerate(placed):
        if groups and groups[-1].level2 == name:
            groups[-1] = replace(groups[-1], last=row + 1)
        else:
            groups.append(Group(None, name, row, row + 1, next((label for label in twos if label.name == name), None)))
    return groups


def owners(labels: Sequence[Label], levels: Levels) -> list[Label]:
    """The labels of both levels where they own rows: those of level one as they are first named."""
    twos, _ = _owners(labels, levels)
    ones = {label.name: label for label in reversed(labels) if label.level == LEVEL_ONE}
    return sorted({*twos, *ones.values()}, key=lambda label: label.atom)


def _owners(labels: Sequence[Label], levels: Levels) -> tuple[list[Label], list[Label]]:
    """The level-two labels that own rows, and those that only repeat.

    A level one of which no level two follows stands for itself: for its only child, or for an unknown one.
    """
    own: list[Label] = []
    repeats: list[Label] = []
    seen: set[str] = set()
    ones: list[Label] = []
    for at, label in enumerate(labels):
        if label.level == LEVEL_ONE:
            if label.name in seen:
                repeats.append(label)
            elif not _has_two(labels, at, levels):
                ones.append(label)
                own.append(label)
            seen.add(label.name)
        elif label.name in seen and not _again(labels, at, own) and not _twofold(label, levels, own):
            repeats.append(label)
        else:
            own.append(label)
            seen.add(label.name)
    for one in ones:
        if any(levels.parent.get(label.name) == one.name for label in own if label.level == LEVEL_TWO):
            own.remove(one)
    return own, repeats


def _twofold(label: Label, levels: Levels, own: Sequence[Label]) -> bool:
    """True for a name that the taxonomy has as a level one and as a level two, behind another level two of its parent."""
    if label.name not in levels.one or label.name not in levels.two or not own:
        return False
    return own[-1].name != label.name and levels.parent.get(own[-1].name) == levels.parent.get(label.name)


def _again(labels: Sequence[Label], at: int, own: Sequence[Label]) -> bool:
    """True for a level two that stands before a row of its own again, behind other groups and behind the level one on
    its line: no page break drew it."""
    label, before = labels[at], labels[at - 1] if at else None
    return label.inline and not label.paged and before is not None and before.level == LEVEL_ONE and before.row == label.row and before.atom == label.atom - 1 and own[-1].name != label.name


def late_ones(labels: Sequence[Label], levels: Levels) -> int:
    """How many level ones are first named behind one of their level twos: so they are, drawn at the middle."""
    seen: set[str] = set()
    late = 0
    for label in labels:
        if label.level == LEVEL_ONE and label.name not in seen:
            late += any(levels.parent.get(name) == label.name for name in seen)
        seen.add(label.name)
    return late


def _ones_at_head(labels: Sequence[Label], levels: Levels) -> bool:
    """True where a level one stands on the line of the first of its level twos and has others: so no label stands at the
    middle of its rows."""
    for one, two, then in zip(labels, labels[1:], labels[2:], strict=False):
        below = [levels.parent.get(label.name) == one.name for label in (two, then)]
        if one.level == LEVEL_ONE and then.level == two.level == LEVEL_TWO and all(below) and two.row == one.row and two.atom == one.atom + 1:
            return True
    return False


def _has_two(labels: Sequence[Label], at: int, levels: Levels) -> bool:
    """True where a level two follows a level one before any row does, or any of its own level twos stands anywhere."""
    one = labels[at]
    return any(label.level == LEVEL_TWO and levels.parent.get(label.name) == one.name for label in labels)


def _at_head(twos: Sequence[Label], count: int) -> list[Group]:
    """Each label owns the rows from itself to the next; rows before the first label belong to it."""
    groups: list[Group] = []
    for at, label in enumerate(twos):
        first = 0 if at == 0 else label.row
        last = twos[at + 1].row if at + 1 < len(twos) else count
        groups.append(_group(label, first, last, label.row - first if at == 0 else 0))
    return groups if groups else ([Group(None, None, 0, count, None)] if count else [])


def _group(label: Label, first: int, last: int, moved: int = 0) -> Group:
    return Group(None, label.name, first, last, label, moved) if label.level == LEVEL_TWO else Group(label.name, None, first, last, label, moved)


def _shifted(head: Sequence[Group]) -> list[list[Group]]:
    """The groupings in which a group begins up to three rows before its label, one or two groups at once."""
    found: list[list[Group]] = []
    for at in range(1, len(head)):
        for rows in range(1, 4):
            if head[at].first - rows <= head[at - 1].first or head[at].label is None:
                break
            found.append(_shift(head, at, rows))
    singles = list(found)
    for one in singles[:24]:
        for at in range(1, len(head)):
            if one[at].moved == 0 and one[at].first - 1 > one[at - 1].first and not any(group.moved for group in one[at:]):
                found.append(_shift(one, at, 1))
    return found


def _shift(groups: Sequence[Group], at: int, rows: int) -> list[Group]:
    moved = list(groups)
    moved[at] = replace(moved[at], first=moved[at].first - rows, moved=rows)
    moved[at - 1] = replace(moved[at - 1], last=moved[at].first)
    return moved


def _at_middle(twos: Sequence[Label], count: int, above: bool) -> list[list[Group]]:
    """The groupings in which each label stands at the middle row of its group: on that row's line, between the two rows in
    the middle, or ``above`` it on a line of its own."""
    found: list[tuple[int, list[Group]]] = [(0, [])]
    for label in twos:
        found = [(last, [*groups, _group(label, first, last, label.row - first)]) for first, groups in found for last in _middle_ends(label, first, count, above)][:MIDDLES]
    return [groups for last, groups in found if groups and last == count]


def _middle_ends(label: Label, first: int, count: int, above: bool) -> Iterator[int]:
    """Where a group may end that begins at a row and has its label at the middle."""
    before = label.row - first
    for rows in (2 * before + 1,) if label.inline else (2 * before, 2 * before + 1)[: 1 + above]:
        if before >= 0 and rows > 0 and first + rows <= count:
            yield first + rows


def _at_end(twos: Sequence[Label], count: int) -> list[list[Group]]:
    """The grouping in which each label stands behind its rows, the last behind all."""
    ends = [label.row for label in twos]
    if not ends or any(label.inline for label in twos) or ends[0] == 0 or ends[-1] != count or any(end <= begin for begin, end in pairwise(ends)):
        return []
    return [[_group(label, first, last, last - first) for label, first, last in zip(twos, (0, *ends), ends, strict=False)]]


def _cost(groups: Sequence[Group], levels: Levels, taxonomy: Taxonomy, weights: Sequence[Decimal | None], breaks: Sequence[int], drawn: bool, late: int) -> float:
    """What a grouping costs; ``drawn``: every label of it stands at the same part of its rows, the middle or the end."""
    cost = 0.0
    for at, one in enumerate(groups):
        if one.last <= one.first:
            cost += 4.0
        if one.moved and not drawn:
            broken = one.label is not None and (any(one.first < row <= one.label.row for row in breaks) or one.label.paged)
            cost += (2.0 if broken else 4.0) + one.moved * 0.5 if at else 3.0
    cost += 0.5 + ABOVE * sum(one.label is not None and not one.label.inline and one.last - one.first == 2 * one.moved + 1 and one.moved > 0 for one in groups) if drawn else 3.0 * late
    last = -1
    for one in groups:
        order = levels.order.get(one.level2 or "", last)
        cost += 0.7 if order < last else 0.0
        last = max(last, order)
    return cost + _weights(groups, levels, taxonomy, weights)


def _weights(groups: Sequence[Group], levels: Levels, taxonomy: Taxonomy, weights: Sequence[Decimal | None]) -> float:
    """Nothing where the level ones have their usual weights, eight where they have not though the whole has."""
    if not taxonomy.weights or any(weight is None for weight in weights):
        return 0.0
    if sum((weight or Decimal(0) for weight in weights), Decimal(0)) != sum(taxonomy.weights.values(), Decimal(0)):
        return 0.0
    totals: dict[str, Decimal] = {}
    for one in groups:
        name = one.level1 or levels.parent.get(one.level2 or "") or ""
        totals[name] = totals.get(name, Decimal(0)) + sum((weight or Decimal(0) for weight in weights[one.first : one.last]), Decimal(0))
    return 0.0 if totals == dict(taxonomy.weights) else 8.0


def _moved_rows(best: Sequence[Group], other: Sequence[Group], count: int) -> set[int]:
    first, second = _by_row(best, count), _by_row(other, count)
    return {row for row in range(count) if first[row] != second[row]}


def _by_row(groups: Sequence[Group], count: int) -> list[str | None]:
    found: list[str | None] = [None] * count
    for one in groups:
        for row in range(one.first, min(one.last, count)):
            found[row] = one.level2
    return found
