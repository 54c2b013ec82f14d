"""Drafts of blanks as bureaus publish them, each of a form that no mapping but its own knows: what is left to a person."""

import json
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.datavalidation import DataValidation

from tests.jobs.official import LINES, official
from tests.jobs.test_draft import drawn, pictured, read
from xltool.canonical import from_json
from xltool.form import Field, Form
from xltool.jobs import blanks
from xltool.jobs.draft import Drafted, drafted
from xltool.jobs.reading import read_bytes
from xltool.library import forms
from xltool.problems import ProblemError

ROOT = Path(__file__).resolve().parents[2]
KNOWN = forms((str(ROOT / "samples" / "mappings"),))
FILLED = [form_id for form_id in KNOWN if (ROOT / "samples" / "mappings" / form_id / "filing.json").exists()]
Cells = dict[tuple[int, int, int], Field]


def cells(form: Form, above: int = 0) -> Cells:
    """The fields that are always printed, by row (``above`` the form stand so many), column and place in the cell."""
    return {(cell.row - above, cell.column, at): form.fields[name] for cell in form.layout.cells for at, name in enumerate(cell.holes) if not form.fields[name].optional}


def others(form_id: str) -> dict[str, Form]:
    """The forms that come with xltool, without one."""
    return {name: form for name, form in forms().items() if name != form_id}


def lined(picture: str) -> bytes:
    """A workbook of a picture with lines around all of its cells."""
    rows = [line for line in picture.strip().splitlines() if line.strip()]
    book = openpyxl.load_workbook(BytesIO(drawn(picture)))
    for row in range(2, len(rows) + 1):
        for column in range(1, rows[0].count("|")):
            book.worksheets[0].cell(row, column).border = LINES
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def asked(made: Drafted, one: Field) -> bool:
    """True where the draft says that the field may be none."""
    return any(line.startswith((f"{one.name}:", f'"{one.name}":')) for line in made.draft.unsure if "是否填写" in line)


@pytest.mark.parametrize("lines", [True, False], ids=["with lines", "without"])
@pytest.mark.parametrize("form_id", KNOWN)
def test_every_field_of_a_form_never_seen_is_found_and_what_is_none_is_asked_about(form_id, lines):
    form, data = KNOWN[form_id], official(KNOWN[form_id], lines=lines)
    made = drafted(data, "blank.xlsx", others(form_id), "drafted")
    again = read(made)
    true, found = cells(form), cells(again, above=1)
    assert ((), []) == (made.faults, [one.name for at, one in true.items() if at not in found])
    assert [] == [one.name for at, one in found.items() if at not in true and not asked(made, one)]
    kinds = {at: (one.type, found[at].type) for at, one in true.items() if one.type != found[at].type and {one.type, found[at].type} != {"text", "choice"}}
    assert len(kinds) <= 1, kinds


@pytest.mark.parametrize("form_id", KNOWN)
def test_a_draft_reads_the_very_blank_it_was_drawn_from(form_id):
    data = official(KNOWN[form_id])
    form = read(drafted(data, "blank.xlsx", others(form_id), "drafted"))
    [entry] = read_bytes(data, "blank.xlsx", {form.id: form}).filing.entries
    # What the blank itself prints for a value (报表编号) stays.
    printed = {one.blank for one in KNOWN[form_id].fields.values()}
    values = {path: value for path, value in entry.values.items() if value is not None and value not in printed}
    assert ({}, (), ()) == (values, entry.source.doubts, entry.source.leftover)


@pytest.mark.parametrize("form_id", KNOWN)
def test_a_drafted_form_has_a_template_of_its_own(form_id):
    form = read(drafted(official(KNOWN[form_id]), "blank.xlsx", others(form_id), "drafted"))
    assert blanks.blank(form)


LEAST = {"declaration-department": 0.6, "declaration-fujian": 0.8, "self-evaluation-transfer": 0.8}
"""The share of the fields of a filled sample that is found, where it is not at least 0.95 of them."""


@pytest.mark.parametrize("form_id", FILLED)
def test_a_filled_sample_shows_its_fields_too(form_id):
    document = json.loads((ROOT / "samples" / "mappings" / form_id / "filing.json").read_text("utf-8"), parse_float=Decimal)
    [entry] = from_json(document, KNOWN).entries
    again = read(drafted(official(KNOWN[form_id], filled=entry), "sample.xlsx", others(form_id), "drafted"))
    true = cells(KNOWN[form_id])
    found = max((cells(again, above) for above in range(3)), key=lambda one: len(one.keys() & true.keys()))
    assert len(found.keys() & true.keys()) >= LEAST.get(form_id, 0.95) * len(true), [one.name for at, one in true.items() if at not in found]


