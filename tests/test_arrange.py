"""A filled form on its grid, drawn: groups that merge while their value repeats, lists side by side, what stands below moves down."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from xltool.arrange import Placed, blank, place, rows_of, text_of, value_of
from xltool.filing import Entry
from xltool.form import Form
from xltool.mapping import read
from xltool.values import Value

ONE = """\
form: one
title: 河道表
layout: |
  | 河道表       | <        | <        | <        |
  | （{年度}年） | <        | 单位     | {单位}   |
  | 指标         | 级别     | 名称     | 数值     |
  | ^            | {级别}[（{分值}分）] | {名称} | {数值} |
  | ^            | ^…       | …        | …        |
  | 经费         | 总额     | {总额}   | —        |
  | ^            | 合计[：{合计}] | < | ^        |
fields:
  年度: {json: year, type: year}
  单位: {json: unit}
  级别: {json: level}
  分值: {json: weight, type: number}
  名称: {json: name}
  数值: {json: target, type: target}
  总额: {json: amount, type: money, unit: 元}
  合计: {json: sum, type: number}
lists:
  rows: [级别, 分值, 名称, 数值]
"""
TWO = """\
form: two
title: 目标表
layout: |
  | 目标表 | <        | <        | <        |
  | 级别   | 长期     | 年度     | 次数     |
  | {级别} | {长期}   | {年度}   | {次数}   |
  | ^…     | …        | …        | …        |
  | 备注   | {备注}   | <        | <        |
fields:
  级别: {json: level}
  长期: {json: name}
  年度: {json: name}
  次数: {json: times, type: number}
  备注: {json: note}
lists:
  whole: [级别, 长期]
  annual: [级别, 年度, 次数]
"""
PARTS = """\
form: parts
title: 考核表
layout: |
  | 考核表 | <      | <      | <      |
  | 名称   | 性质   | 数值   | 单位   |
  | {名称} | {性质} | {数值} | {单位} |
  | …      | …      | …      | …      |
fields:
  名称: {json: name}
  性质: {json: target.operator, type: operator}
  数值: {json: target, type: target}
  单位: {json: target.unit, type: unit}
lists:
  rows: [名称, 性质, 数值, 单位]
"""


def drawn(form: Form, entry: Entry) -> list[str]:
    """The grid, row by row: a cell's text in its first square, < and ^ in the others."""
    placed = place(form, entry)
    squares: dict[tuple[int, int], str] = {}
    for one in placed:
        for row in range(one.row, one.last_row + 1):
            for column in range(one.column, one.last_column + 1):
                assert (row, column) not in squares, f"two cells at {row}, {column}"
                squares[row, column] = said(one) if (row, column) == (one.row, one.column) else "<" if column > one.column else "^"
    assert [(one.row, one.column) for one in placed] == sorted((one.row, one.column) for one in placed)
    rows, columns = max(row for row, _ in squares), form.layout.columns
    return [" | ".join(squares[row, column] for column in range(1, columns + 1)) for row in range(1, rows + 1)]


def said(one: Placed) -> str:
    return text_of(one.value) or one.text


def entry(values=None, marks=None, **lists) -> Entry:
    return Entry("one", "河道表", values or {}, {name: tuple(items) for name, items in lists.items()}, marks or {})


def rows(*items: tuple[Any, ...]) -> list[dict[str, Any]]:
    return [{"level": level, "name": name, **({"weight": Decimal(weight[0])} if weight else {})} for level, name, *weight in items]


def test_group_merges_while_its_value_repeats():
    items = rows(("产出", "疏浚", "50"), ("产出", "保洁", "50"), ("效益", "水质"), ("产出", "清淤"))
    assert [
        "河道表 | < | < | <",
        "（2026年） | < | 单位 | 河道所",
        "指标 | 级别 | 名称 | 数值",
        "^ | 产出（50分） | 疏浚 | ",
        "^ | ^ | 保洁 | ",
        "^ | 效益 | 水质 | ",
        "^ | 产出 | 清淤 | ",
        "经费 | 总额 | 1200 | —",
        "^ | 合计：7 | < | ^",
    ] == drawn(read(ONE, "m.yaml"), entry({"year": 2026, "unit": "河道所", "amount": Decimal("1200.00"), "sum": Decimal(7)}, rows=items))


