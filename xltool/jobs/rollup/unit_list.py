"""The list of units that should have sent forms, from a text or a table that somebody keeps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from xltool import text_file
from xltool.grid import Grid
from xltool.jobs import kinds, reading
from xltool.jobs.reading import Forms
from xltool.jobs.sources import Named
from xltool.problems import Problem, ProblemError, problem
from xltool.recovery import sum_rows
from xltool.surfaces import csv_file
from xltool.values import caption_key, parse_number

HEADS = frozenset({"单位", "单位名称", "单位全称", "预算单位", "预算单位名称", "实施单位", "填报单位"})
"""What stands above the names, where anything does."""
NUMBERS = frozenset({"序号", "编号", "序"})
"""What heads the numbers of a table: its row is one of heads, whatever else they say."""
NO_NAMES = HEADS.union(sum_rows.WORDS)
"""Lines of a list that name no unit."""
TITLE_ENDS = ("名单", "清单", "一览表")
"""How the title of a list ends, and the name of no unit."""
MARKS = "\t,;，；"
"""What parts the columns of a short list."""
LONGEST = 60
"""Characters of a name; a longer text is a sentence."""

Row = tuple[str, list[str]]
"""Where a row stands, and its cells."""


def units_of(file: str, forms: Forms) -> tuple[str, ...]:
    """The names of a list of units, each once: a line each, or the column of a table that is headed by one of HEADS, or its only one of words.

    Raises:
        ProblemError: where the list cannot be read, is no list of units, or names nobody.
    """
    path = Path(file)
    rows = _rows(Named(path, Path(path.name)).read(), path.name, forms)
    faults: list[Problem] = []
    names: list[str] = []
    for place, name in _named(rows, file):
        text = name.strip()
        if not text or text.startswith("#") or caption_key(text) in NO_NAMES:
            continue
        if len(text) > LONGEST or parse_number(text) is not None:
            faults.append(problem("rollup-units-name", place, found=text if len(text) <= LONGEST else f"{text[:LONGEST]}…"))
        names.append(text)
    if faults:
        raise ProblemError(faults)
    if not names:
        raise ProblemError(problem("rollup-units", file))
    return tuple(dict.fromkeys(names))


def _named(rows: Sequence[Row], file: str) -> Iterator[tuple[str, str]]:
    """What stands in the column of names, with its place."""
    head = next(((at, column) for at, (_, row) in enumerate(rows) for column, text in enumerate(row) if caption_key(text) in HEADS), None)
    if head is None:
        head = -1, _only_column(rows, file)
    at, column = head
    for number, (place, row) in enumerate(rows):
        # A title stands alone in its row, above the names.
        title = at < 0 and number == 0 and row[column : column + 1] and row[column].strip().endswith(TITLE_ENDS)
        if number > at and column < len(row) and not title:
            yield place, row[column]


def _only_column(rows: Sequence[Row], file: str) -> int:
    """The one column of a table without heads that holds words.

    Raises:
        ProblemError: where its heads name no units, or several columns hold words: nobody can tell which are the names.
    """
    for place, row in rows:
        if any(caption_key(text) in NUMBERS for text in row):
            raise ProblemError(problem("rollup-units-head", place, found="、".join(filter(None, map(str.strip, row)))))
    columns = {column for _, row in rows for column, text in enumerate(row) if text.strip() and parse_number(text) is None and not text.lstrip().startswith("#")}
    if len(columns) > 1:
        raise ProblemError(problem("rollup-units-columns", file, found=len(columns)))
    return columns.pop() if columns else 0


def _rows(data: bytes, name: str, forms: Forms) -> list[Row]:
    """The rows of a list as texts.

    Raises:
        ProblemError: where the file is of a kind that lists nothing, or a filing.
    """
    kind = kinds.recognise(data, name)
    if kind not in reading.WORKBOOKS and kind != kinds.TEXT:
        raise ProblemError(problem("rollup-units-kind", name, found=kind))
    _no_filing(data, name, forms)
    if kind in reading.WORKBOOKS:
        grids = [grid for grid in reading.WORKBOOKS[kind](data, name).grids if not grid.hidden]
        headed = [grid for grid in grids if any(caption_key(text) in HEADS for text in grid.texts)]
        return _of_grid((headed or grids)[0], f"{name}: {(headed or grids)[0].name}") if grids else []
    text = text_file.decode(data, name)
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    parted = csv_file.separator(text) or next((mark for mark in MARKS if sum(mark in line for line in lines) * 2 > len(lines)), "")
    if parted:
        return _of_grid(csv_file.read(text, parted, name).grids[0], name)
    return [(f"{name}:{number}", [line]) for number, line in enumerate(text.splitlines(), 1)]


def _no_filing(data: bytes, name: str, forms: Forms) -> None:
    """Nothing comes back where the file holds no form."""
    try:
        found = reading.read_bytes(data, name, forms).filing.entries
    except ProblemError:
        return
    if next(iter(found), None) is not None:
        raise ProblemError(problem("rollup-units-filing", name))


def _of_grid(grid: Grid, name: str) -> list[Row]:
    rows: dict[int, list[str]] = {}
    for cell in grid.cells:
        row = rows.setdefault(cell.row, [])
        row.extend([""] * (cell.column - 1 - len(row)))
        row.append(cell.text)
    return [(f"{name}:{number}", row) for number, row in rows.items()]
