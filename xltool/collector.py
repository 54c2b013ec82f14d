"""Python's collector of cyclic garbage, paused while much is made that stays."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock


class _Pauses:
    """The pauses that are under way in all threads, and whether the collector was on before the first."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._count = 0
        self._was_on = False

    def begin(self) -> None:
        with self._lock:
            if not self._count:
                self._was_on = gc.isenabled()
                gc.disable()
            self._count += 1

    def end(self) -> None:
        with self._lock:
            self._count -= 1
            if not self._count and self._was_on:
                gc.enable()


_PAUSES = _Pauses()


@contextmanager
def paused() -> Iterator[None]:
    """The collector walks nothing inside, and goes on behind the last pause of all threads if it was on before the first.

    What is read are trees: they leave no cycles, and a walk over what is there so far would find nothing.
    """
    _PAUSES.begin()
    try:
        yield
    finally:
        _PAUSES.end()
