"""The value of a field from the cell in which it stands: typed as the form says, whatever way it was typed in."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from xltool.canonical import has_parts
from xltool.figures import amount_in, in_brackets, in_points
from xltool.filing import Scalar
from xltool.form import Field, Form
from xltool.grid import Typed
from xltool.recovery.claims import IN_NUMERALS
from xltool.values import (
    MARKS,
    RADICAL,
    Targets,
    Value,
    clean,
    in_numerals,
    is_mark,
    join_wrapped,
    normal,
    operator_of,
    parse_date,
    parse_money,
    parse_number,
    parse_percent,
    parse_target,
    parse_year,
    plain,
    printable,
    shortest,
)

_AS_PRINTED = re.compile(r"-?\d+(?:,\d{3})*(?:\.\d+)?")
_MARKED = frozenset({"money", "number", "percent", "date", "year"})
_TO_FILL = "××"
_RUN_TOGETHER = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
YUAN = "元"
_POINTS = ("weight", "score", "execution_weight", "execution_score", "level1_weight", "total_weight", "total_score")
"""The roles of fields whose numbers are points."""
TICK, TICKS = "√", frozenset("√✓✔☑Vv")
"""A tick, and how else people set one."""
FIRST_DAY = "1950-01-01"
"""No project is older; of 2025.1, typed into a date's cell, Excel makes a day of 1905."""
_BEFORE = date(1899, 12, 30).toordinal()
_SERIALS = range(date(2000, 1, 1).toordinal() - _BEFORE, date(2100, 1, 1).toordinal() - _BEFORE)
"""The numbers of the days on which projects begin and end, as Excel counts them."""
UNCACHED = "公式没有保存结果"
UNSHOWN, SHOWN_OTHERWISE = "单元格的格式使数字不显示，存的是 {}", "显示为{}，存的却是 {}"


class Reading(NamedTuple):
    """A value, the mark that stood for «nothing», why it is doubted, whether a text was read as a number."""

    value: Scalar = None
    mark: str = ""
    doubt: str = ""
    repaired: str = ""
    unread: bool = False
    code: str = "number-as-text"


EMPTY = Reading()


class Odd(Enum):
    """What stands for the value of a text that says more than a value."""

    ODD = 0


ODD = Odd.ODD
Plain = Callable[[Sequence[str]], list[Scalar | Odd]]


def _as_printed(text: str) -> bool:
    """True for a text with nothing to tidy."""
    return text.isprintable() and " " not in text and not RADICAL.search(text)


def tidy(text: str) -> str:
    """The text of a cell on one line, as printed."""
    if _as_printed(text):
        return text
    found = ""
    for line in printable(text).replace("\r", "\n").split("\n"):
        found = join_wrapped(found, clean(line))
    return found


def _all_tidy(texts: Sequence[str]) -> Sequence[str]:
    """The texts of many cells, each on one line as printed: mostly the same, and then one look tells it of all."""
    said = "".join(texts)
    if not said.isprintable() or RADICAL.search(said):
        return list(map(tidy, texts))
    # Of what is printable only blanks are tidied.
    return [clean(text) if " " in text else text for text in texts] if " " in said else texts


def paragraphs(text: str) -> str:
    """The text of a cell with its line breaks, empty lines gone."""
    if _as_printed(text):
        return text
    return "\n".join(line for one in printable(text).replace("\r", "\n").split("\n") if (line := clean(one)))


def read(text: str, value: Typed, formula: str, one: Field, form: Form, money: str = "", days: int = 0) -> Reading:
    """The value of a field that fills a cell of this text, typed value and formula.

    ``money`` is the form's unit of money where it is certain, ``days`` what the document's days are counted from.
    """
    if formula and not text and one.type != "target":
        typed = parse_number(formula) if one.type in ("money", "number") else None
        return Reading(typed, doubt="" if typed is not None else f"{UNCACHED}：={formula}", unread=typed is None)
    match one.type:
        case "text" if not one.choices:
            text = tidy(text)
            return Reading(text) if text and text not in _nothing(one) else EMPTY
        case "money" | "number" | "percent":
            return _stored(text, one, value, one.unit or money) if type(value) is Decimal else _with_unit(text, one, form, money) or _number(text, one)
        case "target":
            return target(text, formula, form)
        case "date":
            return _date(text, value, days)
        case "paragraphs":
            return Reading(paragraphs(text) or None)
    return of_text(tidy(text), one)


