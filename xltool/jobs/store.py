"""A file written whole or not at all: beside its place, flushed to the disk, then renamed."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Container, Iterable
from contextlib import suppress
from pathlib import Path

from xltool.problems import ProblemError, problem
from xltool.terms import FULL, of_system

PART = ".xltool-{}.part"
"""The name of a file while it is being written."""


HELD = frozenset({5, 32, 33})
"""Windows' numbers for a file that another program holds: access denied, sharing violation, lock violation."""
WAITS = (0.05, 0.1, 0.2, 0.4, 0.8)
"""Seconds between tries to rename a file that is held: scanners and indexers let go of it at once, Excel does not."""

Identity = tuple[int, int | str]
"""What a file is known by, whatever name leads to it."""


def identity(path: Path) -> Identity | None:
    """What the file is known by; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    # A file system without numbers of its own, a share for instance, says 0 of every file.
    return found.st_dev, found.st_ino or os.path.normcase(os.path.realpath(path))


def identities(paths: Iterable[Path | None]) -> frozenset[Identity]:
    """What the files that are there are known by."""
    return frozenset(one for path in paths if path and (one := identity(path)))


def check_free(path: Path, force: bool, read: Container[Identity] = ()) -> None:
    """Nothing comes back where the path may be written; ``read`` are files that stay as they are, ``force`` or not.

    Raises:
        ProblemError: where a file stands there and may not be replaced.
    """
    try:
        if not path.exists():
            return
    except OSError as error:
        raise refused(path, error) from None
    if not path.is_file():
        raise ProblemError(problem("file-unwritable", str(path), what="os-not-a-file"))
    if identity(path) in read:
        raise ProblemError(problem("out-is-source", str(path)))
    if not force:
        raise ProblemError(problem("file-exists", str(path)))


def refused(path: Path, error: OSError) -> ProblemError:
    """What the system's refusal to write a file is to a person."""
    if error.errno in FULL:
        return ProblemError(problem("out-full", str(path)))
    # Windows refuses a file that another program has open as it refuses one that may not be written.
    if isinstance(error, PermissionError) and _stands(path):
        return ProblemError(problem("file-in-use", str(path)))
    return ProblemError(problem("file-unwritable", str(path), what=of_system(error)))


def _stands(path: Path) -> bool:
    """True where a file is there; of a folder that may not be looked into nobody can say."""
    try:
        return path.is_file()
    except OSError:
        return False


def rename(made: Path, place: Path) -> None:
    """The file stands at the place when this returns. Windows renames no file that a program looks into, and scanners
    look into each that was just written: it is tried again until they have let go.

    Raises:
        OSError: where it stays so.
    """
    for wait in WAITS:
        try:
            made.replace(place)
            return
        except OSError as error:
            # Only Windows gives this number.
            if getattr(error, "winerror", None) not in HELD:
                raise
            time.sleep(wait)
    made.replace(place)


def store(path: Path, data: bytes, force: bool = False) -> None:
    """The bytes stand at the path when this returns; what stood there before is replaced only by ``force``.

    Raises:
        ProblemError: where it cannot be written; the path is then as it was.
    """
    check_free(path, force)
    # Behind a link the file that it leads to is written; messages call it as it was named.
    place = Path(os.path.realpath(path))
    beside = place.with_name(PART.format(secrets.token_hex(6)))
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        check_free(path, force)
        rename(beside, place)
    except OSError as error:
        raise refused(path, error) from None
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def adopt(path: Path, made: Path, force: bool = False) -> None:
    """The file ``made``, which stands in the same folder, stands at the path when this returns, and no more where it stood.

    Raises:
        ProblemError: where it cannot be put there; the path is then as it was.
    """
    try:
        # Windows flushes only what is open for writing.
        with made.open("r+b") as file:
            os.fsync(file.fileno())
        check_free(path, force)
        rename(made, Path(os.path.realpath(path)))
    except OSError as error:
        raise refused(path, error) from None