def test_list_without_items_keeps_one_row():
    assert [
        "河道表 | < | < | <",
        "（    年） | < | 单位 | ",
        "指标 | 级别 | 名称 | 数值",
        "^ |  |  | ",
        "经费 | 总额 |  | —",
        "^ | 合计 | < | ^",
    ] == drawn(read(ONE, "m.yaml"), entry(rows=()))


def test_group_that_prints_another_weight_is_another_group():
    items = rows(("产出", "疏浚", "50"), ("产出", "保洁", "40"))
    assert ["^ | 产出（50分） | 疏浚 | ", "^ | 产出（40分） | 保洁 | "] == drawn(read(ONE, "m.yaml"), entry(rows=items))[3:5]


def test_lists_side_by_side_share_their_groups():
    """A shared group is as high as its longer list; a level that one side alone has stands alone."""
    long = rows(("产出", "疏浚三年"), ("产出", "保洁三年"), ("效益", "水质三年"), ("满意度", "居民三年"))
    year = rows(("产出", "疏浚"), ("效益", "水质"), ("效益", "景观"), ("成本", "单价"))
    assert [
        "目标表 | < | < | <",
        "级别 | 长期 | 年度 | 次数",
        "产出 | 疏浚三年 | 疏浚 | ",
        "^ | 保洁三年 |  | ",
        "效益 | 水质三年 | 水质 | ",
        "^ |  | 景观 | ",
        "满意度 | 居民三年 |  | ",
        "成本 |  | 单价 | ",
        "备注 | 无 | < | <",
    ] == drawn(read(TWO, "m.yaml"), entry({"note": "无"}, whole=long, annual=year))


@pytest.mark.parametrize(
    ("long", "year", "expected"),
    [
        ((), (), ["级别 | 长期 | 年度 | 次数", " |  |  | ", "备注 |  | < | <"]),
        (rows(("产出", "疏浚三年")), (), ["级别 | 长期 | 年度 | 次数", "产出 | 疏浚三年 |  | ", "备注 |  | < | <"]),
        ((), rows(("产出", "疏浚"), ("产出", "保洁")), ["级别 | 长期 | 年度 | 次数", "产出 |  | 疏浚 | ", "^ |  | 保洁 | ", "备注 |  | < | <"]),
    ],
    ids=["neither has items", "the left one alone", "the right one alone"],
)
def test_list_beside_an_empty_one_stands_alone(long, year, expected):
    assert expected == drawn(read(TWO, "m.yaml"), entry(whole=long, annual=year))[1:]


OWN_GROUPS = """\
form: own
title: 目标表
layout: |
  | 目标表 | <      | <      | <      | <      |
  | 级别   | 类别   | 长期   | 类型   | 年度   |
  | {级别} | {类别} | {长期} | {类型} | {年度} |
  | ^…     | ^…     | …      | ^…     | …      |
  | 季度   | <      | 次数   | <      | <      |
  | {季度} | <      | {次数} | <      | <      |
  | …      | <      | …      | <      | <      |
  | 备注   | {备注} | <      | <      | <      |
fields:
  级别: {json: level}
  类别: {json: kind}
  长期: {json: name}
  类型: {json: kind}
  年度: {json: name}
  季度: {json: quarter}
  次数: {json: times, type: number}
  备注: {json: note}
lists:
  whole: [级别, 类别, 长期]
  annual: [级别, 类型, 年度]
  quarters: [季度, 次数]
"""


