"""What a rollup keeps of a form: money in 元, contents as hashes, never more than a few KB."""

import pickle
from dataclasses import dataclass, replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.check.made import DECLARATION, EVALUATION, SICHUAN, filing
from tests.filings import entries
from tests.rollup.drawn import FORM, entry, signatures
from xltool.canonical import complete
from xltool.filing import Item, Source
from xltool.library import forms
from xltool.rollup.model import Signature, Where
from xltool.rollup.names import loose_unit_key, normals, project_key, unit_key
from xltool.rollup.signature import MOST_CONTENT, MOST_HASHES, content_hash, signature, told
from xltool.values import Value, normal, parse_target

HERE = Where("a.xlsx", 1)


def test_money_in_wan_is_converted_and_its_unit_kept():
    yuan, wan = signatures("""
        | 项目 | 金额 | 拨款 | 总额 | 万元 |
        | 检查 | 92764 | 92764 | 200000 | |
        | 检查 | 9.2764 | 9.2764 | 20 | 万元 |
    """)
    assert dict(yuan.amounts) == dict(wan.amounts) == {"amount": 92764, "fiscal": 92764, "project_amount": 200000}
    assert ("元", "万元") == (yuan.money_unit, wan.money_unit)


def test_a_blank_amount_is_none_and_zero_is_zero():
    blank, zero = signatures("""
        | 项目 | 金额 | 结转 |
        | 检查 | | |
        | 检查 | 0 | 0 |
    """)
    assert (None, {}) == (blank.amount, dict(blank.amounts))
    assert (Decimal(0), {"amount": Decimal(0), "carried_over": Decimal(0)}) == (zero.amount, dict(zero.amounts))


def test_blanks_marks_and_source_do_not_change_the_content():
    one = entry(项目="检查 工作", 金额="300", 目标="甲乙\n丙")
    other = replace(entry(项目="检查工作", 金额="300.0", 目标="甲乙丙"), marks={"funding.annual.other": "—"}, source=Source("b.txt"))
    assert content_hash(one) == content_hash(other)
    assert content_hash(one) != content_hash(entry(项目="检查工作", 金额="301", 目标="甲乙丙"))


def test_a_field_that_a_mapping_gains_changes_no_form_that_leaves_it_empty():
    one = entry(项目="检查", 金额="300", 指标="a=1次")
    wider = replace(one, values={**one.values, "remark": None}, lists={"indicators": tuple({**item, "remark": None} for item in one.lists["indicators"])})
    assert content_hash(one) == content_hash(wider)


@given(st.sampled_from(list(forms().values())).flatmap(lambda form: st.tuples(st.just(form), entries(form))))
def test_a_signature_of_any_form_is_small_can_be_pickled_and_tells_its_indicators(drawn):
    form, one = drawn
    found = signature(one, form, HERE)
    assert found == pickle.loads(pickle.dumps(found))
    assert len(pickle.dumps(found)) < 8000
    kept = told(found)
    assert kept is not None and sum(map(len, one.lists.values())) == len(kept[1]) == found.indicators


def test_a_form_of_ten_thousand_indicators_has_a_small_signature():
    items: list[Item] = [{"level1": "产出指标", "level2": "数量指标", "name": f"指标{number}甲乙丙", "target": parse_target(f"={number}次")} for number in range(10_000)]
    found = signature(complete(forms()[FORM], {}, {"indicators": items}), forms()[FORM], HERE)
    assert 10_000 == found.indicators
    assert MOST_HASHES * 8 == len(found.rows)
    assert len(pickle.dumps(found)) < 2 * MOST_HASHES * 8 + MOST_CONTENT + 2000
    assert told(found) is None


def test_text_that_is_kept_elsewhere_tells_the_same_and_leaves_a_smaller_signature():
    one = entry(项目="检查", 金额="300", 目标="甲乙丙丁", 指标="a=1次")
    waiting: list[bytes] = []

    @dataclass(frozen=True)
    class Elsewhere:
        at: int

        def read(self):
            return waiting[self.at]

    def keep(data):
        waiting.append(data)
        return Elsewhere(len(waiting) - 1)

    held, left = signature(one, forms()[FORM], HERE), signature(one, forms()[FORM], HERE, keep=keep)
    assert left.content == Elsewhere(0)
    assert held == replace(left, content=held.content)
    assert told(held) == told(left)
    assert told(left)


@given(st.lists(st.text("项目（）()：　\u200b１2aＡ％~～①Ⅳ㎡¦\u0338\u3099カ=é\u0301\x1f \n")))
def test_texts_looked_at_at_once_are_normal_like_each_alone(texts):
    assert [normal(text) for text in texts] == normals(texts)


@pytest.mark.parametrize("mark", ["\x1f", "\x1e"])
def test_text_that_holds_a_mark_between_parts_is_not_taken_apart_wrongly(mark):
    items: list[Item] = [{"level1": "产出指标", "level2": "数量指标", "name": f"一{mark}二", "target": parse_target("及时")}]
    found = signature(complete(forms()[FORM], {}, {"indicators": items}), forms()[FORM], HERE)
    assert told(found) is None


def test_sign_and_unit_of_cells_of_their_own_are_told_with_the_number():
    form = forms()["self-evaluation-sichuan"]
    items: list[Item] = [{"level1": "产出指标", "level2": "数量指标", "name": "人数", "target": Value("90", "≥", Decimal(90), "%"), "weight": Decimal(10), "score": Decimal(9), "reason": "无"}]
    found = signature(complete(form, {}, {"indicators": items}), form, HERE)
    kept = told(found)
    assert kept is not None and "≥90%" == kept[1][0][3]
    assert found.scored is not None and (1, 1) == (found.scored.short, found.scored.unexplained)
    assert (1, 1) == (found.indicators, found.quantitative)


