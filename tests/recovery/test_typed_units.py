"""Numbers that were typed with their unit are read where the form says which unit it asks for, and doubted elsewhere."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.edits import excel
from tests.edits.made import (
    EVALUATION,
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
from xltool.figures import UNITS, amount_in, in_brackets, in_points
from xltool.form import Field
from xltool.recovery.grid_values import read as read_cell
from xltool.values import plain

PAGES = Path(__file__).resolve().parents[1] / "mappings"
TOTAL = "funding.total.initial_budget"


def in_unit(unit: str | None) -> bytes:
    entry = entry_of(EVALUATION)
    return written(filing_of(replace(entry, values={**entry.values, "money_unit": unit})))


def typed(text: str, unit: str | None = None, cell: str = "D6"):
    book = excel.opened(in_unit(unit))
    book.worksheets[-1][cell] = text
    return read(excel.saved(book))


@pytest.mark.parametrize(
    ("text", "unit", "wanted"),
    [
        pytest.param("480000元", None, "480000", id="元 in 元"),
        pytest.param("480,000.50（元）", None, "480000.5", id="元 in brackets"),
        pytest.param("48万元", None, "480000", id="万元 in 元"),
        pytest.param("48.0001 万", None, "480001", id="万 in 元"),
        pytest.param("0.3亿元", "万元", "3000", id="亿元 in 万元"),
        pytest.param("48万元", "万元", "48", id="万元 in 万元"),
        pytest.param("480001元", "万元", "48.0001", id="元 in 万元"),
    ],
)
def test_an_amount_with_its_unit_is_read_in_the_unit_of_the_form(text, unit, wanted):
    found = typed(text, unit)
    assert Decimal(wanted) == entry_of(found).values[TOTAL]
    assert (["unit-typed"], set(), []) == (repairs(found), doubted(found), left(found))


def test_an_amount_with_its_unit_is_doubted_where_the_unit_of_the_form_is_gone():
    book = excel.opened(in_unit("万元"))
    sheet = book.worksheets[-1]
    sheet["A5"], sheet["D6"] = None, "48万元"
    found = read(excel.saved(book))
    assert entry_of(found).values[TOTAL] is None
    assert TOTAL in doubted(found)
    assert "48万元" in [one.text for one in left(found)]


def test_an_amount_in_a_form_that_prints_no_unit_where_its_blank_does_is_doubted():
    book = excel.opened(written(load(PAGES / "self-evaluation-2020.json")))
    sheet = book.worksheets[-1]
    caption = next(cell for row in sheet.iter_rows() for cell in row if str(cell.value or "").startswith("项目资金"))
    head = excel.find(sheet, "年初预算数")
    amount = sheet.cell(head.row + 1, head.column)
    amount.value, caption.value = "12万元", "项目资金（万元）"
    assert Decimal(12) == entry_of(read(excel.saved(book))).values[TOTAL]
    caption.value = "项目资金（）"
    assert TOTAL in doubted(read(excel.saved(book)))


@pytest.mark.parametrize("text", ["48吨", "48万吨", "约48万元", "48万元左右", "4,8万元", "48元万", "万元"])
def test_what_is_no_amount_with_its_unit_is_doubted_as_before(text):
    found = typed(text)
    assert entry_of(found).values[TOTAL] is None
    assert {TOTAL} == doubted(found)
    assert [text] == [one.text for one in left(found)]


@pytest.mark.parametrize("text", ["10分", "10 分", "10（分）"])
@pytest.mark.parametrize(("cell", "path"), [("G6", "funding.total.weight"), ("G13", "weight"), ("H25", "total.score")])
def test_points_with_their_unit_are_read(text, cell, path):
    found = typed(text, cell=cell)
    entry = entry_of(found)
    assert Decimal(10) == (entry.lists["indicators"][0] if path == "weight" else entry.values)[path]
    assert (["unit-typed"], set(), []) == (repairs(found), doubted(found), left(found))


def test_points_behind_a_number_that_is_no_score_are_doubted():
    form = FORMS["self-evaluation"]
    assert read_cell("10分", None, "", Field("数", "count", "number"), form).unread


@pytest.mark.parametrize("text", ["(120)", "（1,120.50）"])
def test_an_amount_in_brackets_is_negative_and_doubted(text):
    found = typed(text)
    assert -Decimal(text.strip("()（）").replace(",", "")) == entry_of(found).values[TOTAL]
    assert {TOTAL} == doubted(found)


def test_points_in_brackets_are_no_negative_number():
    assert {"indicators[0].weight"} == doubted(typed("(10)", cell="G13"))


amounts = st.decimals(min_value=0, max_value=10**9, places=4).map(lambda one: Decimal(plain(one)))


@given(amounts, st.sampled_from(sorted(UNITS)), st.sampled_from(["元", "万元"]))
def test_an_amount_is_the_same_money_in_the_unit_of_the_form(number, own, unit):
    found = amount_in(f"{plain(number)}{own}", unit)
    assert found is not None
    assert number * UNITS[own] == found * UNITS[unit]


@given(st.text("0123456789.,()（）-元万亿分¥ ", max_size=12))
def test_what_is_no_number_with_a_unit_is_none(text):
    for found in (amount_in(text, "元"), in_points(text), in_brackets(text)):
        assert found is None or found.is_finite()
