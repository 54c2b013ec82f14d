"""A first mapping from an official blank: of our own forms the very picture, of a form never seen one that a person finishes."""

from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from xltool import mapping
from xltool.draft.sheet import Drawn, boxes
from xltool.form import Form
from xltool.grid import grid_of
from xltool.jobs import blanks, convert, kinds, reading
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
    filing = reading.read_bytes((ROOT / "samples" / form_id / "filing.json").read_bytes(), "filing.json", forms()).filing
    data = convert.render(filing, forms(), kinds.XLSX)
    sheet = str(reading.read_bytes(data, "a.xlsx", forms()).filing.sections[0].entries[0].source.place[1])  # type: ignore[index]  # a workbook's entry has a sheet
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
        pytest.param(None, "no", "draft-sheet", id="no such sheet"),
    ],
)
def test_what_cannot_be_drafted_is_said(data, sheet, code):
    out = BytesIO()
    Workbook().save(out)
    with pytest.raises(ProblemError) as caught:
        drafted(data or out.getvalue(), "blank.xlsx", forms(), sheet=sheet)
    assert [code] == [one.code for one in caught.value.problems]


# ---------------------------------------------------------------- as bureaus draw them


def drawn(picture: str) -> bytes:
    """A workbook of a picture: < and ^ merge, // breaks a line."""
    book = Workbook()
    sheet = book.active
    assert sheet
    rows = [[text.strip() for text in line.strip().split("|")[1:-1]] for line in picture.strip().splitlines()]
    for row, texts in enumerate(rows, 1):
        for column, text in enumerate(texts, 1):
            if text in ("<", "^"):
                continue
            last_row, last_column = row, column
            while last_column < len(texts) and texts[last_column] == "<":
                last_column += 1
            while last_row < len(rows) and rows[last_row][column - 1] == "^":
                last_row += 1
            sheet.cell(row, column).value = text.replace("//", "\n") or None
            if (last_row, last_column) != (row, column):
                sheet.merge_cells(start_row=row, start_column=column, end_row=last_row, end_column=last_column)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def pictured(made: Drafted) -> list[str]:
    return [" ".join(line.split()) for line in made.draft.text.splitlines() if line.strip().startswith("|")]


