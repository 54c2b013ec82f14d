"""One form of a user's workbook filled in place: its cells set, its lists grown or shrunk, its groups merged anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from xltool.arrange import Placed, place, text_of
from xltool.filing import Entry
from xltool.grid import Rectangle, address
from xltool.heights import HIGHEST, Need, fit, height, lines, pixels, room
from xltool.jobs.slots import Block, Slot, Target
from xltool.jobs.written import caption, content
from xltool.problems import Problem, ProblemError, problem
from xltool.surfaces.xlsx_edit import Sheet, Workbook, delete_rows, insert_rows, risks
from xltool.surfaces.xlsx_edit.cells import Content
from xltool.surfaces.xlsx_edit.computing import Known, Unknown, compute
from xltool.surfaces.xlsx_edit.notes import Notes
from xltool.surfaces.xlsx_edit.references import Shift

Square = tuple[int, int]
NEAR = Decimal("0.0000000001")
"""What a formula's result may be off by: Excel computes in binary fractions, as the filing's values do not."""


@dataclass(slots=True)
class Filled:
    """What was done to a sheet: its shifts, in order, the squares that were meant (as they lie at the end), what deserves a look."""

    sheet: str
    shifts: list[Shift] = field(default_factory=list)
    squares: set[Square] = field(default_factory=set)
    notes: list[Problem] = field(default_factory=list)

    def line(self, row: int) -> int | None:
        """Where a row has come to stand; None where it is gone."""
        at: int | None = row
        for shift in self.shifts:
            at = shift.line(at) if at is not None else None
        return at

    def row(self, row: int, last: int = 0) -> int:
        """Where a row that is still there has come to stand; of rows up to ``last`` the first that is."""
        return next(at for one in range(row, max(row, last) + 1) if (at := self.line(one)) is not None)


def fill(book: Workbook, slot: Slot, entry: Entry) -> Filled:
    """What was done when the form took the entry's values.

    Raises:
        ProblemError: a value has no place in the workbook, or rows that have to move cannot.
    """
    filler = Filler(book, slot, entry)
    filler.refuse_homeless()
    for block in reversed(slot.blocks):
        filler.resize(block)
    for block in slot.blocks:
        filler.write_block(block)
    for caption_target in slot.captions:
        filler.write_caption(caption_target)
    for one in filler.placed:
        if (target := filler.scalar_of(one)) and target.place:
            filler.write(filler.now_at(target.place), one)
    filler.keep_or_replace_formulas()
    filler.make_room()
    return filler.done


class Filler:
    """A form while it is filled with an entry."""

    def __init__(self, book: Workbook, slot: Slot, entry: Entry) -> None:
        self.book, self.slot, self.entry, self.form = book, slot, entry, slot.form
        self.sheet: Sheet = book.sheet(slot.sheet)
        self.placed = place(slot.form, entry)
        self.done = Filled(slot.sheet)
        self.texts: list[tuple[Rectangle, str]] = []
        self.targets = {id(one.cell): one for one in slot.scalars}
        self.computed: dict[Square, Content] = {}
        self.have = {id(block): block.bottom - block.top + 1 for block in slot.blocks}

    def at(self, row: int, column: int) -> str:
        """A square as a person finds it."""
        return f"{self.book.name}: {self.sheet.name}!{address(row, column)}"

    def scalar_of(self, one: Placed) -> Target | None:
        """The place of a field outside lists."""
        return self.targets.get(id(one.cell))

    def now_at(self, one: Rectangle) -> Rectangle:
        """Where a cell lies after rows have come and gone."""
        down = self.done.row(one[0]) - one[0]
        return one[0] + down, one[1], one[2] + down, one[3]

    # What has no place.

    def refuse_homeless(self) -> None:
        """Nothing comes back where every value of the entry has a place.

        Raises:
            ProblemError: into-field, into-list.
        """
        found = [*self._homeless_fields(), *self._homeless_lists()]
        if found:
            raise ProblemError(found)

    def _homeless_fields(self) -> Iterator[Problem]:
        for target in (*self.slot.scalars, *self.slot.captions):
            for name in target.cell.holes if target.place is None else ():
                path = self.form.fields[name].path
                # What stands above the form says it; whether it says the same is seen when the workbook is read back.
                value = self.entry.values.get(path) if path not in self.slot.told else None
                if (value is not None or path in self.entry.marks) and self.writes(path):
                    yield problem("into-field", f"{self.book.name}: {self.sheet.name}", field=name, path=path, what=target.why)

    def writes(self, path: str) -> bool:
        """True where a field outside lists is written."""
        return True

    def _homeless_lists(self) -> Iterator[Problem]:
        for block in self.slot.blocks:
            if not any(self.entry.lists.get(name) for name in block.block.lists):
                continue
            yield from (problem("into-list", f"{self.book.name}: {self.sheet.name}", what=why) for why in block.missing)
            if block.rowless:
                yield problem("into-rowless", f"{self.book.name}: {self.sheet.name}!{block.top}", count=max(len(self.entry.lists.get(name, ())) for name in block.block.lists))

    # Rows.

    def in_block(self, block: Block) -> list[Placed]:
        """The cells of a list's rows."""
        row = block.block.row
        return [one for one in self.placed if one.cell.row == row and one.cell not in block.block.spans and one.cell.holes]

    def wanted(self, block: Block) -> int:
        """The rows that the list takes."""
        placed = self.in_block(block)
        return max(one.last_row for one in placed) - min(one.row for one in placed) + 1

    def resize(self, block: Block) -> None:
        """The list has as many rows as it takes; rows that would take others' content with them stay, empty."""
        have, wanted = block.bottom - block.top + 1, self.wanted(block)
        if wanted > have:
            above, like = (block.bottom, block.bottom - 1 if have > 2 else block.top) if have > 1 else (block.bottom + 1, block.top)
            self.insert(above, wanted - have, like, grown=have == 1)
        elif wanted < have:
            first = block.bottom - (have - wanted) if wanted > 1 else block.top + 1
            held = self.foreign(block, first, have - wanted)
            if held or list(risks.moving(self.book, self.sheet, first)):
                self.done.notes.append(problem("into-note-rows", self.at(held or first, 1), count=have - wanted))
                return
            self.delete(first, have - wanted)
        self.have[id(block)] = wanted

    def insert(self, above: int, count: int, like: int, grown: bool = False) -> None:
        """Rows more in a list; ``grown`` where it had one only.

        Raises:
            ProblemError: where something on the sheet cannot move.
        """
        refused = [*risks.moving(self.book, self.sheet, above), *risks.growing(self.book, self.sheet, count)]
        if refused:
            raise ProblemError(refused)
        insert_rows(self.book, self.sheet, above, count, like, grown)
        self.done.shifts.append(Shift(above, count))

    def delete(self, first: int, count: int) -> None:
        """Rows fewer in a list."""
        delete_rows(self.book, self.sheet, first, count)
        self.done.shifts.append(Shift(first, -count))

    def foreign(self, block: Block, first: int, count: int) -> int:
        """The first of some rows of a list that holds anything which is not the form's: a text or number, a comment; 0 without one."""
        own = {left for left, _ in block.columns.values()}
        noted = {one.row for one in Notes(self.book, self.sheet).all()}
        for row in range(first, first + count):
            line = self.sheet.rows.get(row)
            held = line and any(column not in own and not cell.empty and not cell.formula for column, cell in line.cells.items())
            if held or row in noted:
                return row
        return 0

    # Cells.

    def write_block(self, block: Block) -> None:
        """The rows of a list, its groups merged while their values repeat, the cells beside it merged down all of them."""
        placed, top = self.in_block(block), self.done.row(block.top)
        last = top + self.have[id(block)] - 1
        self._unmerge(block, top, last)
        first = placed[0].row
        merges: list[Rectangle] = []
        for one in placed:
            left, right = block.columns[one.cell.holes[0]]
            target = top + one.row - first, left, top + one.last_row - first, right
            self.write(target, one)
            merges += [target] if target[:2] != target[2:] else []
        below = range(top + self.wanted(block), last + 1)
        merges += [(row, left, row, right) for row in below for left, right in block.columns.values() if left != right]
        self.sheet.change_merges((), merges)
        self._stretch(block, last)

    def _unmerge(self, block: Block, top: int, last: int) -> None:
        """The rows of a list are empty, and none of its cells is merged."""
        lefts = {left for left, _ in block.columns.values()}
        gone = {one for one in self.sheet.merges() if top <= one[0] and one[2] <= last and one[1] in lefts}
        self.unmerge(gone)
        for row in range(top, last + 1):
            for left in lefts:
                self.done.squares.add((row, left))
                known = self.sheet.cell(row, left)
                if known and not known.formula:
                    known.set(None)

    def unmerge(self, gone: set[Rectangle]) -> None:
        """Some merged cells of a list are none any more; the squares that they hid look as their first, which is what was seen."""
        for top, left, bottom, _ in gone:
            style = self.sheet.style_at(top, left)
            for row in range(top + 1, bottom + 1):
                self.sheet.set_style(row, left, style)
        self.sheet.change_merges(gone, ())

    def _stretch(self, block: Block, last: int) -> None:
        """The cells merged down a list go to its last row."""
        known = {one[:2]: one for one in self.sheet.merges()}
        for span in block.spans:
            row, column = self.done.row(span[0], span[2]), span[1]
            now = known.get((row, column), (row, column, row, span[3]))
            if now[2] < last:
                self.sheet.change_merges({now}, [(row, column, last, now[3])])

    def write_caption(self, target: Target) -> None:
        """A caption with fields inside."""
        one = next(one for one in self.placed if one.cell is target.cell)
        if target.place is None:
            return
        text = caption(self.form, target.cell, one, self.entry.values, target.text)
        if text != target.text:
            self.put(self.now_at(target.place), text)

    def write(self, target: Rectangle, one: Placed) -> None:
        """A cell of the form takes its value."""
        row, column = target[:2]
        beside = self.targets.get(id(one.cell))
        if beside and beside.lead:
            self.put(target, beside.lead + text_of(one.value))
            return
        style = self.sheet.style_at(row, column)
        value, fitting = content(one, style, self.book.styles, self.book.first_day)
        if fitting != style:
            self.sheet.set_style(row, column, fitting)
        self.put(target, value)

    def put(self, target: Rectangle, value: Content) -> None:
        """A cell holds this; one with a formula keeps it until all cells are filled."""
        row, column = target[:2]
        known = self.sheet.cell(row, column)
        if known and known.formula:
            self.computed[row, column] = value
            known.set_result(value)
        else:
            self.sheet.set(row, column, value)
        self.done.squares.add((row, column))
        if isinstance(value, str):
            self.texts.append((target, value))

    def keep_or_replace_formulas(self) -> None:
        """A formula stays where it comes to the value that was filled in; otherwise the value takes its place, and that is named."""
        for (row, column), value in self.computed.items():
            if not self._comes_to(row, column, value):
                self.book.forget_order()
                self.sheet.set(row, column, value)
                self.done.notes.append(problem("into-note-formula", self.at(row, column)))

    def _comes_to(self, row: int, column: int, value: Content) -> bool:
        cell = self.sheet.cell(row, column)
        assert cell
        try:
            found = compute(cell.held()[2], lambda at, beside: self._held(at, beside, frozenset({(row, column)})))
        except Unknown:
            return False
        if isinstance(found, bool) or isinstance(found, Decimal) != isinstance(value, int | Decimal):
            return (found or None) == (value or None) and not isinstance(found, bool)
        return abs(found - Decimal(value or 0)) <= NEAR if isinstance(found, Decimal) else (found or "") == (value or "")

    def _held(self, row: int, column: int, above: frozenset[Square]) -> Known:
        """What a square holds; a formula of the form itself is computed, any other has the result that the file has.

        Raises:
            Unknown: for an error, a truth value, or a formula that refers to itself.
        """
        cell = self.sheet.cell(row, column)
        kind, text, formula = cell.held() if cell else ("n", "", "")
        if formula and (row, column) in above:
            raise Unknown(formula)
        if formula and (row, column) in self.computed:
            return compute(formula, lambda at, beside: self._held(at, beside, above | {(row, column)}))
        if kind == "n":
            return Decimal(text) if text else None
        if kind in ("b", "e"):
            raise Unknown(text)
        return self.book.shared_text(int(text)) if kind == "s" else text

    # Heights.

    def make_room(self) -> None:
        """Rows are high enough for the texts that wrap in them; none becomes lower."""
        needs = [need for target, text in self.texts if (need := self._need(target, text))]
        if not needs:
            return
        first, last = min(need[0] for need in needs), max(need[1] for need in needs)
        known = [self.sheet.height(row) for row in range(first, last + 1)]
        # A row that nobody sees has no height to give.
        most = [HIGHEST if before else 0.0 for before in known]
        found = fit([(top - first + 1, bottom - first + 1, points) for top, bottom, points in needs], known, most)
        for row, before, points in zip(range(first, last + 1), known, found, strict=True):
            if points > before + 0.01 and before:
                self.sheet.set_height(row, min(points, HIGHEST))
                if points > HIGHEST:
                    self.done.notes.append(problem("into-note-height", self.at(row, 1), limit=int(HIGHEST)))

    def _need(self, target: Rectangle, text: str) -> Need | None:
        """The rows of a cell and the height that its text takes; None where it does not wrap."""
        style = self.sheet.style_at(*target[:2])
        said = self.book.styles.alignment(style)
        if said.get("wrapText") not in ("1", "true") or said.get("textRotation", "0") != "0":
            return None
        size = self.book.styles.size(style)
        widths: Sequence[float] = self.sheet.widths(target[3])[target[1] - 1 :]
        return target[0], target[2], height(lines(text, room(sum(map(pixels, widths)), size)), size)
