"""The flat list of indicators: forms in the register's order, their rows put below each other as they come from the disk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xltool.rollup.model import Register, Subtotal
from xltool.surfaces.rollup_writer.cells import Column, fits, heads, titled
from xltool.surfaces.rollup_writer.content import Content
from xltool.surfaces.rollup_writer.list_rows import (
    AMOUNT,
    BETWEEN,
    ROW,
    blank_cell,
    columns_of,
    number_cell,
    subtotal_row,
    text_in,
)
from xltool.surfaces.rollup_writer.look import MONEY, TEXT, UNIT, Palette, number, prepare
from xltool.surfaces.rollup_writer.register import Placed
from xltool.surfaces.xlsx_writer.styles import Sheet
from xltool.values import plain

_ROW, _AMOUNT, _BETWEEN = ROW.encode(), AMOUNT.encode(), BETWEEN.encode()


@dataclass(frozen=True, slots=True)
class List:
    """A list on its sheet; ``rows`` gives what stands below its heads, ``numbers`` the forms unit by unit in order."""

    register: Register
    content: Content
    placed: Placed
    numbers: Sequence[Sequence[int]]
    head: int
    money: int
    empty: int
    bold: tuple[int, int]

    def rows(self) -> Iterator[bytes]:
        """The rows, each with its number."""
        row = self.head + 2
        for (unit, top, *_), numbers in zip(self.placed.units, self.numbers, strict=True):
            yield _numbered([self.subtotal(unit, top).encode()], row)
            row += 1
            for number_ in numbers:
                texts = self.form(number_)
                yield _numbered(texts, row)
                row += len(texts)

    def links(self) -> Iterator[bytes]:
        """Nothing: the rows lead nowhere."""
        return iter(())

    def subtotal(self, unit: Subtotal, top: int) -> str:
        """A unit's net money, as the register has it."""
        net = self.placed.cell(top, "net")
        value = sum((shown for one in unit.rows if (shown := self.content.shown(one, "amount", "net")) is not None), Decimal(0))
        count = len(columns_of(self.register.family))
        cells = {0: text_in(unit.unit or unit.department), 1: text_in("小计（净额）"), 2: f"><f>{_escaped(net)}</f><v>{plain(value)}</v></c>"}
        return subtotal_row(cells, count, self.bold[0], self.bold[1])

    def form(self, number_: int) -> list[bytes]:
        """A form's rows, the amount put in."""
        listed = self.content.forms[number_].listed
        if listed is None:
            return []
        found = listed.read().split(_BETWEEN)
        amount = self.content.shown(number_, "amount", "gross")
        found[0] = found[0].replace(_AMOUNT, (blank_cell(2, self.empty) if amount is None else number_cell(2, amount, self.money)).encode())
        return found


def write_list(sheet: Sheet, palette: Palette, register: Register, content: Content, placed: Placed, numbers: Sequence[Sequence[int]], title: str) -> List:
    """The list, its heads written; its rows are put in when the workbook is put together."""
    columns = [Column(head, width) for head, width in columns_of(register.family)]
    head = titled(sheet, palette, title, [f"金额单位：{content.unit}　　单位、项目、预算数、年度目标只写在项目的第一行；小计是单位的净额"])
    prepare(sheet, [column.width for column in columns], head)
    heads(sheet, palette, head, columns)
    count = len(placed.units) + sum(content.forms[number_].rows for unit in numbers for number_ in unit)
    last = head + max(count, 1)
    fits(sheet, last)
    # The rows come later: the sheet is told how far it will reach.
    sheet.dim_rowmax, sheet.dim_colmax = last, len(columns) - 1
    sheet.autofilter(head, 0, last, len(columns) - 1)
    sheet.print_area(0, 0, last, len(columns) - 1)
    bold = (number(palette.cell(TEXT, UNIT)), number(palette.cell(MONEY, UNIT)))
    return List(register, content, placed, numbers, head, palette.listed[MONEY], palette.listed[TEXT], bold)


def _numbered(texts: Sequence[bytes], row: int) -> bytes:
    """Rows below each other, with their numbers from ``row`` (from 1) on."""
    return b"".join([text.replace(_ROW, b"%d" % number_) for number_, text in enumerate(texts, row)])


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
