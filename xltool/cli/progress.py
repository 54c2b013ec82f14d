"""How far a long run is, on a line of the terminal that is gone when the run is."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable
from time import monotonic

from xltool.cli.words import say

BETWEEN = 0.1
"""Seconds between two pictures of the line."""
NAME = 40
WINDOW = 30
"""Seconds that the rate is told from: what an earlier run has done goes by faster than the rest."""


class Progress:
    """A line on a terminal's stderr: files done, files a second, time left, the file; elsewhere nothing."""

    def __init__(self, total: int, clock: Callable[[], float] = monotonic) -> None:
        self.total = total
        self.shown = total > 1 and sys.stderr.isatty()
        self.clock = clock
        self.marks = deque([(clock(), 0)])
        self.drawn = float("-inf")

    def at(self, number: int, name: str) -> None:
        """Now at this one: ``number`` counts from 1."""
        now = self.clock()
        if self.shown and (now - self.drawn >= BETWEEN or number == self.total):
            self.drawn = now
            self.marks.append((now, number - 1))
            sys.stderr.write(f"\r\x1b[K{number}/{self.total}{self._speed(number - 1, now)} · {name[-NAME:]}")
            sys.stderr.flush()

    def clear(self) -> None:
        """The line is gone, so that others can be printed."""
        if self.shown:
            sys.stderr.write("\r\x1b[K")

    def _speed(self, number: int, now: float) -> str:
        """The rate of late and what is left at that rate; nothing before there is something to tell it from."""
        while len(self.marks) > 2 and self.marks[1][0] <= now - WINDOW:
            self.marks.popleft()
        began, before = self.marks[0]
        done, seconds = number - before, now - began
        if not done or seconds < 1:
            return ""
        left = round((self.total - number) * seconds / done)
        time = f"{left // 3600}:{left % 3600 // 60:02}:{left % 60:02}" if left >= 3600 else f"{left // 60}:{left % 60:02}"
        return " · " + say("speed", rate=f"{done / seconds:.1f}") + " · " + say("left", time=time)
