"""A blank that guides: what is locked, what drops down, what computes itself, and that it reads back without a word."""

import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from xltool.canonical import complete, entry_differences
from xltool.filing import Entry, Item, Scalar
from xltool.form import Form
from xltool.jobs import blanks
from xltool.jobs.reading import read_bytes
from xltool.library import forms
from xltool.surfaces.xlsx_writer import write_template
from xltool.values import Value, parse_target

ROOT = Path(__file__).resolve().parents[2]
FORMS = sorted(forms())
COMPUTED = ("execution_rate", "execution_score", "total_weight", "total_score")


def opened(data: bytes) -> tuple[Workbook, Worksheet]:
    book = load_workbook(BytesIO(data))
    return book, book.worksheets[0]


def named(sheet: Worksheet, path: str) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of the range that a path names."""
    left, top, right, bottom = range_boundaries(sheet.defined_names[path].attr_text.rpartition("!")[2].replace("$", ""))
    assert left and top and right and bottom
    return left, top, right, bottom


def rules(sheet: Worksheet, path: str) -> list[tuple[str, str | None, str]]:
    """(kind, formula, what a wrong word does) of the rules on the first cell of a field."""
    left, top, *_ = named(sheet, path)
    at = sheet.cell(top, left).coordinate
    return [(one.type, one.formula1, one.errorStyle or "stop") for one in sheet.data_validations.dataValidation if at in one.sqref]


def sample() -> Entry:
    data = (ROOT / "samples" / "self-evaluation" / "filing.json").read_bytes()
    return next(read_bytes(data, "filing.json", forms()).filing.entries)


@pytest.mark.parametrize("form_id", FORMS)
def test_captions_are_locked_and_fields_open(form_id):
    form = forms()[form_id]
    _, sheet = opened(write_template(form, 3))
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    texts = {cell.value for row in sheet.iter_rows() for cell in row if cell.protection.locked and isinstance(cell.value, str)}
    assert {cell.caption for cell in form.layout.cells if cell.caption and not cell.holes} == texts - {"—", "/"}
    for one in form.fields.values():
        left, top, *_ = named(sheet, f"{one.list}.{one.path}" if one.list else one.path)
        assert not sheet.cell(top, left).protection.locked, one.name


@pytest.mark.parametrize("form_id", FORMS)
def test_an_empty_blank_reads_back_without_a_word(form_id):
    form = forms()[form_id]
    found = read_bytes(blanks.blank(form), "blank.xlsx", forms()).filing
    (entry,) = found.entries
    # 20××年—20××+n年 stands there to be filled in; a report's number and a unit of money are what they say.
    printed = {one.path: one.blank for one in form.scalars if one.blank and one.blank != one.absent and "××" not in one.blank}
    assert printed == {path: value for path, value in entry.values.items() if value is not None}
    assert [()] * 6 == [part for source in (found.source, entry.source) for part in (source.repairs, source.doubts, source.leftover)]


@pytest.mark.parametrize("form_id", FORMS)
def test_templates_are_what_the_mappings_give(form_id):
    def parts(data: bytes) -> dict[str, bytes]:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            return {name: packed.read(name) for name in packed.namelist()}

    assert parts(blanks.blank(forms()[form_id])) == parts((ROOT / "templates" / f"{form_id}.xlsx").read_bytes()), "run scripts/make_templates.py"


@pytest.mark.parametrize("form_id", FORMS)
def test_rows_of_a_list_are_high_enough_for_the_words_that_drop_down(form_id):
    """服务对象满意度指标 takes two lines or three where its column is narrow; a character is as wide as it is high, a point 4/3 of a pixel."""
    form = forms()[form_id]
    _, sheet = opened(write_template(form, 3))
    for name in form.roles["level2"]:
        left, top, right, last = named(sheet, f"{form.fields[name].list}.{form.fields[name].path}")
        cell = sheet.cell(top, left)
        merged = next((one for one in sheet.merged_cells.ranges if cell.coordinate in one), None)
        columns = range(left, (merged.max_col if merged else right) + 1)
        inside = sum(form.look.widths[column - 1] * 7 + 5 for column in columns) - 6
        word = max((word for below in form.taxonomy.children.values() for word in below), key=len)
        lines = -(-len(word) // int(inside / (cell.font.size * 4 / 3)))
        assert all(sheet.row_dimensions[row].height >= lines * cell.font.size * 1.25 for row in range(top, last + 1)), (name, lines)


def test_level_two_drops_down_by_level_one():
    book, sheet = opened(write_template(forms()["target-declaration"], 3))
    assert [("list", "层级", "warning")] == rules(sheet, "indicators.level1")
    left, top, *_ = named(sheet, "indicators.level1")
    assert (2, 13) == (left, top)
    assert [("list", 'INDIRECT("层级."&LOOKUP(2,1/($B$13:$B13<>""),$B$13:$B13))', "warning")] == rules(sheet, "indicators.level2")
    hidden = book["选项"]
    assert "veryHidden" == hidden.sheet_state
    for level1, below in forms()["target-declaration"].taxonomy.children.items():
        area = book.defined_names[f"层级.{level1}"].attr_text.rpartition("!")[2].replace("$", "")
        assert list(below) == [cell.value for (cell,) in hidden[area]] if ":" in area else list(below) == [hidden[area].value]


def test_money_takes_a_number_or_a_mark_and_a_date_a_day():
    _, sheet = opened(write_template(forms()["target-declaration"], 3))
    cell = "$F$6"
    assert [("custom", f'OR(AND(ISNUMBER({cell}),{cell}>=0),{cell}="—",{cell}="-",{cell}="/",{cell}="无")', "stop")] == rules(sheet, "funding.annual.total")
    ((kind, first, wrong),) = rules(sheet, "project.start_date")
    assert ("date", "warning") == (kind, wrong)
    assert first == str((date(1990, 1, 1) - date(1899, 12, 30)).days)


def test_a_score_is_at_most_its_weight():
    _, sheet = opened(write_template(forms()["self-evaluation"], 3))
    ((_, rule, wrong),) = rules(sheet, "indicators.score")
    assert ("$H13>=0,$H13<=$G13" in str(rule), "stop") == (True, wrong)


@pytest.mark.parametrize("form_id", FORMS)
def test_every_hint_fits_into_what_excel_shows(form_id):
    _, sheet = opened(write_template(forms()[form_id], 3))
    assert sheet.data_validations.dataValidation
    for one in sheet.data_validations.dataValidation:
        assert len(one.promptTitle or "") <= 32
        assert len(one.prompt or "") <= 255
        assert len(one.error or "") <= 225
        assert len(one.formula1 or "") <= 255


def fill(sheet: Worksheet, form: Form, entry: Entry) -> None:
    """Types an entry into a blank as a clerk would; what computes itself is left alone, a group is typed once."""
    computed = {form.fields[name].path for role in COMPUTED for name in form.roles.get(role, ())} | {form.fields[one.total].path for one in form.sums}
    for one in form.scalars:
        if form.layout.cell_of(one.name).only_hole and one.path not in computed:
            left, top, *_ = named(sheet, one.path)
            type_in(sheet, top, left, entry.values.get(one.path))
    for name, items in entry.lists.items():
        for at, item in enumerate(items):
            for field in form.lists[name].fields:
                one = form.fields[field]
                if not form.layout.cell_of(field).only_hole or (field in form.lists[name].groups and at and items[at - 1].get(one.path) == item.get(one.path)):
                    continue
                left, top, *_ = named(sheet, f"{name}.{one.path}")
                type_in(sheet, top + at, left, item.get(one.path))


def type_in(sheet: Worksheet, row: int, column: int, value: Scalar) -> None:
    if value is None:
        return
    cell = sheet.cell(row, column)
    if isinstance(value, Decimal | int):
        cell.value = value
        return
    cell.value = value.text if isinstance(value, Value) else str(value)
    cell.data_type = "s"


def test_a_filled_blank_reads_back_as_it_was_filled(soffice, tmp_path):
    """Filled in, then opened and saved by LibreOffice, which computes the formulas."""
    form, entry = forms()["self-evaluation"], sample()
    assert Decimal(100) == entry.values["total.weight"]
    book, sheet = opened(blanks.blank(form, len(entry.lists["indicators"]) + 2))
    left, top, *_ = named(sheet, "indicators.level1")
    for at, item in enumerate(entry.lists["indicators"]):
        if at == 0 or item["level1"] != entry.lists["indicators"][at - 1]["level1"]:
            sheet.cell(top + at, left).value = str(item["level1"])
    fill(sheet, form, entry)
    sheet["A2"].value = f"（{entry.values['year']}年度）"
    book.save(tmp_path / "filled.xlsx")
    (tmp_path / "saved").mkdir()
    data = soffice.convert(tmp_path / "filled.xlsx", "xlsx", tmp_path / "saved").read_bytes()
    found = read_bytes(data, "filled.xlsx", forms()).filing
    (again,) = found.entries
    known = {path for path, value in entry.values.items() if value is not None}
    assert [] == [path for path in entry_differences(entry, again) if path in known or path.startswith("indicators")]
    assert ((), ()) == (again.source.doubts, found.source.leftover)
    assert () == again.source.leftover


def begun() -> tuple[Form, Entry]:
    form = forms()["self-evaluation"]
    items: tuple[Item, ...] = tuple({"level1": "产出指标", "level2": "数量指标", "name": f"指标{at}", "target": parse_target("≥2(次)"), "weight": Decimal(weight), "score": Decimal(score)} for at, (weight, score) in enumerate([(40, 30), (50, 50)]))
    values: dict[str, Scalar] = {
        "project.name": "某项目", "funding.total.annual_budget": Decimal(30000), "funding.total.executed": Decimal(20000), "funding.total.weight": Decimal(10),
        "funding.fiscal.annual_budget": Decimal(30000), "funding.other.executed": Decimal("0.5"), "funding.fiscal.executed": Decimal(20000),
    }  # fmt: skip
    return form, complete(form, values, {"indicators": items})


def test_formulas_stand_with_the_results_that_excel_computes(soffice, tmp_path):
    form, entry = begun()
    data = write_template(form, 4, [entry])
    (tmp_path / "a.xlsx").write_bytes(data)
    # Without stored results LibreOffice computes them all.
    book = load_workbook(tmp_path / "a.xlsx")
    book.save(tmp_path / "a.xlsx")
    (tmp_path / "saved").mkdir()
    again = load_workbook(soffice.convert(tmp_path / "a.xlsx", "xlsx", tmp_path / "saved"), data_only=True).worksheets[0]
    stored = load_workbook(BytesIO(data), data_only=True).worksheets[0]
    live = load_workbook(BytesIO(data)).worksheets[0]
    seen = {}
    for row in live.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.data_type == "f":
                here, there = stored[cell.coordinate].value, again[cell.coordinate].value
                seen[cell.coordinate] = here or None
                assert (here or None) == (there or None), (cell.coordinate, cell.value)
    rate, score, weight, total = (sheet_cell(live, path) for path in ("funding.total.execution_rate", "funding.total.score", "total.weight", "total.score"))
    # 20,000 of 30,000 is 66.67 %, of 10 points 6.67; 10 + 40 + 50 = 100; 6.67 + 30 + 50 = 86.67.
    assert (0.6667, 6.67, 100, 86.67) == (seen[rate], seen[score], seen[weight], seen[total])


def sheet_cell(sheet: Worksheet, path: str) -> str:
    left, top, *_ = named(sheet, path)
    return str(sheet.cell(top, left).coordinate)


def test_a_value_that_differs_from_its_formula_stays():
    form, entry = begun()
    own = replace(entry, values={**entry.values, "total.score": Decimal(87)})
    _, sheet = opened(write_template(form, 4, [own]))
    assert 87 == sheet[sheet_cell(sheet, "total.score")].value
    # Both executed amounts are there, so the printed total, 20,000, is not their sum and stays too.
    assert 20000 == sheet[sheet_cell(sheet, "funding.total.executed")].value


def test_what_is_missing_or_does_not_add_up_is_coloured():
    _, sheet = opened(write_template(forms()["self-evaluation"], 3))
    found = {str(area.sqref): [rule.formula[0] for rule in area.rules] for area in sheet.conditional_formatting}
    assert ["LEN(TRIM($C$3))=0"] == found["C3:I3"]
    assert ["AND(ISNUMBER($G$16),ABS($G$16-100)>0.005)"] == found["G16"]
    assert ["AND(ISNUMBER($H13),ISNUMBER($G13),$H13<$G13,LEN(TRIM($I13))=0)"] == found["I13:I15"]


def test_a_filing_begins_the_form_of_the_next_step():
    data = (ROOT / "samples" / "target-declaration" / "filing.json").read_bytes()
    filing = read_bytes(data, "filing.json", forms()).filing
    made = blanks.begun(forms()["self-evaluation"], filing, forms())
    again = read_bytes(made.data, "next.xlsx", forms()).filing
    for before, after in zip(filing.entries, again.entries, strict=True):
        assert ["self-evaluation", before.values["project.name"], before.values["year"]] == [after.form, after.values["project.name"], after.values["year"]]
        assert before.values["funding.annual.total"] == after.values["funding.total.initial_budget"]
        assert [(one["name"], one["target"]) for one in before.lists["indicators"]] == [(one["name"], one["target"]) for one in after.lists["indicators"]]
        assert {None} == {one[path] for one in after.lists["indicators"] for path in ("actual", "weight", "score", "reason")}
        assert () == after.source.doubts + after.source.leftover
    moved = [one for before in filing.entries for one in before.lists["indicators"] if one["level1"] == "成本指标"]
    assert len(moved) == len(made.notes) > 0
    assert {"prefill-level"} == {note.code for note in made.notes}


def heights(sheet: Worksheet, path: str) -> float:
    """The height of the rows that the cell of a field covers."""
    left, top, *_ = named(sheet, path)
    area = next((one for one in sheet.merged_cells.ranges if sheet.cell(top, left).coordinate in one), None)
    return sum(sheet.row_dimensions[row].height or 15 for row in range(top, (area.max_row if area else top) + 1))


@pytest.mark.parametrize("form_id", FORMS)
def test_long_texts_have_room_and_a_row_beside_them_no_more_than_it_needs(form_id):
    form = forms()[form_id]
    _, sheet = opened(write_template(form, 3))
    for one in form.scalars:
        cell = form.layout.cell_of(one.name)
        if one.type == "paragraphs" and cell.only_hole:
            assert heights(sheet, one.path) >= 90
        if one.type == "money":
            assert heights(sheet, one.path) < 45, one.name


@pytest.mark.parametrize("form_id", FORMS)
def test_every_level_one_drops_down_and_takes_its_points_where_the_form_prints_them(form_id):
    """产出指标（50分）: words that need not stand in the cell refuse nothing."""
    form = forms()[form_id]
    _, sheet = opened(write_template(form, 3))
    for name in form.roles["level1"]:
        one = form.fields[name]
        left, top, *_ = named(sheet, f"{one.list}.{one.path}")
        (rule,) = [rule for rule in sheet.data_validations.dataValidation if sheet.cell(top, left).coordinate in rule.sqref]
        assert ("list", "层级") == (rule.type, rule.formula1)
        assert bool(form.layout.cell_of(name).only_hole) == bool(rule.showErrorMessage)


@pytest.mark.parametrize("typed", ["产出指标", "产出指标（50分）", "产出指标(50分)"])
def test_level_two_knows_its_level_one_without_the_points(soffice, tmp_path, typed):
    """What the drop-down refers to is put into a cell, for LibreOffice to compute."""
    book, sheet = opened(write_template(forms()["self-evaluation"], 3))
    left, top, *_ = named(sheet, "indicators.level1")
    sheet.cell(top, left).value = typed
    ((_, source, _),) = rules(sheet, "indicators.level2")
    assert source
    name, *rest = source.removeprefix("INDIRECT(").rsplit(")", 1)
    sheet["L1"].value = f"={name}"
    assert [""] == rest
    book.save(tmp_path / "a.xlsx")
    (tmp_path / "saved").mkdir()
    saved = load_workbook(soffice.convert(tmp_path / "a.xlsx", "xlsx", tmp_path / "saved"), data_only=True)
    assert "层级.产出指标" == saved.worksheets[0]["L1"].value


@pytest.mark.parametrize("form_id", FORMS)
def test_the_cell_of_the_year_says_what_it_wants(form_id):
    _, sheet = opened(write_template(forms()[form_id], 3))
    left, top, *_ = named(sheet, "year")
    (rule,) = [rule for rule in sheet.data_validations.dataValidation if sheet.cell(top, left).coordinate in rule.sqref]
    assert "2025年度" in rule.prompt


@pytest.mark.parametrize("begun", [(), (sample(),)], ids=["empty", "prefilled"])
def test_a_group_left_blank_is_that_of_the_row_above_without_a_word(begun):
    """The hint of the cell promises it; also below a group that was merged when the blank was begun."""
    form = forms()["self-evaluation"]
    before = len(begun[0].lists["indicators"]) if begun else 0
    book, sheet = opened(write_template(form, before + 4, begun))
    typed = [("满意度指标", "服务对象满意度指标", "甲"), (None, None, "乙"), ("产出指标", "数量指标", "丙"), (None, "质量指标", "丁")]
    for at, values in enumerate(typed, before):
        for path, value in zip(("level1", "level2", "name"), values, strict=True):
            left, top, *_ = named(sheet, f"indicators.{path}")
            sheet.cell(top + at, left).value = value
    # A library keeps no results of formulas; they are not what is looked at here.
    for cell in [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]:
        cell.value = None
    out = BytesIO()
    book.save(out)
    (entry,) = read_bytes(out.getvalue(), "filled.xlsx", forms()).filing.entries
    wanted = [("满意度指标", "服务对象满意度指标", "甲"), ("满意度指标", "服务对象满意度指标", "乙"), ("产出指标", "数量指标", "丙"), ("产出指标", "质量指标", "丁")]
    assert wanted == [(item["level1"], item["level2"], item["name"]) for item in entry.lists["indicators"][before:]]
    assert ((), (), ()) == (entry.source.repairs, entry.source.doubts, entry.source.leftover)
