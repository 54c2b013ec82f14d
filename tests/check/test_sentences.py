"""What a finding says, word by word: the form's captions, what was expected and found, the calculation written out."""

from __future__ import annotations

from typing import Any

import pytest

from tests.check.made import DECLARATION, EVALUATION, NATIONAL, SICHUAN, findings, told
from xltool.check import UNKNOWN

D, E, N, S = DECLARATION, EVALUATION, NATIONAL, SICHUAN
SCORES = "9.33 + 20 + 14.06 + 8.33 + 5 + 18.12 + 10 + 10 = 94.84"
WEIGHTS = "10 + 20 + 15 + 10 + 5 + 20 + 10 + 10 = 100"

# rule, form, what is changed, what is said
CASES: list[tuple[str, str, dict[str, Any], str]] = [
    ("money-sum", D, {"funding.annual.total": "341875.26"}, "不等于各项之和：298,214.15 + 31,440.1 + 12,221 = 341,875.25，表上是 341,875.26，差 0.01"),
    ("money-sum", E, {"funding.fiscal.annual_budget": "436300"}, "不等于各项之和：436,300 + 26,300 + 0 = 462,600，表上是 462,500，差 100"),
    ("project-below-annual", D, {"funding.project.total": "341875.24"}, "“项目资金总额”341,875.24 小于“年度资金申请总额”341,875.25"),
    ("amount-negative", D, {"funding.annual.total": "-1200"}, "“年度资金申请总额”是负数：-1,200"),
    ("amount-zero", D, {"funding.annual.total": "0"}, "“年度资金申请总额”为 0"),
    ("executed-over", E, {"funding.total.executed": "462500.01"}, "“年度资金总额·全年执行数”462,500.01 超过“年度资金总额·全年预算数”462,500"),
    ("amount-in-text", D, {"goals.annual": "安排341875.25万元养护古树"}, "“年度资金申请总额”是 341,875.25元，目标文字里写的是 341875.25万元，正好差一万倍"),
    ("amount-in-text", N, {"goals.expected": "安排312.4元补助线路"}, "“年度资金总额·全年预算数”是 312.4万元，目标文字里写的是 312.4元，正好差一万倍"),
    ("amount-in-text", N, {"goals.expected": "安排312.4亿元补助线路"}, "“年度资金总额·全年预算数”是 312.4万元，目标文字里写的是 312.4亿元，正好差一万倍"),
    ("amount-unit", D, {"funding.annual.total": "34.19"}, "“年度资金申请总额”是 34.19元，单位像是填错了"),
    ("dates-order", D, {"project.start_date": "2027-01-01"}, "“计划开始日期”2027-01-01 晚于“计划完成日期”2026-12-31"),
    ("year-outside", D, {"year": 2025}, "填报年度 2025 不在项目起止年度 2026 之内"),
    ("year-outside", D, {"year": 2025, "project.end_date": "2028-12-31"}, "填报年度 2025 不在项目起止年度 2026–2028 之内"),
    ("year-outside", D, {"year": 2027}, "填报年度 2027 不在项目起止年度 2026 之内"),
    ("year-outside", D, {"year": 2025, "project.end_date": None}, "填报年度 2025 不在项目起止年度 2026– 之内"),
    ("year-outside", D, {"year": 2027, "project.start_date": None}, "填报年度 2027 不在项目起止年度 –2026 之内"),
    ("day-unknown", D, {"indicators[3].target": "2026年11月31日前"}, "“2026年11月31日”不存在，日历上没有这一天"),
    ("day-incomplete", D, {"project.end_date": "2026年底"}, "“计划完成日期”“2026年底”不是完整的日期"),
    ("deadline-outside", D, {"indicators[3].target": "2027年1月底前"}, "时效“2027年1月底”不在项目期 2026-01-01 – 2026-12-31 之内"),
    ("level-unknown", D, {"indicators[4].level2": "环境指标"}, "“二级指标”“环境指标”不在本表的指标体系里"),
    ("level-misplaced", D, {"indicators[3].level1": "效益指标"}, "“时效指标”放在了“效益指标”之下"),
    ("quantity-without-unit", D, {"indicators[1].target": "=146"}, "指标值“=146”没有计量单位"),
    ("complaints-full", D, {"indicators[2].name": "有责投诉率", "indicators[2].target": "=100%"}, "“有责投诉率”的指标值是“=100%”"),
    ("mostly-words", D, {f"indicators[{row}].target": "良好" for row in (0, 1, 2)}, "定量指标只占 33%（2 ÷ 6 = 33%）"),
    ("repeated", D, {"indicators[6].name": "市民满意度"}, "第 7 条与第 6 条相同：市民满意度"),
    ("weights-100", E, {"indicators[0].weight": "21", "total.weight": "101"}, "分值合计不是 100：10 + 21 + 15 + 10 + 5 + 20 + 10 + 10 = 101"),
    ("total-weight", E, {"total.weight": "99"}, f"“总分（分值）”不等于各分值之和：{WEIGHTS}，表上是 99"),
    ("level-weight-printed", E, {"indicators[0].level1_weight": "51"}, "“产出指标”标明 51 分，其下分值之和是 20 + 15 + 10 + 5 = 50"),
    ("level-weight-usual", N, {"indicators[0].weight": "19"}, "“产出指标”的分值合计 49，通常为 50"),
    ("execution-weight-usual", N, {"funding.total.weight": "20"}, "“年度资金总额·分值”是 20，通常为 10"),
    ("execution-rate", E, {"funding.total.execution_rate": "0.9425"}, "“年度资金总额·执行率”应为 93.25%（431,278.65 ÷ 462,500 = 93.2494%），表上是 94.25%"),
    ("execution-score", E, {"funding.total.score": "9.43"}, "“年度资金总额·得分”应为 9.33（93.25% × 10 = 9.325），表上是 9.43"),
    ("score-over", E, {"indicators[0].score": "21"}, "得分 21 超过分值 20"),
    ("score-negative", E, {"indicators[0].score": "-1"}, "得分是负数：-1"),
    ("score-full-unmet", E, {"indicators[1].score": "15"}, "目标“≥96%”，实际“90%”，没有达到却得满分 15；应得 14.06（90 ÷ 96 × 15 = 14.06）"),
    ("score-full-unmet", E, {"indicators[3].target": "完成", "indicators[3].actual": "未完成"}, "目标“完成”，实际“未完成”，没有达到却得满分 5；应得 < 5（未完成 ≠ 完成）"),
    ("score-full-unmet", E, {"indicators[5].actual": "1起"}, "目标“=0(起)”，实际“1起”，没有达到却得满分 10；应得 0（1 ≠ 0 → 0）"),
    ("score-above", E, {"indicators[1].score": "14.5"}, "目标“≥96%”，实际“90%”，得 14.5 分，按比例为 14.06（90 ÷ 96 × 15 = 14.06）"),
    ("score-below", E, {"indicators[1].score": "9.5"}, "目标“≥96%”，实际“90%”，得 9.5 分，比按比例的 14.06 少（90 ÷ 96 × 15 = 14.06）"),
    ("score-deducted", E, {"indicators[0].score": "15"}, "目标“=23(处)”，实际“23处”，已达到，却只得 15 分（满分 20）"),
    ("score-boundary", E, {"indicators[0].target": ">23(处)"}, "目标“>23(处)”，实际恰为“23处”，严格说没有达到，却得满分 20"),
    ("score-exceeded", E, {"indicators[0].actual": "24处"}, "目标是“=23(处)”，实际为“24处”，超过而不是等于"),
    ("tiers", E, {"indicators[3].target": "达标", "indicators[3].actual": "部分达成预期指标并具有一定效果", "indicators[3].score": "4.8"}, "“部分达成预期指标并具有一定效果”对应 3–4 分（满分 5），得分是 4.8"),
    ("total-score", E, {"total.score": "95.84"}, f"“总分（得分）”不等于各项得分之和：{SCORES}，表上是 95.84"),
    ("reason-missing", E, {"indicators[1].reason": None}, "得 14.06 分，未得满分 15，却没有写原因"),
    ("reason-idle", E, {"indicators[0].reason": "天气不好"}, "得满分 20，却写了偏差原因：天气不好"),
    ("over-achieved", N, {"indicators[0].actual": "24条"}, "目标“≥18(条)”，实际“24条”，达到目标的 133.33%"),
    ("grade", S, {"conclusion": "自评等级为“良”。"}, "“评价结论”写的是“良”，总分 99.6 对应“优”"),
    ("execution-reason", S, {"funding.total.execution_rate": "0.89"}, "预算执行率 89% 低于 90%，却没有写原因"),
    ("adjustment-reason", S, {"funding.total.adjusted_budget": "1501"}, "年中调整了预算（年初 500，调整后 1,501），却没有写原因"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "form", "changes", "said"), CASES, ids=[f"{case[0]} {' '.join(map(str, case[2].values()))}" for case in CASES])
