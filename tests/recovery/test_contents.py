"""The contents sheet as other programs hand it on."""

from dataclasses import replace
from pathlib import Path

import pytest

from xltool.grid import Book, grid_of
from xltool.jobs.convert import render
from xltool.jobs.reading import read_bytes
from xltool.library import forms
from xltool.recovery.grid_reading import read_book
from xltool.recovery.grid_sections import HEAD, contents_of, section_title
from xltool.surfaces import json_file


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


def test_a_sheet_that_the_document_names_as_its_own_is_passed_over():
    form = grid_of("表", [["项目支出绩效目标申报表"], ["项目名称", "甲"], ["主管部门", "乙", "实施单位", "丙"], ["项目属性", "延续", "项目期", "一年"], ["项目资金（万元）", "中期资金总额", "5", "年度资金总额", "5"], ["总体目标", "中期目标", "年度目标"]])
    choices = grid_of("选项", [["产出指标"], ["数量指标"]])
    texts = {name: [one.text for one in read_book(Book((form, choices), {"xltool.sheets": said}), forms(), "").source.leftover] for name, said in (("named", '["选项"]'), ("not", "[]"), ("broken", "{"))}
    assert ([], True, True) == (texts["named"], "产出指标" in "".join(texts["not"]), "产出指标" in "".join(texts["broken"]))


@pytest.mark.parametrize("title", ["一、局本级项目", "青棠市水务局2025年度项目绩效目标汇总表"], ids=["no title of a 汇总表", "a title"])
def test_title_of_a_section_is_left_over_nowhere(title):
    filing = json_file.read((Path(__file__).parents[2] / "samples/target-declaration/filing.json").read_bytes(), forms(), "a.json")
    titled = replace(filing, sections=(replace(filing.sections[0], title=title), *filing.sections[1:]))
    found = read_bytes(render(titled, forms(), "xlsx", True), "a.xlsx", forms()).filing
    assert [one.title for one in titled.sections] == [one.title for one in found.sections]
    assert [] == [one.text for source in found.sources for one in source.leftover]


def test_words_above_a_form_that_are_not_its_sections_title_are_left_over():
    rows = [["说明"], ["项目支出绩效目标申报表"], ["项目名称", "甲"], ["主管部门", "乙", "实施单位", "丙"], ["项目属性", "延续", "项目期", "一年"], ["项目资金（万元）", "中期资金总额", "5", "年度资金总额", "5"], ["总体目标", "中期目标", "年度目标"]]
    found = read_book(Book((grid_of("表", rows),), {"xltool.sections": '[["一、本级", 1]]'}), forms(), "")
    assert ("一、本级", ["说明"]) == (found.sections[0].title, [one.text for source in found.sources for one in source.leftover])
