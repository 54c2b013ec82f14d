"""Which files of two folders belong together: by the forms that they hold, never by their names or their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from xltool.diff.matching import match_entries
from xltool.diff.tree import Forms, Node, node_of
from xltool.filing import Filing


@dataclass(frozen=True, slots=True)
class Partners:
    """The files of the second side in the order of their partners, and those of either side that have none, all by number."""

    order: tuple[int, ...]
    lone: tuple[tuple[int, ...], tuple[int, ...]]


def partners(first: Sequence[Filing], second: Sequence[Filing], forms: Forms) -> Partners:
    """The files of two sides put side by side: a file's partner holds the same project, unit and year, or much of its contents.

    Files without a partner stand where the first side has such files, those that are too many at the end.
    """
    a, b = _entries(first, forms), _entries(second, forms)
    pairs = match_entries([node for _, node in a], [node for _, node in b], forms)
    places: dict[int, int] = {}
    for here, there in sorted(pairs.items()):
        places.setdefault(b[there][0], here)
    with_partner = {a[here][0] for here in pairs}
    alone = [at for at in range(len(first)) if at not in with_partner]
    others = [at for at in range(len(second)) if at not in places]
    begins = {file: at for at, (file, _) in reversed(list(enumerate(a)))}
    slots = [begins.get(file, len(a)) for file in alone]
    for file, slot in zip_longest(others, slots[: len(others)], fillvalue=len(a)):
        places[file] = slot
    return Partners(tuple(sorted(places, key=lambda file: (places[file], file))), (tuple(alone), tuple(others)))


def _entries(filings: Sequence[Filing], forms: Forms) -> list[tuple[int, Node]]:
    """Every form with the number of its file."""
    return [(number, node_of(entry, forms[entry.form])) for number, filing in enumerate(filings) for entry in filing.entries]