def _nothing(one: Field) -> tuple[str, ...]:
    """The texts that are no value of a field: what it leaves out, and what a blank form prints to be filled in (20××年)."""
    return ("", one.absent, one.blank) if _TO_FILL in one.blank else ("", one.absent)


def plain_reader(one: Field, form: Form) -> Plain:
    """What reads those of many texts that say a field's value and nothing else, as ``read`` does; ODD for all others."""
    nothing = _nothing(one)
    if one.type == "target":
        targets = Targets(form.units)
        return lambda texts: [value if value.text else ODD for value in targets.read(_all_tidy(texts))]
    if one.type == "paragraphs":
        return lambda texts: [paragraphs(text) or ODD for text in texts]
    if one.type == "text" and not one.choices:
        return lambda texts: _texts(texts, nothing)
    return lambda texts: [ODD] * len(texts)


def _texts(texts: Sequence[str], nothing: Collection[str]) -> list[Scalar | Odd]:
    """The texts tidied; ODD for one that is no value."""
    said: list[Scalar | Odd] = list(_all_tidy(texts))
    return said if set(said).isdisjoint(nothing) else [ODD if text in nothing else text for text in said]


def of_text(text: str, one: Field) -> Reading:
    """The value of a field from a part of a cell's text."""
    if not text:
        return EMPTY
    if one.type in _MARKED and is_mark(text):
        return Reading(None, text)
    match one.type:
        case "year":
            year = parse_year(text)
            if in_numerals(text):
                return Reading(year, repaired=IN_NUMERALS.format(text, year), code="year-in-numerals")
            return Reading(year, doubt="" if year else f"不是年份：{text}", unread=year is None)
        case "money" | "number" | "percent":
            return _number(text, one)
    return choice(text, one) if one.choices else EMPTY if text in _nothing(one) else Reading(text)


def choice(text: str, one: Field) -> Reading:
    """The one of a field's choices that a text is, or ends in behind a colon (单位：万元); any other text is doubted and not taken."""
    found = TICK if normal(text) in TICKS else normal(text)
    said = next((known for known in one.choices if found == normal(known) or found.endswith(":" + normal(known))), None)
    if said is None:
        return Reading(None, doubt=f"应为{'、'.join(one.choices)}之一：{text}", unread=True)
    return EMPTY if said == one.absent else Reading(said)


def target(text: str, formula: str, form: Form) -> Reading:
    """The target of a cell; a typed formula that only states a number is that target: =100%."""
    if formula:
        typed = parse_target(f"={formula}", form.units)
        if typed.value is not None:
            return Reading(typed)
        if not text:
            return Reading(None, doubt=f"{UNCACHED}：={formula}", unread=True)
    text = tidy(text)
    return Reading(parse_target(text, form.units)) if text else EMPTY


def _with_unit(shown: str, one: Field, form: Form, money: str) -> Reading | None:
    """A number that was typed with its unit, where the form says what the unit of the field is; an amount in brackets; None for any other."""
    text = tidy(shown)
    printed = one.unit and (text == one.unit or text.endswith(one.unit)) and form.prints_unit(one)
    if printed and (text == one.unit or parse_money(text.removesuffix(one.unit).strip()) is not None):
        return _number(text.removesuffix(one.unit).strip(), one)
    if one.type == "number" and one.name in _scored(form) and (points := in_points(text)) is not None:
        return Reading(points, repaired=f"“{text}”按 {plain(points)} 读入，单位是分", code="unit-typed")
    if one.type != "money":
        return None
    if (negative := in_brackets(text)) is not None:
        return Reading(negative, doubt=f"按会计习惯，括号里的金额是负数：{text}")
    unit = one.unit or money
    if (amount := amount_in(text, unit)) is not None:
        return Reading(amount, repaired=f"“{text}”按 {plain(amount)} {unit}读入", code="unit-typed")
    return Reading(None, doubt=f"写了单位，而这份表的金额单位不能确定：{text}", unread=True) if amount_in(text, YUAN) is not None else None


def _scored(form: Form) -> frozenset[str]:
    """The fields that hold points."""
    return frozenset(name for role in _POINTS for name in form.roles.get(role, ()))


