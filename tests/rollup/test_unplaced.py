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
        pytest.param({}, BLANK | {"amounts": {"amount": Decimal(300), "project_amount": Decimal(900)}}, id="another amount of the whole project"),
    ],
)
def test_what_says_something_else_is_no_copy(changed, left_out):
    one, other = pair(**changed)
    one = replace(one, amounts={**one.amounts, "project_amount": Decimal(600)})
    assert [] == said(rollup([one, without(other, **left_out)]))


@pytest.mark.parametrize("nothing", [{"project": "", "project_key": ""}, {"goal": None}], ids=["project", "goal"])
def test_forms_without_a_project_or_a_goal_are_no_copies(nothing):
    """What nobody wrote is not the same."""
    one, other = (replace(each, **nothing) for each in pair())
    assert [] == said(rollup([one, without(other, **BLANK)]))


@pytest.mark.parametrize("hashes", [("0" * 32, "f" * 32), ("f" * 32, "0" * 32)], ids=["the unit in the first", "the unit in the second"])
def test_each_of_two_forms_may_leave_out_what_the_other_says(hashes):
    one, other = (replace(each, hash=found) for each, found in zip(pair(), hashes, strict=True))
    for left_out, blank in (({"department": "", "department_key": ""}, "只有一份写了主管部门：“某局”"), ({"year": None}, "只有一份写了年度：2024；没有写年度的那份在另一张汇总表里")):
        (relation,) = rollup([replace(one, unit="", unit_key=""), replace(other, **left_out)]).relations
        assert ["只有一份写了实施单位：“甲中心”", blank] == [piece.text("zh") for piece in relation.evidence if piece.code.endswith("-blank")]


@pytest.mark.parametrize("turned", [False, True], ids=["the second leaves it out", "the first leaves it out"])
def test_what_one_of_two_left_out_is_said_whichever_stands_first(turned):
    one, other = pair()
    forms = [replace(one, year=2023, department="一局", department_key="一局"), without(other, year=None, department="", department_key="")]
    (relation,) = rollup(forms[::-1] if turned else forms).relations
    texts = [piece.text("zh") for piece in relation.evidence if piece.code.endswith("-blank")]
    assert ["只有一份写了主管部门：“一局”", "只有一份写了年度：2023；没有写年度的那份在另一张汇总表里"] == texts


def test_of_two_forms_that_a_copy_may_be_of_the_confirmed_one_alone_is_named():
    one, other = pair()
    two = replace(one, unit="乙中心", unit_key="乙中心", hash="2" * 32)
    forms = [one, two, without(other, unit="", unit_key="")]
    found = rollup(forms)
    assert [(0, (2,)), (1, (2,))] == sorted((relation.head, relation.members) for relation in found.relations)
    keys = {relation.head: relation.key for relation in found.relations}
    confirmed = rollup(forms, Decisions({keys[1]: "confirm"}))
    assert [(1, (2,))] == [(relation.head, relation.members) for relation in confirmed.relations]
    told = rollup(forms, Decisions({keys[1]: "confirm", keys[0]: "reject"}))
    assert {(1, "confirm"), (0, "reject")} == {(relation.head, relation.decided) for relation in told.relations}


def test_a_confirmed_copy_is_no_form_that_others_are_compared_with():
    one, other = pair()
    second, third = without(other, unit="", unit_key=""), replace(other, **BLANK, hash="3" * 32)
    forms = [one, second, third]
    assert [(0, 1), (0, 2), (1, 2)] == sorted(relation.rows for relation in rollup(forms).relations)
    key = next(relation.key for relation in rollup(forms).relations if relation.rows == (0, 1))
    assert [(0, 1), (0, 2)] == sorted(relation.rows for relation in rollup(forms, Decisions({key: "confirm"})).relations)


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
