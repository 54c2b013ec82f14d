"""A row of numbers and the cells that it may stand in: which of them is empty, and of which that cannot be told."""

from __future__ import annotations

from decimal import Decimal

import pytest

from xltool.form import Field
from xltool.library import forms
from xltool.recovery.amounts import Run, amounts, choose, fits, gapped, options, shiftable
from xltool.recovery.atoms import split
from xltool.recovery.text_reading import read_text
from xltool.recovery.vocabulary import vocabulary

FORM = forms()["self-evaluation"]
ROWS = {"总额": "total", "拨款": "fiscal", "结转": "carried_over", "其他": "other"}


@pytest.mark.parametrize(
    ("text", "kind", "cost"),
    [
        ("—", "money", 0.5), ("无", "date", 0.5), ("1,200.00", "money", 0.0), ("1200元", "money", 0.0), ("一千", "money", None),
        ("10", "number", 0.0), ("1,000", "number", 3.0), ("十", "number", None),
        ("50.00%", "percent", 0.0), ("50％ ", "percent", 0.0), ("50.00", "percent", 1.0), ("全部", "percent", None),
        ("2024-01-31", "date", 0.0), ("2024年底", "date", None), ("2024年", "year", 0.0), ("24", "year", None), ("任何文字", "text", 0.8),
    ],
)  # fmt: skip
def test_text_fits_a_type_at_a_cost(text, kind, cost):
    assert cost == fits(text, Field("某", "some", kind))


def run(row: str, texts: str) -> Run:
    """The numbers of a row of the money block, and the cells that it has behind its caption."""
    block = {FORM.fields[one.fields[0]].path: one for one in vocabulary(FORM).slots if one.kind == "hole"}
    first = block[f"funding.{ROWS[row]}.initial_budget"]
    slots = tuple(one for one in vocabulary(FORM).slots if one.cell.row == first.cell.row and one.cell.column >= first.cell.column)
    atoms = split(texts).atoms
    return Run(atoms, tuple(range(len(atoms))), slots)


def read(row: str, texts: str) -> dict[str, str]:
    """The cheapest reading of a row: what stands in each cell, empty ones left out."""
    one = run(row, texts)
    by_number = {slot.number: slot for slot in one.slots}
    found = {}
    for atom, place in zip(one.atoms, options(one, FORM)[0].places, strict=True):
        slot = None if place is None else by_number.get(place)
        found[slot.fields[0].rpartition("·")[2] if slot and slot.fields else slot.kind if slot else "?"] = atom.text
    return found


@pytest.mark.parametrize(
    ("row", "texts", "expected"),
    [
        ("总额", "100.00 90.00 45.00 10 50.00% 5", {"年初": "100.00", "全年": "90.00", "执行": "45.00", "分值": "10", "执行率": "50.00%", "得分": "5"}),
        ("总额", "90.00 45.00 10 50.00% 5", {"全年": "90.00", "执行": "45.00", "分值": "10", "执行率": "50.00%", "得分": "5"}),
        ("总额", "100.00 90.00 45.00 10 50.00%", {"年初": "100.00", "全年": "90.00", "执行": "45.00", "分值": "10", "执行率": "50.00%"}),
        ("总额", "100.00 90.00 45.00", {"年初": "100.00", "全年": "90.00", "执行": "45.00"}),
        ("总额", "100.00 90.00 45.00 10 50 5", {"年初": "100.00", "全年": "90.00", "执行": "45.00", "分值": "10", "执行率": "50", "得分": "5"}),
        ("总额", "100.00 90.00 45.00 — 50.00% —", {"年初": "100.00", "全年": "90.00", "执行": "45.00", "分值": "—", "执行率": "50.00%", "得分": "—"}),
        ("总额", "100.00 90.00 10 0.00% 0", {"年初": "100.00", "全年": "90.00", "分值": "10", "执行率": "0.00%", "得分": "0"}),
        ("拨款", "100.00 90.00 45.00 —", {"年初": "100.00", "全年": "90.00", "执行": "45.00", "constant": "—"}),
        ("拨款", "100.00 90.00 45.00", {"年初": "100.00", "全年": "90.00", "执行": "45.00"}),
        ("拨款", "100.00 90.00", {"年初": "100.00", "全年": "90.00"}),
        ("拨款", "100.00", {"年初": "100.00"}),
        ("拨款", "— — 45.00 —", {"年初": "—", "全年": "—", "执行": "45.00", "constant": "—"}),
        ("总额", "100.00 另行说明 90.00 45.00 10 50.00% 5", {"年初": "100.00", "?": "另行说明", "全年": "90.00", "执行": "45.00", "分值": "10", "执行率": "50.00%", "得分": "5"}),
    ],
    ids=["all of them", "the rate tells that the first is empty", "the last is empty", "the last three are empty", "a rate without its sign", "marks", "nothing spent", "the form's own dash", "without it", "two of three", "one of three", "marks in the amounts", "a word that is none of them"],
)  # fmt: skip
def test_cheapest_reading_of_a_row(row, texts, expected):
    assert expected == read(row, texts)