def test_finding_says(rule, form, changes, said):
    assert [said] == [one.what.zh for one in findings(form, changes) if one.rule == rule]


# ---------------------------------------------------------------- what else a finding says


def test_parts_to_be_checked_are_named_once():
    [one] = [one for one in findings(D, {"funding.annual.total": "341875.26"}) if one.rule == "money-sum"]
    assert "请核对合计和各项（其中：当年财政拨款、上年结转资金、其他资金（年度））" == one.do.zh
    assert ("298,214.15 + 31,440.1 + 12,221 = 341,875.25", "341,875.25", "341,875.26") == (one.sum, one.expected, one.found)
    assert ("funding.annual.total", "funding.annual.fiscal", "funding.annual.carried_over", "funding.annual.other") == one.paths


@pytest.mark.parametrize(
    ("form", "changes", "rule", "expected", "found"),
    [
        (D, {"funding.project.total": "341875.24"}, "project-below-annual", "≥ 341,875.25", "341,875.24"),
        (D, {"funding.annual.total": "-1200"}, "amount-negative", "≥ 0", "-1,200"),
        (E, {"total.score": "95.84"}, "total-score", "94.84", "95.84"),
        (E, {"indicators[0].weight": "21", "total.weight": "101"}, "weights-100", "100", "101"),
        (E, {"funding.total.execution_rate": "0.9425"}, "execution-rate", "93.25%", "94.25%"),
        (N, {"indicators[0].actual": "24条"}, "over-achieved", "< 130%", "133.33%"),
        (E, {"indicators[1].reason": "无。"}, "reason-missing", "", "无。"),
    ],
)  # fmt: skip
def test_what_was_expected_and_found_stand_alone_too(form, changes, rule, expected, found):
    assert [(expected, found)] == [(one.expected, one.found) for one in findings(form, changes) if one.rule == rule]


