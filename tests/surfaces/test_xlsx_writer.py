"""The official workbook, looked at square by square. openpyxl reads; the pictures are drawn here."""

import json
import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from xltool.canonical import from_json
from xltool.filing import Entry, Filing, Scalar, Section
from xltool.library import forms
from xltool.mapping import build
from xltool.problems import ProblemError
from xltool.surfaces.xlsx_writer import write, write_template
from xltool.surfaces.xlsx_writer.grid import day, exact
from xltool.values import Value, parse_target
from xltool.yamlfile import load

MAPPING = """
form: small
version: "3"
title: 申报表
layout: |
  | 申报表 | < | < | < |
  | （{年度}年度） | < | < | < |
  | 名称 | {名称} | < | < |
  | 金额 | {金额} | 日期 | {日期} |
  | 目标 | {目标} | < | < |
  | 比率 | {比率} | — |  |
  | 绩效指标 | 一级指标 | 三级指标 | 指标值 |
  | ^ | {一级指标} | {三级指标} | {指标值} |
  | ^ | ^… | … | … |
  | 总分 | < | {总分} |  |
fields:
  年度: {json: year, type: year}
  名称: {json: name, type: text, required: "true"}
  金额: {json: money, type: money}
  日期: {json: day, type: date}
  目标: {json: goal, type: paragraphs}
  比率: {json: rate, type: percent}
  一级指标: {json: level1, type: text}
  三级指标: {json: name, type: text}
  指标值: {json: target, type: target}
  总分: {json: total, type: number}
lists:
  items: [一级指标, 三级指标, 指标值]
look:
  widths: ["10", "14", "14", "14"]
"""
FORM = build(load(MAPPING, "small.yaml"), "small.yaml")
KNOWN = {"small": FORM}


def item(level1, name, target):
    return {"level1": level1, "name": name, "target": None if target is None else parse_target(target)}


def entry(**values):
    items = values.pop("items", (item("产出指标", "数量", "=956.00(元/家)"), item("产出指标", "质量", "及时"), item("效益指标", "影响", "≥90%")))
    marks = values.pop("marks", {})
    given: dict[str, Scalar] = {"year": 2024, "name": "甲项目", "money": Decimal("92764.5"), "day": "2024-01-01", "goal": "一\n二", "rate": Decimal("0.632"), "total": Decimal(100)}
    return Entry("small", "申报表", given | values, {"items": tuple(items)}, marks)


def filing(*entries, title=None):
    return Filing((Section(title, entries or (entry(),)),))


def book(made):
    return load_workbook(BytesIO(made))


def only(**values):
    """The one sheet of a filing of one entry without a title."""
    (sheet,) = book(write(filing(entry(**values)), KNOWN)).worksheets
    return sheet


def picture(sheet):
    """The sheet as a layout is drawn: < and ^ for the squares of a merged cell."""
    marks = {}
    for area in sheet.merged_cells.ranges:
        for row in range(area.min_row, area.max_row + 1):
            for column in range(area.min_col, area.max_col + 1):
                marks[row, column] = "<" if column > area.min_col else "^"
        del marks[area.min_row, area.min_col]
    rows = [[marks.get((cell.row, cell.column), "" if cell.value is None else str(cell.value)) for cell in row] for row in sheet.iter_rows()]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def drawn(text):
    return "\n".join(line.strip() for line in text.strip().splitlines())


def test_merges_are_those_of_the_filled_form():
    assert drawn("""
        | 申报表 | < | < | < |
        | （2024年度） | < | < | < |
        | 名称 | 甲项目 | < | < |
        | 金额 | 92764.5 | 日期 | 2024-01-01 00:00:00 |
        | 目标 | 一\n二 | < | < |
        | 比率 | 0.632 | — |  |
        | 绩效指标 | 一级指标 | 三级指标 | 指标值 |
        | ^ | 产出指标 | 数量 | =956.00(元/家) |
        | ^ | ^ | 质量 | 及时 |
        | ^ | 效益指标 | 影响 | ≥90% |
        | 总分 | < | 100 |  |
        """) == picture(only())  # fmt: skip


