"""Level names as people write them, what a form's taxonomy offers instead, the weights of level ones."""

from __future__ import annotations

import pytest

from tests.check.made import DECLARATION, EVALUATION, NATIONAL, findings, told
from xltool.check import FAILS, UNKNOWN
from xltool.check.levels import level_key

D, E, N = DECLARATION, EVALUATION, NATIONAL


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("产出指标", "产出"), ("产出绩效指标", "产出"), ("产出指标(50分)", "产出"), ("产出指标（50分）", "产出"), ("产 出 指 标：", "产出"), ("产出", "产出"), ("指标", "指标"), ("绩效指标", "绩效"),
        ("指标产出", "指标产出"), ("产出（40-50）分", "产出分"), ("产出指标（这一级指标的分值由各单位根据项目的实际情况自行确定）", "产出指标(这一级指标的分值由各单位根据项目的实际情况自行确定)"),
    ],
)  # fmt: skip
def test_level_is_known_without_its_ending_and_its_weight(name, key):
    assert key == level_key(name)


def test_levels_may_be_written_short_or_with_their_weight():
    assert [] == told(findings(D, {"indicators[1].level1": "产出", "indicators[1].level2": "数量", "indicators[2].level1": "产出指标（50分）", "indicators[4].level1": "效益绩效指标"}))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"level1": "成效指标"}, [("level-unknown", "level1", "成本指标 / 产出指标 / 效益指标 / 满意度指标")]),
        ({"level2": "环境指标"}, [("level-unknown", "level2", "经济效益指标 / 社会效益指标 / 生态效益指标 / 可持续影响指标")]),
        ({"level2": "数量指标"}, [("level-misplaced", "level2", "产出指标")]),
        ({"level1": "成效指标", "level2": "数量指标"}, [("level-unknown", "level1", "成本指标 / 产出指标 / 效益指标 / 满意度指标")]),
        ({"level1": "成效指标", "level2": "环境指标"}, [("level-unknown", "level1", "成本指标 / 产出指标 / 效益指标 / 满意度指标"), ("level-unknown", "level2", "")]),
        ({"level1": None}, []),
        ({"level2": None}, []),
    ],
)  # fmt: skip
def test_levels_that_a_form_knows_are_offered(changes, expected):
    found = findings(D, {f"indicators[4].{name}": value for name, value in changes.items()})
    assert expected == [(one.rule, one.path.rpartition(".")[2], one.expected) for one in found if one.rule in ("level-unknown", "level-misplaced")]


@pytest.mark.parametrize(("year", "asked"), [(2021, False), (2022, True), (2023, True), (None, True)])
def test_costs_are_asked_for_from_2022_on(year, asked):
    changes = {"year": year, "project.start_date": None, "project.end_date": None, "indicators[3].target": "11月底前"}
    assert asked == ("coverage-cost" in [one.rule for one in findings(D, changes, drop=(0,))])


def test_level_that_is_missing_is_told_with_those_that_are_there():
    [one] = [one for one in findings(D, drop=(4,)) if one.rule == "coverage"]
    assert ("没有效益指标", "效益指标", "成本指标、产出指标、满意度指标") == (one.what.zh, one.expected, one.found)


def test_levels_weighed_together_are_named_together():
    weights = {"funding.total.weight": "20", "indicators[0].weight": "10", "indicators[1].weight": "20", "indicators[2].weight": "10", "indicators[3].weight": "25"}
    assert ["“效益指标、满意度指标”的分值合计 35，通常为 40"] == [one.what.zh for one in findings(N, weights, "hubei") if one.rule == "level-weight-usual"]


@pytest.mark.parametrize(("printed", "answer"), [("50", UNKNOWN), ("30", None), ("29", FAILS)])
def test_blank_weight_may_be_what_is_missing_of_its_level(printed, answer):
    """15 + 10 + 5 = 30, and one is blank."""
    found = [one for one in findings(E, {"indicators[0].weight": None, "indicators[0].level1_weight": printed}) if one.rule == "level-weight-printed"]
    assert ([answer] if answer else []) == [one.answer for one in found]
    assert answer != UNKNOWN or "“分值”是空的，无法核对" == found[0].what.zh


def test_rows_without_a_level_are_weighed_with_no_other():
    assert [] == [one for one in findings(N, {"indicators[4].level1": None}) if one.rule == "level-weight-usual"]
