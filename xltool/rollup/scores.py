"""What the self-evaluations of a register come to: average, grades, the rate of the sums."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from xltool.rollup.model import GradeLine, Row, Scores, Sums


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade and the least share of the full score that earns it."""

    name: str
    least: Decimal


GRADES = (Grade("优", Decimal(90)), Grade("良", Decimal(80)), Grade("中", Decimal(60)), Grade("差", Decimal(0)))
"""财预〔2020〕10号: 优 90 to 100, 良 80 to 90, 中 60 to 80, 差 below 60. A profile may say otherwise."""
EXACT = Decimal("0.0001")
"""Averages and shares have four decimals, rounded as Excel's ROUND does."""


def scores(rows: Sequence[Row], total: Sums, grades: Sequence[Grade] = GRADES) -> Scores:
    """The scores of the rows that count; a form without a total score is counted as unscored, never as zero."""
    counted = [row for row in rows if row.standing != "eliminated"]
    marks = [(row, row.signature.scored.total) for row in counted if row.signature.scored and row.signature.scored.total is not None]
    found = [mark for _, mark in marks if mark is not None]
    named = tuple((row.number, grade_of(mark, grades)) for row, mark in marks if mark is not None)
    return Scores(
        len(found), len(counted) - len(found),
        (sum(found, Decimal(0)) / len(found)).quantize(EXACT, ROUND_HALF_UP) if found else None, min(found, default=None), max(found, default=None),
        rate(total.net.get("executed"), total.net.get("annual_budget")), _distribution(counted, named, grades), named,
    )  # fmt: skip


def grade_of(score: Decimal, grades: Sequence[Grade] = GRADES) -> str:
    """The first grade whose least score is reached; the last for any below."""
    return next((grade.name for grade in grades if score >= grade.least), grades[-1].name)


def rate(executed: Decimal | None, budget: Decimal | None) -> Decimal | None:
    """Executed ÷ budget as a fraction; None where nothing was budgeted."""
    return (executed / budget).quantize(EXACT, ROUND_HALF_UP) if executed is not None and budget else None


def _distribution(counted: Sequence[Row], named: Sequence[tuple[int, str]], grades: Sequence[Grade]) -> tuple[GradeLine, ...]:
    money = {row.number: row.net.get("amount", Decimal(0)) for row in counted}
    whole = sum((money[number] for number, _ in named), Decimal(0))
    lines = []
    for grade in grades:
        mine = [number for number, name in named if name == grade.name]
        amount = sum((money[number] for number in mine), Decimal(0))
        count_share = (Decimal(len(mine)) / len(named)).quantize(EXACT, ROUND_HALF_UP) if named else None
        lines.append(GradeLine(grade.name, len(mine), amount, count_share, (amount / whole).quantize(EXACT, ROUND_HALF_UP) if whole else None))
    return tuple(lines)
