"""What stands on a page before anyone knows what it means: characters and strokes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Character(NamedTuple):
    """A character and the box that it is set in, in points from the top left corner of the page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


class Stroke(NamedTuple):
    """A straight horizontal or vertical line: ``at`` is its distance from the left or the top, ``first`` to ``last``
    its length; ``across`` is true for a horizontal one."""

    across: bool
    at: float
    first: float
    last: float


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of one page, the page turned so that most of its text stands upright.

    ``covered`` is the area of its largest picture.
    """

    width: float
    height: float
    characters: list[Character]
    strokes: list[Stroke]
    pictures: int = 0
    covered: float = 0
