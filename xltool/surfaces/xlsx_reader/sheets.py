"""The sheets of a workbook as grids: calamine's values and merges, with what the scan knows beyond them."""

from __future__ import annotations

from collections.abc import Sequence

from xltool import budgets
from xltool.grid import Grid
from xltool.surfaces.calamine import Workbook, contents, stored_squares
from xltool.surfaces.merged import Corner, Stored, laid_out
from xltool.surfaces.xlsx_reader.scan import (
    Special,
    hidden,
    numbers_and_formulas,
    used_squares,
)

_PICTURE = ("_xlfn.DISPIMG(", "DISPIMG(")


def grid(book: Workbook, sheet: str, part: bytes, formats: Sequence[str], notes: dict[Corner, str], name: str, seen: bool = True) -> Grid:
    """One sheet as a grid.

    Raises:
        ProblemError: workbook-range, workbook-merges, workbook-broken.
    """
    squares, corner = used_squares(part)
    if squares > budgets.limit("used_range"):
        raise budgets.over("workbook-range", f"{name}: {sheet}!{corner}", "used_range", found=squares)
    stored, merged = stored_squares(book, sheet, name)
    styles, known = numbers_and_formulas(part)
    _add_unseen(stored, known, notes)
    stored, rectangles = laid_out(stored, merged, f"{name}: {sheet}")
    texts, values = contents(stored, styles, formats)
    formulas = _specials(stored, known, texts) if known else {}
    numbered = {number: notes[row, column] for number, (row, column, _) in enumerate(stored) if (row, column) in notes} if notes else {}
    columns, hidden_rows = hidden(part)
    return Grid(sheet, rectangles, tuple(texts), values, formulas, numbered, columns, hidden_rows, not seen)


def _add_unseen(stored: Stored, known: dict[Corner, Special], notes: dict[Corner, str]) -> None:
    """Adds squares that hold an error, a formula without a result or a comment alone: the parser leaves them out."""
    unseen = [place for place, special in known.items() if special.error or (special.formula and not special.stored)]
    if not unseen and not notes:
        return
    held = {(row, column) for row, column, _ in stored}
    stored.extend((row, column, "") for row, column in {*unseen, *notes} if (row, column) not in held)
    stored.sort(key=lambda one: one[:2])


def _specials(stored: Stored, known: dict[Corner, Special], texts: list[str]) -> dict[int, str]:
    """The formulas by number; the text of a cell that holds an error is its error.

    WPS keeps a picture in a cell as =DISPIMG("ID_…",1) and stores that as the result: the cell shows no text.
    """
    formulas: dict[int, str] = {}
    for number, (row, column, _) in enumerate(stored):
        if special := known.get((row, column)):
            texts[number] = "" if special.formula.startswith(_PICTURE) else texts[number] or special.error
            if special.formula:
                formulas[number] = special.formula
    return formulas
