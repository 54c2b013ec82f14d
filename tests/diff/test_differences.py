"""What is a difference and what is none: matched by what things are, told in the form's words."""

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.diff.made import FORMS
from tests.edits.made import DECLARATION, DECLARATIONS, EVALUATIONS, filing_of
from xltool.canonical import differences, from_json, to_json
from xltool.diff import apply, diff
from xltool.diff.report import counts, report
from xltool.filing import Filing

"""
The list of DECLARATION, as every test below edits it:

    0  成本指标 / 经济成本指标  …
    …
"""


def edited(edit, filing: Filing = DECLARATIONS) -> Filing:
    """The filing after an edit of its JSON."""
    document = json.loads(json.dumps(to_json(filing, FORMS), default=float), parse_float=Decimal)
    edit(document["sections"])
    return from_json(document, FORMS)


def first(sections) -> dict[str, Any]:
    return sections[0]["forms"][0]


def lines(after: Filing, before: Filing = DECLARATIONS):
    return report(diff(before, after, FORMS), before, after, FORMS, "en")


def kinds(after: Filing, before: Filing = DECLARATIONS) -> dict[str, int]:
    return counts(lines(after, before))


def told(after: Filing, before: Filing = DECLARATIONS):
    """The one difference: its kind, where, from, to, notes."""
    (line,) = lines(after, before)
    return line.kind, line.where, line.old, line.new, line.notes


# ---------------------------------------------------------------- no differences


def spaced(sections) -> None:
    first(sections)["goals"]["annual"] = "\n ".join(first(sections)["goals"]["annual"])
    first(sections)["project"]["name"] = " ".join(first(sections)["project"]["name"])


def usual_unit(sections) -> None:
    first(sections)["money_unit"] = "元"


@pytest.mark.parametrize("edit", [spaced, usual_unit], ids=["blanks and line breaks", "the unit that is usual, stated"])
def test_is_no_difference(edit):
    assert () == lines(edited(edit))


def test_blanks_are_no_difference_beside_one_that_is():
    def edit(sections):
        spaced(sections)
        first(sections)["project"]["nature"] = "一次性项目"
        first(sections)["indicators"][1] |= {"name": "抽检 水样 数量", "target": {"text": "≥220.00(份)"}}

    assert ["项目性质", "年度(/项目)指标值"] == [line.where for line in lines(edited(edit))]


def test_source_is_no_difference():
    entry = next(iter(DECLARATION.entries))
    assert () == lines(filing_of(replace(entry, source=replace(entry.source, file="elsewhere.xlsx"))), filing_of(entry))


# ---------------------------------------------------------------- moved, renamed, doubled


def test_a_form_that_moved_is_not_deleted_and_added():
    def edit(sections):
        sections[0]["forms"].append(sections[0]["forms"].pop(0))

    assert {"moved": 1} == kinds(edited(edit))


def test_a_form_that_moved_to_another_section_is_moved():
    def edit(sections):
        sections[1]["forms"].append(sections[0]["forms"].pop(0))

    assert {"moved": 1} == kinds(edited(edit))


def test_a_project_that_is_renamed_is_the_same_project():
    def edit(sections):
        first(sections)["project"]["name"] = "农村供水水质检测费"

    kind, where, _, new, notes = told(edited(edit))
    assert ("renamed", "项目名称", "农村供水水质检测费") == (kind, where, new)
    assert notes and notes[0].endswith("% alike")


def test_a_row_renamed_and_moved_is_both_and_no_other_row():
    def edit(sections):
        rows = first(sections)["indicators"]
        rows[1]["name"] = "抽检水样总数量"
        rows.insert(5, rows.pop(1))

    assert {"renamed": 1, "moved": 1} == kinds(edited(edit))


def test_a_row_whose_name_alone_is_another_is_renamed():
    def edit(sections):
        first(sections)["indicators"][1]["name"] = "全年检测份数"

    assert {"renamed": 1} == kinds(edited(edit))


def test_a_row_is_found_again_by_its_name_whatever_else_has_changed():
    def edit(sections):
        rows = first(sections)["indicators"]
        rows.append(rows.pop(1) | {"level1": "综合", "level2": "其他", "target": {"text": "及时"}})

    assert {"changed": 3, "moved": 1} == kinds(edited(edit))


