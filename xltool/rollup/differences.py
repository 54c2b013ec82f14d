"""Where two forms that are nearly the same differ, by field and in words."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import zip_longest

from xltool.rollup.model import MONEY, Difference, Signature
from xltool.rollup.signature import ITEM_ROLES, told
from xltool.values import normal, plain

TEXTS = ("project", "unit", "department", "code", "nature", "category", "start", "end", "money_unit")
AROUND = 12
"""Characters of a long text that are shown before and behind what differs."""
LONG = 60


def differences(counted: Signature, other: Signature, row: int) -> tuple[Difference, ...]:
    """The fields in which ``other`` (row number ``row``) differs from the form that counts, in the form's order."""
    return (*_scalars(counted, other, row), *_told(counted, other, row))


def _scalars(counted: Signature, other: Signature, row: int) -> Iterator[Difference]:
    for name in TEXTS:
        a, b = getattr(counted, name), getattr(other, name)
        if normal(a) != normal(b):
            yield Difference(row, name, 0, a, b)
    for role in MONEY:
        first, second = counted.amounts.get(role), other.amounts.get(role)
        if first != second:
            yield Difference(row, role, 0, None if first is None else plain(first), None if second is None else plain(second))
    first, second = (one.scored.total if one.scored else None for one in (counted, other))
    if first != second:
        yield Difference(row, "total_score", 0, None if first is None else plain(first), None if second is None else plain(second))


def _told(counted: Signature, other: Signature, row: int) -> Iterator[Difference]:
    a, b = told(counted), told(other)
    if not a or not b:
        if (counted.goal, counted.rows) != (other.goal, other.rows):
            yield Difference(row, "content", 0, None, None)
        return
    if normal(a[0]) != normal(b[0]):
        yield Difference(row, "goal", 0, *spot(a[0], b[0]))
    yield from _items(a[1], b[1], row)


def _items(first: list[tuple[str, ...]], second: list[tuple[str, ...]], row: int) -> Iterator[Difference]:
    a, b = ([tuple(map(normal, cells)) for cells in rows] for rows in (first, second))
    for tag, a0, a1, b0, b1 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag != "equal":
            for number, (one, two) in enumerate(zip_longest(first[a0:a1], second[b0:b1]), a0 + 1):
                yield from _cells(number, one, two, row)


def _cells(number: int, first: tuple[str, ...] | None, second: tuple[str, ...] | None, row: int) -> Iterator[Difference]:
    if first is None or second is None:
        name = ITEM_ROLES.index("indicator")
        yield Difference(row, "indicator", number, first[name] if first else None, second[name] if second else None)
        return
    for role, a, b in zip(ITEM_ROLES, first, second, strict=True):
        if normal(a) != normal(b):
            yield Difference(row, role, number, a, b)


def spot(first: str, second: str) -> tuple[str, str]:
    """Both texts, or of long ones the part that differs with a few characters around it."""
    if max(len(first), len(second)) <= LONG:
        return first, second
    blocks = [block for block in SequenceMatcher(None, first, second, autojunk=False).get_opcodes() if block[0] != "equal"]
    if not blocks:
        return first, second
    (_, a0, _, b0, _), (_, _, a1, _, b1) = blocks[0], blocks[-1]
    return _cut(first, a0, a1), _cut(second, b0, b1)


def _cut(text: str, start: int, end: int) -> str:
    before, behind = max(0, start - AROUND), min(len(text), end + AROUND)
    return "…" * (before > 0) + text[before:behind] + "…" * (behind < len(text))
