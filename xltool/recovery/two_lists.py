"""Two lists side by side in text that keeps but the order: the cells of each row of the block come one after another.

A row holds the level one that both lists share, what the first list has in it, and what the second has; where one list
is at its end the other goes on alone. So the rows of a level one go to and fro between the lists, then stay on one side;
which readings are possible say the level twos: on each side they stand in the taxonomy's order, none twice.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from itertools import pairwise

from xltool.filing import Item
from xltool.recovery import two_sides
from xltool.recovery.atoms import LINE, PAGE, Atom
from xltool.recovery.claims import Account
from xltool.recovery.levels import LEVEL_ONE, LEVEL_TWO, Group, Grouping
from xltool.recovery.list_labels import Mention
from xltool.recovery.list_reading import Prepared, columns_of, item_of, lost, rows_of
from xltool.recovery.row_signs import Row
from xltool.recovery.rows import Cut
from xltool.recovery.side_heights import Label, Labels
from xltool.recovery.stretch import Stretch
from xltool.recovery.vocabulary import Levels
from xltool.values import normal

UNNAMED, AGAIN, BACK, STRANGE = 3.0, 2.0, 1.0, 3.0
"""What it costs that a side begins without a level two, has one twice, out of order, or under another level one."""
TOLD, FOREIGN = 4.0, 0.4
"""What it costs that cells on one line stand in two rows; that a name ends as those of another level two do."""
LABELLED = 4
"""A name with a level two printed before it tells as much of names that end alike as so many others."""
PASSES, FEW = 3, 3
"""So many walks, each with the widths that the one before has shown; so many wrapped lines show a width."""
ENDS = 3
"""So many letters at the end of a name, outside of brackets, tell what it is about."""

_BRACKETS = re.compile(r"\([^()]*\)$")


@dataclass(frozen=True, slots=True)
class Cell:
    """What one list has in one row: its cells, and the level two printed directly before them. ``beside``: they begin on
    the line of the cells before, so in one row with them; ``end``: the last letters of its name."""

    row: Row
    level2: str | None
    beside: bool = False
    end: str = ""

_Placed = tuple[list[tuple[Row, str | None, str | None]], list[tuple[Row, str | None, str | None]]]
"""The rows of both lists with their levels."""


def read(prepared: Prepared, names: Sequence[str], found: Cut, account: Account) -> dict[str, tuple[Item, ...]]:
    """The items of both lists, each list doubted; claims every atom that it took."""
    if prepared.walked:
        return _lists(prepared, names, _placed(prepared), account)
    rows = rows_of(prepared, found)
    placed: _Placed = ([], [])
    blocks = _blocks(prepared, rows, account)
    known = _ends(cell for _, cells in blocks for cell in cells)
    for level1, cells in blocks:
        sides = parted(cells, level1, prepared.words.levels, known)
        last: list[str | None] = [None, None]
        for cell, side in zip(cells, sides, strict=True):
            last[side] = cell.level2 or last[side]
            placed[side].append((cell.row, level1, last[side]))
    lists = _lists(prepared, names, placed, account)
    lost(prepared, found, rows, account)
    return lists


def _lists(prepared: Prepared, names: Sequence[str], placed: _Placed, account: Account) -> dict[str, tuple[Item, ...]]:
    for one in prepared.mentions:
        account.claim(one.atoms, f"层级 {one.name}", "分类表中的层级名")
    lists = {name: _items(prepared, name, own, account) for name, own in zip(names, placed, strict=True)}
    for name in names:
        account.doubt(name, prepared.numbers[0] if prepared.numbers else 0, "两个明细并排，只有次序可循，各行归于哪一个未必对")
    return lists


def teach(lists: Sequence[Prepared]) -> None:
    """Walks the rows of every form of a document to and fro: what one walk shows of widths and names guides the next."""
    known = [one for one in lists if one.stretch.evidence.level]
    walks = [_Walk(one, *_said(one)) for one in known]
    ends: dict[str, Counter[int]] = {}
    for number in range(PASSES):
        told = {text: frozenset(one for one, count in votes.items() if 2 * count >= max(votes.values())) for text, votes in ends.items()}
        for walk in walks:
            walk.go(told, number == PASSES - 1)
        ends = _ends_of(walks)
    for walk in walks:
        walk.prepared.walked = tuple(walk.cells)


@dataclass(slots=True)
class _Walk:
    """One form on its way: its labels, the words under each level one, the two sides with their widths, the cells read."""

    prepared: Prepared
    said: Mapping[int, two_sides.Said]
    groups: Sequence[tuple[str | None, int, int]]
    sides: tuple[Stretch, Stretch] | None = None
    cells: list[tuple[str | None, list[two_sides.Cell]]] = field(default_factory=list)

    def go(self, ends: Mapping[str, frozenset[int]], last: bool) -> None:
        """Walks once more; rows that pages' ends cut are looked for on the ``last`` walk, by the widths that others have shown."""
        known = self.prepared.stretch
        stretch = replace(known, crossed=[crossed or at in self.said for at, crossed in enumerate(known.crossed)])
        told = two_sides.Told(self.sides or (_plain(stretch), _plain(stretch)), self.said, ends)
        torn = two_sides.torn_of(told) if last else {}
        self.cells = [(level1, two_sides.Walk(told, first, end, torn).cells()) for level1, first, end in self.groups]
        own = [cell for _, group in self.cells for cell in group]
        self.sides = (_learned(stretch, [cell for cell in own if cell.side == 0]), _learned(stretch, [cell for cell in own if cell.side == 1]))


