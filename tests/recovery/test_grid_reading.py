"""The grid reading: what is written comes back, whatever kind of form, however laid out."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.edits import excel
from tests.edits.made import (
    DECLARATION,
    DECLARATIONS,
    EVALUATION,
    EVALUATIONS,
    FORMS,
    doubted,
    entry_of,
    filing_of,
    left,
    load,
    read,
    repairs,
    written,
)
from tests.filings import entries
from xltool.arrange import place, text_of
from xltool.canonical import differences, from_json, has_parts
from xltool.filing import Entry, Filing, Scalar, Section
from xltool.form import Form
from xltool.grid import Book, Grid, GridCell, address, grid_of, grid_of_cells
from xltool.jobs import blanks
from xltool.problems import ProblemError
from xltool.recovery import grid_reading
from xltool.recovery.grid_captions import Captions
from xltool.values import Value, parse_number

PAGES = Path(__file__).resolve().parents[1] / "mappings"
OTHERS = [load(path) for path in sorted(PAGES.glob("*.json"))]
ALL = [DECLARATIONS, EVALUATIONS, *OTHERS]
CAPTIONS = Captions(FORMS.values())
EVERY_KIND = Filing(tuple(section for filing in ALL for section in filing.sections))

layouts = pytest.mark.parametrize("stacked", [False, True], ids=["a sheet each", "stacked"])


def soundly(expected: Filing, found: Filing) -> None:
    assert [] == differences(expected, found)
    assert (set(), [], []) == (doubted(found), repairs(found), left(found))


# ---------------------------------------------------------------- what is written comes back


@layouts
@pytest.mark.parametrize("filing", ALL, ids=[entry_of(filing).form for filing in ALL])
def test_what_is_written_is_read(filing, stacked):
    soundly(filing, read(written(filing, stacked)))


@layouts
def test_forms_of_every_kind_in_one_document_are_read(stacked):
    soundly(EVERY_KIND, read(written(EVERY_KIND, stacked)))


@layouts
def test_the_order_of_kinds_does_not_matter(stacked):
    turned = Filing(tuple(Section(one.title, one.entries[::-1]) for one in EVERY_KIND.sections[::-1]))
    soundly(turned, read(written(turned, stacked)))


@layouts
def test_the_real_filings_are_read_as_written(filings, stacked):
    for path in sorted(filings.glob("*.json")):
        real = from_json(json.loads(path.read_text("utf-8"), parse_float=Decimal), FORMS)
        soundly(real, read(written(real, stacked)))


@layouts
@pytest.mark.parametrize("number", [0, 1], ids=["declarations", "self-evaluations"])
def test_libreoffice_saves_what_is_read(soffice, tmp_path, number, stacked):
    source = tmp_path / "book.xlsx"
    source.write_bytes(written(ALL[number], stacked))
    soundly(ALL[number], read(soffice.convert(source, "xlsx", tmp_path / "saved").read_bytes()))


def test_libreoffice_saves_typed_formulas_and_dates(soffice, tmp_path):
    book = excel.opened(written(DECLARATION))
    sheet = book.worksheets[-1]
    sheet["F13"].value = "=100%"
    sheet["F6"].value = "=SUM(F7:F9)"
    sheet["B5"].value, sheet["B5"].number_format = 45474, "yyyy-mm-dd"
    source = tmp_path / "book.xlsx"
    source.write_bytes(excel.saved(book))
    found = read(soffice.convert(source, "xlsx", tmp_path / "saved").read_bytes())
    target = entry_of(found).lists["indicators"][0]["target"]
    assert Value("=100%", "=", Decimal(100), "%") == target
    assert entry_of(DECLARATION).values["funding.annual.total"] == entry_of(found).values["funding.annual.total"]
    assert "2024-07-01" == entry_of(found).values["project.start_date"]
    assert set() == doubted(found)


# ---------------------------------------------------------------- laws


def printable_lists(entry: Entry, form: Form) -> Entry:
    """The entry with lists that a sheet can show: every item has levels and cells of its own."""
    lists = {}
    for name, spec in form.lists.items():
        own = [form.fields[field].path for field in spec.own if form.fields[field].type not in ("operator", "unit")]
        groups = [form.fields[field].path for field in spec.groups if not form.fields[field].optional]
        kept = [item for item in entry.lists[name] if any(item.get(path) is not None for path in own)]
        lists[name] = tuple({**item, **{path: item[path] or "甲乙" for path in groups}} for item in kept)
    return replace(entry, lists=lists)


def as_stated(entry: Entry, form: Form) -> Entry:
    """The entry with the number that the text of each target in parts states."""
    lists = {name: tuple({path: _stated(value, path, name, form) for path, value in item.items()} for item in items) for name, items in entry.lists.items()}
    return replace(entry, lists=lists)


def _stated(value: Scalar, path: str, name: str, form: Form) -> Scalar:
    one = next(field for field in form.fields.values() if field.path == path and (field.list == name or field.list))
    if isinstance(value, Value) and has_parts(form, one):
        return value._replace(value=parse_number(value.text or ""))
    return value


@settings(max_examples=25)
@given(st.lists(st.sampled_from(list(FORMS.values())).flatmap(lambda form: entries(form).map(lambda one: printable_lists(one, form))), min_size=1, max_size=3), st.booleans())
def test_any_forms_come_back_from_a_workbook(drawn, stacked):
    expected = filing_of(*(as_stated(entry, FORMS[entry.form]) for entry in drawn))
    found = read(written(filing_of(*drawn), stacked))
    assert [] == differences(expected, found)
    assert [] == left(found)


def drawn_grid(entry: Entry, name: str = "表", down: int = 0, right: int = 0) -> Grid:
    """A filled form as a grid of plain texts, as a table in a page of text has it."""
    form = FORMS[entry.form]
    cells = []
    for one in place(form, entry):
        text = (text_of(one.value) or one.text) if one.field else one.text
        cells.append(GridCell(one.row + down, one.column + right, one.last_row + down, one.last_column + right, text))
    return grid_of_cells(name, cells)


@settings(max_examples=30)
@given(st.integers(0, 40), st.integers(0, 9), st.sampled_from([entry_of(DECLARATION), entry_of(EVALUATION)]))
def test_where_a_form_stands_on_a_grid_does_not_matter(down, right, entry):
    found = grid_reading.read_book(Book((drawn_grid(entry, down=down, right=right),)), FORMS, "")
    soundly_texts(entry, entry_of(found))


def soundly_texts(entry: Entry, found: Entry) -> None:
    percents = {one.path for one in FORMS[entry.form].fields.values() if one.type == "percent"}
    assert {path: value for path, value in entry.values.items() if path not in percents} == {path: value for path, value in found.values.items() if path not in percents}
    assert dict(entry.lists) == dict(found.lists)
    assert () == found.source.leftover


def test_forms_whose_captions_stand_alike_share_a_stencil():
    first = entry_of(DECLARATION)
    other = replace(first, values={**first.values, "project.name": "另一个项目", "goals.annual": None})
    forms = dict(FORMS)
    found = grid_reading.read_book(Book((drawn_grid(first, "上"), drawn_grid(other, "下", down=9))), forms, "")
    for expected, entry in zip((first, other), found.entries, strict=True):
        soundly_texts(expected, entry)
    assert 1 == len(grid_reading._known(forms).stencils)


@settings(max_examples=200)
@given(st.sampled_from(sorted({cell.caption for form in FORMS.values() for cell in form.layout.cells if cell.caption})), st.data())
def test_a_caption_is_known_however_it_begins(caption, data):
    at = data.draw(st.integers(0, 2))
    text = data.draw(st.sampled_from(["", " ", "\u3000", "\n", "\u200b", "甲", "⼀", "（", "(", "1", "１"])).join((caption[:at], caption[at:]))
    assert CAPTIONS._matches(text) == CAPTIONS.matches(text)


@settings(max_examples=40)
@given(st.lists(st.integers(1, 26), max_size=6), st.data())
def test_empty_rows_anywhere_change_nothing(rows, data):
    grid = drawn_grid(entry_of(DECLARATION))
    shifts = sorted(rows)
    cells = [
        cell._replace(row=cell.row + sum(row <= cell.row for row in shifts), last_row=cell.last_row + sum(row <= cell.last_row for row in shifts))
        for cell in grid.cells
    ]
    found = grid_reading.read_book(Book((grid_of_cells("表", cells),)), FORMS, "")
    soundly_texts(entry_of(DECLARATION), entry_of(found))


@settings(max_examples=40)
@given(st.data())
def test_no_text_of_a_grid_vanishes(data):
    """Every text that is put anywhere on a form's grid is in a value, or left over, or replaced a text that is."""
    grid = drawn_grid(entry_of(DECLARATION))
    row, column = data.draw(st.integers(1, 32)), data.draw(st.integers(1, 9))
    if grid.at(row, column):
        return
    cells = [*grid.cells, GridCell(row, column, row, column, "某某备注")]
    found = entry_of(grid_reading.read_book(Book((grid_of_cells("表", cells),)), FORMS, ""))
    texts = [*found.values.values(), *(value for items in found.lists.values() for item in items for value in item.values())]
    held = [text for text in texts if "某某备注" in str(getattr(text, "text", text))]
    assert 1 == len(held) + [one.text for one in found.source.leftover].count("某某备注")


