"""A workbook of a rollup is stored only when it reads back: its forms are those that were proved, its registers say what was counted."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from xltool.problems import ProblemError, problem
from xltool.surfaces.calamine import open_workbook, stored_squares
from xltool.surfaces.rollup_writer.content import Content

CENT = Decimal("0.005")


def prove(written: Path, content: Content, whole: bool) -> None:
    """Nothing comes back where the workbook holds what it should.

    Raises:
        ProblemError: workbook-verify, with the sheet that differs.
    """
    if not whole:
        raise ProblemError(problem("workbook-verify", "", what="xl/worksheets"))
    book = open_workbook(written.read_bytes(), written.name)
    # The registers are the first sheets.
    for name, register in zip(book.sheet_names, content.rollup.registers, strict=False):
        (places, values), _ = stored_squares(book, name, written.name)
        held = {(row, column): value for (row, column, *_), value in zip(places, values, strict=True)}
        head = next(row for (row, column), value in held.items() if column == 1 and value == "序号")
        columns = {str(value): column for (row, column), value in held.items() if row == head}
        numbers = [row for (row, column), value in held.items() if column == 1 and row > head]
        expected = sum((content.shown(row, "amount", "net") or Decimal(0) for row in register.rows), Decimal(0))
        found = sum((Decimal(str(held[row, columns["净额"]])) for row in numbers if (row, columns["净额"]) in held), Decimal(0))
        total = held.get((head + 1, columns["净额"]), 0)
        if len(numbers) != register.total.forms or abs(found - expected) > CENT or abs(Decimal(str(total)) - expected) > CENT:
            raise ProblemError(problem("workbook-verify", "", what=name))