def test_group_of_one_list_alone_merges_within_the_shared_one():
    """Lists below each other grow each on its own, and what stands below both moves by both."""
    whole = [{"level": level, "kind": kind, "name": name} for level, kind, name in (("产出", "数量", "甲"), ("产出", "数量", "乙"), ("产出", "质量", "丙"), ("效益", "质量", "丁"))]
    annual = [{"level": level, "kind": kind, "name": name} for level, kind, name in (("产出", "数量", "子"), ("产出", "质量", "丑"), ("产出", "质量", "寅"), ("效益", "质量", "卯"), ("效益", "质量", "辰"))]
    quarters = [{"quarter": "一季度", "times": Decimal(0)}, {"quarter": "一季度", "times": Decimal(2)}, {"quarter": "三季度", "times": None}]
    assert [
        "目标表 | < | < | < | <",
        "级别 | 类别 | 长期 | 类型 | 年度",
        "产出 | 数量 | 甲 | 数量 | 子",
        "^ | ^ | 乙 | 质量 | 丑",
        "^ | 质量 | 丙 | ^ | 寅",
        "效益 | 质量 | 丁 | 质量 | 卯",
        "^ |  |  | ^ | 辰",
        "季度 | < | 次数 | < | <",
        "一季度 | < | 0 | < | <",
        "一季度 | < | 2 | < | <",
        "三季度 | < |  | < | <",
        "备注 | 无 | < | < | <",
    ] == drawn(read(OWN_GROUPS, "m.yaml"), entry({"note": "无"}, whole=whole, annual=annual, quarters=quarters))


NESTED = """\
form: nested
title: 指标表
layout: |
  | 指标表 | <      | <      | <      |
  | 一级   | 二级   | 三级   | 名称   |
  | {一级} | {二级} | {三级} | {名称} |
  | ^…     | ^…     | ^…     | …      |
fields:
  一级: {json: level1}
  二级: {json: level2}
  三级: {json: level3}
  名称: {json: name}
lists:
  rows: [一级, 二级, 三级, 名称]
"""


def test_a_group_ends_where_a_group_to_its_left_ends():
    """The same word under another heading is another cell; an empty one goes on like any other."""
    items = [dict(zip(("level1", "level2", "level3", "name"), row, strict=True)) for row in (
        ("产出", "数量", "区", "甲"), ("产出", "数量", "区", "乙"), ("产出", "质量", "区", "丙"), ("效益", "质量", "区", "丁"), ("效益", None, "区", "戊"), ("效益", None, None, "己"), ("满意", None, None, "庚"),
    )]  # fmt: skip
    assert [
        "产出 | 数量 | 区 | 甲",
        "^ | ^ | ^ | 乙",
        "^ | 质量 | 区 | 丙",
        "效益 | 质量 | 区 | 丁",
        "^ |  | 区 | 戊",
        "^ | ^ |  | 己",
        "满意 |  |  | 庚",
    ] == drawn(read(NESTED, "m.yaml"), entry(rows=items))[2:]


def test_rows_name_the_items_that_stand_in_them():
    form = read(TWO, "m.yaml")
    found = rows_of(form, form.blocks[0], entry(whole=rows(("产出", "疏浚三年")), annual=rows(("产出", "疏浚"), ("效益", "水质"))))
    assert [(0, 0), (None, 1)] == found
    assert [(None, None)] == rows_of(form, form.blocks[0], entry())


def test_places_of_values_are_named():
    form = read(ONE, "m.yaml")
    items = [{"level": "产出", "name": "疏浚", "target": Value("≥12(公里)", "≥", Decimal(12), "公里")}, {"level": "产出", "name": None}]
    found = {(one.row, one.column): (one.path, one.field and one.field.name) for one in place(form, entry({"amount": Decimal(5)}, rows=items)) if one.path}
    assert {
        (2, 4): ("unit", "单位"),
        (4, 3): ("rows[0].name", "名称"),
        (5, 3): ("rows[1].name", "名称"),
        (4, 4): ("rows[0].target", "数值"),
        (5, 4): ("rows[1].target", "数值"),
        (6, 3): ("amount", "总额"),
    } == found


def test_mark_is_printed_where_the_value_is_not():
    marks = {"amount": "—", "unit": "/", "rows[1].name": "无", "rows[0].name": "—"}
    found = drawn(read(ONE, "m.yaml"), entry({"unit": "河道所"}, marks, rows=rows(("产出", "疏浚"), ("产出", None))))
    assert ["（    年） | < | 单位 | 河道所", "^ | 产出 | 疏浚 | ", "^ | ^ | 无 | ", "经费 | 总额 | — | —"] == [found[at] for at in (1, 3, 4, 5)]


