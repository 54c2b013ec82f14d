"""Many sources into a folder: each by itself, in processes that its faults stay in; what an earlier run made is not made again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from os import PathLike, fspath
from pathlib import Path

from xltool import library
from xltool.budgets import Budgets, current, using
from xltool.jobs import convert, reading, store
from xltool.jobs.convert import Task
from xltool.jobs.findings import NOTHING, Findings, findings
from xltool.jobs.ledger import Ledger, Record, digest, digest_of
from xltool.jobs.lock import alone
from xltool.jobs.pool import Lost, Pool, processes
from xltool.problems import Problem, ProblemError, problem
from xltool.version import installed

WRITTEN, UNCHANGED, FAILED = "written", "unchanged", "failed"
SHOWN = {"leftover": 5, "doubts": 5, "repairs": 3}
"""Lines of each finding that are kept for a file; JSON lists all of them under its source."""
SAVE = 10
"""Seconds between two savings of the ledger."""
STALE = 3600
"""Seconds after which a half-written file is one that a killed run left behind."""


@dataclass(frozen=True, slots=True)
class Job:
    """A task; ``wrote`` is the hash of the result that an earlier run wrote, empty where none did."""

    task: Task
    wrote: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one source: its kind, the ids of its forms, findings, hashes; ``out`` holds nothing new where it failed.

    ``notes`` say what deserves a look in the file that was written.
    """

    source: str
    out: Path
    state: str = FAILED
    kind: str = ""
    forms: tuple[str, ...] = ()
    findings: Findings = NOTHING
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    read: str = ""
    wrote: str = ""


Convert = Callable[[Job], Result]


def convert_one(job: Job, mappings: tuple[str, ...] = (), budgets: Budgets | None = None) -> Result:
    """What became of one source, read within the budgets; nothing but want of memory is raised."""
    with using(budgets or current()):
        return _converted(job, mappings)


def _converted(job: Job, mappings: tuple[str, ...]) -> Result:
    named, wanted = job.task.named, job.task.wanted
    assert job.task.out
    result = Result(named.shown, job.task.out)
    try:
        data = named.read()
        result = replace(result, read=digest(data))
        read = reading.read_bytes(data, named.name, forms := reading.forms_of(mappings))
        ids = tuple(entry.form for entry in read.filing.entries)
        result = replace(result, kind=read.kind, forms=ids, findings=findings(read.filing, SHOWN, forms))
        made = convert.made(read, forms, wanted, job.task.out)
        put(job.task.out, made.data, wanted.force, job.wrote)
        return replace(result, state=WRITTEN, notes=made.notes, wrote=digest(made.data))
    except ProblemError as error:
        return replace(result, problems=error.problems)
    except MemoryError:
        raise
    except Exception as error:
        return replace(result, problems=(problem("internal", "", what=f"{type(error).__name__}: {error}"),))


def put(out: Path, made: bytes, force: bool, wrote: str) -> None:
    """The bytes stand at ``out``. A file there is replaced where it is the one of hash ``wrote``, or by ``force``.

    A file with the same bytes is what a run that was killed before it could record it has left.

    Raises:
        ProblemError: where it cannot be written, or somebody else's work would be lost.
    """
    there = out.is_file()
    if there and not force:
        stands = digest_of(out)
        if stands == digest(made):
            return
        if stands != wrote:
            raise ProblemError(problem("file-edited" if wrote else "file-exists", str(out)))
    store.store(out, made, force=there)


