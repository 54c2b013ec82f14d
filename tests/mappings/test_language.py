"""The mapping language, mark by mark and key by key: each form is the smallest that uses it, and each comes back from every surface."""

import json
from collections import defaultdict
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import jsonschema_rs
import openpyxl
import pytest

from tests.damage.score import score
from xltool import mapping
from xltool.arrange import Placed, place, text_of
from xltool.canonical import complete, differences, from_json, to_json
from xltool.check import check
from xltool.filing import Entry, Filing, Section
from xltool.form import Form
from xltool.jobs import blanks, prove, sampled
from xltool.jobs.convert import render
from xltool.jobs.reading import read_bytes
from xltool.picture import display_width, pad
from xltool.schema import of_form

HEAD = "| 河道保洁表 | < | < | < |\n| 管理单位 | {管理单位} | 联系方式 | {联系方式} |\n"
OWN = "管理单位: {json: manager}\n联系方式: {json: contact}\n"
LIST = "指标名称: {json: name}\n指标值: {json: target, type: target}\n"

CASES: dict[str, tuple[str, str, str]] = {
    "a date, a rate, an amount, a number": (
        "| 开工日期 | {开工日期} | 完成率 | {完成率} |\n| 总金额 | {总金额} | 长度 | {长度} |",
        "开工日期: {json: start, type: date}\n完成率: {json: rate, type: percent}\n总金额: {json: amount, type: money, unit: 元}\n长度: {json: length, type: number}", "",
    ),
    "a target, a choice, paragraphs outside lists": (
        "| 目标值 | {目标值} | 类别 | {类别} |\n| 保洁要求 | {保洁要求} | < | < |",
        "目标值: {json: target, type: target}\n类别: {json: kind, type: choice, choices: [新建, 续建]}\n保洁要求: {json: demand, type: paragraphs}", "",
    ),
    "a year of its own cell": ("| 年度 | {年度} | 编号 | {编号} |", "年度: {json: year, type: year}\n编号: {json: code}", ""),
    "what is absent, and what an empty form prints": ("| 类型 | {类型} | 编号 | {编号} |", "类型: {json: kind, choices: [新建, 续建], absent: 新建, blank: 新建}\n编号: {json: code, blank: 20××—001}", ""),
    "a value behind its caption in one cell, three of them": (
        "| 填表人：{填表人} 电话：{电话} 日期：{日期} | < | < | < |", "填表人: {json: who}\n电话: {json: phone}\n日期: {json: day, type: date}", "",
    ),
    "two fields with a word between": ("| 起止时间 | {开始}至{结束} | < | < |", "开始: {json: start, type: date}\n结束: {json: end, type: date}", "exceptions: {开始: 至, 结束: 至}"),
    "a field before its words": ("| 保洁河段 | {河段} | < | < |\n| {期数}期项目 | < | < | < |", "河段: {json: river}\n期数: {json: phase, type: number}", "exceptions: {期数: 期项目}"),
    "an optional part": ("| 总体目标[（{期间}）] | < | < | < |\n| {总体目标} | < | < | < |\n| 编号 | {编号} | < | < |", "期间: {json: period}\n总体目标: {json: goal, type: paragraphs}\n编号: {json: code}", "exceptions: {期间: 总体目标}"),
    "an alias with a field in it": ("| 总体目标 | < | < | < |\n| {总体目标} | < | < | < |\n| 编号 | {编号} | < | < |", "总体目标: {json: goal, type: paragraphs}\n期间: {json: period}\n编号: {json: code}", 'captions: {总体目标: ["总体目标（{期间}）"]}'),
    "long texts in the form's last row": ("| 总体要求 | < | 具体要求 | < |\n| {总体要求} | < | {具体要求} | < |", "总体要求: {json: demand, type: paragraphs}\n具体要求: {json: detail, type: paragraphs}", ""),
    "nothing below a list but a caption with its value": (
        "| 指标名称 | < | 指标值 | < |\n| {指标名称} | < | {指标值} | < |\n| … | < | … | < |\n| 填表人：{填表人} | < | < | < |", LIST + "填表人: {json: who}", "lists: {indicators: [指标名称, 指标值]}",
    ),
    "escaped marks in captions": ("| 甲\\|乙\\{丙\\}\\[丁\\] | {甲乙} | \\<说明 | {说明} |", "甲乙: {json: ab}\n说明: {json: note}", ""),
    "constants and empty cells": ("| 经费 | {经费} | — | / |\n| 备注 |  | < | < |", "经费: {json: amount, type: money}", ""),
    "the caption of two rows comes twice": (
        "| 左岸 | 名称 | {左岸·名称} | < |\n| ^ | 长度 | {左岸·长度} | < |\n| 右岸 | 名称 | {右岸·名称} | < |\n| ^ | 长度 | {右岸·长度} | < |",
        "左岸·名称: {json: left.name}\n左岸·长度: {json: left.length, type: number}\n右岸·名称: {json: right.name}\n右岸·长度: {json: right.length, type: number}", "",
    ),
    "a table with a unit in its caption": (
        "| 经费（{金额单位}） | 预算数 | 执行数 | 执行率 |\n| 市级经费 | {市级·预算} | {市级·执行} | {市级·率} |\n| 区级经费 | {区级·预算} | {区级·执行} | — |",
        "金额单位: {json: money_unit, choices: [元, 万元], absent: 元, blank: 万元}",
        'tables: {经费: {json: "funding.{row}.{column}", rows: {市级: city, 区级: district}, columns: {预算: budget, 执行: executed, 率: {json: rate, type: percent}}}}\nexceptions: {金额单位: 经费（）}',
    ),
    "units behind numbers": ("| 总金额 | {总金额}万元 | 得分 | {得分}分 |\n| 长度 | {长度}公里 | < | < |", "总金额: {json: amount, type: money}\n得分: {json: score, type: number}\n长度: {json: length, type: number}", "units: [公里]"),
    "a list of single rows": ("| 指标名称 | < | 指标值 | < |\n| {指标名称} | < | {指标值} | < |\n| … | < | … | < |", LIST, "lists: {indicators: [指标名称, 指标值]}"),
    "a caption beside a list, a group in it, a total below": (
        "| 保洁指标 | 一级指标 | 指标名称 | 分值 |\n| ^ | {一级指标} | {指标名称} | {分值} |\n| ^ | ^… | … | … |\n| 合计 | < | < | {合计} |",
        "一级指标: {json: level1}\n指标名称: {json: name}\n分值: {json: score, type: number}\n合计: {json: total, type: number}", "lists: {indicators: [一级指标, 指标名称, 分值]}\nsums: {合计: [分值]}",
    ),
    "two groups": (
        "| 一级指标 | 二级指标 | 指标名称 | 指标值 |\n| {一级指标} | {二级指标} | {指标名称} | {指标值} |\n| ^… | ^… | … | … |",
        "一级指标: {json: level1}\n二级指标: {json: level2}\n" + LIST, "lists: {indicators: [一级指标, 二级指标, 指标名称, 指标值]}",
    ),
    "an optional weight behind a group": (
        "| 一级指标 | < | 指标名称 | 指标值 |\n| {一级指标}[（{一级分值}分）] | < | {指标名称} | {指标值} |\n| ^… | < | … | … |",
        "一级指标: {json: level1}\n一级分值: {json: level1_weight, type: number}\n" + LIST, "lists: {indicators: [一级指标, 指标名称, 指标值]}\nexceptions: {一级分值: 一级指标}",
    ),
    "words, a mark and an empty cell in every row of a list": (
        "| 指标名称 | 单位 | 审核 | 指标值 |\n| {指标名称} | 公里 | — | {指标值} |\n| … | … | … | … |", LIST, "lists: {indicators: [指标名称, 指标值]}",
    ),
    "words around a number in a list": (
        "| 指标名称 | < | 长度 | 指标值 |\n| {指标名称} | < | 约{长度}公里 | {指标值} |\n| … | < | … | … |", "长度: {json: length, type: number}\n" + LIST,
        "lists: {indicators: [指标名称, 长度, 指标值]}\nexceptions: {长度: 约公里}",
    ),
    "a unit behind a number in a list": (
        "| 指标名称 | < | 长度 | 指标值 |\n| {指标名称} | < | {长度}公里 | {指标值} |\n| … | < | … | … |", "长度: {json: length, type: number}\n" + LIST, "lists: {indicators: [指标名称, 长度, 指标值]}\nunits: [公里]",
    ),
    "a field that goes down beside a list": (
        "| 指标名称 | 指标值 | 说明 | < |\n| {指标名称} | {指标值} | {说明} | < |\n| … | … | ^ | < |", LIST + "说明: {json: note, type: paragraphs}", "lists: {indicators: [指标名称, 指标值]}",
    ),
    "a caption that goes on below a list": (
        "| 保洁 | 指标名称 | 指标值 | < |\n| ^ | {指标名称} | {指标值} | < |\n| ^ | … | … | < |\n| ^ | 说明 | {说明} | < |", LIST + "说明: {json: note}", "lists: {indicators: [指标名称, 指标值]}",
    ),
    "a head of two rows": (
        "| 指标名称 | 指标值 | < | 备注 |\n| ^ | 左岸值 | 右岸值 | ^ |\n| {指标名称} | {左岸值} | {右岸值} | {备注} |\n| … | … | … | … |",
        "指标名称: {json: name}\n左岸值: {json: left, type: target}\n右岸值: {json: right, type: target}\n备注: {json: note}", "lists: {indicators: [指标名称, 左岸值, 右岸值, 备注]}",
    ),
    "sign, number and unit in cells of their own": (
        "| 指标名称 | 指标性质 | 指标值 | 度量单位 |\n| {指标名称} | {指标性质} | {指标值} | {度量单位} |\n| … | … | … | … |",
        "指标性质: {json: target.operator, type: operator}\n度量单位: {json: target.unit, type: unit}\n" + LIST, "lists: {indicators: [指标名称, 指标性质, 指标值, 度量单位]}",
    ),
    "two lists below each other": (
        "| 任务名称 | < | 金额 | < |\n| {任务名称} | < | {金额} | < |\n| … | < | … | < |\n| 金额合计 | < | {合计} | < |\n| 指标名称 | < | 指标值 | < |\n| {指标名称} | < | {指标值} | < |\n| … | < | … | < |",
        "任务名称: {json: name}\n金额: {json: amount, type: money}\n合计: {json: total, type: money}\n" + LIST, "lists: {tasks: [任务名称, 金额], indicators: [指标名称, 指标值]}\nsums: {合计: [金额]}",
    ),
    "two lists beside each other": (
        "| 左岸名称 | 左岸长度 | 右岸名称 | 右岸长度 |\n| {左岸名称} | {左岸长度} | {右岸名称} | {右岸长度} |\n| … | … | … | … |",
        "左岸名称: {json: name}\n左岸长度: {json: length, type: number}\n右岸名称: {json: name}\n右岸长度: {json: length, type: number}", "lists: {left: [左岸名称, 左岸长度], right: [右岸名称, 右岸长度]}",
    ),
    "two lists that share a group": (
        "| 一级指标 | 左岸指标 | 右岸指标 | < |\n| {一级指标} | {左岸指标} | {右岸指标} | < |\n| ^… | … | … | < |",
        "一级指标: {json: level1}\n左岸指标: {json: name}\n右岸指标: {json: name}", "lists: {left: [一级指标, 左岸指标], right: [一级指标, 右岸指标]}",
    ),
    "a look of its own": (
        "| 目标值 | {目标值} | 金额 | {金额} |", "目标值: {json: target, type: target}\n金额: {json: amount, type: money}",
        'look: {widths: ["8", "20.5", "8", "20"], font: 仿宋, size: "9", title_size: "20", plain_rows: ["1"], row_height: "30", orientation: landscape, formats: {money: "0.0"}, left: [目标值]}',
    ),
}  # fmt: skip


