"""A user's own .xlsx or .xlsm edited in place: what an edit does not mean stays byte for byte."""

from __future__ import annotations

from xltool.surfaces.xlsx_edit.notes import Note, Notes
from xltool.surfaces.xlsx_edit.rows import delete_rows, insert_rows
from xltool.surfaces.xlsx_edit.sheet import Sheet
from xltool.surfaces.xlsx_edit.styles import Styles
from xltool.surfaces.xlsx_edit.workbook import Name, Workbook

__all__ = ["Name", "Note", "Notes", "Sheet", "Styles", "Workbook", "delete_rows", "insert_rows"]
