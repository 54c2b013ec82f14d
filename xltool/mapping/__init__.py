"""A mapping file as a form: read, inherited, checked; all faults of a file at once, each with its line."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType

from xltool.form import Form
from xltool.mapping import fields, lists, look, rules
from xltool.mapping.keys import Keys
from xltool.picture import Picture, loose, parse
from xltool.problems import ProblemError, problem
from xltool.values import caption_key, with_times
from xltool.yamlfile import Node, Table, Text, extended, in_reading_order, load

__all__ = ["build", "inherit", "read"]

KEYS = ("form", "version", "title", "titles", "about", "extends", "layout", "fields", "tables", "lists", "captions", "taxonomy", "level_aliases", "weights", "units", "words", "worth", "sums", "together", "sections", "exceptions", "look", "roles", "prefill")
MERGED_KEYS = frozenset({"fields", "tables", "captions", "level_aliases", "look", "exceptions", "roles"})
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def read(text: str, name: str, parent: Callable[[str], Table | None] | None = None) -> Form:
    """The form that a mapping's text declares; ``parent`` finds the table that ``extends`` names.

    Raises:
        ProblemError: with every fault of the file.
    """
    return build(inherit(load(text, name), parent or (lambda _: None)), name)


def inherit(table: Table, parent: Callable[[str], Table | None]) -> Table:
    """The table with everything that it takes over from the form it extends; keys that are taken over say so."""
    return extended(table, parent, _over, lambda name: problem("extends-unknown", name.place, form=name.text))


def _over(table: Table, above: Table) -> Table:
    own = {key.text: (key, node) for key, node in table.entries if key.text != "extends"}
    merged = []
    for key, node in above.entries:
        if key.text not in own:
            merged.append((key, _taken_over(node) if key.text in MERGED_KEYS else node))
            continue
        own_key, own_node = own.pop(key.text)
        merged.append((own_key, _merge(node, own_node) if key.text in MERGED_KEYS else own_node))
    return Table((*merged, *own.values()), table.line, table.file)


def _taken_over(above: Node) -> Node:
    return _merge(above, Table((), above.line, above.file))


def _merge(above: Node, own: Node) -> Node:
    if not isinstance(above, Table) or not isinstance(own, Table):
        return own
    names = {key.text for key, _ in own.entries}
    kept = ((replace(key, inherited=True), node) for key, node in above.entries if key.text not in names)
    return Table((*kept, *own.entries), own.line, own.file)


def build(table: Table, name: str) -> Form:
    """The form of a whole (inherited) table.

    Raises:
        ProblemError: with every fault of the table.
    """
    keys = Keys(table, name)
    keys.known(table, KEYS)
    keys.text_of(table.get("extends"), "extends")
    form_id, title = keys.text("form"), keys.text("title")
    if form_id and not _ID.fullmatch(form_id):
        keys.fault("form-id", table.get("form"), form=form_id)
    drawn = _picture(keys)
    drawn, declared = fields.units(keys, drawn, fields.fields(keys, drawn.layout))
    specs = lists.lists(keys, drawn)
    found = lists.attached(keys, declared, specs)
    form = Form(
        id=form_id, version=keys.text("version", "1"), title=title, layout=drawn.layout,
        fields=MappingProxyType(found), blocks=lists.blocks(keys, drawn, specs), lists=MappingProxyType(specs),
        captions=(captions := rules.captions(keys, drawn.layout, found)), in_aliases=rules.in_aliases(captions, drawn.layout), taxonomy=rules.taxonomy(keys), units=with_times(map(caption_key, keys.parted(table.get("units"), "units"))),
        words=frozenset(map(caption_key, keys.words("words"))), worth=rules.worth(keys), sums=rules.sums(keys, found), together=rules.together(keys, found),
        sections=keys.words("sections"), titles=(title, *keys.words("titles")), exceptions=rules.exceptions(keys, found),
        look=look.look(keys, drawn.layout, found), roles=rules.roles(keys, found), prefill=rules.prefill(keys), place=name, about=keys.text("about", ""),
    )  # fmt: skip
    if keys.faults:
        raise ProblemError(in_reading_order(keys.faults))
    return form


def _picture(keys: Keys) -> Picture:
    """The layout; where it has faults, its names and captions without geometry."""
    node = keys.table.get("layout")
    if not isinstance(node, Text):
        keys.text("layout")
    else:
        try:
            return parse(node.text, node.file, node.line)
        except ProblemError as error:
            keys.faults.extend(error.problems)
    keys.sound = False
    declared = keys.table.get("fields")
    names = tuple(key.text for key, _ in declared.entries) if isinstance(declared, Table) else ()
    return loose(node.text if isinstance(node, Text) else "", names)
