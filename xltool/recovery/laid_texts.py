"""Long texts side by side in a text laid out in columns, where but one blank parts their lines: full lines are equally wide.

A wrapped text fills its lines; what is wider than the others of its cell has words of the cell beside.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xltool.picture import display_width
from xltool.recovery.laid_words import Row, Word, apart, set_off

OVER, UNDER, SHORT = 1.0, 0.15, 12
"""What each place costs by which a line is wider than its text, and by which it is narrower, so many at most; none where it
ends a sentence."""
BROKEN, COUNTED = 0.5, 0.5
"""What it costs that a text ends between words that a typesetter's blank parts, and that it ends behind a number."""
SLACK = 1
"""A line may be so many places wider than the others: marks hang over its end."""
CLOSE = 0.7
"""A line is doubted that hardly more cost parts elsewhere."""
STOPS = "。！？；!?;…”）》"
"""What a paragraph ends with."""
FEW = 2
"""So few lines of a text tell no width."""


@dataclass(frozen=True, slots=True)
class Beside:
    """The columns of the words that stand elsewhere than they seem to, by their numbers; the words next to which a line may
    end as well, each with the column that it may stand in."""

    columns: Mapping[int, int]
    unsure: tuple[tuple[Word, int], ...]


def levelled(lines: Sequence[Row], placed: Mapping[int, int], left: int, right: int) -> Beside:
    """The words of the lines of two texts beside each other, of these columns, by how wide the lines of each are."""
    runs = [run for line in lines for run in _runs(line, placed, (left, right))]
    widths = [_width(_own(runs, placed, column)) for column in (left, right)]
    columns: dict[int, int] = {}
    unsure: list[tuple[Word, int]] = []
    if None in widths or not any(placed[run[0].number] == left for run in runs):
        return Beside({}, ())
    for run in runs:
        now = sum(placed[word.number] == left for word in run)
        if now in (0, len(run)):
            continue
        costs = {at: _cost(run, at, widths) for at in _ends(run, now)}
        best = min(costs, key=lambda at: (costs[at], at != now))
        columns |= {word.number: left if number < best else right for number, word in enumerate(run) if (number < best) != (number < now)}
        near = [at for at, cost in costs.items() if at != best and cost - costs[best] < CLOSE]
        unsure.extend((run[number], right if at <= number else left) for at in near for number in range(min(at, best), max(at, best)))
    return Beside(columns, tuple(unsure))


def _runs(line: Row, placed: Mapping[int, int], columns: tuple[int, int]) -> list[list[Word]]:
    """The words of two columns on a line, parted where several blanks stand."""
    found: list[list[Word]] = []
    for word in line.words:
        if placed.get(word.number) not in columns:
            continue
        if found and not word.wide and placed[found[-1][-1].number] <= placed[word.number]:
            found[-1].append(word)
        else:
            found.append([word])
    return found


def _own(runs: Sequence[Sequence[Word]], placed: Mapping[int, int], column: int) -> list[Sequence[Word]]:
    """What seems to be of a column in each run."""
    parts = ([word for word in run if placed[word.number] == column] for run in runs)
    return [part for part in parts if part]


def _wide(words: Sequence[Word]) -> int:
    return sum(display_width(word.text) for word in words) + len(words) - 1


def _width(lines: Sequence[Sequence[Word]]) -> int | None:
    """How wide a column is: its widest line but one, for one may have a word of the other; none where too few tell it."""
    return sorted(map(_wide, lines))[-2] if len(lines) > FEW else None


def _ends(run: Sequence[Word], now: int) -> list[int]:
    """Where the left text may end in a run: where it seems to, and between its words; where two of them cannot be of one cell
    there alone."""
    apart_at = [at for at in range(1, len(run)) if apart(run[at - 1], run[at])]
    if apart_at:
        return sorted({now, *apart_at})
    return sorted({now, 0, len(run), *(at for at in range(1, len(run)) if set_off(run[at - 1], run[at]))})


def _cost(run: Sequence[Word], at: int, widths: Sequence[int | None]) -> float:
    """What it costs that the left text has the first ``at`` words of a run."""
    cost = 0.0
    for own, width in zip((run[:at], run[at:]), widths, strict=True):
        if own and width is not None:
            over = _wide(own) - width
            cost += OVER * max(0, over - SLACK) + UNDER * min(SHORT, max(0, -over)) * (own[-1].text[-1:] not in STOPS)
    if 0 < at < len(run) and set_off(run[at - 1], run[at]):
        cost += BROKEN + COUNTED * run[at - 1].text.isdigit()
    return cost
