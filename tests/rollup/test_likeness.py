"""How alike two forms are: shares of rows, names and goals; names that differ in one spot, names within names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.rollup.drawn import signatures
from xltool.rollup.likeness import LONG_GOAL, alike, goal_length, likeness, parallel, within

GOAL = "聘请专家对定点机构开展现场检查，保障基金安全规范有效使用"


def shares(first: str, second: str):
    found = likeness(*signatures(f"| 目标 | 指标 |\n| {first} |\n| {second} |"))
    return (found.rows, found.names, found.same_rows, found.all_rows)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("甲 | a=1次 b=2次", "甲 | a=1次 b=2次", (1.0, 1.0, 2, 2)),
        ("甲 | a=1次 b=2次", "甲 | a=1次 b=3次", (0.5, 1.0, 1, 2)),
        ("甲 | a=1次 b=2次", "甲 | a=1次", (0.5, 0.5, 1, 2)),
        ("甲 | a=1次", "甲 | a=1次 b=2次 c=3次 d=4次", (0.25, 0.25, 1, 4)),
        ("甲 | a=1次 a=1次", "甲 | a=1次 a=1次 a=1次", (2 / 3, 2 / 3, 2, 3)),
        ("甲 | a=1次", "甲 | b=1次", (0.0, 0.0, 0, 1)),
        ("甲 | a=1次", "甲 |", (0.0, 0.0, 0, 1)),
        ("甲 |", "甲 |", (None, None, 0, 0)),
    ],
    ids=["the same", "another target", "one less", "three more", "a row twice and three times", "other rows", "rows in one", "no rows"],
)
def test_shares_are_of_the_longer_list(first, second, expected):
    assert expected == shares(first, second)


@pytest.mark.parametrize(
    ("rows", "goal", "whole"),
    [("a=1次 b=2次 c=3次", GOAL, True), ("a=1次 b=2次", GOAL, False), ("a=1次 b=2次 c=3次 d=4次", GOAL, True), ("a=1次 b=2次 c=3次", "", False)],
    ids=["three rows", "two rows", "four rows", "no goal"],
)
def test_forms_are_the_same_where_rows_and_goal_are_and_say_something(rows, goal, whole):
    assert whole == likeness(*signatures(f"| 目标 | 指标 |\n| {goal} | {rows} |\n| {goal} | {rows} |")).whole


def test_forms_whose_goals_or_rows_differ_are_not_the_same():
    one, goal, rows = signatures(f"| 目标 | 指标 |\n| {GOAL} | a=1次 b=2次 c=3次 |\n| {GOAL}和公开 | a=1次 b=2次 c=3次 |\n| {GOAL} | a=1次 b=2次 c=4次 |")
    assert [False, False] == [likeness(one, other).whole for other in (goal, rows)]


@pytest.mark.parametrize(
    ("first", "second", "share"),
    [("甲乙丙", "甲乙丙", 1.0), ("甲乙丙", "甲乙丁", 0.5), ("甲乙丙丁", "丁丙乙甲", 0.0), ("甲乙", "甲乙丙丁", 0.5), ("甲", "甲", 1.0), ("甲", "乙", 0.0), ("甲", "甲乙", 0.0), ("", "", 1.0), ("甲甲甲", "甲甲", 2 / 3)],
)
def test_texts_are_alike_by_neighbouring_characters(first, second, share):
    assert share == alike(first, second) == alike(second, first)


def test_goals_that_are_nearly_the_same_are_not_the_same():
    """All but one pair of neighbours of 200 is 99.5 %, and still not the same."""
    text = "".join(chr(0x4E00 + number) for number in range(201))
    one, other = signatures(f"| 目标 | 指标 |\n| {text} | a=1次 |\n| {text}啊 | a=1次 |")
    assert 0.99 == likeness(one, other).goal


def test_goals_too_long_to_keep_are_compared_by_their_clauses():
    one, other, none = signatures("| 目标 | 指标 |\n| 检查定点机构；开展专项审计 | a=1次 |\n| 检查定点机构；举办宣传活动；开展专项审计 | a=1次 |\n| | a=1次 |")
    long = [replace(each, content=b"") for each in (one, other, none)]
    assert (2 / 3, 0.0, None) == (likeness(long[0], long[1]).goal, likeness(long[0], long[2]).goal, likeness(long[2], long[2]).goal)


def test_length_of_a_goal():
    one, none = signatures(f"| 目标 | 指标 |\n| {GOAL} | a=1次 |\n| | a=1次 |")
    assert (28, 0, LONG_GOAL, 0) == (goal_length(one), goal_length(none), goal_length(replace(one, content=b"")), goal_length(replace(none, content=b"")))


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("绿化一标段", "绿化二标段", True), ("东校区修缮", "西校区修缮", True), ("河道保洁", "河道保洁(二期)", True), ("河道保洁2", "河道保洁", True), ("河道保洁A", "河道保洁", True), ("上半年宣传", "宣传", True),
        ("河道保洁", "河道保洁项目", False), ("基金监管", "专家聘请", False), ("医保基金监管", "基金监管", False), ("甲乙丙丁", "甲戊己丁", True), ("甲乙丙丁", "甲戊己庚", False), ("甲乙丙", "甲丁戊", False),
    ],
)  # fmt: skip
def test_names_of_two_of_one_kind_differ_in_one_spot_or_an_ordinal(first, second, expected):
    assert expected == parallel(first, second) == parallel(second, first)


@pytest.mark.parametrize(("first", "second", "expected"), [("宣传与推广", "医保宣传与推广", True), ("宣传", "医保宣传", False), ("宣传周", "医保宣传周", True), ("宣传推广", "宣传与推广", False), ("宣传推广", "宣传推广", True)])
def test_name_of_three_characters_may_stand_within_another(first, second, expected):
    assert expected == within(first, second) == within(second, first)
