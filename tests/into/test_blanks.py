"""Bureaus' own blanks filled in place: the values read back, and nothing else has changed.

A blank is drawn in ``blanks.py``; what it is compared with is what openpyxl and the bytes of its parts say.
"""

import io
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.filings import entries
from tests.into.blanks import BLANKS, repacked
from tests.into.compared import (  # noqa: F401
    against,
    changed,
    ill_formed,
    loose_ends,
    parts,
    same_elsewhere,
    schemas,
)
from xltool.canonical import differences
from xltool.filing import Filing, Section
from xltool.grid import address
from xltool.jobs import into, located
from xltool.jobs.fill import fill
from xltool.jobs.into import Blank
from xltool.jobs.reading import read_bytes
from xltool.library import forms
from xltool.problems import ProblemError
from xltool.surfaces.xlsx_edit import Workbook

FORMS = forms()
ROOT = Path(__file__).resolve().parents[2]
blanks = {name: cache(make) for name, make in BLANKS.items()}


def filing_of(form: str) -> Filing:
    """One filled form: the first of the invented filing."""
    entry = next(from_file(form).entries)
    return Filing((Section(None, (entry,)),))


def from_file(form: str) -> Filing:
    path = ROOT / "samples" / form / "filing.json"
    path = path if path.exists() else ROOT / "tests" / "mappings" / f"{form}.json"
    return read_bytes(path.read_bytes(), path.name, FORMS).filing


def with_items(filing: Filing, count: int) -> Filing:
    """The filing with lists of so many items."""
    entry = next(filing.entries)
    lists = {name: tuple(items[at % len(items)] for at in range(count)) for name, items in entry.lists.items()}
    return Filing((Section(None, (replace(entry, lists=lists),)),))


def filled(name: str, count: int) -> tuple[bytes, bytes, Filing]:
    blank = blanks[name]()
    filing = with_items(filing_of(blank.form), count)
    return blank.data, into.write(filing, FORMS, Blank(blank.data, f"{name}.xlsx")).data, filing


@pytest.mark.parametrize("count", [1, 4, 30], ids="{} items".format)
@pytest.mark.parametrize("name", BLANKS)
def test_what_is_filled_in_is_what_is_read(name, count):
    _, data, filing = filled(name, count)
    assert [] == differences(filing, read_bytes(data, "x.xlsx", FORMS).filing)


@pytest.mark.parametrize("count", [1, 4, 30], ids="{} items".format)
@pytest.mark.parametrize("name", BLANKS)
def test_nothing_else_in_the_workbook_changes(name, count):
    blank = blanks[name]()
    before, data, _ = filled(name, count)
    rows = rows_of(data, blank)
    more = rows - (blank.bottom - blank.top + 1)
    assert [] == same_elsewhere(before, data, blank.sheet, (blank.top, blank.bottom), more, blank.owned, fields(data, blank, more))


def fields(data: bytes, blank, more: int) -> set[str]:
    """The squares of fields outside the list, as they lie in the blank: where the places of a reading say that they are."""
    found = set()
    for path, place in located.read(data, "x.xlsx", FORMS).places[0].items():
        if "[" not in path and path:
            found.add(address(place.row - more if place.row > blank.bottom + more else place.row, place.column))
    return found


