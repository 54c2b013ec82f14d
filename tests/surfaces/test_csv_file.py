"""Separated values: what is told from prose, and how records become a grid."""

import pytest

from xltool.problems import ProblemError
from xltool.surfaces import csv_file


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("项目名称,供水,,项目性质\n主管部门,水务局,,\n", ",", id="commas"),
        pytest.param("项目名称;供水;;项目性质\n主管部门;水务局;;\n", ";", id="semicolons"),
        pytest.param("sep=|\n项目名称|供水\n", "|", id="Excel's own hint"),
        pytest.param('项目名称,"一、目标\n二、措施",a\n,,\n', ",", id="lines inside quotes"),
        pytest.param('"一、目标\n二、措施"\tb\n"c\nd"\t"e\nf"\n', "\t", id="tabs with lines inside quotes"),
        pytest.param('"项目名称"\t"供水"\n"主管部门"\t"水务局"\n', "\t", id="quoted fields between tabs"),
        pytest.param("项目名称\t供水\n", None, id="plain tabs are text"),
        pytest.param("项目名称，供水，，项目性质\n" * 5, "，", id="full-width commas"),
        pytest.param("项目名称；供水；；项目性质\n" * 5, "；", id="full-width semicolons"),
        pytest.param("项目名称，供水，，项目性质\n" * 4 + "目标，一，二\n", None, id="full-width commas, not everywhere alike"),
        pytest.param("一，二，三。\n" * 4, None, id="four sentences alike"),
        pytest.param('"项目名称"|"供水"\n"主管部门"|"水务局"\n', "|", id="quoted fields between bars"),
        pytest.param("项目名称|供水|1\n" * 5, None, id="plain bars are text"),
        pytest.param('="项目名称",="供水",="1,000"\n="主管部门",="水务局",\n', ",", id="texts written as formulas"),
        pytest.param("项目名称 供水\n金额 60,000\n完成率 ≥90%\n", None, id="text with thousands"),
        pytest.param("a, b and c\nno more\nhere either\n", None, id="prose"),
        pytest.param("目标一;目标二;目标三。完成情况:一,二,三,四\n", None, id="one run-on line"),
        pytest.param("一;二;三\n一;二;三;四\n一;二;三;四;五\n", None, id="sentences of different lengths"),
        pytest.param("| a, b, c | d |\n| 1, 2, 3 | e |\n", None, id="Markdown with commas"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_separated_values_are_told_by_their_regularity(text, expected):
    assert expected == csv_file.separator(text)


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        pytest.param('a,"b,\n""c""",d\r\n,e\n', [("a", 1, 1), ('b,\n"c"', 1, 2), ("d", 1, 3), ("e", 2, 2)], id="quotes"),
        pytest.param('a,"b\nc,d\n', [("a", 1, 1), ('"b', 1, 2), ("c", 2, 1), ("d", 2, 2)], id="a quote that nothing closes"),
        pytest.param('="a,b",c,="0012"\n', [("a,b", 1, 1), ("c", 1, 2), ("0012", 1, 3)], id="texts written as formulas"),
        pytest.param('"=""a,""""b""""""",=956.00(元/家)\n', [('a,"b"', 1, 1), ("=956.00(元/家)", 1, 2)], id="such formulas quoted"),
        pytest.param("sep=,\na,b\n", [("a", 1, 1), ("b", 1, 2)], id="the hint is no row"),
    ],
)
def test_records_are_rows(text, cells):
    grid = csv_file.read(text, ",", "a.csv").grids[0]
    assert cells == [(cell.text, cell.row, cell.column) for cell in grid.cells]


def test_too_many_fields_are_refused():
    with pytest.raises(ProblemError) as raised:
        csv_file.read("," * 600_000, ",", "a.csv")
    assert [("workbook-squares", "a.csv")] == [(one.code, one.place) for one in raised.value.problems]


@pytest.mark.parametrize(
    ("field", "meant"),
    [
        pytest.param('"甲，"敬老卡"发放"', '甲，"敬老卡"发放', id="quotes inside a field that nobody doubled"),
        pytest.param('"甲\n"乙"丙"', '甲\n"乙"丙', id="and a line's end"),
        pytest.param('"甲""乙""丙"丁"', '甲"乙"丙"丁', id="some doubled"),
    ],
)
def test_quotes_that_are_not_doubled_leave_the_records_whole(field, meant):
    text = f"项目名称,供水,,项目性质\n主管部门,{field},,1\n目标,\"一\n二\",,2\n"
    parted = csv_file.separator(text)
    assert parted == ","
    found = [cell.text for cell in csv_file.read(text, parted, "a.csv").grids[0].cells]
    assert meant in found