# ---------------------------------------------------------------- small grids


def test_a_row_of_few_captions_is_no_form():
    with pytest.raises(ProblemError):
        grid_reading.read_book(Book((grid_of("表", [["项目名称", "主管部门"], ["甲", "乙"]]),)), FORMS, "x")


def test_a_grid_drawn_as_text_is_read():
    grid = grid_of(
        "表",
        [
            ["财政项目支出绩效目标申报表"],
            ["（2024年度）"],
            ["项目名称", "河道保洁", "", "项目性质", "经常性", "项目类别", ""],
            ["主管部门", "水务局", "", "实施单位", "管护中心"],
            ["计划开始日期", "2024/1/1", "", "计划完成日期", "2024年12月31日"],
            ["项目资金（元）", "项目资金总额", "", "年度资金申请总额", "", "1,200"],
            ["", "其中：财政资金", "", "其中：当年财政拨款", "", "1,200"],
            ["", "", "", "上年结转资金", "", "—"],
            ["", "其他资金", "", "其他资金", "", "0"],
            ["项目绩效目标", "项目总目标", "", "", "年度总体目标"],
            ["", "", "", "", "保洁全覆盖"],
            ["绩效指标", "一级指标", "二级指标", "三级指标", "", "年度(/项目)指标值"],
            ["", "产出指标", "数量指标", "河道条数", "", "=12(条)"],
            ["", "", "", "保洁频次", "", "1次/天"],
            ["", "", "质量指标", "达标率", "", "≥95%"],
        ],
    )
    entry = entry_of(grid_reading.read_book(Book((grid,)), FORMS, ""))
    assert ("河道保洁", "2024-12-31", 1200, None) == tuple(
        entry.values[path] for path in ("project.name", "project.end_date", "funding.annual.total", "funding.annual.carried_over")
    )
    assert [("产出指标", "数量指标", "河道条数"), ("产出指标", "数量指标", "保洁频次"), ("产出指标", "质量指标", "达标率")] == [
        (item["level1"], item["level2"], item["name"]) for item in entry.lists["indicators"]
    ]
    assert {"merge-broken"} == {one.code for one in entry.source.repairs}


