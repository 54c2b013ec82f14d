"""What many forms say alike is kept once: what comes from another process, or from a file, brings its own copy of every text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any, TypeVar

from xltool.jobs.rollup.reading import Given, Kept
from xltool.rollup.model import Scored, Signature, Where
from xltool.surfaces.rollup_writer.content import Drawn, Spooled

Kind = TypeVar("Kind")
_ALONE = frozenset({"hash", "project", "project_key", "code", "where", "amounts", "rows", "names", "clauses", "items", "goal", "scored", "content"})
"""What a form's signature hardly has in common with another's, or what is shared part by part."""
_TEXTS = tuple(one.name for one in fields(Signature) if one.name not in _ALONE)


class Shared:
    """What was seen so far, each thing once; it takes no more memory than what refers to it."""

    def __init__(self) -> None:
        self.seen: dict[object, Any] = {}

    def given(self, one: Given) -> Given:
        """The same, of parts that others have too."""
        return replace(one, kind=self.once(one.kind), forms=tuple(map(self.kept, one.forms)))

    def once(self, thing: Kind) -> Kind:
        """The first thing seen that is equal."""
        found: Kind = self.seen.setdefault((type(thing), thing), thing)
        return found

    def kept(self, one: Kept) -> Kept:
        drawn = self.drawn(one.drawn) if one.drawn else None
        entry, found = (self.spooled(part) if part else None for part in (one.entry, one.found))
        return replace(one, signature=self.signature(one.signature), listed=self.spooled(one.listed), drawn=drawn, entry=entry, found=found)

    def signature(self, one: Signature) -> Signature:
        said: dict[str, Any] = {name: self.once(getattr(one, name)) for name in _TEXTS}
        content = self.spooled(one.content) if isinstance(one.content, Spooled) else one.content
        return replace(
            one, **said, where=self.where(one.where), amounts=self.by_name(one.amounts), scored=self.scored(one.scored) if one.scored else None, content=content,
        )  # fmt: skip

    def where(self, one: Where) -> Where:
        return replace(one, section=self.once(one.section), places=tuple([(self.once(role), place) for role, place in one.places]))

    def scored(self, one: Scored) -> Scored:
        return replace(one, grade=self.once(one.grade), levels=tuple([(self.once(name), weight, score) for name, weight, score in one.levels]))

    def drawn(self, one: Drawn) -> Drawn:
        cells = self.seen.setdefault(tuple(one.cells.items()), one.cells)
        return Drawn(replace(one.stored, part=self.spooled(one.stored.part)), self.once(one.taken), cells)

    def spooled(self, one: Spooled) -> Spooled:
        return Spooled(self.once(one.file), one.start, one.length)

    def by_name(self, found: Mapping[str, Kind]) -> Mapping[str, Kind]:
        return {self.once(name): value for name, value in found.items()}
