"""The register: forms by unit under their parents, subtotals and totals as live formulas, every figure with its origin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from xltool.heights import height, lines, pixels, room
from xltool.rollup.model import Register, Row, Subtotal, Tree
from xltool.surfaces.rollup_writer.body import Body
from xltool.surfaces.rollup_writer.cells import (
    Cell,
    Column,
    Formula,
    Linked,
    at,
    heads,
    place,
    span,
    titled,
)
from xltool.surfaces.rollup_writer.columns import Line, RegisterColumn, columns_of
from xltool.surfaces.rollup_writer.content import Content
from xltool.surfaces.rollup_writer.look import (
    DOUBT,
    OUT,
    PLAIN,
    SIZE,
    TOTAL,
    UNIT,
    Palette,
    prepare,
)

TITLES = {
    "declaration": "项目绩效目标汇总表", "evaluation": "项目绩效自评结果汇总表", "monitoring": "项目绩效运行监控汇总表",
    "department-declaration": "部门整体支出绩效目标汇总表", "department-evaluation": "部门整体支出绩效自评结果汇总表", "department-monitoring": "部门整体支出绩效运行监控汇总表",
}  # fmt: skip
DEEPEST = 7
"""Excel folds no more levels than that."""
WORDED = frozenset({"project", "department", "unit", "period", "remark", "source", "nature", "category", "code"})
"""The columns whose texts may need several lines."""
TOTALS = 4
"""Rows of grand totals: gross, eliminated, net, doubted."""


@dataclass(frozen=True, slots=True)
class Names:
    """The sheets of a workbook: of forms by row of the rollup, and the rollup's own that others lead to."""

    forms: Mapping[int, str]
    relations: str
    ledger: str
    relation_rows: Mapping[str, int]
    source_rows: Mapping[int, int]


@dataclass(slots=True)
class Placed:
    """Where a register's rows stand on its sheet, from 0: forms by row of the rollup, units in order, the whole range."""

    name: str
    columns: dict[str, int]
    rows: dict[int, int] = field(default_factory=dict)
    units: list[tuple[Subtotal, int, int, int]] = field(default_factory=list)
    """Each unit with the row of its subtotal, its first and its last form."""
    first: int = 0
    last: int = 0

    def cell(self, row: int, key: str) -> str:
        """A cell as formulas of other sheets name it."""
        return place(self.name, at(row, self.columns[key]))

    def column(self, key: str) -> str:
        """A column's forms and subtotals as formulas of other sheets name them."""
        return place(self.name, "${0}${1}:${0}${2}".format(at(0, self.columns[key]).rstrip("1"), self.first + 1, self.last + 1))


def title_of(register: Register) -> str:
    """What the register is called."""
    return (f"{register.year}年度" if register.year else "") + TITLES[register.family]


def write_register(body: Body, palette: Palette, register: Register, content: Content, names: Names, name: str) -> Placed:
    """Where the register stands on its sheet."""
    return _Writer(body, palette, register, content, names, name).write()


