"""Limits as people raise them: by name and number, in the limit's own unit."""

import pytest

from xltool.budgets import USUAL, limit, megabytes, over, raised, table, using
from xltool.problems import ProblemError


@pytest.mark.parametrize("word", ["inflated=250", "inflated=250MB", "inflated = 250 MB ", " inflated=250"])
def test_a_limit_is_a_name_and_a_number_in_its_own_unit(word):
    found = raised([word], USUAL)
    assert (250, USUAL.squares) == (found.inflated, found.squares)
    with using(found):
        assert 250 * 1024 * 1024 == limit("inflated")
    assert limit("inflated") == USUAL.inflated * 1024 * 1024


def test_a_name_is_written_with_hyphens_and_known_with_both():
    assert (7, 9) == (raised(["json-depth=7"], USUAL).json_depth, raised(["json_depth=9"], USUAL).json_depth)
    assert "json-depth" in dict(table(USUAL))


def test_of_one_limit_set_twice_the_last_counts_and_others_stay():
    found = raised(["squares=5", "inflated=6", "squares=7"], USUAL)
    assert (7, 6, USUAL.merged) == (found.squares, found.inflated, found.merged)


@pytest.mark.parametrize("value", ["0", "000", "-3", "1e9", "", "1.5", "²", "１００", "1000000000", "5GB", "MB"])
def test_what_is_no_whole_number_of_nine_digits_at_the_most_is_refused(value):
    with pytest.raises(ProblemError) as error:
        raised([f"inflated= {value} "], USUAL)
    assert [("budget-value", {"what": "inflated", "found": value})] == [(one.code, dict(one.words)) for one in error.value.problems]


def test_nine_digits_are_a_number():
    assert 999_999_999 == raised(["squares=999999999"], USUAL).squares


def test_an_unknown_limit_is_told_with_all_that_there_are():
    with pytest.raises(ProblemError) as error:
        raised(["inflate=3"], USUAL)
    assert [{"what": "inflate", "known": ", ".join(name for name, _ in table(USUAL))}] == [dict(one.words) for one in error.value.problems]


def test_the_table_says_each_limit_with_its_unit():
    found = dict(table(raised(["inflated=1250", "squares=1250"], USUAL)))
    assert ("1,250 MB", "1,250") == (found["inflated"], found["squares"])


def test_what_is_over_a_limit_is_told_as_more_than_it():
    assert [0, 1, 1, 2] == [megabytes(size) for size in (0, 1, 1024 * 1024, 1024 * 1024 + 1)]
    with using(raised(["squares=3"], USUAL)):
        (one,) = over("workbook-squares", "a.xlsx: 表1", "squares", found=4).problems
    assert ("a.xlsx: 表1", {"limit": "3", "budget": "squares", "found": "4"}) == (one.place, {name: str(word) for name, word in one.words})