def test_another_form_of_the_same_project_is_another_form():
    one, other = next(iter(DECLARATION.entries)), next(iter(EVALUATIONS.entries))
    same = {path: one.values[path] for path in ("project.name", "project.unit", "project.department", "year")}
    assert {"added": 1, "removed": 1} == kinds(filing_of(replace(other, values={**other.values, **same})), filing_of(one))


def test_a_row_under_another_level_is_the_same_row():
    def edit(sections):
        first(sections)["indicators"][1] |= {"level1": "效益指标", "level2": "社会效益指标"}

    found = lines(edited(edit))
    assert [("changed", "一级指标"), ("changed", "二级指标")] == [(line.kind, line.where) for line in found]


def test_of_a_row_that_stands_three_times_one_is_removed():
    def double(sections):
        rows = first(sections)["indicators"]
        rows[1:1] = [rows[1], rows[1]]

    def remove(sections):
        double(sections)
        del first(sections)["indicators"][2]

    before = edited(double)
    assert {"removed": 1} == kinds(edited(remove), before)


def test_rows_that_exchange_their_targets_have_not_moved():
    def edit(sections):
        rows = first(sections)["indicators"]
        rows[1]["target"], rows[2]["target"] = rows[2]["target"], rows[1]["target"]

    assert {"changed": 2} == kinds(edited(edit))


def test_a_row_of_nothing_in_common_is_removed_and_added():
    def edit(sections):
        first(sections)["indicators"][1] = {"level1": "满意度指标", "level2": "服务对象满意度指标", "name": "用水户意见回访", "target": {"text": "≥3次"}}

    assert {"removed": 1, "added": 1} == kinds(edited(edit))


def test_of_one_project_in_two_years_each_year_is_matched_with_itself():
    def two_years(sections):
        later = json.loads(json.dumps(first(sections), default=float), parse_float=Decimal)
        later["year"] = 2026
        sections[0]["forms"].append(later)

    def edit(sections):
        two_years(sections)
        first(sections)["funding"]["annual"]["total"] = 1
        sections[0]["forms"].reverse()

    found = lines(edited(edit), edited(two_years))
    assert {("农村供水水质抽检费（2025）", "1")} == {(line.entry, line.new) for line in found if line.kind == "changed"}


def test_a_move_is_made_of_the_row_that_is_meant_wherever_it_stands_now():
    def moved(sections):
        rows = first(sections)["indicators"]
        rows.insert(0, rows.pop(4))

    def inserted(sections):
        first(sections)["indicators"].insert(0, {"level1": "成本指标", "level2": "社会成本指标", "name": "停水时长", "target": None})

    def both(sections):
        inserted(sections)
        rows = first(sections)["indicators"]
        rows.insert(0, rows.pop(5))

    made = apply(diff(DECLARATIONS, edited(moved), FORMS), edited(inserted), FORMS)
    assert [] == differences(edited(both), made)


# ---------------------------------------------------------------- by how much


def money(path: str, value):
    def edit(sections):
        first(sections)["funding"]["annual"][path] = value

    return edit


@pytest.mark.parametrize(
    ("value", "notes"),
    [
        pytest.param(190000, ("+3,600（+1.9%）",), id="more"),
        pytest.param(Decimal("186399.5"), ("-0.5",), id="hardly less"), pytest.param(186200, ("-200（-0.1%）",), id="less"),
        pytest.param(None, (), id="emptied"),
        pytest.param(Decimal("18.64"), ("-186,381.36（-100.0%）", "a factor of 10,000: look whether 元 and 万元 were mixed"), id="in the wrong unit"),
    ],
)
def test_an_amount_is_told_with_its_difference(value, notes):
    kind, where, old, _, found = told(edited(money("total", value)))
    assert ("changed", "年度资金申请总额", "186,400") == (kind, where, old)
    assert notes == found


