"""The words of a text laid out in columns: where each stands, and the text of a cell put together of its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xltool.recovery.atoms import LINE, WIDE, Atom
from xltool.recovery.paragraphs import CellLine, joined, paragraphs
from xltool.values import clean, is_wide, normal, parse_number

_VALUE = re.compile(r"[=＝═≥≧≤≦>＞<＜]|[\d.,]+[(（%％]|(?:19|20)\d\d年\d|\d{1,2}[、．.](?!\d)")

_ITEM = re.compile(r"\d{1,2}[、．.](?!\d)")


@dataclass(frozen=True, slots=True)
class Word:
    """A word from ``x`` to ``end`` of its line; ``number`` is its atom's, ``wide`` says that several blanks stand before it."""

    text: str
    key: str
    x: int
    end: int
    line: int
    page: int
    number: int
    wide: bool


@dataclass(frozen=True, slots=True)
class Row:
    """The words of one line of the text, from the left."""

    line: int
    page: int
    words: tuple[Word, ...]


def rows_of(atoms: Sequence[Atom], paged: bool) -> list[Row]:
    """The lines of a form that hold text; without ``paged`` they are of one page."""
    found: list[list[Word]] = []
    for number, atom in enumerate(atoms):
        word = Word(atom.text, atom.key, atom.x, atom.end, atom.line, atom.page if paged else 1, number, atom.gap >= WIDE)
        if found and found[-1][0].line == atom.line:
            found[-1].append(word)
        else:
            found.append([word])
    return [Row(words[0].line, words[0].page, tuple(words)) for words in found]


def without(rows: Iterable[Row], gone: set[int]) -> list[Row]:
    """The rows without the words of these numbers; rows that hold no others are gone too."""
    kept = (Row(row.line, row.page, tuple(word for word in row.words if word.number not in gone)) for row in rows)
    return [row for row in kept if row.words]


def cell_lines(words: Sequence[Word]) -> list[CellLine]:
    """The lines of a cell."""
    lines: dict[int, list[Word]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    return [CellLine(clean(" ".join(word.text for word in own)), line, LINE, 0, 0) for line, own in sorted(lines.items())]


def text_of(words: Sequence[Word]) -> str:
    """The text of a cell that holds no paragraphs."""
    return joined(cell_lines(words))


def long_text_of(words: Sequence[Word]) -> str:
    """The text of a cell of paragraphs."""
    return paragraphs(cell_lines(words))


def apart(word: Word, then: Word) -> bool:
    """True where no cell goes on from a word to the next of its line: several blanks, one between Chinese characters or
    two numbers, one before a value with its sign or unit, or before a numbered item."""
    return then.wide or (_is_number(word.text) and _is_number(then.text)) or (is_wide(word.text[-1:]) and (is_wide(then.text[:1]) or bool(_VALUE.match(then.text))))


def _is_number(text: str) -> bool:
    return text[-1:].isdigit() and parse_number(text) is not None


def beside(words: Sequence[Word]) -> Word | None:
    """The first word of a cell that stands beside another on its line as if in a cell of its own; none where all is
    well."""
    return next((then for word, then in zip(words, words[1:], strict=False) if word.line == then.line and apart(word, then)), None)


def set_off(word: Word, then: Word) -> bool:
    """True where one blank stands between Chinese and other characters: as between cells, and inside one."""
    return not apart(word, then) and mixed(word, then)


def mixed(word: Word, then: Word) -> bool:
    """True where Chinese and other characters stand beside each other."""
    return is_wide(word.text[-1:]) != is_wide(then.text[:1])


def goes_on(word: Word, then: Word) -> bool:
    """True where one blank stands between Chinese and other characters, even those of a value (保持在 90%), but no item of a
    text begins."""
    return not then.wide and mixed(word, then) and not _ITEM.match(then.text)


def alone(words: Sequence[Word]) -> list[Word]:
    """The words of a cell but those that one blank parts from other characters beside them: 实现 189 家."""
    inside = {one.number for word, then in zip(words, words[1:], strict=False) if word.line == then.line and set_off(word, then) for one in (word, then)}
    return [word for word in words if word.number not in inside]


def bracketed(word: Word, then: Word) -> bool:
    """True where a bracket that a word opens is closed in the next, one blank behind it."""
    left, right = normal(word.text), normal(then.text)
    return not then.wide and left.count("(") > left.count(")") and right.count("(") < right.count(")")


def middle(words: Sequence[Word]) -> float:
    """The line that the middle of some words stands on."""
    lines = [word.line for word in words]
    return (min(lines) + max(lines)) / 2
