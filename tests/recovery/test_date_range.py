"""First and last day of a project in one cell: 计划起止日期 | 2025-01-01至2025-12-31."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.edits import excel
from tests.edits.made import (
    DECLARATIONS,
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
from xltool.jobs import reading
from xltool.recovery.date_range import days_of

DECLARATION = filing_of(next(iter(DECLARATIONS.entries)))
SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "target-declaration"


def with_range(text: str, caption: str = "计划起止日期", merge: str = "B5:G5") -> bytes:
    """The declaration's workbook with both days in one cell."""
    book = excel.opened(written(DECLARATION))
    sheet = book.worksheets[-1]
    for one in ("B5:C5", "E5:G5"):
        sheet.unmerge_cells(one)
    for column in "ABCDEFG":
        sheet[f"{column}5"] = None
    sheet["A5"], sheet["B5"] = caption, text
    sheet["B5"].number_format = "General"
    if merge:
        sheet.merge_cells(merge)
    return excel.saved(book)


DAYS = [
    "2025-01-01至2025-12-31", "2025年1月1日—2025年12月31日", "2025.1.1-2025.12.31", "2025/1/1～2025/12/31", "2025年1月1日至12月31日", "2025-01-01-2025-12-31",
    "2025-01-01 - 2025-12-31", "2025年1月1日-12月31日", "2025年01月01日到2025年12月31日", "2025.1.1——2025.12.31",
]  # fmt: skip


@pytest.mark.parametrize("text", DAYS)
def test_both_days_of_a_range_are_read(text):
    found = read(with_range(text))
    assert [] == differences(DECLARATION, found)
    assert (set(), [], ["date-range"]) == (doubted(found), left(found), repairs(found))


@pytest.mark.parametrize("caption", ["项目起止日期", "项目起止时间：", "起止时间"])
def test_the_caption_of_a_range_may_vary(caption):
    found = read(with_range(DAYS[0], caption))
    assert ([], set()) == (differences(DECLARATION, found), doubted(found))


def test_a_range_in_a_narrow_cell_is_read():
    assert [] == differences(DECLARATION, read(with_range(DAYS[0], merge="B5:C5")))


@pytest.mark.parametrize("text", ["2025年1月至2025年12月", "2025年1月-12月"])
def test_two_months_are_parted_and_stay_doubted(text):
    found = read(with_range(text))
    assert ("2025年1月", "2025年12月") == tuple(entry_of(found).values[f"project.{name}_date"] for name in ("start", "end"))
    assert {"project.start_date", "project.end_date"} == doubted(found)


@pytest.mark.parametrize("text", ["2025年全年", "长期", "2025-01-01", "2025-02-30至2025-12-31", "一期2025-01-01至2025-12-31", "2024-2025年"])
def test_what_is_no_range_of_days_stays_as_it_is_and_is_doubted(text):
    assert days_of(text) is None
    found = read(with_range(text))
    assert (text, None) == tuple(entry_of(found).values[f"project.{name}_date"] for name in ("start", "end"))
    assert "project.end_date" in doubted(found)


def test_a_last_day_of_its_own_is_kept():
    book = excel.opened(with_range(DAYS[0], "计划开始日期", ""))
    sheet = book.worksheets[-1]
    sheet["D5"], sheet["E5"] = "计划完成日期", "2026-06-30"
    values = entry_of(read(excel.saved(book))).values
    assert (DAYS[0], "2026-06-30") == (values["project.start_date"], values["project.end_date"])


def test_under_an_unknown_caption_the_range_is_read_and_doubted():
    found = read(with_range(DAYS[0], "项目建设期限"))
    assert [] == differences(DECLARATION, found)
    assert {"project.start_date", "project.end_date"} <= doubted(found)


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("filing.txt", "计划开始日期 2025-01-01 计划完成日期 2025-12-31", "计划起止日期 2025-01-01至2025-12-31"),
        ("filing.tsv", "计划开始日期\t2025-01-01\t\t计划完成日期\t2025-12-31\t", "计划起止日期\t2025-01-01至2025-12-31\t\t\t\t"),
        ("filing.md", "| 计划开始日期 | 2025-01-01 | | 计划完成日期 | 2025-12-31 |", "| 计划起止日期 | 2025-01-01至2025-12-31 | | | |"),
    ],
)
def test_a_range_in_text_is_read(name, before, after):
    text = (SAMPLE / name).read_text("utf-8")
    assert before in text
    whole, found = (reading.read_bytes(one.encode(), name, FORMS).filing for one in (text, text.replace(before, after)))
    assert [] == differences(whole, found)
    assert {"project.start_date", "project.end_date"}.isdisjoint(doubted(found))
