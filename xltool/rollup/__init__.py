"""Rollup: many filled forms into registers in which no money counts twice. Over signatures; no file formats."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from xltool.rollup.decisions import NONE, Decisions
from xltool.rollup.model import Amounts, Relation, Rollup, Row, Signature, Standing
from xltool.rollup.registers import registers, total
from xltool.rollup.relations import Search, taken_out
from xltool.rollup.scores import GRADES, Grade
from xltool.rollup.signature import signature
from xltool.rollup.trees import trees
from xltool.rollup.units import expected_units

__all__ = ["Decisions", "Grade", "Rollup", "rollup", "signature"]


def rollup(signatures: Iterable[Signature], decisions: Decisions = NONE, unit: str = "元", expected: Sequence[str] | None = None, grades: Sequence[Grade] = GRADES) -> Rollup:  # fmt: skip
    """The rollup of forms; ``expected`` are the names of the units that should have sent some.

    The order in which the forms come does not matter: rows are by file and number.
    """
    ordered = sorted(signatures, key=lambda one: (one.where, one.hash))
    search = Search(ordered, decisions)
    relations = search.run()
    rows, relations = _rows(ordered, relations, set(search.doubles))
    unknown = tuple(sorted(decisions.decided.keys() - {one.key for one in relations}))
    asked = expected_units(expected, ordered, relations) if expected is not None else None
    return Rollup(rows, registers(rows, grades), relations, trees(len(rows), relations), asked, unknown, unit)


def _rows(signatures: Sequence[Signature], relations: Sequence[Relation], doubles: set[int]) -> tuple[tuple[Row, ...], tuple[Relation, ...]]:
    """The rows with what relations took out of them, and the relations with what they took out."""
    out: dict[int, list[tuple[str, Amounts]]] = {}
    by_key: dict[str, list[Amounts]] = {}
    for row, key, amounts in taken_out(relations, [one.amounts for one in signatures]):
        out.setdefault(row, []).append((key, amounts))
        by_key.setdefault(key, []).append(amounts)
    doubts: dict[int, list[str]] = {}
    for relation in relations:
        if relation.certainty == "doubtful" and not relation.decided:
            for row in relation.rows:
                doubts.setdefault(row, []).append(relation.key)
    rows = []
    for number, one in enumerate(signatures):
        eliminated = total(amounts for _, amounts in out.get(number, ()))
        standing = _standing(one.amounts, eliminated, number in doubles, number in out)
        rows.append(Row(number, one, one.amounts, eliminated, tuple(key for key, _ in out.get(number, ())), tuple(doubts.get(number, ())), standing))
    return tuple(rows), tuple(replace(relation, eliminated=total(by_key.get(relation.key, ()))) for relation in relations)


def _standing(gross: Amounts, eliminated: Amounts, double: bool, touched: bool) -> Standing:
    """A double counts nowhere; a parent neither, unless some of its annual amount is not in its sub-projects."""
    if double:
        return "eliminated"
    if not touched:
        return "counted"
    return "eliminated" if gross.get("amount") == eliminated.get("amount") else "partly"
