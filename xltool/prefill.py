"""An entry for the next step's form, filled from the last step's: same project, indicators and targets, the rest empty.

The two forms know each other by roles; where their levels differ the next form's mapping says what becomes what.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from xltool.canonical import complete
from xltool.filing import Entry, Item, Scalar
from xltool.form import Field, Form
from xltool.problems import Problem, problem
from xltool.values import Value, caption_key, parse_target, plain

TAKEN = ("project", "code", "unit", "department", "nature", "category", "year", "goal")
LISTED = ("level1", "level2", "indicator", "target")
MONEY_UNIT = "money_unit"


@dataclass(frozen=True, slots=True)
class Prefilled:
    """The entry of the next step, and what a person should know of how it came to be."""

    entry: Entry
    notes: tuple[Problem, ...] = ()


@dataclass(slots=True)
class _Step:
    """The step from one form to the next while it is made; ``name`` is what the entry is called in notes."""

    before: Form
    after: Form
    name: str
    notes: list[Problem] = field(default_factory=list)

    def note(self, code: str, **words: object) -> None:
        self.notes.append(problem(code, self.name, **words))


def prefill(form: Form, entry: Entry, before: Form) -> Prefilled:
    """The entry of ``form`` that ``entry``, a filled form of ``before``, begins; of the same form, the entry itself."""
    if form.id == before.id:
        return Prefilled(replace(entry, title=form.title))
    step = _Step(before, form, before.project_of(entry.values) or entry.title)
    values = dict(_scalars(step, entry))
    lists = {name: tuple(items) for name, items in _lists(step, entry)}
    return Prefilled(complete(form, values, lists, {}, entry.source), tuple(step.notes))


def _scalars(step: _Step, entry: Entry) -> Iterator[tuple[str, Scalar]]:
    after, before = step.after, step.before
    sources = {role: role for role in TAKEN} | dict(after.prefill.roles)
    for role, source in sources.items():
        fields = [after.fields[name] for name in after.roles.get(role, ())]
        there = [before.fields[name] for name in before.roles.get(source, ())]
        for one, other in zip(fields, there, strict=False):
            value = entry.values.get(other.path)
            if value is not None and one.type == other.type:
                yield one.path, value
    yield from _money_unit(step, entry)


def _money_unit(step: _Step, entry: Entry) -> Iterator[tuple[str, Scalar]]:
    """The unit of the amounts: they are taken over as they stand, in the unit in which they stand."""
    one, other = step.after.field_at(MONEY_UNIT), step.before.field_at(MONEY_UNIT)
    if one is None or other is None:
        return
    unit = entry.values.get(other.path) or other.absent
    if unit != (one.blank or one.absent):
        step.note("prefill-unit", unit=unit, usual=one.blank or one.absent)
    yield one.path, None if unit == one.absent else unit


def _lists(step: _Step, entry: Entry) -> Iterator[tuple[str, list[Item]]]:
    """The items of each list of the next form that has indicators, from the list of the same place in the order of roles."""
    after = [step.after.fields[name].list for name in step.after.roles.get("indicator", ())]
    before = [step.before.fields[name].list for name in step.before.roles.get("indicator", ())]
    for name, other in zip(after, before, strict=False):
        pairs = list(_columns(step, name, other))
        yield name, [_item(step, item, pairs, f"{name}[{at}]") for at, item in enumerate(entry.lists.get(other, ()))]


def _columns(step: _Step, name: str, other: str) -> Iterator[tuple[str, Field, Field]]:
    """(role, field, field there) of the columns that are taken over."""
    for role in LISTED:
        mine, there = _of_list(step.after, role, name), _of_list(step.before, role, other)
        if mine and there:
            yield role, mine, there


def _of_list(form: Form, role: str, name: str) -> Field | None:
    """The field of a role in a list; a group that two lists share stands in both."""
    return next((form.fields[one] for one in form.roles.get(role, ()) if one in form.lists[name].fields), None)


def _item(step: _Step, item: Item, pairs: list[tuple[str, Field, Field]], place: str) -> Item:
    found: dict[str, Scalar] = {one.path: _rewritten(item.get(other.path), step, one, other) for _, one, other in pairs}
    paths = {role: one.path for role, one, _ in pairs}
    if "level1" in paths and "level2" in paths:
        one, two = found[paths["level1"]], found[paths["level2"]]
        found[paths["level1"]], found[paths["level2"]] = _levels(step, one, two, str(found.get(paths.get("indicator", ""), "") or place))
    return found


def _levels(step: _Step, level1: Scalar, level2: Scalar, name: str) -> tuple[Scalar, Scalar]:
    """Levels one and two as the next form has them; a note where they change, or where it does not know them."""
    one, two = caption_key(level1 if isinstance(level1, str) else ""), caption_key(level2 if isinstance(level2, str) else "")
    taxonomy, moves = step.after.taxonomy, step.after.prefill.levels
    if two in taxonomy.children.get(one, ()) or not (one or two):
        return level1, level2
    move = moves.get(two) or (moves.get(one) if not two else None)
    if move is None and (parent := taxonomy.parent(two)):
        move = parent, two
    if move is None:
        if two or one not in taxonomy.children:
            step.note("prefill-level-unknown", item=name, found=f"{level1 or ''}/{level2 or ''}")
        return level1, level2
    step.note("prefill-level", item=name, found=f"{level1 or ''}/{level2 or ''}", wanted="/".join(move))
    return move


def _rewritten(value: Scalar, step: _Step, one: Field, other: Field) -> Scalar:
    """A value as the next form prints it: sign and unit in cells of their own, or all in one."""
    if not isinstance(value, Value):
        return value
    mine, there = _in_parts(step.after, one), _in_parts(step.before, other)
    if mine and not there:
        return value._replace(text=plain(value.value)) if value.value is not None else value
    if there and not mine and value.text:
        unit = value.unit or ""
        text = (value.operator or "") + value.text + (unit if unit in ("", "%") else f"({unit})")
        return parse_target(text, step.after.units)
    return value


def _in_parts(form: Form, one: Field) -> bool:
    return any(other.path.startswith(f"{one.path}.") and other.list == one.list for other in form.fields.values())
