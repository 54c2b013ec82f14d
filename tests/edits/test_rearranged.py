"""Columns that somebody exchanged and rows that somebody wrote on in: what stands under a head is the head's, what may be two rows is doubted."""

import pytest

from tests.edits import excel
from tests.edits.made import DECLARATION, EVALUATION, doubted, entry_of, left, read, written
from xltool.canonical import differences

#   12  绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因
#   …
#   25  总分                                                           | 100  | 96.09
HEAD, TOTAL, WEIGHT, SCORE, REASON = 12, 25, 7, 8, 9


def exchanged(first: int, last: int):
    """The evaluation with two columns of its list exchanged from row to row."""
    book = excel.opened(written(EVALUATION))
    sheet = book.worksheets[-1]
    for row in range(first, last + 1):
        one, other = sheet.cell(row, WEIGHT), sheet.cell(row, SCORE)
        one.value, other.value = other.value, one.value
    return read(excel.saved(book))


def test_columns_exchanged_with_their_heads_say_the_same():
    found = exchanged(HEAD, TOTAL)
    assert ([], set(), []) == (differences(EVALUATION, found), doubted(found), left(found))


def test_every_cell_of_exchanged_columns_is_under_a_head():
    """Equal weights and scores are no squares of one broken merge."""
    found = entry_of(exchanged(HEAD, TOTAL - 1))
    assert [(item["weight"], item["score"]) for item in entry_of(EVALUATION).lists["indicators"]] == [(item["weight"], item["score"]) for item in found.lists["indicators"]]


@pytest.mark.parametrize(
    ("column", "kept", "more"),
    [
        pytest.param(REASON, "受汛期极端天气影响，", "暂停培训4期。", id="a reason"),
        pytest.param(4, "公益培训", "期数", id="a name"),
    ],
)
def test_a_row_with_one_text_below_a_full_one_is_doubted(column, kept, more):
    """Whoever finds a cell too small inserts a row and writes on; it may also be an item that is not filled in yet."""
    book = excel.opened(written(EVALUATION))
    sheet = book.worksheets[-1]
    excel.insert_rows(sheet, HEAD + 2)
    sheet.cell(HEAD + 1, column).value, sheet.cell(HEAD + 2, column).value = kept, more
    found = read(excel.saved(book))
    assert "indicators" in doubted(found)
    assert len(entry_of(EVALUATION).lists["indicators"]) + 1 == len(entry_of(found).lists["indicators"])


def test_a_name_in_two_rows_whose_other_cells_are_merged_over_both_is_doubted():
    """
    公益培训 | >=50 | 46 | 10 | 9 | 受汛期…
    期数     |   ↑  |  ↑ |  ↑ | ↑ |   ↑
    """
    book = excel.opened(written(EVALUATION))
    sheet = book.worksheets[-1]
    excel.insert_rows(sheet, HEAD + 2)
    sheet.cell(HEAD + 1, 4).value, sheet.cell(HEAD + 2, 4).value = "公益培训", "期数"
    for column in range(5, REASON + 1):
        sheet.merge_cells(start_row=HEAD + 1, end_row=HEAD + 2, start_column=column, end_column=column)
    assert "indicators" in doubted(read(excel.saved(book)))


def test_rows_that_share_a_reason_are_rows_of_their_own():
    book = excel.opened(written(EVALUATION))
    sheet = book.worksheets[-1]
    sheet.merge_cells(start_row=HEAD + 1, end_row=HEAD + 2, start_column=REASON, end_column=REASON)
    assert "indicators" not in doubted(read(excel.saved(book)))


def test_a_goal_merged_over_both_goals_is_doubted_on_both():
    """
    项目总目标 | 年度总体目标
    一段话
    """
    book = excel.opened(written(DECLARATION))
    sheet = book.worksheets[-1]
    row = excel.find(sheet, "年度总体目标").row + 1
    excel.unmerge(sheet, f"B{row}:G{row}")
    sheet.cell(row, 5).value = None
    sheet.merge_cells(start_row=row, end_row=row, start_column=2, end_column=7)
    data = excel.saved(book)
    assert [{"goals.project", "goals.annual"}] * 2 == [doubted(read(data)), doubted(read(data))]


def test_names_that_wait_for_their_values_are_not_doubted():
    """
        一级 | 二级 | 三级
             |      | 甲 |
             |      | 乙 |
    """
    book = excel.opened(written(DECLARATION))
    sheet = book.worksheets[-1]
    for row in range(13, sheet.max_row + 1):
        sheet.cell(row, 6).value = None
    assert set() == doubted(read(excel.saved(book)))


def test_a_mark_that_the_form_prints_is_none_of_the_rest_with_blanks_around_it():
    book = excel.opened(written(EVALUATION))
    sheet = book.worksheets[-1]
    sheet.cell(7, WEIGHT).value = "  — \u3000\n"
    found = read(excel.saved(book))
    assert ([], []) == (differences(EVALUATION, found), left(found))
