"""Parents whose sub-projects were sent by other units, or other departments. Never certain: nothing but the content joins them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from xltool.rollup.doubles import scope
from xltool.rollup.evidence import evidence
from xltool.rollup.model import Signature
from xltool.rollup.parents import Decide, Family, Known, Support, family_evidence, support
from xltool.rollup.signature import unpacked
from xltool.rollup.subset import making

MOST_ALIKE = 4
"""Forms with one goal; of a goal that more of them share nobody can tell whose it is."""


def families_apart(signatures: Sequence[Signature], rows: Iterable[int], heads: Collection[int], decide: Decide) -> Iterator[Family]:
    """Parents that list the goals of other units' forms, whose amounts together are theirs; none of ``heads``, whose sub-projects are known."""
    paid = [row for row in rows if (signatures[row].amount or 0) > 0]
    goals: dict[object, list[int]] = {}
    for row in paid:
        if goal := signatures[row].goal:
            goals.setdefault((*scope(signatures[row])[:2], goal.to_bytes(8, "big")), []).append(row)
    for row in paid:
        one = signatures[row]
        items = dict.fromkeys(unpacked(one.items)) if one.items and row not in heads else {}
        found = [other for item in items if len(own := goals.get((*scope(one)[:2], item), [])) <= MOST_ALIKE for other in own if other != row]
        if len(found) > 1 and (family := _family(Known(row, one), [Known(other, signatures[other]) for other in found], decide)):
            yield family


def _family(parent: Known, known: Sequence[Known], decide: Decide) -> Family | None:
    below = [each for each in known if each.amount < parent.amount]
    choices = making([each.amount for each in below], parent.amount)
    if not choices:
        return None
    chosen = [support(parent, below[at]) for at in choices[0]]
    members = tuple(sorted(found.child.row for found in chosen))
    said = (*(piece for piece in family_evidence(parent, chosen, len(choices) > 1) if piece.code != "units-below"), evidence("units-apart", units="、".join(_units(chosen))))
    return Family(parent.row, members, "doubtful", said, decide(parent.row, members))


def _units(chosen: Sequence[Support]) -> list[str]:
    return sorted({found.child.one.unit or found.child.one.department for found in chosen})
