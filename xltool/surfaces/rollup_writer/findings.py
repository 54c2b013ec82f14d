"""The findings of a rollup: a form's rows are made where it was read, as text that only lacks its numbers; then they are put below each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache

from xltool.surfaces.rollup_writer.body import Body
from xltool.surfaces.rollup_writer.cells import (
    Column,
    at,
    heads,
    high,
    most_lines,
    place,
    put,
    titled,
    wide,
)
from xltool.surfaces.rollup_writer.content import Content, Found
from xltool.surfaces.rollup_writer.list_rows import BETWEEN, ROW, packed_rows, text_in
from xltool.surfaces.rollup_writer.look import CENTRE, COUNT, DOUBT, PLAIN, TEXT, Palette, prepare
from xltool.surfaces.xlsx_writer.rows import row_begin

COLUMNS = (
    Column("序号", 6, COUNT), Column("级别", 8, CENTRE), Column("实施单位", 14), Column("项目名称", 18), Column("位置", 18), Column("栏目", 12), Column("指标", 18),
    Column("问题", 34), Column("应为", 12), Column("实为", 12), Column("算式", 20), Column("处理", 28), Column("规则", 14, CENTRE),
)  # fmt: skip
SEVERITIES = {"error": "错误", "warning": "警告", "hint": "提示"}
PLACE = 4
"""The column that leads to the cell on the form's sheet."""
NUMBER, CELL = "\x02", "\x04"
"""Where a finding's number is put in later; what stands between the cell that it leads to and its row."""


def packed_findings(found: Sequence[Found], unit: str, project: str, palette: Palette) -> bytes:
    """A form's findings as they wait on the disk."""
    begun = {look: _begun(look, palette) for look in (PLAIN, DOUBT)}
    return packed_rows([f"{one.cell or 'A1'}{CELL}{_row(one, unit, project, begun)}" for one in found])


_LETTERS = [at(0, column).rstrip("1") for column in range(len(COLUMNS))]
_TEXTS = [(column, wide(one)) for column, one in enumerate(COLUMNS[1:]) if one.kind == TEXT]
"""The texts of a finding that may need several lines, and the half-ems of a line of each."""


def _begun(look: str, palette: Palette) -> list[str]:
    """How the cells of a row begin; the first, of the number, is whole."""
    begun = [f'<c r="{letter}{ROW}" s="{palette.style(column.kind, look)}"' for letter, column in zip(_LETTERS, COLUMNS, strict=True)]
    return [f"{begun[0]}><v>{NUMBER}</v></c>{begun[1]}", *begun[2:]]


def _row(one: Found, unit: str, project: str, begun: Mapping[str, Sequence[str]]) -> str:
    look = DOUBT if one.severity == "error" and not one.accepted else PLAIN
    texts = (
        SEVERITIES.get(one.severity, one.severity), unit, project, one.place, one.caption, one.item, one.what, one.expected, one.found, one.sum,
        f"已认可：{one.accepted}" if one.accepted else one.do, one.rule,
    )  # fmt: skip
    cells = [f"{before}{text_in(text)}" for before, text in zip(begun[look], texts, strict=True)]
    return f"{_begin(most_lines((room, texts[at]) for at, room in _TEXTS))}{''.join(cells)}</row>"


@lru_cache(maxsize=64)
def _begin(wanted: int) -> str:
    """How a row of so many lines begins."""
    return row_begin(ROW, high(wanted))


def write_findings(body: Body, palette: Palette, content: Content, form: Callable[[int], str], home: Callable[[int], str]) -> None:
    """Writes every finding; ``form`` is the name of a form's sheet, empty without one."""
    sheet = body.sheet
    head = titled(sheet, palette, "审核结果", ["点位置到表里的单元格；没有表的工作表时到来源台账。"])
    prepare(sheet, [column.width for column in COLUMNS], head)
    heads(sheet, palette, head, COLUMNS)
    row = head + 1
    for number, cell, text in _all(content):
        body.text(row, text.replace(ROW, str(row + 1)).replace(NUMBER, str(row - head)), len(COLUMNS))
        body.link(row, PLACE, place(form(number), cell) if form(number) else home(number), content.sources[content.forms[number].source].file)
        row += 1
    if row == head + 1:
        put(sheet, row, 0, "没有发现问题", palette.words())
        row += 1
    sheet.autofilter(head, 0, row - 1, len(COLUMNS) - 1)
    sheet.print_area(0, 0, row - 1, len(COLUMNS) - 1)


def _all(content: Content) -> Iterator[tuple[int, str, str]]:
    """Every finding: the row of the rollup, the cell on the form's sheet, and the text of its row."""
    for number, one in enumerate(content.forms):
        if one.found:
            for line in one.found.read().decode("utf-8").split(BETWEEN):
                cell, _, text = line.partition(CELL)
                yield number, cell, text