def _ends_of(walks: Sequence[_Walk]) -> dict[str, Counter[int]]:
    """The level twos of the names that end with the same letters: of those with a label of their own, and of those that
    stand in a row with another."""
    found: dict[str, Counter[int]] = {}
    for walk in walks:
        for _, group in walk.cells:
            for at, cell in enumerate(group):
                other = group[at + 1 : at + 2] if cell.side == 0 else group[max(0, at - 1) : at]
                paired = any(one.side != cell.side for one in other)
                votes = LABELLED if cell.name[0] in walk.said else 1 if paired else 0
                if cell.level2 >= 0 and votes:
                    text = two_sides.ending(walk.prepared.stretch, cell.name)
                    for count in two_sides.ENDS:
                        found.setdefault(text[-count:], Counter())[cell.level2] += votes
    return found


def _placed(prepared: Prepared) -> _Placed:
    """The rows of both lists as they were walked."""
    placed: _Placed = ([], [])
    name, value = prepared.stretch.columns.name, prepared.stretch.columns.values[0][0]
    for level1, group in prepared.walked:
        for cell in group:
            fields = {key: [prepared.numbers[at] for at in places] for key, places in ((name, cell.name), (value, cell.value)) if places}
            level2 = prepared.words.levels.two[cell.level2] if cell.level2 >= 0 else None
            placed[cell.side].append((Row(prepared.numbers[cell.name[0]], fields, {}), level1, level2))
    return placed


def _plain(stretch: Stretch) -> Stretch:
    """The list without the whole names that a reading as one list, too rough for two, has found."""
    return replace(stretch, evidence=replace(stretch.evidence, names=frozenset()))


def _wide(stretch: Stretch, name: int | None, value: int | None) -> Stretch:
    return replace(stretch, evidence=replace(stretch.evidence, name_width=name, value_width=value, names=frozenset()))


def _learned(stretch: Stretch, cells: Sequence[two_sides.Cell]) -> Stretch:
    """The list with the widths at which its names and values wrap."""
    found = [_full(stretch, [one.name for one in cells]), _full(stretch, [one.value for one in cells])]
    return _wide(stretch, *found)


def _full(stretch: Stretch, cells: Sequence[Sequence[int]]) -> int | None:
    """The width that most wrapped lines of a column do not pass; None where hardly any is wrapped."""
    wrapped: list[int] = []
    for cell in cells:
        widths: dict[int, int] = {}
        for at in cell:
            line = stretch.atoms[at].line
            widths[line] = widths.get(line, -1) + stretch.shapes[at].width + (at not in stretch.thin or line not in widths)
        wrapped.extend(list(widths.values())[:-1])
    return sorted(wrapped)[int(0.9 * (len(wrapped) - 1))] if len(wrapped) >= FEW else None


def _said(prepared: Prepared) -> tuple[dict[int, two_sides.Said], list[tuple[str | None, int, int]]]:
    """The level twos printed before words, and the words under each level one."""
    levels, mentions = prepared.words.levels, list(prepared.mentions)
    groups: list[tuple[str | None, int, int]] = [(None, 0, 0)]
    said: dict[int, two_sides.Said] = {}
    for at, number in enumerate(prepared.numbers):
        named: list[Mention] = []
        while mentions and mentions[0].atoms[0] < number:
            one = mentions.pop(0)
            if one.level == LEVEL_TWO:
                named.append(one)
            elif one.name != groups[-1][0]:
                groups[-1] = (groups[-1][0], groups[-1][1], at)
                groups.append((one.name, at, at))
        if named:
            level1 = groups[-1][0]
            strange = sum(level1 is not None and levels.parent.get(one.name) not in (None, level1) for one in named)
            cost = two_sides.STRANGE * strange + two_sides.DOUBLE * (len(named) - 1)
            said[at] = two_sides.Said(levels.order.get(named[-1].name, 0), cost, _labels(prepared, named[-1], number))
    groups[-1] = (groups[-1][0], groups[-1][1], len(prepared.numbers))
    return said, [group for group in groups if group[1] < group[2]]


