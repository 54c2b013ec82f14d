"""A mapping file as a form: what each key becomes, and every fault of a file at once, with its line."""

from decimal import Decimal

import pytest

from xltool import yamlfile
from xltool.form import Sum
from xltool.mapping import build, inherit, read
from xltool.problems import ProblemError
from xltool.values import Value

GOOD = """\
form: small
title: 小表
layout: |
  | 小表     | <          | <        |
  | 名称     | {名称}     | <        |
  | 资金     | 总额       | {总额}   |
  | 指标     | 级别       | 指标值   |
  | ^        | {级别}     | {指标值} |
  | ^        | ^…         | …        |
fields:
  名称: {json: project.name, type: text, required: "true"}
  总额: {json: funding.total, type: money, unit: 元}
  级别: {json: level1}
  指标值: {json: target, type: target}
lists:
  indicators: [级别, 指标值]
captions:
  名称: [项目名称]
taxonomy:
  产出指标: [数量指标]
weights: {产出指标: "50"}
units: [人次, 元]
sums:
  总额: [总额]
look:
  widths: ["10", "12.5", "9"]
"""

ROLES = GOOD + """\
roles:
  project: 名称
  amount: 总额
  level1: [级别]
"""


def faults(text: str) -> list[str]:
    with pytest.raises(ProblemError) as caught:
        read(text, "m.yaml")
    return [f"{one.code} {one.place.removeprefix('m.yaml:')}" for one in caught.value.problems]


def swapped(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new, 1)


def test_words_that_stand_for_a_quantity_are_known_however_they_are_written():
    form = read(swapped("sums:", "worth: {全 覆盖: ＝100％}\nsums:"), "m.yaml")
    assert {"全覆盖": Value("＝100％", "=", Decimal(100), "%")} == form.worth


def test_thousands_stand_before_units_where_both_are_listed():
    form = read(swapped("units: [人次, 元]", "units: [人次, 元, 万]"), "m.yaml")
    assert {"人次", "元", "万", "万人次", "万元"} == form.units
    assert {"人次", "元"} == read(GOOD, "m.yaml").units


def test_fields_stand_in_the_order_of_the_layout():
    form = read(GOOD, "m.yaml")
    assert ["名称", "总额", "级别", "指标值"] == list(form.fields)
    assert ["", "", "indicators", "indicators"] == [one.list for one in form.fields.values()]


def test_a_list_knows_its_row_its_groups_and_what_is_merged_beside_it():
    [block] = read(GOOD, "m.yaml").blocks
    assert (5, ("indicators",), ("级别",)) == (block.row, block.lists, block.groups)
    assert ["指标"] == [cell.caption for cell in block.spans]


def test_a_role_names_the_fields_that_play_it():
    assert {"project": ("名称",), "amount": ("总额",), "level1": ("级别",)} == dict(read(ROLES, "m.yaml").roles)


def test_a_variant_keeps_the_roles_of_the_fields_that_it_draws():
    variant = 'form: smaller\nextends: small\nlayout: |\n  | 小表 | < |\n  | 名称 | {名称} |\nlists: {}\nsums: {}\nlook: {widths: ["10", "9"]}\n'
    table = inherit(yamlfile.load(variant, "v.yaml"), lambda _: yamlfile.load(ROLES, "m.yaml"))
    assert {"project": ("名称",)} == dict(build(table, "v.yaml").roles)


