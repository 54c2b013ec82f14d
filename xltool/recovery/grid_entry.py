"""One filled form on a grid as an entry: the values of its cells, and account of every cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import cast

from xltool.canonical import paths_of_items
from xltool.filing import Doubt, Entry, Item, Leftover, Repair, Scalar, Source
from xltool.form import Field, Form
from xltool.grid import Grid
from xltool.layout import Cell
from xltool.recovery import date_range, grid_lost, grid_sorted
from xltool.recovery.grid_around import BESIDE, IN_TITLE, said, whole
from xltool.recovery.grid_captions import Captions, Printed, printed_as
from xltool.recovery.grid_columns import FieldReader
from xltool.recovery.grid_even import EvenList, by_columns
from xltool.recovery.grid_inline import CODE as INLINE
from xltool.recovery.grid_inline import said as inline
from xltool.recovery.grid_inline import values_alone
from xltool.recovery.grid_placement import COVERED, MONEY_UNIT, Placement, where
from xltool.recovery.grid_places import Plan
from xltool.recovery.grid_rows import ItemPlace
from xltool.recovery.grid_shifted import BESIDE as MOVED
from xltool.recovery.grid_values import (
    EMPTY,
    ODD,
    UNCACHED,
    YUAN,
    Odd,
    Reading,
    assembled,
    in_parts,
    of_text,
    paragraphs,
    read,
    tidy,
)
from xltool.recovery.sum_rows import CODE, MAYBE, NO_ITEM
from xltool.values import is_mark

_REMEMBERED = 20_000
HIDDEN = "工作表是隐藏的，这一份可能不应读入"
_ONE = Decimal("0.01")
_CLEAN = EMPTY[1:]
"""A reading with nothing to say of its value."""
_UNREAD: Mapping[str, Scalar] = {}
"""The parts of a cell that was not read yet."""


@dataclass(slots=True)
class _Account:
    """What is found while a form is read. ``unread`` are cells whose text no field could take; ``money`` is the unit
    of money where it is certain, ``printed`` tells whether the form's caption names it,
    ``told`` are the paths of fields that something around the form says."""

    grid: Grid
    marks: dict[str, str] = field(default_factory=dict)
    repairs: list[Repair] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    money: str = ""
    printed: bool = False
    told: set[str] = field(default_factory=set)

    def take(self, path: str, number: int, reading: Reading) -> Scalar:
        """The value of a reading; its mark, doubt and repair are noted."""
        if reading.mark:
            self.marks[path] = reading.mark
        if reading.doubt:
            self.doubts.append(Doubt(path, where(self.grid, number), reading.doubt))
        if reading.repaired:
            self.repairs.append(Repair(reading.code, where(self.grid, number), reading.repaired))
        if reading.unread:
            self.unread.append(number)
        return reading.value


class EntryReader:
    """Reads the filled forms of one kind; what depends on the form alone is worked out once."""

    def __init__(self, plan: Plan, captions: Captions) -> None:
        self.plan = plan
        self.form = plan.form
        self.captions = captions
        form = plan.form
        self.mixed: dict[int, Printed] = {id(cell): printed_as(cell.parts, form) for cell in form.layout.cells if cell.holes and not cell.only_hole}
        self.remembered_mixed: dict[int, dict[str, dict[str, Scalar]]] = {key: {} for key in self.mixed}
        self.parts = {one.name: _parts_of(form, one) for one in form.fields.values() if in_parts(form, one)}
        apart = {*self.parts, *(name for names in self.parts.values() for name in names)}
        readers = {name: FieldReader(one, form) for name, one in form.fields.items()}
        self.whole = {id(cell): readers[name] for cell in form.layout.cells if (name := cell.only_hole) and name not in apart}
        self.heads = {cell.holes[0]: cell for cell in form.layout.cells if cell.holes}
        self.paths = [one.path for one in form.scalars]
        self.items = paths_of_items(form)

    def entry(self, placement: Placement, grid: Grid) -> Entry:
        """The entry of a placement on its grid."""
        full = grid
        if placement.inline or placement.split:
            grid = values_alone(grid, {**dict(placement.inline), **{one.first: one.text for one in placement.split}})
        # Amounts of a form that names no unit are in 元.
        account = _Account(grid, money="" if MONEY_UNIT in self.paths else YUAN)
        account.repairs.extend(Repair(INLINE, where(grid, number), inline(full.texts[number], text)) for number, text in placement.inline)
        account.repairs.extend(Repair(one.code, where(grid, one.first), one.said(full)) for one in placement.split)
        values: dict[str, Scalar] = {}
        for number, anchor in placement.captions:
            self._caption(number, anchor, account, values)
        for path, number in placement.around:
            self._around(path, number, account, values)
        for number, cell in placement.scalars:
            self._values(number, cell, "", account, values)
            if number in placement.rates:
                self._rate(number, cell, account, values)
        lists = {name: self._items(name, placement.lists.get(name, ()), account) for name in self.form.lists}
        kept = {path: values.get(path) for path in self.paths}
        entry = Entry(self.form.id, self.form.title, kept, lists, account.marks, self._source(placement, account, kept))
        return date_range.parted(self.form, entry, lambda one: one.why == COVERED)

    def _source(self, placement: Placement, account: _Account, kept: Mapping[str, Scalar]) -> Source:
        grid = account.grid
        for number in placement.repeated:
            account.repairs.append(Repair("caption-repeated", where(grid, number), "重复印出的表头不作数据"))
        account.repairs.extend(Repair("year-alone", where(grid, number), f"“{tidy(grid.texts[number])}”前后的文字没有了，按年度读入") for number in placement.alone)
        account.repairs.extend(Repair("heads-moved", where(grid, number), MOVED) for number in placement.moved)
        account.repairs.extend(Repair(CODE, where(grid, number), NO_ITEM.format(grid.places[number][0], f"“{tidy(grid.texts[number])}”")) for number in placement.sums)
        mended = sorted(number for number in grid.mended if placement.first <= number < placement.end)
        account.repairs.extend(Repair("page-cut", where(grid, number), grid.mended[number]) for number in mended)
        account.repairs.extend(
            Repair("markup", where(grid, number), f"去掉了网页标记：{grid.marked[number]}") for number in sorted(grid.marked) if placement.first <= number < placement.end
        )
        account.doubts.extend(Doubt(path, where(grid, number), why) for path, number, why in placement.doubts if path not in account.told)
        if grid.hidden:
            account.doubts.append(Doubt("form", grid.name, HIDDEN))
        if grid.unsure:
            account.doubts.extend(dict.fromkeys(Doubt(path, where(grid, number), grid.unsure[number].why) for path, number in self._unsure(placement, grid)))
        odd = [number for number in placement.constants if not is_mark(tidy(grid.texts[number]))]
        left = sorted({*placement.left, *account.unread, *odd}) if odd or account.unread else placement.left
        account.doubts.extend(grid_lost.doubts(self.plan, placement, grid, kept) if placement.left else ())
        leftover = tuple(leftovers(grid, left, range(placement.first, placement.end))) if left or grid.notes else ()
        return Source("", _stands(grid, placement), tuple(account.repairs), tuple(account.doubts), leftover)

    def _unsure(self, placement: Placement, grid: Grid) -> Iterator[tuple[str, int]]:
        """The fields whose cells are not sure, with the cell; where a row of a list may be two, the list."""
        paths = {name: one.path for name, one in self.form.fields.items()}
        for number, cell in (*placement.scalars, *((number, self.plan.anchors[anchor].cell) for number, anchor in placement.captions)):
            if number in grid.unsure:
                yield from ((paths[name], number) for name in cell.holes)
        for name, places in placement.lists.items():
            for at, place in enumerate(places):
                for head, number in place.cells:
                    if (doubt := grid.unsure.get(number)) is not None:
                        yield from ((name if doubt.row else f"{name}[{at}].{paths[hole]}", number) for hole in self.heads[head].holes)

    def _caption(self, number: int, anchor: int, account: _Account, values: dict[str, Scalar]) -> None:
        """Takes the fields that stand inside a caption."""
        inside = next((match.holes for match in self.captions.matches(account.grid.texts[number]) if match.form == self.form.id), {})
        for name in self.plan.anchors[anchor].cell.holes or inside:
            one, text = self.form.fields[name], tidy(inside.get(name, ""))
            if one.path == MONEY_UNIT:
                # What a bracket without a word means is certain only where the blank form leaves it so.
                unit = of_text(text, one)
                account.money = ("" if unit.doubt else str(unit.value or one.absent)) if text else one.absent if one.blank in ("", one.absent) else ""
                account.printed = bool(text)
            values[one.path] = account.take(one.path, number, of_text(text, one))

    def _around(self, path: str, number: int, account: _Account, values: dict[str, Scalar]) -> None:
        """Takes the year or the unit of money that stands above the form where the form's own words say none; another one is doubted."""
        text, place, one = tidy(account.grid.texts[number]), where(account.grid, number), self.form.field_at(path)
        found = said(self.form, path, text)
        known = account.printed or path in account.told
        own = values.get(path) if path != MONEY_UNIT else account.money if known else None
        if own and own != found:
            account.doubts.append(Doubt(path, place, f"上方另写着“{text}”"))
            account.unread.append(number)
            return
        if not own:
            values[path] = None if one and found == one.absent else found
            account.money = str(found) if path == MONEY_UNIT else account.money
            account.told.add(path)
            account.repairs.append(Repair(BESIDE if path == MONEY_UNIT else IN_TITLE, place, f"由“{text}”得知：{found}"))
        if path == "year" and not whole(self.form, text):
            account.unread.append(number)

    def _values(self, number: int, cell: Cell, prefix: str, account: _Account, into: dict[str, Scalar]) -> None:
        """Puts the values of one cell of the grid where its fields belong."""
        grid = account.grid
        reader = self.whole.get(id(cell))
        if reader is None:
            if id(cell) in self.mixed:
                self._mixed(number, cell, prefix, account, into)
            return
        value = reader.one(number, grid)
        if value is not ODD:
            into[reader.path] = value
            return
        text, formula = grid.texts[number], grid.formulas.get(number, "")
        reading = read(text, grid.values.get(number), formula, reader.field, self.form, account.money, grid.days)
        into[reader.path] = reading.value
        if reading[1:] != _CLEAN:
            account.take(prefix + reader.path, number, reading)
        elif not formula:
            reader.remember(text, reading.value)

    def _rate(self, number: int, cell: Cell, account: _Account, values: dict[str, Scalar]) -> None:
        """Reads a number below a caption with % behind it (执行率（%）) as so many hundredths; one up to 1 stays doubted, for
        whoever types 0.96 there means 96 %."""
        one = self.form.fields[cell.holes[0]]
        reading = read(account.grid.texts[number], account.grid.values.get(number), "", replace(one, unit="%"), self.form)
        if one.type == "percent" and type(reading.value) is Decimal and not reading.doubt and not 0 < reading.value <= _ONE:
            values[one.path] = reading.value
            account.doubts[:] = [doubt for doubt in account.doubts if doubt.path != one.path]

    def _mixed(self, number: int, cell: Cell, prefix: str, account: _Account, into: dict[str, Scalar]) -> None:
        """Takes the fields of a cell that prints words between or around them."""
        text = account.grid.texts[number]
        if text in (remembered := self.remembered_mixed[id(cell)]):
            into.update(remembered[text])
            return
        before = len(account.doubts), len(account.repairs), len(account.marks)
        found = self._parted(number, cell, prefix, account)
        if before == (len(account.doubts), len(account.repairs), len(account.marks)) and len(remembered) < _REMEMBERED:
            remembered[text] = found
        into.update(found)

    def _parted(self, number: int, cell: Cell, prefix: str, account: _Account) -> dict[str, Scalar]:
        text = account.grid.texts[number]
        printed = self.mixed[id(cell)]
        into: dict[str, Scalar] = {}
        inside = printed.read(text)
        if inside and cell.caption and not any(inside.values()):
            return into
        if inside is None or not self._sound(inside):
            inside = {cell.holes[0]: text}
        for name in cell.holes:
            one = self.form.fields[name]
            if found := inside.get(name, ""):
                tidied = paragraphs(found) if one.type == "paragraphs" else tidy(found)
                into[one.path] = account.take(prefix + one.path, number, of_text(tidied, one))
        return into

    def _sound(self, inside: dict[str, str]) -> bool:
        """True where something stands in a hole, and every hole that is printed can be read."""
        printed_ones = [(self.form.fields[name], text) for name, text in inside.items() if text]
        return bool(printed_ones) and all(of_text(text, one).value is not None for one, text in printed_ones)

    def _items(self, name: str, places: Sequence[ItemPlace], account: _Account) -> tuple[Item, ...]:
        """The items of a list: its columns read whole, then what is odd, row by row."""
        if not places:
            return ()
        columns, paths, even = dict[str, Sequence[Scalar | Odd]](), self.items[name], isinstance(places, EvenList)
        odd: dict[int, dict[str, int]] = {}
        for head, numbers in (places if isinstance(places, EvenList) else by_columns(places)).columns.items():
            found = self._column(self.heads[head], numbers, account.grid)
            columns.update(found)
            for values in found.values():
                for at in [at for at, value in enumerate(values) if value is ODD]:
                    odd.setdefault(at, {})[head] = numbers[at]
        blank: dict[str, Scalar] = dict.fromkeys(paths)
        made = [blank.copy() for _ in range(len(places))]
        for path in blank.keys() & columns.keys():
            # What is odd is put in row by row.
            for item, value in zip(made, cast("Sequence[Scalar]", columns[path]), strict=True):
                item[path] = value
        for at in sorted(odd) if even and not self.parts else range(len(made)):
            place = places[at]
            if at in odd or self.parts or place.carried or place.blank or place.merged or place.lone or place.adds:
                self._odd(place, name, f"{name}[{at}].", odd.get(at, {}), account, made[at])
        if not even and any(place.carried for place in places):
            account.doubts.extend(grid_sorted.doubts(self.form, name, places, made, [_row(account.grid, place) for place in places]))
        return tuple(made)

    def _column(self, cell: Cell, numbers: Sequence[int], grid: Grid) -> dict[str, Sequence[Scalar | Odd]]:
        """The values of a column's cells by path, ODD where one has to be looked at by itself."""
        if reader := self.whole.get(id(cell)):
            return {reader.path: reader.column(numbers, grid)}
        remembered = self.remembered_mixed.get(id(cell))
        if remembered is None:
            return {}
        parts = [remembered.get(grid.texts[number], _UNREAD) if number >= 0 else {} for number in numbers]
        return {path: [one.get(path, ODD if one is _UNREAD else None) for one in parts] for path in (self.form.fields[hole].path for hole in cell.holes)}

    def _odd(self, place: ItemPlace, name: str, prefix: str, cells: Mapping[str, int], account: _Account, made: dict[str, Scalar]) -> None:
        """Puts into an item what its columns do not say by themselves, and notes what was found in its row."""
        grid, slots = account.grid, place.slots
        for head, number in cells.items():
            made.update(dict.fromkeys([self.form.fields[hole].path for hole in self.heads[head].holes]))
            self._values(number, self.heads[head], prefix, account, made)
        if self.parts:
            self._in_parts(place, name, prefix, account, made)
        if place.lone:
            account.doubts.append(Doubt(name, _row(grid, place), f"这一行只有“{place.lone}”，可能是上一行没写完的"))
        if place.adds:
            account.doubts.append(Doubt(prefix[:-1], _row(grid, place), MAYBE.format(tidy(place.adds))))
        for head in place.carried:
            said = f"第 {place.row} 行的“{head}”沿用上方的“{tidy(account.grid.texts[slots[head]])}”"
            account.repairs.append(Repair("merge-broken", where(account.grid, slots[head]), said))
        for head in place.blank:
            path = prefix + self.form.fields[head].path
            account.doubts.append(Doubt(path, _row(account.grid, place), "空白，上方的合并单元格不包括这一行"))
        for head in place.merged:
            if head in slots:
                account.repairs.append(Repair("cell-merged", where(grid, slots[head]), f"第 {place.row} 行的“{head}”与上一行合并，两行同值"))
            else:
                path = prefix + self.form.fields[head].path
                account.doubts.append(Doubt(path, _row(grid, place), "与上一行合并，数字只计入上一行"))

    def _in_parts(self, place: ItemPlace, name: str, prefix: str, account: _Account, into: dict[str, Scalar]) -> None:
        """Puts targets together from the cells of their numbers, signs and units."""
        grid, slots = account.grid, place.slots
        for own, (sign, unit) in self.parts.items():
            one = self.form.fields[own]
            if one.list != name:
                continue
            number, *others = (grid.texts[slots[part]] if part in slots else "" for part in (own, sign, unit))
            into[one.path] = assembled(self.form, number, *others)
            if own in slots and not number and (formula := grid.formulas.get(slots[own])):
                account.doubts.append(Doubt(prefix + one.path, where(grid, slots[own]), f"{UNCACHED}：={formula}"))
                account.unread.append(slots[own])


