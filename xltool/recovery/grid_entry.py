"""One filled form on a grid as an entry: every field from its place, and account of every cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from xltool.canonical import complete
from xltool.filing import Doubt, Entry, Item, Leftover, Repair, Scalar, Source
from xltool.form import Field, Form, ListSpec
from xltool.grid import Grid, GridCell, address
from xltool.layout import Cell, Constant
from xltool.recovery.grid_captions import Printed, printed_as
from xltool.recovery.grid_places import Area, Places, Plan, placed
from xltool.recovery.grid_regions import Region
from xltool.recovery.grid_rows import ItemRow, Rows, items, rows_of
from xltool.recovery.grid_values import (
    UNCACHED,
    Reading,
    assembled,
    in_parts,
    of_text,
    paragraphs,
    read,
    tidy,
)
from xltool.values import Value, is_mark

Square = tuple[int, int]


@dataclass(slots=True)
class _Account:
    """What is found while a form is read. ``claimed`` are the cells that the form owns."""

    grid: Grid
    values: dict[str, Scalar] = field(default_factory=dict)
    lists: dict[str, list[Item]] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    repairs: list[Repair] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    claimed: set[Square] = field(default_factory=set)

    def place(self, cell: GridCell) -> str:
        return f"{self.grid.name}!{address(cell.row, cell.column)}"

    def doubt(self, path: str, cell: GridCell | None, why: str) -> None:
        self.doubts.append(Doubt(path, self.place(cell) if cell else self.grid.name, why))

    def repair(self, code: str, cell: GridCell, what: str) -> None:
        self.repairs.append(Repair(code, self.place(cell), what))

    def take(self, path: str, cell: GridCell, reading: Reading) -> Scalar:
        """The value of a reading; its mark, doubt and repair are noted, a cell that could not be read stays unclaimed."""
        if reading.mark:
            self.marks[path] = reading.mark
        if reading.doubt:
            self.doubt(path, cell, reading.doubt)
        if reading.repaired:
            self.repair("number-as-text", cell, reading.repaired)
        if reading.unread:
            self.claimed.discard((cell.row, cell.column))
        return reading.value


class EntryReader:
    """Reads the filled forms of one kind; what depends on the form alone is worked out once."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.form = plan.form
        self.mixed = {(cell.row, cell.column): printed_as(cell.parts, plan.form) for cell in plan.form.layout.cells if cell.holes and not cell.only_hole}
        self.parts = {one.name: _parts_of(plan.form, one) for one in plan.form.fields.values() if in_parts(plan.form, one)}
        self.inner = {name for names in self.parts.values() for name in names if name}

    def read(self, region: Region, grid: Grid, cells: Sequence[GridCell], bottom: int, taken: set[Square]) -> Entry:
        """The entry of a region; ``cells`` are the grid's down to ``bottom`` that may belong to it."""
        account = _Account(grid, claimed=set(taken))
        places = placed(self.plan, region, bottom)
        account.claimed.update((cell.row, cell.column) for cell in places.found.values())
        account.claimed.update((cell.row, cell.column) for cell in region.echoes)
        self.captions(region, places, account)
        for cell in self.plan.cells:
            self.scalar(cell, places, account)
        for block in self.form.blocks:
            self.block(rows_of(places, block, cells, account.claimed), places, account)
        if region.rivals:
            account.doubt("form", region.hits[0].cell, "也可能是：" + "、".join(region.rivals))
        left = [cell for cell in cells if (cell.row, cell.column) not in account.claimed]
        source = Source("", ("sheet", grid.name), tuple(account.repairs), tuple(account.doubts), tuple(leftovers(grid.name, left, cells)))
        return complete(self.form, account.values, account.lists, account.marks, source)

    def captions(self, region: Region, places: Places, account: _Account) -> None:
        """Takes the fields that stand inside captions, and doubts those whose captions are gone."""
        holes = {(hit.cell.row, hit.cell.column): hit.match.holes for hit in region.hits}
        for anchor in self.plan.anchors:
            cell = places.found.get(anchor.number)
            inside = holes[cell.row, cell.column] if cell else {}
            for name in anchor.cell.holes:
                one = self.form.fields[name]
                if cell is None:
                    if not one.optional:
                        account.doubt(one.path, None, f"没有找到栏目“{anchor.cell.caption}”")
                    continue
                account.values[one.path] = account.take(one.path, cell, of_text(tidy(inside.get(name, "")), one))

    def scalar(self, cell: Cell, places: Places, account: _Account) -> None:
        """Takes the fields of a cell of the layout that has no caption of its own."""
        area = places.area(cell)
        inside = _inside(account.grid, area, account.claimed) if area else []
        if any(isinstance(part, Constant) for part in cell.parts):
            account.claimed.update((one.row, one.column) for one in inside if is_mark(one.text))
            return
        fields = [self.form.fields[name] for name in cell.holes]
        number = self.plan.locators.get((cell.row, cell.column))
        if number is not None and number not in places.found:
            for one in fields:
                account.doubt(one.path, inside[0] if inside else None, f"没有找到栏目“{self.plan.anchors[number].cell.caption}”")
        elif area is None:
            for one in fields:
                account.doubt(one.path, None, "没有找到所在的行")
        if not inside:
            return
        first = inside[0]
        account.claimed.update((one.row, one.column) for one in inside if one.text == first.text)
        if any(one.text != first.text for one in inside):
            account.doubt(fields[0].path, first, "此处有不止一个值")
        self.values(cell, first, "", account, account.values)

    def values(self, cell: Cell, found: GridCell, prefix: str, account: _Account, into: dict[str, Scalar]) -> None:
        """Puts the values of one cell of the grid where its fields belong."""
        if cell.only_hole:
            one = self.form.fields[cell.only_hole]
            if one.name in self.inner or one.name in self.parts:
                return
            into[one.path] = account.take(prefix + one.path, found, read(found, one, self.form))
            return
        inside = self.mixed[cell.row, cell.column].read(found.text)
        if inside is None or not _sound(self.mixed[cell.row, cell.column], inside, self.form):
            inside = {cell.holes[0]: found.text}
        for name in cell.holes:
            one = self.form.fields[name]
            if text := inside.get(name, ""):
                tidied = paragraphs(text) if one.type == "paragraphs" else tidy(text)
                into[one.path] = account.take(prefix + one.path, found, of_text(tidied, one))

    def block(self, rows: Rows, places: Places, account: _Account) -> None:
        """Takes the lists of a repeated row."""
        for cells in rows.heads:
            account.claimed.update((cell.row, cell.column) for cell in cells)
            account.claimed.update((cell.row, cell.column) for cell in rows.beside.get(cells[0].row, ()))
            account.repair("caption-repeated", cells[0], "重复印出的表头不作数据")
        for name in rows.block.lists:
            spec = self.form.lists[name]
            found = [self.item(row, spec, rows, f"{name}[{at}]", account) for at, row in enumerate(items(self.form, spec, rows))]
            account.lists[name] = found
            missing = [cell for _, cell, there in rows.columns if not there and set(cell.holes) & set(spec.fields)]
            if missing:
                heads = "、".join(hole for cell in missing for hole in cell.holes)
                account.doubt(name, None, f"没有找到明细的栏目：{heads}")

    def item(self, row: ItemRow, spec: ListSpec, rows: Rows, path: str, account: _Account) -> Item:
        """One item; every cell that it takes is claimed."""
        made: dict[str, Scalar] = {}
        by_name = {cell.holes[0]: cell for _, cell, _ in rows.columns if cell.holes}
        for name, found in row.slots.items():
            account.claimed.add((found.row, found.column))
            self.values(by_name[name], found, f"{path}.", account, made)
        for name in spec.fields:
            if name in self.parts:
                self.in_parts(self.form.fields[name], row, f"{path}.", account, made)
        for name in row.carried:
            account.repair("merge-broken", row.slots[name], f"第 {row.row} 行的“{name}”沿用上方的“{row.slots[name].text}”")
        for name in row.blank:
            if row.slots:
                account.doubts.append(Doubt(f"{path}.{self.form.fields[name].path}", f"{account.grid.name}!{row.row}", "空白，上方的合并单元格不包括这一行"))
        return made

    def in_parts(self, one: Field, row: ItemRow, prefix: str, account: _Account, into: dict[str, Scalar]) -> None:
        """Puts a target together from the cells of its number, sign and unit."""
        sign, unit = self.parts[one.name]
        number = row.slots.get(one.name)
        value: Value | None = assembled(self.form, number, row.slots.get(sign), row.slots.get(unit))
        into[one.path] = value
        if number and number.formula and not number.text:
            account.doubt(prefix + one.path, number, f"{UNCACHED}：={number.formula}")


