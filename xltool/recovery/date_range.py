"""The first and the last day of a project written into one cell: 2025-01-01至2025-12-31."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from xltool.filing import Doubt, Entry, Repair
from xltool.form import Form
from xltool.values import normal, parse_date

CODE = "date-range"
NO_DAY = "不是完整的日期"
"""How every doubt on a date begins, or goes on behind the date, that is no full day."""
_UNTIL = re.compile(r"\s*(?:至|到|[~～—–―－]+|--+)\s*")
_HYPHEN = re.compile(r"(?<=[日月])\s*-\s*|(?<=\d)\s*-\s*(?=\d{4}\D)")
"""A hyphen behind 日, or before a year; one between 01 and 31 belongs to a day."""
_YEAR = re.compile(r"(?:19|20|21)\d\d(?=\s*[年./-])")
_MONTH = re.compile(r"(?:(?:19|20|21)\d\d\s*年\s*\d{1,2}\s*月|(?:19|20|21)\d\d[./]\d{1,2})")


def parted(form: Form, entry: Entry, explained: Callable[[Doubt], bool] = lambda _: False) -> Entry:
    """The entry with both days in their fields where the cell of the first holds a range of them and the last has none.

    Doubts on the two fields go where the range explains them: that its text is no day, that the last day has no caption, and
    what ``explained`` says. Months are parted too, and stay doubted; any other text stays as it is.
    """
    first, last = (_date(form, role) for role in ("start", "end"))
    said = entry.values.get(first) if first and last else None
    if not first or not last or not isinstance(said, str) or entry.values.get(last) is not None or last in entry.marks:
        return entry
    days = days_of(said)
    if days is None:
        return entry
    own = [one for one in entry.source.doubts if one.path == first and NO_DAY not in one.why and not explained(one)]
    kept = tuple(one for one in entry.source.doubts if one.path not in (first, last) or one in own or (own and one.path == last))
    place = next((one.place for one in entry.source.doubts if one.path == first and NO_DAY in one.why), "")
    repair = Repair(CODE, place, f"“{said}”是起止日期，按 {days[0]} 和 {days[1]} 读入")
    kept += tuple(Doubt(path, place, f"{NO_DAY}：{day}") for path, day in zip((first, last), days, strict=True) if parse_date(day) is None)
    source = replace(entry.source, doubts=kept, repairs=(*entry.source.repairs, repair))
    return replace(entry, values={**entry.values, first: days[0], last: days[1]}, source=source)


def _date(form: Form, role: str) -> str:
    """The path of the one date outside lists that plays a role; empty where there is none."""
    fields = [form.fields[name] for name in form.roles.get(role, ())]
    return fields[0].path if len(fields) == 1 and fields[0].type == "date" and not fields[0].list else ""


def days_of(text: str) -> tuple[str, str] | None:
    """The two days of a range in ISO form, two months as they are printed; None where it is neither.

    The later year may be left out where it is the earlier's.
    """
    for sign in (_UNTIL, _HYPHEN):
        parts = sign.split(text.strip())
        if len(parts) == 2 and (year := _YEAR.match(normal(parts[0]))):
            first, last = parts[0], parts[1] if _YEAR.match(normal(parts[1])) else f"{year.group()}年{parts[1]}"
            days = parse_date(first), parse_date(last)
            if days[0] and days[1]:
                return days[0], days[1]
            return (first, last) if _MONTH.fullmatch(normal(first)) and _MONTH.fullmatch(normal(last)) else None
    return None
