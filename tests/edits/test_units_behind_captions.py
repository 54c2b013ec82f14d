"""Units that people write behind a caption: 年初预算数（万元）, 执行率（%）.

    项目资金（元） | | 年初预算数（万元） | … | 分值 | 执行率（%） | 得分
"""

from decimal import Decimal

import pytest

from tests.edits import excel
from tests.edits.made import EVALUATION, doubted, entry_of, left, read, repairs, written

MONEY, RATE = ("年初预算数", "全年预算数", "全年执行数"), "funding.total.execution_rate"


def captioned(behind: dict[str, str], **cells):
    book = excel.opened(written(EVALUATION))
    sheet = book.worksheets[-1]
    for caption, words in behind.items():
        excel.find(sheet, caption).value = words
    for address, value in cells.items():
        sheet[address].value, sheet[address].number_format = value, "General"
    return read(excel.saved(book))


@pytest.mark.parametrize("unit", ["（万元）", "(万元)", "（单位：万元）", "\n（ 万元 ）"])
def test_the_unit_behind_the_captions_of_amounts_is_the_forms(unit):
    found = captioned({caption: caption + unit for caption in MONEY} | {"项目资金（元）": "项目资金"})
    assert ("万元", {"unit-beside"}, set()) == (entry_of(found).values["money_unit"], set(repairs(found)), doubted(found))
    assert [] == left(found)


def test_a_unit_that_the_form_names_too_says_nothing_new():
    found = captioned({caption: caption + "（元）" for caption in MONEY})
    assert (None, [], set(), []) == (entry_of(found).values["money_unit"], repairs(found), doubted(found), left(found))


def test_another_unit_behind_a_caption_than_the_form_names_is_doubted():
    found = captioned({"年初预算数": "年初预算数（万元）"})
    assert (None, {"money_unit"}) == (entry_of(found).values["money_unit"], doubted(found))
    assert ["年初预算数（万元）"] == [one.text for one in left(found)]


@pytest.mark.parametrize(
    ("typed", "rate", "doubts"),
    [
        pytest.param(90.9, Decimal("0.909"), set(), id="hundredths"),
        pytest.param("90.9", Decimal("0.909"), set(), id="hundredths as text"),
        pytest.param("90.90%", Decimal("0.909"), set(), id="a rate"),
        pytest.param(0, Decimal(0), set(), id="nothing"),
        pytest.param(0.909, Decimal("0.909"), {RATE}, id="what may be either"),
    ],
)
def test_a_rate_below_a_caption_with_percent_is_so_many_hundredths(typed, rate, doubts):
    found = captioned({"执行率": "执行率（%）"}, H6=typed)
    assert (rate, doubts, []) == (entry_of(found).values[RATE], doubted(found), left(found))


def test_percent_behind_the_caption_of_a_target_is_no_unit_of_its_rows():
    found = captioned({"年度指标值": "年度指标值（%）"})
    assert "indicators" in doubted(found)
