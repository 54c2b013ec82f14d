"""Grids and forms as a filing: each form found by its captions, read in its place, every cell accounted for.

Nothing here knows what kind of file the grids come from.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from xltool.filing import Doubt, Entry, Filing, Leftover, Source
from xltool.form import Form
from xltool.grid import Book, Grid, GridCell, Rectangle
from xltool.problems import ProblemError, problem
from xltool.recovery.grid_captions import Captions
from xltool.recovery.grid_entry import EntryReader, leftovers
from xltool.recovery.grid_placement import Placement, numbers_of, place, where
from xltool.recovery.grid_places import plan_of
from xltool.recovery.grid_regions import regions
from xltool.recovery.grid_sections import (
    Seen,
    contents_of,
    declared_forms,
    section_title,
    sections,
)
from xltool.recovery.grid_values import tidy

SHAPES = 512
"""Shapes of sheets that are kept placed."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A grid with its forms placed: each placement with the number of its section's title (or -1) and of the
    cells before it that belong to nothing; cells that hold a form's title alone; what follows the last form."""

    placements: tuple[tuple[Placement, int, tuple[int, ...]], ...]
    lost: tuple[int, ...]

    @property
    def steady(self) -> bool:
        """True where the same shape with other values is placed the same."""
        return all(one.steady for one, _, _ in self.placements)


class _Known:
    """The known forms made ready for reading, and the shapes of sheets that were seen."""

    def __init__(self, forms: Mapping[str, Form]) -> None:
        self.forms = forms
        self.captions = Captions(forms.values())
        self.endings = {ending[-1:] for form in forms.values() for ending in form.sections}
        self.plans = {form_id: plan_of(form, self.captions.anchors[form_id]) for form_id, form in forms.items()}
        self.readers = {form_id: EntryReader(plan, self.captions) for form_id, plan in self.plans.items()}
        self.shapes: dict[tuple[tuple[Rectangle, ...], tuple[object, ...], frozenset[str]], Shape] = {}
        self.signs: dict[str, object] = {}

    def shape(self, grid: Grid, declared: frozenset[str]) -> Shape:
        """The shape of a grid: what its captions and the places of its cells say."""
        if "" in grid.texts:
            # A comment or a formula without a result stands there: no shape that comes again.
            return _placed(grid, self, declared)
        key = (grid.places, tuple([self._sign(text) for text in grid.texts]), declared)
        found = self.shapes.get(key)
        if found is None:
            found = _placed(grid, self, declared)
            if found.steady:
                if len(self.shapes) >= SHAPES:
                    self.shapes.clear()
                self.shapes[key] = found
        return found

    def _sign(self, text: str) -> object:
        """What a text is to the shape of its grid: the captions that it can be, or a section's title; None for the rest."""
        matches = self.captions.matches(text)
        if matches or text[-1:] in self.endings:
            if text not in self.signs:
                if len(self.signs) > 20_000:
                    self.signs.clear()
                self.signs[text] = (tuple((one.form, one.anchors, one.exact) for one in matches), section_title(text, self.forms))
            return self.signs[text]
        return None


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
    """Each grid of a document with its forms placed; a contents sheet has none."""
    declared = declared_forms(book)
    for grid in book.grids:
        yield grid, None if contents_of(grid) else _known(forms).shape(grid, declared)


def read_book(book: Book, forms: Mapping[str, Form], name: str) -> Filing:
    """The filing of a document's grids; ``name`` is the file's, for its source.

    Raises:
        ProblemError: no-form.
    """
    known, declared, document = _known(forms), declared_forms(book), _Document()
    listed: dict[str, Seen] = {}
    for grid in book.grids:
        if contents := contents_of(grid):
            listed.update(contents.sheets)
            left = [number for number, place in enumerate(grid.places) if place[:2] not in contents.cells]
            document.leftover.extend(leftovers(grid, left, range(len(grid.places))))
        else:
            _read_grid(grid, known, declared, document)
    if not document.entries:
        raise ProblemError(problem("no-form", name, known="、".join(form.title for form in forms.values())))
    seen = _listed(document, listed)
    beside = (Leftover(*one) for one in book.beside)
    source = Source(name, None, (), tuple(document.doubts), (*document.leftover, *beside))
    return Filing(sections(document.entries, seen, book, forms), source)


def _listed(document: _Document, listed: Mapping[str, Seen]) -> list[Seen]:
    """What stands by each entry about its section: beside the form, else on the contents sheet, by the sheet's
    name; where a document was printed, names of sheets are gone and the order of as many forms tells."""
    if len(listed) == len(document.entries) and not any(_sheet(entry) in listed for entry in document.entries):
        return [one if one.known else other for one, other in zip(document.seen, listed.values(), strict=True)]
    return [one if one.known else listed.get(_sheet(entry), one) for entry, one in zip(document.entries, document.seen, strict=True)]


def _sheet(entry: Entry) -> str:
    return str(entry.source.place[1]) if entry.source.place else ""


def _read_grid(grid: Grid, known: _Known, declared: frozenset[str], document: _Document) -> None:
    """Adds the entries of one grid; what stands around them is a leftover of the nearest."""
    shape = known.shape(grid, declared)
    for number in shape.lost:
        why = f"只有表名“{tidy(grid.texts[number])}”，没有栏目"
        document.doubts.append(Doubt("sections[0].forms", where(grid, number), why))
    if not shape.placements:
        numbers = range(len(grid.places))
        document.leftover.extend(leftovers(grid, numbers, numbers))
        return
    for placement, titled, before in shape.placements:
        entry = known.readers[placement.form].entry(placement, grid)
        title = Seen(True, tidy(grid.texts[titled]), titled) if titled >= 0 else Seen()
        document.entries.append(_with_rest(entry, grid, before) if before else entry)
        document.seen.append(title)


def _with_rest(entry: Entry, grid: Grid, numbers: Sequence[int]) -> Entry:
    left = tuple(leftovers(grid, numbers, numbers))
    return replace(entry, source=replace(entry.source, leftover=(*left, *entry.source.leftover)))


def _placed(grid: Grid, known: _Known, declared: frozenset[str]) -> Shape:
    """The forms of a grid placed, each with its section's title above it."""
    found, lost = regions(grid, known.captions, declared)
    rows = [place[0] for place in grid.places]
    tops = [bisect_left(rows, region.top) for region in found]
    titles = [_title(grid.cells, end, start, known.forms) for start, end in zip([0, *tops], tops, strict=False)]
    placements = []
    for at, region in enumerate(found):
        before = range(tops[at] if titles[at] < 0 else titles[at] + 1, tops[at]) if at else range(tops[at])
        rest = tuple(number for number in before if number != titles[at])
        end = len(rows) if at + 1 == len(found) else titles[at + 1] if titles[at + 1] >= 0 else tops[at + 1]
        placements.append((place(known.plans[region.form], region, grid, tops[at], end), titles[at], rest))
    return Shape(tuple(placements), numbers_of(lost))


def _title(cells: Sequence[GridCell], end: int, start: int, forms: Mapping[str, Form]) -> int:
    """The number of a section's title above a form: alone in its row, nothing but such rows between; -1 without one."""
    for number in range(end - 1, start - 1, -1):
        alone = all(cells[other].row != cells[number].row for other in (number - 1, number + 1) if start <= other < end)
        if not alone:
            return -1
        if section_title(cells[number].text, forms):
            return number
    return -1
