"""The ledger of sources: every file with its hash and what it gave; and units that were expected."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from xltool.rollup.model import Expected
from xltool.surfaces.rollup_writer.body import Body
from xltool.surfaces.rollup_writer.cells import Cell, Column, Linked, heads, put, tall, titled
from xltool.surfaces.rollup_writer.content import Content, Source
from xltool.surfaces.rollup_writer.look import (
    CENTRE,
    COUNT,
    DOUBT,
    MONEY,
    PLAIN,
    Palette,
    prepare,
)
from xltool.surfaces.xlsx_writer.styles import Sheet

COLUMNS = (
    Column("序号", 6, COUNT), Column("文件", 28), Column("类型", 7, CENTRE), Column("结果", 10, CENTRE), Column("与上次相比", 10, CENTRE), Column("位置", 16),
    Column("表式", 18), Column("项目名称", 26), Column("实施单位", 20), Column("年度金额", 15, MONEY), Column("存疑", 6, COUNT), Column("剩余", 6, COUNT), Column("说明", 36),
    Column("指纹（SHA-256）", 30, CENTRE),
)  # fmt: skip
UNITS = (Column("序号", 6, COUNT), Column("名单上的单位", 36), Column("情况", 12, CENTRE), Column("表中的单位", 36), Column("说明", 44))
FIRST = 3
"""The row (from 0) of the ledger's first file."""


def source_rows(content: Content) -> dict[int, int]:
    """The row of the ledger (from 0) that each form of the rollup stands in."""
    row, found = FIRST, {}
    for source in content.sources:
        for offset, number in enumerate(source.forms):
            found[number] = row + offset
        row += max(1, len(source.forms))
    return found


def write_ledger(body: Body, palette: Palette, content: Content, home: Callable[[int], str]) -> None:
    """Writes every file, a row for each form that it gave."""
    sheet = body.sheet
    read = sum(one.read for one in content.sources)
    said = f"文件 {len(content.sources)} 个：读出 {read} 个，读不出 {len(content.sources) - read} 个；表 {len(content.rollup.rows)} 份　　金额单位：{content.unit}"
    head = titled(sheet, palette, "来源台账", [said])
    prepare(sheet, [column.width for column in COLUMNS], head)
    heads(sheet, palette, head, COLUMNS)
    row = head + 1
    plain, doubted = ([palette.style(column.kind, look) for column in COLUMNS] for look in (PLAIN, DOUBT))
    for number, source in enumerate(content.sources, 1):
        for cells in _lines(number, source, content, home):
            body.row(row, cells, plain if source.read and not source.said else doubted, tall(cells, COLUMNS))
            row += 1
    for name, digest in content.gone:
        body.row(row, [None, name, None, "没有来", "上次有", *(None,) * 7, "上次汇总有这个文件，这次没有", digest], doubted)
        row += 1
    sheet.autofilter(head, 0, max(row - 1, head + 1), len(COLUMNS) - 1)
    # On paper the sheet is read without its last column: nobody compares a hash by eye, and it makes the rest small.
    sheet.print_area(0, 0, row - 1, len(COLUMNS) - 2)


def _lines(number: int, source: Source, content: Content, home: Callable[[int], str]) -> Iterator[list[Cell]]:
    """A row for each form of a file; one for a file that gave none."""
    own: list[Cell] = [number, source.file, source.kind or None, "读出" if source.read else "读不出", source.change or None]
    said: list[Cell] = [source.doubts or None, source.leftover or None, "\n".join(source.said) or None, source.digest or None]
    for at, form in enumerate(source.forms):
        signature = content.rollup.rows[form].signature
        gave: list[Cell] = [
            signature.where.sheet or None, signature.title, Linked(signature.project or "（没有项目名称）", home(form), "到这份表"),
            signature.unit or signature.department or None, content.shown(form, "amount", "gross"),
        ]  # fmt: skip
        yield [*own, *gave, *(said if not at else [None, None, None, source.digest])]
    if not source.forms:
        yield [*own, *(None,) * 5, *said]


def write_expected(sheet: Sheet, palette: Palette, expected: Expected) -> None:
    """Writes which of the expected units came, which did not, which came twice, which nobody expected."""
    said = f"名单 {len(expected.missing) + len(expected.matched)} 个单位：已报 {len(expected.matched)}，未报 {len(expected.missing)}；名单外 {len(expected.unexpected)}"
    head = titled(sheet, palette, "报送情况", [said])
    prepare(sheet, [column.width for column in UNITS], head)
    heads(sheet, palette, head, UNITS)
    row = head + 1
    for number, (cells, look) in enumerate(_units(expected), 1):
        for column, cell in enumerate([number, *cells]):
            put(sheet, row, column, cell, palette.cell(UNITS[column].kind, look))
        sheet.set_row(row, tall([number, *cells], UNITS))
        row += 1
    sheet.autofilter(head, 0, max(row - 1, head + 1), len(UNITS) - 1)


def _units(expected: Expected) -> Iterator[tuple[list[Cell], str]]:
    twice, loosely = set(expected.twice), dict(expected.loosely)
    for name in expected.missing:
        yield [name, "未报", None, "；".join(["名单上有，没有收到它的表", *_perhaps("名单外的", (came for wanted, came in expected.perhaps if wanted == name))])], DOUBT
    for name, unit in expected.matched:
        said = ["有项目报了不止一次，见“重复与包含”"] * (unit in twice) + [f"名称不完全相同：名单上是“{name}”"] * (name in loosely)
        yield [name, "重复" if unit in twice else "已报", unit, "；".join(said) or None], DOUBT if said else PLAIN
    for unit in expected.unexpected:
        yield [None, "名单外", unit or "（未填单位）", "；".join(["收到了它的表，名单上没有", *_perhaps("名单上的", (name for name, came in expected.perhaps if came == unit))])], DOUBT


def _perhaps(where: str, names: Iterable[str]) -> Iterator[str]:
    """What is said of names that may be the same unit's."""
    if found := "、".join(f"“{name}”" for name in names):
        yield f"{where}{found}可能就是它，请核对名称"
