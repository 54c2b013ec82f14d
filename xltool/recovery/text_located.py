"""Where the values of forms in text stand: the first piece of each field, by the trace of the reading; an empty field stands at its caption."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence

from xltool.field_captions import captions
from xltool.filing import Filing
from xltool.form import Form
from xltool.places import Place, Places
from xltool.recovery.claims import Trace
from xltool.values import caption_key

_FIELD = re.compile(r"([a-z][a-z0-9_]*)\[(\d+)(?:—(\d+))?\]\.([a-z][a-z0-9_.]*)")
_CAPTION = "栏目 "
"""How the account of a reading names a caption."""
_TOLD_APART = re.compile(r"（[^（）]*）$")
_SCALAR = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*")


def places(filing: Filing, trace: Sequence[Trace], place: Callable[[Trace], Place], forms: Mapping[str, Form]) -> tuple[Places, ...]:
    """The places of each entry of a filing that was read from text; ``place`` says where a piece stands."""
    starts = [_line(entry.source.place) for entry in filing.entries]
    found: list[dict[str, Place]] = [{} for _ in starts]
    heads: list[dict[str, set[Place]]] = [{} for _ in starts]
    for piece in trace:
        at = bisect_right(starts, piece.line) - 1
        if at < 0:
            continue
        stands = place(piece)
        found[at].setdefault("", stands)
        if piece.where.startswith(_CAPTION):
            heads[at].setdefault(caption_key(piece.where.removeprefix(_CAPTION)), set()).add(stands)
        for path in _paths(piece.where):
            found[at].setdefault(path, stands)
            if "[" in path:
                found[at].setdefault(path[: path.index("]") + 1], stands)
    return tuple({**_at_captions(forms[entry.form], said), **mine} for entry, said, mine in zip(filing.entries, heads, found, strict=True))


def _at_captions(form: Form, heads: Mapping[str, set[Place]]) -> Places:
    """The places of fields outside lists by their captions, of a table those of their rows, where a caption stands once."""
    named = captions(form)
    said = {field.path: heads.get(caption_key(named[field.name].partition("·")[0])) or heads.get(caption_key(_TOLD_APART.sub("", named[field.name])), set()) for field in form.scalars}
    return {path: next(iter(places)) for path, places in said.items() if len(places) == 1}


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