def test_the_same_amount_in_another_unit_is_told_as_that():
    def edit(sections):
        first(sections)["money_unit"] = "万元"
        funding = first(sections)["funding"]["annual"]
        funding |= {key: value / Decimal(10000) for key, value in funding.items() if value}

    found = lines(edited(edit))
    assert ("元", "万元") == (found[0].old, found[0].new)
    assert {("the same amount in another unit (元 → 万元)",)} == {line.notes for line in found[1:]}


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        pytest.param("≥220.00(份)", ("+20份",), id="number"),
        pytest.param("=200.00(份)", ("sign: ≥ → =",), id="sign"),
        pytest.param("≥200.00(个)", ("unit: 份 → 个",), id="unit"),
        pytest.param("≥20.00(个)", ("unit: 份 → 个",), id="another number of another unit"),
        pytest.param("≥200(份)", ("written differently, the value is the same",), id="the same value"),
        pytest.param("及时", ("sign: ≥ → (empty)", "unit: 份 → (empty)"), id="no quantity any more"),
    ],
)
def test_a_target_is_told_by_its_parts(text, notes):
    def edit(sections):
        first(sections)["indicators"][1]["target"] = {"text": text}

    assert ("changed", "年度(/项目)指标值", "≥200.00(份)", text, notes) == told(edited(edit))


def test_a_date_is_told_in_days():
    def edit(sections):
        first(sections)["project"]["end_date"] = "2026-01-31"

    assert ("+31 days",) == told(edited(edit))[4]


def test_a_mark_is_data():
    def edit(sections):
        first(sections)["funding"]["annual"]["other"] = None
        first(sections)["marks"] = {"funding.annual.other": "/"}

    assert ("changed", "0", "/") == tuple(told(edited(edit))[at] for at in (0, 2, 3))


def test_a_mark_goes_with_its_row():
    """Row 0 of the self-evaluation has — for its score and moves to the end: nothing else has changed."""

    def mark(sections):
        first(sections)["indicators"][0]["score"] = None
        first(sections)["marks"] = first(sections).get("marks", {}) | {"indicators[0].score": "—"}

    def move(sections):
        mark(sections)
        rows, marks = first(sections)["indicators"], first(sections)["marks"]
        rows.append(rows.pop(0))
        marks[f"indicators[{len(rows) - 1}].score"] = marks.pop("indicators[0].score")

    assert {"moved": 1} == kinds(edited(move, EVALUATIONS), edited(mark, EVALUATIONS))


def test_a_long_text_is_told_word_by_word():
    def edit(sections):
        goals = first(sections)["goals"]
        goals["annual"] = goals["annual"].replace("36座", "38座").replace("保障农村", "切实保障农村")

    (line,) = lines(edited(edit))
    assert [("36", "38"), ("", "切实")] == [(was, now) for was, now in line.runs if was != now]
    assert (line.old, line.new) == tuple("".join(run[side] for run in line.runs) for side in (0, 1))


def test_a_title_that_changes_is_told():
    def edit(sections):
        sections[0]["title"] = "青棠市水务局2025年度项目绩效目标汇总表"

    kind, where, _, new, _ = told(edited(edit))
    assert ("changed", "title of the 汇总表", "青棠市水务局2025年度项目绩效目标汇总表") == (kind, where, new)


def test_nothing_but_a_title_is_moved_where_two_sections_become_one():
    def edit(sections):
        sections[0]["forms"] += sections.pop(1)["forms"]

    assert {"removed": 1} == kinds(edited(edit))


# ---------------------------------------------------------------- many


def test_many_rows_are_matched_in_time():
    """Eight hundred rows, each with another target and half of them renamed: bounded, not every pair by every pair."""
    entry = next(iter(DECLARATION.entries))
    item = entry.lists["indicators"][0]

    def rows(number):
        return [{**item, "name": f"第{at}项{'甲乙丙丁戊己庚辛'[at % 8]}" + ("情况" if number and at % 2 else ""), "target": item["target"]._replace(text=f"≥{at + number}")} for at in range(800)]  # type: ignore[union-attr]

    before, after = (filing_of(replace(entry, lists={"indicators": tuple(rows(number))})) for number in (0, 1))
    patch = diff(before, after, FORMS)
    assert 1200 == len(patch.changes)
    assert [] == differences(after, apply(patch, before, FORMS))


def test_many_forms_are_matched_in_time():
    """Two hundred and fifty forms in another order, an amount of each changed: more pairs than are all compared."""
    entry = next(iter(DECLARATION.entries))
    names = [f"{'甲乙丙丁戊'[at % 5]}泵站{at}号维护" for at in range(250)]

    def forms(total: int, order):
        return filing_of(*(replace(entry, values={**entry.values, "project.name": names[at], "funding.annual.total": Decimal(at + total)}) for at in order))

    found = kinds(forms(1000, reversed(range(250))), forms(0, range(250)))
    assert {"changed": 250, "moved": 249} == found
