"""Findings written into a copy of the user's own workbook, and taken off again."""

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment

from tests.into.blanks import of_many_programs
from tests.into.compared import against, changed, ill_formed, loose_ends, parts, schemas  # noqa: F401
from tests.into.test_blanks import FORMS, filing_of
from xltool.canonical import differences
from xltool.check import Finding, Words, check
from xltool.jobs import annotate, into, kinds, located, reading
from xltool.jobs.into import Blank
from xltool.jobs.sources import Named
from xltool.problems import ProblemError
from xltool.surfaces.xlsx_edit import marks

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


def finding(path: str, severity: str = "error", answer: str = "fails", accepted: str = "") -> Finding:
    return Finding("某规则", severity, answer, 0, "self-evaluation-2020", "某项目", path, (path,), "某栏", "", "100", "93", "90 + 3 = 93", Words("得分不对", "wrong"), Words("请改", "change"), accepted)


FOUND = (finding("total.score"), finding("project.name", "hint"), finding("total.score", "warning"), finding("project.unit", "warning", "unknown"), finding("funding.total.weight", accepted="已说明"))


def workbook() -> bytes:
    """A filled blank of many programs: comments, a conversation, a shape, conditions of its own."""
    blank = of_many_programs()
    return into.write(filing_of(blank.form), FORMS, Blank(blank.data, "x.xlsx")).data


@pytest.fixture(scope="module")
def data() -> bytes:
    return workbook()


@pytest.fixture(scope="module")
def marked(data) -> bytes:
    return annotate.annotate(data, "单位.xlsx", FORMS, located.read(data, "单位.xlsx", FORMS), FOUND)


def squares(data: bytes, sheet: str) -> list[list[object]]:
    return [[cell.value for cell in line] for line in load_workbook(io.BytesIO(data))[sheet].iter_rows()]


def test_values_of_all_cells_stay_and_so_does_what_is_read(data, marked):
    assert squares(data, "自评表") == squares(marked, "自评表")
    first, then = (reading.read_bytes(one, "x.xlsx", FORMS).filing for one in (data, marked))
    assert [] == differences(first, then)


def test_nothing_but_marks_is_written(data, marked):
    wanted = {"xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml", "_rels/.rels", "xl/styles.xml", "xl/comments/comment1.xml", "xl/drawings/commentsDrawing1.vml", "+docProps/custom.xml", "+xl/worksheets/sheet2.xml"}  # fmt: skip
    assert set() == changed(data, marked) - wanted
    assert ([], []) == (ill_formed(marked), loose_ends(marked))


def test_no_cells_own_format_changes(data, marked):
    first, then = (load_workbook(io.BytesIO(one))["自评表"] for one in (data, marked))
    assert [[cell.style_id for cell in line] for line in first.iter_rows()] == [[cell.style_id for cell in line] for line in then.iter_rows()]


def test_cells_are_coloured_by_the_worst_that_was_found(marked):
    sheet = load_workbook(io.BytesIO(marked))["自评表"]
    colours = {str(held.sqref): rule.dxf.fill.bgColor.rgb[2:] for held in sheet.conditional_formatting for rule in held.rules if rule.formula == ['"xltool"="xltool"']}
    assert {"H17": "FFC7CE", "C3": "DDEBF7", "G4": "E4DFEC"} == colours


def test_comments_say_every_finding_and_what_to_do(marked):
    sheet = load_workbook(io.BytesIO(marked))["自评表"]
    assert "【错误】得分不对\n→ 请改\n【警告】得分不对\n→ 请改" == sheet["H17"].comment.text
    assert "审核 (xltool)" == sheet["H17"].comment.author
    assert "【待核】得分不对\n→ 请改" == sheet["G4"].comment.text


def test_a_comment_of_the_users_goes_on_with_ours(marked):
    comment = load_workbook(io.BytesIO(marked))["自评表"]["C3"].comment
    assert ("全称\n—— 审核 ——\n【提示】得分不对\n→ 请改", "某") == (comment.text, comment.author)


def test_a_conversation_is_left_alone(data):
    found = located.read(data, "x.xlsx", FORMS)
    places = ({**found.places[0], "project.name": next(place for place in found.places[0].values()).__class__("sheet", "自评表", 19, 1, 19, 1)},)
    made = annotate.annotate(data, "x.xlsx", FORMS, located.Located(found.read, places, found.book), (finding("project.name"),))
    sheet = load_workbook(io.BytesIO(made))["自评表"]
    assert "[Threaded comment]\n请补充" == sheet["A19"].comment.text
    assert parts(data)["xl/threadedComments/threadedComment1.xml"] == parts(made)["xl/threadedComments/threadedComment1.xml"]


def test_the_list_links_to_the_cells_and_they_back_to_it(marked):
    book = load_workbook(io.BytesIO(marked))
    listed, sheet = book["审核结果"], book["自评表"]
    assert ["'自评表'!H17", "'自评表'!C3", "'自评表'!H17", "'自评表'!G4", "'自评表'!G6"] == [link and link.location for row in range(5, 10) for link in [listed.cell(row, 4).hyperlink]]
    assert ("'审核结果'!A5", "'审核结果'!A6") == (sheet["H17"].hyperlink.location, sheet["C3"].hyperlink.location)
    assert ("审核结果：单位.xlsx", "错误 1，警告 1，提示 1，待核 1，已豁免 1") == (listed["A1"].value, listed["A2"].value)
    assert ["1", "错误", "自评表", "H17", "某项目", "某栏", "得分不对", "100", "93", "90 + 3 = 93", "请改", "某规则"] == [cell.value for cell in listed[5]]
    assert ("A5", "A4:L9") == (listed.freeze_panes, listed.auto_filter.ref)


