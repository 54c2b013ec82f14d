"""Parent projects and the sub-projects whose money they hold once more, found from what the forms say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import chain

from xltool.rollup.doubles import of_department, scope
from xltool.rollup.evidence import Evidence, evidence, money, percent
from xltool.rollup.model import Certainty, Decided, Signature
from xltool.rollup.names import normals
from xltool.rollup.signature import told, unpacked
from xltool.rollup.subset import making

STRONG, MEDIUM = 0.9, 0.5
"""Shares of a sub-project's indicators, or of its goal's clauses, that stand in the parent."""
COVERED = 0.8
"""The share of the parent's indicators that its sub-projects account for together, and none of them alone."""
COMMON = 48
"""An indicator that so many forms of a department share (满意度≥90%) leads to no candidates."""
MOST_CANDIDATES = 40
MOST_LEVELS = 16
"""Levels of parents that are believed: projects, their sub-projects and the parts of those make three."""
LEAST_OF_ALL = 3
"""A parent known by its amount alone needs at least so many others that make it: of two, chance makes a sum too often."""


class Known:
    """A form in the search: its hashes as sets, made once."""

    def __init__(self, row: int, one: Signature) -> None:
        self.row, self.one = row, one
        self.amount = one.amount or Decimal(0)
        self.listed = unpacked(one.rows)
        self.rows, self.clauses, self.items = frozenset(self.listed), frozenset(unpacked(one.clauses)), frozenset(unpacked(one.items))
        self.goal = one.goal.to_bytes(8, "big") if one.goal else b""

    @cached_property
    def text(self) -> str:
        """Goal and indicator names without blanks, for names to be looked for."""
        found = told(self.one)
        # Long, and asked for once: ``normal`` would remember it.
        return normals([" ".join((found[0].replace("\n", " "), *(cells[2] for cells in found[1])))])[0] if found else ""


@dataclass(frozen=True, slots=True)
class Support:
    """What in a form speaks for being a sub-project of another: shares of indicators and goal found there, its name named there."""

    child: Known
    rows: float
    same_rows: int
    goal: float
    named: bool

    @property
    def points(self) -> int:
        """2 for each part that is found whole, 1 for each that is found by half, 1 for the name."""
        rows = (self.rows >= MEDIUM) + (self.rows >= STRONG) if self.same_rows >= 2 else 0
        return rows + (self.goal >= MEDIUM) + (self.goal >= STRONG) + self.named


@dataclass(frozen=True, slots=True)
class Family:
    """A parent and its sub-projects (row numbers), with what speaks for it and what an officer decided."""

    head: int
    members: tuple[int, ...]
    certainty: Certainty
    evidence: tuple[Evidence, ...]
    decided: Decided = ""

    @property
    def obeyed(self) -> bool:
        """True where the money is counted in the sub-projects only."""
        return self.decided == "confirm" or (self.certainty == "certain" and self.decided != "reject")


Decide = Callable[[int, Sequence[int]], Decided]


def families(signatures: Sequence[Signature], rows: Iterable[int], decide: Decide) -> Iterator[Family]:
    """Parents with their sub-projects, the smaller first, so that a parent of parents finds those and not what is below them."""
    scopes: dict[object, list[int]] = {}
    for row in rows:
        if (signatures[row].amount or 0) > 0:
            scopes.setdefault(scope(signatures[row]), []).append(row)
    for key in sorted(scopes, key=repr):
        if len(scopes[key]) > 1:
            yield from _in_scope([Known(row, signatures[row]) for row in scopes[key]], decide)


def _in_scope(known: list[Known], decide: Decide) -> Iterator[Family]:
    postings = _postings(known)
    above: dict[int, int] = {}
    levels: dict[int, int] = {}
    for parent in sorted(known, key=lambda each: (each.amount, len(each.rows), each.one.order)):
        over = _over(parent.row, above)
        near = [each for each in _candidates(parent, postings) if each.row not in over]
        found = _family(parent, [each for each in near if each.row not in above])
        if found is None or not adds_up(found):
            found = _sharing(parent, near, above, known) or found
        if found is None:
            continue
        level = 1 + max(levels.get(row, 0) for row in found.members)
        certainty: Certainty = found.certainty if level <= MOST_LEVELS else "doubtful"
        found = replace(found, certainty=certainty, decided=decide(found.head, found.members))
        yield found
        levels[found.head] = level if found.obeyed else 0
        if found.obeyed:
            above.update((row, found.head) for row in found.members if row not in above)
    yield from _sums_of_all([each for each in known if each.row not in above], levels.keys(), decide)


def _over(row: int, above: dict[int, int]) -> set[int]:
    """The parent of a row, that one's parent, and so on: none of them can be below it."""
    found: set[int] = set()
    while row in above:
        row = above[row]
        found.add(row)
    return found


