"""Money by unit, from the largest, with a chart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from xltool.heights import pixels
from xltool.rollup.model import Register, Subtotal
from xltool.surfaces.rollup_writer.cells import (
    Cell,
    Column,
    Formula,
    Linked,
    at,
    heads,
    place,
    put,
    span,
    titled,
)
from xltool.surfaces.rollup_writer.cells import tall as needed
from xltool.surfaces.rollup_writer.content import Content
from xltool.surfaces.rollup_writer.look import (
    COUNT,
    FONT,
    MONEY,
    PLAIN,
    RATE,
    TOTAL,
    Palette,
    prepare,
)
from xltool.surfaces.rollup_writer.register import Placed
from xltool.surfaces.xlsx_writer.styles import Book, Sheet

COLUMNS = (
    Column("序号", 6, COUNT), Column("单位", 34), Column("份数", 8, COUNT), Column("计入份数", 9, COUNT),
    Column("毛额", 17, MONEY), Column("减：重复计列", 16, MONEY), Column("净额", 17, MONEY), Column("占比", 9, RATE),
)  # fmt: skip
MOST_BARS = 25
"""Units on the chart: the largest; more bars nobody reads."""
PAGE_ROWS = 54
"""Rows of the table that a page holds, at least."""
ROW, POINTS = 20, 15
"""Pixels and points of a row that nothing makes higher."""


def write_units(book: Book, sheet: Sheet, palette: Palette, register: Register, content: Content, placed: Placed, title: str) -> None:
    """Writes the table of a register's units and its chart."""
    units = sorted(placed.units, key=lambda one: (-one[0].sums.net.get("amount", Decimal(0)), one[1]))
    shown = min(len(units), MOST_BARS)
    more = f"图中是净额最大的 {shown} 个单位，共 {len(units)} 个" if shown < len(units) else ""
    head = titled(sheet, palette, title, [f"金额单位：{content.unit}　　{more}"])
    prepare(sheet, [column.width for column in COLUMNS], head, landscape=False)
    heads(sheet, palette, head, COLUMNS)
    first, last = head + 1, head + len(units)
    names, used = _names(units), 0.0
    total = _money(content, list(register.rows))
    for number, (unit, row, top, bottom) in enumerate(units, 1):
        own = _money(content, unit.rows)
        cells: list[Cell] = [number, Linked(names[row], placed.cell(row, "project"), "到汇总表"), unit.sums.forms, _counted(unit, top, bottom, placed)]
        cells += [Formula(f"SUM({place(placed.name, span(top, bottom, placed.columns[key]))})", value) for key, value in zip(("amount", "eliminated", "net"), own, strict=True)]
        cells.append(_share(head + number, last + 1, own[2], total[2]))
        for column, cell in enumerate(cells):
            put(sheet, head + number, column, cell, palette.cell(COLUMNS[column].kind, PLAIN))
        sheet.set_row(head + number, height := needed(cells, COLUMNS))
        used += height
    sums: list[Cell] = [None, "合计"]
    values: list[int | Decimal] = [sum(unit.sums.forms for unit, *_ in units), sum(unit.sums.counted for unit, *_ in units), *total]
    for column, value in enumerate(values, 2):
        sums.append(Formula(f"SUM({span(first, last, column)})", value))
    sums.append(_share(last + 1, last + 1, total[2], total[2]))
    for column, cell in enumerate(sums):
        put(sheet, last + 1, column, cell, palette.cell(COLUMNS[column].kind, TOTAL))
    sheet.autofilter(head, 0, last, len(COLUMNS) - 1)
    chart = _chart(book, sheet.name, first, first + shown - 1, content.unit)
    sheet.insert_chart(last + 3, 0, chart, {"x_offset": 8, "object_position": 2})
    sheet.print_area(0, 0, last + 4 + tall(shown) // ROW, len(COLUMNS) - 1)
    # A chart is not cut in two: where the table leaves no room for it, it has a page of its own.
    sheet.set_h_pagebreaks([last + 2] if used / POINTS + tall(shown) // ROW > PAGE_ROWS else [])


def _names(units: Sequence[tuple[Subtotal, int, int, int]]) -> dict[int, str]:
    """What each unit is called, by its row of the register: those of one name under several departments by both."""
    named = {row: unit.unit or unit.department or "（未填单位）" for unit, row, *_ in units}
    often = Counter(named.values())
    return {row: f"{named[row]}（{unit.department or '未填主管部门'}）" if often[named[row]] > 1 else named[row] for unit, row, *_ in units}


def _money(content: Content, rows: Sequence[int]) -> tuple[Decimal, Decimal, Decimal]:
    """Gross, eliminated and net of some rows, as shown."""
    gross, out, net = (sum((value for row in rows if (value := content.shown(row, "amount", which)) is not None), Decimal(0)) for which in ("gross", "eliminated", "net"))
    return gross, out, net


def _counted(unit: Subtotal, top: int, bottom: int, placed: Placed) -> Formula:
    standing = place(placed.name, span(top, bottom, placed.columns["standing"]))
    return Formula(f'COUNTIF({standing},"计入")+COUNTIF({standing},"部分计入")', unit.sums.counted)


def _share(row: int, total: int, part: Decimal, whole: Decimal) -> Formula:
    return Formula(f'IF({at(total, 6)}=0,"",{at(row, 6)}/{at(total, 6)})', part / whole if whole else "")


def tall(bars: int) -> int:
    """The height of a chart of so many bars, in pixels."""
    return 120 + 24 * bars


def _chart(book: Book, name: str, first: int, last: int, unit: str) -> object:
    """Bars from the largest at the top."""
    chart = book.add_chart({"type": "bar"})
    chart.add_series({
        "name": "净额", "categories": [name, first, 1, last, 1], "values": [name, first, 6, last, 6],
        "fill": {"color": "#2E75B6"}, "gap": 60, "data_labels": {"value": True, "num_format": "#,##0", "font": {"name": FONT, "size": 8}},
    })  # fmt: skip
    chart.set_title({"name": f"各单位净额（{unit}）", "name_font": {"name": FONT, "size": 12}, "overlay": False})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "num_font": {"name": FONT, "size": 8}, "major_tick_mark": "none"})
    chart.set_x_axis({"num_format": "#,##0", "num_font": {"name": FONT, "size": 8}, "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}})
    chart.set_size({"width": sum(pixels(column.width) for column in COLUMNS) - 16, "height": tall(last - first + 1)})
    return chart
