"""The columns of a register: what stands in each for a form, and which of them are added up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from xltool.rollup.model import MONEY, Register, Row, Scored, is_scored, is_spent
from xltool.surfaces.rollup_writer.cells import Plain
from xltool.surfaces.rollup_writer.content import Content
from xltool.surfaces.rollup_writer.look import (
    CENTRE,
    COUNT,
    RATE,
    SCORE,
    TEXT,
)
from xltool.surfaces.rollup_writer.look import MONEY as MONEY_CELL

STANDING = {"counted": "计入", "partly": "部分计入", "eliminated": "剔除"}
HEADS = {
    "project_amount": "项目资金总额", "project_fiscal": "其中：财政资金", "project_other": "其中：其他资金",
    "amount": "年度资金申请总额", "fiscal": "当年财政拨款", "carried_over": "上年结转资金", "other": "其他资金",
    "initial_budget": "年初预算数", "annual_budget": "全年预算数", "executed": "全年执行数",
}  # fmt: skip
WHOLE = ("project_amount", "project_fiscal", "project_other")
"""Money of the whole project, which is never added to that of a year."""
MOST_LEVELS = 8
"""Columns of level ones at most: what forms name beside the usual ones stands in the list of indicators."""


@dataclass(frozen=True, slots=True)
class Line:
    """A form in the register: its row of the rollup, how deep it stands below its parents, its number, its grade."""

    row: Row
    number: int
    depth: int = 0
    grade: str = ""
    problems: int | None = None
    remark: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class RegisterColumn:
    """A column: ``role`` is that of its money and ``which`` gross, eliminated or net; ``added`` are added up.

    ``level`` groups columns that only some will want to see.
    """

    key: str
    head: str
    width: float
    kind: str
    value: Callable[[Line], Plain] = lambda _: None
    role: str = ""
    which: str = "gross"
    added: bool = False
    level: int = 0


def columns_of(register: Register, content: Content) -> list[RegisterColumn]:
    """The columns that a register needs: those of the form's roles that any of its forms fills."""
    rows = [content.rollup.rows[number] for number in register.rows]
    return list(_Columns(register, rows, content).all())


