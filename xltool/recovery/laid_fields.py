"""The fields outside lists in a text laid out in columns: rows of one build share their borders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from xltool.form import Field, Form
from xltool.layout import Cell
from xltool.recovery.laid_amounts import Line, Place, amounts_of, is_amount, pieces, settle
from xltool.recovery.laid_bands import Band
from xltool.recovery.laid_captions import Seen, spellings_of
from xltool.recovery.laid_columns import MOVE, Ruler, ruler, spread, wavering
from xltool.recovery.laid_texts import levelled
from xltool.recovery.laid_words import Row, Word
from xltool.values import caption_key, is_mark, parse_date, parse_number, parse_percent

INSIDE = 0.4
"""What it costs that a line of a text begins far inside its cell."""
PINNED = 1.2
"""What it costs that a caption stands elsewhere than in its column: the line of a head may be drawn to the left."""
UNALIGNED, ELSEWHERE, TELLING = 0.2, 2.5, 6
"""What each place costs by which an amount ends elsewhere than the others of its column, and the most of it; an amount
of so many characters tells where they end."""
ALIGNED, CLEAR, FAR = 2, 6, 99.0
"""So many places from another of its column an amount ends at most, if it is in a row that lacks one beside it, or so
many less than from the nearest of the empty column; more than any line has."""
BENEATH, BROAD = 0.8, 8
"""What it costs that words of a text, so many characters together, stand below the head of the text beside it."""
NUMBER = 0.8
"""What it costs that a mark or a number stands in a text beside amounts, or a number without % where a rate should."""
MONEY = ("money", "number", "percent")
PERCENT = ("%", "％")
"""What a rate ends with on a line of its own where its cell is too narrow."""


@dataclass(slots=True)
class Cells:
    """What stands in each cell outside the lists; ``lost`` are words that stand where the form has nothing, with the row
    of the layout they stand in and the cell; ``row_of`` is the row of each word by its number; ``wavering`` are amounts
    that may stand in another cell, with either."""

    words: dict[tuple[int, int], list[Word]] = field(default_factory=dict)
    constants: list[Word] = field(default_factory=list)
    lost: list[tuple[int, Cell, Word]] = field(default_factory=list)
    row_of: dict[int, int] = field(default_factory=dict)
    wavering: list[tuple[Word, Cell]] = field(default_factory=list)


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


@dataclass(slots=True)
class _Group:
    """Rows that are divided alike: their lines, the row of each word, the captions' columns, the rows of amounts, where
    the amounts of each column end, by page, and the captions of rows that hold nothing else, by column."""

    form: Form
    division: tuple[tuple[int, int], ...]
    lines: list[tuple[Row, int]]
    row_of: dict[int, int]
    pinned: dict[int, int]
    money: set[int]
    ends: dict[tuple[int, int], int]
    heads: dict[int, Seen]

    def cost(self, word: Word, column: int) -> float:
        """What it costs that a word stands in a column."""
        begin = self.division[column][0]
        if word.number in self.pinned:
            return PINNED * (self.pinned[word.number] != begin)
        row = self.row_of[word.number]
        if word.end - word.x >= BROAD and self._beneath_another(word, row, begin):
            return BENEATH + _cost(self.form, word, self.form.layout.at(row, begin), False)
        end = self.ends.get((word.page, column))
        off = 0.0 if end is None or not _is_amount(word.text) else min(ELSEWHERE, UNALIGNED * abs(word.end - end))
        return off + _cost(self.form, word, self.form.layout.at(row, begin), row in self.money)

    def _beneath_another(self, word: Word, row: int, column: int) -> bool:
        """True for words of a text alone in its row that stand below the head of another and not below that of this column's:
        a head is centred above its text, so the text begins no further right."""
        heads = {begin: one for begin, one in self.heads.items() if (name := self.form.layout.at(row, begin).only_hole) and self.form.fields[name].type == "paragraphs"}
        if len(heads) < 2 or column not in heads or (x := self._single(row)) is None:
            return False
        right = [begin for begin in sorted(heads) if x <= heads[begin].x + MOVE]
        below = set(right[:1]) if len(right) < len(heads) else {begin for begin, one in heads.items() if word.x < one.end and one.x < word.end}
        return bool(below) and column not in below

    def _single(self, row: int) -> int | None:
        """Where the lines of a row's texts begin that stand below each other: of two texts some stand beside; none there."""
        lines = ([word for word in line.words if word.number not in self.pinned] for line, own in self.lines if own == row)
        broad = [words[0] for words in lines if words and words[0].end - words[0].x >= BROAD]
        return min(word.x for word in broad) if broad and max(word.x for word in broad) < min(word.end for word in broad) else None

    def placed(self, at: Mapping[int, Ruler]) -> list[tuple[Word, int]]:
        """Each word with its column."""
        return [(word, column) for line, row in self.lines for column, own in enumerate(spread(at[line.page], line.words, self.cost, _marked(self.form, line, row))) for word in own]

    def wavering(self, at: Mapping[int, Ruler]) -> Iterator[tuple[Word, int]]:
        """The amounts that may stand in another column, each with that column."""
        for line, row in self.lines:
            if row in self.money:
                found = wavering(at[line.page], line.words, self.cost, _marked(self.form, line, row))
                yield from ((word, column) for word, column in found if _is_amount(word.text) and word.number not in self.pinned)

    def uncertain(self, placed: Sequence[tuple[Word, int]]) -> Iterator[tuple[Word, int]]:
        """The amounts beside an empty cell for amounts that stand as well there, each with that cell's column: those of
        their own column end elsewhere."""
        amounts = [(word, column, self.row_of[word.number]) for word, column in placed if self.row_of[word.number] in self.money and word.number not in self.pinned and _is_amount(word.text)]
        held = {(self.row_of[word.number], column) for word, column in placed}
        lacking = {row: [column for column in range(len(self.division)) if (row, column) not in held and self._holds_amounts(row, column)] for _, _, row in amounts}
        telling = [(word, column, row) for word, column, row in amounts if not lacking[row]] or amounts
        for word, column, row in amounts:
            empty = [near for near in (column - 1, column + 1) if near in lacking[row]]
            away = {near: _away(word, [other for other, its, where in telling if its == near and where != row and other.page == word.page]) for near in (column, *empty)}
            yield from ((word, near) for near in empty if away[column] > ALIGNED and away[near] < away[column] + CLEAR)

    def _holds_amounts(self, row: int, column: int) -> bool:
        name = self.form.layout.at(row, self.division[column][0]).only_hole
        return name is not None and self.form.fields[name].type in MONEY

    def amounts(self, bands: Sequence[Band], placed: Sequence[tuple[Word, int]]) -> list[Line]:
        """The rows of amounts: what stands in each that is one, and beside it."""
        heads = [one for band in bands if band.row not in self.money for one in band.seen]
        captions = {one.cell.column: (one.x + one.end) / 2 for one in heads}
        found = []
        for row in sorted(self.money):
            own = [(word, column) for word, column in placed if self.row_of[word.number] == row]
            texts = {word.number: column for word, column in own if word.number not in self.pinned and self._holds_text(row, column) and not is_amount(word.text)}
            inside = {word.number: column for line, each in self.lines if each == row for word, column in pieces(line, texts, {word.number: column for word, column in own})}
            free = [word for word, _ in own if word.number not in self.pinned and word.number not in inside]
            amounts = amounts_of(free)
            taken = {word.number for amount in amounts for word in amount.words}
            cells = [Place(column, self._is_constant(row, column), captions.get(begin)) for column, (begin, _) in enumerate(self.division) if self._holds_amounts(row, column) or self._is_constant(row, column)]
            found.append(Line(row, amounts, tuple((word, inside.get(word.number, column)) for word, column in own if word.number not in taken), tuple(cells)))
        return found

    def fits(self, word: Word, row: int, column: int) -> float:
        """What it costs by its text that an amount stands in a column."""
        return _cost(self.form, word, self.form.layout.at(row, self.division[column][0]), True)

    def _is_constant(self, row: int, column: int) -> bool:
        cell = self.form.layout.at(row, self.division[column][0])
        return bool(cell.parts) and not cell.caption and not cell.holes

    def _holds_text(self, row: int, column: int) -> bool:
        name = self.form.layout.at(row, self.division[column][0]).only_hole
        return name is not None and self.form.fields[name].type not in MONEY

    def is_long(self, row: int, column: int) -> bool:
        """True for the cell of a long text."""
        name = self.form.layout.at(row, self.division[column][0]).only_hole
        return name is not None and self.form.fields[name].type == "paragraphs"

    def align(self, placed: Sequence[tuple[Word, int]]) -> None:
        """Notes where the amounts of each column end: long ones tell it, for short ones may be in the column beside."""
        for word, column in placed:
            if self.row_of[word.number] in self.money and word.number not in self.pinned and len(word.text) >= TELLING and parse_number(word.text) is not None:
                self.ends[word.page, column] = max(word.end, self.ends.get((word.page, column), 0))