BUREAUS = {
    "a caption of two lines": (
        """
        | 河道整治申报表 | < | < | < |
        | 绩效指标 | 一级指标//（分值） | 三级指标 | 指标值 |
        | ^ | 产出指标 |  |  |
        | ^ | 效益指标 |  |  |
        """,
        ["| ^ | {一级指标} | {三级指标} | {指标值} |", "| ^ | ^… | … | … |"],
    ),
    "notes below the form": (
        """
        | 河道整治申报表 | < | < | < |
        | 项目名称 |  | 实施单位 |  |
        | 注：本表一式两份 |  |  |  |
        | 2.附实施方案。 |  |  |  |
        | 填表人： 审核人： |  |  |  |
        """,
        ["| 项目名称 | {项目名称} | 实施单位 | {实施单位} |", "| 注：本表一式两份 | | | |", "| 2.附实施方案。 | | | |", "| 填表人： 审核人： | | | |"],
    ),
    "heads in two rows": (
        """
        | 河道整治监控表 | < | < | < | < | < |
        | 绩效指标 | 一级指标 | 三级指标 | 年度指标值 | 可能性 | < |
        | ^ | ^ | ^ | ^ | 能 | 不能 |
        | ^ | 产出指标 |  |  |  |  |
        | ^ | 效益指标 |  |  |  |  |
        """,
        ["| ^ | ^ | ^ | ^ | 能 | 不能 |", "| ^ | {一级指标} | {三级指标} | {年度指标值} | {能} | {不能} |", "| ^ | ^… | … | … | … | … |"],
    ),
    "two lists, one of numbered rows with its sum below": (
        """
        | 河道整治申报表 | < | < | < |
        | 年度任务 | 任务名称 | 主要内容 | 金额 |
        | ^ | 任务1 |  |  |
        | ^ | 任务2 |  |  |
        | ^ | …… |  |  |
        | ^ | 金额合计 | < |  |
        | 年度目标 | 目标1：//目标2：//…… | < | < |
        | 绩效指标 | 一级指标 | 三级指标 | 指标值 |
        | ^ | 产出指标 | 指标1： |  |
        | ^ | ^ | …… |  |
        | ^ | 效益指标 | 指标1： |  |
        """,
        ["| ^ | {任务名称} | {主要内容} | {金额} |", "| ^ | … | … | … |", "| 年度目标 | {年度目标} | < | < |", "| ^ | {一级指标} | {三级指标} | {指标值} |"],
    ),
    "a filled sample with captions that nobody knows": (
        """
        | 村道硬化申报表 | < | < | < | < |
        | 负责人及电话 | < | 张某 | 主管部门 | 水务局 |
        | 项目资金（万元） | < | 年度资金总额： | 120.50 | < |
        | ^ | < | 其他资金 | 0 | < |
        | 绩效指标 | 一级指标 | 三级指标 | 指标值 | 备注 |
        | ^ | 产出指标 | 里程 | ≥3公里 |  |
        | ^ | ^ | 合格率 | =100% |  |
        """,
        [
            "| 负责人及电话 | < | {负责人及电话} | 主管部门 | {主管部门} |",
            "| 项目资金（{金额单位}） | < | 年度资金总额： | {年度资金总额} | < |",
            "| 绩效指标 | 一级指标 | 三级指标 | 指标值 | 备注 |",
            "| ^ | {一级指标} | {三级指标} | {指标值} | {备注} |",
        ],
    ),
    "a form that a platform has begun to fill in": (
        """
        | 2023年护林经费绩效目标表 | < | < | < | < |
        | （2024年度） | < | < | < | < |
        | 项目名称 | < | 2023年护林经费 | < | < |
        | 主管部门 | < | 临江县林业局 | 实施单位 |  |
        | 项目资金（万元） | < | 年度资金总额： | 0.00 |  |
        | ^ | < | 其他资金 | 0.00 |  |
        | 年度目标 | < |  | < | < |
        | 绩效指标 | 一级指标 | 三级指标 | 指标值 | 备注 |
        | ^ |  |  |  |  |
        | ^ |  |  |  |  |
        """,
        [
            "| （{年度}年度） | < | < | < | < |",
            "| 项目名称 | < | {项目名称} | < | < |",
            "| 主管部门 | < | {主管部门} | 实施单位 | {实施单位} |",
            "| ^ | {一级指标} | {三级指标} | {指标值} | {备注} |",
        ],
    ),
    "a value beside a unit of money, and empty cells below a title": (
        """
        | 河道整治申报表 | < | < | < |
        | 项目总预算（元） |  | 采购形式 |  |
        | 实施期 |  |  | □自办 |
        """,
        ["| 项目总预算（{金额单位}） | {项目总预算} | 采购形式 | {采购形式} |", "| 实施期 | {实施期} | {实施期·采购形式} | □自办 |"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("picture", "rows"), BUREAUS.values(), ids=BUREAUS)
def test_a_blank_is_drawn_as_its_bureau_meant_it(picture, rows):
    made = drafted(drawn(picture), "blank.xlsx", forms(), "drafted")
    assert [] == [row for row in rows if row not in pictured(made)], pictured(made)
    assert () == made.faults


def test_what_a_platform_has_filled_in_is_marked_and_no_caption():
    made = drafted(drawn(BUREAUS["a form that a platform has begun to fill in"][0]), "blank.xlsx", forms(), "drafted")
    assert not [cell.caption for cell in read(made).layout.cells if cell.caption in ("0.00", "临江县林业局") or (cell.row == 3 and "护林" in cell.caption)]
    assert {"项目名称", "主管部门"} <= {line.partition(":")[0].strip() for line in made.draft.unsure}


def test_of_merges_that_overlap_the_first_holds():
    found = boxes(Drawn(grid_of("表", [["年度目标", "护林。"], ["", ""], ["", ""]]), ((1, 1, 3, 1), (2, 2, 3, 2), (1, 2, 3, 2), (3, 2, 3, 2))))
    assert found and [(1, 1, 3, 1), (1, 2, 3, 2)] == [(one.row, one.column, one.last_row, one.last_column) for one in found.boxes]


def test_the_list_with_levels_is_called_indicators():
    made = drafted(drawn(BUREAUS["two lists, one of numbered rows with its sum below"][0]), "blank.xlsx", forms(), "drafted")
    assert {"list_1": ("任务名称", "主要内容", "金额"), "indicators": ("一级指标", "三级指标", "指标值")} == {name: one.fields for name, one in read(made).lists.items()}


def entitled(title: str, below: str = "") -> bytes:
    """The blank of the declarations under another title."""
    book = load_workbook(BytesIO(blanks.blank(forms()["target-declaration"], 3)))
    book.worksheets[0]["A1"], book.worksheets[0]["A2"] = title, below or None
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("title", "drawn", "called"),
    [
        pytest.param("2024年财政项目支出绩效目标申报表", "{年度}年财政项目支出绩效目标申报表", "财政项目支出绩效目标申报表", id="at its beginning"),
        pytest.param("2024年度财政项目支出绩效目标申报表", "{年度}年度财政项目支出绩效目标申报表", "财政项目支出绩效目标申报表", id="a whole year"),
        pytest.param("青棠市2024年度项目绩效目标表", "青棠市{年度}年度项目绩效目标表", "项目绩效目标表", id="behind a place"),
        pytest.param("青棠市二〇二四年项目绩效目标表", "青棠市{年度}年项目绩效目标表", "项目绩效目标表", id="in Chinese numerals"),
        pytest.param("青棠市20××年项目绩效目标表", "青棠市{年度}年项目绩效目标表", "项目绩效目标表", id="left open"),
        pytest.param("2024年5月项目绩效目标表", "2024年5月项目绩效目标表", "2024年5月项目绩效目标表", id="a month is no year"),
    ],
)
def test_a_year_inside_a_title_is_the_year_of_the_form(title, drawn, called):
    made = drafted(entitled(title, "填报日期：2024年5月8日"), "blank.xlsx", forms(), "drafted")
    form = read(made)
    assert ((), called) == (made.faults, form.title)
    assert [f"| {drawn}", "| 填报日期：2024年5月8日"] == [line.rstrip(" |<") for line in pictured(made)[:2]]


@pytest.mark.parametrize(
    ("below", "drawn"),
    [("（2021年）", "（{年度}年）"), ("（2021年度）", "（{年度}年度）"), ("（2021年5月）", "（2021年5月）")],
    ids=["a year in brackets", "a whole year", "a month"],
)
def test_a_year_below_the_title_is_the_year_of_the_form(below, drawn):
    assert f"| {drawn}" == pictured(drafted(entitled("项目绩效目标表", below), "blank.xlsx", forms(), "drafted"))[1].rstrip(" |<")


def test_heads_that_come_more_than_twice_are_columns_of_one_list():
    made = drafted(drawn("| 河道整治申报表 | < | < | < |\n| 进度 | 备注 | 备注 | 备注 |\n| ^ |  |  |  |\n| ^ |  |  |  |"), "blank.xlsx", forms(), "drafted")
    assert [3] == [len(spec.fields) for spec in read(made).lists.values()]


def test_two_columns_of_one_list_have_paths_of_their_own():
    """Both heads, 年度指标值 and 指标值, are known to mean a target; a list has one."""
    book = load_workbook(ROOT / "templates" / "self-evaluation.xlsx")
    (head,) = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value == "实际完成值"]
    head.value = "指标值"
    out = BytesIO()
    book.save(out)
    form = read(drafted(out.getvalue(), "blank.xlsx", forms(), "two-targets"))
    paths = [form.fields[name].path for name in form.lists["indicators"].fields]
    assert (len(paths), 1) == (len(set(paths)), paths.count("target"))


