"""Forms that leave out where they belong: named beside the form that they otherwise are."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.rollup.drawn import net, said, signatures
from xltool.rollup import Decisions, rollup

GOAL = "聘请专家对定点机构开展现场检查，保障基金安全规范有效使用"
ROWS = "a=1次 b=2次 c=3次 d=4次 e=5次"
BLANK = {"unit": "", "unit_key": "", "department": "", "department_key": ""}


def pair(goal: str = GOAL, rows: str = ROWS, amount: str = "300", unit: str = "甲中心"):
    """Two forms, the second as the table says."""
    return signatures(f"""
        | 项目 | 金额 | 目标 | 指标 | 单位 |
        | 检查 | 300 | {GOAL} | {ROWS} | 甲中心 |
        | 检查 | {amount} | {goal} | {rows} | {unit} |
    """)


def without(one, **left_out):
    """The form with something left out, which makes it another content."""
    return replace(one, **left_out, hash=one.hash[::-1])


@pytest.mark.parametrize(
    ("left_out", "codes"),
    [
        pytest.param(BLANK, {"unit-blank", "department-blank"}, id="neither unit nor department"),
        pytest.param({"unit": "", "unit_key": ""}, {"unit-blank"}, id="no unit"),
        pytest.param({"department": "", "department_key": ""}, {"department-blank"}, id="no department"),
        pytest.param({"year": None}, {"year-blank"}, id="no year"),
        pytest.param(BLANK | {"year": None}, {"unit-blank", "department-blank", "year-blank"}, id="nothing of them"),
    ],
)
def test_a_copy_that_leaves_out_where_it_belongs_is_doubtful_and_says_what_it_left_out(left_out, codes):
    one, other = pair()
    found = rollup([one, without(other, **left_out)])
    assert ["near doubtful: 检查 = 检查"] == said(found)
    assert Decimal(600) == net(found)
    (relation,) = found.relations
    assert 0 == relation.head
    assert {"name-same", "money-same", "rows-same", "goal-same", "file-one", *codes} == {piece.code for piece in relation.evidence}
    assert [(relation.key,)] * 2 == [row.doubts for row in found.rows]


def test_confirmed_the_one_that_says_more_counts():
    one, other = pair()
    forms = [without(one, **BLANK, year=None), other]
    key = rollup(forms).relations[0].key
    found = rollup(forms, Decisions({key: "confirm"}))
    assert ["eliminated", "counted"] == [row.standing for row in found.rows]
    assert Decimal(300) == net(found)


@pytest.mark.parametrize(
    ("changed", "left_out"),
    [
        pytest.param({"unit": "乙中心"}, {"department": "", "department_key": ""}, id="another unit"),
        pytest.param({}, {"department": "", "department_key": "", "year": 2023}, id="another year"),
        pytest.param({"goal": GOAL + "等"}, BLANK, id="another goal"),
        pytest.param({"rows": ROWS + " f=6次"}, BLANK, id="another indicator"),
        pytest.param({"amount": "301"}, BLANK, id="another amount"),
        pytest.param({}, BLANK | {"project_key": "培训"}, id="another project"),
    ],
)
def test_what_says_something_else_is_no_copy(changed, left_out):
    one, other = pair(**changed)
    assert [] == said(rollup([one, without(other, **left_out)]))


def test_a_copy_of_the_departments_form_is_named_once():
    one, other = pair()
    own = replace(one, unit="某局（本级）", unit_key="某局(本级)")
    assert ["near doubtful: 检查 = 检查"] == said(rollup([own, without(other, unit="", unit_key="")]))


def test_two_that_both_leave_it_out_are_compared_as_forms_of_one_place():
    one, other = (replace(each, **BLANK) for each in pair(goal=GOAL + "等"))
    assert ["near certain: 检查 = 检查"] == said(rollup([one, other]))


def test_copies_that_an_officer_counts_all_are_not_doubted_again():
    one, other = (replace(each, **BLANK, hash="same") for each in pair())
    forms = [one, other, replace(other, where=replace(other.where, number=3))]
    key = rollup(forms).relations[0].key
    assert ["twice certain: 检查 = 检查 = 检查"] == said(rollup(forms, Decisions({key: "reject"})))
