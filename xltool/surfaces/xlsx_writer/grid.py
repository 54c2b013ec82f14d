"""One filled form drawn on a sheet: cells, merges, borders, row heights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from xltool.arrange import Placed
from xltool.form import Form
from xltool.heights import Need, Rows, fit, height, lines, spread
from xltool.pages import Text
from xltool.surfaces.xlsx_writer.rows import (
    Content,
    finish,
    like_markup,
    put,
    reach,
    set_heights,
)
from xltool.surfaces.xlsx_writer.styles import DATE, NUMBER, Format, Sheet, Style
from xltool.values import Value, plain, shortest

DIGITS = 15
"""Excel keeps so many significant digits of a number."""
EPOCH = date(1899, 12, 30).toordinal()
"""Excel's day 0."""
MARCH_1900 = 61
"""The first day that Excel counts right: it takes 1900 for a leap year."""


def content(placed: Placed, kind: int) -> Content:
    """A number or day where the cell's field is one, otherwise the text that is printed."""
    value = placed.value
    if value is None:
        return placed.text
    if isinstance(value, str):
        return day(value) or value if kind == DATE else value
    if isinstance(value, Value):
        return value.text or ""
    if kind == NUMBER and exact(value):
        return value
    # As text a rate needs its sign: without one nobody can tell it from the number of per cent.
    return f"{plain(value * 100)}%" if placed.field and placed.field.type == "percent" else plain(value)


def day(text: str) -> int | None:
    """Excel's number of a day as year-month-day; None where the text is no full day or Excel cannot count it."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    number = found.toordinal() - EPOCH
    # ISO spells a day in other ways too (20240101, 2024-W01-1), which the cell would not give back.
    return number if number >= MARCH_1900 and found.isoformat() == text else None


def exact(number: Decimal | int) -> bool:
    """True where Excel keeps every digit of the number."""
    if isinstance(number, int):
        return len(str(abs(number))) <= DIGITS
    return len(number.as_tuple().digits) <= DIGITS or len(shortest(number).as_tuple().digits) <= DIGITS


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a form takes on its sheet: its rows, and its texts over several of them (rows from its first)."""

    rows: Rows
    tall: tuple[Text, ...]


def draw(sheet: Sheet, form: Form, placed: Sequence[Placed], styles: Mapping[int, Style], top: int, texts: set[str]) -> Drawn:
    """What the form takes on the sheet from row ``top`` (from 0); its texts are added to ``texts``."""
    contents = [content(one, styles[id(one.cell)].kind) for one in placed]
    needs = _needs(form, placed, contents, styles)
    rows = spread(fit(needs, [form.look.row_height] * placed[-1].last_row))
    finish(sheet)
    set_heights(sheet, top, rows.heights)
    starts = [top + start for start in rows.starts]
    for one, found in zip(placed, contents, strict=True):
        put(sheet, starts[one.row - 1], one.column - 1, starts[one.last_row] - 1, one.last_column - 1, found, styles[id(one.cell)].format)
    reach(sheet, starts[-1], form.layout.columns)
    texts.update(found for found in contents if isinstance(found, str))
    tall = tuple((rows.starts[first - 1], rows.starts[last] - 1, points) for first, last, points in (*needs, *_lone(form, placed, contents, rows)))
    return Drawn(rows, tall)


def _lone(form: Form, placed: Sequence[Placed], contents: Sequence[Content], rows: Rows) -> list[Need]:
    """The heights of what takes one line of one row that another cell has made so high that it is several on the sheet: it
    stands in the middle of them."""
    if len(rows.heights) == len(rows.starts) - 1:
        return []
    several = {row for row in range(1, len(rows.starts)) if rows.starts[row] - rows.starts[row - 1] > 1}
    return [(one.row, one.last_row, height(1, form.look.size)) for one, found in zip(placed, contents, strict=True) if found not in (None, "") and one.row == one.last_row and one.row in several]


def merge(sheet: Sheet, first: int, left: int, last: int, right: int, made: Format) -> None:
    """Merges a range whose first square is written, and gives every other square its format, and so its borders.

    This is XlsxWriter's ``merge_range`` without its search for overlaps, which a layout cannot have;
    a sheet's blank squares of one format are one object.
    """
    sheet.write_blank(last, right, None, made)
    blank = sheet.table[last][right]
    origin = sheet.table[first][left]
    columns = range(left, right + 1)
    for row in range(first, last + 1):
        sheet.table[row].update(dict.fromkeys(columns, blank))
    sheet.table[first][left] = origin
    sheet.merge.append([first, left, last, right])


def _needs(form: Form, placed: Sequence[Placed], contents: Sequence[Content], styles: Mapping[int, Style]) -> list[Need]:
    """The heights of texts that stand over several rows, or need more than one line of the body font."""
    found: list[Need] = []
    body = form.look.size
    for one, text in zip(placed, contents, strict=True):
        if text and isinstance(text, str):
            style = styles[id(one.cell)]
            count = lines(text, style.room)
            if count > 1 or style.size != body or one.row != one.last_row:
                found.append((one.row, one.last_row, height(count, style.size)))
    return found


def write_text(sheet: Sheet, row: int, column: int, text: str, made: object) -> None:
    """A text cell, whatever the text looks like: never a formula, a number or a link.

    XlsxWriter takes a text in <r>…</r> for its own markup, unless it comes in fragments.
    """
    if like_markup(text):
        sheet.write_rich_string(row, column, text[:1], text[1:2], text[2:], made)
    else:
        sheet.write_string(row, column, text, made)