def written(name: str) -> str:
    picture, fields, more = CASES[name]
    lines = "".join(f"  {line}\n" for line in (HEAD + picture).splitlines())
    own = "".join(f"  {line}\n" for line in (OWN + fields).strip().splitlines())
    return f"form: small\ntitle: 河道保洁表\nlayout: |\n{lines}fields:\n{own}{more}\n"


@pytest.fixture(params=CASES)
def form(request) -> Form:
    return mapping.read(written(request.param), "m.yaml")


def entries(form: Form) -> list[Entry]:
    """A full one, one of a single row in each list, one without any row, an empty one."""
    full = sampled.sample(form)
    return [full, complete(form, full.values, {name: items[:1] for name, items in full.lists.items()}), complete(form, full.values, {}), complete(form, {}, {})]


def filed(entry: Entry) -> Filing:
    return Filing((Section(None, (entry,)),))


def read(data: bytes, form: Form, name: str) -> Filing:
    return read_bytes(data, name, {form.id: form}).filing


@pytest.mark.parametrize("name", CASES)
def test_the_mapping_is_proved(name, tmp_path):
    (tmp_path / "small.yaml").write_text(written(name), "utf-8")
    assert [] == prove.prove(tmp_path / "small.yaml")[1]


def test_the_cells_of_a_filled_form_cover_its_frame_and_never_each_other(form):
    for entry in entries(form):
        squares = [(row, column) for one in place(form, entry) for row in range(one.row, one.last_row + 1) for column in range(one.column, one.last_column + 1)]
        height = max(row for row, _ in squares)
        assert [(row, column) for row in range(1, height + 1) for column in range(1, form.layout.columns + 1)] == sorted(squares)


