"""Work measured beside its peer: rounds that take turns, medians, and what was to be reached."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import process_time

Run = Callable[[int], object]
"""A piece of work; it is told the number of its round, so that no round reads what another has read."""


@dataclass(frozen=True, slots=True)
class Work:
    """A piece of work and the peer that it is held against.

    ``first`` and ``then`` are the goals: the most that the ratio own/peer may be, or with
    ``faster`` the least that peer/own must be. ``rounds`` are enough for a slow peer; ``parts`` are
    how many of a thing a run of each does, for works whose cost is that of one; ``clock`` gives the
    seconds of a run.
    """

    name: str
    peer: str
    run: Run
    beside: Run
    first: float | None = None
    then: float | None = None
    faster: bool = False
    rounds: int | None = None
    parts: tuple[float, float] = (1, 1)
    clock: Callable[[Run, int], float] | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """Median seconds of both, the median of the rounds' ratios, and the goals."""

    name: str
    peer: str
    seconds: float
    peer_seconds: float
    ratio: float
    first: float | None
    then: float | None
    faster: bool

    @property
    def reached(self) -> str:
        """The farthest goal that the ratio keeps: ``then``, ``first``, ``no``; empty where there is none."""
        for word, goal in (("then", self.then), ("first", self.first)):
            if goal is not None and (self.ratio >= goal if self.faster else self.ratio <= goal):
                return word
        return "" if self.first is None and self.then is None else "no"


def measure(work: Work, rounds: int) -> Measured:
    """The medians of a work's rounds; each runs the work and its peer, after one that is thrown away."""
    clock = work.clock or processor
    own: list[float] = []
    peer: list[float] = []
    for number in range(1 + min(rounds, work.rounds or rounds)):
        order = ((own, work.run, work.parts[0]), (peer, work.beside, work.parts[1]))
        for kept, run, parts in order if number % 2 else reversed(order):
            seconds = clock(run, number) / parts
            if number:
                kept.append(seconds)
    ratios = [(b / a if work.faster else a / b) for a, b in zip(own, peer, strict=True)]
    return Measured(
        work.name, work.peer, median(own), median(peer), median(ratios), work.first, work.then, work.faster
    )  # fmt: skip


def processor(run: Run, number: int) -> float:
    """The processor seconds of one run: other work on the machine hardly shows in them."""
    forget()
    gc.collect()
    began = process_time()
    run(number)
    return process_time() - began


def forget() -> None:
    """Empties xltool's caches of texts and values, so that no round lives off the one before it.

    What is known about a form is kept; such caches are small.
    """
    for name, module in list(sys.modules.items()):
        if name.startswith("xltool"):
            for found in vars(module).values():
                if hasattr(found, "cache_clear") and (found.cache_parameters()["maxsize"] or 0) > 512:
                    found.cache_clear()
