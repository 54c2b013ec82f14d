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
    ],
    ids=["all", "two ways", "equal amounts", "none", "cents", "nothing to add"],
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


def test_a_hopeless_search_ends():
    """Even amounts never make an odd whole; trying every choice of forty takes a thousand billion steps."""
    assert [] == making(amounts(*range(1000, 1080, 2)), Decimal(20001))
