"""The ledger of sources: every file with its hash and what it gave; units that were expected; and findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from xltool.heights import height, lines, pixels, room
from xltool.rollup.model import Expected
from xltool.surfaces.rollup_writer.cells import Cell, Column, Linked, heads, put, titled
from xltool.surfaces.rollup_writer.content import Content, Source
from xltool.surfaces.rollup_writer.look import (
    CENTRE,
    COUNT,
    DOUBT,
    MONEY,
    PLAIN,
    SIZE,
    TEXT,
    Palette,
    prepare,
)
from xltool.surfaces.xlsx_writer.styles import Sheet

COLUMNS = (
    Column("序号", 6, COUNT), Column("文件", 34), Column("类型", 7, CENTRE), Column("结果", 10, CENTRE), Column("与上次相比", 10, CENTRE), Column("位置", 16),
    Column("表式", 26), Column("项目名称", 28), Column("实施单位", 20), Column("年度金额", 15, MONEY), Column("存疑", 6, COUNT), Column("剩余", 6, COUNT), Column("说明", 44),
    Column("指纹（SHA-256）", 30, CENTRE),
)  # fmt: skip
UNITS = (Column("序号", 6, COUNT), Column("名单上的单位", 36), Column("情况", 12, CENTRE), Column("表中的单位", 36), Column("说明", 44))
FINDINGS = (
    Column("序号", 6, COUNT), Column("级别", 8, CENTRE), Column("实施单位", 14), Column("项目名称", 18), Column("位置", 18), Column("栏目", 12), Column("指标", 18),
    Column("问题", 34), Column("应为", 12), Column("实为", 12), Column("算式", 20), Column("处理", 28), Column("规则", 14, CENTRE),
)  # fmt: skip
SEVERITIES = {"error": "错误", "warning": "警告", "hint": "提示"}
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


def write_ledger(sheet: Sheet, palette: Palette, content: Content, home: Callable[[int], str]) -> None:
    """Writes every file, a row for each form that it gave."""
    read = sum(one.read for one in content.sources)
    said = f"文件 {len(content.sources)} 个：读出 {read} 个，读不出 {len(content.sources) - read} 个；表 {len(content.rollup.rows)} 份　　金额单位：{content.unit}"
    head = titled(sheet, palette, "来源台账", [said])
    prepare(sheet, [column.width for column in COLUMNS], head)
    heads(sheet, palette, head, COLUMNS)
    row = head + 1
    for number, source in enumerate(content.sources, 1):
        for cells in _lines(number, source, content, home):
            look = PLAIN if source.read and not source.said else DOUBT
            for column, cell in enumerate(cells):
                put(sheet, row, column, cell, palette.cell(COLUMNS[column].kind, look))
            sheet.set_row(row, _tall(cells, COLUMNS))
            row += 1
    for name, digest in content.gone:
        cells = [None, name, None, "没有来", "上次有", *(None,) * 7, "上次汇总有这个文件，这次没有", digest]
        for column, cell in enumerate(cells):
            put(sheet, row, column, cell, palette.cell(COLUMNS[column].kind, DOUBT))
        row += 1
    sheet.autofilter(head, 0, max(row - 1, head + 1), len(COLUMNS) - 1)
    sheet.print_area(0, 0, row - 1, len(COLUMNS) - 1)


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
        row += 1
    sheet.autofilter(head, 0, max(row - 1, head + 1), len(UNITS) - 1)


def _units(expected: Expected) -> Iterator[tuple[list[Cell], str]]:
    twice, loosely = set(expected.twice), dict(expected.loosely)
    for name in expected.missing:
        yield [name, "未报", None, "名单上有，没有收到它的表"], DOUBT
    for name, unit in expected.matched:
        said = ["有项目报了不止一次，见“重复与包含”"] * (unit in twice) + [f"名称不完全相同：名单上是“{name}”"] * (name in loosely)
        yield [name, "重复" if unit in twice else "已报", unit, "；".join(said) or None], DOUBT if said else PLAIN
    for unit in expected.unexpected:
        yield [None, "名单外", unit or "（未填单位）", "收到了它的表，名单上没有"], DOUBT


def write_findings(sheet: Sheet, palette: Palette, content: Content, form: Callable[[int], str], home: Callable[[int], str]) -> None:
    """Writes every finding; ``form`` is the name of a form's sheet, empty without one. The sheet keeps one row in memory."""
    head = titled(sheet, palette, "审核结果", ["点位置到表里的单元格；没有表的工作表时到来源台账。"])
    prepare(sheet, [column.width for column in FINDINGS], head)
    heads(sheet, palette, head, FINDINGS)
    row = head + 1
    for number, one in enumerate(content.findings(), 1):
        signature = content.rollup.rows[one.row].signature
        to = f"'{_quoted(form(one.row))}'!{one.cell or 'A1'}" if form(one.row) else home(one.row)
        cells: list[Cell] = [
            number, SEVERITIES.get(one.severity, one.severity), signature.unit or signature.department, signature.project or signature.title,
            Linked(one.place, to, content.sources[content.forms[one.row].source].file), one.caption, one.item, one.what, one.expected, one.found, one.sum,
            f"已认可：{one.accepted}" if one.accepted else one.do, one.rule,
        ]  # fmt: skip
        # A sheet that keeps one row in memory takes the height of a row before its cells.
        sheet.set_row(row, _tall(cells, FINDINGS))
        look = DOUBT if one.severity == "error" and not one.accepted else PLAIN
        for column, cell in enumerate(cells):
            put(sheet, row, column, cell, palette.cell(FINDINGS[column].kind, look))
        row += 1
    if row == head + 1:
        put(sheet, row, 0, "没有发现问题", palette.words())
        row += 1
    sheet.autofilter(head, 0, row - 1, len(FINDINGS) - 1)
    sheet.print_area(0, 0, row - 1, len(FINDINGS) - 1)


def _quoted(name: str) -> str:
    return name.replace("'", "''")


def _tall(cells: Sequence[Cell], columns: Sequence[Column]) -> float:
    """The height that the texts need."""
    wanted = 1
    for column, cell in zip(columns, cells, strict=True):
        text = cell.value if isinstance(cell, Linked) else cell
        if isinstance(text, str) and column.kind == TEXT:
            wanted = max(wanted, lines(text, room(pixels(column.width), SIZE)))
    return min(409.0, max(18.0, height(wanted, SIZE)))