def _labels(prepared: Prepared, two: Mention, number: int) -> Labels:
    """The labels that end before a word, the level two and a level one directly before it; none where one is cut or stands apart."""
    atoms, found, last = prepared.atoms, list[Label](), number
    ones = [one for one in prepared.mentions if one.level == LEVEL_ONE and one.atoms[-1] == two.atoms[0] - 1]
    for one in (two, *ones):
        own = [atoms[at] for at in one.atoms]
        if normal("".join(atom.key for atom in own)) != normal(one.name) or one.atoms[-1] != last - 1:
            return Labels() if not found else Labels((found[0]._replace(beside=None),), _beside(atoms[number]))
        found.insert(0, Label(one.level, len({atom.line for atom in own}), _beside(own[0])))
        last = one.atoms[0]
    return Labels(tuple(found), _beside(atoms[number]))


def _beside(atom: Atom) -> bool | None:
    return None if atom.gap == PAGE else atom.gap < LINE


def _blocks(prepared: Prepared, rows: Sequence[Row], account: Account) -> list[tuple[str | None, list[Cell]]]:
    """The cells under each level one, in order."""
    blocks: list[tuple[str | None, list[Cell]]] = [(None, [])]
    mentions = list(prepared.mentions)
    last = 0
    for row in rows:
        level2, first = None, row.first
        while mentions and mentions[0].atoms[0] < row.first:
            one = mentions.pop(0)
            if one.level == LEVEL_ONE and one.name != blocks[-1][0]:
                blocks.append((one.name, []))
            level2, first = (one.name, one.atoms[0]) if one.level == LEVEL_TWO else (level2, row.first)
        name = "".join(account.atoms[number].key for number in row.fields.get(prepared.stretch.columns.name, ()))
        blocks[-1][1].append(Cell(row, level2, bool(last) and account.atoms[last].line == account.atoms[first].line, _BRACKETS.sub("", name)[-ENDS:]))
        last = max((number for numbers in row.fields.values() for number in numbers), default=0)
    return [block for block in blocks if block[1]]


def parted(cells: Sequence[Cell], level1: str | None, levels: Levels, known: Mapping[str, Set[str]]) -> list[int]:
    """For the cells of one level one the list each stands in: 0 or 1; ``known`` are the ends of names by their level two."""
    count = len(cells)
    ways = [(pairs, [0, 1] * pairs + [side] * (count - 2 * pairs)) for pairs in range(count // 2, -1, -1) for side in (0, 1)]
    return min(ways, key=lambda way: _costs(cells, way[1], level1, levels, known) + _apart(cells, way[0]))[1]


def _apart(cells: Sequence[Cell], pairs: int) -> float:
    """What it costs that cells on one line stand in two rows, with so many pairs and one list alone behind them."""
    return TOLD * sum(cell.beside and not (at < 2 * pairs and at % 2 == 1) for at, cell in enumerate(cells) if at)


def _costs(cells: Sequence[Cell], sides: Sequence[int], level1: str | None, levels: Levels, known: Mapping[str, Set[str]]) -> float:
    """What a parting of the cells costs."""
    both = [[cell for cell, at in zip(cells, sides, strict=True) if at == side] for side in (0, 1)]
    return sum(_cost([cell.level2 for cell in own], level1, levels) + _strange(own, known) for own in both)


def _strange(cells: Sequence[Cell], known: Mapping[str, Set[str]]) -> float:
    """What it costs that names stand under a level two whose names end otherwise."""
    cost, level2 = 0.0, None
    for cell in cells:
        level2 = cell.level2 or level2
        alike = [name for name, ends in known.items() if cell.end in ends]
        cost += FOREIGN * (bool(alike) and level2 not in alike)
    return cost


def _ends(cells: Iterable[Cell]) -> dict[str, set[str]]:
    """How the names end before which a level two is printed, by that level two."""
    found: dict[str, set[str]] = {}
    for cell in cells:
        if cell.level2:
            found.setdefault(cell.level2, set()).add(cell.end)
    return found


def _cost(labels: Sequence[str | None], level1: str | None, levels: Levels) -> float:
    if not labels:
        return 0.0
    named = [label for label in labels if label]
    cost = UNNAMED * (labels[0] is None) + AGAIN * (len(named) - len(set(named)))
    cost += STRANGE * sum(level1 is not None and levels.parent.get(label) not in (None, level1) for label in named)
    return cost + BACK * sum(levels.order.get(then, 0) < levels.order.get(one, 0) for one, then in pairwise(named))


def _items(prepared: Prepared, name: str, own: Sequence[tuple[Row, str | None, str | None]], account: Account) -> tuple[Item, ...]:
    form = prepared.words.form
    spec = form.lists[name]
    side = replace(prepared, spec=spec, stretch=replace(prepared.stretch, columns=columns_of(form, spec)))
    called = dict(zip(prepared.spec.own, spec.own, strict=True))
    groups = Grouping(tuple(Group(level1, level2, at, at + 1, None) for at, (_, level1, level2) in enumerate(own)), (), frozenset(), 0.0)
    items = []
    for at, (row, _, _) in enumerate(own):
        row.fields = {called[key]: numbers for key, numbers in row.fields.items()}
        row.margin = {called[key]: margin for key, margin in row.margin.items()}
        items.append(item_of(side, row, at, groups, account, {}))
    return tuple(items)