def _parts_of(form: Form, one: Field) -> tuple[str, str]:
    """The names of the fields that hold a target's sign and unit; empty where there is none."""
    inner = {other.type: other.name for other in form.fields.values() if other.list == one.list and other.path.rpartition(".")[0] == one.path}
    return inner.get("operator", ""), inner.get("unit", "")


def _stands(grid: Grid, placement: Placement) -> tuple[str, str | int] | None:
    """Where a form begins: its page or its sheet; None in a document that has neither."""
    if grid.spots:
        return "page", grid.spots[placement.first].page
    return ("sheet", grid.name) if grid.name else None


def _row(grid: Grid, place: ItemPlace) -> str:
    """What people call the row of an item."""
    if grid.spots:
        return where(grid, place.cells[0][1])
    return grid.row_names[place.row - 1] if grid.row_names else f"{grid.name}!{place.row}"


def leftovers(grid: Grid, left: Iterable[int], noted: Iterable[int]) -> Iterator[Leftover]:
    """The cells that nothing took, and the comments that hang on cells."""
    for number in left:
        formula = grid.formulas.get(number)
        if text := grid.texts[number] or (f"={formula}" if formula else ""):
            yield Leftover(where(grid, number), text)
    if grid.notes:
        for number in noted:
            if number in grid.notes:
                yield Leftover(f"{where(grid, number)} 批注", grid.notes[number])
