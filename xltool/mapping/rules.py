"""What a mapping says of its fields and words: captions, levels, sums, what is filled together, roles, prefilling."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from xltool.form import (
    LISTED_ROLES,
    NUMERIC,
    ROLE_TYPES,
    ROLES,
    TYPES,
    Field,
    FieldAlias,
    Prefill,
    Sum,
    Taxonomy,
)
from xltool.layout import Hole, Layout, iterate_holes
from xltool.mapping.keys import Keys
from xltool.picture import draw_parts, parse_parts
from xltool.values import Value, caption_key, parse_target
from xltool.yamlfile import Node, Sequence, Text

WORDS = frozenset(TYPES) - NUMERIC
"""Types of fields that hold no number."""


def captions(keys: Keys, layout: Layout, fields: Mapping[str, Field]) -> Mapping[str, tuple[str, ...]]:
    """The alternates of each caption that is drawn; one that is named with the fields in it, as it is drawn, is the same."""
    drawn = {draw: cell.caption for cell in layout.cells if cell.caption for draw in (draw_parts(cell.parts), cell.caption)}
    ends = {cell.caption: draw_parts(cell.parts[-1:]) for cell in layout.cells if cell.caption and len(cell.holes) == 1 and isinstance(cell.parts[-1], Hole)}
    found: dict[str, tuple[str, ...]] = {}
    for key, node in keys.under("captions").entries:
        if key.text not in drawn:
            if not key.inherited:
                keys.fault("caption-unknown", key, caption=key.text)
            continue
        caption = drawn[key.text]
        # 填报人： for 填表人：{填表人} is followed by the field as that is.
        aliases = tuple(alias + ends.get(caption, "") * alias.endswith(("：", ":")) for alias in keys.word_list(node, key.text))
        for alias in aliases:
            _alias(keys, alias, node, fields)
        found[caption] = (*found.get(caption, ()), *aliases)
    return MappingProxyType(found)


def _alias(keys: Keys, alias: str, node: Node, fields: Mapping[str, Field]) -> None:
    """Notes an alias whose marks do not pair, or in which a field stands that the form has not."""
    parts = parse_parts(alias)
    if parts is None:
        keys.fault("caption-alias", node, alias=alias)
    for hole in iterate_holes(parts or ()):
        if hole.field not in fields:
            keys.fault("field-unknown", node, key="captions", field=hole.field)


def in_aliases(captions: Mapping[str, tuple[str, ...]], layout: Layout) -> tuple[FieldAlias, ...]:
    """The alternates of captions in which fields stand that the layout draws nowhere else."""
    drawn = {name for cell in layout.cells for name in cell.holes}
    parted = [(caption, parse_parts(alias) or ()) for caption, aliases in captions.items() for alias in aliases if "{" in alias]
    own = [FieldAlias(caption, parts, tuple(hole.field for hole in iterate_holes(parts) if hole.field not in drawn)) for caption, parts in parted]
    return tuple(one for one in own if one.fields)


def taxonomy(keys: Keys) -> Taxonomy:
    """The levels: which belong to which, their other names, and their usual weights."""
    children = {key.text: keys.parted(node, key.text) for key, node in keys.under("taxonomy").entries}
    names = {*children, *(name for below in children.values() for name in below)}
    aliases = {key.text: keys.text_of(node, key.text) for key, node in keys.under("level_aliases").entries}
    weights = {key.text: Decimal(str(keys.number(node, key.text, 0, 0, 1000))) for key, node in keys.under("weights").entries}
    told = [(key, aliases[key.text]) for key, _ in keys.under("level_aliases").entries] + [(key, key.text) for key, _ in keys.under("weights").entries]
    for key, name in told:
        # What a variant takes over may be of levels that it has not.
        if name and name not in names and not key.inherited and key.file == keys.name:
            keys.fault("level-unknown", key, level=name)
    return Taxonomy(MappingProxyType(children), MappingProxyType(aliases), MappingProxyType(weights))


def worth(keys: Keys) -> Mapping[str, Value]:
    """The quantities that words stand for."""
    found: dict[str, Value] = {}
    for key, node in keys.under("worth").entries:
        value = parse_target(keys.text_of(node, key.text, "?"))
        if value.value is None:
            keys.fault("number-expected", node, key=key.text, found=getattr(node, "text", "?"))
        found[caption_key(key.text)] = value
    return MappingProxyType(found)


def _fields(keys: Keys, names: tuple[str, ...], key: str, node: Node, fields: Mapping[str, Field]) -> tuple[str, ...]:
    """The names, those that no field has noted and left out."""
    for name in names:
        if name not in fields:
            keys.fault("field-unknown", node, key=key, field=name)
    return tuple(name for name in names if name in fields)


def sums(keys: Keys, fields: Mapping[str, Field]) -> tuple[Sum, ...]:
    """The sums of amounts; each total is a number, and so are its parts."""
    found = []
    for key, node in keys.under("sums").entries:
        [total] = _fields(keys, (key.text,), "sums", key, fields) or [""]
        parts = _fields(keys, keys.word_list(node, "sums"), "sums", node, fields)
        if not total:
            continue
        homes = {fields[name].list for name in parts}
        if parts and (homes - {fields[total].list} if fields[total].list else len(homes) > 1):
            keys.fault("sum-lists", key, total=total)
        elif other := next((name for name in (total, *parts) if fields[name].type in WORDS), None):
            keys.fault("sum-type", key, total=total, field=other, type=fields[other].type)
        elif total in parts and len(parts) > 1:
            keys.fault("sum-itself", key, total=total)
        found.append(Sum(total, parts))
    return tuple(found)


def together(keys: Keys, fields: Mapping[str, Field]) -> tuple[tuple[str, ...], ...]:
    """The groups of fields that are filled, or empty, together; none of them is a list's."""
    node = keys.table.get("together")
    if node is None:
        return ()
    if not isinstance(node, Sequence):
        keys.fault("yaml-shape", node, key="together", wanted="列表 ([[a, b], [c, d]])")
        return ()
    found = []
    for item in node.items:
        names = _fields(keys, keys.word_list(item, "together"), "together", item, fields)
        for name in names:
            if fields[name].list:
                keys.fault("together-list", item, field=name, list=fields[name].list)
        found.append(names)
    return tuple(found)