def test_mark_in_the_reason_is_told_as_it_stands_there():
    [one] = [one for one in findings(E, {"indicators[1].reason": None}, marks={"indicators[1].reason": "—"}) if one.rule == "reason-missing"]
    assert ("—", ("indicators[1].reason", "indicators[1].score", "indicators[1].weight")) == (one.found, one.paths)


def test_fields_that_took_part_are_named_the_first_to_look_at_first():
    [one] = [one for one in findings(E, {"funding.total.executed": "462500.01"}) if one.rule == "executed-over"]
    assert ("funding.total.executed", "funding.total.annual_budget") == one.paths
    [one] = [one for one in findings(N, {"indicators[0].actual": "24条"}) if one.rule == "over-achieved"]
    assert ("indicators[0].actual", "indicators[0].target", "indicators[0].reason") == one.paths


# ---------------------------------------------------------------- what is blank


@pytest.mark.parametrize(
    ("form", "changes", "marks", "expected"),
    [
        (D, {"project.end_date": None}, {}, [("dates-missing", "project.end_date", "fails")]),
        (D, {"funding.project.total": None}, {}, [("money-sum", "funding.project.total", "unknown")]),
        (D, {"funding.project.total": None, "funding.project.fiscal": "0", "funding.project.other": "0"}, {}, []),
        (D, {"funding.project.total": None, "funding.project.other": "0"}, {}, [("money-sum", "funding.project.total", "unknown")]),
        (D, {"funding.project.total": None}, {"funding.project.total": "—"}, []),
        (E, {"indicators[0].score": None}, {}, [("evaluation-missing", "indicators[0].score", "fails"), ("total-score", "total.score", "unknown")]),
        (E, {"indicators[0].score": None}, {"indicators[0].score": "—"}, [("total-score", "total.score", "fails")]),
        (E, {"indicators[0].score": None, "total.score": "74.83"}, {}, [("evaluation-missing", "indicators[0].score", "fails"), ("total-score", "total.score", "fails")]),
        (E, {"funding.total.score": None, **{f"indicators[{row}].score": None for row in range(7)}}, {}, [("execution-missing", "funding.total.score", "fails"), *((("evaluation-missing", f"indicators[{row}].score", "fails")) for row in range(7))]),
        (E, {"funding.total.weight": None}, {}, [("execution-weight-missing", "funding.total.weight", "fails"), ("execution-score", "funding.total.score", "unknown"), ("total-weight", "total.weight", "unknown")]),
        (E, {"funding.total.execution_rate": None}, {}, [("execution-missing", "funding.total.execution_rate", "fails"), ("execution-score", "funding.total.score", "unknown")]),
        (S, {"funding.total.initial_budget": None}, {}, [("initial-missing", "funding.total.initial_budget", "fails"), ("money-sum", "funding.total.initial_budget", "unknown")]),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, dict) else None,
)  # fmt: skip
def test_what_is_blank_is_told_once_and_what_hangs_on_it_cannot_be_told(form, changes, marks, expected):
    assert expected == [(one.rule, one.path, one.answer) for one in findings(form, changes, marks=marks)]


