"""A run: sources are read, what they gave is rolled up, written, proved and put in its place."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from xltool import library
from xltool.budgets import Budgets, current
from xltool.check import Waiver
from xltool.form import Form
from xltool.jobs import store
from xltool.jobs.batch import STALE
from xltool.jobs.pool import Lost, Pool, processes
from xltool.jobs.rollup.assembling import Assembled, assemble
from xltool.jobs.rollup.previous import previous
from xltool.jobs.rollup.proving import prove
from xltool.jobs.rollup.reading import (
    ENTRIES,
    NOTHING,
    SHEETS,
    Given,
    How,
    Job,
    close_spool,
    read_source,
)
from xltool.jobs.rollup.sharing import Shared
from xltool.jobs.rollup.stacking import write_stacked
from xltool.jobs.sources import Named
from xltool.problems import ProblemError, problem
from xltool.rollup import Decisions, rollup
from xltool.rollup.decisions import NONE
from xltool.surfaces.rollup_writer import workbook

XLSX = ".xlsx"
APART = ".xltool-"
"""How the name of the folder begins that holds what is on the way."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for. ``unit`` is 元 or 万元; ``expected`` are the names of the units that should have sent forms."""

    unit: str = "元"
    forms: bool = True
    stacked: bool = False
    checked: bool = True
    profile: str = ""
    expected: tuple[str, ...] | None = None
    decisions: Decisions = NONE
    mappings: tuple[str, ...] = ()
    force: bool = False
    waivers: tuple[Waiver, ...] = ()

    @property
    def kept(self) -> str:
        """What must be kept of each form."""
        return ENTRIES if self.stacked else SHEETS if self.forms else NOTHING


@dataclass(slots=True)
class Run:
    """A rollup of ``named`` into the workbook ``out``; ``seen`` is told of each source as it comes.

    ``jobs`` are processes (0: this one alone, which no limit of time and memory holds); None is as many as there are cores.
    """

    named: Sequence[Named]
    out: Path
    wanted: Wanted = field(default_factory=Wanted)
    jobs: int | None = None
    budgets: Budgets = field(default_factory=current)
    seen: Callable[[Given], None] = lambda _: None

    def run(self) -> Assembled:
        """What came of it; the workbook stands at ``out``, read back and whole.

        Raises:
            ProblemError: where nothing could be read, or the workbook cannot be written; what stood at ``out`` is as it was.
        """
        self.check_out()
        forms = library.forms(self.wanted.mappings)
        before = previous(self.out)
        # Beside its place, so that it can be put there in one move.
        folder = Path(os.path.realpath(self.out)).parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
            sweep(folder)
            with tempfile.TemporaryDirectory(prefix=APART, dir=folder) as apart:
                return self.into(Path(apart), forms, before)
        except OSError as error:
            raise store.refused(self.out, error) from None

    def check_out(self) -> None:
        """Nothing comes back where the workbook may be written."""
        if self.out.suffix.lower() != XLSX:
            raise ProblemError(problem("rollup-out", str(self.out), found=self.out.suffix or self.out.name))
        store.check_free(self.out, self.wanted.force)

    def into(self, apart: Path, forms: Mapping[str, Form], before: Mapping[str, str]) -> Assembled:
        """Everything between reading and storing; ``apart`` holds what is on the way."""
        jobs = [Job(number, one, name, apart) for number, (one, name) in enumerate(ledger_names(self.named))]
        try:
            given = self.read(jobs)
        finally:
            close_spool(apart)
        signatures = (kept.signature for one in given for kept in one.forms)
        found = rollup(signatures, self.wanted.decisions, self.wanted.unit, self.wanted.expected)
        made = assemble(found, jobs, given, forms, before, self.wanted.checked)
        if not found.rows:
            raise ProblemError([one for source in given for one in source.problems] or problem("rollup-nothing", str(self.out)))
        written = apart / "out.xlsx"
        if self.wanted.stacked:
            write_stacked(made, forms, written, apart)
        else:
            whole = workbook.write(made.content, written, apart)
            # The registers stand in both, byte for byte; without the forms they take little memory to read.
            prove(apart / workbook.REGISTERS, made.content, whole)
        store.adopt(self.out, written, self.wanted.force)
        return made

    # ------------------------------------------------------------ reading

    def read(self, jobs: Sequence[Job]) -> list[Given]:
        """What the sources gave, in their order, whatever order it came in."""
        how = How(self.wanted.kept, self.wanted.checked, self.wanted.profile, self.wanted.mappings, self.budgets, self.wanted.waivers)
        found: dict[int, Given] = {}
        shared = Shared()
        for given in self.each(jobs, how):
            if given.unkept:
                raise given.unkept
            found[given.number] = shared.given(given)
            self.seen(given)
        return [found[one.number] for one in jobs]

    def each(self, jobs: Sequence[Job], how: How) -> Iterator[Given]:
        count = processes(self.jobs, len(jobs))
        # Stdin is this process's own, and is read once.
        here = [one for one in jobs if not count or one.named.path is None]
        for one in here:
            try:
                yield read_source(one, how)
            except MemoryError:
                yield self.lost(one, Lost("memory"))
        others = [one for one in jobs if count and one.named.path is not None]
        if not others:
            return
        pool: Pool[Job, Given] = Pool(partial(read_source, how=how), count, self.budgets.seconds, self.budgets.memory)
        for at, answer in pool.answers(others):
            yield self.lost(others[at], answer) if isinstance(answer, Lost) else answer

    def lost(self, job: Job, lost: Lost) -> Given:
        said = {"time": problem("file-time", "", limit=self.budgets.seconds), "memory": problem("file-memory", "", limit=self.budgets.memory)}
        return Given(job.number, problems=(said.get(lost.why, problem("file-died", "", what=lost.what)),))


def without_earlier(named: Sequence[Named], out: Path) -> list[Named]:
    """The sources without the workbook of an earlier run at ``out``, which may lie among them and is none.

    Raises:
        ProblemError: where a workbook that no rollup wrote stands there: it is a source, and would be lost.
    """
    stands = store.identity(out)
    found = [one for one in named if not (stands and one.path and store.identity(one.path) == stands)]
    if len(found) < len(named) and not previous(out):
        raise ProblemError(problem("out-is-source", str(out)))
    return found


def sweep(folder: Path) -> None:
    """What runs that were killed left on the way beside their workbooks is gone; a run that still writes keeps its own."""
    before = time.time() - STALE
    for one in folder.glob(APART + "*"):
        with suppress(OSError):
            if one.is_dir() and not one.is_symlink() and max(part.lstat().st_mtime for part in (one, *one.iterdir())) < before:
                shutil.rmtree(one)


def ledger_names(named: Sequence[Named]) -> list[tuple[Named, str]]:
    """The sources in the order of the ledger, whatever order they were named in, each with a name of its own.

    A file is called as below the folder that was named; where two would be called the same, as it was named, then by a number.
    """
    ways = sorted(named, key=lambda one: (one.inside.as_posix(), one.shown))
    inside = [one.inside.as_posix() for one in ways]
    found: list[tuple[Named, str]] = []
    used: set[str] = set()
    for one, way in zip(ways, inside, strict=True):
        name = way if inside.count(way) == 1 else one.shown
        number = 1
        while name in used:
            number += 1
            name = f"{one.shown} ({number})"
        used.add(name)
        found.append((one, name))
    return found
