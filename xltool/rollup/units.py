"""A list of expected units against the units of the forms that came."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xltool.rollup.model import Expected, Relation, Signature
from xltool.rollup.names import loose_unit_key, unit_key


def expected_units(names: Iterable[str], signatures: Sequence[Signature], relations: Sequence[Relation]) -> Expected:
    """Which of the expected units sent nothing, sent a project more than once, and who was not on the list.

    Names match by ``unit_key``; what is left then matches without 本级, where that leaves no choice.
    """
    wanted = {unit_key(name): name for name in names if name.strip()}
    came: dict[str, str] = {}
    for one in signatures:
        came.setdefault(one.unit_key, one.unit)
    exact = {key: key for key in wanted if key in came}
    loose = _loose([key for key in wanted if key not in exact], [key for key in came if key not in exact])
    matched = exact | loose
    repeated = _repeated(signatures, relations)
    return Expected(
        tuple(name for key, name in wanted.items() if key not in matched),
        tuple(came[key] for key in sorted(repeated)),
        tuple(came[key] for key in sorted(came.keys() - set(matched.values()))),
        tuple((wanted[key], came[matched[key]]) for key in wanted if key in matched),
        tuple((wanted[key], came[loose[key]]) for key in wanted if key in loose),
    )


def _loose(wanted: Sequence[str], came: Sequence[str]) -> dict[str, str]:
    found = {}
    for key in wanted:
        others = [other for other in came if loose_unit_key(other) == loose_unit_key(key)]
        rivals = [other for other in wanted if loose_unit_key(other) == loose_unit_key(key)]
        if len(others) == 1 and len(rivals) == 1:
            found[key] = others[0]
    return found


def _repeated(signatures: Sequence[Signature], relations: Sequence[Relation]) -> set[str]:
    """Units of which a project came in two files, equal or changed since."""
    found: set[str] = set()
    for one in relations:
        files = {signatures[row].where.file for row in one.rows}
        if one.kind != "parent" and one.decided != "reject" and len(files) > 1:
            found.update(signatures[row].unit_key for row in one.rows)
    return found
