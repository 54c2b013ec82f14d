"""What is filled in: blanks told once, template text with what stands around it, targets as people read them."""

from __future__ import annotations

import pytest

from tests.check.made import DECLARATION, SICHUAN, findings, told
from xltool.canonical import complete
from xltool.check import check
from xltool.filing import Filing, Section
from xltool.mapping import read
from xltool.values import parse_target

D, S = DECLARATION, SICHUAN
SMALL = """\
form: small
title: 小表
layout: |
  | 小表 | <      |
  | 编号 | {编号} |
  | 名称 | 数值   |
  | {名称} | {数值} |
  | … | … |
fields:
  编号: {json: code, required: "true"}
  名称: {json: name}
  数值: {json: target, type: target}
lists:
  rows: [名称, 数值]
"""


def of_small(text: str, **values) -> list[tuple[str, str]]:
    form = read(text, "m.yaml")
    entry = complete(form, values, {"rows": [{"name": "清淤", "target": parse_target("及时")}]})
    return told(check(Filing((Section(None, (entry,)),)), {"small": form}))


def test_field_that_its_mapping_requires_is_asked_for_whatever_its_role():
    assert [("required", "code")] == of_small(SMALL)
    assert [] == of_small(SMALL, code="A-1")


def test_form_without_indicators_of_its_own_is_not_asked_for_them():
    assert "indicators-missing" not in [rule for rule, _ in of_small(SMALL)]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"goals.annual": None}, [("goal-missing", "goals.annual", "")]),
        ({"goals.annual": None, "project.end_date": "2028-12-31"}, [("several-years-goal", "goals.project", ""), ("goal-missing", "goals.annual", "")]),
        ({"project.start_date": None, "project.end_date": "2028-12-31"}, [("dates-missing", "project.start_date", "")]),
        ({"indicators[2].target": "—"}, [("indicator-missing", "indicators[2].target", "—")]),
        ({"indicators[2].target": None}, [("indicator-missing", "indicators[2].target", "")]),
        ({"project.name": "—"}, [("required", "project.name", "—")]),
        ({"indicators[5].target": "≤90%"}, [("satisfaction-at-most", "indicators[5].target", "≤90%")]),
        ({"indicators[2].name": "有责投诉率", "indicators[2].target": "100%"}, [("complaints-full", "indicators[2].target", "100%")]),
        ({"indicators[2].name": "有责投诉率", "indicators[2].target": "≥100%"}, [("complaints-full", "indicators[2].target", "≥100%")]),
        ({"indicators[2].name": "有责投诉率", "indicators[2].target": "≥99%"}, [("complaints-at-least", "indicators[2].target", "≥99%")]),
        ({"indicators[2].target": "≥100%"}, []),
        ({"indicators[2].target": "≥100.1%"}, [("percent-over", "indicators[2].target", "≥100.1%")]),
    ],
)  # fmt: skip
def test_one_fault_is_told_once(changes, expected):
    assert expected == [(one.rule, one.path, one.found) for one in findings(D, changes)]


@pytest.mark.parametrize(("text", "verb"), [("逐步提高", True), ("明显提升", True), ("有效增强", True), ("持续稳步提高", True), ("进一步完善", True), ("提高", True), ("逐年持续稳步提高", False), ("逐步", False), ("明显", False), ("提高到九成", False)])
def test_verb_behind_two_adverbs_is_still_a_verb_alone(text, verb):
    assert verb == ("verbs-only" in [one.rule for one in findings(D, {"indicators[5].target": text})])


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ({0: None, 1: "良好", 2: "良好"}, [("≥ 50%", "40%", "2 ÷ 5 = 40%")]),
        ({0: "良好", 1: "良好"}, []),
        ({0: "良好", 1: "良好", 2: "良好", 4: "良好", 5: "良好"}, [("≥ 50%", "0%", "0 ÷ 6 = 0%")]),
    ],
    ids=["a blank target is none", "a half is enough", "none at all"],
)
def test_share_of_quantities_is_that_of_the_targets_there_are(texts, expected):
    found = findings(D, {f"indicators[{row}].target": text for row, text in texts.items()})
    assert expected == [(one.expected, one.found, one.sum) for one in found if one.rule == "mostly-words"]


