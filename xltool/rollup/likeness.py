"""How alike two forms are: indicators, goals, names. Hashes first, words only for pairs that are worth it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from xltool.rollup.model import Signature
from xltool.rollup.signature import told, unpacked
from xltool.values import normal

_ORDINAL = re.compile(r"[0-9一二三四五六七八九十甲乙丙丁IVX]|[A-Z]$|上半年|下半年|东|南|西|北")
LONG_GOAL = 20
"""Characters from which a goal says whose it is; 保障工作正常开展 could be anybody's."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Shares from 0 to 1: of indicators with their targets, of indicators by name alone, of the goal's text.

    A part that both forms leave empty has no share (None).
    """

    rows: float | None
    names: float | None
    goal: float | None
    same_rows: int
    all_rows: int

    @property
    def whole(self) -> bool:
        """True where indicators and goal are the same, and there are enough of them to say anything."""
        return self.rows == 1 and self.all_rows >= 3 and self.goal == 1


def likeness(first: Signature, second: Signature) -> Likeness:
    """How alike two forms are."""
    rows, other = Counter(unpacked(first.rows)), Counter(unpacked(second.rows))
    same, every = (rows & other).total(), max(rows.total(), other.total())
    names, names_other = Counter(unpacked(first.names)), Counter(unpacked(second.names))
    by_name = (names & names_other).total()
    return Likeness(same / every if every else None, by_name / every if every else None, _goals(first, second), same, every)


def _goals(first: Signature, second: Signature) -> float | None:
    if not first.goal and not second.goal:
        return None
    if first.goal == second.goal:
        return 1.0
    texts = told(first), told(second)
    if texts[0] and texts[1]:
        return min(0.99, alike(normal(texts[0][0]), normal(texts[1][0])))
    a, b = set(unpacked(first.clauses)), set(unpacked(second.clauses))
    return min(0.99, len(a & b) / max(len(a), len(b), 1))


def alike(first: str, second: str) -> float:
    """The share of pairs of neighbouring characters that two texts have in common (Dice)."""
    a, b = (Counter(zip(text, text[1:], strict=False)) for text in (first, second))
    return 2 * (a & b).total() / (a.total() + b.total()) if a and b else float(first == second)


def goal_length(one: Signature) -> int:
    """The characters of the goal; that of a goal too long to keep counts as long."""
    found = told(one)
    return len(normal(found[0])) if found else LONG_GOAL if one.goal else 0


def parallel(first: str, second: str) -> bool:
    """True where names differ in one spot only, or in an ordinal: 一标段 and 二标段, 东校区 and 西校区, 甲项目 and 甲项目(二期).

    Two lots of one kind are called so; their forms may be copies of each other with reason.
    """
    head = _common(first, second)
    tail = _common(first[head:][::-1], second[head:][::-1])
    middles = first[head : len(first) - tail], second[head : len(second) - tail]
    if not all(middles):
        return bool(_ORDINAL.search("".join(middles)))
    return 2 * (head + tail) >= min(len(first), len(second))


def within(first: str, second: str) -> bool:
    """True where one name holds the other: 宣传与推广 in 医保宣传与推广."""
    short, long = sorted((first, second), key=len)
    return len(short) >= 3 and short in long


def _common(first: str, second: str) -> int:
    count = 0
    for a, b in zip(first, second, strict=False):
        if a != b:
            break
        count += 1
    return count
