"""The real filings, against what reading them by eye says."""

from decimal import Decimal
from pathlib import Path

import pytest

import xltool
from tests.rollup.drawn import scores_of
from xltool.rollup import Rollup


def rolled(filings: Path, name: str) -> Rollup:
    (path,) = filings.glob(f"{name}_*.txt")
    return xltool.rollup([xltool.read(path)])


@pytest.fixture(scope="module")
def doubled(request) -> Rollup:
    return rolled(request.getfixturevalue("filings"), "000")


def test_the_filing_that_lists_parents_with_their_sub_projects_counts_each_once(doubled):
    total = doubled.registers[0].total
    assert (15, 9) == (total.forms, total.counted)
    assert (Decimal(1713200), Decimal(856600), Decimal(856600)) == (total.gross["amount"], total.eliminated["amount"], total.net["amount"])
    assert total.net["amount"] == total.net["fiscal"]


def test_its_parent_and_five_pairs_are_found_and_certain(doubled):
    """The form numbers as the filing lists them, from 0."""
    assert {
        ("parent", (0, 1, 2, 3, 4)), ("near", (5, 6)), ("near", (7, 8)), ("near", (9, 10)), ("near", (11, 12)), ("near", (13, 14)),
    } == {(one.kind, tuple(sorted(one.rows))) for one in doubled.relations}  # fmt: skip
    assert {"certain"} == {one.certainty for one in doubled.relations}
    (parent,) = [one for one in doubled.relations if one.kind == "parent"]
    assert (3, "医保监管") == (parent.head, doubled.rows[parent.head].signature.project)


def test_its_two_pairs_of_one_name_differ_in_a_word(doubled):
    told = {tuple(sorted(one.rows)): {(d.field, d.item, *sorted((d.counted, d.other))) for d in one.differences} for one in doubled.relations if one.kind == "near"}
    assert {("indicator", 3, "对街镇社区事务受理中心管理人员开展", "对街镇社区事务受理中心管理人员开展培训")} == told[5, 6]
    assert {("target", 8, "提升", "提高")} == told[13, 14]
    assert {("project", 0, "医保宣传与推广", "宣传与推广")} == told[7, 8]
    assert {("project", 0, "外聘法律顾问", "法律咨询与服务")} == told[9, 10]
    assert {("project", 0, "医疗补助", "武警医疗金")} == told[11, 12]


@pytest.mark.parametrize(("name", "forms", "money"), [("001", 12, "216573800"), ("002", 4, "6559330"), ("003", 14, "23111616"), ("004", 7, "39176706.55")])
def test_the_others_hold_no_money_twice(filings, name, forms, money):
    """002 and 004 hold two projects of one amount each: nothing else in them agrees."""
    found = rolled(filings, name)
    assert ((), forms) == (found.relations, len(found.trees))
    (register,) = found.registers
    assert Decimal(money) == register.total.net["amount"] == register.total.gross["amount"]


def test_the_self_evaluations_come_to_their_average_and_grades(filings):
    scores = scores_of(rolled(filings, "004"))
    assert (7, 0, Decimal("90.59"), Decimal(85), Decimal("99.96")) == (scores.scored, scores.unscored, scores.average, scores.lowest, scores.highest)
    assert [("优", 3), ("良", 4), ("中", 0), ("差", 0)] == [(one.grade, one.count) for one in scores.grades]
    assert Decimal("1.0433") == scores.execution_rate


def test_projects_of_one_name_in_other_years_and_units_are_not_one(filings):
    paths = sorted(filings.glob("*.txt"))
    found = xltool.rollup([xltool.read(path) for path in paths])
    assert 6 == len(found.relations)
    assert [("declaration", 2026), ("declaration", 2025), ("declaration", 2024), ("evaluation", 2021)] == [(one.family, one.year) for one in found.registers]
