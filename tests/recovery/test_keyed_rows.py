"""Rows of a list written as heads and values, an item below the other."""

import pytest

from xltool.library import forms
from xltool.recovery.keyed_rows import in_rows
from xltool.recovery.table_text import read_text

HEAD = """\
财政项目支出绩效目标申报表
年度：2025
项目名称: 河道保洁
项目性质: 经常性项目
项目类别: 特定目标类
主管部门: 临江市水务局
实施单位: 临江市河道所
计划开始日期: 2025-01-01
计划完成日期: 2025-12-31
项目资金（元）:
  年度资金申请总额: 100.00
  当年财政拨款: 100.00
  上年结转资金: 0.00
年度总体目标: 完成全年任务。
"""
ITEMS = """\
绩效指标:
  - 一级指标: 产出指标
    二级指标: 数量指标
    三级指标: 检查次数
    年度指标值: ≥12次
  - 一级指标: 产出指标
    二级指标: 质量指标
    三级指标: "合格率"
    年度指标值: =95%
"""


def made(text: str) -> list[str]:
    return in_rows(text, forms().values()).splitlines()


@pytest.mark.parametrize("mark", ["- ", "* ", "1. ", ""])
@pytest.mark.parametrize("colon", [": ", "："])
def test_items_are_rows_below_their_heads(mark, colon):
    text = ITEMS.replace("- ", mark).replace(": ", colon)
    assert ["绩效指标\t一级指标\t二级指标\t三级指标\t年度指标值", "产出指标\t数量指标\t检查次数\t≥12次", *["||"] * 3, "产出指标\t质量指标\t合格率\t=95%", *["||"] * 3] == made(text)


def test_heads_stand_on_the_first_line_where_nothing_stands_above():
    text = ITEMS.split("\n", 1)[1].replace("=95%", "null")
    assert ["一级指标\t二级指标\t三级指标\t年度指标值", "产出指标\t数量指标\t检查次数\t≥12次"] == made(text)[:2]
    assert ["产出指标\t质量指标\t合格率\t"] == [line for line in made(text) if "合格率" in line]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("项目名称: 甲\n主管部门: 乙\n实施单位: 丙\n" * 3, id="captions outside of lists"),
        pytest.param(ITEMS[: ITEMS.index("  - 一级指标: 产出指标\n    二级指标: 质量")], id="one item"),
        pytest.param("一级指标: 甲\n二级指标: 乙\n" * 3, id="two heads"),
        pytest.param("一级指标：\n二级指标：\n三级指标：\n", id="heads alone"),
    ],
)
def test_other_lines_with_colons_stay_what_they_are(text):
    assert text.splitlines() == made(text)


def test_item_may_lack_a_head():
    text = ITEMS.replace("    年度指标值: ≥12次\n", "") + ITEMS.split("\n", 1)[1]
    assert ["绩效指标\t一级指标\t二级指标\t三级指标\t年度指标值", "产出指标\t数量指标\t检查次数\t"] == made(text)[:2]


def test_heads_that_come_again_inside_an_item_lose_nothing():
    text = ITEMS + "    三级指标: 抽检率\n    年度指标值: ≥9%\n"
    assert ["    三级指标: 抽检率", "    年度指标值: ≥9%"] == made(text)[-2:]
    assert "产出指标\t质量指标\t合格率\t=95%" in made(text)


def test_line_behind_the_items_is_none_of_them():
    text = ITEMS + "填报人: 某人\n"
    assert "填报人: 某人" == made(text)[-1]


def test_form_of_keys_and_values_is_read():
    entry = next(read_text(HEAD + ITEMS, forms(), "a.txt").filing.entries)
    assert [("产出指标", "数量指标", "检查次数", "≥12次"), ("产出指标", "质量指标", "合格率", "=95%")] == [(one["level1"], one["level2"], one["name"], getattr(one["target"], "text", None)) for one in entry.lists["indicators"]]
    assert (2025, "河道保洁", 100, "完成全年任务。") == tuple(entry.values[path] for path in ("year", "project.name", "funding.annual.total", "goals.annual"))
    assert [] == [one.path for one in entry.source.doubts if one.path.startswith("indicators")]