def _number(shown: str, one: Field) -> Reading:
    text = tidy(shown)
    if not text:
        return EMPTY
    if is_mark(text):
        return Reading(None, text)
    if one.type == "percent":
        rate, sure = parse_percent(text, one.unit == "%")
        return Reading(rate, doubt="" if sure or rate == 0 else f"不能确定是否为比率：{text}", unread=rate is None)
    number = parse_money(text) if one.type == "money" else parse_number(text)
    if number is None:
        return Reading(None, doubt=f"不是数字：{text}", unread=True)
    return Reading(number, repaired="" if _AS_PRINTED.fullmatch(shown.strip()) else f"文本“{text}”按数字读入")


def _stored(text: str, one: Field, value: Decimal, unit: str) -> Reading:
    """A number as stored; one that is shown as a rate where no rate belongs, or the other way round, is doubted, and so is
    one whose format shows another number."""
    text = text.removesuffix(one.unit) if one.unit and one.type != "percent" else text
    rate = text[-1:] in ("%", "％")
    if one.type == "percent":
        if rate:
            return Reading(as_rate(text, value))
        return Reading(shortest(value / 100)) if one.unit == "%" else Reading(value, doubt=f"没有百分号：{text}" if value else "")
    if rate:
        return Reading(value, doubt=f"显示为百分比：{text}")
    if not text:
        return Reading(value, doubt=UNSHOWN.format(plain(value)) if value else "")
    return Reading(value, doubt=SHOWN_OTHERWISE.format(text, plain(value)) if _shows_other(text, value, unit) else "")


def _shows_other(text: str, value: Decimal, unit: str) -> bool:
    """True where a cell shows another number than it stores: thousands alone (0!.0,), or with a unit of its own (12万元 for 12)
    that makes another amount in the unit of the form."""
    number = parse_number(text)
    if number is not None:
        return not _is_shown(text, value)
    digits = text.rstrip("万亿千百元")
    number, amount = parse_number(digits), amount_in(text, unit)
    if number is None or amount is None:
        return text.removesuffix(YUAN).endswith("万") and _is_shown(digits, value)
    return not _is_shown(digits, value * number / amount) if amount else bool(value)


def as_rate(text: str, value: Decimal) -> Decimal:
    """The rate of a number that is shown with %, a hundredth of it where the format only adds the sign (0"%")."""
    number = text.rstrip("%％")
    return shortest(value / 100) if _is_shown(number, value) and not _is_shown(number, value * 100) else value


def _is_shown(number: str, value: Decimal) -> bool:
    """True where a text is the value, rounded to the text's decimals."""
    shown = parse_number(number)
    return shown is not None and abs(shown - value) <= Decimal(5).scaleb(-1 - len(number.partition(".")[2]))


def _date(shown: str, value: Typed, days: int) -> Reading:
    if isinstance(value, date):
        return _day(value.isoformat())
    text = tidy(shown)
    if not text:
        return EMPTY
    if is_mark(text):
        return Reading(None, text)
    day = parse_date(text) or parse_date(shown)
    if not day and (run := _RUN_TOGETHER.fullmatch(normal(text))) and (day := parse_date("-".join(run.groups()))):
        # Typed into a cell that has a date's format it is a number, of which Excel shows only ####.
        return Reading(day, repaired=f"“{text}”按日期读入", code="date-run-together")
    if not day and isinstance(value, Decimal) and value + days in _SERIALS:
        # A day under a number's format shows the number by which Excel counts it.
        day = date.fromordinal(_BEFORE + int(value) + days).isoformat()
        return Reading(day, repaired=f"“{text}”是日期的序号，按 {day} 读入", code="date-serial")
    return _day(day) if day else Reading(text, doubt=f"不是完整的日期：{text}")


def _day(day: str) -> Reading:
    return Reading(day, doubt=f"太早，可能是把年份填进了日期格：{day}" if day < FIRST_DAY else "")


def in_parts(form: Form, one: Field) -> bool:
    """True where the sign or the unit of a target stands in a cell of its own."""
    return one.type == "target" and has_parts(form, one)


def assembled(form: Form, number: str, said: str, unit: str) -> Value | None:
    """A target whose sign and unit stand in cells of their own; a word in the sign's cell is its kind."""
    text, word, named = tidy(number), tidy(said), tidy(unit)
    printed = parse_target(text, form.units) if text else Value(None)
    sign = operator_of(word)
    kind = word if word and not sign and not set(word) <= MARKS else None
    made = Value(text or None, sign or printed.operator, printed.value, ("%" if named == "％" else named) or printed.unit, kind)
    return None if made == Value(None) else made
