"""The Excel reader: what cells show, and what it refuses before any parser sees it."""

import re
import struct
import zipfile
import zlib
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from time import process_time

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from xltool import budgets
from xltool.budgets import limit
from xltool.grid import RAISED, SIGNS, STRUCK, UNSHOWN, WHITE, Book, Grid
from xltool.problems import ProblemError
from xltool.surfaces import xlsx_reader
from xltool.surfaces.shown import general, shown_and_stored
from xltool.surfaces.stamped import stamp
from xltool.surfaces.xlsx_reader import tidy
from xltool.surfaces.xlsx_reader.merges import merges


def made(write) -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        write(book, book.add_worksheet("表"))
    return out.getvalue()


def read(data: bytes) -> Book:
    return xlsx_reader.read(data, "book.xlsx")


def sheet(write) -> Grid:
    return read(made(write)).grids[0]


def first(grid: Grid) -> tuple:
    cell = grid.cells[0]
    return cell.text, cell.value


def altered(data: bytes, part: str, change) -> bytes:
    """The archive with one part changed."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            held = old.read(name)
            new.writestr(name, change(held) if name == part else held)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def refused(data: bytes) -> str:
    with pytest.raises(ProblemError) as raised:
        read(data)
    assert all("book.xlsx" in one.place for one in raised.value.problems)
    return raised.value.problems[0].code


# ---------------------------------------------------------------- what a cell shows


@pytest.mark.parametrize(
    ("number", "code", "text"),
    [
        (1, "0%", "100%"),
        (0.125, "0%", "13%"),
        (0.5, "0.00%", "50.00%"),
        (1234.5, "#,##0.00", "1,234.50"),
        (0, "#,##0.00", "0.00"),
        (-1234.5, "#,##0.00", "-1,234.50"),
        (-0.001, "0.00", "0.00"),
        (2.345, "0.00", "2.35"),
        (1234567, "#,##0", "1,234,567"),
        (12, "000", "012"),
        (0.5, ".00", ".50"),
        (0.5, "#.##", ".5"),
        (12.5, "0.##", "12.5"),
        (12, "General", "12"),
        (0.1 + 0.2, "General", "0.3"),
        (1e21, "General", "1000000000000000000000"),
        (1e30, "#,##0.00", "1,000,000,000,000,000,000,000,000,000,000.00"),
        (1e30, '0.00"元"', "1000000000000000000000000000000.00元"),
        (12, "@", "12"),
        (12, '0"家"', "12家"),
        (12, '"≥"0', "≥12"),
        (12, "0\\ 人", "12 人"),
        (-5, "0;[Red](0)", "(5)"),
        (0, '0;-0;"—"', "—"),
        (1234.5, "[$¥-804]#,##0.00", "¥1,234.50"),
        (1234.5, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "1,234.50"),
        (0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        (12345, "0.00E+00", "1.23E+04"),
        (0.0012345, "0.00E-0", "1.23E-3"),
        (-12345.678, "##0.0E+0", "-12.3E+3"),
        (999.99, "0.0E+0", "1.0E+3"),
        (0, "0.0E+0", "0.0E+0"),
        (123456, '0\\.0,"万元"', "12.3万元"),
        (123456, '0!.0,"万元"', "12.3万元"),
        (123456, '0"."0,"万元"', "12.3万元"),
        (5, '0\\.0,"万元"', "0.0万元"),
        (-123456, '0\\.0,"万元"', "-12.3万元"),
        (120000, "0!.0000", "12.0000"),
        (1234567, '0.00,,"百万元"', "1.23百万元"),
        (1234567.89, "#,##0.0,", "1,234.6"),
        (13800138000, "000-0000-0000", "138-0013-8000"),
        (5, "00-00", "00-05"),
        (5, '[>=100]0"高";0"低"', "5低"),
        (150, '[>=100]0"高";0"低"', "150高"),
        (-5, '[>=100]0"高";0"低"', "-5低"),
        (-5, '[<0]"负"0;0', "负5"),
        (75, '[>=90]"优";[>=80]"良";"中"', "中"),
        (85, '[>=90]"优";[>=80]"良";"中"', "良"),
        (50, '[>=90]"优";[>=80]"良"', "50"),
        (5, 'General"元"', "5元"),
        (-5, 'General"元";[红色]"亏"General"元"', "亏5元"),
        (5, ";;;", ""),
        (0, "0;-0;;@", ""),
        (-5, '0.00;"△"0.00', "△5.00"),
        (0.5, "# ?/?", "0.5"),
        (480, '#,##0.00"元/人"', "480.00元/人"),
        (480, '0"元"/"人"', "480元/人"),
    ],
)
def test_a_number_is_shown_under_its_format(number, code, text):
    assert text == shown_and_stored(float(number), code)[0]


@pytest.mark.parametrize(
    ("moment", "code", "text"),
    [
        (date(2026, 1, 5), "yyyy/m/d", "2026/1/5"),
        (date(2026, 1, 5), "yyyy-mm-dd", "2026-01-05"),
        (date(2026, 1, 5), 'yyyy"年"m"月"d"日"', "2026年1月5日"),
        (date(2026, 1, 5), '[$-804]yyyy"年"m"月";@', "2026年1月"),
        (date(2026, 1, 5), "General", "2026/1/5"),
        (datetime(2026, 1, 5, 9, 7), "yyyy/m/d h:mm", "2026/1/5 9:07"),
        (time(14, 7), "h:mm AM/PM", "2:07 PM"),
        (date(2026, 1, 5), "yy.m.d", "26.1.5"),
        (date(2026, 1, 5), "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "2026年1月5日"),
        (time(14, 7, 9), "[$-F400]h:mm:ss\\ AM/PM", "14:07:09"),
        (time(14, 7), '上午/下午h"时"mm"分"', "下午2时07分"),
        (time(14, 7, 9), "mm:ss", "07:09"),
        (datetime(2026, 1, 5, 9, 7), "m/d h:mm", "1/5 9:07"),
        (timedelta(days=1, hours=12), "[h]:mm", "36:00"),
        (timedelta(hours=36, minutes=5, seconds=9), '[h]"小时"mm"分"ss"秒"', "36小时05分09秒"),
        (timedelta(hours=-1.5), "[mm]", "-90"),
        (timedelta(days=1, hours=12), "General", "36:00:00"),
    ],
)
def test_a_date_is_shown_under_its_format(moment, code, text):
    assert text == stamp(moment, code)


@given(st.decimals(-(10**12), 10**12, places=2, allow_nan=False))
def test_a_number_of_fifteen_digits_is_general_as_it_was_typed(number):
    assert Decimal(general(float(number))) == number


@given(st.floats(-1e9, 1e9), st.sampled_from(["0", "0.00", "#,##0.00", "0%", "0.0%", "General", "0.00E+00"]))
def test_every_number_has_a_text(number, code):
    assert re.fullmatch(r"-?[\d,]*\.?\d*(E[+-]\d+)?%?", shown_and_stored(number, code)[0])


@pytest.mark.parametrize(
    ("value", "number_format", "expected"),
    [
        pytest.param(1, "0%", ("100%", Decimal(1)), id="rate"),
        pytest.param(92764, "#,##0.00", ("92,764.00", Decimal(92764)), id="money"),
        pytest.param(0, "General", ("0", Decimal(0)), id="zero is something"),
        pytest.param(45292, "yyyy/m/d", ("2024/1/1", date(2024, 1, 1)), id="day"),
        pytest.param(45292.5, "yyyy/m/d h:mm", ("2024/1/1 12:00", None), id="moment"),
    ],
)
def test_a_number_is_read_with_its_text_and_its_value(value, number_format, expected):
    assert expected == first(sheet(lambda book, grid: grid.write_number(2, 3, value, book.add_format({"num_format": number_format}))))


def test_text_that_looks_like_a_formula_is_text():
    grid = sheet(lambda book, one: one.write_string(0, 0, "=100%"))
    assert ("=100%", None, "") == (grid.cells[0].text, grid.cells[0].value, grid.cells[0].formula)


@pytest.mark.parametrize("source", ["100%", 'IF(A9<5,"&","")'])
def test_a_formula_comes_with_its_source_and_its_result(source):
    cell = sheet(lambda book, one: one.write_formula(0, 0, "=" + source, None, 1)).cells[0]
    assert (source, "1", Decimal(1)) == (cell.formula, cell.text, cell.value)


def test_a_formula_without_a_result_is_a_cell_without_text():
    book = Workbook()
    book.create_sheet("表", 0)["B2"] = "=SUM(A1:A9)"
    out = BytesIO()
    book.save(out)
    cell = read(out.getvalue()).grids[0].cells[0]
    assert ("SUM(A1:A9)", "", None) == (cell.formula, cell.text, cell.value)


def test_a_formula_that_gives_an_empty_text_is_an_empty_cell():
    def written(result: str) -> bytes:
        data = made(lambda book, one: (one.write_string(0, 0, "a"), one.write_formula(1, 0, '=IF(A1="a","","b")', None, "b")))
        return altered(data, "xl/worksheets/sheet1.xml", lambda part: part.replace(b"<v>b</v>", result.encode()))

    assert [["a"], ["a"]] == [[cell.text for cell in read(written(result)).grids[0].cells] for result in ("<v></v>", "<v/>")]


def test_an_error_is_shown():
    assert ("#DIV/0!", None) == first(sheet(lambda book, one: one.write_formula(0, 0, "=1/0", None, "#DIV/0!")))


def test_hidden_rows_columns_and_sheets_are_known():
    def write(book, one):
        one.write_string(0, 0, "a")
        one.set_column(1, 2, 8, None, {"hidden": True})
        one.set_row(4, 15, None, {"hidden": True})
        book.add_worksheet("藏").hide()

    shown_sheet, hidden_sheet = read(made(write)).grids
    assert [2, 3] == sorted(shown_sheet.hidden_columns)
    assert [5] == sorted(shown_sheet.hidden_rows)
    assert not shown_sheet.hidden
    assert hidden_sheet.hidden


def test_rows_without_height_and_columns_without_width_are_hidden():
    data = made(lambda book, one: (one.write_string(0, 0, "a"), one.set_column(1, 2, 8), one.set_row(4, 16), one.set_row(5, 20)))
    flat = altered(data, SHEET, lambda part: re.sub(rb'(min="2" max="3" )width="[^"]*"', rb'\1width="0"', part).replace(b'ht="15.75"', b'ht="0"').replace(b'ht="20.25"', b'ht="0.75"'))
    found = read(flat).grids[0]
    assert ([2, 3], [5]) == (sorted(found.hidden_columns), sorted(found.hidden_rows))


def test_an_address_anywhere_inside_a_merge_answers_its_cell():
    grid = sheet(lambda book, one: (one.merge_range(1, 1, 3, 2, "合"), one.write_string(5, 5, "x")))
    merged = grid.at(2, 2)
    assert {merged} == {grid.at(row, column) for row in (2, 3, 4) for column in (2, 3)}
    assert None is grid.at(5, 2) is grid.at(1, 1)


@given(st.lists(st.tuples(st.integers(1, 6), st.integers(1, 6), st.integers(0, 3), st.integers(0, 3)), max_size=8))
def test_every_square_of_a_drawn_merge_answers_its_cell(wanted):
    taken: set[tuple[int, int]] = set()
    kept = []
    for row, column, down, right in wanted:
        squares = {(at, line) for at in range(row, row + down + 1) for line in range(column, column + right + 1)}
        if taken.isdisjoint(squares):
            taken |= squares
            kept.append(squares)

    def write(book, one):
        for number, squares in enumerate(kept):
            (a, b), (c, d) = min(squares), max(squares)
            if len(squares) > 1:
                one.merge_range(a - 1, b - 1, c - 1, d - 1, f"t{number}")
            else:
                one.write_string(a - 1, b - 1, f"t{number}")

    grid = sheet(write)
    for number, squares in enumerate(kept):
        assert {f"t{number}"} == {cell and cell.text for cell in (grid.at(row, column) for row, column in squares)}
    assert len(kept) == len(grid.cells)


# ---------------------------------------------------------------- as other programs write


def test_names_with_a_prefix_are_read():
    data = made(lambda book, one: one.write_number(0, 0, 1, book.add_format({"num_format": "0%"})))

    def prefixed(part: bytes) -> bytes:
        part = re.sub(rb"<(/?)(\w)", rb"<\1x:\2", part)
        return part.replace(b"xmlns=", b"xmlns:x=")

    assert [("100%", Decimal(1))] == [first(grid) for grid in read(altered(data, SHEET, prefixed)).grids]


def test_attributes_in_another_order_are_read():
    data = made(lambda book, one: one.write_number(0, 0, 1, book.add_format({"num_format": "0%"})))
    swapped = altered(data, SHEET, lambda part: part.replace(b'<c r="A1" s="1">', b'<c s="1" r="A1" t="n">'))
    assert ("100%", Decimal(1)) == first(read(swapped).grids[0])


def test_an_error_in_single_quotes_is_shown():
    data = made(lambda book, one: one.write_number(0, 0, 1))
    quoted = altered(data, SHEET, lambda part: part.replace(b'<c r="A1"><v>1<', b"<c r='A1' t='e'><v>#N/A<"))
    assert ("#N/A", None) == first(read(quoted).grids[0])


def test_texts_stored_under_a_merge_are_not_lost():
    data = made(lambda book, one: [one.write_string(0, column, text) for column, text in enumerate("甲乙")])
    merged = altered(data, SHEET, lambda part: part.replace(b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="A1:C1"/></mergeCells>'))
    assert ["甲", "乙"] == [cell.text for cell in read(merged).grids[0].cells]


def test_one_text_stored_all_over_a_merge_is_the_text_of_its_cell():
    data = made(lambda book, one: [one.write_string(0, column, "甲") for column in (1, 2)])
    merged = altered(data, SHEET, lambda part: part.replace(b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="A1:C1"/></mergeCells>'))
    assert [(1, 1, 1, 3)] == list(read(merged).grids[0].places)


def test_properties_are_read():
    def write(book, one):
        book.set_properties({"title": "汇总"})
        book.set_custom_property("xltool.forms", "a/1")

    assert {"title": "汇总", "xltool.forms": "a/1"} == dict(read(made(write)).properties)


def test_the_text_of_a_text_box_is_kept_with_the_cell_in_which_it_begins():
    def write(book, one):
        one.write_string(0, 0, "甲")
        one.insert_textbox("B21", "请按意见\n修改绩效目标")
        one.insert_textbox("D2", "")

    assert (("表!B21 文本框", "请按意见\n修改绩效目标"),) == read(made(write)).beside


# ---------------------------------------------------------------- hostile and broken files

PLAIN = made(lambda book, one: one.write_string(0, 0, "甲"))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(b"", "file-empty", id="empty"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"), "file-encrypted", id="encrypted"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "file-kind", id="old .xls"),
        pytest.param(PLAIN[: len(PLAIN) // 2], "workbook-broken", id="cut off"),
        pytest.param(b"PK\x03\x04 nothing more", "workbook-broken", id="a zip by name only"),
        pytest.param(altered(PLAIN, SHEET, lambda part: part[:200]), "workbook-broken", id="sheet cut off"),
        pytest.param(altered(PLAIN, "xl/workbook.xml", lambda part: part[:200]), "workbook-broken", id="workbook part cut off"),
        pytest.param(altered(PLAIN, "xl/styles.xml", lambda part: b"<not xml"), "workbook-broken", id="styles broken"),
        pytest.param(altered(PLAIN, SHEET, lambda part: part.decode().encode("utf-16")), "workbook-broken", id="not UTF-8"),
        pytest.param(
            altered(PLAIN, SHEET, lambda part: part.replace(b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet', 1)), "workbook-dtd", id="document type"
        ),
    ],
)
def test_a_file_that_is_no_sound_workbook_is_one_clear_problem(data, code):
    assert code == refused(data)


@pytest.mark.parametrize(("way", "named"), [(zipfile.ZIP_BZIP2, "bzip2"), (zipfile.ZIP_LZMA, "LZMA")])
def test_a_workbook_packed_as_no_office_packs_is_told_so(way, named):
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(PLAIN)) as old, zipfile.ZipFile(stream, "w", way) as new:
        for one in old.namelist():
            new.writestr(one, old.read(one))
    with pytest.raises(ProblemError) as caught:
        read(stream.getvalue())
    assert [("archive-packing", named)] == [(one.code, dict(one.words)["what"]) for one in caught.value.problems]


def test_a_bomb_is_refused_by_its_directory():
    bomb = altered(PLAIN, SHEET, lambda part: part + b" " * (limit("inflated") + 1))
    assert len(bomb) < 1_000_000
    assert "workbook-bomb" == refused(bomb)


def test_a_bomb_that_lies_about_its_size_is_refused_while_inflating(monkeypatch):
    bomb = bytearray(altered(PLAIN, SHEET, lambda part: part + b" " * 3_000_000))
    at = bomb.find(b"PK\x01\x02")
    while at >= 0:
        if SHEET.encode() in bomb[at : at + 120]:
            bomb[at + 24 : at + 28] = struct.pack("<I", 100)
        at = bomb.find(b"PK\x01\x02", at + 4)
    monkeypatch.setenv("XLTOOL_BUDGETS", "inflated=1")
    assert "workbook-bomb" == refused(bytes(bomb))


def test_no_more_is_inflated_than_the_budget(monkeypatch):
    asked = []
    real = zlib.decompressobj

    class Counting:
        def __init__(self, *given):
            self.inner = real(*given)

        def decompress(self, data, limit):
            asked.append(limit)
            return self.inner.decompress(data, limit)

        @property
        def eof(self):
            return self.inner.eof

    monkeypatch.setattr(zlib, "decompressobj", Counting)
    read(PLAIN)
    assert max(asked) <= limit("inflated") + 1


def test_a_part_that_stands_twice_is_refused():
    out = BytesIO(PLAIN)
    with pytest.warns(UserWarning), zipfile.ZipFile(out, "a") as archive:
        archive.writestr(SHEET, "<worksheet/>")
    assert "workbook-broken" == refused(out.getvalue())


def merged_by(*refs: str) -> bytes:
    joined = "".join(f'<mergeCell ref="{ref}"/>' for ref in refs).encode()
    return altered(PLAIN, SHEET, lambda part: part.replace(b"</sheetData>", b"</sheetData><mergeCells>" + joined + b"</mergeCells>"))


def test_a_merge_over_the_whole_sheet_is_a_cell_like_another():
    grid = read(merged_by("A1:XFD1048576")).grids[0]
    assert grid.cells[0] == grid.at(1, 1) == grid.at(1048576, 16384)


def test_merged_cells_are_found_however_their_marks_are_quoted_and_as_far_right_as_they_stand():
    areas = merged_by("A1:B2", "AA3:AB3", "$C$9:$XFD$10", "ZZ11:AAA11")
    single = altered(areas, SHEET, lambda part: part.replace(b'<mergeCell ref="A1:B2"/>', b"<mergeCell ref='A1:B2'/>"))
    found = {(1, 1, 2, 2), (3, 27, 3, 28), (9, 3, 10, 16384), (11, 702, 11, 703)}
    for data in (areas, single):
        (cells,) = merges(data, "a.xlsx").values()
        assert found == set(cells)


def test_so_many_merges_as_the_budget_says_are_read():
    data = merged_by("A1:B2", "A3:B4", "A5:B6")
    with budgets.using(budgets.raised(["merges=3"], budgets.USUAL)):
        assert 3 == len(next(iter(merges(data, "a.xlsx").values())))
    with budgets.using(budgets.raised(["merges=2"], budgets.USUAL)), pytest.raises(ProblemError) as error:
        merges(data, "a.xlsx")
    assert ["workbook-merges-many"] == [one.code for one in error.value.problems]


def test_of_two_merges_over_each_other_the_one_with_another_text_under_it_is_none():
    data = made(lambda book, one: (one.write_string(0, 0, "甲"), one.write_string(1, 2, "乙")))
    crossed = b'<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="B2:C2"/></mergeCells>'
    merged = altered(data, SHEET, lambda part: part.replace(b"</sheetData>", b"</sheetData>" + crossed))
    assert [(1, 1, 1, 1), (2, 2, 2, 3)] == list(read(merged).grids[0].places)


def test_merges_that_cover_too_much_are_refused():
    data = made(lambda book, one: (one.write_string(0, 0, "a"), one.write_string(900, 1000, "z")))
    joined = b"".join(b'<mergeCell ref="A%d:ZZ850"/>' % row for row in range(2, 60))
    bomb = altered(data, SHEET, lambda part: part.replace(b"</sheetData>", b"</sheetData><mergeCells>" + joined + b"</mergeCells>"))
    assert "workbook-merges" == refused(bomb)


def test_a_styled_cell_far_out_and_a_lying_dimension_cost_nothing():
    far = altered(
        PLAIN,
        SHEET,
        lambda part: part.replace(b'ref="A1"', b'ref="A1:XFD1048576"').replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'),
    )
    assert ["甲"] == list(read(far).grids[0].texts)


def test_a_text_far_out_is_named_with_its_cell():
    far = altered(PLAIN, SHEET, lambda part: part.replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" t="str"><v>x</v></c></row></sheetData>'))
    with pytest.raises(ProblemError) as raised:
        read(far)
    assert ("workbook-range", "book.xlsx: 表!XFD1048576") == (raised.value.problems[0].code, raised.value.problems[0].place)


def test_a_range_within_the_budget_is_read():
    grid = sheet(lambda book, one: (one.write_string(0, 0, "a"), one.write_string(20_000, 30, "z")))
    assert ["a", "z"] == list(grid.texts)
    assert 20_001 * 31 < limit("used_range")


def test_a_sheet_whose_part_is_missing_is_named():
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(PLAIN)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if name != SHEET:
                new.writestr(name, old.read(name))
    assert "workbook-broken" == refused(out.getvalue())


def test_an_empty_sheet_is_an_empty_grid():
    assert () == sheet(lambda book, one: None).places


@given(st.binary(max_size=200), st.integers(0, len(PLAIN) - 1))
def test_altered_bytes_are_read_or_refused_but_never_crash(noise, at):
    try:
        read(PLAIN[:at] + noise + PLAIN[at + len(noise) :])
    except ProblemError as error:
        assert error.problems


@pytest.mark.parametrize("code", ["[" * 300_000, "0" + '"' * 300_001, "#,##0" * 60_000], ids=["brackets", "quotes", "digits"])
def test_a_format_longer_than_any_shows_a_number_as_it_is_in_no_time(code):
    began = process_time()
    assert ("0.5", Decimal("0.5")) == shown_and_stored(0.5, code)
    assert "2025/1/2" == stamp(date(2025, 1, 2), code)
    assert process_time() - began < 1


def test_text_that_is_struck_through_is_doubted():
    """A whole cell by its style, a part of a text, a part of a text in its cell; and not what only lies beside it."""

    def write(book, one):
        line = book.add_format({"font_strikeout": True})
        one.write_string(0, 0, "甲", line)
        one.write_rich_string(1, 1, "乙", line, "旧", "新")
        one.write_string(2, 2, "丙")
        one.write_number(3, 0, 5, line)
        one.write_blank(4, 0, None, line)

    grid = sheet(write)
    assert {"甲": STRUCK, "乙旧新": STRUCK, "5": STRUCK} == {grid.texts[number]: one.why for number, one in grid.unsure.items()}
    assert ["甲", "乙旧新", "丙", "5"] == list(grid.texts)


@pytest.mark.parametrize(("value", "doubted"), [("", ["甲乙"]), (' val="0"', [])], ids=["struck", "said not to be"])
def test_text_in_its_cell_that_is_struck_through_is_doubted(value, doubted):
    run = f'<row r="1"><c r="A1" t="inlineStr"><is><r><t>甲</t></r><r><rPr><strike{value}/></rPr><t>乙</t></r></is></c></row>'.encode()
    inline = altered(made(lambda book, one: None), SHEET, lambda part: part.replace(b"<sheetData/>", b"<sheetData>" + run + b"</sheetData>"))
    grid = read(inline).grids[0]
    assert doubted == [grid.texts[number] for number in grid.unsure]


def test_a_font_that_says_it_does_not_strike_through_is_sure():
    plain = altered(made(lambda book, one: one.write_string(0, 0, "甲", book.add_format({"font_strikeout": True}))), "xl/styles.xml", lambda part: part.replace(b"<strike/>", b'<strike val="0"/>'))
    assert {} == read(plain).grids[0].unsure


# ---------------------------------------------------------------- what looks otherwise than it is stored


def doubts(grid: Grid) -> dict[str, str]:
    return {grid.texts[number]: one.why for number, one in grid.unsure.items()}


@pytest.mark.parametrize(
    ("properties", "why"),
    [
        pytest.param({"font_color": "#FFFFFF"}, WHITE, id="white"),
        pytest.param({"font_color": "#FFFFFF", "bg_color": "#FFFFFF"}, WHITE, id="white on white"),
        pytest.param({"font_color": "#FFFFFF", "bg_color": "#1F4E78"}, None, id="white on blue"),
        pytest.param({"font_color": "#FFFFFF", "bg_color": "#FFFFFF", "pattern": 2}, None, id="white on a pattern"),
        pytest.param({"font_color": "#FFFFFE"}, None, id="all but white"),
        pytest.param({"font_name": "Wingdings 2"}, SIGNS, id="a font of signs"),
        pytest.param({"font_name": "宋体"}, None, id="a font of letters"),
    ],
)
def test_text_that_looks_otherwise_is_doubted(properties, why):
    grid = sheet(lambda book, one: (one.write_string(0, 0, "甲"), one.write_string(1, 0, "乙", book.add_format(properties)), one.write_number(2, 0, 5, book.add_format(properties))))
    assert (dict.fromkeys(("乙", "5"), why) if why else {}) == doubts(grid)


@pytest.mark.parametrize(
    ("colour", "white"), [('theme="0"', True), ('indexed="9"', True), ('theme="0" tint="-0.5"', False), ('theme="1"', False), ('indexed="8"', False)]
)
def test_white_is_white_however_it_is_named(colour, white):
    data = made(lambda book, one: one.write_string(0, 0, "甲", book.add_format({"font_color": "#FFFFFF"})))
    named = altered(data, "xl/styles.xml", lambda part: part.replace(b'rgb="FFFFFFFF"', colour.encode()))
    assert white == bool(read(named).grids[0].unsure)


def rich(*pieces) -> Grid:
    """A cell of pieces in fonts of their own, as properties and text."""
    return sheet(lambda book, one: one.write_rich_string(0, 0, *(part for properties, text in pieces for part in ((book.add_format(properties), text) if properties else (text,)))))


UP, DOWN, PALE = {"font_script": 1}, {"font_script": 2}, {"font_color": "#FFFFFF"}


@pytest.mark.parametrize(
    ("pieces", "why"),
    [
        pytest.param([({}, "10"), (UP, "2")], RAISED, id="a power"),
        pytest.param([({}, "10"), (DOWN, "2")], RAISED, id="lowered"),
        pytest.param([({}, "100m"), (UP, "2")], None, id="behind a letter"),
        pytest.param([({}, "5"), (UP, "注")], None, id="letters"),
        pytest.param([({}, "见"), (PALE, "旧")], WHITE, id="a part in white"),
        pytest.param([({}, "见"), (PALE, " ")], None, id="a white blank"),
        pytest.param([({"font_name": "Wingdings 2"}, "R"), ({}, "是")], SIGNS, id="a tick that is a letter"),
    ],
)
def test_a_part_of_a_text_that_looks_otherwise_is_doubted(pieces, why):
    grid = rich(*pieces)
    assert ({"".join(text for _, text in pieces): why} if why else {}) == doubts(grid)


def test_white_parts_of_a_text_on_a_dark_cell_are_seen():
    def write(book, one):
        one.write_rich_string(0, 0, "见", book.add_format(PALE), "新", book.add_format({"bg_color": "#1F4E78"}))

    assert {} == doubts(sheet(write))


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ('@"元"', "100元"), ('"≥"@"%"', "≥100%"), ('0.00;-0.00;0;"约"@', "约100"), ("@", "100"), ("General", "100"), ('0"元"', "100"),
        ('_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "100"),
    ],
)
def test_a_text_is_shown_with_the_words_of_its_format(code, shown):
    grid = sheet(lambda book, one: (one.write_string(0, 0, "甲"), one.write_string(0, 1, "100", book.add_format({"num_format": code}))))
    assert ("甲", shown) == grid.texts


def test_a_text_whose_format_shows_nothing_is_doubted():
    assert {"乙": UNSHOWN} == doubts(sheet(lambda book, one: (one.write_string(0, 0, "甲"), one.write_string(0, 1, "乙", book.add_format({"num_format": ";;;"})))))


def test_a_number_under_the_format_of_a_text_has_its_words():
    assert ("100元", Decimal(100)) == first(sheet(lambda book, one: one.write_number(0, 0, 100, book.add_format({"num_format": '@"元"'}))))


def test_texts_beyond_their_budget_are_refused(monkeypatch):
    many = altered(PLAIN, "xl/sharedStrings.xml", lambda part: part.replace(b"</sst>", b"<si><t>x</t></si>" * 70_000 + b"</sst>"))
    assert ["甲"] == list(read(many).grids[0].texts)
    monkeypatch.setenv("XLTOOL_BUDGETS", "shared-texts=1")
    assert "workbook-texts" == refused(many)


def test_many_shared_texts_are_read_the_same_by_the_parser():
    many = altered(PLAIN, "xl/sharedStrings.xml", lambda part: part.replace(b"</sst>", b"<si><t>x</t></si>" * (tidy._HEAVY // 17 + 1) + b"</sst>"))
    assert None is tidy.shared_texts(zipfile.ZipFile(BytesIO(many)).read("xl/sharedStrings.xml"))
    assert ["甲"] == list(read(many).grids[0].texts)
