"""Cells that print a unit behind their number: {本级预算}万元. The unit is no caption, and says what the field's numbers are in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from xltool.figures import UNITS
from xltool.form import Field
from xltool.layout import Caption, Cell, Hole, Layout, Unit

MEASURED = frozenset({"money", "number", "percent"})
PRINTED = frozenset({*UNITS, "分", "%", "％"})
"""The units that a form may print behind a number in its cell."""


def units(layout: Layout, fields: Mapping[str, Field], own: frozenset[str] = frozenset()) -> dict[str, str]:
    """The printed unit of each field that shares its cell with nothing else; ``own`` are the units of the mapping."""
    return {name: unit for cell in layout.cells for name, unit in [_unit(cell)] if name in fields and fields[name].type in MEASURED and unit in PRINTED | own}


def drawn(layout: Layout, units: Mapping[str, str]) -> Layout:
    """The layout with the units of these fields as what they are."""
    if not units:
        return layout
    return Layout(layout.rows, layout.columns, tuple(_with_unit(cell, units) for cell in layout.cells))


def _unit(cell: Cell) -> tuple[str, str]:
    match cell.parts:
        case (Hole(field=name), Caption(text=text)):
            return name, text.strip()
    return "", ""


def _with_unit(cell: Cell, units: Mapping[str, str]) -> Cell:
    name, unit = _unit(cell)
    return replace(cell, parts=(Hole(name), Unit(unit))) if units.get(name) == unit else cell
