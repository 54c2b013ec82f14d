"""A row that adds up others (小计, 合计) is no item: it is named, and its numbers stay over."""

from pathlib import Path
from typing import Any

import pytest

from tests.edits import excel
from tests.edits.made import (
    DECLARATION,
    EVALUATION,
    EVALUATIONS,
    FORMS,
    doubted,
    entry_of,
    left,
    load,
    read,
    repairs,
    written,
)
from xltool.canonical import differences
from xltool.jobs import reading
from xltool.recovery.sum_rows import adds_up

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "self-evaluation"
SICHUAN = load(Path(__file__).resolve().parents[1] / "mappings" / "self-evaluation-sichuan.json")
EVALUATION_FORM = FORMS["self-evaluation"]


def with_row(at: int, cells: dict[str, Any], merge: str = "", filing=EVALUATION) -> bytes:
    """The evaluation's workbook with one more row, the merges around it grown."""
    book = excel.opened(written(filing))
    sheet = book.worksheets[-1]
    excel.insert_rows(sheet, at)
    for column, value in cells.items():
        sheet[f"{column}{at}"] = value
    if merge:
        sheet.merge_cells(merge)
    return excel.saved(book)


SUMS = {
    "the name's column": (20, {"D": "小计", "G": 50, "H": 49}, ""),
    "a row inside the groups": (19, {"D": "小计", "G": 50, "H": 49}, ""),
    "level two's column, spaced": (20, {"C": "小 计：", "G": 50, "H": 49}, ""),
    "level one's column, with its points": (20, {"B": "产出指标小计（50分）", "G": 50, "H": 49}, ""),
    "merged over four columns": (20, {"B": "小计", "G": 50, "H": 49}, "B20:F20"),
    "the last row": (25, {"B": "合计", "G": 90, "H": 87}, ""),
    "first row of the list": (13, {"D": "总计", "G": 90, "H": "—"}, ""),
}


@pytest.mark.parametrize(("at", "cells", "merge"), SUMS.values(), ids=SUMS)
def test_a_sum_in_a_workbook_is_no_item(at, cells, merge):
    found = read(with_row(at, cells, merge))
    assert [] == differences(EVALUATION, found)
    assert ["sum-row"] == repairs(found)
    assert set() == doubted(found)
    assert {str(value) for value in cells.values()} == {one.text for one in left(found)}


@pytest.mark.parametrize("numbers", [30, None], ids=["with its number", "without"])
def test_the_row_below_a_sum_goes_on_under_the_level_that_the_sum_began(numbers):
    book = excel.opened(written(EVALUATION))
    sheet = book.worksheets[-1]
    for merge in ("B13:B19", "B20:B23", "C13:C15", "C18:C19", "C20:C22"):
        sheet.unmerge_cells(merge)
    excel.insert_rows(sheet, 20)
    sheet["B20"], sheet["C20"], sheet["B21"], sheet["G20"] = "效益指标", "小计", None, numbers
    found = read(excel.saved(book))
    levels = [item["level1"] for item in entry_of(found).lists["indicators"]]
    assert [item["level1"] for item in entry_of(EVALUATION).lists["indicators"]] == levels


NAMES = ["合计工作量", "小计算机采购数", "档案总计数量", "经费统计", "合同总计（册）归档"]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_holds_the_word_is_an_item(name):
    assert not adds_up(EVALUATION_FORM, name)
    found = read(with_row(19, {"D": name, "E": "=3次", "F": "3次", "G": 5, "H": 5}))
    assert name in [item["name"] for item in entry_of(found).lists["indicators"]]
    assert [] == repairs(found)
    assert set() == doubted(found)


def test_a_sum_with_a_target_stays_an_item_and_is_doubted():
    found = read(with_row(19, {"D": "合计", "E": "≥3次", "G": 5}))
    assert "合计" == entry_of(found).lists["indicators"][6]["name"]
    assert {"indicators[6]"} == doubted(found)


def test_a_sum_in_a_declaration_is_no_item():
    found = read(with_row(14, {"D": "小计", "F": "90"}, filing=DECLARATION))
    assert [] == differences(DECLARATION, found)
    assert ["sum-row"] == repairs(found)


def test_the_total_that_a_form_prints_is_its_own():
    assert [] == repairs(read(written(SICHUAN)))


def with_line(name: str, before: str, *lines: str) -> bytes:
    """A sample's text with lines before the first one that holds some words."""
    text = (SAMPLES / name).read_text("utf-8").split("\n")
    at = next(number for number, line in enumerate(text) if before in line)
    return "\n".join([*text[:at], *lines, *text[at:]]).encode()


TEXTS = {
    "text": ("filing.txt", "效益指标", "小计 50 49", ""),
    "text, a line each": ("filing.txt", "服务群众人次", "小计", "50 49", ""),
    "a cell a line": ("one-cell-a-line.txt", "效益指标", "产出指标小计", "50", "49"),
    "tab-separated": ("filing.tsv", "\t效益指标", "\t\t小计\t\t\t\t50\t49\t"),
    "Markdown": ("filing.md", "总分", "| | 合计 | | | | | 90 | 89 | |"),
}


@pytest.mark.parametrize(("name", "before", "lines"), [(name, before, lines) for name, before, *lines in TEXTS.values()], ids=TEXTS)
def test_a_sum_in_text_is_no_item(name, before, lines):
    found = reading.read_bytes(with_line(name, before, *lines), name, FORMS).filing
    assert entry_of(EVALUATIONS).lists == entry_of(found).lists
    assert 1 == repairs(found).count("sum-row")
    assert any("计" in one.text for one in left(found))


def test_a_word_for_sums_among_others_in_text_is_doubted():
    found = reading.read_bytes(with_line("filing.tsv", "\t效益指标", "\t\t\t小计\t≥3次\t4次\t50\t49\t"), "filing.tsv", FORMS).filing
    assert "小计" == entry_of(found).lists["indicators"][7]["name"]
    assert "indicators[7]" in doubted(found)


# ---------------------------------------------------------------- the form's own total


@pytest.mark.parametrize("word", ["合计", "总 计", "总得分", "自评得分合计："])
def test_the_total_may_be_called_by_another_word(word):
    book = excel.opened(written(EVALUATION))
    book.worksheets[-1]["A25"] = word
    found = read(excel.saved(book))
    assert [] == differences(EVALUATION, found)
    assert (set(), [], []) == (doubted(found), left(found), repairs(found))


@pytest.mark.parametrize("name", ["filing.txt", "one-cell-a-line.txt", "filing.tsv", "filing.md", "wrapped.txt"])
def test_the_total_may_be_called_by_another_word_in_text(name):
    text = (SAMPLES / name).read_text("utf-8")
    before, found = (reading.read_bytes(one.encode(), name, FORMS).filing for one in (text, text.replace("总分", "合计")))
    assert [] == differences(before, found)
    assert doubted(before) == doubted(found)


@pytest.mark.parametrize("merge", ["A25:F25", "B25:F25"])
def test_a_sum_above_the_total_is_not_taken_for_it(merge):
    found = read(with_row(25, {merge[0]: "合计", "G": 90, "H": 87}, merge))
    assert [] == differences(EVALUATION, found)
    assert set() == doubted(found)
    assert {"合计", "90", "87"} == {one.text for one in left(found)}
