"""Tests of days and years: the form's year and the days that targets name lie within the project, and are days of the calendar."""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from xltool.check.filled import Filled, Spot
from xltool.check.levels import level_key
from xltool.check.rule import Answer, Rule
from xltool.values import Value

_LONGEST = 2_000
_YEARS = (1900, 2199)
_NUMERIC = re.compile(r"(?<![\d.])(?P<year>(?:19|20|21)\d\d)[-./](?P<month>\d{1,2})(?:[-./](?P<day>\d{1,2}))?(?![\d.%])")
_SPOKEN = re.compile(r"(?:(?P<year>(?:19|20|21)\d\d)\s?年\s?)?(?<!\d)(?P<month>\d{1,2})\s?月(?:份)?(?:\s?(?P<day>\d{1,2})\s?日?|(?P<part>初|上旬|中旬|下旬|底|末))?")
_YEAR = re.compile(r"(?<!\d)(?P<year>(?:19|20|21)\d\d)\s?年(?!\s?\d{1,2}\s?月)")
_WHOLE = re.compile(
    r"(?<![\d.])(?P<year2>(?:19|20|21)\d\d)(?P<sign>[-./])(?P<month2>\d{1,2})(?P=sign)(?P<day2>\d{1,2})(?![\d.%])"
    r"|(?:(?P<year>(?:19|20|21)\d\d)\s?年\s?)?(?<![\d.])(?P<month>\d{1,2})\s?月\s?(?P<day>\d{1,2})\s?(?:日|号(?=$|[前后止至到、,。;)\s]))"
)
"""A day written in full: with year and month in figures, or with its 月 and 日."""
_NO_FIGURES = re.compile(r"[\u4e00-\u9fa5A-Za-z \n%≥≤=、。，；：（）“”—…()-]*")
"""A text in which no figure can stand: most are such."""
_LEAP = 2000
_PARTS = {"初": (1, 10), "上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31), "底": (21, 31), "末": (21, 31)}


def year_within(rule: Rule, filled: Filled) -> Iterator[Answer]:
    """A form's year that lies before the project's first day or after its last."""
    year, start, end = filled.one("year"), filled.one("start"), filled.one("end")
    if not year or year.number is None:
        return
    first, last = _year_of(start), _year_of(end)
    if (first is not None and year.number < first) or (last is not None and year.number > last):
        spots = tuple(spot for spot in (year, start, end) if spot)
        yield Answer(spots, str(first) if first == last else f"{first or ''}–{last or ''}", str(year.number))


def _year_of(spot: Spot | None) -> int | None:
    return int(spot.text[:4]) if spot and len(spot.text) == 10 and spot.text[:4].isdigit() else None


def days_within(rule: Rule, filled: Filled) -> Iterator[Answer]:
    """A day, month or year named by a target (``roles``) under one of ``levels`` that lies wholly outside the project.

    A form without the project's days is asked for its year; a day without a year is of any of the project's years.
    """
    year = filled.one("year")
    number = int(year.number) if year and year.number is not None else None
    span = _span(filled, number)
    if span is None:
        return
    for row in filled.rows:
        two = row.get("level2")
        if two is None or not any(level_key(word) in level_key(two.text) for word in rule.words("levels")):
            continue
        for spot in (found for role in rule.words("roles") if (found := row.get(role))):
            if is_time(spot.quantity):
                yield from (Answer((spot,), f"{span[0].isoformat()} – {span[1].isoformat()}", said, item=row.name) for said in _outside(spot.text, span))


def _outside(text: str, span: tuple[date, date]) -> Iterator[str]:
    """The days, months and years that a text names and that lie outside the project in each of its years."""
    # In three years running every month comes about.
    years = range(span[0].year, min(span[1].year, span[0].year + 2) + 1)
    named = [one for year in years for one in _named(text, year)]
    within = {said for said, first, last in named if last >= span[0] and first <= span[1]}
    yield from (said for said in dict.fromkeys(said for said, _, _ in named) if said not in within)


def is_time(value: Value) -> bool:
    """True for what is no quantity, and for 2023年, which only looks like one."""
    return value.value is None or (value.unit == "年" and value.operator is None and _YEARS[0] <= value.value <= _YEARS[1])


def no_such_day(rule: Rule, filled: Filled) -> Iterator[Answer]:
    """A day that no calendar has (2月30日, 2024-13-01), named by one of the ``roles``.

    A 29 February without a year is one of the project's, where that begins and ends in one year; else of any.
    """
    year = filled.one("year")
    span = _span(filled, int(year.number) if year and year.number is not None else None)
    usual = span[0].year if span and span[0].year == span[1].year else _LEAP
    scalars = [(spot, "") for role in rule.words("roles") for spot in filled.all(role)]
    for spot, item in (*scalars, *((spot, row.name) for row, spot in filled.pairs(*rule.words("roles")))):
        for said in dict.fromkeys(_impossible(spot.text, usual)):
            yield Answer((spot,), "", said, item=item, sure=spot.field.type == "date")


def no_full_day(rule: Rule, filled: Filled) -> Iterator[Answer]:
    """A date of one of the ``roles`` that is no full day (2025年底); one that no calendar has is another rule's."""
    for spot in (spot for role in rule.words("roles") for spot in filled.all(role)):
        if spot.field.type == "date" and not spot.blank and _day(spot) is None and not any(_impossible(spot.text, _LEAP)):
            yield Answer((spot,), "", spot.text, sure=True)


def _impossible(text: str, usual: int) -> Iterator[str]:
    """The days that a text names and no calendar has, as they stand there."""
    if _NO_FIGURES.fullmatch(text):
        return
    text = unicodedata.normalize("NFKC", text[:_LONGEST])
    for found in _WHOLE.finditer(text):
        parts = found.groupdict()
        year, month, day = int(parts["year"] or parts["year2"] or usual), int(parts["month"] or parts["month2"]), int(parts["day"] or parts["day2"])
        if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
            yield found.group().strip()


def _span(filled: Filled, year: int | None) -> tuple[date, date] | None:
    start, end = filled.one("start"), filled.one("end")
    first = _day(start) or (date(year, 1, 1) if year else None)
    last = _day(end) or (date(year, 12, 31) if year else None)
    return (first, last) if first and last and first <= last else None


def _day(spot: Spot | None) -> date | None:
    try:
        return date.fromisoformat(spot.text) if spot else None
    except ValueError:
        return None


def in_time(target: str, actual: str, year: int | None) -> bool | None:
    """True where the one day that an actual names is not later than the one that its target names; None where they do not name one each."""
    wanted, reached = list(_named(target, year)), list(_named(actual, year))
    if len(wanted) != 1 or len(reached) != 1:
        return None
    if reached[0][1] <= wanted[0][2] < reached[0][2]:
        # A month, where a day in it was wanted.
        return None
    return reached[0][2] <= wanted[0][2]


def _named(text: str, year: int | None) -> Iterator[tuple[str, date, date]]:
    """Every day, month or year that a text names: as it stands there, its first and its last day."""
    text = unicodedata.normalize("NFKC", text[:_LONGEST])
    for found in _YEAR.finditer(text):
        number = int(found["year"])
        yield found.group().strip(), date(number, 1, 1), date(number, 12, 31)
    for found in (*_NUMERIC.finditer(text), *_SPOKEN.finditer(text)):
        parts = found.groupdict()
        number, month = int(parts["year"] or year or 0), int(parts["month"])
        if number and 1 <= month <= 12 and (days := _days(number, month, parts["day"], parts.get("part"))):
            yield found.group().strip(), date(number, month, days[0]), date(number, month, days[1])


def _days(year: int, month: int, day: str | None, part: str | None) -> tuple[int, int] | None:
    """The first and last day of a day, of a third of a month, or of a whole month; None where there is no such day."""
    longest = calendar.monthrange(year, month)[1]
    first, last = (int(day), int(day)) if day else _PARTS.get(part or "", (1, longest))
    return (first, min(last, longest)) if 1 <= first <= longest else None
