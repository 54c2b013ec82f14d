"""Forms side by side on one sheet, as whoever prints two on a page puts them.

    财政项目支出绩效自评表  |     | 财政项目支出绩效目标申报表
    （2023年度）            |     | （2025年度）
    项目名称 | 公共文化…    |     | 项目名称 | 青棠市智慧河湖…
"""

import pytest

from tests.edits import excel
from tests.edits.made import (
    DECLARATION,
    EVALUATION,
    doubted,
    entry_of,
    filing_of,
    left,
    read,
    written,
)
from xltool.canonical import differences

WIDTH = 9
BOTH = filing_of(entry_of(EVALUATION), entry_of(DECLARATION))


def beside(gap: int, also=lambda sheet: None):
    """The evaluation with the declaration at its right, ``gap`` empty columns between."""
    book = excel.opened(written(EVALUATION))
    other = excel.opened(written(DECLARATION)).worksheets[-1]
    sheet = book.worksheets[-1]
    for row in other.iter_rows():
        for cell in row:
            if cell.value is not None:
                target = sheet.cell(cell.row, cell.column + WIDTH + gap)
                target.value, target.number_format, target.data_type = cell.value, cell.number_format, cell.data_type
    for one in other.merged_cells.ranges:
        sheet.merge_cells(start_row=one.min_row, end_row=one.max_row, start_column=one.min_col + WIDTH + gap, end_column=one.max_col + WIDTH + gap)
    also(sheet)
    return read(excel.saved(book))


@pytest.mark.parametrize("gap", [0, 1, 3])
def test_forms_side_by_side_are_read_each_on_its_own(gap):
    found = beside(gap)
    assert ([], set(), []) == (differences(BOTH, found), doubted(found), left(found))


def test_a_note_between_the_forms_is_left_over():
    found = beside(3, lambda sheet: setattr(sheet.cell(5, WIDTH + 2), "value", "对照"))
    assert ([], ["对照"]) == (differences(BOTH, found), [one.text for one in left(found)])


def test_the_squares_of_a_broken_title_that_repeat_it_are_one_form():
    book = excel.opened(written(EVALUATION))
    excel.unmerge(book.worksheets[-1], repeat=True)
    assert [] == differences(EVALUATION, read(excel.saved(book)))
