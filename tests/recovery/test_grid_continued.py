"""A list that goes on on a second sheet is doubted: its rows there are not read."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.edits import excel
from tests.edits.made import EVALUATION, doubted, read, written

HEADS = ["绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"]
ROW = [None, "效益指标", "社会效益指标", "服务群众人次", ">=12万", "12.6万", 10, 10, None]


def with_sheet(*rows: Sequence[object], hidden: bool = False) -> bytes:
    """The evaluation's workbook with one more sheet."""
    book = excel.opened(written(EVALUATION))
    sheet = book.create_sheet("续表")
    for row in rows:
        sheet.append(row)
    if hidden:
        sheet.sheet_state = "hidden"
    return excel.saved(book)


@pytest.mark.parametrize("rows", [[HEADS, ROW], [["财政项目支出绩效自评表（续）"], HEADS, ROW], [ROW], [HEADS[:-1], ROW]], ids=["heads", "title and heads", "rows alone", "a head short"])
def test_a_list_that_goes_on_on_another_sheet_is_doubted(rows):
    assert {"indicators"} == doubted(read(with_sheet(*rows)))


@pytest.mark.parametrize(
    "rows",
    [
        [["产出指标", "数量指标"], ["产出指标", "质量指标"]],
        [["指标名称", "说明"], ["公益培训期数", "按实际开班计"]],
        [["一级指标", "二级指标", "三级指标"], ["产出指标", "数量指标", "培训期数"]],
        [["填表说明：三级指标、年度指标值、实际完成值须逐项填写"]],
    ],
    ids=["words for drop-downs", "notes", "a library of indicators", "how to fill in"],
)
def test_another_sheet_is_no_list_of_the_form(rows):
    assert set() == doubted(read(with_sheet(*rows)))


def test_a_hidden_sheet_is_no_list_of_the_form():
    assert set() == doubted(read(with_sheet(HEADS, ROW, hidden=True)))
