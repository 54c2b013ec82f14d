"""Amounts of a form in a text in columns: those of a row are put into their cells together."""

import pytest

from tests.recovery.test_laid_doubts import FORM, GOALS, LEFT, RIGHT, doubted, word
from tests.recovery.test_laid_pages import amounts, at_places
from tests.recovery.test_laid_text import one
from xltool.recovery.laid_amounts import Amount, Line, Place, amounts_of, pieces, settle
from xltool.recovery.laid_bands import Band, _lines, _off
from xltool.recovery.laid_captions import Seen
from xltool.recovery.laid_doubts import cut_off, sole_text
from xltool.recovery.laid_words import Row, alone


def texts(*words) -> list[str]:
    return [one.text for one in amounts_of(words)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param([word("237117.90", 69, 1), word("%", 71, 3)], ["237117.90%"], id="a rate and its sign"),
        pytest.param([word("7,120,331.0", 37, 1), word("0", 41, 2)], ["7,120,331.00"], id="a last digit"),
        pytest.param([word("7,120,331.0", 37, 1), word("0", 60, 2)], ["7,120,331.0", "0"], id="a number elsewhere"),
        pytest.param([word("7,120,331.0", 37, 1), word("0", 41, 6)], ["0", "7,120,331.0"], id="a number far below"),
        pytest.param([word("50.00%", 37, 1), word("1", 38, 2)], ["1", "50.00%"], id="below a rate that is whole"),
        pytest.param([word("50.00%", 37, 1), word("%", 40, 2)], ["50.00%"], id="a sign below a rate that has one"),
        pytest.param([word("7.5", 37, 1), word("8,000", 36, 2)], ["7.5", "8,000"], id="a number as long below a shorter one"),
        pytest.param([word("总额", 3, 1), word("—", 9, 1)], ["—"], id="a mark, and words that are no amount"),
    ],
)
def test_amount_goes_on_with_what_stands_below_its_begin(words, expected):
    assert expected == texts(*words)


def row(number: int, *own: tuple[str, int]) -> Line:
    found = tuple(Amount(text, (word(text, x, number),)) for text, x in own)
    return Line(number, found, (), (Place(1, False, None), Place(2, False, None), Place(3, False, None)))


def columns(*lines: Line) -> dict[int, list[int]]:
    found = settle(lines, lambda word, row, column: 0.0)
    return {line.row: [found.columns[amount.words[0].number] for amount in line.amounts] for line in lines if line.row in found.rows}


FULL = row(1, ("48,100,000.00", 15), ("48,100,000.00", 29), ("20,144,280.00", 43))


def test_row_that_lacks_an_amount_is_moved_as_a_whole():
    """All stand four places further right than in the full row; the second ends nearer to the second column's end."""
    assert [1, 2] == columns(FULL, row(2, ("48,100,000.00", 19), ("48,100,000.00", 33)))[2]
    assert [1, 3] == columns(FULL, row(2, ("48,100,000.00", 17), ("20,144,280.00", 45)))[2]


def test_mark_is_of_the_column_whose_amounts_end_where_it_does():
    assert [2, 3] == columns(FULL, row(2, ("/", 42), ("71,700,000.45", 44)))[2]


def test_amount_half_way_between_two_columns_is_unsure_in_both():
    found = settle([FULL, row(2, ("0.00", 44))], lambda word, row, column: 0.0)
    assert {(244, column) for column in {2, 3} - {found.columns[244]}} == {(word.number, other) for word, other in found.unsure}


def test_row_of_more_amounts_than_cells_is_not_read():
    assert 2 not in columns(FULL, row(2, ("1", 2), ("2", 9), ("3", 20), ("4", 30)))


def test_amount_stands_right_of_the_caption_before_its_cell_on_whatever_line_that_is():
    """其中：财政 | _ | 其中：当年 | 500.00 with the caption a line below."""
    line = Line(1, (Amount("500.00", (word("500.00", 46, 1),)),), ((word("其中：财政", 5, 1), 0), (word("其中：当年", 26, 2), 2)), (Place(1, False, None), Place(3, False, None)))
    assert 3 == settle([line], lambda word, row, column: 0.0).columns[146]


def test_number_inside_a_text_is_no_amount_and_one_before_it_is():
    line = Row(1, 1, (word("10", 70, 1), word("实现", 74, 1, wide=False), word("189", 77, 1, wide=False), word("家", 81, 1, wide=False)))
    assert [(177, 8)] == [(one.number, column) for one, column in pieces(line, {174: 8, 181: 8}, {170: 6, 177: 4})]
    assert [] == list(pieces(Row(1, 1, (word("/", 70, 1), word("实现", 72, 1, wide=False))), {172: 8}, {170: 8}))
    assert [word("10", 60, 1)] == alone([word("10", 60, 1), word("实现", 74, 1), word("189", 77, 1, wide=False)])


def test_mark_between_two_columns_is_a_doubt_on_the_marks_too():
    text = amounts(head=70).replace(at_places(("其他资金", 6), ("0.00", 27), ("0.00", 46), ("—", 71)), at_places(("其他资金", 6), ("0.00", 27), ("/", 53), ("—", 71)))
    found = doubted(one(text))
    assert {f"{marks}funding.other.{column}" for marks in ("", "marks.") for column in ("annual_budget", "executed")} <= found


def head(column: int, x: int) -> Seen:
    cell = next(cell for cell in FORM.layout.in_row(GOALS[0] - 1) if cell.column == column)
    return Seen(cell, (word("项目总目标", x, 1),), {})


@pytest.mark.parametrize(
    ("x", "expected"),
    [
        pytest.param(10, set(), id="below its own head"),
        pytest.param(40, {LEFT, RIGHT}, id="below the other head"),
        pytest.param(25, {LEFT, RIGHT}, id="below both heads"),
    ],
)
def test_text_alone_in_its_row_that_does_not_stand_below_its_own_head_alone_is_doubted(x, expected):
    heads = Band(GOALS[0] - 1, (head(LEFT[1], 12), head(RIGHT[1], 42)), 0, 1)
    texts = {LEFT: [word("完成全年的河道保洁，委托第三方机构开展检查。", x, 3)]}
    assert expected == {place for place, _ in sole_text(FORM, texts, [heads, Band(GOALS[0], (), 1, 2)])}


def test_long_text_that_breaks_off_is_doubted():
    lines = [word("完成全年的河道保洁", 10, line) for line in (1, 2, 3)]
    assert [LEFT] == [place for place, _ in cut_off(FORM, {LEFT: lines})]
    assert [] == list(cut_off(FORM, {LEFT: [*lines, word("按季公开。", 10, 4)]}))
    assert [] == list(cut_off(FORM, {LEFT: lines[:2]}))


def test_row_that_a_page_cuts_may_have_its_captions_at_the_top_or_the_middle_of_its_first_part():
    rows = [Row(line, 1 + (line > 6), (word("保洁", 5, line),)) for line in range(1, 11)]
    assert [0.3, 0.3] == [_off(rows, 2, 9, (height, 1)) for height in (3.0, 4.5)]
    assert 1.5 == _off(rows, 1, 5, (2.5, 1)) + _off(rows, 1, 5, (3.0, 1))


def test_row_does_not_begin_with_an_item_that_is_not_the_first():
    rows = [Row(line, 1, (word(text, 5, line),)) for line, text in enumerate(("1、保洁", "2、验收", "2.实施内容", "2.5米"))]
    costs = _lines(rows, {205}).torn
    assert costs[1] > costs[0] == costs[2] == costs[3] == 0
