"""What one file may cost when many are converted: the limits that stand behind every reader's own."""

from __future__ import annotations

import os
from dataclasses import dataclass

SECONDS = 120
"""Seconds for one file: a PDF's own reader gives up after 60."""
MEMORY = 2048
"""Megabytes for a process that converts files, the program itself included. Windows knows no such limit."""
FEW = 8
"""So many files are converted in the program's own process: a second one takes longer to start."""


@dataclass(frozen=True, slots=True)
class Budgets:
    """``jobs`` are processes (0: this one alone, which no limit holds); None is as many as there are cores."""

    jobs: int | None = None
    seconds: int = SECONDS
    memory: int = MEMORY

    def processes(self, files: int) -> int:
        """The processes for so many files; 0 where they are few and nobody asked for any."""
        if self.jobs is not None:
            return min(self.jobs, files)
        return min(_cores(), files) if files > FEW else 0


USUAL = Budgets()


def _cores() -> int:
    """The cores that this process may use: a container or a batch system may give fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1