def _postings(known: list[Known]) -> dict[bytes, list[Known]]:
    """The forms that have a mark (an indicator, a clause, a whole goal), by mark."""
    found: dict[bytes, list[Known]] = {}
    alone: dict[bytes, Known] = {}
    for each in known:
        for mark in each.rows | each.clauses | ({each.goal} - {b""}):
            # Most marks are one form's alone, and need no list.
            if (first := alone.setdefault(mark, each)) is not each:
                found.setdefault(mark, [first]).append(each)
    # Of a parent's own marks another form must have each too; an item of its goal may be the whole goal of one form alone.
    items = frozenset().union(*(each.items for each in known))
    found.update((mark, [alone[mark]]) for mark in items & alone.keys() - found.keys())
    return found


def _candidates(parent: Known, postings: dict[bytes, list[Known]]) -> list[Known]:
    """Forms that share something with the parent and have no more money, or are grown beyond it: those last, else those that share most first."""
    marks = postings.keys() & (parent.rows | parent.clauses | parent.items)
    shared = Counter(chain.from_iterable(others for mark in marks if len(others := postings[mark]) <= COMMON))
    del shared[parent]
    # A sub-project is of the parent's own unit, or anybody's where the parent is of the department itself.
    below = shared if of_department(parent.one) else [each for each in shared if each.one.unit_key == parent.one.unit_key]
    met = [each for each in below if each.amount <= parent.amount or _grown(parent, each)]
    return sorted(met, key=lambda each: (each.amount > parent.amount, -shared[each], each.one.order))[:MOST_CANDIDATES]


def _grown(parent: Known, other: Known) -> bool:
    """True for a form that has more money than the parent and may still be below it: one of the two was changed since. It says less, as another project."""
    return len(parent.rows) > len(other.rows) and len(parent.clauses) > len(other.clauses) and parent.one.project_key != other.one.project_key


def _family(parent: Known, candidates: list[Known]) -> Family | None:
    supports = [found for each in candidates if (found := support(parent, each)).points >= 2 and _more(parent, found)]
    if not supports:
        return None
    choices = making([found.child.amount for found in supports], parent.amount)
    if not choices:
        return _without_sum(parent, supports)
    chosen = [supports[at] for at in choices[0]]
    if _template(parent, chosen):
        return None
    return Family(parent.row, _members(chosen), _certainty(parent, chosen, len(choices) == 1), family_evidence(parent, chosen, len(choices) > 1))


def support(parent: Known, child: Known) -> Support:
    """What speaks for ``child`` being a sub-project of ``parent``."""
    same = len(child.rows & parent.rows)
    clauses = len(child.clauses & parent.clauses) / len(child.clauses) if child.clauses else 0.0
    goal = 1.0 if child.goal and child.goal in parent.items else clauses
    found = Support(child, same / len(child.rows) if child.rows else 0.0, same, goal, False)
    name = child.one.project_key
    # A name alone makes no sub-project of a form that shares nothing else: the parent's text is not looked through for it.
    if not found.points or len(name) < 3 or name == parent.one.project_key:
        return found
    return replace(found, named=name in parent.text.upper())


def adds_up(family: Family) -> bool:
    """True where the sub-projects make the parent's amount."""
    return any(piece.code in ("sum-equal", "sum-of-all") for piece in family.evidence)


def _sharing(parent: Known, candidates: list[Known], above: dict[int, int], known: list[Known]) -> Family | None:
    """A parent whose amount is made with sub-projects that stand under another parent already. Never certain."""
    taken = {each.row: each for each in candidates if each.row in above}
    found = _family(parent, candidates) if taken else None
    if found is None or not adds_up(found):
        return None
    names = {each.row: each.one.project for each in known}
    shared = [evidence("shared-below", name=taken[row].one.project, other=names[above[row]]) for row in found.members if row in taken]
    return replace(found, certainty="doubtful", evidence=(*found.evidence, *shared))


def _more(parent: Known, found: Support) -> bool:
    """True where the parent says more than the form alone: more indicators, or more of a goal. A copy is no parent."""
    return len(parent.rows) > len(found.child.rows) or len(parent.clauses) > len(found.child.clauses)


def _without_sum(parent: Known, supports: list[Support]) -> Family | None:
    """A parent that holds whole forms although the money does not add up: a part may not have come. Never certain."""
    whole = [found for found in supports if found.rows >= STRONG and found.same_rows >= 3 and found.goal >= STRONG]
    if not whole or not _holds_more(parent, whole):
        return None
    return Family(parent.row, _members(whole), "doubtful", family_evidence(parent, whole, False))


def _holds_more(parent: Known, whole: list[Support]) -> bool:
    """True where the parent's indicators and goal both go beyond those of each sub-project: forms made from one template do not."""
    return all(len(parent.rows) > len(found.child.rows) and len(parent.clauses) > len(found.child.clauses) for found in whole)


