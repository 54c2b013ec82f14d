"""Every rule of every profile fails where it should, at the right place; a right filing has no findings at all."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.check.made import (
    DECLARATION,
    EVALUATION,
    NATIONAL,
    RIGHT,
    SICHUAN,
    filing,
    findings,
    told,
)
from xltool.canonical import complete
from xltool.check import FAILS, UNKNOWN, check, profiles
from xltool.check.operators import OPERATORS
from xltool.filing import Filing, Section
from xltool.library import forms
from xltool.values import parse_target

D, E, N, S = DECLARATION, EVALUATION, NATIONAL, SICHUAN
LAST = "indicators[5]"
COST = "indicators[0]"

# rule, form, what is changed, where the finding stands
CASES = [
    ("required", D, {"project.name": None}, "project.name"),
    ("required", D, {"funding.annual.total": None}, "funding.annual.total"),
    ("goal-missing", D, {"goals.annual": None}, "goals.annual"),
    ("actual-goal-missing", E, {"goals.actual": None}, "goals.actual"),
    ("unit-missing", D, {"project.unit": None}, "project.unit"),
    ("dates-missing", D, {"project.end_date": None}, "project.end_date"),
    ("several-years-goal", D, {"project.end_date": "2028-12-31"}, "goals.project"),
    ("several-years-amount", D, {"project.end_date": "2028-12-31", "funding.project.total": None}, "funding.project.total"),
    ("executed-missing", E, {"funding.total.executed": None}, "funding.total.executed"),
    ("total-missing", E, {"total.score": None}, "total.score"),
    ("execution-missing", E, {"funding.total.score": None}, "funding.total.score"),
    ("execution-weight-missing", E, {"funding.total.weight": None}, "funding.total.weight"),
    ("execution-missing", E, {"funding.total.execution_rate": None}, "funding.total.execution_rate"),
    ("initial-missing", E, {"funding.total.initial_budget": None}, "funding.total.initial_budget"),
    ("indicator-missing", D, {"indicators[2].target": None}, "indicators[2].target"),
    ("indicator-missing", D, {"indicators[2].name": None}, "indicators[2].name"),
    ("indicator-missing", D, {"indicators[2].target": "—"}, "indicators[2].target"),
    ("level2-missing", D, {"indicators[2].level2": None}, "indicators[2].level2"),
    ("evaluation-missing", E, {"indicators[0].score": None}, "indicators[0].score"),
    ("evaluation-missing", E, {"indicators[0].actual": None}, "indicators[0].actual"),
    ("money-sum", D, {"funding.annual.total": "341875.26"}, "funding.annual.total"),
    ("money-sum", E, {"funding.fiscal.annual_budget": "436300"}, "funding.total.annual_budget"),
    ("project-below-annual", D, {"funding.project.total": "341875.24"}, "funding.project.total"),
    ("amount-negative", D, {"funding.annual.total": "-1"}, "funding.annual.total"),
    ("amount-zero", D, {"funding.annual.total": "0"}, "funding.annual.total"),
    ("executed-negative", E, {"funding.total.executed": "-1"}, "funding.total.executed"),
    ("executed-over", E, {"funding.total.executed": "462500.01"}, "funding.total.executed"),
    ("amount-in-text", D, {"goals.annual": "安排341875.25万元养护古树"}, "funding.annual.total"),
    ("amount-in-text", N, {"goals.expected": "安排312.4元补助线路"}, "funding.total.annual_budget"),
    ("amount-unit", D, {"funding.annual.total": "34.19"}, "funding.annual.total"),
    ("amount-unit", N, {"funding.total.annual_budget": "3124000"}, "funding.total.annual_budget"),
    ("dates-order", D, {"project.start_date": "2027-01-01"}, "project.start_date"),
    ("year-outside", D, {"year": 2025}, "year"),
    ("deadline-outside", D, {"indicators[3].target": "2027年1月底前"}, "indicators[3].target"),
    ("day-unknown", D, {"indicators[3].target": "2026年11月31日前"}, "indicators[3].target"),
    ("day-unknown", D, {"project.end_date": "2026-02-30"}, "project.end_date"),
    ("day-incomplete", D, {"project.end_date": "2026年底"}, "project.end_date"),
    ("level-unknown", D, {"indicators[4].level2": "环境指标"}, "indicators[4].level2"),
    ("level-unknown", D, {"indicators[4].level1": "成效指标"}, "indicators[4].level1"),
    ("level-misplaced", D, {"indicators[3].level1": "效益指标"}, "indicators[3].level2"),
    ("quantity-without-unit", D, {"indicators[1].target": "=146"}, "indicators[1].target"),
    ("cost-at-least", D, {"indicators[0].target": "≥2340(元/株)"}, "indicators[0].target"),
    ("complaints-full", D, {"indicators[2].name": "有责投诉率", "indicators[2].target": "=100%"}, "indicators[2].target"),
    ("complaints-at-least", D, {"indicators[2].name": "有责投诉率", "indicators[2].target": "≥2%"}, "indicators[2].target"),
    ("percent-over", D, {"indicators[2].target": "≥195%"}, "indicators[2].target"),
    ("satisfaction-at-most", D, {"indicators[5].target": "≤90%"}, "indicators[5].target"),
    ("rate-at-most", D, {"indicators[2].name": "病害处置及时率", "indicators[2].target": "≤95%"}, "indicators[2].target"),
    ("quantity-at-most", D, {"indicators[1].target": "≤146(株)"}, "indicators[1].target"),
    ("time-at-least", D, {"indicators[3].name": "故障响应时间", "indicators[3].target": "≥30(分钟)"}, "indicators[3].target"),
    ("no-quantity", D, {"indicators[1].name": "苗木验收合格率", "indicators[1].target": "≥95%"}, "indicators[1].target"),
    ("always-met", D, {"indicators[1].target": "≥0(株)"}, "indicators[1].target"),
    ("rate-unit", D, {"indicators[2].target": "≥95(次)"}, "indicators[2].target"),
    ("rate-in-words", D, {"indicators[2].target": "较高"}, "indicators[2].target"),
    ("count-in-words", D, {"indicators[1].name": "养护次数", "indicators[1].target": "较多"}, "indicators[1].target"),
    ("verbs-only", D, {"indicators[5].target": "逐步提高"}, "indicators[5].target"),
    ("quality-as-target", D, {"indicators[3].target": "及时性"}, "indicators[3].target"),
    ("budget-as-output", D, {"indicators[1].name": "预算执行率"}, "indicators[1].target"),
    ("mostly-words", D, {f"indicators[{row}].target": "良好" for row in (0, 1, 2)}, "indicators[0].target"),
    ("repeated", D, {f"{LAST}.name": "市民满意度", "indicators[6].name": "市民满意度"}, "indicators[6].name"),
    ("template-text", D, {"goals.annual": "养护古树（描述一下主要产出目标情况）"}, "goals.annual"),
    ("placeholder", D, {"indicators[1].name": "指标2"}, "indicators[1].name"),
    ("placeholder", D, {"project.name": "XX项目"}, "project.name"),
    ("weights-100", E, {"indicators[0].weight": "21", "total.weight": "101"}, "total.weight"),
    ("weights-100", E, {"indicators[0].weight": "21", "total.weight": None}, "total.weight"),
    ("total-weight", E, {"total.weight": "99"}, "total.weight"),
    ("level-weight-printed", E, {"indicators[0].level1_weight": "51"}, "indicators[0].level1_weight"),
    ("level-weight-usual", N, {"indicators[0].weight": "19"}, "indicators[0].level1"),
    ("execution-weight-usual", N, {"funding.total.weight": "20"}, "funding.total.weight"),
    ("execution-rate", E, {"funding.total.execution_rate": "0.9425"}, "funding.total.execution_rate"),
    ("execution-rate", N, {"funding.fiscal.execution_rate": "0.9642"}, "funding.fiscal.execution_rate"),
    ("execution-score", E, {"funding.total.score": "9.43"}, "funding.total.score"),
    ("score-over", E, {"indicators[0].score": "21"}, "indicators[0].score"),
    ("score-negative", E, {"indicators[0].score": "-1"}, "indicators[0].score"),
    ("score-full-unmet", E, {"indicators[1].score": "15"}, "indicators[1].score"),
    ("score-above", E, {"indicators[1].score": "14.5"}, "indicators[1].score"),
    ("score-below", E, {"indicators[1].score": "9.5"}, "indicators[1].score"),
    ("score-deducted", E, {"indicators[0].score": "15"}, "indicators[0].score"),
    ("score-boundary", E, {"indicators[0].target": ">23(处)"}, "indicators[0].score"),
    ("score-exceeded", E, {"indicators[0].actual": "24处"}, "indicators[0].score"),
    ("tiers", E, {"indicators[3].target": "达标", "indicators[3].actual": "部分达成预期指标并具有一定效果", "indicators[3].score": "4.8"}, "indicators[3].score"),
    ("total-score", E, {"total.score": "95.84"}, "total.score"),
    ("reason-missing", E, {"indicators[1].reason": "无"}, "indicators[1].reason"),
    ("reason-missing", E, {"indicators[1].reason": "0"}, "indicators[1].reason"),
    ("reason-idle", E, {"indicators[0].reason": "天气不好"}, "indicators[0].reason"),
    ("over-achieved", N, {"indicators[0].actual": "24条"}, "indicators[0].actual"),
    ("grade", S, {"conclusion": "自评等级为“良”。"}, "conclusion"),
    ("indicator-weights-90", S, {"indicators[0].weight": "31"}, "indicators[0].weight"),
    ("execution-reason", S, {"funding.total.execution_rate": "0.89"}, "funding.reason"),
    ("adjustment-reason", S, {"funding.total.adjusted_budget": "501"}, "funding.reason"),
]  # fmt: skip
ELSEWHERE = {"copied", "coverage", "coverage-satisfaction", "coverage-cost", "indicators-missing", "score-unclear", "execution-cap"}


@pytest.mark.parametrize("form", RIGHT)
def test_nothing_is_found_in_a_right_filing(form):
    assert [] == told(findings(form))


@pytest.mark.parametrize(("rule", "form", "changes", "path"), CASES, ids=[f"{case[0]} {case[3]}" for case in CASES])
def test_rule_fails_where_it_should(rule, form, changes, path):
    found = [one for one in findings(form, changes) if one.rule == rule]
    assert (path, FAILS) in [(one.path, one.answer) for one in found]
    assert all(one.what.zh and one.what.en and one.do.zh and one.do.en and one.caption for one in found)


def test_every_rule_of_every_profile_is_shown_failing():
    every = {rule.id for profile in profiles().values() for rule in profile.rules.values()}
    assert every == {case[0] for case in CASES} | ELSEWHERE


def test_every_operator_is_used_by_a_profile():
    assert set(OPERATORS) == {rule.test for profile in profiles().values() for rule in profile.rules.values()}


@pytest.mark.parametrize(
    ("drop", "rule"), [((1, 2, 3), "coverage"), ((4,), "coverage"), ((5,), "coverage-satisfaction"), ((0,), "coverage-cost")], ids=["产出", "效益", "满意度", "成本"]
)
def test_level_one_without_indicators_is_named(drop, rule):
    assert rule in [one.rule for one in findings(D, drop=drop)]


def test_costs_are_no_level_one_before_their_year():
    changes = {"year": 2021, "project.start_date": "2021-01-01", "project.end_date": "2021-12-31", "indicators[3].target": "11月底前"}
    assert [] == told(findings(D, changes, drop=(0,)))


@pytest.mark.parametrize("text", ["100-150株", "不少于146株", "≥1.2万株", "古槐≥46株；银杏≥100株", "146株左右"])
def test_count_that_names_a_number_is_not_asked_for_one(text):
    assert [] == told(findings(D, {"indicators[1].name": "养护数量", "indicators[1].target": text}))


@pytest.mark.parametrize("text", ["95%以上", "不低于95%", "≥5‰", "100%完成", "九成以上", "全覆盖"])
def test_rate_that_names_a_percentage_is_not_asked_for_one(text):
    assert "rate-in-words" not in [one.rule for one in findings(D, {"indicators[2].target": text})]


def test_target_is_not_found_fault_with_twice():
    """What a rate or a count lacks says more than that its target is a verb; of others the verb is named."""
    assert ["rate-in-words"] == [one.rule for one in findings(D, {"indicators[2].target": "逐步提高"})]
    assert ["count-in-words"] == [one.rule for one in findings(D, {"indicators[1].name": "养护次数", "indicators[1].target": "增加"})]
    assert ["verbs-only"] == [one.rule for one in findings(D, {"indicators[5].target": "逐步提高"})]
    assert ["indicator-missing"] == [one.rule for one in findings(D, {"indicators[5].target": "**"})]


@pytest.mark.parametrize("name", ["站点建设公示期", "工程质保期", "全年开放天数", "应急物资储备时间"])
def test_what_is_to_last_may_be_at_least_so_long(name):
    assert [] == told(findings(D, {"indicators[3].name": name, "indicators[3].target": "≥15(工作日)"}))


@pytest.mark.parametrize(
    ("row", "name", "target"),
    [
        (5, "群众投诉次数", "≤5次"),
        (5, "不满意率", "≤5%"),
        (2, "零投诉率", "=100%"),
        (2, "无差错率", "≥99%"),
        (2, "事故率控制达标率", "=100%"),
        (1, "养护株数（株）", "=146"),
        (1, "病死率（‰）", "≤3"),
        (2, "系统码率", "≥8(Mbps)"),
        (2, "人员流动率", "≤3(成)"),
        (1, "发生事故次数", "零次"),
        (1, "培训人次", "一千人次以上"),
    ],
)
def test_what_only_looks_wrong_is_passed(row, name, target):
    rules = {"satisfaction-at-most", "complaints-full", "complaints-at-least", "quantity-without-unit", "rate-unit", "count-in-words"}
    assert set() == rules & {one.rule for one in findings(D, {f"indicators[{row}].name": name, f"indicators[{row}].target": target})}


def test_unit_in_the_name_may_be_wrong():
    assert "percent-over" in [one.rule for one in findings(D, {"indicators[2].name": "复壮成活率（%）", "indicators[2].target": "≥120"})]
    assert "quantity-without-unit" in [one.rule for one in findings(D, {"indicators[1].name": "养护株数（全年）", "indicators[1].target": "=146"})]


@pytest.mark.parametrize(("target", "found"), [("1月底前", []), ("6月底前", ["6月底"]), ("2027年4月前", ["2027年4月"]), ("2028年", ["2028年"]), ("2027年", [])])
def test_deadline_may_lie_in_any_year_of_the_project(target, found):
    """September to March."""
    changes = {"project.start_date": "2026-09-01", "project.end_date": "2027-03-31", "indicators[3].target": target}
    assert found == [one.found for one in findings(D, changes) if one.rule == "deadline-outside"]


def test_time_is_no_percentage():
    assert "rate-in-words" in [one.rule for one in findings(D, {"indicators[2].target": "12月中旬前完成"})]


def test_numbers_in_words_are_quantities():
    """Half of the targets are words alone; those with a number among their words are none."""
    words = {f"indicators[{row}].target": "良好" for row in (0, 1, 2)}
    assert "mostly-words" in [one.rule for one in findings(D, words)]
    assert "mostly-words" not in [one.rule for one in findings(D, {**words, "indicators[2].target": "95%以上"})]


def test_sign_in_words_is_judged_as_the_sign():
    assert "cost-at-least" in [one.rule for one in findings(D, {"indicators[0].target": "不低于2340元/株"})]
    assert "quantity-without-unit" in [one.rule for one in findings(D, {"indicators[1].target": "不少于146"})]


def test_negative_amount_is_not_said_to_be_nothing():
    found = [one.rule for one in findings(D, {"funding.annual.total": "-341875.25"})]
    assert "amount-negative" in found
    assert "amount-zero" not in found


def test_amount_that_plays_two_roles_is_told_once():
    assert ["amount-unit"] == [one.rule for one in findings(N, {"money_unit": "元"}) if one.path == "funding.total.annual_budget"]
    assert ["amount-in-text"] == [one.rule for one in findings(N, {"goals.expected": "安排312.4元补助线路"}) if one.rule == "amount-in-text"]


def test_grade_may_be_called_by_its_other_word():
    assert ["grade"] == [one.rule for one in findings(S, {"conclusion": "自评得分99.6分，评价等次为“良”。"})]


def test_negative_score_is_told_once():
    changes = {"indicators[1].score": "-1"}
    assert ["score-negative"] == [one.rule for one in findings(E, changes) if one.path == "indicators[1].score"]


def test_row_with_nothing_in_it_is_no_indicator():
    empty = {f"{LAST[:-2]}6].{column}": None for column in ("level1", "level2", "name", "target")}
    assert [] == told(findings(D, empty))


def test_form_without_indicators_says_so_once():
    assert [("indicators-missing", "indicators")] == [one for one in told(findings(D, drop=tuple(range(6)))) if one[0] == "indicators-missing"]


def test_any_level_two_of_satisfaction_is_that_of_the_taxonomy():
    changes = {f"{LAST}.level2": "社会公众或服务对象满意度指标"}
    assert [] == told(findings(D, changes))
    assert ["level-misplaced"] == [one.rule for one in findings(D, {**changes, f"{LAST}.level1": "效益指标"}) if one.severity == "error"]


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ("2026年2月30日前", ["2026年2月30日"]), ("9月31日前", ["9月31日"]), ("2月29日前", ["2月29日"]), ("2028年2月29日前", []), ("2026/4/31", ["2026/4/31"]), ("2026-13-01", ["2026-13-01"]),
        ("12月0日前", ["12月0日"]), ("5月20日至6月31日", ["6月31日"]), ("11月30日前", []), ("6月45场次", []), ("2026.13万元", []), ("2026-2027年", []), ("12月45号楼", []), ("1.5月10日", []),
    ],
)  # fmt: skip
def test_day_that_no_calendar_has_is_named(target, found):
    assert found == [one.found for one in findings(D, {"indicators[3].target": target}) if one.rule == "day-unknown"]


def test_29_february_without_a_year_may_be_any_year_s_of_a_project_of_several():
    changes = {"project.end_date": "2028-12-31", "indicators[3].target": "2月29日前"}
    assert "day-unknown" not in [one.rule for one in findings(D, changes)]


def test_date_that_is_none_is_an_error_though_reading_was_not_sure_of_it():
    found = findings(D, {"project.end_date": "2026-02-30"}, doubts=("project.end_date",))
    assert [("day-unknown", FAILS)] == [(one.rule, one.answer) for one in found]
    words = findings(D, {"indicators[3].target": "2026年2月30日前"}, doubts=("indicators[3].target",))
    assert [("day-unknown", UNKNOWN)] == [(one.rule, one.answer) for one in words]


def test_span_of_months_is_no_month_of_the_year():
    """«≤9月» is a quantity, «9月底前» a time."""
    days = {"project.start_date": "2026-01-01", "project.end_date": "2026-06-30"}
    assert "deadline-outside" not in [one.rule for one in findings(D, {**days, "indicators[3].target": "≤9月"})]
    assert "deadline-outside" in [one.rule for one in findings(D, {**days, "indicators[3].target": "9月底前"})]


# ---------------------------------------------------------------- money


def test_blank_part_is_not_nothing():
    """What is missing may stand in the blank: nobody can tell. More than the total is wrong all the same."""
    one = next(one for one in findings(E, {"funding.other.annual_budget": None, "funding.fiscal.annual_budget": "400000"}) if one.rule == "money-sum")
    assert (UNKNOWN, "funding.total.annual_budget") == (one.answer, one.path)
    assert "其他资金" in one.what.zh
    more = next(one for one in findings(E, {"funding.other.annual_budget": None, "funding.fiscal.annual_budget": "500000"}) if one.rule == "money-sum")
    assert FAILS == more.answer
    assert [] == told(findings(E, {"funding.other.annual_budget": None}))


def test_mark_answers_what_the_mapping_does_not_require():
    marked = findings(E, {"funding.total.executed": None}, marks={"funding.total.executed": "—"})
    assert "executed-missing" not in [one.rule for one in marked]
    required = findings(D, {"funding.annual.total": None}, marks={"funding.annual.total": "—"})
    assert ("required", "—") in [(one.rule, one.found) for one in required]


def test_marked_part_says_that_there_is_nothing():
    changes = {"funding.other.annual_budget": None, "funding.fiscal.annual_budget": "400000"}
    one = next(one for one in findings(E, changes, marks={"funding.other.annual_budget": "—"}) if one.rule == "money-sum")
    assert (FAILS, "400,000 + 26,300 + — = 426,300") == (one.answer, one.sum)


def test_project_amount_is_compared_with_the_year_only_where_it_is_less():
    assert [] == told(findings(D, {"funding.project.total": "9000000", "funding.project.fiscal": "8929780"}))


@pytest.mark.parametrize(("total", "severity"), [("312.5", "hint"), ("312.51", "error"), ("312.4", None)])
def test_amounts_in_ten_thousands_are_rounded_one_by_one(total, severity):
    """0.1 万元 is what running systems allow; a difference within it is still told."""
    found = [one.severity for one in findings(N, {"funding.total.initial_budget": total}) if one.rule == "money-sum"]
    assert ([severity] if severity else []) == found


@pytest.mark.parametrize("text", ["安排34.187525万元", "安排341,875.25元", "安排300000元", "第341875次", "安排341875.25元，带动投入341875.25万元"])
def test_amount_of_the_text_in_its_right_unit_is_passed(text):
    assert "amount-in-text" not in [one.rule for one in findings(D, {"goals.annual": text})]


# ---------------------------------------------------------------- execution


@pytest.mark.parametrize(
    ("rate", "severity"),
    [("0.9325", None), ("0.932", "hint"), ("0.933", "hint"), ("0.93", "hint"), ("0.94", "hint"), ("0.9324", "hint"), ("0.9323", "error"), ("0.92", "error"), ("0.9326", "error")],
)
def test_rate_is_rounded_to_the_nearest_or_upwards(rate, severity):
    """431278.65 ÷ 462500 = 93.2495…%."""
    found = [one.severity for one in findings(E, {"funding.total.execution_rate": rate}) if one.rule == "execution-rate"]
    assert ([severity] if severity else []) == found


@pytest.mark.parametrize(
    ("total", "severity"),
    [("94.84", None), ("94.8", "hint"), ("94.9", "warning"), ("94", "hint"), ("95", "hint"), ("94.7", "error"), ("95.1", "error"), ("96", "error"), ("94.85", "error"), ("93", "error")],
)
def test_total_that_is_printed_with_fewer_decimals_may_be_rounded(total, severity):
    """The scores add up to 94.84."""
    found = [one.severity for one in findings(E, {"total.score": total}) if one.rule == "total-score"]
    assert ([severity] if severity else []) == found


def test_total_that_is_not_filled_in_is_told_once():
    assert [("total-missing", "total.score")] == told(findings(E, {"total.score": None}))


def test_total_of_weights_is_never_rounded():
    found = [one.severity for one in findings(E, {"indicators[0].weight": "20.4"}) if one.rule in ("total-weight", "weights-100")]
    assert ["error"] == found


def test_weights_are_told_at_another_place_where_reading_was_not_sure_of_their_total():
    found = [(one.path, one.answer) for one in findings(E, {"indicators[0].weight": "21"}, doubts=("total.weight",)) if one.rule == "weights-100"]
    assert [("funding.total.weight", FAILS)] == found


def test_weights_that_are_not_what_their_total_says_are_told_once():
    found = [one.rule for one in findings(E, {"indicators[0].weight": "21"}) if "weight" in one.rule]
    assert ["total-weight"] == found


@pytest.mark.parametrize(("actual", "rules"), [("1850盏", []), ("1800盏", ["score-full-unmet"]), ("0.185万盏", []), ("1850座", ["score-unclear"])])
def test_target_in_a_unit_that_no_form_knows_is_compared_with_an_actual_in_the_same(actual, rules):
    found = findings(E, {"indicators[0].target": "=1850盏", "indicators[0].actual": actual})
    assert rules == [one.rule for one in found]


def test_finding_that_is_milder_than_its_rule_says_why():
    mild, grave = findings(E, {"funding.total.score": "10"}), findings(E, {"funding.total.score": "8"})
    said = [next(one.do.zh for one in found if one.rule == "execution-score") for found in (mild, grave)]
    assert ["只差舍入" in one for one in said] == [True, False]


def test_rate_of_the_wrong_budget_says_so():
    """431278.65 ÷ 420000, the budget at the beginning of the year, is 102.69 %."""
    wrong, other = (next(one for one in findings(E, {"funding.total.execution_rate": rate}) if one.rule == "execution-rate") for rate in ("1.0269", "0.8325"))
    assert wrong.sum.endswith("；431,278.65 ÷ 420,000（年初预算数）= 102.69%")
    assert "420,000" not in other.sum


@pytest.mark.parametrize(
    ("name", "target", "actual", "rules"),
    [
        ("重大安全事故", "无", "无", []), ("重大安全事故", "=0起", "无", []), ("培训期数", "=0期", "无", []),
        ("培训期数", "无", "无", ["indicator-missing"]), ("培训期数", "=3期", "无", ["evaluation-missing"]), ("重大安全事故", "=0起", None, ["evaluation-missing"]),
    ],
)  # fmt: skip
def test_none_is_an_answer_where_there_is_to_be_none(name, target, actual, rules):
    changes = {"indicators[5].name": name, "indicators[5].target": target, "indicators[5].actual": actual}
    assert rules == [one.rule for one in findings(E, changes)]


@pytest.mark.parametrize(
    ("level2", "name", "target", "actual", "rules"),
    [
        ("时效指标", "办结时限", "10天", "9天", []), ("时效指标", "完成时间", "=12月", "11月", []), ("时效指标", "办结时限", "=5(工作日)", "3个工作日", []), ("时效指标", "办结时限", "10天", "11天", ["score-exceeded"]),
        ("时效指标", "开放时长", "8小时", "7小时", ["score-unclear"]), ("质量指标", "答复时间", "10天", "9天", ["score-unclear"]), ("数量指标", "培训天数", "10天", "9天", ["score-full-unmet"]),
        ("时效指标", "办结时限", "≥10天", "9天", ["score-full-unmet"]), ("时效指标", "及时率", "=100%", "80%", ["score-full-unmet"]),
    ],
)  # fmt: skip
def test_time_that_was_undercut_is_met(level2, name, target, actual, rules):
    changes = {"indicators[3].level2": level2, "indicators[3].name": name, "indicators[3].target": target, "indicators[3].actual": actual}
    assert rules == [one.rule for one in findings(E, changes) if one.rule.startswith("score")]


@pytest.mark.parametrize(("actual", "rules"), [("未完成", ["score-full-unmet"]), ("没有完成", ["score-full-unmet"]), ("完成", []), ("已完成", []), ("基本完成", ["score-unclear"]), ("未按时完成", ["score-unclear"])])
def test_actual_that_denies_its_target_is_not_met(actual, rules):
    assert rules == [one.rule for one in findings(E, {"indicators[3].target": "完成", "indicators[3].actual": actual})]


def test_amount_that_is_not_filled_in_is_told_once():
    assert [("required", "funding.annual.total")] == told(findings(D, {"funding.annual.total": None}))


def test_rate_rounded_upwards_is_right():
    """16687069.74 ÷ 14392367.39 = 115.9439…%, printed 115.95%."""
    changes = {"funding.total.executed": "16687069.74", "funding.total.annual_budget": "14392367.39", "funding.total.execution_rate": "1.1595", "funding.total.score": "10"}
    assert {"execution-rate", "execution-score"}.isdisjoint(one.rule for one in findings(E, changes))


@pytest.mark.parametrize(("score", "severity"), [("9.33", None), ("9.32", None), ("9.3", "hint"), ("9", "hint"), ("9.31", "error"), ("9.4", "warning"), ("10", "warning"), ("9.2", "error"), ("9.34", "error"), ("9.5", "error"), ("8", "error")])
def test_score_of_execution_is_the_rate_times_the_weight(score, severity):
    found = [one.severity for one in findings(E, {"funding.total.score": score}) if one.rule == "execution-score"]
    assert ([severity] if severity else []) == found


def test_score_rounded_upwards_in_its_last_decimal_gains_nothing():
    """93.21 % of 10 are 9.321."""
    found = [one.severity for one in findings(E, {"funding.total.execution_rate": "0.9321", "funding.total.score": "9.33"}) if one.rule == "execution-score"]
    assert ["hint"] == found


def test_score_of_execution_is_capped_at_the_weight():
    changes = {"funding.total.executed": "500000", "funding.total.execution_rate": "1.0811"}
    right, over = findings(E, {**changes, "funding.total.score": "10"}), findings(E, {**changes, "funding.total.score": "10.81"})
    assert "execution-score" not in [one.rule for one in right]
    assert "min(108.11%, 100%) × 10 = 10" == next(one.sum for one in over if one.rule == "execution-score")


def test_rate_of_a_budget_of_nothing_is_not_calculated():
    found = findings(E, {"funding.total.annual_budget": "0", "funding.total.execution_rate": "0.5"})
    assert [UNKNOWN] == [one.answer for one in found if one.rule == "execution-rate"]
    quiet = findings(N)
    assert [] == [one for one in quiet if one.path.startswith("funding.other")]


# ---------------------------------------------------------------- profiles


def test_total_is_capped_by_execution_only_where_a_profile_says_so():
    changes = {"funding.total.execution_rate": "0.75", "funding.total.score": "7.5", "total.score": "93.01"}
    assert "execution-cap" not in [one.rule for one in findings(E, changes)]
    one = next(one for one in findings(E, changes, "execution-caps") if one.rule == "execution-cap")
    assert ("≤ 89", "93.01", "total.score") == (one.expected, one.found, one.path)
    assert "execution-cap" not in [one.rule for one in findings(E, {**changes, "total.score": "89"}, "execution-caps")]


def test_hubei_weighs_benefits_and_satisfaction_together():
    weights = {"funding.total.weight": "20", "indicators[0].weight": "10", "indicators[1].weight": "20", "indicators[2].weight": "10"}
    assert {"level-weight-usual", "execution-weight-usual"}.isdisjoint(one.rule for one in findings(N, weights, "hubei"))
    assert [("40", "35")] == [(one.expected, one.found) for one in findings(N, {**weights, "indicators[3].weight": "25"}, "hubei") if one.rule == "level-weight-usual"]


@pytest.mark.parametrize(("score", "found"), [("2.4", False), ("2.6", False), ("3.1", True)])
def test_tiers_are_the_profiles(score, found):
    """未达成: to 60 % of the weight, in Hubei to 50 %."""
    changes = {"indicators[3].target": "达标", "indicators[3].actual": "未达成预期指标且效果较差", "indicators[3].score": score, "indicators[3].reason": "未开放"}
    assert found == ("tiers" in [one.rule for one in findings(E, changes)])
    assert (Decimal(score) > Decimal("2.5")) == ("tiers" in [one.rule for one in findings(E, changes, "hubei")])


@pytest.mark.parametrize(("said", "wrong"), [("优", False), ("优秀", False), ("良", True), ("自评结论：良好，仍需努力", True), ("优化了流程", False), ("评价结论为中", True)])
def test_grade_is_that_of_the_total(said, wrong):
    """The total is 99.6."""
    assert wrong == ("grade" in [one.rule for one in findings(S, {"conclusion": said})])


# ---------------------------------------------------------------- what is not sure


def test_doubted_field_makes_a_finding_unsure():
    one = next(one for one in findings(D, {"funding.annual.total": "341875.26"}, doubts=("funding.annual",)) if one.rule == "money-sum")
    assert UNKNOWN == one.answer
    assert "存疑（?）" in one.what.zh
    assert not one.counts


def test_findings_stand_in_the_order_of_the_form():
    found = findings(E, {"project.name": None, "total.score": "1", "indicators[4].score": "30", "indicators[1].score": "30", "funding.total.score": "1"})
    assert ["project.name", "funding.total.score", "indicators[1].score", "indicators[4].score", "total.score"] == list(dict.fromkeys(one.path for one in found if one.severity == "error"))


def test_numbers_of_any_length_are_calculated_with():
    assert findings(E, {"funding.total.executed": "9" * 90, "funding.total.annual_budget": "1", "indicators[0].score": "7" * 90})


def test_the_package_answers_a_call():
    import xltool

    assert told(xltool.check(filing(D))) == told(check(filing(D))) == []
    assert "xltool.check" in __import__("sys").modules


# ---------------------------------------------------------------- two lists side by side


def national_2015(annual: tuple[int, ...], project: tuple[int, ...] = (0, 1, 2, 3)):
    """A form with indicators of the year and of the whole project: which rows stand in each."""
    form = forms()["declaration-2015"]
    rows = [
        ("产出指标", "数量指标", "疏浚长度", "≥12(公里)"), ("产出指标", "成本指标", "每公里成本", "≤25(万元/公里)"),
        ("效益指标", "社会效益指标", "受益人口", "≥1.2(万人)"), ("满意度指标", "服务对象满意度指标", "群众满意度", "≥85%"),
    ]  # fmt: skip
    items: list[dict[str, Any]] = [{"level1": one, "level2": two, "name": name, "target": parse_target(target, form.units)} for one, two, name, target in rows]
    values: dict[str, Any] = {
        "year": 2016, "money_unit": "万元", "project.name": "河道疏浚", "project.department": "云岭县水利局", "project.unit": "云岭县河道所", "project.nature": "新增项目",
        "project.period": "2016—2018年", "goals.project": "疏浚河道36公里。", "goals.annual": "疏浚河道12公里。",
        **{f"funding.{column}.{row}": Decimal(amount) for column, amounts in (("project", (900, 800, 100)), ("annual", (300, 270, 30))) for row, amount in zip(("total", "fiscal", "other"), amounts, strict=True)},
    }  # fmt: skip
    lists = {"indicators_annual": [items[at] for at in annual], "indicators_project": [items[at] for at in project]}
    return check(Filing((Section(None, (complete(form, values, lists),)),)))


@pytest.mark.parametrize(
    ("annual", "project", "expected"),
    [
        ((0, 1, 2, 3), (0, 1, 2, 3), []),
        ((0, 1, 2, 3), (), []),
        ((), (0, 1, 2, 3), [("indicators-missing", "indicators_annual")]),
        ((0, 1, 3), (0, 1, 2, 3), [("coverage", "indicators_annual[0].level1")]),
        ((0, 1, 2, 3), (2, 3), [("coverage", "indicators_project[0].level1")]),
    ],
    ids=["both", "the year's alone", "the project's alone", "the year's without benefits", "the project's without outputs"],
)
def test_lists_side_by_side_are_checked_each(annual, project, expected):
    assert expected == told(national_2015(annual, project))