def test_what_is_accepted_is_listed_and_marks_no_cell(marked):
    book = load_workbook(io.BytesIO(marked))
    assert ("已豁免", "已豁免：已说明") == (book["审核结果"]["B9"].value, book["审核结果"]["K9"].value)
    assert book["自评表"]["G6"].comment is None


def test_annotating_again_replaces_the_marks(data, marked):
    again = annotate.annotate(marked, "单位.xlsx", FORMS, located.read(marked, "单位.xlsx", FORMS), FOUND)
    assert marked == again
    fewer = annotate.annotate(marked, "单位.xlsx", FORMS, located.read(marked, "单位.xlsx", FORMS), FOUND[:1])
    sheet = load_workbook(io.BytesIO(fewer))["自评表"]
    assert ("全称", None, None) == (sheet["C3"].comment.text, sheet["C3"].hyperlink, sheet["G4"].comment)
    assert ["自评表", "审核结果"] == load_workbook(io.BytesIO(fewer)).sheetnames


def test_without_its_marks_a_workbook_is_what_it_was(data, marked):
    plain = annotate.cleaned(marked, "x.xlsx")
    # What no list of names holds any more is gone as an empty list.
    assert set() == changed(data, plain) - {"xl/styles.xml", "[Content_Types].xml", "_rels/.rels", "xl/comments/comment1.xml", "xl/workbook.xml"}
    sheet = load_workbook(io.BytesIO(plain))["自评表"]
    assert ("全称", squares(data, "自评表")) == (sheet["C3"].comment.text, squares(plain, "自评表"))


def test_a_copy_whose_cells_say_something_else_is_not_saved(monkeypatch, data):
    def clumsy(book, name, own, table):
        book.sheet("自评表").set(3, 1, "错")

    monkeypatch.setattr(marks, "put", clumsy)
    with pytest.raises(ProblemError) as raised:
        annotate.annotate(data, "x.xlsx", FORMS, located.read(data, "x.xlsx", FORMS), FOUND)
    assert ["workbook-verify"] == [one.code for one in raised.value.problems]


def test_a_sheet_of_the_users_with_that_name_stays(data):
    book = load_workbook(io.BytesIO(data))
    book.create_sheet("审核结果")["A1"] = "科室自用"
    held = io.BytesIO()
    book.save(held)
    made = annotate.annotate(held.getvalue(), "x.xlsx", FORMS, located.read(held.getvalue(), "x.xlsx", FORMS), FOUND)
    again = load_workbook(io.BytesIO(made))
    assert (["自评表", "审核结果", "审核结果(2)"], "科室自用") == (again.sheetnames, again["审核结果"]["A1"].value)


def test_marks_that_went_through_openpyxl_are_still_known(marked):
    book = load_workbook(io.BytesIO(marked))
    book["自评表"]["A19"].comment = Comment("后来加的", "某")
    held = io.BytesIO()
    book.save(held)
    sheet = load_workbook(io.BytesIO(annotate.cleaned(held.getvalue(), "x.xlsx")))["自评表"]
    assert ("后来加的", "全称", None) == (sheet["A19"].comment.text, sheet["C3"].comment.text, sheet["H17"].comment)


@pytest.mark.xdist_group("soffice")
def test_libreoffice_opens_the_copy_and_shows_the_same_values(soffice, tmp_path, data, marked):
    (tmp_path / "marked.xlsx").write_bytes(marked)
    made = load_workbook(soffice.convert(tmp_path / "marked.xlsx", "xlsx", tmp_path / "made"), data_only=True)
    assert ["自评表", "审核结果"] == made.sheetnames
    assert "得分不对" in made["自评表"]["H17"].comment.text


def test_the_copy_is_as_the_published_schemas_have_it(marked, schemas):  # noqa: F811
    assert [] == against(marked, schemas)


def test_a_source_that_is_no_workbook_is_annotated_on_the_official_one():
    path = SAMPLES / "self-evaluation" / "filing.txt"
    found = located.read(path.read_bytes(), path.name, FORMS)
    made = annotate.annotate(path.read_bytes(), path.name, FORMS, found, check(found.read.filing, FORMS))
    assert [] == differences(found.read.filing, reading.read_bytes(made, "x.xlsx", FORMS).filing)
    assert kinds.XLSX == kinds.recognise(made, "x")
    listed = load_workbook(io.BytesIO(made))["审核结果"]
    assert all(listed.cell(row, 4).hyperlink for row in range(5, listed.max_row + 1) if listed.cell(row, 4).value)


def test_stdin_and_wrong_names_are_refused():
    for named, out, code in (
        (Named(None, Path("stdin")), "out.xlsx", "annotate-stdin"),
        (Named(Path("a.xlsx"), Path("a.xlsx")), "out.pdf", "out-kind-xlsx"),
    ):
        with pytest.raises(ProblemError) as raised:
            annotate.copies([named], out, False)
        assert [code] == [one.code for one in raised.value.problems]
