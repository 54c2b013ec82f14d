"""A first mapping from an official blank: of our own forms the very picture, of a form never seen one that a person finishes."""

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from xltool import mapping
from xltool.form import Form
from xltool.jobs import convert, kinds
from xltool.jobs.agree import differences
from xltool.jobs.draft import Drafted, drafted
from xltool.layout import Hole, iterate_holes
from xltool.library import forms
from xltool.problems import ProblemError

ROOT = Path(__file__).resolve().parents[2]
FORMS = sorted(forms())


def shape(form: Form) -> list[tuple[object, ...]]:
    """Every cell with its rectangle, its caption and how many fields it prints always."""
    return [(cell.row, cell.column, cell.last_row, cell.last_column, cell.caption, sum(isinstance(part, Hole) for part in cell.parts)) for cell in form.layout.cells]


def blocks(form: Form) -> list[tuple[int, tuple[str, ...], int, list[list[str]]]]:
    """Of each repeated row: its row, the captions beside it, how many columns merge, the paths of each list."""
    return [(one.row, tuple(cell.caption for cell in one.spans), sum(not form.fields[name].optional for name in one.groups), [[form.fields[name].path for name in form.lists[item].fields if not form.fields[name].optional] for item in one.lists]) for one in form.blocks]


def read(made: Drafted) -> Form:
    return mapping.read(made.draft.text, "drafted.yaml")


@pytest.mark.parametrize("form_id", FORMS)
def test_a_template_of_ours_gives_its_mapping_again(form_id):
    form = forms()[form_id]
    made = drafted((ROOT / "templates" / f"{form_id}.xlsx").read_bytes(), "blank.xlsx", forms(), "drafted")
    again = read(made)
    assert () == made.faults
    assert (form.title, shape(form), blocks(form)) == (again.title, shape(again), blocks(again))
    told = {cell.holes: [(again.fields[name].path, again.fields[name].type) for name in cell.holes] for cell in again.layout.cells if cell.holes}
    for mine, cell in zip(form.layout.cells, again.layout.cells, strict=True):
        if mine.only_hole:
            assert [(form.fields[name].path, form.fields[name].type) for name in mine.holes] == told[cell.holes], mine
    assert {role: [form.fields[name].path for name in names] for role, names in form.roles.items() if role != "level1_weight"} == {
        role: [again.fields[name].path for name in names] for role, names in again.roles.items()
    }


@pytest.mark.parametrize("form_id", FORMS)
def test_without_locks_captions_tell_what_waits_for_a_value(form_id):
    """An official blank is not protected: nearly every field is found, and one too many is marked."""
    book = load_workbook(ROOT / "templates" / f"{form_id}.xlsx")
    for sheet in book.worksheets:
        sheet.protection.sheet = False
    out = BytesIO()
    book.save(out)
    made = drafted(out.getvalue(), "blank.xlsx", forms(), "drafted")
    form, again = forms()[form_id], read(made)
    assert () == made.faults
    for mine, cell in zip(form.layout.cells, again.layout.cells, strict=True):
        assert (mine.row, mine.column, mine.caption) == (cell.row, cell.column, cell.caption)
        if len(list(iterate_holes(mine.parts))) < len(list(iterate_holes(cell.parts))):
            assert all(any(f"  {name}: " in f"  {line}" and "是否填写？" in line for line in made.draft.unsure) for name in cell.holes), cell
        else:
            assert bool(mine.holes) == bool(cell.holes), mine


@pytest.mark.parametrize("form_id", ["target-declaration", "self-evaluation"])
def test_a_filled_sample_gives_the_same_picture(form_id):
    filing = convert.read_bytes((ROOT / "samples" / form_id / "filing.json").read_bytes(), "filing.json", forms()).filing
    data = convert.render(filing, forms(), kinds.XLSX)
    sheet = str(convert.read_bytes(data, "a.xlsx", forms()).filing.sections[0].entries[0].source.place[1])  # type: ignore[index]  # a workbook's entry has a sheet
    again = read(drafted(data, "sample.xlsx", forms(), "drafted", sheet))
    form = forms()[form_id]
    assert [(cell.row, cell.column, cell.last_row, cell.last_column) for cell in form.layout.cells] == [(cell.row, cell.column, cell.last_row, cell.last_column) for cell in again.layout.cells]
    assert {cell.caption for cell in form.layout.cells if not cell.holes} == {cell.caption for cell in again.layout.cells if not cell.holes}
    assert blocks(form) == blocks(again)