def test_a_table_names_its_fields_row_by_column():
    drawn = swapped("| 资金     | 总额       | {总额}   |", "| 资金     | 总额       | {总额·年初}   |")
    drawn = drawn.replace("  总额: {json: funding.total, type: money, unit: 元}\n", "").replace("  总额: [总额]", "  总额·年初: []")
    form = read(drawn + 'tables:\n  资金: {json: "funding.{row}.{column}", rows: {总额: total}, columns: {年初: initial}}\n', "m.yaml")
    assert ("funding.total.initial", "money") == (form.fields["总额·年初"].path, form.fields["总额·年初"].type)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param(swapped("form: small\n", ""), ["yaml-missing-key 1"], id="no id"),
        pytest.param(swapped("form: small", "form: Small_1"), ["form-id 1"], id="an id with capitals"),
        pytest.param(swapped("title: 小表\n", "title: [小表]\n"), ["yaml-shape 2"], id="a list as title"),
        pytest.param(swapped("title: 小表\n", "title: 小表\ntitel: x\n"), ["yaml-unknown-key 3"], id="a key misspelled"),
        pytest.param(swapped("type: target}", "typ: target}"), ["yaml-unknown-key 14"], id="a field's key misspelled"),
        pytest.param(swapped("| 名称     | {名称}     | <        |", "| 名称     | {名称}     |"), ["picture-width 5"], id="a picture's row too short"),
        pytest.param(swapped("{指标值} |", "{指标值 |"), ["picture-braces 8"], id="a brace left open in the picture"),
        pytest.param(swapped("^…         | …        |", "^…         | {x} |"), ["picture-sideways 9"], id="a list that grows sideways"),
        pytest.param(swapped("| 小表     | <          | <        |", "| 小表     | <          | {总额}   |"), ["picture-field-twice 4"], id="a field drawn twice"),
        pytest.param(swapped("  级别: {json: level1}\n", "  级别: {json: level1}\n  电话: {json: phone}\n"), ["field-not-drawn 14"], id="a field not drawn"),
        pytest.param(swapped("  级别: {json: level1}\n", ""), ["field-not-declared 4"], id="a field not declared"),
        pytest.param(swapped("type: money", "type: mony"), ["field-type 12"], id="an unknown type"),
        pytest.param(swapped("| {总额}   |", "| {总额}万元 |"), ["field-unit 12"], id="another unit printed than declared"),
        pytest.param(swapped("json: level1", "json: Level 1"), ["field-path 13"], id="no JSON path"),
        pytest.param(swapped("json: level1", "json: target"), ["field-path-twice 14"], id="a JSON path twice"),
        pytest.param(swapped("json: funding.total", "json: project.name.total"), ["field-path-inside 12"], id="a path inside a value"),
        pytest.param(swapped("json: project.name", "json: indicators"), ["field-path-taken 11"], id="a path that is a list"),
        pytest.param(swapped("json: project.name", "json: source"), ["field-path-taken 11"], id="a path that every form has"),
        pytest.param(swapped("json: funding.total", "json: year"), ["field-path-year 12"], id="an amount as year"),
        pytest.param(swapped('required: "true"', "required: yes"), ["word-expected 11"], id="yes instead of true"),
        pytest.param(swapped("unit: 元}", "unit: [元]}"), ["yaml-shape 12"], id="a list as unit"),
        pytest.param(swapped("indicators: [级别, 指标值]", "indicators: [级别, 指标值, 名称]"), ["list-field 16"], id="a list with a field from elsewhere"),
        pytest.param(swapped("indicators: [级别, 指标值]", "indicators: [级别]"), ["list-outside 4", "list-all-groups 16"], id="a repeated field in no list"),
        pytest.param(GOOD.replace("| ^…         | …        |", "| ^…         | ^…       |"), ["list-all-groups 16"], id="a list of nothing but groups"),
        pytest.param(swapped("indicators: [级别, 指标值]", "指标: [级别, 指标值]"), ["list-name 16"], id="a list name that is no key"),
        pytest.param(swapped("indicators: [级别, 指标值]", "form: [级别, 指标值]"), ["list-taken 16"], id="a list called as what every form has"),
        pytest.param(swapped("indicators: [级别, 指标值]", "year: [级别, 指标值]"), ["list-taken 16"], id="a list called year"),
        pytest.param(swapped("[级别, 指标值]", "[指标值, 级别]"), ["list-group 16"], id="a group right of what it groups"),
        pytest.param(ROLES.replace("  amount", "  sum"), ["word-expected 29"], id="an unknown role"),
        pytest.param(ROLES.replace("  amount: 总额", "  amount: 总数"), ["field-unknown 29"], id="a role for no field"),
        pytest.param(ROLES.replace("  amount: 总额", "  amount: 名称"), ["role-type 29"], id="a text as amount"),
        pytest.param(ROLES.replace("  level1: [级别]", "  level1: [名称]"), ["role-list 30"], id="a level outside lists"),
        pytest.param(ROLES.replace("  project: 名称", "  project: 级别"), ["role-outside 28"], id="a project in a list"),
        pytest.param(swapped("  名称: [项目名称]", "  名字: [项目名称]"), ["caption-unknown 18"], id="a caption that is not drawn"),
        pytest.param(swapped("产出指标: [数量指标]", "产出指标: 数量指标"), ["yaml-shape 20"], id="a word where a list is due"),
        pytest.param(swapped('weights: {产出指标: "50"}', "weights: {产出指标: 半}"), ["number-expected 21"], id="a weight that is no number"),
        pytest.param(swapped("sums:", "worth: {全覆盖: 全部}\nsums:"), ["number-expected 23"], id="a word that stands for no number"),
        pytest.param(swapped("  总额: [总额]", "  总额: [总金额]"), ["field-unknown 24"], id="a sum of an unknown field"),
        pytest.param(swapped("  总额: [总额]", "  总额: [总额, 级别]"), ["sum-lists 24"], id="a sum of a list and of something outside"),
        pytest.param(swapped('"9"]', '"9", "9"]'), ["look-widths 26"], id="a width too many"),
        pytest.param(swapped('"9"]', "wide]"), ["number-expected 26"], id="a width in words"),
        pytest.param(GOOD + "  orientation: sideways\n", ["word-expected 27"], id="an orientation misspelled"),
        pytest.param(GOOD + "  formats: {mony: '0'}\n", ["word-expected 27"], id="a format for an unknown type"),
        pytest.param(swapped("[项目名称]", '[项目名称, ""]'), ["text-empty 18"], id="an alias that is empty"),
        pytest.param(swapped("[项目名称]", '["项目{名称"]'), ["caption-alias 18"], id="an alias whose brace is left open"),
        pytest.param(swapped("[项目名称]", '["项目名称（{期间}）"]'), ["field-unknown 18"], id="an alias with a field that is none"),
        pytest.param(swapped("[人次, 元]", "[人次，元]"), ["list-comma 22"], id="units parted by a full-width comma"),
        pytest.param(swapped("type: money, unit: 元", "type: money, unit: 圆"), ["field-money-unit 12"], id="a unit of money that nobody knows"),
        pytest.param(swapped("type: money, unit: 元", "type: money, blank: 零"), ["field-words 12"], id="what an empty form prints, of an amount"),
        pytest.param(swapped("json: level1", "json: level1, type: choice"), ["field-choices 13"], id="a choice without choices"),
        pytest.param(swapped("json: level1", "json: level1, choices: [甲, 乙], absent: 丙"), ["field-no-choice 13"], id="what is absent is no choice"),
        pytest.param(swapped("json: level1", "json: level1.operator, type: operator"), ["field-part 13"], id="a sign of no target"),
        pytest.param(swapped("json: level1", "json: total.unit, type: unit"), ["field-part 13"], id="a unit of no target"),
        pytest.param(swapped("| {名称}     | <        |", "| {名称}{级别}     | <        |").replace("| ^        | {级别}     | {指标值} |", "| ^        | 甲 | {指标值} |").replace("[级别, 指标值]", "[指标值]"), ["field-touch 4"], id="two fields that touch each other"),
        pytest.param(swapped("  总额: [总额]", "  总额: [总额, 名称]"), ["sum-type 24"], id="a sum of a text"),
        pytest.param(swapped("  总额: [总额]", "  总额: [总额, 总额]"), ["sum-itself 24"], id="a sum of itself"),
        pytest.param(GOOD + "together: [[总额, 级别]]\n", ["together-list 27"], id="a list's field filled together with another"),
        pytest.param(swapped("{产出指标: \"50\"}", "{效益指标: \"50\"}"), ["level-unknown 21"], id="the weight of a level that is none"),
        pytest.param(GOOD + "level_aliases: {产出: 产出指示}\n", ["level-unknown 27"], id="another name of a level that is none"),
        pytest.param(swapped('"12.5"', '"0"'), ["number-range 26"], id="a width of nothing"),
        pytest.param(GOOD + '  row_height: "500"\n', ["number-range 27"], id="a row higher than Excel's"),
        pytest.param(GOOD + '  plain_rows: ["9"]\n', ["look-rows 27"], id="a row without borders that is none"),
        pytest.param(GOOD + "  left: [级次]\n", ["field-unknown 27"], id="a field at the left that is none"),
        pytest.param(GOOD + "tables:\n  资金: {json: m, rows: {甲: [a]}, columns: {乙: b}, unit: [元]}\n", ["yaml-shape 28", "yaml-shape 28"], id="lists where a table wants texts"),
        pytest.param(GOOD + "tables:\n  资金: {json: m, columns: {乙: {json: b, typ: money}}}\n", ["yaml-unknown-key 28"], id="a column's key misspelled"),
        pytest.param(GOOD + "exceptions: {名称: [名称]}\n", ["yaml-shape 27"], id="a list where a caption is due"),
        pytest.param(GOOD + "extends: nothing\n", ["extends-unknown 27"], id="a parent that is not known"),
    ],
)
def test_one_fault_is_named_with_its_line(text, wanted):
    assert wanted == faults(text)


