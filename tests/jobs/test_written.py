"""A value as a cell of the user's workbook takes it, by the cell's own format."""

import io
from decimal import Decimal

import pytest
from openpyxl import Workbook as Book
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.into.blanks import begun
from xltool.arrange import Placed
from xltool.form import Field
from xltool.jobs.written import caption, content
from xltool.layout import Caption, Cell, Hole
from xltool.library import forms
from xltool.surfaces.xlsx_edit import Workbook
from xltool.values import Value

CELL = Cell(1, 1, 1, 1, (Hole("某"),))


def formatted(code: str):
    """A workbook whose cell has this number format, and the number of that format."""
    book, sheet = begun("某")
    sheet["A1"] = 1
    sheet["A1"].number_format = code
    held = io.BytesIO()
    book.save(held)
    made = Workbook(held.getvalue(), "x")
    return made, made.worksheets()[0].style_at(1, 1)


@pytest.mark.parametrize(
    ("code", "one", "value", "wanted"),
    [
        pytest.param("General", Field("某", "某", "date"), "2025-01-01", "2025-01-01", id="a day in a cell without a format of days"),
        pytest.param('yyyy"年"m"月"', Field("某", "某", "date"), "2025-01-01", 45658, id="a day where days are shown"),
        pytest.param('"yyyy"0', Field("某", "某", "date"), "2025-01-01", "2025-01-01", id="words in a format are no days"),
        pytest.param("yyyy-mm-dd", Field("某", "某", "date"), "2025年上半年", "2025年上半年", id="a text that is no day"),
        pytest.param("yyyy-mm-dd", Field("某", "某", "date"), "1900-01-05", "1900-01-05", id="a day that Excel counts wrong"),
        pytest.param("General", Field("某", "某", "money"), Decimal("12.50"), Decimal("12.5"), id="money"),
        pytest.param("General", Field("某", "某", "money"), Decimal("1234567890123456.78"), "1234567890123456.78", id="more digits than Excel keeps"),
        pytest.param("0.0%", Field("某", "某", "percent"), Decimal("0.5"), Decimal("0.5"), id="a rate where rates are shown"),
        pytest.param("General", Field("某", "某", "percent", unit="%"), Decimal("0.5"), Decimal(50), id="a rate under a caption with %"),
        pytest.param("0.0%", Field("某", "某", "percent"), Decimal("0.3333333333333333"), "33.33333333333333%", id="a rate of more digits than Excel keeps"),
        pytest.param("General", Field("某", "某", "target"), Value("=100%", "=", Decimal(100), "%"), "=100%", id="a target is text"),
        pytest.param("General", Field("某", "某", "text"), "", None, id="nothing"),
    ],
)
def test_a_value_is_written_as_its_cell_shows_it(code, one, value, wanted):
    book, style = formatted(code)
    assert (wanted, style) == content(Placed(1, 1, 1, 1, CELL, one, value), style, book.styles)


def test_a_rate_in_a_cell_without_a_format_gets_one():
    book, style = formatted("General")
    value, fitting = content(Placed(1, 1, 1, 1, CELL, Field("某", "某", "percent"), Decimal("0.5")), style, book.styles)
    assert (Decimal("0.5"), "0.00%") == (value, book.styles.code(fitting))


def test_days_count_from_1904_where_the_workbook_says_so():
    book, style = formatted("yyyy-mm-dd")
    assert 45658 - 1462 == content(Placed(1, 1, 1, 1, CELL, Field("某", "某", "date"), "2025-01-01"), style, book.styles, 1462)[0]
    made = Book()
    made.epoch = CALENDAR_MAC_1904
    held = io.BytesIO()
    made.save(held)
    assert (0, 1462) == (book.first_day, Workbook(held.getvalue(), "x").first_day)


def test_a_mark_is_written_where_there_is_no_value():
    book, style = formatted("General")
    assert ("—", style) == content(Placed(1, 1, 1, 1, CELL, Field("某", "某", "money"), None, "—"), style, book.styles)


@pytest.mark.parametrize(
    ("shown", "year", "wanted"),
    [
        ("（    年度）", 2025, "（2025年度）"),
        ("(2024 年度)", 2025, "(2025年度)"),
        ("（2025年度）", 2025, "（2025年度）"),
        ("（2024年度）", None, "（    年度）"),
        ("（ 年度 ）：", None, "（ 年度 ）："),
    ],
)
def test_a_caption_keeps_its_own_words_around_the_value(shown, year, wanted):
    form = forms()["target-declaration"]
    cell = next(one for one in form.layout.cells if one.holes == ("年度",))
    assert wanted == caption(form, cell, Placed(2, 1, 2, 7, cell, text="（年度）"), {"year": year}, shown)


def test_a_unit_of_money_stands_in_its_caption():
    form = forms()["target-declaration"]
    cell = next(one for one in form.layout.cells if one.holes == ("金额单位",))
    placed = Placed(6, 1, 9, 1, cell, text="项目资金（万元）")
    assert ("项目资金(万元)", "项目资金（元）") == tuple(caption(form, cell, placed, {"money_unit": unit}, shown) for unit, shown in (("万元", "项目资金(元)"), (None, "项目资金（元）")))
    assert Caption("项目资金（") == cell.parts[0]
