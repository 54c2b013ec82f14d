"""Sheets that are read as they are written show what the parser shows; any other way of writing is left to the parser."""

import re
import zipfile
from io import BytesIO

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from xltool import budgets
from xltool.grid import Grid
from xltool.problems import ProblemError
from xltool.surfaces import xlsx_reader
from xltool.surfaces.xlsx_reader import sheets, tidy

SHEET, TEXTS, STYLES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"
FORMATS = ["General", "0", "0.00", "#,##0.00", "0%", "0.0%", "@", "yyyy-mm-dd", 'yyyy"年"m"月"d"日"', "[$-804]yyyy/m/d;@", "h:mm", "[h]:mm", '0"家"', '0"days"', "[Red]0", "0;(0)", "m/d"]
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12) | st.sampled_from(["=100%", "&", "<br>", "a&lt;b", "_x0041_", "第一行\n第二行", " 首尾 ", "]]>", "O'Neil \"x\"", "100", "\u3000"])
numbers = st.floats(-1e12, 1e12).map(lambda number: round(number, 4)) | st.integers(0, 60_000) | st.sampled_from([0, -0.0, 1e-7, 1e30, 0.1 + 0.2])
cells = st.dictionaries(st.tuples(st.integers(0, 12), st.integers(0, 30)), texts | st.tuples(numbers, st.sampled_from(FORMATS)), max_size=20)
merges = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 30), st.integers(0, 3), st.integers(0, 3)), max_size=4)


def written(cells, merges=()) -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("表")
        for row, column, more_rows, more_columns in merges:
            try:
                if more_rows or more_columns:
                    sheet.merge_range(row, column, row + more_rows, column + more_columns, "")
            except xlsxwriter.exceptions.OverlappingRange:
                pass
        for (row, column), held in cells.items():
            if isinstance(held, str):
                sheet.write_string(row, column, held)
            else:
                sheet.write_number(row, column, held[0], book.add_format({"num_format": held[1]}))
    return out.getvalue()