@pytest.mark.parametrize(
    ("drawn", "fault"),
    [
        pytest.param(("| 名称     | {名称}     | <        |", "| 名称     | {名称}     | <   | < |"), "picture-width 5", id="a row too long"),
        pytest.param(("| 名称     | {名称}     | <        |", "| 名称     | {名称}     | <"), "picture-bars 5", id="a bar that is missing"),
        pytest.param(("{指标值} |", "{指标值 |"), "picture-braces 8", id="a brace left open"),
        pytest.param(("^…         | …        |", "^…         | {x} |"), "picture-sideways 9", id="a list that grows sideways"),
    ],
)
def test_what_needs_no_geometry_is_named_with_the_faults_of_the_layout(drawn, fault):
    text = swapped(*drawn)
    assert fault in faults(text)
    for old, new in (("type: money", "type: mony"), ("level1", "target"), ("unit: 元", "unti: 元"), ("级别, 指标值]", "级别, 指标值, 电话]"), ('"50"', "半"), ("[总额]", "[总金额]")):
        text = text.replace(old, new, 1)
    found = [one.split()[0] for one in faults(text) if not one.startswith("picture-")]
    assert sorted(["field-type", "field-path-twice", "yaml-unknown-key", "list-field", "number-expected", "field-unknown"]) == sorted(found)