def rows_of(data: bytes, blank) -> int:
    """The rows of the list in the filled workbook: those beside its merged caption."""
    sheet = load_workbook(io.BytesIO(data))[blank.sheet]
    beside = [one for one in sheet.merged_cells.ranges if one.min_row <= blank.top <= one.max_row and str(sheet.cell(one.min_row, one.min_col).value).startswith("绩效指标")]
    return beside[0].max_row - blank.top + 1


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("district", {"xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml", "xl/comments/comment1.xml", "xl/drawings/commentsDrawing1.vml", "xl/drawings/drawing1.xml"}),
        ("captions over two rows", {"xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"}),
        ("levels printed beforehand", {"xl/workbook.xml", "xl/worksheets/sheet2.xml"}),
        ("charts and a table", {"xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/charts/chart1.xml", "xl/charts/chart2.xml", "xl/drawings/drawing1.xml", "xl/tables/table1.xml", "xl/styles.xml"}),
        ("parts of many programs", {"xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/comments/comment1.xml", "xl/drawings/commentsDrawing1.vml", "xl/drawings/drawing1.xml", "xl/threadedComments/threadedComment1.xml", "xl/styles.xml"}),
    ],
)  # fmt: skip
def test_only_the_parts_that_a_grown_list_touches_are_written(name, wanted):
    before, data, _ = filled(name, 30)
    assert set() == changed(before, data) - wanted
    assert "xl/theme/theme1.xml" in parts(before).keys() - changed(before, data)


def test_a_list_that_fits_touches_the_sheet_alone():
    before, data, _ = filled("parts of many programs", 3)
    assert {"xl/worksheets/sheet1.xml", "xl/styles.xml"} >= changed(before, data)


@pytest.mark.parametrize("name", BLANKS)
def test_members_keep_their_order_and_the_same_fill_gives_the_same_bytes(name):
    before, data, _ = filled(name, 30)
    assert list(parts(before)) == list(parts(data))
    assert data == filled(name, 30)[1]


@pytest.mark.parametrize("name", BLANKS)
def test_the_result_is_well_formed_and_holds_together(name):
    _, data, _ = filled(name, 30)
    assert ([], []) == (ill_formed(data), loose_ends(data))


@pytest.mark.parametrize("name", BLANKS)
def test_the_result_is_as_the_published_schemas_have_it(name, schemas):  # noqa: F811
    before, data, _ = filled(name, 30)
    assert against(before, schemas) == against(data, schemas) == []


def test_what_refers_to_the_rows_below_follows_them():
    _, data, _ = filled("district", 30)
    book = load_workbook(io.BytesIO(data))
    sheet = book["申报表"]
    assert ("填表人：", "=COUNTA(D14:D43)", 33) == (sheet["A45"].value, sheet["H45"].value, sheet.row_dimensions[45].height)
    assert ("$A$13:$H$43", "$A$45:$H$45", "$F$7") == tuple(book.defined_names[name].attr_text.partition("!")[2] for name in ("指标区", "签字栏", "年度资金"))
    assert ("=申报表!F7", "=申报表!H45*2") == (book["填报说明"]["A3"].value, book["字典"]["C1"].value)
    assert {"E4", "B14:B43", "B45"} == {str(one.sqref) for one in sheet.data_validations.dataValidation}
    assert {"F7", "D14:D43", "A45:H45"} == {str(one.sqref) for one in sheet.conditional_formatting}
    assert ["经办人签字"] == [cell.comment.text for cell in sheet[45] if cell.comment]
    assert "'申报表'!$A$1:$H$45" == sheet.print_area


def test_charts_and_other_sheets_draw_the_whole_list():
    _, data, _ = filled("charts and a table", 30)
    book = load_workbook(io.BytesIO(data))
    assert ["'自评''表'!$I$15:$I$44", "'自评''表'!$J$15:$J$44"] == [sheet._charts[0].series[0].val.numRef.f for sheet in book]  # type: ignore[attr-defined]  # openpyxl's types leave out what it read of charts
    assert ("='自评''表'!I45", "=SUM('自评''表'!J15:J44)+'自评''表'!J9") == (book["汇总"]["B1"].value, book["汇总"]["B2"].value)
    assert "A52:C54" == book["自评'表"].tables["记录"].ref


def test_what_standards_do_not_know_follows_too():
    _, data, _ = filled("parts of many programs", 30)
    held = parts(data)
    assert b"$H13&lt;$G$43</xm:f>" in held["xl/worksheets/sheet1.xml"]
    assert b"<xm:sqref>H13:H42</xm:sqref>" in held["xl/worksheets/sheet1.xml"]
    assert b'ref="A45"' in held["xl/threadedComments/threadedComment1.xml"]
    assert b"<xdr:row>45</xdr:row>" in held["xl/drawings/drawing1.xml"]


