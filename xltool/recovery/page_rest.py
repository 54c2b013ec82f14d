"""Rows of a list that no form took: what stands before them may be the form that they are of, and not whole."""

from __future__ import annotations

from collections.abc import Mapping

from xltool.filing import Doubt, Entry, Filing
from xltool.form import Form
from xltool.grid import Book, Spot
from xltool.recovery.page_cuts import LEVEL, Telling
from xltool.values import OPERATOR_START

ROWS = 2
"""Rows that look like items and belong to no form: one may stand in a note."""
SAME = 2.0
"""Points by which the cells of a row may begin elsewhere."""
REST = "第{}页有像是指标的行没有读进任何一份表，可能是本表的"


def with_doubts(filing: Filing, book: Book, forms: Mapping[str, Form], telling: Telling) -> Filing:
    """The filing with a doubt on the lists of the last form before such rows, or of the first one where none stands before."""
    rest = _rows(filing, book, telling)
    entries = [*filing.entries]
    pages = {page for page, tops in rest.items() if len(tops) >= ROWS}
    if not pages or not entries:
        return filing
    unsure: dict[int, list[int]] = {}
    for page in sorted(pages):
        before = [at for at, entry in enumerate(entries) if _page(entry) <= page]
        unsure.setdefault(max(before, default=0), []).append(page)
    return filing.with_entries(_doubted(entry, unsure.get(at, []), forms) for at, entry in enumerate(entries))


def _rows(filing: Filing, book: Book, telling: Telling) -> dict[int, set[int]]:
    """By page the heights of rows that were left over and have a level's name or a target, and more beside it."""
    left = {one.place for source in filing.sources for one in source.leftover}
    rows: dict[tuple[int, int], list[str]] = {}
    for grid in book.grids:
        for spot, text in zip(grid.spots, grid.texts, strict=False):
            if str(spot) in left:
                rows.setdefault(_row(spot), []).append(text)
    found: dict[int, set[int]] = {}
    for (page, top), texts in rows.items():
        if len(texts) > 1 and any(text[0] in OPERATOR_START or telling(text) == LEVEL for text in texts):
            found.setdefault(page, set()).add(top)
    return found


def _row(spot: Spot) -> tuple[int, int]:
    return spot.page, round(spot.top / SAME)


def _page(entry: Entry) -> int:
    kind, page = entry.source.place or ("", 0)
    return page if kind == "page" and isinstance(page, int) else 0


def _doubted(entry: Entry, pages: list[int], forms: Mapping[str, Form]) -> Entry:
    return entry.doubted(Doubt(name, f"第{page}页", REST.format(page)) for page in pages for name in forms[entry.form].lists)
