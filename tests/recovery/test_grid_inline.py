"""A caption and its value in one cell (项目名称：某项目) are the field's value, where nothing else can be meant."""

from dataclasses import replace
from typing import Any

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
from xltool.recovery.grid_located import places
from xltool.surfaces import xlsx_reader

VALUES = entry_of(EVALUATION).values
NAME, DEPARTMENT, UNIT = (str(VALUES[f"project.{one}"]) for one in ("name", "department", "unit"))


def edited(cells: dict[str, Any], unmerged: str = "", merged: str = "") -> bytes:
    """The evaluation's workbook with other merges, then other texts."""
    book = excel.opened(written(EVALUATION))
    sheet = book.worksheets[-1]
    for area in unmerged.split():
        sheet.unmerge_cells(area)
    for address, value in cells.items():
        sheet[address] = value
    for area in merged.split():
        sheet.merge_cells(area)
    return excel.saved(book)


READ: dict[str, tuple[dict[str, Any], str, str]] = {
    "a whole row": ({"A3": f"项目名称：{NAME}", "C3": None}, "A3:B3 C3:I3", "A3:I3"),
    "the caption's cell, the value's empty": ({"A3": f"项目名称 : {NAME}", "C3": None}, "", ""),
    "spaced and wide": ({"A3": f"项 目 名 称：\n{NAME}", "C3": None}, "", ""),
    "two in a row, merged": ({"A4": f"主管部门：{DEPARTMENT}", "C4": None, "E4": f"实施单位: {UNIT}", "G4": None}, "A4:B4 C4:D4 E4:F4 G4:I4", "A4:D4 E4:I4"),
    "two side by side": ({"A4": f"主管部门：{DEPARTMENT}", "C4": None, "B4": f"实施单位: {UNIT}", "E4": None, "G4": None}, "A4:B4 C4:D4 E4:F4 G4:I4", ""),
}


@pytest.mark.parametrize(("cells", "unmerged", "merged"), READ.values(), ids=READ)
def test_a_caption_with_its_value_is_read(cells, unmerged, merged):
    found = read(edited(cells, unmerged, merged))
    assert [] == differences(EVALUATION, found)
    assert {"caption-with-value"} == set(repairs(found))
    assert (set(), []) == (doubted(found), left(found))


def test_the_value_stands_in_the_cell_of_its_caption():
    data = edited(*READ["a whole row"])
    found = places(xlsx_reader.read(data, "book.xlsx"), FORMS)
    assert "A3" == found[0]["project.name"].address


LEFT: dict[str, dict[str, Any]] = {
    "the form's own words in brackets": {"A4": "主管部门：（盖章）", "C4": None},
    "another caption behind the colon": {"A4": "主管部门：实施单位", "C4": None},
    "another colon": {"A4": f"主管部门：{DEPARTMENT} 联系电话：123", "C4": None},
    "no caption of the form": {"A4": f"主管处室：{DEPARTMENT}"},
    "money that is no amount": {"B6": "年度资金总额：较上年多", "D6": None},
    "the value's own cell is filled": {"A4": "主管部门：别的单位"},
}


@pytest.mark.parametrize("cells", LEFT.values(), ids=LEFT)
def test_what_may_be_something_else_stays_and_is_named(cells):
    found = read(edited(cells))
    assert "caption-with-value" not in repairs(found)
    assert [text for text in cells.values() if text] == [one.text for one in left(found)]
    assert doubted(found)


def test_a_note_below_the_form_that_repeats_a_caption_is_no_value():
    found = read(edited({"A27": "主管部门：别的单位"}))
    assert [] == differences(EVALUATION, found)
    assert ["主管部门：别的单位"] == [one.text for one in left(found)]


def test_a_note_below_stays_a_note_where_the_caption_is_gone():
    found = read(edited({"A4": None, "C4": None, "A27": "主管部门：别的单位"}))
    assert entry_of(found).values["project.department"] is None
    assert ["主管部门：别的单位"] == [one.text for one in left(found)]


def test_a_change_keeps_the_caption_that_shares_the_cell():
    data = edited(*READ["a whole row"])
    before = read(data)
    entry = entry_of(before)
    after = filing_of(replace(entry, values={**entry.values, "project.name": "别的名称"}))
    made = apply_to_workbook(data, "book.xlsx", before, after, FORMS).data
    assert "项目名称：别的名称" == excel.opened(made).worksheets[-1]["A3"].value
    assert [] == differences(after, read(made))