def test_formulas_in_a_column_of_the_bureau_are_filled_down():
    _, data, _ = filled("parts of many programs", 5)
    sheet = load_workbook(io.BytesIO(data))["自评表"]
    assert [f"=SUM(G$13:G{row})" for row in range(13, 18)] == [sheet.cell(row, 10).value for row in range(13, 18)]


def test_a_list_of_one_row_takes_its_checks_along_and_sums_of_a_row_stay_with_it():
    _, data, _ = filled("captions over two rows", 4)
    sheet = load_workbook(io.BytesIO(data))["自评表 (2023)"]
    assert (["I17:J20"], ["J17:J20"]) == ([str(one.sqref) for one in sheet.data_validations.dataValidation], [str(one.sqref) for one in sheet.conditional_formatting])
    assert ["=SUM(I$17:I17)", "=SUM(I$17:I18)"] == [sheet.cell(row, 13).value for row in (17, 18)]


def test_groups_merge_while_values_repeat_and_levels_printed_beforehand_give_way():
    blank = blanks["levels printed beforehand"]()
    filing = filing_of(blank.form)
    sheet = load_workbook(io.BytesIO(into.write(filing, FORMS, Blank(blank.data, "x.xlsx")).data))["表2-1"]
    assert ["产出指标", "效益指标", "满意度指标"] == [value for row in range(12, 30) if (value := sheet.cell(row, 2).value)][:3]
    assert "B12:B14" in {str(one) for one in sheet.merged_cells.ranges}
    # The squares that a merge had hidden look as it did.
    assert {("等线", "center")} == {(cell.font.name, cell.alignment.horizontal) for row in range(12, 18) if (cell := sheet.cell(row, 2)).value}


def test_a_value_that_begins_with_equals_stays_text():
    blank = blanks["district"]()
    data = into.write(filing_of(blank.form), FORMS, Blank(blank.data, "x.xlsx")).data
    values = [cell for cell in load_workbook(io.BytesIO(data))["申报表"]["F"] if str(cell.value).startswith("=932")]
    assert [("s", "=932.00(元/份)")] == [(cell.data_type, cell.value) for cell in values]


def test_a_remark_beside_an_empty_box_is_left_where_it_is():
    blank = blanks["district"]()
    sheet = load_workbook(io.BytesIO(into.write(filing_of(blank.form), FORMS, Blank(blank.data, "x.xlsx")).data))["申报表"]
    assert ("与预算一致", 186400) == (sheet["H7"].value, sheet["F7"].value)


def test_days_and_rates_take_the_format_of_their_cells():
    blank = blanks["district"]()
    sheet = load_workbook(io.BytesIO(into.write(filing_of(blank.form), FORMS, Blank(blank.data, "x.xlsx")).data))["申报表"]
    assert "2025-01-01" == sheet["B6"].value.date().isoformat()
    evaluated = blanks["captions over two rows"]()
    sheet = load_workbook(io.BytesIO(into.write(filing_of(evaluated.form), FORMS, Blank(evaluated.data, "x.xlsx")).data))["自评表 (2023)"]
    assert "0.00%" == sheet["J9"].number_format


def test_a_formula_that_comes_to_the_value_stays_with_its_result():
    blank = blanks["captions over two rows"]()
    written = into.write(filing_of(blank.form), FORMS, Blank(blank.data, "x.xlsx"))
    formulas = load_workbook(io.BytesIO(written.data))["自评表 (2023)"]
    values = load_workbook(io.BytesIO(written.data), data_only=True)["自评表 (2023)"]
    assert (("=SUM(I9,I17:I28)", 100), ('=IF(G9="","",ROUND(H9/G9,4))', 0.909)) == ((formulas["I29"].value, values["I29"].value), (formulas["J9"].value, values["J9"].value))
    assert () == written.notes


