"""The labels of a list that narrow columns wrap, in a text laid out in columns: parts below each other that make a level name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xltool.recovery.laid_words import Row, Word
from xltool.recovery.vocabulary import Levels

DEEP = 3
"""So many lines below one part of a label the next stands at most."""
ASIDE = 5.0
"""So far from below a part the next stands at most, and twice as far behind a page's end: the parts of a label are centred."""
APART, PAGE = 1.0, 4.0
"""What each line between two parts costs, and a page's end, in places sideways."""
HEAD = 12
"""So many lines below a part the next stands at most where a page's end is between them."""


def wrapped_labels(rows: Sequence[Row], levels: Levels) -> list[tuple[str, tuple[Word, ...]]]:
    """The labels that stand on several lines, each with the spelling of its name: of those that share a part the one whose
    parts stand below each other best."""
    keys = sorted(key for key in levels.keys if key.endswith(levels.ending) and len(key) > len(levels.ending))
    found = sorted((one for at, row in enumerate(rows) for word in row.words for one in _from(rows, at, (word,), keys, 0.0)), key=lambda one: (one[0], one[2][0].number))
    taken: set[int] = set()
    labels = []
    for _, key, words in found:
        if taken.isdisjoint(word.number for word in words):
            taken |= {word.number for word in words}
            labels.append((key, words))
    return labels


def _from(rows: Sequence[Row], at: int, words: tuple[Word, ...], keys: Sequence[str], cost: float) -> Iterator[tuple[float, str, tuple[Word, ...]]]:
    """The labels that begin with these words, the last of them in this row, with how far off their parts are."""
    begun = "".join(word.key for word in words)
    open_keys = [key for key in keys if key.startswith(begun)]
    if not open_keys:
        return
    if len(words) > 1 and begun in open_keys:
        yield cost, begun, words
    last = words[-1]
    for then in range(at + 1, len(rows)):
        over = rows[then].page - last.page
        if over > 1 or rows[then].line - last.line > (HEAD if over else DEEP):
            return
        for word in rows[then].words:
            aside = abs(word.x + word.end - last.x - last.end) / 2
            if aside <= ASIDE * (1 + over) and any(key.startswith(begun + word.key) for key in open_keys):
                yield from _from(rows, then, (*words, word), keys, cost + aside + (PAGE if over else APART * (rows[then].line - last.line - 1)))
