"""The form of the next step, begun by that of the step before."""

from decimal import Decimal

import pytest

from xltool.canonical import complete
from xltool.filing import Entry, Item, Scalar
from xltool.library import forms
from xltool.prefill import prefill
from xltool.values import Value, parse_target


def declaration(*items: tuple[str, str, str, str], **values: Scalar) -> Entry:
    form = forms()["target-declaration"]
    rows: list[Item] = [{"level1": one, "level2": two, "name": name, "target": parse_target(target, form.units)} for one, two, name, target in items]
    held: dict[str, Scalar] = {"project.name": "堤防巡查", "project.department": "水务局", "year": 2025, "goals.annual": "年度的", "goals.project": "项目的", "funding.annual.total": Decimal(500)}
    return complete(form, held | {path.replace("_", "."): value for path, value in values.items() if path != "money_unit"} | ({"money_unit": values["money_unit"]} if "money_unit" in values else {}), {"indicators": rows})


def told(form: str, entry: Entry) -> tuple[Entry, list[tuple[str, dict[str, str]]]]:
    made = prefill(forms()[form], entry, forms()[entry.form])
    return made.entry, [(note.code, dict(note.words)) for note in made.notes]


def test_project_goal_of_the_year_and_annual_amount_are_taken_over():
    entry, notes = told("self-evaluation", declaration())
    assert ("堤防巡查", "水务局", 2025, "年度的", Decimal(500)) == tuple(
        entry.values[path] for path in ("project.name", "project.department", "year", "goals.expected", "funding.total.initial_budget")
    )
    assert [] == notes
    assert {None} == {entry.values[path] for path in ("goals.actual", "funding.total.annual_budget", "funding.total.executed", "total.score")}


def test_a_level_that_stands_elsewhere_in_the_next_form_moves_and_is_named():
    entry, notes = told("self-evaluation", declaration(("成本指标", "社会成本指标", "停水时长", "≤8(小时)"), ("产出指标", "数量指标", "巡查次数", "≥12(次)")))
    assert [("产出指标", "成本指标", "停水时长"), ("产出指标", "数量指标", "巡查次数")] == [(one["level1"], one["level2"], one["name"]) for one in entry.lists["indicators"]]
    assert [("prefill-level", {"item": "停水时长", "found": "成本指标/社会成本指标", "wanted": "产出指标/成本指标"})] == notes


def test_a_level_that_the_next_form_does_not_know_stays_and_is_named():
    entry, notes = told("self-evaluation", declaration(("产出指标", "新型指标", "乙", "≥2(个)")))
    assert [("产出指标", "新型指标")] == [(one["level1"], one["level2"]) for one in entry.lists["indicators"]]
    assert ["prefill-level-unknown"] == [code for code, _ in notes]


@pytest.mark.parametrize(
    ("target", "number", "sign", "unit"),
    [("≥12(次)", "12", "≥", "次"), ("=100%", "100", "=", "%"), ("=956.00(元/家)", "956", "=", "元/家")],
)
def test_sign_and_unit_go_into_cells_of_their_own_and_back(target, number, sign, unit):
    entry, _ = told("self-evaluation-sichuan", declaration(("产出指标", "数量指标", "甲", target)))
    held = entry.lists["indicators"][0]["target"]
    assert isinstance(held, Value)
    assert (number, sign, unit) == (held.text, held.operator, held.unit)
    back, _ = told("self-evaluation", entry)
    again = back.lists["indicators"][0]["target"]
    assert isinstance(again, Value)
    assert (sign, Decimal(number), unit) == (again.operator, again.value, again.unit)


def test_a_qualitative_target_stays_as_it_is():
    entry, _ = told("self-evaluation-sichuan", declaration(("产出指标", "时效指标", "甲", "及时")))
    assert Value("及时") == entry.lists["indicators"][0]["target"]


def test_amounts_stay_in_the_unit_in_which_they_stand():
    entry, notes = told("self-evaluation-2020", declaration())
    assert (None, Decimal(500)) == (entry.values["money_unit"], entry.values["funding.total.initial_budget"])
    assert [("prefill-unit", {"unit": "元", "usual": "万元"})] == notes


def test_the_same_form_keeps_everything():
    entry = declaration(("产出指标", "数量指标", "甲", "≥2(个)"))
    assert (entry, []) == told("target-declaration", entry)
