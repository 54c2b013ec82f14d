"""A workbook edited in place: what is meant changes, everything else stays byte for byte."""

import io
import re
import zipfile
from decimal import Decimal
from functools import cache

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName

from tests.into.blanks import begun, of_many_programs, repacked
from tests.into.compared import changed, ill_formed, loose_ends, parts
from xltool.problems import ProblemError
from xltool.surfaces import xlsx_reader
from xltool.surfaces.xlsx_edit import Notes, Sheet, Workbook, delete_rows
from xltool.surfaces.xlsx_edit.computing import Unknown, compute
from xltool.surfaces.xlsx_edit.markup import parse, spliced, with_attributes
from xltool.surfaces.xlsx_edit.properties import property_of, set_property


def book_of(**cells: str | float) -> bytes:
    book, sheet = begun("表")
    for square, value in cells.items():
        sheet[square] = value
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def edited(data: bytes, change, sheet: str = "表") -> bytes:
    book = Workbook(data, "x.xlsx")
    change(book, book.sheet(sheet))
    return book.close()


def read(data: bytes, sheet: str = "表"):
    return load_workbook(io.BytesIO(data))[sheet]


# ---------------------------------------------------------------- the package


def test_a_workbook_that_nobody_changes_keeps_every_part():
    data = of_many_programs().data
    assert (set(), list(parts(data))) == (changed(data, Workbook(data, "x").close()), list(parts(Workbook(data, "x").close())))


def test_what_is_not_meant_is_taken_over_as_it_is_packed():
    data = of_many_programs().data
    made = edited(data, lambda book, sheet: sheet.set(3, 3, "甲"), "自评表")
    old, new = (zipfile.ZipFile(io.BytesIO(one)) for one in (data, made))
    kept = [one for one in old.infolist() if one.filename != "xl/worksheets/sheet1.xml"]
    assert [(one.CRC, one.compress_size, one.date_time) for one in kept] == [(again.CRC, again.compress_size, again.date_time) for one in kept for again in [new.getinfo(one.filename)]]
    assert {"xl/worksheets/sheet1.xml"} == changed(data, made)


def test_the_same_edit_gives_the_same_bytes():
    data = book_of(A1="甲")
    assert edited(data, lambda book, sheet: sheet.set(2, 2, 1)) == edited(data, lambda book, sheet: sheet.set(2, 2, 1))