def with_part(data: bytes, part: str, old: str, new: str) -> bytes:
    """The workbook with one place of a part written otherwise."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            held = before.read(name).decode()
            assert name != part or old in held
            after.writestr(name, held.replace(old, new, 1) if name == part else held)
    return out.getvalue()


def with_own_texts(data: bytes) -> bytes:
    """The workbook with its texts in their cells, as many programs write them."""
    with zipfile.ZipFile(BytesIO(data)) as book:
        held = {name: book.read(name).decode() for name in book.namelist()}
    shared = re.findall("<si>(.*?)</si>", held.get(TEXTS, ""), re.DOTALL)
    held[SHEET] = re.sub(r't="s"><v>(\d+)</v>', lambda found: f't="inlineStr"><is>{shared[int(found[1])]}</is>', held[SHEET])
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name, part in held.items():
            after.writestr(name, part)
    return out.getvalue()


def grids(data: bytes, monkeypatch) -> tuple[object, object, bool]:
    """The sheet as it is read, as the parser alone reads it, and whether the parser was asked the first time."""
    asked: list[object] = []
    parsed = sheets._parsed

    def watched(*given):
        asked.append(given)
        return parsed(*given)

    with monkeypatch.context() as patch:
        patch.setattr(sheets, "_parsed", watched)
        usual = seen(data)
        asked_at_once = bool(asked)
        patch.setattr(tidy, "sheet", lambda *given: None)
        alone = seen(data)
    return usual, alone, asked_at_once


def seen(data: bytes) -> object:
    try:
        return xlsx_reader.read(data, "book.xlsx").grids[0]
    except ProblemError as error:
        return [one.code for one in error.problems]


@settings(max_examples=150, deadline=None)
@given(cells, merges)
def test_a_sheet_shows_what_the_parser_shows(cells, merges):
    with pytest.MonkeyPatch.context() as patch:
        usual, alone, _ = grids(written(cells, merges), patch)
    assert alone == usual


@settings(max_examples=150, deadline=None)
@given(cells, merges)
def test_a_sheet_whose_texts_stand_in_their_cells_shows_what_the_parser_shows(cells, merges):
    with pytest.MonkeyPatch.context() as patch:
        usual, alone, _ = grids(with_own_texts(written(cells, merges)), patch)
    assert alone == usual


PLAIN = {(0, 0): "项目名称", (0, 1): "A & B", (1, 0): (92764.5, "#,##0.00"), (1, 1): (45292, "yyyy-mm-dd"), (2, 0): (0.5, "0%"), (4, 2): " 首尾 "}


def test_a_plain_sheet_needs_no_parser(monkeypatch):
    usual, alone, asked = grids(written(PLAIN, [(6, 0, 1, 1)]), monkeypatch)
    assert (False, alone) == (asked, usual)
    assert isinstance(usual, Grid)
    assert ("项目名称", "A & B", "92,764.50", "2024-01-01", "50%", " 首尾 ") == usual.texts


def test_a_plain_sheet_whose_texts_stand_in_their_cells_needs_no_parser(monkeypatch):
    usual, alone, asked = grids(with_own_texts(written(PLAIN, [(6, 0, 1, 1)])), monkeypatch)
    assert (False, alone) == (asked, usual)
    assert isinstance(usual, Grid)
    assert ("项目名称", "A & B", "92,764.50", "2024-01-01", "50%", " 首尾 ") == usual.texts


A1 = '<c r="A1" t="s"><v>0</v></c>'
OTHERWISE = {
    "a text of its own in two fonts": (SHEET, A1, '<c r="A1" t="inlineStr"><is><r><t>在</t></r><r><t>此</t></r></is></c>'),
    "a text of its own typed by its sound": (SHEET, A1, '<c r="A1" t="inlineStr"><is><t>在此</t><rPh sb="0" eb="2"><t>zai</t></rPh></is></c>'),
    "an empty text of its own": (SHEET, A1, '<c r="A1" t="inlineStr"><is><t></t></is></c>'),
    "nothing of its own": (SHEET, A1, '<c r="A1" t="inlineStr"><is/></c>'),
    "an escaped sign of its own": (SHEET, A1, '<c r="A1" t="inlineStr"><is><t>在_x000D_此</t></is></c>'),
    "a line end of Windows in a text of its own": (SHEET, A1, '<c r="A1" t="inlineStr"><is><t>在\r\n此</t></is></c>'),
    "a letter by its number in a text of its own": (SHEET, A1, '<c r="A1" t="inlineStr"><is><t>&#x9879;目</t></is></c>'),
    "a text of its own and a value": (SHEET, A1, '<c r="A1" t="inlineStr"><is><t>在此</t></is><v>0</v></c>'),
    "a text of its own called shared": (SHEET, A1, '<c r="A1" t="s"><is><t>在此</t></is></c>'),
    "a text of its own that another cell names": (SHEET, '<c r="B1" t="s"><v>1</v></c>', '<c r="B1" t="inlineStr"><is><t>在此</t></is></c><c r="D1" t="s"><v>\x010</v></c>'),
    "character data in a text of its own": (SHEET, A1, '<c r="A1" t="inlineStr"><is><t><![CDATA[在此]]></t></is></c>'),
    "a formula's text": (SHEET, A1, '<c r="A1" t="str"><f>A9</f><v>甲</v></c>'),
    "a shared formula": (SHEET, A1, '<c r="A1"><f t="shared" si="0"/><v>7</v></c>'),
    "a formula without a result": (SHEET, A1, '<c r="A1"><f>A9</f></c>'),
    "an error": (SHEET, A1, '<c r="A1" t="e"><v>#REF!</v></c>'),
    "a truth value": (SHEET, A1, '<c r="A1" t="b"><v>1</v></c>'),
    "a text in plain sight": (SHEET, A1, '<c r="A1" t="str"><v>甲</v></c>'),
    "a prefix": (SHEET, A1, '<x:c xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" r="A1" t="s"><x:v>0</x:v></x:c>'),
    "a value with a prefix": (SHEET, A1, '<c xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" r="A1" t="s"><x:v>0</x:v></c>'),
    "blanks in the tags": (SHEET, A1, '<c r="A1" t="s" ><v >0</v ></c >'),
    "single quotes": (SHEET, A1, "<c r='A1' t='s'><v>0</v></c>"),
    "the kind before the place": (SHEET, A1, '<c t="s" r="A1"><v>0</v></c>'),
    "no place": (SHEET, A1, '<c t="s"><v>0</v></c>'),
    "an empty value": (SHEET, A1, '<c r="A1" t="s"><v></v></c>'),
    "a comment": (SHEET, A1, '<!--<c r="A1" t="s"><v>0</v></c>-->'),
    "an instruction": (SHEET, A1, '<?x <c r="A1" t="s"><v>0</v></c>?>'),
    "character data": (SHEET, A1, '<c r="A1" t="s"><v><![CDATA[0]]></v></c>'),
    "a text that is not there": (SHEET, A1, '<c r="A1" t="s"><v>99</v></c>'),
    "a text counted from the end": (SHEET, A1, '<c r="A1" t="s"><v>-1</v></c>'),
    "no number": (SHEET, A1, '<c r="A1"><v>nan</v></c>'),
    "underlined digits": (SHEET, A1, '<c r="A1"><v>1_000</v></c>'),
    "a style that is not there": (SHEET, A1, '<c r="A1" s="99"><v>5</v></c>'),
    "a cell twice": (SHEET, A1, A1 + A1),
    "out of order": (SHEET, A1, '<c r="C1" t="s"><v>1</v></c>' + A1),
    "far out": (SHEET, A1, '<c r="XFD1" t="s"><v>0</v></c>'),
    "a text under a merge": (SHEET, "</sheetData>", '</sheetData><mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>'),
    "a merge of a whole column": (SHEET, "</sheetData>", '</sheetData><mergeCells count="1"><mergeCell ref="C6:C1048576"/></mergeCells>'),
    "a large merge": (SHEET, "</sheetData>", '</sheetData><mergeCells count="1"><mergeCell ref="C6:Z9999"/></mergeCells>'),
    "a merge in single quotes": (SHEET, "</sheetData>", "</sheetData><mergeCells count='1'><mergeCell ref='A1:A2'/></mergeCells>"),
    "a merge in single quotes between others": (SHEET, "</sheetData>", """</sheetData><mergeCells><mergeCell ref="B6:C6"/><mergeCell ref='A1:A2'/><mergeCell ref="B8:C8"/></mergeCells>"""),
    "a merge in single quotes before another": (SHEET, "</sheetData>", """</sheetData><mergeCells><mergeCell ref='A1:A2'/><mergeCell ref="B8:C8"/></mergeCells>"""),
    "a merge in single quotes behind another": (SHEET, "</sheetData>", """</sheetData><mergeCells><mergeCell ref="B6:C6"/><mergeCell ref='A1:A2'/></mergeCells>"""),
    "a merge backwards": (SHEET, "</sheetData>", '</sheetData><mergeCells count="1"><mergeCell ref="D9:C8"/></mergeCells>'),
    "more cells behind the cells": (SHEET, "</sheetData>", '</sheetData><sheetData><row r="9"><c r="A9"><v>5</v></c></row></sheetData>'),
    "cut off": (SHEET, "</worksheet>", ""),
    "a text in two fonts": (TEXTS, "<si><t>项目名称</t></si>", "<si><r><t>项目</t></r><r><t>名称</t></r></si>"),
    "a text that was typed by its sound": (TEXTS, "<si><t>项目名称</t></si>", '<si><t>项目名称</t><rPh sb="0" eb="2"><t>shi</t></rPh></si>'),
    "an escaped sign": (TEXTS, "项目名称", "项目_x000D_名称"),
    "a line end of Windows": (TEXTS, "项目名称", "项目\r\n名称"),
    "a letter by its number": (TEXTS, "项目名称", "&#x9879;目"),
    "an entity that is none": (TEXTS, "项目名称", "&nbsp;目"),
    "an empty text": (TEXTS, "<t>项目名称</t>", "<t/>"),
    "no text at all": (TEXTS, "<si><t>项目名称</t></si>", "<si/><si><t>项目名称</t></si>"),
    "a comment among the texts": (TEXTS, "<si><t>项目名称</t></si>", "<!--<si><t>无</t></si>--><si><t>项目名称</t></si>"),
    "a text with a prefix": (TEXTS, "<si><t>项目名称</t></si>", '<x:si xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:t>无</x:t></x:si><si><t>项目名称</t></si>'),
    "days counted from 1904": ("xl/workbook.xml", "<workbookPr ", '<workbookPr date1904="1" '),
    "a date of the program's own": (STYLES, '<xf numFmtId="164"', '<xf numFmtId="22"'),
    "a month of the program's own": (STYLES, '<xf numFmtId="164"', '<xf numFmtId="27"'),
}  # fmt: skip


@pytest.mark.parametrize(("part", "old", "new"), OTHERWISE.values(), ids=OTHERWISE)
def test_what_is_written_otherwise_is_left_to_the_parser(part, old, new, monkeypatch):
    usual, alone, asked = grids(with_part(written(PLAIN), part, old, new), monkeypatch)
    assert (True, repr(alone)) == (asked, repr(usual))


ALIKE = {
    "a sound beside it": (TEXTS, "<si><t>项目名称</t></si>", '<si><t>项目名称</t><phoneticPr fontId="1" type="noConversion"/></si>'),
    "a number that says so": (SHEET, '<c r="A3" s="3"><v>', '<c r="A3" s="3" t="n"><v>'),
    "an empty cell": (SHEET, A1, A1 + '<c r="D1" s="1"/>'),
    "a text of its own": (SHEET, A1, '<c r="A1" t="inlineStr"><is><t>在此</t></is></c>'),
    "a text of its own, blanks kept": (SHEET, A1, '<c r="A1" t="inlineStr"><is><t xml:space="preserve"> 在此 &amp; </t></is></c>'),
    "blanks kept": (TEXTS, "<t>项目名称</t>", '<t xml:space="preserve">项目名称</t>'),
}


@pytest.mark.parametrize(("part", "old", "new"), ALIKE.values(), ids=ALIKE)
def test_what_other_programs_write_needs_no_parser(part, old, new, monkeypatch):
    usual, alone, asked = grids(with_part(written(PLAIN), part, old, new), monkeypatch)
    assert (False, alone) == (asked, usual)


def test_a_wrong_checksum_is_found(monkeypatch):
    data = bytearray(written(PLAIN))
    with zipfile.ZipFile(BytesIO(bytes(data))) as archive:
        entry = archive.getinfo(SHEET)
    at = data.rindex(entry.CRC.to_bytes(4, "little"))
    data[at] ^= 1
    usual, alone, asked = grids(bytes(data), monkeypatch)
    assert (True, alone) == (asked, usual)


def test_a_sheet_beyond_the_budget_is_left_to_the_parser(monkeypatch):
    data = written({(0, 0): "甲", (1199, 20): "乙"})
    with budgets.using(budgets.Budgets(used_range=10_000)):
        usual, alone, asked = grids(data, monkeypatch)
    assert (True, ["workbook-range"], ["workbook-range"]) == (asked, usual, alone)


def test_merges_beyond_the_budget_are_left_to_the_parser(monkeypatch):
    data = written({(0, 0): "甲", (99, 9): "乙"}, [(1, 0, 40, 8)])
    with budgets.using(budgets.Budgets(merged=300)):
        usual, alone, asked = grids(data, monkeypatch)
    assert (True, ["workbook-merges"], ["workbook-merges"]) == (asked, usual, alone)
