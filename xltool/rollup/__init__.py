"""Rollup: many filled forms into registers in which no money counts twice. Over signatures; no file formats."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xltool.rollup.decisions import NONE, Decisions
from xltool.rollup.model import Rollup, Row, Signature, Tree
from xltool.rollup.registers import registers
from xltool.rollup.scores import GRADES, Grade
from xltool.rollup.signature import signature

__all__ = ["Decisions", "Grade", "Rollup", "rollup", "signature"]


def rollup(signatures: Iterable[Signature], decisions: Decisions = NONE, unit: str = "元", expected: Sequence[str] | None = None, grades: Sequence[Grade] = GRADES) -> Rollup:
    """The rollup of forms; ``expected`` are the names of the units that should have sent some.

    The order in which the forms come does not matter: rows are by file and number.
    """
    ordered = sorted(signatures, key=lambda one: (one.where, one.hash))
    rows = tuple(Row(number, one, one.amounts) for number, one in enumerate(ordered))
    return Rollup(rows, registers(rows, grades), (), tuple(Tree(row.number) for row in rows), None, (), unit)
