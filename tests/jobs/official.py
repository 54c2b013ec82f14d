"""Blanks as bureaus publish them: texts, merges and lines, nothing that xltool adds; above them 附件2, notes below."""

from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from xltool.arrange import Placed, blank, place, text_of
from xltool.filing import Entry
from xltool.form import Form

NOTES = ("填表说明：", "1.本表由项目实施单位填报，主管部门审核后报财政部门。", "2.指标须可衡量。")
LINES = Border(*(Side("thin"),) * 4)


def official(form: Form, rows: int = 4, lines: bool = True, filled: Entry | None = None) -> bytes:
    """The bytes of a form's blank, its lists of so many rows, or of one that is ``filled`` in; ``lines``: its cells have borders."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet["A1"] = "附件2"
    last = 1
    for one in place(form, filled or blank(form, rows)):
        for square in _apart(form, one):
            _draw(sheet, square, lines and square.row not in form.look.plain_rows)
            last = max(last, square.last_row + 1)
    for at, note in enumerate(NOTES, last + 1):
        sheet.cell(at, 1).value = note
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _apart(form: Form, one: Placed) -> list[Placed]:
    """The cell; of a group that nothing stands in, one for each row."""
    grouped = any(block.row == one.cell.row and one.cell not in block.spans for block in form.blocks)
    if not grouped or one.value is not None or one.text:
        return [one]
    return [one._replace(row=row, last_row=row) for row in range(one.row, one.last_row + 1)]


def _draw(sheet: Worksheet, one: Placed, lines: bool) -> None:
    text = one.text or text_of(one.value)
    if text.strip():
        cell = sheet.cell(one.row + 1, one.column)
        cell.value, cell.data_type = text, "s"
    if lines:
        for row in range(one.row + 1, one.last_row + 2):
            for column in range(one.column, one.last_column + 1):
                sheet.cell(row, column).border = LINES
    if (one.row, one.column) != (one.last_row, one.last_column):
        sheet.merge_cells(start_row=one.row + 1, start_column=one.column, end_row=one.last_row + 1, end_column=one.last_column)
