"""Changes of a filing carried into the workbook that it was read from: the cells that differ, and nothing else."""

import io
import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.comments import Comment

from tests.filings import entries
from tests.into.blanks import repacked
from tests.into.compared import changed, ill_formed, loose_ends
from tests.into.test_blanks import FORMS, blanks, filing_of
from tests.into.test_refusals import FILING
from xltool.canonical import complete, differences
from xltool.filing import Entry, Filing, Item, Scalar, Section
from xltool.jobs import convert, into
from xltool.jobs.in_place import apply_to_workbook
from xltool.jobs.into import Blank
from xltool.jobs.reading import read_bytes
from xltool.problems import ProblemError
from xltool.values import Value


def own(filing: Filing = FILING) -> bytes:
    """A unit's workbook, filled, with remarks and a comment of its own beside the indicators."""
    data = into.write(filing, FORMS, Blank(blanks["district"]().data, "x.xlsx")).data
    book = load_workbook(io.BytesIO(data))
    sheet = book["申报表"]
    for row in range(14, 23):
        sheet.cell(row, 8, f"意见{row - 13}")
    sheet["D18"].comment = Comment("已核", "某")
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def of(filing: Filing, items: Sequence[Item] | None = None, **changed_values: Scalar) -> Filing:
    """The filing with values, and with ``items``, changed."""
    entry = next(filing.entries)
    rows = entry.lists["indicators"] if items is None else items
    values = {path.replace("__", "."): value for path, value in changed_values.items()}
    return Filing((Section(None, (replace(entry, values={**entry.values, **values}, lists={"indicators": tuple(rows)}),)),))


def applied(data: bytes, after: Filing):
    before = read_bytes(data, "x.xlsx", FORMS).filing
    written = apply_to_workbook(data, "x.xlsx", before, after, FORMS)
    assert [] == differences(after, read_bytes(written.data, "x.xlsx", FORMS).filing)
    assert ([], []) == (ill_formed(written.data), loose_ends(written.data))
    return load_workbook(io.BytesIO(written.data))["申报表"], written


ITEMS = next(FILING.entries).lists["indicators"]
FRESH = {**ITEMS[0], "level1": "产出指标", "level2": "质量指标", "name": "新添的指标"}


def target(item: Item) -> str:
    """The text of an indicator's target."""
    value = item["target"]
    assert isinstance(value, Value) and value.text
    return value.text


def beside(sheet) -> list[tuple[object, object]]:
    """The name of each indicator and the remark in the bureau's own column beside it."""
    found = [(sheet.cell(row, 4).value, sheet.cell(row, 8).value) for row in range(14, 30)]
    return [(name, remark) for name, remark in found if name and not name.startswith("联系电话")]


def test_the_same_filing_changes_no_byte():
    data = own()
    before = read_bytes(data, "x.xlsx", FORMS).filing
    assert set() == changed(data, apply_to_workbook(data, "x.xlsx", before, before, FORMS).data)


def test_one_value_changes_one_cell():
    data = own()
    sheet, written = applied(data, of(FILING, project__unit="改名的单位"))
    before = load_workbook(io.BytesIO(data))["申报表"]
    differing = [cell.coordinate for line in before.iter_rows() for cell in line if cell.value != sheet[cell.coordinate].value]
    assert (["E5"], {"xl/worksheets/sheet2.xml"}) == (differing, changed(data, written.data) - {"xl/workbook.xml"})


def with_formula(square: str, formula: str, result: str) -> bytes:
    """The unit's workbook with a formula and its result in one cell."""
    book = load_workbook(io.BytesIO(own()))
    book["申报表"][square] = formula
    held = io.BytesIO()
    book.save(held)
    said = f"<f>{formula[1:]}</f>".encode()
    empty = re.compile(re.escape(said) + rb"(<v ?/>|<v></v>)")
    return repacked(held.getvalue(), lambda _, part: empty.sub(said + f"<v>{result}</v>".encode(), part), {})