@dataclass(slots=True)
class Batch:
    """A run over tasks whose results go into ``folder``; ``seen`` is told each result as it comes.

    ``jobs`` are processes (0: this one alone, which no limit of time and memory holds); None is as many as there are
    cores. ``convert`` is what is done to one task; it is pickled for the processes of the pool.
    """

    tasks: Sequence[Task]
    folder: Path
    mappings: tuple[str, ...] = ()
    jobs: int | None = None
    budgets: Budgets = field(default_factory=current)
    seen: Callable[[Result], None] = lambda _: None
    convert: Convert | None = None
    _ledger: Ledger = field(init=False)
    _results: dict[int, Result] = field(default_factory=dict)
    _saved: float = field(default_factory=time.monotonic)
    _made: str = ""

    def run(self) -> list[Result]:
        """The results in the order of the tasks, whatever order they came in.

        Raises:
            ProblemError: where another run writes into the folder, or the ledger cannot be written.
        """
        with alone(self.folder):
            sweep(self.folder)
            self._ledger = Ledger(self.folder)
            self._made = maker(self.mappings)
            try:
                self._go()
            finally:
                self._ledger.save()
        return [self._results[number] for number in range(len(self.tasks))]

    def _go(self) -> None:
        work = self.convert or partial(convert_one, mappings=self.mappings, budgets=self.budgets)
        jobs = processes(self.jobs, len(self.tasks))
        numbers: list[int] = []
        if not jobs:
            for job in self._todo(work, numbers):
                self._note(numbers[-1], self._here(work, job))
            return
        pool: Pool[Job, Result] = Pool(work, jobs, self.budgets.seconds, self.budgets.memory)
        for at, answer in pool.answers(self._todo(work, numbers)):
            task = self.tasks[numbers[at]]
            self._note(numbers[at], self._lost(task, answer) if isinstance(answer, Lost) else answer)

    def _todo(self, work: Convert, numbers: list[int]) -> Iterator[Job]:
        """The jobs that there is something to do for, their tasks' numbers noted; the rest is noted as it stands."""
        for number, task in enumerate(self.tasks):
            assert task.out
            record = self._ledger.record(task.out)
            job = Job(task, record.wrote if record else "")
            if task.named.path is None:
                # Stdin is this process's own, and is read once.
                self._note(number, self._here(work, job))
            elif record and not task.wanted.force and self._stands(task, record):
                self._note(number, _unchanged(task, record))
            else:
                numbers.append(number)
                yield job

    def _stands(self, task: Task, record: Record) -> bool:
        """True where a result is as it was written, from what its source still is and in the way that is asked for."""
        if record.made != _way(self._made, task) or task.out is None or digest_of(task.out) != record.wrote:
            return False
        with suppress(ProblemError):
            return record.read == digest(task.named.read())
        return False

    def _here(self, work: Convert, job: Job) -> Result:
        try:
            return work(job)
        except MemoryError:
            return self._lost(job.task, Lost("memory"))

    def _lost(self, task: Task, lost: Lost) -> Result:
        assert task.out
        said = {
            "time": problem("file-time", "", limit=self.budgets.seconds),
            "memory": problem("file-memory", "", limit=self.budgets.memory),
        }.get(lost.why, problem("file-died", "", what=lost.what))
        return Result(task.named.shown, task.out, problems=(said,))

    def _note(self, number: int, result: Result) -> None:
        self._results[number] = result
        if result.state == WRITTEN:
            self._ledger.keep(result.out, _record(result, _way(self._made, self.tasks[number])))
        self.seen(result)
        if time.monotonic() - self._saved > SAVE:
            # What cannot be saved now is said at the end.
            with suppress(ProblemError):
                self._ledger.save()
            self._saved = time.monotonic()


def maker(mappings: tuple[str, ...]) -> str:
    """What makes results: the version of xltool and the hash of the mappings."""
    return f"xltool {installed()}, mappings {library.fingerprint(mappings)[:16]}"


def sweep(folder: Path) -> None:
    """Half-written files that runs left behind which were killed are gone."""
    before = time.time() - STALE
    for part in folder.rglob(store.PART.format("*")):
        with suppress(OSError):
            if part.stat().st_mtime < before:
                part.unlink()


def totals(results: Sequence[Result]) -> Mapping[str, int]:
    """How many files were written, unchanged and failed, and the forms and findings of all."""
    counted = {state: sum(one.state == state for one in results) for state in (WRITTEN, UNCHANGED, FAILED)}
    done = [one for one in results if one.state != FAILED]
    found = {key: sum(one.findings.counts[key] for one in done) for key in ("repairs", "doubts", "leftover")}
    return {"files": len(results), **counted, "forms": sum(len(one.forms) for one in done), **found}


def _way(made: str, task: Task) -> str:
    into = f" into {digest(task.wanted.into.data)[:16]}" if task.wanted.into else ""
    importer = f" for {digest(repr((task.wanted.importer, task.wanted.stored)).encode())[:16]}" if task.wanted.importer else ""
    return f"{made}, to {task.wanted.to}{' stacked' * task.wanted.stacked}{into}{importer}"


def _record(result: Result, made: str) -> Record:
    return Record(result.source, result.read, result.wrote, made, result.kind, result.forms, result.findings)


def _unchanged(task: Task, record: Record) -> Result:
    assert task.out
    return Result(task.named.shown, task.out, UNCHANGED, record.kind, record.forms, record.findings, (), (), record.read, record.wrote)


Paths = str | PathLike[str] | Iterable[str | PathLike[str]]
"""One path or several."""


def _words(paths: Paths) -> list[str]:
    # A text is made of texts: / in a path is the root of the disk.
    return [fspath(one) for one in ([paths] if isinstance(paths, str | PathLike) else paths)]


def convert_folder(
    sources: Paths, out: str | PathLike[str], mappings: Paths = (), *,
    to: str | None = None, stacked: bool = False, force: bool = False, jobs: int | None = None,
) -> list[Result]:  # fmt: skip
    """What became of each source, in order: files, folders and patterns converted into the folder ``out``.

    ``sources`` is one or several of them. A source that fails says so in its result's ``problems``.

    Raises:
        ProblemError: where a source names nothing, ``to`` is neither xlsx nor json, ``out`` is no folder, or another run
            writes into it.
        ValueError: where ``jobs`` is below 0.
    """
    if jobs is not None and jobs < 0:
        raise ValueError(f"jobs is 0 or more, found {jobs}")
    if to is not None and to not in convert.SUFFIXES:
        raise ProblemError(problem("out-kind", fspath(out), found=f".{to}"))
    words, known = _words(sources), tuple(_words(mappings))
    folder = Path(out)
    if folder.suffix.lower() in convert.KINDS or (folder.exists() and not folder.is_dir()):
        raise ProblemError(problem("folder-needed", fspath(out)))
    reading.forms_of(known)
    tasks, missing = convert.plan(words, f"{fspath(out)}/", convert.Wanted(to, stacked, force))
    if missing:
        raise ProblemError(missing)
    return Batch(tasks, folder, known, jobs).run()
