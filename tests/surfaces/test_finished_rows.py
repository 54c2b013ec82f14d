"""Cells that are written as finished text beside those of XlsxWriter: what openpyxl and calamine find in the workbook."""

import re
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from xltool.surfaces.xlsx_writer.book import new_book
from xltool.surfaces.xlsx_writer.rows import finish, put, reach, row_begin, set_heights
from xltool.surfaces.xlsx_writer.styles import Styles

FRAMED = ("宋体", 10.5)


def made(*draw) -> bytes:
    """A workbook whose sheets are drawn by functions of the sheet and a format with borders."""
    out = BytesIO()
    book = new_book(out)
    framed = Styles(book).format(*FRAMED)
    for one in draw:
        one(book.add_worksheet(), framed)
    book.close()
    return out.getvalue()


def drawn(*cells, told=lambda sheet, framed: None, heights=()):
    """The workbook of some cells (first row, first column, last row, last column, content), and of what XlsxWriter is told after."""

    def draw(sheet, framed):
        finish(sheet)
        set_heights(sheet, 0, heights)
        for cell in cells:
            put(sheet, *(*cell, framed))
        reach(sheet, max(one[2] for one in cells) + 1, max(one[3] for one in cells) + 1)
        told(sheet, framed)

    return made(draw)


def sheet(*cells, **more):
    """The sheet of such a workbook."""
    return load_workbook(BytesIO(drawn(*cells, **more))).active


def rows(data):
    """What calamine reads of the first sheet."""
    return CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python(skip_empty_area=False)


def xml(data):
    with ZipFile(BytesIO(data)) as parts:
        return parts.read("xl/worksheets/sheet1.xml").decode()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("甲", id="text"),
        pytest.param("<r>x</r>", id="what XlsxWriter takes for markup"),
        pytest.param("<r> & <t>\x01_x0041_</t> </r>", id="such with everything that XML and Excel spell"),
        pytest.param(" & \n", id="blanks at the ends"),
        pytest.param("=1+1", id="what looks like a formula"),
        pytest.param(45292, id="day"),
        pytest.param(Decimal("92764.50"), id="amount"),
        pytest.param(Decimal("-0.000001"), id="small number"),
        pytest.param(Decimal("123456789012.345"), id="number of fifteen digits"),
    ],
)
def test_a_cell_holds_what_was_put_in(content):
    [[found]] = rows(drawn((0, 0, 0, 0, content)))
    assert found == (content if isinstance(content, str) else float(content))


@given(st.lists(st.text("<r>/&\"'甲 \n\t\x01_x0041", min_size=1), min_size=1, max_size=8))
def test_any_text_is_that_text(texts):
    found = sheet(*((row, 0, row, 0, text) for row, text in enumerate(texts)))
    assert texts == [spelled(one.value) for [one] in found]


def spelled(text):
    """openpyxl leaves the spelling of control characters in a cell's text."""
    return text.replace("_x0001_", "\x01").replace("_x005F_", "_")


def test_every_square_of_a_merged_cell_has_its_borders_and_the_first_its_content():
    found = sheet((0, 0, 1, 1, "甲"), (0, 2, 0, 2, "乙"), (1, 2, 1, 2, ""))
    assert ["A1:B2"] == [str(one) for one in found.merged_cells.ranges]
    assert [["甲", None, "乙"], [None, None, None]] == [[one.value for one in row] for row in found]
    # openpyxl takes the inner borders of merged cells away.
    squares = re.findall('<c r="(..)" s="(.)"', xml(drawn((0, 0, 1, 1, "甲"), (0, 2, 0, 2, "乙"), (1, 2, 1, 2, ""))))
    assert {"A1", "B1", "C1", "A2", "B2", "C2"} == dict(squares).keys()
    assert {found["C1"].style_id} == {int(style) for _, style in squares}
    assert "thin" == found["C2"].border.left.style


def test_cells_stand_in_the_order_of_their_columns():
    # A merged cell gives the second row its last squares before the row's own cell comes.
    data = drawn((0, 1, 1, 2, "合"), (0, 0, 0, 0, "甲"), (1, 0, 1, 0, "乙"))
    assert [["甲", "合"], ["乙", ""]] == rows(data)
    assert ["A1", "B1", "C1", "A2", "B2", "C2"] == re.findall('<c r="(..)"', xml(data))


def test_columns_beyond_z_have_their_letters():
    found = sheet((0, 25, 0, 27, "甲"), (0, 702, 1, 703, 7))
    assert {"Z1:AB1", "AAA1:AAB2"} == {str(one) for one in found.merged_cells.ranges}
    assert ("甲", 7) == (found["Z1"].value, found["AAA1"].value)


def test_what_xlsxwriter_is_told_of_a_cell_takes_its_place():
    found = sheet((0, 0, 0, 0, 1), (0, 1, 0, 1, 2), told=lambda one, framed: one.write_formula(0, 0, "=B1", framed, 2))
    assert ["=B1", 2] == [one.value for one in found[1]]
    assert "thin" == found["A1"].border.left.style


def test_rows_have_their_heights_in_whole_pixels_and_those_told_last():
    found = sheet((0, 0, 3, 0, "甲"), heights=(20.0, 15.0, 20.0, 306.8), told=lambda one, _: one.set_row(2, 30))
    assert [20.25, 15, 30, 306.75] == [found.row_dimensions[row].height for row in (1, 2, 3, 4)]


def test_a_row_is_whole_pixels_high():
    assert '<row r="3" ht="20.25" customHeight="1">' == row_begin(3, 20.0)


def test_excel_finds_the_height_of_a_row_that_has_none():
    assert '<row r="3">' == row_begin(3)
    assert None is sheet((0, 0, 0, 0, "甲")).row_dimensions[1].height


def test_a_row_without_height_and_cells_is_not_written():
    # XlsxWriter's table has a row as soon as somebody looks for it.
    found = xml(drawn((0, 0, 0, 0, "甲"), (2, 0, 2, 0, "乙"), told=lambda one, _: one.table[1]))
    assert ["1", "3"] == re.findall('<row r="(.)"', found)
    assert '<dimension ref="A1:A3"/>' in found


def test_sheets_of_finished_cells_stand_beside_those_of_xlsxwriter():
    def finished(one, framed):
        finish(one)
        put(one, 0, 0, 0, 1, "甲", framed)
        reach(one, 1, 2)

    book = load_workbook(BytesIO(made(finished, lambda one, framed: one.merge_range(0, 0, 0, 1, "甲", framed))))
    assert ["甲", "甲"] == [one["A1"].value for one in book.worksheets]
    assert [["A1:B1"], ["A1:B1"]] == [[str(area) for area in one.merged_cells.ranges] for one in book.worksheets]