def test_next_years_form_is_read_by_this_years_draft(tmp_path):
    (tmp_path / "drafted.yaml").write_text(drafted(entitled("2024年城乡项目绩效目标表"), "blank.xlsx", forms(), "drafted").draft.text, "utf-8")
    found = reading.read_bytes(entitled("2025年城乡项目绩效目标表"), "next.xlsx", reading.forms_of([tmp_path])).filing
    assert [("drafted", 2025)] == [(one.form, one.values["year"]) for one in found.entries]


@pytest.mark.parametrize(("caption", "kind"), [("资金用途", "text"), ("资金使用单位", "text"), ("指标值及单位", "target"), ("下达资金", "money")])
def test_the_end_of_a_caption_tells_the_type(caption, kind):
    made = read(drafted(drawn(f"| 河道整治申报表 | < |\n| {caption} |  |\n| 项目名称 |  |"), "blank.xlsx", forms()))
    assert kind == made.fields[caption].type


def test_a_title_that_is_not_merged_is_taken_and_marked():
    made = drafted(drawn("| 河道整治申报表 |  |\n| 项目名称 |  |\n| 实施方式 | □自办 |"), "blank.xlsx", forms())
    assert "河道整治申报表" == read(made).title
    assert any("没有找到标题" in line for line in made.draft.unsure)


