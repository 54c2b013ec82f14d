"""Cells whose content nobody may mean, which is doubted: those in hidden rows and columns, and errors of formulas.

They are read all the same. A filter hides rows that belong to the form, a narrow print hides columns of it; but
what somebody hid instead of deleting it stands there too, and no file says which it is. An error (#REF!) stands
where a name or a target was.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xltool.grid import Grid, Unsure

ERRORS = frozenset({
    "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!",
    *(f"Err:{number}" for number in range(500, 541)),
})  # fmt: skip
"""What a cell shows whose formula fails, in Excel and WPS, and in LibreOffice."""
ERROR, UNSEEN = "是公式的错误值，不是填写的内容", "所在的行或列是隐藏的，页面上看不到"


def with_errors(grid: Grid) -> Grid:
    """The grid with a doubt on each cell that shows an error."""
    if ERRORS.isdisjoint(grid.texts):
        return grid
    found = {number: Unsure(ERROR) for number, text in enumerate(grid.texts) if text in ERRORS}
    return replace(grid, unsure={**found, **grid.unsure}, _cells=[], _squares={})


def with_unseen(grid: Grid) -> Grid:
    """The grid with a doubt on each cell of which every row, or every column, is hidden; one that is merged over a
    row and a column that are shown is seen."""
    if grid.hidden or not (grid.hidden_rows or grid.hidden_columns):
        return grid
    found = {number: Unsure(UNSEEN) for number in _unseen(grid)}
    return replace(grid, unsure={**found, **grid.unsure}, _cells=[], _squares={}) if found else grid


def _unseen(grid: Grid) -> Iterator[int]:
    rows, columns = grid.hidden_rows, grid.hidden_columns
    for number, (row, column, last_row, last_column) in enumerate(grid.places):
        if (row in rows and _within(row, last_row, rows)) or (column in columns and _within(column, last_column, columns)):
            yield number


def _within(first: int, last: int, hidden: frozenset[int]) -> bool:
    return first == last or (last - first < len(hidden) and hidden.issuperset(range(first, last + 1)))

