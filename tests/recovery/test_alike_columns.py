"""Rows of columns that are alike and lie beside each other, in text without columns: what may be of the column beside is doubted."""

import pytest

from xltool.recovery.alike_columns import unsure
from xltool.recovery.row_signs import Row
from xltool.recovery.stretch import Columns

TASKS = Columns("任务", (("内容", "paragraphs"), ("总额", "money"), ("财政", "money"), ("其他", "money")))
TARGETS = Columns("指标", (("当年", "target"), ("周期", "target")))
REASONS = Columns("指标", (("目标", "target"), ("完成", "target")), "原因")
TICKS = Columns("指标", (("目标", "target"), ("经费", "choice"), ("制度", "choice")), choices=frozenset("√"))
SCORED = Columns("指标", (("目标", "target"), ("完成", "target"), ("分值", "number"), ("得分", "number")), "原因", 2, 3)


def doubted(own: Columns, drawn: str, plain: str = "") -> list[str]:
    """The fields that are doubted of one row: one letter for each word of a column, in the order of the columns, . for none; the
    columns of ``plain`` hold numbers or known values."""
    names = [own.name, *(name for name, _ in own.values), *([own.reason] if own.reason else [])]
    fields: dict[str, list[int]] = {}
    known = set()
    number = 0
    for name, words in zip(names, drawn.split(), strict=True):
        for _ in words.replace(".", ""):
            number += 1
            fields.setdefault(name, []).append(number)
            known |= {number} if name in plain.split() else set()
    return sorted({field or "every row" for _, field, _ in unsure(own, [Row(1, fields, {})], known)})


@pytest.mark.parametrize(
    ("own", "drawn", "plain", "fields"),
    [
        pytest.param(TASKS, "x x x x x", "", [], id="every cell has a word"),
        pytest.param(TASKS, "x x x x .", "", ["其他", "总额", "财政"], id="one of several amounts is missing"),
        pytest.param(TASKS, "x xx x x x", "", ["every row"], id="words that may be of the name"),
        pytest.param(TASKS, "x x . x x", "内容", ["内容", "其他", "总额", "财政"], id="a number among the words, and one missing"),
        pytest.param(TARGETS, "x x .", "当年", ["周期", "当年", "指标"], id="one of two targets"),
        pytest.param(REASONS, "x x x .", "目标 完成", [], id="what was done, known as a value, and no reason"),
        pytest.param(REASONS, "x x x .", "目标", ["原因", "完成", "指标", "目标"], id="words that may be the reason"),
        pytest.param(REASONS, "x x . x", "目标", ["原因", "完成", "指标", "目标"], id="a gap"),
        pytest.param(TICKS, "x x x .", "目标", ["制度", "经费"], id="one of two ticks"),
        pytest.param(TICKS, "x x . .", "目标", [], id="no tick"),
        pytest.param(SCORED, "x x x x x .", "", [], id="weights and scores tell"),
    ],
)
def test_cells_that_may_be_of_the_column_beside_are_doubted(own, drawn, plain, fields):
    assert sorted(fields) == doubted(own, drawn, plain)