@pytest.mark.parametrize(("data", "code"), [(b"", "file-empty"), (b"PK\x03\x04", "workbook-broken"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1EncryptedPackage".replace(b"EncryptedPackage", "EncryptedPackage".encode("utf-16-le")), "file-encrypted")])  # fmt: skip
def test_what_is_no_workbook_is_refused(data, code):
    with pytest.raises(ProblemError) as raised:
        Workbook(data, "x.xlsx")
    assert [code] == [one.code for one in raised.value.problems]


# ---------------------------------------------------------------- bytes of XML


def test_an_attribute_is_changed_and_the_others_stay_as_they_are_written():
    assert b"<c  r='A2'\ts = \"3\" x:y='&#65;' n=\"1\"/>" == with_attributes(b"<c  r='A1'\ts = \"3\" x:y='&#65;' t='s'/>", {"r": "A2", "t": None, "n": "1"}).replace(b'r="A2"', b"r='A2'")


def test_elements_know_where_their_bytes_lie():
    data = '<a b="1>2"><!-- <x/> --><c/>文<d e=\'"\'>丁</d></a>'.encode()
    root = parse(data)
    assert [b"<c/>", "<d e='\"'>丁</d>".encode()] == [data[one.start : one.end] for one in root.children]
    assert ("丁", '"') == (root.children[1].text(data), root.children[1].get("e"))
    assert "<a b=\"1>2\"><!-- <x/> -->文</a>".encode() == spliced(data, [(one.start, one.end, b"") for one in root.children])


# ---------------------------------------------------------------- cells


@pytest.mark.parametrize("value", ["=956.00(元/家)", "  两端有空格 ", "一\n二", "<r>&amp;\"'", "'", "12", "+86"], ids=repr)
def test_a_text_is_a_text_whatever_it_looks_like(value):
    cell = read(edited(book_of(B2=1), lambda book, sheet: sheet.set(2, 2, value)))["B2"]
    assert ("s", value) == (cell.data_type, cell.value)


def test_what_looks_like_excels_escape_is_escaped():
    made = edited(book_of(B2=1), lambda book, sheet: sheet.set(2, 2, "_x000D_"))
    assert ["_x000D_"] == [cell.text for cell in xlsx_reader.read(made, "x").grids[0].cells]


@pytest.mark.parametrize("value", [0, 12, Decimal("0.1"), Decimal("-92764.50"), Decimal("1E+3")])
def test_a_number_is_a_number(value):
    assert float(value) == read(edited(book_of(B2="旧"), lambda book, sheet: sheet.set(2, 2, value)))["B2"].value


def test_a_cell_keeps_its_format_and_a_new_one_takes_that_of_its_column():
    book, sheet = begun("表")
    sheet["B2"].fill = PatternFill("solid", fgColor="FF00FF00")
    sheet.column_dimensions["D"].font = Font(bold=True)
    held = io.BytesIO()
    book.save(held)
    made = read(edited(held.getvalue(), lambda book, sheet: (sheet.set(2, 2, "甲"), sheet.set(7, 4, "乙"))))
    assert ("FF00FF00", True) == (made["B2"].fill.fgColor.rgb, made["D7"].font.b)


def test_rows_and_cells_come_in_order_and_the_used_range_grows():
    made = edited(book_of(C3="丙"), lambda book, sheet: (sheet.set(9, 1, "九"), sheet.set(3, 1, "甲"), sheet.set(1, 5, "一")))
    text = parts(made)["xl/worksheets/sheet1.xml"].decode()
    places = [text.index(f'r="{square}"') for square in ("E1", "A3", "C3", "A9")]
    assert (places, True) == (sorted(places), '<dimension ref="A1:E9"' in text)


def test_a_cleared_cell_keeps_its_format_alone():
    cell = read(edited(book_of(B2="旧"), lambda book, sheet: sheet.set(2, 2, None)))["B2"]
    assert cell.value is None


def test_rows_and_cells_that_do_not_say_their_place_are_counted():
    def bare(name: str, part: bytes) -> bytes:
        return part.replace(b' r="1"', b"").replace(b' r="2"', b"").replace(b' r="A1"', b"").replace(b' r="A2"', b"") if name == "xl/worksheets/sheet1.xml" else part

    data = repacked(book_of(A1="一", A2="二"), bare, {})
    made = read(edited(data, lambda book, sheet: sheet.set(2, 1, "新")))
    assert ("一", "新") == (made["A1"].value, made["A2"].value)


def test_a_format_is_a_variant_of_the_cells_own():
    book = Workbook(book_of(A1=1), "x")
    styles = book.styles
    filled = styles.made(fill=styles.solid("FFC7CE"))
    rate = styles.with_code(filled, "0.000%")
    assert (filled, rate) == (styles.made(fill=styles.solid("FFC7CE")), styles.with_code(filled, "0.000%"))
    sheet = book.sheet("表")
    sheet.set_style(1, 1, rate)
    made = read(book.close())["A1"]
    assert ("FFFFC7CE", "0.000%") == (made.fill.fgColor.rgb, made.number_format)


# ---------------------------------------------------------------- comments


def test_a_comment_is_new_with_its_box_and_leaves_no_trace_when_it_goes():
    data = book_of(B2=1)
    made = edited(data, lambda book, sheet: Notes(book, sheet).add(2, 2, "请核对\n<&>", "审核"))
    comment = read(made)["B2"].comment
    assert (("请核对\n<&>", "审核"), [], []) == ((comment.text, comment.author), ill_formed(made), loose_ends(made))
    gone = edited(made, lambda book, sheet: Notes(book, sheet).remove(2, 2))
    assert set() == changed(data, gone) - {"[Content_Types].xml"}


@pytest.mark.parametrize("held", ["某的话", ""])
def test_words_are_added_to_a_comment_and_cut_off_again(held):
    book, sheet = begun("表")
    sheet["A1"].comment = Comment(held, "某")
    kept = io.BytesIO()
    book.save(kept)
    made = edited(kept.getvalue(), lambda book, sheet: Notes(book, sheet).extend(1, 1, "\n——\n又一句"))
    assert (f"{held}\n——\n又一句", "某") == (read(made)["A1"].comment.text, read(made)["A1"].comment.author)
    cut = edited(made, lambda book, sheet: Notes(book, sheet).cut(1, 1, "\n——\n"))
    comment = read(cut)["A1"].comment
    assert held == (comment.text if comment else "")


def test_another_programs_box_gets_company_with_a_number_of_its_own():
    book, sheet = begun("表")
    sheet["A1"].comment = Comment("一", "某")
    held = io.BytesIO()
    book.save(held)
    made = edited(held.getvalue(), lambda book, sheet: Notes(book, sheet).add(4, 2, "二", "审核"))
    vml = next(part for name, part in parts(made).items() if name.endswith(".vml")).decode()
    assert ([], 2, True) == (ill_formed(made), vml.count("ObjectType"), len(set(re.findall(r"_x0000_s(\d+)", vml))) == 2)
    assert ["一", "二"] == [read(made)[square].comment.text for square in ("A1", "B4")]


def test_a_comment_goes_with_the_row_it_hangs_on():
    def remark(book: Workbook, sheet: Sheet) -> None:
        for row in (2, 5, 9):
            Notes(book, sheet).add(row, 2, "一", "审核")

    made = edited(book_of(B2=1, B9=2), remark)
    gone = edited(made, lambda book, sheet: delete_rows(book, sheet, 5, 1))
    vml = next(part for name, part in parts(gone).items() if name.endswith(".vml"))
    assert ([b"1", b"7"], [2, 8]) == (re.findall(rb"<x:Row>(\d+)<", vml), [note.row for note in Notes(Workbook(gone, "x"), Workbook(gone, "x").sheet("表")).all()])


def test_conversations_are_known_by_their_cells():
    book = Workbook(of_many_programs().data, "x")
    assert {(18, 1)} == Notes(book, book.sheet("自评表")).threads


# ---------------------------------------------------------------- the workbook


@cache
def three() -> bytes:
    # Made once: openpyxl notes the second in which it saves.
    book, _ = begun("一")
    for name in ("二", "三"):
        book.create_sheet(name)
    book["三"]["A1"] = "=一!A1"
    book["三"].print_area = "A1:B2"
    book.defined_names["某"] = DefinedName("某", attr_text="三!$A$1")
    book.active = 2
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def test_a_sheet_between_others_moves_what_counts_them():
    book = Workbook(three(), "x")
    book.add_sheet("新", 0).set(1, 1, "甲")
    made = book.close()
    again = load_workbook(io.BytesIO(made))
    assert (["一", "新", "二", "三"], "'三'!$A$1:$B$2", "三") == (again.sheetnames, again["三"].print_area, again.active and again.active.title)
    assert ([], []) == (ill_formed(made), loose_ends(made))


def test_a_sheet_that_goes_again_leaves_the_workbook_as_it_was():
    book = Workbook(three(), "x")
    book.add_sheet("新", 0)
    book.add_name("名", "新!$A$1", 1)
    book.remove_sheet("新")
    assert set() == changed(three(), book.close())


def test_a_property_comes_and_goes():
    book = Workbook(three(), "x")
    set_property(book, "xltool.sheets", '["审核结果"]')
    made = book.close()
    assert ('["审核结果"]', []) == (property_of(Workbook(made, "x"), "xltool.sheets"), loose_ends(made))
    again = Workbook(made, "x")
    set_property(again, "xltool.sheets", "")
    assert set() == changed(three(), again.close()) - {"[Content_Types].xml", "_rels/.rels"}


def test_a_workbook_without_formulas_is_not_told_to_compute():
    def quiet(name: str, part: bytes) -> bytes:
        return part.replace(b' fullCalcOnLoad="1"', b"") if name == "xl/workbook.xml" else part

    for data, wanted in ((book_of(A1=1), set()), (book_of(A1="=B1"), {"xl/workbook.xml"})):
        still = repacked(data, quiet, {})
        book = Workbook(still, "x")
        book.compute_on_opening()
        assert wanted == changed(still, book.close())


# ---------------------------------------------------------------- what formulas come to

CELLS = {(1, 1): Decimal(10), (2, 1): Decimal("2.5"), (3, 1): None, (4, 1): "无", (5, 1): Decimal(0)}


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("A1+A2*2-A3", Decimal(15)),
        ("SUM(A1:A4,1)", Decimal("13.5")),
        ('IF(COUNT(A1:A5)=0,"",SUM(A1:A2))', Decimal("12.5")),
        ('IF(A5=0,"",A1/A5)', ""),
        ("ROUND(A2/A1,4)", Decimal("0.25")),
        ("ROUND(2.345,2)+ROUND(-2.345,2)", Decimal(0)),
        ("MIN(A1:A2,1)*$A$1", Decimal(10)),
        ("IF(AND(ISNUMBER(A1),NOT(ISBLANK(A1))),MAX(A1,20)%,1)", Decimal("0.2")),
        ("-(A1-A2)/ABS(-5)", Decimal("-1.5")),
        ('IF(A3="",1,2)+IF(A3=0,1,2)', Decimal(2)),
        ('A4="无"', True),
    ],
)
def test_a_formula_comes_to_what_excel_says(formula, value):
    assert value == compute(formula, lambda row, column: CELLS[row, column])


@pytest.mark.parametrize("formula", ["A1/A5", "VLOOKUP(A1,A:B,1)", "其他!A1", "A4+1", "NOW()", "A1 A2", "SUM(A1", "A1&A2", "2^3"])
def test_what_is_not_known_is_not_guessed(formula):
    with pytest.raises(Unknown):
        compute(formula, lambda row, column: CELLS[row, column])