def test_a_formula_that_does_not_come_to_the_value_gives_way_and_is_named():
    blank = blanks["captions over two rows"]()
    entry = next(filing_of(blank.form).entries)
    entry = replace(entry, values={**entry.values, "total.score": entry.values["total.weight"]})
    written = into.write(Filing((Section(None, (entry,)),)), FORMS, Blank(blank.data, "x.xlsx"))
    assert [("into-note-formula", "x.xlsx: 自评表 (2023)!J29")] == [(one.code, one.place) for one in written.notes]
    assert 100 == load_workbook(io.BytesIO(written.data))["自评表 (2023)"]["J29"].value


def test_a_formula_that_comes_to_another_text_gives_way_too():
    blank = blanks["district"]()
    book = load_workbook(io.BytesIO(blank.data))
    book["申报表"]["E5"] = '=IF(1=1,"本级单位","")'
    held = io.BytesIO()
    book.save(held)
    written = into.write(filing_of(blank.form), FORMS, Blank(held.getvalue(), "x.xlsx"))
    unit = next(filing_of(blank.form).entries).values["project.unit"]
    assert (unit, ["x.xlsx: 申报表!E5"]) == (load_workbook(io.BytesIO(written.data))["申报表"]["E5"].value, [one.place for one in written.notes if one.code == "into-note-formula"])


def test_a_line_of_signatures_behind_an_empty_row_stays_when_the_list_grows():
    """    绩效指标 | 一级指标 | …
                |  (empty)
                填表人：张三 |   | 联系电话：…
    """
    book = load_workbook(ROOT / "templates" / "target-declaration.xlsx")
    sheet = book.worksheets[0]
    sheet.cell(sheet.max_row + 2, 5).value, sheet.cell(sheet.max_row, 2).value = "联系电话：6543210", "填表人：张三"
    held = io.BytesIO()
    book.save(held)
    filled = load_workbook(io.BytesIO(into.write(with_items(filing_of("target-declaration"), 30), FORMS, Blank(held.getvalue(), "x.xlsx")).data)).worksheets[0]
    assert ("填表人：张三", "联系电话：6543210") == (filled.cell(filled.max_row, 2).value, filled.cell(filled.max_row, 5).value)


def test_rows_grow_with_their_texts_and_none_becomes_lower():
    blank = blanks["district"]()
    entry = next(filing_of(blank.form).entries)
    entry = replace(entry, values={**entry.values, "goals.annual": "完成抽检任务，按时报送结果。" * 60})
    data = into.write(Filing((Section(None, (entry,)),)), FORMS, Blank(blank.data, "x.xlsx")).data
    before, after = (load_workbook(io.BytesIO(one))["申报表"].row_dimensions for one in (blank.data, data))
    assert (True, None) == (after[12].height > 300, after[8].height)
    assert all(after[row].height >= (before[row].height or 0) for row in range(1, 20) if after[row].height)


@pytest.mark.parametrize(("row", "column"), [(4, 2), (21, 8)], ids=["a value is not what was meant", "a cell of the bureau changed"])
def test_what_went_wrong_is_not_saved(monkeypatch, row, column):
    blank = blanks["district"]()

    def clumsy(book, slot, entry):
        done = fill(book, slot, entry)
        book.sheet(slot.sheet).set(done.row(row), column, "错")
        return done

    monkeypatch.setattr(into, "fill", clumsy)
    with pytest.raises(ProblemError) as raised:
        into.write(filing_of(blank.form), FORMS, Blank(blank.data, "x.xlsx"))
    assert ["workbook-verify"] == [one.code for one in raised.value.problems]