def test_a_layout_that_is_missing_is_one_fault():
    assert ["yaml-missing-key 1"] == faults("form: small\ntitle: 小表\nfields: {名称: {json: name}}\n")


def test_fields_of_one_list_stand_in_one_row():
    text = """\
form: two
title: 两段
layout: |
  | {甲} | {乙} |
  | …    | …    |
  | {丙} | {丁} |
  | …    | …    |
fields: {甲: {json: a}, 乙: {json: b}, 丙: {json: c}, 丁: {json: d}}
lists: {first: [甲, 丙], second: [乙, 丁]}
"""
    assert ["list-split 9", "list-split 9"] == faults(text)


def test_five_faults_of_a_file_come_at_once():
    text = (
        GOOD.replace("form: small", "form: 小")
        .replace("type: money", "type: mony")
        .replace("  名称: [项目名称]", "  名字: [项目名称]")
        .replace("  总额: [总额]", "  总额: [总金额]")
        .replace('"9"]', "wide]")
    )
    wanted = ["caption-unknown 18", "field-type 12", "field-unknown 24", "form-id 1", "number-expected 26"]
    assert wanted == sorted(faults(text))


def test_faults_of_a_picture_and_of_the_fields_apart_from_it():
    text = swapped("| 名称     | {名称}     | <        |", "| 名称     | {名称}     |").replace("form: small", "form: 小")
    assert ["form-id 1", "picture-width 5"] == sorted(faults(text))


def test_forms_that_extend_each_other_in_a_circle_are_refused():
    tables = {name: yamlfile.load(f"form: {name}\nextends: {above}\n", f"{name}.yaml") for name, above in (("a", "b"), ("b", "a"))}
    with pytest.raises(ProblemError) as caught:
        inherit(tables["a"], tables.get)
    assert ["extends-circle"] == [one.code for one in caught.value.problems]


def test_a_variant_states_only_what_differs():
    text = "form: variant\nextends: small\ntitle: 变体\nfields:\n  总额: {json: funding.sum, type: money}\n"
    form = read(text, "v.yaml", lambda _: yamlfile.load(GOOD, "small.yaml"))
    assert ("变体", "funding.sum", "project.name") == (form.title, form.fields["总额"].path, form.fields["名称"].path)


