"""The list of units: what is one, and what is refused with a sentence before anything is read."""

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from xltool.jobs.rollup.unit_list import units_of
from xltool.library import forms
from xltool.problems import ProblemError

SAMPLES = Path(__file__).parents[2] / "samples" / "target-declaration"


def table(*rows, before=0):
    """A workbook of these rows behind some empty sheets."""
    book = Workbook()
    for _ in range(before):
        book.create_sheet(index=0)["A1"] = "说明"
    for row in rows:
        book.worksheets[-1].append(row)
    data = BytesIO()
    book.save(data)
    return data.getvalue()


def listed(tmp_path, data):
    file = tmp_path / "list"
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    return units_of(str(file), forms())


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("甲局\n乙局\n", id="lines"),
        pytest.param("﻿单位名称\n甲局\n乙局\n甲局\n", id="a head above lines, a unit twice"),
        pytest.param("2025年预算单位名单\n甲局\n\n# 不报\n乙局\n", id="a title, a blank line, a remark"),
        pytest.param("1,甲局\n2,乙局\n", id="numbers and names"),
        pytest.param("# 名单\n序号\t单位\n1\t甲局\n2\t乙局\n\t合计\n", id="a remark, heads, a sum"),
        pytest.param("序号;实施单位;电话\n1;甲局;555\n2;乙局;556\n", id="semicolons"),
        pytest.param(table(("序号", "预算单位", "联系人"), (1, "甲局", "张"), (2, "乙局", "王")), id="a sheet with heads"),
        pytest.param(table(("某市名单",), ("序号", "单位名称"), (1, "甲局"), (2, "乙局"), before=1), id="a title above the heads, behind another sheet"),
        pytest.param(table((1, "甲局"), (2, "乙局")), id="a sheet without heads"),
    ],
)
def test_names_are_lines_or_a_column(tmp_path, data):
    assert ("甲局", "乙局") == listed(tmp_path, data)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param('{"units": ["甲局"]}', "rollup-units-kind", id="JSON"),
        pytest.param("<html><body><table><tr><td>甲局</td></tr></table></body></html>", "rollup-units-kind", id="a web page"),
        pytest.param((SAMPLES / "filing.ods").read_bytes(), "rollup-units-filing", id="a workbook of forms"),
        pytest.param((SAMPLES / "filing.txt").read_bytes(), "rollup-units-filing", id="a text of forms"),
        pytest.param("序号,项目名称,金额\n1,道路养护,5\n2,图书采购,6\n", "rollup-units-head", id="heads that name no units"),
        pytest.param("甲局,张三\n乙局,李四\n", "rollup-units-columns", id="two columns of words"),
        pytest.param("单位名称\n甲局\n101\n", "rollup-units-name", id="a number for a name"),
        pytest.param("甲局\n" + "各单位要高度重视绩效目标的编报工作" * 5, "rollup-units-name", id="a sentence for a name"),
        pytest.param("单位名称\n合计\n", "rollup-units", id="nobody"),
        pytest.param(table(), "rollup-units", id="an empty sheet"),
    ],
)
def test_what_is_no_list_of_units_is_refused(tmp_path, data, code):
    with pytest.raises(ProblemError) as error:
        listed(tmp_path, data)
    assert [code] == [one.code for one in error.value.problems]


def test_a_row_that_names_nobody_is_said_with_its_place(tmp_path):
    with pytest.raises(ProblemError) as error:
        listed(tmp_path, table(("单位名称",), ("甲局",), (101,)))
    assert ["list: Sheet:3"] == [one.place for one in error.value.problems]
