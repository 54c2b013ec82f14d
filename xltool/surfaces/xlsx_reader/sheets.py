"""The sheets of a workbook as grids: calamine's values and merges, with what the scan knows beyond them."""

from __future__ import annotations

from collections.abc import Sequence

from xltool import budgets
from xltool.grid import Grid, Rectangle
from xltool.problems import ProblemError, problem
from xltool.surfaces.calamine import Workbook, contents, numbered, stored_squares
from xltool.surfaces.merged import Corner, Raw, Stored, laid_out
from xltool.surfaces.xlsx_reader.extent import used_squares
from xltool.surfaces.xlsx_reader.scan import (
    Special,
    hidden,
    number_styles,
    numbers_and_formulas,
)

_PICTURE = ("_xlfn.DISPIMG(", "DISPIMG(")


def grid(book: Workbook, sheet: str, part: bytes, formats: Sequence[str], notes: dict[Corner, str], name: str, seen: bool = True) -> Grid:
    """One sheet as a grid.

    Raises:
        ProblemError: workbook-range, workbook-merges, workbook-broken.
    """
    try:
        squares, corner = used_squares(part)
    except ValueError as error:
        raise ProblemError(problem("workbook-broken", f"{name}: {sheet}", what=error)) from error
    if squares > budgets.limit("used_range"):
        raise budgets.over("workbook-range", f"{name}: {sheet}!{corner}", "used_range", found=squares)
    (stored, values), merged = stored_squares(book, sheet, name)
    styles, known = numbers_and_formulas(part)
    if known or notes:
        stored, values = _with_unseen(stored, values, known, notes)
    places, held = laid_out(stored, values, merged, f"{name}: {sheet}")
    texts, typed = contents(held, number_styles(part, styles, places, numbered(held)), formats)
    formulas = _specials(places, known, texts) if known else {}
    said = {number: notes[row, column] for number, (row, column, *_) in enumerate(places) if (row, column) in notes} if notes else {}
    columns, hidden_rows = hidden(part)
    return Grid(sheet, places, tuple(texts), typed, formulas, said, columns, hidden_rows, not seen)


def _with_unseen(stored: list[Rectangle], values: list[Raw], known: dict[Corner, Special], notes: dict[Corner, str]) -> Stored:
    """The squares with those that hold an error, a formula without a result or a comment alone: the parser leaves them out."""
    held = dict(zip(stored, values, strict=True))
    unseen = [place for place, special in known.items() if special.error or (special.formula and not special.stored)]
    for place in (*unseen, *notes):
        held.setdefault(place + place, "")
    squares = sorted(held)
    return squares, [held[square] for square in squares]


def _specials(places: Sequence[Rectangle], known: dict[Corner, Special], texts: list[str]) -> dict[int, str]:
    """The formulas by number; the text of a cell that holds an error is its error.

    WPS keeps a picture in a cell as =DISPIMG("ID_…",1) and stores that as the result: the cell shows no text.
    """
    formulas: dict[int, str] = {}
    for number, (row, column, *_) in enumerate(places):
        if special := known.get((row, column)):
            texts[number] = "" if special.formula.startswith(_PICTURE) else texts[number] or special.error
            if special.formula:
                formulas[number] = special.formula
    return formulas
