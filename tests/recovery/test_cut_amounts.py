"""Amounts that the end of a line cuts anywhere: sums and rates tell which two numbers are one."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xltool.library import forms
from xltool.recovery.atoms import split
from xltool.recovery.text_reading import read_text
from xltool.recovery.wrapped_numbers import _may_go_on

KNOWN = forms()
HEAD = "财政项目支出绩效自评表\n（2024年度）\n项目名称 测评\n主管部门 水务局 实施单位 水务局\n项目资金（元）\n年初预算数 全年预算数 全年执行数 分值 执行率 得分\n"
FOOT = "年度总体目标\n预算目标 实际完成情况\n完成检查。\n绩效指标 一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 偏差原因分析及改进措施\n产出指标 数量指标 检查次数 ≥5次 5次 90 90\n总分 100 95\n"
ROWS = "年度资金总额\n{total}\n{total}\n{spent}\n10\n{rate}%\n{score}\n其中：当年财政拨款\n{total}\n{total}\n{spent}\n—\n上年结转资金\n0.00\n0.00\n0.00\n—\n其他资金\n0.00\n0.00\n0.00\n—\n"


def drawn(total, rate):
    """The rows of amounts, one cell a line, of which so many per cent were spent."""
    return ROWS.format(total=f"{total:,}.00", spent=f"{total * rate // 100:,}.00", rate=f"{rate}.00", score=rate / 10)


def entry(rows):
    return next(iter(read_text(HEAD + rows + FOOT, KNOWN).filing.entries))


def money(found):
    return {path: value for path, value in found.values.items() if path.startswith("funding.")}


def doubted(found):
    return {doubt.path for doubt in found.source.doubts if doubt.path.startswith("funding.")}


def joined(reading):
    return [one.what for source in reading.sources for one in source.repairs if one.code == "wrap-joined"]


@settings(max_examples=60, deadline=None)
@given(st.integers(1_000, 90_000_000).map(lambda number: number * 100), st.integers(11, 99), st.data())
def test_amount_that_a_line_cuts_is_read_or_doubted(total, rate, data):
    rows = drawn(total, rate)
    spot = data.draw(st.sampled_from([found for found in re.finditer(r"\d[\d,]+\.\d\d", rows) if found.group() != "0.00"]))
    cut = data.draw(st.integers(spot.start() + 1, spot.end() - 1))
    whole, torn = entry(rows), entry(f"{rows[:cut]}\n{rows[cut:]}")
    wrong = {path for path in money(whole).keys() | money(torn).keys() if money(whole).get(path) != money(torn).get(path)}
    assert wrong <= doubted(torn)


@pytest.mark.parametrize(
    ("old", "new"),
    [("8,180,000.00\n4,090,000.00\n10", "8,18\n0,000.00\n4,090,000.00\n10"), ("4,090,000.00\n10", "4,09\n0,000.00\n10"), ("50.00%", "5\n0.00%"), ("4,090,000.00\n—", "4\n,090,000.00\n—"), ("8,180,000.00\n4,090", "8,180,000.0\n0\n4,090")],
    ids=["a total", "what was spent of it", "a rate", "a part", "the last digit"],
)
def test_amount_that_a_sum_or_a_rate_confirms_is_a_repair_without_a_doubt(old, new):
    rows = drawn(8_180_000, 50)
    found = entry(rows.replace(old, new, 1))
    assert money(entry(rows)) == money(found)
    assert set() == doubted(found)


@pytest.mark.parametrize(
    ("cut", "told"),
    [("8,18\n0,000.00", "“8,18”与“0,000.00”在行尾断开，已接上"), ("8,180,\n000.00", "“8,180,”与“000.00”在行尾断开，已接上"), ("8\n180000.00", "“8”与“180000.00”是一个数，已接上")],
    ids=["inside its thousands", "behind a comma", "two numbers that may be whole"],
)
def test_joined_amounts_are_told(cut, told):
    reading = read_text(HEAD + drawn(8_180_000, 50).replace("8,180,000.00", cut, 1) + FOOT, KNOWN).filing
    assert [told] == joined(reading)


def test_amounts_that_may_be_cut_are_doubted_where_no_reading_makes_the_sums_right():
    rows = drawn(8_180_000, 50).replace("上年结转资金\n0.00", "上年结转资金\n700\n70")
    reading = read_text(HEAD + rows + FOOT, KNOWN).filing
    assert "funding.carried_over.initial_budget" in doubted(next(iter(reading.entries)))
    assert [] == joined(reading)


SPARSE = "年度资金总额\n900.00\n900.00\n450.00\n10\n50.00%\n5\n其中：当年财政拨款\n900.00\n900.00\n{}—\n上年结转资金\n0.00\n0.00\n{}—\n其他资金\n0.00\n0.00\n{}—\n"


@pytest.mark.parametrize(
    ("rows", "old", "new"),
    [(SPARSE.format("", "", "450.00\n"), "拨款\n900.00", "拨款\n9\n00.00"), (SPARSE.format("", "", ""), "450.00", "4\n50.00"), (SPARSE.format("", "", ""), "50.00%", "5\n0.00%")],
    ids=["a row of as many numbers as cells", "sums that say nothing of it", "a rate that no sum asks for"],
)
def test_cut_amount_is_whole_where(rows, old, new):
    assert money(entry(rows)) == money(entry(rows.replace(old, new, 1)))


def test_amounts_that_may_be_cut_are_doubted_in_a_row_of_as_many_numbers_as_cells():
    found = entry(drawn(8_180_000, 50).replace("上年结转资金\n0.00\n0.00", "上年结转资金\n700\n70"))
    assert {f"funding.carried_over.{name}" for name in ("initial_budget", "annual_budget", "executed")} <= doubted(found)


def test_amounts_of_which_no_relation_tells_the_cut_one_are_doubted():
    found = entry("年度资金总额\n12\n34\n56\n78\n10\n—\n5\n其中：当年财政拨款\n上年结转资金\n其他资金\n")
    assert {f"funding.total.{name}" for name in ("initial_budget", "annual_budget", "executed")} <= doubted(found)


@pytest.mark.parametrize(
    ("text", "one"),
    [("10,52\n8,180.00", True), ("10\n528180.00", True), ("900.00\n450.00", False), ("528180\n.00", False), ("50.\n0%", False), ("5\n0.00%", True), ("12 34", False), ("—\n12", False)],
)
def test_line_may_cut_what_is_one_amount(text, one):
    before, atom = split(text).atoms
    assert one == _may_go_on(before, atom)


def test_last_decimal_of_a_total_on_a_line_of_its_own_is_the_totals():
    rows = "年度资金总额 100.00 100.00 61,900,001.17009\n3\n10\n其中：当年财政拨款 100.00 100.00 61,900,000.00 —\n上年结转资金 0 0 0 —\n其他资金 0 0 1.170093 —\n"
    found = money(entry(rows))
    assert ("61900001.170093", "10") == (str(found["funding.total.executed"]), str(found["funding.total.weight"]))


def test_sum_that_does_not_come_out_on_lines_of_their_own_is_no_cut():
    rows = "年度资金总额 900.00 900.00 450.00 10 50.00% 5\n其中：当年财政拨款 800.00 900.00 450.00 —\n上年结转资金 0.00 0.00 0.00 —\n其他资金 0.00 0.00 0.00 —\n"
    assert set() == doubted(entry(rows))