def test_row_too_long_to_be_one_is_placed_nowhere():
    long = run("总额", " ".join(["1"] * 201))
    [one] = options(long, FORM)
    assert ((None,) * 201, 5.0 * 201) == (one.places, one.cost)


def chosen(**rows: str) -> tuple[dict[str, str], set[str]]:
    """What the rows come to, sums counted in, and the fields of which that is not sure."""
    runs = [run(row, texts) for row, texts in rows.items()]
    found = choose(runs, FORM, {})
    values: dict[str, str] = {}
    for one, option in zip(runs, found.options, strict=True):
        values |= {name: str(number) for name, number in amounts(one, option, FORM).items() if number is not None}
    return values, set(found.unsure)


def test_sum_tells_which_amount_is_empty():
    """Nothing but the sum says that the 10 of the last row were spent: 60 + 30 + 10 = 100."""
    values, unsure = chosen(总额="100 90 100 10 100% 10", 拨款="60 60 60 —", 结转="40 30 30 —", 其他="10 —")
    assert ("10", None, None) == (values.get("其他·执行"), values.get("其他·年初"), values.get("其他·全年"))
    assert set() == unsure


TEXT = """财政项目支出绩效自评表
（2024年度）
项目名称 测评
主管部门 水务局 实施单位 水务局
项目资金（元）
年初预算数 全年预算数 全年执行数 分值 执行率 得分
年度资金总额 {}
其中：当年财政拨款 {}
上年结转资金 {}
其他资金 {}
年度总体目标
预算目标 实际完成情况
完成检查。
绩效指标 一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 偏差原因分析及改进措施
产出指标 数量指标 检查次数 ≥5次 5次 90 90
总分 100 95
"""


@pytest.mark.parametrize(
    ("rows", "total", "fiscal"),
    [
        (("90.00 45.00 10 50.00% 5", "90.00 45.00 —", "0 0 —", "0 0 —"), [None, "90", "45"], [None, "90", "45"]),
        (("90.00 45.00 10 50.00% 5", "—", "—", "—"), [None, "90", "45"], [None, None, None]),
        (("100.00 90.00 45.00 10 50.00% 5", "100.00 90.00 45.00 —", "0 0 0 —", "0 0 0 —"), ["100", "90", "45"], ["100", "90", "45"]),
        (("480.00 480.00 10 90.90% 9", "480.00 480.00 436.32 —", "0 0 0 —", "0 0 0 —"), ["480", "480", None], ["480", "480", "436.32"]),
        (("100.00 100.00 10 0.00% 0", "100.00 100.00 —", "0 0 —", "0 0 —"), ["100", "100", None], ["100", "100", None]),
    ],
    ids=["the budget of the beginning is left empty everywhere", "in the total alone", "nothing is empty", "what was spent is left empty", "nothing was spent"],
)
def test_rate_behind_the_weight_tells_which_amounts_are_empty(rows, total, fiscal):
    """45 is 50 % of 90, and 10 is neither that of 45 nor 90.9 % of 480."""
    [entry] = read_text(TEXT.format(*rows), forms()).filing.entries
    found = [[entry.values[f"funding.{row}.{column}"] for column in ("initial_budget", "annual_budget", "executed")] for row in ("total", "fiscal")]
    assert [total, fiscal] == [[None if one is None else str(one) for one in row] for row in found]


@pytest.mark.parametrize(
    ("names", "expected"),
    [((), False), (("年初",), False), (("年初", "全年"), False), (("全年",), True), (("年初", "执行"), True), (("年初", "全年", "执行"), False)],
)
def test_row_is_gapped_where_an_amount_stands_right_of_an_empty_one(names, expected):
    one = run("拨款", "")
    places = [slot.number for slot in one.slots if slot.fields and slot.fields[0].rpartition("·")[2] in names]
    assert expected == gapped(one, places, FORM)


def test_amounts_are_shiftable_where_no_sum_of_a_column_holds_them():
    # The sums of the self-evaluation run down its columns: each amount of a row is held by one.
    one = run("拨款", "100")
    filled = [slot.number for slot in one.slots if slot.kind == "hole"][:1]
    assert [] == shiftable(one, filled, FORM)
    assert [] == shiftable(one, [], FORM)
    assert [] == shiftable(one, [slot.number for slot in one.slots], FORM)


def test_numbers_of_a_reading_are_those_of_its_cells():
    one = run("总额", "100.00 90.00 45.00 — 50.00%")
    names = ["总额·年初", "总额·全年", "总额·执行", "总额·分值", "总额·执行率", "总额·得分"]
    found = amounts(one, options(one, FORM)[0], FORM)
    assert [Decimal(100), Decimal(90), Decimal(45), None, Decimal("0.5"), None] == [found[name] for name in names]
