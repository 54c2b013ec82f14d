"""A rollup as a workbook: registers, money by unit, scores, relations, findings, the ledger, indicators, and every form.

Forms come as parts that were drawn and proved where they were read; the workbook's memory does not grow
with what stands on them. Same rollup, same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from xltool.rollup.model import Register
from xltool.safe_names import sheet_names
from xltool.surfaces.rollup_writer.body import Body
from xltool.surfaces.rollup_writer.cells import place, plainly, rests
from xltool.surfaces.rollup_writer.content import Content
from xltool.surfaces.rollup_writer.findings import write_findings
from xltool.surfaces.rollup_writer.ledger import (
    source_rows,
    write_expected,
    write_ledger,
)
from xltool.surfaces.rollup_writer.lists import write_list
from xltool.surfaces.rollup_writer.look import Palette
from xltool.surfaces.rollup_writer.package import Added, More, holds, put_together
from xltool.surfaces.rollup_writer.register import (
    Names,
    Placed,
    ordered,
    parents,
    title_of,
    write_register,
)
from xltool.surfaces.rollup_writer.relations import relation_rows, write_relations
from xltool.surfaces.rollup_writer.scores import write_scores
from xltool.surfaces.rollup_writer.units import write_units
from xltool.surfaces.xlsx_writer.book import (
    LONGEST_PROPERTY,
    Book,
    is_short,
    new_book,
    set_property,
)
from xltool.surfaces.xlsx_writer.styles import Sheet

REGISTER, UNITS, SCORES, RELATIONS, FINDINGS, LEDGER, EXPECTED, LIST = "汇总表", "单位汇总", "得分分布", "重复与包含", "审核结果", "来源台账", "报送情况", "指标明细"
"""The rollup's own sheets."""
FAMILIES = {
    "declaration": "目标", "evaluation": "自评", "monitoring": "监控",
    "department-declaration": "整体目标", "department-evaluation": "整体自评", "department-monitoring": "整体监控",
}  # fmt: skip
FORMS_PROPERTY, SECTIONS_PROPERTY, SHEETS_PROPERTY = "xltool.forms", "xltool.sections", "xltool.sheets"
TAB = "#1F4E78"
WRITTEN, REGISTERS = "written.xlsx", "registers.xlsx"
"""What XlsxWriter wrote; the workbook without its forms and lists, that little memory is enough to read."""

__all__ = ["write"]


def write(content: Content, out: Path, apart: Path) -> bool:
    """Writes the workbook to ``out``; ``apart`` is a folder for what is on the way. True where it holds what was proved."""
    made = _Workbook(content, apart)
    made.own()
    made.properties()
    made.close()
    forms = made.forms()
    put_together(apart / WRITTEN, out, forms, made.longer, apart / REGISTERS, made.shown)
    return holds(out, forms)


