"""Workbooks that Excel itself made, edited in place: the reference files of XlsxWriter's tests, or any others.

XLTOOL_EXCEL names their folder.
"""

import os
from pathlib import Path

import pytest

from tests.into.compared import changed, ill_formed, loose_ends
from xltool.surfaces.xlsx_edit import Workbook, delete_rows, insert_rows, marks
from xltool.surfaces.xlsx_edit.marks import Mark
from xltool.surfaces.xlsx_edit.table import Linked, Table

TABLE = Table("审核结果", "一处", ("序号", "单元格"), (6, 10), frozenset(), [[Linked("1"), Linked("B2", "FFC7CE")]])
COMPUTED = {"xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml", "-xl/calcChain.xml"}
"""What an edit of formulas leaves changed: they are computed anew when the workbook is opened."""


@pytest.fixture(scope="module")
def made_by_excel() -> list[Path]:
    folder = os.environ.get("XLTOOL_EXCEL")
    if not folder:
        pytest.skip("XLTOOL_EXCEL is not set: it names a folder of workbooks that Excel made")
    found = sorted(path for path in Path(folder).iterdir() if path.suffix in (".xlsx", ".xlsm"))
    if not found:
        pytest.fail(f"XLTOOL_EXCEL names a folder without a workbook: {folder}")
    return found


def sound(before: bytes, after: bytes) -> bool:
    return not ill_formed(after) and set(loose_ends(after)) <= set(loose_ends(before))


def test_one_that_nobody_changes_keeps_every_part(made_by_excel):
    assert [] == [path.name for path in made_by_excel if changed(path.read_bytes(), Workbook(path.read_bytes(), "x").close())]


def test_rows_put_in_and_taken_out_again_leave_every_part_as_it_was(made_by_excel):
    differing = []
    for path in made_by_excel:
        data = path.read_bytes()
        book = Workbook(data, path.name)
        if sheets := book.worksheets():
            insert_rows(book, sheets[0], 3, 4, like=2)
            grown = book.close()
            again = Workbook(grown, path.name)
            delete_rows(again, again.worksheets()[0], 3, 4)
            if changed(data, again.close()) - COMPUTED or not sound(data, grown):
                differing.append(path.name)
    assert [] == differing


def test_marks_are_taken_off_again(made_by_excel):
    """Boxes and runs of comments that were added to stay as they were written for it; every sheet is what it was."""
    differing = []
    for path in made_by_excel:
        data = path.read_bytes()
        book = Workbook(data, path.name)
        if sheets := book.worksheets():
            marks.put(book, "审核结果", [Mark(sheets[0].name, 2, 2, "FFC7CE", "请核对", 1), Mark(sheets[0].name, 1, 1, "FFEB9C", "又一处", 1)], TABLE)
            marked = book.close()
            again = Workbook(marked, path.name)
            marks.strip(again)
            left = {part for part in changed(data, again.close()) - {"xl/styles.xml", "[Content_Types].xml"} if "comments" not in part and not part.endswith(".vml")}
            if left or not sound(data, marked):
                differing.append(f"{path.name}: {sorted(left)}")
    assert [] == differing
