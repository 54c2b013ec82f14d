"""The ledger of the rollup that stands where the new one will: which files it was made from, by name with their hashes."""

from __future__ import annotations

from pathlib import Path

from xltool.problems import ProblemError
from xltool.surfaces.calamine import open_workbook, stored_squares
from xltool.surfaces.rollup_writer.ledger import COLUMNS, FIRST
from xltool.surfaces.rollup_writer.workbook import LEDGER

HEADS = tuple(column.head for column in COLUMNS)
FILE, RESULT, DIGEST = HEADS.index("文件"), HEADS.index("结果"), HEADS.index("指纹（SHA-256）")


def previous(out: Path) -> dict[str, str]:
    """The files of the rollup at ``out``; nothing where there is none, or it is no rollup."""
    try:
        data = out.read_bytes()
        book = open_workbook(data, out.name)
        if LEDGER not in book.sheet_names:
            return {}
        (places, values), _ = stored_squares(book, LEDGER, out.name)
    except (OSError, ProblemError):
        return {}
    held = {(row, column): str(value) for (row, column, *_), value in zip(places, values, strict=True)}
    if held.get((FIRST, DIGEST + 1)) != HEADS[DIGEST]:
        return {}
    last = max(row for row, _ in held)
    rows = [row for row in range(FIRST + 1, last + 1) if held.get((row, RESULT + 1)) != "没有来"]
    return {held[row, FILE + 1]: held.get((row, DIGEST + 1), "") for row in rows if (row, FILE + 1) in held}
