"""汇总: many filled forms into registers in which no money counts twice. Over signatures or filings; no file formats.

    found = xltool.rollup([xltool.read(path) for path in paths])
    found.registers[0].total.net["amount"]

The package answers a call like the function in it, so that ``xltool.rollup(filings)`` holds whether or not one of
its modules was imported before.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import ModuleType
from typing import Any

from xltool import library
from xltool.filing import Filing
from xltool.form import Form
from xltool.rollup.decisions import NONE, Decisions, draft, read_decisions
from xltool.rollup.model import Amounts, Relation, Rollup, Row, Signature, Standing, Where
from xltool.rollup.registers import registers, total
from xltool.rollup.relations import Search, taken_out
from xltool.rollup.rounding import Balanced, balanced
from xltool.rollup.scores import GRADES, Grade
from xltool.rollup.signature import signature
from xltool.rollup.trees import trees
from xltool.rollup.units import expected_units

__all__ = ["Balanced", "Decisions", "Grade", "Rollup", "Signature", "Where", "balanced", "draft", "read_decisions", "rollup", "signature", "signatures"]  # fmt: skip


def rollup(
    forms_in: Iterable[Signature | Filing],
    decisions: Decisions = NONE,
    unit: str = "元",
    expected: Sequence[str] | None = None,
    grades: Sequence[Grade] = GRADES,
    forms: Mapping[str, Form] | None = None,
) -> Rollup:
    """The rollup of forms, given as filings or as signatures (of which many more fit into memory).

    ``expected`` are the names of the units that should have sent some, ``forms`` the known forms. Figures stay in 元 and
    exact; ``unit`` is what ``balanced`` is asked for. The order in which the forms come does not matter: rows are by file and number.
    """
    ordered = sorted(_signed(forms_in, forms), key=lambda one: (one.where, one.hash))
    search = Search(ordered, decisions)
    relations = search.run()
    rows, relations = _rows(ordered, relations, set(search.doubles))
    unknown = tuple(sorted((decisions.decided.keys() | decisions.counts.keys()) - {one.key for one in relations}))
    asked = expected_units(expected, ordered, relations) if expected is not None else None
    return Rollup(rows, registers(rows, grades), relations, trees(len(rows), relations), asked, unknown, unit, _unchosen(rows, relations, decisions))


def signatures(filing: Filing, forms: Mapping[str, Form] | None = None) -> Iterator[Signature]:
    """The signatures of a filing's forms, placed by its file's name, their number and sheet."""
    known = forms or library.forms()
    number = 0
    for section in filing.sections:
        for entry in section.entries:
            number += 1
            kind, place = entry.source.place or ("", "")
            sheet = str(place) if kind == "sheet" else ""
            yield signature(entry, known[entry.form], Where(entry.source.file or filing.source.file, number, sheet, section.title or ""))


def _signed(forms_in: Iterable[Signature | Filing], forms: Mapping[str, Form] | None) -> Iterator[Signature]:
    for one in forms_in:
        if isinstance(one, Signature):
            yield one
        else:
            yield from signatures(one, forms)


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
        eliminated = total(amounts for _, amounts in out[number]) if number in out else {}
        standing = _standing(one.amounts, eliminated, number in doubles, number in out)
        rows.append(Row(number, one, one.amounts, eliminated, tuple(key for key, _ in out.get(number, ())), tuple(doubts.get(number, ())), standing))
    return tuple(rows), tuple(replace(relation, eliminated=total(by_key.get(relation.key, ()))) for relation in relations)


def _unchosen(rows: Sequence[Row], relations: Sequence[Relation], decisions: Decisions) -> tuple[str, ...]:
    """The keys of the relations in which the form that an officer wants to count is not the one that does."""
    asked = [one for one in relations if one.key in decisions.counts]
    return tuple(one.key for one in asked if not one.obeyed or rows[one.head].signature.hash != decisions.counts[one.key])


def _standing(gross: Amounts, eliminated: Amounts, double: bool, touched: bool) -> Standing:
    """A double counts nowhere; a parent neither, unless some of its annual amount is not in its sub-projects."""
    if double:
        return "eliminated"
    if not touched:
        return "counted"
    return "eliminated" if gross.get("amount") == eliminated.get("amount") else "partly"


class _Callable(ModuleType):
    """This package, called: ``xltool.rollup(filings)``."""

    def __call__(self, *arguments: Any, **named_arguments: Any) -> Rollup:
        return rollup(*arguments, **named_arguments)


sys.modules[__name__].__class__ = _Callable