def test_a_fault_taken_over_stands_in_the_file_that_has_it():
    with pytest.raises(ProblemError) as caught:
        read("form: variant\nextends: small\n", "v.yaml", lambda _: yamlfile.load(swapped("type: money", "type: mony"), "small.yaml"))
    assert ["small.yaml:12"] == [one.place for one in caught.value.problems]


HEADED = """\
form: headed
title: 表
layout: |
  | 表   | <        | <          | <          |
  | 名称 | {名称}   | 单位       | {单位}     |
  | 金额 | {金额}万元 | 得分     | {得分}分   |
  | 指标 | 三级指标 | 目标值     | <          |
  | ^    | ^        | {镇·甲}    | {镇·乙}    |
  | ^    | {指标}   | {值·甲}    | {值·乙}    |
  | ^    | …        | …          | …          |
fields:
  名称: {json: name}
  单位: {json: unit}
  金额: {json: amount, type: money}
  得分: {json: score, type: number}
  镇·甲: {json: towns.first}
  镇·乙: {json: towns.second}
  指标: {json: name}
  值·甲: {json: target.first, type: target}
  值·乙: {json: target.second, type: target}
lists:
  indicators: [指标, 值·甲, 值·乙]
"""


def test_a_unit_behind_a_number_is_no_caption_but_what_the_field_is_in():
    form = read(HEADED, "m.yaml")
    cell = form.layout.cell_of("金额")
    assert ("", "金额", "万元") == (cell.caption, cell.only_hole, cell.unit)
    assert ("万元", "分") == (form.fields["金额"].unit, form.fields["得分"].unit)


def test_words_behind_a_field_that_is_no_number_stay_a_caption():
    form = read(HEADED.replace("{单位} ", "{单位}元"), "m.yaml")
    assert ("元", None) == (form.layout.cell_of("单位").caption, form.layout.cell_of("单位").only_hole)


def test_the_head_of_a_list_may_have_several_rows_and_fields_in_it():
    form = read(HEADED, "m.yaml")
    [block] = form.blocks
    assert 4 == form.head_row(block)
    assert ["指标", "三级指标", "目标值"] == [cell.caption for cell in form.heads(block)]
    assert ["镇·甲", "镇·乙"] == [cell.only_hole for cell in form.head_fields(block)]


@pytest.mark.parametrize(
    ("field", "values", "unit"),
    [
        pytest.param("总额", {}, "万元", id="the field's own"),
        pytest.param("其他", {}, "千元", id="what the absence of the form's means"),
        pytest.param("其他", {"money_unit": "元"}, "元", id="as the form prints it"),
        pytest.param("总额", {"money_unit": "元"}, "万元", id="the field's own before the form's"),
    ],
)
def test_an_amount_is_in_its_own_unit_or_in_the_forms(field, values, unit):
    form = read(
        swapped("type: money, unit: 元}", "type: money, unit: 万元}\n  其他: {json: other, type: money}\n  单位: {json: money_unit, choices: [元, 千元], absent: 千元}").replace(
            "| 小表     | <          | <        |", "| 小表 | {其他} | {单位} |"
        ), "m.yaml"
    )  # fmt: skip
    assert unit == form.unit_of(form.fields[field], values)


def test_faults_stand_in_the_order_of_the_file():
    """The key that nobody knows is noticed first, the field without a cell last."""
    text = """\
form: X Y
title: 表
layout: |
  | 甲 | {甲} |
fields:
  甲: {json: 1a, type: foo}
  乙: {json: b}
wrong: 1
"""
    with pytest.raises(ProblemError) as caught:
        read(text, "m.yaml")
    assert ["m.yaml:1", "m.yaml:6", "m.yaml:6", "m.yaml:7", "m.yaml:8"] == [one.place for one in caught.value.problems]


@pytest.mark.parametrize("key", ["总额（）", "总额（{单位}）"], ids=["without its field", "as it is drawn"])
def test_a_caption_with_a_field_in_it_is_named_either_way(key):
    text = GOOD.replace("| 总额       |", "| 总额（{单位}） |").replace("  级别: {json: level1}", "  单位: {json: money_unit, choices: [元, 万元], absent: 元}\n  级别: {json: level1}")
    form = read(text.replace("  名称: [项目名称]", f"  {key}: [总计]"), "m.yaml")
    assert {"总额（）": ("总计",)} == dict(form.captions)
    assert ("总额（）", "总计") == form.spellings("总额（）")


