"""What a variant takes over from the form it extends, and what falls away."""

from decimal import Decimal

import pytest

from xltool import library, yamlfile
from xltool.form import Form
from xltool.jobs.reading import read_bytes
from xltool.layout import Constant
from xltool.mapping import read
from xltool.picture import draw, parse
from xltool.problems import ProblemError

PARENT = """
form: parent
title: 表
layout: |
  | 项目名称 | {名称} |
  | 单位 | {单位} |
fields:
  名称: {json: name}
  单位: {json: unit}
captions:
  项目名称: [项目]
  单位: [实施单位]
exceptions: {单位: 单位}
"""
CHILD = """
form: child
extends: parent
layout: |
  | 项目名称 | {名称} |
"""


def variant(text: str) -> Form:
    return read(text, "child.yaml", lambda name: yamlfile.load(PARENT, "parent.yaml"))


def test_a_field_a_caption_and_an_exception_that_a_variant_does_not_draw_fall_away():
    form = variant(CHILD + "about: 变体\n")
    assert (["名称"], {"项目名称": ("项目",)}, {}) == (
        list(form.fields), dict(form.captions), dict(form.exceptions),
    )  # fmt: skip


def test_they_fall_away_where_the_variant_adds_its_own_too():
    form = variant(CHILD + "fields:\n  名称: {json: label}\ncaptions:\n  项目名称: [项目全称]\nexceptions: {名称: 项目名称}\n")
    assert ("label", {"项目名称": ("项目全称",)}, {"名称": "项目名称"}) == (
        form.fields["名称"].path, dict(form.captions), dict(form.exceptions),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("added", "fault"),
    [
        pytest.param("fields:\n  电话: {json: phone}\n", ("field-not-drawn", "child.yaml:7"), id="field"),
        pytest.param("captions:\n  电话: [联系电话]\n", ("caption-unknown", "child.yaml:7"), id="caption"),
        pytest.param("exceptions:\n  电话: 名称\n", ("field-unknown", "child.yaml:7"), id="exception"),
    ],
)
def test_what_a_variant_itself_declares_must_be_drawn(added, fault):
    with pytest.raises(ProblemError) as raised:
        variant(CHILD + added)
    assert [fault] == [(one.code, one.place) for one in raised.value.problems]


def test_a_lone_slash_is_a_constant_and_comes_back():
    picture = parse("| / | — | \\/ | 和/或 |")
    cells = picture.layout.cells
    assert [(Constant("/"),), (Constant("—"),)] == [cell.parts for cell in cells[:2]]
    assert ["/", "和/或"] == [cell.caption for cell in cells[2:]]
    assert picture == parse(draw(picture))


LETTERED = """\
项目支出绩效自评表
（2031年度）
项目名称 护林经费
主管部门 临江县林业局 实施单位 临江县林业局
项目资金（万元） 年初预算数 全年预算数（A） 全年执行数（B） 分值 执行率（B/A） 得分
年度资金总额 43.20 43.20 37.24 10 86.20% 8.62
其中：当年财政拨款 43.20 43.20 37.24 — 86.20% —
上年结转资金 0.00 0.00 0.00 — 0.00% —
其他资金 0.00 0.00 0.00 — 0.00% —
年度总体目标 预期目标 实际完成情况
护林。

已护林。
绩效指标 一级指标 二级指标 三级指标 年度指标值（A） 实际完成值（B） 分值 得分 偏差原因分析及改进措施
产出指标 数量指标 巡山次数 ≥50次 52次 90 90
总分 100 98.62
"""


def test_letters_that_explain_the_rate_are_spellings_of_the_captions():
    entry = next(read_bytes(LETTERED.encode(), "a.txt", library.forms()).filing.entries)
    assert ("self-evaluation-2020", []) == (entry.form, list(entry.source.doubts))
    assert (Decimal("37.24"), Decimal("0.862"), Decimal(90)) == (entry.values["funding.total.executed"], entry.values["funding.total.execution_rate"], entry.lists["indicators"][0]["score"])