def test_every_square_of_a_cell_in_the_frame_has_borders():
    # openpyxl clears the borders inside merged cells when it reads, so the parts are read themselves.
    with zipfile.ZipFile(BytesIO(write(filing(), KNOWN))) as parts:
        sheet, styles = (parts.read(name).decode() for name in ("xl/worksheets/sheet1.xml", "xl/styles.xml"))
    borders = re.findall(r'<xf [^>]*borderId="(\d+)"', styles.partition("<cellXfs")[2].partition("</cellXfs>")[0])
    found = {place: borders[int(style)] for place, style in re.findall(r'<c r="(\w+)" s="(\d+)"', sheet)}
    framed = {f"{column}{row}" for row in range(3, 12) for column in "ABCD"}
    assert framed == {place for place, border in found.items() if border == "1"}
    assert {"0"} == {border for place, border in found.items() if place not in framed}
    assert 1 == len(re.findall(r'<border><left style="thin">', styles))


def test_the_title_is_larger_and_bold():
    title, year = only()["A1"].font, only()["A2"].font
    assert (16, True, "宋体") == (title.size, title.bold, title.name)
    assert (10.5, False) == (year.size, bool(year.bold))


@pytest.mark.parametrize("text", ["=956.00(元/家)", "=1+1", "+1", "-1", "@x", "=", "http://x.cn", "12", "<r>x</r>", "_x0041_", "{=1}", " x "])
def test_text_stays_text(text):
    cell = only(items=[{"level1": "产出指标", "name": text, "target": Value(text)}])["D8"]
    assert ("s", text, "@") == (cell.data_type, cell.value, cell.number_format)
    assert not cell.quotePrefix
    assert text == cell.parent["C8"].value


def test_no_workbook_of_ours_holds_a_formula():
    made = write(filing(), KNOWN)
    with zipfile.ZipFile(BytesIO(made)) as parts:
        assert not any(b"<f>" in parts.read(name) for name in parts.namelist())


@pytest.mark.parametrize("number", ["22842339.16", "0.632", "9.95", "8.41", "123456789012.345", "0.1", "-0.05", "1E+3", "0.00"])
def test_numbers_are_written_to_the_last_digit(number):
    with zipfile.ZipFile(BytesIO(write(filing(entry(money=Decimal(number))), KNOWN))) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    written = sheet.partition('<c r="B4"')[2].partition("<v>")[2].partition("</v>")[0]
    assert Decimal(number) == Decimal(written)


def test_a_number_that_excel_would_round_is_text():
    cell = only(money=Decimal("1234567890123456.78"))["B4"]
    assert ("s", "1234567890123456.78") == (cell.data_type, cell.value)


def test_a_rate_that_excel_would_round_is_text_with_its_sign():
    cell = only(rate=Decimal("0.3333333333333333"))["B6"]
    assert ("s", "33.33333333333333%") == (cell.data_type, cell.value)


def test_number_formats():
    sheet = only()
    found = [sheet[place].number_format for place in ("B4", "D4", "B6", "C11", "D8", "B3")]
    assert ["#,##0.00", "yyyy-mm-dd", "0.00%", "General", "@", "General"] == found


@pytest.mark.parametrize("text", ["2024年", "2024-02-30", "1899-12-31"])
def test_a_date_that_is_no_full_day_of_excel_stays_text(text):
    assert ("s", text) == ((cell := only(day=text)["D4"]).data_type, cell.value)


@pytest.mark.parametrize(("text", "number"), [("2024-01-01", 45292), ("1900-03-01", 61), ("1900-02-28", None), ("20240101", None), ("2024-W01-1", None), ("2024-13-01", None)])
def test_a_day_is_a_number_where_it_is_spelled_in_full_and_excel_counts_it_right(text, number):
    assert number == day(text)


@pytest.mark.parametrize(
    ("number", "kept"),
    [
        (2024, True), (-(10**15 - 1), True), (10**15, False),
        (Decimal("123456789012345"), True), (Decimal("1234567890123456"), False), (Decimal("1234567890123.45"), True), (Decimal("12345678901234.56"), False),
        (Decimal("123456789012345.00"), True),
    ],
)  # fmt: skip
def test_a_number_is_exact_where_it_has_fifteen_digits_at_the_most(number, kept):
    assert kept == exact(number)