def test_a_field_alone_in_its_cell_has_no_caption_to_vary():
    assert ["caption-unknown 18"] == faults(swapped("  名称: [项目名称]", '  "{名称}": [项目名称]'))


def test_an_alias_that_ends_with_a_colon_is_followed_by_the_field():
    form = read(HEADED.replace("{名称}   ", "填表人：{名称}") + "captions:\n  填表人：: [填报人：, 填表]\n", "m.yaml")
    assert {"填表人：": ("填报人：{名称}", "填表")} == dict(form.captions)


@pytest.mark.parametrize(
    ("rule", "added"),
    [
        pytest.param(Sum("值·甲", ("值·乙",)), [("indicators[0].target.first", ["indicators[0].target.second"]), ("indicators[1].target.first", ["indicators[1].target.second"])], id="row by row"),
        pytest.param(Sum("金额", ("值·乙",)), [("amount", ["indicators[0].target.second", "indicators[1].target.second"])], id="a list's column"),
        pytest.param(Sum("金额", ("得分",)), [("amount", ["score"])], id="outside lists"),
    ],
)
def test_a_sum_is_added_up(rule, added):
    form = read(HEADED, "m.yaml")
    assert added == [(total.path, [part.path for part in parts]) for total, parts in form.added(rule, {"indicators": 2})]


@pytest.mark.parametrize(
    ("old", "new", "near"),
    [
        pytest.param("title: 小表\n", "titel: 小表\n", "title", id="a key"),
        pytest.param("type: target}", "typ: target}", "type", id="a field's key"),
        pytest.param("type: money", "type: mony", "money", id="a type"),
        pytest.param("widths:", "width:", "widths", id="a key of the look"),
        pytest.param("look:\n", "roles: {projekt: 名称}\nlook:\n", "project", id="a role"),
    ],
)
def test_a_word_that_is_like_one_that_is_known_is_answered_with_that(old, new, near):
    with pytest.raises(ProblemError) as caught:
        read(swapped(old, new), "m.yaml")
    said = [(one.text("en"), one.text("zh")) for one in caught.value.problems]
    assert any(f"(did you mean {near}?)" in english and f"（是不是 {near}？）" in chinese for english, chinese in said), said


def test_a_word_that_is_like_none_is_answered_with_all():
    with pytest.raises(ProblemError) as caught:
        read(GOOD + "zzz: 1\n", "m.yaml")
    [one] = caught.value.problems
    assert "did you mean" not in one.text("en") and "prefill" in one.text("en")


@pytest.mark.parametrize(("units", "alone"), [("[人次, 公里]", True), ("[人次]", False)], ids=["known", "not known"])
def test_the_mappings_own_units_count_behind_a_number(units, alone):
    text = HEADED.replace("{得分}分   ", "{得分}公里 ") + f"units: {units}\n"
    cell = read(text, "m.yaml").layout.cell_of("得分")
    assert (alone, "公里" if alone else "") == (cell.only_hole == "得分", cell.unit)


def test_two_lists_may_share_a_row_and_not_three():
    picture = "  | 甲 | 乙 | 丙 |\n  | {甲} | {乙} | {丙} |\n  | … | … | … |\n"
    text = f"form: three\ntitle: 表\nlayout: |\n{picture}fields: {{甲: {{json: a}}, 乙: {{json: b}}, 丙: {{json: c}}}}\n"
    assert ["list-many 8"] == faults(text + "lists: {x: [甲], y: [乙], z: [丙]}\n")
    assert 2 == len(read(text + "lists: {x: [甲, 丙], y: [乙]}\n", "m.yaml").lists)


def test_what_a_variant_takes_over_may_be_of_levels_and_fields_that_it_has_not():
    parent = GOOD + "  left: [名称]\nlevel_aliases: {产出: 产出指标}\n"
    variant = 'form: v\nextends: small\nlayout: |\n  | 小表 | {总额} |\nlists: {}\ncaptions: {}\ntaxonomy: {}\nlook: {widths: ["9", "9"]}\n'
    form = read(variant, "v.yaml", lambda _: yamlfile.load(parent, "m.yaml"))
    assert ((), ["总额"]) == (form.look.left, list(form.fields))
