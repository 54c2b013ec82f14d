"""An .xlsx as a book of grids: what its cells show, in one pass, within budgets."""

from __future__ import annotations

from xml.etree.ElementTree import ParseError

from xltool.grid import Book
from xltool.problems import ProblemError, problem
from xltool.surfaces.calamine import open_workbook, visible
from xltool.surfaces.xlsx_reader.container import parts
from xltool.surfaces.xlsx_reader.properties import (
    comments,
    properties,
    related_part,
    sheet_parts,
    workbook_part,
)
from xltool.surfaces.xlsx_reader.sheets import grid
from xltool.surfaces.xlsx_reader.styles import number_formats


def read(data: bytes, name: str) -> Book:
    """The workbook of these bytes: its sheets in order, its properties; ``name`` stands in problems.

    Raises:
        ProblemError: file-empty, file-encrypted, file-kind, workbook-broken, and the budgets:
            workbook-bomb, workbook-dtd, workbook-range, workbook-merges.
    """
    held, carried = parts(data, name)
    try:
        workbook = workbook_part(held)
        sheets = sheet_parts(held, workbook)
        formats = number_formats(held.get(related_part(held, workbook, "styles"), b""))
        said = properties(held)
        notes = {sheet: comments(held, part) for sheet, part in sheets.items()}
    except (ParseError, LookupError, ValueError) as error:
        raise ProblemError(problem("workbook-broken", name, what=error)) from error
    opened = open_workbook(data, name)
    listed = [(sheet, part) for sheet, part in sheets.items() if "chartsheet" not in part]
    if missing := [sheet for sheet, part in listed if part not in held]:
        raise ProblemError(problem("workbook-broken", f"{name}: {missing[0]}", what="the sheet's part is missing"))
    seen = visible(opened)
    return Book(tuple(grid(opened, sheet, held[part], formats, notes[sheet], name, seen.get(sheet, True)) for sheet, part in listed), said, carried)
