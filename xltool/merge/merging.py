"""Three filings into one: what one side alone has changed is kept, what both have changed differently is a conflict.

Where there is a conflict the merged filing has what the base has, so that nobody's value is taken silently.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from xltool import library
from xltool.diff.changes import CHANGED, MOVED, REMOVED, Change, Ref, inside, ref_to
from xltool.diff.matching import match_documents, match_items, text_of_content
from xltool.diff.tree import (
    Content,
    Forms,
    Node,
    Position,
    filing_of,
    key_of,
    nodes_of,
    positions,
    same,
)
from xltool.filing import Filing
from xltool.merge.conflicts import (
    BASE,
    CONTENT,
    OURS,
    PLACE,
    REMOVAL,
    THEIRS,
    Conflict,
    Side,
)
from xltool.merge.order import Id, Order, merged

Row = Sequence[Node]
Pending = Callable[[Ref, Ref | None, str], Conflict]
"""A conflict that does not know yet where its node will stand: its ref, its entry, its list."""


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged filing and what is left to choose, in reading order."""

    filing: Filing
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True)
class _Three:
    """A node as the base, ours and theirs have it; None where it is not there."""

    base: Node | None
    ours: Node | None
    theirs: Node | None


@dataclass(frozen=True, slots=True)
class _Made:
    """A merged node, its own conflicts, and those of its lists, which wait for its ref alone."""

    node: Node
    own: tuple[Pending, ...] = ()
    inner: tuple[Callable[[Ref], Conflict], ...] = ()


def merge(base: Filing, ours: Filing, theirs: Filing, forms: Forms | None = None) -> Merged:
    """The three-way merge of a base and what became of it on two sides."""
    known = library.forms() if forms is None else forms
    rows = [nodes_of(one, known) for one in (base, ours, theirs)]
    made, order = _merged_rows(rows, lambda a, b: match_documents(a, b, known), known, "")
    nodes = [made[one].node for one in order.ids]
    found = _conflicts(made, order, positions(nodes), known)
    return Merged(filing_of(nodes), tuple(replace(one, number=number) for number, one in enumerate(found, 1)))


def _conflicts(made: Mapping[Id, _Made], order: Order, places: Sequence[Position], forms: Forms) -> Iterator[Conflict]:
    """The conflicts of the document, in reading order."""
    refs = {one: ref_to(made[one].node, place, forms) for one, place in zip(order.ids, places, strict=True)}
    for one in order.ids:
        yield from (pending(refs[one], None, "") for pending in made[one].own)
        if one in order.apart:
            yield _apart(refs[one], None, "", [refs.get(after) for after in order.apart[one]])
        yield from (pending(refs[one]) for pending in made[one].inner)


def _merged_rows(rows: Sequence[Row], match: Callable[[Row, Row], dict[int, int]], forms: Forms, name: str) -> tuple[dict[Id, _Made], Order]:
    """Every node that is left of three rows by its id, and their order."""
    base, ours, theirs = rows
    ids = [[("base", at) for at in range(len(base))], _ids(match(base, ours), len(ours), OURS), _ids(match(base, theirs), len(theirs), THEIRS)]
    for mine, yours in _added_alike(ours, theirs, ids[1], ids[2], forms, name).items():
        ids[2][yours] = ids[1][mine]
    nodes = [dict(zip(marks, row, strict=True)) for marks, row in zip(ids, rows, strict=True)]
    made: dict[Id, _Made] = {}
    for one in dict.fromkeys([*ids[0], *ids[1], *ids[2]]):
        found = _merged_node(_Three(nodes[0].get(one), nodes[1].get(one), nodes[2].get(one)), forms)
        if found:
            made[one] = found
    return made, merged(ids[0], ids[1], ids[2], made.keys(), lambda one: _rank(made[one].node))


def _ids(pairs: Mapping[int, int], count: int, side: str) -> list[tuple[str, int]]:
    back = {there: here for here, there in pairs.items()}
    return [("base", back[at]) if at in back else (side, at) for at in range(count)]


def _added_alike(ours: Row, theirs: Row, mine: Sequence[tuple[str, int]], yours: Sequence[tuple[str, int]], forms: Forms, name: str) -> dict[int, int]:
    """What both sides have added: the same row, or one known by the same name."""
    found: dict[int, int] = {}
    for told in (lambda node: node.sign, lambda node: (node.kind, node.form, _key(node, forms, name))):
        free: dict[object, list[int]] = {}
        for at, node in enumerate(theirs):
            if yours[at][0] == THEIRS and at not in found.values():
                free.setdefault(told(node), []).append(at)
        for at, node in enumerate(ours):
            if mine[at][0] == OURS and at not in found and free.get(told(node)):
                found[at] = free[told(node)].pop(0)
    return found


def _key(node: Node, forms: Forms, name: str) -> tuple[str, ...]:
    return tuple("".join(text_of_content(one).split()) for _, one in key_of(node, forms, name))


def _rank(node: Node) -> str:
    """What decides between nodes that both sides put at one place: their contents, whoever put them there."""
    lists = [[sorted((path, text_of_content(found)) for path, found in item.contents.items()) for item in items] for _, items in sorted(node.lists.items())]
    return repr((node.kind, sorted((path, text_of_content(found)) for path, found in node.contents.items()), lists))