def unseen() -> bytes:
    """A form that no mapping knows, drawn as bureaus draw them: two columns of captions, a money table, a list, a note."""
    book = Workbook()
    sheet = book.active
    assert sheet
    rows = [
        ["河道保洁任务申报表", "", "", "", "", ""],
        ["（2026年度）", "", "", "", "", ""],
        ["任务名称", "", "", "负责人", "", ""],
        ["保洁河段", "", "", "完工日期", "", ""],
        ["经费（万元）", "", "申请数", "核定数", "核减率", ""],
        ["", "市级经费", "", "", "", ""],
        ["", "区级经费", "", "", "", ""],
        ["保洁要求", "", "", "", "", ""],
        ["考核指标", "一级指标", "二级指标", "指标名称", "指标值", "备注"],
        ["", "", "", "", "", ""],
        ["", "", "", "", "", ""],
        ["", "", "", "", "", ""],
        ["填表人：", "", "", "联系电话：", "", ""],
    ]
    for row in rows:
        sheet.append([text or None for text in row])
    for area in ("A1:F1", "A2:F2", "B3:C3", "E3:F3", "B4:C4", "E4:F4", "A5:A7", "B8:F8", "E5:F5", "E6:F6", "E7:F7", "A9:A12", "A13:C13", "D13:F13"):
        sheet.merge_cells(area)
    for at in ("C6", "D6", "C7", "D7"):
        sheet[at].number_format = "#,##0.00"
    for at in ("E6", "E7"):
        sheet[at].number_format = "0.00%"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


PICTURE = """\
| 河道保洁任务申报表   | <                 | <                 | <                    | <                 | <        |
| （{年度}年度）       | <                 | <                 | <                    | <                 | <        |
| 任务名称             | {任务名称}        | <                 | 负责人               | {负责人}          | <        |
| 保洁河段             | {保洁河段}        | <                 | 完工日期             | {完工日期}        | <        |
| 经费（{金额单位}）   |                   | 申请数            | 核定数               | 核减率            | <        |
| ^                    | 市级经费          | {市级经费·申请数} | {市级经费·核定数}    | {市级经费·核减率} | <        |
| ^                    | 区级经费          | {区级经费·申请数} | {区级经费·核定数}    | {区级经费·核减率} | <        |
| 保洁要求             | {保洁要求}        | <                 | <                    | <                 | <        |
| 考核指标             | 一级指标          | 二级指标          | 指标名称             | 指标值            | 备注     |
| ^                    | {一级指标}        | {二级指标}        | {指标名称}           | {指标值}          | {备注}   |
| ^                    | ^…                | ^…                | …                    | …                 | …        |
| 填表人：{填表人}     | <                 | <                 | 联系电话：{联系电话} | <                 | <        |
"""


def test_a_form_never_seen_is_drawn_and_what_is_not_certain_is_marked():
    made = drafted(unseen(), "blank.xlsx", forms(), "river-cleaning")
    form = read(made)
    assert [" ".join(line.split()) for line in PICTURE.splitlines()] == [" ".join(line.split()) for line in made.draft.text.splitlines() if line.strip().startswith("|")]
    assert ("money", "percent", "date", "target", "money_unit", "万元") == (
        form.fields["市级经费·申请数"].type, form.fields["市级经费·核减率"].type, form.fields["完工日期"].type,
        form.fields["指标值"].type, form.fields["金额单位"].path, form.fields["金额单位"].blank,
    )  # fmt: skip
    assert () == made.faults
    assert [] == differences(form, unseen(), "blank.xlsx")
    unknown = [line for line in made.draft.unsure if "field_" in line]
    assert {"任务名称", "负责人", "保洁河段"} <= {line.partition(":")[0] for line in unknown}


def test_a_drop_down_gives_the_choices_of_its_field():
    book = load_workbook(BytesIO(unseen()))
    from openpyxl.worksheet.datavalidation import DataValidation

    rule = DataValidation(type="list", formula1='"东河,西河"')
    rule.add("B4")
    book.worksheets[0].add_data_validation(rule)
    out = BytesIO()
    book.save(out)
    assert ("东河", "西河") == read(drafted(out.getvalue(), "blank.xlsx", forms())).fields["保洁河段"].choices


@pytest.mark.parametrize(
    ("data", "sheet", "code"),
    [
        pytest.param(b"text", "", "draft-kind", id="a text"),
        pytest.param(None, "", "draft-empty", id="an empty sheet"),
        pytest.param(None, "no", "draft-empty", id="no such sheet"),
    ],
)
def test_what_cannot_be_drafted_is_said(data, sheet, code):
    out = BytesIO()
    Workbook().save(out)
    with pytest.raises(ProblemError) as caught:
        drafted(data or out.getvalue(), "blank.xlsx", forms(), sheet=sheet)
    assert [code] == [one.code for one in caught.value.problems]
