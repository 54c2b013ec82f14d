"""The fields of a mapping: those declared one by one, those of tables, and which of them the picture draws."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from xltool import unit_cells
from xltool.figures import UNITS
from xltool.form import NUMERIC, TYPES, Field
from xltool.layout import Cell, Hole, Layout, Optional, iterate_holes
from xltool.mapping.keys import Keys
from xltool.picture import Picture
from xltool.yamlfile import Node, Sequence, Table, Text

FIELD_KEYS = ("json", "type", "unit", "required", "choices", "absent", "blank")
TABLE_KEYS = ("json", "rows", "columns", "type", "unit")
COLUMN_KEYS = ("json", "type", "unit")
PATH = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")
_VALUED = NUMERIC | {"date", "target"}
"""Types of which words (choices, what is absent, what an empty form prints) are no values."""


def fields(keys: Keys, layout: Layout) -> dict[str, Field]:
    """Every drawn field, in the layout's reading order."""
    declared = {key.text: _field(keys, key.text, node) for key, node in keys.under("fields").entries}
    for key, node in keys.under("tables").entries:
        declared |= _grid(keys, key.text, keys.table_of(node, key.text))
    found = _drawn(keys, layout, declared)
    tables = keys.under("tables").entries
    # What a variant takes over and does not draw falls away.
    for key, _ in keys.under("fields").entries:
        if not key.inherited and key.text not in found and not (tables and "·" in key.text) and not in_alias(keys, key.text):
            keys.fault("field-not-drawn", key, field=key.text)
    return found | {name: replace(one, optional=True) for name, one in declared.items() if name not in found and in_alias(keys, name)}


def _drawn(keys: Keys, layout: Layout, declared: Mapping[str, Field]) -> dict[str, Field]:
    found: dict[str, Field] = {}
    node = keys.table.get("layout")
    for cell in layout.cells:
        optional = {hole.field for part in cell.parts if isinstance(part, Optional) for hole in iterate_holes((part,))}
        for name in cell.holes:
            if name in found:
                keys.fault("picture-field-twice", node, field=name)
            elif name not in declared:
                keys.fault("field-not-declared", node, field=name)
            else:
                found[name] = replace(declared[name], optional=name in optional)
        if touching := _touching(cell):
            keys.fault("field-touch", node, field=touching[0], other=touching[1])
    return found


def _touching(cell: Cell) -> tuple[str, str] | None:
    """Two fields of a cell with no text between them: nobody can tell where the first ends."""
    flat = [one for part in cell.parts for one in (part.parts if isinstance(part, Optional) else (part,))]
    return next(((one.field, other.field) for one, other in pairwise(flat) if isinstance(one, Hole) and isinstance(other, Hole)), None)


def units(keys: Keys, drawn: Picture, fields: Mapping[str, Field]) -> tuple[Picture, dict[str, Field]]:
    """The picture and the fields with the units that are printed behind numbers; the mapping's own units count."""
    found = unit_cells.units(drawn.layout, fields, frozenset(item.text for item in items(keys.table.get("units"))))
    for name, unit in found.items():
        if fields[name].unit not in ("", unit):
            keys.fault("field-unit", declared(keys, name), field=name, unit=fields[name].unit, printed=unit)
    told = {name: replace(one, unit=found.get(name, one.unit)) for name, one in fields.items()}
    return replace(drawn, layout=unit_cells.drawn(drawn.layout, found)), told


def items(node: Node | None) -> tuple[Text, ...]:
    """The texts of a list."""
    return tuple(item for item in node.items if isinstance(item, Text)) if isinstance(node, Sequence) else ()


def in_alias(keys: Keys, name: str) -> bool:
    """True where a field stands as a hole in an alias of a caption."""
    captions = keys.table.get("captions")
    return isinstance(captions, Table) and any(f"{{{name}}}" in item.text for _, node in captions.entries for item in items(node))


def declared(keys: Keys, name: str) -> Node | None:
    """Where a field is declared."""
    found = keys.table.get("fields")
    own = next((key for key, _ in found.entries if key.text == name), None) if isinstance(found, Table) else None
    return own or keys.table.get("tables") or found


def _field(keys: Keys, name: str, node: Node) -> Field:
    table = keys.table_of(node, name)
    keys.known(table, FIELD_KEYS)
    found = {key: keys.text_of(table.get(key), key) for key in FIELD_KEYS if key != "choices"}
    keys.one_of(table.get("required"), "required", ("true", "false"), "false")
    one = Field(
        name, found["json"], found["type"] if table.get("type") else "text", found["unit"], found["required"] == "true",
        keys.parted(table.get("choices"), "choices"), found["absent"], found["blank"],
    )  # fmt: skip
    return _checked(keys, one, node) if isinstance(node, Table) else one


def _checked(keys: Keys, one: Field, node: Node) -> Field:
    if one.type not in TYPES:
        keys.unknown("field-type", node, one.type, TYPES, field=one.name, found=one.type)
    if not PATH.fullmatch(one.path):
        keys.fault("field-path", node, field=one.name, found=one.path)
    moneys = {"money": (one.unit,), "text": one.choices if one.path == "money_unit" else ()}.get(one.type, ())
    if odd := next((unit for unit in moneys if unit and unit not in UNITS), ""):
        keys.fault("field-money-unit", node, field=one.name, found=odd, known="、".join(UNITS))
    if one.type == "choice" and not one.choices:
        keys.fault("field-choices", node, field=one.name)
    said = [key for key, value in (("choices", one.choices), ("absent", one.absent), ("blank", one.blank)) if value]
    if said and one.type in _VALUED:
        keys.fault("field-words", node, field=one.name, key=said[0], type=one.type)
    for key, value in (("absent", one.absent), ("blank", one.blank)):
        if value and one.choices and value not in one.choices:
            keys.fault("field-no-choice", node, field=one.name, key=key, found=value, known="、".join(one.choices))
    return one


def _grid(keys: Keys, name: str, table: Table) -> dict[str, Field]:
    """The fields ``row·column`` of a block with row and column captions."""
    keys.known(table, TABLE_KEYS)
    if not isinstance(table.get("json"), Text):
        keys.fault("yaml-missing-key", table, key=f"{name}.json")
        return {}
    template, kind, unit = (keys.text_of(table.get(key), f"{name}.{key}") for key in ("json", "type", "unit"))
    found: dict[str, Field] = {}
    rows = [(row.text, keys.text_of(node, f"{name}.{row.text}")) for row, node in keys.table_of(table.get("rows"), f"{name}.rows").entries]
    for column, node in keys.table_of(table.get("columns"), f"{name}.columns").entries:
        leaf, own_type, own_unit = _column(keys, f"{name}.{column.text}", node)
        for row, step in rows:
            path = template.replace("{row}", step).replace("{column}", leaf)
            found[f"{row}·{column.text}"] = Field(f"{row}·{column.text}", path, own_type or kind or "money", own_unit or unit)
    by_row = {f"{row}·{column.text}": node for row, _ in rows for column, node in keys.table_of(table.get("columns"), name).entries}
    return {name: _checked(keys, found[name], node) for name, node in by_row.items()}


def _column(keys: Keys, name: str, node: Node) -> tuple[str, str, str]:
    """The JSON key, the type and the unit of a table's column."""
    if not isinstance(node, Table):
        return keys.text_of(node, name), "", ""
    keys.known(node, COLUMN_KEYS)
    json, kind, unit = (keys.text_of(node.get(key), f"{name}.{key}") for key in COLUMN_KEYS)
    return json, kind, unit
