"""The columns of words in a text laid out in columns, by the rows that they make: a word goes into the column beside where
the row then costs less, as where its name has none and its value has words too many."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from xltool.form import Form
from xltool.recovery.laid_effort import ROWS, Effort
from xltool.recovery.laid_list import GROUP, NAME, NUMBER, SPAN, TARGET, Column, strange
from xltool.recovery.laid_near import Near, Parts
from xltool.recovery.laid_row_costs import widths_of
from xltool.recovery.laid_rows import Parted, Scales, part, weighed
from xltool.recovery.laid_words import Row, Word

ROUNDS = 3
LIKELY = 0.5
"""What costs no more among labels is one."""
GAIN, CLEAR = 0.5, 1.5
"""By so much less a reading costs that is taken instead; a word is no longer doubted that costs so much more in the
other column."""
FEW = 4
"""A row lacks what hardly one in so many others lacks."""


@dataclass(frozen=True, slots=True)
class _Move:
    """Words of one line that may stand in other columns, each with its own."""

    line: int
    words: tuple[Word, ...]
    columns: tuple[int, ...]


def _move(line: int, words: Sequence[Word], column: int) -> _Move:
    """Words of one line that may all stand in another column."""
    return _Move(line, tuple(words), (column,) * len(words))


def settled(parts: Parts, rows: Sequence[Row], form: Form, columns: Sequence[Column], known: frozenset[str]) -> tuple[Parts, Parted, bool]:
    """The words of each column, the rows that they make, and whether other columns of theirs are left untried."""
    trial = _Trial(parts.near, form, columns, known, rows, [list(map(list, cells)) for cells in parts.cells], Scales((), {}, Effort(ROWS)), {row.line: at for at, row in enumerate(rows)}, {})
    parted = trial.part()
    for _ in range(ROUNDS):
        moved = sum(trial.take(move, parted) for move in (*trial.wavers(parts.wavering), *trial.shifted(parted), *trial.strange(parted)))
        if not moved:
            break
        parted = trial.part()
    wavering = {number: column for number, column in {**parts.wavering, **trial.moved}.items() if trial.wavers_still(number, column, parted)}
    return replace(parts, cells=trial.cells, wavering=wavering), parted, trial.scales.effort.spent


@dataclass(slots=True)
class _Trial:
    """The lines of a list with the words of each column, what its rows are weighed with, the place of each line by its number, and the
    words that were moved for little, by their numbers, with the columns they stood in."""

    near: Near
    form: Form
    columns: Sequence[Column]
    known: frozenset[str]
    rows: Sequence[Row]
    cells: list[list[list[Word]]]
    scales: Scales
    places: Mapping[int, int]
    moved: dict[int, int]

    def part(self) -> Parted:
        """The rows of the list."""
        lined = list(zip(self.rows, self.cells, strict=True))
        widths = widths_of(self.columns, [(row, own) for row, own in lined if any(own[at] and one.kind not in (SPAN, GROUP) for at, one in enumerate(self.columns))])
        self.scales = Scales(widths, {}, self.scales.effort)
        return part(self.form, self.columns, lined, self.known)

    def wavers(self, wavering: Mapping[int, int]) -> Iterator[_Move]:
        """The words that may stand in another column."""
        for line, row in enumerate(self.rows):
            yield from (_move(line, (word,), wavering[word.number]) for word in row.words if word.number in wavering)

    def shifted(self, parted: Parted) -> Iterator[_Move]:
        """What may stand a column further on lines of rows that lack what their columns hold: cells beside each other moved
        together towards the empty one."""
        lacking = [at for at, one in enumerate(self.columns) if one.kind in (NAME, TARGET, NUMBER) and sum(not cut.cells[at] for cut in parted.cuts) * FEW < len(parted.cuts)]
        for cut in parted.cuts:
            for at in (at for at in lacking if not cut.cells[at]):
                for line in range(self.places[cut.first], self.places[cut.last] + 1):
                    yield from (move for step in (1, -1) for move in self._towards(line, at, step))

    def _towards(self, line: int, empty: int, step: int) -> Iterator[_Move]:
        """The moves by which cells on one side of an empty one each go one column towards it; the furthest may be parted."""
        moved: list[Word] = []
        at = empty + step
        while 0 <= at < len(self.columns) and self.columns[at].kind not in (SPAN, GROUP) and (own := self.cells[line][at]):
            for count in range(1, len(own) + 1):
                words = [*moved, *own[:count]] if step > 0 else [*own[-count:], *moved]
                yield _Move(line, tuple(words), tuple(self.near.column[word.number] - step for word in words))
            moved = [*moved, *own] if step > 0 else [*own, *moved]
            at += step

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
                    yield from (_move(line, words[cut_at:], to) for to in range(at + 1, self._furthest(at, 1) + 1))
                    yield from (_move(line, words[: cut_at + 1], to) for to in range(self._furthest(at, -1), at))

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
        """True where the words go into the other columns, for that costs less; a line drawn to one side moves all its cells,
        so what they cost together for standing elsewhere counts once."""
        if self.scales.effort.spent or not self._fits(move):
            return False
        window = self._window(move.line, parted)
        before, own = self._weight(window), self._held(move)
        self._put(move)
        after = self._weight(window)
        gain = (before[0] - after[0]) / len(set(own)) + before[1] - after[1]
        if gain > GAIN:
            self.moved |= {word.number: column for word, column in zip(move.words, own, strict=True) if gain < CLEAR}
            return True
        self._restore(move, own)
        return False

    def wavers_still(self, number: int, column: int, parted: Parted) -> bool:
        """True for a word that may stand in another column by the rows it makes there too."""
        line, word = next((line, word) for line, row in enumerate(self.rows) for word in row.words if word.number == number)
        move = _move(line, (word,), column)
        if self.near.column[number] == column or not self._fits(move):
            return False
        if SPAN in (kinds := (self.columns[self.near.column[number]].kind, self.columns[column].kind)) or GROUP in kinds or self.scales.effort.spent:
            return True
        window = self._window(line, parted)
        before, own = self._weight(window), self._held(move)
        self._put(move)
        after = self._weight(window)
        self._restore(move, own)
        return sum(after) - sum(before) < CLEAR

    def _fits(self, move: _Move) -> bool:
        """True where the words stay in their order, and are not where they should go."""
        column = dict(zip((word.number for word in move.words), move.columns, strict=True))
        now = [self.near.column[word.number] for word in self.rows[move.line].words]
        then = [column.get(word.number, at) for word, at in zip(self.rows[move.line].words, now, strict=True)]
        return then != now and all(one <= other for one, other in pairwise(then))

    def _window(self, line: int, parted: Parted) -> tuple[int, int]:
        """The lines of the rows at a line and of those before and behind."""
        firsts = sorted({0, len(self.rows), *(self.places[cut.first] for cut in parted.cuts)})
        at = max(number for number, first in enumerate(firsts) if first <= line)
        return firsts[max(0, at - 1)], firsts[min(len(firsts) - 1, at + 2)]

    def _weight(self, window: tuple[int, int]) -> tuple[float, float]:
        """What it costs that words stand where they do, and what the rows cost that they make."""
        first, last = window
        lined = list(zip(self.rows[first:last], self.cells[first:last], strict=True))
        return sum(self.near.cost(row) for row in self.rows[first:last]), weighed(self.form, self.columns, lined, self.known, self.scales)

    def _held(self, move: _Move) -> list[int]:
        return [self.near.column[word.number] for word in move.words]

    def _put(self, move: _Move) -> None:
        self._restore(move, move.columns)

    def _restore(self, move: _Move, columns: Sequence[int]) -> None:
        """Puts each of the words into the column that is said."""
        self.near.column.update(zip((word.number for word in move.words), columns, strict=True))
        words = self.rows[move.line].words
        self.cells[move.line] = [[word for word in words if self.near.column[word.number] == at] for at in range(len(self.columns))]
