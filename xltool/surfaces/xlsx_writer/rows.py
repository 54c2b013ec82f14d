"""The rows of a sheet with finished cells: text in XlsxWriter's table, instead of objects that it writes out with much work."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial

from xltool.grid import address
from xltool.surfaces.xlsx_writer.styles import Format, Sheet

PIXEL = 0.75
"""Points of a pixel: Excel's rows are whole pixels high."""
Content = str | int | Decimal
"""What stands in a cell; an empty text where nothing does."""


class _Columns(dict[int, str]):
    """How the cell of a column (from 0) begins, up to the number of its row."""

    def __missing__(self, column: int) -> str:
        begun = self[column] = f'<c r="{address(1, column + 1).rstrip("1")}'
        return begun


_BEGUN = _Columns()


def finish(sheet: Sheet) -> None:
    """Lets the sheet take finished cells beside those of XlsxWriter; of its rows only the heights count."""
    if "_write_rows" not in vars(sheet):
        sheet._write_rows = partial(_write_rows, sheet)
        sheet._write_merge_cells = partial(_write_merges, sheet)


def put(sheet: Sheet, first: int, left: int, last: int, right: int, content: Content, made: Format) -> None:
    """Writes a cell over rows and columns (from 0) of a sheet that takes finished ones: its content into the first square,
    and into every square its format, and so its borders."""
    style, table = made._get_xf_index(), sheet.table
    if first != last or left != right:
        columns = range(left, right + 1)
        for row in range(first, last + 1):
            rest, cells = f'{row + 1}" s="{style}"/>', table[row]
            for column in columns:
                cells[column] = _BEGUN[column] + rest
        sheet.merge.append([first, left, last, right])
    if not isinstance(content, str):
        said = f"><v>{content:.16G}</v></c>"
    elif content:
        said = f' t="s"><v>{sheet.str_table._get_shared_string_index(_plainly(content))}</v></c>'
    else:
        said = "/>"
    table[first][left] = f'{_BEGUN[left]}{first + 1}" s="{style}"{said}'


def set_heights(sheet: Sheet, top: int, heights: Sequence[float]) -> None:
    """Sets the heights, in points, of the rows from ``top`` (from 0)."""
    known: dict[float, int] = {}
    for row, points in enumerate(heights, top):
        like = known.setdefault(points, row)
        if like == row:
            sheet.set_row(row, points)
        else:
            sheet.row_info[row], sheet.row_sizes[row] = sheet.row_info[like], sheet.row_sizes[like]


def reach(sheet: Sheet, rows: int, columns: int) -> None:
    """Tells the sheet how far its finished cells reach."""
    sheet._check_dimensions(0, 0)
    sheet._check_dimensions(rows - 1, columns - 1)


def like_markup(text: str) -> bool:
    """True for a text that XlsxWriter takes for its own markup."""
    return text.startswith("<r>") and text.endswith("</r>")


def _plainly(text: str) -> str:
    """A text as XlsxWriter's table has it: one like its markup in markup."""
    if not like_markup(text):
        return text
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<r><t>{text}</t></r>"


def row_begin(number: int | str, height: float = 0, level: int = 0) -> str:
    """How a row of a number (from 1) begins; Excel finds the height of one that has none."""
    tall = f' ht="{int(height / PIXEL + 0.5) * PIXEL:g}" customHeight="1"' if height else ""
    folded = f' outlineLevel="{level}"' if level else ""
    return f'<row r="{number}"{tall}{folded}>'


def _write_rows(sheet: Sheet) -> None:
    """Writes out the rows that hold something or have a height."""
    write, table, told = sheet.fh.write, sheet.table, sheet.row_info
    for row in sorted(told.keys() | {row for row, cells in table.items() if cells}):
        write(row_begin(row + 1, told[row].height * PIXEL if row in told else 0))
        cells = table.get(row, {})
        for column in sorted(cells):
            cell = cells[column]
            if isinstance(cell, str):
                write(cell)
            else:
                sheet._write_cell(row, column, cell)
        write("</row>")


def _write_merges(sheet: Sheet) -> None:
    """Writes out what is merged."""
    if sheet.merge:
        said = (f'<mergeCell ref="{_BEGUN[left][6:]}{first + 1}:{_BEGUN[right][6:]}{last + 1}"/>' for first, left, last, right in sheet.merge)
        sheet.fh.write(f'<mergeCells count="{len(sheet.merge)}">{"".join(said)}</mergeCells>')
