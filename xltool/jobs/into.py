"""A filing written into the user's own workbook: a bureau's blank, whose look and everything else in it stays.

What is written is read back, and every other cell is compared, before the result counts.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from xltool import canonical
from xltool.filing import Entry, Filing, Section
from xltool.form import Form
from xltool.grid import Book, GridCell, address
from xltool.jobs import kinds
from xltool.jobs.fill import Filled, fill
from xltool.jobs.lost import lost
from xltool.jobs.slots import Slot, slots
from xltool.problems import Problem, ProblemError, problem
from xltool.recovery import grid_reading
from xltool.recovery.grid_sections import SECTIONS_PROPERTY
from xltool.safe_names import sheet_names
from xltool.surfaces import xlsx_reader
from xltool.surfaces.xlsx_edit import Workbook, risks
from xltool.surfaces.xlsx_edit.copying import copy_sheet
from xltool.surfaces.xlsx_edit.properties import set_property
from xltool.surfaces.xlsx_reader.merges import merges


@dataclass(frozen=True, slots=True)
class Blank:
    """A workbook to write into: its bytes and its file's name."""

    data: bytes
    name: str


@dataclass(frozen=True, slots=True)
class Written:
    """The bytes of the filled workbook, and what deserves a look in it."""

    data: bytes
    notes: tuple[Problem, ...]


def write(filing: Filing, forms: Mapping[str, Form], blank: Blank, out: str = "") -> Written:
    """The blank filled with the filing; ``out`` is the name that it will have.

    Raises:
        ProblemError: where the blank cannot be edited, has no place for a value, or does not read back as the filing.
    """
    entries = list(filing.entries)
    if not entries:
        raise ProblemError(problem("filing-empty"))
    book = opened(blank, out)
    before = xlsx_reader.read(blank.data, blank.name)
    found = find(book, before, blank, forms)
    pairs, copies = _paired(book, entries, found, forms)
    if remarks := list(_remarks(before, pairs, copies, found, forms)):
        raise ProblemError(remarks)
    done = [_entitled(book, slot, fill(book, slot, entry), _title_of(entry, filing)) for slot, entry in reversed(pairs)]
    book.compute_on_opening()
    data = titled(book, filing, forms)
    verify(data, filing, [slot for slot, _ in pairs], forms, blank.name)
    compare(before, xlsx_reader.read(data, blank.name), done, copies, blank.name)
    notes = [*_others(before, found, [slot for slot, _ in pairs], forms, blank.name), *(note for one in reversed(done) for note in one.notes)]
    moved = any(one.shifts for one in done)
    return Written(data, (*notes, *(problem(code, blank.name) for code in risks.notes(book, moved))))


def opened(blank: Blank, out: str = "") -> Workbook:
    """The workbook, which can be edited in place and saved under a name.

    Raises:
        ProblemError: edit-kind, edit-strict, edit-signed, edit-macros, edit-no-macros, or it is damaged.
    """
    if kinds.recognise(blank.data, blank.name) != kinds.XLSX:
        raise ProblemError(problem("edit-kind", blank.name))
    book = Workbook(blank.data, blank.name)
    if refused := list(risks.refusals(book)):
        raise ProblemError(refused)
    check_suffix(book, out)
    return book


def check_suffix(book: Workbook, out: str) -> None:
    """Nothing comes back where a file's suffix says whether it holds macros, which Excel insists on.

    Raises:
        ProblemError: edit-macros, edit-no-macros.
    """
    suffix = PurePath(out).suffix.lower()
    if suffix and (suffix == ".xlsm") != risks.has_macros(book):
        raise ProblemError(problem("edit-macros" if risks.has_macros(book) else "edit-no-macros", out, found=suffix))


def find(book: Workbook, read: Book, blank: Blank, forms: Mapping[str, Form]) -> list[Slot]:
    """Every form of the workbook."""

    def bordered(sheet: str, row: int, column: int) -> bool:
        return book.styles.bordered(book.sheet(sheet).style_at(row, column))

    return slots(read, merges(blank.data, blank.name), forms, bordered)


Pair = tuple[Slot, Entry]


