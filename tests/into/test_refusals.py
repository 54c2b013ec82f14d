"""What cannot be kept, or has no place, is refused or named before anything is written."""

import io
import re
from dataclasses import replace

import pytest
from openpyxl import Workbook as Workbook_
from openpyxl import load_workbook
from openpyxl.styles import Font
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.table import Table

from tests.edits import excel
from tests.into.blanks import BLANKS, DECLARATION, draw, repacked, widths
from tests.into.test_blanks import FORMS, blanks, filing_of, with_items
from xltool.filing import Filing, Section
from xltool.jobs import into
from xltool.jobs.into import Blank
from xltool.problems import ProblemError
from xltool.surfaces import xlsx_writer
from xltool.surfaces.xlsx_edit import Workbook, risks

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORKSHEET_RELS = re.compile(r"(</Relationships>)")


def codes(filing: Filing, data: bytes, out: str = "", name: str = "blank.xlsx") -> list[str]:
    """The codes of the problems; those of the notes where it was written."""
    try:
        return [one.code for one in into.write(filing, FORMS, Blank(data, name), out).notes]
    except ProblemError as error:
        return [one.code for one in error.problems]


def edited(name: str, change) -> bytes:
    """A blank after somebody worked on it with openpyxl."""
    blank = blanks[name]()
    book = load_workbook(io.BytesIO(blank.data))
    change(book, book[blank.sheet])
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def patched(name: str, old: str, new: str, part: str, more: dict[str, bytes] | None = None) -> bytes:
    """A blank with words of a part replaced, and parts added."""

    def change(found: str, data: bytes) -> bytes:
        return data.replace(old.encode(), new.encode()) if found == part else data

    return repacked(blanks[name]().data, change, more or {})


def related(name: str, kind: str, target: str, data: bytes) -> bytes:
    """A blank on whose sheet something of a kind hangs."""
    rels = {"district": "xl/worksheets/_rels/sheet2.xml.rels", "captions over two rows": "xl/worksheets/_rels/sheet1.xml.rels"}[name]

    def change(found: str, part: bytes) -> bytes:
        if found != rels:
            return part
        return part.replace(b"</Relationships>", f'<Relationship Id="rIdX" Type="{OFFICE}/{kind}" Target="/{target}"/></Relationships>'.encode())

    return repacked(blanks[name]().data, change, {target: data})


FILING = with_items(filing_of("target-declaration"), 9)
EVALUATION = filing_of("self-evaluation")
MACROS = ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml", "[Content_Types].xml")


@pytest.mark.parametrize(
    ("wanted", "data"),
    [
        pytest.param("edit-strict", lambda: patched("district", f"{OFFICE}/officeDocument", "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument", "_rels/.rels"), id="Strict Open XML"),
        pytest.param("edit-signed", lambda: patched("district", "", "", "", {"_xmlsignatures/sig1.xml": b"<Signature/>"}), id="a signature"),
        pytest.param("edit-fixed", lambda: related("district", "pivotTable", "xl/pivotTables/p.xml", b'<pivotTableDefinition><location ref="A30:C33"/></pivotTableDefinition>'), id="a pivot table below"),
        pytest.param("edit-fixed", lambda: related("district", "queryTable", "xl/queryTables/q.xml", b"<queryTable/>"), id="a query"),
        pytest.param("edit-fixed", lambda: edited("district", lambda book, sheet: sheet.add_table(Table(displayName="T", ref="J14:K19"))), id="a table beside the list"),
        pytest.param("edit-pivot", lambda: patched("district", "", "", "", {"xl/pivotCache/pivotCacheDefinition1.xml": '<pivotCacheDefinition><cacheSource><worksheetSource ref="A13:H19" sheet="申报表"/></cacheSource></pivotCacheDefinition>'.encode()}), id="a pivot table that draws on the list"),
        pytest.param("edit-array", lambda: edited("district", lambda book, sheet: sheet.__setitem__("J14", ArrayFormula("J14:J19", "=D14:D19"))), id="an array formula across the list"),
    ],
)  # fmt: skip
def test_what_cannot_move_or_be_edited_is_refused(wanted, data):
    assert [wanted] == codes(FILING, data())


