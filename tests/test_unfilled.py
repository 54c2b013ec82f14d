"""Forms that nobody has filled in: what a blank may bear beforehand, and what makes a form a filled one."""

from dataclasses import replace
from decimal import Decimal

import pytest

from xltool.arrange import blank
from xltool.filing import Item, Scalar
from xltool.library import forms
from xltool.unfilled import unfilled
from xltool.values import Value

FORMS = forms()
FORM = FORMS["self-evaluation"]
BLANK = blank(FORM)
GIVEN_OUT: dict[str, Scalar] = {"year": 2025, "project.department": "青棠市水务局", "project.unit": "青棠市水务局（本级）", "funding.total.weight": Decimal(10), "total.score": Decimal(0), "goals.actual": " "}
LEVELS: Item = {"level1": "产出指标", "level2": "数量指标", "name": None, "target": None, "actual": None, "weight": Decimal(50), "score": None, "reason": None}


@pytest.mark.parametrize("form", FORMS)
def test_blank_of_every_form_is_unfilled(form):
    assert unfilled(blank(FORMS[form], rows=3), FORMS[form])


def test_blank_as_a_bureau_gives_it_out_is_unfilled():
    """The year, the unit, levels with their weights stand in it; sums come to 0."""
    assert unfilled(replace(BLANK, values={**BLANK.values, **GIVEN_OUT}, lists={"indicators": (LEVELS, LEVELS)}), FORM)


@pytest.mark.parametrize(
    "told",
    [{"project.name": "设备购置"}, {"funding.total.annual_budget": Decimal(5)}, {"goals.expected": "购置"}, {"total.score": Decimal(85)}],
    ids=["a project", "an amount", "a goal", "a score"],
)
def test_one_thing_of_its_own_fills_a_form(told):
    assert not unfilled(replace(BLANK, values={**BLANK.values, **GIVEN_OUT, **told}), FORM)


@pytest.mark.parametrize("told", [{"name": "购置数量"}, {"target": Value("=4", "=", Decimal(4))}], ids=["name", "target"])
def test_one_indicator_fills_a_form(told):
    assert not unfilled(replace(BLANK, lists={"indicators": ({**LEVELS, **told},)}), FORM)
