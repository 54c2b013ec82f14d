"""Forms drawn as a table, and what a rollup says of them in a line each."""

from __future__ import annotations

from decimal import Decimal

from xltool.canonical import complete
from xltool.filing import Entry, Item, Scalar
from xltool.library import forms
from xltool.rollup import Rollup, rollup, signature
from xltool.rollup.model import Scores, Signature, Where
from xltool.values import parse_target

FORM = "target-declaration"
PATHS = {
    "项目": "project.name", "单位": "project.unit", "部门": "project.department", "目标": "goals.annual",
    "开始": "project.start_date", "万元": "money_unit",
}  # fmt: skip
AMOUNTS = {"金额": "funding.annual.total", "拨款": "funding.annual.fiscal", "结转": "funding.annual.carried_over", "其他": "funding.annual.other", "总额": "funding.project.total"}
USUAL = {"单位": "甲中心", "部门": "某局", "年度": "2024", "文件": "a.xlsx"}


def entry(**cells: str) -> Entry:
    """A declaration with these cells; 指标 are names with targets behind =, parted by blanks."""
    cells = USUAL | {name: text for name, text in cells.items() if text}
    form = forms()[FORM]
    values: dict[str, Scalar] = {path: cells.get(name) for name, path in PATHS.items()}
    values |= {path: Decimal(cells[name]) if name in cells else None for name, path in AMOUNTS.items()}
    values["year"] = int(cells["年度"])
    rows = [one.partition("=") for one in cells.get("指标", "").split()]
    items: list[Item] = [{"level1": "产出指标", "level2": "数量指标", "name": name, "target": parse_target(target or "及时")} for name, _, target in rows]
    return complete(form, values, {"indicators": items})


def signatures(picture: str) -> list[Signature]:
    """The signatures of forms drawn as a table, a row each: 项目 | 金额 | 目标 | 指标 | 单位 | 部门 | 年度 | 文件 …"""
    head, *rows = ([cell.strip() for cell in line.strip().strip("|").split("|")] for line in picture.strip().splitlines())
    found = []
    for number, row in enumerate(rows, 1):
        cells = USUAL | {name: cell for name, cell in zip(head, row, strict=True) if cell}
        found.append(signature(entry(**cells), forms()[FORM], Where(cells["文件"], number)))
    return found


def rolled(picture: str, **options) -> Rollup:
    """The rollup of forms drawn as a table."""
    return rollup(signatures(picture), **options)


def said(found: Rollup) -> list[str]:
    """The relations, a line each: ``parent certain: 监管 > 检查 + 审计``; of doubles the names are sorted."""
    lines = []
    for one in found.relations:
        names = [found.rows[row].signature.project for row in one.rows]
        shown = f"{names[0]} > {' + '.join(names[1:])}" if one.kind == "parent" else " = ".join(sorted(names))
        lines.append(f"{one.kind} {one.certainty}: {shown}")
    return lines


def scores_of(found: Rollup) -> Scores:
    """The scores of the first register, which has some."""
    scores = found.registers[0].scores
    assert scores
    return scores


def net(found: Rollup) -> Decimal:
    """The annual money that counts, of all registers."""
    return sum((register.total.net.get("amount", Decimal(0)) for register in found.registers), Decimal(0))
