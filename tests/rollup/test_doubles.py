"""Two forms beside each other: are they one project, and what speaks for it."""

from __future__ import annotations

import pytest

from tests.rollup.drawn import signatures
from xltool.rollup.doubles import Judged, Near, equal_groups, judge_changed, judge_same_money

GOAL = "聘请专家对定点机构开展现场检查，保障基金安全规范有效使用"
OTHER = "委托会计师事务所完成年度专项审计，推动问题整改落实到位"
ROWS = "a=1次 b=2次 c=3次 d=4次 e=5次"


def pair(first: str, second: str):
    return signatures(f"| 项目 | 金额 | 目标 | 指标 | 文件 | 单位 | 开始 |\n{first}\n{second}")


def judged(judge, first: str, second: str) -> tuple[str | None, list[str]]:
    """The certainty of a pair, and the codes of its evidence."""
    found = judge(*pair(first, second))
    return (found.certainty, [one.code for one in found.evidence]) if found else (None, [])


@pytest.mark.parametrize(
    ("first", "second", "certainty", "codes"),
    [
        (f"| 检查 | 300 | {GOAL} | {ROWS} | | | |", f"| 检查 | 300 | {GOAL} | {ROWS} | | | |", "certain", ["name-same", "money-same", "rows-same", "goal-same", "file-one"]),
        (f"| 检查 | 300 | {GOAL} | {ROWS} | | | |", f"| 检查 | 301 | {GOAL} | {ROWS} | | | |", None, []),
        (f"| 检查 | | {GOAL} | {ROWS} | | | |", f"| 检查 | | {GOAL} | {ROWS} | b.xlsx | | |", "certain", ["name-same", "rows-same", "goal-same", "files-two"]),
        ("| 检查 | 300 | | | | | |", "| 检查 | 300 | | | | | |", "certain", ["name-same", "money-same", "file-one"]),
        (f"| 检查 | 300 | | {ROWS} | | | |", "| 检查 | 300 | | a=9次 b=9次 c=9次 d=9次 e=9次 | | | |", "certain", ["name-same", "money-same", "rows-alike", "file-one"]),
        (f"| 检查 | 300 | | {ROWS} | | | |", "| 检查 | 300 | | a=9次 b=9次 c=9次 d=9次 x=9次 | | | |", "doubtful", ["name-same", "money-same", "rows-alike", "file-one"]),
        (f"| 检查 | 300 | | {ROWS} | | | |", "| 检查 | 300 | | a=1次 b=2次 c=3次 d=4次 x=9次 | | | |", "certain", ["name-same", "money-same", "rows-alike", "file-one"]),
        (f"| 检查 | 300 | | {ROWS} | | | |", "| 检查 | 300 | | a=1次 b=2次 c=3次 x=9次 y=9次 | | | |", "doubtful", ["name-same", "money-same", "rows-alike", "file-one"]),
        (f"| 检查 | 300 | {GOAL} | {ROWS} | | | |", f"| 检查 | 300 | {OTHER} | {ROWS} | | | |", "doubtful", ["name-same", "money-same", "rows-same", "goal-other", "file-one"]),
        (f"| 检查 | 300 | {GOAL} | {ROWS} | | | 2024-01-01 |", f"| 检查 | 300 | {GOAL} | {ROWS} | | | 2024-02-01 |", "doubtful", ["name-same", "money-same", "rows-same", "goal-same", "file-one"]),
        (f"| 检查 | 300 | {GOAL} | {ROWS} | | | 2024-01-01 |", f"| 检查 | 300 | {GOAL} | {ROWS} | | | |", "certain", ["name-same", "money-same", "rows-same", "goal-same", "file-one"]),
        (f"| 基金监管 | 300 | {GOAL} | {ROWS} | | | |", f"| 专家聘请 | 300 | {GOAL} | {ROWS} | | | |", "certain", ["name-other", "money-same", "rows-same", "goal-same", "file-one"]),
        (f"| 基金监管 | 300 | {GOAL} | a=1次 b=2次 c=3次 | | | |", f"| 专家聘请 | 300 | {GOAL} | a=1次 b=2次 c=3次 | | | |", "certain", ["name-other", "money-same", "rows-same", "goal-same", "file-one"]),
        (f"| 基金监管 | 300 | {GOAL} | a=1次 b=2次 | | | |", f"| 专家聘请 | 300 | {GOAL} | a=1次 b=2次 | | | |", None, []),
        (f"| 基金监管 | 0 | {GOAL} | {ROWS} | | | |", f"| 专家聘请 | 0 | {GOAL} | {ROWS} | | | |", None, []),
        (f"| 基金监管 | | {GOAL} | {ROWS} | | | |", f"| 专家聘请 | | {GOAL} | {ROWS} | | | |", None, []),
        (f"| 基金监管 | 300 | 保障基金安全 | {ROWS} | | | |", f"| 专家聘请 | 300 | 保障基金安全 | {ROWS} | | | |", None, []),
        (f"| 基金监管 | 300 | | {ROWS} | | | |", f"| 专家聘请 | 300 | | {ROWS} | | | |", None, []),
        (f"| 基金监管 | 300 | {GOAL} | {ROWS} | | | |", f"| 专家聘请 | 300 | {OTHER} | {ROWS} | | | |", None, []),
        (f"| 基金监管 | 300 | {GOAL} | {ROWS} | | | |", f"| 专家聘请 | 300 | {GOAL} | a=1次 b=2次 c=3次 d=4次 x=9次 | | | |", "doubtful", ["name-other", "money-same", "rows-alike", "goal-same", "file-one"]),
        (f"| 基金监管 | 300 | {GOAL} | {ROWS} | | | |", f"| 医保基金监管 | 300 | {GOAL} | a=1次 b=2次 c=3次 d=4次 x=9次 | | | |", "certain", ["name-within", "money-same", "rows-alike", "goal-same", "file-one"]),
        (f"| 绿化一期 | 300 | {GOAL} | {ROWS} | | | |", f"| 绿化二期 | 300 | {GOAL} | {ROWS} | | | |", "doubtful", ["name-parallel", "money-same", "rows-same", "goal-same", "file-one"]),
    ],
    ids=[
        "the same", "other money", "no money in either, two files", "a name and money alone", "other targets", "other targets and a fifth of the names", "four of five rows", "three of five rows",
        "another goal", "another first day", "a first day in one", "two names for the same", "three rows are enough", "two rows are not", "no money to hold", "money in neither", "a goal of anybody's", "no goal", "two names and two goals",
        "two names and four of five rows", "one name in the other", "first and second stage",
    ],
)  # fmt: skip
def test_same_money_of_one_unit_is_one_project(first, second, certainty, codes):
    assert (certainty, codes) == judged(judge_same_money, first, second) == judged(judge_same_money, second, first)


