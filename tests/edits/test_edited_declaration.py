"""A declaration's workbook, edited as people edit it, reads to the same data or says what it doubts."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from tests.edits import excel
from tests.edits.made import DECLARATION, doubted, entry_of, filing_of, left, read, repairs, written
from xltool.canonical import differences
from xltool.filing import Entry, Filing
from xltool.values import Value

"""
The sheet of the filing, rows and columns as the writer makes them:

       A             B               C        D                 E          F                G
    1  财政项目支出绩效目标申报表
    2  （2025年度）
    3  项目名称      {name}                   项目性质          {nature}   项目类别         {category}
    4  主管部门      {department}             实施单位          {unit}
    5  计划开始日期  {start}                  计划完成日期      {end}
    6  项目资金（元）项目资金总额    {..}     年度资金申请总额             {..}
    7                其中：财政资金  {..}     其中：当年财政拨款           {..}
    8                                         上年结转资金                 {..}
    9                其他资金        {..}     其他资金                     {..}
   10  项目绩效目标  项目总目标                                 年度总体目标
   11                {..}                                       {..}
   12  绩效指标      一级指标        二级指标 三级指标                     年度(/项目)指标值
   13                成本指标 …
"""


@pytest.fixture(scope="module")
def data() -> bytes:
    return written(DECLARATION)


def edited(data: bytes, edit: Callable) -> Filing:
    book = excel.opened(data)
    edit(book.worksheets[-1])
    return read(excel.saved(book))


# ---------------------------------------------------------------- the same data


def retype(sheet, text: str, new: str | None, nth: int = 1) -> None:
    excel.find(sheet, text, nth).value = new


def spaced_captions(sheet) -> None:
    retype(sheet, "项目名称", "项 目 名 称")
    retype(sheet, "主管部门", "主 管\n部 门")
    retype(sheet, "三级指标", "三　级　指　标")


def full_width_captions(sheet) -> None:
    retype(sheet, "年度(/项目)指标值", "年度（／项目）指标值")
    retype(sheet, "其中：财政资金", "其中:财政资金")
    retype(sheet, "项目名称", "项目名称：")
    retype(sheet, "项目资金（元）", "项目资金(元)")
    retype(sheet, "（2025年度）", "( ２０２５ 年度 )")


def shifted(sheet) -> None:
    excel.insert_rows(sheet, 1, 3)
    excel.insert_columns(sheet, 1, 2)


def dates_as_dates(sheet) -> None:
    for row, column, day in ((5, 2, date(2024, 7, 1)), (5, 5, datetime(2026, 6, 30))):
        sheet.cell(row, column).value = day
        sheet.cell(row, column).number_format = "yyyy/m/d"


def dates_under_formats(sheet) -> None:
    sheet.cell(5, 2).value, sheet.cell(5, 2).number_format = 45474, 'yyyy"年"m"月"d"日"'
    sheet.cell(5, 5).value, sheet.cell(5, 5).number_format = 46203, "m/d/yyyy"


def dates_as_text(sheet) -> None:
    sheet.cell(5, 2).value, sheet.cell(5, 5).value = "2024/7/1", "2026年6月30日"


def accounting(sheet) -> None:
    for row in range(6, 10):
        sheet.cell(row, 6).number_format = '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '


def other_table_beside(sheet) -> None:
    for row, texts in enumerate((("项目名称", "金额"), ("泵站", "12")), 1):
        for column, text in enumerate(texts, 11):
            sheet.cell(row, column).value = text


def repeated_head(sheet) -> None:
    excel.insert_rows(sheet, 16)
    excel.unmerge(sheet, "A12:G99")
    for column, text in ((1, "绩效指标"), (2, "一级指标"), (3, "二级指标"), (4, "三级指标"), (6, "年度(/项目)指标值")):
        sheet.cell(16, column).value = text


def grown_goal(sheet) -> None:
    excel.insert_rows(sheet, 12)
    excel.unmerge(sheet, "E11:G11")
    sheet.merge_cells("E11:G12")


def unmerge_levels(sheet) -> None:
    excel.unmerge(sheet, "B13:C99")


SAME = {
    "untouched": lambda sheet: None,
    "empty row above the list": lambda sheet: excel.insert_rows(sheet, 12),
    "empty row between funding rows": lambda sheet: excel.insert_rows(sheet, 8, 2),
    "empty row inside the list": lambda sheet: excel.insert_rows(sheet, 15),
    "empty rows at the list's start": lambda sheet: excel.insert_rows(sheet, 13, 2),
    "empty row under a goal's caption": lambda sheet: excel.insert_rows(sheet, 11),
    "row of names moved below the dates": lambda sheet: excel.move_row(sheet, 3, 6),
    "department's row moved to the top": lambda sheet: excel.move_row(sheet, 4, 3),
    "carried over moved above fiscal": lambda sheet: excel.move_row(sheet, 8, 7),
    "column inserted in a merge": lambda sheet: excel.insert_columns(sheet, 3),
    "column inserted before a value": lambda sheet: excel.insert_columns(sheet, 7),
    "column inserted at the left": lambda sheet: excel.insert_columns(sheet, 1),
    "moved down and right": shifted,
    "all merges broken up": lambda sheet: excel.unmerge(sheet),
    "all merges broken up, values repeated": lambda sheet: excel.unmerge(sheet, repeat=True),
    "merges of the levels broken up": unmerge_levels,
    "merges of the levels broken up, values repeated": lambda sheet: excel.unmerge(sheet, "B13:C99", repeat=True),
    "goal's merge grown over an empty row": grown_goal,
    "spaced captions": spaced_captions,
    "full-width captions": full_width_captions,
    "caption by its other name": lambda sheet: retype(sheet, "年度总体目标", "年度绩效目标"),
    "hidden column of merged cells": lambda sheet: setattr(sheet.column_dimensions["D"], "hidden", True),
    "dates as dates": dates_as_dates,
    "dates as numbers under a date format": dates_under_formats,
    "dates as text": dates_as_text,
    "accounting format": accounting,
    "title gone": lambda sheet: excel.delete_rows(sheet, 1),
    "title retyped": lambda sheet: retype(sheet, "财政项目支出绩效目标申报表", "绩效目标表（定稿）"),
    "head of the list printed again": repeated_head,
    "sheet renamed": lambda sheet: setattr(sheet, "title", "改过的名字"),
    "another table beside": other_table_beside,
}


@pytest.mark.parametrize("edit", SAME.values(), ids=SAME)
def test_an_edit_that_says_nothing_new_reads_to_the_same_data(data, edit):
    found = edited(data, edit)
    assert [] == differences(DECLARATION, found)
    assert set() == doubted(found)


def filtered(sheet) -> None:
    sheet.auto_filter.ref = "A12:G40"
    sheet.row_dimensions[14].hidden = True


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        pytest.param(lambda sheet: setattr(sheet.row_dimensions[14], "hidden", True), {"level2", "name", "target"}, id="a row"),
        pytest.param(filtered, {"level2", "name", "target"}, id="a row that a filter hides"),
    ],
)
def test_what_a_hidden_row_of_the_list_holds_is_read_and_doubted(data, edit, expected):
    found = edited(data, edit)
    assert [] == differences(DECLARATION, found)
    assert {f"indicators[1].{one}" for one in expected} == doubted(found)


def test_a_group_of_which_another_row_is_shown_is_seen(data):
    found = edited(data, lambda sheet: setattr(sheet.row_dimensions[13], "hidden", True))
    assert {f"indicators[0].{one}" for one in ("level2", "name", "target")} == doubted(found)


def test_what_hidden_columns_hold_is_read_and_doubted(data):
    def edit(sheet):
        for column in "FG":
            sheet.column_dimensions[column].hidden = True

    found = edited(data, edit)
    assert [] == differences(DECLARATION, found)
    targets = {f"indicators[{at}].target" for at in range(len(entry_of(DECLARATION).lists["indicators"]))}
    assert targets <= doubted(found) and "goals.annual" not in doubted(found)


def bannered(sheet, text: str, levels: bool) -> None:
    """A row over the whole list between two levels; with the levels beside the rows, or without."""
    for merged in [one for one in sheet.merged_cells.ranges if one.min_col == 2 and one.min_row > 12]:
        sheet.unmerge_cells(str(merged))
        for row in range(merged.min_row, merged.max_row + 1):
            sheet.cell(row, 2).value = sheet.cell(merged.min_row, 2).value if levels else None
    for row in range(13, sheet.max_row + 1) if not levels else ():
        sheet.cell(row, 2).value = None
    excel.insert_rows(sheet, 15)
    sheet.cell(15, 2).value = text
    sheet.merge_cells("B15:G15")


@pytest.mark.parametrize("text", ["二、产出指标（50分）", "产出指标", "以下为产出类"])
def test_a_row_of_text_between_the_rows_of_a_list_is_left_over_and_none_of_them(data, text):
    found = edited(data, lambda sheet: bannered(sheet, text, levels=True))
    assert ([], [text]) == (differences(DECLARATION, found), [one.text for one in left(found)])


def test_levels_that_stand_in_such_rows_alone_are_doubted(data):
    found = edited(data, lambda sheet: bannered(sheet, "二、产出指标（50分）", levels=False))
    assert ["二、产出指标（50分）"] == [one.text for one in left(found)]
    rows = range(len(entry_of(DECLARATION).lists["indicators"]))
    assert {None} == {item["level1"] for item in entry_of(found).lists["indicators"]}
    assert {f"indicators[{at}].level1" for at in rows} <= doubted(found)


def test_squares_of_a_broken_merge_that_repeat_its_value_are_not_left_over(data):
    assert [] == left(edited(data, lambda sheet: excel.unmerge(sheet, repeat=True)))


def test_an_untouched_workbook_has_nothing_to_tell(data):
    found = read(data)
    assert ([], []) == (repairs(found), left(found))


@pytest.mark.parametrize("number", ["2,650,000.00", "２６５００００", " 2650000 ", "¥2,650,000"])
def test_a_number_typed_as_text_is_the_number_and_a_repair(data, number):
    found = edited(data, lambda sheet: setattr(sheet.cell(6, 6), "value", number))
    assert [] == differences(DECLARATION, found)
    assert repairs(found) in ([], ["number-as-text"])


def test_a_number_typed_with_the_unit_of_the_form_is_the_number_and_a_repair(data):
    found = edited(data, lambda sheet: setattr(sheet.cell(6, 6), "value", "2650000元"))
    assert ([], ["unit-typed"]) == (differences(DECLARATION, found), repairs(found))


def test_a_number_that_only_prints_separators_is_no_repair(data):
    found = edited(data, lambda sheet: setattr(sheet.cell(6, 6), "value", "2,650,000.00"))
    assert [] == repairs(found)


def test_a_broken_merge_of_levels_is_named_once_a_row(data):
    found = edited(data, unmerge_levels)
    assert set(repairs(found)) == {"merge-broken"}


def sort_below_undone_merges(sheet, last: str) -> None:
    """Sorts the list by its names as Excel does where merges were undone before: the empty levels move with their rows."""
    unmerge_levels(sheet)
    rows = [[sheet.cell(row, column).value for column in (2, 3, 4, 6)] for row in range(13, sheet.max_row + 1)]
    for row, values in enumerate(sorted(rows, key=lambda row: (row[2] == last, row[2])), 13):
        for column, value in zip((2, 3, 4, 6), values, strict=True):
            sheet.cell(row, column).value = value


def test_rows_that_were_sorted_below_undone_merges_are_doubted_at_every_level_that_is_empty(data):
    """可持续影响指标 with an empty level one comes to stand below 满意度指标: so none of the empty ones can be trusted."""
    names = {item["level2"]: item["name"] for item in reversed(entry_of(DECLARATION).lists["indicators"])}
    found = edited(data, lambda sheet: sort_below_undone_merges(sheet, str(names["可持续影响指标"])))
    [entry] = found.entries
    assert {"merge-broken"} == set(repairs(found))
    assert len(repairs(found)) == len(doubted(found)) > 1
    wrong = {f"indicators[{at}].{level}" for at, item in enumerate(entry.lists["indicators"]) for level in ("level1", "level2") if item[level] != before(item["name"])[level]}
    assert wrong and wrong <= doubted(found)


def before(name) -> dict:
    return next(dict(item) for item in entry_of(DECLARATION).lists["indicators"] if item["name"] == name)


def test_text_that_a_merge_covers_is_doubted(data):
    """A program that inserts a row and leaves the merges where they were: 效益指标 is stored under a merge that begins a row above."""
    found = edited(data, lambda sheet: sheet.insert_rows(15))
    [entry] = found.entries
    wrong = {f"indicators[{at}].{level}" for at, item in enumerate(entry.lists["indicators"]) for level in ("level1", "level2") if item[level] not in (None, before(item["name"])[level])}
    assert wrong and wrong <= doubted(found)


def test_undone_merges_alone_leave_no_doubt(data):
    assert set() == doubted(edited(data, unmerge_levels))


# ---------------------------------------------------------------- other data


def changed(**values) -> Filing:
    entry = entry_of(DECLARATION)
    return filing_of(replace(entry, values={**entry.values, **values}))


def with_items(change: Callable[[list], None]) -> Filing:
    entry = entry_of(DECLARATION)
    items = [dict(item) for item in entry.lists["indicators"]]
    change(items)
    return filing_of(replace(entry, lists={"indicators": tuple(items)}))


def test_a_row_inserted_inside_a_group_is_an_indicator_of_the_group(data):
    def edit(sheet):
        excel.insert_rows(sheet, 17)
        sheet.cell(17, 4).value, sheet.cell(17, 6).value = "新增站点数", "≥5(个)"

    items = entry_of(DECLARATION).lists["indicators"]
    row = dict(items[3], name="新增站点数", target=Value("≥5(个)", "≥", Decimal(5), "个"))
    found = edited(data, edit)
    assert [] == differences(with_items(lambda rows: rows.insert(4, row)), found)
    assert (items[3]["level1"], items[3]["level2"]) == (items[4]["level1"], items[4]["level2"])


def test_a_deleted_indicator_is_gone(data):
    assert [] == differences(with_items(lambda rows: rows.pop(3)), edited(data, lambda sheet: excel.delete_rows(sheet, 16)))


def test_moved_indicators_come_in_their_new_order(data):
    def swap(rows):
        for name in ("name", "target"):
            rows[3][name], rows[4][name] = rows[4][name], rows[3][name]

    def edit(sheet):
        for column in (4, 6):
            upper, lower = sheet.cell(16, column), sheet.cell(17, column)
            upper.value, lower.value = lower.value, upper.value

    assert [] == differences(with_items(swap), edited(data, edit))


def test_a_deleted_money_row_is_null_and_doubted(data):
    found = edited(data, lambda sheet: excel.delete_rows(sheet, 8))
    assert [] == differences(changed(**{"funding.annual.carried_over": None}), found)
    assert {"funding.annual.carried_over"} == doubted(found)


def test_a_caption_that_is_gone_is_a_doubt_and_its_value_is_kept(data):
    found = edited(data, lambda sheet: retype(sheet, "实施单位", None))
    assert [] == differences(DECLARATION, found)
    assert {"project.unit"} == doubted(found)


def test_a_wrong_caption_leaves_its_words_over(data):
    found = edited(data, lambda sheet: retype(sheet, "上年结转资金", "盘活资金"))
    assert "funding.annual.carried_over" in doubted(found)
    assert "盘活资金" in [one.text for one in left(found)]


@pytest.mark.parametrize("mark", ["—", "-", "/", "*", "无", "——"])
def test_a_mark_in_a_money_cell_is_null_and_kept(data, mark):
    found = edited(data, lambda sheet: setattr(sheet.cell(8, 6), "value", mark))
    assert None is entry_of(found).values["funding.annual.carried_over"]
    assert {"funding.annual.carried_over": mark} == dict(entry_of(found).marks)


def test_words_in_a_money_cell_are_a_doubt_and_left_over(data):
    found = edited(data, lambda sheet: setattr(sheet.cell(8, 6), "value", "约十万"))
    assert None is entry_of(found).values["funding.annual.carried_over"]
    assert {"funding.annual.carried_over"} == doubted(found)
    assert ["约十万"] == [one.text for one in left(found)]


def test_a_day_that_is_none_stays_as_printed_with_a_doubt(data):
    found = edited(data, lambda sheet: setattr(sheet.cell(5, 5), "value", "2026年6月"))
    assert "2026年6月" == entry_of(found).values["project.end_date"]
    assert {"project.end_date"} == doubted(found)


def test_a_level_outside_the_taxonomy_stays(data):
    found = edited(data, lambda sheet: retype(sheet, "经济成本指标", "运维成本指标"))
    assert "运维成本指标" == entry_of(found).lists["indicators"][0]["level2"]


def target(data, value, number_format="General"):
    def edit(sheet):
        sheet.cell(13, 6).value = value
        sheet.cell(13, 6).number_format = number_format

    return entry_of(edited(data, edit)).lists["indicators"][0]["target"]


@pytest.mark.parametrize(
    ("value", "number_format", "expected"),
    [
        pytest.param(1, "0%", Value("100%", None, Decimal(100), "%"), id="one shown as a rate"),
        pytest.param(0.985, "0.0%", Value("98.5%", None, Decimal("98.5"), "%"), id="rate with a decimal"),
        pytest.param(0.985, "0.00%", Value("98.50%", None, Decimal("98.5"), "%"), id="rate with two decimals"),
        pytest.param(1234.5, "#,##0.00", Value("1,234.50", None, Decimal("1234.5")), id="thousands"),
        pytest.param(12, "0.00", Value("12.00", None, Decimal(12)), id="decimals"),
        pytest.param(12, "General", Value("12", None, Decimal(12)), id="general"),
        pytest.param(12, '0"家"', Value("12家", None, Decimal(12), "家"), id="unit in the format"),
        pytest.param(12, '"≥"0', Value("≥12", "≥", Decimal(12)), id="sign in the format"),
        pytest.param(0.1 + 0.2, "General", Value("0.3", None, Decimal("0.3")), id="fifteen digits"),
        pytest.param(date(2025, 12, 31), 'yyyy"年"m"月"d"日"', Value("2025年12月31日"), id="date"),
        pytest.param(date(2025, 12, 1), 'yyyy"年"m"月"', Value("2025年12月"), id="month"),
        pytest.param("＝100％", "@", Value("＝100％", "=", Decimal(100), "%"), id="full width"),
        pytest.param("=100%", "General", Value("=100%", "=", Decimal(100), "%"), id="typed formula without a result"),
        pytest.param("=956.00(元/家)", "General", Value("=956.00(元/家)", "=", Decimal(956), "元/家"), id="a library's formula"),
        pytest.param("≥90", "General", Value("≥90", "≥", Decimal(90)), id="sign"),
        pytest.param(True, "General", Value("TRUE"), id="truth value"),
    ],
)
def test_a_target_reads_as_its_cell_shows_it(data, value, number_format, expected):
    assert expected == target(data, value, number_format)


def test_a_formula_without_a_result_is_a_doubt_on_its_field(data):
    def edit(sheet):
        sheet.cell(6, 6).value = "=SUM(F7:F9)"
        sheet.cell(13, 6).value = "=F7/F6"

    found = edited(data, edit)
    assert None is entry_of(found).values["funding.annual.total"]
    assert {"funding.annual.total", "indicators[0].target"} == doubted(found)
    assert ["=SUM(F7:F9)", "=F7/F6"] == [one.text for one in left(found)]


def test_notes_that_the_form_does_not_own_are_left_over_with_their_cells(data):
    def edit(sheet):
        sheet.cell(3, 9).value = "已与财政局核对"
        sheet.cell(8, 2).value = "见附件"
        bottom = sheet.max_row
        sheet.cell(bottom + 1, 1).value = "填表人：李青"
        sheet.cell(bottom + 1, 4).value = "联系电话：000"
        sheet.cell(bottom + 3, 4).value = "审核意见：同意"

    found = edited(data, edit)
    assert [] == differences(DECLARATION, found)
    name = excel.opened(data).sheetnames[-1]
    bottom = excel.opened(data).worksheets[-1].max_row
    expected = [f"{name}!{at}" for at in ("I3", "B8", f"A{bottom + 1}", f"D{bottom + 1}", f"D{bottom + 3}")]
    assert expected == [one.place for one in left(found)]


def test_a_comment_is_left_over(data):
    from openpyxl.comments import Comment

    found = edited(data, lambda sheet: setattr(sheet.cell(6, 6), "comment", Comment("数字待核实", "审核")))
    assert [] == differences(DECLARATION, found)
    assert ["数字待核实"] == [one.text for one in left(found)]


def test_a_text_in_a_field_with_two_texts_is_doubted(data):
    def edit(sheet):
        excel.unmerge(sheet, "B4:C4")
        sheet.cell(4, 3).value = "（代管）"

    found = edited(data, edit)
    assert {"project.department"} == doubted(found)
    assert ["（代管）"] == [one.text for one in left(found)]


def test_lines_of_a_cell_are_kept_in_goals_and_joined_in_names(data):
    def edit(sheet):
        sheet.cell(11, 5).value = "1.建成 平台；\n2.稳定 运行。"
        sheet.cell(13, 4).value = "单站\n建设成本"

    entry = entry_of(edited(data, edit))
    assert "1.建成平台；\n2.稳定运行。" == entry.values["goals.annual"]
    assert "单站建设成本" == entry.lists["indicators"][0]["name"]


def test_an_entry_says_its_sheet(data):
    entry: Entry = entry_of(read(data))
    assert ("sheet", excel.opened(data).sheetnames[-1]) == entry.source.place
