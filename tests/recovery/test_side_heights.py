"""Labels of two lists side by side: on which lines they begin and end, by the rows that they stand over."""

import pytest

from tests.recovery.test_stream_order import one
from tests.recovery.test_torn_rows import BESIDE, stretch_of
from xltool.recovery.side_heights import ONE, TWO, Label, Labels, Side, strange

PAIR = "巡查使用者\n满意度\n好\n古树开放\n满意度\n>98\n服务 =99"
"""A row of both lists with names of two lines, and a row of one line."""


def label(level, lines, beside):
    return Label(level, lines, beside)


def counted(text, rows, paged=False):
    return strange(stretch_of(text), rows, paged)


@pytest.mark.parametrize(("beside", "alone"), [(True, 1), (False, 0)], ids=["on the line of the value", "below it"])
def test_label_in_the_middle_of_two_rows_begins_on_the_line_of_a_value_beside(beside, alone):
    """服务对象满意 / 度指标 over two rows begins where 好 stands in the middle of the first; over one row it begins above."""
    first = Side(0, ((0, 1), (2,)), Labels((label(TWO, 2, None),), False))
    second = Side(1, ((3, 4), (5,)), Labels((label(TWO, 2, beside),), False))
    wrong = [counted(PAIR, [[first, second], [Side(side, ((6,), (7,)), Labels())]]) for side in (0, 1)]
    assert [side != alone for side in (0, 1)] == [bool(found) for found in wrong]


@pytest.mark.parametrize(("paged", "wrong"), [(True, 0), (False, 1)], ids=["a page ends below", "none does"])
def test_label_that_a_page_cuts_stands_at_the_top_of_its_rows(paged, wrong):
    """成本指标 over two rows, on the line of the first line of a name: so it stands where its last row is cut."""
    first = Side(1, ((0, 1), (2,)), Labels((label(TWO, 1, None),), True))
    assert wrong == counted("河道保洁单位成\n本\n≤0\n电梯加装\n90", [[first], [Side(1, ((3,), (4,)), Labels())]], paged)


@pytest.mark.parametrize(("rows", "wrong"), [(1, 0), (2, 1)], ids=["one row", "two rows"])
def test_labels_of_both_levels_share_a_line_where_they_stand_over_the_same_rows(rows, wrong):
    first = Side(0, ((0,), (1,)), Labels((label(ONE, 1, None), label(TWO, 1, True)), True))
    other = Side(0, ((2,), (3,)), Labels((label(TWO, 1, False),), True))
    assert wrong == counted("增收 提升\n知晓 ≥8", [[first], [other]][:rows])


def test_label_behind_a_page_end_says_nothing():
    first = Side(0, ((0,), (1,)), Labels((label(TWO, 1, None),), None))
    assert 0 == counted("增收 提升", [[first]])


def test_label_over_a_row_that_a_page_cuts_stands_at_its_top():
    """The name has one line on the first page, so the label begins on it; in the middle of both lines it would not."""
    first = Side(0, ((0, 2), (1,)), Labels((label(TWO, 1, None),), True))
    assert 0 == counted("河道保洁单位成 ≤0\n\x0c本", [[first]])


def test_list_goes_on_alone_on_the_side_whose_label_stands_over_more_rows():
    """The label of the second list begins on the line of 好: it stands over two rows."""
    text = BESIDE + "\x0c满意度指\n标\n服务对象满意\n度指标\n巡查活动使用者\n满意度\n好 服务对象满意\n度指标\n古树名木对外开\n放满意度\n>98\n服务对象 =99\n"
    read = {name: [item["name"] for item in items][-2:] for name, items in one(text).lists.items()}
    assert ["古树名木对外开放满意度", "服务对象"] == read["indicators_annual"]
    assert "服务对象" not in read["indicators_project"]
