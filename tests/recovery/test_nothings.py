"""Amounts that are nothing beside empty ones: no sum tells which of them is empty."""

import pytest

from xltool.library import forms
from xltool.recovery.amounts import Run, nothings
from xltool.recovery.atoms import split
from xltool.recovery.claims import Account
from xltool.recovery.text_reading import read_text
from xltool.recovery.vocabulary import vocabulary

KNOWN = forms()
FORM = """财政项目支出绩效自评表
（2024年度）
项目名称 测评
主管部门 水务局 实施单位 水务局
项目资金（元）
年初预算数 全年预算数 全年执行数 分值 执行率 得分
年度资金总额 100.00 100.00 50.00 10 50.00% 5
{}
年度总体目标
预算目标 实际完成情况
完成检查。
绩效指标 一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 偏差原因分析及改进措施
产出指标 数量指标 检查次数 ≥5次 5次 90 90
总分 100 95
"""
ROW = "其中：当年财政拨款 {} —\n上年结转资金 {} —\n其他资金 {} —"
PLAIN = "100.00 100.00 50.00"


def doubted(*rows):
    """The amounts that are doubted of each entry; one row of amounts a line."""
    entries = read_text("".join(FORM.format(ROW.format(*three)) for three in rows), KNOWN).filing.entries
    return [{doubt.path.removeprefix("funding.") for doubt in entry.source.doubts if doubt.path.startswith("funding.")} for entry in entries]


AMOUNTS = {"initial_budget", "annual_budget", "executed"}


@pytest.mark.parametrize(
    ("row", "names"),
    [("0 0 0", set()), ("0 0", AMOUNTS), ("/ 0", AMOUNTS), ("/ /", AMOUNTS), ("0", AMOUNTS)],
    ids=["none is empty", "one is empty", "a mark among them", "two marks", "two are empty"],
)
def test_amounts_that_are_nothing_are_doubted_beside_empty_ones(row, names):
    [found] = doubted((PLAIN, "0 0 0", row))
    assert {f"other.{name}" for name in names} == found


def test_empty_amount_may_be_any_of_those_that_are_nothing_not_only_the_next():
    """740 | 0 | . may be 740 | . | 0: what is filled stays."""
    [found] = doubted(("60.00 100.00 50.00", "0 0 0", "40.00 0"))
    assert {"other.annual_budget", "other.executed"} <= found
    assert "other.initial_budget" not in found


def test_document_that_leaves_the_same_ones_empty_everywhere_is_not_doubted():
    row = (PLAIN, "0 0", "0 0")
    assert [set(), set()] == doubted(row, row)


def test_document_that_leaves_others_empty_too_is_doubted():
    assert all(doubted((PLAIN, "0 0", "0 0"), (PLAIN, "0 0", "0")))


def test_noughts_are_doubted_where_other_amounts_of_the_form_are_empty_amid_a_row():
    """100 | . | 50 beside . | 100 | . : what is empty there stands at no end, whatever the habit."""
    plain = (PLAIN, "0 0", "0 0")
    first, *others = doubted(("100.00 50.00", "0 0", "100.00"), plain, plain)
    assert {f"carried_over.{name}" for name in AMOUNTS} <= first
    assert [set(), set()] == others


def test_noughts_in_the_cells_of_a_table_are_in_their_columns():
    form = KNOWN["self-evaluation"]
    slots = [one for one in vocabulary(form).slots if one.kind == "hole" and form.fields[one.fields[0]].path.startswith("funding.other.")]
    found = {}
    for drawn in ("其他 0 0", "其他\t0\t0"):
        atoms = split(drawn).atoms[1:]
        run = Run(atoms, (1, 2), tuple(slots))
        found[drawn] = [one.drawn for one in nothings(run, [slots[0].number, slots[1].number], form)]
    assert [["00."], []] == list(found.values())


