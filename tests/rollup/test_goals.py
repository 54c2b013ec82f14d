"""Goals in pieces: numbered items, clauses."""

import pytest

from xltool.rollup.goals import clauses, items


@pytest.mark.parametrize(
    ("goal", "expected"),
    [
        ("1、甲工作。2、乙工作。", ["甲工作", "乙工作"]),
        ("1.甲工作\n2.乙工作", ["甲工作", "乙工作"]),
        ("（1）甲工作；（2）乙工作", ["甲工作", "乙工作"]),
        ("一、甲工作。二、乙工作。", ["甲工作", "乙工作"]),
        ("1、2024年完成甲工作。2、3家单位的乙工作", ["2024年完成甲工作", "3家单位的乙工作"]),
        ("总的工作：1、甲工作（见附件）2、乙工作", ["总的工作", "甲工作(见附件)", "乙工作"]),
        ("完成铺设，1.5公里以上，3.2公里以下", ["完成铺设,1.5公里以上,3.2公里以下"]),
        ("10、20元票各一万张", ["20元票各一万张"]),
        ("", []),
    ],
    ids=["ideographic comma", "lines", "brackets", "Chinese numbers", "numbers behind numbers", "words before", "decimals", "a number at the start", "empty"],
)
def test_numbered_items_are_told_apart(goal, expected):
    assert expected == items(goal)


def test_a_clause_of_four_characters_says_something_one_of_three_nothing():
    assert ["按时完成"] == clauses("按时完成;到位率;及时")


def test_clauses_that_say_nothing_are_left_out():
    assert ["开展现场检查", "保障基金安全"] == clauses("开展现场检查,及时,保障基金安全。")
