"""What an officer decided, as a rollup is told it by a file."""

from __future__ import annotations

from pathlib import Path

from xltool.problems import ProblemError, problem
from xltool.rollup.decisions import NONE, Decisions, read_decisions
from xltool.terms import of_system


def decisions_of(file: str, drafted: bool = False) -> Decisions:
    """The decisions of a file; of one that is ``drafted`` by the same run none, where it does not stand there yet.

    Raises:
        ProblemError: where it is not there, cannot be read, or has faults.
    """
    path = Path(file)
    try:
        return read_decisions(path.read_text("utf-8-sig"), path.name)
    except FileNotFoundError:
        if drafted:
            return NONE
        raise ProblemError(problem("file-missing", file)) from None
    except UnicodeDecodeError:
        raise ProblemError(problem("text-encoding", file)) from None
    except OSError as error:
        raise ProblemError(problem("file-unreadable", file, what=of_system(error))) from None
