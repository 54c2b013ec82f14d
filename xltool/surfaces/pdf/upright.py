"""Text that stands on its side or is written downwards in its cell, as it is read: turned to lines from left to right."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from xltool.surfaces.pdf.marks import Character

ASIDE = 1.5
"""Points that letters of one turned line may stand beside each other."""
FAR = 2.5
"""From letter to letter of one turned line, in their size, at the most."""


def upright(held: Sequence[Character]) -> list[Character] | None:
    """The letters of a cell as they stand when its text is turned; None for a text that lies.

    A program writes the letters one after the other: those of a text on its side go up, or down, one below the other.
    Letters that go down in one column read as lines do.
    """
    if len(held) < 2 or (held[0].bottom > held[1].top and held[1].bottom > held[0].top):
        return None
    steps = [_step(one, then) for one, then in pairwise(held)]
    if 2 * steps.count(-1) > len(steps):
        return [Character(one.text, -one.bottom, one.left, -one.top, one.right) for one in held]
    if 2 * steps.count(1) > len(steps) and max(one.left for one in held) > min(one.right for one in held):
        return [Character(one.text, one.top, -one.right, one.bottom, -one.left) for one in held]
    return None


def _step(one: Character, then: Character) -> int:
    """-1 for a letter right above the one written before, 1 for one right below, 0 for any other."""
    size = max(one.bottom - one.top, one.right - one.left)
    down = then.top - one.top
    if abs(then.left + then.right - one.left - one.right) > 2 * ASIDE or not 0.2 * size < abs(down) < FAR * size:
        return 0
    return 1 if down > 0 else -1