# ---------------------------------------------------------------- other layouts


LAYOUTS = {
    "Chongqing: bands behind the levels, sign and unit in columns of their own": (
        """
        | 部门整体绩效自评表 | < | < | < | < | < | < | < | < |
        | 部门名称 |  | < | < | 自评总分 |  | < | < | < |
        | 预算执行（10分） | 年初预算数（万元） | 全年预算数 | 执行数 | 执行率 | 得分 | < | < | < |
        | ^ |  |  |  |  |  | < | < | < |
        | 指标名称 | 计量单位 | 指标性质 | 年初指标值 | 调整指标值 | 全年完成值 | 得分系数 | 权重 | 得分 |
        |  |  |  |  |  |  |  |  | |
        |  |  |  |  |  |  |  |  | |
        """,
        {
            "| 部门名称 | {部门名称} | < | < | 自评总分 | {自评总分} | < | < | < |",
            "| ^ | {年初预算数} | {全年预算数} | {执行数} | {执行率} | {得分·执行率} | < | < | < |",
            "| {指标名称} | {计量单位} | {指标性质} | {年初指标值} | {调整指标值} | {全年完成值} | {得分系数} | {权重} | {得分} |",
            "| … | … | … | … | … | … | … | … | … |",
        },
        {"年初预算数": "money", "执行率": "percent", "指标性质": "operator", "计量单位": "unit", "全年完成值": "target", "权重": "number"},
    ),
    "a district of Shanghai: words to be ticked, long texts, a day left open": (
        """
        | 财政项目绩效目标申报表 | < | < | < |
        | 项目名称 |  | 项目类别 | □经常性 □一次性 |
        | 实施方式 | □政府采购 □自行组织 □委托 | < | < |
        | 计划开始日期 | 年  月  日 | 计划完成日期 | 年  月  日 |
        | 项目总预算（元） |  | 项目当年预算 |  |
        | 立项依据 |  | < | < |
        | 分解目标 | 分解目标内容 | 绩效指标 | 指标目标值 |
        |  |  |  |  |
        |  |  |  |  |
        | 填表人： |  | 联系电话： |  |
        """,
        {
            "| 项目名称 | {项目名称} | 项目类别 | {项目类别} |",
            "| 实施方式 | {实施方式} | < | < |",
            "| 计划开始日期 | {计划开始日期} | 计划完成日期 | {计划完成日期} |",
            "| 项目总预算（{金额单位}） | {项目总预算} | 项目当年预算 | {项目当年预算} |",
            "| {分解目标} | {分解目标内容} | {绩效指标} | {指标目标值} |",
            "| 填表人： | {填表人} | 联系电话： | {联系电话} |",
        },
        {"计划开始日期": "date", "项目总预算": "money", "立项依据": "paragraphs", "实施方式": "text", "指标目标值": "target"},
    ),
    "a scorecard: weights and standards, no targets": (
        """
        | 部门整体支出绩效自评评分表 | < | < | < | < | < | < |
        | 一级指标 | 二级指标 | 三级指标 | 分值 | 指标解释 | 评分标准 | 得分 |
        |  |  |  |  |  |  |  |
        |  |  |  |  |  |  |  |
        | 合计 | < | < |  |  |  |  |
        """,
        {"| {一级指标} | {二级指标} | {三级指标} | {分值} | {指标解释} | {评分标准} | {得分} |", "| ^… | ^… | … | … | … | … | … |"},
        {"分值": "number", "指标解释": "text"},
    ),
    "Gansu: amounts by source, units behind numbers": (
        """
        | 项目支出绩效目标表 | < | < | < | < |
        | 一级项目名称 |  | < | 二级项目名称 |  |
        | 项目总投资 | 万元 | < | 中央 | 万元 |
        | 省级 | 万元 | < | 其他 | 万元 |
        | 年度绩效目标 |  | < | < | < |
        | 绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
        | ^ |  |  |  |  |
        | ^ |  |  |  |  |
        | ^ |  |  |  |  |
        注
        """.replace("        注\n", "        | 注：本表一式三份。 |  |  |  |  |\n"),
        {
            "| 项目总投资 | {项目总投资}万元 | < | 中央 | {中央}万元 |",
            "| 省级 | {省级}万元 | < | 其他 | {其他}万元 |",
            "| ^ | {一级指标} | {二级指标} | {三级指标} | {指标目标值} |",
            "| 注：本表一式三份。 | | | | |",
        },
        {"项目总投资": "money", "中央": "money", "年度绩效目标": "paragraphs"},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("picture", "rows", "kinds"), LAYOUTS.values(), ids=LAYOUTS)
def test_other_layouts_are_drawn_as_their_bureaus_meant_them(picture, rows, kinds):
    made = drafted(lined(picture), "blank.xlsx", forms(), "drafted")
    form = read(made)
    assert set() == rows - {*pictured(made)}, "\n".join(pictured(made))
    assert ((), kinds) == (made.faults, {name: form.fields[name].type for name in kinds})


def test_a_line_without_borders_below_the_form_waits_for_nothing_but_behind_a_colon():
    """The signatures stand outside the lines; what is empty beside a note is no field."""
    book = openpyxl.load_workbook(BytesIO(drawn("| 河道整治表 | < | < |\n| 项目名称 |  |  |\n| 实施单位 |  |  |\n| 制表人： |  |  |\n| 附图 |  |  |")))
    for row in (2, 3):
        for column in (1, 2, 3):
            book.worksheets[0].cell(row, column).border = LINES
    book.worksheets[0].cell(1, 1).border = LINES
    out = BytesIO()
    book.save(out)
    made = pictured(drafted(out.getvalue(), "blank.xlsx", forms()))
    assert ["| 制表人： | {制表人} | |", "| 附图 | | |"] == made[3:]


def test_words_to_be_ticked_are_what_an_empty_form_prints():
    made = drafted(lined(LAYOUTS["a district of Shanghai: words to be ticked, long texts, a day left open"][0]), "blank.xlsx", forms(), "drafted")
    form = read(made)
    assert "□政府采购□自行组织□委托" == form.fields["实施方式"].blank.replace(" ", "")


def test_the_sign_and_unit_of_a_list_belong_to_the_target_that_stands_nearest():
    made = drafted(lined("| 河道整治表 | < | < | < |\n| 三级指标 | 指标性质 | 指标值 | 计量单位 |\n|  |  |  |  |\n|  |  |  |  |"), "blank.xlsx", forms(), "drafted")
    form = read(made)
    assert ("target.operator", "target", "target.unit") == tuple(form.fields[name].path for name in ("指标性质", "指标值", "计量单位"))


def test_a_sign_without_a_target_in_its_list_is_a_text():
    made = drafted(lined("| 河道整治表 | < | < |\n| 指标名称 | 指标性质 | 备注 |\n|  |  |  |\n|  |  |  |"), "blank.xlsx", forms(), "drafted")
    assert "text" == read(made).fields["指标性质"].type


def test_a_row_that_is_new_in_a_table_has_the_paths_of_its_columns():
    picture = "| 项目支出绩效自评表 | < | < | < |\n| 项目资金（万元） |  | 年初预算数 | 全年执行数 |\n| ^ | 年度资金总额 |  |  |\n| ^ | 专项债券 |  |  |\n| 其他说明 |  | < | < |"
    form = read(drafted(lined(picture), "blank.xlsx", forms(), "drafted"))
    paths = {name: one.path for name, one in form.fields.items() if "·" in name}
    assert {"年度资金总额·年初预算数": "funding.total.initial_budget", "年度资金总额·全年执行数": "funding.total.executed", "专项债券·年初预算数": "funding.item_4.initial_budget", "专项债券·全年执行数": "funding.item_4.executed"} == paths


@pytest.mark.parametrize(("caption", "known"), [("评定分数", False), ("年度资金申请总额", True)], ids=["by its words a number", "a known amount"])
def test_a_drop_down_makes_words_of_what_its_caption_calls_a_number(caption, known):
    book = openpyxl.load_workbook(BytesIO(drawn(f"| 河道整治表 | < |\n| {caption} |  |\n| 实施方案 |  |")))
    rule = DataValidation(type="list", formula1='"高,低"')
    rule.add("B2")
    book.worksheets[0].add_data_validation(rule)
    out = BytesIO()
    book.save(out)
    one = read(drafted(out.getvalue(), "blank.xlsx", forms(), "drafted")).fields[caption]
    assert (("money", ()) if known else ("text", ("高", "低"))) == (one.type, one.choices)


def test_a_form_that_is_not_drafted_says_so():
    with pytest.raises(ProblemError):
        drafted(drawn("| 说明 |"), "blank.xlsx", forms())
