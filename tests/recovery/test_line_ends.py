"""Where a line ends and what a converter put on it: numbers that are no page's, form feeds inside lines, rows that go on."""

import pytest

from tests.edits.made import FORMS
from xltool.jobs.reading import read_bytes
from xltool.recovery.atoms import page_number, split
from xltool.recovery.paragraphs import lines_of
from xltool.recovery.two_texts import part

EVALUATION = """\
财政项目支出绩效自评表
（2031年度）
项目名称 护林经费
主管部门 临江县林业局 实施单位 临江县林业局
项目资金（元） 年初预算数 全年预算数 全年执行数 分值 执行率 得分
{money}
年度总体目标 预算目标 实际完成情况
护林。

已护林。
绩效指标 一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 偏差原因分析及改进措施
{rows}
总分 100 99
"""
MONEY = "年度资金总额 900 900 450 10 50.00% 5\n其中：当年财政拨款 900 900 450 —\n上年结转资金 0 0 0 —\n其他资金 0 0 0 —"
ROWS = "产出指标\n数量指标\n巡山次数 ≥50次 50次 60 60\n效益指标\n社会效益指标\n火情减少 减少 减少 30 29 天气干燥。"


def read(money=MONEY, rows=ROWS):
    (entry,) = read_bytes(EVALUATION.format(money=money, rows=rows).encode(), "a.txt", FORMS).filing.entries
    return entry


@pytest.mark.parametrize("line", ["— 3 —", "-3-", "第3页", "第3页 共9页", "- 3/9页 -"])
def test_number_between_two_marks_or_with_its_word_is_a_pages(line):
    assert page_number(line)


@pytest.mark.parametrize("line", ["0 —", "10 —", "— 10", "— 0 —"])
def test_number_with_a_mark_on_one_side_and_a_nought_are_amounts(line):
    assert not page_number(line)


def test_row_of_amounts_that_ends_on_the_next_line_keeps_its_end():
    values = read(MONEY.replace("其他资金 0 0 0 —", "其他资金 0 0\n0 —")).values
    assert (0, 0, 0) == tuple(values[f"funding.other.{column}"] for column in ("initial_budget", "annual_budget", "executed"))


@pytest.mark.parametrize(
    "first",
    ["年度资金总额 900 900 450 10 50.00%\n5 其中：当年财政拨款\n900 900 450 —", "年度资金总额 900 900\n450 10 50.00% 5 其中：当年财政拨款 900 900 450 —"],
    ids=["one of six values", "four of six values"],
)
def test_values_of_a_row_that_still_waits_for_them_are_not_those_of_the_caption_behind(first):
    entry = read(f"{first} 上年结转资金\n0 0 0 —\n其他资金 0 0 0 —")
    assert (900, 900, 450, 900, 900, 450) == tuple(entry.values[f"funding.{row}.{column}"] for row in ("total", "fiscal") for column in ("initial_budget", "annual_budget", "executed"))
    assert "label-after" not in [repair.code for repair in entry.source.repairs]


def test_name_behind_a_form_feed_does_not_stand_on_the_line_of_the_label_before_it():
    rows = ROWS.replace("火情减少 减少 减少 30 29 天气干燥。", "火情减少 减少 减少 20 20\n产出指标\n数量指标\f村民参与 参与 参与 10 9 天气干燥。")
    assert ["数量指标", "社会效益指标", "社会效益指标"] == [item["level2"] for item in read(rows=rows).lists["indicators"]]


def test_words_on_both_sides_of_a_form_feed_are_two_lines():
    assert ["化水平。", "村民参与"] == [line.text for line in lines_of(split("化水平。\f村民参与").atoms)]


GOALS = ["围绕规划，完善机制，保障各项工作有序开展。", "2031年度，加强监督，全年开展培训六场。"]


@pytest.mark.parametrize("gap", ["\n\n", " "], ids=["a blank line", "the one blank of the text"])
def test_one_text_with_a_gap_behind_its_sentence_may_be_two(gap):
    lines = [line for atom in split(gap.join(GOALS)).atoms for line in lines_of([atom])]
    assert (0, False) == ((found := part(lines, False, True)).at, found.sure)


def test_numbered_items_of_one_text_with_blanks_between_them_are_one():
    lines = [line for atom in split("1、完善机制。 2、加强监督。").atoms for line in lines_of([atom])]
    assert (0, True) == ((found := part(lines, False, True)).at, found.sure)


def test_first_line_of_a_name_that_was_read_as_a_reason_is_doubted_where_names_begin_so():
    rows = "产出指标\n数量指标\n集中宣传次数 ≥50次 50次 20 20\n集中宣传册数 ≥50册 50册 20 20\n巡山里程数 ≥50公里 40公里 20 18\n\n集中宣传活动\n\n验收率\n≥50% 50% 10 10\n火情减少 减少 减少 20 20\n效益指标\n社会效益指标\n减少 减少 减少 10 10"
    entry = read(rows=rows)
    assert ["集中宣传活动", None] == [item["reason"] for item in entry.lists["indicators"]][2:4]
    assert {"indicators[2].reason", "indicators[3].name"} <= {doubt.path for doubt in entry.source.doubts}
