"""Workbooks of several forms, edited: sheets and sections, forms on one sheet, foreign sheets, several kinds."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.edits import excel
from tests.edits.made import (
    DECLARATION,
    DECLARATIONS,
    EVALUATION,
    EVALUATIONS,
    FORMS,
    doubted,
    entry_of,
    filing_of,
    left,
    load,
    read,
    repairs,
    written,
)
from xltool.canonical import differences
from xltool.filing import Filing, Section
from xltool.problems import ProblemError

PAGES = Path(__file__).resolve().parents[1] / "mappings"
FIRST, SECOND = (section.title for section in DECLARATIONS.sections)
A, B, C = DECLARATIONS.entries


def edited(filing: Filing, edit: Callable, stacked: bool = False) -> Filing:
    book = excel.opened(written(filing, stacked))
    edit(book)
    return read(excel.saved(book))


def sections(*pairs) -> Filing:
    return Filing(tuple(Section(title, tuple(entries)) for title, entries in pairs))


# ---------------------------------------------------------------- sheets and titles


def reverse_forms(book) -> None:
    book._sheets[1:] = book._sheets[:0:-1]


def drop(name: int) -> Callable:
    return lambda book: book.remove(book.worksheets[name])


def foreign_sheets(book) -> None:
    sheet = book.create_sheet("通讯录", 0)
    sheet.append(["姓名", "电话"])
    sheet.append(["李青", "000"])


def only_contents(book) -> None:
    for name in list(book.custom_doc_props.names):
        del book.custom_doc_props[name]


def title_retyped(book) -> None:
    only_contents(book)
    excel.find(book.worksheets[0], str(SECOND)).value = "青棠市某某中心2025年度项目绩效目标汇总表"


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        pytest.param(lambda book: None, DECLARATIONS, id="untouched"),
        pytest.param(drop(0), DECLARATIONS, id="contents deleted: the properties count"),
        pytest.param(drop(1), sections((FIRST, [B]), (SECOND, [C])), id="a form's sheet deleted"),
        pytest.param(drop(3), sections((FIRST, [A, B])), id="a section's only sheet deleted"),
        pytest.param(reverse_forms, sections((SECOND, [C]), (FIRST, [B, A])), id="sheets reordered"),
        pytest.param(lambda book: setattr(book.worksheets[2], "title", "改名"), DECLARATIONS, id="a sheet renamed"),
        pytest.param(only_contents, DECLARATIONS, id="properties gone: the contents sheet tells"),
        pytest.param(title_retyped, sections((FIRST, [A, B]), ("青棠市某某中心2025年度项目绩效目标汇总表", [C])), id="a title retyped"),
        pytest.param(foreign_sheets, DECLARATIONS, id="a foreign sheet"),
        pytest.param(lambda book: book.create_sheet("空白"), DECLARATIONS, id="an empty sheet"),
        pytest.param(lambda book: setattr(book.worksheets[2], "sheet_state", "hidden"), DECLARATIONS, id="a hidden sheet"),
    ],
)
def test_sections_and_order_follow_the_sheets(edit, expected):
    assert [] == differences(expected, edited(DECLARATIONS, edit))


def test_a_foreign_sheet_is_left_over_cell_by_cell():
    assert ["通讯录!A1", "通讯录!B1", "通讯录!A2", "通讯录!B2"] == [one.place for one in left(edited(DECLARATIONS, foreign_sheets))]


def test_a_note_on_the_contents_sheet_is_left_over():
    def edit(book):
        book.worksheets[0]["F2"].value = "已报送"

    found = edited(DECLARATIONS, edit)
    assert [] == differences(DECLARATIONS, found)
    assert ["目录!F2"] == [one.place for one in left(found)]


def test_a_copied_sheet_is_a_form_more():
    found = edited(filing_of(C), lambda book: book.copy_worksheet(book.worksheets[-1]))
    assert [] == differences(filing_of(C, C), found)


def test_no_title_is_no_title():
    assert [None] == [section.title for section in read(written(EVALUATIONS)).sections]


# ---------------------------------------------------------------- forms on one sheet


def row_of_form(sheet, number: int) -> int:
    return excel.find(sheet, "财政项目支出绩效目标申报表", number).row


def run_together(book) -> None:
    sheet = book.worksheets[-1]
    excel.delete_rows(sheet, row_of_form(sheet, 2) - 1)


def second_title_gone(book) -> None:
    sheet = book.worksheets[-1]
    excel.delete_rows(sheet, row_of_form(sheet, 2))


def second_head_gone(book) -> None:
    sheet = book.worksheets[-1]
    excel.delete_rows(sheet, row_of_form(sheet, 2) - 1, 3)


def gaps(book) -> None:
    sheet = book.worksheets[-1]
    excel.insert_rows(sheet, row_of_form(sheet, 3), 4)
    excel.insert_rows(sheet, row_of_form(sheet, 1), 2)


@pytest.mark.parametrize(
    "edit",
    [
        pytest.param(lambda book: None, id="untouched"),
        pytest.param(run_together, id="the second begins without a gap"),
        pytest.param(second_title_gone, id="the second's title gone"),
        pytest.param(gaps, id="gaps grown, a section's title far above"),
        pytest.param(lambda book: excel.unmerge(book.worksheets[-1]), id="all merges broken up"),
        pytest.param(lambda book: excel.insert_columns(book.worksheets[-1], 2), id="a column inserted"),
        pytest.param(only_contents, id="properties gone"),
    ],
)
def test_stacked_forms_read_each_on_its_own(edit):
    found = edited(DECLARATIONS, edit, stacked=True)
    assert [] == differences(DECLARATIONS, found)
    assert [] == left(found)
    assert set() == doubted(found)


def test_a_form_without_title_and_year_has_no_year():
    found = edited(DECLARATIONS, second_head_gone, stacked=True)
    expected = replace(B, values={**B.values, "year": None})
    assert [] == differences(sections((FIRST, [A, expected]), (SECOND, [C])), found)
    assert {"year"} == doubted(found)


def test_a_note_between_stacked_forms_is_left_over():
    def edit(book):
        sheet = book.worksheets[-1]
        row = row_of_form(sheet, 2)
        excel.insert_rows(sheet, row - 1, 2)
        sheet.cell(row, 1).value = "注：以上金额已核定。"

    found = edited(DECLARATIONS, edit, stacked=True)
    assert [] == differences(DECLARATIONS, found)
    assert ["注：以上金额已核定。"] == [one.text for one in left(found)]


def test_forms_of_two_kinds_on_one_sheet_are_told_apart():
    both = filing_of(entry_of(DECLARATION), entry_of(EVALUATION), A)
    found = read(written(both, stacked=True))
    assert [] == differences(both, found)
    assert [] == left(found)


# ---------------------------------------------------------------- which form it is


def without_title(book) -> None:
    excel.delete_rows(book.worksheets[-1], 1)


def test_of_two_forms_alike_the_title_tells():
    twin = replace(entry_of(EVALUATION), form="self-evaluation-2020", title=FORMS["self-evaluation-2020"].title)
    for entry in (twin, entry_of(EVALUATION)):
        assert entry.form == entry_of(read(written(filing_of(entry)))).form


def test_without_a_title_the_document_tells_which_form_it_is():
    assert "self-evaluation" == entry_of(edited(EVALUATION, without_title)).form


def test_two_forms_that_fit_alike_are_named_in_a_doubt():
    def edit(book):
        without_title(book)
        only_contents(book)
        sheet = book.worksheets[-1]
        excel.find(sheet, "预算目标").value = "年初设定目标"

    found = edited(EVALUATION, edit)
    assert "form" in doubted(found)
    why = next(one.why for one in entry_of(found).source.doubts if one.path == "form")
    assert "self-evaluation" in why


# ---------------------------------------------------------------- nothing there


def captions_gone(book) -> None:
    sheet = book.worksheets[-1]
    for row in sheet.iter_rows():
        for cell in row:
            if cell.row > 1 and not isinstance(cell, type(None)) and cell.value and cell.coordinate != "A1":
                cell.value = "甲"


def test_a_form_with_no_captions_left_is_named_beside_the_others():
    def edit(book):
        sheet = book.worksheets[1]
        for row in sheet.iter_rows(min_row=2):
            for cell in row:
                if cell.value is not None:
                    cell.value = None

    found = edited(EVALUATIONS, edit)
    assert 1 == len(list(found.entries))
    assert "sections[0].forms" in doubted(found)


@pytest.mark.parametrize("edit", [captions_gone, lambda book: book.worksheets[-1].delete_rows(1, 200)], ids=["no captions", "empty sheet"])
def test_a_document_without_a_form_is_a_problem_that_names_the_known_ones(edit):
    with pytest.raises(ProblemError) as raised:
        edited(EVALUATION, edit)
    assert ["no-form"] == [one.code for one in raised.value.problems]
    assert "财政项目支出绩效自评表" in raised.value.problems[0].text("zh")


# ---------------------------------------------------------------- the self-evaluation


def levels_spelled(book) -> None:
    sheet = book.worksheets[-1]
    excel.find(sheet, "产出指标").value = "产出指标（50分）"


def test_a_level_with_its_weight_is_both():
    found = entry_of(edited(EVALUATION, levels_spelled)).lists["indicators"]
    assert {("产出指标", 50)} == {(item["level1"], item["level1_weight"]) for item in found if item["level1"] == "产出指标"}


def same_values(book) -> None:
    """The reason of the first indicator is merged down over the second's."""
    sheet = book.worksheets[-1]
    sheet.merge_cells("I13:I14")


