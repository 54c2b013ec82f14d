"""Which forms hold the same money: the evidence, how sure it is, what was taken out, and how near-doubles differ."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from xltool.figures import written
from xltool.heights import height, lines, pixels, room
from xltool.rollup.model import MONEY as AMOUNTS
from xltool.rollup.model import Difference, Relation, Rollup
from xltool.surfaces.rollup_writer.cells import Cell, Column, Linked, heads, put, titled
from xltool.surfaces.rollup_writer.content import Content
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
    Column("序号", 6, COUNT), Column("关系", 10, CENTRE), Column("把握", 8, CENTRE), Column("审核决定", 10, CENTRE), Column("这份表", 11, CENTRE),
    Column("项目名称", 22), Column("实施单位", 16), Column("年度金额", 14, MONEY), Column("剔除金额", 14, MONEY), Column("依据", 42), Column("不同之处", 30),
    Column("来源", 18), Column("决定用的代号", 15, CENTRE),
)  # fmt: skip
KINDS = {"twice": "重复报送", "near": "近似重复", "parent": "上下级项目"}
CERTAINTY = {"certain": "确定", "doubtful": "存疑"}
DECIDED = {"": "", "confirm": "确认", "reject": "否定"}
FIELDS = {
    "project": "项目名称", "code": "项目编码", "unit": "实施单位", "department": "主管部门", "amount": "年度金额", "fiscal": "财政拨款",
    "carried_over": "上年结转资金", "other": "其他资金", "goal": "绩效目标", "level1": "一级指标", "level2": "二级指标", "indicator": "三级指标", "target": "指标值",
    "actual": "实际完成值", "weight": "分值", "score": "得分", "reason": "偏差原因", "year": "年度", "start": "开始日期", "end": "完成日期",
    "project_amount": "项目资金总额", "executed": "全年执行数", "annual_budget": "全年预算数", "initial_budget": "年初预算数",
    "total_score": "总分", "content": "内容", "money_unit": "金额单位", "nature": "项目性质", "category": "项目类别",
    "project_fiscal": "财政资金（项目）", "project_other": "其他资金（项目）",
}  # fmt: skip
MOST = 12
"""Differences that are listed of one form; more than that is no near-double."""
NOTE = "“确定”的已从净额中剔除，“存疑”的没有剔除。把代号和决定（confirm 确认 / reject 否定）写进决定文件，下次用 --decisions 照办。"


def relation_rows(rollup: Rollup) -> dict[str, int]:
    """The row (from 0) that each relation begins in, by its key."""
    row, found = 3, {}
    for one in rollup.relations:
        found[one.key] = row
        row += len(one.rows)
    return found


def write_relations(sheet: Sheet, palette: Palette, content: Content, home: Callable[[int], str]) -> None:
    """Writes every relation, a row a form; ``home`` is where a form's row leads."""
    head = titled(sheet, palette, "重复与包含", [f"金额单位：{content.unit}　　{NOTE}"])
    prepare(sheet, [column.width for column in COLUMNS], head)
    heads(sheet, palette, head, COLUMNS)
    row = head + 1
    for number, one in enumerate(content.rollup.relations, 1):
        look = PLAIN if one.obeyed or one.decided else DOUBT
        for member in one.rows:
            cells = _cells(number, one, member, content, home)
            for column, cell in enumerate(cells):
                put(sheet, row, column, cell, palette.cell(COLUMNS[column].kind, look))
            sheet.set_row(row, _tall(cells))
            row += 1
    if row > head + 1:
        sheet.autofilter(head, 0, row - 1, len(COLUMNS) - 1)
    else:
        put(sheet, row, 0, "没有发现重复和包含", palette.words())
    sheet.print_area(0, 0, row, len(COLUMNS) - 1)


def _cells(number: int, one: Relation, member: int, content: Content, home: Callable[[int], str]) -> list[Cell]:
    first = member == one.head
    row = content.rollup.rows[member]
    signature, form = row.signature, content.forms[member]
    taken = content.shown(member, "amount", "eliminated") if one.obeyed and one.key in row.because else None
    evidence = "\n".join(f"· {found.text('zh')}" for found in one.evidence) if first else ""
    differences = [found for found in one.differences if found.row == member]
    return [
        number, KINDS[one.kind], CERTAINTY[one.certainty], DECIDED[one.decided] or None, _part(one, first, row.standing == "eliminated"),
        Linked(signature.project or signature.title, home(member), "到这份表"), signature.unit or signature.department,
        content.shown(member, "amount", "gross"), taken or None, evidence, _said(differences),
        f"{content.sources[form.source].file} {signature.where.sheet}", one.key if first else None,
    ]  # fmt: skip


def _part(one: Relation, first: bool, out: bool) -> str:
    """What the form is in the relation; of two doubles the one that counts may itself be taken out by another relation."""
    if one.kind == "parent":
        return "上级项目" if first else "子项目"
    if first:
        return "为准，另处剔除" if out else "计入的一份"
    return "重复的一份"


def _said(differences: Sequence[Difference]) -> str:
    lines_ = [f"· {f'第 {one.item} 条指标 ' * bool(one.item)}{FIELDS.get(one.field, one.field)}：{_text(one, one.other)} ↔ {_text(one, one.counted)}" for one in differences[:MOST]]
    if len(differences) > MOST:
        lines_.append(f"…… 另有 {len(differences) - MOST} 处")
    return "\n".join(lines_)


def _text(one: Difference, text: str | None) -> str:
    if text and one.field in AMOUNTS:
        return f"{written(Decimal(text), 'money')} 元"
    return "（没有）" if text is None else f"“{text}”" if text else "（空）"


def _tall(cells: Sequence[Cell]) -> float:
    """The height that the texts need."""
    wanted = 1
    for column, cell in zip(COLUMNS, cells, strict=True):
        text = cell.value if isinstance(cell, Linked) else cell
        if isinstance(text, str) and column.kind in (TEXT, CENTRE):
            wanted = max(wanted, lines(text, room(pixels(column.width), SIZE)))
    return min(409.0, max(18.0, height(wanted, SIZE)))