@pytest.mark.parametrize(
    ("changes", "rule", "blank"),
    [
        ({"funding.other.annual_budget": None, "funding.carried_over.annual_budget": None}, "money-sum", "上年结转资金·全年预算数、其他资金·全年预算数"),
        ({"funding.total.executed": None}, "execution-rate", "年度资金总额·全年执行数"),
        ({"funding.total.weight": None}, "execution-score", "年度资金总额·分值"),
        ({"indicators[0].score": None, "indicators[1].score": None}, "total-score", "得分"),
    ],
)
def test_what_is_blank_is_named(changes, rule, blank):
    found = {one.what.zh for one in findings(E, changes) if one.rule == rule and one.answer == UNKNOWN}
    assert {f"“{blank}”是空的，无法核对"} == found


def test_sum_of_the_given_parts_is_shown_beside_a_blank_total():
    [one] = findings(D, {"funding.project.total": None})
    assert ("683,150.5", "", "612,930.5 + 70,220 = 683,150.5") == (one.expected, one.found, one.sum)


@pytest.mark.parametrize(("total", "answer"), [("462500.5", UNKNOWN), ("462499.5", "fails"), ("462500", None)])
def test_half_a_yuan_beside_a_blank_part_tells_which_way(total, answer):
    """436,200 + 26,300 = 462,500."""
    changes = {"funding.other.annual_budget": None, "funding.total.annual_budget": total}
    assert ([answer] if answer else []) == [one.answer for one in findings(E, changes) if one.rule == "money-sum"]


def test_form_without_a_year_is_checked_all_the_same():
    found = findings(E, {"year": None, "indicators[0].target": "11月底前", "indicators[0].actual": "11月20日"})
    assert [("score-unclear", "indicators[0].score")] == told(found)


# ---------------------------------------------------------------- rates and their rows


def test_rate_of_a_part_is_compared_with_the_budgets_of_its_own_row():
    """286.25 ÷ 300 = 95.42 % of the budget at the beginning of the year, 286.25 ÷ 310 = 92.34 %."""
    changes = {"funding.fiscal.annual_budget": "310", "funding.total.annual_budget": "322.4", "funding.total.execution_rate": "0.9263", "funding.total.score": "9.26", "total.score": "99.26"}
    [one] = [one for one in findings(N, changes) if one.rule == "execution-rate"]
    assert "286.25 ÷ 310 = 92.3387%；286.25 ÷ 300（年初预算数）= 95.42%" == one.sum


