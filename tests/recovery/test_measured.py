"""Text in columns, its places counted in letters, or in the width of its letters on a screen."""

import unicodedata
from collections.abc import Callable

import pytest

from xltool.library import forms
from xltool.recovery.atoms import split
from xltool.recovery.measured import in_places
from xltool.recovery.text_reading import read_text
from xltool.values import Value

ROWS = [
    ["财政项目支出绩效目标申报表"],
    ["（2024年度）"],
    ["项目名称", "河道保洁", "项目性质", "其他经常性项目", "项目类别", "特定目标类"],
    ["主管部门", "临江市水务局", "实施单位", "“一站式”河道管理所", "", ""],
    ["计划开始日期", "2024-01-01", "计划完成日期", "2024-12-31", "", ""],
    ["项目资金", "项目资金总额", "", "年度资金申请总额", "", "100.00"],
    ["（元）", "其中：财政资金", "", "其中：当年财政拨款", "", "100.00"],
    ["", "", "", "上年结转资金", "", "0.00"],
    ["", "其他资金", "", "其他资金", "", "0.00"],
    ["项目", "项目总目标", "", "年度总体目标", "", ""],
    ["绩效目标", "3年内完成126条河道“一河一策”治理，其中2024", "", "完成42条河道“一河一策”治理，水质优", "", ""],
    ["", "年42条，水质优于Ⅲ类的断面达到95%以上。", "", "于Ⅲ类的断面达到90%以上。", "", ""],
    ["", "一级指标", "二级指标", "三级指标", "", "年度(/项目)指标值"],
    ["绩效指标", "成本指标", "经济成本指标", "每次成本（≤中标价）", "", "≤900(元/次)"],
    ["", "产出指标", "数量指标", "检查次数", "", "≥12(次)"],
    ["", "", "", "“一河一策”检查人数", "", "≥30(人)"],
    ["", "", "质量指标", "检查合格率", "", "≥95(%)"],
    ["", "", "", "优于Ⅲ类的断面比例", "", "≥90(%)"],
    ["", "", "时效指标", "检查完成时间", "", "≤30(天)"],
    ["", "效益指标", "社会效益指标", "知晓率", "", "提高"],
    ["", "满意度指标", "服务对象满意度指标", "居民满意度", "", "≥90%"],
]


def on_screen(wide: str) -> Callable[[str], int]:
    return lambda text: sum(2 if unicodedata.east_asian_width(letter) in wide else 1 for letter in text)


def places(width: Callable[[str], int]) -> list[int]:
    widest = [max(width(row[at]) for row in ROWS if len(row) > 1) for at in range(6)]
    return [sum(widest[:at]) + 2 * at for at in range(6)]


def laid(width: Callable[[str], int]) -> str:
    begins = places(width)
    lines = []
    for row in ROWS:
        line = ""
        for at, cell in enumerate(row):
            line += " " * (begins[at] - width(line)) + cell if cell else ""
        lines.append(line)
    return "\n".join(lines)


@pytest.mark.parametrize("wide", ["", "WF", "WFA"], ids=["letters", "wide ones", "those that may be wide too"])
def test_columns_are_the_same_by_every_measure(wide):
    entry = next(read_text(laid(on_screen(wide)), forms()).filing.entries)
    assert ("其他经常性项目", "“一站式”河道管理所", "完成42条河道“一河一策”治理，水质优于Ⅲ类的断面达到90%以上。") == (entry.values["project.nature"], entry.values["project.unit"], entry.values["goals.annual"])
    assert [(row[3], row[5]) for row in ROWS[13:]] == [(item["name"], value.text) for item in entry.lists["indicators"] if isinstance(value := item["target"], Value)]
    assert ["经济成本指标", "数量指标", "数量指标", "质量指标", "质量指标", "时效指标", "社会效益指标", "服务对象满意度指标"] == [item["level2"] for item in entry.lists["indicators"]]
    assert () == entry.source.doubts


@pytest.mark.parametrize("wide", ["", "WF", "WFA"], ids=["letters", "wide ones", "those that may be wide too"])
def test_a_word_stands_where_its_column_begins(wide):
    width = on_screen(wide)
    assert set(places(width)) == {atom.x for atom in in_places(split(laid(width))).atoms}
    assert all(atom.end - atom.x == width(atom.text) for atom in in_places(split(laid(width))).atoms)
