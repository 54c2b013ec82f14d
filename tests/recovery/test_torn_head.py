"""Heads of forms that a narrow column or a page's end has torn: numbers on two lines, captions without their brackets."""

from decimal import Decimal

import pytest

from xltool.library import forms
from xltool.recovery.amounts import Run
from xltool.recovery.atoms import split
from xltool.recovery.text_reading import read_text
from xltool.recovery.vocabulary import vocabulary
from xltool.recovery.wrapped_numbers import unwrapped

FORM = forms()["self-evaluation-sichuan"]
ROW = next(cell.row for cell in FORM.layout.cells if cell.caption == "总额")
"""年初预算, 调整后预算数, 预算执行数, 预算执行率, 权重, 得分."""


def whole(text):
    """The numbers of the row 总额 after the words of a text, wrapped ones whole."""
    atoms = split(text).atoms
    slots = tuple(slot for slot in vocabulary(FORM).slots if slot.cell.row == ROW and slot.kind == "hole")[:6]
    made, joins = unwrapped(Run(atoms, tuple(range(len(atoms))), slots, (None,) * len(slots)), FORM)
    assert len(atoms) == len(made.atoms) + len(joins) == len(made.numbers) + len(joins)
    return [atom.text for atom in made.atoms]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("5,230,000.00\n1,197,600.2\n4\n4,761,996.42 397.63% 10 10", ["5,230,000.00", "1,197,600.24", "4,761,996.42", "397.63%", "10", "10"]),
        ("100.00 200.00 21,400,550.26003\n9\n395.35\n%\n10 10", ["100.00", "200.00", "21,400,550.260039", "395.35%", "10", "10"]),
        ("13,660,000.0\n0\n100.0\n0\n100.00 731.72% 10 10", ["13,660,000.00", "100.00", "100.00", "731.72%", "10", "10"]),
        ("0.00\n28,500,000.0\n0\n/ /", ["0.00", "28,500,000.00", "/", "/"]),
    ],
    ids=["its last digit", "a rate and its sign", "two of them", "a cell is empty"],
)
def test_number_that_a_narrow_cell_has_wrapped_is_one(text, numbers):
    assert numbers == whole(text)


@pytest.mark.parametrize(
    "text",
    [
        "100.00 200.00 300.00 50.00%\n10\n10",
        "100 200 300 50.00%\n10 10",
        "100.00 200.00 300.00 50.00% 10 10",
        "100.2 200.00 300.00\n1200\n10 10",
        "100.2 4 200.00 300.00 50.00% 10 10",
    ],
    ids=["cells on lines of their own", "no point and no comma", "whole", "more digits than a wrap leaves", "on one line"],
)
def test_numbers_that_are_whole_stay_apart(text):
    assert text.split() == whole(text)


HEAD = """部门预算项目支出绩效自评表（2021 年度）
项目名称 老旧小区电梯加装补贴
主管部门 水务局 实施单位（盖章） 水务局
预算执行情况（10分）
年度预算数（元） 年初预算 调整后预算数 预算执行数 预算执行率 权重 得分 原因
总额 {} 4,761,996.42 397.63% 10 10
其中：财政资金 5,230,000.00 1,197,600.24 4,761,996.42 397.63%
财政专户管理资金 0.00 0.00 0.00
单位资金 0.00 0.00 0.00
其他资金 0.00 0.00 0.00
绩效指标（90 分） 一级指标 二级指标 三级指标 指标性质 指标值 度量单位 完成值 权重 得分 未完成原因分析
产出指标 数量指标 采购数量 ≥ 25 次 20 10 10
"""


def test_wrapped_number_is_one_value_with_a_repair():
    entry = next(iter(read_text(HEAD.format("5,230,000.00\n1,197,600.2\n4\n"), forms()).filing.entries))
    assert (Decimal("5230000"), Decimal("1197600.24")) == (entry.values["funding.total.initial_budget"], entry.values["funding.total.adjusted_budget"])
    assert any(one.code == "wrap-joined" and "1,197,600.2" in one.what for one in entry.source.repairs)


DECLARATION = """财政项目支出绩效目标申报表
（2024年度）
项目名称 智慧校园 项目性质 其他 项目类别 特定
主管部门 水务局 实施单位 水务局
计划开始日期 2024-01-01 计划完成日期 2024-12-31
{}
项目资金总额 100.00 年度资金申请总额 100.00
其中：财政资金 100.00 其中：当年财政拨款 100.00
上年结转资金 0.00
其他资金 0.00 其他资金 0.00
项目绩效目标 项目总目标 年度总体目标
绩效指标 一级指标 二级指标 三级指标 年度(/项目)指标值
产出指标 数量指标 采购数量 ≥8个
"""


def captions(text):
    """The source of a declaration whose caption of the money stands so."""
    return next(iter(read_text(DECLARATION.format(text), forms()).filing.entries)).source


@pytest.mark.parametrize("text", ["项目\n资金", "项目资金"], ids=["in two", "whole"])
def test_caption_whose_bracket_a_page_has_cut_off_is_still_one(text):
    source = captions(text)
    assert [] == [one.text for one in source.leftover]
    assert any(one.code == "label-joined" and "项目资金" in one.what for one in source.repairs)


def test_caption_with_its_bracket_is_not_joined_again():
    assert "label-joined" not in {one.code for one in captions("项目资金（元）").repairs}


@pytest.mark.parametrize("text", ["项目资金 由财政安排", "甲 项目资金"], ids=["no caption behind them", "inside a line"])
def test_words_of_a_caption_that_stand_in_other_text_are_none(text):
    assert [text] == [one.text for one in captions(text).leftover]


def test_caption_is_not_looked_for_where_it_was_found():
    assert ["项目资金"] == [one.text for one in captions("项目资金（元）\n项目资金").leftover]