def test_a_title_like_markup_of_the_writer_is_a_title():
    made = book(write(filing(entry(), entry(), title="<r>汇总<b/>表</r>"), KNOWN))
    assert "<r>汇总<b/>表</r>" in {cell.value for row in made["目录"].iter_rows() for cell in row}


def test_a_mark_is_printed_in_its_empty_cell():
    assert "/" == only(money=None, marks={"money": "/"})["B4"].value


def test_a_long_goal_has_its_height():
    short, long = only(), only(goal="字" * 300)
    assert 30 > short.row_dimensions[5].height - 5 > 20
    # 3 columns of 103 pixels hold 43 half-ems of 10.5 points, the room of 21 characters: 15 lines.
    assert long.row_dimensions[5].height >= 15 * 10.5 * 1.2


def test_a_group_over_one_row_has_its_height():
    assert only(items=[item("社会效益和生态效益和可持续影响指标", "x", "1")]).row_dimensions[8].height > 40


def test_a_cell_above_excels_limit_is_spread_over_rows():
    sheet = only(goal="字" * 1000)
    firsts = [row.split(" | ")[0] for row in picture(sheet).splitlines()[4:]]
    last = 4 + firsts.index("| 比率")
    assert ["| 目标", *["| ^"] * (last - 5)] == firsts[: last - 4]
    assert {f"B5:D{last}", f"A5:A{last}"} <= {str(area) for area in sheet.merged_cells.ranges}
    assert sum(sheet.row_dimensions[row].height for row in range(5, last + 1)) > 600
    assert max(one.height for one in sheet.row_dimensions.values() if one.height) <= 409


def test_a_cell_over_several_rows_goes_over_those_of_a_spread_row():
    sheet = only(items=[item("产出指标", "数量" * 600, "1"), item("产出指标", "质量", "2")])
    rows = [row for row in picture(sheet).splitlines() if row.startswith("| ^")]
    assert all(row.startswith("| ^ | ^ | ^ | ^") for row in rows[1:-1])
    assert "| ^ | ^ | 质量 | 2 |" == rows[-1]


@pytest.mark.parametrize(("text", "code"), [("字" * 32768, "workbook-text"), ("𠮷" * 16384, "workbook-text"), ("a\ud800", "workbook-character"), ("a\uffff", "workbook-character")])
def test_text_that_no_cell_holds_is_named_by_its_path(text, code):
    with pytest.raises(ProblemError) as raised:
        write(filing(entry(), entry(goal=text)), KNOWN)
    assert [(code, "sections[0].forms[1].goal")] == [(one.code, dict(one.words)["path"]) for one in raised.value.problems]


def test_text_of_excels_full_length_is_written():
    assert 32767 == len(only(goal="字" * 32767)["B5"].value)


def test_control_characters_are_spelled_out():
    with zipfile.ZipFile(BytesIO(write(filing(entry(goal="a\x01b")), KNOWN))) as parts:
        assert b"<t>a_x0001_b</t>" in parts.read("xl/sharedStrings.xml")


def test_contents_sheet_names_and_links_its_forms():
    two = Filing((Section("甲局汇总表", (entry(), entry(name="it's"))), Section(None, (entry(),))))
    made = book(write(two, KNOWN))
    assert ["目录", "甲项目", "it's", "甲项目(2)"] == made.sheetnames
    sheet = made["目录"]
    assert drawn("""
        | 甲局汇总表 | < | < | < |
        | 序号 | 表式 | 名称 | 工作表 |
        | 1 | 申报表 | 甲项目 | 甲项目 |
        | 2 | 申报表 | it's | it's |
        |  |  |  |  |
        | 序号 | 表式 | 名称 | 工作表 |
        | 1 | 申报表 | 甲项目 | 甲项目(2) |
        """) == picture(sheet)  # fmt: skip
    assert ["'甲项目'!A1", "'it''s'!A1", "'甲项目(2)'!A1"] == [sheet[place].hyperlink.location for place in ("D3", "D4", "D7")]


def test_one_form_without_a_title_has_no_contents_sheet():
    assert ["甲项目"] == book(write(filing(), KNOWN)).sheetnames
    assert ["目录", "甲项目"] == book(write(filing(title="汇总"), KNOWN)).sheetnames


