"""The rows as a tree: under a parent its sub-projects, under a form its doubles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xltool.rollup.model import Relation, Tree


def trees(count: int, relations: Sequence[Relation]) -> tuple[Tree, ...]:
    """The roots in the order of the rows; a row stands under one other at the most, doubts do not move it."""
    above: dict[int, int] = {}
    for one in relations:
        if one.obeyed:
            for row in one.members:
                above.setdefault(row, one.head)
    below: dict[int, list[int]] = {}
    for row in sorted(above):
        below.setdefault(above[row], []).append(row)
    return tuple(_tree(row, below) for row in range(count) if row not in above)


def _tree(row: int, below: Mapping[int, list[int]]) -> Tree:
    return Tree(row, tuple(_tree(child, below) for child in below.get(row, ())))
