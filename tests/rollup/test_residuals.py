"""What is said of rounding to 万元: the total's residual, and the figures that were moved so that all adds up."""

import pytest

from tests.rollup.drawn import rolled
from tests.rollup.test_registers import evaluated
from xltool.jobs.rollup.assembling import SHORT, residuals
from xltool.rollup import Rollup, rollup
from xltool.rollup.rounding import balanced


def told(found: Rollup, language: str = "zh") -> list[str]:
    """The sentences, each from where it says figures."""
    lines = residuals(balanced(found.registers[0], found.rows, found.unit), found, language)
    return [line.rpartition("）：")[2].rpartition("): ")[2] if at == 0 else line for at, line in enumerate(lines)]


def drawn(rows: str, head: str = "| 项目 | 金额 |", language: str = "zh") -> list[str]:
    return told(rolled(f"{head}\n{rows}", unit="万元"), language)


def test_amounts_without_a_rest_are_said_once():
    assert ["毛额 精确 2.00，显示 2.00，尾差 +0.00"] == drawn("| 检查 | 20000 |")


def test_the_figure_with_the_largest_rest_is_moved_and_named():
    """0.3334, 0.3333 and 0.3333 make 1: two of 0.33 and one of 0.34."""
    rows = "| 审计 | 3333 |\n| 检查 | 3334 |\n| 宣传 | 3333 |"
    exact = "毛额 精确 1.0000，显示 1.00，尾差 +0.0000"
    assert [exact, "为使各数相加等于合计，1 个数与四舍五入不同：检查·年度资金申请总额 +0.01"] == drawn(rows)
    assert ["gross exactly 1.0000, shown 1.00, residual +0.0000", "so that the parts make the total, 1 figures differ from ordinary rounding: 检查·amount +0.01"] == drawn(rows, language="en")


def test_a_units_own_sum_that_was_moved_with_its_row_is_not_named_again():
    (_, moved) = drawn("| 检查 | 3334 | 甲 |\n| 审计 | 3333 | 乙 |\n| 宣传 | 3333 | 丙 |", "| 项目 | 金额 | 单位 |")
    assert moved.endswith("1 个数与四舍五入不同：检查·年度资金申请总额 +0.01")


def test_the_total_is_rounded_and_says_by_how_much():
    assert "毛额 精确 0.6667，显示 0.67，尾差 +0.0033" == drawn("| 检查 | 3334 |\n| 审计 | 3333 |")[0]


def test_a_figure_is_called_by_the_head_of_its_column_and_its_project():
    rows = "| | 3334 | 3334 |\n| 审计 | 3333 | 3333 |\n| 宣传 | 3333 | 3333 |"
    (_, moved) = drawn(rows, "| 项目 | 金额 | 拨款 |")
    assert moved.endswith("2 个数与四舍五入不同：（无名称）·年度资金申请总额 +0.01、（无名称）·当年财政拨款 +0.01")


def test_of_an_evaluation_the_budget_is_named_and_not_once_more_as_the_amount():
    found = rollup([evaluated(number, "甲", budget, 0, None) for number, budget in enumerate((3334, 3333, 3333), 1)], unit="万元")
    (_, moved) = told(found)
    assert moved.endswith("1 个数与四舍五入不同：项目1·全年预算数 +0.01")


@pytest.mark.parametrize(("count", "named"), [(36, 12), (39, 12)])
def test_of_many_figures_that_were_moved_the_first_twelve_are_named(count, named):
    """Of thirds of 万元 one in three is moved."""
    (_, moved) = drawn("\n".join(f"| 项{at:02} | {3334 if at % 3 == 0 else 3333} |" for at in range(count)))
    assert f"{count // 3} 个数" in moved and named == SHORT == moved.count("+0.01")
    assert ("……" in moved) == (count // 3 > SHORT)


def test_where_no_form_has_the_amount_nothing_is_said():
    assert [] == drawn("| 检查 | 20000 |", "| 项目 | 总额 |")
