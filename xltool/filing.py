"""A filing: the values of one submission, in canonical form. Meaning is compared, source is not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from xltool.values import Value

Scalar = None | str | int | Decimal | Value
Item = Mapping[str, Scalar]


@dataclass(frozen=True, slots=True)
class Repair:
    """What recovery changed and stands by."""

    code: str
    place: str
    what: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """A field, by JSON path inside its form (or document), that recovery is not sure of."""

    path: str
    place: str
    why: str


@dataclass(frozen=True, slots=True)
class Leftover:
    """Text that no field took."""

    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a filing or an entry came from, and what recovery did. ``place`` is (kind, where): ("sheet", "项目1")."""

    file: str = ""
    place: tuple[str, str | int] | None = None
    repairs: tuple[Repair, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    leftover: tuple[Leftover, ...] = ()

    @property
    def empty(self) -> bool:
        """True where there is nothing to say."""
        return not (self.file or self.place or self.repairs or self.doubts or self.leftover)


@dataclass(frozen=True, slots=True)
class Entry:
    """One filled form. ``values`` are by JSON path (``project.name``), ``lists`` hold items by path within the item."""

    form: str
    title: str
    values: Mapping[str, Scalar]
    lists: Mapping[str, tuple[Item, ...]] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)
    source: Source = field(default=Source(), compare=False)

    def doubted(self, doubts: Iterable[Doubt]) -> Entry:
        """The entry with more doubts."""
        more = tuple(doubts)
        return replace(self, source=replace(self.source, doubts=(*self.source.doubts, *more))) if more else self


@dataclass(frozen=True, slots=True)
class Section:
    """Entries under one 汇总表 title; ``title`` is None where the document prints none."""

    title: str | None
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Filing:
    """One document."""

    sections: tuple[Section, ...]
    source: Source = field(default=Source(), compare=False)

    @property
    def entries(self) -> Iterator[Entry]:
        """Every entry, in order."""
        for section in self.sections:
            yield from section.entries

    @property
    def sources(self) -> tuple[Source, ...]:
        """Its own source and those of its entries."""
        return (self.source, *(entry.source for entry in self.entries))

    def with_entries(self, entries: Iterable[Entry]) -> Filing:
        """The filing with other entries in place of its own, as many and in their order."""
        given = iter(entries)
        return replace(self, sections=tuple(replace(section, entries=tuple(next(given) for _ in section.entries)) for section in self.sections))

    def repaired(self, repairs: Iterable[Repair]) -> Filing:
        """The filing with more repairs."""
        more = tuple(repairs)
        return replace(self, source=replace(self.source, repairs=(*self.source.repairs, *more))) if more else self
