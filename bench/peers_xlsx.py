"""The same workbook by other hands: XlsxWriter called directly, openpyxl as its documentation shows, calamine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import openpyxl
from openpyxl.cell.cell import MergedCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

Look = tuple[tuple[str, Any], ...]
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}


@dataclass(frozen=True, slots=True)
class Stroke:
    """One call: a cell or merge (from 0, both ends included), what stands in it and its format's properties."""

    row: int
    column: int
    last_row: int
    last_column: int
    value: str | int | float | None
    look: Look


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything of one sheet, worked out beforehand: strokes, heights, widths, paper."""

    name: str
    strokes: tuple[Stroke, ...]
    heights: Mapping[int, float]
    widths: Mapping[int, float]
    area: tuple[int, int]
    repeat: tuple[int, int] | None = None
    footer: str = ""
    margins: Mapping[str, float] = field(default_factory=dict)


def plans(data: bytes) -> list[Plan]:
    """The plan of every sheet of a workbook, so that a peer draws the same cells, merges and formats."""
    book = openpyxl.load_workbook(BytesIO(data))
    return [_plan(sheet) for sheet in book.worksheets]


def _plan(sheet: Any) -> Plan:
    merges = {(one.min_row, one.min_col): one for one in sheet.merged_cells.ranges}
    strokes = []
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell, MergedCell) or not cell.has_style:
                continue
            one = merges.get((cell.row, cell.column))
            last = (one.max_row, one.max_col) if one else (cell.row, cell.column)
            value = cell.value if isinstance(cell.value, str | int | float) else None
            if value is None and cell.value is not None:
                value = str(cell.value)
            strokes.append(Stroke(cell.row - 1, cell.column - 1, last[0] - 1, last[1] - 1, value, _look(cell)))
    heights = {number - 1: one.height for number, one in sheet.row_dimensions.items() if one.height}
    # A file counts 5 pixels of edges in a column's width and rounds down to 1/256.
    widths = {
        column - 1: one.width - 5 / 7 + 1 / 512
        for one in sheet.column_dimensions.values()
        for column in range(one.min, one.max + 1)
    }
    rows = sheet.print_title_rows
    repeat = tuple(int(part) - 1 for part in rows.replace("$", "").split(":")) if rows else None
    margins = {side: getattr(sheet.page_margins, side) for side in ("left", "right", "top", "bottom")}
    area = (sheet.max_row - 1, sheet.max_column - 1)
    return Plan(sheet.title, tuple(strokes), heights, widths, area, repeat, sheet.oddFooter.center.text or "", margins)  # type: ignore[arg-type]


def _look(cell: Any) -> Look:
    found: dict[str, Any] = {"font_name": cell.font.name, "font_size": cell.font.size}
    found["align"], found["valign"] = cell.alignment.horizontal or "left", "vcenter"
    for name, there in (
        ("text_wrap", cell.alignment.wrap_text),
        ("shrink", cell.alignment.shrink_to_fit),
        ("bold", cell.font.bold),
        ("border", cell.border.left.style),
    ):
        if there:
            found[name] = 1
    if cell.number_format != "General":
        found["num_format"] = cell.number_format
    return tuple(found.items())


def by_xlsxwriter(planned: Sequence[Plan]) -> bytes:
    """The bytes of the workbook by direct XlsxWriter calls, one a cell or merge."""
    out = BytesIO()
    book = Workbook(out, OPTIONS)
    formats: dict[Look, Any] = {}
    for plan in planned:
        sheet = book.add_worksheet(plan.name)
        _set_up(sheet, plan)
        for one in plan.strokes:
            made = formats.get(one.look)
            if made is None:
                made = formats[one.look] = book.add_format(dict(one.look))
            if (one.row, one.column) != (one.last_row, one.last_column):
                sheet.merge_range(one.row, one.column, one.last_row, one.last_column, one.value, made)
            elif isinstance(one.value, str):
                sheet.write_string(one.row, one.column, one.value, made)
            elif one.value is None:
                sheet.write_blank(one.row, one.column, None, made)
            else:
                sheet.write_number(one.row, one.column, one.value, made)
    book.close()
    return out.getvalue()


def _set_up(sheet: Any, plan: Plan) -> None:
    sheet.set_paper(9)
    sheet.set_margins(**plan.margins)
    sheet.center_horizontally()
    sheet.set_footer(f"&C{plan.footer}")
    sheet.hide_gridlines(2)
    sheet.fit_to_pages(1, 0)
    if plan.repeat:
        sheet.repeat_rows(*plan.repeat)
    sheet.print_area(0, 0, *plan.area)
    for column, width in plan.widths.items():
        sheet.set_column(column, column, width)
    for row, height in plan.heights.items():
        sheet.set_row(row, height)


def by_openpyxl(planned: Sequence[Plan]) -> bytes:
    """The bytes by openpyxl as its documentation shows: each cell given its own style objects, then merged."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for plan in planned:
        sheet = book.create_sheet(plan.name)
        for one in plan.strokes:
            look = dict(one.look)
            for row in range(one.row + 1, one.last_row + 2):
                for column in range(one.column + 1, one.last_column + 2):
                    _style(sheet.cell(row=row, column=column), look)
            cell = sheet.cell(row=one.row + 1, column=one.column + 1)
            cell.value = one.value
            if isinstance(one.value, str):
                cell.data_type = "s"
            if (one.row, one.column) != (one.last_row, one.last_column):
                sheet.merge_cells(
                    start_row=one.row + 1, start_column=one.column + 1, end_row=one.last_row + 1, end_column=one.last_column + 1
                )  # fmt: skip
        for at, height in plan.heights.items():
            sheet.row_dimensions[at + 1].height = height
        for at, width in plan.widths.items():
            sheet.column_dimensions[get_column_letter(at + 1)].width = width
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _style(cell: Any, look: Mapping[str, Any]) -> None:
    side = Side(style="thin" if "border" in look else None)
    cell.font = Font(name=look["font_name"], size=look["font_size"], bold="bold" in look)
    cell.border = Border(left=side, right=side, top=side, bottom=side)
    cell.alignment = Alignment(
        horizontal=look["align"], vertical="center", wrap_text="text_wrap" in look, shrink_to_fit="shrink" in look
    )  # fmt: skip
    if "num_format" in look:
        cell.number_format = look["num_format"]


def read_by_calamine(data: bytes) -> int:
    """Reads every cell and merge of every sheet with python-calamine; the count of both."""
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    count = 0
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        count += len(sheet.to_python()) + len(sheet.merged_cell_ranges or ())
    return count


def read_by_openpyxl(data: bytes) -> int:
    """Reads every cell and merge of every sheet with openpyxl; the count of both."""
    book = openpyxl.load_workbook(BytesIO(data))
    count = 0
    for sheet in book.worksheets:
        count += sum(1 for row in sheet.iter_rows() for cell in row if cell.value is not None)
        count += len(sheet.merged_cells.ranges)
    return count
