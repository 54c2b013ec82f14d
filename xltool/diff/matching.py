"""Which node of one filing is which of another: what is equal first, then the likeliest pairing as a whole."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache

from xltool.arrange import text_of
from xltool.diff.assignment import Pair, best_pairs, equal_pairs
from xltool.diff.likeness import likeness
from xltool.diff.tree import (
    ENTRY,
    SECTION,
    TITLE,
    Content,
    Forms,
    Mark,
    Node,
    entry_paths,
    key_paths,
    same,
)
from xltool.values import Value

ENOUGH = 0.5
"""The score from which two nodes are one that was changed."""
SAME_NAME = 0.55
"""The score that a name alone is worth where it is the very same."""
MANY = 40_000
"""Pairs up to which each is scored; of more only those with the same key, or whose places are near."""
NEAR = 8
Weights = tuple[tuple[str, float], ...]
"""What each path counts."""


def text_of_content(content: Content) -> str:
    """What a cell shows, as text."""
    return content.mark if isinstance(content, Mark) else text_of(content)


def match_items(first: Sequence[Node], second: Sequence[Node], forms: Forms, name: str) -> dict[int, int]:
    """Which item of a list is which: by all that they show, then by name, levels, the rest and their place."""
    if not first or not second:
        return {}
    form = forms[first[0].form]
    paths = [form.fields[one].path for one in form.lists[name].fields if form.fields[one].type not in ("operator", "unit")]
    weights = _weights(key_paths(form, name), tuple(paths))
    named = key_paths(form, name)[-1:]
    return _match(first, second, lambda a, b, near: _score(a, b, weights, named, near), lambda node: _texts(node, named))


@lru_cache(maxsize=256)
def _weights(keys: tuple[str, ...], paths: tuple[str, ...]) -> Weights:
    """A name counts 5, a level 1, everything else 3 together."""
    rest = [path for path in paths if path not in keys]
    return (*((path, 1.0) for path in keys[:-1]), *((path, 5.0) for path in keys[-1:]), *((path, 3.0 / len(rest)) for path in rest))


def match_entries(first: Sequence[Node], second: Sequence[Node], forms: Forms) -> dict[int, int]:
    """Which entry is which: by all that they show, then by project, year, unit, contents and place."""
    named = {form_id: entry_paths(form)[:1] for form_id, form in forms.items()}

    def score(a: Node, b: Node, near: bool) -> float:
        if a.form != b.form:
            return 0.0
        paths = entry_paths(forms[a.form])
        weights = tuple((path, 5.0 if path in named[a.form] else 1.5) for path in paths)
        parts = [*_parts(a, b, weights), (4.0, _inside(a, b, paths)), (0.5, float(near))]
        return _total(parts, _same_name(a, b, named[a.form]))

    return _match(first, second, score, lambda node: (node.form, *_texts(node, named[node.form])))


def _inside(a: Node, b: Node, keys: tuple[str, ...]) -> float:
    """The share of the contents of two entries that they have in common."""
    paths = [path for path in {**a.contents, **b.contents} if path not in keys and (a.contents.get(path), b.contents.get(path)) != (None, None)]
    equal = sum(same(a.contents.get(path), b.contents.get(path)) for path in paths)
    total = len(paths)
    for name in {**a.lists, **b.lists}:
        mine, yours = [item.sign for item in a.lists.get(name, ())], [item.sign for item in b.lists.get(name, ())]
        equal += len(set(mine) & set(yours))
        total += len(set(mine) | set(yours))
    return equal / total if total else 0.0


def _score(a: Node, b: Node, weights: Weights, named: tuple[str, ...], near: bool) -> float:
    return _total([*_parts(a, b, weights), (1.0, float(near))], _same_name(a, b, named))


def _parts(a: Node, b: Node, weights: Weights) -> Iterator[tuple[float, float]]:
    """For each cell that one of them fills, what it counts and how alike it is."""
    for path, weight in weights:
        was, now = a.contents.get(path), b.contents.get(path)
        if was is None and now is None:
            continue
        yield weight, _alike(was, now)


def _alike(was: Content, now: Content) -> float:
    if same(was, now):
        return 1.0
    if was is None or now is None or type(was) is not type(now) or not isinstance(was, str | Value):
        return 0.0
    return likeness(text_of_content(was), text_of_content(now))


def _same_name(a: Node, b: Node, named: tuple[str, ...]) -> bool:
    return any(a.contents.get(path) is not None and same(a.contents.get(path), b.contents.get(path)) for path in named)


def _total(parts: Sequence[tuple[float, float]], same_name: bool) -> float:
    score = sum(weight * alike for weight, alike in parts) / sum(weight for weight, _ in parts)
    return SAME_NAME + (1 - SAME_NAME) * score if same_name else score


def _match(first: Sequence[Node], second: Sequence[Node], score: Callable[[Node, Node, bool], float], name: Callable[[Node], object]) -> dict[int, int]:
    """The pairs of two rows of nodes, by their numbers; ``name`` is what a node is most likely found again by."""
    found = equal_pairs([node.sign for node in first], [node.sign for node in second])
    left = [at for at in range(len(first)) if at not in found]
    taken = set(found.values())
    free = [at for at in range(len(second)) if at not in taken]
    if not left or not free:
        return found
    scores: dict[Pair, float] = {}
    for a, b in _candidates(first, second, left, free, name):
        worth = score(first[a], second[b], _beside(found, a, b, len(first), len(second)))
        if worth >= ENOUGH:
            # Two poor pairs are not better than one good one; of what is equally alike the nearest belong together.
            scores[a, b] = worth - ENOUGH + 0.01 + 0.005 / (1 + abs(bisect_left(left, a) - bisect_left(free, b)))
    return found | best_pairs(scores)


def _beside(found: Mapping[int, int], a: int, b: int, last: int, end: int) -> bool:
    """True where the neighbours on one side belong together, or both are the first or the last."""
    before = found.get(a - 1) == b - 1 if a and b else a == b
    behind = found.get(a + 1) == b + 1 if a + 1 < last and b + 1 < end else (a + 1 == last) == (b + 1 == end)
    return before or behind


def _candidates(first: Sequence[Node], second: Sequence[Node], left: Sequence[int], free: Sequence[int], name: Callable[[Node], object]) -> Iterator[Pair]:
    if len(left) * len(free) <= MANY:
        yield from ((a, b) for a in left for b in free)
        return
    by_name: dict[object, list[int]] = {}
    for b in free:
        by_name.setdefault(name(second[b]), []).append(b)
    for at, a in enumerate(left):
        middle = at * len(free) // len(left)
        near = free[max(middle - NEAR, 0) : middle + NEAR + 1]
        yield from ((a, b) for b in dict.fromkeys([*by_name.get(name(first[a]), [])[: NEAR * 4], *near]))


def _texts(node: Node, paths: tuple[str, ...]) -> tuple[str, ...]:
    return tuple("".join(text_of_content(node.contents.get(path)).split()) for path in paths)


def match_documents(first: Sequence[Node], second: Sequence[Node], forms: Forms) -> dict[int, int]:
    """Which section and which entry of a document is which, by their numbers in the row of nodes."""
    found: dict[int, int] = {}
    a, b = _numbers(first, ENTRY), _numbers(second, ENTRY)
    pairs = match_entries([first[at] for at in a], [second[at] for at in b], forms)
    found |= {a[one]: b[other] for one, other in pairs.items()}
    return found | _match_sections(first, second, found)


def _numbers(nodes: Sequence[Node], kind: str) -> list[int]:
    return [at for at, node in enumerate(nodes) if node.kind == kind]


def _match_sections(first: Sequence[Node], second: Sequence[Node], entries: Mapping[int, int]) -> dict[int, int]:
    """Sections by their titles and by the entries that they share; two lone ones are one."""
    a, b = _numbers(first, SECTION), _numbers(second, SECTION)
    if len(a) == len(b) == 1:
        return {a[0]: b[0]}
    home, there = _sections_of(first), _sections_of(second)
    shared: dict[Pair, int] = {}
    for one, other in entries.items():
        pair = home[one], there[other]
        shared[pair] = shared.get(pair, 0) + 1
    scores: dict[Pair, float] = {}
    for x in a:
        for y in b:
            most = max(sum(section == x for at, section in home.items() if at != x), sum(section == y for at, section in there.items() if at != y), 1)
            worth = 0.5 * _alike_titles(first[x], second[y]) + 0.5 * shared.get((x, y), 0) / most
            if worth >= 0.3:
                scores[x, y] = worth - 0.29 + 0.005 / (1 + abs(a.index(x) - b.index(y)))
    return best_pairs(scores)


def _alike_titles(one: Node, other: Node) -> float:
    was, now = one.contents.get(TITLE), other.contents.get(TITLE)
    return 1.0 if same(was, now) else likeness(was, now) if isinstance(was, str) and isinstance(now, str) else 0.0


def _sections_of(nodes: Sequence[Node]) -> dict[int, int]:
    """For each entry the section that it stands in, and for each section itself."""
    found: dict[int, int] = {}
    section = -1
    for at, node in enumerate(nodes):
        section = at if node.kind == SECTION else section
        found[at] = section
    return found
