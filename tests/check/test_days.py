"""Days that targets and actuals name: thirds of a month, months, years, with and without a year of their own."""

from __future__ import annotations

import pytest

from tests.check.made import DECLARATION, findings
from xltool.check.days import in_time, is_time
from xltool.library import forms
from xltool.values import parse_target

D = DECLARATION
ROW = "indicators[3].target"


@pytest.mark.parametrize(
    ("target", "actual", "timely"),
    [
        ("11月底前", "11月30日", True), ("11月底前", "12月1日", False), ("11月末", "11月30日", True), ("11月末", "12月1日", False),
        ("11月初", "11月10日", True), ("11月初", "11月11日", False), ("11月上旬", "11月10日", True), ("11月上旬", "11月11日", False),
        ("11月中旬", "11月20日", True), ("11月中旬", "11月21日", False), ("12月下旬", "12月31日", True), ("2月下旬", "3月1日", False),
        ("10月31日", "11月初", False), ("11月1日", "11月初", None), ("11月9日", "11月初", None), ("11月10日", "11月初", True),
        ("10月31日", "11月上旬", False), ("11月1日", "11月上旬", None), ("11月10日", "11月上旬", True),
        ("11月10日", "11月中旬", False), ("11月11日", "11月中旬", None), ("11月19日", "11月中旬", None), ("11月20日", "11月中旬", True),
        ("11月20日", "11月下旬", False), ("11月21日", "11月下旬", None), ("12月30日", "12月下旬", None), ("12月31日", "12月下旬", True), ("2月28日", "2月下旬", True),
        ("11月20日", "11月底", False), ("11月21日", "11月底", None), ("12月30日", "12月末", None), ("12月31日", "12月末", True),
        ("10月31日", "11月", False), ("11月1日", "11月", None), ("11月29日", "11月", None), ("11月30日", "11月份", True),
        ("2020年12月31日", "2021年", False), ("2021年1月1日", "2021年", None), ("2021年12月30日", "2021年", None), ("2021年12月31日", "2021年", True), ("2021年", "12月31日", True), ("2020年", "1月1日", False),
        ("2021-05-01", "2021.5.1", True), ("2021-05-01", "2021/5/2", False), ("2021-05", "2021年5月31日", True), ("2021-05", "2021年6月1日", False),
        ("5月1日至6月1日", "5月3日", None), ("6月1日", "5月1日、7月1日", None), ("5月1日", "及时", None), ("及时", "5月1日", None), ("0月5日", "5月1日", None), ("13月5日", "5月1日", None), ("2月30日", "2月1日", None),
    ],
)  # fmt: skip
def test_what_was_done_by_the_day_that_was_named(target, actual, timely):
    """None where nobody can tell: a month in which the day lies, two days, no day."""
    assert timely is in_time(target, actual, 2021)


@pytest.mark.parametrize(("target", "actual", "timely"), [("5月1日", "5月2日", None), ("2021年5月1日", "5月2日", None), ("2021年5月1日", "2021年5月2日", False), ("2021年5月1日", "2021年4月30日", True)])
def test_days_are_compared_without_a_year_of_the_form_where_they_name_theirs(target, actual, timely):
    assert timely is in_time(target, actual, None)


@pytest.mark.parametrize(
    ("text", "time"),
    [("2023年", True), ("1900年", True), ("2199年", True), ("1899年", False), ("2200年", False), ("≥2023年", False), ("3年", False), ("2023个", False), ("及时", True), ("11月底前", True), ("≤9月", False)],
)
def test_number_of_a_year_is_a_time_and_no_quantity(text, time):
    assert time is is_time(parse_target(text, forms()[D].units))


NO_DAYS = {"project.start_date": None, "project.end_date": None}


@pytest.mark.parametrize(
    ("changes", "target", "expected"),
    [
        (NO_DAYS, "2027年1月", ["2027年1月"]),
        (NO_DAYS, "2025年12月31日", ["2025年12月31日"]),
        (NO_DAYS, "2026年1月1日", []),
        (NO_DAYS, "2026年12月31日", []),
        ({**NO_DAYS, "year": None}, "2027年1月", []),
        ({"project.start_date": None}, "2025年12月31日", ["2025年12月31日"]),
        ({"project.end_date": None}, "2027年1月1日", ["2027年1月1日"]),
        ({"year": None}, "2027年1月", ["2027年1月"]),
        ({"year": None}, "1月底前", []),
        ({"project.start_date": "2027-01-01"}, "2028年1月", []),
        ({"project.start_date": "2026-03-05", "project.end_date": "2026-03-05"}, "3月4日前", ["3月4日"]),
        ({"project.start_date": "2026-03-05", "project.end_date": "2026-03-05"}, "3月5日前", []),
        ({"project.start_date": "2026-03-05", "project.end_date": "2026-03-05"}, "3月6日前", ["3月6日"]),
        ({"project.start_date": "2026-09-01", "project.end_date": "2027-03-31"}, "10月底前", []),
        ({"project.start_date": "2026-09-01", "project.end_date": "2027-03-31"}, "2月29日前", []),
        ({}, "2月29日前", []),
        ({"indicators[3].level2": None}, "2027年1月", []),
        ({"indicators[3].level2": "质量指标"}, "2027年1月", []),
    ],
)  # fmt: skip
def test_time_is_outside_the_project_only_where_that_is_known(changes, target, expected):
    found = findings(D, {**changes, ROW: target})
    assert expected == [one.found for one in found if one.rule == "deadline-outside"]


@pytest.mark.parametrize(("changes"), [{"year": None}, {"year": 2025, "project.start_date": "2026年初", "project.end_date": None}, {"year": 2025, "project.start_date": "二〇二六年十月一日起", "project.end_date": None}])
def test_year_is_compared_with_full_days_alone(changes):
    assert "year-outside" not in [one.rule for one in findings(D, changes)]


@pytest.mark.parametrize(("text", "expected"), [("2024-02-29前", []), ("2027-02-29前", ["2027-02-29"]), ("2024.2.29前", []), ("2月29日前", ["2月29日"])])
def test_29_february_is_a_day_of_its_own_year(text, expected):
    assert expected == [one.found for one in findings(D, {ROW: text}) if one.rule == "day-unknown"]


def test_29_february_without_a_year_is_one_of_the_projects():
    changes = {"year": 2028, "project.start_date": "2028-01-01", "project.end_date": "2028-12-31", ROW: "2月29日前"}
    assert [] == [one.found for one in findings(D, changes) if one.rule == "day-unknown"]
