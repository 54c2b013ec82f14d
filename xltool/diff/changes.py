"""The changes that make one filing another: what was changed, added, removed and moved, and where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from xltool import library
from xltool.diff.assignment import staying
from xltool.diff.matching import match_documents, match_items
from xltool.diff.tree import (
    ENTRY,
    Content,
    Forms,
    Key,
    Node,
    Position,
    key_of,
    nodes_of,
    positions,
    same,
)
from xltool.filing import Filing

CHANGED, ADDED, REMOVED, MOVED = "changed", "added", "removed", "moved"


@dataclass(frozen=True, slots=True)
class Ref:
    """A node as a patch names it: its place in the base and what it is known by.

    Of a ``new`` node the place is that in the result. ``form`` is the id of an entry's form.
    """

    kind: str
    at: Position
    key: Key = ()
    form: str = ""
    new: bool = False


def ref_to(node: Node, at: Position, forms: Forms, name: str = "", new: bool = False) -> Ref:
    """The ref to a node at a place; ``name`` is the list that an item stands in."""
    return Ref(node.kind, at, key_of(node, forms, name), node.form if node.kind == ENTRY else "", new)


@dataclass(frozen=True, slots=True)
class Change:
    """One change of the node ``of``; ``entry`` and ``list`` say where an item stands.

    A CHANGED node has a ``path`` whose content was ``old`` and is ``new``. What was ADDED is ``new``, what was
    REMOVED is ``old``. ADDED and MOVED nodes stand at ``to``, directly after the node ``after`` (None: first).
    ``there`` is where the result has it: the place of its section or entry, then that of its row; no part of a patch.
    """

    kind: str
    of: Ref
    entry: Ref | None = None
    list: str = ""
    path: str = ""
    old: Content | Node = None
    new: Content | Node = None
    after: Ref | None = None
    to: Position = ()
    there: tuple[Position, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Patch:
    """The changes from one filing to another, in the reading order of the result; the names of both, where known."""

    changes: tuple[Change, ...]
    base: str = ""
    result: str = ""

    def __bool__(self) -> bool:
        return bool(self.changes)


def diff(first: Filing, second: Filing, forms: Forms | None = None) -> Patch:
    """The patch that makes the first filing the second; empty where they say the same. Source is not compared."""
    forms = library.forms() if forms is None else forms
    a, b = nodes_of(first, forms), nodes_of(second, forms)
    rows = _Rows(a, b, positions(a), positions(b), match_documents(a, b, forms), forms)
    return Patch(tuple(_changes(rows)), first.source.file, second.source.file)


@dataclass(frozen=True, slots=True)
class _Rows:
    """Two rows of nodes, where their nodes stand, which is which; for the items of an entry that entry and their list."""

    a: Sequence[Node]
    b: Sequence[Node]
    from_: Sequence[Position]
    to: Sequence[Position]
    pairs: dict[int, int]
    forms: Forms
    entry: Ref | None = None
    list: str = ""
    above: tuple[Position, ...] = ()

    def there(self, at: int) -> tuple[Position, ...]:
        """Where the result has a node of its own."""
        return (*self.above, self.to[at])

    def old(self, at: int) -> Ref:
        """A node of the base."""
        return ref_to(self.a[at], self.from_[at], self.forms, self.list)

    def new(self, at: int) -> Ref:
        """A node that only the result has."""
        return ref_to(self.b[at], self.to[at], self.forms, self.list, new=True)


def _changes(rows: _Rows) -> Iterator[Change]:
    """The changes of a row in the order of the result; what was removed stands where it stood."""
    back = {there: here for here, there in rows.pairs.items()}
    known = [back.get(at) for at in range(len(rows.b))]
    order = [at for at in known if at is not None]
    stay = staying(order)
    kept = {order[at] for at in stay}
    gone = _gone(rows)
    yield from gone.get(-1, ())
    for at, here in enumerate(known):
        after = None if at == 0 else rows.new(at - 1) if known[at - 1] is None else rows.old(known[at - 1] or 0)
        if here is None:
            yield Change(ADDED, rows.new(at), rows.entry, rows.list, new=rows.b[at], after=after, to=rows.to[at], there=rows.there(at))
            continue
        if here not in kept:
            yield Change(MOVED, rows.old(here), rows.entry, rows.list, after=after, to=rows.to[at], there=rows.there(at))
        yield from _inside(rows, here, at)
        yield from gone.get(here, ())


def _gone(rows: _Rows) -> dict[int, list[Change]]:
    """What was removed, by the node before it that is still there (-1: none)."""
    found: dict[int, list[Change]] = {}
    before = -1
    for at, node in enumerate(rows.a):
        if at in rows.pairs:
            before = at
        else:
            found.setdefault(before, []).append(Change(REMOVED, rows.old(at), rows.entry, rows.list, old=node, there=rows.above))
    return found


def _inside(rows: _Rows, here: int, there: int) -> Iterator[Change]:
    """The changes of a node that both have."""
    was, now = rows.a[here], rows.b[there]
    if was.sign != now.sign:
        yield from inside(was, now, rows.old(here), rows.forms, rows.entry, rows.list, rows.there(there))


def inside(was: Node, now: Node, of: Ref, forms: Forms, entry: Ref | None = None, listed: str = "", there: tuple[Position, ...] = ()) -> Iterator[Change]:
    """The changes that make a node another: those of its contents, then those of its lists."""
    for path in {**was.contents, **now.contents}:
        old, new = was.contents.get(path), now.contents.get(path)
        if not same(old, new):
            yield Change(CHANGED, of, entry, listed, path, old, new, there=there)
    for name in {**was.lists, **now.lists}:
        a, b = was.lists.get(name, ()), now.lists.get(name, ())
        places = [[(at,) for at in range(len(items))] for items in (a, b)]
        yield from _changes(_Rows(a, b, places[0], places[1], match_items(a, b, forms, name), forms, of, name, there))
