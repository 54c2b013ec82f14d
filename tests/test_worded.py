"""Quantities in words: what they come to, and what is no quantity."""

from __future__ import annotations

from decimal import Decimal

import pytest

from xltool.library import forms
from xltool.values import Value, parse_target
from xltool.worded import as_counted, between, measurable, understood, unit_in

UNITS = forms()["target-declaration"].units


@pytest.mark.parametrize(
    ("text", "sign", "number", "unit"),
    [
        ("95%以上", "≥", "95", "%"),
        ("95%（含）以上", "≥", "95", "%"),
        ("95%以上（含）", "≥", "95", "%"),
        ("不低于95%", "≥", "95", "%"),
        ("不少于12种", "≥", "12", "种"),
        ("不超过932元/次", "≤", "932", "元/次"),
        ("控制在5%以内", "≤", "5", "%"),
        ("控制在500元", "≤", "500", "元"),
        ("3天内", "≤", "3", "天"),
        ("5个工作日内", "≤", "5", "个工作日"),
        ("大于1,200人次", ">", "1200", "人次"),
        ("12万人次以上", "≥", "12", "万人次"),
        ("不少于12.6万人次", "≥", "12.6", "万人次"),
        ("不超过零起", "≤", "0", "起"),
        ("≥3个百分点", "≥", "3", "个百分点"),
        ("不少于20", "≥", "20", None),
        ("=1850盏", "=", "1850", "盏"),
        ("≤1350.5元/盏", "≤", "1350.5", "元/盏"),
        ("≥90万页", "≥", "90", "万页"),
    ],
)
def test_words_of_a_number_are_understood(text, sign, number, unit):
    value = parse_target(text, UNITS)
    assert value.value is None
    assert (text, sign, Decimal(number), unit) == understood(value, UNITS)[:4]


@pytest.mark.parametrize(("text", "number", "unit"), [("≥12万人次", "12", "万人次"), ("≥2.4万人/万人次", "2.4", "万人/万人次"), ("1.2亿千瓦时", "1.2", "亿千瓦时")])
def test_thousands_stand_before_every_unit_of_a_form(text, number, unit):
    assert (Decimal(number), unit) == parse_target(text, UNITS)[2:4]


@pytest.mark.parametrize(
    ("name", "unit"),
    [("补助金额（万元）", "万元"), ("补助金额(单位：万元)", "万元"), ("病死率（‰）", "‰"), ("合格率（%）", "%"), ("受益群众（万人次）", "万人次"), ("金额（全年）", ""), ("金额（万元）合计", ""), ("金额", "")],
)
def test_name_may_end_with_the_unit_of_its_numbers(name, unit):
    assert unit == unit_in(name, UNITS)


@pytest.mark.parametrize(
    "text",
    ["2025年12月底前", "12月31日前", "2020年1月--2020年11月", "100%完成", "达标", "350所左右", "出厂水≥120份；末梢水≥80份", "第1名", "≥95%以下", "10-20次", "提高3%", "80%的学校", "不少于三种", "2023.12.20", "2023.12.20以内", "12.5.1", "1850盏", "≤6月底", "≥3年前水平", "≥20多盏", "≥3次集中培训活动", "=2025年12月"],
)
def test_what_may_mean_something_else_stays_words(text):
    value = parse_target(text, UNITS)
    assert value == understood(value, UNITS)


@pytest.mark.parametrize(("actual", "number"), [("1850盏", "1850"), ("1.9万盏", "1.9"), ("不少于1850盏", "1850"), ("1850个", "1850"), ("1850座楼", None), ("已改造", None), ("已完成1850盏", "1850"), ("1850盏（东街、西街）", "1850"), ("1850万盏", "1850"), ("已", None)])
def test_unit_of_the_target_is_known_in_its_actual(actual, number):
    target = understood(parse_target("=1850盏", UNITS), UNITS)
    assert (Decimal(number) if number else None) == as_counted(parse_target(actual, UNITS), target, UNITS).value


@pytest.mark.parametrize(("actual", "unit"), [("18万盏", "万盏"), ("18亿盏", "亿盏"), ("18盏", "盏")])
def test_ten_thousand_stands_before_the_unit_of_the_target_too(actual, unit):
    target = understood(parse_target("=1850万盏", UNITS), UNITS)
    assert "万盏" == target.unit
    assert unit == as_counted(parse_target(actual, UNITS), target, UNITS).unit


def test_actual_that_is_a_quantity_or_nothing_stays_as_it_is():
    target = parse_target("≥95%", UNITS)
    for text in ("96%", "18"):
        value = parse_target(text, UNITS)
        assert value is as_counted(value, target, UNITS)
    assert Value(None, "≥") == as_counted(Value(None, "≥"), target, UNITS)


@pytest.mark.parametrize("text", ["≥95%", "=956.00(元/家)", "12", "及时"])
def test_what_the_data_says_itself_is_left_alone(text):
    value = parse_target(text, UNITS)
    assert value == understood(value, UNITS)


@pytest.mark.parametrize(
    ("text", "least", "most", "unit"), [("10-20", "10", "20", None), ("10～20次", "10", "20", "次"), ("80%-90%", "80", "90", "%"), ("1.2至1.5万人次", "1.2", "1.5", "万人次"), ("500到800元", "500", "800", "元"), ("10次-20次", "10", "20", "次"), ("10-10次", "10", "10", "次"), ("1899-1950", "1899", "1950", None), ("2200-2300", "2200", "2300", None), ("1950-2010次", "1950", "2010", "次")]
)
def test_range_has_two_ends(text, least, most, unit):
    assert (Decimal(least), Decimal(most), unit) == between(text, UNITS)


@pytest.mark.parametrize("text", ["2025-2026", "2024-2025年", "1-12月", "15日-20日", "20-10次", "10次-20人", "60-70岁老人", "2025-12-31", "10", "1900-1950", "2199-2300", "10只鸡-20次", "10次-20"])
def test_days_years_and_what_contradicts_itself_are_no_range(text):
    assert between(text, UNITS) is None


@pytest.mark.parametrize(
    ("text", "counted"), [("≥95%", True), ("95%以上", True), ("10-20次", True), ("350所左右", True), ("出厂水≥120份；末梢水≥80份", True), ("提高3%", True), ("2025年12月底前", False), ("逐年提高", False), ("第1名", False)]
)
def test_what_can_be_counted_is_measurable(text, counted):
    assert counted == measurable(parse_target(text, UNITS), UNITS)