def _paired(book: Workbook, entries: Sequence[Entry], found: Sequence[Slot], forms: Mapping[str, Form]) -> tuple[list[Pair], dict[str, str]]:
    """Each entry with its place, in the order of the workbook; where the blank has a form once and the filing
    several, on copies of its sheet. The copies by name, with the sheet that each is a copy of.

    Raises:
        ProblemError: where the blank lacks a form, or a sheet cannot be copied.
    """
    pairs: list[Pair] = []
    copies: dict[str, str] = {}
    for form in dict.fromkeys(one.form for one in entries):
        own = [one for one in entries if one.form == form]
        places = [one for one in found if one.form.id == form]
        if not places:
            raise ProblemError(problem("into-no-form", book.name, form=forms[form].title))
        if len(own) > len(places):
            places += _copies(book, places, own[1:], found, copies, forms[form])
        pairs += zip(places, own, strict=False)
    order = [one.name for one in book.sheets]
    return sorted(pairs, key=lambda one: (order.index(one[0].sheet), one[0].top)), copies


def _copies(book: Workbook, places: Sequence[Slot], entries: Sequence[Entry], found: Sequence[Slot], copies: dict[str, str], form: Form) -> list[Slot]:
    """A place on a copy of the blank's sheet for each further entry."""
    slot = places[0]
    if len(places) > 1 or sum(one.sheet == slot.sheet for one in found) > 1:
        raise ProblemError(problem("into-too-many", book.name, form=form.title, found=len(places), wanted=len(entries) + 1))
    if refused := list(risks.copying(book, book.sheet(slot.sheet))):
        raise ProblemError(refused)
    made, after = [], slot.sheet
    for name in sheet_names([_called(one, form) for one in entries], [one.name for one in book.sheets]):
        copy_sheet(book, slot.sheet, name, after)
        copies[name], after = slot.sheet, name
        made.append(replace(slot, sheet=name))
    return made


def _called(entry: Entry, form: Form) -> str:
    """What an entry is called: the value of the form's first required text, else its title."""
    named = next((entry.values.get(one.path) for one in form.scalars if one.required and one.type == "text"), None)
    return named if isinstance(named, str) and named.strip() else entry.title


def _remarks(read: Book, pairs: Sequence[Pair], copies: Mapping[str, str], found: Sequence[Slot], forms: Mapping[str, Form]) -> Iterator[Problem]:
    """Remarks beside boxes that stay empty: they would be read as the values of those."""
    shown = dict(zip(((one.sheet, one.top) for one in found), grid_reading.read_book(read, forms, "").entries, strict=True))
    for slot, entry in pairs:
        blank = shown[copies.get(slot.sheet, slot.sheet), slot.top]
        for one in slot.scalars:
            paths = [slot.form.fields[name].path for name in one.cell.holes]
            if one.read and one.read != one.place and any(blank.values.get(path) is not None and entry.values.get(path) is None for path in paths):
                yield problem("into-remark", f"{slot.sheet}!{address(*one.read[:2])}", field=one.cell.holes[0])


def _others(read: Book, found: Sequence[Slot], filled: Sequence[Slot], forms: Mapping[str, Form], name: str) -> Iterator[Problem]:
    """Forms that the workbook held already and that nobody filled: they stay as they are, and would be read with those that were."""
    taken = {(one.sheet, one.top) for one in filled}
    for slot, entry in zip(found, grid_reading.read_book(read, forms, "").entries, strict=True):
        if (slot.sheet, slot.top) not in taken and any(entry.lists.values()):
            yield problem("into-note-other", f"{name}: {slot.sheet}!{address(slot.top, 1)}", form=_called(entry, slot.form))


def _title_of(entry: Entry, filing: Filing) -> str | None:
    return next(one.title for one in filing.sections if any(own is entry for own in one.entries))


def _entitled(book: Workbook, slot: Slot, done: Filled, title: str | None) -> Filled:
    """The same, after the title of the section above a form was written; a filing without one leaves what the blank prints there."""
    if slot.title and title and title != slot.titled:
        book.sheet(slot.sheet).set(slot.title[0], slot.title[1], title)
        done.squares.add(slot.title[:2])
    return done


