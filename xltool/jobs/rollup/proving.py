"""A workbook of a rollup is stored only when it reads back: its forms are those that were proved, its registers say what was counted."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from xltool.problems import ProblemError, problem
from xltool.surfaces.calamine import open_workbook, stored_squares
from xltool.surfaces.merged import Raw, Stored
from xltool.surfaces.rollup_writer.content import Content

CENT = Decimal("0.005")
DOUBLE = Decimal("1e-14")
"""What a number of a workbook may be off, as a share of the largest that it comes from: Excel keeps 15 digits."""


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
        stored, _ = stored_squares(book, name, written.name)
        first = _column(stored, 1)
        head = next(row for row, value in first.items() if value == "序号")
        net = _column(stored, next(column for (row, column, *_), value in zip(*stored, strict=True) if row == head and value == "净额"))
        numbers = [row for row in first if row > head]
        expected = sum((content.shown(row, "amount", "net") or Decimal(0) for row in register.rows), Decimal(0))
        found = sum((Decimal(str(net[row])) for row in numbers if row in net), Decimal(0))
        largest = sum((abs(content.shown(row, "amount", "net") or Decimal(0)) for row in register.rows), Decimal(0))
        allowed = max(CENT, largest * DOUBLE)
        if len(numbers) != register.total.forms or abs(found - expected) > allowed or abs(Decimal(str(net.get(head + 1, 0))) - expected) > allowed:
            raise ProblemError(problem("workbook-verify", "", what=name))


def _column(stored: Stored, column: int) -> dict[int, Raw]:
    """What the squares of a column hold, by row."""
    return {row: value for (row, at, *_), value in zip(*stored, strict=True) if at == column}
