"""A rollup for a program: every figure with the file, the sheet and the cell that it comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from xltool.cli.reports import problems_data
from xltool.jobs.rollup.assembling import Assembled
from xltool.problems import Problem
from xltool.rollup.model import Amounts, Register, Relation, Row, Scores
from xltool.surfaces.json_file import encode


def text(made: Assembled, missing: Sequence[Problem], out: str) -> str:
    """The rollup as JSON text. Amounts are exact, in 元; ``shown`` are those of the workbook, where it has another unit."""
    rollup = made.rollup
    said: dict[str, Any] = {
        "xltool-rollup": 1,
        "out": out,
        "unit": rollup.unit,
        "registers": [_register(one, made) for one in rollup.registers],
        "rows": [_row(one, made) for one in rollup.rows],
        "relations": [_relation(one) for one in rollup.relations],
        "sources": _sources(made),
        "gone": [{"file": name, "sha256": digest} for name, digest in made.content.gone],
        "missing": [one.place for one in missing],
        "unknown_decisions": list(rollup.unknown),
        "unchosen_decisions": list(rollup.unchosen),
    }
    if rollup.expected:
        one = rollup.expected
        said["expected"] = {
            "missing": list(one.missing), "twice": list(one.twice), "unexpected": list(one.unexpected),
            "perhaps": [{"listed": listed, "unit": unit} for listed, unit in one.perhaps],
            "matched": [{"listed": listed, "unit": unit, "loosely": (listed, unit) in one.loosely} for listed, unit in one.matched],
        }  # fmt: skip
    return encode(said)


def _quotient(value: Decimal | None) -> Decimal | None:
    """A share or average, which need not end, to the digits of a float; amounts are given to the last digit."""
    return None if value is None else Decimal(repr(float(value)))


def _amounts(found: Amounts) -> dict[str, Decimal]:
    return dict(found)


def _register(one: Register, made: Assembled) -> dict[str, Any]:
    rows = list(one.rows)
    said: dict[str, Any] = {
        "family": one.family, "year": one.year, "forms": one.total.forms, "counted": one.total.counted,
        "gross": _amounts(one.total.gross), "eliminated": _amounts(one.total.eliminated), "net": _amounts(one.total.net),
        "shown": {which: made.content.total(rows, "amount", which) for which in ("gross", "eliminated", "net")},
        "units": [
            {"unit": unit.unit, "department": unit.department, "rows": list(unit.rows), "gross": _amounts(unit.sums.gross), "eliminated": _amounts(unit.sums.eliminated), "net": _amounts(unit.sums.net)}
            for unit in one.units
        ],
    }  # fmt: skip
    if one.scores:
        said["scores"] = _scores(one.scores)
    return said


def _scores(one: Scores) -> dict[str, Any]:
    return {
        "scored": one.scored, "unscored": one.unscored, "average": _quotient(one.average), "lowest": one.lowest, "highest": one.highest,
        "execution_rate": _quotient(one.execution_rate),
        "grades": [{"grade": line.grade, "count": line.count, "money": line.money, "count_share": _quotient(line.count_share), "money_share": _quotient(line.money_share)} for line in one.grades],
        "by_row": [{"row": row, "grade": grade} for row, grade in one.by_row],
    }  # fmt: skip


def _row(row: Row, made: Assembled) -> dict[str, Any]:
    one = row.signature
    form = made.content.forms[row.number]
    drawn = form.drawn.cells if form.drawn else {}
    return {
        "row": row.number, "file": one.where.file, "number": one.where.number, "place": one.where.sheet, "hash": one.hash, "form": one.form, "title": one.title,
        "year": one.year, "project": one.project, "code": one.code or None, "unit": one.unit, "department": one.department, "money_unit": one.money_unit,
        "figures": {role: _figure(row, role, dict(one.where.places), drawn, made) for role in row.gross},
        "standing": row.standing, "because": list(row.because), "doubts": list(row.doubts), "findings": dict(one.findings),
        "indicators": one.indicators, "quantitative": one.quantitative,
    }  # fmt: skip


def _figure(row: Row, role: str, places: Mapping[str, str], drawn: Mapping[str, str], made: Assembled) -> dict[str, Any]:
    """A figure with where it comes from: the place in its file, and its cell on the form's sheet of the workbook."""
    said: dict[str, Any] = {
        "gross": row.gross[role], "eliminated": row.eliminated.get(role, Decimal(0)), "net": row.net[role],
        "file": row.signature.where.file, "place": places.get(role) or row.signature.where.sheet or None,
    }  # fmt: skip
    if role in drawn:
        said["cell"] = drawn[role]
    if made.rollup.unit != "元":
        said["shown"] = {which: made.content.shown(row.number, role, which) for which in ("gross", "eliminated", "net")}
    return said


def _relation(one: Relation) -> dict[str, Any]:
    return {
        "key": one.key, "kind": one.kind, "certainty": one.certainty, "decided": one.decided or None, "head": one.head, "members": list(one.members),
        "eliminated": _amounts(one.eliminated), "evidence": [{"code": found.code, "text": found.text()} for found in one.evidence],
        "differences": [{"row": found.row, "field": found.field, "item": found.item or None, "counted": found.counted, "other": found.other} for found in one.differences],
    }  # fmt: skip


def _sources(made: Assembled) -> list[dict[str, Any]]:
    return [
        {
            "file": source.file, "sha256": source.digest or None, "kind": source.kind or None, "read": source.read, "rows": list(source.forms), "blank": list(given.blank),
            "doubts": source.doubts, "leftover": source.leftover, "change": source.change or None, "said": list(source.said), "problems": problems_data((*given.problems, *given.unwritten)),
        }
        for source, given in zip(made.content.sources, made.given, strict=True)
    ]  # fmt: skip
