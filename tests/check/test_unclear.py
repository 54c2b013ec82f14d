"""The third answer: each reason why nobody can tell, in the catalogue's words."""

from __future__ import annotations

import pytest

from tests.check.made import EVALUATION, findings
from xltool.check import FAILS, UNKNOWN, counted
from xltool.check.measure import measured
from xltool.check.printing import told
from xltool.values import parse_target

CASES = [
    ("check-blank", {"funding.other.annual_budget": None, "funding.fiscal.annual_budget": "400000"}, (), {"what": "其他资金·全年预算数"}),
    ("check-zero", {"funding.total.annual_budget": "0"}, (), {"what": "年度资金总额·全年预算数"}),
    ("check-words", {"indicators[0].target": "合理", "indicators[0].actual": "较合理"}, (), {"target": "合理", "actual": "较合理"}),
    ("check-no-number", {"indicators[0].actual": "全部开放"}, (), {"target": "=23(处)", "actual": "全部开放"}),
    ("check-units", {"indicators[0].actual": "23场"}, (), {"target": "=23(处)", "actual": "23场"}),
    ("check-direction", {"indicators[2].target": "=800(元/次)", "indicators[2].actual": "700元/次", "indicators[2].score": "10"}, (), {"target": "=800(元/次)", "actual": "700元/次"}),
    ("check-doubted", {"total.score": "95.84"}, ("total.score",), {"what": "总分（得分）", "why": "?"}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "changes", "doubts", "words"), CASES, ids=[case[0] for case in CASES])
def test_reason_why_nobody_can_tell_is_said(code, changes, doubts, words):
    unclear = [one for one in findings(EVALUATION, changes, doubts=doubts) if one.answer == UNKNOWN]
    assert told(code, **words) in [one.what for one in unclear]
    assert {told("check-look")} == {one.do for one in unclear}


def test_what_is_unclear_does_not_count():
    found = findings(EVALUATION, {"total.score": "95.84"}, doubts=("total.score",))
    assert {"error": 0, "warning": 0, "hint": 0} == counted(found)
    assert FAILS not in {one.answer for one in found}


def test_cost_below_what_it_was_to_be_is_not_judged():
    assert "check-direction" == measured(parse_target("=956(元/家)"), parse_target("900(元/家)"), cost=True).why


def test_blank_weight_says_once_that_the_total_cannot_be_checked():
    found = findings(EVALUATION, {"indicators[0].weight": None})
    unclear = [(one.rule, one.path) for one in found if one.answer == UNKNOWN]
    assert [("total-weight", "total.weight")] == [one for one in unclear if one[1] == "total.weight"]


def test_rule_that_cannot_tell_for_another_reason_says_so():
    unclear = [one.rule for one in findings(EVALUATION, {"indicators[0].weight": None, "total.weight": None}) if one.answer == UNKNOWN]
    assert "weights-100" in unclear
