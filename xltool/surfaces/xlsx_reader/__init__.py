"""An .xlsx as a book of grids: what its cells show, in one pass, within budgets."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from xml.etree.ElementTree import ParseError

from xltool import budgets
from xltool.collector import paused
from xltool.grid import Book
from xltool.problems import ProblemError, problem
from xltool.surfaces.calamine import open_workbook
from xltool.surfaces.xlsx_reader import tidy
from xltool.surfaces.xlsx_reader.boxes import boxes
from xltool.surfaces.xlsx_reader.container import Held, opened_parts
from xltool.surfaces.xlsx_reader.looks import looks_of
from xltool.surfaces.xlsx_reader.properties import (
    comments,
    first_day,
    properties,
    related_part,
    sheet_parts,
    unseen_sheets,
    workbook_part,
)
from xltool.surfaces.xlsx_reader.sheets import Around, grid
from xltool.surfaces.xlsx_reader.styles import styles_of


@paused()
def read(data: bytes, name: str) -> Book:
    """The workbook of these bytes: its sheets in order, its properties; ``name`` stands in problems.

    Raises:
        ProblemError: file-empty, file-encrypted, file-kind, workbook-broken, and the budgets:
            workbook-bomb, workbook-dtd, workbook-texts, workbook-range, workbook-merges.
    """
    with budgets.using(budgets.current()):
        return _book(opened_parts(data, name), data, name)


def _book(held: Held, data: bytes, name: str) -> Book:
    parts = held.parts
    try:
        workbook = workbook_part(parts)
        sheets = sheet_parts(parts, workbook)
        unseen = unseen_sheets(parts[workbook])
        styles = styles_of(parts.get(related_part(parts, workbook, "styles"), b""))
        texts = parts.get(related_part(parts, workbook, "sharedStrings"), b"")
        if len(texts) > budgets.limit("shared_texts"):
            raise budgets.over("workbook-texts", name, "shared_texts", found=budgets.megabytes(len(texts)))
        looks = looks_of(styles, texts)
        said = properties(parts)
        notes = {sheet: comments(parts, part) for sheet, part in sheets.items()}
        written = [box for sheet, part in sheets.items() for box in boxes(parts, part, sheet)]
    except (ParseError, LookupError, ValueError) as error:
        raise ProblemError(problem("workbook-broken", name, what=error)) from error
    listed = [(sheet, part) for sheet, part in sheets.items() if "chartsheet" not in part]
    if missing := [sheet for sheet, part in listed if part not in parts]:
        raise ProblemError(problem("workbook-broken", f"{name}: {missing[0]}", what="the sheet's part is missing"))
    around = Around(name, styles.formats, _shared(held, workbook), cache(lambda: open_workbook(data, name)))
    grids = tuple(looks.seen(grid(around, sheet, parts[part], notes[sheet], sheet not in unseen), parts[part]) for sheet, part in listed)
    if counted := first_day(parts[workbook]):
        grids = tuple(replace(one, days=counted) for one in grids)
    return Book(grids, said, (*written, *held.carried))


def _shared(held: Held, workbook: str) -> tidy.Texts | None:
    """The shared texts of a workbook whose sheets may be read as they are written: sound, its days counted from 1900."""
    if not held.sound or b"date1904" in held.parts[workbook]:
        return None
    return tidy.shared_texts(held.parts.get(related_part(held.parts, workbook, "sharedStrings"), b"<sst></sst>"))
