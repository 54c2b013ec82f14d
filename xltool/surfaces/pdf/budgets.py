"""What is left of the budgets for one PDF."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from xltool import budgets
from xltool.problems import ProblemError, problem

EDGE = 14_400
"""Points along a side of a page: the most that PDF's own standard allows."""
DEPTH = 8
"""Forms within forms that are looked into: what lies deeper is drawn by nobody."""


@dataclass(slots=True)
class Budget:
    """What is left for one document. ``name`` is the file's."""

    name: str
    seconds: float = field(default_factory=lambda: budgets.limit("pdf_seconds"))
    most_drawing: int = field(default_factory=lambda: budgets.limit("pdf_drawing"))
    most_characters: int = field(default_factory=lambda: budgets.limit("pdf_characters"))
    most_objects: int = field(default_factory=lambda: budgets.limit("pdf_objects"))
    _end: float = field(init=False)

    def __post_init__(self) -> None:
        self._end = time.monotonic() + self.seconds

    def time(self, page: int) -> None:
        """Refuses to go on where time is up."""
        if time.monotonic() > self._end:
            raise budgets.over("pdf-time", f"{self.name}: {page}", "pdf_seconds")

    def pages(self, count: int) -> None:
        """Refuses a document of too many pages."""
        if count > budgets.limit("pdf_pages"):
            raise budgets.over("pdf-pages", self.name, "pdf_pages", found=count)

    def size(self, page: int, width: float, height: float) -> None:
        """Refuses a page that is larger than any paper, or that has no area."""
        if not (0 < width <= EDGE and 0 < height <= EDGE):
            raise ProblemError(problem("pdf-size", f"{self.name}: {page}", found=f"{width:.0f} × {height:.0f}", limit=EDGE))

    def drawing(self, found: int) -> None:
        """Refuses a page that asks for too much drawing."""
        if found > self.most_drawing:
            raise budgets.over("pdf-drawing", self.name, "pdf_drawing")

    def characters(self, page: int, found: int) -> None:
        """Refuses a page of too many characters."""
        self._amount(page, found, self.most_characters, "pdf_characters")

    def objects(self, page: int, found: int) -> None:
        """Refuses a page on which too much is drawn."""
        self._amount(page, found, self.most_objects, "pdf_objects")

    def _amount(self, page: int, found: int, most: int, budget: str) -> None:
        if found > most:
            raise budgets.over("pdf-amount", f"{self.name}: {page}", budget)
        if not found % 1000:
            self.time(page)
