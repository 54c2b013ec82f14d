"""Writing and reading workbooks beside XlsxWriter, calamine and openpyxl."""

from __future__ import annotations

from collections.abc import Iterator

from bench.inputs import filing
from bench.peers_xlsx import by_openpyxl, by_xlsxwriter, plans, read_by_calamine, read_by_openpyxl
from bench.rounds import Work
from xltool.canonical import differences
from xltool.filing import Filing
from xltool.library import forms
from xltool.recovery.grid_reading import read_book
from xltool.surfaces import xlsx_reader, xlsx_writer

FEW = 20
"""Forms that a slow peer writes and reads."""
READ_ROUNDS = 3
"""Rounds of a slow peer."""


def works(size: int, rounds: int) -> Iterator[Work]:
    """The works on workbooks of so many forms, one a sheet.

    What a reader keeps of one workbook must not help it with the same workbook again: each round
    reads one of its own.
    """
    yield from _written(size, rounds)
    yield from _read(size, rounds)


def _written(size: int, rounds: int) -> Iterator[Work]:
    known = forms()
    made = [filing(size, known, seed=number) for number in range(rounds + 1)]
    few = filing(min(size, FEW), known)
    planned, few_planned = (plans(xlsx_writer.write(one, known)) for one in (made[0], few))

    def verified(number: int) -> None:
        again = _again(xlsx_writer.write(made[number], known))
        if found := differences(made[number], again):
            raise AssertionError(f"reads back differently: {found[:5]}")

    direct = "XlsxWriter called directly"
    yield Work(f"write {size} forms", direct, lambda _: xlsx_writer.write(made[0], known), lambda _: by_xlsxwriter(planned), 1.3, 1.0)
    yield Work(f"write {size} forms, stacked", f"{direct}, one a sheet", lambda _: xlsx_writer.write(made[0], known, stacked=True), lambda _: by_xlsxwriter(planned))  # fmt: skip
    yield Work(f"write {size} forms and verify", direct, verified, lambda _: by_xlsxwriter(planned), 1.6, 1.3)
    yield Work(f"write {min(size, FEW)} forms", "openpyxl as documented", lambda _: xlsx_writer.write(few, known), lambda _: by_openpyxl(few_planned), 15, 40, True, READ_ROUNDS)  # fmt: skip


def _read(size: int, rounds: int) -> Iterator[Work]:
    known = forms()
    books = [xlsx_writer.write(filing(size, known, seed=200 + number), known) for number in range(rounds + 1)]
    few = min(size, FEW)
    small = [xlsx_writer.write(filing(few, known, seed=100 + number), known) for number in range(min(rounds, READ_ROUNDS) + 1)]
    yield Work(f"read {size} forms", "calamine, cells and merges", lambda number: _again(books[number]), lambda number: read_by_calamine(books[number]), 3, 2.2)  # fmt: skip
    yield Work(f"read {size} forms of shapes read before", "calamine, cells and merges", lambda _: _again(books[0]), lambda _: read_by_calamine(books[0]))  # fmt: skip
    yield Work(f"read {few} forms", "openpyxl as documented", lambda number: _again(small[number]), lambda number: read_by_openpyxl(small[number]), 15, 40, True, READ_ROUNDS)  # fmt: skip


def _again(data: bytes) -> Filing:
    """The filing that a workbook holds."""
    return read_book(xlsx_reader.read(data, "book.xlsx"), forms(), "book.xlsx")