def test_a_cell_merged_over_two_items_is_the_value_of_both():
    found = edited(EVALUATION, same_values)
    items = entry_of(found).lists["indicators"]
    assert items[0]["reason"] == items[1]["reason"] is not None
    assert ["cell-merged"] == repairs(found)


def test_a_number_merged_over_two_items_counts_once_and_is_doubted():
    """The score of the first indicator is merged down over the second's."""
    found = edited(EVALUATION, lambda book: book.worksheets[-1].merge_cells("H13:H14"))
    before, items = entry_of(EVALUATION).lists["indicators"], entry_of(found).lists["indicators"]
    assert (before[0]["score"], None) == (items[0]["score"], items[1]["score"])
    assert {"indicators[1].score"} == doubted(found)


@pytest.mark.parametrize(
    ("row", "column", "value", "number_format", "path", "expected"),
    [
        pytest.param(6, 8, "90.90%", "@", "funding.total.execution_rate", "0.909", id="rate as text"),
        pytest.param(6, 8, 0.909, "0%", "funding.total.execution_rate", "0.909", id="rate rounded by its format"),
        pytest.param(6, 8, "９０．９０％", "@", "funding.total.execution_rate", "0.909", id="rate in full width"),
        pytest.param(6, 6, "436,320.5", "@", "funding.total.executed", "436320.5", id="money as text"),
        pytest.param(6, 9, "9.09", "@", "funding.total.score", "9.09", id="score as text"),
    ],
)
def test_numbers_read_from_any_way_of_typing(row, column, value, number_format, path, expected):
    def edit(book):
        cell = book.worksheets[-1].cell(row, column)
        cell.value, cell.number_format = value, number_format

    found = edited(EVALUATION, edit)
    assert [] == differences(EVALUATION, found)
    assert expected == str(entry_of(found).values[path])


