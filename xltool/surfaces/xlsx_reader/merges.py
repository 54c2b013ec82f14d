"""The merged cells of each sheet, those that hold nothing included: what a blank form is made of."""

from __future__ import annotations

import re

from xltool import budgets
from xltool.surfaces.xlsx_reader.container import parts
from xltool.surfaces.xlsx_reader.properties import sheet_parts, workbook_part

_MERGE = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})[\"']")
Rectangle = tuple[int, int, int, int]
"""First row, first column, last row, last column."""


def merges(data: bytes, name: str) -> dict[str, tuple[Rectangle, ...]]:
    """The merged cells by the name of their sheet.

    Raises:
        ProblemError: as ``read`` does; workbook-merges where a sheet has too many.
    """
    held, _ = parts(data, name)
    return {sheet: _of_sheet(held[part], f"{name}: {sheet}") for sheet, part in sheet_parts(held, workbook_part(held)).items() if part in held}


def _of_sheet(part: bytes, place: str) -> tuple[Rectangle, ...]:
    found, most = [], budgets.limit("merges")
    for left, top, right, bottom in _MERGE.findall(part):
        found.append((int(top), _column(left), int(bottom), _column(right)))
        if len(found) > most:
            raise budgets.over("workbook-merges-many", place, "merges")
    return tuple(found)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
