"""A filing with the place of every value: what a finding names, a sum comes from, a change is written to."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from xltool.canonical import paths_of_items
from xltool.filing import Entry, Filing
from xltool.form import Form
from xltool.grid import Book
from xltool.jobs import kinds
from xltool.jobs.reading import Read, opened
from xltool.places import LINE, PAGE, PATH, Place, Places, around
from xltool.recovery import grid_located, sound_reading, text_located
from xltool.recovery.claims import Trace
from xltool.recovery.grid_reading import Shapes


@dataclass(frozen=True, slots=True)
class Located:
    """What was read, and the places of each of its entries, in order; ``book`` are the grids, where it was read from any,
    ``shapes`` those of a workbook with its forms placed."""

    read: Read
    places: tuple[Places, ...]
    book: Book | None = None
    shapes: Shapes = field(default_factory=list)


def read(data: bytes, name: str, forms: Mapping[str, Form], lists: bool = True) -> Located:
    """The filing that the bytes hold, with places; without ``lists`` those of fields outside lists alone, which takes less.

    Raises:
        ProblemError: where they cannot be read, or hold no known form.
    """
    shapes: Shapes = []
    found, book = opened(data, name, forms, shapes)
    return Located(found, _whole(found.filing, _places(found, book, name, forms, lists, shapes), forms, lists), book, shapes)


def places(found: Located, forms: Mapping[str, Form], name: str, paths: Collection[str]) -> tuple[Places, ...]:
    """The places of what was read without those of its lists, with those of some ``paths`` in lists (``indicators[3].target``),
    or more, and of the rows that these stand in."""
    wanted = around(paths)
    more = _whole(found.read.filing, _places(found.read, found.book, name, forms, True, found.shapes, wanted), forms, True, wanted)
    return tuple({**outside, **inside} for outside, inside in zip(found.places, more, strict=True))


def _places(
    found: Read, book: Book | None, name: str, forms: Mapping[str, Form], lists: bool, shapes: Shapes, paths: Collection[str] | None = None
) -> tuple[Places, ...]:
    if found.kind == kinds.JSON:
        return tuple(_by_path(found.filing))
    if book is None:
        return text_located.places(found.filing, found.traces, _of_piece, forms)
    if any(one.code == sound_reading.GRID_AS_TEXT for one in found.filing.source.repairs):
        rows = [(grid, row) for grid in book.grids for row in range(1, grid.last_row + 1)]
        squares = {at: grid_located.in_row(grid, row) for at, (grid, row) in enumerate(rows, 1)}
        return text_located.places(found.filing, sound_reading.as_text(book, forms, name).trace, lambda piece: squares[piece.line], forms)
    return grid_located.places(book, forms, lists, shapes, paths)


def _of_piece(piece: Trace) -> Place:
    return Place(PAGE, piece.spot.removeprefix("第").removesuffix("页")) if piece.spot else Place(LINE, piece.line)


def _by_path(filing: Filing) -> Iterator[Places]:
    for at, section in enumerate(filing.sections):
        yield from ({"": Place(PATH, f"sections[{at}].forms[{number}]")} for number in range(len(section.entries)))


def _whole(filing: Filing, found: tuple[Places, ...], forms: Mapping[str, Form], lists: bool, paths: Collection[str] | None = None) -> tuple[Places, ...]:
    """The places with one for every path of the entry: where nothing is known of a field, that of its row or form."""
    entries = tuple(filing.entries)
    if len(entries) != len(found):
        found = tuple({"": Place(kind, where)} if (kind, where) != ("", "") else {} for kind, where in (one.source.place or ("", "") for one in entries))
    return tuple({**dict(_missing(entry, places, forms[entry.form], lists, paths)), **places} for entry, places in zip(entries, found, strict=True))


def _missing(entry: Entry, places: Places, form: Form, lists: bool, paths: Collection[str] | None) -> Iterator[tuple[str, Place]]:
    whole = places.get("")
    if whole is None:
        return
    for path in entry.values if paths is None else ():
        if path not in places:
            yield path, _below(whole, path)
    columns = paths_of_items(form)
    for name, items in entry.lists.items() if lists else ():
        for at in range(len(items)):
            prefix = f"{name}[{at}]"
            if paths is not None and prefix not in paths:
                continue
            row = places.get(prefix) or _below(whole, prefix)
            yield prefix, row
            inner = ((f"{prefix}.{path}", path) for path in columns[name])
            yield from ((path, _below(row, last)) for path, last in inner if path not in places and (paths is None or path in paths))


def _below(place: Place, path: str) -> Place:
    """The place of something inside a form or row: its own path in JSON, the form's or row's place elsewhere."""
    return Place(PATH, f"{place.where}.{path}") if place.kind == PATH else place
