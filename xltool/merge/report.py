"""Conflicts as people read them: where, and what stood there before, with us and with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xltool.diff.amounts import shown
from xltool.diff.changes import CHANGED, REMOVED, Change, Ref
from xltool.diff.matching import text_of_content
from xltool.diff.patch_json import field_of
from xltool.diff.report import entry_words, item_words
from xltool.diff.tree import ENTRY, ITEM, SECTION, Content, Forms, Node, Position
from xltool.diff.wording import said
from xltool.field_captions import captions
from xltool.filing import Filing
from xltool.merge.conflicts import BASE, CONTENT, OURS, PLACE, THEIRS, Conflict

MOST = 3
"""Changes of one side that are named; of more their number is."""


@dataclass(frozen=True, slots=True)
class ConflictLine:
    """One conflict in words. ``at`` is the number of its entry in the merged filing (-1: none), ``path`` the JSON path inside it."""

    number: int
    entry: str
    item: str
    where: str
    base: str
    ours: str
    theirs: str
    at: int
    path: str


def report(conflicts: Sequence[Conflict], merged: Filing, forms: Forms, language: str | None = None) -> tuple[ConflictLine, ...]:
    """The conflicts of a merged filing in words."""
    places = [(number, at) for number, section in enumerate(merged.sections) for at in range(len(section.entries))]
    numbers: dict[Position, int] = {place: number for number, place in enumerate(places)}
    return tuple(_line(conflict, numbers, forms, language) for conflict in conflicts)


def _line(one: Conflict, numbers: Mapping[Position, int], forms: Forms, language: str | None) -> ConflictLine:
    entry = one.entry or (one.of if one.of.kind == ENTRY else None)
    words = entry_words(entry, forms[entry.form], language) if entry else ""
    item = item_words(one.of) if one.of.kind == ITEM else ""
    base, ours, theirs = (_side(one, name, forms, language) for name in (BASE, OURS, THEIRS))
    row = f"{one.list}[{one.of.at[0]}]" if one.of.kind == ITEM else ""
    path = ".".join(part for part in (row, one.path) if part and one.of.kind != SECTION)
    return ConflictLine(one.number, words, item, _where(one, forms, language), base, ours, theirs, numbers.get(entry.at, -1) if entry else -1, path)


def _where(one: Conflict, forms: Forms, language: str | None) -> str:
    if one.kind == PLACE:
        return said("order", language)
    if one.of.kind == SECTION:
        return said("section", language)
    entry = one.entry or one.of
    form = forms[entry.form]
    field = field_of(form, one.list, one.path) if one.kind == CONTENT else None
    if field:
        return captions(form)[field.name]
    return said("whole", language) if one.of.kind == ENTRY else ""


def _side(one: Conflict, name: str, forms: Forms, language: str | None) -> str:
    """What a side has, in words."""
    side = one.side(name)
    if one.kind == PLACE:
        return said("as-before", language) if name == BASE else _place(side, forms, language)
    if name == BASE and any(change.kind == REMOVED for change in one.choices[BASE]):
        return said({SECTION: "no-title", ENTRY: "no-form", ITEM: "no-row"}[one.of.kind], language)
    if one.kind == CONTENT:
        assert not isinstance(side, Node | Ref)
        return _content(one, side, forms, language)
    if name == BASE:
        return said({SECTION: "title-as-before", ENTRY: "form-as-before", ITEM: "row-as-before"}[one.of.kind], language)
    return _changes(one, one.choices[name], forms, language)


def _content(one: Conflict, content: Content, forms: Forms, language: str | None) -> str:
    entry = one.entry or one.of
    field = field_of(forms[entry.form], one.list, one.path) if entry.form else None
    return shown(content, field) or (field.absent if field else "") or said("nothing", language)


def _place(side: object, forms: Forms, language: str | None) -> str:
    """Where a side has a node. Behind the first section's title, where there is none to be seen, is before everything."""
    if not isinstance(side, Ref):
        return said("first", language)
    title = text_of_content(side.key[0][1]) if side.kind == SECTION else ""
    if side.kind == SECTION and side.at == (0,) and not title:
        return said("first", language)
    what = item_words(side) if side.kind == ITEM else entry_words(side, forms[side.form], language) if side.kind == ENTRY else title or said("no-title", language)
    return said("after", language, what=what)


def _changes(one: Conflict, changes: Sequence[Change], forms: Forms, language: str | None) -> str:
    """What a side did to a node that the other has removed, or that it was removed."""
    if any(change.kind == REMOVED and change.of == one.of for change in changes):
        return said("removed", language)
    cells = [change for change in changes if change.kind == CHANGED]
    words = [_cell(change, forms, language) for change in cells[:MOST]]
    if len(changes) > len(words):
        words.append(f"…（{len(changes)}）")
    return f"{said('changed', language)}：" + "；".join(words)


def _cell(change: Change, forms: Forms, language: str | None) -> str:
    entry = change.entry or change.of
    assert not isinstance(change.new, Node)
    if not entry.form:
        return text_of_content(change.new) or said("no-title", language)
    form = forms[entry.form]
    field = field_of(form, change.list, change.path)
    text = shown(change.new, field) or said("nothing", language)
    return f"{captions(form)[field.name]} {text}" if field else text
