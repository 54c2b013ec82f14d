"""Values as printed: what is quantitative and what is not, numbers, dates, rates, marks, texts."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xltool.figures import amount_in
from xltool.values import (
    OPERATORS,
    Targets,
    Value,
    caption_key,
    clean,
    in_numerals,
    is_mark,
    join_wrapped,
    normal,
    parse_date,
    parse_money,
    parse_number,
    parse_percent,
    parse_target,
    parse_year,
    plain,
    printable,
    shortest,
    with_times,
)

UNITS = frozenset({"元", "万元", "人次", "次", "家", "月", "百分比", "m", "天", "万"})


@pytest.mark.parametrize(
    ("text", "operator", "value", "unit"),
    [
        pytest.param("=956.00(元/家)", "=", "956", "元/家", id="a unit in brackets"),
        pytest.param("=956.00（元/家）", "=", "956", "元/家", id="in full-width brackets"),
        pytest.param("≥90.00 (%)", "≥", "90", "%", id="a blank before the brackets"),
        pytest.param("≥3(卷（件）)", "≥", "3", "卷（件）", id="only the outer brackets go"),
        pytest.param("=100%", "=", "100", "%", id="per cent stays as printed"),
        pytest.param("＝100％", "=", "100", "%", id="full width"),
        pytest.param("≥100百分比", "≥", "100", "百分比", id="a bare unit of the list"),
        pytest.param("≤620万/月", "≤", "620", "万/月", id="bare units joined by a stroke"),
        pytest.param("=0次", "=", "0", "次", id="nought"),
        pytest.param("≥1,234,567.50元", "≥", "1234567.5", "元", id="thousands"),
        pytest.param("100", None, "100", None, id="a number alone"),
        pytest.param("=5", "=", "5", None, id="no unit"),
        pytest.param(">=12万", "≥", "12", "万", id=">= is one sign"),
        pytest.param("> = 12%", "≥", "12", "%", id="a blank inside >="),
        pytest.param("＜　＝12次", "≤", "12", "次", id="a wide blank inside ＜＝"),
        pytest.param("≤3‰", "≤", "3", "‰", id="parts of a thousand"),
        pytest.param("≤0.5（‰）", "≤", "0.5", "‰", id="parts of a thousand in brackets"),
        pytest.param("≧12次", "≥", "12", "次", id="≧"),
        pytest.param("<=12次", "≤", "12", "次", id="<="),
        pytest.param("≦12次", "≤", "12", "次", id="≦"),
        pytest.param("═12次", "=", "12", "次", id="═"),
        pytest.param("＞12次", ">", "12", "次", id="＞"),
        pytest.param("＜12次", "<", "12", "次", id="＜"),
        pytest.param("-3(天)", None, "-3", "天", id="below nought"),
        pytest.param("1(任何东西)", None, "1", "任何东西", id="in brackets any word is a unit"),
    ],
)
def test_operator_number_unit_is_quantitative(text, operator, value, unit):
    assert Value(text, operator, Decimal(value), unit) == parse_target(text, UNITS)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("及时", id="a word"),
        pytest.param("不少于12次", id="words before the number"),
        pytest.param("350所左右", id="about"),
        pytest.param("2024年1月", id="a month"),
        pytest.param("2020年1月--2020年11月", id="a range of months"),
        pytest.param("90-100次", id="a range"),
        pytest.param("10~12次", id="a range with a tilde"),
        pytest.param("100只鸡", id="a bare word that is no unit"),
        pytest.param("≥100(", id="a bracket left open"),
        pytest.param("≥100()", id="empty brackets"),
        pytest.param("≥100(次)以上", id="words behind the brackets"),
        pytest.param("(次)(家)", id="no number"),
        pytest.param("≥", id="a sign alone"),
        pytest.param("> > 5", id="a sign twice"),
        pytest.param("= > 5", id="two signs"),
        pytest.param("1.2.3", id="no number at all"),
    ],
)
def test_anything_else_is_text_only(text):
    assert Value(text) == parse_target(text, UNITS)


@given(st.lists(st.text("=＝═≥≧<＞0012３5.．,，-－ \u3000\n\x1c%％‰元家()（）/约", max_size=9), max_size=4))
def test_many_targets_are_read_as_each_alone(texts):
    assert [parse_target(text, UNITS) for text in texts] == Targets(UNITS).read(texts)


def test_no_two_units_are_taken_for_one_another_where_many_targets_are_read():
    assert [("%", 5), (None, None), ("家", 7), ("%", 8)] == [(one.unit, one.value) for one in Targets(UNITS).read(["5%", "6只", "7 家 ", "=8（％）"])]


def test_where_many_targets_are_read_each_keeps_its_sign_and_is_shortest():
    found = Targets(UNITS).read(["≥12.50次", "100.00", "＜＝ 3家", ">=7.0 （％）", "120(天)", "1200次", "5 次"])
    assert [("≥", "12.5", "次"), (None, "100", None), ("≤", "3", "家"), ("≥", "7", "%"), (None, "120", "天"), (None, "1200", "次"), (None, "5", "次")] == [
        (one.operator, str(one.value), one.unit) for one in found
    ]


def test_times_stand_before_every_unit_but_one_that_has_them():
    assert {"万", "亿", "元", "万元", "人次", "万人次", "亿元", "亿人次"} == with_times(["万", "亿", "元", "万元", "人次"])
    assert {"元", "人次"} == with_times(["元", "人次"])


def test_a_bare_unit_counts_only_where_the_mapping_lists_it():
    assert Value("5家") == parse_target("5家", frozenset())
    assert Decimal(5) == parse_target("5家", frozenset({"家"})).value


@given(
    operator=st.sampled_from([*OPERATORS, ""]),
    number=st.decimals(0, 10**9, places=2),
    unit=st.sampled_from(["(元/家)", "（人次）", "%", "％", "次", "元/月", ""]),
)
def test_parts_of_any_quantitative_text_come_back(operator, number, unit):
    found = parse_target(f"{operator}{number}{unit}", UNITS)
    assert (OPERATORS.get(operator), shortest(number)) == (found.operator, found.value)


@pytest.mark.parametrize(
    ("text", "number"),
    [("120000.00", "120000"), ("60,000", "60000"), ("１，２３４．５", "1234.5"), ("-5", "-5"), ("0", "0"), ("0.00", "0"), ("12,34", None), ("1e3", None), ("", None), ("五", None), ("1 2", "12")],
)  # fmt: skip
def test_numbers(text, number):
    assert (Decimal(number) if number else None) == parse_number(text)


@pytest.mark.parametrize(("digits", "counts"), [("9" * 30, True), ("9" * 31, False), ("0." + "1" * 29, True), ("0." + "1" * 30, False), ("1," + "000," * 9 + "000", False)])
def test_more_digits_than_json_takes_are_text(digits, counts):
    """What is read is written as JSON, and must be read from there again."""
    units = frozenset({"元"})
    assert counts == (parse_number(digits) is not None) == (parse_target(f"≥{digits}(元)", units).value is not None)
    assert [parse_target(f"≥{digits}(元)", units)] == Targets(units).read([f"≥{digits}(元)"])


@pytest.mark.parametrize("text", ["1200②", "10²", "²10", "10₂", "⑫", "12⁰", "⒈5"])
def test_raised_lowered_and_encircled_digits_are_no_digits_of_a_number(text):
    assert [None] * 5 == [parse_number(text), parse_money(f"{text}元"), parse_percent(f"{text}%")[0], parse_target(text).value, amount_in(f"{text}万元", "元")]


@pytest.mark.parametrize(("text", "number"), [("￥1,000.50元", "1000.5"), ("¥3", "3"), ("3万元", None)])
def test_money_may_say_yuan_and_is_never_multiplied(text, number):
    assert (Decimal(number) if number else None) == parse_money(text)


@pytest.mark.parametrize(
    ("text", "says", "wanted"),
    [
        pytest.param("50.00%", False, ("0.5", True), id="with a sign"),
        pytest.param("115.95％", False, ("1.1595", True), id="over a hundred"),
        pytest.param("50", True, ("0.5", True), id="the caption says %"),
        pytest.param("50", False, ("50", False), id="nothing says %: a doubt"),
        pytest.param("—", False, (None, False), id="no number"),
        pytest.param("及时%", True, (None, False), id="a word before the sign"),
    ],
)
def test_a_rate_is_a_fraction(text, says, wanted):
    number, certain = parse_percent(text, says)
    assert wanted == (None if number is None else plain(number), certain)


@pytest.mark.parametrize(
    ("text", "day"),
    [("2024-01-05", "2024-01-05"), ("2024/1/5", "2024-01-05"), ("2024年1月5日", "2024-01-05"), ("2024.1.5", "2024-01-05"), ("2024-01-05 00:00:00", "2024-01-05"), ("2024年1月", None), ("2024-02-30", None), ("2024", None), ("", None)],
)  # fmt: skip
def test_only_a_full_day_is_a_date(text, day):
    assert day == parse_date(text)


@pytest.mark.parametrize(("text", "year"), [("2024", 2024), ("2024年度", 2024), ("２０２４年", 2024), ("1899", None), ("24", None), ("2024年1月", None)])
def test_years(text, year):
    assert year == parse_year(text)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("二〇二五", 2025), ("二○二五年度", 2025), ("（二零二四年）", 2024), ("二O一九", 2019), ("一九九八年", 1998), ("二一〇〇", 2100),
        ("二〇二", None), ("二〇二五六", None), ("三〇二五", None), ("二十五", None), ("20二五", None),
    ],
)  # fmt: skip
def test_years_in_chinese_numerals(text, year):
    assert (year, year is not None) == (parse_year(text), in_numerals(text))


def test_a_year_in_digits_is_not_in_numerals():
    assert not in_numerals("2025年度")


@pytest.mark.parametrize(("text", "mark"), [("—", True), ("——", True), ("/", True), ("无", True), ("*", True), ("————", True), ("—————", False), ("—/", True), ("", False), ("0", False), ("-5", False), ("无锡", False)])
def test_marks_stand_for_nothing(text, mark):
    assert mark == is_mark(text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("项 目", "项目", id="between Chinese characters"),
        pytest.param("项目 A", "项目A", id="a Chinese character at one side"),
        pytest.param("word  two", "word two", id="between Latin words one stays"),
        pytest.param(" 完成 、 结束 ", "完成、结束", id="at a full-width mark"),
        pytest.param("12 家", "12家", id="between a number and Chinese"),
    ],
)
def test_a_blank_that_touches_a_chinese_character_goes(text, wanted):
    assert wanted == clean(text)


@pytest.mark.parametrize(
    ("first", "then", "joined"),
    [
        ("绩效", "目标", "绩效目标"), ("annual", "report", "annual report"), ("预算plan", "text", "预算plan text"), ("plan", "text预算", "plan text预算"), ("plan", "r2", "plan r2"), ("A4", "paper", "A4paper"), ("plan", "4a", "plan4a"),
        ("中", "plan", "中plan"), ("plan", "中", "plan中"), ("12", "34", "1234"), ("", "plan", "plan"), ("plan", "", "plan"), ("", "", ""),
    ],
)  # fmt: skip
def test_lines_of_one_cell_are_joined_by_a_blank_between_latin_words_alone(first, then, joined):
    assert joined == join_wrapped(first, then)


@pytest.mark.parametrize(("one", "other"), [("项 目 名 称：", "项目名称"), ("其中:财政资金", "其中：财政资金"), ("年度（/项目）指标值", "年度(/项目)指标值"), ("⼀级指标", "一级指标"), ("项目\u200b名称", "项目名称")])
def test_captions_are_the_same_in_any_width(one, other):
    assert caption_key(one) == caption_key(other)


@given(st.text("项目名称（）()：:／/ \u3000\u200b１２1２aＡ％%～〜①Ⅳ㎡"))
def test_what_captions_are_compared_by_is_stable(text):
    assert normal(text) == normal(normal(text))


@pytest.mark.parametrize(("number", "text"), [("92764.00", "92764"), ("1E+3", "1000"), ("0.50", "0.5"), ("-0.0", "0"), ("0", "0"), ("1E-7", "0.0000001"), ("-12.340", "-12.34")])
def test_numbers_are_written_shortest(number, text):
    assert text == plain(Decimal(number))


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12))
def test_the_shortest_form_is_the_same_number(number):
    assert number == Decimal(plain(number))


@pytest.mark.parametrize(("one", "other"), [("\u2ed3效", "长效"), ("\u2f00级", "一级"), ("部\u2ed4\u200b", "部门"), ("\u2e85", "\u2e85")], ids=["of the supplement", "of Kangxi", "with an invisible one", "no character of its own"])
def test_radicals_are_the_characters_that_they_stand_for(one, other):
    assert other == printable(one)
