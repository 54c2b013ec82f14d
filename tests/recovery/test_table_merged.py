"""Tables out of web pages whose rows lack the cells that go on from the row above.

    一级指标 | 二级指标 | 三级指标 | 指标值
    产出指标 | 数量指标 | 巡山次数 | ≥50次
    质量指标 | 合格率   | ≥95%
"""

import pytest

from tests.edits.made import FORMS
from xltool import library
from xltool.filing import Entry
from xltool.jobs.reading import read_bytes
from xltool.recovery import table_text
from xltool.recovery.table_merged import under_heads
from xltool.values import Value

HEADS = ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值"]


@pytest.mark.parametrize(
    ("row", "by"),
    [
        pytest.param(["质量指标", "合格率", "≥95%"], 2, id="a level two at its head"),
        pytest.param(["效益指标", "社会效益指标", "知晓率", "提高"], 1, id="a level one at its head"),
        pytest.param(["", "效益指标", "社会效益指标", "知晓率", "提高"], 0, id="its cells are there"),
        pytest.param(["合计", "100"], 0, id="no level"),
        pytest.param([], 0, id="nothing"),
    ],
)
def test_row_stands_under_the_heads_of_its_levels(row, by):
    made = list(under_heads([(["质量指标", "说明"], 0), (HEADS, 0), (row, 0)], FORMS.values()))
    assert [(["质量指标", "说明"], 0), (HEADS, 0), ([""] * by + row, by)] == made


TABLE = """\
财政项目支出绩效目标申报表\t\t\t\t\t\t
（2031年度）\t\t\t\t\t\t
项目名称\t护林经费\t\t项目性质\t经常性项目\t项目类别\t特定目标类
主管部门\t临江县林业局\t\t实施单位\t临江县林业站\t\t
计划开始日期\t2031-01-01\t\t计划完成日期\t2031-12-31\t\t
项目资金（元）\t项目资金总额\t\t年度资金申请总额\t\t500.00\t
\t其中：财政资金\t\t其中：当年财政拨款\t\t500.00\t
\t\t\t上年结转资金\t\t\t
\t其他资金\t\t其他资金\t\t\t
项目绩效目标\t项目总目标\t\t\t年度总体目标\t\t
\t\t\t\t管护山林。\t\t
绩效指标\t一级指标\t二级指标\t三级指标\t\t年度(/项目)指标值\t
产出指标\t数量指标\t巡山次数\t\t≥50(次)\t\t
质量指标\t合格率\t\t≥95(%)\t\t\t
效益指标\t社会效益指标\t知晓率\t\t提高\t\t
"""


def target_of(item):
    """The target of an indicator, which has one."""
    assert isinstance(item["target"], Value)
    return item["target"]


def test_rows_without_the_cells_of_their_levels_are_read():
    (entry,) = table_text.read_text(TABLE, FORMS, "a.txt").filing.entries
    assert [("产出指标", "数量指标", "巡山次数", "≥50(次)"), ("产出指标", "质量指标", "合格率", "≥95(%)"), ("效益指标", "社会效益指标", "知晓率", "提高")] == [
        (item["level1"], item["level2"], item["name"], target_of(item).text) for item in entry.lists["indicators"]
    ]
    assert [] == [one.path for one in entry.source.doubts]


@pytest.mark.parametrize(
    ("item", "doubts"),
    [
        pytest.param({"level1": "产出指标", "level2": "成本指标", "name": "单价", "target": Value("≤3", unit="元")}, [], id="each in its column"),
        pytest.param({"level1": "成本指标", "level2": "单价", "name": "≤"}, ["indicators[0]", "indicators[0].level1", "indicators[0].level2"], id="a level two in the column of level one"),
        pytest.param({"level1": "产出指标", "level2": "数量指标", "name": "台数", "target": Value("按月安排", unit="主要考察设备是否按时购置")}, ["indicators[0]"], id="a unit that is none"),
    ],
)
def test_row_whose_cells_stand_elsewhere_is_doubted(item, doubts):
    entry = Entry("self-evaluation-2020", "项目支出绩效自评表", {}, {"indicators": (item,)})
    made = table_text._entry_levelled(entry, FORMS[entry.form], iter(()))
    assert doubts == [one.path for one in made.source.doubts]


MAPPING = """\
form: whole
extends: target-declaration
title: 年度整体绩效目标表
layout: |
  | {年度}年度整体绩效目标表 | < | < | < | < | < | < | < |
  | 单位名称 | {单位名称} | < | < | < | < | < | < |
  | 年度总体目标 | {年度总体目标} | < | < | < | < | < | < |
  | 一级指标 | 二级指标 | 三级指标 | 指标值类型 | 指标值 | 计量单位 | 指标解释 | 评分标准 |
  | {一级指标} | {二级指标} | {三级指标} | {指标值类型} | {指标值} | {计量单位} | {指标解释} | {评分标准} |
  | ^… | ^… | … | … | … | … | … | … |
fields:
  单位名称: {json: project.unit, required: "true"}
  年度总体目标: {json: goals.annual, type: paragraphs}
  指标值类型: {json: target.operator, type: operator}
  指标值: {json: target, type: target}
  计量单位: {json: target.unit, type: unit}
  指标解释: {json: explanation}
  评分标准: {json: standard}
lists:
  indicators: [一级指标, 二级指标, 三级指标, 指标值类型, 指标值, 计量单位, 指标解释, 评分标准]
sums: {}
together: []
roles: {goal: 年度总体目标}
look:
  widths: ["12", "14", "18", "8", "10", "8", "24", "20"]
"""
OPEN = """\
2031年度整体绩效目标表 | |||||||
单位名称 | 临江县林业局 | ||||||
年度总体目标 | 管护山林。 | ||||||
一级指标 | 二级指标 | 三级指标 | 指标值类型 | 指标值 | 计量单位 | 指标解释 | 评分标准 |
产出指标 | 数量指标 | 巡山次数 | 定量 | 50 | 次 | 考察巡山安排 | 每少一次扣1分 |
质量指标 | 记录完整率 | 定量 | 95 | % | 考察巡山记录 | 每低1%扣1分 | |
效益指标 | 社会效益指标 | 群众知晓情况 | 定性 | 提高 | | 考察宣传情况 | 酌情扣分 |
"""


def test_rows_of_a_page_are_read_under_the_form_s_own_heads(tmp_path):
    (tmp_path / "whole.yaml").write_text(MAPPING, "utf-8")
    (entry,) = read_bytes(OPEN.encode(), "a.txt", library.forms((str(tmp_path),))).filing.entries
    rows = [(item["level1"], item["level2"], item["name"], target_of(item).text, target_of(item).unit, item["explanation"], item["standard"]) for item in entry.lists["indicators"]]
    assert [
        ("产出指标", "数量指标", "巡山次数", "50", "次", "考察巡山安排", "每少一次扣1分"),
        ("产出指标", "质量指标", "记录完整率", "95", "%", "考察巡山记录", "每低1%扣1分"),
        ("效益指标", "社会效益指标", "群众知晓情况", "提高", None, "考察宣传情况", "酌情扣分"),
    ] == rows
