"""Work shared out among processes, of which one that dies, swells or never ends costs its own item alone.

The standard library's executor is broken as a whole by one dead process, loky's too, and neither
knows a limit of time for an item; pebble knows one, but for a whole chunk, and an item that is sent
alone waits for the last one's answer. Here each process has a pipe of its own with a few items waiting
in it, and works on them in order: the item to blame is always the first that has no answer.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from time import monotonic
from typing import Generic, TypeVar

from xltool.problems import ProblemError, problem

Item = TypeVar("Item")
Answer = TypeVar("Answer")

AHEAD = 4
"""Items in a process's pipe, the one that it works on included."""
TRIES = 2
"""A process may be killed for another's sake; an item that two of them died of is to blame."""
START = 60
"""Seconds for a process to start."""
PATIENCE = 5
"""Seconds for processes to end by themselves."""
FEW = 8
"""So many files are converted in the program's own process: a second one takes longer to start."""
READY = "ready"

# From fork a process would inherit locks and open files; from spawn it starts the same on every system.
_SPAWN = multiprocessing.get_context("spawn")


@dataclass(frozen=True, slots=True)
class Lost:
    """What came of an item instead of an answer: its process ``died``, or it took more ``time`` or ``memory`` than allowed."""

    why: str
    what: str = ""


@dataclass(slots=True)
class _Worker(Generic[Item]):
    """A process, our end of its pipe, and the items that it has, each with its number; since when it works on the first."""

    process: BaseProcess
    pipe: Connection
    since: float
    ready: bool = False
    items: deque[tuple[int, Item]] = field(default_factory=deque)


@dataclass(slots=True)
class Pool(Generic[Item, Answer]):
    """Answers of ``work`` to items by ``jobs`` processes; what it is given and gives back is pickled."""

    work: Callable[[Item], Answer]
    jobs: int
    seconds: float
    memory: int
    _workers: list[_Worker[Item]] = field(default_factory=list)
    _again: deque[tuple[int, Item]] = field(default_factory=deque)
    _tries: dict[int, int] = field(default_factory=dict)

    def answers(self, items: Iterable[Item]) -> Generator[tuple[int, Answer | Lost], None, None]:
        """Each item's number, from 0, and its answer, as they come.

        Raises:
            ProblemError: where no process can be started.
        """
        waiting = enumerate(items)
        try:
            while self._fill(waiting):
                left = min(self._left(one) for one in self._workers)
                heard = set(wait([one.pipe for one in self._workers], max(0.0, left)))
                for one in [one for one in self._workers if one.pipe in heard]:
                    yield from self._hear(one)
                # While others were heard and their answers used, this one may have answered in time.
                for one in [one for one in self._workers if self._left(one) <= 0 and not wait([one.pipe], 0)]:
                    yield from self._end(one, Lost("time"))
        finally:
            self._close()

    def _fill(self, waiting: Iterator[tuple[int, Item]]) -> bool:
        """True while items are being worked on; each process has been given what it may have ahead."""
        for ahead in range(1, AHEAD + 1):
            for number in range(self.jobs):
                if number < len(self._workers) and len(self._workers[number].items) >= ahead:
                    continue
                item = self._again.popleft() if self._again else next(waiting, None)
                if item is None:
                    return any(one.items for one in self._workers)
                if number >= len(self._workers):
                    self._workers.append(self._start())
                self._give(self._workers[min(number, len(self._workers) - 1)], item)
        return True

    def _give(self, worker: _Worker[Item], item: tuple[int, Item]) -> None:
        if not worker.items and worker.ready:
            worker.since = monotonic()
        worker.items.append(item)
        try:
            worker.pipe.send(item[1])
        except OSError:
            # The process has died; its pipe says so when it is heard next.
            return

    def _start(self) -> _Worker[Item]:
        ours, theirs = _SPAWN.Pipe()
        process = _SPAWN.Process(target=serve, args=(theirs, self.work, self.memory), daemon=True)
        with _deaf(), _nameless():
            process.start()
        theirs.close()
        return _Worker(process, ours, monotonic())

    def _left(self, worker: _Worker[Item]) -> float:
        """Seconds that the process has left for what it does."""
        if worker.ready and not worker.items:
            return self.seconds
        return worker.since + (self.seconds if worker.ready else START) - monotonic()

    def _hear(self, worker: _Worker[Item]) -> Iterator[tuple[int, Answer | Lost]]:
        """What a process says: that it is ready, an answer, why it leaves; or nothing any more."""
        try:
            said = worker.pipe.recv()
        except (EOFError, OSError):
            yield from self._died(worker)
            return
        worker.since = monotonic()
        if not worker.ready:
            worker.ready = True
        elif isinstance(said, Lost):
            yield from self._end(worker, said)
        else:
            yield worker.items.popleft()[0], said

    def _died(self, worker: _Worker[Item]) -> Iterator[tuple[int, Answer | Lost]]:
        worker.process.join(PATIENCE)
        code = worker.process.exitcode
        if not worker.ready:
            raise ProblemError(problem("pool-start", "", what=f"exit code {code}"))
        if worker.items:
            number = worker.items[0][0]
            self._tries[number] = self._tries.get(number, 0) + 1
            if self._tries[number] >= TRIES:
                yield from self._end(worker, Lost("died", _named(code)))
                return
        self._dismiss(worker)

    def _end(self, worker: _Worker[Item], lost: Lost) -> Iterator[tuple[int, Answer | Lost]]:
        """The first item is lost; the process goes, and the rest of its items wait for another."""
        if not worker.ready:
            raise ProblemError(problem("pool-start", "", what=f"{START} s"))
        number, _ = worker.items.popleft()
        self._dismiss(worker)
        yield number, lost

    def _dismiss(self, worker: _Worker[Item]) -> None:
        self._workers.remove(worker)
        self._again.extendleft(reversed(worker.items))
        worker.process.kill()
        worker.process.join()
        worker.pipe.close()

    def _close(self) -> None:
        """No process is left: each ends what it is at, since a closed pipe tells it to go; one that does not is killed."""
        for one in self._workers:
            one.pipe.close()
        until = monotonic() + PATIENCE
        for one in self._workers:
            one.process.join(max(0.0, until - monotonic()))
            one.process.kill()
            one.process.join()
        self._workers.clear()