@pytest.mark.parametrize(
    ("form", "changes"),
    [
        (N, {"funding.total.execution_rate": "0.9559"}),
        (E, {"funding.total.execution_rate": "0.9559", "funding.total.initial_budget": None}),
        (E, {"funding.total.execution_rate": "0.9559", "funding.total.initial_budget": "0"}),
    ],
    ids=["the same budget", "a blank budget", "a budget of nothing"],
)
def test_another_budget_is_named_only_where_the_rate_is_that_of_it(form, changes):
    [one] = [one for one in findings(form, changes) if one.rule == "execution-rate"]
    assert "；" not in one.sum


def test_rate_of_nothing_is_asked_about_where_something_was_executed():
    found = findings(E, {"funding.total.annual_budget": "0", "funding.total.executed": "5", "funding.total.execution_rate": "0"})
    assert [("5 ÷ 0", UNKNOWN)] == [(one.sum, one.answer) for one in found if one.rule == "execution-rate"]


@pytest.mark.parametrize(("score", "found"), [("9.32", False), ("9.3", False), ("9.34", True)])
def test_score_by_the_rate_before_it_was_rounded_is_right(score, found):
    """431278.65 ÷ 462500 × 10 = 9.3249; of the printed 93 % it is 9.3."""
    changes = {"funding.total.execution_rate": "0.93", "funding.total.score": score}
    assert found == ("execution-score" in [one.rule for one in findings(E, changes)])


def test_day_that_is_no_full_one_is_not_compared():
    found = findings(D, {"project.start_date": "2027-01-01", "project.end_date": "2026年10月1日"})
    assert "dates-order" not in [one.rule for one in found]


# ---------------------------------------------------------------- scores


@pytest.mark.parametrize("word", ["不", "未", "没", "没有", "尚未", "未能", "不够", "未全部", "未完全", "没有完全", "仍未"])
def test_word_that_denies_the_target_makes_it_unmet(word):
    found = findings(E, {"indicators[3].target": "完善", "indicators[3].actual": f"{word}完善"})
    assert ["score-full-unmet"] == [one.rule for one in found if one.path == "indicators[3].score"]


@pytest.mark.parametrize("word", ["非", "尚", "待", "部分", "基本", "较", "欠", "比去年"])
def test_word_that_makes_less_of_the_target_leaves_it_open(word):
    found = findings(E, {"indicators[3].target": "完善", "indicators[3].actual": f"{word}完善"})
    assert ["score-unclear"] == [one.rule for one in found if one.path == "indicators[3].score"]


@pytest.mark.parametrize("unit", ["秒", "分钟", "小时", "天", "日", "工作日", "个工作日", "周", "月", "个月", "季度", "年"])
def test_time_limit_in_any_unit_may_be_undercut(unit):
    changes = {"indicators[3].name": "办结时限", "indicators[3].target": f"10({unit})", "indicators[3].actual": f"9({unit})"}
    assert [] == told(findings(E, changes))


@pytest.mark.parametrize(
    ("row", "changes", "expected"),
    [
        (3, {"name": "办结时限", "target": "10天", "actual": "0天"}, ["score-full-unmet"]),
        (0, {"target": "≥96%", "actual": "等于90%"}, ["score-full-unmet"]),
        (0, {"actual": "22处", "weight": "0", "score": "0"}, []),
        (2, {"level1": "成本指标", "level2": None, "target": "800元/次", "actual": "700元/次", "score": "10", "reason": None}, []),
        (2, {"name": "成本节约率", "target": "10%", "actual": "8%", "score": "10", "reason": None}, ["score-full-unmet"]),
        (0, {"target": "11月底前", "actual": "2021年12月3日", "score": "15", "reason": "天气不好"}, []),
        (6, {"target": "≥100(个)", "actual": "90个", "score": "8", "reason": "天气不好"}, ["score-below"]),
        (6, {"target": "≥100(个)", "actual": "85个", "score": "9", "reason": "天气不好"}, []),
        (6, {"target": "≥100(个)", "actual": "85个", "score": "9.1", "reason": "天气不好"}, ["score-above"]),
    ],
    ids=["nothing in no time", "equal in words", "no weight", "a cost by its level one", "a rate of savings", "late, and not all of the weight", "a whole point below", "half a point above", "more than half a point above"],
)  # fmt: skip
def test_score_is_judged_so(row, changes, expected):
    found = findings(E, {f"indicators[{row}].{name}": value for name, value in changes.items()})
    assert expected == [one.rule for one in found if one.path == f"indicators[{row}].score"]


