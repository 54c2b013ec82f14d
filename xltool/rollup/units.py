"""A list of expected units against the units of the forms that came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from xltool.rollup.model import Expected, Relation, Signature
from xltool.rollup.names import loose_unit_key, unit_key

SHORTEST = 3
"""Characters of a name that may be short for another."""
APART = frozenset("0123456789一二三四五六七八九十百东西南北中上下新老")
"""What tells units apart, and no name leaves out."""


def expected_units(names: Iterable[str], signatures: Sequence[Signature], relations: Sequence[Relation]) -> Expected:
    """Which of the expected units sent nothing, sent a project more than once, and who was not on the list.

    A name that may be short for another is not the same: it is said, and no more. Names match by ``unit_key``; what is left then matches without 本级, where that leaves no choice.
    """
    wanted = {unit_key(name): name for name in names if name.strip()}
    came: dict[str, str] = {}
    for one in signatures:
        came.setdefault(one.unit_key, one.unit)
    exact = {key: key for key in wanted if key in came}
    loose = _loose([key for key in wanted if key not in exact], [key for key in came if key not in exact])
    matched = exact | loose
    alike = _shortened([key for key in wanted if key not in matched], sorted(came.keys() - set(matched.values())))
    repeated = _repeated(signatures, relations)
    return Expected(
        tuple(name for key, name in wanted.items() if key not in matched),
        tuple(came[key] for key in sorted(repeated)),
        tuple(came[key] for key in sorted(came.keys() - set(matched.values()))),
        tuple((wanted[key], came[matched[key]]) for key in wanted if key in matched),
        tuple((wanted[key], came[loose[key]]) for key in wanted if key in loose),
        tuple((wanted[one], came[other]) for one, other in alike),
    )


def _loose(wanted: Sequence[str], came: Sequence[str]) -> dict[str, str]:
    found = {}
    for key in wanted:
        others = [other for other in came if loose_unit_key(other) == loose_unit_key(key)]
        rivals = [other for other in wanted if loose_unit_key(other) == loose_unit_key(key)]
        if len(others) == 1 and len(rivals) == 1:
            found[key] = others[0]
    return found


def _shortened(wanted: Sequence[str], came: Sequence[str]) -> list[tuple[str, str]]:
    """Pairs of names of which one holds the characters of the other in their order, and ends alike: 文旅局 of 文化和旅游局, not 第一中学 of 第十一中学."""
    return [(one, other) for one in wanted for other in came if _is_short(*sorted((loose_unit_key(one), loose_unit_key(other)), key=len))]


def _is_short(short: str, long: str) -> bool:
    long = long.removesuffix("员会") if long.endswith("委员会") else long
    rest = iter(long)
    more = Counter(long) - Counter(short)
    return len(short) >= SHORTEST and short[-1] == long[-1] and all(one in rest for one in short) and not more.keys() & APART


def _repeated(signatures: Sequence[Signature], relations: Sequence[Relation]) -> set[str]:
    """Units of which a project came in two files, equal or changed since."""
    found: set[str] = set()
    for one in relations:
        files = {signatures[row].where.file for row in one.rows}
        if one.kind != "parent" and one.decided != "reject" and len(files) > 1:
            found.update(signatures[row].unit_key for row in one.rows)
    return found
