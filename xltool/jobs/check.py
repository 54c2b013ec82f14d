"""Check: any readable sources against a profile, each finding with its place in the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path

from xltool import library, text_file
from xltool.budgets import Budgets, current, using
from xltool.check import Finding, Profile, Waiver, check, profiles, usual
from xltool.check import named as profile_named
from xltool.check import waivers as waiving
from xltool.filing import Entry
from xltool.form import Form
from xltool.jobs import located, store
from xltool.jobs.annotate import cleaned
from xltool.jobs.pool import Lost, Pool, processes
from xltool.jobs.sources import Named
from xltool.places import Place, place_of
from xltool.problems import Problem, ProblemError, problem
from xltool.unfilled import unfilled
from xltool.values import normal


@dataclass(frozen=True, slots=True)
class Wanted:
    """How to check. ``profile`` is a name or a file, empty for the one that is usual for each form."""

    profile: str = ""
    mappings: tuple[str, ...] = ()
    waivers: tuple[Waiver, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """One entry that was checked: what it is, by which profile, where it stands, whether nobody has filled it in."""

    form: str
    title: str
    project: str
    profile: str
    place: Place | None = None
    blank: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """What came of one source. ``places`` gives for each finding where it stands; ``doubts`` and ``leftover`` count what reading left."""

    source: str
    kind: str = ""
    entries: tuple[Checked, ...] = ()
    findings: tuple[Finding, ...] = ()
    places: tuple[Place | None, ...] = ()
    doubts: int = 0
    leftover: int = 0
    problems: tuple[Problem, ...] = field(default=())


def check_file(named: Named, wanted: Wanted) -> Report:
    """What is wrong in one source; what cannot be read is a problem."""
    try:
        forms = library.forms(wanted.mappings)
        found = located.read(cleaned(named.read(), named.name), named.name, forms)
        chosen = _chosen(wanted.profile, wanted.mappings, _changed(wanted.profile)) if wanted.profile else None
        findings = check(found.read.filing, forms, chosen, wanted.waivers, wanted.mappings)
    except ProblemError as error:
        return Report(named.shown, problems=error.problems)
    filing = found.read.filing
    known = profiles(wanted.mappings)
    entries = tuple(
        Checked(entry.form, entry.title, _project(entry, forms[entry.form]), wanted.profile or usual(entry.form, known).id, places.get(""), unfilled(entry, forms[entry.form]))
        for entry, places in zip(filing.entries, found.places, strict=True)
    )
    return Report(
        named.shown, found.read.kind, entries, findings, tuple(place_of(one.path, found.places[one.entry]) for one in findings),
        sum(len(one.doubts) for one in filing.sources), sum(len(one.leftover) for one in filing.sources),
    )  # fmt: skip


@lru_cache(maxsize=8)
def _chosen(profile: str, mappings: tuple[str, ...], changed: int) -> Profile:
    """The profile, read once for as long as its file stays as it is."""
    return profile_named(profile, mappings)


def _changed(profile: str) -> int:
    try:
        return Path(profile).stat().st_mtime_ns
    except OSError:
        return 0


def _project(entry: Entry, form: Form) -> str:
    """The project that a form is about; where none is written, its title."""
    return form.project_of(entry.values) or entry.title


def run(named: Sequence[Named], wanted: Wanted, jobs: int | None = None, seen: Callable[[Report], None] = lambda _: None) -> list[Report]:
    """The reports in the order of the sources; several processes where there are many, each source within the budgets of time and memory."""
    limits = current()
    count = processes(jobs, len(named))
    reports: dict[int, Report] = {}
    for number, report in _each(named, wanted, count, limits):
        reports[number] = report
        seen(report)
    return [reports[number] for number in range(len(named))]


def _each(named: Sequence[Named], wanted: Wanted, count: int, limits: Budgets) -> Iterator[tuple[int, Report]]:
    own = [number for number, one in enumerate(named) if not count or one.path is None]
    # Stdin is this process's own, and is read once.
    for number in own:
        yield number, check_file(named[number], wanted)
    others = [number for number in range(len(named)) if number not in set(own)]
    if not others:
        return
    pool: Pool[Named, Report] = Pool(partial(_within, wanted=wanted, limits=limits), count, limits.seconds, limits.memory)
    for at, answer in pool.answers(named[number] for number in others):
        yield others[at], _lost(named[others[at]], answer, limits) if isinstance(answer, Lost) else answer


def _within(named: Named, wanted: Wanted, limits: Budgets) -> Report:
    with using(limits):
        return check_file(named, wanted)


def _lost(named: Named, lost: Lost, limits: Budgets) -> Report:
    said = {"time": problem("file-time", "", limit=limits.seconds), "memory": problem("file-memory", "", limit=limits.memory)}
    return Report(named.shown, problems=(said.get(lost.why, problem("file-died", "", what=lost.what)),))


def read_waivers(file: str) -> tuple[Waiver, ...]:
    """The waivers of a file.

    Raises:
        ProblemError: where it cannot be read, or has faults.
    """
    return waiving.read(text_file.read(Path(file)), Path(file).name)


def write_waivers(file: str, reports: Sequence[Report], kept: Sequence[Waiver], force: bool = False) -> None:
    """A file with the waivers that are kept and a draft for each finding that counts stands at ``file``.

    Raises:
        ProblemError: where it cannot be written, or stands there already.
    """
    findings = [one for report in reports for one in report.findings]
    store.store(Path(file), waiving.draft(findings, kept).encode("utf-8"), force)


def unused_waivers(reports: Sequence[Report], waivers: Sequence[Waiver]) -> tuple[Waiver, ...]:
    """The waivers that accepted nothing in any source, though forms that they are about were checked."""
    return tuple(one for one in _idle(reports, waivers) if _was_checked(one, reports))


def waivers_elsewhere(reports: Sequence[Report], waivers: Sequence[Waiver]) -> tuple[Waiver, ...]:
    """The waivers of projects and forms that no source holds: what they accept may still stand in files that were not checked."""
    return tuple(one for one in _idle(reports, waivers) if not _was_checked(one, reports))


def _idle(reports: Sequence[Report], waivers: Sequence[Waiver]) -> tuple[Waiver, ...]:
    return waiving.unused((one for report in reports for one in report.findings), waivers)


def _was_checked(waiver: Waiver, reports: Sequence[Report]) -> bool:
    wanted = (waiver.form, normal(waiver.project))
    return any(all(one in ("", own) for one, own in zip(wanted, (entry.form, normal(entry.project)), strict=True)) for report in reports for entry in report.entries)
