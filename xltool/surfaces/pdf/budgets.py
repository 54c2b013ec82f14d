"""What a PDF may cost: every limit in one place."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from xltool.problems import ProblemError, problem

PAGES = 2_000
"""Pages: a district's whole 汇总表 has some hundreds."""
CHARACTERS = 100_000
"""Characters on one page; a dense page has 5,000."""
OBJECTS = 50_000
"""Drawn things on one page, those inside forms included."""
INSTRUCTIONS = 4 * 1024 * 1024
"""Bytes of drawing instructions on one page, those of its forms as often as they are drawn."""
DEPTH = 8
"""Forms within forms."""
EDGE = 14_400
"""Points along a side of a page: the most that PDF's own standard allows."""
SECONDS = 60
"""Seconds for the whole document, from its opening."""


@dataclass(slots=True)
class Budget:
    """What is left for one document. ``name`` is the file's."""

    name: str
    seconds: float = SECONDS
    _end: float = field(init=False)

    def __post_init__(self) -> None:
        self._end = time.monotonic() + self.seconds

    def time(self, page: int) -> None:
        """Refuses to go on where time is up."""
        if time.monotonic() > self._end:
            raise ProblemError(problem("pdf-time", f"{self.name}: {page}", limit=int(self.seconds)))

    def pages(self, count: int) -> None:
        """Refuses a document of too many pages."""
        if count > PAGES:
            raise ProblemError(problem("pdf-pages", self.name, found=count, limit=PAGES))

    def size(self, page: int, width: float, height: float) -> None:
        """Refuses a page that is larger than any paper, or that has no area."""
        if not (0 < width <= EDGE and 0 < height <= EDGE):
            raise ProblemError(problem("pdf-size", f"{self.name}: {page}", found=f"{width:.0f} × {height:.0f}", limit=EDGE))

    def drawing(self, found: int) -> None:
        """Refuses a page that asks for too much drawing."""
        if found > INSTRUCTIONS:
            raise ProblemError(problem("pdf-drawing", self.name, limit=INSTRUCTIONS // 1024 // 1024))

    def amount(self, page: int, found: int, limit: int) -> None:
        """Refuses a page on which too much stands."""
        if found > limit:
            raise ProblemError(problem("pdf-amount", f"{self.name}: {page}", limit=limit))
        if not found % 1000:
            self.time(page)
