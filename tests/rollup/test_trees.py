"""Rows as a tree: what stands under what, in the order of the rows."""

from typing import Literal

from xltool.rollup.model import Relation, Tree
from xltool.rollup.trees import trees


def above(head: int, *members: int, certainty: Literal["certain", "doubtful"] = "certain", decided: Literal["", "confirm", "reject"] = "") -> Relation:
    return Relation(f"{head}", "parent", certainty, head, members, decided=decided)


def drawn(tree: Tree) -> str:
    return str(tree.row) + (f"({' '.join(map(drawn, tree.below))})" if tree.below else "")


def forest(count: int, *relations: Relation) -> list[str]:
    return [drawn(one) for one in trees(count, relations)]


def test_what_several_relations_put_under_a_row_stands_in_the_order_of_the_rows():
    assert ["0", "1(2 3(5) 4)"] == forest(6, above(1, 4), above(3, 5), above(1, 2, 3))


def test_a_row_stands_under_the_first_that_has_it():
    assert ["0(2)", "1(3)"] == forest(4, above(0, 2), above(1, 2, 3))


def test_a_doubt_moves_nothing_until_it_is_confirmed():
    assert ["0", "1"] == forest(2, above(0, 1, certainty="doubtful"))
    assert ["0(1)"] == forest(2, above(0, 1, certainty="doubtful", decided="confirm"))
    assert ["0", "1"] == forest(2, above(0, 1, decided="reject"))
