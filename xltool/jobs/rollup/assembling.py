"""The rollup and what its sources gave as the content of the workbook: rows and forms paired, figures in the unit shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xltool.form import Form
from xltool.jobs.rollup.reading import Given, Job, Kept
from xltool.rollup.model import Rollup
from xltool.rollup.rounding import METHOD, Balanced, balanced
from xltool.surfaces.rollup_writer.columns import HEADS
from xltool.surfaces.rollup_writer.content import Content, FormAt, Source

SHORT = 12
"""Figures that rounding moved, by name in the workbook."""


@dataclass(frozen=True, slots=True)
class Assembled:
    """A rollup that was made: its content, what each source gave, and the form that each row of the rollup is."""

    content: Content
    given: tuple[Given, ...]
    kept: tuple[Kept, ...]
    balanced: tuple[Balanced, ...] = ()

    @property
    def rollup(self) -> Rollup:
        """The rollup itself."""
        return self.content.rollup


def assemble(found: Rollup, jobs: Sequence[Job], given: Sequence[Given], forms: Mapping[str, Form], before: Mapping[str, str], checked: bool) -> Assembled:
    """The content of the workbook; ``before`` are the files of the rollup before by name, with their hashes."""
    sources = {job.name: job.number for job in jobs}
    by_place = {(job.name, kept.signature.where.number): kept for job, one in zip(jobs, given, strict=True) for kept in one.forms}
    kept = tuple(by_place[row.signature.where.file, row.signature.where.number] for row in found.rows)
    at = tuple(FormAt(sources[row.signature.where.file], one.back, one.listed, one.rows, one.drawn, one.found) for row, one in zip(found.rows, kept, strict=True))
    shown, residuals, tables = _figures(found)
    content = Content(
        found, at, tuple(_sources(found, jobs, given, before)), forms, shown,
        gone=tuple(sorted((name, digest) for name, digest in before.items() if name not in sources)),
        residuals=residuals, checked=checked,
    )  # fmt: skip
    return Assembled(content, tuple(given), kept, tables)


# ---------------------------------------------------------------- figures


def _figures(found: Rollup) -> tuple[_Shown, tuple[tuple[str, ...], ...], tuple[Balanced, ...]]:
    """The figures in the unit shown, what is said of their rounding, and the tables they come from."""
    if found.unit == "元":
        return _Shown(found, {}), ((),) * len(found.registers), ()
    tables = tuple(balanced(register, found.rows, found.unit) for register in found.registers)
    figures = {(int(key), role, measure): figure.shown for table in tables for (measure, role, level, key), figure in table.figures.items() if level == "row"}
    return _Shown(found, figures), tuple(tuple(residuals(table, found)) for table in tables), tables


@dataclass(frozen=True, slots=True)
class _Shown:
    """(row, role, measure) → the figure; exact in 元, otherwise as it was balanced."""

    rollup: Rollup
    figures: Mapping[tuple[int, str, str], Decimal]

    def __call__(self, row: int, role: str, which: str) -> Decimal | None:
        one = self.rollup.rows[row]
        if role not in one.gross:
            return None
        if self.rollup.unit != "元":
            return self.figures.get((row, role, which))
        if which == "gross":
            return one.gross[role]
        taken = one.eliminated.get(role, Decimal(0))
        return taken if which == "eliminated" else one.gross[role] - taken


ROUNDED = (
    "舍位平衡（{unit}，{digits} 位小数；{method}）：毛额 精确 {exact:,f}，显示 {shown:,f}，尾差 {left:+f}",
    "rounded so that all adds up ({unit}, {digits} decimals; {method}): gross exactly {exact:,f}, shown {shown:,f}, residual {left:+f}",
)
MOVED = ("为使各数相加等于合计，{count} 个数与四舍五入不同：{named}", "so that the parts make the total, {count} figures differ from ordinary rounding: {named}")
NAMELESS = ("（无名称）", "(no name)")


def residuals(table: Balanced, found: Rollup, language: str = "zh") -> Iterator[str]:
    """What rounding did, in ``zh`` or ``en``: the total's residual, and which figures were moved so that all still adds up."""
    total, which = table.of("gross", "amount"), int(language != "zh")
    if total is None:
        return
    yield ROUNDED[which].format(unit=table.unit, digits=table.digits, method=METHOD[which], exact=total.exact, shown=total.shown, left=total.shown - total.exact)
    moved = [(found.rows[int(key)].signature.project, role, figure.residual) for (measure, role, level, key), figure in table.adjusted if level == "row" and measure == "gross" and not (role == "amount" and ("gross", "annual_budget", level, key) in table.figures)]
    if moved:
        named = ("、", ", ")[which].join(f"{project or NAMELESS[which]}·{_head(role, which)} {residual:+f}" for project, role, residual in moved[:SHORT])
        yield MOVED[which].format(count=len(moved), named=named + "……" * (len(moved) > SHORT))


def _head(role: str, which: int) -> str:
    """What a figure is called: the head of its column, in English its role."""
    return role.replace("_", " ") if which else HEADS[role].removeprefix("其中：")


# ---------------------------------------------------------------- the ledger


def _sources(found: Rollup, jobs: Sequence[Job], given: Sequence[Given], before: Mapping[str, str]) -> Iterator[Source]:
    rows: dict[str, list[int]] = {}
    for row in found.rows:
        rows.setdefault(row.signature.where.file, []).append(row.number)
    first: dict[str, str] = {}
    for job, one in zip(jobs, given, strict=True):
        said = [problem.text("zh") for problem in (*one.problems, *one.unwritten)]
        if one.digest in first:
            said.append(f"与 {first[one.digest]} 是同一个文件（内容完全相同）")
        elif one.digest:
            first[one.digest] = job.name
        if one.blank:
            said.append(f"空白表 {len(one.blank)} 份没有计入：{'、'.join(filter(None, one.blank))}".rstrip("："))
        change = _change(job.name, one.digest, before)
        yield Source(job.name, one.digest, one.kind, not one.problems, tuple(rows.get(job.name, ())), one.doubts, one.leftover, tuple(said), change)


def _change(name: str, digest: str, before: Mapping[str, str]) -> str:
    """How a file stands to the rollup before; empty where there was none."""
    if not before:
        return ""
    if name not in before:
        return "新增" if digest not in before.values() else "改名"
    return "未变" if before[name] == digest else "有变动"