def test_sign_number_and_unit_stand_in_cells_of_their_own():
    items = [
        {"name": "疏浚", "target": Value("12", "≥", Decimal(12), "公里")},
        {"name": "水质", "target": Value("改善", kind="定性")},
        {"name": "清淤", "target": None},
        {"name": "保洁", "target": Value(None, "≤", None, "次")},
    ]
    assert ["疏浚 | ≥ | 12 | 公里", "水质 | 定性 | 改善 | ", "清淤 |  |  | ", "保洁 | ≤ |  | 次"] == drawn(read(PARTS, "m.yaml"), entry(rows=items))[2:]


def test_part_of_a_target_is_its_owners():
    form = read(PARTS, "m.yaml")
    owner: dict[str, Any] = {"target": Value("12", "≥", Decimal(12), "公里", None), "name": "疏浚"}
    assert ["疏浚", "≥", owner["target"], "公里"] == [value_of(owner, form.fields[name]) for name in ("名称", "性质", "数值", "单位")]
    assert [None, None] == [value_of({"target": "12"}, form.fields[name]) for name in ("性质", "单位")]


@pytest.mark.parametrize(("value", "text"), [(None, ""), ("河道所", "河道所"), (2026, "2026"), (Decimal("12.50"), "12.5"), (Value("≥12(公里)", "≥", Decimal(12), "公里"), "≥12(公里)"), (Value(None, "≥"), "")])
def test_values_as_text(value, text):
    assert text == text_of(value)


ALIAS = """\
form: alias
title: 目标表
layout: |
  | 目标表   | <        |
  | 总体目标 | <        |
  | {目标}   | <        |
  | 金额（{金额单位}） | {金额}   |
fields:
  目标: {json: goal, type: paragraphs}
  期间: {json: period}
  金额单位: {json: money_unit, choices: [元, 万元], absent: 元, blank: 万元}
  金额: {json: amount, type: money}
captions:
  总体目标: [项目总目标, "总体目标（{期间}）"]
exceptions: {目标: 总体目标}
"""


@pytest.mark.parametrize(("values", "expected"), [({}, "总体目标 | <"), ({"period": "2024-2026年"}, "总体目标（2024-2026年） | <")])
def test_alias_with_a_field_is_printed_where_that_has_a_value(values, expected):
    assert expected == drawn(read(ALIAS, "m.yaml"), entry(values))[1]


@pytest.mark.parametrize(
    ("values", "expected"),
    [({"period": "2024", "end": "2026"}, "总体目标（2024至2026） | <"), ({"period": "2024"}, "总体目标 | <"), ({"end": "2026"}, "总体目标 | <")],
    ids=["both", "the first alone", "the second alone"],
)
def test_alias_with_two_fields_is_printed_where_both_have_values(values, expected):
    form = ALIAS.replace("总体目标（{期间}）", "总体目标（{期间}至{期末}）").replace("期间: {json: period}", "期间: {json: period}\n  期末: {json: end}")
    assert expected == drawn(read(form, "m.yaml"), entry(values))[1]


@pytest.mark.parametrize(("values", "expected"), [({}, "金额（元） | "), ({"money_unit": "万元"}, "金额（万元） | ")])
def test_what_is_absent_is_printed_as_what_its_absence_means(values, expected):
    assert expected == drawn(read(ALIAS, "m.yaml"), entry(values))[3]


def test_blank_form_holds_what_it_prints_for_a_blank_alone():
    form = read(ALIAS, "m.yaml")
    assert ({"money_unit": "万元"}, {}) == (blank(form).values, blank(form).lists)
    same = read(ALIAS.replace("blank: 万元", "blank: 元"), "m.yaml")
    assert {"money_unit": None} == blank(same).values
    assert {"rows": ({}, {}, {})} == blank(read(ONE, "m.yaml"), 3).lists
    assert {"rows": ({},)} == blank(read(ONE, "m.yaml")).lists
