"""Writing and reading workbooks beside XlsxWriter, calamine and openpyxl."""

from __future__ import annotations

from collections.abc import Iterator

from bench.inputs import filing
from bench.peers_xlsx import by_openpyxl, by_xlsxwriter, plans, read_by_calamine, read_by_openpyxl
from bench.rounds import Work
from xltool.canonical import differences
from xltool.library import forms
from xltool.recovery.grid_reading import read_book
from xltool.surfaces import xlsx_reader, xlsx_writer


def works(size: int) -> Iterator[Work]:
    """The works on a workbook of so many forms, one a sheet."""
    known = forms()
    made = filing(size, known)
    data = xlsx_writer.write(made, known)
    planned = plans(data)
    few = min(size, 20)
    small = filing(few, known)
    few_data = xlsx_writer.write(small, known)
    few_planned = plans(few_data)

    def verified() -> None:
        written = xlsx_writer.write(made, known)
        again = read_book(xlsx_reader.read(written, "book.xlsx"), known, "book.xlsx")
        if found := differences(made, again):
            raise AssertionError(f"reads back differently: {found[:5]}")

    def read(source: bytes) -> None:
        read_book(xlsx_reader.read(source, "book.xlsx"), known, "book.xlsx")

    direct = "XlsxWriter called directly"
    yield Work(f"write {size} forms", direct, lambda: xlsx_writer.write(made, known), lambda: by_xlsxwriter(planned), 1.3, 1.0)
    yield Work(f"write {size} forms, stacked", direct + ", one a sheet", lambda: xlsx_writer.write(made, known, stacked=True), lambda: by_xlsxwriter(planned))  # fmt: skip
    yield Work(f"write {size} forms and verify", direct, verified, lambda: by_xlsxwriter(planned), 1.6, 1.3)
    yield Work(f"read {size} forms", "calamine, cells and merges", lambda: read(data), lambda: read_by_calamine(data), 3, 2.2)
    yield Work(f"write {few} forms", "openpyxl as documented", lambda: xlsx_writer.write(small, known), lambda: by_openpyxl(few_planned), 15, 40, True, 3)  # fmt: skip
    yield Work(f"read {few} forms", "openpyxl as documented", lambda: read(few_data), lambda: read_by_openpyxl(few_data), 15, 40, True, 3)  # fmt: skip
