"""An actual against its target: direction, zero, units, fractions, words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.check.made import EVALUATION, findings
from xltool.check import UNKNOWN
from xltool.check.measure import measured
from xltool.library import forms
from xltool.values import parse_target

UNITS = forms()[EVALUATION].units

# target, actual, less is better without a sign, state, share of the weight
CASES = [
    ("≥90%", "91%", False, "met", "1"),
    ("≥90%", "90%", False, "met", "1"),
    (">90%", "90%", False, "boundary", "1"),
    ("≥1000", "900", False, "unmet", "0.9"),
    ("≥266米", "≥266米", False, "met", "1"),
    ("≤90天", "91天", False, "unmet", "0.9890"),
    ("≤90天", "45天", False, "met", "1"),
    ("<2%", "2%", False, "boundary", "1"),
    ("=0次", "0", False, "met", "1"),
    ("=0次", "1", False, "unmet", "0"),
    ("≤0次", "1次", False, "unmet", "0"),
    (">0", "0", False, "unmet", "0"),
    (">0", "1", False, "met", "1"),
    ("=4", "1", False, "unmet", "0.25"),
    ("=4", "5", False, "exceeded", None),
    ("=956元/家", "1000元/家", True, "unmet", "0.956"),
    ("=956元/家", "900元/家", True, "unknown", None),
    ("956元/家", "900元/家", True, "met", "1"),
    ("985米", "985米", False, "met", "1"),
    ("985米", "970米", False, "unmet", "0.9848"),
    ("≥90%", "0.9", False, "met", "1"),
    ("≥90%", "0.85", False, "unmet", "0.9444"),
    ("≥90%", "95", False, "met", "1"),
    ("0.8", "90%", False, "exceeded", None),
    ("≥95%", "1", False, "met", "1"),
    ("≤2%", "1", False, "unknown", None),
    ("≤2%", "3", False, "unmet", "0.6667"),
    ("≥100百分比", "100%", False, "met", "1"),
    ("≥12万", "12.25万", False, "met", "1"),
    ("≥12万元", "122500元", False, "met", "1"),
    ("≥12万元", "119000元", False, "unmet", "0.9917"),
    (">1000", "1668.71万", False, "met", "1"),
    (">2000", "1668.71万", False, "unknown", None),
    ("≥12人", "12次", False, "unknown", None),
    ("及时", "及时", False, "met", "1"),
    ("提高", "有所提高", False, "unknown", None),
    ("≥90%", "基本满意", False, "unknown", None),
    ("≥90%", "-3%", False, "unmet", "0"),
    ("<0次", "0次", False, "unmet", "0"),
    ("≤3(‰)", "2(‰)", False, "met", "1"),
    ("≤3(‰)", "0.2%", False, "met", "1"),
    ("≤3(‰)", "0.4%", False, "unmet", "0.75"),
    ("≤0.3%", "6(千分之)", False, "unmet", "0.5"),
    ("≤3(‰)", "4", False, "unmet", "0.75"),
    ("≤3(‰)", "0.002", False, "met", "1"),
    ("≤3(‰)", "0.5", False, "unknown", None),
    ("≤1天", "20小时", False, "met", "1"),
    ("≤1日", "25(小时)", False, "unmet", "0.96"),
    ("≤2工作日", "20小时", False, "unknown", None),
    ("≥4(位)", "4名", False, "met", "1"),
    ("≥2万平方米", "15000(㎡)", False, "unmet", "0.75"),
    ("≤90天", "90天", False, "met", "1"),
    ("≥0.8元", "0.4元", False, "unmet", "0.5"),
    ("=4", "-1", False, "unmet", "0"),
    ("≥12", "12人", False, "met", "1"),
    ("≥0.9", "85%", False, "unknown", None),
    ("≥12万", "13", False, "unknown", None),
    ("≥90%", "1.5", False, "unmet", "0.0167"),
    ("≥0.5%", "0.4", False, "unknown", None),
    ("≥5(个工作日)", "4(工作日)", False, "unmet", "0.8"),
    ("10-20人", "10人", False, "met", "1"),
    ("10-20人", "20人", False, "met", "1"),
    ("10-20人", "9人", False, "unknown", None),
    ("10-20人", "21人", False, "unknown", None),
    ("10-20", "15人", False, "met", "1"),
    ("10-20人", "15", False, "met", "1"),
    ("10-20人", "15次", False, "unknown", None),
    ("1-2万人次", "15000人次", False, "met", "1"),
    ("10000-20000人次", "1.5万人次", False, "met", "1"),
]


@pytest.mark.parametrize(("target", "actual", "cost", "state", "share"), CASES, ids=[f"{case[0]} {case[1]}" for case in CASES])
def test_actual_against_target(target, actual, cost, state, share):
    found = measured(parse_target(target, UNITS), parse_target(actual, UNITS), cost, UNITS)
    assert state == found.state
    assert (None if share is None else Decimal(share)) == (None if found.share is None else found.share.quantize(Decimal("0.0001")).normalize())


@pytest.mark.parametrize(
    ("one", "same"),
    [
        ("1分钟", "60秒"), ("1小时", "60分钟"), ("1天", "24小时"), ("1日", "1天"), ("1公里", "1000米"), ("1千米", "1公里"), ("1km", "1000m"), ("1m", "1米"),
        ("1m2", "1平方米"), ("1平方公里", "100万平方米"), ("1吨", "1000公斤"), ("1千克", "1公斤"), ("1kg", "1千克"), ("1公顷", "15亩"), ("1度", "1千瓦时"),
        ("1场次", "1场"), ("1名", "1人"), ("1位", "1名"), ("1亿元", "10000万元"), ("1万元", "10000元"), ("5%", "50‰"), ("5百分比", "5%"), ("5(百分之)", "5%"),
        ("5‰", "0.5%"), ("5(千分之)", "5‰"), ("5(千分比)", "0.5(百分比)"),
    ],
)  # fmt: skip
def test_units_are_so_many_of_another(one, same):
    """Exactly so many: neither more nor less would be met."""
    found = [measured(parse_target(f"={target}", UNITS | _OF_MEASURES), parse_target(actual, UNITS | _OF_MEASURES), False) for target, actual in ((one, same), (same, one))]
    assert [("met", Decimal(1), Decimal(1))] * 2 == [(each.state, each.share, each.ratio) for each in found]


_OF_MEASURES = frozenset(
    ["秒", "分钟", "小时", "天", "日", "公里", "米", "千米", "km", "m", "m2", "平方米", "平方公里", "吨", "公斤", "千克", "kg", "公顷", "亩", "度", "千瓦时", "场次", "场", "名", "人", "位", "亿元", "万元", "元", "万平方米", "百分比"]
)


@pytest.mark.parametrize(
    ("target", "actual", "why"),
    [
        ("提高", "有所提高", "check-words"),
        ("提高", "95%", "check-words"),
        ("≥90%", "基本满意", "check-no-number"),
        ("≥12人", "12次", "check-units"),
        (">2000", "1668.71万", "check-units"),
    ],
)
def test_why_nobody_can_tell(target, actual, why):
    found = measured(parse_target(target, UNITS), parse_target(actual, UNITS), False)
    assert ("unknown", why) == (found.state, found.why)


@pytest.mark.parametrize(
    ("target", "actual", "ratio"),
    [("=4", "5", "1.25"), ("=4", "4", "1"), ("≥4", "5", "1.25"), ("≥0.8", "1", "1.25"), (">1000", "1668.71万", "1.66871"), ("≥0", "5", None), ("=0", "0", None), ("≤4", "5", None)],
)
def test_ratio_is_the_least_that_the_actual_may_be_of_its_target(target, actual, ratio):
    """Of a target of nothing there is none, nor where less is better. 1668.71万 of 1000 may be of 1000万."""
    found = measured(parse_target(target, UNITS), parse_target(actual, UNITS), False)
    assert (Decimal(ratio) if ratio else None) == found.ratio


@pytest.mark.parametrize(("target", "actual", "written"), [("<0次", "0次", "0 ≥ 0 → 0"), ("≤0次", "1次", "1 > 0 → 0"), ("≥0次", "-1次", "-1 < 0 → 0"), (">0次", "0次", "0 ≤ 0 → 0"), ("=0次", "1次", "1 ≠ 0 → 0")])
def test_what_earns_nothing_is_written_out(target, actual, written):
    assert written == measured(parse_target(target, UNITS), parse_target(actual, UNITS), False).written


@pytest.mark.parametrize(
    ("target", "actual", "rule", "why"),
    [
        ("≥12(人)", "12(次)", "score-unclear", "单位不同"),
        ("合理", "较合理", "score-unclear", "无法判断"),
        ("≥90%", "基本满意", "score-unclear", "无法判断"),
        ("11月底前", "11月20日", None, ""),
        ("11月底前", "2021年12月3日", "score-full-unmet", "没有达到"),
        ("2021年6月", "2021-06-30", None, ""),
        ("2021年6月15日前", "2021年6月", "score-unclear", "无法判断"),
        ("95%以上", "96%", None, ""),
        ("20%以上", "10%", "score-full-unmet", "没有达到"),
        ("不少于30处", "15处", "score-full-unmet", "没有达到"),
        ("≥12万人次", "12.6万人次", None, ""),
        ("≥12万人次", "9.6万人次", "score-full-unmet", "没有达到"),
        ("2021.6.20前", "2021.6.11", None, ""),
        ("2021.6.20前", "2021.7.1", "score-full-unmet", "没有达到"),
        ("10-20处", "15处", None, ""),
        ("10-20处", "21处", "score-unclear", "无法判断"),
        ("10-20处", "15人", "score-unclear", "无法判断"),
        ("≥96%", "90%以上", "score-unclear", "无法判断"),
        ("≥90%", "90%以上", None, ""),
        ("健全", "已建立健全", None, ""),
        ("健全", "未健全", "score-full-unmet", "没有达到"),
        ("≤2小时", "90分钟", None, ""),
        ("≤2小时", "150分钟", "score-full-unmet", "没有达到"),
        ("≥2公里", "2300米", None, ""),
        ("≥2吨", "900公斤", "score-full-unmet", "没有达到"),
        ("≥3个", "3个（甲、乙、丙）", None, ""),
        ("≥3个", "已完成2个", "score-full-unmet", "没有达到"),
        ("≤15天", "平均18天", "score-full-unmet", "没有达到"),
        ("≥90%", "达到75%", "score-full-unmet", "没有达到"),
        ("2021年", "2021年10月", None, ""),
        ("2021年", "2022年3月", "score-full-unmet", "没有达到"),
        ("=0起", "未发生", None, ""),
        ("=0起", "未完成", "score-unclear", "无法判断"),
        ("及时", "基本及时", "score-unclear", "无法判断"),
        ("及时", "达成预期指标", None, ""),
        ("全覆盖", "100%", None, ""),
        ("全覆盖", "99%", "score-full-unmet", "99 ÷ 100"),
        ("=100%", "已全覆盖", None, ""),
        ("≥95%", "全面覆盖", None, ""),
        ("=100%", "基本全覆盖", "score-unclear", "无法判断"),
        ("全覆盖", "未全覆盖", "score-full-unmet", "没有达到"),
        ("全覆盖", "18个", "score-unclear", "无法比较"),
        ("=0起", "零起", None, ""),
        ("≤1天", "30小时", "score-full-unmet", "86400 ÷ 108000"),
        ("≤10天", "12天", "score-full-unmet", "10 ÷ 12"),
    ],
    ids=[
        "units", "words", "words for a number", "in time", "late", "the month's last day", "a month for a day", "words of a number", "words of a number, not met",
        "a word before the number", "ten thousands", "ten thousands, not met", "a day with points", "late by a day with points", "in the range", "outside the range", "another unit than the range's", "at least, which may be more",
        "at least what is wanted", "says it again", "says the contrary", "minutes of hours", "minutes of hours, not met", "metres of kilometres", "kilograms of tons, not met", "named behind", "done before, not met", "an average, not met",
        "reached, not met", "in its year", "after its year", "none", "no word for none", "says less", "a tier's phrase",
        "all is 100 %", "not all", "all of 100 %", "all of 95 %", "nearly all", "denies all", "a count of all", "nought", "hours of a day", "days as they are written",
    ],
)
def test_score_of_what_cannot_be_told_or_is_late(target, actual, rule, why):
    found = [one for one in findings(EVALUATION, {"indicators[0].target": target, "indicators[0].actual": actual}) if one.path == "indicators[0].score"]
    assert ([rule] if rule else []) == [one.rule for one in found]
    assert all(why in one.what.zh for one in found)
    assert (rule == "score-unclear") == any(one.answer == UNKNOWN for one in found)


@pytest.mark.parametrize(
    ("score", "rule"),
    [("14.06", None), ("14.1", None), ("14", None), ("14.07", "score-above"), ("14.2", "score-above"), ("14.05", "score-below"), ("14.04", "score-below"), ("13.9", "score-below"), ("13", "score-below")],
)
def test_score_may_be_rounded_as_it_is_written(score, rule):
    """90 ÷ 96 × 15 = 14.0625: to the nearest or downwards, in as many decimals as are written."""
    found = [one.rule for one in findings(EVALUATION, {"indicators[1].score": score}) if one.path == "indicators[1].score"]
    assert ([rule] if rule else []) == found


def test_share_that_rounds_to_the_whole_weight_is_a_warning():
    """93 ÷ 95 × 10 = 9.79."""
    changes = {"indicators[5].target": "≥95%", "indicators[5].actual": "93%"}
    assert [("score-full-unmet", "warning")] == [(one.rule, one.severity) for one in findings(EVALUATION, changes) if one.path == "indicators[5].score"]


def test_score_above_its_weight_is_told_once():
    """Not met either, and yet one thing is wrong: no score passes its weight."""
    changes = {"indicators[0].score": "21", "indicators[0].actual": "22处"}
    assert ["score-over"] == [one.rule for one in findings(EVALUATION, changes) if one.path == "indicators[0].score"]


@pytest.mark.parametrize(
    ("name", "target", "actual", "rule"),
    [
        ("补助金额（万元）", "≥100", "99.5", "score-full-unmet"),
        ("补助金额（万元）", "≥100", "995000元", "score-full-unmet"),
        ("补助金额（单位：万元）", "≥100", "1000000元", None),
        ("补助金额（万元）", ">2000", "1668.71万", "score-full-unmet"),
        ("上架率（%）", "≥96", "0.97", None),
        ("上架率（%）", "≥96", "95", "score-full-unmet"),
    ],
)
def test_unit_behind_the_indicators_name_is_that_of_its_numbers(name, target, actual, rule):
    changes = {"indicators[0].name": name, "indicators[0].target": target, "indicators[0].actual": actual}
    assert ([rule] if rule else []) == [one.rule for one in findings(EVALUATION, changes) if one.path == "indicators[0].score"]


@pytest.mark.parametrize(("target", "actual", "rule"), [("=23(处)", "25处", "score-exceeded"), (">23(处)", "23处", "score-boundary")])
def test_score_that_may_be_right_is_not_told_what_it_should_be(target, actual, rule):
    [one] = [one for one in findings(EVALUATION, {"indicators[0].target": target, "indicators[0].actual": actual}) if one.rule == rule]
    assert ("", "20") == (one.expected, one.found)
