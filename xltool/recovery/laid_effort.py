"""How much work the searches in a text laid out in columns may do: what would take more is read the plain way, and doubted."""

from __future__ import annotations

from dataclasses import dataclass

LINES = 2000
"""A form has no more lines, nor captions; what has more is read in its order."""
WORDS, PLACES = 400, 800
"""A line has no more words, and those of a form begin at no more places; what has more is read in its order."""
ROWS = 30_000
"""So many rows are weighed in a list at most to find the columns of its words; then these stay where they are."""
STRETCHES = 200_000
"""So many stretches of rows are weighed at most to find their labels; in a longer list each row goes to the nearest."""


@dataclass(slots=True)
class Effort:
    """The work that a search may still do."""

    left: int

    def spend(self, work: int) -> None:
        """Notes work that was done."""
        self.left -= work

    @property
    def spent(self) -> bool:
        """True where no more may be done."""
        return self.left <= 0
