"""Tests of a profile of one's own: settings that no shipped profile gives, and fields that stand where a rule does not expect them."""

from __future__ import annotations

import textwrap
from decimal import Decimal

import pytest

from tests.check.made import DECLARATION, EVALUATION, NATIONAL, SICHUAN, filing
from xltool import mapping
from xltool.canonical import complete
from xltool.check import check
from xltool.check.profiles import read
from xltool.filing import Filing, Section
from xltool.values import parse_target

D, E, N, S = DECLARATION, EVALUATION, NATIONAL, SICHUAN


def found_by(rule: str, form: str, changes=None, **more):
    """The findings of one rule of one's own, written as a flow mapping without its words."""
    text = f"profile: own\ntitle: {{zh: 本局, en: ours}}\nrules:\n  own: {{{rule}, what: {{zh: 甲, en: a}}, do: {{zh: 乙, en: b}}}}\n"
    return check(filing(form, changes, **more), profile=read(textwrap.dedent(text), "own.yaml"))


BECAUSE = "because: {zh: 舍入, en: rounding}"


@pytest.mark.parametrize(
    ("rule", "form", "changes", "expected"),
    [
        ("test: parts-add-up, severity: error, tolerance: {万元: '0.1'}, " + BECAUSE, N, {"funding.total.initial_budget": "312.5"}, []),
        ("test: parts-add-up, severity: error, tolerance: {万元: '0.1'}, " + BECAUSE, N, {"funding.total.initial_budget": "312.3"}, []),
        ("test: parts-add-up, severity: error, tolerance: {万元: '0.1'}, " + BECAUSE, N, {"funding.total.initial_budget": "312.51"}, ["error"]),
        ("test: parts-add-up, severity: error, tolerance: {元: '0.1'}, " + BECAUSE, N, {"funding.total.initial_budget": "312.5"}, ["error"]),
        ("test: total, severity: error, of: total_score, parts: [execution_score, score], tolerance: '1', " + BECAUSE, E, {"total.score": "95.8"}, []),
        ("test: total, severity: error, of: total_score, parts: [execution_score, score], tolerance: '0.96', " + BECAUSE, E, {"total.score": "95.8"}, []),
        ("test: total, severity: error, of: total_score, parts: [execution_score, score], tolerance: '0.95', " + BECAUSE, E, {"total.score": "95.8"}, ["error"]),
        ("test: total, severity: error, of: total_score, parts: [execution_score, score], tolerance: '0.96', " + BECAUSE, E, {"total.score": "93.8"}, ["error"]),
        ("test: total, severity: error, of: total_score, parts: [execution_score, score], tolerance: '1', within: hint, " + BECAUSE, E, {"total.score": "95.8"}, ["hint"]),
        ("test: total, severity: error, of: total_score, parts: [execution_score, score]", E, {"total.score": "94.8"}, ["error"]),
        ("test: total, severity: error, of: total_score, parts: [execution_score, score], upwards: warning", E, {"total.score": "94.8"}, []),
        ("test: total, severity: error, of: total_score, parts: [execution_score, score], upwards: warning", E, {"total.score": "94.9"}, ["warning"]),
        ("test: total, severity: error, of: total_score, parts: [execution_score, score], tolerance: '1', " + BECAUSE, E, {"total.score": "95.84"}, ["error"]),
        ("test: quotient, severity: error, of: execution_rate, dividend: executed, divisor: annual_budget", E, {"funding.total.execution_rate": "0.932"}, []),
        ("test: quotient, severity: error, of: execution_rate, dividend: executed, divisor: annual_budget", E, {"funding.total.execution_rate": "0.92"}, ["error"]),
        ("test: quotient, severity: error, of: execution_rate, dividend: executed, divisor: annual_budget, decimals: '1', within: hint, " + BECAUSE, E, {"funding.total.execution_rate": "0.932"}, []),
        ("test: product, severity: error, of: execution_score, factors: [execution_rate, execution_weight]", E, {"funding.total.score": "9.4"}, []),
        ("test: product, severity: error, of: execution_score, factors: [execution_rate, execution_weight], upwards: warning", E, {"funding.total.score": "9.4"}, ["warning"]),
        ("test: product, severity: error, of: execution_score, factors: [execution_rate, execution_weight], within: hint, " + BECAUSE, E, {"funding.total.score": "9.4"}, ["hint"]),
        ("test: product, severity: error, of: execution_score, factors: [execution_rate, execution_weight], decimals: '3'", E, {"funding.total.score": "9.33"}, []),
        ("test: product, severity: error, of: execution_score, factors: [execution_rate, execution_weight], decimals: '3'", E, {"funding.total.score": "9.331"}, ["error"]),
        ("test: product, severity: error, of: total_score, factors: [project_amount, execution_weight]", E, {}, []),
        ("test: score, severity: error, fault: full", E, {"indicators[5].target": "≥95%", "indicators[5].actual": "93%"}, []),
        ("test: score, severity: error, fault: full, within: hint, " + BECAUSE, E, {"indicators[5].target": "≥95%", "indicators[5].actual": "93%"}, ["hint"]),
        ("test: score, severity: error, fault: above, within: hint, " + BECAUSE, E, {"indicators[5].target": "≥95%", "indicators[5].actual": "93%"}, []),
        ("test: score, severity: error, fault: full, within: hint, " + BECAUSE, E, {"indicators[5].target": "≥95%", "indicators[5].actual": "50%"}, ["error"]),
        ("test: compare, severity: error, left: score, sign: '>', number: '4'", E, {"indicators[3].score": "4"}, ["error"]),
        ("test: compare, severity: error, left: score, sign: '>', number: '4'", E, {"indicators[3].score": "4.1"}, []),
        ("test: compare, severity: error, left: score, sign: '<', number: '20.1'", E, {}, []),
        ("test: compare, severity: error, left: score, sign: '<', number: '20'", E, {}, ["error"]),
    ],
)  # fmt: skip
def test_own_tolerance_holds(rule, form, changes, expected):
    """The scores add up to 94.84; 431278.65 ÷ 462500 = 93.2494…%; 93.25 % of 10 are 9.325; 93 ÷ 95 × 10 = 9.79."""
    assert expected == [one.severity for one in found_by(rule, form, changes)]


