"""One order out of three, drawn as letters: what is lower case stands in the base, what is upper case was added."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xltool.merge.order import merged


def order(base: str, ours: str, theirs: str):
    """The merged order, and what the sides put in different places."""
    present = {one for one in base if one in ours and one in theirs} | {one for one in ours + theirs if one.isupper()}
    found = merged(base, ours, theirs, present, str)
    return "".join(map(str, found.ids)), "".join(sorted(map(str, found.apart)))


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "expected", "apart"),
    [
        pytest.param("abc", "abc", "cab", "cab", "", id="moved by one side"),
        pytest.param("abcd", "bacd", "abdc", "badc", "", id="each moved another"),
        pytest.param("abcd", "bcda", "bcda", "bcda", "", id="moved alike"),
        pytest.param("abcde", "bcade", "bcdea", "abcde", "a", id="one moved to two places stays"),
        pytest.param("abc", "aXbc", "abcY", "aXbcY", "", id="added in two places"),
        pytest.param("abc", "aXbc", "aYbc", "aXYbc", "", id="added in one place, by rank and not by side"),
        pytest.param("abc", "aYbc", "aXbc", "aXYbc", "", id="the same the other way round"),
        pytest.param("abc", "aXYbc", "aZbc", "aXYZbc", "", id="what one side added together stays together"),
        pytest.param("abc", "aXZbc", "aYZbc", "aXYZbc", "", id="both added Z, each behind something of its own"),
        pytest.param("ab", "Xab", "abX", "Xab", "X", id="both added X in two places"),
        pytest.param("12", "X12", "12X", "X12", "X", id="both added X, before everything goes first"),
        pytest.param("ab", "Yab", "Xab", "XYab", "", id="added by both before everything, by rank"),
        pytest.param("abc", "ac", "abXc", "aXc", "", id="added behind what the other removed"),
        pytest.param("abcdef", "abdecf", "acbdef", "abcdef", "c", id="the same one moved down here and up there"),
    ],
)
def test_order_of_both(base, ours, theirs, expected, apart):
    assert (expected, apart) == order(base, ours, theirs)


def test_where_each_side_has_it_is_told_by_what_stands_before_it():
    present = set("abcde")
    assert {"a": ("c", "e")} == merged("abcde", "bcade", "bcdea", present, str).apart
    assert {"e": ("a", None)} == merged("abcde", "aebcd", "eabcd", present, str).apart
    assert {"X": (None, "b")} == merged("ab", "Xab", "abX", {"a", "b", "X"}, str).apart


def test_two_that_were_each_put_behind_the_other_stay():
    """Ours moved a behind d, theirs moved d before a: neither is behind the other where nobody can be first."""
    found, apart = order("abcdef", "bcdaef", "dabcef")
    assert set("abcdef") == set(found)
    assert order("abcdef", "dabcef", "bcdaef") == (found, apart)


letters = st.lists(st.sampled_from("abcdefXYZ"), unique=True)


def side(base: str):
    """The base in another order, some of it left out, something added."""
    return st.permutations(base).flatmap(lambda kept: st.integers(2, len(base)).flatmap(lambda count: st.permutations([*kept[:count], *"XY"]).map("".join)))


@settings(max_examples=200)
@given(side("abcde"), side("abcde"))
def test_everything_that_is_left_stands_once_whoever_is_ours(ours, theirs):
    found, _ = order("abcde", ours, theirs)
    kept = {one for one in "abcde" if one in ours and one in theirs}
    assert sorted(found) == sorted(kept | {"X", "Y"})
    assert found == order("abcde", theirs, ours)[0]


@given(side("abcde"))
def test_of_one_side_alone_the_order_is_that_sides(changed):
    assert (changed, "") == order("abcde", "abcde", changed) == order("abcde", changed, changed)
