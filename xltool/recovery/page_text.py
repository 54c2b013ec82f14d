"""Printed pages as text, for tables without rules: lines in reading order, gaps as blanks, pages as form feeds.

Where a page has ruled tables too, their rows are lines of cells parted by tabs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xltool.picture import display_width
from xltool.printed import Printed, PrintedLine, PrintedPage, PrintedTable

TIGHT = 0.3
"""How wide a column of the text is, in half a Chinese character: so narrow that no text is wider than the place it takes
on the page, and each begins in its own column, however close it stands to the one before."""
BLANK_LINE = 1.0
"""A gap between two lines, in their height, that is a blank line."""


def page_text(printed: Printed) -> str:
    """The text of a document, its pages parted by form feeds."""
    return "\f".join("\n".join(_lines(page)) for page in printed.pages)


def _lines(page: PrintedPage) -> Iterator[str]:
    unit = _unit(page.lines)
    row: list[PrintedLine] = []
    end = None
    for one in [*page.without(()), None]:
        if row and (one is None or isinstance(one, PrintedTable) or one.box.top > (row[0].box.top + row[0].box.bottom) / 2):
            yield _line(sorted(row, key=lambda part: part.box.left), TIGHT * unit)
            end, row = max(part.box.bottom for part in row), []
        if one is None:
            return
        if not row and end is not None and one.box.top - end > BLANK_LINE * 2 * unit:
            yield ""
        if isinstance(one, PrintedTable):
            yield from _rows(one)
            end = one.box.bottom
        else:
            row.append(one)


def _unit(lines: Sequence[PrintedLine]) -> float:
    """The usual width of half a Chinese character, in points."""
    widths = sorted(one.box.width / display_width(one.text) for one in lines if one.text)
    return max(widths[len(widths) // 2], 1.0) if widths else 5.0


def _line(parts: Sequence[PrintedLine], unit: float) -> str:
    """The texts of one height, each as far from the left as it stands on the page, two blanks apart at least; ``unit`` is
    how wide a column of the text is, in points."""
    found = ""
    for left, text in (part for one in parts for part in one.parts or ((one.box.left, one.text),)):
        found += " " * max(2 if found else 0, round(left / unit) - display_width(found)) + text
    return found


def _rows(table: PrintedTable) -> Iterator[str]:
    rows: dict[float, list[str]] = {}
    for cell in table.cells:
        rows.setdefault(cell.box.top, []).append(cell.text.replace("\t", " ").replace("\n", "<br>"))
    for _, cells in sorted(rows.items()):
        yield "\t".join(cells)