def test_not_met_and_all_of_the_weight_is_an_error():
    assert ["error"] == [one.severity for one in findings(E, {"indicators[0].actual": "12处"}) if one.rule == "score-full-unmet"]


def test_cost_above_its_target_is_no_achievement():
    changes = {"indicators[2].target": "=800(元/次)", "indicators[2].actual": "1200元/次", "indicators[2].score": "6.67", "indicators[2].reason": None}
    assert "over-achieved" not in [one.rule for one in findings(E, changes)]


@pytest.mark.parametrize(
    ("actual", "reason", "expected"),
    [
        ("26条", None, ["over-achieved"]), ("25.9条", None, []), ("26条", "需求增加", []), ("25.9条", "需求增加", ["reason-idle"]), ("26条", "无。", ["over-achieved"]),
        ("20条", "需求增加", ["reason-idle"]), ("20条", "无", []),
    ],
)  # fmt: skip
def test_target_exceeded_by_three_tenths_needs_a_reason(actual, reason, expected):
    changes = {"indicators[0].target": "≥20(条)", "indicators[0].actual": actual, "indicators[0].reason": reason}
    assert expected == [one.rule for one in findings(N, changes)]


@pytest.mark.parametrize(("row", "changes", "idle"), [(2, {"actual": "780元/次", "score": "10"}, True), (0, {"actual": "24处"}, False), (0, {"actual": "全部开放"}, False)])
def test_reason_is_idle_where_the_target_was_met_and_no_more(row, changes, idle):
    every = {**changes, "reason": "价格下降"}
    assert idle == ("reason-idle" in [one.rule for one in findings(E, {f"indicators[{row}].{name}": value for name, value in every.items()})])


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"funding.total.execution_rate": "0.89", "funding.reason": "结转下年"}, []),
        ({"funding.total.execution_rate": "0.89", "funding.reason": "无"}, ["execution-reason"]),
        ({"funding.total.execution_rate": "0.9"}, []),
        ({"funding.total.execution_rate": None}, []),
        ({"funding.total.adjusted_budget": "501", "funding.reason": "年中追加"}, []),
    ],
)
def test_reason_of_the_execution_is_asked_for_where_there_is_none(changes, expected):
    assert expected == [one.rule for one in findings(S, changes) if one.rule in ("execution-reason", "adjustment-reason")]


def test_product_is_written_out_to_four_decimals():
    [one] = [one for one in findings(E, {"funding.total.execution_rate": "0.9321234", "funding.total.score": "8"}) if one.rule == "execution-score"]
    assert ("93.21234% × 10 = 9.3212", "9.32") == (one.sum, one.expected)


def test_scores_of_a_form_without_indicators_are_not_added_up():
    assert [("indicators-missing", "indicators")] == told(findings(E, drop=tuple(range(7))))


@pytest.mark.parametrize(
    ("total", "said", "expected"),
    [
        ("90", "优", []), ("89.99", "优", [("良", "优", "fails")]), ("85", "良", []), ("85", "良好", []), ("80", "良", []), ("79.99", "良好", [("中", "良好", "fails")]), ("59.9", "差", []), ("95", "自评结论：良好，仍需努力", [("优", "良好", "fails")]),
        (None, "良", [("", "良", "unknown")]), (None, "", []), ("95", "尚无", []),
    ],
)  # fmt: skip
def test_grade_is_compared_with_the_points_it_is_earned_from(total, said, expected):
    found = findings(S, {"total.score": total, "conclusion": said or None})
    assert expected == [(one.expected.removesuffix("秀").removesuffix("好"), one.found, one.answer) for one in found if one.rule == "grade"]
