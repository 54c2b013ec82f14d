"""The block of amounts as people change it: a caption of a row put into other words, columns exchanged with their heads.

    项目资金（元） |                    | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
                   | 年度资金总额       |  480000    |  480000    |  436320.5  |  10  | 90.90% | 9.09
                   | 其中：当年财政拨款 |  480000    |  480000    |  436320.5  |  —   |        |
                   | 上年结转资金       |    0       |    0       |     0      |  —   |        |
                   | 其他资金           |    0       |    0       |     —      |  —   |        |
"""

from decimal import Decimal

import pytest

from tests.edits import excel
from tests.edits.made import (
    DECLARATION,
    EVALUATION,
    doubted,
    entry_of,
    left,
    read,
    repairs,
    written,
)
from xltool.canonical import differences

HEADS, LAST_AMOUNT = 5, 9
INITIAL, BUDGET, EXECUTED = 4, 5, 6


def test_a_row_of_amounts_under_another_caption_is_doubted_to_its_end():
    book = excel.opened(written(EVALUATION))
    excel.find(book.worksheets[-1], "其中：当年财政拨款").value = "其中：中央补助"
    found = read(excel.saved(book))
    assert {f"funding.fiscal.{column}" for column in ("initial_budget", "annual_budget", "executed")} == doubted(found)
    assert ["其中：中央补助"] == [one.text for one in left(found)]


def columns_exchanged(one: int, other: int, blank: tuple[int, int] | None = None) -> bytes:
    book = excel.opened(written(EVALUATION))
    sheet = book.worksheets[-1]
    for row in range(HEADS, LAST_AMOUNT + 1):
        first, second = sheet.cell(row, one), sheet.cell(row, other)
        first.value, second.value = second.value, first.value
    if blank:
        sheet.cell(*blank).value = None
    return excel.saved(book)


def test_exchanged_columns_of_amounts_say_the_same():
    found = read(columns_exchanged(BUDGET, EXECUTED))
    assert ([], set()) == (differences(EVALUATION, found), doubted(found))


def test_an_empty_amount_takes_nothing_from_an_exchanged_column_beside_it():
    """The head at the right of 年初预算数 is 全年执行数 now, and no longer 全年预算数."""
    found = entry_of(read(columns_exchanged(BUDGET, EXECUTED, (HEADS + 2, INITIAL))))
    expected = dict(entry_of(EVALUATION).values) | {"funding.fiscal.initial_budget": None}
    assert expected == found.values


@pytest.mark.parametrize(
    ("amount", "number_format", "unit", "value"),
    [
        pytest.param(48, "General", "万元", Decimal(480000), id="another unit"),
        pytest.param(480000, "General", "元", Decimal(480000), id="the form's unit"),
        pytest.param(48.1234, "0.00", "万元", Decimal(481234), id="as stored, not as shown"),
        pytest.param("４８", "@", "万元", Decimal(480000), id="a text"),
    ],
)
def test_an_amount_and_its_unit_in_the_cell_behind_it_are_one(amount, number_format, unit, value):
    """
    年度资金申请总额 (D:E) | 48 | 万元
    """
    book = excel.opened(written(DECLARATION))
    sheet = book.worksheets[-1]
    excel.unmerge(sheet, "F6:G6")
    sheet.cell(6, 6).value, sheet.cell(6, 6).number_format, sheet.cell(6, 7).value = amount, number_format, unit
    found = read(excel.saved(book))
    assert value == entry_of(found).values["funding.annual.total"]
    assert ("amount-split" in repairs(found), set(), []) == (True, doubted(found), left(found))


def test_a_note_behind_an_amount_is_no_unit():
    book = excel.opened(written(DECLARATION))
    sheet = book.worksheets[-1]
    excel.unmerge(sheet, "F6:G6")
    sheet.cell(6, 7).value = "含追加"
    found = read(excel.saved(book))
    assert ({"funding.annual.total"}, ["含追加"]) == (doubted(found), [one.text for one in left(found)])
