"""Rows put into a sheet and taken out of it: what refers to them follows.

The model beside the editor knows nothing of shifts: it lists the rows of a sheet by name, edits the list,
and asks where the names stand now. openpyxl reads the result.
"""

import io
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.pagebreak import Break

from tests.into.blanks import begun
from xltool.surfaces.xlsx_edit import Workbook, delete_rows, insert_rows
from xltool.surfaces.xlsx_edit.references import Shift, moved, retargeted, shifted

LAST = 14


@pytest.mark.parametrize(
    ("formula", "wanted"),
    [
        pytest.param("A4+A5", "A4+A7", id="a square above stays, the row itself goes down"),
        pytest.param("SUM(A1:A9)", "SUM(A1:A11)", id="a range with the place inside grows"),
        pytest.param("SUM(A1:A4)", "SUM(A1:A4)", id="a range that ends right above stays"),
        pytest.param("SUM($A$5:B$9)", "SUM($A$7:B$11)", id="dollars stay"),
        pytest.param("SUM(A9:A2)", "SUM(A11:A2)", id="a range written upside down"),
        pytest.param("SUM(5:7)+SUM(A:C)", "SUM(7:9)+SUM(A:C)", id="whole rows and whole columns"),
        pytest.param('"A5"&A5', '"A5"&A7', id="a text is no reference"),
        pytest.param('"a""A5"&\'表 1\'!A5', '"a""A5"&\'表 1\'!A7', id="a text with a quotation mark"),
        pytest.param("LOG10(A5)+ATAN2(A5,A6)", "LOG10(A7)+ATAN2(A7,A8)", id="functions whose names look like squares"),
        pytest.param("A5_x+税A5+A5.b", "A5_x+税A5+A5.b", id="names that look like squares"),
        pytest.param("其他!A5+'其他'!A5", "其他!A5+'其他'!A5", id="another sheet"),
        pytest.param("[1]表!A5+'[2]表 1'!A5", "[1]表!A5+'[2]表 1'!A5", id="another workbook"),
        pytest.param("SUM('表 1:末'!A5)", "SUM('表 1:末'!A5)", id="several sheets at once stay, as in Excel"),
        pytest.param("T[[#This Row],[A5]]+T[A5]", "T[[#This Row],[A5]]+T[A5]", id="columns of a table"),
        pytest.param("A5:INDEX(A:A,9)", "A7:INDEX(A:A,9)", id="a range with a function at its end"),
        pytest.param("IF(A5>=1E5,#REF!,-A5%)", "IF(A7>=1E5,#REF!,-A7%)", id="numbers and errors"),
        pytest.param("A1:A1048576", "A1:A1048576", id="a range to the end of the sheet"),
    ],
)
def test_references_follow_rows_that_are_put_in(formula, wanted):
    assert wanted == shifted(formula, Shift(5, 2), "表 1", "表 1")


@pytest.mark.parametrize(
    ("formula", "wanted"),
    [
        ("A4+A5+A7", "A4+#REF!+A5"),
        ("SUM(A1:A9)", "SUM(A1:A7)"),
        ("SUM(A5:A9)", "SUM(A5:A7)"),
        ("SUM(A2:A6)", "SUM(A2:A4)"),
        ("SUM(A5:A6)", "SUM(#REF!)"),
        ("'表 1'!$A$6", "'表 1'!#REF!"),
    ],
)
def test_references_follow_rows_that_are_taken_out(formula, wanted):
    assert wanted == shifted(formula, Shift(5, -2), "表 1", "表 1")


def test_a_list_of_one_row_grows_with_what_adds_it_up():
    grown = Shift(18, 3, grown=True)
    assert "SUM(I9,I17:I20)+SUM(G17:H17)+I17" == shifted("SUM(I9,I17:I17)+SUM(G17:H17)+I17", grown, "表", "表")


def test_a_formula_elsewhere_names_its_sheet():
    assert "'表 1'!A7+A5" == shifted("'表 1'!A5+A5", Shift(5, 2), "表 1", "其他")


