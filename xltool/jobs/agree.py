"""A mapping's agreement with an official blank workbook: the same captions in cells of the same shape.

The form may stand anywhere on any sheet, and its lists may have any number of empty rows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from xltool.form import Form, ListBlock
from xltool.grid import Grid, address
from xltool.layout import Caption, Cell
from xltool.problems import Problem, problem
from xltool.surfaces.xlsx_reader import read
from xltool.surfaces.xlsx_reader.merges import Rectangle, merges
from xltool.values import caption_key


@dataclass(frozen=True, slots=True)
class _Blank:
    """One sheet of a blank, and where on it the form begins (squares before its first)."""

    grid: Grid
    merged: dict[tuple[int, int], Rectangle]
    place: str
    down: int = 0
    right: int = 0

    def rectangle(self, row: int, column: int) -> Rectangle:
        """The cell that lies on a square."""
        return self.merged.get((row, column), (row, column, row, column))

    def text(self, row: int, column: int) -> str:
        """What the cell on a square shows."""
        cell = self.grid.at(row, column)
        return cell.text if cell else ""


def differences(form: Form, data: bytes, name: str) -> list[Problem]:
    """A problem for each caption and each merge in which the blank differs from the picture, in reading order.

    Raises:
        ProblemError: where the workbook cannot be read.
    """
    blank = _find(form, data, name)
    if blank is None:
        return [problem("blank-without-form", name, form=form.id)]
    growth: dict[int, int] = {}
    for block in sorted(form.blocks, key=lambda one: one.row):
        growth[block.row] = _growth(form, block, blank, blank.down + sum(growth.values()))
    found: list[Problem] = []
    for cell in form.layout.cells:
        found.extend(_compare(form, cell, blank, growth))
    return found


def _find(form: Form, data: bytes, name: str) -> _Blank | None:
    """The sheet and place at which most captions stand as the picture has them; None where fewer than half do."""
    book, squares = read(data, name), merges(data, name)
    best: tuple[int, _Blank] | None = None
    captions = [(cell, spellings) for cell in form.layout.cells if cell.row <= _first_list(form) and (spellings := _spellings(form, cell))]
    for grid in book.grids:
        votes: Counter[tuple[int, int]] = Counter()
        for shown in grid.cells:
            key = caption_key(shown.text)
            votes.update((shown.row - cell.row, shown.column - cell.column) for cell, spellings in captions if key in spellings)
        if votes and (best is None or max(votes.values()) > best[0]):
            (down, right), count = votes.most_common(1)[0]
            best = count, _Blank(grid, _squares(squares.get(grid.name, ()), grid), f"{name}: {grid.name}", down, right)
    return best[1] if best and best[0] * 2 >= len(captions) else None


def _squares(merged: tuple[Rectangle, ...], grid: Grid) -> dict[tuple[int, int], Rectangle]:
    """The merged cell by each of its squares, those far below and beside everything left out."""
    return {
        (row, column): (top, left, bottom, right)
        for top, left, bottom, right in merged
        for row in range(top, min(bottom, grid.last_row + 200) + 1)
        for column in range(left, min(right, grid.last_column + 50) + 1)
    }


def _first_list(form: Form) -> int:
    return min((block.row for block in form.blocks), default=form.layout.rows)


def _spellings(form: Form, cell: Cell) -> frozenset[str]:
    """The keys of a caption without fields; empty for any other cell."""
    return frozenset(map(caption_key, form.spellings(cell.caption))) if cell.caption and not cell.holes else frozenset()


def _growth(form: Form, block: ListBlock, blank: _Blank, down: int) -> int:
    """How many rows the blank has for a list beyond the picture's one: by the cell beside it, else by what stands below.

    Above the list the blank has ``down`` rows more than the picture.
    """
    for span in block.spans:
        top, _, bottom, _ = blank.rectangle(down + span.row, blank.right + span.column)
        return max((bottom - top) - (span.last_row - span.row), 0)
    below = next((cell for cell in form.layout.cells if cell.row > block.row and cell.caption), None)
    for more in range(200) if below else ():
        if below and _says(form, below, blank.text(down + below.row + more, blank.right + below.column)):
            return more
    return 0


def _compare(form: Form, cell: Cell, blank: _Blank, growth: dict[int, int]) -> Iterator[Problem]:
    row = blank.down + cell.row + sum(more for at, more in growth.items() if at < cell.row)
    last_row = blank.down + cell.last_row + sum(more for at, more in growth.items() if at <= cell.last_row)
    column, last_column = blank.right + cell.column, blank.right + cell.last_column
    found, place = blank.rectangle(row, column), f"{blank.place}!{address(row, column)}"
    drawn = cell.caption or "".join(f"{{{name}}}" for name in cell.holes) or "—"
    if any(block.row == cell.row and cell not in block.spans for block in form.blocks):
        # Groups of a list are merged downwards as their values have it: only its columns are the form's.
        last_row, found = row, (row, found[1], row, found[3])
    if (row, column, last_row, last_column) != found:
        wanted = _shown((row, column, last_row, last_column))
        yield problem("blank-merge", place, cell=drawn, found=_shown(found), wanted=wanted)
    if cell.caption and not _says(form, cell, blank.text(row, column)):
        yield problem("blank-caption", place, wanted=drawn, found=blank.text(row, column))


def _says(form: Form, cell: Cell, text: str) -> bool:
    """True where the text is the cell's caption or an alternate, anything standing for its fields."""
    if not cell.holes:
        return caption_key(text) in _spellings(form, cell)
    pieces = (re.escape(caption_key(part.text)) if isinstance(part, Caption) else ".*" for part in cell.parts)
    return bool(re.fullmatch("".join(pieces), caption_key(text)))


def _shown(one: Rectangle) -> str:
    first, last = address(one[0], one[1]), address(one[2], one[3])
    return first if first == last else f"{first}:{last}"
