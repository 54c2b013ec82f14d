"""The caption rule: names are spelled by captions, exchanged fields are not, exceptions are checks too."""

import pytest

from xltool.caption_rule import check
from xltool.library import forms
from xltool.mapping import read

FORM = """\
form: small
title: 小表
layout: |
  | （{年度}年度） | <            | <          | <            |
  | 项目名称       | {名称}       | 主管部门   | {部门}       |
  | 资金           | 年初预算数   | 全年预算数 | 分值         |
  | 年度资金总额   | {总额·年初}  | {总额·全年} | {总额·分值} |
  | 预算目标       | <            | 实际完成情况 | <          |
  | {预算目标}     | <            | {完成情况} | <            |
  | 一级指标       | 三级指标     | 年度指标值 | 得分         |
  | {一级}[（{一级分值}分）] | {三级} | {指标值} | {得分}   |
  | ^…             | …            | …          | …            |
fields:
  年度: {json: year, type: year}
  名称: {json: project.name}
  部门: {json: project.department}
  总额·年初: {json: funding.initial, type: money}
  总额·全年: {json: funding.annual, type: money}
  总额·分值: {json: funding.weight, type: number}
  预算目标: {json: goals.expected}
  完成情况: {json: goals.actual}
  一级: {json: level1}
  一级分值: {json: level1_weight, type: number}
  三级: {json: name}
  指标值: {json: target, type: target}
  得分: {json: score, type: number}
lists: {indicators: [一级, 三级, 指标值, 得分]}
exceptions: {一级分值: 一级指标}
"""


def found(text: str) -> list[str]:
    return [f"{one.code} {dict(one.words)['field']}" for one in check(read(text, "m.yaml"))]


def exchanged(one: str, other: str) -> str:
    return FORM.replace(f"{{{one}}}", "{?}").replace(f"{{{other}}}", f"{{{one}}}").replace("{?}", f"{{{other}}}")


def test_a_form_whose_names_are_spelled_by_its_captions():
    assert [] == found(FORM)


@pytest.mark.parametrize("form_id", sorted(forms()))
def test_it_holds_for_our_own_forms(form_id):
    assert [] == check(forms()[form_id])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("名称", "部门", id="beside their captions"),
        pytest.param("总额·年初", "总额·全年", id="two columns of a table"),
        pytest.param("预算目标", "完成情况", id="below their captions"),
        pytest.param("三级", "指标值", id="two columns of a list"),
    ],
)
def test_two_fields_exchanged_are_both_named(one, other):
    assert sorted([f"caption-rule {one}", f"caption-rule {other}"]) == sorted(found(exchanged(one, other)))


@pytest.mark.parametrize(
    ("exceptions", "wanted"),
    [
        pytest.param("{}", ["caption-rule 一级分值"], id="none"),
        pytest.param("{一级分值: 三级指标}", ["caption-rule-other 一级分值"], id="for another caption"),
        pytest.param("{一级分值: 一级指标, 得分: 得分}", ["caption-rule-idle 得分"], id="one that is not needed"),
    ],
)
def test_exceptions_are_written_and_true(exceptions, wanted):
    assert wanted == found(FORM.replace("{一级分值: 一级指标}", exceptions))


def test_an_optional_part_that_is_a_cell_of_its_own_holds_its_caption():
    text = FORM.replace("| （{年度}年度） | <            | <          | <            |", "| （{年度}年度） | < | < | < |\n  | [备案号：{备案号}] | < | 单位 | <  |")
    text = text.replace("  年度: {json", "  备案号: {json: record}\n  年度: {json")
    assert [] == found(text)
    assert ["caption-rule 编码"] == found(text.replace("{备案号}", "{编码}").replace("备案号: {json", "编码: {json"))


def test_an_alternate_of_the_caption_spells_too():
    text = FORM.replace("名称: {json", "全称: {json").replace("{名称}", "{全称}")
    assert ["caption-rule 全称"] == found(text)
    assert [] == found(text + "captions: {项目名称: [项目全称]}\n")
