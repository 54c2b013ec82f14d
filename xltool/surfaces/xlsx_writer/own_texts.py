"""The XML of a sheet, its texts in their cells instead of a table that other sheets share: what can be put in anywhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import StringIO
from typing import Any

from xltool.grid import address
from xltool.surfaces.xlsx_writer.styles import Sheet

_SHARED = re.compile(r't="s"><v>(\d+)</v></c>')


def alone(sheet: Sheet) -> None:
    """Gives the sheet a table of texts of its own, empty."""
    sheet.str_table = type(sheet.str_table)()


def whole(sheet: Sheet) -> str:
    """All of the sheet."""
    return _with_texts(sheet, lambda: sheet._assemble_xml_file())


def rows(sheet: Sheet) -> str:
    """The rows of the sheet that hold something."""
    return _with_texts(sheet, lambda: sheet._write_rows())


def _with_texts(sheet: Sheet, assemble: Callable[[], None]) -> str:
    """What is assembled of a sheet."""
    out = StringIO()
    sheet.str_table._sort_string_data()
    texts = [f't="inlineStr"><is>{_inside(sheet, text)}</is></c>' for text in sheet.str_table.string_array]
    sheet._set_xml_writer(out)
    other, write = sheet._write_cell, out.write
    letters = [address(1, column).removesuffix("1") for column in range(1, sheet.dim_colmax + 2)]

    def written(row: int, column: int, cell: Any) -> None:
        # XlsxWriter's cells of texts and empty cells, of which a form has hundreds, without its lists of attributes.
        kind = type(cell).__name__
        if cell.format and kind in ("String", "Blank"):
            begun = f'<c r="{letters[column]}{row + 1}" s="{cell.format._get_xf_index()}"'
            write(f"{begun} {texts[cell.string]}" if kind == "String" else f"{begun}/>")
        else:
            other(row, column, cell)

    sheet._write_cell = written
    try:
        assemble()
    finally:
        del sheet._write_cell
    return _SHARED.sub(lambda found: texts[int(found[1])], out.getvalue())


def _inside(sheet: Sheet, text: str) -> str:
    """A text of the sheet's table as it stands in a cell; one with markup of its own as it is."""
    said: str = sheet._escape_control_characters(text)
    if said.startswith("<r>") and said.endswith("</r>"):
        return said
    kept = ' xml:space="preserve"' if said[:1].isspace() or said[-1:].isspace() else ""
    return f"<t{kept}>{sheet._escape_data(said)}</t>"
