"""Rows between bars that a program broke, indented, or left open at their end."""

import pytest

from xltool.surfaces.barred_rows import ended, whole

ROWS = "| 指标 | 单位 | 值 |\n" * 6
EMPTY = "||\n"


@pytest.mark.parametrize(
    ("broken", "made"),
    [
        pytest.param("| 居民\n满意度 | % | 90 |\n", "| 居民<br>满意度 | % | 90 |\n" + EMPTY, id="in a cell"),
        pytest.param("| 居民\n\n满意度 | % | 90 |\n", "| 居民<br>满意度 | % | 90 |\n" + EMPTY * 2, id="in a cell, a blank line between"),
        pytest.param("| 居民满意度\n| % | 90 |\n", "| 居民满意度 | % | 90 |\n" + EMPTY, id="before a bar"),
        pytest.param("| 居民满意度 |\n% | 90 |\n", "| 居民满意度 | % | 90 |\n" + EMPTY, id="behind a bar"),
        pytest.param("| 居民\n满意度 | % |\n", "| 居民<br>满意度 | % |\n" + EMPTY, id="a row that lacks a cell, its last bar on the next line"),
        pytest.param("| 居民满意度 | % | 90 | 同\n上\n", "| 居民满意度 | % | 90 | 同<br>上 |\n" + EMPTY, id="behind the last bar"),
        pytest.param("| 居民\n满意度 | % | 90 | 同\n上\n", "| 居民<br>满意度 | % | 90 | 同<br>上 |\n" + EMPTY * 2, id="in a cell and behind the last bar"),
        pytest.param("| 居民满意度 | % | 90 | 同\n上 |\n", "| 居民满意度 | % | 90 | 同<br>上 |\n" + EMPTY, id="behind the last bar, with one more"),
        pytest.param("| 居民\n满意度 |\n抽检 | 90 |\n", "| 居民<br>满意度 | 抽检 | 90 |\n" + EMPTY * 2, id="in a cell and behind a bar"),
        pytest.param("|\n| 居民满意度 | 90 |\n", "| | 居民满意度 | 90 |\n" + EMPTY, id="behind the first bar"),
        pytest.param("| 居\n民 | 百\n分比 | 90 |\n", "| 居<br>民 | 百<br>分比 | 90 |\n" + EMPTY * 2, id="in two cells"),
    ],
)
def test_row_that_stands_on_several_lines_stands_on_the_first(broken, made):
    assert ROWS + made + ROWS == ended(whole(ROWS + broken + ROWS))


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param("| 居民 |\n满意度 |\n", id="too few cells"),
        pytest.param(f"| 居民 | % | 90 |\n满意度\n{ROWS}", id="words behind a row that a bar ends"),
        pytest.param("| 居民 | % | 90 | 同\n上\n\n说明\n", id="words behind the last row"),
        pytest.param("| 居民\n满意 | 度 | 90 | 同上 |\n", id="a broken row and too many cells"),
        pytest.param("| 合计 | 90 |\n\n说明 | 一\n", id="a blank line behind a row that is whole"),
        pytest.param("| 居民 |\n| 满意 | 度 |\n", id="too many cells"),
        pytest.param("| 居民\n" + "满意度\n" * 8 + "| % | 90 |\n", id="too many lines"),
        pytest.param("| 居民 |\n| 指标 | 单位 | 值 |\n", id="a row and a whole one"),
    ],
)
def test_rows_that_lack_cells_are_not_put_together(lines):
    assert "<br>" not in whole(ROWS * 3 + lines)
    assert EMPTY not in whole(ROWS * 3 + lines)


def test_short_rows_of_a_table_of_many_widths_are_no_parts_of_one():
    ragged = "".join(f"| 甲 |{' 乙 |' * count}\n" for count in (4, 5, 6, 7))
    assert ragged in whole(ROWS + ragged + "| 指标 |\n| 值 |\n")
    assert EMPTY not in whole(ROWS + ragged + "| 指标 |\n| 值 |\n")


def test_rows_of_a_smaller_table_beside_are_whole():
    # | 目录 |      two rows of it have as many bars as one of the other table
    small = "| 目录 |\n|---|\n| 甲 |\n| 乙 |\n"
    assert small + "\n" + ROWS * 3 == whole(small + "\n" + ROWS * 3)


def test_rows_have_a_bar_behind_their_last_cell_and_no_blank_before_the_first():
    assert ROWS + "| 水质 | 级 | 二 |\n" == ended(whole(ROWS.replace("| 指标", "  | 指标") + "\t| 水质 | 级 | 二\n"))


def test_rows_that_no_bar_ends_are_put_together_too():
    rows = "| 指标 | 单位 | 值\n" * 6
    assert ROWS + "| 居民<br>满意度 | % | 90 |\n" + EMPTY == ended(whole(rows + "| 居民\n满意度 | % | 90\n"))


@pytest.mark.parametrize("text", ["| 居民 | 满意度\n" * 4, "甲 | 乙\n" * 9, "|甲\n" * 9], ids=["few rows", "no bar begins them", "specks"])
def test_text_of_few_bars_stays_what_it_is(text):
    assert text == ended(whole(text))


def test_rows_of_as_many_widths_as_rows_do_not_tell_how_wide_they_are():
    rows = "".join(f"|{' 甲 |' * count}\n" for count in (3, 4, 5, 6, 7, 8))
    assert rows + "| 甲\n" + "乙 |" * 8 == whole(rows + "| 甲\n" + "乙 |" * 8)


def test_bar_alone_on_its_line_is_a_rows_first_in_a_table_of_many_widths_too():
    ragged = "".join(f"| 甲 |{' 乙 |' * count}\n" for count in (4, 5, 6, 7, 8))
    assert "| | 居民 | 90 |\n" + EMPTY in whole(ROWS + ragged + "|\n| 居民 | 90 |\n")
