"""What stands above a form and says something of it: its unit of money, its year, the title of another form.

    附件2                                        单位：万元
    2023年度财政项目支出绩效自评表
    项目名称     | 公共文化场馆免费开放
    …
    项目资金     | 年度资金总额 | …
"""

from dataclasses import replace

import pytest

from tests.edits import excel
from tests.edits.made import (
    EVALUATION,
    FORMS,
    doubted,
    entry_of,
    filing_of,
    left,
    read,
    repairs,
    written,
)
from xltool.canonical import differences
from xltool.jobs.in_place import apply_to_workbook
from xltool.problems import ProblemError

TITLE = "财政项目支出绩效自评表"


def unit_in_corner() -> bytes:
    book = excel.opened(written(EVALUATION))
    sheet = book.worksheets[-1]
    excel.find(sheet, "项目资金（元）").value = "项目资金"
    excel.insert_rows(sheet, 1)
    sheet.cell(1, 8).value = "单位：万元"
    return excel.saved(book)


def around(corner: str | None = None, caption: str = "项目资金", title: str = TITLE, year: str | None = "（2023年度）", gone: tuple[str, ...] = ()):
    """The evaluation with a text in a row above it, other words in the captions of its amounts, its title and year, and some captions gone."""
    book = excel.opened(written(filing_of(entry_of(EVALUATION))))
    sheet = book.worksheets[-1]
    excel.find(sheet, "项目资金（元）").value = caption
    sheet.cell(1, 1).value, sheet.cell(2, 1).value = title, year
    for words in gone:
        excel.find(sheet, words).value = None
    excel.insert_rows(sheet, 1)
    sheet.cell(1, 8).value = corner
    return read(excel.saved(book))


@pytest.mark.parametrize("corner", ["单位：万元", "金额单位：万元", "（单位：万元）", "单位:人民币万元", "计量单位： 万元"])
def test_the_unit_in_a_corner_is_the_forms_where_its_caption_names_none(corner):
    found = around(corner)
    assert ("万元", ["unit-beside"], set()) == (entry_of(found).values["money_unit"], repairs(found), doubted(found))
    assert [] == left(found)


def test_a_caption_without_its_unit_is_a_caption_and_doubted():
    found = around()
    assert (None, {"money_unit"}, []) == (entry_of(found).values["money_unit"], doubted(found), left(found))


def test_an_amount_is_read_in_the_unit_of_the_corner():
    book = excel.opened(written(EVALUATION))
    sheet = book.worksheets[-1]
    excel.find(sheet, "项目资金（元）").value = "项目资金"
    sheet.cell(excel.find(sheet, "上年结转资金").row, 4).value = "120000元"
    excel.insert_rows(sheet, 1)
    sheet.cell(1, 8).value = "单位：万元"
    assert 12 == entry_of(read(excel.saved(book))).values["funding.carried_over.initial_budget"]


def test_the_unit_of_a_corner_that_the_caption_names_too_says_nothing_new():
    found = around("单位：元", caption="项目资金（元）")
    assert (None, [], set(), []) == (entry_of(found).values["money_unit"], repairs(found), doubted(found), left(found))


def test_a_corner_that_contradicts_the_caption_is_doubted_and_left_over():
    found = around("单位：万元", caption="项目资金（元）")
    assert (None, {"money_unit"}, ["单位：万元"]) == (entry_of(found).values["money_unit"], doubted(found), [one.text for one in left(found)])


@pytest.mark.parametrize("corner", ["填报单位：万元村", "单位：万", "单位：青棠市文化馆", "万元"])
def test_a_corner_that_names_no_unit_of_money_is_left_over(corner):
    found = around(corner, caption="项目资金（元）")
    assert ([corner], set()) == ([one.text for one in left(found)], doubted(found))


@pytest.mark.parametrize(
    ("title", "rest"),
    [
        pytest.param(f"2023年度{TITLE}", [], id="before the title"),
        pytest.param(f"{TITLE}（2023年度）", [], id="behind the title"),
        pytest.param(f"青棠市2023年{TITLE}", [f"青棠市2023年{TITLE}"], id="among other words"),
    ],
)
def test_a_year_in_the_title_is_the_year_of_a_form_that_names_none(title, rest):
    found = around(caption="项目资金（元）", title=title, year=None)
    assert (2023, ["year-in-title"], set()) == (entry_of(found).values["year"], repairs(found), doubted(found))
    assert rest == [one.text for one in left(found)]


def test_another_year_in_the_title_is_doubted():
    found = around(caption="项目资金（元）", title=f"2024年度{TITLE}")
    assert (2023, {"year"}) == (entry_of(found).values["year"], doubted(found))
    assert [f"2024年度{TITLE}"] == [one.text for one in left(found)]


OTHER = "部门整体支出绩效自评表"
REQUIRED = ("项目名称", "主管部门")


def test_a_form_like_a_known_one_under_another_title_is_not_read_as_that():
    with pytest.raises(ProblemError) as raised:
        around(title=OTHER, gone=REQUIRED)
    assert ["no-form-near"] == [one.code for one in raised.value.problems]
    assert "项目支出绩效自评表" in raised.value.problems[0].text("zh")


@pytest.mark.parametrize(
    ("title", "gone"),
    [
        pytest.param(OTHER, ("项目名称",), id="one of the captions that it requires is there"),
        pytest.param(f"青棠市{TITLE}", REQUIRED, id="the title is the form's with other words"),
        pytest.param("附件2", REQUIRED, id="what stands above is no title"),
    ],
)
def test_a_form_that_may_be_the_known_one_is_read(title, gone):
    assert "self-evaluation" == entry_of(around(title=title, gone=gone)).form


def test_beside_a_known_form_the_other_one_is_named_and_left_over():
    book = excel.opened(written(EVALUATION))
    copy = book.copy_worksheet(book.worksheets[-1])
    copy.cell(1, 1).value = OTHER
    for words in REQUIRED:
        excel.find(copy, words).value = None
    found = read(excel.saved(book))
    assert 1 == len(list(found.entries))
    assert {"sections[0].forms"} == doubted(found)
    assert {OTHER, "公共文化场馆免费开放"} <= {one.text for one in left(found)}


def changed(filing, path: str, value: str):
    entry = entry_of(filing)
    return filing_of(replace(entry, values={**entry.values, path: value}))


def test_a_change_is_made_in_a_workbook_whose_unit_stands_in_a_corner():
    data = unit_in_corner()
    before = read(data)
    after = changed(before, "project.name", "改名")
    assert [] == differences(after, read(apply_to_workbook(data, "book.xlsx", before, after, FORMS).data))


def test_another_unit_than_that_of_the_corner_is_refused():
    data = unit_in_corner()
    before = read(data)
    with pytest.raises(ProblemError) as raised:
        apply_to_workbook(data, "book.xlsx", before, changed(before, "money_unit", "元"), FORMS)
    assert ["workbook-verify"] == [one.code for one in raised.value.problems]
