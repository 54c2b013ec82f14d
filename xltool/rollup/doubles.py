"""Doubles: forms that say the same (twice), or nearly the same (near), and therefore hold the same money."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xltool.rollup.evidence import Evidence, evidence, percent
from xltool.rollup.likeness import LONG_GOAL, Likeness, goal_length, likeness, parallel, within
from xltool.rollup.model import Certainty, Decided, Signature
from xltool.rollup.names import loose_unit_key
from xltool.rollup.signature import unpacked

HIGH, HALF = 0.8, 0.5
"""Shares from which a part speaks for the same form, and below which it speaks against it."""
PROBES = 4
"""Smallest hashes of the indicators by which nearly equal lists meet: of two that share 80 %, one is almost always common."""
MOST_COMPARED = 32
"""Forms of one key that a form is compared with: the cost stays linear where a thousand forms share a key."""

Scope = tuple[str, int | None, str]


@dataclass(frozen=True, slots=True)
class Judged:
    """What a comparison of two forms came to."""

    certainty: Certainty
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """Two rows that are nearly the same, and what an officer decided about them."""

    counts: int
    other: int
    judged: Judged
    decided: Decided

    @property
    def obeyed(self) -> bool:
        """True where only one of them counts."""
        return self.decided == "confirm" or (self.judged.certainty == "certain" and self.decided != "reject")


Judge = Callable[[int, int], Judged | None]
Decide = Callable[[int, int], Decided]


def equal_groups(signatures: Sequence[Signature]) -> Iterator[list[int]]:
    """Row numbers of forms that say exactly the same, the one that counts first. Empty forms say nothing."""
    found: dict[str, list[int]] = {}
    for row, one in enumerate(signatures):
        if one.project or one.amounts or one.indicators or one.goal:
            found.setdefault(one.hash, []).append(row)
    for rows in found.values():
        if len(rows) > 1:
            yield sorted(rows, key=lambda row: signatures[row].order)


def near_pairs(signatures: Sequence[Signature], rows: Iterable[int], judge: Judge, decide: Decide, names_only: bool = False) -> Iterator[Near]:
    """The pairs of rows that are nearly the same, the one that counts first; ``names_only`` of one unit and project name.

    A row that is another's double is not compared any more: the doubles of a form are all its own.
    """
    keyed: dict[object, list[int]] = {}
    for row in sorted(rows, key=lambda row: (not of_department(signatures[row]), *signatures[row].order)):
        one = signatures[row]
        own = list(_keys(one, (*scope(one), one.unit_key), names_only))
        wide = [] if names_only else list(_keys(one, scope(one)))
        probes = own if of_department(one) else own + wide
        met = dict.fromkeys(other for key in probes for other in keyed.get(key, ())[-MOST_COMPARED:])
        found = [Near(other, row, judged, decide(other, row)) for other in met if (judged := judge(other, row))]
        if sure := next((near for near in found if near.obeyed), None):
            yield from (near for near in found if near is sure or near.decided)
            continue
        yield from found
        for key in own + wide if of_department(one) else own:
            keyed.setdefault(key, []).append(row)


def scope(one: Signature) -> Scope:
    """What may hold the same money: forms of one family, year and department."""
    return (one.family, one.year, one.department_key or one.unit_key)


def of_department(one: Signature) -> bool:
    """True where the unit is the department itself (本级): its forms may repeat those of the units below it."""
    return bool(one.unit_key) and loose_unit_key(one.unit_key) == loose_unit_key(one.department_key)


def _keys(one: Signature, place: tuple[object, ...], names_only: bool = False) -> Iterator[object]:
    """By these two nearly equal forms meet: name, goal and amount, amount and one of the smallest hashes of the indicators."""
    if one.project_key:
        yield place, one.project_key
    if names_only:
        return
    if one.goal:
        yield place, one.goal, one.amount
    for smallest in sorted(set(unpacked(one.rows)))[:PROBES]:
        yield place, one.amount, smallest


def judge_same_money(first: Signature, second: Signature) -> Judged | None:
    """Two forms with the same money, of one unit or of a unit and its department: are they one project?"""
    if not same_money(first, second):
        return None
    across = first.unit_key != second.unit_key
    alike = likeness(first, second)
    same_name = bool(first.project_key) and first.project_key == second.project_key
    certainty = _of_one_name(first, second, alike) if same_name else _of_two_names(first, second, alike)
    if certainty is None or (across and not (same_name and alike.whole)):
        return None
    told = [*name_evidence(first, second), *money_evidence(first, second), *like_evidence(alike), *file_evidence((first, second))]
    if across:
        named = [unit for unit in (first.unit, second.unit) if unit]
        told.append(evidence("unit-other", first=first.unit, second=second.unit) if len(named) > 1 else evidence("unit-blank", unit=named[0]))
    return Judged("doubtful" if across else certainty, tuple(told))


def judge_changed(first: Signature, second: Signature) -> Judged | None:
    """Two forms of one unit's project whose money differs: the second may be the first, changed since. Never certain."""
    if not first.project_key or first.project_key != second.project_key or same_money(first, second):
        return None
    alike = likeness(first, second)
    shares = [share for share in (alike.names, alike.goal) if share is not None]
    if first.where.file == second.where.file and shares and max(shares) < HALF:
        return None
    return Judged("doubtful", (*name_evidence(first, second), *money_evidence(first, second), *like_evidence(alike), *file_evidence((first, second))))


