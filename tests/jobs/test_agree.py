"""A mapping's agreement with a blank: slips of the picture are seen, wherever the blank has the form."""

import re
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.cell_range import CellRange

from xltool import library, mapping
from xltool.jobs.agree import differences
from xltool.problems import ProblemError
from xltool.surfaces import xlsx_writer

FOLDER = Path(__file__).resolve().parents[2] / "mappings"


@pytest.fixture(scope="module")
def blank() -> bytes:
    return xlsx_writer.write_template(library.forms()["target-declaration"], 4)


def found(text: str, blank: bytes) -> list[str]:
    """What is wrong with a mapping's text; a picture that is none is wrong already."""
    try:
        return [one.code for one in differences(mapping.read(text, "m.yaml"), blank, "blank.xlsx")]
    except ProblemError as error:
        return [one.code for one in error.problems]


TEXT = (FOLDER / "target-declaration.yaml").read_text("utf-8")


def test_the_blank_of_a_form_agrees_with_it(blank):
    assert [] == found(TEXT, blank)


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        pytest.param("| 项目类别          |", "| 项目种类          |", ["blank-caption"], id="another caption"),
        pytest.param("| {实施单位}   | <                 | <          |", "| {实施单位}   | <                 |            |", ["blank-merge", "blank-merge"], id="a cell too narrow"),
        pytest.param("| 主管部门        | {主管部门}      | <          | 实施单位           |", "| 主管部门        | {主管部门}      | 实施单位   | <                  |", ["blank-caption", "blank-merge", "blank-merge"], id="a caption too far left"),
    ],
)  # fmt: skip
def test_a_slip_is_seen(blank, old, new, wanted):
    assert old in TEXT
    assert wanted == sorted(found(TEXT.replace(old, new, 1), blank))


def test_nearly_every_slip_of_one_mark_is_seen(blank):
    """Each < and ^ of the picture becomes an empty cell, a caption's cell goes on: what remains unseen is counted."""
    picture = re.search(r"layout: \|\n((?:  \|.*\n)+)", TEXT)
    assert picture
    slips = [(at.start(), mark) for at in re.finditer(r"[<^](?= +\|)", picture.group(1)) for mark in " |^<".replace("|", "") if mark != at.group()]
    unseen = []
    for at, mark in slips:
        position = picture.start(1) + at
        if not found(TEXT[:position] + mark + TEXT[position + 1 :], blank):
            unseen.append((at, mark))
    assert len(slips) > 80
    assert [] == unseen


def test_the_form_may_stand_anywhere_on_any_sheet(blank, tmp_path):
    (tmp_path / "a.xlsx").write_bytes(blank)
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    sheet = book.worksheets[-1]
    ranges = [str(one) for one in sheet.merged_cells.ranges]
    for one in ranges:
        sheet.unmerge_cells(one)
    sheet.move_range(f"A1:{sheet.cell(sheet.max_row, sheet.max_column).coordinate}", rows=3, cols=2)
    for one in ranges:
        moved = CellRange(one)
        moved.shift(col_shift=2, row_shift=3)
        sheet.merge_cells(moved.coord)
    book.create_sheet("填表说明", 0)["A1"] = "财政项目支出绩效目标申报表"
    book.save(tmp_path / "b.xlsx")
    assert [] == found(TEXT, (tmp_path / "b.xlsx").read_bytes())


def test_a_workbook_without_the_form_is_said(blank):
    form = library.forms()["self-evaluation-sichuan"]
    assert ["blank-without-form"] == [one.code for one in differences(form, blank, "blank.xlsx")]


def test_a_place_in_the_blank_is_named(blank):
    form = mapping.read(TEXT.replace("| 项目类别          |", "| 项目种类          |", 1), "m.yaml")
    [one] = differences(form, blank, "blank.xlsx")
    assert re.fullmatch(r"blank\.xlsx: .+!F3", one.place)