def test_a_figure_belongs_to_the_caption_above_it_whatever_columns_other_blocks_have():
    lines = """
        财政项目支出绩效自评表
        （2023年度）
        项目名称 | | 河道保洁
        主管部门 | | 水务局 | | | 实施单位 | 管护中心
        项目资金（元） | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 | 备注
        | 年度资金总额 | 100 | 200 | 150 | 10 | 75% | 7.5 | 见附件
        | 其中：当年财政拨款 | 90 | 180 | 140 | —
        | 上年结转资金 | 10 | 20 | 10 | —
        | 其他资金 | 0 | | 0 | —
        年度总体目标 | 预算目标 | | | | 实际完成情况
        | 保洁全覆盖 | | | | 已全覆盖
        绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施
        | 产出指标 | 数量指标 | 河道条数 | =12条 | 12条 | 90 | 90
        总分 | | | | | | 100 | 97.5
    """
    grid = grid_of("表", [[cell.strip() for cell in line.split("|")] for line in lines.strip().splitlines()])
    entry = entry_of(grid_reading.read_book(Book((grid,)), FORMS, ""))
    expected = {"total": (100, 200, 150), "fiscal": (90, 180, 140), "carried_over": (10, 20, 10), "other": (0, None, 0)}
    columns = ("initial_budget", "annual_budget", "executed")
    assert expected == {row: tuple(entry.values[f"funding.{row}.{column}"] for column in columns) for row in expected}
    assert (10, Decimal("0.75"), Decimal("7.5")) == tuple(entry.values[f"funding.total.{one}"] for one in ("weight", "execution_rate", "score"))
    assert (100, Decimal("97.5")) == (entry.values["total.weight"], entry.values["total.score"])
    assert ["备注", "见附件"] == [one.text for one in entry.source.leftover]


