"""Workbooks of binary records, .xls (BIFF) and .xlsb, as books of grids.

calamine reads values, and the merges of .xls; a scan of the records beside it adds what it does not give:
the number format of each number (without it a rate of 63.20% is the number 0.632), typed formulas that
only state a number, errors, texts of .xlsb with fonts of their own, hidden rows and columns, the merges of
.xlsb, what days are counted from, what is struck through.

Not known of either: comments, and the text of a formula that computes; its stored result is read. Not
known of .xls before Excel 97: formats that a file spells out in characters beyond ASCII.
"""

from __future__ import annotations

from xltool import budgets
from xltool.grid import Book, Grid, with_struck
from xltool.surfaces.binary_workbook import xls, xlsb
from xltool.surfaces.binary_workbook.scanned import Scanned
from xltool.surfaces.calamine import (
    Workbook,
    contents,
    numbered,
    open_workbook,
    stored_squares,
    visible,
)
from xltool.surfaces.merged import laid_out, under_merges
from xltool.surfaces.number_format import worded


def read_xls(data: bytes, name: str) -> Book:
    """The .xls of these bytes; ``name`` stands in problems.

    Raises:
        ProblemError: file-encrypted, workbook-broken, workbook-range, workbook-merges.
    """
    return _book(data, xls.scan(data, name), name, xls.carried(data))


def read_xlsb(data: bytes, name: str) -> Book:
    """The .xlsb of these bytes; ``name`` stands in problems.

    Raises:
        ProblemError: file-encrypted, workbook-broken, workbook-bomb, workbook-range, workbook-merges.
    """
    return _book(data, xlsb.scan(data, name), name, xlsb.carried(data, name))


def _book(data: bytes, scanned: dict[str, Scanned], name: str, carried: tuple[tuple[str, str], ...]) -> Book:
    for sheet, one in scanned.items():
        if one.squares > budgets.limit("used_range"):
            raise budgets.over("workbook-range", f"{name}: {sheet}", "used_range", found=one.squares)
    book = open_workbook(data, name)
    seen = visible(book)
    return Book(tuple(_grid(book, sheet, scanned.get(sheet, Scanned()), name, seen.get(sheet, True)) for sheet in seen), beside=carried)


def _grid(book: Workbook, sheet: str, scanned: Scanned, name: str, seen: bool) -> Grid:
    (squares, held), merged = stored_squares(book, sheet, name)
    if scanned.unread:
        known = {**{at + at: text for at, text in scanned.unread.items()}, **dict(zip(squares, held, strict=True))}
        squares = sorted(known)
        held = [known[square] for square in squares]
    stored, values = squares, held
    places, held = laid_out(stored, values, merged or tuple(scanned.merges), f"{name}: {sheet}")
    unsure = under_merges(stored, values, places, held)
    texts, typed = contents(held, {number: scanned.styles.get(places[number][:2], 0) for number in numbered(held)}, scanned.formats)
    if words := scanned.worded:
        texts = [worded(text, words[at[:2]]) or text if at[:2] in words and number not in typed else text for number, (at, text) in enumerate(zip(places, texts, strict=True))]
    formulas = {number: scanned.formulas[at[:2]] for number, at in enumerate(places) if at[:2] in scanned.formulas} if scanned.formulas else {}
    hidden = frozenset(scanned.hidden_columns), frozenset(scanned.hidden_rows), not seen
    return with_struck(Grid(sheet, places, tuple(texts), typed, formulas, {}, *hidden, days=scanned.days, unsure=unsure), scanned.struck)
