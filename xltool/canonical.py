"""Canonical JSON as nested dicts, from and to a filing: presence, order and types as the contract says.

The dicts hold ``Decimal`` for numbers. Reading trusts nothing: unknown keys, wrong types and parts
that contradict their text are problems with their path. The JSON Schema of a form comes from here too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from xltool.filing import Doubt, Entry, Filing, Item, Leftover, Repair, Scalar, Section, Source
from xltool.form import Field, Form
from xltool.problems import Problem, ProblemError, problem
from xltool.values import Value, parse_target, plain

SCHEMA = "xltool/1"
Json = Any
"""A value of nested JSON: the one place besides the mapping where data has no type of its own."""


def to_json(filing: Filing, forms: Mapping[str, Form]) -> dict[str, Json]:
    """The filing as nested dicts, keys in the contract's order."""
    sections = [{"title": section.title, "forms": [entry_json(entry, forms[entry.form]) for entry in section.entries]} for section in filing.sections]
    found: dict[str, Json] = {"schema": SCHEMA, "sections": sections}
    if not filing.source.empty:
        found["source"] = _source_json(filing.source)
    return found


def entry_json(entry: Entry, form: Form) -> dict[str, Json]:
    """One entry as nested dicts: every key of the form is there, in the order of the layout."""
    found: dict[str, Json] = {"form": entry.form, "title": entry.title, "year": None}
    for step in order(form):
        if isinstance(step, str):
            spec = form.lists[step]
            found[step] = [item_json(item, [form.fields[name] for name in spec.fields]) for item in entry.lists.get(step, ())]
        else:
            _set(found, step, entry.values)
    if entry.marks:
        found["marks"] = dict(entry.marks)
    if not entry.source.empty:
        found["source"] = _source_json(entry.source)
    return found


def order(form: Form) -> list[Field | str]:
    """The form's scalar fields and the names of its lists, in the layout's reading order."""
    steps: list[Field | str] = []
    for one in form.fields.values():
        if not one.list:
            steps.append(one)
            continue
        steps.extend(name for name, spec in form.lists.items() if one.name in spec.fields and name not in steps)
    return steps


def item_json(item: Item, fields: Sequence[Field]) -> dict[str, Json]:
    """One item as nested dicts."""
    found: dict[str, Json] = {}
    for one in fields:
        _set(found, one, item)
    return found


def _set(found: dict[str, Json], one: Field, values: Mapping[str, Scalar]) -> None:
    if one.type in ("operator", "unit"):
        return
    value = values.get(one.path)
    if (value is None and (one.optional or one.absent)) or (one.absent and value == one.absent):
        return
    *above, leaf = one.path.split(".")
    for key in above:
        found = found.setdefault(key, {})
    found[leaf] = value_json(value) if isinstance(value, Value) else value


def value_json(value: Value) -> dict[str, Json]:
    """A VALUE object: text, and the parts that are printed."""
    parts = {"text": value.text, "operator": value.operator, "value": value.value, "unit": value.unit, "kind": value.kind}
    return {key: part for key, part in parts.items() if part is not None or key == "text"}


def _source_json(source: Source) -> dict[str, Json]:
    found: dict[str, Json] = {}
    if source.file:
        found["file"] = source.file
    if source.place:
        found[source.place[0]] = source.place[1]
    if source.repairs:
        found["repairs"] = [{"code": one.code, "place": one.place, "what": one.what} for one in source.repairs]
    if source.doubts:
        found["doubts"] = [{"path": one.path, "place": one.place, "why": one.why} for one in source.doubts]
    if source.leftover:
        found["leftover"] = [{"place": one.place, "text": one.text} for one in source.leftover]
    return found


def from_json(document: Mapping[str, Json], forms: Mapping[str, Form], name: str = "") -> Filing:
    """The filing of a document that its schema has accepted.

    Raises:
        ProblemError: where the parts of a VALUE contradict its text, by path.
    """
    faults: list[Problem] = []
    sections = []
    for number, section in enumerate(document["sections"]):
        entries = tuple(
            entry_from(entry, forms[entry["form"]], f"sections[{number}].forms[{at}]", name, faults) for at, entry in enumerate(section["forms"])
        )
        sections.append(Section(section["title"], entries))
    if faults:
        raise ProblemError(faults)
    return Filing(tuple(sections), _source(document.get("source")))


def entry_from(document: Mapping[str, Json], form: Form, path: str, name: str, faults: list[Problem]) -> Entry:
    """The entry of a FORM that its schema has accepted; what is wrong with it joins the faults."""
    values = {one.path: scalar_from(document, one, form, path, name, faults) for one in form.scalars}
    lists: dict[str, tuple[Item, ...]] = {}
    for list_name, spec in form.lists.items():
        fields = [form.fields[field_name] for field_name in spec.fields if form.fields[field_name].type not in ("operator", "unit")]
        lists[list_name] = tuple(
            {one.path: scalar_from(item, one, form, f"{path}.{list_name}[{at}]", name, faults) for one in fields} for at, item in enumerate(document[list_name])
        )
    marks = dict(document.get("marks", {}))
    empty = {at for at, value in values.items() if value is None}
    empty |= {f"{key}[{at}].{inner}" for key, items in lists.items() for at, item in enumerate(items) for inner, value in item.items() if value is None}
    faults.extend(problem("json-mark", name, path=f"{path}.marks", key=key) for key in marks if key not in empty)
    return Entry(form.id, document["title"], values, lists, marks, _source(document.get("source")))