def test_a_formula_in_a_field_that_stays_gives_way_where_excel_would_compute_another_value():
    values = next(FILING.entries).values
    total, fiscal = values["funding.annual.total"], values["funding.annual.fiscal"]
    assert isinstance(fiscal, Decimal)
    data = with_formula("F7", "=F8+F9+F10", str(total))
    sheet, written = applied(data, of(FILING, funding__annual__fiscal=fiscal + 1))
    assert (total, ["into-note-formula"]) == (sheet["F7"].value, [one.code for one in written.notes])
    sheet, written = applied(data, of(FILING, project__unit="另一个单位"))
    assert ("=F8+F9+F10", []) == (sheet["F7"].value, [one.code for one in written.notes])


@pytest.mark.parametrize("at", range(10))
def test_a_new_indicator_comes_where_it_belongs_and_remarks_stay_with_theirs(at):
    sheet, _ = applied(own(), of(FILING, items=[*ITEMS[:at], FRESH, *ITEMS[at:]]))
    assert {item["name"]: f"意见{number}" for number, item in enumerate(ITEMS, 1)} | {"新添的指标": None} == dict(beside(sheet))
    assert ["已核"] == [cell.comment.text for line in sheet.iter_rows(min_row=14) for cell in line if cell.comment and cell.column == 4]


@pytest.mark.parametrize("at", range(9))
def test_an_indicator_goes_with_its_row(at):
    sheet, written = applied(own(), of(FILING, items=[*ITEMS[:at], *ITEMS[at + 1 :]]))
    assert [(item["name"], f"意见{number}") for number, item in enumerate(ITEMS, 1) if number != at + 1] == beside(sheet)
    assert ["apply-note-row"] == [one.code for one in written.notes]


def test_groups_are_merged_anew_only_where_they_changed():
    items = [*ITEMS]
    items[3] = {**items[3], "level2": "数量指标"}
    data = own()
    sheet, _ = applied(data, of(FILING, items=items))
    before = {str(one) for one in load_workbook(io.BytesIO(data))["申报表"].merged_cells.ranges}
    after = {str(one) for one in sheet.merged_cells.ranges}
    assert ({"C15:C16"}, {"C15:C17"}) == (before - after, after - before)


def test_values_that_a_user_repeats_unmerged_stay_so():
    data = own()
    book = load_workbook(io.BytesIO(data))
    sheet = book["申报表"]
    sheet.unmerge_cells("B15:B18")
    for row in range(15, 19):
        sheet.cell(row, 2, "产出指标")
    held = io.BytesIO()
    book.save(held)
    after, _ = applied(held.getvalue(), of(FILING, items=[*ITEMS[:8], {**ITEMS[8], "name": "改名"}]))
    assert ["产出指标"] * 4 == [after.cell(row, 2).value for row in range(15, 19)]


@pytest.mark.parametrize("which", [1, 2], ids=["the first", "the second"])
def test_a_value_that_two_rows_share_is_written_for_both_when_one_changes(which):
    items = [*ITEMS]
    items[2] = {**items[2], "target": items[1]["target"]}
    book = load_workbook(io.BytesIO(own(of(FILING, items=items))))
    sheet = book["申报表"]
    for row in (15, 16):
        sheet.unmerge_cells(f"F{row}:G{row}")
    sheet.merge_cells("F15:G16")
    held = io.BytesIO()
    book.save(held)
    items[which] = {**items[which], "target": ITEMS[0]["target"]}
    after, _ = applied(held.getvalue(), of(FILING, items=items))
    assert (target(items[1]), target(items[2])) == (after["F15"].value, after["F16"].value)