def test_a_pivot_table_above_the_list_is_no_hindrance():
    data = related("district", "pivotTable", "xl/pivotTables/p.xml", b'<pivotTableDefinition><location ref="J1:K3"/></pivotTableDefinition>')
    assert [] == codes(FILING, data)


def test_rows_beyond_the_end_of_a_sheet_are_refused():
    book = Workbook(blanks["district"]().data, "x.xlsx")
    sheet = book.sheet("申报表")
    sheet.set(1_048_576, 1, "末行")
    assert ["edit-rows"] == [one.code for one in risks.growing(book, sheet, 1)]


@pytest.mark.parametrize(("out", "wanted"), [("out.xlsx", ["edit-macros"]), ("out.xlsm", ["edit-note-macros"])])
def test_a_workbook_with_macros_stays_one(out, wanted):
    data = patched("district", *MACROS, {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"})
    assert wanted == codes(FILING, data, out)


def test_a_workbook_without_macros_is_no_xlsm():
    assert ["edit-no-macros"] == codes(FILING, blanks["district"]().data, "out.xlsm")


def test_links_to_other_workbooks_are_named():
    def change(name: str, part: bytes) -> bytes:
        return part.replace(b"</Relationships>", f'<Relationship Id="rIdL" Type="{OFFICE}/externalLink" Target="externalLinks/externalLink1.xml"/></Relationships>'.encode()) if name == "xl/_rels/workbook.xml.rels" else part

    data = repacked(blanks["district"]().data, change, {"xl/externalLinks/externalLink1.xml": b"<externalLink/>"})
    assert ["edit-note-links"] == codes(FILING, data)


@pytest.mark.parametrize("data", [b"\xef\xbb\xbf a text", b"%PDF-1.4"], ids=["text", "PDF"])
def test_a_file_of_another_kind_is_no_blank(data):
    assert ["edit-kind"] == codes(FILING, data)


def test_a_blank_without_the_form_is_told():
    assert ["into-no-form"] == codes(EVALUATION, blanks["district"]().data)


def test_a_value_without_a_field_is_refused_by_its_name():
    def change(book, sheet):
        sheet.unmerge_cells("C7:D7")
        sheet["C7"] = None
        sheet["G7"] = None

    data = edited("captions over two rows", change)
    assert ["into-field", "into-field"] == codes(EVALUATION, data)


def test_a_list_without_one_of_its_heads_is_refused():
    def change(book, sheet):
        sheet["G16"] = "说明"

    assert ["into-list"] == codes(EVALUATION, edited("captions over two rows", change))


def test_a_list_of_which_all_rows_were_deleted_is_refused_with_the_row_to_insert():
    """What stood below the list (总分) has moved up to its heads."""
    book = excel.opened(xlsx_writer.write(EVALUATION, FORMS))
    excel.delete_rows(book.worksheets[-1], 13, len(next(EVALUATION.entries).lists["indicators"]))
    with pytest.raises(ProblemError) as caught:
        into.write(EVALUATION, FORMS, Blank(excel.saved(book), "表.xlsx"), "")
    [found] = caught.value.problems
    assert ("into-rowless", True) == (found.code, found.place.endswith("!13"))


def test_a_blank_that_lacks_a_field_takes_a_form_in_which_it_is_empty():
    def change(book, sheet):
        sheet["G7"] = None

    entry = next(EVALUATION.entries)
    entry = replace(entry, values={**entry.values, "project.unit": None})
    assert [] == codes(Filing((Section(None, (entry,)),)), edited("captions over two rows", change))


def test_text_beside_an_empty_box_is_named_before_it_is_read_as_its_value():
    entry = next(FILING.entries)
    entry = replace(entry, values={**entry.values, "project.category": None})
    with pytest.raises(ProblemError) as raised:
        into.write(Filing((Section(None, (entry,)),)), FORMS, Blank(blanks["district"]().data, "x.xlsx"))
    assert [("into-remark", "申报表!H4")] == [(one.code, one.place) for one in raised.value.problems]


def test_content_of_the_bureau_in_rows_too_many_stays_and_is_told():
    def change(book, sheet):
        sheet["H18"] = "此行由财政部门填写"

    data = edited("district", change)
    filing = with_items(FILING, 2)
    written = into.write(filing, FORMS, Blank(data, "x.xlsx"))
    sheet = load_workbook(io.BytesIO(written.data))["申报表"]
    assert (["into-note-rows"], "此行由财政部门填写") == ([one.code for one in written.notes], sheet["H18"].value)
    assert [(None, None)] * 4 == [(sheet.cell(row, 2).value, sheet.cell(row, 4).value) for row in range(16, 20)]


def test_a_row_that_cannot_be_high_enough_is_told():
    entry = next(FILING.entries)
    entry = replace(entry, values={**entry.values, "goals.annual": "完成抽检任务。" * 800})
    assert ["into-note-height"] == codes(Filing((Section(None, (entry,)),)), blanks["district"]().data)


def test_a_goal_over_several_rows_is_as_high_as_all_of_them_can_be():
    """The goals cover rows 12 to 14, of which the first is high already: what it cannot take the other two do."""
    goals = "| ^ |  | < | < |  | < | < |  |\n"
    picture = DECLARATION.replace(goals, goals + 2 * "| ^ | ^ | ^ | ^ | ^ | ^ | ^ |  |\n", 1)
    assert picture != DECLARATION
    book = Workbook_()
    sheet = book.worksheets[0]
    draw(sheet, picture, 1, 1, Font(name="宋体", size=12), plain=3)
    widths(sheet, 13, 16, 15, 14, 12, 11, 11, 16)
    sheet.row_dimensions[12].height = 380
    held = io.BytesIO()
    book.save(held)
    entry = next(FILING.entries)
    entry = replace(entry, values={**entry.values, "goals.annual": "完成抽检任务。" * 140})
    written = into.write(Filing((Section(None, (entry,)),)), FORMS, Blank(held.getvalue(), "x.xlsx"))
    found = load_workbook(io.BytesIO(written.data)).worksheets[0]
    heights = [found.row_dimensions[row].height for row in (12, 13, 14)]
    assert ([], 409) == ([one.code for one in written.notes], heights[0])
    assert heights[1] == heights[2] > 100


def two(form: str) -> Filing:
    entry = next(filing_of(form).entries)
    return Filing((Section(None, (entry, replace(entry, values={**entry.values, "project.name": "第二个"}))),))


@pytest.mark.parametrize("name", ["charts and a table", "parts of many programs"])
def test_a_sheet_that_cannot_be_copied_takes_one_form(name):
    blank = BLANKS[name]()
    assert ["edit-copy"] == sorted(set(codes(two(blank.form), blank.data)))


def test_a_sheet_with_two_forms_is_not_copied_for_a_third():
    entry = next(filing_of("target-declaration").entries)
    stacked = into_stacked()
    three = Filing((Section(None, (entry, entry, replace(entry, values={**entry.values, "project.name": "第三个"}))),))
    assert ["into-too-many"] == codes(three, stacked)


def into_stacked() -> bytes:
    """A blank with the form twice on one sheet, one below the other."""
    blank = blanks["district"]()
    book = load_workbook(io.BytesIO(blank.data))
    sheet = book[blank.sheet]
    for merged in [str(one) for one in sheet.merged_cells.ranges if one.max_row < 20]:
        first, last = merged.split(":")
        down = [re.sub(r"\d+", lambda found: str(int(found[0]) + 30), one) for one in (first, last)]
        sheet.merge_cells(":".join(down))
    for row in range(1, 20):
        for column in range(1, 9):
            cell = sheet.cell(row, column)
            if cell.value is not None:
                sheet.cell(row + 30, column, cell.value)
            if type(sheet.cell(row + 30, column)).__name__ == "Cell":
                sheet.cell(row + 30, column)._style = cell._style  # type: ignore[union-attr]  # openpyxl's types leave out the numbers of formats
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def test_two_forms_on_one_sheet_are_filled_both():
    entry = next(filing_of("target-declaration").entries)
    filing = Filing((Section(None, (entry, replace(entry, values={**entry.values, "project.name": "第二个"}))),))
    assert [] == codes(filing, into_stacked())
