"""Tab-separated and Markdown text: read by the grammar, or as the grid that it is where that says more.

The grammar reads what was damaged. A sound table of a form that the grammar has no plain-text reading
for (two lists side by side) is read as a grid; so is one of which the grammar leaves doubts, or whose
empty cells only the columns tell.
"""

from __future__ import annotations

from collections.abc import Mapping

from xltool.canonical import differences
from xltool.filing import Filing
from xltool.form import Form
from xltool.grid import Book, grid_of
from xltool.problems import ProblemError
from xltool.recovery import grid_reading, text_reading
from xltool.recovery.atoms import cells_of, split, unmarked
from xltool.recovery.claims import Trace
from xltool.recovery.sound_reading import faults
from xltool.recovery.text_reading import Reading

SHARE = 0.5


def read_text(text: str, forms: Mapping[str, Form], name: str) -> Reading:
    """The reading of a text; of a table the sounder one.

    Raises:
        ProblemError: no-form where no known form stands in it; file-empty where it has no text.
    """
    if not _is_table(text):
        return text_reading.read_text(text, forms, name)
    book = Book((grid_of("", ([unmarked(cell, "\n").strip() for cell in cells_of(line)] for line in text.splitlines())),))
    try:
        reading = text_reading.read_text(text, forms, name)
    except ProblemError:
        return _as_grid(grid_reading.read_book(book, forms, name), text)
    try:
        other = grid_reading.read_book(book, forms, name)
    except ProblemError:
        return reading
    found, kept = (sum(1 for _ in filing.entries) for filing in (other, reading.filing))
    trouble, rest = (faults(filing, book, forms) for filing in (reading.filing, other))
    if found < kept or rest > trouble or (rest == trouble and (rest or not differences(reading.filing, other))):
        return reading
    return _as_grid(other, text)


def _is_table(text: str) -> bool:
    """True where most lines that hold text are lines of cells."""
    lines = split(text).lines
    return sum(line.grid for line in lines) > SHARE * len(lines)


def _as_grid(filing: Filing, text: str) -> Reading:
    """The reading as a grid; its trace names the lines and what the grid left over."""
    left = {one.text for entry in filing.entries for one in entry.source.leftover} | {one.text for one in filing.source.leftover}
    trace = [Trace(number, line.strip(), "剩余" if line.strip() in left else "表格", "按行列读出") for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    return Reading(filing, tuple(trace))