def test_a_first_row_beside_which_the_caption_begins_takes_the_new_indicator():
    book = load_workbook(io.BytesIO(own()))
    sheet = book["申报表"]
    sheet.unmerge_cells("A13:A22")
    sheet["A13"], sheet["A14"] = None, "绩效指标"
    sheet.merge_cells("A14:A22")
    held = io.BytesIO()
    book.save(held)
    after, _ = applied(held.getvalue(), of(FILING, items=[FRESH, *ITEMS]))
    assert ("绩效指标", True) == (after["A14"].value, "A14:A23" in {str(one) for one in after.merged_cells.ranges})
    fewer, _ = applied(held.getvalue(), of(FILING, items=ITEMS[1:]))
    assert ("绩效指标", True) == (fewer["A14"].value, "A14:A21" in {str(one) for one in fewer.merged_cells.ranges})


def test_empty_rows_of_the_list_are_taken_first():
    roomy = own_with_room()
    before = read_bytes(roomy, "x.xlsx", FORMS).filing
    entry = next(before.entries)
    after = of(before, items=[*entry.lists["indicators"], FRESH])
    written = apply_to_workbook(roomy, "x.xlsx", before, after, FORMS)
    rows = [load_workbook(io.BytesIO(one))["申报表"].max_row for one in (roomy, written.data)]
    assert rows[0] == rows[1]


def own_with_room() -> bytes:
    """A workbook that people filled by hand: two indicators, four rows still empty."""
    book = load_workbook(io.BytesIO(blanks["district"]().data))
    sheet = book["申报表"]
    sheet["B4"], sheet["E4"], sheet["G4"], sheet["B5"] = "某项目", "一次性项目", "专项", "某局"
    for row, item in enumerate(ITEMS[:2], 14):
        for column, text in ((2, item["level1"]), (3, item["level2"]), (4, item["name"]), (6, target(item))):
            assert isinstance(text, str)
            sheet.cell(row, column).value = text
            sheet.cell(row, column).data_type = "s"
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def test_titles_above_forms_and_among_the_contents_follow():
    entry = next(FILING.entries)
    second = replace(entry, values={**entry.values, "project.name": "第二个"})
    before = Filing((Section("某局2025年度项目绩效目标汇总表", (entry, second)),))
    renamed = replace(second, values={**second.values, "project.name": "改名的项目"})
    after = Filing((Section("某委2025年度项目绩效目标汇总表", (entry, renamed)),))
    for stacked in (False, True):
        data = convert.render(before, FORMS, "xlsx", stacked)
        made = apply_to_workbook(data, "x.xlsx", before, after, FORMS).data
        texts = [str(cell.value) for sheet in load_workbook(io.BytesIO(made)) for line in sheet.iter_rows() for cell in line]
        assert [] == differences(after, read_bytes(made, "x.xlsx", FORMS).filing)
        assert ("某局2025年度项目绩效目标汇总表" not in texts, "第二个" not in texts) == (True, True)


def test_whole_forms_that_come_or_go_are_refused():
    data = own()
    before = read_bytes(data, "x.xlsx", FORMS).filing
    entry = next(before.entries)
    with pytest.raises(ProblemError) as raised:
        apply_to_workbook(data, "x.xlsx", before, Filing((Section(None, (entry, entry)),)), FORMS)
    assert ["apply-forms"] == [one.code for one in raised.value.problems]


@pytest.mark.parametrize("stacked", [False, True], ids=["a sheet a form", "stacked"])
def test_whole_forms_come_and_go_in_a_workbook_that_nobody_has_touched(stacked):
    entry = next(FILING.entries)
    second = replace(entry, values={**entry.values, "project.name": "第二个"})
    one, two = (Filing((Section("某局2025年度项目绩效目标汇总表", entries),)) for entries in ((entry,), (entry, second)))
    for before, after in ((one, two), (two, one)):
        data = convert.render(before, FORMS, "xlsx", stacked)
        made = apply_to_workbook(data, "x.xlsx", read_bytes(data, "x.xlsx", FORMS).filing, after, FORMS).data
        assert convert.render(after, FORMS, "xlsx", stacked) == made


