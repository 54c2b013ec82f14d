"""A patch applied: every node that it names is found again, and what it says was there is there, or nothing is done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from xltool import library
from xltool.diff.changes import ADDED, CHANGED, MOVED, REMOVED, Change, Patch, Ref
from xltool.diff.matching import text_of_content
from xltool.diff.tree import (
    ITEM,
    Content,
    Forms,
    Key,
    Node,
    Position,
    filing_of,
    key_of,
    nodes_of,
    positions,
    same,
)
from xltool.filing import Filing
from xltool.problems import Problem, ProblemError, problem

LONG = 40
"""Characters of a text that a sentence shows."""


def apply(patch: Patch, base: Filing, forms: Forms | None = None) -> Filing:
    """The filing that the patch makes of the base; its source is empty.

    Raises:
        ProblemError: each change that does not fit the base: what it names is not there, stands there twice,
        or says something else than the patch expects.
    """
    forms = library.forms() if forms is None else forms
    nodes = nodes_of(base, forms)
    faults: list[Problem] = []
    made = _applied(nodes, positions(nodes), patch.changes, _Where(forms), faults)
    if faults:
        raise ProblemError(faults)
    return filing_of(made)


@dataclass(frozen=True, slots=True)
class _Where:
    """The list that a row of nodes is, and the words of the entry that it stands in."""

    forms: Forms
    list: str = ""
    entry: str = ""

    def key(self, node: Node) -> Key:
        return key_of(node, self.forms, self.list)


def _applied(nodes: Sequence[Node], places: Sequence[Position], changes: Sequence[Change], where: _Where, faults: list[Problem]) -> list[Node]:
    """A row of nodes after the changes."""
    by_node: dict[tuple[str, Position], list[Change]] = {}
    refs: dict[tuple[str, Position], Ref] = {}
    for change in changes:
        # Changes of items belong to their entry where the row is the document.
        of = change.entry if change.entry and not where.list else change.of
        if of and not of.new:
            by_node.setdefault((of.kind, of.at), []).append(change)
            refs.setdefault((of.kind, of.at), of)
    found = _found(nodes, places, refs, by_node, where, faults)
    here = {at: by_node[mark] for mark, at in found.items()}
    changed = [_changed(node, here.get(at, ()), where, faults) for at, node in enumerate(nodes)]
    own = [change for change in changes if where.list or change.entry is None]
    return _ordered(nodes, places, changed, own, found, where)


def _found(
    nodes: Sequence[Node], places: Sequence[Position], refs: Mapping[tuple[str, Position], Ref], changes: Mapping[tuple[str, Position], Sequence[Change]],
    where: _Where, faults: list[Problem],
) -> dict[tuple[str, Position], int]:  # fmt: skip
    """For each node that the patch names its number in the row; those that stand where they stood come first."""
    found: dict[tuple[str, Position], int] = {}
    keys = [(node.kind, node.form, tuple((path, _plain(one)) for path, one in where.key(node))) for node in nodes]
    by_place = {(node.kind, place): at for at, (node, place) in enumerate(zip(nodes, places, strict=True))}
    for mark, ref in refs.items():
        at = by_place.get(mark)
        if at is not None and _known(ref, keys[at]) and _fits(nodes[at], changes[mark]):
            found[mark] = at
    for mark, ref in refs.items():
        if mark in found:
            continue
        taken = set(found.values())
        candidates = [at for at, key in enumerate(keys) if at not in taken and _known(ref, key)]
        fitting = [at for at in candidates if _fits(nodes[at], changes[mark])]
        if fitting and len({nodes[at].sign for at in fitting}) == 1:
            found[mark] = min(fitting, key=lambda at: abs(at - by_place.get(mark, at)))
        else:
            faults.extend(_faults(ref, [nodes[at] for at in candidates], fitting, changes[mark], where))
    return found


def _plain(content: Content) -> str:
    return "".join(text_of_content(content).split())


def _known(ref: Ref, key: tuple[str, str, tuple[tuple[str, str], ...]]) -> bool:
    """True where a node is known by what a patch names it by."""
    return (ref.kind, tuple((path, _plain(one)) for path, one in ref.key)) == (key[0], key[2]) and ref.form in ("", key[1])


def _fits(node: Node, changes: Sequence[Change]) -> bool:
    """True where a node says what the changes of it expect."""
    for change in changes:
        if change.of.kind == ITEM != node.kind:
            continue
        if change.kind == CHANGED and not same(node.contents.get(change.path), _content(change.old)):
            return False
        if change.kind == REMOVED and isinstance(change.old, Node) and node.sign != change.old.sign:
            return False
    return True


def _content(found: Content | Node) -> Content:
    assert not isinstance(found, Node)
    return found


def _faults(ref: Ref, candidates: Sequence[Node], fitting: Sequence[int], changes: Sequence[Change], where: _Where) -> Iterator[Problem]:
    """Why a node that the patch names cannot be told."""
    place, words = where.entry, named(ref)
    if fitting:
        yield problem("patch-twice", place, what=words, count=len(fitting))
    elif not candidates:
        yield problem("patch-missing", place, what=words)
    else:
        node = candidates[0]
        for change in changes:
            if change.of.kind == ITEM != node.kind or _fits(node, [change]):
                continue
            if change.kind == REMOVED:
                yield problem("patch-removed", place, what=words)
            else:
                found = node.contents.get(change.path)
                yield problem("patch-old", place, what=words, path=change.path, wanted=shown(_content(change.old)), found=shown(found))


def named(ref: Ref) -> str:
    """A node in words: its key, parted by /."""
    words = " / ".join(text_of_content(found) for _, found in ref.key if found is not None)
    return words or f"#{'.'.join(str(one + 1) for one in ref.at)}"


def shown(content: Content) -> str:
    """A content in a sentence: of a long text its beginning."""
    text = text_of_content(content) if content is not None else "∅"
    return text if len(text) <= LONG else f"{text[:LONG]}…"


def _changed(node: Node, changes: Sequence[Change], where: _Where, faults: list[Problem]) -> Node:
    """A node with the changes of its own contents and of its lists."""
    own = {change.path: _content(change.new) for change in changes if change.kind == CHANGED and change.of.kind == node.kind}
    lists = dict(node.lists)
    if node.kind != ITEM:
        for name in dict.fromkeys(change.list for change in changes if change.of.kind == ITEM):
            items = lists.get(name, ())
            inner = _Where(where.forms, name, named(Ref(node.kind, (), where.key(node))))
            inside = [change for change in changes if change.of.kind == ITEM and change.list == name]
            lists[name] = tuple(_applied(items, [(at,) for at in range(len(items))], inside, inner, faults))
    return replace(node, contents={**node.contents, **own}, lists=lists) if own or lists != node.lists else node


def _ordered(
    nodes: Sequence[Node], places: Sequence[Position], changed: Sequence[Node], changes: Sequence[Change], found: Mapping[tuple[str, Position], int], where: _Where,
) -> list[Node]:  # fmt: skip
    """The row without what was removed, with what was added and moved directly after the nodes named."""
    out = {found[change.of.kind, change.of.at] for change in changes if change.kind in (REMOVED, MOVED) and (change.of.kind, change.of.at) in found}
    row: list[tuple[object, Node]] = [(at, node) for at, node in enumerate(changed) if at not in out]
    by_place = {(node.kind, place): at for at, (node, place) in enumerate(zip(nodes, places, strict=True))}
    for change in changes:
        if change.kind not in (ADDED, MOVED):
            continue
        number = found.get((change.of.kind, change.of.at)) if change.kind == MOVED else None
        node = change.new if change.kind == ADDED else None if number is None else changed[number]
        if isinstance(node, Node):
            mark: object = number if number is not None else ("new", change.of.kind, change.to)
            row.insert(_behind(row, change, found, by_place, nodes, where), (mark, node))
    return [node for _, node in row]


def _behind(
    row: Sequence[tuple[object, Node]], change: Change, found: Mapping[tuple[str, Position], int], by_place: Mapping[tuple[str, Position], int],
    nodes: Sequence[Node], where: _Where,
) -> int:  # fmt: skip
    """The place in the row directly after the node that the change names; else the place that it had in the result."""
    after = change.after
    if after is None:
        return 0
    mark: object = ("new", after.kind, after.at) if after.new else found.get((after.kind, after.at))
    if mark is None:
        wanted = [_plain(one) for _, one in after.key]
        alike = [at for at, node in enumerate(nodes) if node.kind == after.kind and [_plain(one) for _, one in where.key(node)] == wanted]
        first = by_place.get((after.kind, after.at))
        mark = first if first in alike else alike[0] if alike else None
    marks = [one for one, _ in row]
    if mark in marks:
        return marks.index(mark) + 1
    return min(change.to[-1], len(row)) if change.of.kind == ITEM else len(row)
