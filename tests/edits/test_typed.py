"""What clerks type into cells and what Excel makes of it: the value that people see, or a doubt; never another value in silence."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from tests.edits import excel
from tests.edits.made import (
    DECLARATION,
    EVALUATION,
    doubted,
    entry_of,
    filing_of,
    left,
    read,
    repairs,
    written,
)
from xltool.filing import Entry, Filing

DATE, MONEY, RATE = (5, 2, "project.start_date"), (6, 6, "funding.annual.total"), (6, 8, "funding.total.execution_rate")


def typed(filing: Filing, row: int, column: int, value: str | float | date, number_format: str) -> Filing:
    """The filing as it is read after a value was typed into a cell of this format."""
    book = excel.opened(written(filing))
    cell = book.worksheets[-1].cell(row, column)
    cell.value, cell.number_format = value, number_format
    return read(excel.saved(book))


def told(found: Filing, path: str) -> tuple[object, bool]:
    """A value, and whether it is doubted."""
    entry: Entry = entry_of(found)
    return entry.values[path], path in doubted(found)


@pytest.mark.parametrize(
    ("value", "number_format", "wanted", "repaired"),
    [
        pytest.param(20250101, "yyyy-mm-dd", "2025-01-01", ["date-run-together"], id="20250101 in a date's cell, which shows ####"),
        pytest.param(20250101, "General", "2025-01-01", ["date-run-together"], id="20250101"),
        pytest.param("20250101", "@", "2025-01-01", ["date-run-together"], id="20250101 as text"),
        pytest.param("２０２５０１０１", "@", "2025-01-01", ["date-run-together"], id="in full width"),
        pytest.param(45658, "General", "2025-01-01", ["date-serial"], id="the number by which Excel counts the day"),
        pytest.param(45658, "0.00", "2025-01-01", ["date-serial"], id="with decimals shown"),
        pytest.param(36526, "General", "2000-01-01", ["date-serial"], id="the first day that is read so"),
        pytest.param(73050, "#,##0", "2099-12-31", ["date-serial"], id="the last"),
        pytest.param(date(2025, 1, 1), "yyyy-mm-dd", "2025-01-01", [], id="a date"),
        pytest.param("2025.1.1", "yyyy-mm-dd", "2025-01-01", [], id="points"),
        pytest.param("2025年1月1日", "General", "2025-01-01", [], id="in words"),
    ],
)
def test_a_day_typed_in_any_way_is_the_day(value, number_format, wanted, repaired):
    row, column, path = DATE
    found = typed(DECLARATION, row, column, value, number_format)
    assert ((wanted, False), repaired, []) == (told(found, path), repairs(found), left(found))


@pytest.mark.parametrize(
    ("value", "number_format", "wanted"),
    [
        pytest.param(2025.1, "yyyy-mm-dd", "1905-07-17", id="2025.1 is a day of 1905 for Excel"),
        pytest.param(2025, "yyyy/m/d", "1905-07-17", id="the year 2025 too"),
        pytest.param(36525, "General", "36525", id="a number of a day before 2000"),
        pytest.param(73051, "General", "73051", id="a number of a day after 2099"),
        pytest.param(45658.5, "General", "45658.5", id="half a day"),
        pytest.param("45658", "@", "45658", id="a text of digits"),
        pytest.param(20251301, "yyyy-mm-dd", "20251301", id="no day"),
        pytest.param("20250230", "@", "20250230", id="no day, as text"),
        pytest.param(99999999, "yyyy-mm-dd", "99999999", id="a number that no date has"),
    ],
)
def test_a_day_that_cannot_be_meant_is_doubted(value, number_format, wanted):
    row, column, path = DATE
    assert (wanted, True) == told(typed(DECLARATION, row, column, value, number_format), path)


@pytest.mark.parametrize(
    ("value", "number_format", "wanted"),
    [
        pytest.param(95, '0"%"', "0.95", id="a format that only adds the sign"),
        pytest.param(95.5, '0.0"%"', "0.955", id="the same with a decimal"),
        pytest.param(0.95, "0%", "0.95", id="a rate"),
        pytest.param(0.004, "0%", "0.004", id="a rate shown as nothing"),
        pytest.param(0.00996, "0%", "0.00996", id="a hundredth"),
        pytest.param(0, '0"%"', "0", id="nothing"),
        pytest.param(1.1595, "0.00%", "1.1595", id="more than all"),
        pytest.param(95, "0.00%", "95", id="ninety-five times, as the cell shows"),
        pytest.param("95%", "@", "0.95", id="text"),
    ],
)
def test_a_rate_is_what_the_cell_shows(value, number_format, wanted):
    row, column, path = RATE
    assert (Decimal(wanted), False) == told(typed(EVALUATION, row, column, value, number_format), path)


@pytest.mark.parametrize(
    ("value", "number_format", "wanted", "unsure"),
    [
        pytest.param(48, '0"万元"', "48", True, id="48 with 万元 added by the format"),
        pytest.param(48.25, '0.0"万"', "48.25", True, id="48.25 with 万 added"),
        pytest.param(480000, '0!.0,"万"', "480000", False, id="480000 shown in ten thousands"),
        pytest.param(480000, '#,##0.00"元"', "480000", False, id="元 added by the format"),
        pytest.param(480000, "¥#,##0", "480000", False, id="a currency's sign"),
        pytest.param(480000, "0!.0,", "480000", True, id="480000 shown as 480.0"),
        pytest.param(48.1254, "#,##0.00", "48.1254", False, id="rounded"),
        pytest.param(-5, "0;0", "-5", True, id="a sign that is not shown"),
        pytest.param(480000, ";;;", "480000", True, id="a number that is not shown"),
        pytest.param(0, "0;-0;;@", "0", False, id="nought that is not shown"),
    ],
)
def test_money_whose_format_says_another_unit_is_doubted(value, number_format, wanted, unsure):
    row, column, path = MONEY
    assert (Decimal(wanted), unsure) == told(typed(DECLARATION, row, column, value, number_format), path)


@pytest.mark.parametrize(
    ("value", "number_format", "unsure"),
    [
        pytest.param(48, '0"万元"', False, id="the unit of the form"),
        pytest.param(480000, '0!.0,"万元"', True, id="an amount in 元 shown in ten thousands"),
        pytest.param(48, '0.00"元"', True, id="another unit"),
    ],
)
def test_money_is_doubted_whose_format_makes_another_amount_in_the_unit_of_the_form(value, number_format, unsure):
    row, column, path = MONEY
    entry = entry_of(DECLARATION)
    in_wan = filing_of(replace(entry, values={**entry.values, "money_unit": "万元"}))
    assert (Decimal(value), unsure) == told(typed(in_wan, row, column, value, number_format), path)


@pytest.mark.parametrize(("first", "wanted"), [(False, "2025-01-01"), (True, "2029-01-02")], ids=["1900", "1904"])
def test_a_number_of_a_day_is_counted_as_its_workbook_counts(first, wanted):
    row, column, path = DATE
    book = excel.opened(written(DECLARATION))
    book.epoch = CALENDAR_MAC_1904 if first else CALENDAR_WINDOWS_1900
    cell = book.worksheets[-1].cell(row, column)
    cell.value, cell.number_format = 45658, "General"
    assert wanted == entry_of(read(excel.saved(book))).values[path]


@pytest.mark.parametrize(
    ("caption", "amount"),
    [
        pytest.param("项目资金（单位：万元）", 12, id="万元 behind a colon"),
        pytest.param("项目资金（单位：元）", 120000, id="元 behind a colon"),
        pytest.param("项目资金（美元）", None, id="a unit that is none of the choices"),
    ],
)
def test_an_amount_with_its_unit_is_read_in_the_unit_of_the_caption(caption, amount):
    book = excel.opened(written(EVALUATION))
    sheet = book.worksheets[-1]
    excel.find(sheet, "项目资金（元）").value = caption
    sheet.cell(excel.find(sheet, "上年结转资金").row, 4).value = "12万元"
    found = read(excel.saved(book))
    assert amount == entry_of(found).values["funding.carried_over.initial_budget"]
    assert (amount is None) == ("funding.carried_over.initial_budget" in doubted(found))


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#DIV/0!", "#NAME?"])
def test_an_error_where_a_text_is_due_is_read_and_doubted(error):
    row, column, path = 3, 2, "project.name"
    assert (error, True) == told(typed(DECLARATION, row, column, error, "General"), path)
    assert ("#REF", False) == told(typed(DECLARATION, row, column, "#REF", "General"), path)
