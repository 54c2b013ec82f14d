"""Markup of web pages in the cells of grids: undone with a repair, whatever kind of file they stand in."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.edits import excel
from tests.edits.made import (
    DECLARATION,
    DECLARATIONS,
    FORMS,
    entry_of,
    filing_of,
    read,
    repairs,
    written,
)
from xltool.canonical import differences, from_json, to_json
from xltool.filing import Filing
from xltool.grid import grid_of
from xltool.jobs.convert import render
from xltool.jobs.reading import read_bytes
from xltool.problems import ProblemError
from xltool.recovery.grid_markup import plain_text, without_markup


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        pytest.param("<p>一、完成</p><p>二、整改</p>", "一、完成\n二、整改", id="paragraphs"),
        pytest.param("完成<br>整改<BR/>", "完成\n整改\n", id="line breaks"),
        pytest.param("落实&lt;关于印发&gt;的通知", "落实<关于印发>的通知", id="entities"),
        pytest.param("&lt;p&gt;完成&lt;/p&gt;", "完成", id="tags wrapped twice"),
        pytest.param("&#x4E2D;&#22269;", "中国", id="characters by number"),
    ],
)
def test_markup_is_undone(text, plain):
    assert plain == plain_text(text)


@pytest.mark.parametrize("text", ["<关于…的通知>", "<5(人)", "R&D", "A&copy=1", "<2%的样本"])
def test_text_that_is_no_markup_stays(text):
    assert text == plain_text(text)


@given(st.text(alphabet="<>&;/pbrltgamp#x1中 ", max_size=24))
def test_plain_text_is_plain(text):
    assert plain_text(plain_text(text)) == plain_text(text)


def test_grid_without_markup_stays_the_same_grid():
    grid = grid_of("表", [["误差<2%", "R&D"]])
    assert without_markup(grid) is grid


def with_markup() -> bytes:
    """The declaration as a workbook, markup around two of its cells."""
    book = excel.opened(written(DECLARATION))
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value == entry_of(DECLARATION).values["project.name"]:
                    cell.value = f"<p>{cell.value}</p>"
                elif cell.value == "项目名称":
                    cell.value = "<b>项目名称</b>"
    return excel.saved(book)


def test_workbook_with_markup_reads_as_without_and_says_so():
    found = read(with_markup())
    assert [] == differences(DECLARATION, found)
    assert {"markup"} == set(repairs(found))


def test_separated_values_with_markup_read_as_without():
    rows = ["财政项目支出绩效目标申报表,,,,,,", "（2024年度）,,,,,,", "项目名称,<p>河道&amp;堤防</p>,,项目性质,经常性,项目类别,"]
    rows += ["主管部门,水务局,,实施单位,管护中心,,", "计划开始日期,2024-01-01,,计划完成日期,2024-12-31,,"]
    found: Filing = read_bytes("\n".join(rows).encode(), "x.csv", FORMS).filing
    assert "河道&堤防" == entry_of(found).values["project.name"]


def test_form_on_a_hidden_sheet_is_doubted():
    book = excel.opened(written(DECLARATIONS))
    book.worksheets[-1].sheet_state = "hidden"
    found = read(excel.saved(book))
    assert [] == differences(DECLARATIONS, found)
    assert [False, False, True] == [any(one.path == "form" for one in entry.source.doubts) for entry in found.entries]


def test_markup_in_data_is_refused_by_name(tmp_path):
    entry = entry_of(DECLARATION)
    data = json.dumps(to_json(filing_of(replace(entry, values=dict(entry.values) | {"project.name": "河道<br>保洁"})), FORMS), default=str)
    filing = from_json(json.loads(data, parse_float=Decimal), FORMS)
    with pytest.raises(ProblemError) as caught:
        render(filing, FORMS, "xlsx")
    assert [("workbook-markup", "sections[0].forms[0].project.name")] == [(one.code, dict(one.words)["path"]) for one in caught.value.problems]
