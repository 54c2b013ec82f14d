"""The sheets of a workbook as grids: tidy ones as they are written; of others calamine's values and merges, with
what the scan knows beyond them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from xltool import budgets
from xltool.grid import Grid, Rectangle
from xltool.problems import ProblemError, problem
from xltool.surfaces.calamine import Workbook, contents, numbered, stored_squares
from xltool.surfaces.merged import Corner, Raw, Stored, laid_out, under_merges
from xltool.surfaces.xlsx_reader import tidy
from xltool.surfaces.xlsx_reader.extent import used_squares
from xltool.surfaces.xlsx_reader.scan import (
    Special,
    hidden,
    number_styles,
    numbers_and_formulas,
)
from xltool.surfaces.xlsx_reader.styles import Format

_PICTURE = ("_xlfn.DISPIMG(", "DISPIMG(")


@dataclass(frozen=True, slots=True)
class Around:
    """What a workbook says for all of its sheets: its name in problems, its number formats, its shared texts (None
    where only the parser can tell them), and how the parser opens it, once that is needed."""

    name: str
    formats: Sequence[Format]
    shared: tidy.Texts | None
    opened: Callable[[], Workbook]


def grid(around: Around, sheet: str, part: bytes, notes: dict[Corner, str], seen: bool = True) -> Grid:
    """One sheet as a grid.

    Raises:
        ProblemError: workbook-range, workbook-merges, workbook-broken.
    """
    columns, rows = hidden(part)
    if around.shared is not None and not notes and (found := tidy.sheet(part, around.shared, around.formats)):
        return Grid(sheet, found.places, found.texts, found.values, {}, {}, columns, rows, not seen)
    return _parsed(around, sheet, part, notes, (columns, rows, not seen))


def _parsed(around: Around, sheet: str, part: bytes, notes: dict[Corner, str], unseen: tuple[frozenset[int], frozenset[int], bool]) -> Grid:
    """A sheet as the parser reads it; ``unseen`` are its hidden columns and rows, and whether it is hidden itself."""
    place = f"{around.name}: {sheet}"
    try:
        squares, corner = used_squares(part)
    except ValueError as error:
        raise ProblemError(problem("workbook-broken", place, what=error)) from error
    if squares > budgets.limit("used_range"):
        raise budgets.over("workbook-range", f"{place}!{corner}", "used_range", found=squares)
    (stored, values), merged = stored_squares(around.opened(), sheet, around.name)
    styles, known = numbers_and_formulas(part)
    if known or notes:
        stored, values = _with_unseen(stored, values, known, notes)
    places, held = laid_out(stored, values, merged, place)
    unsure = under_merges(stored, values, places, held)
    codes = [one.code for one in around.formats]
    texts, typed = contents(held, number_styles(part, styles, places, numbered(held)), codes)
    formulas = _specials(places, known, texts) if known else {}
    said = {number: notes[row, column] for number, (row, column, *_) in enumerate(places) if (row, column) in notes} if notes else {}
    return Grid(sheet, places, tuple(texts), typed, formulas, said, *unseen, unsure=unsure)


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