@pytest.mark.parametrize("name", BLANKS)
@settings(max_examples=12, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_fill_into_then_read_is_the_identity(name, data):
    blank = blanks[name]()
    entry = data.draw(entries(FORMS[blank.form], printed=True))
    # Beside this box stands a remark, which would be read in its place.
    assume(entry.form != "target-declaration" or entry.values["project.category"] is not None)
    filing = Filing((Section(None, (entry,)),))
    assert [] == differences(filing, read_bytes(into.write(filing, FORMS, Blank(blank.data, "x.xlsx")).data, "x.xlsx", FORMS).filing)


@pytest.mark.parametrize("name", ["district", "captions over two rows", "elements with a prefix"])
def test_several_forms_stand_on_copies_of_the_blanks_sheet(name):
    blank = blanks[name]()
    first = next(filing_of(blank.form).entries)
    second = replace(first, values={**first.values, "project.name": "第二个项目"})
    third = replace(first, values={**first.values, "project.name": "第三个项目"})
    filing = Filing((Section("某局2025年度项目绩效目标汇总表", (first, second)), Section("某中心2025年度项目绩效目标汇总表", (third,))))
    data = into.write(filing, FORMS, Blank(blank.data, "x.xlsx")).data
    assert [] == differences(filing, read_bytes(data, "x.xlsx", FORMS).filing)
    names = [one.name for one in Workbook(data, "x").sheets]
    at = names.index(blank.sheet)
    assert [blank.sheet, "第二个项目", "第三个项目"] == names[at : at + 3]
    assert ([], []) == (ill_formed(data), loose_ends(data))


def test_a_copy_has_its_own_names_pictures_and_comments():
    blank = blanks["district"]()
    first = next(filing_of(blank.form).entries)
    filing = Filing((Section(None, (first, replace(first, values={**first.values, "project.name": "第二个项目"}))),))
    book = load_workbook(io.BytesIO(into.write(filing, FORMS, Blank(blank.data, "x.xlsx")).data))
    one, other = book["申报表"], book["第二个项目"]
    assert "'第二个项目'!$A$1:$H$24" == other.print_area
    assert [(image.anchor._from.row, image._data()) for image in one._images] == [(image.anchor._from.row, image._data()) for image in other._images]  # type: ignore[attr-defined]  # and of pictures
    assert ["与预算系统中的名称一致", "经办人签字"] == [cell.comment.text for line in other.iter_rows() for cell in line if cell.comment]
    assert {str(rule.sqref) for rule in one.data_validations.dataValidation} == {str(rule.sqref) for rule in other.data_validations.dataValidation}


def test_a_copy_lacks_what_only_one_sheet_can_have():
    blank = blanks["district"]()

    def owned(name: str, part: bytes) -> bytes:
        return part.replace(b"<sheetPr>", b'<sheetPr codeName="Sheet2">').replace(b"<sheetView ", b'<sheetView tabSelected="1" ') if name == "xl/worksheets/sheet2.xml" else part

    first = next(filing_of(blank.form).entries)
    filing = Filing((Section(None, (first, replace(first, values={**first.values, "project.name": "第二个项目"}))),))
    held = parts(into.write(filing, FORMS, Blank(repacked(blank.data, owned, {}), "x.xlsx")).data)
    assert (1, 1) == tuple(sum(word in part for name, part in held.items() if "worksheets/sheet" in name) for word in (b'codeName="Sheet2"', b'tabSelected="1"'))


@pytest.mark.xdist_group("soffice")
def test_libreoffice_opens_them_and_computes_what_stands_there(soffice, tmp_path):
    blank = blanks["captions over two rows"]()
    written = into.write(filing_of(blank.form), FORMS, Blank(blank.data, "x.xlsx")).data
    (tmp_path / "book.xlsx").write_bytes(written)
    computed = load_workbook(soffice.convert(tmp_path / "book.xlsx", "xlsx", tmp_path / "made"), data_only=True)["自评表 (2023)"]
    stored = load_workbook(io.BytesIO(written), data_only=True)["自评表 (2023)"]
    for square in ("F9", "G9", "H9", "J9", "I29", "J29"):
        assert stored[square].value == pytest.approx(computed[square].value), square