class _Writer:
    def __init__(self, body: Body, palette: Palette, register: Register, content: Content, names: Names, name: str) -> None:
        self.body, self.sheet = body, body.sheet
        self.palette, self.register, self.content, self.names = palette, register, content, names
        self.columns = columns_of(register, content)
        self.worded = [(one, pixels(one.width)) for one in self.columns if one.key in WORDED]
        self.styles: dict[tuple[str, int], list[int]] = {}
        self.at = {column.key: number for number, column in enumerate(self.columns)}
        self.placed = Placed(name, self.at)
        self.grades = dict(register.scores.by_row) if register.scores else {}
        self.above = parents(content.rollup.trees)
        self.numbers = {key: number for number, key in enumerate(names.relation_rows, 1)}

    def write(self) -> Placed:
        head = titled(self.sheet, self.palette, title_of(self.register), self.said(), 16)
        shown = [one.width for one in self.columns if not one.level]
        cut = self.at["net"] + 1
        prepare(self.sheet, [column.width for column in self.columns], head, pages=(shown[:cut], [*shown[:2], *shown[cut:]]))
        self.sheet.freeze_panes(head + 1, 2)
        self.sheet.outline_settings(True, False, False, False)
        for number, column in enumerate(self.columns):
            if column.level:
                self.sheet.set_column(number, number, column.width, None, {"level": column.level, "hidden": True})
        heads(self.sheet, self.palette, head, [Column(one.head, one.width) for one in self.columns])
        row = self.placed.first = head + 1 + TOTALS
        self.placed.last = row - 1 + sum(1 + len(unit.rows) for unit in self.register.units)
        self.totals(head + 1)
        count = 0
        for unit in self.register.units:
            row, count = self.unit(unit, row, count)
        self.sheet.autofilter(head, 0, self.placed.last, len(self.columns) - 1)
        self.sheet.print_area(0, 0, self.placed.last, len(shown) - 1)
        # Two pages side by side: identity and the annual amount, then the rest; so many columns on one are too small to read.
        self.sheet.fit_to_pages(2, 0)
        self.sheet.set_v_pagebreaks([cut])
        self.sheet.repeat_columns(0, 1)
        return self.placed

    def said(self) -> list[str]:
        total = self.register.total
        money = f"金额单位：{self.content.unit}"
        counts = f"{money}　　表 {total.forms} 份，计入 {total.counted} 份　　单位 {len(self.register.units)} 个"
        note = "净额 = 年度金额 − 重复计列；项目资金总额是全周期的，不与年度金额相加。点金额到它所在的表，指着它看来源文件、工作表和单元格。"
        return [counts, note, *self.content.residuals[self.content.rollup.registers.index(self.register)]]

    # ------------------------------------------------------------ rows

    def unit(self, unit: Subtotal, row: int, count: int) -> tuple[int, int]:
        """The next free row and the number of forms so far, after a unit's subtotal and its forms below it."""
        lines_ = list(self.lines(unit, count))
        last = row + len(lines_)
        self.placed.units.append((unit, row, row + 1, last))
        said = {"unit": unit.unit, "department": unit.department, "remark": f"{unit.sums.forms} 份"}
        self.summed(row, UNIT, unit.unit or unit.department or "（未填单位）", row + 1, last, said, unit.rows)
        for number, line in enumerate(lines_, row + 1):
            self.form(number, line)
        return last + 1, count + len(lines_)

    def lines(self, unit: Subtotal, count: int) -> Iterator[Line]:
        """The unit's forms, sub-projects below their parents where both are of the unit."""
        for number, (row, depth) in enumerate(ordered(unit, self.above), count + 1):
            yield self.line(self.content.rollup.rows[row], number, depth)

    def line(self, row: Row, count: int, depth: int) -> Line:
        form, signature = self.content.forms[row.number], row.signature
        problems = dict(signature.findings)
        keys = [*row.because, *row.doubts]
        said = [f"{'存疑' if key in row.doubts else '剔除'}：见第 {self.numbers[key]} 号" for key in keys if key in self.numbers]
        where = f"{self.content.sources[form.source].file} {signature.where.sheet}"
        counted = sum(problems.get(severity, 0) for severity in ("error", "warning")) if self.content.checked else None
        return Line(row, count, depth, self.grades.get(row.number, ""), counted, "\n".join(said), where)

    def form(self, row: int, line: Line) -> None:
        number = line.row.number
        self.placed.rows[number] = row
        look = OUT if line.row.standing == "eliminated" else DOUBT if line.row.doubts else PLAIN
        if (look, line.depth) not in self.styles:
            self.styles[look, line.depth] = [self.palette.style(one.kind, look, line.depth if one.key == "project" else 0) for one in self.columns]
        styles = self.styles[look, line.depth]
        self.body.row(row, [self.cell(one, line, row) for one in self.columns], styles, self.tall(line), min(line.depth + 1, DEEPEST))

    def tall(self, line: Line) -> float:
        """The height that the row's texts need."""
        wanted = 1
        for one, width in self.worded:
            text = one.value(line)
            if isinstance(text, str):
                wanted = max(wanted, lines(text, room(width - 9 * line.depth, SIZE)))
        return max(18.0, height(wanted, SIZE))

    def cell(self, column: RegisterColumn, line: Line, row: int) -> Cell:
        number = line.row.number
        if column.key == "net":
            value = self.content.shown(number, "amount", "net")
            return None if value is None else Formula(f"{at(row, self.at['amount'])}-{at(row, self.at['eliminated'])}", value)
        if column.key in ("rate", "share"):
            return self.ratio(column.key, row, self.figure(number, "executed"), self.figure(number, "amount"), line.row.signature.quantitative, line.row.signature.indicators)
        if column.role:
            return self.money(column, line)
        if column.key == "project":
            return Linked(column.value(line), self.home(number), "到这份表")
        if column.key == "remark" and line.remark:
            key = (*line.row.because, *line.row.doubts)[0]
            return Linked(line.remark, place(self.names.relations, f"A{self.names.relation_rows[key] + 1}"), "到依据")
        if column.key == "source":
            return Linked(line.source, self.ledger(number), "到来源台账")
        return column.value(line)

    def money(self, column: RegisterColumn, line: Line) -> Cell:
        """A figure that leads to where it stands."""
        number = line.row.number
        value = self.content.shown(number, column.role, column.which)
        if value is None or (column.which == "eliminated" and not value):
            return None
        if column.which != "gross":
            return value
        form = self.content.forms[number]
        role = column.role
        places = dict(line.row.signature.where.places)
        found = places.get(role) or (places.get("annual_budget", "") if role == "amount" else "")
        tip = f"{self.content.sources[form.source].file}\n{found or line.row.signature.where.sheet}"
        if line.row.signature.money_unit != self.content.unit:
            tip += f"\n原金额单位：{line.row.signature.money_unit}"
        inside = form.drawn.cells.get(role, "A1") if form.drawn else ""
        return Linked(value, place(self.names.forms[number], inside) if inside else self.ledger(number), tip)

    def home(self, number: int) -> str:
        """Where a form's row leads: to its sheet, without sheets to its file's line of the ledger."""
        return place(self.names.forms[number], "A1") if number in self.names.forms else self.ledger(number)

    def ledger(self, number: int) -> str:
        return place(self.names.ledger, f"A{self.names.source_rows[number] + 1}")

    def figure(self, number: int, role: str) -> Decimal | None:
        return self.content.shown(number, role, "gross")

    # ------------------------------------------------------------ sums

    def summed(self, row: int, look: str, name: str, first: int, last: int, said: Mapping[str, str], numbers: Sequence[int]) -> None:
        """A row of sums over the forms from row ``first`` to ``last``; subtotals between them count once."""
        rows = [self.content.rollup.rows[number] for number in numbers]
        values: dict[str, Decimal | int] = {}
        for one in self.columns:
            if one.added:
                values[one.key] = self.sum_of(one, rows)
        cells: list[Cell] = []
        for column, one in enumerate(self.columns):
            cell: Cell = said.get(one.key)
            if one.key == "project":
                cell = name
            elif one.added:
                cell = Formula(f"SUBTOTAL(9,{span(first, last, column)})", values[one.key])
            elif one.key in ("rate", "share"):
                cell = self.ratio(one.key, row, values.get("executed"), values.get("amount"), values.get("quantitative"), values.get("indicators"))
            cells.append(cell)
        tall = max(lines(text, room(pixels(one.width), SIZE)) for one in self.columns for text in [name if one.key == "project" else said.get(one.key, "")])
        self.body.row(row, cells, [self.palette.style(one.kind, look) for one in self.columns], max(20.0, height(tall, SIZE)))

    def sum_of(self, column: RegisterColumn, rows: Sequence[Row]) -> Decimal | int:
        if column.role:
            found = (self.content.shown(row.number, column.role, column.which) for row in rows)
            return sum((value for value in found if value is not None), Decimal(0))
        return sum(int(value) for row in rows if isinstance(value := column.value(Line(row, 0)), int))

    def ratio(self, key: str, row: int, executed: Decimal | int | None, budget: Decimal | int | None, part: Decimal | int | None, whole: Decimal | int | None) -> Cell:
        """Executed ÷ budget, or quantitative indicators ÷ all; nothing where the divisor is nothing."""
        above, below = (executed, budget) if key == "rate" else (part, whole)
        first, second = ("executed", "amount") if key == "rate" else ("quantitative", "indicators")
        if above is None:
            return None
        over, under = at(row, self.at[first]), at(row, self.at[second])
        return Formula(f'IF(N({under})=0,"",{over}/{under})', Decimal(above) / Decimal(below) if below else "")

    def totals(self, row: int) -> None:
        """Gross, eliminated and net of every amount, and what is doubted though it counts."""
        first, last = self.placed.first, self.placed.last
        numbers = list(self.register.rows)
        self.summed(row, TOTAL, "合计（毛额）", first, last, {"standing": "毛额"}, numbers)
        doubted = [number for number in numbers if self.content.rollup.rows[number].doubts]
        for offset, name, key in ((1, "减：重复计列", "eliminated"), (2, "净额（计入汇总）", "net"), (3, f"其中：存疑 {len(doubted)} 份，金额已计入", "doubted")):
            cells: list[Cell] = [
                self.overall(one, row, column, key, numbers, doubted) if one.role and one.which == "gross" else name if one.key == "project" else None
                for column, one in enumerate(self.columns)
            ]
            self.body.row(row + offset, cells, [self.palette.style(one.kind, TOTAL) for one in self.columns], 20)

    def overall(self, column: RegisterColumn, row: int, number: int, key: str, numbers: Sequence[int], doubted: Sequence[int]) -> Cell:
        """A cell of the rows below the gross total."""
        if key == "doubted":
            if column.key != "amount":
                return None
            said, net = (span(self.placed.first, self.placed.last, self.at[one]) for one in ("remark", "net"))
            found = [self.content.shown(one, "amount", "net") for one in doubted]
            return Formula(f'SUMIF({said},"*存疑*",{net})', sum((value for value in found if value is not None), Decimal(0)))
        out = "eliminated" if column.key == "amount" else f"out {column.role}"
        values = {which: sum((value for one in numbers if (value := self.content.shown(one, column.role, which)) is not None), Decimal(0)) for which in ("eliminated", "net")}
        taken = f"SUBTOTAL(9,{span(self.placed.first, self.placed.last, self.at[out])})" if out in self.at else "0"
        if key == "eliminated":
            return Formula(taken, values["eliminated"])
        return Formula(f"{at(row, number)}-{at(row + 1, number)}", values["net"])


def ordered(unit: Subtotal, above: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    """The unit's rows of the rollup and how deep each stands: below its parent where that is of the unit too."""
    inside = set(unit.rows)
    below: dict[int | None, list[int]] = {}
    for number in unit.rows:
        parent = above.get(number)
        below.setdefault(parent if parent in inside else None, []).append(number)
    waiting = [(number, 0) for number in reversed(below.get(None, []))]
    while waiting:
        number, depth = waiting.pop()
        yield number, depth
        waiting.extend((one, depth + 1) for one in reversed(below.get(number, [])))


def parents(trees: Sequence[Tree]) -> dict[int, int]:
    """Each row's parent, of rows that have one."""
    found: dict[int, int] = {}
    waiting = list(trees)
    while waiting:
        tree = waiting.pop()
        found.update((below.row, tree.row) for below in tree.below)
        waiting.extend(tree.below)
    return found
