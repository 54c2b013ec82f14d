"""Scores and grades of self-evaluations: how they are spread, counted by live formulas from the register, with charts."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from xltool.rollup.model import Register, Row, Scores
from xltool.surfaces.rollup_writer.cells import Cell, Column, Formula, at, heads, put, span, titled
from xltool.surfaces.rollup_writer.content import Content
from xltool.surfaces.rollup_writer.look import (
    CENTRE,
    COUNT,
    FONT,
    MONEY,
    PLAIN,
    RATE,
    SCORE,
    TEXT,
    TOTAL,
    Palette,
    prepare,
)
from xltool.surfaces.rollup_writer.register import Placed
from xltool.surfaces.xlsx_writer.styles import Book, Sheet

GRADES = (Column("等级", 16, CENTRE), Column("份数", 10, COUNT), Column("份数占比", 11, RATE), Column("金额（净额）", 18, MONEY), Column("金额占比", 11, RATE))
BINS = (0, 60, 65, 70, 75, 80, 85, 90, 95, 100)
"""Where the columns of the distribution begin; full marks have one of their own."""
COUNTED = '"<>剔除"'


def write_scores(book: Book, sheet: Sheet, palette: Palette, register: Register, content: Content, placed: Placed, title: str) -> None:
    """Writes the grades, the distribution and the averages of a register of self-evaluations, with two charts."""
    scores = register.scores
    assert scores
    rows = [content.rollup.rows[number] for number in register.rows]
    head = titled(sheet, palette, title, ["只数计入汇总的表；没有总分的不计入等级。"])
    prepare(sheet, [column.width for column in GRADES], head, landscape=False)
    below = _grades(sheet, palette, scores, content, placed, rows, head)
    below = _averages(sheet, palette, scores, placed, below + 1)
    first = below + 2
    last = _spread(sheet, palette, rows, placed, below + 1)
    graded = _chart(book, sheet.name, "等级分布（份）", head + 1, head + len(scores.grades), "#70AD47")
    spread = _chart(book, sheet.name, "得分分布（份）", first, last, "#2E75B6")
    sheet.insert_chart(last + 2, 0, graded, {"object_position": 2})
    sheet.insert_chart(last + 18, 0, spread, {"object_position": 2})
    sheet.print_area(0, 0, last + 34, len(GRADES) - 1)
    sheet.fit_to_pages(1, 1)


def _grades(sheet: Sheet, palette: Palette, scores: Scores, content: Content, placed: Placed, rows: Sequence[Row], head: int) -> int:
    """The row below the table of grades."""
    heads(sheet, palette, head, GRADES)
    grade, standing, net = (placed.column(key) for key in ("grade", "standing", "net"))
    by_row = dict(scores.by_row)
    money = [sum((content.shown(row.number, "amount", "net") or Decimal(0) for row in rows if by_row.get(row.number) == one.grade), Decimal(0)) for one in scores.grades]
    last, whole = head + len(scores.grades), sum(money, Decimal(0))
    for row, (one, amount) in enumerate(zip(scores.grades, money, strict=True), head + 1):
        count = Formula(f"COUNTIFS({grade},{at(row, 0)},{standing},{COUNTED})", one.count)
        paid = Formula(f"SUMIFS({net},{grade},{at(row, 0)},{standing},{COUNTED})", amount)
        cells: list[Cell] = [one.grade, count, _share(row, last + 1, 1, one.count, scores.scored), paid, _share(row, last + 1, 3, amount, whole)]
        _row(sheet, palette, row, cells, GRADES, PLAIN)
    sums: list[Cell] = ["合计", Formula(f"SUM({span(head + 1, last, 1)})", scores.scored), None, Formula(f"SUM({span(head + 1, last, 3)})", whole), None]
    _row(sheet, palette, last + 1, sums, GRADES, TOTAL)
    return last + 2


def _averages(sheet: Sheet, palette: Palette, scores: Scores, placed: Placed, row: int) -> int:
    """The row below the averages."""
    total, standing = placed.column("total"), placed.column("standing")
    lines: list[tuple[str, Cell]] = [
        ("平均分", Formula(f'IFERROR(ROUND(AVERAGEIFS({total},{standing},{COUNTED}),4),"")', scores.average)),
        ("没有总分的表", scores.unscored),
    ]
    if scores.lowest is not None:
        lines[1:1] = [("最高分", scores.highest), ("最低分", scores.lowest)]
    for number, (name, cell) in enumerate(lines, row):
        put(sheet, number, 0, name, palette.cell(TEXT))
        put(sheet, number, 1, cell, palette.cell(COUNT if name.startswith("没有") else SCORE))
    return row + len(lines)


def _spread(sheet: Sheet, palette: Palette, rows: Sequence[Row], placed: Placed, head: int) -> int:
    """The last row of the distribution."""
    columns = (Column("得分", 16, CENTRE), Column("份数", 10, COUNT))
    heads(sheet, palette, head, columns)
    total, standing = placed.column("total"), placed.column("standing")
    marks = [row.signature.scored.total for row in rows if row.standing != "eliminated" and row.signature.scored]
    ends = [*BINS[1:], None]
    for row, (low, high) in enumerate(zip(BINS, ends, strict=True), head + 1):
        name = f"{low} 及以上" if high is None else f"{low}–{high}" if low else f"低于 {high}"
        found = sum(1 for mark in marks if mark is not None and mark >= low and (high is None or mark < high))
        upper = f',{total},"<{high}"' if high is not None else ""
        put(sheet, row, 0, name, palette.cell(CENTRE))
        put(sheet, row, 1, Formula(f'COUNTIFS({total},">={low}"{upper},{standing},{COUNTED})', found), palette.cell(COUNT))
    return head + len(BINS)


def _row(sheet: Sheet, palette: Palette, row: int, cells: Sequence[Cell], columns: Sequence[Column], look: str) -> None:
    for column, cell in enumerate(cells):
        put(sheet, row, column, cell, palette.cell(columns[column].kind, look))


def _share(row: int, total: int, column: int, part: Decimal | int, whole: Decimal | int) -> Formula:
    return Formula(f'IF({at(total, column)}=0,"",{at(row, column)}/{at(total, column)})', Decimal(part) / Decimal(whole) if whole else "")


def _chart(book: Book, name: str, title: str, first: int, last: int, colour: str) -> object:
    chart = book.add_chart({"type": "column"})
    chart.add_series({
        "name": title, "categories": [name, first, 0, last, 0], "values": [name, first, 1, last, 1],
        "fill": {"color": colour}, "gap": 60, "data_labels": {"value": True, "font": {"name": FONT, "size": 9}},
    })  # fmt: skip
    chart.set_title({"name": title, "name_font": {"name": FONT, "size": 12}})
    chart.set_legend({"none": True})
    chart.set_x_axis({"num_font": {"name": FONT, "size": 9}})
    chart.set_y_axis({"num_font": {"name": FONT, "size": 9}, "num_format": "0", "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}})
    chart.set_size({"width": 480, "height": 290})
    return chart
