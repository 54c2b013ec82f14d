"""Where the time of a work goes."""

from __future__ import annotations

import cProfile
import io
import pstats

from bench.rounds import Work, forget


def profile(work: Work, lines: int = 25) -> str:
    """The functions of a work that take most time themselves, and those that take most with what they call."""
    work.run(0)
    forget()
    watch = cProfile.Profile()
    watch.runcall(work.run, 1)
    said = io.StringIO()
    stats = pstats.Stats(watch, stream=said).strip_dirs()
    stats.sort_stats("tottime").print_stats(lines)
    stats.sort_stats("cumulative").print_stats(lines)
    return said.getvalue()