@pytest.mark.parametrize(
    ("rule", "form"),
    [
        ("test: total, severity: error, of: project_amount, parts: [weight]", E),
        ("test: compare, severity: error, left: score, sign: '=', right: project_amount", E),
        ("test: reason-wanted, severity: error, reason: execution_reason, of: execution_rate, below: '1'", N),
        ("test: grade, severity: error, least: {优: '90'}", N),
        ("test: caps, severity: error, most: {'0.5': '59'}", D),
        ("test: tiers, severity: error, most: {优: '1'}", D),
    ],
)
def test_rule_about_a_role_that_the_form_has_not_is_silent(rule, form):
    assert () == found_by(rule, form)


def test_quotient_of_fields_in_different_blocks_is_that_of_these_fields_alone():
    """9.33 ÷ 10 = 93.3 %, the total score is 94.84 points."""
    [one] = found_by("test: quotient, severity: error, of: total_score, dividend: execution_score, divisor: execution_weight", E)
    assert ("total.score", "9.33 ÷ 10 = 93.3%") == (one.path, one.sum)


@pytest.mark.parametrize(("rate", "total", "expected"), [("0.7", "90", "≤ 89"), ("0.6", "90", "≤ 79"), ("0.5", "90", "≤ 69"), ("0.49", "90", "≤ 59"), ("0.8", "90", None), ("0.79", "89", None), ("0.69", "79.1", "≤ 79")])
def test_lowest_cap_that_applies_is_the_one(rate, total, expected):
    changes = {"funding.total.execution_rate": rate, "total.score": total}
    found = [one.expected for one in check(filing(E, changes), profile="execution-caps") if one.rule == "execution-cap"]
    assert ([expected] if expected else []) == found


def test_cap_of_a_total_that_is_blank_is_not_asked_for():
    for changes in ({"total.score": None, "funding.total.execution_rate": "0.4"}, {"total.score": "90", "funding.total.execution_rate": None}):
        assert "execution-cap" not in [one.rule for one in check(filing(E, changes), profile="execution-caps")]


ROLES = {"indicator": "名称", "target": "目标", "actual": "实际", "weight": "分值", "score": "得分", "reason": "原因"}
SMALL = """\
form: small
title: 自评表
layout: |
  | 自评表 | < | < | < | < | < |
  | 名称 | 目标 | 实际 | 分值 | 得分 | 原因 |
  | {名称} | {目标} | {实际} | {分值} | {得分} | {原因} |
  | … | … | … | … | … | … |
fields:
  名称: {json: name}
  目标: {json: target, type: target}
  实际: {json: actual, type: target}
  分值: {json: weight, type: number}
  得分: {json: score, type: number}
  原因: {json: reason}
lists:
  rows: [名称, 目标, 实际, 分值, 得分, 原因]
roles:
"""
ABOUT = {"score-above", "reason-missing", "reason-idle", "over-achieved", "tiers"}


@pytest.mark.parametrize(
    ("without", "actual", "score", "reason", "expected"),
    [
        ("", "4次", "9", None, {"score-above", "reason-missing"}),
        ("reason", "4次", "9", None, {"score-above"}),
        ("score", "4次", "9", None, set()),
        ("weight", "4次", "9", None, set()),
        ("actual", "4次", "9", None, {"reason-missing"}),
        ("target", "4次", "9", None, {"reason-missing"}),
        ("", "8次", "10", None, {"over-achieved"}),
        ("reason", "8次", "10", None, {"over-achieved"}),
        ("score", "8次", "10", None, {"over-achieved"}),
        ("actual", "8次", "10", None, set()),
        ("", "5次", "10", "天气不好", {"reason-idle"}),
        ("target", "5次", "10", "天气不好", {"reason-idle"}),
        ("actual", "5次", "10", "天气不好", {"reason-idle"}),
        ("score", "5次", "10", "天气不好", set()),
        ("weight", "5次", "10", "天气不好", set()),
        ("", "部分达成预期指标", "9", "天气不好", {"tiers"}),
        ("score", "部分达成预期指标", "9", "天气不好", set()),
        ("weight", "部分达成预期指标", "9", "天气不好", set()),
        ("actual", "部分达成预期指标", "9", "天气不好", set()),
    ],
)  # fmt: skip
def test_form_that_has_no_field_of_a_role_is_asked_nothing_about_it(without, actual, score, reason, expected):
    """A target of 5, of which 10 points are earned: 4 earn 8, 8 are 160 %, a tier's phrase earns 6 to 8."""
    form = mapping.read(SMALL + "".join(f"  {role}: {name}\n" for role, name in ROLES.items() if role != without), "m.yaml")
    item = {"name": "清淤", "target": parse_target("≥5次", form.units | {"次"}), "actual": parse_target(actual, form.units | {"次"}), "weight": Decimal(10), "score": Decimal(score), "reason": reason}
    found = check(Filing((Section(None, (complete(form, {}, {"rows": [item]}),)),)), {"small": form}, "national")
    assert expected == {one.rule for one in found} & ABOUT
