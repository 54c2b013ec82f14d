"""A filing as nodes: where each stands, what it is known by, that nothing of it is lost on the way back."""

from decimal import Decimal

import pytest

from xltool import library
from xltool.canonical import complete
from xltool.diff.tree import (
    ENTRY,
    ITEM,
    SECTION,
    TITLE,
    Mark,
    Node,
    entry_paths,
    filing_of,
    key_of,
    key_paths,
    node_of,
    nodes_of,
    positions,
)
from xltool.filing import Filing, Section
from xltool.mapping import read

FORMS = library.forms()
EVALUATION = FORMS["self-evaluation"]


def entry(name: str, *items: str, marks=None):
    return complete(EVALUATION, {"year": 2021, "project.name": name}, {"indicators": [{"level1": "产出指标", "name": one} for one in items]}, marks)


def test_marks_of_the_form_and_of_its_rows_come_back():
    marks = {"funding.other.executed": "—", "indicators[1].reason": "无", "indicators[0].score": "/"}
    filing = Filing((Section("汇总表", (entry("养护", "甲", "乙", marks=marks),)),))
    (back,) = filing_of(nodes_of(filing, FORMS)).entries
    assert (marks, "乙", None) == (back.marks, back.lists["indicators"][1]["name"], back.lists["indicators"][1].get("reason"))


def test_a_mark_beside_a_value_is_the_values():
    node = node_of(entry("养护", "甲", marks={"project.name": "—", "indicators[0].name": "—"}), EVALUATION)
    assert ("养护", "甲") == (node.contents["project.name"], node.lists["indicators"][0].contents["name"])


def test_a_mark_is_something_else_than_nothing_and_than_a_text():
    nothing, mark, text = (Node(ITEM, EVALUATION.id, {"reason": one}) for one in (None, Mark("无"), "无"))
    assert (False, False, False) == (nothing == mark, mark == text, nothing == text)
    assert Node(ITEM, EVALUATION.id, {"reason": Mark("无")}) == mark


def test_lists_are_compared_by_their_names_whatever_order_they_come_in():
    one, other = (Node(ITEM, "declaration-2015", {"name": name}) for name in "甲乙")
    first = Node(ENTRY, "declaration-2015", {}, {"whole": (one,), "annual": (other,)})
    assert first == Node(ENTRY, "declaration-2015", {}, {"annual": (other,), "whole": (one,)})
    assert first != Node(ENTRY, "declaration-2015", {}, {"annual": (one,), "whole": (other,)})


def test_a_node_stands_in_its_section_and_before_any_title_in_the_first():
    title, form = Node(SECTION, "", {TITLE: "甲"}), node_of(entry("养护"), EVALUATION)
    assert [(0,), (0, 0), (0, 1), (1,), (2,), (2, 0)] == positions([title, form, form, title, title, form])
    assert [(0, 0), (0, 1), (1,), (1, 0)] == positions([form, form, title, form])


def test_the_money_unit_that_goes_without_saying_is_none():
    national = FORMS["self-evaluation-2020"]
    made = [node_of(complete(national, {"project.name": "养护", "money_unit": unit}, {}), national).contents["money_unit"] for unit in (None, "元", "万元")]
    assert [None, None, "万元"] == made


def test_an_entry_is_known_by_project_year_and_unit():
    assert ("project.name", "year", "project.unit") == entry_paths(EVALUATION)
    assert (("level1", "产出指标"), ("level2", None), ("name", "甲")) == key_of(node_of(entry("养护", "甲"), EVALUATION).lists["indicators"][0], FORMS, "indicators")


@pytest.mark.parametrize("name", ["indicators_project", "indicators_annual"])
def test_of_two_lists_side_by_side_each_is_known_by_its_own_columns(name):
    """The level that they share stands in both, the others are named in the roles once for each list."""
    assert ("level1", "level2", "name") == key_paths(FORMS["declaration-2015"], name)


PLAIN = """\
form: plain
title: 登记表
layout: |
  | 登记表 | <      | <      |
  | 数量   | {数量} | <      |
  | 备注   | {备注} | <      |
  | 河道   | {河道} | <      |
  | 类别   | 次数   | 内容   |
  | {类别} | {次数} | {内容} |
  | ^…     | …      | …      |
fields:
  数量: {json: count, type: number, required: "true"}
  备注: {json: note}
  河道: {json: river, required: "true"}
  类别: {json: kind}
  次数: {json: times, type: number}
  内容: {json: content}
lists:
  rows: [类别, 次数, 内容]
"""


def test_a_form_that_names_no_roles_is_known_by_its_first_required_text_and_a_row_by_groups_and_first_text():
    form = read(PLAIN, "plain.yaml")
    assert (("river",), ("kind", "content")) == (entry_paths(form), key_paths(form, "rows"))


def test_a_row_without_any_text_of_its_own_is_known_by_what_it_has():
    form = read(PLAIN.replace("内容: {json: content}", "内容: {json: content, type: number}"), "plain.yaml")
    assert ("kind", "times") == key_paths(form, "rows")
    made = node_of(complete(form, {}, {"rows": [{"kind": "甲", "times": Decimal(3)}]}), form).lists["rows"][0]
    assert (("kind", "甲"), ("times", Decimal(3))) == key_of(made, {form.id: form}, "rows")
