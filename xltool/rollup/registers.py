"""Registers: rows by unit, subtotals and totals, one register a family and year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from xltool.rollup.model import MONEY, Register, Row, Subtotal, Sums, is_scored
from xltool.rollup.names import loose_unit_key
from xltool.rollup.scores import GRADES, Grade, scores

ZERO = Decimal(0)


def registers(rows: Sequence[Row], grades: Sequence[Grade] = GRADES) -> tuple[Register, ...]:
    """A register for each family and year, the latest year first; units in the order of their first rows' names."""
    found: dict[tuple[str, int | None], list[Row]] = {}
    for row in rows:
        found.setdefault((row.signature.family, row.signature.year), []).append(row)
    order = sorted(found, key=lambda key: (key[0], -(key[1] or 0)))
    return tuple(_register(family, year, found[family, year], grades) for family, year in order)


def _register(family: str, year: int | None, rows: list[Row], grades: Sequence[Grade]) -> Register:
    by_unit: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        # 水务局 and 水务局（本级） above one unit are one department.
        by_unit.setdefault((loose_unit_key(row.signature.department_key), row.signature.unit_key), []).append(row)
    units = tuple(_subtotal(by_unit[key]) for key in sorted(by_unit))
    total = added([unit.sums for unit in units])
    return Register(family, year, units, total, scores(rows, total, grades) if is_scored(family) else None)


def _subtotal(rows: list[Row]) -> Subtotal:
    first = rows[0].signature
    return Subtotal(first.unit, first.unit_key, first.department, tuple(row.number for row in rows), sums(rows))


def sums(rows: Sequence[Row]) -> Sums:
    """The sums of rows; indicators are those of the rows that count."""
    counted = [row for row in rows if row.standing != "eliminated"]
    return Sums(
        len(rows), len(counted),
        total(row.gross for row in rows), total(_whole(row) for row in rows), total(row.net for row in rows),
        sum(row.signature.indicators for row in counted), sum(row.signature.quantitative for row in counted),
    )  # fmt: skip


def _whole(row: Row) -> dict[str, Decimal]:
    """What is eliminated of every amount that the row prints, 0 where nothing is."""
    return {role: row.eliminated.get(role, ZERO) for role in row.gross}


def added(parts: Sequence[Sums]) -> Sums:
    """Sums of sums."""
    return Sums(
        sum(one.forms for one in parts), sum(one.counted for one in parts),
        total(one.gross for one in parts), total(one.eliminated for one in parts), total(one.net for one in parts),
        sum(one.indicators for one in parts), sum(one.quantitative for one in parts),
    )  # fmt: skip


def total(parts: Iterable[Mapping[str, Decimal]]) -> dict[str, Decimal]:
    """Amounts added role by role; a role that nobody printed is not there."""
    found: dict[str, Decimal] = {}
    for part in parts:
        for role, amount in part.items():
            found[role] = found.get(role, ZERO) + amount
    return {role: found[role] for role in MONEY if role in found}
