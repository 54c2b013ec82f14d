"""How the form prints, as its mapping says: widths, fonts, rows without borders, number formats."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from xltool.form import TYPES, Field, Look
from xltool.layout import Layout
from xltool.mapping.keys import Keys
from xltool.yamlfile import Table

LOOK_KEYS = ("widths", "font", "size", "title_size", "plain_rows", "row_height", "orientation", "formats", "left")
WIDEST, LARGEST, HIGHEST = 255, 409, 409
"""Excel's limits: a column in characters, letters and rows in points."""


def look(keys: Keys, layout: Layout, fields: Mapping[str, Field]) -> Look:
    """The look of the form."""
    table = keys.under("look")
    keys.known(table, LOOK_KEYS)
    widths = keys.numbers(table.get("widths"), "look.widths", 0.1, WIDEST)
    if widths and len(widths) != layout.columns:
        keys.fault("look-widths", table.get("widths"), found=len(widths), wanted=layout.columns)
    return Look(
        widths, keys.text_of(table.get("font"), "look.font") or "宋体", keys.number(table.get("size"), "look.size", 10.5, 1, LARGEST),
        keys.number(table.get("title_size"), "look.title_size", 16, 1, LARGEST), _plain_rows(keys, table, layout) or _lines_above(layout),
        keys.number(table.get("row_height"), "look.row_height", 20, 1, HIGHEST),
        keys.one_of(table.get("orientation"), "look.orientation", ("portrait", "landscape"), "") == "landscape",
        _formats(keys, table), _left(keys, table, fields),
    )  # fmt: skip


def _plain_rows(keys: Keys, table: Table, layout: Layout) -> tuple[int, ...]:
    found = keys.numbers(table.get("plain_rows"), "look.plain_rows", 1, 1_000_000)
    for row in found:
        if row != int(row) or row > layout.rows:
            keys.fault("look-rows", table.get("plain_rows"), found=f"{row:g}", rows=layout.rows)
    return tuple(map(int, found))


def _lines_above(layout: Layout) -> tuple[int, ...]:
    """Where the mapping does not say it: of the first two rows those that one cell fills, which is the title, or the year below it."""
    return tuple(row for row in (1, 2) if row <= layout.rows and len(cells := layout.in_row(row)) == 1 and cells[0].row == cells[0].last_row == row) or (1,)


def _formats(keys: Keys, table: Table) -> MappingProxyType[str, str]:
    found: dict[str, str] = {}
    for kind, node in keys.table_of(table.get("formats"), "look.formats").entries:
        if kind.text not in TYPES:
            keys.unknown("word-expected", kind, kind.text, TYPES, key="look.formats", found=kind.text)
        found[kind.text] = keys.text_of(node, kind.text)
    return MappingProxyType(found)


def _left(keys: Keys, table: Table, fields: Mapping[str, Field]) -> tuple[str, ...]:
    """The fields whose texts begin at the left; one that is taken over and not drawn falls away."""
    found = []
    for key, node in table.entries:
        for name in keys.word_list(node, "look.left") if key.text == "left" else ():
            if name in fields:
                found.append(name)
            elif not key.inherited:
                keys.fault("field-unknown", node, key="look.left", field=name)
    return tuple(found)