def test_families_are_told_by_roles():
    found = {form.id: signature(complete(form, {}, {}), form, HERE).family for form in forms().values()}
    assert {"target-declaration": "declaration", "declaration-2015": "declaration", "self-evaluation": "evaluation", "self-evaluation-2020": "evaluation", "self-evaluation-sichuan": "evaluation"} == found


@pytest.mark.parametrize(
    ("key", "first", "second"),
    [
        (project_key, "510000R22-业务 培训“专项”", "业务培训专项"),
        (unit_key, "123001-某市档案馆（盖章）", "某市档案馆"),
        (loose_unit_key, "某市教育局（本级）", "某市教育局"),
        (loose_unit_key, "某市教育局机关本级", "某市教育局"),
    ],
)
def test_names_match_without_codes_seals_and_blanks(key, first, second):
    assert key(first) == key(second)


@pytest.mark.parametrize("name", ["12345热线外包", "2024年补贴", "2024-2025学年补贴"])
def test_a_number_that_belongs_to_a_name_stays(name):
    assert name.upper() == project_key(name)


def test_the_department_itself_and_its_bureau_as_a_whole_are_two_units():
    assert unit_key("某市教育局（本级）") != unit_key("某市教育局")


def test_a_number_among_words_counts_as_a_quantity():
    [one] = signatures("| 项目 | 指标 |\n| 一 | a=95%以上 b=10-20次 c=逐步提高 d=11月底前 |")
    assert (4, 2) == (one.indicators, one.quantitative)


def signed(form: str, changes=None, **more) -> Signature:
    [entry] = filing(form, changes, **more).entries
    return signature(entry, forms()[form], Where("a.xlsx", 1))


@pytest.mark.parametrize(
    ("form", "changes", "same"),
    [
        (SICHUAN, {"indicators[0].operator": "≤"}, False), (SICHUAN, {"indicators[0].operator": None}, False), (SICHUAN, {"indicators[0].unit": "个"}, False), (SICHUAN, {"indicators[0].unit": None}, False),
        (SICHUAN, {"indicators[0].target": "9201"}, False), (SICHUAN, {"indicators[0].actual": "9261"}, False), (SICHUAN, {"indicators[0].reason": "无"}, False), (SICHUAN, {"project.name": "中小学 营养餐"}, True),
        (EVALUATION, {"indicators[1].target": "≥ 96%"}, True), (EVALUATION, {"indicators[1].target": "＞96%"}, False), (EVALUATION, {"indicators[1].level1": "效益指标"}, False), (EVALUATION, {"goals.actual": "开放书屋23处，\n全年未闭馆。"}, True),
        (EVALUATION, {"funding.other.executed": None}, False), (EVALUATION, {"funding.other.executed": "0.00"}, True), (EVALUATION, {"total.score": None}, False),
    ],
)  # fmt: skip
def test_content_is_the_same_where_every_field_is(form, changes, same):
    assert same == (signed(form).hash == signed(form, changes).hash)


@pytest.mark.parametrize(
    ("changes", "without"),
    [({}, 0), ({"indicators[1].reason": None}, 1), ({"indicators[1].reason": "0"}, 1), ({"indicators[1].reason": "无"}, 1), ({"indicators[1].reason": "—", "indicators[4].reason": None}, 2), ({"indicators[0].reason": None}, 0)],
    ids=["all have one", "blank", "nought", "none", "a mark and a blank", "blank beside all of the weight"],
)
def test_scores_are_added_by_level_and_those_that_fall_short_are_counted(changes, without):
    """20 + 14.06 + 8.33 + 5 of 50, 18.12 + 10 of 30, 10 of 10; three fall short."""
    found = signed(EVALUATION, changes).scored
    assert found
    assert (Decimal("94.84"), Decimal("9.33")) == (found.total, found.execution)
    assert [("产出指标", "50", "47.39"), ("效益指标", "30", "28.12"), ("满意度指标", "10", "10")] == [(name, str(weight), str(score)) for name, weight, score in found.levels]
    assert (3, without) == (found.short, found.unexplained)


def test_score_or_weight_that_is_blank_falls_short_of_nothing():
    found = signed(EVALUATION, {"indicators[1].score": None, "indicators[2].weight": None}).scored
    assert found
    assert (1, ("产出指标", "40", "33.33")) == (found.short, tuple(map(str, found.levels[0])))


def test_what_a_register_shows_of_a_declaration_is_kept():
    found = signed(DECLARATION)
    assert ("古树名木养护", "青棠市园林管理所", "青棠市园林局", 2026) == (found.project, found.unit, found.department, found.year)
    assert ("经常性项目", "特定目标类", "2026-01-01", "2026-12-31") == (found.nature, found.category, found.start, found.end)
    assert (6, 5, {"成本指标": 1, "产出指标": 3, "效益指标": 1, "满意度指标": 1}) == (found.indicators, found.quantitative, dict(found.levels))
    assert found.scored is None
    assert {"amount": "341875.25", "project_amount": "683150.5", "fiscal": "298214.15", "carried_over": "31440.1", "other": "12221", "project_fiscal": "612930.5", "project_other": "70220"} == {
        role: f"{number.normalize():f}" for role, number in found.amounts.items()
    }
