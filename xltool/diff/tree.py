"""A filing as nodes in order: sections' titles, entries and items, each with its contents, so that one rule compares them all.

The document is one row of nodes: a section's title stands before its entries. What a cell shows is its
value or, where it has none, its mark: a mark goes with its item wherever that goes.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from xltool.canonical import alike
from xltool.filing import Entry, Filing, Item, Scalar, Section
from xltool.form import Form

Forms = Mapping[str, Form]
SECTION, ENTRY, ITEM = "section", "form", "item"
TITLE = "title"
_IN_LIST = re.compile(r"([^.\[]+)\[(\d+)\]\.(.+)")


class Mark(NamedTuple):
    """What stands for «nothing» in a cell (— / 无)."""

    mark: str


Content = Scalar | Mark
"""What a cell shows."""
Position = tuple[int, ...]
"""Where a node stands, from 0: (section,), (section, entry) or (item,)."""


def same(first: Content, second: Content) -> bool:
    """True where two contents say the same; blanks and line breaks do not count."""
    return shown_key(first) == shown_key(second)


def shown_key(content: Content) -> Content:
    """What a content is compared by."""
    return content if isinstance(content, Mark) else alike(content)


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A section's title, an entry or an item: ``contents`` by JSON path, ``lists`` the items of an entry by name.

    ``sign`` is what it is compared by: empty cells left out, blanks and line breaks too.
    """

    kind: str
    form: str
    contents: Mapping[str, Content]
    lists: Mapping[str, tuple[Node, ...]] = field(default_factory=dict)
    title: str = ""
    sign: Hashable = field(init=False, repr=False)

    def __post_init__(self) -> None:
        contents = frozenset((path, shown_key(found)) for path, found in self.contents.items() if found is not None)
        lists = tuple((name, tuple(item.sign for item in items)) for name, items in sorted(self.lists.items()) if items)
        object.__setattr__(self, "sign", (self.kind, self.form, contents, lists))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Node) and self.sign == other.sign

    def __hash__(self) -> int:
        return hash(self.sign)


def nodes_of(filing: Filing, forms: Forms) -> tuple[Node, ...]:
    """The nodes of a filing in order."""
    return tuple(_nodes(filing, forms))


def _nodes(filing: Filing, forms: Forms) -> Iterator[Node]:
    for section in filing.sections:
        yield Node(SECTION, "", {TITLE: section.title})
        for entry in section.entries:
            yield node_of(entry, forms[entry.form])


def node_of(entry: Entry, form: Form) -> Node:
    """An entry as a node; a value whose key JSON leaves out (元) is none."""
    marks: dict[tuple[str, int], dict[str, Content]] = {}
    above: dict[str, Content] = {}
    for path, mark in entry.marks.items():
        if found := _IN_LIST.fullmatch(path):
            marks.setdefault((found[1], int(found[2])), {})[found[3]] = Mark(mark)
        else:
            above[path] = Mark(mark)
    absent = {one.path: one.absent for one in form.scalars if one.absent}
    values = {path: None if value is not None and value == absent.get(path) else value for path, value in entry.values.items()}
    lists = {
        name: tuple(Node(ITEM, form.id, _with_marks(item, marks.get((name, at), {}))) for at, item in enumerate(items))
        for name, items in entry.lists.items()
    }
    return Node(ENTRY, form.id, _with_marks(values, above), lists, entry.title)


def _with_marks(values: Mapping[str, Scalar], marks: Mapping[str, Content]) -> Mapping[str, Content]:
    return {**values, **{path: mark for path, mark in marks.items() if values.get(path) is None}}


def filing_of(nodes: Iterable[Node]) -> Filing:
    """The filing of nodes in order; entries before the first title belong to a section without one."""
    sections: list[tuple[str | None, list[Entry]]] = []
    for node in nodes:
        if node.kind == SECTION:
            title = node.contents.get(TITLE)
            sections.append((title if isinstance(title, str) else None, []))
            continue
        if not sections:
            sections.append((None, []))
        sections[-1][1].append(entry_of(node))
    return Filing(tuple(Section(title, tuple(entries)) for title, entries in sections))


def entry_of(node: Node) -> Entry:
    """The entry of a node."""
    marks = {path: found.mark for path, found in node.contents.items() if isinstance(found, Mark)}
    for name, items in node.lists.items():
        for at, item in enumerate(items):
            marks |= {f"{name}[{at}].{path}": found.mark for path, found in item.contents.items() if isinstance(found, Mark)}
    lists = {name: tuple(values_of(item) for item in items) for name, items in node.lists.items()}
    return Entry(node.form, node.title, values_of(node), lists, marks)


def values_of(node: Node) -> Item:
    """The values of a node, its marks as empty cells."""
    return {path: None if isinstance(found, Mark) else found for path, found in node.contents.items()}


def positions(nodes: Sequence[Node]) -> list[Position]:
    """Where each node of a document stands."""
    found: list[Position] = []
    section, entry = -1, 0
    for node in nodes:
        if node.kind == SECTION:
            section, entry = section + 1, 0
            found.append((section,))
        else:
            # Entries before any title are those of a first section.
            section = max(section, 0)
            found.append((section, entry))
            entry += 1
    return found


Key = tuple[tuple[str, Content], ...]
"""What a node is known by: its telling contents by path."""


def key_paths(form: Form, name: str) -> tuple[str, ...]:
    """The JSON paths that an item of a list is known by: levels and name, by their roles, else groups and first text."""
    spec = form.lists[name]
    telling = [one for role in ("level1", "level2", "indicator") for one in form.roles.get(role, ()) if one in spec.fields]
    if not any(one in form.roles.get("indicator", ()) for one in telling):
        own = [one for one in spec.own if form.fields[one].type == "text"] or list(spec.own)
        telling = [*spec.groups, *own[:1]]
    return tuple(dict.fromkeys(form.fields[one].path for one in telling))


def entry_paths(form: Form) -> tuple[str, ...]:
    """The JSON paths that an entry is known by: project, year, unit."""
    names = [one for role in ("project", "year", "unit") for one in form.roles.get(role, ())]
    if not form.roles.get("project"):
        names = [one.name for one in form.scalars if one.required and one.type == "text"][:1] + names
    return tuple(form.fields[one].path for one in names)


def key_of(node: Node, forms: Forms, name: str = "") -> Key:
    """What a node is known by; ``name`` is the list that an item stands in."""
    if node.kind == SECTION:
        paths: tuple[str, ...] = (TITLE,)
    else:
        paths = key_paths(forms[node.form], name) if node.kind == ITEM else entry_paths(forms[node.form])
    return tuple((path, node.contents.get(path)) for path in paths)