DECLARED = """财政项目支出绩效目标申报表
（2024年度）
项目名称：测评
主管部门：水务局
实施单位：水务局
计划开始日期
2024-01-01
计划完成日期
2024-12-31
项目资金（元）
项目资金总额
年度资金申请总额
{}
其中：财政资金
其中：当年财政拨款
{}
{}
上年结转资金
其他资金
其他资金
项目总目标
完成检查。
年度总目标
完成检查。
绩效指标
一级指标
二级指标
三级指标
年度指标值
产出指标
数量指标
检查次数
≥5次
"""


@pytest.mark.parametrize(
    ("amounts", "found"),
    [
        (("100.00", "100.00", "0.00"), {"annual.fiscal", "annual.carried_over", "annual.other", "project.fiscal", "project.other"}),
        (("100.00", "100.00", "100.00"), set()),
        (("100.00", "90.00", "80.00"), set()),
    ],
    ids=["one row off", "it comes out", "no cell makes it right"],
)
def test_amounts_are_doubted_where_a_sum_lacks_what_another_cell_of_the_row_holds(amounts, found):
    """The project's total is empty; 100.00 is this year's, and the nought what is left of last year's."""
    [entry] = read_text(DECLARED.format(*amounts), KNOWN).filing.entries
    assert found == {doubt.path.removeprefix("funding.") for doubt in entry.source.doubts if doubt.why == "数比栏少，也可归入相邻的栏"}


@pytest.mark.parametrize(
    ("total", "doubts"),
    [("61,900,001.17009 3 10", True), ("61,900,001.17009\n3\n10", False), ("61,900,001.170093 10", False), ("61,900,001.17 10 100.00% 10", False)],
    ids=["its last digit behind a blank", "on a line of its own it is joined", "whole", "an amount of cents"],
)
def test_what_stands_behind_a_total_that_lacks_its_last_decimal_is_doubted(total, doubts):
    text = FORM.replace("100.00 100.00 50.00 10 50.00% 5", f"100.00 100.00 {total}").format(
        ROW.format("100.00 100.00 61,900,000.00", "0 0 0", "0 0 1.170093")
    )
    [entry] = read_text(text, KNOWN).filing.entries
    paths = {doubt.path for doubt in entry.source.doubts if doubt.why == "数比栏少，也可归入相邻的栏"}
    assert doubts == ({"funding.total.executed", "funding.total.weight", "funding.total.score"} <= paths)


@pytest.mark.parametrize(
    ("row", "fields"),
    [
        ("100.00 0.00 50.00 10 —", {"total.execution_rate", "total.score"}),
        ("100.00 100.00 50.00 10 50.00% —", set()),
        ("100.00 100.00 50.00 10 50.00%", set()),
        ("100.00 100.00 50.00 10 — 0", set()),
    ],
    ids=["a rate or a score", "no cell is empty", "no mark", "both cells are filled"],
)
def test_mark_may_be_a_rate_or_a_score(row, fields):
    text = FORM.format(ROW.format(PLAIN, "0 0 0", "0 0 0")).replace("100.00 100.00 50.00 10 50.00% 5", row)
    [entry] = read_text(text, KNOWN).filing.entries
    assert {f"marks.funding.{name}" for name in fields} == {doubt.path for doubt in entry.source.doubts if doubt.path.startswith("marks.funding.total")}


def test_mark_in_a_doubted_field_is_doubted_too():
    account = Account(split("a").atoms)
    for path in ("items", "total", "score"):
        account.doubt(path, 0, "why")
    account.doubt_marks(["items[1].weight", "total.rate", "score", "scores", "items2[1].weight"])
    assert ["items", "total", "score", "marks.items[1].weight", "marks.total.rate", "marks.score"] == [doubt.path for doubt in account.doubts]


def test_mark_in_a_doubted_row_of_a_text_is_doubted_too():
    text = FORM.format(ROW.format(PLAIN, "0 0 0", "0 0 0")).replace("5次 90 90", "5次 （90 — 90")
    [entry] = read_text(text, KNOWN).filing.entries
    doubts = {doubt.path for doubt in entry.source.doubts}
    marked = [path for path in entry.marks if path.startswith("indicators")]
    assert marked and {f"marks.{path}" for path in marked} <= doubts
