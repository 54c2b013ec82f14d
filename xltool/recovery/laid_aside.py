"""The head of a list that is printed beside a text, in a text laid out in columns.

A cell that is higher than its page leaves no room for the head below it: some programs print the head right of the
text, cut the text off where a page ends, and begin the list behind it on the next.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import takewhile

from xltool.form import Form
from xltool.recovery.laid_captions import Seen
from xltool.recovery.laid_words import Row, Word

LINES, LONG = 2, 6
"""So many lines of text stand beside a head that is printed there, at least, each with a word of so many characters."""
Told = Mapping[int, tuple[Seen, ...]]
"""The captions in which each row of the form is told."""


def below(form: Form, rows: Sequence[Row], told: Told) -> tuple[list[Row], Told, frozenset[int]]:
    """The rows with such heads on a line of their own at the end of their page, the captions there, and the rows of
    the form that those heads are."""
    found: set[int] = set()
    moved, seen = list(rows), dict(told)
    for head in sorted({block.row - 1 for block in form.blocks} & set(told)):
        if _is_aside(moved, seen[head]):
            found.add(head)
            moved, seen = _moved(moved, seen, head)
    return moved, seen, frozenset(found)


def _is_aside(rows: Sequence[Row], head: Sequence[Seen]) -> bool:
    """True for a head that stands right of several lines of a text which goes on below it, before the last page."""
    own = {word.number for one in head for word in one.words}
    first, last = min(one.words[0].line for one in head), max(one.words[-1].line for one in head)
    page, left = head[0].words[0].page, min(one.x for one in head)
    beside = [row for row in rows if first <= row.line <= last and any(word.number not in own for word in row.words)]
    return (
        sum(any(len(word.key) >= LONG and word.number not in own for word in row.words) for row in beside) >= LINES
        and rows[-1].page > page
        and all(word.end < left for row in beside for word in row.words if word.number not in own)
        and any(row.page == page and row.line > last for row in rows)
    )


def _moved(rows: Sequence[Row], told: Told, head: int) -> tuple[list[Row], dict[int, tuple[Seen, ...]]]:
    """The rows and captions with the head behind the text, on the page where that ends; what follows stands a line
    further down."""
    own = sorted({word for one in told[head] for word in one.words}, key=lambda word: (word.x, word.line))
    numbers = {word.number for word in own}
    last = _last(rows, own[0].page)
    end, page = last.line + 1, last.page
    placed: dict[int, Word] = {word.number: replace(word, line=end, page=page) if word.number in numbers else replace(word, line=word.line + (word.line >= end)) for row in rows for word in row.words}
    kept = [Row(row.line + (row.line >= end), row.page, tuple(placed[word.number] for word in row.words if word.number not in numbers)) for row in rows]
    moved = [*(row for row in kept if row.words), Row(end, page, tuple(placed[word.number] for word in own))]
    seen = {row: tuple(replace(one, words=tuple(placed[word.number] for word in one.words)) for one in captions) for row, captions in told.items()}
    return sorted(moved, key=lambda row: row.line), seen


def _last(rows: Sequence[Row], page: int) -> Row:
    """The last line of a text that stands on this page: on the page behind it lines go on that begin below each other
    and hold nothing else."""
    last = next(row for row in reversed(rows) if row.page == page)
    behind = [row for row in rows if row.page == page + 1]
    text = list(takewhile(lambda row: abs(row.words[0].x - behind[0].words[0].x) <= 1 and not any(word.wide for word in row.words[1:]), behind))
    return text[-1] if len(text) >= LINES and len(text) < len(behind) else last
