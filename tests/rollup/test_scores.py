"""What the self-evaluations of a register come to."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.check.made import EVALUATION, filing
from xltool.library import forms
from xltool.rollup import Rollup, rollup, signature
from xltool.rollup.model import Where
from xltool.rollup.scores import Grade, grade_of, rate


@pytest.mark.parametrize(("score", "grade"), [("100", "优"), ("90", "优"), ("89.99", "良"), ("80", "良"), ("79.99", "中"), ("60", "中"), ("59.99", "差"), ("0", "差"), ("-1", "差")])
def test_grade_is_that_of_the_least_score_reached(score, grade):
    """优 90–100, 良 80–90, 中 60–80, 差 below 60 (财预〔2020〕10号)."""
    assert grade == grade_of(Decimal(score))


def test_grades_of_ones_own_are_reached_in_their_order():
    own = (Grade("一等", Decimal(95)), Grade("二等", Decimal(85)))
    assert ["一等", "二等", "二等"] == [grade_of(Decimal(score), own) for score in ("95", "94.9", "10")]


@pytest.mark.parametrize(("executed", "budget", "expected"), [("431278.65", "462500", "0.9325"), ("1", "3", "0.3333"), ("0", "5", "0"), ("5", "0", None), (None, "5", None), ("5", None, None)])
def test_rate_has_four_decimals_and_is_none_of_nothing(executed, budget, expected):
    assert (Decimal(expected) if expected else None) == rate(executed and Decimal(executed), budget and Decimal(budget))


def rolled(*scores: tuple[str, str | None, str]) -> Rollup:
    """Self-evaluations with these projects, total scores and annual budgets."""
    found = []
    for number, (project, score, budget) in enumerate(scores, 1):
        [entry] = filing(EVALUATION, {"project.name": project, "total.score": score, "funding.total.annual_budget": budget, "goals.expected": f"{project}。"}).entries
        found.append(signature(entry, forms()[EVALUATION], Where("a.xlsx", number)))
    return rollup(found)


def test_scores_of_a_register_are_averaged_and_graded():
    """94.84, 85 and 79.99 are 86.61 on average; 300,000 of 1,000,000 earn 优. The form without a total is in none of it."""
    found = rolled(("书屋", "94.84", "300000"), ("剧院", "85", "500000"), ("球场", "79.99", "200000"), ("泳池", None, "400000")).registers[0].scores
    assert found
    assert (3, 1, "86.6100", "79.99", "94.84") == (found.scored, found.unscored, *map(str, (found.average, found.lowest, found.highest)))
    # Each of the four spent 431,278.65.
    assert Decimal("1.2322") == found.execution_rate
    assert [("优", 1, "300000", "0.3333", "0.3000"), ("良", 1, "500000", "0.3333", "0.5000"), ("中", 1, "200000", "0.3333", "0.2000"), ("差", 0, "0", "0.0000", "0.0000")] == [
        (one.grade, one.count, str(one.money), str(one.count_share), str(one.money_share)) for one in found.grades
    ]
    assert [(0, "优"), (1, "良"), (2, "中")] == [(row, grade) for row, grade in found.by_row]


def test_register_without_a_score_has_no_average():
    found = rolled(("书屋", None, "300000")).registers[0].scores
    assert found
    assert (0, 1, None, None, None, ()) == (found.scored, found.unscored, found.average, found.lowest, found.highest, found.by_row)
    assert [(0, None, None)] * 4 == [(one.count, one.count_share, one.money_share) for one in found.grades]


def test_form_that_counts_once_is_scored_once():
    found = rolled(("书屋", "94.84", "300000"), ("书屋", "94.84", "300000")).registers[0].scores
    assert found
    assert (1, 0) == (found.scored, found.unscored)
