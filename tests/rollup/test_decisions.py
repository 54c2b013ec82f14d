"""An officer's decisions: read, obeyed, drafted, named where they fit nothing."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.rollup.drawn import net, rolled, said
from xltool.problems import ProblemError
from xltool.rollup import Decisions, draft, read_decisions

GOAL = "聘请专家对定点机构开展现场检查，保障基金安全规范有效使用"
ROWS = "a=1次 b=2次 c=3次 d=4次 e=5次"
TWICE = f"""
    | 项目 | 金额 | 目标 | 指标 | 文件 |
    | 检查 | 300 | {GOAL} | {ROWS} | a.xlsx |
    | 检查 | 300 | {GOAL} | {ROWS} | b.xlsx |
"""
CHANGED = f"""
    | 项目 | 金额 | 目标 | 指标 | 文件 |
    | 检查 | 300 | {GOAL} | {ROWS} | a.xlsx |
    | 检查 | 350 | {GOAL} | {ROWS} | b.xlsx |
"""
NEAR = f"""
    | 项目 | 金额 | 目标 | 指标 |
    | 检查 | 300 | {GOAL} | {ROWS} |
    | 检查 | 300 | {GOAL} | {ROWS.replace("5", "6")} |
"""
PARENT = """
    | 项目 | 金额 | 目标 | 指标 |
    | 检查 | 300 | | a=1次 b=2次 c=3次 |
    | 监管 | 500 | | a=1次 b=2次 c=3次 d=4次 e=5次 f=6次 |
    | 审计 | 200 | | d=4次 e=5次 f=6次 |
"""


@pytest.mark.parametrize(("picture", "gross"), [(TWICE, 600), (NEAR, 600), (PARENT, 1000)], ids=["twice", "near", "parent"])
def test_a_rejected_relation_takes_nothing_out_and_is_still_shown(picture, gross):
    before = rolled(picture)
    after = rolled(picture, decisions=Decisions({before.relations[0].key: "reject"}))
    assert said(before) == said(after)
    assert ["reject"] == [one.decided for one in after.relations]
    assert Decimal(gross) == net(after) > net(before)
    assert [()] * len(after.rows) == [row.because + row.doubts for row in after.rows]
    assert len(after.rows) == len(after.trees)


def test_a_confirmed_change_counts_the_form_that_the_officer_chose():
    before = rolled(CHANGED)
    (relation,) = before.relations
    assert Decimal(650) == net(before)
    for row, amount in ((0, 300), (1, 350)):
        chosen = Decisions({relation.key: "confirm"}, {relation.key: before.rows[row].signature.hash})
        after = rolled(CHANGED, decisions=chosen)
        assert (row, Decimal(amount)) == (after.relations[0].head, net(after))
        assert ["eliminated"] == [each.standing for each in after.rows if each.number != row]
        assert {("amount", str(amount), str(650 - amount))} == {(one.field, one.counted, one.other) for one in after.relations[0].differences}


def test_of_near_doubles_the_officer_may_choose_which_counts():
    before = rolled(NEAR)
    (relation,) = before.relations
    other = relation.members[0]
    after = rolled(NEAR, decisions=Decisions({}, {relation.key: before.rows[other].signature.hash}))
    assert (other, (relation.head,), Decimal(300)) == (after.relations[0].head, after.relations[0].members, net(after))


def test_a_decision_holds_wherever_the_forms_stand():
    key = rolled(NEAR).relations[0].key
    turned = "\n".join([NEAR.strip().splitlines()[0], *reversed(NEAR.strip().splitlines()[1:])])
    assert Decimal(600) == net(rolled(turned, decisions=Decisions({key: "reject"})))


def test_decisions_that_fit_nothing_are_named():
    assert ("0123456789ab",) == rolled(NEAR, decisions=Decisions({"0123456789ab": "confirm"})).unknown


def test_a_form_chosen_to_count_that_does_not_is_named():
    near, changed = rolled(NEAR), rolled(CHANGED)
    (relation,), other = near.relations, changed.relations[0]
    own = near.rows[relation.members[0]].signature.hash
    assert (relation.key,) == rolled(NEAR, decisions=Decisions({}, {relation.key: own[:8]})).unchosen
    assert (other.key,) == rolled(CHANGED, decisions=Decisions({}, {other.key: changed.rows[1].signature.hash})).unchosen
    assert () == rolled(NEAR, decisions=Decisions({}, {relation.key: own})).unchosen


def test_a_draft_reads_back_as_the_decisions_it_was_made_with():
    found = rolled(CHANGED)
    assert Decisions() == read_decisions(draft(found.rows, found.relations), "d.yaml")
    made = Decisions({found.relations[0].key: "confirm", "0123456789ab": "reject"}, {found.relations[0].key: found.rows[1].signature.hash})
    written = draft(found.rows, found.relations, made)
    assert made == read_decisions(written, "d.yaml")
    assert "以下各条不符合本次的任何关系" in written


def drafted(text: str) -> str:
    """A draft from its list on, without the words above it."""
    return text[text.index("decisions:") :]


def test_decisions_that_fit_nothing_stand_in_the_draft_by_their_keys():
    made = Decisions({"bb": "reject", "aa": "confirm"}, {"cc": "0f3a"})
    assert drafted(draft((), (), made)) == """\