BEFORE, BEHIND = "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥天地玄黄宇宙洪荒"


@pytest.mark.parametrize(
    ("rule", "text", "found"),
    [
        ("template-text", f"{BEFORE}描述一下{BEHIND}", f"…{BEFORE[5:]}描述一下{BEHIND[:15]}…"),
        ("template-text", f"{BEFORE[5:]}描述一下{BEHIND[:15]}", f"{BEFORE[5:]}描述一下{BEHIND[:15]}"),
        ("template-text", f"{BEFORE[4:]}描述一下", f"…{BEFORE[5:]}描述一下"),
        ("template-text", f"描述一下{BEHIND[:16]}", f"描述一下{BEHIND[:15]}…"),
        ("template-text", "养护 古树\n（描述 一下）", "养护古树（描述一下）"),
        ("placeholder", "待定", "待定"),
        ("placeholder", "养护ＸＸ株", "养护XX株"),
        ("placeholder", "养护20××年古树", "养护20××年古树"),
        ("placeholder", "目标3", "目标3"),
    ],
)  # fmt: skip
def test_what_is_left_of_a_template_is_shown_with_what_stands_around_it(rule, text, found):
    assert [found] == [one.found for one in findings(D, {"goals.annual": text}) if one.rule == rule]


@pytest.mark.parametrize("text", ["养护古树目标", "目标三", "指标2个", "待定位"])
def test_what_only_begins_like_a_placeholder_is_passed(text):
    assert "placeholder" not in [one.rule for one in findings(D, {"goals.annual": text})]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"indicators[6].name": "市民满意度"}, [("indicators[6].name", "≥90%", ("indicators[6].name", "indicators[5].name"))]),
        ({"indicators[6].name": "市民满意度", "indicators[6].target": "≥91%"}, []),
        ({"indicators[6].name": "市民满意度", "indicators[6].level1": "效益指标"}, []),
        ({"indicators[5].name": None, "indicators[6].name": None}, []),
        ({"indicators[6].name": "市 民满意度", "indicators[6].target": "≥90％"}, [("indicators[6].name", "≥90％", ("indicators[6].name", "indicators[5].name"))]),
    ],
    ids=["the same", "another target", "another level", "no names", "other widths"],
)
def test_row_is_repeated_where_all_of_it_is(changes, expected):
    assert expected == [(one.path, one.found, one.paths) for one in findings(D, changes) if one.rule == "repeated"]


def test_target_is_told_with_the_name_of_its_row():
    [one] = [one for one in findings(D, {"indicators[0].target": "≥2340(元/株)"}) if one.rule == "cost-at-least"]
    assert (("indicators[0].target", "indicators[0].name"), "单株养护成本") == (one.paths, one.item)


@pytest.mark.parametrize(
    ("changes", "rule", "found"),
    [
        ({"indicators[1].unit": None}, "quantity-without-unit", "≥98"),
        ({"indicators[1].operator": None, "indicators[1].unit": None}, "quantity-without-unit", "98"),
        ({"indicators[1].target": "198"}, "percent-over", "≥198%"),
        ({"indicators[1].target": "198%"}, "percent-over", "≥198%"),
        ({"indicators[1].target": "198（%）"}, "percent-over", "≥198（%）"),
        ({"indicators[1].target": "198(%)", "indicators[1].operator": None}, "percent-over", "198(%)"),
        ({"indicators[1].target": "≥198"}, "percent-over", "≥198"),
    ],
)  # fmt: skip
def test_target_in_cells_of_its_own_is_read_with_sign_and_unit(changes, rule, found):
    assert [found] == [one.found for one in findings(S, changes) if one.rule == rule]