def _parts_of(form: Form, one: Field) -> tuple[str, str]:
    """The names of the fields that hold a target's sign and unit; empty where there is none."""
    inner = {other.type: other.name for other in form.fields.values() if other.list == one.list and other.path.rpartition(".")[0] == one.path}
    return inner.get("operator", ""), inner.get("unit", "")


def _sound(printed: Printed, inside: dict[str, str], form: Form) -> bool:
    """True where every number that a mixed cell prints is one, and something stands in its first hole."""
    if not inside[printed.holes[0]]:
        return False
    return all(not text or of_text(text, form.fields[name]).value is not None for name, text in inside.items())


def _inside(grid: Grid, area: Area, claimed: set[Square]) -> list[GridCell]:
    """The cells of an area that hold something and belong to nothing yet, in reading order."""
    found: dict[Square, GridCell] = {}
    last_row, last_column = min(area.last_row, grid.last_row), area.last_column
    for row in range(area.row, last_row + 1):
        for column in range(area.column, last_column + 1):
            cell = grid.at(row, column)
            if cell and (cell.row, cell.column) not in claimed and (cell.text or cell.formula):
                found[cell.row, cell.column] = cell
    return list(found.values())


def leftovers(sheet: str, left: Sequence[GridCell], noted: Sequence[GridCell] = ()) -> Iterator[Leftover]:
    """The cells that nothing took, and the comments that hang on any cell."""
    for cell in left:
        if text := cell.text or (f"={cell.formula}" if cell.formula else ""):
            yield Leftover(f"{sheet}!{address(cell.row, cell.column)}", text)
    for cell in noted or left:
        if cell.note:
            yield Leftover(f"{sheet}!{address(cell.row, cell.column)} 批注", cell.note)


