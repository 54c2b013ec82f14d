"""Text in columns: the head of a list that is printed again tells where its columns stand on that page."""

from pathlib import Path

from xltool.library import forms
from xltool.recovery.atoms import split
from xltool.recovery.laid_list import Measure, columns_of, heads_again, rulers
from xltool.recovery.laid_words import Row, rows_of

KNOWN = forms((str(Path(__file__).parents[2] / "samples" / "mappings"),))
FORM = KNOWN["monitoring"]
BLOCK = FORM.blocks[0]
COLUMNS = columns_of(FORM, BLOCK)

PRINTED = """\
                                             偏差原因分析                    完成目标可能性
一级指标  二级指标  三级指标    年度指标值   1—7月执行情  全年预计完成  经费保  制度保  人员保  硬件条件  其他 原因说明  确定能 有可能  完全不可  备注
                               况       情况     障    障    障    保障                       能
产出指标  数量指标  检查次数    ≥3次         2次
"""
"""A page: its head, of which captions of several columns stand on a line of their own, and a row that lacks a forecast."""

ROWS = """\
      数量指标           检查次数    ≥3次       2次
      质量指标           合格率     ≥90%      96%
      时效指标           完成率     ≥95%      97%
      成本指标           检查成本    ≤10元      9元
"""


def lines(text: str) -> list[Row]:
    return rows_of(split(text).atoms, True)


def begins(rows: list[Row], again: list[Row]) -> dict[str, int]:
    measure = Measure(FORM, COLUMNS, FORM.words)
    measure.learn(rows)
    at = rulers(measure, [row for row in rows if row not in again], (), again)
    return {one.field: begin for one, begin in zip(COLUMNS, at[rows[-1].page].begins, strict=True)}


def test_lines_of_a_head_that_hold_parts_of_captions_alone_are_printed_again_with_it():
    rows = lines(PRINTED)
    assert rows[:3] == heads_again(FORM, BLOCK, rows)


def test_label_or_part_of_one_below_a_head_is_none_of_it():
    drawn = PRINTED.splitlines(keepends=True)
    rows = lines("".join([*drawn[:3], "  标\n", *drawn[3:]]))
    assert rows[:3] == heads_again(FORM, BLOCK, rows)


def test_head_printed_again_tells_the_columns_of_its_page():
    rows = lines(PRINTED)
    found = begins(rows, heads_again(FORM, BLOCK, rows))
    value = rows[-1].words[-1].x
    assert "2次" == rows[-1].words[-1].text
    assert found["执行情况"] <= value < found["预计完成情况"]


def test_column_that_has_words_on_the_page_before_has_them_on_one_without_a_head():
    """The page behind is drawn together where columns are empty: the value is nearer to where the next column was."""
    rows = lines(PRINTED + "\f" + "      质量指标  检查合格率     ≥95%        96%\n" * 4)
    found = begins(rows, heads_again(FORM, BLOCK, rows))
    value = rows[-1].words[-1].x
    assert found["执行情况"] <= value < found["预计完成情况"]


def test_list_that_stands_elsewhere_than_its_head_says_tells_its_columns_itself():
    """The head is drawn together: names stand below the caption of the values, values below that of the next."""
    rows = lines("".join(PRINTED.splitlines(keepends=True)[:3]) + ROWS)
    found = begins(rows, heads_again(FORM, BLOCK, rows))
    name, target, actual = (word.x for word in rows[-1].words[-3:])
    assert found["三级指标"] <= name < found["年度指标值"] <= target < found["执行情况"] <= actual < found["预计完成情况"]


def test_tick_stands_in_a_column_of_ticks_and_nothing_else_does():
    measure = Measure(FORM, COLUMNS, FORM.words)
    tick, value = lines("√ 96%")[0].words
    costs = {one.field: (measure.cost(tick, at, False), measure.cost(value, at, False)) for at, one in enumerate(COLUMNS)}
    assert costs["经费"][0] < costs["预计完成情况"][0] and costs["原因说明"][1] < costs["原因说明"][0]
    assert costs["预计完成情况"][1] < costs["经费"][1] and costs["原因说明"][1] < costs["经费"][1]
