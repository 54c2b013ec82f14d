"""The captions of the known forms, found in the cells of a grid however they are spaced or spelled."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from xltool.form import Form
from xltool.layout import Caption, Cell, Hole, Optional, Part
from xltool.picture import draw_parts, parse_parts
from xltool.recovery.traditional import simplified, spellings
from xltool.values import DIGITS, ZEROS, caption_key, clean, normal, printable

_UNIT = re.compile(r"(.+?)[(（]\s*(?:单位\s*[:：])?\s*([十百千万亿]{0,2}元|[%％]|分)\s*[)）]\s*[:：]?\s*", re.S)
_REQUIRED = re.compile(r"\A\s*[*＊]\s*|\s*[*＊]\s*\Z")
LONGEST = 80
"""Characters beyond which no cell is taken for a caption."""
_LEAST = 2


@dataclass(frozen=True, slots=True)
class Printed:
    """A cell's text as a pattern: captions in any width and spacing, a group for each hole.

    ``head`` is what every such text begins with, as captions are compared.
    """

    pattern: re.Pattern[str]
    holes: tuple[str, ...]
    head: str = ""

    def read(self, text: str) -> dict[str, str] | None:
        """The text of each hole, blank ones included; None where the text is another."""
        found = self.pattern.fullmatch(printable(text).strip())
        if found is None:
            return None
        return {name: clean(" ".join((found.group(at) or "").split())) for at, name in enumerate(self.holes, 1)}


@dataclass(frozen=True, slots=True)
class Anchor:
    """A cell of the layout that is known by what is printed in it; ``keys`` are its spellings without holes."""

    number: int
    cell: Cell
    keys: tuple[str, ...]
    printed: tuple[Printed, ...]
    title: bool


_NUMERIC = r"\s\d.,．，０-９%％×\-－"
_HOLES = dict.fromkeys(("number", "money", "percent"), rf"([{_NUMERIC}]*?)\s*") | {"year": rf"([{_NUMERIC}{ZEROS}{DIGITS}]*?)\s*"}
"""What may stand in a hole of a caption, by its type; anything in one of another type."""


@dataclass(frozen=True, slots=True)
class Match:
    """A text that is a caption of a form: which of its anchors it can be, whether in the form's own spelling."""

    form: str
    anchors: tuple[int, ...]
    exact: bool
    holes: Mapping[str, str]


def printed_as(parts: Sequence[Part], form: Form) -> Printed:
    """The pattern of a cell's parts."""
    holes: list[str] = []
    first = parts[0] if parts else None
    head = caption_key(first.text) if isinstance(first, Caption) else ""
    return Printed(re.compile(_source(parts, form, holes) + r"\s*[:：]?", re.S), tuple(holes), head)


def _source(parts: Sequence[Part], form: Form, holes: list[str]) -> str:
    pieces = []
    for part in parts:
        match part:
            case Hole(field=name):
                holes.append(name)
                pieces.append(_HOLES.get(form.fields[name].type, r"(.*?)\s*"))
            case Optional(parts=inner):
                pieces.append(f"(?:{_source(inner, form, holes)})?")
            case _:
                pieces.append("".join(_letter(letter) for letter in part.text if not letter.isspace()))
    return "".join(pieces)


def _letter(letter: str) -> str:
    """One printed character in half and in full width, blanks behind it allowed."""
    half = unicodedata.normalize("NFKC", letter)
    wide = {chr(ord(one) + 0xFEE0) for one in half if "!" <= one <= "~"} if len(half) == 1 else set()
    ways = sorted({letter, half, *wide})
    return (re.escape(ways[0]) if len(ways) == 1 else "(?:" + "|".join(map(re.escape, ways)) + ")") + r"\s*"


def anchors_of(form: Form) -> tuple[Anchor, ...]:
    """The cells of a form that are known by their captions, in the layout's reading order."""
    found: list[Anchor] = []
    titled = False
    # What every row of a list prints (约{长度}公里) tells nothing of where the form stands.
    listed = {id(cell) for block in form.blocks for cell in form.layout.in_row(block.row) if cell not in block.spans}
    for cell in form.layout.cells:
        if id(cell) in listed or len(re.sub(r"[\W_]", "", normal(cell.caption))) < _LEAST:
            continue
        title = not titled and caption_key(form.title) in caption_key(cell.caption)
        titled |= title
        found.append(_anchor(len(found), cell, form, title))
    return tuple(found)


def _anchor(number: int, cell: Cell, form: Form, title: bool) -> Anchor:
    keys: dict[str, None] = {}
    printed: list[Printed] = []
    if not cell.holes:
        keys[caption_key(cell.caption)] = None
    else:
        printed.append(printed_as(cell.parts, form))
    for name in dict.fromkeys((cell.caption, draw_parts(cell.parts))):
        for alias in form.captions.get(name, ()):
            parts = parse_parts(alias) or (Caption(alias),)
            if any(isinstance(part, Hole | Optional) for part in parts):
                printed.append(printed_as(parts, form))
            else:
                keys[caption_key("".join(part.text for part in parts if isinstance(part, Caption)))] = None
    if title:
        keys.update(dict.fromkeys(map(caption_key, form.titles)))
    return Anchor(number, cell, tuple(keys), tuple(printed), title)


