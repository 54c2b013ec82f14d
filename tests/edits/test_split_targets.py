"""Targets that people put into several cells below one head, and signs in columns that the form does not have."""

import pytest

from tests.edits import excel
from tests.edits.made import DECLARATION, doubted, entry_of, left, read, repairs, written
from xltool.values import parse_target

#   12  绩效指标 | 一级指标 | 二级指标 | 三级指标 (D:E) | 年度(/项目)指标值 (F:G)
#   13           | 成本指标 | …        | …              | ≤68000.00(元/处)
HEAD, ROW = 12, 13
UNITS = frozenset({"处", "元"})


def typed(first: str | float, second: str | float, head: str | None = None):
    """The declaration with the target of its first row in two cells; ``head`` above the second one."""
    book = excel.opened(written(DECLARATION))
    sheet = book.worksheets[-1]
    excel.unmerge(sheet, f"F{HEAD}:G{ROW}")
    sheet.cell(HEAD, 7).value = head
    for column, value in ((6, first), (7, second)):
        cell = sheet.cell(ROW, column)
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"
    return read(excel.saved(book))


def first_target(found):
    return entry_of(found).lists["indicators"][0]["target"]


@pytest.mark.parametrize(
    ("first", "second", "text"),
    [
        pytest.param("≤", "985米", "≤985米", id="a sign and a number with its unit"),
        pytest.param("≥", 0.95, "≥0.95", id="a sign and a number"),
        pytest.param("≤", "68000.00(元/处)", "≤68000.00(元/处)", id="a sign and a unit in brackets"),
        pytest.param("≥", "三百人", "≥三百人", id="a sign and words"),
        pytest.param(95, "%", "95%", id="a number and its sign of rates"),
        pytest.param("=18", "处", "=18处", id="a sign with a number and its unit"),
    ],
)
def test_a_target_in_two_cells_is_one(first, second, text):
    found = typed(first, second)
    assert parse_target(text, UNITS | {"米"}) == first_target(found)
    assert (["target-split"], set(), []) == (repairs(found), doubted(found), left(found))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param("≤985米", "按季考核", id="a note"),
        pytest.param("及时", "≥95%", id="two targets"),
        pytest.param("≤985米", "处", id="a second unit"),
        pytest.param("≥", "≤", id="two signs"),
    ],
)
def test_two_cells_that_are_no_target_together_are_doubted(first, second):
    found = typed(first, second)
    assert first == first_target(found).text
    assert {"indicators[0].target"} == doubted(found)
    assert [second] == [one.text for one in left(found)]


def test_a_cell_below_a_head_of_its_own_is_no_second_value():
    found = typed("≤985米", "按季考核", head="备注")
    assert set() == doubted(found)
    assert ["备注", "按季考核"] == [one.text for one in left(found)]


def test_a_sign_below_a_head_that_the_form_does_not_know_is_doubted():
    """A column 度量单位 or 指标性质 of another province's form: the number alone is not the target."""
    found = typed("95", "%", head="度量单位")
    assert "95" == first_target(found).text
    assert {"indicators[0].target"} == doubted(found)
    assert ["度量单位", "%"] == [one.text for one in left(found)]
