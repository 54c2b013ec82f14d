"""A value as a cell of the user's workbook takes it: a number, a day or a text, as the cell's own format has it; a value
inside a caption among the caption's own words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from xltool.arrange import Placed, text_of, value_of
from xltool.filing import Scalar
from xltool.form import Form
from xltool.layout import Cell
from xltool.recovery.grid_captions import anchors_of
from xltool.surfaces.xlsx_edit import Styles
from xltool.surfaces.xlsx_edit.cells import Content
from xltool.surfaces.xlsx_writer.grid import day, exact
from xltool.values import Value, clean, plain, printable, shortest

TEXT = "@"
RATE = "0.00%"
"""The format of a rate in a cell that has none of its own."""
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')


def content(placed: Placed, style: int, styles: Styles, first_day: int = 0) -> tuple[Content, int]:
    """What the cell holds, and the number of its format: its own, save for a rate in a cell without a format of rates.

    A day is a number where the cell's format shows days, otherwise the text that is printed; ``first_day`` is what
    the workbook counts its days from (0, or 1462 where it counts them from 1904).
    """
    value, one = placed.value, placed.field
    if value is None or one is None:
        return placed.text or None, style
    if isinstance(value, Value):
        return value.text or None, style
    code = _QUOTED.sub("", styles.code(style)).lower()
    if isinstance(value, str):
        number = day(value) if one.type == "date" and "y" in code else None
        return (value or None) if number is None else number - first_day, style
    if not exact(value):
        # As text a rate needs its sign: without one nobody can tell it from the number of per cent.
        return f"{plain(value * 100)}%" if one.type == "percent" else plain(value), style
    if one.type != "percent" or "%" in code:
        return value, style
    if one.unit == "%":
        return shortest(Decimal(value) * 100), style
    return value, styles.with_code(style, RATE)


def caption(form: Form, cell: Cell, placed: Placed, values: Mapping[str, Scalar], text: str) -> str:
    """What a caption with fields inside reads when they are filled: the cell's own words, in which only the values change."""
    anchor = next(one for one in anchors_of(form) if one.cell is cell)
    shown = printable(text).strip()
    for printed in anchor.printed:
        found = printed.pattern.fullmatch(shown)
        if found is None:
            continue
        said = {name: text_of(value_of(values, form.fields[name])) or form.fields[name].absent for name in printed.holes}
        if any((found[at] is None) != (form.fields[name].optional and not said[name]) for at, name in enumerate(printed.holes, 1)):
            return placed.text
        made = shown
        for at, name in reversed(list(enumerate(printed.holes, 1))):
            if found[at] is not None and clean("".join(found[at].split())) != said[name]:
                before, behind = made[: found.start(at)], made[found.end(at) :]
                made = before.rstrip() + said[name] + behind.lstrip() if said[name] else f"{before}    {behind}"
        return text if made == shown else made
    filled = any(value_of(values, form.fields[name]) is not None for name in cell.holes)
    return placed.text if filled else text
