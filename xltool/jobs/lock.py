"""A folder of results is written by one run at a time; the lock goes with the process, however that ends."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from xltool.jobs.store import refused
from xltool.problems import ProblemError, problem

NAME = ".xltool-ledger.lock"


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Within it no other run writes into the folder.

    Raises:
        ProblemError: where another run does.
    """
    path = folder / NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = _held(path)
    except OSError as error:
        raise refused(folder, error) from None
    if file is None:
        raise ProblemError(problem("folder-busy", str(folder)))
    try:
        yield
    finally:
        if os.name != "nt":
            path.unlink(missing_ok=True)
        file.close()
        # Windows removes no open file.
        with suppress(OSError):
            path.unlink(missing_ok=True) if os.name == "nt" else None


def _held(path: Path) -> BinaryIO | None:
    """The locked file; None where another process has it."""
    while True:
        file = path.open("ab")
        if not _locked(file):
            file.close()
            return None
        if os.name == "nt":
            # No open file is removed there.
            return file
        # The run that held the lock before may have removed the file between our opening and locking it.
        with suppress(OSError):
            if os.path.samestat(os.fstat(file.fileno()), path.stat()):
                return file
        file.close()


def _locked(file: BinaryIO) -> bool:
    """True where the file is now ours; also where the file system, a share for instance, knows no locks."""
    try:
        import msvcrt
    except ImportError:
        return _locked_by_flock(file)
    try:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    except OSError:
        return False
    return True


def _locked_by_flock(file: BinaryIO) -> bool:
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True