def scalar_from(document: Mapping[str, Json], one: Field, form: Form, path: str, name: str, faults: list[Problem]) -> Scalar:
    """The value that a document (an entry's or an item's) has of a field; what is wrong with it joins the faults."""
    found: Json = document
    for key in one.path.split("."):
        found = found.get(key) if isinstance(found, Mapping) else None
    if one.absent and found == one.absent:
        return None
    if one.type == "target" and isinstance(found, Mapping):
        return _value(found, form, one, f"{path}.{one.path}", name, faults)
    if one.type == "year" and found is not None:
        return int(found)
    if isinstance(found, int) and not isinstance(found, bool):
        return Decimal(found)
    return Decimal(plain(found)) if isinstance(found, Decimal) else found


def _value(found: Mapping[str, Json], form: Form, one: Field, path: str, name: str, faults: list[Problem]) -> Value:
    number = found.get("value")
    given = Value(found["text"], found.get("operator"), Decimal(plain(Decimal(number))) if number is not None else None, found.get("unit"), found.get("kind"))
    if given.text is None:
        return given
    printed = parse_target(given.text, form.units)
    apart = has_parts(form, one)
    for part in ("value",) if apart else ("operator", "value", "unit"):
        stated, said = getattr(given, part), getattr(printed, part)
        if stated is not None and stated != said:
            shown = plain(stated) if isinstance(stated, Decimal) else stated
            faults.append(problem("json-value", name, path=path, part=part, found=shown, text=given.text))
    if apart:
        return given._replace(operator=given.operator or printed.operator, value=printed.value, unit=given.unit or printed.unit)
    return printed


def has_parts(form: Form, one: Field) -> bool:
    """True where the sign or the unit of a target stands in a cell of its own."""
    return any(other.type in ("operator", "unit") and other.path.rpartition(".")[0] == one.path for other in form.fields.values() if other.list == one.list)


def _source(document: Mapping[str, Json] | None) -> Source:
    if not document:
        return Source()
    place = next(((kind, _place(document[kind])) for kind in ("sheet", "page", "line") if kind in document), None)
    return Source(
        document.get("file", ""),
        place,
        tuple(Repair(one["code"], one["place"], one["what"]) for one in document.get("repairs", ())),
        tuple(Doubt(one["path"], one["place"], one["why"]) for one in document.get("doubts", ())),
        tuple(Leftover(one["place"], one["text"]) for one in document.get("leftover", ())),
    )


def _place(found: Json) -> str | int:
    return found if isinstance(found, str) else int(found)


def paths_of_items(form: Form) -> dict[str, list[str]]:
    """The paths that every item has, by the name of its list."""
    return {
        name: [form.fields[field].path for field in spec.fields if form.fields[field].type not in ("operator", "unit")]
        for name, spec in form.lists.items()
    }


def complete(form: Form, values: Mapping[str, Scalar], lists: Mapping[str, Sequence[Item]], marks: Mapping[str, str] | None = None, source: Source | None = None) -> Entry:  # fmt: skip
    """An entry with every key of its form: what was not found is None."""
    kept = {one.path: values.get(one.path) for one in form.scalars}
    rows: dict[str, tuple[Item, ...]] = {}
    for name, paths in paths_of_items(form).items():
        every = dict.fromkeys(paths)
        rows[name] = tuple([item if item.keys() == every.keys() else {path: item.get(path) for path in paths} for item in lists.get(name, ())])
    return Entry(form.id, form.title, kept, rows, dict(marks or {}), source or Source())


def differences(first: Filing, second: Filing) -> list[str]:
    """The paths at which two filings differ, source apart; blanks and line breaks in texts do not count."""
    found: list[str] = []
    if len(first.sections) != len(second.sections):
        return ["sections"]
    for number, (a, b) in enumerate(zip(first.sections, second.sections, strict=True)):
        path = f"sections[{number}]"
        if alike(a.title) != alike(b.title):
            found.append(f"{path}.title")
        if len(a.entries) != len(b.entries):
            found.append(f"{path}.forms")
            continue
        for at, (one, other) in enumerate(zip(a.entries, b.entries, strict=True)):
            found.extend(f"{path}.forms[{at}].{inner}" for inner in entry_differences(one, other))
    return found


def entry_differences(first: Entry, second: Entry) -> list[str]:
    """The paths inside a form at which two entries differ."""
    if first == second:
        return []
    if first.form != second.form:
        return ["form"]
    found = _differing(first.values, second.values, "")
    for name in {**first.lists, **second.lists}:
        a, b = first.lists.get(name, ()), second.lists.get(name, ())
        if len(a) != len(b):
            found.append(name)
            continue
        for at, (one, other) in enumerate(zip(a, b, strict=True)):
            found.extend(_differing(one, other, f"{name}[{at}]."))
    if dict(first.marks) != dict(second.marks):
        found.append("marks")
    return found


def _differing(first: Mapping[str, Scalar], second: Mapping[str, Scalar], prefix: str) -> list[str]:
    if first == second:
        return []
    return [prefix + path for path in {**first, **second} if alike(first.get(path)) != alike(second.get(path))]


def alike(value: Scalar) -> Scalar:
    """What a value is compared by: texts without blanks and line breaks."""
    if isinstance(value, str):
        return "".join(value.split())
    if isinstance(value, Value) and value.text is not None:
        return Value("".join(value.text.split()), value.operator, value.value, value.unit, value.kind)
    return value
