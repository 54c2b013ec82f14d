"""What of a form comes back from a workbook: a sample is filled in, written, and read again by its mapping."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from xltool.canonical import complete, differences, has_parts
from xltool.filing import Entry, Filing, Item, Scalar, Section
from xltool.form import Field, Form
from xltool.problems import Problem, ProblemError, problem
from xltool.recovery import grid_reading
from xltool.surfaces import xlsx_reader, xlsx_writer
from xltool.values import Value, parse_target

ITEMS, RUN = 4, 2
"""The items of each list of a sample, and how many of them follow each other under one group."""
_WHERE = re.compile(r"sections\[0\](?:\.forms(?:\[0\](?:\.(.*))?)?)?")
_ROW = re.compile(r"([^.\[]+)(?:\[\d+\]\.(.*))?")


def faults(form: Form, forms: Mapping[str, Form]) -> list[Problem]:
    """A problem for each field that a workbook of the form loses, empty or filled; ``forms`` are the others that are known."""
    known = {**forms, form.id: form}
    found: dict[str, Problem] = {}
    for entry in (complete(form, {}, {}), sample(form)):
        try:
            again = _again(form, entry, known)
        except ProblemError as error:
            return [problem("proof-unread", form.place, form=form.id)] if _unknown(error) else list(error.problems)
        if others := {one.form for one in again.entries} - {form.id}:
            return [problem("proof-other", form.place, form=form.id, other="、".join(sorted(others)))]
        if alike := sorted(one.why for entry_read in again.entries for one in entry_read.source.doubts if one.path == "form"):
            return [problem("proof-alike", form.place, what="；".join(alike))]
        lost = differences(Filing((Section(None, (entry,)),)), again)
        found |= {one: problem("proof-lost", form.place, field=one) for path in lost for one in _fields(form, path)}
    return list(found.values())


def _unknown(error: ProblemError) -> bool:
    return any(one.code.startswith("no-form") for one in error.problems)


def _again(form: Form, entry: Entry, known: Mapping[str, Form]) -> Filing:
    """The filing of one entry, read back from its workbook."""
    data = xlsx_writer.write(Filing((Section(None, (entry,)),)), {form.id: form})
    # Of a workbook that somebody else made nothing but its captions tells the form.
    return grid_reading.read_book(replace(xlsx_reader.read(data, form.id), properties={}), known, form.id)


def _fields(form: Form, path: str) -> Iterator[str]:
    """The names of the fields at a path at which two filings differ: one, or all of a list or a form."""
    where = _WHERE.fullmatch(path)
    inside = where[1] if where else None
    row = _ROW.fullmatch(inside or "")
    for one in form.fields.values():
        alone = one.path == inside and not one.list
        if inside in (None, "marks") or alone or (row and row[1] == one.list and row[2] in (None, one.path)):
            yield one.name


def sample(form: Form) -> Entry:
    """The form filled in: every field has a value, every list items in groups."""
    values = {one.path: _value(form, one, number) for number, one in enumerate(form.scalars, 1)}
    lists = {name: tuple(_item(form, name, at) for at in range(ITEMS)) for name in form.lists}
    return complete(form, values, lists)


def _item(form: Form, name: str, at: int) -> Item:
    spec = form.lists[name]
    numbered = [(form.fields[one], 100 + (at // RUN if one in spec.groups else 10 * at + place)) for place, one in enumerate(spec.fields)]
    return {one.path: _value(form, one, number) for one, number in numbered if one.type not in ("operator", "unit")}


def _value(form: Form, one: Field, number: int) -> Scalar:
    """A value of a field's type, another for each number."""
    if one.choices:
        return next((choice for choice in one.choices if choice != one.absent), None)
    match one.type:
        case "money" | "number":
            return Decimal(number)
        case "percent":
            return Decimal(number) / 1000
        case "year":
            return 2000 + number % 100
        case "date":
            return f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}"
        case "target":
            return Value(str(number), "≥", Decimal(number), "%") if has_parts(form, one) else parse_target(f"≥{number}%", form.units)
        case "paragraphs":
            return f"样例第{number}段，写满一行之后接着写下一行，直到写完为止。"
    return f"样例{number}"
