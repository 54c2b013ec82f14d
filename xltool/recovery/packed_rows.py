"""Rows of a table out of a web page whose empty cells are gone: 上年结转资金 ｜ — ｜ —, of six columns.

Which column a cell is of, only its order tells: a row that has fewer cells than its columns is doubted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from xltool.filing import Doubt, Entry, Filing, Item
from xltool.form import Form
from xltool.recovery.atoms import cells_of

PACKED, WIDTHS = 5, 2
"""So many rows of cells, of so many lengths, and no empty cell among them: every form of some length leaves cells empty."""
WHY = "表格的空格没有留下，这一行的格比栏少，各格的归属未必对"
EMPTY = "表格的空格没有留下，有文字没有归入，这一栏未必是空的"


def is_packed(lines: Sequence[str]) -> bool:
    """True for a text whose rows have lost their empty cells."""
    rows = [[bool(cell.strip()) for cell in cells_of(line)] for line in lines]
    widths = [len(row) for row in rows if len(row) > 1]
    return len(widths) >= PACKED and len(set(widths)) >= WIDTHS and all(all(row) for row in rows if len(row) > 1)


def doubted(filing: Filing, forms: Mapping[str, Form]) -> Filing:
    """The filing with a doubt on each field of a row, and each item of a list, that has fewer cells than another could have."""
    return filing.with_entries(_entry(entry, forms[entry.form]) for entry in filing.entries)


def _entry(entry: Entry, form: Form) -> Entry:
    place = f"第{entry.source.place[1]}行" if entry.source.place else ""
    short = (*_short_rows(entry, form), *(f"{name}[{at}]" for name, items in entry.lists.items() for at in _short_items(items)))
    told = {*short, *(one.path for one in entry.source.doubts)}
    empty = (one.path for one in form.drawn_scalars if entry.source.leftover and entry.values.get(one.path) is None and one.path not in told)
    return entry.doubted((*(Doubt(path, place, WHY) for path in short), *(Doubt(path, place, EMPTY) for path in empty)))


def _short_rows(entry: Entry, form: Form) -> Iterator[str]:
    """The fields of the rows of numbers in which some are filled and some are not, and their marks."""
    rows = defaultdict(list)
    for field in form.drawn_scalars:
        if field.type in ("money", "number", "percent"):
            rows[form.layout.cell_of(field.name).row].append(field.path)
    for paths in rows.values():
        filled = sum(entry.values.get(path) is not None or path in entry.marks for path in paths)
        if 0 < filled < len(paths):
            yield from (one for path in paths for one in (path, *((f"marks.{path}",) if path in entry.marks else ())))


def _short_items(items: Sequence[Item]) -> Iterator[int]:
    """The numbers of the items that have fewer cells than the fullest one."""
    cells = [sum(value is not None for value in item.values()) for item in items]
    yield from (at for at, count in enumerate(cells) if count < max(cells))
