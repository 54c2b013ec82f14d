"""The lists of a mapping: which fields make an item, which merge, and where each list stands in the picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from xltool.budgets import limit
from xltool.form import Field, ListBlock, ListSpec
from xltool.mapping.fields import PATH, declared
from xltool.mapping.keys import Keys
from xltool.picture import ABOVE, REPEAT_MERGED, Picture

OWN_KEYS = ("form", "title", "marks", "source")
"""Keys of every form's JSON."""
MOST = 2
"""Lists that may share one row of …"""


def lists(keys: Keys, drawn: Picture) -> dict[str, ListSpec]:
    """The lists by their JSON keys."""
    found: dict[str, ListSpec] = {}
    repeated = _repeated(drawn)
    marks = {name: mark for name, mark, _ in repeated}
    inside = set(marks) if keys.sound else {name for cell in drawn.layout.cells for name in cell.holes}
    for key, node in keys.under("lists").entries:
        names = keys.word_list(node, key.text)
        for name in names:
            if name not in inside:
                keys.fault("list-field", node, list=key.text, field=name)
        names = tuple(hole for name in names if name in inside for hole in drawn.layout.cell_of(name).holes)
        groups = tuple(name for name in names if marks.get(name) == REPEAT_MERGED)
        if groups != names[: len(groups)]:
            keys.fault("list-group", node, list=key.text, field=groups[-1])
        if names and groups == names:
            keys.fault("list-all-groups", node, list=key.text)
        if len({row for name, _, row in repeated if name in names}) > 1:
            keys.fault("list-split", node, list=key.text)
        found[key.text] = ListSpec(key.text, names, groups)
    for name in marks:
        if not any(name in spec.fields for spec in found.values()):
            keys.fault("list-outside", keys.table.get("layout"), field=name)
    return found


def blocks(keys: Keys, drawn: Picture, lists: Mapping[str, ListSpec]) -> tuple[ListBlock, ...]:
    """The rows of … with the lists that stand in each."""
    found = []
    for repeat in drawn.repeats:
        inside = [(name, mark) for name, mark, row in _repeated(drawn) if row == repeat.row]
        groups = tuple(name for name, mark in inside if mark == REPEAT_MERGED)
        spans = tuple(cell for cell in drawn.layout.in_row(repeat.row) if repeat.marks[cell.column - 1] == ABOVE)
        names = tuple(spec.name for spec in lists.values() if any(name in spec.fields for name, _ in inside))
        if len(names) > MOST:
            keys.fault("list-many", keys.table.get("lists"), lists="、".join(names), most=MOST)
        found.append(ListBlock(repeat.row, names, groups, spans))
    return tuple(found)


def attached(keys: Keys, fields: Mapping[str, Field], lists: Mapping[str, ListSpec]) -> dict[str, Field]:
    """The fields with the list that each belongs to; paths are one field's each."""
    home: dict[str, str] = {}
    for spec in lists.values():
        for name in spec.fields:
            home.setdefault(name, spec.name)
    found = {name: replace(one, list=home.get(name, "")) for name, one in fields.items()}
    seen: dict[tuple[str, str], str] = {}
    for one in found.values():
        key = (one.list, one.path)
        if key in seen and one.path:
            keys.fault("field-path-twice", declared(keys, one.name), field=one.name, other=seen[key], path=one.path)
        seen.setdefault(key, one.name)
    for name in lists:
        if not PATH.fullmatch(name) or "." in name:
            keys.fault("list-name", keys.table.get("lists"), list=name)
        elif name in (*OWN_KEYS, "year"):
            keys.fault("list-taken", keys.table.get("lists"), list=name)
    _nested(keys, found, lists)
    return found


def _nested(keys: Keys, fields: Mapping[str, Field], lists: Mapping[str, ListSpec]) -> None:
    """A JSON key holds a value or other keys, not both; some keys are every form's own."""
    leaves = {(one.list, one.path): one for one in fields.values()} | {("", key): None for key in (*OWN_KEYS, *lists)}
    for one in fields.values():
        owner = leaves.get((one.list, one.path.rpartition(".")[0]))
        part = one.type in ("operator", "unit")
        if part and not (owner and owner.type == "target"):
            keys.fault("field-part", declared(keys, one.name), field=one.name, type=one.type, path=one.path)
        steps = one.path.split(".")
        # No JSON that is read is deeper.
        for number in range(1, min(len(steps), limit("json_depth"))):
            other = (one.list, ".".join(steps[:number]))
            if other in leaves and not part:
                keys.fault("field-path-inside", declared(keys, one.name), field=one.name, path=one.path, other=other[1])
        if not one.list and one.path in (*OWN_KEYS, *lists):
            keys.fault("field-path-taken", declared(keys, one.name), field=one.name, path=one.path)
        if not one.list and (one.path == "year") != (one.type == "year"):
            keys.fault("field-path-year", declared(keys, one.name), field=one.name)


def _repeated(drawn: Picture) -> list[tuple[str, str, int]]:
    """(field, mark, layout row) of every field in a repeated row, from the left."""
    found: list[tuple[str, str, int]] = []
    for repeat in drawn.repeats:
        for cell in drawn.layout.in_row(repeat.row):
            mark = repeat.marks[cell.column - 1]
            if mark != ABOVE:
                found.extend((name, mark, repeat.row) for name in cell.holes)
    return found
