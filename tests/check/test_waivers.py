"""Waivers: what they accept, what they do not, and the file they stand in."""

from __future__ import annotations

import pytest

from tests.check.made import EVALUATION, findings
from xltool import budgets
from xltool.check import Waiver, check, worst
from xltool.check import waivers as waiving
from xltool.problems import ProblemError

WRONG = {"indicators[0].score": "21", "total.score": "95.84"}
NAME = "开放书屋数量"


def accepted(**said: str) -> list[str]:
    waiver = Waiver(**{"rule": "score-over", "reason": "财政科同意", **said})
    return [one.path for one in waiving.apply(findings(EVALUATION, WRONG), [waiver]) if one.accepted]


@pytest.mark.parametrize(
    "said",
    [
        {}, {"form": EVALUATION}, {"project": "社区书屋 开放"}, {"indicator": NAME}, {"path": "indicators.score"},
        {"form": EVALUATION, "project": "社区书屋开放", "path": "indicators.score", "indicator": NAME},
    ],
    ids=["rule", "form", "project", "indicator", "path", "all"],
)  # fmt: skip
def test_waiver_accepts_what_it_names(said):
    assert ["indicators[0].score"] == accepted(**said)


@pytest.mark.parametrize("said", [{"rule": "score-negative"}, {"form": "x"}, {"project": "别的"}, {"indicator": "别的"}, {"path": "indicators[0].score"}], ids=str)
def test_waiver_accepts_nothing_else(said):
    assert [] == accepted(**said)


def test_accepted_finding_keeps_its_reason_and_does_not_count():
    found = check_with("score-over", "weights-100", "total-score", "total-weight", "reason-missing")
    assert {"财政科同意"} == {one.accepted for one in found if one.severity == "error"}
    assert worst(found) != "error"


def check_with(*rules: str):
    from tests.check.made import filing

    return check(filing(EVALUATION, WRONG), waivers=[Waiver(rule, "财政科同意") for rule in rules])


def test_waiver_does_not_hang_on_a_row_number():
    """The same indicator one row further down."""
    from tests.check.made import filing

    waiver = [Waiver("score-over", "同意", path="indicators.score", indicator="读者满意度")]
    first = check(filing(EVALUATION, {"indicators[6].score": "11"}), waivers=waiver)
    then = check(filing(EVALUATION, {"indicators[6].score": "11"}, drop=(0,)), waivers=waiver)
    assert ["indicators[6].score", "indicators[5].score"] == [one.path for found in (first, then) for one in found if one.accepted]


def test_waiver_without_use_is_named():
    waivers = [Waiver("score-over", "同意"), Waiver("money-sum", "同意", place="w.yaml:7")]
    assert ("w.yaml:7",) == tuple(one.place for one in waiving.unused(findings(EVALUATION, WRONG), waivers))


def test_draft_reads_back_once_its_reasons_are_given():
    found = findings(EVALUATION, WRONG)
    draft = waiving.draft(found)
    with pytest.raises(ProblemError) as error:
        waiving.read(draft, "w.yaml")
    assert {"waiver-reason"} == {one.code for one in error.value.problems}
    waivers = waiving.read(draft.replace(waiving.DRAFT, "同意"), "w.yaml")
    assert all(any(waiver.accepts(one) for waiver in waivers) for one in found if one.counts)


def test_draft_keeps_the_waivers_that_are_used():
    kept = Waiver("score-over", "财政科: “同意”\n见附件 #3", project="社区书屋开放")
    found = tuple(waiving.apply(findings(EVALUATION, WRONG), [kept]))
    again = waiving.read(waiving.draft(found, [kept]).replace(waiving.DRAFT, "x"), "w.yaml")
    assert (kept.reason, kept.project) == (again[0].reason, again[0].project)
    assert ["score-over"] == [one.rule for one in again if one.rule == "score-over"]


def test_draft_of_nothing_is_a_file_all_the_same():
    assert () == waiving.read(waiving.draft(()), "w.yaml")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("waivers: none", [("w.yaml:1", "yaml-shape")]),
        ("waivers:\n  - score-over", [("w.yaml:2", "yaml-shape")]),
        ("waivers:\n  - rule: a", [("w.yaml:2", "yaml-missing-key")]),
        ("waivers:\n  - {rule: a, reason: ''}", [("w.yaml:2", "waiver-reason")]),
        ("waivers:\n  - {rule: a, reason: b, row: 3}", [("w.yaml:2", "yaml-unknown-key")]),
        ("waivers:\n  - {rule: [a], reason: b}", [("w.yaml:2", "yaml-shape"), ("w.yaml:2", "yaml-missing-key")]),
        ("waivers: []\nrules: []", [("w.yaml:2", "yaml-unknown-key")]),
        ("waivers:\n  - {rule: a, reason: 无}", [("w.yaml:2", "waiver-reason")]),
        ("waivers:\n  - {rule: a, reason: 0}", [("w.yaml:2", "waiver-reason")]),
        ("waivers:\n  - {rule: a, reason: b, project: }", [("w.yaml:2", "waiver-empty")]),
        ("waivers:\n  - {rule: '', reason: b}", [("w.yaml:2", "waiver-empty")]),
        ("waivers:\n  - {rule: a, reason: b, path: 'indicators[3].score'}", [("w.yaml:2", "waiver-path")]),
        ("waivers:\n  - {rule: a, reason: b, until: 2025-13-40}", [("w.yaml:2", "yaml-unknown-key")]),
    ],
    ids=[
        "no list", "no table", "no reason", "empty reason", "unknown key", "no text", "another key",
        "无 for a reason", "0 for a reason", "an empty project", "an empty rule", "a row number", "a date",
    ],
)
def test_faults_of_a_file_of_waivers_are_named_by_line(text, expected):
    with pytest.raises(ProblemError) as error:
        waiving.read(text, "w.yaml")
    assert expected == [(one.place, one.code) for one in error.value.problems]


def test_file_of_waivers_is_as_large_as_its_budget_allows():
    text = "waivers: []\n" + "#" * 3000
    with budgets.using(budgets.raised(("waivers-size=2",), budgets.current())), pytest.raises(ProblemError) as error:
        waiving.read(text, "w.yaml")
    assert ["yaml-size"] == [one.code for one in error.value.problems]
    assert () == waiving.read(text, "w.yaml")


def test_of_several_waivers_the_first_of_the_file_accepts():
    waivers = [Waiver("score-over", "甲"), Waiver("score-over", "乙", project="社区书屋开放")]
    assert {"甲"} == {one.accepted for one in waiving.apply(findings(EVALUATION, WRONG), waivers) if one.accepted}
    assert {"乙"} == {one.accepted for one in waiving.apply(findings(EVALUATION, WRONG), waivers[::-1]) if one.accepted}
