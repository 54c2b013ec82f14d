"""What a rollup is told by files: the list of units that should have sent forms, the officer's decisions."""

from __future__ import annotations

from pathlib import Path

from xltool.jobs import kinds
from xltool.jobs.sources import Named
from xltool.problems import ProblemError, problem
from xltool.rollup.decisions import NONE, Decisions, read_decisions
from xltool.surfaces import csv_file, text_file, xlsx_reader
from xltool.terms import of_system
from xltool.values import caption_key, parse_number

HEADS = frozenset({"单位", "单位名称", "预算单位", "预算单位名称", "实施单位", "填报单位"})
"""What stands above the names, where anything does."""
MARKS = "\t,;，；"
"""What parts the columns of a short list."""


def units_of(file: str) -> tuple[str, ...]:
    """The names of a list of units, each once: a line each, or the column of a table that is headed by one of HEADS, else the first with words.

    Raises:
        ProblemError: where the list cannot be read, or names nobody.
    """
    path = Path(file)
    rows = _rows(Named(path, Path(path.name)).read(), path.name)
    heads = [(at, column) for at, row in enumerate(rows) for column, text in enumerate(row) if caption_key(text) in HEADS]
    if heads:
        at, column = heads[0]
        names = [row[column] for row in rows[at + 1 :] if column < len(row)]
    else:
        names = [next((text for text in row if text.strip() and parse_number(text) is None), "") for row in rows]
    found = tuple(dict.fromkeys(name.strip() for name in names if name.strip() and not name.lstrip().startswith("#")))
    if not found:
        raise ProblemError(problem("rollup-units", file))
    return found


def _rows(data: bytes, name: str) -> list[list[str]]:
    """The rows of a list as texts."""
    if kinds.recognise(data, name) == kinds.XLSX:
        book = xlsx_reader.read(data, name)
    else:
        text = text_file.decode(data, name)
        parted = csv_file.separator(text) or next((mark for mark in MARKS if mark in text.partition("\n")[0]), "")
        if not parted:
            return [[line] for line in text.splitlines()]
        book = csv_file.read(text, parted, name)
    rows: dict[int, list[str]] = {}
    for cell in book.grids[0].cells:
        row = rows.setdefault(cell.row, [])
        row.extend([""] * (cell.column - 1 - len(row)))
        row.append(cell.text)
    return list(rows.values())


def decisions_of(file: str) -> Decisions:
    """The decisions of a file; none where it does not stand there yet.

    Raises:
        ProblemError: where it cannot be read, or has faults.
    """
    path = Path(file)
    try:
        return read_decisions(path.read_text("utf-8-sig"), path.name)
    except FileNotFoundError:
        return NONE
    except UnicodeDecodeError:
        raise ProblemError(problem("text-encoding", file)) from None
    except OSError as error:
        raise ProblemError(problem("file-unreadable", file, what=of_system(error))) from None