def _read(form: Form, rows: Sequence[Row], bands: Sequence[Band], taken: set[int], found: Cells) -> None:
    lines = [(rows[number], band.row) for band in bands for number in range(band.first, band.last)]
    row_of = {word.number: row for line, row in lines for word in line.words}
    pinned = {word.number: one.cell.column for band in bands for one in band.seen for word in one.words}
    money = {band.row for band in bands if any(form.fields[name].type in MONEY for cell in form.layout.in_row(band.row) for name in cell.holes)}
    heads = {one.cell.column: one for band in bands for one in band.seen if not any(cell.only_hole for cell in form.layout.in_row(band.row))}
    group = _Group(form, _division(form, bands[0].row), lines, row_of, pinned, money, {}, heads)
    found.row_of |= row_of
    at: dict[int, Ruler] = {}
    for page in dict.fromkeys(line.page for line, _ in lines):
        words = [word for line, _ in lines if line.page == page for word in line.words]
        at[page] = ruler(words, len(group.division), group.cost, next(reversed(at.values()), None), deep=INSIDE)
    placed = group.placed(at)
    if money:
        group.align(placed)
        placed = group.placed(at)
        settled = settle(group.amounts(bands, placed), group.fits)
        placed = [(word, settled.columns.get(word.number, column)) for word, column in placed]
        column_of = {word.number: column for word, column in placed}
        unsure = [(word, other) for word, other in (*group.wavering(at), *group.uncertain(placed)) if row_of[word.number] not in settled.rows]
        for word, other in (*unsure, *settled.unsure):
            found.wavering.extend((word, form.layout.at(row_of[word.number], group.division[column][0])) for column in (column_of[word.number], other))
    placed = _beside(group, placed, found)
    for word, column in placed:
        if word.number not in taken:
            _put(word, row_of[word.number], form.layout.at(row_of[word.number], group.division[column][0]), found)


