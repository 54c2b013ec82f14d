"""Registers: what is added together, and what never is."""

from dataclasses import replace
from decimal import Decimal

from tests.rollup.drawn import rolled, scores_of
from xltool.canonical import complete
from xltool.filing import Scalar
from xltool.library import forms
from xltool.rollup import Grade, rollup, signature
from xltool.rollup.model import Where


def evaluated(number: int, unit: str, budget: int, executed: int, score: str | None, **values: Scalar):
    form = forms()["self-evaluation"]
    made: dict[str, Scalar] = {
        "year": 2023, "project.name": f"项目{number}", "project.unit": unit, "funding.total.annual_budget": Decimal(budget),
        "funding.total.executed": Decimal(executed), "total.score": Decimal(score) if score else None,
    }  # fmt: skip
    return signature(complete(form, made | values, {}), form, Where("e.xlsx", number))


def test_each_family_and_year_has_a_register_of_its_own_the_latest_first():
    found = rolled("| 项目 | 金额 | 年度 |\n| 一 | 100 | 2023 |\n| 二 | 200 | 2024 |")
    both = rollup([*(row.signature for row in found.rows), evaluated(1, "甲中心", 50, 50, "90")])
    assert [("declaration", 2024), ("declaration", 2023), ("evaluation", 2023)] == [(one.family, one.year) for one in both.registers]
    assert [200, 100, 50] == [one.total.net["amount"] for one in both.registers]


def test_a_declaration_and_the_evaluation_of_one_project_are_no_doubles():
    found = rolled("| 项目 | 金额 | 年度 | 单位 |\n| 项目1 | 50 | 2023 | 甲 |")
    both = rollup([replace(found.rows[0].signature, department="", department_key=""), evaluated(1, "甲", 50, 50, "90")])
    assert () == both.relations


def test_a_unit_has_one_subtotal_whether_its_department_is_called_its_own_level_or_not():
    found = rolled("| 项目 | 金额 | 单位 | 部门 |\n| 一 | 100 | 供水中心 | 水务局 |\n| 二 | 200 | 供水中心 | 水务局（本级） |\n| 三 | 300 | 供水中心 | 教育局 |")
    assert [("教育局", Decimal(300)), ("水务局", Decimal(300))] == [(one.department, one.sums.net["amount"]) for one in found.registers[0].units]


def test_annual_and_whole_project_amounts_are_never_one_figure():
    found = rolled("| 项目 | 金额 | 总额 |\n| 一 | 100 | 300 |\n| 二 | 200 | |")
    assert {"amount": 300, "project_amount": 300} == dict(found.registers[0].total.net)


def test_units_have_subtotals_in_the_order_of_department_and_name():
    found = rolled("| 项目 | 金额 | 单位 |\n| 一 | 100 | 乙中心 |\n| 二 | 200 | 甲中心 |\n| 三 | 50 | 乙 中心 |")
    assert [("乙中心", (0, 2), Decimal(150)), ("甲中心", (1,), Decimal(200))] == [(one.unit, one.rows, one.sums.net["amount"]) for one in found.registers[0].units]
    assert (3, 3, Decimal(350)) == (found.registers[0].total.forms, found.registers[0].total.counted, found.registers[0].total.net["amount"])


def test_a_subtotal_has_the_units_name_as_it_is_printed_and_what_it_is_known_by():
    found = rolled("| 项目 | 金额 | 单位 |\n| 一 | 100 | [103001]供水 中心（盖章） |\n| 二 | 200 | 供水中心 |")
    assert [("[103001]供水 中心（盖章）", "供水中心", "某局", (0, 1))] == [(one.unit, one.unit_key, one.department, one.rows) for one in found.registers[0].units]


def test_forms_and_indicators_that_are_eliminated_do_not_count():
    goal = "聘请专家对定点机构开展现场检查"
    found = rolled(f"""
        | 项目 | 金额 | 目标 | 指标 | 文件 |
        | 检查 | 300 | {goal} | a=1次 b=2次 c=及时 | a.xlsx |
        | 检查 | 300 | {goal} | a=1次 b=2次 c=及时 | b.xlsx |
        | 培训 | 40 | 面向居民举办讲座 | d=1次 | b.xlsx |
    """)
    total = found.registers[0].total
    assert (3, 2, 4, 3) == (total.forms, total.counted, total.indicators, total.quantitative)
    assert (Decimal(640), Decimal(300), Decimal(340)) == (total.gross["amount"], total.eliminated["amount"], total.net["amount"])


def test_scores_are_averaged_graded_and_shared_out():
    found = rollup([evaluated(1, "甲", 300, 300, "95"), evaluated(2, "甲", 100, 50, "85.5"), evaluated(3, "乙", 100, 0, "59.99"), evaluated(4, "乙", 7, 7, None)])
    scores = scores_of(found)
    assert (3, 1, Decimal("80.1633"), Decimal("59.99"), Decimal(95)) == (scores.scored, scores.unscored, scores.average, scores.lowest, scores.highest)
    assert Decimal("0.7041") == scores.execution_rate
    assert [("优", 1, Decimal(300)), ("良", 1, Decimal(100)), ("中", 0, Decimal(0)), ("差", 1, Decimal(100))] == [(one.grade, one.count, one.money) for one in scores.grades]
    assert [Decimal("0.3333"), Decimal("0.6")] == [scores.grades[0].count_share, scores.grades[0].money_share]
    assert ((0, "优"), (1, "良"), (2, "差")) == scores.by_row


def test_thresholds_of_grades_are_the_profiles():
    grades = (Grade("合格", Decimal(60)), Grade("不合格", Decimal(0)))
    found = rollup([evaluated(1, "甲", 300, 300, "60"), evaluated(2, "甲", 300, 300, "-1")], grades=grades)
    assert [("合格", 1), ("不合格", 1)] == [(one.grade, one.count) for one in scores_of(found).grades]


def test_an_evaluation_sent_twice_counts_once_in_the_average():
    found = rollup([evaluated(1, "甲", 300, 300, "95"), evaluated(2, "甲", 100, 50, "85"), evaluated(2, "甲", 100, 50, "85")])
    assert (2, Decimal(90)) == (scores_of(found).scored, scores_of(found).average)


def test_an_evaluation_whose_spending_changed_is_doubtful():
    found = rollup([evaluated(1, "甲", 300, 300, "95"), evaluated(1, "甲", 300, 200, "85")])
    assert ["doubtful"] == [one.certainty for one in found.relations]
    assert "executed-changed" in {piece.code for piece in found.relations[0].evidence}


def test_nothing_budgeted_has_no_rate():
    assert scores_of(rollup([evaluated(1, "甲", 0, 0, "95")])).execution_rate is None


def test_no_form_has_no_register():
    found = rollup([], expected=["甲"])
    assert found.expected and ((), (), ("甲",)) == (found.rows, found.registers, found.expected.missing)
