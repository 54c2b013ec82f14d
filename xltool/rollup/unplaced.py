"""Forms that leave out their unit, department or year, against those that say the same and more. Never certain."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from xltool.rollup.doubles import (
    MOST_COMPARED,
    Judged,
    Near,
    file_evidence,
    like_evidence,
    money_evidence,
    name_evidence,
    same_money,
)
from xltool.rollup.evidence import Evidence, evidence
from xltool.rollup.likeness import likeness
from xltool.rollup.model import Decided, Signature


def unplaced_pairs(signatures: Sequence[Signature], rows: Iterable[int], known: Callable[[int, int], bool], decide: Callable[[int, int], Decided]) -> Iterator[Near]:
    """The pairs of rows that are the same but for what one of them leaves out, the one that says more first; none that is ``known``."""
    met: dict[object, list[int]] = {}
    for row in sorted(rows, key=lambda row: (_left_out(signatures[row]), *signatures[row].order)):
        one = signatures[row]
        if not one.project_key or not one.goal:
            continue
        same = met.setdefault((one.family, one.project_key, one.goal, one.amount), [])
        others = [other for other in same[:MOST_COMPARED] if not known(other, row)] if _left_out(one) else []
        found = [Near(other, row, judged, decide(other, row)) for other in others if (judged := judge_unplaced(signatures[other], one))]
        sure = next((near for near in found if near.obeyed), None)
        yield from (near for near in found if not sure or near is sure or near.decided)
        if not sure:
            same.append(row)


def judge_unplaced(first: Signature, second: Signature) -> Judged | None:
    """Two forms of one project with the same goal, indicators and money, and no word of a different unit, department or year."""
    places = list(zip(_place(first), _place(second), strict=True))
    if any(a and b and a != b for a, b in places) or all(a == b for a, b in places):
        return None
    alike = likeness(first, second)
    if not alike.whole or not same_money(first, second):
        return None
    told = [*name_evidence(first, second), *money_evidence(first, second), *like_evidence(alike), *_blank(first, second)]
    return Judged("doubtful", (*told, *file_evidence((first, second))))


def _place(one: Signature) -> tuple[str, str, str]:
    """What a register puts a form by."""
    return one.unit_key, one.department_key, str(one.year or "")


def _left_out(one: Signature) -> int:
    return sum(not each for each in _place(one))


def _blank(first: Signature, second: Signature) -> Iterator[Evidence]:
    """What one of two forms alone says."""
    if bool(first.unit_key) != bool(second.unit_key):
        yield evidence("unit-blank", unit=first.unit or second.unit)
    if bool(first.department_key) != bool(second.department_key):
        yield evidence("department-blank", department=first.department or second.department)
    if bool(first.year) != bool(second.year):
        yield evidence("year-blank", year=first.year or second.year)
