"""Where the values of forms in text stand: the first piece of each field, by the trace of the reading."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

from xltool.filing import Filing
from xltool.places import Place, Places
from xltool.recovery.claims import Trace

_FIELD = re.compile(r"([a-z][a-z0-9_]*)\[(\d+)(?:—(\d+))?\]\.([a-z][a-z0-9_.]*)")
_SCALAR = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*")


def places(filing: Filing, trace: Sequence[Trace], place: Callable[[Trace], Place]) -> tuple[Places, ...]:
    """The places of each entry of a filing that was read from text; ``place`` says where a piece stands."""
    starts = [_line(entry.source.place) for entry in filing.entries]
    found: list[dict[str, Place]] = [{} for _ in starts]
    for piece in trace:
        at = bisect_right(starts, piece.line) - 1
        if at < 0:
            continue
        stands = place(piece)
        found[at].setdefault("", stands)
        for path in _paths(piece.where):
            found[at].setdefault(path, stands)
            if "[" in path:
                found[at].setdefault(path[: path.index("]") + 1], stands)
    return tuple(found)


def _line(place: tuple[str, str | int] | None) -> int:
    return place[1] if place and isinstance(place[1], int) else 0


def _paths(where: str) -> Iterator[str]:
    """The fields that a piece went to: one, several of a cell, or one in several rows of a list."""
    for one in where.split("、"):
        if found := _FIELD.fullmatch(one):
            name, first, last, path = found.groups()
            yield from (f"{name}[{number}].{path}" for number in range(int(first), int(last or first) + 1))
        elif _SCALAR.fullmatch(one):
            yield one