@pytest.mark.parametrize(("formula", "wanted"), [("A5+$A5+A$5+$A$5", "A7+$A7+A$5+$A$5"), ("SUM(3:4)+B:B", "SUM(5:6)+B:B"), ("LOG10(表!A1)", "LOG10(表!A3)")])
def test_a_formula_that_is_filled_down(formula, wanted):
    assert wanted == moved(formula, 2)


def test_a_copy_of_a_sheet_means_itself():
    assert "'新''表'!A1+其他!A1+A1" == retargeted("'表 1'!A1+其他!A1+A1", "表 1", "新'表")


# ---------------------------------------------------------------- one sheet with everything on it


def drawn() -> bytes:
    book, sheet = begun("表")
    for row in range(1, LAST + 1):
        sheet.cell(row, 1, f"第{row}行")
    sheet["B2"], sheet["B9"], sheet["C4"] = "=SUM(A3:A8)", "=B2+$A$10", "=其他!A1"
    sheet.merge_cells("D4:E8")
    sheet.merge_cells("D11:E11")
    sheet["D4"] = "合并"
    sheet.row_dimensions[7].height, sheet.row_dimensions[10].height = 31, 47
    sheet["A7"].comment = Comment("七", "某")
    sheet["A12"].comment = Comment("十二", "某")
    choice = DataValidation(type="list", formula1="$A$10:$A$12")
    choice.add("F5:F8")
    sheet.add_data_validation(choice)
    sheet.row_breaks.append(Break(id=6))
    sheet.row_breaks.append(Break(id=12))
    sheet.print_area = "A1:F14"
    sheet.freeze_panes = "A3"
    other = book.create_sheet("其他")
    other["A1"] = "=SUM(表!A5:A9)+表!A12"
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


DRAWN = drawn()


@dataclass(frozen=True)
class Names:
    """The rows of a sheet by name, twice; one that was put in is named by its neighbours, and so belongs to what holds both."""

    rows: tuple[tuple[int, int], ...]

    def span(self, first: int, last: int) -> tuple[int, int] | None:
        """Where what is left of some rows stands now, as far as the first and last of them reach."""
        left = [place for place, (above, below) in enumerate(self.rows, 1) if first <= above and below <= last]
        return (min(left), max(left)) if left else None

    def now(self, row: int) -> int | None:
        found = self.span(row, row)
        return found[0] if found else None

    def range(self, first: int, last: int, column: str = "A") -> str:
        found = self.span(first, last)
        return f"{column}{found[0]}:{column}{found[1]}" if found else "#REF!"

    def square(self, row: int, before: str = "A", middle: str = "") -> str:
        found = self.now(row)
        return f"{before}{middle}{found}" if found else "#REF!"


edits = st.lists(
    st.one_of(
        st.tuples(st.just("insert"), st.integers(3, LAST), st.integers(1, 3)),
        st.tuples(st.just("delete"), st.integers(3, LAST), st.integers(1, 2)),
    ),
    min_size=1,
    max_size=3,
)


def edited(steps) -> tuple[Names, bytes]:
    names = [(row, row) for row in range(1, LAST + 1)]
    book = Workbook(DRAWN, "x.xlsx")
    sheet = book.sheet("表")
    for what, row, count in steps:
        if what == "insert":
            row = min(row, len(names))
            names[row - 1 : row - 1] = [(names[row - 2][0], names[row - 1][1])] * count
            insert_rows(book, sheet, row, count, like=1)
        elif row + count - 1 < len(names):
            del names[row - 1 : row - 1 + count]
            delete_rows(book, sheet, row, count)
    return Names(tuple(names)), book.close()