def processes(jobs: int | None, files: int) -> int:
    """The processes for so many files; 0 where they are few and nobody asked for any."""
    if jobs is not None:
        return min(jobs, files)
    return min(_cores(), files) if files > FEW else 0


def _cores() -> int:
    """The cores that this process may use: a container or a batch system may give fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


def _named(code: int | None) -> str:
    """How a process ended, in the system's words."""
    try:
        return signal.Signals(-(code or 0)).name
    except ValueError:
        return f"exit code {code}"


@contextmanager
def _deaf() -> Iterator[None]:
    """While a process starts it hears no Ctrl-C, which is its parent's business: it inherits what its parent hears."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _nameless() -> Iterator[None]:
    """While a process starts nobody says which script this is: it would run the script again to import it, and with it
    whatever the script does besides asking for a pool."""
    main = sys.modules["__main__"]
    held: dict[str, object] = {name: main.__dict__[name] for name in ("__spec__", "__file__") if name in main.__dict__}
    main.__spec__ = None
    main.__dict__.pop("__file__", None)
    try:
        yield
    finally:
        main.__dict__.update(held)


def serve(pipe: Connection, work: Callable[[Item], Answer], memory: int) -> None:
    """Answers items from the pipe until it is closed: what a process of the pool does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    hold(memory)
    try:
        pipe.send(READY)
        while True:
            item = pipe.recv()
            try:
                answer: Answer | Lost = work(item)
            except MemoryError:
                answer = Lost("memory")
            except BaseException as error:
                # A library that has panicked may have left anything behind.
                answer = Lost("died", f"{type(error).__name__}: {error}")
            pipe.send(answer)
            if isinstance(answer, Lost):
                return
    except (EOFError, OSError):
        return


def hold(megabytes: int) -> None:
    """This process gets no more memory than that; where the system knows no such limit, nothing happens."""
    try:
        import resource
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = megabytes * 2**20
    try:
        resource.setrlimit(resource.RLIMIT_AS, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))
    except (ValueError, OSError):
        # macOS lists the limit and refuses to set it.
        return
