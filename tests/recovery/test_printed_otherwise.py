"""What bureaus print otherwise than the form: a year without its bracket, a 0 for «no reason», amounts with their unit."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.edits.made import FORMS
from xltool.figures import in_capitals
from xltool.jobs.reading import read_bytes
from xltool.recovery.amounts import Run
from xltool.recovery.atoms import split
from xltool.recovery.claims import Account
from xltool.recovery.inline_units import in_the_forms_unit
from xltool.recovery.vocabulary import vocabulary

EVALUATION = """\
项目支出绩效自评表
{year}
项目名称 护林经费
主管部门 临江县林业局 实施单位 临江县林业局
项目资金（{unit}） 年初预算数 全年预算数 全年执行数 分值 执行率 得分
年度资金总额 {total} 900 450 10 50.00% 5
其中：当年财政拨款 900 900 450 —
上年结转资金 0 0 0 —
其他资金 0 0 0 —
年度总体目标 预期目标 实际完成情况
护林。

已护林。
绩效指标 一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 偏差原因分析及改进措施
产出指标
数量指标
{row}
巡山里程 ≥50公里 50公里 10 10
效益指标
社会效益指标
火情减少 减少 减少 30 29 天气干燥。
总分 100 99
"""


def read(year="（2031年度）", unit="元", total="900", row="巡山次数 ≥50次 50次 50 50"):
    (entry,) = read_bytes(EVALUATION.format(year=year, unit=unit, total=total, row=row).encode(), "a.txt", FORMS).filing.entries
    return entry


def doubts(entry):
    return {doubt.path for doubt in entry.source.doubts}


@pytest.mark.parametrize("printed", ["年度：2031", "预算年度: 2031年", "2031年度)", "2031年度）", "（2031年度", "2031 年度）", "2031年）"])
def test_year_that_has_lost_a_bracket_is_read_with_a_repair(printed):
    entry = read(year=printed)
    assert (2031, ["year-bracket"], []) == (entry.values["year"], [one.code for one in entry.source.repairs if one.code.startswith("year")], list(entry.source.leftover))
    assert "year" not in doubts(entry)


def test_year_elsewhere_is_no_year_of_the_form():
    entry = read(year="填报：2031年")
    assert (None, ["第2行"]) == (entry.values["year"], [one.place for one in entry.source.leftover])


@pytest.mark.parametrize("row", ["巡山次数 ≥50次 50次 50 50 0", "巡山次数\n≥50次\n50次\n50\n50\n0", "巡山次数 ≥50次 40次 50 40 0"], ids=["full score", "a cell a line", "short of it"])
def test_nought_in_the_column_of_reasons_is_the_reason(row):
    entry = read(row=row)
    assert ("0", "巡山里程", []) == (entry.lists["indicators"][0]["reason"], entry.lists["indicators"][1]["name"], list(entry.source.leftover))
    assert not [path for path in doubts(entry) if path.startswith("indicators")]


@pytest.mark.parametrize("done", ["50次 50 50\n0 差错率", "40次 50 40\n0 差错率", "40次 50 40 0 差错率"], ids=["behind a full score", "behind one short of it", "on its line"])
def test_nought_that_begins_a_name_is_no_reason(done):
    entry = read(row=f"巡林里程 ≥50公里 50公里 0 0 巡山次数 ≥50次 {done} ≤5% 4% 0 0 巡林天数 ≥50天 50天 0 0 巡林人数 ≥5人 5人 0 0")
    entry = replace(entry, lists={"indicators": entry.lists["indicators"][1:]})
    assert (None, "0差错率") == (entry.lists["indicators"][0]["reason"], entry.lists["indicators"][1]["name"])


@pytest.mark.parametrize(
    ("unit", "printed", "amount"),
    [
        ("万元", "250万元", "250"),
        ("万元", "202.64 万元", "202.64"),
        ("万元", "250万", "250"),
        ("万元", "9,000,001元", "900.0001"),
        ("元", "250万", "2500000"),
        ("元", "202.64万元", "2026400"),
        ("万元", "0.5亿元", "5000"),
        ("万元", "9,000,001（元）", "900.0001"),
    ],
)
def test_amount_with_its_unit_is_read_in_the_forms_unit_with_a_repair(unit, printed, amount):
    entry = read(unit=unit, total=printed)
    assert (Decimal(amount), Decimal(900)) == (entry.values["funding.total.initial_budget"], entry.values["funding.total.annual_budget"])
    assert ["unit-inline"] == [one.code for one in entry.source.repairs if one.code == "unit-inline"]


def test_amount_with_a_unit_is_doubted_where_the_forms_unit_is_not_printed():
    text = EVALUATION.format(year="（2031年度）", unit="元", total="250万元", row="巡山次数 ≥50次 50次 50 50").replace("（元）", "")
    (entry,) = read_bytes(text.encode(), "a.txt", FORMS).filing.entries
    assert Decimal(2_500_000) == entry.values["funding.total.initial_budget"]
    assert "funding.total.initial_budget" in doubts(entry)


@pytest.mark.parametrize(
    ("unit", "printed", "amount"),
    [("元", "叁拾万元整", "300000"), ("万元", "人民币陆拾捌万肆仟伍佰元整", "68.45"), ("元", "壹仟零伍元贰角叁分", "1005.23")],
    ids=["a round sum", "in the form's unit", "with cents"],
)
def test_amount_in_the_numerals_of_cheques_is_read(unit, printed, amount):
    entry = read(unit=unit, total=printed)
    assert Decimal(amount) == entry.values["funding.total.initial_budget"]
    assert "unit-inline" in [one.code for one in entry.source.repairs]


@pytest.mark.parametrize("printed", ["2,86O,000", "2,86O,0Oo", "286OOOO.00"])
def test_letters_in_an_amount_are_digits_with_a_doubt(printed):
    entry = read(total=printed)
    assert Decimal(2_860_000) == entry.values["funding.total.initial_budget"]
    assert "funding.total.initial_budget" in doubts(entry)
    assert ["letter-digit"] == [one.code for one in entry.source.repairs if one.code == "letter-digit"]


def test_amount_in_a_text_behind_the_amounts_stays_as_printed():
    words, account = vocabulary(FORMS["self-evaluation-2020"]), Account(split("900 已付 250万元").atoms)
    run = Run(tuple(account.atoms), (0, 1, 2), tuple(slot for slot in words.slots if slot.kind == "hole" and words.form.fields[slot.fields[0]].type == "money")[:1])
    assert ["900", "已付", "250万元"] == [atom.text for atom in in_the_forms_unit(run, words.form, {"money_unit": "万元"}, account).atoms]


def test_yuan_behind_an_amount_in_yuan_is_passed_over():
    entry = read(total="900元")
    assert (Decimal(900), []) == (entry.values["funding.total.initial_budget"], [one for one in entry.source.repairs if one.code == "unit-inline"])


@pytest.mark.parametrize("text", ["万元", "仟元整", "零元", "叁拾", "叁拾万元整多"])
def test_other_words_are_no_amount_in_the_numerals_of_cheques(text):
    assert in_capitals(text) is None


@pytest.mark.parametrize("printed", ["社会公众或服务对象满意度指标", "社会公众满意度指标"])
def test_satisfaction_of_the_public_is_the_level_of_the_form(printed):
    """In one row with its name, as tables of bureaus print it; below another level one it is none of that level's."""
    item = read(row=f"巡山次数 ≥50次 50次 40 40\n满意度指标\n{printed}\n村民满意度 ≥90% 95% 10 10\n产出指标\n数量指标").lists["indicators"][1]
    assert ("满意度指标", "服务对象满意度指标", "村民满意度") == (item["level1"], item["level2"], item["name"])
