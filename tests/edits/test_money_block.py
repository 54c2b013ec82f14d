"""The block of amounts as people change it: a caption of a row put into other words, columns exchanged with their heads.

    项目资金（元） |                    | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
                   | 年度资金总额       |  480000    |  480000    |  436320.5  |  10  | 90.90% | 9.09
                   | 其中：当年财政拨款 |  480000    |  480000    |  436320.5  |  —   |        |
                   | 上年结转资金       |    0       |    0       |     0      |  —   |        |
                   | 其他资金           |    0       |    0       |     —      |  —   |        |
"""

from tests.edits import excel
from tests.edits.made import EVALUATION, doubted, entry_of, left, read, written
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
