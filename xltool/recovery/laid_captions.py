"""The captions of a form in a text laid out in columns: on one line, or on lines below each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from xltool.form import Form
from xltool.layout import Cell
from xltool.recovery.grid_captions import Anchor, Printed, anchors_of
from xltool.recovery.laid_words import Row, Word, middle, text_of
from xltool.values import caption_key

TALL = 4
"""A caption has no more lines than these."""
APART = 2
"""Its lines are so many lines apart at most: what stands beside may lie between."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A caption in the text: its cell of the layout, its words, and the texts of its holes."""

    cell: Cell
    words: tuple[Word, ...]
    holes: Mapping[str, str]

    @property
    def y(self) -> float:
        return middle(self.words)

    @property
    def top(self) -> int:
        return min(word.line for word in self.words)

    @property
    def x(self) -> int:
        return min(word.x for word in self.words)

    @property
    def end(self) -> int:
        return max(word.end for word in self.words)


class Spellings:
    """The spellings of a form's captions; answers which a text is or begins."""

    def __init__(self, form: Form) -> None:
        self.anchors = anchors_of(form)
        self.keys: dict[str, list[Anchor]] = {}
        self.patterns: list[tuple[str, Anchor, Printed]] = []
        self.beginnings: set[str] = set()
        for anchor in self.anchors:
            for key in anchor.keys:
                self.keys.setdefault(key, []).append(anchor)
                self.beginnings.update(key[:at] for at in range(1, len(key)))
            for printed in anchor.printed:
                self.patterns.append((printed.head, anchor, printed))
                self.beginnings.update(printed.head[:at] for at in range(1, len(printed.head) + 1))
        self.heads = tuple({head for head, _, _ in self.patterns if head})

    def may_begin(self, key: str) -> bool:
        """True where a caption may begin with this text."""
        return key in self.beginnings or (len(key) < 80 and key.startswith(self.heads))

    def of(self, words: Sequence[Word]) -> Iterator[Seen]:
        """Every caption that the words are."""
        key = "".join(word.key for word in words)
        for anchor in self.keys.get(caption_key(key), ()):
            yield Seen(anchor.cell, tuple(words), {})
        if not key.startswith(self.heads):
            return
        text = text_of(words)
        for head, anchor, printed in self.patterns:
            if key.startswith(head) and (holes := printed.read(text)) is not None:
                yield Seen(anchor.cell, tuple(words), holes)


_known: dict[int, tuple[Form, Spellings]] = {}


def spellings_of(form: Form) -> Spellings:
    """The spellings of a form, made once."""
    found = _known.get(id(form))
    if found is None or found[0] is not form:
        found = _known[id(form)] = (form, Spellings(form))
    return found[1]


def captions_in(form: Form, rows: Sequence[Row]) -> list[Seen]:
    """Every caption of the form that stands in these rows, from the top; one word may stand in several."""
    spellings = spellings_of(form)
    found: list[Seen] = []
    for at, row in enumerate(rows):
        for first in range(len(row.words)):
            found.extend(_from(spellings, rows, at, first, ()))
    return found


def _from(spellings: Spellings, rows: Sequence[Row], at: int, first: int, before: tuple[Word, ...]) -> Iterator[Seen]:
    """The captions that ``before`` and words of a row from ``first`` on are, and those that go on below them."""
    words = rows[at].words
    for last in range(first + 1, min(first + 6, len(words)) + 1):
        if last > first + 1 and words[last - 1].x - words[last - 2].end > 1:
            return
        own = (*before, *words[first:last])
        yield from spellings.of(own)
        key = "".join(word.key for word in own)
        if not spellings.may_begin(key):
            return
        if len({word.line for word in own}) < TALL:
            yield from _below(spellings, rows, at, own, (words[first].x, words[last - 1].end))


def _below(spellings: Spellings, rows: Sequence[Row], at: int, own: tuple[Word, ...], span: tuple[int, int]) -> Iterator[Seen]:
    for then in range(at + 1, min(at + 1 + APART, len(rows))):
        if rows[then].line - rows[at].line > APART or rows[then].page != rows[at].page:
            return
        for number, word in enumerate(rows[then].words):
            if word.x < span[1] and word.end > span[0]:
                yield from _from(spellings, rows, then, number, own)
                return