@pytest.mark.parametrize(
    ("first", "second", "certainty", "codes"),
    [
        (f"| 检查 | 300 | {GOAL} | {ROWS} | | | |", f"| 检查 | 350 | {GOAL} | {ROWS} | | | |", "doubtful", ["name-same", "money-changed", "rows-same", "goal-same", "file-one"]),
        (f"| 检查 | 300 | {GOAL} | {ROWS} | | | |", f"| 检查 | | {GOAL} | {ROWS} | | | |", "doubtful", ["name-same", "money-changed", "rows-same", "goal-same", "file-one"]),
        (f"| 检查 | 300 | {GOAL} | {ROWS} | | | |", f"| 检查 | 300 | {GOAL} | {ROWS} | | | |", None, []),
        (f"| 检查 | 300 | {GOAL} | {ROWS} | | | |", f"| 审计 | 350 | {GOAL} | {ROWS} | | | |", None, []),
        (f"| | 300 | {GOAL} | {ROWS} | | | |", f"| | 350 | {GOAL} | {ROWS} | | | |", None, []),
        (f"| 检查 | 300 | {GOAL} | {ROWS} | | | |", f"| 检查 | 350 | {GOAL} | x=1次 y=2次 | | | |", "doubtful", ["name-same", "money-changed", "rows-alike", "goal-same", "file-one"]),
        (f"| 检查 | 300 | {GOAL} | {ROWS} | | | |", f"| 检查 | 350 | {OTHER} | {ROWS} | | | |", "doubtful", ["name-same", "money-changed", "rows-same", "goal-other", "file-one"]),
        (f"| 检查 | 300 | {GOAL} | {ROWS} | | | |", f"| 检查 | 350 | {OTHER} | x=1次 y=2次 | | | |", None, []),
        (f"| 检查 | 300 | {GOAL} | {ROWS} | | | |", f"| 检查 | 350 | {OTHER} | x=1次 y=2次 | b.xlsx | | |", "doubtful", ["name-same", "money-changed", "rows-alike", "goal-other", "files-two"]),
        ("| 检查 | 300 | | | | | |", "| 检查 | 350 | | | | | |", "doubtful", ["name-same", "money-changed", "file-one"]),
    ],
    ids=["more money", "no more money", "the same money", "two names", "no names", "other rows, the same goal", "the same rows, another goal", "nothing but the name", "nothing but the name in two files", "a name alone"],
)  # fmt: skip
def test_other_money_of_one_project_may_be_a_change_and_is_never_certain(first, second, certainty, codes):
    assert (certainty, codes) == judged(judge_changed, first, second) == judged(judge_changed, second, first)


def test_amounts_that_differ_are_told_and_a_blank_one_is_a_dash():
    found = judge_changed(*pair(f"| 检查 | 300 | {GOAL} | {ROWS} | | | |", f"| 检查 | | {GOAL} | {ROWS} | | | |"))
    assert found
    assert "金额不同：300.00 元与 — 元" in [one.text("zh") for one in found.evidence]
    found = judge_changed(*pair(f"| 检查 | | {GOAL} | {ROWS} | | | |", f"| 检查 | 300 | {GOAL} | {ROWS} | | | |"))
    assert found
    assert "金额不同：— 元与 300.00 元" in [one.text("zh") for one in found.evidence]


@pytest.mark.parametrize(
    ("certainty", "decided", "obeyed"),
    [("certain", "", True), ("certain", "confirm", True), ("certain", "reject", False), ("doubtful", "", False), ("doubtful", "confirm", True), ("doubtful", "reject", False)],
)
def test_one_counts_where_it_is_certain_or_confirmed(certainty, decided, obeyed):
    assert obeyed == Near(0, 1, Judged(certainty, ()), decided).obeyed


@pytest.mark.parametrize(
    ("row", "groups"),
    [("| 检查 | | | | | | |", 1), ("| | 300 | | | | | |", 1), (f"| | | {GOAL} | | | | |", 1), ("| | | | a=1次 | | | |", 1), ("| | | | | | | |", 0)],
    ids=["a name", "an amount", "a goal", "an indicator", "nothing"],
)
def test_forms_that_say_the_same_are_a_group_and_empty_ones_say_nothing(row, groups):
    assert groups == len(list(equal_groups(pair(row, row))))


def test_of_equal_forms_the_one_of_the_first_file_counts_wherever_it_stands():
    rows = [f"| 检查 | 300 | {GOAL} | {ROWS} | {name}.xlsx | | |" for name in "cab"]
    found = signatures("| 项目 | 金额 | 目标 | 指标 | 文件 | 单位 | 开始 |\n" + "\n".join(rows))
    assert [[1, 2, 0]] == list(equal_groups(found))