def test_the_template_has_just_the_merges_of_the_picture(form):
    """The picture's cells of more than one square; a list has three rows, nothing in them is merged downwards."""
    sheet = openpyxl.load_workbook(BytesIO(blanks.blank(form, 3))).worksheets[0]
    down = {block.row: 2 for block in form.blocks}

    def moved(row: int, behind: bool) -> int:
        return row + sum(more for at, more in down.items() if at < row or (behind and at == row))

    wanted = set()
    for cell in form.layout.cells:
        listed = next((block for block in form.blocks if block.row == cell.row and cell not in block.spans), None)
        for shift in range(3 if listed else 1):
            row, last = moved(cell.row, False) + shift, moved(cell.row, False) + shift if listed else moved(cell.last_row, True)
            if (row, cell.column) != (last, cell.last_column):
                wanted.add((row, cell.column, last, cell.last_column))
    assert wanted == {(one.min_row, one.min_col, one.max_row, one.max_col) for one in sheet.merged_cells.ranges}


def test_the_template_reads_back_empty(form):
    [entry] = read(blanks.blank(form, 3), form, "b.xlsx").entries
    values = {path: value for path, value in entry.values.items() if value is not None and path != "money_unit"}
    assert ({}, [], (), ()) == (values, [name for name, items in entry.lists.items() if items], entry.source.doubts, entry.source.leftover)


