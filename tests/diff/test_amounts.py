"""By how much two contents differ, in a person's words: amounts and their unit, rates, days, the parts of a target."""

from __future__ import annotations

from decimal import Decimal

import pytest

from xltool.diff.amounts import amount_notes, shown
from xltool.diff.tree import ENTRY, Mark, Node
from xltool.form import Field
from xltool.library import forms
from xltool.values import Value, parse_target

FORM = forms()["target-declaration"]
UNITS = FORM.units


def notes(kind: str, old, new, units=(None, None)) -> list[str]:
    before, after = (Node(ENTRY, FORM.id, {"money_unit": unit}) for unit in units)
    return list(amount_notes(Field("某", "some", kind), old, new, before, after, FORM, "zh"))


@pytest.mark.parametrize(
    ("content", "kind", "text"),
    [
        (None, "money", ""), (Decimal("1234567.50"), "money", "1,234,567.5"), (Decimal("0.955"), "percent", "95.5%"), (Decimal("12.50"), "number", "12.5"), (2026, "year", "2026"),
        ("河道所", "text", "河道所"), (Mark("—"), "money", "—"), (Value("≥90%", "≥", Decimal(90), "%"), "target", "≥90%"), (Value("90", "≥", Decimal(90), "%"), "target", "≥90%"),
        (Value("90%", "≥", Decimal(90), "%"), "target", "≥90%"), (Value("90％", "≥", Decimal(90), "%"), "target", "≥90％"), (Value("＞90", ">", Decimal(90), "次"), "target", "＞90次"),
        (Value("改善", kind="定性"), "target", "定性 改善"), (Value(None, "≥", None, "次"), "target", "≥次"), (Value(None, kind="定性"), "target", "定性"),
    ],
)  # fmt: skip
def test_content_is_shown_as_people_write_it(content, kind, text):
    assert text == shown(content, Field("某", "some", kind))


def test_number_of_no_field_is_shown_plainly():
    assert "1234567.5" == shown(Decimal("1234567.50"), None)


TOO_FAR = "相差一万倍，请查是否混用了元和万元"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("300", "350", ["+50（+16.7%）"]), ("350", "300", ["-50（-14.3%）"]), ("-300", "-350", ["-50（-16.7%）"]), ("0", "50", ["+50"]), ("50", "0", ["-50（-100.0%）"]), ("1000000", "1000000.01", ["+0.01"]),
        ("1000000", "1000000", ["0"]), ("300", None, []), (None, "300", []), ("300", "3000000", ["+2,999,700（+999900.0%）", TOO_FAR]), ("3000000", "300", ["-2,999,700（-100.0%）", TOO_FAR]), ("300", "3000001", ["+2,999,701（+999900.3%）"]),
    ],
)  # fmt: skip
def test_amount_is_told_with_its_difference_and_share(old, new, expected):
    assert expected == notes("money", old and Decimal(old), new and Decimal(new))


@pytest.mark.parametrize(
    ("old", "new", "units", "expected"),
    [
        ("30", "300000", ("万元", None), ["金额相同，只是单位不同（万元 → 元）"]),
        ("300000", "30", (None, "万元"), ["金额相同，只是单位不同（元 → 万元）"]),
        ("30", "350000", ("万元", "元"), ["按元计 +50,000"]),
        ("35", "300000", ("万元", "元"), ["按元计 -50,000"]),
        ("30", "35", ("万元", "万元"), ["+5（+16.7%）"]),
        ("30", "35", ("里拉", "元"), ["+5（+16.7%）"]),
    ],
)
def test_amounts_in_two_units_are_compared_in_yuan(old, new, units, expected):
    assert expected == notes("money", Decimal(old), Decimal(new), units)


@pytest.mark.parametrize(("kind", "old", "new", "expected"), [("percent", "0.9", "0.955", ["+5.5%"]), ("number", "12", "10", ["-2"]), ("number", "1", "10000", ["+9999"]), ("percent", "0.5", "0.5", ["0%"])])
def test_rates_and_numbers_have_no_share(kind, old, new, expected):
    assert expected == notes(kind, Decimal(old), Decimal(new), ("万元", "元"))


def test_of_a_mark_and_of_words_there_is_nothing_to_say():
    assert [] == notes("money", Mark("—"), Decimal(3)) == notes("money", Decimal(3), Mark("—")) == notes("text", "甲", "乙")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("≥90%", "≥95%", ["+5%"]), ("≥95%", "≥90%", ["-5%"]), ("≥90%", "≤90%", ["符号：≥ → ≤"]), ("90次", "90人", ["单位：次 → 人"]), ("5次", "7人", ["单位：次 → 人"]), ("5", "7人", ["+2", "单位：（空） → 人"]), ("7人", "5", ["-2", "单位：人 → （空）"]),
        ("=100%", "＝100.0％", ["只是写法不同"]), ("30万元", "300000元", ["金额相同，只是单位不同（万元 → 元）"]), ("30万元", "35万元", ["+5万元"]), ("30万元", "300001元", ["单位：万元 → 元"]), ("≥5", "≥7", ["+2"]),
        ("及时", "按时", []), ("及时", "≥90%", ["符号：（空） → ≥", "单位：（空） → %"]), ("=5次", "5次", ["符号：= → （空）"]),
    ],
)  # fmt: skip
def test_targets_differ_in_number_sign_and_unit(old, new, expected):
    assert expected == notes("target", parse_target(old, UNITS), parse_target(new, UNITS))


def test_kind_of_a_target_is_told():
    assert ["性质：定性 → （空）"] == notes("target", Value("改善", kind="定性"), Value("改善"))


@pytest.mark.parametrize(("old", "new", "expected"), [("2026-01-01", "2026-02-01", ["+31 天"]), ("2026-02-01", "2026-01-01", ["-31 天"]), ("2026-01-01", "2026年底", []), ("2026-01-01", None, []), (None, "2026-01-01", [])])
def test_days_are_counted_between_full_days(old, new, expected):
    assert expected == notes("date", old, new)


def test_form_that_states_no_unit_has_that_of_its_fields():
    form = forms()["self-evaluation"]
    assert ["+50（+16.7%）"] == list(amount_notes(Field("某", "some", "money"), Decimal(300), Decimal(350), None, None, form, "zh"))