WORDS = sorted({cell.caption for form in forms().values() for cell in form.layout.cells if cell.caption})
ODD = ["|", "{x}", "<", "^", "…", "……", "—", "/", "[a]", "\\", "a|b", "（）", "：", "注：", "# x", '"q"', "null", "0", "=1+1", "≥90%", "2024-01-01", "\u200b", " ", "目标1：\n目标2：", "a:\nb", "金额单位", "（2024年度）", "·", "*a", "@", "（2019—2021年）", "合计（万元）"]  # fmt: skip


@st.composite
def sheets(draw: st.DrawFn) -> bytes:
    """Any small sheet: captions of known forms and odd texts, merged anyhow."""
    book = Workbook()
    sheet = book.active
    assert sheet
    rows, columns = draw(st.integers(1, 10)), draw(st.integers(1, 6))
    taken: set[tuple[int, int]] = set()
    for _ in range(draw(st.integers(0, 5))):
        row, column, height, width = draw(st.tuples(st.integers(1, rows), st.integers(1, columns), st.integers(1, 3), st.integers(1, columns)))
        squares = {(one, other) for one in range(row, row + height) for other in range(column, min(column + width, columns + 1))}
        if len(squares) > 1 and not squares & taken:
            taken |= squares
            sheet.merge_cells(start_row=row, start_column=column, end_row=max(squares)[0], end_column=max(squares)[1])
    hidden = {square for area in sheet.merged_cells.ranges for square in [(row, column) for row in range(area.min_row, area.max_row + 1) for column in range(area.min_col, area.max_col + 1)][1:]}
    for square in [(row, column) for row in range(1, rows + 1) for column in range(1, columns + 1)]:
        text = draw(st.sampled_from(["", "", *ODD, *WORDS]))
        if square not in hidden and text:
            cell = sheet.cell(*square)
            cell.value, cell.data_type = text, "s"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(sheets())
def test_whatever_is_drawn_the_draft_is_a_mapping(data):
    """It may disagree with a blank that is no form; it can always be read."""
    try:
        made = drafted(data, "blank.xlsx", forms())
    except ProblemError as error:
        assert ["draft-empty"] == [one.code for one in error.problems]
        return
    assert read(made).fields
