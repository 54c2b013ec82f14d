"""A workbook edited as a person edits it in Excel: merges move and grow with the rows and columns."""

from copy import copy
from io import BytesIO

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet


def opened(data: bytes) -> Workbook:
    return load_workbook(BytesIO(data))


def saved(book: Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def find(sheet: Worksheet, text: str, nth: int = 1):
    """The nth cell with a text, in reading order."""
    found = [cell for row in sheet.iter_rows() for cell in row if cell.value == text]
    return found[nth - 1]


def _merges(sheet: Worksheet) -> list[tuple[int, int, int, int]]:
    kept = [(one.min_row, one.min_col, one.max_row, one.max_col) for one in sheet.merged_cells.ranges]
    for one in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(one))
    return kept


def _merge(sheet: Worksheet, ranges) -> None:
    for row, column, last_row, last_column in ranges:
        if (row, column) != (last_row, last_column) and last_row >= row and last_column >= column:
            sheet.merge_cells(start_row=row, start_column=column, end_row=last_row, end_column=last_column)


def _after_insert(first: int, last: int, at: int, count: int) -> tuple[int, int]:
    return (first + count if first >= at else first), (last + count if last >= at else last)


def _after_delete(first: int, last: int, at: int, count: int) -> tuple[int, int]:
    gone = range(at, at + count)
    kept = [line for line in range(first, last + 1) if line not in gone]
    if not kept:
        return 1, 0
    return tuple(line - sum(one < line for one in gone) for line in (kept[0], kept[-1]))  # type: ignore[return-value]


def insert_rows(sheet: Worksheet, at: int, count: int = 1) -> None:
    ranges = _merges(sheet)
    sheet.insert_rows(at, count)
    _merge(sheet, [(*_pair(_after_insert(a, c, at, count), b, d),) for a, b, c, d in ranges])


def delete_rows(sheet: Worksheet, at: int, count: int = 1) -> None:
    ranges = _merges(sheet)
    kept = {}
    for a, b, c, _ in ranges:
        # Excel keeps the text of a merge whose first row goes.
        if at <= a < at + count <= c:
            kept[at, b] = copy(sheet.cell(a, b).value)
    sheet.delete_rows(at, count)
    for (row, column), value in kept.items():
        sheet.cell(row, column).value = value
    _merge(sheet, [_pair(_after_delete(a, c, at, count), b, d) for a, b, c, d in ranges])


def insert_columns(sheet: Worksheet, at: int, count: int = 1) -> None:
    ranges = _merges(sheet)
    sheet.insert_cols(at, count)
    found = []
    for a, b, c, d in ranges:
        first, last = _after_insert(b, d, at, count)
        found.append((a, first, c, last))
    _merge(sheet, found)


def delete_columns(sheet: Worksheet, at: int) -> None:
    ranges = _merges(sheet)
    sheet.delete_cols(at)
    found = []
    for a, b, c, d in ranges:
        first, last = _after_delete(b, d, at, 1)
        found.append((a, first, c, last))
    _merge(sheet, found)


def _pair(rows: tuple[int, int], column: int, last_column: int) -> tuple[int, int, int, int]:
    return rows[0], column, rows[1], last_column


def unmerge(sheet: Worksheet, inside: str | None = None, repeat: bool = False) -> None:
    """Breaks merges up, all or those inside a range; ``repeat`` puts the value in every square."""
    for one in list(sheet.merged_cells.ranges):
        if inside and not CellRange(inside).issuperset(one):
            continue
        first = sheet.cell(one.min_row, one.min_col)
        value, number_format = first.value, first.number_format
        sheet.unmerge_cells(str(one))
        if repeat:
            for row in range(one.min_row, one.max_row + 1):
                for column in range(one.min_col, one.max_col + 1):
                    sheet.cell(row, column).value = value
                    sheet.cell(row, column).number_format = number_format


def move_row(sheet: Worksheet, row: int, to: int) -> None:
    """Cuts one row out and puts it in before row ``to`` (counted before the cut). Merges inside the row go along."""
    ranges = _merges(sheet)
    width = sheet.max_column
    held = [sheet.cell(row, column).value for column in range(1, width + 1)]
    own = [one for one in ranges if one[0] == one[2] == row]
    rest = [one for one in ranges if one not in own]
    sheet.delete_rows(row)
    rest = [_pair(_after_delete(a, c, row, 1), b, d) for a, b, c, d in rest]
    at = to if to < row else to - 1
    sheet.insert_rows(at)
    rest = [_pair(_after_insert(a, c, at, 1), b, d) for a, b, c, d in rest]
    for column, value in enumerate(held, 1):
        sheet.cell(at, column).value = value
    _merge(sheet, [*rest, *((at, b, at, d) for _, b, _, d in own)])
