"""Grids and forms as a filing: each form found by its captions, read in its place, every cell accounted for.

Nothing here knows what kind of file the grids come from.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import compress, count
from operator import itemgetter

from xltool.collector import paused
from xltool.filing import Doubt, Entry, Filing, Leftover, Source
from xltool.form import Form
from xltool.grid import Book, Grid, GridCell
from xltool.problems import ProblemError
from xltool.recovery.grid_around import OTHER, other_title, with_surroundings
from xltool.recovery.grid_beside import parted
from xltool.recovery.grid_captions import Captions
from xltool.recovery.grid_continued import GOES_ON, goes_on
from xltool.recovery.grid_entry import EntryReader, leftovers
from xltool.recovery.grid_inline import captions_alone, inlines, with_values
from xltool.recovery.grid_markup import without_markup
from xltool.recovery.grid_placement import Placement, place, where
from xltool.recovery.grid_places import plan_of
from xltool.recovery.grid_regions import Region, regions
from xltool.recovery.grid_sections import (
    BLANK_PROPERTY,
    Seen,
    contents_of,
    declared_forms,
    own_sheets,
    section_title,
    sections,
)
from xltool.recovery.grid_stencil import Stencil, stencil_of
from xltool.recovery.grid_unseen import with_errors, with_unseen
from xltool.recovery.grid_values import tidy
from xltool.recovery.near_misses import no_form

REMEMBERED = 512
"""Outlines and stencils that are kept."""
MARKED = 16_384
"""Captions of the outlines that are kept: that of a sheet of many forms holds as much as theirs, and seldom comes again."""
_TEXTS = 20_000
_FIRST = itemgetter(slice(1))


@dataclass(frozen=True, slots=True)
class Shape:
    """A grid with its forms placed: each placement with the number of its section's title (or -1) and of the
    cells before it that belong to nothing; cells that hold a form's title alone; (cell, why) of forms that are like a
    known one and bear another title."""

    placements: tuple[tuple[Placement, int, tuple[int, ...]], ...]
    lost: tuple[int, ...]
    other: tuple[tuple[int, str], ...] = ()


Shapes = list[tuple[Grid, Shape | None]]
"""The grids of a document with their forms placed."""


@dataclass(frozen=True, slots=True)
class _Outline:
    """What the captions of a grid say: its forms, and captions that are the title of none; cells count captions.

    ``stencils`` are those of the forms, by the form's number and the row in which its last cell begins, so far as was seen.
    """

    regions: tuple[Region, ...]
    lost: tuple[int, ...]
    stencils: dict[tuple[int, int], Stencil] = field(default_factory=dict, compare=False, repr=False)


class _Known:
    """The known forms made ready for reading; what was seen before: texts that are captions, outlines and stencils."""

    def __init__(self, forms: Mapping[str, Form]) -> None:
        self.forms = forms
        self.captions = Captions(forms.values())
        self.plans = {form_id: plan_of(form, self.captions.anchors[form_id]) for form_id, form in forms.items()}
        self.readers = {form_id: EntryReader(plan, self.captions) for form_id, plan in self.plans.items()}
        self.outlines: dict[tuple[tuple[object, ...], tuple[object, ...], int, object], _Outline] = {}
        self.marked = 0
        self.stencils: dict[object, Stencil] = {}
        self.signs: dict[str, int] = {}
        self.kinds: dict[object, int] = {(): 0}

    def shape(self, grid: Grid, declared: frozenset[str]) -> Shape:
        """The shape of a grid: its forms placed by their captions and the places of its cells."""
        texts, known = grid.texts, self.signs
        # Most texts begin as no caption does.
        likely = list(compress(count(), map(self.captions.firsts.__contains__, map(_FIRST, texts))))
        words = [texts[number] for number in likely]
        said = [self._sign(text) if sign is None else sign for text, sign in zip(words, map(known.get, words), strict=True)]
        marks, signs = list(compress(likely, said)), list(filter(None, said))
        key = tuple([grid.places[number] for number in marks]), tuple(signs), grid.last_row, declared
        outline = self.outlines.get(key)
        if outline is None:
            if len(self.outlines) >= REMEMBERED or self.marked + len(marks) > MARKED:
                self.outlines.clear()
                self.marked = 0
            self.marked += len(marks)
            outline = self.outlines[key] = self._outline(grid, marks, declared)
        shape = _placed(grid, marks, outline, self)
        return self._with_inlines(grid, shape, [number for number, sign in zip(likely, said, strict=True) if not sign], declared)

    def _with_inlines(self, grid: Grid, shape: Shape, likely: Sequence[int], declared: frozenset[str]) -> Shape:
        """The shape with captions and values that share a cell; they may tell where other cells belong. ``likely`` are
        the cells that begin as captions do and are none."""
        found = inlines(grid, likely, [one for one, _, _ in shape.placements], self.plans, self.captions)
        if not found:
            return shape
        alone = self.shape(captions_alone(grid, found), declared)
        return replace(alone, placements=tuple([(with_values(one, found), titled, before) for one, titled, before in alone.placements]))

    def _sign(self, text: str) -> int:
        """A number for the captions that a text can be, whatever stands in them; 0 where it is none."""
        if len(self.signs) >= _TEXTS:
            self.signs.clear()
        kind = tuple([(one.form, one.anchors, one.exact) for one in self.captions.matches(text)])
        sign = self.signs[text] = self.kinds.setdefault(kind, len(self.kinds))
        return sign

    def _outline(self, grid: Grid, marks: Sequence[int], declared: frozenset[str]) -> _Outline:
        cells = [GridCell(*grid.places[number], grid.texts[number], at) for at, number in enumerate(marks)]
        found, lost = regions(cells, grid.last_row, self.captions, declared)
        return _Outline(tuple(found), tuple(cell.number for cell in lost))

    def stencil(self, region: Region, bottom: int) -> Stencil:
        """The stencil of a region whose last cell begins in row ``bottom``: one for all forms whose captions stand alike."""
        above = region.top - 1
        hits = tuple([(row - above, column, last_row - above, last_column, match.anchors) for (row, column, last_row, last_column, *_), match in region.hits])
        key = region.form, hits, bottom - above
        found = self.stencils.get(key)
        if found is None:
            if len(self.stencils) >= REMEMBERED:
                self.stencils.clear()
            found = self.stencils[key] = stencil_of(self.plans[region.form], region, bottom)
        return found


@dataclass(slots=True)
class _Document:
    """What is read of a document so far."""

    entries: list[Entry] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    leftover: list[Leftover] = field(default_factory=list)


_ready: list[_Known] = []


def _known(forms: Mapping[str, Form]) -> _Known:
    """The forms made ready; the last set of forms stays ready for the next document."""
    if not _ready or _ready[0].forms is not forms:
        _ready[:] = [_Known(forms)]
    return _ready[0]


def captions_of(forms: Mapping[str, Form]) -> Captions:
    """The captions of the forms, made ready."""
    return _known(forms).captions


def shapes_of(book: Book, forms: Mapping[str, Form]) -> Iterator[tuple[Grid, Shape | None]]:
    """Each grid of a document with its forms placed; of a table of contents what else stands on its grid, if a form does."""
    known, declared, passed = _known(forms), declared_forms(book), own_sheets(book)
    for grid in _grids(book, known.captions):
        if grid.name in passed:
            yield grid, None
        elif contents := contents_of(grid):
            rest = _part(grid, [number for number, place in enumerate(grid.places) if place[:2] not in contents.cells])
            shape = known.shape(rest, declared)
            yield (rest, shape) if shape.placements else (grid, None)
        else:
            yield grid, known.shape(grid, declared)


@paused()
def read_book(book: Book, forms: Mapping[str, Form], name: str, shapes: Shapes | None = None) -> Filing:
    """The filing of a document's grids; ``name`` is the file's, for its source. ``shapes`` takes each grid that was read with its shape.

    Raises:
        ProblemError: no-form.
    """
    known, declared, document = _known(forms), declared_forms(book), _Document()
    listed: dict[str, Seen] = {}
    passed = own_sheets(book)
    for grid in _grids(book, known.captions):
        if grid.name in passed:
            continue
        if contents := contents_of(grid):
            listed.update(contents.sheets)
            left = [number for number, place in enumerate(grid.places) if place[:2] not in contents.cells]
            rest = _part(grid, left)
            if known.shape(rest, declared).placements:
                _read_grid(rest, known, declared, document, shapes)
            else:
                document.leftover.extend(leftovers(grid, left, range(len(grid.places))))
        else:
            _read_grid(grid, known, declared, document, shapes)
    if not document.entries:
        raise ProblemError(no_form(name, (text for grid in book.grids for text in grid.texts), forms))
    seen = _listed(document, listed)
    beside = (Leftover(*one) for one in book.beside)
    source = Source(name, None, (), tuple(document.doubts), (*document.leftover, *beside))
    return Filing(sections(document.entries, seen, book, forms), source)


def _grids(book: Book, captions: Captions) -> Iterator[Grid]:
    """The grids without the markup of web pages and with doubts on what nobody sees or means, each form of those that stand side by side on one of its own; those of
    a blank of ours know that a blank group goes on."""
    for grid in map(with_errors, map(with_unseen, map(without_markup, book.grids))):
        whole = replace(grid, goes_on=True, _cells=[], _squares={}) if BLANK_PROPERTY in book.properties else grid
        parts = parted(whole, captions)
        yield from (_part(whole, numbers) for numbers in parts) if parts else (whole,)


def _part(grid: Grid, numbers: Sequence[int]) -> Grid:
    """Some cells of a grid: in a document the table of contents stands on one grid with the forms."""
    return replace(
        grid,
        places=tuple(grid.places[number] for number in numbers),
        texts=tuple(grid.texts[number] for number in numbers),
        values={at: grid.values[number] for at, number in enumerate(numbers) if number in grid.values},
        formulas={at: grid.formulas[number] for at, number in enumerate(numbers) if number in grid.formulas},
        notes={at: grid.notes[number] for at, number in enumerate(numbers) if number in grid.notes},
        mended={at: grid.mended[number] for at, number in enumerate(numbers) if number in grid.mended},
        unsure={at: grid.unsure[number] for at, number in enumerate(numbers) if number in grid.unsure},
        marked={at: grid.marked[number] for at, number in enumerate(numbers) if number in grid.marked},
        spots=tuple(grid.spots[number] for number in numbers) if grid.spots else (),
        _cells=[],
        _squares={},
    )


def _listed(document: _Document, listed: Mapping[str, Seen]) -> list[Seen]:
    """What stands by each entry about its section: beside the form, else on the contents sheet, by the sheet's
    name; where a document was printed, names of sheets are gone and the order of as many forms tells."""
    if len(listed) == len(document.entries) and not any(_sheet(entry) in listed for entry in document.entries):
        return [one if one.known else other for one, other in zip(document.seen, listed.values(), strict=True)]
    return [one if one.known else listed.get(_sheet(entry), one) for entry, one in zip(document.entries, document.seen, strict=True)]


def _sheet(entry: Entry) -> str:
    return str(entry.source.place[1]) if entry.source.place else ""


def _read_grid(grid: Grid, known: _Known, declared: frozenset[str], document: _Document, shapes: Shapes | None) -> None:
    """Adds the entries of one grid; what stands around them is a leftover of the nearest."""
    shape = known.shape(grid, declared)
    if shapes is not None:
        shapes.append((grid, shape))
    for number in shape.lost:
        why = f"只有表名“{tidy(grid.texts[number])}”，没有栏目"
        document.doubts.append(Doubt("sections[0].forms", where(grid, number), why))
    document.doubts.extend(Doubt("sections[0].forms", where(grid, number), why) for number, why in shape.other)
    if not shape.placements:
        numbers = range(len(grid.places))
        document.leftover.extend(leftovers(grid, numbers, numbers))
        if document.entries and not shape.other and (name := goes_on(known.forms[document.entries[-1].form], grid)):
            last = document.entries[-1]
            doubt = Doubt(name, grid.name, GOES_ON.format(grid.name))
            document.entries[-1] = last.doubted([doubt])
        return
    for placement, titled, before in shape.placements:
        entry = known.readers[placement.form].entry(placement, grid)
        title = Seen(True, tidy(grid.texts[titled]), titled) if titled >= 0 else Seen()
        document.entries.append(_with_rest(entry, grid, before) if before else entry)
        document.seen.append(title)


def _with_rest(entry: Entry, grid: Grid, numbers: Sequence[int]) -> Entry:
    left = tuple(leftovers(grid, numbers, numbers))
    return replace(entry, source=replace(entry.source, leftover=(*left, *entry.source.leftover)))


def _placed(grid: Grid, marks: Sequence[int], outline: _Outline, known: _Known) -> Shape:
    """The forms of a grid placed, each with its section's title above it; the captions' numbers are ``marks``."""
    tops = [bisect_left(grid.places, (region.top,)) for region in outline.regions]
    titles = [_title(grid, end, start, known.forms) for start, end in zip([0, *tops], tops, strict=False)]
    placements: list[tuple[Placement, int, tuple[int, ...]]] = []
    orphans: list[int] = []
    other: list[tuple[int, str]] = []
    for at, region in enumerate(outline.regions):
        before = range(tops[at] if titles[at] < 0 else titles[at] + 1, tops[at]) if at else range(tops[at])
        rest = tuple(number for number in before if number != titles[at])
        end = len(grid.places) if at + 1 == len(tops) else titles[at + 1] if titles[at + 1] >= 0 else tops[at + 1]
        bottom = grid.places[end - 1][0]
        if (stencil := outline.stencils.get((at, bottom))) is None:
            stencil = outline.stencils[at, bottom] = known.stencil(region, bottom)
        share = region.found / len(known.captions.anchors[region.form])
        if not region.titled and (named := other_title(stencil, grid, (*rest, *range(tops[at], end)), region.top, share)) is not None:
            other.append((named, OTHER.format(tidy(grid.texts[named]), stencil.form.title)))
            orphans.extend((*rest, *range(tops[at], end)))
            continue
        placement, rest = with_surroundings(place(stencil, region, marks, grid, tops[at], end), rest, grid)
        placements.append((placement, titles[at], (*orphans, *rest)))
        orphans.clear()
    if placements and orphans:
        placement, titled, rest = placements[-1]
        placements[-1] = replace(placement, left=(*placement.left, *orphans)), titled, rest
    return Shape(tuple(placements), tuple([marks[number] for number in outline.lost]), tuple(other))


def _title(grid: Grid, end: int, start: int, forms: Mapping[str, Form]) -> int:
    """The number of a section's title above a form: alone in its row, nothing but such rows between; -1 without one."""
    places = grid.places
    for number in range(end - 1, start - 1, -1):
        alone = all(places[other][0] != places[number][0] for other in (number - 1, number + 1) if start <= other < end)
        if not alone:
            return -1
        if section_title(grid.texts[number], forms):
            return number
    return -1