def test_json_keeps_to_its_schema_and_comes_back(form):
    schema = jsonschema_rs.Draft202012Validator(of_form(form))
    for entry in entries(form):
        made = to_json(filed(entry), {form.id: form})
        assert [] == [one.message for one in schema.iter_errors(json.loads(json.dumps(made, default=float)))]
        assert filed(entry) == from_json(made, {form.id: form})


@pytest.mark.parametrize("stacked", [False, True], ids=["a sheet a form", "stacked"])
def test_a_workbook_comes_back(form, stacked):
    for entry in entries(form):
        found = read(render(filed(entry), {form.id: form}, "xlsx", stacked), form, "a.xlsx")
        assert [] == differences(filed(entry), found)
        assert [()] == [one.source.leftover for one in found.entries]


def shown(one: Placed) -> str:
    if one.value is None or one.field is None or one.text:
        return one.text
    return f"{Decimal(str(one.value)) * 100:.2f}%" if one.field.type == "percent" else text_of(one.value) + one.cell.unit


def rows_of(form: Form, entry: Entry) -> list[dict[int, str]]:
    found: dict[int, dict[int, str]] = defaultdict(dict)
    placed = place(form, entry)
    for one in placed:
        found[one.row][one.column] = shown(one).replace("\n", "<p>")
    return [found[row] for row in range(1, max(one.last_row for one in placed) + 1)]


def in_columns(rows: list[dict[int, str]], count: int) -> str:
    """Each column begins at its own place, as converters lay out a page."""
    widths = [max((display_width(row.get(column, "")) for row in rows if len(row) > 1), default=0) + 2 for column in range(1, count + 1)]
    lines = []
    for row in rows:
        line = ""
        for column, text in sorted(row.items()):
            line = pad(line, sum(widths[: column - 1])) + text
        lines.append(line.rstrip())
    return "\n".join(lines) + "\n"


def test_tab_separated_text_comes_back(form):
    for entry in entries(form)[:2]:
        text = "\n".join("\t".join(row.get(at, "") for at in range(1, form.layout.columns + 1)) for row in rows_of(form, entry))
        assert [] == differences(filed(entry), read(text.encode(), form, "a.txt"))


