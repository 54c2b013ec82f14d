"""The contents sheet as other programs hand it on."""

import pytest

from xltool.grid import grid_of
from xltool.library import forms
from xltool.recovery.grid_sections import HEAD, contents_of, section_title


@pytest.mark.parametrize(
    ("above", "title"),
    [
        pytest.param("北岭县2024年度项目绩效目标汇总表", "北岭县2024年度项目绩效目标汇总表", id="a title"),
        pytest.param("目录", None, id="the sheet's name"),
        pytest.param("Sheet 1: 目录", None, id="the sheet's name, numbered by LibreOffice"),
        pytest.param("Sheet 1: *目录*", None, id="the sheet's name, slanted in Markdown"),
    ],
)
def test_heading_of_the_contents_sheet_is_no_title(above, title):
    found = contents_of(grid_of("", [[above], list(HEAD), ["1", "申报表", "甲", "甲"]]))
    assert found is not None
    assert [title] == [one.title for one in found.sheets.values()]


@pytest.mark.parametrize(("text", "title"), [("北岭县2024年度汇总表", True), ("Sheet 1: 汇总表", False), ("汇总表", False)])
def test_name_of_the_sheet_of_all_forms_is_no_title(text, title):
    assert title == section_title(text, forms())
