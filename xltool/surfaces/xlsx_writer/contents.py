"""The contents sheet: the sections' titles, and under each its forms with a link to their sheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xltool.heights import height, lines, pixels, room
from xltool.surfaces.xlsx_writer.grid import write_text
from xltool.surfaces.xlsx_writer.styles import Sheet, Styles

HEAD = ("序号", "表式", "名称", "工作表")
COLUMNS = (6.0, 30.0, 32.0, 26.0)
FONT, SIZE, TITLE_SIZE = "宋体", 10.5, 14.0


@dataclass(frozen=True, slots=True)
class Line:
    """A form on the contents sheet: its title, its project's name and its sheet."""

    title: str
    name: str
    sheet: str


def write_contents(sheet: Sheet, styles: Styles, sections: Sequence[tuple[str | None, Sequence[Line]]]) -> int:
    """The number of rows written: per section its title if it has one, a head, its forms; an empty row between."""
    head = styles.format(FONT, SIZE, bold=True)
    row = 0
    for at, (title, listed) in enumerate(sections):
        row += at > 0
        if title:
            _title(sheet, styles, row, title)
            row += 1
        for column, word in enumerate(HEAD):
            sheet.write_string(row, column, word, head)
        for number, line in enumerate(listed, 1):
            _line(sheet, styles, row + number, number, line)
        row += 1 + len(listed)
    return row


def _title(sheet: Sheet, styles: Styles, row: int, title: str) -> None:
    made = styles.format(FONT, TITLE_SIZE, border=False, bold=True)
    sheet.merge_range(row, 0, row, len(COLUMNS) - 1, "", made)
    write_text(sheet, row, 0, title, made)
    sheet.set_row(row, height(lines(title, room(sum(map(pixels, COLUMNS)), TITLE_SIZE)), TITLE_SIZE) + 8)


def _line(sheet: Sheet, styles: Styles, row: int, number: int, line: Line) -> None:
    centred, left = styles.format(FONT, SIZE), styles.format(FONT, SIZE, "left")
    sheet.write_number(row, 0, number, centred)
    write_text(sheet, row, 1, line.title, left)
    write_text(sheet, row, 2, line.name, left)
    sheet.write_url(row, 3, link(line.sheet), left, line.sheet)
    sheet.set_row(row, max(_heights(line)))


def _heights(line: Line) -> Iterator[float]:
    for text, width in zip((line.title, line.name, line.sheet), COLUMNS[1:], strict=True):
        yield height(lines(text, room(pixels(width), SIZE)), SIZE)


def link(name: str) -> str:
    """The internal link to the first cell of a sheet; a ' in its name is written twice."""
    return "internal:'{}'!A1".format(name.replace("'", "''"))