def test_stacked_forms_stand_below_each_other_each_on_its_page():
    one = entry(goal="一", items=(item("产出指标", "数量", "1"),))
    (sheet,) = book(write(Filing((Section("甲局汇总表", (one, one)), Section("乙局汇总表", (one,)))), KNOWN, stacked=True)).worksheets
    assert "汇总表" == sheet.title
    firsts = [row.split(" | ")[0].strip("| ") for row in picture(sheet).splitlines()]
    form = ["申报表", "（2024年度）", "名称", "金额", "目标", "比率", "绩效指标", "^", "总分"]
    assert ["甲局汇总表", *form, "", *form, "", "乙局汇总表", *form] == firsts
    assert [11, 21] == [one.id for one in sheet.row_breaks.brk]
    assert "A1:D31" == sheet.print_area.replace("$", "").rpartition("!")[2]


def test_page_set_up():
    sheet = only()
    paper = sheet.page_setup
    # fitToWidth is 1 where nothing is said; fitToHeight 0 is as many pages as it takes.
    assert ("9", "portrait", None, 0) == (str(paper.paperSize), paper.orientation, paper.fitToWidth, paper.fitToHeight)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_options.horizontalCentered
    assert "第 &P 页 共 &N 页" == sheet.oddFooter.center.text
    assert "$7:$7" == sheet.print_title_rows
    assert "A1:D11" == sheet.print_area.replace("$", "").rpartition("!")[2]


def test_landscape():
    wide = replace(FORM, look=replace(FORM.look, landscape=True))
    assert "landscape" == book(write(filing(), {"small": wide})).worksheets[0].page_setup.orientation


def test_properties_name_forms_and_sections():
    made = book(write(filing(title="甲局汇总表"), KNOWN))
    found = {one.name: one.value for one in made.custom_doc_props.props}
    assert {"xltool.forms": "small/3", "xltool.sections": '[["甲局汇总表",1]]'} == found
    assert "甲局汇总表" == made.properties.title


def test_a_property_longer_than_excel_allows_is_left_out():
    made = book(write(filing(title="长" * 250), KNOWN))
    assert ["xltool.forms"] == [one.name for one in made.custom_doc_props.props]


@pytest.mark.parametrize("stacked", [False, True])
def test_same_filing_same_bytes(stacked):
    assert write(filing(entry(), entry()), KNOWN, stacked=stacked) == write(filing(entry(), entry()), KNOWN, stacked=stacked)


def test_no_clock_is_in_the_workbook():
    made = write(filing(), KNOWN)
    assert (2000, 2000) == (book(made).properties.created.year, book(made).properties.modified.year)
    with zipfile.ZipFile(BytesIO(made)) as parts:
        assert {(1980, 1, 1, 0, 0, 0)} == {part.date_time for part in parts.infolist()}


def test_a_blank_form_has_its_formats_and_no_merged_groups():
    (sheet,) = book(write_template(FORM, 3)).worksheets
    assert "申报表" == sheet.title
    assert "| ^ |  |  |  |\n" * 3 in picture(sheet) + "\n"
    assert ("#,##0.00", "@") == (sheet["B4"].number_format, sheet["D9"].number_format)


@pytest.mark.parametrize("form", forms())
def test_every_known_form_has_a_blank(form):
    assert book(write_template(forms()[form], 4)).worksheets[0].max_row > 10


@pytest.mark.parametrize("sample", ["target-declaration", "self-evaluation"])
@pytest.mark.parametrize("stacked", [False, True])
def test_samples_print_every_text(sample, stacked, samples, soffice, pdftotext, tmp_path):
    document = json.loads((samples / sample / "filing.json").read_text("utf-8"), parse_float=Decimal)
    made = tmp_path / "filing.xlsx"
    made.write_bytes(write(from_json(document, forms()), forms(), stacked=stacked))
    printed = pdftotext(soffice.convert(made, "pdf", tmp_path))
    texts = {cell.value for sheet in book(made.read_bytes()) for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)}
    for text in texts:
        missing = [mark for mark in set(text) - set(" \n") if printed.count(mark) < text.count(mark)]
        assert [] == missing, text
