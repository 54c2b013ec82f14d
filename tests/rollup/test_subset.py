"""Which amounts make a sum."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xltool.rollup.subset import MOST_AMOUNTS, making


def amounts(*found: int | str) -> list[Decimal]:
    return [Decimal(each) for each in found]


@pytest.mark.parametrize(
    ("parts", "whole", "expected"),
    [
        ((92764, 88200, 10000, 173936), 364900, [(0, 1, 2, 3)]),
        ((5, 3, 2), 5, [(0,), (1, 2)]),
        ((5, 3, 3), 8, [(0, 1), (0, 2)]),
        ((5, 3), 4, []),
        (("0.1", "0.2"), "0.3", [(0, 1)]),
        ((), 1, []),
        ((3, 5, 9), 8, [(0, 1)]),
    ],
    ids=["all", "two ways", "equal amounts", "none", "cents", "nothing to add", "the smaller stands first"],
)
def test_choices_that_make_the_whole_are_found(parts, whole, expected):
    assert expected == making(amounts(*parts), Decimal(whole))


@given(st.lists(st.integers(1, 500), min_size=1, max_size=12), st.data())
def test_a_choice_that_was_made_is_found_and_every_choice_makes_the_whole(parts, data):
    chosen = data.draw(st.sets(st.integers(0, len(parts) - 1), min_size=1))
    whole = sum(parts[at] for at in chosen)
    found = making(amounts(*parts), Decimal(whole))
    assert found and all(sum(parts[at] for at in choice) == whole for choice in found)
    assert len(found) == len(set(found)) <= 2


def test_all_of_more_amounts_than_are_searched_are_found():
    assert [tuple(range(3 * MOST_AMOUNTS))] == making(amounts(*[7] * 3 * MOST_AMOUNTS), Decimal(21 * MOST_AMOUNTS))


def test_of_more_amounts_than_are_searched_the_largest_are():
    small = range(1, MOST_AMOUNTS + 1)
    assert [(MOST_AMOUNTS, MOST_AMOUNTS + 1)] == making(amounts(*small, 70_000, 30_000), Decimal(100_000), most=1)


@pytest.mark.parametrize("left_out", [{3, 8}, {3, 8, 13}, {3, 8, 13, 18}])
def test_a_whole_that_leaves_out_few_of_many_is_found(left_out):
    """What is still to come must be able to make what is left: without that the search ends too soon."""
    parts = [pow(7, at, 1_000_003) for at in range(24)]
    chosen = tuple(at for at in range(24) if at not in left_out)
    assert [chosen] == making(amounts(*parts), Decimal(sum(parts[at] for at in chosen)))


def test_a_hopeless_search_ends():
    """Even amounts never make an odd whole; trying every choice of forty takes a thousand billion steps."""
    assert [] == making(amounts(*range(1000, 1080, 2)), Decimal(20001))
