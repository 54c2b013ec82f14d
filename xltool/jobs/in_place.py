"""Changes of a filing carried into the workbook that it was read from: the cells that differ, and nothing else.

Rows of a list come and go where they were added or removed, so that what stands beside the others (notes,
comments, formulas) stays with them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from xltool.arrange import Placed, Row, place, rows_of
from xltool.filing import Entry, Filing
from xltool.form import Form
from xltool.grid import Book, Rectangle
from xltool.jobs.fill import Filled, Filler, Square
from xltool.jobs.into import Blank, Written, compare, find, line, opened, titled, verify
from xltool.jobs.own_workbook import written_anew
from xltool.jobs.slots import Block, Slot
from xltool.problems import ProblemError, problem
from xltool.recovery.grid_sections import contents_of
from xltool.recovery.grid_values import tidy
from xltool.surfaces import xlsx_reader
from xltool.surfaces.xlsx_edit import Notes, Workbook, risks
from xltool.surfaces.xlsx_edit.cells import Content
from xltool.surfaces.xlsx_edit.computing import Unknown

Key = tuple[str, tuple[int, ...]]
"""A cell of a list: its first field, and the rows of the sheet that it covers."""
Shown = tuple[object, str]


def apply_to_workbook(data: bytes, name: str, before: Filing, after: Filing, forms: Mapping[str, Form], out: str = "") -> Written:
    """The bytes of the workbook, which read as ``before``, with the cells changed in which ``after`` differs.

    Raises:
        ProblemError: where whole forms come or go in a workbook that is not just what xltool wrote, the workbook cannot be edited in place, or a value has no place in it.
    """
    now, then = list(before.entries), list(after.entries)
    book = opened(Blank(data, name), out)
    if [one.form for one in now] != [one.form for one in then]:
        if then and (made := written_anew(data, before, after, forms)):
            return Written(made, ())
        raise ProblemError(problem("apply-forms", name, found=len(now), wanted=len(then)))
    read = xlsx_reader.read(data, name)
    slots = find(book, read, Blank(data, name), forms)
    if [one.form.id for one in slots] != [one.form for one in now]:
        raise ProblemError(problem("apply-other", name))
    done = [_changed(book, slot, old, new) for slot, old, new in reversed(list(zip(slots, now, then, strict=True))) if old != new]
    done += _renamed(book, read, slots, (before, after), done)
    if any(one.squares or one.shifts for one in done):
        book.compute_on_opening()
    made = titled(book, after, forms)
    verify(made, after, slots, forms, name)
    compare(read, xlsx_reader.read(made, name), done, {}, name)
    notes = [note for one in reversed(done) for note in one.notes]
    moved = any(one.shifts for one in done)
    return Written(made, (*notes, *(problem(code, name) for code in risks.notes(book, moved))))


def _renamed(book: Workbook, read: Book, slots: Sequence[Slot], filings: tuple[Filing, Filing], done: Sequence[Filled]) -> list[Filled]:
    """Titles of sections that changed, above their forms and on a sheet of contents; there the names of projects too."""
    before, after = filings
    words = {old.title: new.title for old, new in zip(before.sections, after.sections, strict=False) if old.title and new.title and old.title != new.title}
    names = {was: name for slot, old, new in zip(slots, before.entries, after.entries, strict=True) for was, name in _names(slot.form, old, new) if was != name}
    titles = {(one.sheet, *one.title[:2]): one.titled for one in slots if one.title}
    for grid in read.grids:
        contents = contents_of(grid)
        titles |= {(grid.name, cell.row, cell.column): cell.text for cell in grid.cells if contents and (cell.row, cell.column) in contents.cells}
    made: dict[str, Filled] = {}
    for (sheet, row, column), text in titles.items():
        new = words.get(tidy(text)) or names.get(tidy(text))
        at = line(row, [one for one in done if one.sheet == sheet])
        if new and at is not None:
            book.sheet(sheet).set(at, column, new)
            made.setdefault(sheet, Filled(sheet)).squares.add((at, column))
    return list(made.values())


def _names(form: Form, old: Entry, new: Entry) -> Iterator[tuple[str, str]]:
    """What the project was called and is called."""
    for name in form.roles.get("project", ()):
        was, now = (entry.values.get(form.fields[name].path) for entry in (old, new))
        if isinstance(was, str) and isinstance(now, str):
            yield was, now


def _changed(book: Workbook, slot: Slot, now: Entry, then: Entry) -> Filled:
    """What was done to a form whose values changed."""
    work = _Changer(book, slot, then, now)
    work.refuse_homeless()
    plans = {id(block): work.rows(block) for block in reversed(slot.blocks)}
    for block in slot.blocks:
        work.change_block(block, plans[id(block)])
    before = {id(one.cell): one for one in work.placed_now}
    for target in slot.captions:
        if target.place and _of_caption(target.cell.holes, slot.form, now) != _of_caption(target.cell.holes, slot.form, then):
            work.write_caption(target)
    for one in work.placed:
        target_of, was = work.scalar_of(one), before[id(one.cell)]
        if target_of and target_of.place and _shown(one) != _shown(was):
            held = target_of.read if was.value is not None or was.text else None
            work.write(work.now_at(held or target_of.place), one)
    work.hold_formulas()
    work.keep_or_replace_formulas()
    work.make_room()
    return work.done


def _of_caption(names: Sequence[str], form: Form, entry: Entry) -> list[object]:
    return [entry.values.get(form.fields[name].path) for name in names]


def _shown(one: Placed) -> Shown:
    return one.value, one.text


@dataclass(slots=True, eq=False)
class _Line:
    """A row of a list: its row of the sheet as it now is; None where it is gone."""

    row: int | None


Plan = tuple[list[_Line], list[_Line]]
"""The rows of a list before and after the change; a row that stays is in both."""


class _Changer(Filler):
    """A form while its changes are carried out; ``now`` is what it holds, ``lines`` the rows of its lists."""

    def __init__(self, book: Workbook, slot: Slot, then: Entry, now: Entry) -> None:
        super().__init__(book, slot, then)
        self.now = now
        self.placed_now = place(slot.form, now)
        self.lines: list[_Line] = []
        self.steady = frozenset(self._steady())

    def writes(self, path: str) -> bool:
        """True where a field outside lists changes: one that was read from another's cell (起止日期) needs no cell of its own to stay."""
        return (self.now.values.get(path), self.now.marks.get(path)) != (self.entry.values.get(path), self.entry.marks.get(path))

    def _steady(self) -> Iterator[Square]:
        """The squares of the form's fields in which a formula stands that comes to what it shows; not of one that shows nothing."""
        squares = [one.place[:2] for one in self.slot.scalars if one.place]
        squares += [(row, left) for block in self.slot.blocks for row in range(block.top, block.bottom + 1) for left, _ in block.columns.values()]
        for row, column in squares:
            cell = self.sheet.cell(row, column)
            shown = self._shown_at(row, column) if cell and cell.formula else None
            if shown not in (None, "") and self._comes_to(row, column, shown):
                yield row, column

    def _shown_at(self, row: int, column: int) -> Content:
        """The result that the file has of a formula; nothing for an error or a truth value."""
        try:
            found = self._held(row, column, frozenset())
        except Unknown:
            return None
        return None if isinstance(found, bool) else found

    def hold_formulas(self) -> None:
        """Formulas in fields that did not change come to what they showed before, or give way to it like those in fields that did."""
        for first, column in self.steady:
            row = self.done.line(first)
            cell = self.sheet.cell(row, column) if row is not None else None
            if row is not None and cell and cell.formula and (row, column) not in self.computed:
                self.computed[row, column] = self._shown_at(row, column)

    def insert(self, above: int, count: int, like: int, grown: bool = False) -> None:
        super().insert(above, count, like, grown)
        for one in self.lines:
            one.row = one.row + count if one.row is not None and one.row >= above else one.row

    def delete(self, first: int, count: int) -> None:
        if refused := list(risks.moving(self.book, self.sheet, first)):
            raise ProblemError(refused)
        super().delete(first, count)
        for one in self.lines:
            if one.row is not None and one.row >= first:
                one.row = one.row - count if one.row >= first + count else None

    def rows(self, block: Block) -> Plan | None:
        """The rows of a list before and after, those that were added or removed put in or taken out; None where the
        list is written anew."""
        now, then = rows_of(self.form, block.block, self.now), rows_of(self.form, block.block, self.entry)
        known = self._known(block, now)
        if known is None or not any(self.entry.lists.get(name) for name in block.block.lists):
            self.resize(block)
            return None
        before = [_Line(row) for row in known]
        self.lines += before
        after: list[_Line] = []
        old, new = self._keys(block, now, self.now), self._keys(block, then, self.entry)
        for _, a1, a2, b1, b2 in reversed(SequenceMatcher(None, old, new, autojunk=False).get_opcodes()):
            kept = a1 + min(a2 - a1, b2 - b1)
            for one in reversed(before[kept:a2]):
                if one.row is not None:
                    self._tell_gone(block, one.row)
                    self.delete(one.row, 1)
            added = b2 - b1 - (kept - a1)
            after = [*before[a1:kept], *(self._add(block, before, kept, added, after) if added else ()), *after]
        return before, after

    def _tell_gone(self, block: Block, row: int) -> None:
        """What stands beside an item that goes, and goes with it, is named."""
        own = {left for left, _ in block.columns.values()}
        across = {column for top, left, bottom, right in self.sheet.merges() if top < bottom and top <= row <= bottom for column in range(left, right + 1)}
        line = self.sheet.rows.get(row)
        beside = [column for column, cell in line.cells.items() if column not in own | across and not cell.empty] if line else []
        if beside or row in {one.row for one in Notes(self.book, self.sheet).all()}:
            self.done.notes.append(problem("apply-note-row", self.at(row, min(beside, default=1))))

    def _known(self, block: Block, now: Sequence[Row]) -> list[int] | None:
        """The row of the sheet of each row of a list; None where that cannot be told, or the list is empty."""
        found = []
        for one in now:
            rows = {block.items[name][at] for name, at in zip(block.block.lists, one, strict=True) if at is not None and at < len(block.items.get(name, ()))}
            if len(rows) != 1:
                return None
            found.append(rows.pop())
        return found if sorted(set(found)) == found else None

    def _keys(self, block: Block, rows: Sequence[Row], entry: Entry) -> list[str]:
        """What each row of a list says, for comparing."""
        lists = block.block.lists
        return [repr([sorted(entry.lists[name][at].items()) if at is not None else [] for name, at in zip(lists, row, strict=True)]) for row in rows]

    def _add(self, block: Block, before: Sequence[_Line], at: int, count: int, after: list[_Line]) -> list[_Line]:
        """The rows that are new in a list, at a place among those that it has; ``after`` are those below.

        Behind the last, rows of the list that are still empty are taken first. No row is put above a cell that is
        merged down the list from its first row: the first row takes the new item and what it held moves down.
        """
        last = before[at - 1].row if at else None
        if last is not None:
            free = block.bottom - last if at == len(before) else 0
            if free < count:
                self.insert(last + 1, count, last, grown=last >= block.bottom)
            return self._fresh(last + 1, count)
        first = before[0].row
        if first is None:
            raise ProblemError(problem("apply-other", self.book.name))
        if any(self.done.row(span[0], span[2]) == first for span in block.spans):
            self.insert(first + 1, count, first)
            if after:
                self.lines.append(moved := _Line(first + count))
                after[0] = moved
        else:
            self.insert(first, count, first)
        return self._fresh(first, count)

    def _fresh(self, first: int, count: int) -> list[_Line]:
        made = [_Line(row) for row in range(first, first + count)]
        self.lines += made
        return made

    def change_block(self, block: Block, plan: Plan | None) -> None:
        """The cells of a list that differ are written; those merged over rows that changed are merged anew."""
        if plan is None:
            self.write_block(block)
            return
        before, after = ([one.row for one in lines] for lines in plan)
        old = {key: _shown(one) for key, one in self._cells(block, self.placed_now, before)}
        new = dict(self._cells(block, self.placed, after))
        lefts = {left for left, _ in block.columns.values()}
        merged = {one for one in self.sheet.merges() if one[1] in lefts and one[2] > one[0]}
        dirty = self._spread(block, {key for key, one in new.items() if old.get(key) != _shown(one)}, new, merged)
        self._rewrite(block, {key: new[key] for key in dirty})
        self._stretch(block, max(row for row in after if row is not None))

    def _cells(self, block: Block, placed: Sequence[Placed], rows: Sequence[int | None]) -> Iterator[tuple[Key, Placed]]:
        """The cells of a list by their rows of the sheet; of one whose rows have all gone nothing is left."""
        own = [one for one in placed if one.cell.row == block.block.row and one.cell not in block.block.spans and one.cell.holes]
        first = own[0].row
        for one in own:
            covered = tuple(row for row in rows[one.row - first : one.last_row - first + 1] if row is not None)
            if covered:
                yield (one.cell.holes[0], covered), one

    def _spread(self, block: Block, dirty: set[Key], new: Mapping[Key, Placed], merged: set[Rectangle]) -> set[Key]:
        """The cells to write, with those that share a merged cell with one of them."""
        while True:
            broken = [one for one in merged if any(self._meets(block, key, one) for key in dirty)]
            more = {key for key in new if any(self._meets(block, key, one) for one in broken)} - dirty
            if not more:
                return dirty
            dirty = dirty | more

    def _meets(self, block: Block, key: Key, one: Rectangle) -> bool:
        return block.columns[key[0]][0] == one[1] and key[1][0] <= one[2] and key[1][-1] >= one[0]

    def _rewrite(self, block: Block, cells: Mapping[Key, Placed]) -> None:
        known = self.sheet.merges()
        gone = {one for one in known if any(self._meets(block, key, one) for key in cells)}
        self.unmerge(gone)
        fresh: list[Rectangle] = []
        for (name, rows), one in sorted(cells.items(), key=lambda item: (item[0][1], block.columns[item[0][0]])):
            left, right = block.columns[name]
            for row in rows[1:]:
                self.sheet.set(row, left, None)
                self.done.squares.add((row, left))
            target = rows[0], left, rows[-1], right
            self.write(target, one)
            fresh += [target] if target[:2] != target[2:] else []
        self.sheet.change_merges((), fresh)
