"""A patch as people read it: for each change where it is, in the form's words, what stood there, what stands there, by how much."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from xltool.diff.amounts import amount_notes, shown
from xltool.diff.changes import ADDED, CHANGED, MOVED, REMOVED, Change, Patch, Ref
from xltool.diff.likeness import Run, runs
from xltool.diff.matching import text_of_content
from xltool.diff.patch_json import field_of, renamed
from xltool.diff.tree import (
    ENTRY,
    ITEM,
    Content,
    Forms,
    Node,
    Position,
    key_paths,
    nodes_of,
    positions,
)
from xltool.diff.wording import said
from xltool.field_captions import captions
from xltool.filing import Filing
from xltool.form import Form
from xltool.values import normal

RENAMED = "renamed"
LONG = 24
"""Characters of a text from which its changes are shown word by word."""


@dataclass(frozen=True, slots=True)
class Line:
    """One difference. ``entry`` is the form that it is in (its project, its year), ``item`` the row of a list.

    ``where`` is the caption of the field, ``runs`` a long text word by word, ``notes`` what else there is to say.
    ``at`` is the number of the entry in the result, in document order (-1: it has none), ``path`` the JSON path
    inside it, empty for a form or title as a whole; ``was_at`` is the number of the entry in the base.
    """

    kind: str
    entry: str
    item: str
    where: str
    old: str
    new: str
    runs: tuple[Run, ...] = ()
    notes: tuple[str, ...] = ()
    at: int = -1
    path: str = ""
    was_at: int = -1


@dataclass(frozen=True, slots=True)
class _Known:
    """Both filings and the language that is spoken."""

    forms: Forms
    numbers: dict[Position, int]
    old_numbers: dict[Position, int]
    entries: dict[Position, Node]
    old_entries: dict[Position, Node]
    language: str | None
    said: dict[str, Mapping[str, str]] = field(default_factory=dict)

    def entry(self, ref: Ref) -> str:
        """A form as people call it."""
        return entry_words(ref, self.forms[ref.form], self.language)

    def captions(self, form: Form) -> Mapping[str, str]:
        """By field the words that the form prints there."""
        if form.id not in self.said:
            self.said[form.id] = captions(form)
        return self.said[form.id]


def report(patch: Patch, first: Filing, second: Filing, forms: Forms, language: str | None = None) -> tuple[Line, ...]:
    """The lines of a patch from the first filing to the second, in the reading order of the second."""
    a, b = nodes_of(first, forms), nodes_of(second, forms)
    from_, to = _entries(a), _entries(b)
    numbers = {place: number for number, place in enumerate(to)}
    known = _Known(forms, numbers, {place: number for number, place in enumerate(from_)}, to, from_, language)
    return tuple(_line(change, known) for change in patch.changes)


def _entries(nodes: Sequence[Node]) -> dict[Position, Node]:
    return {place: node for place, node in zip(positions(nodes), nodes, strict=True) if node.kind == ENTRY}


def _line(change: Change, known: _Known) -> Line:
    match change.of.kind:
        case "section":
            return _section_line(change, known)
        case "form" if change.kind != CHANGED:
            return _entry_line(change, known)
    return _cell_line(change, known) if change.kind == CHANGED else _item_line(change, known)


def _section_line(change: Change, known: _Known) -> Line:
    where, title = said("section", known.language), text_of_content(_content(change.of.key[0][1] if change.of.key else None))
    title = title or said("no-title", known.language)
    if change.kind == CHANGED:
        old, new = (text_of_content(_content(one)) or said("no-title", known.language) for one in (change.old, change.new))
        width = (said("width", known.language),) if normal(old) == normal(new) else ()
        return Line(CHANGED, "", "", where, old, new, _runs(old, new), width)
    return Line(change.kind, "", "", where, title if change.kind != ADDED else "", title if change.kind != REMOVED else "")


def _content(found: Content | Node) -> Content:
    assert not isinstance(found, Node)
    return found


def _entry_line(change: Change, known: _Known) -> Line:
    """A form that was added, removed or moved as a whole."""
    entry, whole = known.entry(change.of), said("whole", known.language)
    at, was_at = _number(change, known), known.old_numbers.get(change.of.at, -1)
    if change.kind == ADDED:
        return Line(ADDED, entry, "", whole, "", entry, at=at)
    if change.kind == REMOVED:
        return Line(REMOVED, entry, "", whole, entry, "", was_at=was_at)
    note = said("place", known.language, old=was_at + 1, new=at + 1)
    return Line(MOVED, entry, "", whole, "", "", notes=(note,), at=at, was_at=was_at)


def _number(change: Change, known: _Known) -> int:
    return known.numbers.get(change.there[0], -1) if change.there else -1


def entry_words(ref: Ref, form: Form, language: str | None = None) -> str:
    """A form as people call it: its project and its year, else its title."""
    values = dict(ref.key)
    years = [form.fields[name].path for name in form.roles.get("year", ())]
    year = next((values.get(path) for path in years if values.get(path) is not None), None)
    name = next((text_of_content(found) for path, found in ref.key if found is not None and path not in years), "") or form.title
    return name + (f"（{said('year', language, year=text_of_content(year))}）" if year is not None else "")


def item_words(ref: Ref) -> str:
    """A row of a list as people call it: levels and name."""
    return " / ".join(text_of_content(found) for _, found in ref.key if found is not None) or f"#{ref.at[0] + 1}"


def _item_line(change: Change, known: _Known) -> Line:
    """A row that was added, removed or moved."""
    assert change.entry
    line = Line(change.kind, known.entry(change.entry), item_words(change.of), "", "", "", at=_number(change, known), was_at=known.old_numbers.get(change.entry.at, -1))
    form = known.forms[change.entry.form]
    if change.kind == MOVED:
        row = change.there[1][0]
        note = said("row", known.language, old=change.of.at[0] + 1, new=row + 1)
        return replace(line, path=f"{change.list}[{row}]", notes=(note,))
    at = change.of.at[0]
    note = said("row-at", known.language, at=at + 1)
    if change.kind == ADDED and isinstance(change.new, Node):
        return replace(line, new=row_words(change.new, form, change.list, known.captions(form)), path=f"{change.list}[{at}]", notes=(note,))
    assert isinstance(change.old, Node)
    return replace(line, old=row_words(change.old, form, change.list, known.captions(form)), path=f"{change.list}[{at}]", notes=(note,))


def row_words(node: Node, form: Form, name: str, captions: Mapping[str, str]) -> str:
    """What a row shows besides its levels and name."""
    keys = key_paths(form, name)
    found = [(field_of(form, name, path), content) for path, content in node.contents.items() if path not in keys and content is not None]
    return "，".join(f"{captions[one.name]} {shown(content, one)}" for one, content in found if one)


def _cell_line(change: Change, known: _Known) -> Line:
    """A cell that was changed."""
    ref = change.entry or change.of
    form = known.forms[ref.form]
    one = field_of(form, change.list, change.path)
    old, new = _content(change.old), _content(change.new)
    usual = one.absent if one else ""
    texts = (shown(old, one) or usual, shown(new, one) or usual)
    notes = list(_notes(change, known))
    share = renamed(change, form)
    kind = CHANGED
    if share is not None:
        kind = RENAMED
        notes.append(said("likeness", known.language, share=round(share * 100)))
    path = f"{change.list}[{change.there[1][0]}].{change.path}" if change.list and len(change.there) > 1 else change.path
    return Line(
        kind, known.entry(ref), item_words(change.of) if change.of.kind == ITEM else "", known.captions(form)[one.name] if one else change.path,
        *texts, _runs(*texts) if one and one.type in ("text", "paragraphs") else (), tuple(notes), _number(change, known), path,
        known.old_numbers.get(ref.at, -1),
    )  # fmt: skip


def _runs(old: str, new: str) -> tuple[Run, ...]:
    return tuple(runs(old, new)) if max(len(old), len(new)) > LONG and old and new else ()


def _notes(change: Change, known: _Known) -> Iterator[str]:
    ref = change.entry or change.of
    form = known.forms[ref.form]
    place = change.there[0] if change.there else ()
    before, after = known.old_entries.get(ref.at), known.entries.get(place)
    one = field_of(form, change.list, change.path)
    if isinstance(change.old, str) and isinstance(change.new, str) and normal(change.old) == normal(change.new):
        yield said("width", known.language)
    if one:
        yield from amount_notes(one, _content(change.old), _content(change.new), before, after, form, known.language)


def counts(lines: Sequence[Line]) -> dict[str, int]:
    """How many lines there are of each kind that there is."""
    return {kind: count for kind in (CHANGED, RENAMED, ADDED, REMOVED, MOVED) if (count := sum(line.kind == kind for line in lines))}


def together(lines: Sequence[Line], language: str | None = None) -> list[tuple[Line, int]]:
    """Lines as they are shown, each with how many it stands for: what was changed alike in rows that follow each other is one."""
    found: list[tuple[Line, int]] = []
    for line in lines:
        last, count = found[-1] if found else (None, 0)
        if last and line.item and _alike(last, line):
            found[-1] = last, count + 1
        else:
            found.append((line, 1))
    return [(replace(line, notes=(*line.notes, said("rows", language, count=count))) if count > 1 else line, count) for line, count in found]


def _alike(one: Line, other: Line) -> bool:
    return one.kind == CHANGED == other.kind and (one.entry, one.where, one.old, one.new, one.at) == (other.entry, other.where, other.old, other.new, other.at)