def test_a_touched_workbook_loses_nothing_to_forms_that_come_or_go():
    """Somebody wrote a note beside the form: written anew it would be gone."""
    entry = next(FILING.entries)
    book = load_workbook(io.BytesIO(convert.render(Filing((Section(None, (entry,)),)), FORMS, "xlsx")))
    book.worksheets[-1]["K3"] = "科室自用"
    out = io.BytesIO()
    book.save(out)
    before = read_bytes(out.getvalue(), "x.xlsx", FORMS).filing
    with pytest.raises(ProblemError) as raised:
        apply_to_workbook(out.getvalue(), "x.xlsx", before, Filing((Section(None, (entry, entry)),)), FORMS)
    assert ["apply-forms"] == [one.code for one in raised.value.problems]


def test_a_workbook_that_was_not_read_as_this_is_refused():
    data = own()
    other = filing_of("self-evaluation")
    with pytest.raises(ProblemError) as raised:
        apply_to_workbook(data, "x.xlsx", other, other, FORMS)
    assert ["apply-other"] == [one.code for one in raised.value.problems]


@st.composite
def changes(draw) -> tuple[Entry, Entry]:
    """Two filled forms of a kind; the second has some of the first's values and rows, some of its own."""
    form = FORMS[draw(st.sampled_from(sorted(FORMS)))]
    one, other = draw(entries(form, printed=True)), draw(entries(form, printed=True))
    values = {path: draw(st.sampled_from([value, value, other.values[path]])) for path, value in one.values.items()}
    lists = {}
    for name in one.lists:
        rows = draw(st.permutations([*one.lists[name], *other.lists[name]]))
        lists[name] = rows[: draw(st.integers(0, len(rows)))] if draw(st.booleans()) else list(one.lists[name])
    marks = {path: mark for path, mark in one.marks.items() if values.get(path) is None}
    return one, complete(form, values, lists, marks)


@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(changes(), st.booleans())
def test_what_was_changed_is_what_is_read(pair, stacked):
    before, after = (Filing((Section(None, (one,)),)) for one in pair)
    data = convert.render(before, FORMS, "xlsx", stacked)
    made = apply_to_workbook(data, "x.xlsx", read_bytes(data, "x.xlsx", FORMS).filing, after, FORMS).data
    assert [] == differences(after, read_bytes(made, "x.xlsx", FORMS).filing)


# ---------------------------------------------------------------- both days in one cell


def with_range() -> bytes:
    """The official workbook with both days of the project in one cell."""
    book = load_workbook(io.BytesIO(convert.render(FILING, FORMS, "xlsx")))
    sheet = book.worksheets[-1]
    row = next(cell.row for cells in sheet.iter_rows() for cell in cells if cell.value == "计划开始日期")
    for one in [str(one) for one in sheet.merged_cells.ranges if one.min_row == row]:
        sheet.unmerge_cells(one)
    for column in range(1, 8):
        sheet.cell(row, column).value = None
    days = next(FILING.entries).values
    sheet.cell(row, 1, "计划起止日期")
    sheet.cell(row, 2, f"{days['project.start_date']}至{days['project.end_date']}").number_format = "General"
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def test_what_was_read_from_one_cell_with_another_needs_none_of_its_own_to_stay():
    data = with_range()
    before = read_bytes(data, "x.xlsx", FORMS).filing
    made = apply_to_workbook(data, "x.xlsx", before, of(before, goals__annual="新的目标"), FORMS).data
    assert ["sections[0].forms[0].goals.annual"] == differences(before, read_bytes(made, "x.xlsx", FORMS).filing)


@pytest.mark.parametrize(("path", "code"), [("project__end_date", "into-field"), ("project__start_date", "workbook-verify")])
def test_a_day_that_shares_its_cell_is_not_changed(path, code):
    data = with_range()
    before = read_bytes(data, "x.xlsx", FORMS).filing
    with pytest.raises(ProblemError) as raised:
        apply_to_workbook(data, "x.xlsx", before, of(before, None, **{path: "2025-06-01"}), FORMS)
    assert [code] == [one.code for one in raised.value.problems]
