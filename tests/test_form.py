"""What a form says of itself: its project, the unit of its amounts, where a list's head begins."""

from decimal import Decimal

import pytest

from xltool.form import Taxonomy
from xltool.mapping import read

PICTURE = """\
form: towns
title: 任务表
layout: |
  | 任务表   | <          | <        | <      | <      |
  | 项目     | {项目}     | 简称     | {简称} | <      |
  | 任务     | 金额       | {金额}元 | 面积   | {面积} |
  | ^        | 指标       | 各镇     | <      | {年份} |
  | ^        | ^          | {镇甲}   | {镇乙} | 合计   |
  | ^        | {名称}     | {数甲}   | {数乙} | {合计} |
  | ^        | …          | …        | …      | …      |
  | 季度     | 次数       | <        | <      | <      |
  | {季度}   | {次数}     | <        | <      | <      |
  | …        | …          | <        | <      | <      |
fields:
  项目: {json: project}
  简称: {json: short}
  金额: {json: amount, type: money, unit: 元}
  面积: {json: area, type: number, unit: 亩}
  年份: {json: year, type: year}
  镇甲: {json: town1}
  镇乙: {json: town2}
  名称: {json: short}
  数甲: {json: one, type: number}
  数乙: {json: two, type: number}
  合计: {json: sum, type: number}
  季度: {json: quarter}
  次数: {json: times, type: number}
lists:
  rows: [名称, 数甲, 数乙, 合计]
  quarters: [季度, 次数]
roles:
  project: [简称, 项目]
exceptions: {镇甲: 各镇, 镇乙: 各镇, 年份: 各镇, 数甲: 各镇, 数乙: 各镇}
"""


@pytest.fixture(scope="module")
def form():
    return read(PICTURE, "towns.yaml")


def test_the_head_of_a_list_begins_where_its_highest_caption_does(form):
    rows, quarters = form.blocks
    # The row of … repeats the one above and is none of the layout.
    assert (4, 7) == (form.head_row(rows), form.head_row(quarters))
    # What stands beside the list from further up is none of its head.
    assert ["指标", "各镇", "合计"] == [cell.caption for cell in form.heads(rows)]
    assert ["季度", "次数"] == [cell.caption for cell in form.heads(quarters)]


def test_a_heads_fields_stand_below_its_first_row(form):
    rows, quarters = form.blocks
    assert (["镇甲", "镇乙"], []) == ([cell.only_hole for cell in form.head_fields(rows)], [cell.only_hole for cell in form.head_fields(quarters)])


@pytest.mark.parametrize(
    ("values", "project"),
    [
        ({"short": "河道", "project": "河道疏浚"}, "河道"),
        ({"short": "  ", "project": "河道疏浚"}, "河道疏浚"),
        ({"short": None, "project": "河道疏浚"}, "河道疏浚"),
        ({"short": Decimal(7), "project": "河道疏浚"}, "河道疏浚"),
        ({"short": None}, ""),
    ],
    ids=["the first that plays the role", "blanks", "nothing", "no text", "nowhere"],
)
def test_the_project_is_the_first_name_that_is_written(form, values, project):
    assert project == form.project_of(values)


def test_a_path_outside_lists_is_not_a_rows(form):
    assert ("简称", None) == (form.field_at("short").name, form.field_at("quarter"))


def test_a_unit_is_printed_where_it_stands_in_the_fields_cell(form):
    assert (True, False) == (form.prints_unit(form.fields["金额"]), form.prints_unit(form.fields["面积"]))


def test_a_level_two_under_two_levels_one_has_no_parent():
    taxonomy = Taxonomy({"产出指标": ("数量指标", "成本指标"), "成本指标": ("经济成本指标", "成本指标")})
    assert ["产出指标", "成本指标", None, None] == [taxonomy.parent(name) for name in ("数量指标", "经济成本指标", "成本指标", "时效指标")]