def test_text_in_columns_has_no_wrong_field_without_a_doubt(form):
    for entry in entries(form)[:2]:
        found = read(in_columns(rows_of(form, entry), form.layout.columns).encode(), form, "a.txt")
        told = score(to_json(filed(entry), {form.id: form}), to_json(found, {form.id: form}))
        assert [] == [one.path for one in told.silent]


def test_a_check_of_any_form_ends(form):
    for entry in entries(form):
        assert isinstance(check(filed(entry), {form.id: form}), list | tuple)


def test_a_sum_of_a_lists_column_is_checked():
    form = mapping.read(written("a caption beside a list, a group in it, a total below"), "m.yaml")
    entry = sampled.sample(form)
    wrong = complete(form, {**entry.values, "total": Decimal(1)}, entry.lists)
    right = complete(form, {**entry.values, "total": sum((Decimal(str(item["score"])) for item in entry.lists["indicators"]), Decimal(0))}, entry.lists)
    assert [True, False] == [any(one.rule == "money-sum" for one in check(filed(one), {form.id: form})) for one in (wrong, right)]


# ---------------------------------------------------------------- what the proof refuses


def proved(text: str, folder: Path) -> list[str]:
    (folder / "m.yaml").write_text(text, "utf-8")
    return [f"{one.code} {one.place.rpartition(':')[2]} {dict(one.words).get('field', '')}".strip() for one in prove.prove(folder / "m.yaml")[1]]


def test_a_form_that_no_caption_tells_is_refused(tmp_path):
    text = "form: bare\ntitle: 表\nlayout: |\n  | 项目名称 | {名称} |\n  | 河段 | {河段} |\nfields: {名称: {json: name}, 河段: {json: river}}\n"
    assert ["proof-unread 4"] == proved(text, tmp_path)


def test_a_field_whose_caption_is_a_mark_is_not_read_back(tmp_path):
    text = written("a look of its own").partition("look:")[0].replace("| 目标值 | {目标值} | 金额 |", "| \\… | {目标值} | < |").replace(" {金额} |", " < |").replace("  金额: {json: amount, type: money}\n", "") + "exceptions: {目标值: …}\n"
    assert ["proof-lost 11 目标值"] == proved(text, tmp_path)


def test_a_form_that_is_just_like_another_is_refused(tmp_path):
    for name in ("one", "two"):
        (tmp_path / f"{name}.yaml").write_text(written("a look of its own").replace("form: small", f"form: {name}"), "utf-8")
    assert [["proof-alike"], ["proof-other"]] == [[one.code for one in prove.prove(tmp_path / f"{name}.yaml")[1]] for name in ("one", "two")]


def test_a_form_that_is_read_as_another_is_refused(tmp_path):
    """The second has a caption more, which the first's workbooks lack."""
    first = written("a look of its own")
    (tmp_path / "one.yaml").write_text(first.replace("form: small", "form: one"), "utf-8")
    longer = first.replace("form: small", "form: two").replace("fields:\n", "  | 甲 | {甲} | 乙 | {乙} |\nfields:\n  甲: {json: a}\n  乙: {json: b}\n")
    (tmp_path / "two.yaml").write_text(longer, "utf-8")
    assert ["proof-other"] == [one.code for one in prove.prove(tmp_path / "two.yaml")[1]]


@pytest.mark.parametrize(
    ("second", "plain"),
    [
        pytest.param("| 管理单位 | {管理单位} |", (1,), id="captions and fields"),
        pytest.param("| {管理单位} | < |", (1, 2), id="one cell over the whole width"),
    ],
)
def test_rows_without_borders_are_the_title_and_what_one_cell_fills_below_it(second, plain):
    text = f"form: small\ntitle: 表\nlayout: |\n  | 表 | < |\n  {second}\nfields: {{管理单位: {{json: manager}}}}\n"
    assert plain == mapping.read(text, "m.yaml").look.plain_rows


def test_an_amount_in_a_row_without_borders_is_a_number():
    form = mapping.read(written("units behind numbers") + 'look: {plain_rows: ["1", "3"]}\n', "m.yaml")
    [row] = [row for row in openpyxl.load_workbook(BytesIO(render(filed(sampled.sample(form)), {form.id: form}, "xlsx"))).worksheets[-1].iter_rows() if row[0].value == "总金额"]
    assert ["n", True] == [row[1].data_type, "万元" in row[1].number_format]