@dataclass(slots=True)
class _Workbook:
    """A workbook while it is written. ``order`` are the rows of the rollup, register by register, unit by unit."""

    content: Content
    apart: Path
    book: Book = None
    palette: Palette = field(init=False)
    order: list[list[list[int]]] = field(default_factory=list)
    sheets: dict[int, str] = field(default_factory=dict)
    taken: list[str] = field(default_factory=list)
    longer: dict[str, More] = field(default_factory=dict)
    shown: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.book = new_book(self.apart / WRITTEN, self.title(), self.apart)
        self.palette = Palette(self.book, self.content.known)
        above = parents(self.content.rollup.trees)
        registers = self.content.rollup.registers
        self.order = [[[row for row, _ in ordered(unit, above)] for unit in register.units] for register in registers]
        self.taken = [self.named(word, register) for register in registers for word in (REGISTER, UNITS, SCORES, LIST)] + [RELATIONS, FINDINGS, LEDGER, EXPECTED]
        rows = [row for units in self.order for unit in units for row in unit if self.content.forms[row].drawn]
        called = [self.content.rollup.rows[row].signature.project or self.content.rollup.rows[row].signature.title for row in rows]
        self.sheets = dict(zip(rows, sheet_names(called, self.taken), strict=True))

    def title(self) -> str:
        registers = self.content.rollup.registers
        return title_of(registers[0]) if len(registers) == 1 else REGISTER

    def named(self, word: str, register: Register) -> str:
        """The name of a sheet that each register has: only where there are several it says which."""
        if len(self.content.rollup.registers) == 1:
            return word
        return f"{word} {FAMILIES[register.family]}{register.year or ''}"

    def sheet(self, name: str) -> Sheet:
        """A new sheet."""
        sheet = plainly(self.book.add_worksheet(name))
        sheet.set_tab_color(TAB)
        return sheet

    def body(self, name: str) -> Body:
        """The rows of a new sheet that has one for each form, or more."""
        body = Body(self.sheet(name), self.apart / f"{len(self.book.worksheets_objs)}.body")
        self.longer[self.part()] = body
        return body

    def own(self) -> None:
        """Writes the rollup's own sheets."""
        content = self.content
        names = Names(self.sheets, RELATIONS, LEDGER, relation_rows(content.rollup), source_rows(content))
        placed = [self.register(register, names) for register in content.rollup.registers]
        for register, one in zip(content.rollup.registers, placed, strict=True):
            title = title_of(register)
            write_units(self.book, self.sheet(self.named(UNITS, register)), self.palette, register, content, one, f"{title}：各单位")
            if register.scores:
                write_scores(self.book, self.sheet(self.named(SCORES, register)), self.palette, register, content, one, f"{title}：得分与等级")
        homes = {row: one.cell(at, "number") for one in placed for row, at in one.rows.items()}
        write_relations(self.sheet(RELATIONS), self.palette, content, homes.__getitem__)
        if content.checked:
            write_findings(self.body(FINDINGS), self.palette, content, lambda row: self.sheets.get(row, ""), homes.__getitem__)
        write_ledger(self.body(LEDGER), self.palette, content, homes.__getitem__)
        if content.rollup.expected:
            write_expected(self.sheet(EXPECTED), self.palette, content.rollup.expected)
        for register, one, numbers in zip(content.rollup.registers, placed, self.order, strict=True):
            name = self.named(LIST, register)
            made = write_list(self.sheet(name), self.palette, register, content, one, numbers, f"{title_of(register)}：指标明细")
            self.longer[self.part()] = made

    def register(self, register: Register, names: Names) -> Placed:
        name = self.named(REGISTER, register)
        body = self.body(name)
        self.shown.append(self.part())
        placed = write_register(body, self.palette, register, self.content, names, name)
        for number, row in placed.rows.items():
            self.book.define_name(self.content.forms[number].back, "=" + place(name, f"$A${row + 1}"))
        return placed

    def part(self) -> str:
        """The name of the part of the sheet that was added last."""
        return f"xl/worksheets/sheet{len(self.book.worksheets_objs)}.xml"

    def close(self) -> None:
        """What XlsxWriter knows stands on the disk."""
        for sheet in self.book.worksheets_objs:
            rests(sheet)
        self.book.close()

    def forms(self) -> list[Added]:
        """The sheets of forms, which stand behind the rollup's own."""
        drawn = [(name, self.content.forms[row].drawn) for row, name in self.sheets.items()]
        return [Added(name, number, one) for number, (name, one) in enumerate(drawn, len(self.book.worksheets_objs) + 1) if one]

    def sections(self) -> str:
        """The titles that the forms stood under, each with how many follow each other; none where they have no room."""
        titles = [self.content.rollup.rows[row].signature.where.section or None for row in self.sheets]
        counts = [[title, len(list(found))] for title, found in groupby(titles)]
        text = json.dumps(counts, ensure_ascii=False, separators=(",", ":"))
        return text if is_short(text) else json.dumps([[None, len(titles)]])

    def properties(self) -> None:
        """What the document says of itself: which forms it holds, and which sheets are the rollup's own."""
        used = dict.fromkeys(row.signature.form for row in self.content.rollup.rows)
        set_property(self.book, FORMS_PROPERTY, ",".join(f"{name}/{self.content.known[name].version}" for name in used))
        set_property(self.book, SECTIONS_PROPERTY, self.sections())
        own = [sheet.name for sheet in self.book.worksheets_objs if sheet.name in self.taken]
        for number, names in enumerate(_short(own)):
            set_property(self.book, SHEETS_PROPERTY + f".{number}" * bool(number), json.dumps(names, ensure_ascii=False))


def _short(names: Sequence[str]) -> list[list[str]]:
    """The names in as few lists as properties have room for."""
    found: list[list[str]] = [[]]
    for name in names:
        if len(json.dumps([*found[-1], name], ensure_ascii=False)) > LONGEST_PROPERTY:
            found.append([])
        found[-1].append(name)
    return found