def test_a_rate_without_a_percent_sign_is_doubted():
    def edit(book):
        book.worksheets[-1].cell(6, 8).number_format = "General"

    assert {"funding.total.execution_rate"} == doubted(edited(EVALUATION, edit))


def test_a_number_where_the_form_prints_a_mark_is_left_over():
    def edit(book):
        book.worksheets[-1].cell(7, 7).value = 5

    found = edited(EVALUATION, edit)
    assert [] == differences(EVALUATION, found)
    assert ["5"] == [one.text for one in left(found)]


def test_money_in_ten_thousands_says_so():
    def edit(book):
        sheet = book.worksheets[-1]
        excel.find(sheet, "项目资金（元）").value = "项目资金（万元）"

    assert "万元" == entry_of(edited(EVALUATION, edit)).values["money_unit"]


@pytest.mark.parametrize("caption", ["项目资金（单位：万元）", "项目资金(单位:万元)", "项目资金（ 万元 ）"])
def test_a_unit_behind_a_colon_is_the_unit(caption):
    def edit(book):
        excel.find(book.worksheets[-1], "项目资金（元）").value = caption

    found = edited(EVALUATION, edit)
    assert ("万元", set()) == (entry_of(found).values["money_unit"], doubted(found))


def test_a_unit_that_is_none_of_the_choices_is_doubted_and_left_over():
    def edit(book):
        excel.find(book.worksheets[-1], "项目资金（元）").value = "项目资金（亿元）"

    found = edited(EVALUATION, edit)
    assert (None, {"money_unit"}) == (entry_of(found).values["money_unit"], doubted(found))
    assert ["项目资金（亿元）"] == [one.text for one in left(found)]


def test_a_total_whose_row_is_gone_takes_nothing_of_the_list():
    def edit(book):
        sheet = book.worksheets[-1]
        excel.delete_rows(sheet, excel.find(sheet, "总分").row)

    found = edited(EVALUATION, edit)
    assert entry_of(EVALUATION).lists == entry_of(found).lists
    assert (None, None) == (entry_of(found).values["total.weight"], entry_of(found).values["total.score"])
    assert {"total.weight", "total.score"} == doubted(found)


def test_a_total_under_another_caption_is_left_over_and_doubted():
    def edit(book):
        excel.find(book.worksheets[-1], "总分").value = "得分小计"

    found = edited(EVALUATION, edit)
    assert entry_of(EVALUATION).lists == entry_of(found).lists
    assert {"total.weight", "total.score"} == doubted(found)
    assert "得分小计" in [one.text for one in left(found)]


def test_the_total_is_found_wherever_the_list_ends():
    def edit(book):
        sheet = book.worksheets[-1]
        excel.insert_rows(sheet, excel.find(sheet, "总分").row, 3)

    found = edited(EVALUATION, edit)
    assert [] == differences(EVALUATION, found)
    assert [] == repairs(found)


@pytest.mark.parametrize("name", ["self-evaluation-2020", "self-evaluation-sichuan", "declaration-2015"])
def test_a_form_goes_on_below_a_gap_in_its_broken_merges(name):
    filing = load(PAGES / f"{name}.json")

    def edit(book):
        sheet = book.worksheets[-1]
        excel.unmerge(sheet, repeat=True)
        excel.insert_rows(sheet, 8, 3)

    found = edited(filing, edit)
    assert [name] == [entry.form for entry in found.entries]
    assert [] == differences(filing, found)