def exceptions(keys: Keys, fields: Mapping[str, Field]) -> Mapping[str, str]:
    """By field the caption that it has although its name is not spelled by it."""
    found: dict[str, str] = {}
    for key, node in keys.under("exceptions").entries:
        if key.text in fields:
            found[key.text] = keys.text_of(node, key.text)
        elif not key.inherited:
            keys.fault("field-unknown", key, key="exceptions", field=key.text)
    return MappingProxyType(found)


def roles(keys: Keys, fields: Mapping[str, Field]) -> Mapping[str, tuple[str, ...]]:
    """By role its fields; one that is taken over and not drawn falls away."""
    found: dict[str, tuple[str, ...]] = {}
    for key, node in keys.under("roles").entries:
        names = (node.text,) if isinstance(node, Text) else keys.word_list(node, key.text)
        if key.text not in ROLES:
            keys.unknown("word-expected", key, key.text, ROLES, key="roles", found=key.text)
        names = tuple(name for name in names if name in fields) if key.inherited else _fields(keys, names, "roles", node, fields)
        for name in names if not key.inherited else ():
            if name in fields:
                _played(keys, key.text, fields[name], node)
        if names:
            found[key.text] = names
    return MappingProxyType(found)


def _played(keys: Keys, role: str, one: Field, node: Node) -> None:
    """Notes a field of a type, or in a place, in which it cannot play a role."""
    wanted = ROLE_TYPES.get(role, TYPES)
    if one.type in TYPES and one.type not in wanted:
        keys.fault("role-type", node, role=role, field=one.name, type=one.type, known=", ".join(wanted))
    elif role in LISTED_ROLES and not one.list:
        keys.fault("role-list", node, role=role, field=one.name)
    elif role in ROLE_TYPES and role not in (*LISTED_ROLES, "forecast") and one.list:
        keys.fault("role-outside", node, role=role, field=one.name, list=one.list)


def prefill(keys: Keys) -> Prefill:
    """What the form takes from that of the step before."""
    table = keys.under("prefill")
    keys.known(table, ("roles", "levels"))
    roles: dict[str, str] = {}
    for key, node in keys.table_of(table.get("roles"), "prefill.roles").entries:
        roles[key.text] = keys.text_of(node, "prefill.roles")
        for name in {key.text, roles[key.text]} - {*ROLES, ""}:
            keys.unknown("word-expected", node, name, ROLES, key="prefill.roles", found=name)
    levels: dict[str, tuple[str, str]] = {}
    for key, node in keys.table_of(table.get("levels"), "prefill.levels").entries:
        match keys.word_list(node, key.text):
            case (level1, level2):
                levels[key.text] = level1, level2
            case _:
                keys.fault("yaml-shape", node, key=key.text, wanted="[一级指标, 二级指标]")
    return Prefill(MappingProxyType(roles), MappingProxyType(levels))