def test_notes_below_a_list_are_no_items_however_many_lines_they_have():
    book = excel.opened(written(DECLARATION))
    sheet = book.worksheets[-1]
    last = sheet.max_row
    sheet.cell(last + 1, 1).value, sheet.cell(last + 1, 4).value = "备注：", "共14条"
    sheet.cell(last + 2, 4).value = "资金平衡"
    found = read(excel.saved(book))
    assert [] == differences(DECLARATION, found)
    assert ["备注：", "共14条", "资金平衡"] == [one.text for one in entry_of(found).source.leftover]


@pytest.mark.parametrize("down", [1, 2], ids=["right below", "behind an empty row"])
@pytest.mark.parametrize(
    "noted",
    [{2: "填表人：张三", 5: "联系电话：6543210"}, {2: "填表人：", 3: "张三", 4: "联系电话：", 6: "6543210"}, {1: "填表人：", 2: "负责人：李四", 6: "2025年"}],
    ids=["two cells", "a cell for each", "from the label's column on"],
)
def test_a_line_of_signatures_below_a_list_is_no_item(noted, down):
    """    绩效指标 | 产出指标 | 数量指标 | …
                填表人：张三 |        | 联系电话：…
    """
    book = excel.opened(written(DECLARATION))
    sheet = book.worksheets[-1]
    last = sheet.max_row
    for column, text in noted.items():
        sheet.cell(last + down, column).value = text
    found = read(excel.saved(book))
    assert [] == differences(DECLARATION, found)
    assert list(noted.values()) == [one.text for one in entry_of(found).source.leftover]


@pytest.mark.parametrize("levels", [("产出指标", "数量指标"), ("产出指标（50分）", "数量")], ids=["as spelled", "with points"])
def test_a_row_below_the_label_is_an_item_where_its_level_is_known(levels):
    book = excel.opened(written(DECLARATION))
    sheet = book.worksheets[-1]
    last = sheet.max_row
    for column, text in zip((2, 3, 4, 6), (*levels, "新增：巡查次数", "≥3次"), strict=True):
        sheet.cell(last + 2, column).value = text
    found = entry_of(read(excel.saved(book)))
    assert "新增：巡查次数" == found.lists["indicators"][-1]["name"]


def test_a_blank_level_below_a_sound_merge_stays_blank_and_doubted():
    book = excel.opened(written(DECLARATION))
    sheet = book.worksheets[-1]
    last = sheet.max_row
    excel.unmerge(sheet, f"A{last}:A{last}")
    sheet.cell(last + 1, 4).value, sheet.cell(last + 1, 6).value = "补充指标", "及时"
    found = read(excel.saved(book))
    item = entry_of(found).lists["indicators"][-1]
    assert ("补充指标", None) == (item["name"], item["level2"])
    assert f"indicators[{len(entry_of(DECLARATION).lists['indicators'])}].level2" in doubted(found)


def test_a_tall_item_spread_over_merged_rows_is_one_item():
    entry = entry_of(DECLARATION)
    cells = []
    for cell in drawn_grid(entry).cells:
        if cell.row > 13:
            cells.append(cell._replace(row=cell.row + 2, last_row=cell.last_row + 2))
        else:
            cells.append(cell._replace(last_row=cell.last_row + 2) if cell.last_row >= 13 else cell)
    found = grid_reading.read_book(Book((grid_of_cells("表", cells),)), FORMS, "")
    soundly_texts(entry, entry_of(found))


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("项目名称", True),
        ("项 目 名\n称：", True),
        ("項目名称", True),
        ("顶目名称", False),
        ("*项目名称", True),
        ("项目资金（万元）", True),
        ("( 2024 年度 )", True),
        ("（二〇二四年度）", True),
        ("（某年度）", False),
        ("项目名称与说明", False),
        ("", False),
        ("　项目名称", True),
    ],
)
def test_a_caption_is_known_however_it_is_spaced(text, known):
    assert known == bool(Captions(FORMS.values()).matches(text))