def _stands_for_itself(letter: str) -> bool:
    """True for a character that is compared as it is: a Chinese one of the main block, a digit in half width."""
    return "一" <= letter <= "\u9fff" or "0" <= letter <= "9"


def unit_behind(text: str) -> tuple[str, str] | None:
    """A caption and the unit in brackets behind it (年初预算数（万元）, 执行率（%）); None where there is none. Of what is no
    rate % says nothing: it may be the unit of a target."""
    found = _UNIT.fullmatch(text) if len(text) <= LONGEST and ("（" in text or "(" in text) else None
    if found is None:
        return None
    unit = "%" if found[2] == "％" else found[2]
    return (found[1], unit) if unit != "%" or normal(found[1]).endswith("率") else None


class Captions:
    """Every caption of the known forms; answers which a text is."""

    def __init__(self, forms: Iterable[Form]) -> None:
        self.forms = {form.id: form for form in forms}
        self.anchors = {form_id: anchors_of(form) for form_id, form in self.forms.items()}
        self._keys: dict[str, list[Match]] = {}
        self._printed: list[tuple[str, str, int, Printed]] = []
        self._known: dict[str, tuple[Match, ...]] = {}
        for form_id, anchors in self.anchors.items():
            self._collect(form_id, anchors)
        keys = {*self._keys, *(head for head, *_ in self._printed)}
        self._pairs = {spelled for key in keys for spelled in spellings(key[:2])}
        self._short = {key for key in keys if len(key) < 2}
        self.firsts = self._beginnings()

    def _collect(self, form_id: str, anchors: Sequence[Anchor]) -> None:
        sharing: dict[str, list[Anchor]] = {}
        for anchor in anchors:
            for key in anchor.keys:
                sharing.setdefault(key, []).append(anchor)
            for printed in anchor.printed:
                self._printed.append((printed.head, form_id, anchor.number, printed))
        for key, group in sharing.items():
            exact = any(key in (anchor.keys[0], caption_key(anchor.cell.caption)) for anchor in group)
            self._keys.setdefault(key, []).append(Match(form_id, tuple(one.number for one in group), exact, {}))

    def matches(self, text: str) -> tuple[Match, ...]:
        """What captions a cell's text is, one answer a form; none for most texts."""
        found = self._known.get(text)
        if found is None:
            if not self._possible(text):
                return ()
            if len(self._known) > 20_000:
                self._known.clear()
            found = self._known[text] = self._matches(text)
        return found

    def _possible(self, text: str) -> bool:
        """False for most texts that are no caption: told by how they begin."""
        if text[:1] not in self.firsts or len(text) > LONGEST:
            return False
        spelled = len(text) > 1 and _stands_for_itself(text[0]) and _stands_for_itself(text[1])
        return not spelled or text[:2] in self._pairs or text[0] in self._short or "" in self._short

    def begins(self, key: str) -> bool:
        """True where some caption begins so; texts are compared as ``normal`` makes them."""
        return any(one.startswith(key) for one in self._keys) or any(head.startswith(key) for head, *_ in self._printed)

    def _beginnings(self) -> frozenset[str]:
        """The characters that a caption can begin with, in half and full width, blanks and invisible ones."""
        heads = {spelled for head, *_ in self._printed for spelled in spellings(head[:1])}
        if "" in heads:
            heads |= {chr(code) for code in range(0x21, 0x10000)}
        plain = {spelled for first in {key[:1] for key in self._keys} for spelled in spellings(first)} | heads | {"*"}
        wide = {chr(ord(one) + 0xFEE0) for one in plain if "!" <= one <= "~"}
        kin = {chr(code) for code in (*range(0x2E80, 0x2FE0), *range(0xF900, 0xFB00), *range(0x20), 0xAD, 0xFEFF, *range(0x200B, 0x2070))}
        blanks = {chr(code) for code in range(0x10000) if chr(code).isspace()}
        return frozenset((plain | wide | kin | blanks) - {""})

    def _matches(self, text: str) -> tuple[Match, ...]:
        """The captions that a text is; where it is none, that it is without the unit in brackets behind it, or without the *
        of what must be filled in, and in simplified characters."""
        if found := self._spelled(text):
            return found
        if (parts := unit_behind(text)) and (found := self._spelled(parts[0])):
            return found
        bare = _REQUIRED.sub("", text)
        plain = simplified(bare)
        return tuple(replace(one, holes=self._as_typed(one, bare, plain)) for one in self._spelled(plain)) if plain not in (text, "") else ()

    def _as_typed(self, match: Match, text: str, plain: str) -> dict[str, str]:
        """What stands in the holes of a caption: free text as it was typed, in whatever characters."""
        fields = self.forms[match.form].fields
        free = {name for name in match.holes if fields[name].type == "text" and not fields[name].choices}
        return {name: text[plain.find(said) :][: len(said)] if name in free and said in plain else said for name, said in match.holes.items()}

    def _spelled(self, text: str) -> tuple[Match, ...]:
        key = caption_key(printable(text))
        found = {one.form: one for one in self._keys.get(key, ())}
        for head, form_id, number, printed in self._printed:
            if form_id not in found and key.startswith(head) and (holes := printed.read(text)) is not None:
                found[form_id] = Match(form_id, (number,), True, holes)
        return tuple(found.values())