def _merged_node(three: _Three, forms: Forms) -> _Made | None:
    """What is left of a node; None where it is removed."""
    base, ours, theirs = three.base, three.ours, three.theirs
    if ours and theirs:
        return _both(base, ours, theirs, forms)
    kept = ours or theirs
    if base is None:
        return _Made(kept) if kept else None
    if kept is None or kept.sign == base.sign:
        return None
    return _Made(base, (_Removal(base, ours, theirs, forms),))


def _both(base: Node | None, ours: Node, theirs: Node, forms: Forms) -> _Made:
    """The node that both sides have: each of its cells, each of its lists."""
    if ours.sign == theirs.sign or (base and theirs.sign == base.sign):
        return _Made(ours)
    if base and ours.sign == base.sign:
        return _Made(theirs)
    contents: dict[str, Content] = {}
    cells: list[_Cell] = []
    for path in {**ours.contents, **theirs.contents}:
        was, mine, yours = (node.contents.get(path) if node else None for node in (base, ours, theirs))
        contents[path] = yours if same(was, mine) else mine if same(was, yours) or same(mine, yours) else was
        if not (same(was, mine) or same(was, yours) or same(mine, yours)):
            cells.append(_Cell(path, was, mine, yours))
    lists: dict[str, tuple[Node, ...]] = {}
    inner: list[Callable[[Ref], Conflict]] = []
    for name in {**ours.lists, **theirs.lists}:
        lists[name], waiting = _lists([node.lists.get(name, ()) if node else () for node in (base, ours, theirs)], forms, name)
        inner += waiting
    made = replace(ours, contents=contents, lists=lists)
    return _Made(made, tuple(cells if base else [replace(cell, added=made) for cell in cells]), tuple(inner))


def _lists(rows: Sequence[Row], forms: Forms, name: str) -> tuple[tuple[Node, ...], list[Callable[[Ref], Conflict]]]:
    """The merged items of a list, and its conflicts, which wait for the entry's ref."""
    made, order = _merged_rows(rows, lambda a, b: match_items(a, b, forms, name), forms, name)
    refs = {one: ref_to(made[one].node, (at,), forms, name) for at, one in enumerate(order.ids)}
    waiting: list[Callable[[Ref], Conflict]] = []
    for one in order.ids:
        waiting += [_Listed(pending, refs[one], name) for pending in made[one].own]
        if one in order.apart:
            waiting.append(_Listed(_Apart([refs.get(after) for after in order.apart[one]]), refs[one], name))
    return tuple(made[one].node for one in order.ids), waiting


@dataclass(frozen=True, slots=True)
class _Listed:
    """A conflict of an item that waits for its entry's ref."""

    pending: Pending
    of: Ref
    list: str

    def __call__(self, entry: Ref) -> Conflict:
        return self.pending(self.of, entry, self.list)


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell that both sides have changed; ``added`` is its node where both have added that: as it was, there is none."""

    path: str
    base: Content
    ours: Content
    theirs: Content
    added: Node | None = None

    def __call__(self, of: Ref, entry: Ref | None, listed: str) -> Conflict:
        def choose(new: Content) -> tuple[Change, ...]:
            return (Change(CHANGED, of, entry, listed, self.path, self.base, new),)

        gone = (Change(REMOVED, of, entry, listed, old=self.added),) if self.added else ()
        return Conflict(CONTENT, of, entry, listed, self.path, self.base, self.ours, self.theirs, {OURS: choose(self.ours), THEIRS: choose(self.theirs), BASE: gone})


@dataclass(frozen=True, slots=True)
class _Removal:
    """A node that one side has removed and the other has changed."""

    base: Node
    ours: Node | None
    theirs: Node | None
    forms: Forms

    def __call__(self, of: Ref, entry: Ref | None, listed: str) -> Conflict:
        def choose(side: Node | None) -> tuple[Change, ...]:
            if side is None:
                return (Change(REMOVED, of, entry, listed, old=self.base),)
            return tuple(inside(self.base, side, of, self.forms, entry, listed))

        return Conflict(REMOVAL, of, entry, listed, "", self.base, self.ours, self.theirs, {OURS: choose(self.ours), THEIRS: choose(self.theirs), BASE: ()})


@dataclass(frozen=True, slots=True)
class _Apart:
    """A node that the sides have put in different places: after whom each has it."""

    after: Sequence[Ref | None]

    def __call__(self, of: Ref, entry: Ref | None, listed: str) -> Conflict:
        return _apart(of, entry, listed, self.after)


def _apart(of: Ref, entry: Ref | None, listed: str, after: Sequence[Ref | None]) -> Conflict:
    def choose(one: Ref | None) -> tuple[Change, ...]:
        to = (0,) * len(of.at) if one is None else (*one.at[:-1], one.at[-1] + 1) if len(one.at) == len(of.at) else (*one.at, 0)[: len(of.at)]
        return (Change(MOVED, of, entry, listed, after=one, to=to),)

    sides: list[Side] = [after[0], after[1]]
    return Conflict(PLACE, of, entry, listed, "", None, sides[0], sides[1], {OURS: choose(after[0]), THEIRS: choose(after[1]), BASE: ()})


