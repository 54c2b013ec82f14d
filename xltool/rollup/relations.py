"""All relations of a set of forms, and which rows count: doubles first, parents among what is left, then what may have changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from hashlib import blake2b

from xltool.rollup.apart import families_apart
from xltool.rollup.decisions import Decisions
from xltool.rollup.differences import differences
from xltool.rollup.doubles import (
    Judge,
    Judged,
    Near,
    equal_groups,
    file_evidence,
    judge_changed,
    judge_same_money,
    near_pairs,
)
from xltool.rollup.evidence import evidence
from xltool.rollup.model import Amounts, Decided, Kind, Relation, Signature
from xltool.rollup.parents import adds_up, families
from xltool.rollup.unplaced import unplaced_pairs

ZERO = Decimal(0)


class Search:
    """One search through the signatures, in which an officer's decisions are obeyed as they come up."""

    def __init__(self, signatures: Sequence[Signature], decisions: Decisions) -> None:
        self.signatures, self.decisions = signatures, decisions
        self.relations: list[Relation] = []
        self.doubles: dict[int, int] = {}
        self.apart: dict[int, str] = {}

    def run(self) -> tuple[Relation, ...]:
        """Every relation: doubles, then parents, in the order of their heads."""
        self._twice()
        self._near()
        self._unplaced()
        self._choose()
        self._parents()
        self._changed()
        kinds = ("parent", "near", "twice")
        return tuple(sorted(self.relations, key=lambda one: (min(one.rows), kinds.index(one.kind), one.key)))

    def alive(self) -> list[int]:
        """The rows that are nobody's double."""
        return [row for row in range(len(self.signatures)) if row not in self.doubles]

    def _decided(self, key: str) -> Decided:
        return self.decisions.decided.get(key, "")

    def _twice(self) -> None:
        for rows in equal_groups(self.signatures):
            forms = [self.signatures[row] for row in rows]
            key = relation_key("twice", [forms[0].hash])
            said = (evidence("content-same", count=len(rows)), *file_evidence(forms))
            relation = Relation(key, "twice", "certain", rows[0], tuple(rows[1:]), said, (), self._decided(key))
            self.relations.append(relation)
            if relation.obeyed:
                self.doubles.update(dict.fromkeys(rows[1:], rows[0]))
            else:
                self.apart.update(dict.fromkeys(rows, key))

    def _near(self) -> None:
        """Pairs with the same money; those whose money changed only where an officer said that they are one project."""
        self._pairs(self._same_project)

    def _same_project(self, first: int, second: int) -> Judged | None:
        if first in self.apart and self.apart[first] == self.apart.get(second):
            return None
        one, other = self.signatures[first], self.signatures[second]
        if self._decide_pair(first, second) == "confirm" and (changed := judge_changed(one, other)):
            return changed
        return judge_same_money(one, other)

    def _unplaced(self) -> None:
        """What leaves out its unit, department or year, and is otherwise another form that is not its double already."""
        related = self._related()
        self._keep(unplaced_pairs(self.signatures, self.alive(), lambda *pair: set(pair) in related, self._decide_pair))

    def _changed(self) -> None:
        """Forms of one project with different money, unless one is known as a sub-project of the other."""
        related = self._related()

        def judge(first: int, second: int) -> Judged | None:
            return None if {first, second} in related else judge_changed(self.signatures[first], self.signatures[second])

        self._pairs(judge, names_only=True)

    def _related(self) -> set[frozenset[int]]:
        """The pairs of rows between which a relation was found."""
        return {frozenset((one.head, member)) for one in self.relations for member in one.members}

    def _pairs(self, judge: Judge, names_only: bool = False) -> None:
        self._keep(near_pairs(self.signatures, self.alive(), judge, self._decide_pair, names_only))

    def _keep(self, pairs: Iterable[Near]) -> None:
        for near in pairs:
            found = differences(self.signatures[near.counts], self.signatures[near.other], near.other)
            key, said = self._pair_key(near.counts, near.other), near.judged
            self.relations.append(Relation(key, "near", said.certainty, near.counts, (near.other,), said.evidence, found, near.decided))
            if near.obeyed:
                self.doubles[near.other] = near.counts

    def _decide_pair(self, first: int, second: int) -> Decided:
        return self._decided(self._pair_key(first, second))

    def _pair_key(self, first: int, second: int) -> str:
        return relation_key("near", [self.signatures[first].hash, self.signatures[second].hash])

    def _choose(self) -> None:
        """Of each cluster of doubles one row counts: the one an officer chose, else the first by content hash."""
        clusters: dict[int, list[int]] = {}
        for row in self.doubles:
            clusters.setdefault(self._root(row), []).append(row)
        wanted = set(self.decisions.counts.values())
        for root, rows in clusters.items():
            members = sorted([root, *rows], key=lambda row: self.signatures[row].order)
            chosen = next((row for row in members if self.signatures[row].hash in wanted), root)
            if chosen != root:
                self.doubles.update(dict.fromkeys((row for row in members if row != chosen), chosen))
                del self.doubles[chosen]
        self.relations = [self._turned(one) for one in self.relations]

    def _root(self, row: int) -> int:
        while row in self.doubles:
            row = self.doubles[row]
        return row

    def _turned(self, one: Relation) -> Relation:
        """The relation with the row that counts at its head."""
        head = next((row for row in one.rows if row not in self.doubles), one.head)
        if head == one.head or not one.obeyed:
            return one
        members = tuple(row for row in one.rows if row != head)
        told = differences(self.signatures[head], self.signatures[one.head], one.head) if one.kind == "near" else ()
        return replace(one, head=head, members=members, differences=told)

    def _parents(self) -> None:
        def decide(head: int, members: Sequence[int]) -> Decided:
            return self._decided(self._family_key(head, members))

        nearby = list(families(self.signatures, self.alive(), decide))
        known = {found.head for found in nearby if adds_up(found) or found.decided}
        apart = {found.head: found for found in families_apart(self.signatures, self.alive(), known, decide)}
        # What makes the amount says more than a part of it.
        for found in (*(one for one in nearby if one.head not in apart), *apart.values()):
            key = self._family_key(found.head, found.members)
            self.relations.append(Relation(key, "parent", found.certainty, found.head, found.members, found.evidence, (), found.decided))

    def _family_key(self, head: int, members: Sequence[int]) -> str:
        return relation_key("parent", [self.signatures[row].hash for row in members], self.signatures[head].hash)