def _beside(group: _Group, placed: Sequence[tuple[Word, int]], found: Cells) -> list[tuple[Word, int]]:
    """Each word with its column, those of texts beside each other by the widths of their lines; notes what may be either's."""
    columns = {word.number: column for word, column in placed}
    for row in dict.fromkeys(row for _, row in group.lines):
        long = [at for at in range(len(group.division)) if group.is_long(row, at)]
        for left, right in ((one, other) for one, other in pairwise(long) if other == one + 1):
            parted = levelled([line for line, own in group.lines if own == row], {number: at for number, at in columns.items() if number not in group.pinned}, left, right)
            columns |= parted.columns
            for word, other in parted.unsure:
                found.wavering.extend((word, group.form.layout.at(row, group.division[at][0])) for at in (columns[word.number], other))
    return [(word, columns[word.number]) for word, _ in placed]


def _put(word: Word, row: int, cell: Cell, found: Cells) -> None:
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
        return NUMBER if money and (_is_amount(word.text) or word.text in PERCENT) else 0.1
    if word.text in PERCENT:
        return 0.0 if one.type == "percent" else 2.0
    bare = one.type == "percent" and money and parse_number(word.text) is not None
    return NUMBER if bare else 0.0 if _fits(word.text, one) else 2.0


def _away(word: Word, others: Sequence[Word]) -> float:
    """How far an amount ends from where the nearest of these does; a mark, how far its middle is from what they cover."""
    if is_mark(word.text):
        middle = (word.x + word.end) / 2
        return min((max(other.x - middle, middle - other.end, 0.0) for other in others), default=FAR)
    return min((abs(other.end - word.end) for other in others if not is_mark(other.text)), default=FAR)


def _is_amount(text: str) -> bool:
    return is_mark(text) or parse_number(text) is not None


def _fits(text: str, one: Field) -> bool:
    if is_mark(text):
        return True
    return parse_date(text) is not None if one.type == "date" else (parse_percent(text)[0] if one.type == "percent" else parse_number(text)) is not None
