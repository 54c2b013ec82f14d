"""A form's closed words, made ready for finding them in squeezed text: captions, level names, titles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from xltool.form import Form
from xltool.layout import Caption, Cell, Hole, Optional, Part
from xltool.picture import parse_parts
from xltool.recovery.sum_rows import is_word
from xltool.values import caption_key, normal


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in the form's reading order: a caption, a hole, a constant or an empty cell."""

    kind: str
    cell: Cell
    fields: tuple[str, ...] = ()
    number: int = 0


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way a caption is printed; ``pattern`` where it holds holes, whose fields are its groups in order.

    ``tail``: it ends with a hole, which takes the rest of its word or the next.
    """

    key: str
    cell: Cell
    pattern: re.Pattern[str] | None = None
    fields: tuple[str, ...] = ()
    tail: bool = False


class Vocabulary:
    """The closed words of one form and its slots in reading order. ``floats`` are the captions of cells that
    span rows: they may stand anywhere beside their rows and come again after a page break. ``listed`` are the cells
    of the heads of lists, ``spelled_heads`` how each of these may be spelled, ``head_rows`` the rows in which these begin, by
    the row of the list; ``plain`` the captions without a field in them. ``sums``: a word for sums (合计) counts as the
    caption (总分) for which the mapping says that it stands."""

    def __init__(self, form: Form, sums: bool = False) -> None:
        self.form = form
        self.sums = sums
        self.block_rows = {block.row for block in form.blocks}
        self.spans = {id(cell) for block in form.blocks for cell in block.spans}
        self.head_rows = {block.row: form.head_row(block) for block in form.blocks}
        self.listed = frozenset((cell.row, cell.column) for block in form.blocks for cell in form.heads(block) if cell not in block.spans)
        captions = {at: form.layout.at(*at).caption for at in self.listed}
        self.spelled_heads = {at: frozenset(map(caption_key, (caption, *form.captions.get(caption, ())))) for at, caption in captions.items()}
        self.floats = frozenset((cell.row, cell.column) for cell in form.layout.cells if cell.last_row > cell.row and cell.caption) - self.listed
        self.slots = tuple(self._slots())
        self.by_caption: dict[str, list[int]] = {}
        for slot in self.slots:
            if slot.kind == "caption":
                self.by_caption.setdefault(_cell_key(slot.cell), []).append(slot.number)
        self.spellings: dict[str, list[Spelling]] = {}
        for spelling in self._spellings():
            self.spellings.setdefault(spelling.key[:1], []).append(spelling)
        for found in self.spellings.values():
            found.sort(key=lambda one: -len(one.key))
        self.plain = frozenset(one.key for found in self.spellings.values() for one in found if not one.fields)
        self.titles = tuple(normal(title) for title in form.titles)
        self.levels = Levels(form)
        self.heads = self._heads()

    def _slots(self) -> Iterator[Slot]:
        """Caption, hole, constant and empty cells in reading order, rows of lists left out."""
        number = 0
        for cell in self.form.layout.cells:
            if (cell.row in self.block_rows and id(cell) not in self.spans) or (cell.row, cell.column) in self.floats:
                continue
            kind = "hole" if cell.only_hole else "constant" if cell.parts and not cell.caption and not cell.holes else "caption" if cell.caption else "empty"
            yield Slot(kind, cell, cell.holes, number)
            number += 1

    def _spellings(self) -> Iterator[Spelling]:
        for cell in self.form.layout.cells:
            if not cell.caption or (cell.row in self.block_rows and id(cell) not in self.spans):
                continue
            for parts in self._ways(cell):
                yield _spelling(parts, cell)

    def _ways(self, cell: Cell) -> Iterator[tuple[Part, ...]]:
        yield cell.parts
        titles = self.form.titles if cell.caption == self.form.title and not cell.holes else ()
        for alias in (*self.form.captions.get(cell.caption, ()), *titles):
            parts = parse_parts(alias)
            if parts and (self.sums or not is_word(alias)):
                yield parts

    def _heads(self) -> tuple[frozenset[str], ...]:
        """For each block the caption keys of its list header."""
        return tuple(frozenset(map(_cell_key, self.form.heads(block))) for block in self.form.blocks)


def _cell_key(cell: Cell) -> str:
    return caption_key(cell.caption)


def _spelling(parts: tuple[Part, ...], cell: Cell) -> Spelling:
    if all(isinstance(part, Caption) for part in parts):
        return Spelling(caption_key("".join(part.text for part in parts if isinstance(part, Caption))), cell)
    pattern, fields = "", []
    for part in parts:
        if isinstance(part, Caption):
            said = normal(part.text)
            pattern += re.escape(said.rstrip(":")) + ":?" * said.endswith(":")
        elif isinstance(part, Hole):
            pattern += r"([^()]{0,24}?)"
            fields.append(part.field)
        elif isinstance(part, Optional):
            inside = "".join(re.escape(normal(one.text)) if isinstance(one, Caption) else r"([^()]{0,24}?)" for one in part.parts)
            pattern += f"(?:{inside})?"
            fields.extend(one.field for one in part.parts if isinstance(one, Hole))
    lead = parts[0].parts[0] if isinstance(parts[0], Optional) and parts[0].parts else parts[0]
    first = lead.text if isinstance(lead, Caption) else ""
    if isinstance(parts[0], Optional) and len(parts) == 1 and pattern.startswith("(?:") and isinstance(parts[0].parts[-1], Hole):
        pattern = pattern[3:-2].replace("{0,24}?)", "{0,40})")  # a hole at the end takes the rest of its atom
    tail = isinstance(parts[-1], Hole) and len(fields) == 1 and len(normal(first)) > 1
    return Spelling(normal(first).rstrip(":"), cell, re.compile(pattern), tuple(fields), tail)


class Levels:
    """The level names of a form's taxonomy, with their spellings."""

    def __init__(self, form: Form) -> None:
        self.one = tuple(form.taxonomy.children)
        self.two = tuple(dict.fromkeys(name for below in form.taxonomy.children.values() for name in below))
        self.parent = {name: form.taxonomy.parent(name) for name in self.two}
        self.children = form.taxonomy.children
        self.keys: dict[str, tuple[int, str]] = {}
        for level, names in ((1, self.one), (2, self.two)):
            for name in names:
                self.keys[normal(name)] = (level, name)
        for alias, name in form.taxonomy.aliases.items():
            self.keys[normal(alias)] = (2 if name in self.two else 1, name)
        every = {normal(name): name for name in (*self.one, *self.two)} | {normal(alias): name for alias, name in form.taxonomy.aliases.items()}
        self.named = tuple({key: name for key, name in every.items() if name in names} for names in (self.one, self.two))
        """The spellings of level one and of level two; a name may be both."""
        self.starts: dict[str, list[str]] = {}
        for key in sorted(self.keys, key=len, reverse=True):
            self.starts.setdefault(key[0], []).append(key)
        self.order = {name: number for number, name in enumerate(self.two)}
        self.ending = _common_ending([normal(name) for name in self.two])
        """What every level two ends with."""


def _common_ending(names: list[str]) -> str:
    """The longest text that all of the names end with."""
    first = names[0] if names else ""
    return next((first[at:] for at in range(len(first)) if all(name.endswith(first[at:]) for name in names)), "")


_known: dict[tuple[int, bool], Vocabulary] = {}


def vocabulary(form: Form, sums: bool = False) -> Vocabulary:
    """The vocabulary of a form, made once."""
    found = _known.get((id(form), sums))
    if found is None or found.form is not form:
        found = _known[id(form), sums] = Vocabulary(form, sums)
    return found


def vocabulary_of(form: Form, text: str) -> Vocabulary:
    """The vocabulary for one form's squeezed text: a word for sums (合计) may as well be that of a row of its list, so it
    counts as a caption (总分) only where that does not stand there itself."""
    own = [caption_key(caption) for caption, aliases in form.captions.items() if any(map(is_word, aliases))]
    return vocabulary(form, bool(own) and not any(caption in text for caption in own))


def all_titles(forms: Iterable[Form]) -> dict[str, list[Form]]:
    """Every title as it is compared, with the forms that bear it."""
    found: dict[str, list[Form]] = {}
    for form in forms:
        for title in form.titles:
            found.setdefault(normal(title), []).append(form)
    return found