@settings(max_examples=40)
@given(edits)
def test_everything_on_a_sheet_follows_its_rows(steps):
    names, data = edited(steps)
    book = load_workbook(io.BytesIO(data))
    sheet, other = book["表"], book["其他"]
    assert [f"第{above}行" if above == below else None for above, below in names.rows] == [sheet.cell(row, 1).value for row in range(1, len(names.rows) + 1)]
    assert f"=SUM({names.range(3, 8)})" == sheet["B2"].value
    if ninth := names.now(9):
        assert f"=B2+{names.square(10, '$A$')}" == sheet.cell(ninth, 2).value
    assert f"=SUM({_on(names.range(5, 9))})+{_on(names.square(12))}" == other["A1"].value
    assert {one for one in (_area(names, 4, 8), _area(names, 11, 11)) if one} == {str(one) for one in sheet.merged_cells.ranges}
    if merged := names.span(4, 8):
        assert "合并" == sheet.cell(merged[0], 4).value
    for row, height in ((7, 31), (10, 47)):
        if now := names.now(row):
            assert height == sheet.row_dimensions[now].height
    assert {now: text for row, text in ((7, "七"), (12, "十二")) if (now := names.now(row))} == {
        cell.row: cell.comment.text for line in sheet.iter_rows(max_col=1) for cell in line if cell.comment
    }
    rules = sheet.data_validations.dataValidation
    assert [names.range(5, 8, "F").replace("#REF!", "")] * bool(names.span(5, 8)) == [_whole(str(one.sqref)) for one in rules]
    if rules:
        assert (names.range(10, 12, "$A$") if names.span(10, 12) else "#REF!") == rules[0].formula1
    assert sorted(now - 1 for row in (7, 13) if (now := names.now(row))) == sorted(one.id for one in sheet.row_breaks.brk)
    whole = names.span(1, LAST)
    assert whole and f"'表'!$A$1:$F${whole[1]}" == sheet.print_area
    assert "A3" == sheet.freeze_panes


def _on(reference: str) -> str:
    return f"表!{reference}"


def _area(names: Names, first: int, last: int) -> str:
    found = names.span(first, last)
    return f"D{found[0]}:E{found[1]}" if found else ""


def _whole(text: str) -> str:
    return text if ":" in text else f"{text}:{text}"


def test_rows_put_in_and_taken_out_again_leave_every_part_as_it_was():
    book = Workbook(DRAWN, "x.xlsx")
    insert_rows(book, book.sheet("表"), 6, 4, like=5)
    again = Workbook(book.close(), "x.xlsx")
    delete_rows(again, again.sheet("表"), 6, 4)
    before, after = load_workbook(io.BytesIO(DRAWN)), load_workbook(io.BytesIO(again.close()))
    for sheet in before:
        assert [[cell.value for cell in line] for line in sheet.iter_rows()] == [[cell.value for cell in line] for line in after[sheet.title].iter_rows()]


def test_a_new_row_looks_like_the_one_it_is_made_after():
    book = Workbook(DRAWN, "x.xlsx")
    insert_rows(book, book.sheet("表"), 11, 2, like=10)
    sheet = load_workbook(io.BytesIO(book.close()))["表"]
    assert [47, 47, 47] == [sheet.row_dimensions[row].height for row in (10, 11, 12)]


def test_values_of_formulas_do_not_change_when_empty_rows_come(soffice, tmp_path):
    """LibreOffice computes the workbook before and after: an empty row changes no sum."""
    book, sheet = begun("数")
    for row in range(1, 21):
        sheet.cell(row, 1, row * 7 % 11)
        sheet.cell(row, 2, f"=SUM(A$1:A{row})*2-A{row}")
        sheet.cell(row, 3, f"=IF(A{row}>5,SUM(A{max(1, row - 3)}:A{row}),B{row}+$A$20)")
    book.create_sheet("合")["A1"] = "=SUM(数!A1:C20)+数!C17*数!$B$3"
    held = io.BytesIO()
    book.save(held)
    (tmp_path / "before.xlsx").write_bytes(held.getvalue())
    made = Workbook(held.getvalue(), "x.xlsx")
    for row, count in ((18, 2), (9, 3), (2, 1)):
        # Rows in the format of one that is empty: nothing is filled down.
        insert_rows(made, made.sheet("数"), row, count, like=100)
    (tmp_path / "after.xlsx").write_bytes(made.close())
    first, then = (load_workbook(soffice.convert(tmp_path / f"{name}.xlsx", "xlsx", tmp_path / name), data_only=True) for name in ("before", "after"))
    values = [[cell.value for cell in line] for line in first["数"].iter_rows()]
    assert values == [line for line in ([cell.value for cell in row] for row in then["数"].iter_rows(max_col=3)) if any(one is not None for one in line)]
    assert first["合"]["A1"].value == then["合"]["A1"].value