decisions:
# 以下各条不符合本次的任何关系 · the following fit no relation of this run
  - relation: "aa"
    decision: confirm
  - relation: "bb"
    decision: reject
  - relation: "cc"
    decision:
    counts: 0f3a
"""
    assert "decisions:\n# 以下" == drafted(draft((), (), Decisions({}, {"cc": "0f3a"})))[:15]
    assert "decisions: []\n" == drafted(draft((), ()))


@pytest.mark.parametrize(
    ("picture", "decision", "expected"),
    [
        (
            NEAR, {},
            """\
decisions:
  - relation: "{key}"
    decision:
    counts:
    # near certain
    # * {first} 检查 300.00 a.xlsx #{a}
    # - {second} 检查 300.00 a.xlsx #{b}
    # 项目名称相同：检查
    # 金额相同：300.00 元
    # 5 项绩效指标中 4 项完全相同
    # 绩效目标相同
    # 都在文件 a.xlsx 中
    # ≠ target[5]: {one} | {other}
""",
        ),
        (
            PARENT, "confirm",
            """\
decisions:
  - relation: "{key}"
    decision: confirm
    # parent certain
    # * {first} 监管 500.00 a.xlsx #{a}
    # - {second} 检查 300.00 a.xlsx #{b}
    # - {third} 审计 200.00 a.xlsx #{c}
""",
        ),
    ],
    ids=["near", "parent"],
)  # fmt: skip
def test_a_draft_says_what_there_is_to_decide(picture, decision, expected):
    found = rolled(picture)
    (relation,) = found.relations
    forms = [found.rows[row].signature for row in relation.rows]
    words: dict[str, object] = {"key": relation.key}
    words |= dict(zip(("first", "second", "third"), (one.hash for one in forms), strict=False)) | dict(zip("abc", (one.where.number for one in forms), strict=False))
    for one in relation.differences:
        words |= {"one": one.counted, "other": one.other}
    text = drafted(draft(found.rows, found.relations, Decisions({relation.key: decision} if decision else {})))
    assert expected.format(**words) == text[: len(expected.format(**words))]
    assert [] == [line for line in text.splitlines() if line != line.rstrip()]


def test_a_draft_shows_forms_amounts_and_differences():
    found = rolled(NEAR)
    lines = draft(found.rows, found.relations).splitlines()
    (relation,) = found.relations
    head = found.rows[relation.head].signature
    assert f'  - relation: "{relation.key}"' in lines
    assert "    # near certain" in lines
    assert f"    # * {head.hash} 检查 300.00 a.xlsx #{head.where.number}" in lines
    assert "    # ≠ target[5]: 5次 | 6次" in lines or "    # ≠ target[5]: 6次 | 5次" in lines


@pytest.mark.parametrize("trap", ["检查\n  - {relation: x, decision: confirm}\n#", "检查\u2028decisions: []", "检查\x85- a", "检查\x07*"])
def test_names_cannot_write_into_a_draft(trap):
    found = rolled(TWICE)
    rows = [replace(row, signature=replace(row.signature, project=trap)) for row in found.rows]
    written = draft(rows, found.relations)
    assert Decisions() == read_decisions(written, "d.yaml")
    assert [] == [each for each in written if not each.isprintable() and each != "\n"]


def test_an_empty_draft_is_no_decision():
    found = rolled("| 项目 | 金额 |\n| 一 | 1 |")
    assert Decisions() == read_decisions(draft(found.rows, found.relations), "d.yaml")


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("decisions: 3", ["yaml-shape d.yaml:1"]),
        ("decision: []", ["yaml-unknown-key d.yaml:1", "yaml-missing-key d.yaml:1"]),
        ("decisions:\n  - a", ["yaml-shape d.yaml:2"]),
        ("# words\ndecisions:\n  - {decision: confirm}", ["yaml-missing-key d.yaml:3"]),
        ("decisions:\n  - {relation: a, decision: 也许}", ["word-expected d.yaml:2"]),
        ("decisions:\n  - {relation: a, rows: 3}", ["yaml-unknown-key d.yaml:2"]),
        ("decisions:\n  - {relation: [a], decision: reject}", ["yaml-shape d.yaml:2", "yaml-missing-key d.yaml:2"]),
        ("decisions:\n  - {relation: a}\n  - {relation: a, decision: reject}", ["decision-twice d.yaml:3"]),
    ],
    ids=["a number", "a wrong key", "a text", "no relation", "another word", "an unknown key", "a list", "twice"],
)
def test_faults_are_named_by_line(text, faults):
    with pytest.raises(ProblemError) as caught:
        read_decisions(text, "d.yaml")
    assert faults == [f"{one.code} {one.place}" for one in caught.value.problems]


def test_words_may_begin_with_a_capital():
    assert {"a": "reject", "b": "confirm"} == read_decisions("decisions:\n  - {relation: a, decision: Reject}\n  - {relation: b, decision: CONFIRM}", "d.yaml").decided


def test_words_may_be_chinese():
    assert Decisions({"a": "confirm", "b": "reject"}) == read_decisions("decisions:\n  - {relation: a, decision: 确认}\n  - {relation: b, decision: 否认}", "d.yaml")
