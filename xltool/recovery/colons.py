"""Captions, and names of a list, that a colon parts from their value and no blank: 项目名称：某项目, 供水量：≥20(吨). So people
type a form into a message."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping

from xltool.form import Form
from xltool.recovery.atoms import SPACE, WIDE, Atom, Text, with_parts
from xltool.recovery.vocabulary import vocabulary
from xltool.values import normal, parse_target

COLONS = (":", "：", "﹕", "∶")
HABIT = 3
"""So many captions of a form with their values behind a colon are a habit; fewer may be the words of a name."""
SHORTEST, LONGEST = 3, 100
"""Letters of such a caption, its blanks included: shorter ones (得分, 原因) stand in sentences too, longer ones nowhere."""
ROWS = 4
"""So many lines that are a name, a colon and a target with a sign are rows of a list, and all like them below its first level."""
TARGET = 24
"""Letters behind the colon of such a row, at most."""


def parted_at_colons(text: Text, forms: Collection[Form]) -> Text:
    """The text, words parted behind the colon of a form's caption or a row's name, where the form's captions, or rows, stand so."""
    spoken = [(number, atom) for number, atom in enumerate(text.atoms) if any(map(atom.text.__contains__, COLONS))]
    if not spoken:
        return text
    cuts: dict[int, int] = {}
    rows = _rows(text, forms)
    for form in forms:
        keys = _keys(form)
        found = {number: at for number, atom in spoken if (at := _cut(atom, keys))}
        habit = len({text.atoms[number].text[:at] for number, at in found.items()}) >= HABIT
        cuts |= found if habit else _mostly_so(text, found)
    rows = {number: at for number, at in rows.items() if number not in cuts}
    cuts |= rows
    if not cuts:
        return text
    return with_parts(text, (_parts(atom, cuts.get(number, 0), number in rows) for number, atom in enumerate(text.atoms)))


def _mostly_so(text: Text, found: Mapping[int, int]) -> dict[int, int]:
    """Of these words, each with the place behind its colon, those that begin lines, of captions that stand by themselves less often."""
    if not found:
        return {}
    begin = {line.first for line in text.lines}
    first = {number: normal(text.atoms[number].text[:at]).rstrip(":") for number, at in found.items() if number in begin}
    spoken = Counter(first.values())
    alone = Counter(key for atom in text.atoms if (key := atom.key.rstrip(":")) in spoken)
    return {number: found[number] for number, key in first.items() if spoken[key] > alone[key]}


def _rows(text: Text, forms: Iterable[Form]) -> dict[int, int]:
    """Where the rows of a list are parted, by the last atom of their lines."""
    levels = {key for form in forms for key in vocabulary(form).levels.keys}
    first = next((at for at, atom in enumerate(text.atoms) if atom.key.rstrip(":") in levels), len(text.atoms))
    ends = [line.last - 1 for line in text.lines if line.first >= first and not line.grid]
    cuts = {number: at for number in ends if (at := _behind(text.atoms[number].text)) and normal(text.atoms[number].text[: at - 1]) not in levels}
    signed = sum(parse_target(text.atoms[number].text[at:]).operator is not None for number, at in cuts.items())
    return cuts if signed >= ROWS else {}


def _behind(text: str) -> int:
    """The place behind the last colon of a text, where a target may stand; 0 where there is none."""
    at = max(text.rfind(colon) for colon in COLONS) + 1
    return at if at > 1 and 0 < len(text) - at <= TARGET else 0


def _keys(form: Form) -> frozenset[str]:
    """The captions of a form that may have a value behind a colon."""
    return frozenset(key for key in vocabulary(form).plain if len(key) >= SHORTEST)


def _cut(atom: Atom, keys: frozenset[str]) -> int:
    """Where a word is parted: behind the last colon that a caption stands before; 0 where none does."""
    places = (at + 1 for at in range(min(len(atom.text) - 2, LONGEST), 0, -1) if atom.text[at] in COLONS)
    return next((at for at in places if normal(atom.text[:at]).rstrip(":") in keys), 0)


def _parts(atom: Atom, at: int, row: bool) -> Iterator[Atom]:
    """A word in two; the colon behind the name of a row goes, for it is no part of it."""
    if not at:
        yield atom
        return
    for text, gap, x in ((atom.text[: at - row].rstrip(), atom.gap, atom.x), (atom.text[at:], WIDE if row else SPACE, atom.x + at)):
        yield atom._replace(text=text, key=normal(text), gap=gap, x=x)
