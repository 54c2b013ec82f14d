"""Where the fields of a drawn form stand on its sheet: what formulas, drop-downs and names of a blank refer to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xltool.arrange import Placed
from xltool.form import Field, Form
from xltool.grid import address
from xltool.heights import Rows


@dataclass(frozen=True, slots=True)
class Area:
    """The cells of one field, rows and columns from 0: of a scalar its one cell, of a list's field all its rows.

    ``left`` to ``right`` are the columns that a cell of the field covers; ``rows`` the first row of each of its cells.
    """

    one: Field
    rows: tuple[int, ...]
    last: int
    left: int
    right: int

    @property
    def first(self) -> int:
        """Its first row."""
        return self.rows[0]

    @property
    def cell(self) -> str:
        """Its first square, as a formula that is copied down refers to it: $C6 of a list, $C$6 of a scalar."""
        return square(self.first, self.left, fixed=not self.one.list)

    @property
    def whole(self) -> str:
        """Its squares down the list: $C$6:$C$17; of a scalar $C$6."""
        return down(self.first, self.last, self.left) if self.one.list else self.cell


def square(row: int, column: int, fixed: bool = True) -> str:
    """A square in a formula, its column fixed, its row too unless it goes down with the formula: $C$6, $C6."""
    letters = address(1, column + 1)[:-1]
    return f"${letters}{'$' if fixed else ''}{row + 1}"


def down(first: int, last: int, column: int) -> str:
    """The squares of a column from one row to another: $C$6:$C$17."""
    return f"{square(first, column)}:{square(last, column)}"


Areas = dict[str, Area]
"""By field name; a field inside a caption has the cell of the caption."""


def areas(form: Form, placed: Iterable[Placed], rows: Rows) -> Areas:
    """The area of every field of a form that begins in the sheet's first row."""
    found: Areas = {}
    starts: Sequence[int] = rows.starts
    for one in placed:
        for name in one.cell.holes:
            first, last = starts[one.row - 1], starts[one.last_row] - 1
            known = found.get(name)
            if known:
                found[name] = Area(known.one, (*known.rows, first), max(known.last, last), known.left, known.right)
            else:
                found[name] = Area(form.fields[name], (first,), last, one.column - 1, one.last_column - 1)
    return found


def playing(form: Form, found: Areas, role: str) -> list[Area]:
    """The areas of the fields that play a role and fill cells of their own."""
    return [found[name] for name in form.roles.get(role, ()) if name in found and form.layout.cell_of(name).only_hole]
