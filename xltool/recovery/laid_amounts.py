"""The amounts of a form's rows in a text laid out in columns: those of one row are put into its cells together.

Amounts of a column stand below each other; a long caption may move all that stands right of it, and an amount that is
wider than its cell goes on below itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from xltool.recovery.laid_words import Row, Word
from xltool.values import is_mark, parse_number, parse_percent

REST = re.compile(r"[\d.,]*[%％]?")
"""What an amount goes on with below itself."""
DEEP = 3
"""So many lines below the begin of an amount its rest stands at most."""
UNALIGNED, ELSEWHERE, CAPTION = 0.4, 2.5, 0.1
"""What each place costs by which an amount is away from the others of its column, and the most of it; where there is
no other, from the caption of the column."""
MOVED, MOST = 0.05, 6
"""What each place costs by which a row is moved sideways, and the most places."""
EMPTY, ACROSS = 1.3, 2.0
"""What it costs that a cell which prints a mark has none where its row has marks, and that an amount stands on the
wrong side of a word of its row."""
CLOSE = 1.5
"""An amount is doubted where another reading of its row costs hardly more."""
READINGS = 2000
"""A row may be read in so many ways at most."""
Fits = Callable[[Word, int, int], float]
"""What it costs by its text that a word stands in a row of the form and a column."""


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount, a rate or a mark, with what it goes on with: its whole text, and its words."""

    text: str
    words: tuple[Word, ...]

    @property
    def x(self) -> int:
        return self.words[0].x

    @property
    def end(self) -> int:
        return self.words[0].end

    @property
    def centre(self) -> float:
        return (self.x + self.end) / 2

    @property
    def whole(self) -> Word:
        """One word of the whole text, where the amount begins."""
        first = self.words[0]
        return first if len(self.words) == 1 else Word(self.text, self.text, first.x, first.end, first.line, first.page, first.number, first.wide)


@dataclass(frozen=True, slots=True)
class Place:
    """A cell for an amount: its column, whether it prints a mark, and where the caption above it stands."""

    column: int
    constant: bool
    caption: float | None


@dataclass(frozen=True, slots=True)
class Line:
    """What a row of amounts holds: its own amounts and the words beside them with their columns."""

    row: int
    amounts: tuple[Amount, ...]
    beside: tuple[tuple[Word, int], ...]
    cells: tuple[Place, ...]


class Settled:
    """The columns of the amounts: ``columns`` by their words' numbers; ``unsure`` are those that may stand in another
    column, with it; ``rows`` are the rows that could be read."""

    def __init__(self) -> None:
        self.columns: dict[int, int] = {}
        self.unsure: list[tuple[Word, int]] = []
        self.rows: set[int] = set()


def is_amount(text: str) -> bool:
    """True for a number, a rate, or a mark that stands for none."""
    return is_mark(text) or parse_number(text) is not None or parse_percent(text)[0] is not None


def amounts_of(words: Sequence[Word]) -> tuple[Amount, ...]:
    """The amounts that these words of one row are, from the left; those below each other that are one put together."""
    found: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.line, word.x)):
        above = next((own for own in found if _goes_on(own, word)), None)
        if above is not None:
            above.append(word)
        elif is_amount(word.text):
            found.append([word])
    return tuple(sorted((Amount("".join(word.text for word in own), tuple(own)) for own in found), key=lambda one: (one.centre, one.words[0].line)))


def _goes_on(own: Sequence[Word], word: Word) -> bool:
    """True where a word below an amount is its rest: no cell holds two amounts."""
    last = own[-1]
    text = "".join(one.text for one in own) + word.text
    return (
        last.page == word.page
        and 0 < word.line - last.line <= DEEP
        and word.x < own[0].end
        and own[0].x < word.end
        and len(word.text) < len(own[0].text)
        and bool(REST.fullmatch(word.text))
        and (parse_number(text) is not None or parse_percent(text)[0] is not None)
    )


