"""The columns of words in a text laid out in columns, by the rows that they make: a word goes into the column beside where
the row then costs less, as where its name has none and its value has words too many."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from xltool.form import Form
from xltool.recovery.laid_list import GROUP, NAME, SPAN, TARGET, Column, strange
from xltool.recovery.laid_near import Near, Parts
from xltool.recovery.laid_rows import Parted, part, weighed, widths_of
from xltool.recovery.laid_words import Row, Word

ROUNDS = 3
LIKELY = 0.5
"""What costs no more among labels is one."""
GAIN, CLEAR = 0.5, 1.5
"""By so much less a reading costs that is taken instead; a word is no longer doubted that costs so much more in the
other column."""
MOST = 150
"""So many readings are tried in a list at most."""


@dataclass(frozen=True, slots=True)
class _Move:
    """Words of one line that may stand in another column."""

    line: int
    words: tuple[Word, ...]
    column: int


def settled(parts: Parts, rows: Sequence[Row], form: Form, columns: Sequence[Column], known: frozenset[str]) -> tuple[Parts, Parted]:
    """The words of each column, and the rows that they make."""
    trial = _Trial(parts.near, form, columns, known, rows, [list(map(list, cells)) for cells in parts.cells], [], {row.line: at for at, row in enumerate(rows)})
    parted = trial.part()
    for _ in range(ROUNDS):
        moved = sum(trial.take(move, parted) for move in (*trial.wavers(parts.wavering), *trial.strange(parted)))
        if not moved:
            break
        parted = trial.part()
    wavering = {number: column for number, column in parts.wavering.items() if trial.wavers_still(number, column, parted)}
    return replace(parts, cells=trial.cells, wavering=wavering), parted


@dataclass(slots=True)
class _Trial:
    """The lines of a list with the words of each column, how wide these are, and the place of each line by its number."""

    near: Near
    form: Form
    columns: Sequence[Column]
    known: frozenset[str]
    rows: Sequence[Row]
    cells: list[list[list[Word]]]
    widths: list[int]
    places: Mapping[int, int]
    tried: int = 0

    def part(self) -> Parted:
        """The rows of the list."""
        lined = list(zip(self.rows, self.cells, strict=True))
        self.widths = widths_of(self.columns, [(row, own) for row, own in lined if any(own[at] and one.kind not in (SPAN, GROUP) for at, one in enumerate(self.columns))])
        return part(self.form, self.columns, lined, self.known)

    def wavers(self, wavering: Mapping[int, int]) -> Iterator[_Move]:
        """The words that may stand in another column."""
        for line, row in enumerate(self.rows):
            yield from (_Move(line, (word,), wavering[word.number]) for word in row.words if word.number in wavering)

    def strange(self, parted: Parted) -> Iterator[_Move]:
        """What may stand elsewhere on lines that are no row's, and on those of rows that lack a name or a value, or have one
        with words too many."""
        lines = {self.places[word.line] for word in parted.loose}
        for cut in parted.cuts:
            if any(self._is_strange(at, cut.cells[at]) for at in range(len(self.columns)) if any(cut.cells[own] for own in self._beside(at))):
                lines.update(range(self.places[cut.first] - 1, self.places[cut.last] + 2))
        for line in sorted(lines & set(range(len(self.rows)))):
            for at, words in enumerate(self.cells[line]):
                if self.columns[at].kind == GROUP and all(self.near.measure.cost(word, at, False) < LIKELY for word in words):
                    continue
                for cut_at in range(len(words)):
                    yield from (_Move(line, tuple(words[cut_at:]), to) for to in range(at + 1, self._furthest(at, 1) + 1))
                    yield from (_Move(line, tuple(words[: cut_at + 1]), to) for to in range(self._furthest(at, -1), at))

    def _furthest(self, at: int, step: int) -> int:
        """The column up to which what stands in one may go: the one beside, and the next where that holds labels."""
        beside = min(max(at + step, 0), len(self.columns) - 1)
        return min(max(beside + step, 0), len(self.columns) - 1) if self.columns[beside].kind == GROUP else beside

    def _beside(self, at: int) -> list[int]:
        """The own columns of the list that a column belongs to."""
        name = self.columns[at].field
        return [number for number, one in enumerate(self.columns) if name and any(name in spec.own and one.field in spec.own for spec in self.form.lists.values())]

    def _is_strange(self, at: int, words: Sequence[Word]) -> bool:
        kind = self.columns[at].kind
        return kind in (NAME, TARGET) and (not words or strange(kind, words, self.form) is not None)

    def take(self, move: _Move, parted: Parted) -> bool:
        """True where the words go into the other column, for that costs less."""
        if self.tried >= MOST or not self._fits(move):
            return False
        window = self._window(move.line, parted)
        before, own = self._weight(window), self._held(move)
        self._put(move)
        if self._weight(window) < before - GAIN:
            return True
        self._restore(move, own)
        return False

    def wavers_still(self, number: int, column: int, parted: Parted) -> bool:
        """True for a word that may stand in another column by the rows it makes there too."""
        line, word = next((line, word) for line, row in enumerate(self.rows) for word in row.words if word.number == number)
        move = _Move(line, (word,), column)
        if self.near.column[number] == column or not self._fits(move):
            return False
        if SPAN in (kinds := (self.columns[self.near.column[number]].kind, self.columns[column].kind)) or GROUP in kinds or self.tried >= MOST:
            return True
        window = self._window(line, parted)
        before, own = self._weight(window), self._held(move)
        self._put(move)
        after = self._weight(window)
        self._restore(move, own)
        return after - before < CLEAR

    def _fits(self, move: _Move) -> bool:
        """True where the words stay in their order, and are not where they should go."""
        row = self.rows[move.line]
        first, last = row.words.index(move.words[0]), row.words.index(move.words[-1])
        column = self.near.column
        left = column[row.words[first - 1].number] if first else 0
        right = column[row.words[last + 1].number] if last + 1 < len(row.words) else len(self.columns)
        return left <= move.column <= right and any(column[word.number] != move.column for word in move.words)

    def _window(self, line: int, parted: Parted) -> tuple[int, int]:
        """The lines of the rows at a line and of those before and behind."""
        firsts = sorted({0, len(self.rows), *(self.places[cut.first] for cut in parted.cuts)})
        at = max(number for number, first in enumerate(firsts) if first <= line)
        return firsts[max(0, at - 1)], firsts[min(len(firsts) - 1, at + 2)]

    def _weight(self, window: tuple[int, int]) -> float:
        first, last = window
        self.tried += 1
        lined = list(zip(self.rows[first:last], self.cells[first:last], strict=True))
        return sum(self.near.cost(row) for row in self.rows[first:last]) + weighed(self.form, self.columns, lined, self.known, self.widths)

    def _held(self, move: _Move) -> list[int]:
        return [self.near.column[word.number] for word in move.words]

    def _put(self, move: _Move) -> None:
        self._restore(move, [move.column] * len(move.words))

    def _restore(self, move: _Move, columns: Sequence[int]) -> None:
        """Puts each of the words into the column that is said."""
        self.near.column.update(zip((word.number for word in move.words), columns, strict=True))
        words = self.rows[move.line].words
        self.cells[move.line] = [[word for word in words if self.near.column[word.number] == at] for at in range(len(self.columns))]