def relation_key(kind: Kind, hashes: Sequence[str], head: str = "") -> str:
    """What a decision names a relation by: made of the contents, so that it stays the same wherever the forms stand."""
    return blake2b(f"{kind}:{head}:{','.join(sorted(hashes))}".encode(), digest_size=6).hexdigest()


def taken_out(relations: Sequence[Relation], gross: Sequence[Amounts]) -> Iterator[tuple[int, str, Amounts]]:
    """(row, relation key, the money that the relation takes out of the row): each row's money goes out once at the most.

    A double goes out whole. A parent goes out as far as its sub-projects carry the money, role by role: what they leave
    empty, or do not reach, stays with it.
    """
    left = [dict(amounts) for amounts in gross]
    for one in relations:
        if not one.obeyed:
            continue
        if one.kind == "parent":
            below = [gross[row] for row in one.members]
            out = {role: _covered(amount, [each.get(role, ZERO) for each in below]) for role, amount in left[one.head].items()}
            pairs = [(one.head, out)]
        else:
            pairs = [(row, dict(left[row])) for row in one.members]
        for row, out in pairs:
            left[row] = {role: amount - out[role] for role, amount in left[row].items()}
            yield row, one.key, out


def _covered(amount: Decimal, parts: Sequence[Decimal]) -> Decimal:
    """As much of a parent's amount as its sub-projects carry."""
    low, high = min(amount, ZERO), max(amount, ZERO)
    return min(max(sum(parts, ZERO), low), high)
