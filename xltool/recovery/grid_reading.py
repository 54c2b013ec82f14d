"""Grids and forms as a filing: each form found by its captions, read in its place, every cell accounted for.

Nothing here knows what kind of file the grids come from.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from xltool.filing import Doubt, Entry, Filing, Leftover, Source
from xltool.form import Form
from xltool.grid import Book, Grid, GridCell, address
from xltool.problems import ProblemError, problem
from xltool.recovery.grid_captions import Captions
from xltool.recovery.grid_entry import EntryReader, leftovers
from xltool.recovery.grid_places import plan_of
from xltool.recovery.grid_regions import regions
from xltool.recovery.grid_sections import Seen, contents_of, declared_forms, section_title, sections
from xltool.recovery.grid_values import tidy


class _Known:
    """The known forms made ready for reading."""

    def __init__(self, forms: Mapping[str, Form]) -> None:
        self.forms = forms
        self.captions = Captions(forms.values())
        self.readers = {form_id: EntryReader(plan_of(form, self.captions.anchors[form_id])) for form_id, form in forms.items()}


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
            left = [cell for cell in grid.cells if (cell.row, cell.column) not in contents.cells]
            document.leftover.extend(leftovers(grid.name, left, grid.cells))
        else:
            _read_grid(grid, known, declared, document)
    if not document.entries:
        raise ProblemError(problem("no-form", name, known="、".join(form.title for form in forms.values())))
    seen = [one if one.known else listed.get(_sheet(entry), one) for entry, one in zip(document.entries, document.seen, strict=True)]
    source = Source(name, None, (), tuple(document.doubts), tuple(document.leftover))
    return Filing(sections(document.entries, seen, book, forms), source)


def _sheet(entry: Entry) -> str:
    return str(entry.source.place[1]) if entry.source.place else ""


def _read_grid(grid: Grid, known: _Known, declared: frozenset[str], document: _Document) -> None:
    """Adds the entries of one grid; what stands around them is a leftover of the nearest above."""
    found, lost = regions(grid, known.captions, declared)
    for cell in lost:
        document.doubts.append(Doubt("sections[0].forms", f"{grid.name}!{address(cell.row, cell.column)}", f"只有表名“{tidy(cell.text)}”，没有栏目"))
    if not found:
        document.leftover.extend(leftovers(grid.name, grid.cells))
        return
    rows = [cell.row for cell in grid.cells]
    title, start = Seen(), 0
    for at, region in enumerate(found):
        end = bisect_left(rows, found[at + 1].top) if at + 1 < len(found) else len(grid.cells)
        first = bisect_left(rows, region.top)
        above = [cell for cell in grid.cells[start:first] if section_title(cell, known.forms)]
        if above:
            title = Seen(True, tidy(above[-1].text), above[-1].row)
        end = _end(grid.cells, first, end, region.last, known)
        before = grid.cells[start:first]
        reader = known.readers[region.form]
        bottom = grid.cells[end - 1].row
        entry = reader.read(region, grid, grid.cells[first:end], bottom, set())
        document.entries.append(_with_rest(entry, grid, [cell for cell in before if cell not in above]))
        document.seen.append(title)
        start = end
    if start < len(grid.cells):
        document.entries[-1] = _with_rest(document.entries[-1], grid, grid.cells[start:])


def _end(cells: tuple[GridCell, ...], first: int, end: int, last: int, known: _Known) -> int:
    """Where the cells of a form end: before the next form, and before a section's title above that."""
    for at in range(end - 1, first, -1):
        if cells[at].row <= last:
            break
        if section_title(cells[at], known.forms) and not known.captions.matches(cells[at].text):
            return at
    return end


def _with_rest(entry: Entry, grid: Grid, cells: list[GridCell] | tuple[GridCell, ...]) -> Entry:
    left = tuple(leftovers(grid.name, cells))
    if not left:
        return entry
    return replace(entry, source=replace(entry.source, leftover=(*entry.source.leftover, *left)))