def same_money(first: Signature, second: Signature) -> bool:
    """True where the annual amounts are the same, and what else both print of budget, spending and the whole project."""
    if first.amount != second.amount:
        return False
    both = first.amounts.keys() & second.amounts.keys() & {"executed", "initial_budget", "project_amount"}
    return all(first.amounts[role] == second.amounts[role] for role in both)


def _of_one_name(first: Signature, second: Signature, alike: Likeness) -> Certainty:
    """The same name and money in one unit: certain where goal and indicators agree with it, and no code or date speaks against it."""
    if any(a and b and a != b for a, b in ((first.code, second.code), (first.start, second.start), (first.end, second.end))):
        return "doubtful"
    rows, goal = (max(alike.rows or 0, (alike.names or 0) - 0.1) if alike.rows is not None else None), alike.goal
    parts = [part for part in (rows, goal) if part is not None]
    return "certain" if not parts or (max(parts) >= HIGH and min(parts) >= HALF) else "doubtful"


def _of_two_names(first: Signature, second: Signature, alike: Likeness) -> Certainty | None:
    """Two names for the same money: only the same content tells that it is one project, and never for 一期 and 二期."""
    rows, goal = alike.rows or 0, alike.goal or 0
    if alike.all_rows < 3 or not first.amount or min(rows, goal) < HIGH or goal_length(first) < LONG_GOAL:
        return None
    if parallel(first.project_key, second.project_key):
        return "doubtful"
    return "certain" if alike.whole or within(first.project_key, second.project_key) else "doubtful"


def name_evidence(first: Signature, second: Signature) -> Iterator[Evidence]:
    """What the names say."""
    a, b = first.project_key, second.project_key
    if a == b:
        yield evidence("name-same", name=first.project)
    else:
        code = "name-parallel" if parallel(a, b) else "name-within" if within(a, b) else "name-other"
        yield evidence(code, first=first.project, second=second.project)


def money_evidence(first: Signature, second: Signature) -> Iterator[Evidence]:
    """What the amounts say."""
    a, b = first.amount, second.amount
    if a != b:
        yield evidence("money-changed", first="—" if a is None else a, second="—" if b is None else b)
    elif a is not None:
        yield evidence("money-same", amount=a)
    spent = [one.amounts.get("executed", Decimal(0)) for one in (first, second)]
    if spent[0] != spent[1]:
        yield evidence("executed-changed", first=spent[0], second=spent[1])


def like_evidence(alike: Likeness) -> Iterator[Evidence]:
    """What indicators and goals say."""
    if alike.rows == 1:
        yield evidence("rows-same", all=alike.all_rows)
    elif alike.rows is not None:
        yield evidence("rows-alike", same=alike.same_rows, all=alike.all_rows)
    if alike.goal == 1:
        yield evidence("goal-same")
    elif alike.goal is not None:
        yield evidence("goal-alike", share=percent(alike.goal)) if alike.goal >= HALF else evidence("goal-other")


def file_evidence(forms: Sequence[Signature]) -> Iterator[Evidence]:
    """Which files the forms come from."""
    files = sorted({one.where.file for one in forms})
    if len(files) > 1:
        yield evidence("files-two", files="、".join(files))
    elif files[0]:
        yield evidence("file-one", file=files[0])
