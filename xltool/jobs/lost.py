"""Why a filing does not survive a workbook: values that no cell shows, each named by its path with what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from xltool.filing import Entry, Filing, Item, Scalar, Section
from xltool.form import NUMERIC, Field, Form
from xltool.places import is_inside
from xltool.problems import Problem, problem
from xltool.recovery.grid_markup import plain_text
from xltool.values import RADICAL, Value, caption_key, is_mark, parse_date, parse_year, printable

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
Found = tuple[str, str, dict[str, str]]
"""The code of what is wrong with a value, its path, and the other words of the message."""


def lost(filing: Filing, forms: Mapping[str, Form], differing: Sequence[str]) -> list[Problem]:
    """A problem for each value at (or below) a path that differed which is known not to survive."""
    found = (one for number, section in enumerate(filing.sections) for one in _in_section(section, forms, f"sections[{number}]"))
    return [problem(code, "", path=path, **words) for code, path, words in found if any(is_inside(path, one) for one in differing)]


def _in_section(section: Section, forms: Mapping[str, Form], path: str) -> Iterator[Found]:
    if section.title is not None and (code := _unheld(section.title)):
        yield code, f"{path}.title", {}
    for at, entry in enumerate(section.entries):
        yield from _in_entry(entry, forms[entry.form], f"{path}.forms[{at}]")


def _in_entry(entry: Entry, form: Form, path: str) -> Iterator[Found]:
    captions = {caption_key(spelling) for cell in form.layout.cells if cell.caption for spelling in form.spellings(cell.caption)}
    yield from _in_values(entry.values, {one.path: one for one in form.scalars}, captions, path)
    for name, items in entry.lists.items():
        fields = {form.fields[field].path: form.fields[field] for field in form.lists[name].fields}
        for at, item in enumerate(items):
            yield from _in_item(item, items[at - 1] if at else {}, form, name, f"{path}.{name}[{at}]")
            yield from _in_values(item, fields, set(), f"{path}.{name}[{at}]")
    for key, mark in entry.marks.items():
        one = _marked(form, key)
        if not is_mark(mark) or one is None or not _carries(form, one):
            yield "workbook-mark", f"{path}.marks", {"key": key, "mark": mark}


def _in_item(item: Item, before: Item, form: Form, name: str, path: str) -> Iterator[Found]:
    """An item that is no row of its own; levels that nobody can tell from those of the row above."""
    groups = [form.fields[group].path for group in form.lists[name].groups]
    if all(value is None for value in item.values()):
        # Empty rows are what an official blank has below its list: no reader takes one for an item.
        yield "workbook-item", path, {}
        return
    if all(value is None for key, value in item.items() if key not in groups):
        yield "workbook-row", path, {}
        return
    for key in groups:
        above = before.get(key)
        if item.get(key) is None and isinstance(above, str):
            # An empty group cell goes on with the one above: so people leave it where they undo a merge.
            yield "workbook-group", f"{path}.{key}", {"above": above}
        elif item.get(key) != above:
            return


def _marked(form: Form, key: str) -> Field | None:
    """The field of a path in ``marks``: project.name, indicators[2].score."""
    name, bracket, rest = key.partition("[")
    if not bracket:
        return form.field_at(key)
    inner = rest.partition("].")[2]
    return next((one for one in form.fields.values() if one.list == name and one.path == inner), None)


def _carries(form: Form, one: Field) -> bool:
    """True where an empty cell of the field may hold a mark: it is a number or a date, and has the cell to itself."""
    return (one.type in NUMERIC or one.type == "date") and any(cell.only_hole == one.name for cell in form.layout.cells)


def _in_values(values: Mapping[str, Scalar], fields: Mapping[str, Field], captions: set[str], path: str) -> Iterator[Found]:
    for key, value in values.items():
        text, one = value.text if isinstance(value, Value) else value, fields[key]
        if one.type == "year" and isinstance(value, int) and parse_year(str(value)) is None:
            yield "workbook-year", f"{path}.{key}", {"found": str(value)}
        if isinstance(text, str) and (code := _unheld(text)):
            yield code, f"{path}.{key}", {}
        elif isinstance(text, str) and one.type == "date" and (day := parse_date(text)) and day != text:
            yield "workbook-day", f"{path}.{key}", {"found": text, "day": day}
        elif isinstance(text, str) and caption_key(text) in captions:
            yield "workbook-caption", f"{path}.{key}", {"text": text}


def _unheld(text: str) -> str:
    """The code of what no cell shows of a text; empty where it shows all of it."""
    if not text.strip():
        return "workbook-blank"
    if _CONTROL.search(text):
        return "workbook-character"
    if plain_text(text) != text:
        return "workbook-markup"
    if RADICAL.search(text):
        return "workbook-radical"
    return "workbook-unseen" if printable(text) != text else ""
