"""What an officer decided, as a rollup is told it by a file."""

from __future__ import annotations

from pathlib import Path

from xltool import text_file
from xltool.rollup.decisions import NONE, Decisions, read_decisions


def decisions_of(file: str, drafted: bool = False) -> Decisions:
    """The decisions of a file; of one that is ``drafted`` by the same run none, where it does not stand there yet.

    Raises:
        ProblemError: where it is not there, cannot be read, or has faults.
    """
    path = Path(file)
    if drafted and not path.exists():
        return NONE
    return read_decisions(text_file.read(path), path.name)
