"""Numbers as people write them: with thousands apart, in the numerals of cheques, with their unit behind them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from xltool.figures import amount_in, in_brackets, in_capitals, in_points, unit_of_money, written


@pytest.mark.parametrize(
    ("number", "kind", "text"),
    [
        ("1234567.50", "money", "1,234,567.5"), ("-1200", "money", "-1,200"), ("-0.50", "money", "-0.5"), ("0", "money", "0"), ("999", "money", "999"), ("1E+3", "money", "1,000"), ("-1234567.8", "money", "-1,234,567.8"),
        ("0.9550", "percent", "95.5%"), ("1", "percent", "100%"), ("0", "percent", "0%"), ("-0.05", "percent", "-5%"), ("1234567.50", "number", "1234567.5"),
    ],
)  # fmt: skip
def test_number_is_written_as_people_write_it(number, kind, text):
    assert text == written(Decimal(number), kind)


def test_number_of_no_kind_is_plain():
    assert "1234567.5" == written(Decimal("1234567.50"))


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("叁拾万元整", "300000"), ("拾元整", "10"), ("拾伍元", "15"), ("壹拾伍元正", "15"), ("贰佰元整", "200"), ("壹仟零伍元贰角", "1005.2"), ("壹仟〇伍元", "1005"), ("壹仟贰佰叁拾肆元伍角陆分", "1234.56"),
        ("壹元零伍分", "1.05"), ("玖拾玖元玖角玖分", "99.99"), ("贰佰壹拾元", "210"), ("壹万零贰拾元", "10020"), ("贰拾万零叁仟元", "203000"), ("两万元", "20000"), ("柒佰捌拾陆万元", "7860000"), ("叁亿元", "300000000"),
        ("壹亿贰仟叁佰肆拾伍万陆仟柒佰捌拾玖元", "123456789"), ("壹万亿元", "1000000000000"), ("壹亿零壹万元", "100010000"), ("人民币：玖元整", "9"), ("人民币壹佰圆整", "100"), ("叁 拾 万 元 整", "300000"),
        ("三十万元", None), ("壹佰", None), ("伍角", None), ("元整", None), ("", None), ("30万元", None),
    ],
)  # fmt: skip
def test_numerals_of_cheques(text, amount):
    assert (Decimal(amount) if amount else None) == in_capitals(text)


@pytest.mark.parametrize(
    ("text", "unit", "amount"),
    [
        ("12万元", "元", "120000"), ("120000（元）", "万元", "12"), ("3万", "元", "30000"), ("3千元", "元", "3000"), ("3百万元", "元", "3000000"), ("2亿元", "万元", "20000"), ("5亿", "元", "500000000"), ("1,200.50元", "元", "1200.5"), ("￥1,200元", "元", "1200"),
        ("5000元", "万元", "0.5"), ("叁拾万元整", "万元", "30"), ("叁拾万元整", "元", "300000"), ("-3万元", "元", "-30000"),
        ("12", "元", None), ("12人", "元", None), ("12万元", "里拉", None), ("叁拾万元整", "里拉", None), ("万元", "元", None), ("12万元左右", "元", None), ("", "元", None),
    ],
)  # fmt: skip
def test_amount_with_its_unit_is_counted_in_that_of_the_form(text, unit, amount):
    assert (Decimal(amount) if amount else None) == amount_in(text, unit)


@pytest.mark.parametrize(("word", "unit"), [("万", "万元"), ("万元", "万元"), ("元", "元"), ("亿", "亿元"), ("百万", "百万元"), ("千", "千元"), ("人", ""), ("", "")])
def test_word_behind_an_amount_is_a_unit_of_money_or_none(word, unit):
    assert unit == unit_of_money(word)


@pytest.mark.parametrize(("text", "points"), [("10分", "10"), ("10（分）", "10"), ("9.5 分", "9.5"), ("10", None), ("10人", None), ("分", None)])
def test_points_with_their_unit(text, points):
    assert (Decimal(points) if points else None) == in_points(text)


@pytest.mark.parametrize(("text", "amount"), [("(120)", "-120"), ("（1,120.50）", "-1120.5"), ("120", None), ("(0)", None), ("(十)", None), ("(120", None)])
def test_amount_in_brackets_is_negative(text, amount):
    assert (Decimal(amount) if amount else None) == in_brackets(text)
