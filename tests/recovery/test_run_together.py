"""Text whose cells stand behind each other: parted at captions, level names, signs and known words."""

import pytest

from xltool.filing import Entry
from xltool.library import forms
from xltool.problems import ProblemError
from xltool.recovery.table_text import read_text

ROWS = [
    ["财政项目支出绩效目标申报表"],
    ["（2026年度）"],
    ["项目名称", "老干部慰问", "项目性质", "经常性项目", "项目类别", "其他运转类"],
    ["主管部门", "某市老干部局", "实施单位", "某市活动中心"],
    ["计划开始日期", "2026-01-01", "计划完成日期", "2026-12-31"],
    ["项目资金（元）", "项目资金总额", "年度资金申请总额", "356,800.00"],
    ["其中：财政资金", "其中：当年财政拨款", "356,800.00"],
    ["上年结转资金", "0.00"],
    ["其他资金", "其他资金", "0.00"],
    ["项目绩效目标", "项目总目标", "年度总体目标"],
    ["慰问260人次，设备完好率≥95%；举办讲座8场。"],
    ["绩效指标", "一级指标", "二级指标", "三级指标", "年度(/项目)指标值"],
    ["成本指标", "经济成本指标", "人均慰问标准", "≤500.00(元/人)"],
    ["产出指标", "数量指标", "走访慰问人次", "≥260.00(人次)"],
    ["质量指标", "设备完好率", "≥95%"],
    ["时效指标", "慰问金发放及时性", "及时"],
    ["效益指标", "社会效益指标", "老干部精神文化生活", "增强"],
    ["满意度指标", "服务对象满意度指标", "老干部满意度", "≥95%"],
]


def entry(mark: str, more: str = "") -> Entry:
    text = "\n".join(mark.join(row) for row in ROWS) + f"\n{more}"
    return next(read_text(text, forms(), "a.txt").filing.entries)


@pytest.mark.parametrize("mark", ["", "；", "｜"], ids=["nothing", "semicolons", "bars"])
def test_cells_that_nothing_or_a_mark_parts_are_the_form_s(mark):
    read = entry(mark)
    assert ("老干部慰问", "经常性项目", "某市活动中心", "2026-12-31") == tuple(read.values[path] for path in ("project.name", "project.nature", "project.unit", "project.end_date"))
    assert "慰问260人次，设备完好率≥95%；举办讲座8场。" == read.values["goals.annual"]
    items = read.lists["indicators"]
    assert [(row[-3] if len(row) > 2 else "", row[-2]) for row in ROWS[12:]] == [(item["level2"], item["name"]) for item in items]
    unsigned = {f"indicators[{at}].{path}" for at in (3, 4) for path in ("name", "target")}
    assert unsigned == {doubt.path for doubt in read.source.doubts}


def test_a_row_that_nothing_parts_makes_its_list_doubted():
    assert "indicators" in {doubt.path for doubt in entry("", "参加活动热情高涨").source.doubts}


def test_a_text_whose_values_stand_in_columns_of_numbers_is_still_refused():
    text = "财政项目支出绩效自评表项目名称主管部门实施单位项目资金年初预算数全年预算数全年执行数分值执行率得分年度资金总额其中：当年财政拨款上年结转资金其他资金年度总体目标预算目标实际完成情况绩效指标一级指标二级指标三级指标年度指标值实际完成值偏差原因分析及改进措施总分"
    with pytest.raises(ProblemError, match="run together"):
        read_text(text, forms(), "a.txt")
