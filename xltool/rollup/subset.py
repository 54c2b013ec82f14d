"""Which of several amounts make a sum: a search with a bound, because subset sums have no cheap answer."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

MOST_AMOUNTS = 40
MOST_STEPS = 20_000


def making(amounts: Sequence[Decimal], whole: Decimal, most: int = 2) -> list[tuple[int, ...]]:
    """Up to ``most`` choices (positions) of positive amounts that make ``whole``; all of them together is tried first.

    The search ends after MOST_STEPS: then fewer choices may come back than there are.
    """
    if sum(amounts, Decimal(0)) == whole:
        return [tuple(range(len(amounts)))]
    order = sorted(range(len(amounts)), key=lambda at: (-amounts[at], at))[:MOST_AMOUNTS]
    rest = [Decimal(0)] * (len(order) + 1)
    for at in range(len(order) - 1, -1, -1):
        rest[at] = rest[at + 1] + amounts[order[at]]
    found: list[tuple[int, ...]] = []
    stack: list[tuple[int, Decimal, tuple[int, ...]]] = [(0, whole, ())]
    for _ in range(MOST_STEPS):
        if not stack or len(found) >= most:
            break
        at, left, chosen = stack.pop()
        if left == 0:
            found.append(tuple(sorted(chosen)))
        elif 0 < left <= rest[at]:
            stack.append((at + 1, left, chosen))
            if amounts[order[at]] <= left:
                stack.append((at + 1, left - amounts[order[at]], (*chosen, order[at])))
    return found