@dataclass(slots=True)
class _Columns:
    register: Register
    rows: list[Row]
    content: Content
    roles: set[str] = field(default_factory=set)
    out: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.roles = {role for row in self.rows for role in row.gross}
        self.out = {role for row in self.rows for role, amount in row.eliminated.items() if amount}

    def all(self) -> Iterator[RegisterColumn]:
        yield RegisterColumn("number", "序号", 5, COUNT, lambda line: line.number)
        yield RegisterColumn("project", "项目名称", 26, TEXT, lambda line: line.row.signature.project or line.row.signature.title)
        yield from self.filled("code", "项目编码", 16, CENTRE)
        yield from self.filled("nature", "项目性质", 11, CENTRE)
        yield from self.filled("category", "项目类别", 10.5, CENTRE)
        yield from self.filled("department", "主管部门", 16, TEXT)
        yield from self.filled("unit", "实施单位", 16, TEXT)
        if any(row.signature.start or row.signature.end for row in self.rows):
            yield RegisterColumn("period", "起止日期", 10, CENTRE, lambda line: _period(line.row))
        yield from self.money()
        yield from self.scores() if is_scored(self.register.family) else ()
        yield from self.indicators()
        if self.content.checked:
            yield RegisterColumn("problems", "问题数", 7, COUNT, lambda line: line.problems)
        yield RegisterColumn("standing", "汇总", 9, CENTRE, lambda line: STANDING[line.row.standing])
        yield RegisterColumn("remark", "重复与包含", 16, TEXT, lambda line: line.remark)
        yield RegisterColumn("source", "来源", 22, TEXT, lambda line: line.source)
        yield from self.eliminated()

    def filled(self, name: str, head: str, width: float, kind: str) -> Iterator[RegisterColumn]:
        """The column, where any form has something for it."""
        if any(getattr(row.signature, name) for row in self.rows):
            yield RegisterColumn(name, head, width, kind, lambda line: getattr(line.row.signature, name) or None)

    def money(self) -> Iterator[RegisterColumn]:
        """Whole-project amounts apart; the annual amount gross, eliminated and net; then its parts."""
        spent = is_spent(self.register.family)
        for role in WHOLE:
            yield from self.amount(role, HEADS[role])
        if spent:
            yield from self.amount("initial_budget", HEADS["initial_budget"])
        head = HEADS["annual_budget" if spent else "amount"]
        yield RegisterColumn("amount", head, 14.5, MONEY_CELL, role="amount", added=True)
        yield RegisterColumn("eliminated", "减：重复计列", 14, MONEY_CELL, role="amount", which="eliminated", added=True)
        yield RegisterColumn("net", "净额", 14.5, MONEY_CELL, role="amount", which="net", added=True)
        for role in ("fiscal", "carried_over", "other", *(("executed",) if spent else ())):
            yield from self.amount(role, HEADS[role])
        if spent and "executed" in self.roles:
            yield RegisterColumn("rate", "预算执行率", 9, RATE)

    def amount(self, role: str, head: str) -> Iterator[RegisterColumn]:
        if role in self.roles:
            yield RegisterColumn(role, head, 14, MONEY_CELL, role=role, added=True)

    def scores(self) -> Iterator[RegisterColumn]:
        scored = [row.signature.scored for row in self.rows if row.signature.scored]
        if any(one.execution is not None for one in scored):
            yield RegisterColumn("execution", "执行得分", 8, SCORE, lambda line: _scored(line).execution)
        names = dict.fromkeys(name for one in scored for name, _, _ in one.levels if name)
        for name in list(names)[:MOST_LEVELS]:
            yield RegisterColumn(f"level {name}", f"{_short(name)}得分", 8, SCORE, lambda line, name=name: _score(line.row, name))  # type: ignore[misc]
        yield RegisterColumn("total", "总分", 8, SCORE, lambda line: _scored(line).total)
        yield RegisterColumn("grade", "等级", 6, CENTRE, lambda line: line.grade)
        yield RegisterColumn("short", "未达标指标数", 8, COUNT, lambda line: _scored(line).short, added=True)
        yield RegisterColumn("unexplained", "缺原因数", 7, COUNT, lambda line: _scored(line).unexplained, added=True)

    def indicators(self) -> Iterator[RegisterColumn]:
        yield RegisterColumn("indicators", "指标数", 7, COUNT, lambda line: line.row.signature.indicators, added=True)
        if not is_scored(self.register.family):
            names = dict.fromkeys(name for row in self.rows for name, _ in row.signature.levels if name)
            for name in list(names)[:MOST_LEVELS]:
                yield RegisterColumn(f"count {name}", _short(name), 7, COUNT, lambda line, name=name: dict(line.row.signature.levels).get(name), added=True)  # type: ignore[misc]
        yield RegisterColumn("quantitative", "定量指标数", 8, COUNT, lambda line: line.row.signature.quantitative, added=True)
        yield RegisterColumn("share", "定量占比", 8, RATE)

    def eliminated(self) -> Iterator[RegisterColumn]:
        """What is taken out of the other figures, folded away at the right."""
        for role in MONEY:
            if role in self.out and role in self.roles and role not in ("amount", "annual_budget"):
                yield RegisterColumn(f"out {role}", f"减：{HEADS[role].removeprefix('其中：')}", 14, MONEY_CELL, role=role, which="eliminated", added=True, level=1)


def _scored(line: Line) -> Scored:
    return line.row.signature.scored or Scored()


def _period(row: Row) -> str:
    return "\n".join(filter(None, (row.signature.start, row.signature.end)))


def _short(level: str) -> str:
    return level.removesuffix("指标") or level


def _score(row: Row, name: str) -> Decimal | None:
    scored = row.signature.scored
    return next((score for level, _, score in scored.levels if level == name), None) if scored else None
