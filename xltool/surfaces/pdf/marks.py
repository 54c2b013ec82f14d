"""What stands on a page before anyone knows what it means: characters and strokes."""

from __future__ import annotations

from dataclasses import dataclass, field
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


class Aside(NamedTuple):
    """A text that stands on a page and is none of its own: its characters, and what it is."""

    characters: list[Character]
    why: str


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of one page, the page turned so that most of its text stands upright.

    ``covered`` is the area of its largest picture; ``aside`` is what was stamped on it, printed across it or is not
    seen; ``recognised`` is true where no text is seen and all was read: the layer of text over a scan. ``clipped`` are
    letters that are clipped away, those that are cut through among them; ``broken`` are the places of characters that
    stand beside letters which are clipped away or off the page, ``unread`` of those whose letter the file does not say
    for sure. ``areas`` are filled rectangles, as left, top, right and
    bottom: cells may be told by their shades alone. ``typed`` and ``struck`` are the boxes of words that were typed on the
    page, or struck out, after it was made.
    """

    width: float
    height: float
    characters: list[Character]
    strokes: list[Stroke]
    pictures: int = 0
    covered: float = 0
    aside: list[Aside] = field(default_factory=list)
    recognised: bool = False
    clipped: list[Character] = field(default_factory=list)
    broken: set[int] = field(default_factory=set)
    unread: set[int] = field(default_factory=set)
    areas: list[tuple[float, float, float, float]] = field(default_factory=list)
    typed: list[tuple[float, float, float, float]] = field(default_factory=list)
    struck: list[tuple[float, float, float, float]] = field(default_factory=list)
