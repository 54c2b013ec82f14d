"""The unit of money of a text: from its caption, from the lines above the form, or nobody knows.

                              金额单位：万元
    财政项目支出绩效自评表
    （2023年度）
    项目名称 …
    项目资金 | | 年初预算数 | …
"""

import io

import pytest
from openpyxl import load_workbook

from tests.edits.made import EVALUATION, FORMS, doubted, entry_of, repairs, written
from xltool.jobs import reading
from xltool.recovery import text_reading
from xltool.recovery.sound_reading import lines
from xltool.surfaces import xlsx_reader

PRINTED = list(lines(xlsx_reader.read(written(EVALUATION), "book.xlsx").grids[-1]))


def text(caption: str, *above: str) -> str:
    return "\n".join([*above, *(line.replace("项目资金（元）", caption) for line in PRINTED)])


def read(*said: str):
    return text_reading.read_text(text(*said), FORMS).filing


def test_the_unit_above_a_form_is_its_own_where_its_caption_names_none():
    found = read("项目资金", "附件2", "金额单位：万元")
    assert ("万元", set()) == (entry_of(found).values["money_unit"], doubted(found))
    assert "unit-beside" in repairs(found)


def test_a_caption_without_its_unit_is_doubted():
    found = read("项目资金", "附件2")
    assert (None, {"money_unit"}) == (entry_of(found).values["money_unit"], doubted(found))


@pytest.mark.parametrize(("caption", "unit"), [("项目资金（元）", None), ("项目资金（万元）", "万元")])
def test_another_unit_above_than_in_the_caption_is_doubted(caption, unit):
    other = "元" if unit else "万元"
    found = read(caption, f"单位：{other}")
    assert (unit, {"money_unit"}) == (entry_of(found).values["money_unit"], doubted(found))


def test_the_same_unit_above_says_nothing_new():
    found = read("项目资金（元）", "单位：元")
    assert (None, set()) == (entry_of(found).values["money_unit"], doubted(found))


def test_a_unit_far_above_is_another_tables():
    found = read("项目资金（元）", "单位：万元", *(f"第{number}段" for number in range(1, 5)))
    assert (None, set()) == (entry_of(found).values["money_unit"], doubted(found))


def test_a_workbook_that_prints_the_caption_of_its_unit_nowhere_is_read_and_doubted():
    """The caption of the money block was emptied, not cut short: no cell stands for it, though there is one more."""
    book = load_workbook(io.BytesIO(written(EVALUATION)))
    sheet = book.worksheets[-1]
    for cells in sheet.iter_rows():
        for cell in cells:
            if cell.value == "项目资金（元）":
                cell.value = None
    sheet["N2"] = "附件2"
    book.save(file := io.BytesIO())
    found = reading.read_bytes(file.getvalue(), "book.xlsx", FORMS).filing
    assert (None, True) == (entry_of(found).values["money_unit"], "money_unit" in doubted(found))
