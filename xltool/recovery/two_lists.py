"""Two lists side by side in text that keeps but the order: the cells of each row of the block come one after another.

A row holds the level one that both lists share, what the first list has in it, and what the second has; where one list
is at its end the other goes on alone. So the rows of a level one go to and fro between the lists, then stay on one side;
which readings are possible say the level twos: on each side they stand in the taxonomy's order, none twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise

from xltool.filing import Item
from xltool.recovery.claims import Account
from xltool.recovery.levels import LEVEL_ONE, LEVEL_TWO, Group, Grouping
from xltool.recovery.list_reading import Prepared, columns_of, item_of, lost, rows_of
from xltool.recovery.row_signs import Row
from xltool.recovery.rows import Cut
from xltool.recovery.vocabulary import Levels

UNNAMED, AGAIN, BACK, STRANGE = 3.0, 2.0, 1.0, 3.0
"""What it costs that a side begins without a level two, has one twice, out of order, or under another level one."""
TOLD, FOREIGN = 4.0, 0.4
"""What it costs that cells on one line stand in two rows; that a name ends as those of another level two do."""
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


def read(prepared: Prepared, names: Sequence[str], found: Cut, account: Account) -> dict[str, tuple[Item, ...]]:
    """The items of both lists, each list doubted; claims every atom that it took."""
    rows = rows_of(prepared, found)
    placed: tuple[list[tuple[Row, str | None, str | None]], ...] = ([], [])
    blocks = _blocks(prepared, rows, account)
    known = _ends(cell for _, cells in blocks for cell in cells)
    for level1, cells in blocks:
        sides = parted(cells, level1, prepared.words.levels, known)
        last: list[str | None] = [None, None]
        for cell, side in zip(cells, sides, strict=True):
            last[side] = cell.level2 or last[side]
            placed[side].append((cell.row, level1, last[side]))
    for one in prepared.mentions:
        account.claim(one.atoms, f"层级 {one.name}", "分类表中的层级名")
    lists = {name: _items(prepared, name, own, account) for name, own in zip(names, placed, strict=True)}
    lost(prepared, found, rows, account)
    for name in names:
        account.doubt(name, prepared.numbers[0] if prepared.numbers else 0, "两个明细并排，只有次序可循，各行归于哪一个未必对")
    return lists


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