def titled(book: Workbook, filing: Filing, forms: Mapping[str, Form]) -> bytes:
    """The bytes; where the titles of the filing's sections stand nowhere on the sheets, the document's properties have them."""
    data = book.close()
    again = grid_reading.read_book(xlsx_reader.read(data, book.name), forms, book.name)
    wanted = [(one.title, len(one.entries)) for one in filing.sections]
    if not any(title for title, _ in wanted):
        return data
    if [(one.title, len(one.entries)) for one in again.sections] == wanted or sum(count for _, count in wanted) != sum(1 for _ in again.entries):
        return data
    set_property(book, SECTIONS_PROPERTY, json.dumps(wanted, ensure_ascii=False, separators=(",", ":")))
    return book.close()


def verify(data: bytes, filing: Filing, places: Sequence[Slot], forms: Mapping[str, Form], name: str) -> None:
    """Nothing comes back where the forms that were filled read back as the filing.

    Raises:
        ProblemError: naming the values that no workbook holds, else the first paths that differ.
    """
    book = xlsx_reader.read(data, name)
    again = grid_reading.read_book(book, forms, name)
    filled = _filled(again, _forms_of(book, forms), places)
    if not any(one.title for one in filing.sections):
        filing, filled = _untitled(filing), _untitled(filled)
    if differing := canonical.differences(filing, filled):
        raise ProblemError(lost(filing, forms, differing) or problem("workbook-verify", name, what=", ".join(differing[:5])))


def _untitled(filing: Filing) -> Filing:
    """A filing without titles: those that a blank prints stay where the values have none."""
    return Filing((Section(None, tuple(filing.entries)),), filing.source)


def _forms_of(book: Book, forms: Mapping[str, Form]) -> list[tuple[str, str]]:
    """The sheet and the id of each form, in the order in which they are read."""
    return [(grid.name, placement.form) for grid, shape in grid_reading.shapes_of(book, forms) if shape for placement, _, _ in shape.placements]


def _filled(again: Filing, every: Sequence[tuple[str, str]], places: Sequence[Slot]) -> Filing:
    """The filing without the forms of the blank that nobody filled."""
    left = [(one.sheet, one.form.id) for one in places]
    kept: list[bool] = []
    for one in every:
        kept.append(one in left)
        if one in left:
            left.remove(one)
    rest = iter(kept)
    sections = [Section(one.title, tuple(entry for entry in one.entries if next(rest))) for one in again.sections]
    return Filing(tuple(one for one in sections if one.entries), again.source)


def compare(before: Book, after: Book, done: Sequence[Filled], copies: Mapping[str, str], name: str) -> None:
    """Nothing comes back where every cell that is not the form's shows what it showed, in its place.

    Raises:
        ProblemError: workbook-verify, naming the first cell that differs.
    """
    known = {grid.name: grid for grid in before.grids}
    for grid in after.grids:
        work = [one for one in done if one.sheet == grid.name]
        meant = {(at, column) for number, one in enumerate(work) for row, column in one.squares if (at := line(row, work[number + 1 :]))}
        source = known.get(copies.get(grid.name, grid.name))
        old = {(row, cell.column): cell for cell in (source.cells if source else ()) if (row := _moved(cell, work))}
        new = {(cell.row, cell.column): cell for cell in grid.cells}
        for square in sorted({*old, *new} - meant):
            one, other = old.get(square), new.get(square)
            copied = one is None and other is not None and bool(other.formula) and not other.text
            if not copied and _seen(one) != _seen(other):
                raise ProblemError(problem("workbook-verify", name, what=f"{grid.name}!{square}"))


def _moved(cell: GridCell, work: Sequence[Filled]) -> int | None:
    """The row in which a cell of a sheet begins after several forms were filled, the lowest first; None where it is gone."""
    return next((at for row in range(cell.row, cell.last_row + 1) if (at := line(row, work)) is not None), None)


def line(row: int, work: Sequence[Filled]) -> int | None:
    """Where a row has come to stand after all of this; None where it is gone."""
    at: int | None = row
    for one in work:
        at = one.line(at) if at is not None else None
    return at


def _seen(cell: GridCell | None) -> tuple[str, object]:
    return (cell.text, cell.value) if cell else ("", None)