def test_sheets_of_one_shape_read_as_if_alone():
    other = replace(entry_of(DECLARATION), values={**entry_of(DECLARATION).values, "project.name": "另一项目", "year": 2031})
    both = grid_reading.read_book(Book((drawn_grid(entry_of(DECLARATION), "一"), drawn_grid(other, "二"))), FORMS, "")
    assert ["一", "二"] == [entry.source.place[1] for entry in both.entries if entry.source.place]
    soundly_texts(other, entry_of(both, 1))


def test_an_address_is_named_as_in_excel():
    assert ["A1", "Z2", "AA3", "XFD1048576"] == [address(*one) for one in ((1, 1), (2, 26), (3, 27), (1048576, 16384))]


def test_the_sections_of_filings_keep_their_titles():
    assert [section.title for section in DECLARATIONS.sections] == [section.title for section in read(written(DECLARATIONS, True)).sections]
    assert [None] == [section.title for section in read(written(EVALUATION)).sections]


def test_what_a_blank_form_prints_in_the_place_of_a_value_is_none():
    form = FORMS["declaration-2015"]
    found = read(blanks.blank(form))
    assert "20××年—20××+n年" == form.fields["中期期间"].blank
    assert "510000_0013zp" == entry_of(read(blanks.blank(FORMS["self-evaluation-sichuan"]))).values["report_number"]
    assert (None, "万元") == (entry_of(found).values["goals.project_period"], entry_of(found).values["money_unit"])


# ---------------------------------------------------------------- a year without the words around it

YEARS = ["2025", "2025年", "2025年度", "(2025)", "（2025年）"]


def with_heading(*rows: str) -> Entry:
    """The first form of the declarations on a grid of its own, these texts below its title in place of the year's row."""
    form, entry = FORMS["target-declaration"], entry_of(DECLARATION)
    cells = [GridCell(one.row, one.column, one.last_row, one.last_column, one.text or text_of(one.value)) for one in place(form, entry)]
    more = len(rows) - 1
    below = [cell._replace(row=cell.row + more, last_row=cell.last_row + more) for cell in cells if cell.row > 2 and cell.text]
    put = [GridCell(2 + at, 1, 2 + at, 7, text) for at, text in enumerate(rows) if text]
    return entry_of(grid_reading.read_book(Book((grid_of_cells("表", [cells[0], *put, *below]),)), FORMS, "a"))


@pytest.mark.parametrize("typed", YEARS)
def test_a_year_typed_over_its_caption_is_read_and_said(typed):
    entry = with_heading(typed)
    assert 2025 == entry.values["year"]
    assert [("year-alone", "表!A2")] == [(one.code, one.place) for one in entry.source.repairs]
    assert ((), ()) == (entry.source.doubts, entry.source.leftover)


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        pytest.param("（二〇二五年度）", ["year-in-numerals"], id="in its caption"),
        pytest.param("（ 二○二五 年度）", ["year-in-numerals"], id="with circles, spaced out"),
        pytest.param("二O二五年度", ["year-alone", "year-in-numerals"], id="alone, with the letter O"),
    ],
)
def test_a_year_in_chinese_numerals_is_read_and_said(typed, codes):
    entry = with_heading(typed)
    assert 2025 == entry.values["year"]
    assert codes == sorted(one.code for one in entry.source.repairs)
    assert ((), ()) == (entry.source.doubts, entry.source.leftover)


@pytest.mark.parametrize(
    "typed", [("二〇二五年七月",), ("20250",), ("2024年7月",), ("2025", "2026")], ids=["a month in numerals", "too long", "a month", "two years"]
)
def test_what_is_not_one_year_stays_a_leftover_and_the_year_is_doubted(typed):
    entry = with_heading(*typed)
    assert entry.values["year"] is None
    assert list(typed) == [one.text for one in entry.source.leftover]
    assert ["year"] == [one.path for one in entry.source.doubts]