def settle(lines: Sequence[Line], fits: Fits) -> Settled:
    """The columns of the amounts of rows that are divided alike: first of the rows that lack none, by these of the others."""
    found = Settled()
    others: dict[int, dict[int, Amount]] = {line.row: dict(zip((cell.column for cell in line.cells), line.amounts, strict=True)) for line in lines if len(line.amounts) == len(line.cells)}
    for _ in range(2):
        read = {line.row: best for line in lines if (best := _best(line, [own for row, own in others.items() if row != line.row], fits))}
        others = {line.row: dict(zip(read[line.row][0], line.amounts, strict=True)) for line in lines if line.row in read}
    for line in lines:
        if line.row not in read:
            continue
        found.rows.add(line.row)
        columns, unsure = read[line.row]
        for amount, column, other in zip(line.amounts, columns, unsure, strict=True):
            found.columns |= {word.number: column for word in amount.words}
            if other is not None:
                found.unsure.append((amount.words[0], other))
    return found


def _best(line: Line, others: Sequence[Mapping[int, Amount]], fits: Fits) -> tuple[tuple[int, ...], list[int | None]] | None:
    """The columns of a row's amounts, and for each another column in which it may stand as well; None where the row
    has too many."""
    known = {cell.column: [own[cell.column] for own in others if cell.column in own] for cell in line.cells}
    readings = []
    for number, chosen in enumerate(combinations(line.cells, len(line.amounts))):
        if number > READINGS:
            return None
        readings.append((_cost(line, chosen, known, fits), tuple(cell.column for cell in chosen)))
    if not readings or not line.amounts:
        return None
    least, best = min(readings)
    unsure: list[int | None] = []
    for at, column in enumerate(best):
        near = min(((cost, own[at]) for cost, own in readings if own[at] != column and cost - least < CLOSE), default=None)
        unsure.append(near[1] if near else None)
    return best, unsure


def _cost(line: Line, chosen: Sequence[Place], known: Mapping[int, Sequence[Amount]], fits: Fits) -> float:
    """What it costs that a row's amounts stand in these cells."""
    pairs = list(zip(line.amounts, chosen, strict=True))
    cost = sum(fits(amount.whole, line.row, cell.column) for amount, cell in pairs)
    cost += ACROSS * sum(_across(amount, cell.column, line.beside) for amount, cell in pairs)
    if any(is_mark(amount.text) for amount in line.amounts):
        cost += EMPTY * sum(cell.constant and cell not in chosen for cell in line.cells)
    return cost + min(MOVED * abs(moved) + sum(_away(amount, moved, known[cell.column], cell) for amount, cell in pairs) for moved in range(-MOST, MOST + 1))


def _away(amount: Amount, moved: int, others: Sequence[Amount], cell: Place) -> float:
    """What it costs that an amount, its row moved so far, is not below the others of its column."""
    if not others:
        return 0.0 if cell.caption is None else min(ELSEWHERE, CAPTION * abs(amount.centre - moved - cell.caption))
    return min(ELSEWHERE, UNALIGNED * min(_apart(amount, moved, other) for other in others))


def _apart(amount: Amount, moved: int, other: Amount) -> float:
    """How far from below another an amount is: they end at one place, or one is centred on the other."""
    centred = abs(amount.centre - moved - other.centre)
    return centred if is_mark(amount.text) != is_mark(other.text) and other.x <= amount.centre - moved <= other.end else min(centred, abs(amount.end - moved - other.end))


def _across(amount: Amount, column: int, beside: Sequence[tuple[Word, int]]) -> int:
    """How many words of its row an amount stands on the wrong side of."""
    return sum(word.end <= amount.x if at > column else word.x >= amount.end for word, at in beside if at != column)


def pieces(line: Row, of_texts: Mapping[int, int], placed: Mapping[int, int]) -> Iterator[tuple[Word, int]]:
    """The numbers of a line that are words of a text one blank beside them, with its column; ``of_texts`` are the columns
    of the words that stand in texts, ``placed`` those in which the words seem to stand. Before a text's first word a
    number may be the one of the cell beside."""
    for at, word in enumerate(line.words):
        if not is_amount(word.text) or is_mark(word.text):
            continue
        before = of_texts.get(line.words[at - 1].number) if at and not word.wide else None
        then = line.words[at + 1] if at + 1 < len(line.words) else None
        behind = of_texts.get(then.number) if then and not then.wide else None
        if before is not None or (behind is not None and behind == placed.get(word.number)):
            yield word, before if before is not None else placed[word.number]
