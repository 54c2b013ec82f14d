"""Tables of text that go on at another width: their rows stand below the columns that hold their like."""

import pytest

from xltool.library import forms
from xltool.recovery.table_text import read_text
from xltool.recovery.table_widths import in_columns
from xltool.values import Value

ABOVE = """\
| 绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 二级指标 | 三级指标 | 指标值 |
|  | 产出指标 | 数量指标 | 炉窑治理 | 36台 | 数量指标 | 炉窑治理台数 | 20台 |
|  |  |  | 淘汰货车 | ≥1500辆 |  | 淘汰货车辆数 | 900辆 |
"""
BELOW = [
    ["效益指标", "社会效益指标", "投诉下降率", "≥20%", "社会效益指标", "投诉率", "≥10%"],
    ["", "生态效益指标", "PM2.5年均浓度", "35", "生态效益指标", "PM2.5", "≥3%"],
    ["满意度指标", "服务对象满意度指标", "公众满意度", "≥85%", "服务对象满意度指标", "公众满意率", "≥80%"],
]
HEAD = """\
项目支出绩效目标申报表

（2022年度）

| 项目名称 |  | 大气污染防治 |  |  |  |  |  |
| --- | --- | --- | --- | --- | --- | --- | --- |
| 主管部门及代码 |  | 某局 |  |  | 实施单位 | 某站 |  |
| 项目属性 |  | 新增项目 |  |  | 项目期 | 2022-2023年 |  |
| 项目资金（万元） |  | 中期资金总额 | 960 |  | 年度资金总额 | 520 |  |
|  |  | 其中：财政拨款 | 960 |  | 其中：财政拨款 | 520 |  |
|  |  | 其他资金 | 0 |  | 其他资金 | 0 |  |
| 总体目标 | 中期目标（2022-2023年） |  |  |  | 年度目标 |  |  |
|  | 完成治理。 |  |  |  | 完成治理20台。 |  |  |
"""


def cells(text: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines()]


@pytest.mark.parametrize("lost", [1, 0, -1], ids=["a cell lost at the left", "none", "a cell more at the left"])
def test_rows_of_another_width_stand_below_their_like(lost):
    below = [[""] * (1 - lost) + row + [""] * (lost == 0) * 2 for row in BELOW]
    made = list(in_columns([*cells(ABOVE), *below], forms().values()))[3:]
    assert [["", *row] for row in BELOW] == [row[: len(BELOW[0]) + 1] for row, _ in made]
    assert {lost} == {by for _, by in made}


def test_a_row_that_lost_a_bar_stays_where_it_is():
    rows = [*cells(ABOVE), BELOW[0]]
    assert rows == [row for row, _ in in_columns(rows, forms().values())]


def test_rows_that_begin_another_form_stay_where_they_are():
    rows = [*cells(ABOVE), ["项目名称", "供水", "社会效益指标"], ["主管部门", "某局", "生态效益指标"]]
    assert rows == [row for row, _ in in_columns(rows, forms().values())]


def test_two_lists_that_go_on_in_a_narrower_table_keep_their_columns():
    text = HEAD + ABOVE + "\n| --- | --- | --- | --- | --- | --- | --- |\n" + "".join(f"| {' | '.join(row)} |\n" for row in BELOW)
    filing = read_text(text, forms(), "cut.md").filing
    (entry,) = filing.entries
    expected = [(row[1], row[2], row[3]) for row in BELOW]
    assert expected == [(item["level2"], item["name"], value.text) for item in entry.lists["indicators_project"][2:] if isinstance(value := item["target"], Value)]
    assert ["效益指标", "效益指标", "满意度指标"] == [item["level1"] for item in entry.lists["indicators_annual"][2:]]
    assert ["column-shifted"] * 3 == [repair.code for repair in filing.source.repairs]


@pytest.mark.parametrize(("left", "what"), [([], "右移1格"), (["", ""], "左移1格")], ids=["a cell lost at the left", "a cell more at the left"])
def test_the_way_that_a_row_was_moved_is_said_with_its_line(left, what):
    table = HEAD + ABOVE + "\n| --- | --- | --- | --- | --- | --- | --- |\n"
    text = table + "".join(f"| {' | '.join([*left, *row])} |\n" for row in BELOW)
    first = table.count("\n") + 1
    repairs = [one for one in read_text(text, forms(), "cut.md").filing.source.repairs if one.code == "column-shifted"]
    assert [(f"第{first + at}行", f"这一行的各格{what}，与上面各列对齐") for at in range(3)] == [(one.place, one.what) for one in repairs]
