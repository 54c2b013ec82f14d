"""Two lists side by side in text that keeps but the order: the cells of each row of the block come one after another.

A row holds the level one that both lists share, what the first list has in it, and what the second has; where one list
is at its end the other goes on alone. So the rows of a level one go to and fro between the lists, then stay on one side;
which readings are possible say the level twos: on each side they stand in the taxonomy's order, none twice.
"""

from __future__ import annotations

from collections.abc import Sequence
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



@dataclass(frozen=True, slots=True)
class Cell:
    """What one list has in one row: its cells, and the level two printed directly before them."""

    row: Row
    level2: str | None


def read(prepared: Prepared, names: Sequence[str], found: Cut, account: Account) -> dict[str, tuple[Item, ...]]:
    """The items of both lists, each list doubted; claims every atom that it took."""
    rows = rows_of(prepared, found)
    placed: tuple[list[tuple[Row, str | None, str | None]], ...] = ([], [])
    for level1, cells in _blocks(prepared, rows):
        labels = [cell.level2 for cell in cells]
        sides = parted(labels, level1, prepared.words.levels)
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


def _blocks(prepared: Prepared, rows: Sequence[Row]) -> list[tuple[str | None, list[Cell]]]:
    """The cells under each level one, in order."""
    blocks: list[tuple[str | None, list[Cell]]] = [(None, [])]
    mentions = list(prepared.mentions)
    for row in rows:
        level2 = None
        while mentions and mentions[0].atoms[0] < row.first:
            one = mentions.pop(0)
            if one.level == LEVEL_ONE and one.name != blocks[-1][0]:
                blocks.append((one.name, []))
            level2 = one.name if one.level == LEVEL_TWO else level2
        blocks[-1][1].append(Cell(row, level2))
    return [block for block in blocks if block[1]]


def parted(labels: Sequence[str | None], level1: str | None, levels: Levels) -> list[int]:
    """For the cells of one level one, by the level two before each (None: none), the list each stands in: 0 or 1."""
    count = len(labels)
    ways = [[0, 1] * pairs + [side] * (count - 2 * pairs) for pairs in range(count // 2, -1, -1) for side in (0, 1)]
    return min(ways, key=lambda way: _costs(labels, way, level1, levels))


def _costs(labels: Sequence[str | None], sides: Sequence[int], level1: str | None, levels: Levels) -> float:
    """What a parting of the cells costs."""
    return sum(_cost([label for label, at in zip(labels, sides, strict=True) if at == side], level1, levels) for side in (0, 1))


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
