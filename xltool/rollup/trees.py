"""The rows as a tree: under a parent its sub-projects, under a form its doubles."""

from __future__ import annotations

from collections.abc import Sequence

from xltool.rollup.model import Relation, Tree


def trees(count: int, relations: Sequence[Relation]) -> tuple[Tree, ...]:
    """The roots in the order of the rows; a row stands under one other at the most, doubts do not move it."""
    above: dict[int, tuple[int, str]] = {}
    for one in relations:
        if one.obeyed:
            for row in one.members:
                above.setdefault(row, (one.head, one.key))
    below: dict[int, list[int]] = {}
    for row in sorted(above):
        below.setdefault(above[row][0], []).append(row)
    return tuple(_tree(row, "", below, above) for row in range(count) if row not in above)


def _tree(row: int, key: str, below: dict[int, list[int]], above: dict[int, tuple[int, str]]) -> Tree:
    return Tree(row, key, tuple(_tree(child, above[child][1], below, above) for child in below.get(row, ())))