def _certainty(parent: Known, chosen: list[Support], alone: bool) -> Certainty:
    """Certain where one combination alone makes the amount, and goal or indicators show it for every sub-project."""
    goals = _goals_apart(parent, chosen)
    rows = _cover(parent, chosen)
    by_rows = rows and all(found.rows >= STRONG and found.same_rows >= 3 for found in chosen)
    both = rows and all(found.rows >= MEDIUM and found.goal >= MEDIUM for found in chosen)
    across = any(found.child.one.unit_key != parent.one.unit_key for found in chosen)
    if not alone or (across and not (goals and rows)):
        return "doubtful"
    if len(chosen) == 1:
        return "certain" if goals and by_rows else "doubtful"
    return "certain" if goals or by_rows or both else "doubtful"


def _template(parent: Known, chosen: list[Support]) -> bool:
    """True where one sub-project of several already says nearly all that the parent says: forms filled from one template do."""
    alone = any(found.same_rows >= COVERED * len(parent.rows) for found in chosen)
    return len(chosen) > 1 and alone and not _goals_apart(parent, chosen)


def _goals_apart(parent: Known, chosen: list[Support]) -> bool:
    """True where every sub-project's goal stands in the parent's, and they are goals of their own."""
    whole = all(found.goal >= STRONG and len(parent.clauses) > len(found.child.clauses) for found in chosen)
    return whole and len({found.child.goal for found in chosen}) == len(chosen)


def _cover(parent: Known, chosen: list[Support]) -> bool:
    """True where the sub-projects account for the parent's indicators together; an only one may leave some to the parent."""
    every = frozenset().union(*(found.child.rows for found in chosen))
    return bool(parent.rows) and (len(chosen) == 1 or len(every & parent.rows) >= COVERED * len(parent.rows))


def _sums_of_all(known: list[Known], heads: Collection[int], decide: Decide) -> Iterator[Family]:
    """A form whose amount is that of all its unit's other forms together: perhaps their total. Never certain."""
    units: dict[str, list[Known]] = {}
    for each in known:
        units.setdefault(each.one.unit_key, []).append(each)
    for unit in sorted(units):
        largest = max(units[unit], key=lambda each: (each.amount, each.one.hash))
        others = sorted((each for each in units[unit] if each is not largest), key=lambda each: each.row)
        if largest.row in heads or len(others) < LEAST_OF_ALL or sum(each.amount for each in others) != largest.amount:
            continue
        members = tuple(each.row for each in others)
        said = evidence("sum-of-all", count=len(others), sum=written(largest.amount, [each.amount for each in others]))
        yield Family(largest.row, members, "doubtful", (said,), decide(largest.row, members))


def _members(chosen: Iterable[Support]) -> tuple[int, ...]:
    return tuple(sorted(found.child.row for found in chosen))


def family_evidence(parent: Known, chosen: list[Support], several: bool) -> tuple[Evidence, ...]:
    """Every piece, the sum first."""
    chosen = sorted(chosen, key=lambda found: found.child.row)
    amounts = [found.child.amount for found in chosen]
    whole = sum(amounts, Decimal(0))
    said = [
        evidence("sum-equal", count=len(chosen), sum=written(whole, amounts))
        if whole == parent.amount
        else evidence("sum-other", sum=whole, amount=parent.amount, gap=parent.amount - whole)
    ]
    if several:
        said.append(evidence("sum-several"))
    every = frozenset().union(*(found.child.rows for found in chosen))
    if same := sum(mark in every for mark in parent.listed):
        said.append(evidence("rows-cover", same=same, all=len(parent.listed)))
    numbered = sum(found.child.goal in parent.items for found in chosen if found.child.goal)
    if numbered:
        said.append(evidence("goal-numbered", items=len(parent.items), count=numbered))
    if any(found.child.one.unit_key != parent.one.unit_key for found in chosen):
        said.append(evidence("units-below"))
    for found in chosen:
        said.extend(_of_child(found))
    return tuple(said)


def _of_child(found: Support) -> Iterator[Evidence]:
    name = found.child.one.project
    if found.same_rows:
        yield evidence("rows-within", name=name, same=found.same_rows, all=len(found.child.rows))
    if found.goal == 1:
        yield evidence("goal-within", name=name)
    elif found.goal >= MEDIUM:
        yield evidence("goal-partly", name=name, share=percent(found.goal))
    if found.named:
        yield evidence("name-listed", name=name)


MOST_WRITTEN = 12
"""Summands that a written sum names; of more it says how many."""


def written(whole: Decimal, parts: Sequence[Decimal]) -> str:
    """364,900.00 = 92,764.00 + 88,200.00 + …"""
    shown = " + ".join(map(money, parts[:MOST_WRITTEN]))
    return f"{money(whole)} = {shown}{f' + … ({len(parts)})' if len(parts) > MOST_WRITTEN else ''}"
