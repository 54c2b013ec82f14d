"""Figures in another unit: rounded parts still add up (舍位平衡)."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.check.made import EVALUATION, filing
from tests.rollup.drawn import rolled
from xltool.library import forms
from xltool.rollup import Balanced, balanced, rollup, signature
from xltool.rollup.model import Rounded, Where
from xltool.rollup.rounding import PARTS, Pipe, flow

FUNDING = {"拨款": "fiscal", "结转": "carried_over", "其他": "other"}
money = st.none() | st.decimals(-(10**7), 10**7, places=2) | st.integers(0, 99).map(lambda count: Decimal(count * 2500))


def figure(shown: Balanced, measure: str, role: str, level: str = "total", key: int | str = "") -> Rounded:
    """A figure that the register has."""
    found = shown.of(measure, role, level, key)
    assert found
    return found


@st.composite
def pictures(draw) -> str:
    """Forms of a few units, under one department or two, with any amounts, some of which are not the sum of their parts."""
    lines = ["| 项目 | 单位 | 部门 | 金额 | 拨款 | 结转 | 其他 |"]
    for number in range(draw(st.integers(1, 12))):
        parts = [draw(money) for _ in range(3)]
        amount = draw(money) if draw(st.integers(0, 5)) == 0 else sum((part or Decimal(0) for part in parts), Decimal(0))
        cells = ["" if cell is None else str(cell) for cell in (amount, *parts)]
        lines.append(f"| 项目{number} | {draw(st.sampled_from('甲乙丙'))}中心 | {draw(st.sampled_from('某另'))}局 | {' | '.join(cells)} |")
    return "\n".join(lines)


@given(pictures(), st.sampled_from(["元", "万元"]), st.integers(0, 2))
def test_rounding_always_balances(picture, unit, digits):
    found = rolled(picture)
    (register,) = found.registers
    shown = balanced(register, found.rows, unit, digits)
    step = Decimal(1).scaleb(-digits)
    for measure in ("net", "eliminated", "gross"):
        for role in ("amount", *FUNDING.values()):
            if (total := shown.of(measure, role)) is None:
                continue
            units = [figure(shown, measure, role, "unit", at) for at in range(len(register.units))]
            assert total.shown == sum(each.shown for each in units)
            assert total.exact == getattr(register.total, measure).get(role, Decimal(0)) / (10000 if unit == "万元" else 1)
            for each, sub in zip(register.units, units, strict=True):
                assert sub.shown == sum(figure(shown, measure, role, "row", row).shown for row in each.rows)
    for measure in ("net", "eliminated"):
        for key, one in shown.figures.items():
            if key[0] == measure:
                assert abs(one.shown - one.exact) < step
                assert one.residual == one.shown - one.exact.quantize(step, ROUND_HALF_UP)
        assert shown.of(measure, "amount") is None or 0 == figure(shown, measure, "amount").residual


@given(pictures())
def test_the_parts_of_an_amount_add_up_where_they_did_before(picture):
    found = rolled(picture)
    (register,) = found.registers
    shown = balanced(register, found.rows, "万元", 1)
    places: list[tuple[str, int | str]] = [*(("row", row) for row in register.rows), *(("unit", at) for at in range(len(register.units))), ("total", "")]
    for level, key in places:
        amount, *others = (shown.of("net", role, level, key) for role in ("amount", *PARTS["amount"]))
        parts = [part for part in others if part is not None]
        if amount and amount.exact == sum(part.exact for part in parts):
            assert amount.shown == sum(part.shown for part in parts)


def test_three_thirds_make_the_whole_and_the_residual_is_shown():
    found = rolled("""
        | 项目 | 金额 |
        | 一 | 33333 |
        | 二 | 33333 |
        | 三 | 33334 |
    """)
    shown = balanced(found.registers[0], found.rows, "万元", 1)
    assert Decimal("10.0") == figure(shown, "net", "amount").shown
    figures = [figure(shown, "net", "amount", "row", row) for row in range(3)]
    assert [Decimal("3.3"), Decimal("3.3"), Decimal("3.4")] == sorted(each.shown for each in figures)
    assert [Decimal("0.0"), Decimal("0.0"), Decimal("0.1")] == sorted(each.residual for each in figures)
    assert {("net", "amount", "row"), ("gross", "amount", "row")} == {key[:3] for key, _ in shown.adjusted}


def test_gross_is_eliminated_and_net_as_shown():
    found = rolled("""
        | 项目 | 金额 | 目标 | 指标 |
        | 检查 | 4444 | 对全区定点机构开展现场检查和专项审计工作 | a=1 b=2 c=3 |
        | 检查 | 4444 | 对全区定点机构开展现场检查和专项审计工作 | a=1 b=2 c=3 |
    """)
    shown = balanced(found.registers[0], found.rows, "万元", 0)
    assert (Decimal(0), Decimal(0), Decimal(0)) == tuple(figure(shown, measure, "amount").shown for measure in ("net", "eliminated", "gross"))
    assert Decimal(-1) == figure(shown, "gross", "amount").residual


def test_in_yuan_nothing_is_adjusted():
    found = rolled("| 项目 | 金额 | 拨款 |\n| 一 | 100.01 | 100.01 |\n| 二 | 200.02 | 200.02 |")
    assert [] == balanced(found.registers[0], found.rows, "元").adjusted


def test_amounts_of_more_digits_than_a_decimal_context_has_still_balance():
    found = rolled(f"| 项目 | 金额 | 拨款 |\n| 一 | {'9' * 40}.5 | 0.5 |\n| 二 | 0.25 | 0.25 |")
    shown = balanced(found.registers[0], found.rows, "万元", 2)
    assert figure(shown, "net", "amount").shown == sum(figure(shown, "net", "amount", "row", row).shown for row in range(2))


@pytest.mark.parametrize(
    ("amounts", "shown"),
    [((34000, 32000, 34000), (4, 3, 3)), ((32000, 34000, 34000), (3, 4, 3)), ((36000, 38000, 36000), (3, 4, 4)), ((38000, 36000, 36000), (4, 3, 4))],
    ids=["one too little, the first of the two nearest to the middle goes up", "the same in another order", "one too much, it goes down", "the same in another order again"],
)
def test_figure_nearest_to_the_middle_is_moved(amounts, shown):
    """3.4 + 3.2 + 3.4 = 10, and 3 + 3 + 3 = 9; 3.6 + 3.8 + 3.6 = 11, and 4 + 4 + 4 = 12."""
    found = rolled("| 项目 | 金额 |\n" + "\n".join(f"| {name} | {amount} |" for name, amount in zip("一二三", amounts, strict=True)))
    figures = balanced(found.registers[0], found.rows, "万元", 0)
    rows = {found.rows[row].signature.project: figure(figures, "net", "amount", "row", row).shown for row in found.registers[0].rows}
    assert dict(zip("一二三", shown, strict=True)) == rows


def test_amounts_that_no_form_prints_have_no_figure():
    found = rolled("| 项目 | 金额 | 拨款 | 其他 | 总额 |\n| 一 | 120000 | 100000 | 20000 | 300000 |")
    shown = balanced(found.registers[0], found.rows, "万元")
    assert {"amount": "12.00", "fiscal": "10.00", "other": "2.00", "project_amount": "30.00"} == {role: str(one.shown) for (measure, role, level, _), one in shown.figures.items() if (measure, level) == ("net", "total")}


def test_annual_budget_of_a_self_evaluation_is_its_amount():
    """420000 at the beginning of the year, 462500 in the end, of which 431278.65 were spent."""
    [entry] = filing(EVALUATION).entries
    found = rollup([signature(entry, forms()[EVALUATION], Where("a.xlsx", 1))])
    shown = balanced(found.registers[0], found.rows, "万元")
    wanted = {"amount": "46.25", "annual_budget": "46.25", "initial_budget": "42.00", "executed": "43.13", "fiscal": "43.62", "carried_over": "2.63", "other": "0.00"}
    for level, key in (("total", ""), ("unit", 0), ("row", 0)):
        assert wanted == {role: str(figure(shown, "net", role, level, key).shown) for role in wanted}
    assert wanted.keys() == {role for measure, role, *_ in shown.figures if measure == "net"}


def test_what_is_no_flow_is_refused():
    with pytest.raises(ValueError, match="what comes into a node"):
        flow([Pipe("a", "b", Decimal(1), ("amount", "row", 0))])


def test_units_of_one_name_under_two_departments_are_rounded_apart():
    found = rolled("| 项目 | 单位 | 部门 | 金额 |\n| 一 | 服务中心 | 教育局 | 123456 |\n| 二 | 服务中心 | 水务局 | 223444 |")
    (register,) = found.registers
    shown = balanced(register, found.rows)
    assert [Decimal("12.35"), Decimal("22.34")] == [figure(shown, "net", "amount", "unit", at).shown for at in range(2)]
    assert Decimal("34.69") == figure(shown, "net", "amount").shown
