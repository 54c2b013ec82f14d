"""What is wrong in the five real filings: the table was read line by line, by eye and with a calculator, not from the program."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.real_filings.test_filings import NAMES, reading
from xltool.check import FAILS, UNKNOWN, Finding, check

READ_BY_HAND = json.loads((Path(__file__).parent / "findings.json").read_text("utf-8"))


def found(name: str, filings: Path) -> tuple[Finding, ...]:
    return check(reading(name, filings).filing)


def told(findings: tuple[Finding, ...], severity: str) -> list[tuple[int, str, str]]:
    return sorted((one.entry, one.rule, one.path) for one in findings if one.severity == severity and one.answer == FAILS)


def by_hand(name: str, severity: str) -> list[tuple[int, str, str]]:
    return sorted((entry, rule, path) for entry, rule, path in READ_BY_HAND[name][severity])


@pytest.mark.parametrize("severity", ["error", "warning"])
@pytest.mark.parametrize("name", NAMES)
def test_findings_of_a_real_filing_are_those_read_by_hand(name: str, severity: str, filings: Path) -> None:
    assert by_hand(name, severity) == told(found(name, filings), severity)


@pytest.mark.parametrize("name", NAMES)
def test_what_nobody_can_tell_of_a_real_filing_is_what_its_blanks_leave_open(name: str, filings: Path) -> None:
    assert by_hand(name, "unknown") == sorted((one.entry, one.rule, one.path) for one in found(name, filings) if one.answer == UNKNOWN)


def test_hints_on_scores_of_a_real_filing_are_those_read_by_hand(filings: Path) -> None:
    findings = found("004", filings)
    for rule, places in READ_BY_HAND["004"]["hint"].items():
        assert [tuple(one) for one in places] == [(one.entry, int(one.path.split("[")[1].split("]")[0])) for one in findings if one.rule == rule]


def test_eight_lines_of_a_real_filing_measure_the_budget_and_no_output(filings: Path) -> None:
    """预算资金执行率 stands eight times as a quantity indicator there."""
    named = [one for one in found("001", filings) if one.rule == "budget-as-output" and one.item == "预算资金执行率"]
    assert 8 == len(named)


def test_a_sum_of_a_real_filing_is_written_out(filings: Path) -> None:
    one = next(one for one in found("004", filings) if one.rule == "money-sum" and one.path == "funding.total.initial_budget")
    assert "22,842,339.16 + 485,906.55 + 0 = 23,328,245.71" == one.sum
    assert ("22,842,339.16", "23,328,245.71") == (one.found, one.expected)
