"""The fields outside lists in a text laid out in columns: rows of one build share their borders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from xltool.form import Field, Form
from xltool.layout import Cell
from xltool.recovery.laid_bands import Band
from xltool.recovery.laid_captions import spellings_of
from xltool.recovery.laid_columns import Ruler, ruler, spread
from xltool.recovery.laid_words import Row, Word
from xltool.values import caption_key, is_mark, parse_date, parse_number, parse_percent

INSIDE = 0.4
"""What it costs that a line of a text begins far inside its cell."""
PINNED = 6.0
"""What it costs that a caption stands elsewhere than in its column."""
NUMBER = 0.8
"""What it costs that a mark or a number stands in a text beside amounts, or a number without % where a rate should."""
MONEY = ("money", "number", "percent")


@dataclass(slots=True)
class Cells:
    """What stands in each cell outside the lists; ``lost`` are words that stand where the form has nothing, with the row
    of the layout they stand in and the cell; ``row_of`` is the row of each word by its number."""

    words: dict[tuple[int, int], list[Word]] = field(default_factory=dict)
    constants: list[Word] = field(default_factory=list)
    lost: list[tuple[int, Cell, Word]] = field(default_factory=list)
    row_of: dict[int, int] = field(default_factory=dict)


def cells_of(form: Form, rows: Sequence[Row], bands: Sequence[Band], taken: set[int]) -> Cells:
    """The words of each cell; those of these numbers are captions and left out."""
    found = Cells()
    for group in _groups(form, bands):
        _read(form, rows, group, taken, found)
    return found


def _groups(form: Form, bands: Sequence[Band]) -> Iterator[list[Band]]:
    """Rows that follow on each other and are divided alike."""
    blocks = {block.row for block in form.blocks}
    group: list[Band] = []
    for band in bands:
        if group and (band.row in blocks or group[-1].row in blocks or _division(form, band.row) != _division(form, group[-1].row)):
            yield group
            group = []
        if band.row not in blocks:
            group.append(band)
    if group:
        yield group


def _division(form: Form, row: int) -> tuple[tuple[int, int], ...]:
    return tuple((cell.column, cell.last_column) for cell in form.layout.in_row(row))


def _read(form: Form, rows: Sequence[Row], group: Sequence[Band], taken: set[int], found: Cells) -> None:
    row_of = {number: band.row for band in group for number in range(band.first, band.last)}
    words = [(word, row_of[number]) for number in sorted(row_of) for word in rows[number].words]
    division = _division(form, group[0].row)
    rows_by_number = {word.number: row for word, row in words}
    found.row_of |= rows_by_number
    pinned = {word.number: one.cell.column for band in group for one in band.seen for word in one.words}
    money = {band.row for band in group if any(form.fields[name].type in MONEY for cell in form.layout.in_row(band.row) for name in cell.holes)}

    def cost(word: Word, column: int) -> float:
        begin = division[column][0]
        if word.number in pinned:
            return PINNED * (pinned[word.number] != begin)
        row = rows_by_number[word.number]
        return _cost(form, word, form.layout.at(row, begin), row in money)

    at: dict[int, Ruler] = {}
    for page in dict.fromkeys(word.page for word, _ in words):
        at[page] = ruler([word for word, _ in words if word.page == page], len(division), cost, next(reversed(at.values()), None), deep=INSIDE)
    placed = [(word, row_of[number], column) for number in sorted(row_of) for column, own in enumerate(spread(at[rows[number].page], rows[number].words, cost, _marked(form, rows[number], row_of[number]))) for word in own]
    for word, row, column in placed:
        if word.number in taken:
            continue
        cell = form.layout.at(row, division[column][0])
        if cell.only_hole:
            found.words.setdefault((cell.row, cell.column), []).append(word)
        elif cell.parts and not cell.caption and is_mark(word.text):
            found.constants.append(word)
        else:
            found.lost.append((row, cell, word))


def _marked(form: Form, line: Row, row: int) -> list[int]:
    """The columns of a row, from 0, that print a mark, where a line of it has one."""
    marked = any(is_mark(word.text) for word in line.words)
    return [column for column, cell in enumerate(form.layout.in_row(row)) if marked and cell.parts and not cell.caption and not cell.holes]


def _cost(form: Form, word: Word, cell: Cell, money: bool) -> float:
    """What it costs that a word which is no caption stands in a cell; ``money`` says that amounts stand in its row."""
    name = cell.only_hole
    if name is None:
        constant = bool(cell.parts) and not cell.caption
        pieces = [caption_key(cell.caption), *(key for anchor in spellings_of(form).anchors if anchor.cell is cell for key in anchor.keys)]
        return 0.0 if (constant and is_mark(word.text)) or any(word.key in key for key in pieces) else 2.5
    one = form.fields[name]
    if one.type not in (*MONEY, "date"):
        return NUMBER if money and (is_mark(word.text) or parse_number(word.text) is not None) else 0.1
    bare = one.type == "percent" and money and parse_number(word.text) is not None
    return NUMBER if bare else 0.0 if _fits(word.text, one) else 2.0


def _fits(text: str, one: Field) -> bool:
    if is_mark(text):
        return True
    return parse_date(text) is not None if one.type == "date" else (parse_percent(text)[0] if one.type == "percent" else parse_number(text)) is not None
