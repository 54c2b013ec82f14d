"""What one source gives a rollup: a signature of each form, and on the disk its sheet, its indicators, its findings."""

from __future__ import annotations

import os
import pickle
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from xltool import canonical, library
from xltool.budgets import Budgets, current, using
from xltool.check import FAILS, Finding, Waiver, check, counted
from xltool.columns import columns_of
from xltool.filing import Entry, Filing, Section, Source
from xltool.form import Form
from xltool.jobs import located
from xltool.jobs.ledger import digest
from xltool.jobs.lost import lost
from xltool.jobs.sources import Named
from xltool.places import SHEET, Places, place_of
from xltool.problems import Problem, ProblemError, problem
from xltool.recovery import grid_reading
from xltool.rollup import signature
from xltool.rollup.model import MONEY, Signature, Where
from xltool.rollup.signature import family, paths
from xltool.surfaces import xlsx_reader
from xltool.surfaces.rollup_writer.content import Drawn, Found, Spooled, Stored
from xltool.surfaces.rollup_writer.findings import packed_findings
from xltool.surfaces.rollup_writer.list_rows import list_rows, packed_rows
from xltool.surfaces.rollup_writer.parts import FormParts, pack
from xltool.surfaces.xlsx_writer.faults import refuse
from xltool.unfilled import unfilled

SHEETS, ENTRIES, NOTHING = "sheets", "entries", ""
"""What is kept of each form for the workbook: its finished sheet, the form itself (for one sheet of all), nothing."""


@dataclass(frozen=True, slots=True)
class How:
    """How sources are read: what is ``kept`` of forms, whether and by which profile they are checked."""

    kept: str = SHEETS
    checked: bool = True
    profile: str = ""
    mappings: tuple[str, ...] = ()
    budgets: Budgets = field(default_factory=current)
    waivers: tuple[Waiver, ...] = ()


@dataclass(frozen=True, slots=True)
class Job:
    """One source: its number in the ledger, the name that it has there, the folder that what is kept goes into."""

    number: int
    named: Named
    name: str
    spool: Path


@dataclass(frozen=True, slots=True)
class Kept:
    """One form: what the rollup is made from, and where the rest waits."""

    signature: Signature
    back: str
    listed: Spooled
    rows: int
    drawn: Drawn | None = None
    entry: Spooled | None = None
    found: Spooled | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """What a source gave: forms, or the ``problems`` that it could not be read for. ``blank`` are the places of forms that nobody filled in, ``unwritten`` is why its forms have no sheets, ``unkept`` why the disk took nothing more."""

    number: int
    kind: str = ""
    digest: str = ""
    forms: tuple[Kept, ...] = ()
    blank: tuple[str, ...] = ()
    doubts: int = 0
    leftover: int = 0
    problems: tuple[Problem, ...] = ()
    unwritten: tuple[Problem, ...] = ()
    unkept: OSError | None = None


_spools: dict[Path, BinaryIO] = {}
"""By folder the open file that this process writes what its sources give into: to open one takes longer than to write that."""


def _spool(folder: Path) -> tuple[Path, BinaryIO]:
    """This process's own file in a folder, open at its end."""
    path = folder / f"{os.getpid()}.part"
    if folder not in _spools:
        # Unbuffered: a process that is killed has written what its answers tell of.
        _spools[folder] = path.open("ab", buffering=0)
    return path, _spools[folder]


def close_spool(folder: Path) -> None:
    """This process writes into no file of a folder any more: while one is open, some systems keep its folder."""
    if folder in _spools:
        _spools.pop(folder).close()


_parts: list[tuple[Mapping[str, Form], FormParts]] = []


def _ready(forms: Mapping[str, Form]) -> FormParts:
    """What draws forms; the last set of forms stays ready for the next source."""
    if not _parts or _parts[0][0] is not forms:
        _parts[:] = [(forms, FormParts(forms))]
    return _parts[0][1]


def read_source(job: Job, how: How) -> Given:
    """What a source gives; nothing but want of memory is raised."""
    with using(how.budgets):
        given = Given(job.number)
        try:
            data = job.named.read()
            given = replace(given, digest=digest(data))
            return _Source(job, how, library.forms(how.mappings)).read(data, given)
        except ProblemError as error:
            return replace(given, problems=error.problems)
        except OSError as error:
            # Reading tells its own faults: it is the disk that what is kept waits on.
            return replace(given, unkept=error)
        except MemoryError:
            raise
        except Exception as error:
            return replace(given, problems=(problem("internal", "", what=f"{type(error).__name__}: {error}"),))


class _Source:
    """A source while it is read."""

    def __init__(self, job: Job, how: How, forms: Mapping[str, Form]) -> None:
        self.job, self.how, self.forms = job, how, forms
        self.parts = _ready(forms)
        self.spool, self.file = _spool(job.spool)
        self.kept: list[bytes] = []
        self.length = self.file.tell()

    def read(self, data: bytes, given: Given) -> Given:
        name = self.job.named.name
        found = located.read(data, name, self.forms, lists=False)
        filing = found.read.filing
        findings = self.check(filing)
        places = found.places
        if inside := {one.path for mine in findings.values() for one in mine if "[" in one.path}:
            places = located.places(found, self.forms, name, inside)
        entries = list(filing.entries)
        blank = {at: self.where(at, one, self.forms[one.form], "", places[at]).sheet for at, one in enumerate(entries) if unfilled(one, self.forms[one.form])}
        sections = [section.title or "" for section in filing.sections for _ in section.entries]
        drawn: Sequence[tuple[Drawn, Mapping[str, str]] | None] = [None] * len(entries)
        if self.how.kept == SHEETS:
            try:
                drawn = self.draw(entries)
            except ProblemError as error:
                given = replace(given, unwritten=error.problems)
        kept = tuple(
            self.form(at, entry, sections[at], places[at], findings.get(at, ()), drawn[at])
            for at, entry in enumerate(entries)
            if at not in blank
        )
        self.write(b"".join(self.kept))
        sources = filing.sources
        return replace(given, kind=found.read.kind, forms=kept, blank=tuple(blank.values()), doubts=sum(len(one.doubts) for one in sources), leftover=sum(len(one.leftover) for one in sources))

    def write(self, data: bytes) -> None:
        """Puts bytes at the end of the file."""
        while data:
            data = data[self.file.write(data) :]

    def keep(self, data: bytes) -> Spooled:
        """Where the bytes will stand."""
        self.kept.append(data)
        self.length += len(data)
        return Spooled(self.spool, self.length - len(data), len(data))

    def check(self, filing: Filing) -> Mapping[int, Sequence[Finding]]:
        """The findings that count, and those that somebody accepted, by the number of the form."""
        found: dict[int, list[Finding]] = {}
        if self.how.checked:
            for one in check(filing, self.forms, self.how.profile or None, self.how.waivers, self.how.mappings):
                if one.answer == FAILS:
                    found.setdefault(one.entry, []).append(one)
        return found

    def draw(self, entries: Sequence[Entry]) -> list[tuple[Drawn, Mapping[str, str]]]:
        """Each form as the part of its sheet, with the squares of its JSON paths.

        Raises:
            ProblemError: where a sheet does not read back as its form.
        """
        texts: set[str] = set()
        filing = Filing((Section(None, tuple(entries)),))
        sheets = [self.parts.sheet(entry, self.back(at), texts) for at, entry in enumerate(entries)]
        refuse(filing, self.forms, texts)
        again = grid_reading.read_book(xlsx_reader.read(self.parts.workbook([xml for xml, *_ in sheets]), "workbook"), self.forms, "workbook")
        if differing := canonical.differences(filing, again):
            raise ProblemError(lost(filing, self.forms, differing) or problem("workbook-verify", "", what=", ".join(differing[:5])))
        drawn: list[tuple[Drawn, Mapping[str, str]]] = []
        for entry, (xml, taken, squares) in zip(entries, sheets, strict=True):
            part = pack(xml)
            cells = {role: squares[path] for role in MONEY for path in paths(self.forms[entry.form], role)[:1] if path in squares}
            drawn.append((Drawn(Stored(self.keep(part.packed), part.size, part.check), taken, cells), squares))
        return drawn

    def back(self, at: int) -> str:
        """The workbook's name for the row of a form in its register."""
        return f"form_{self.job.number}_{at + 1}"

    def form(self, at: int, entry: Entry, section: str, places: Places, findings: Sequence[Finding], drawn: tuple[Drawn, Mapping[str, str]] | None) -> Kept:
        form = self.forms[entry.form]
        counts = counted(findings)
        columns = columns_of(entry)
        made = signature(entry, form, self.where(at, entry, form, section, places), counts if self.how.checked else None, self.keep, columns)
        squares = drawn[1] if drawn else {}
        called = (made.unit or made.department, made.project or made.title)
        lines = packed_findings([_line(one, places, squares) for one in findings], *called, self.parts.palette) if findings else b""
        whole = replace(entry, source=Source()) if self.how.kept == ENTRIES else None
        rows = list_rows(entry, form, family(form), *called, self.parts.palette.listed, columns)
        return Kept(
            made, self.back(at), self.keep(packed_rows(rows)), len(rows), drawn[0] if drawn else None,
            self.keep(pickle.dumps(whole)) if whole else None, self.keep(lines) if lines else None,
        )  # fmt: skip

    def where(self, at: int, entry: Entry, form: Form, section: str, places: Places) -> Where:
        """Where the form stands, with the cells of its figures."""
        whole = places.get("")
        sheet = "" if whole is None else str(whole.where) if whole.kind == SHEET else whole.shown
        found = [(role, places[path].shown) for role in MONEY for path in paths(form, role)[:1] if path in places and entry.values.get(path) is not None]
        return Where(self.job.name, at + 1, sheet, section, tuple(found))


def _line(one: Finding, places: Places, squares: Mapping[str, str]) -> Found:
    """A finding as the workbook lists it."""
    place = place_of(one.path, places)
    cell = squares.get(one.path) or next((square for path, square in squares.items() if path.startswith(one.path)), "A1")
    return Found(
        one.severity, one.rule, place.shown if place else "", cell, one.caption, one.item, one.what.text("zh"), one.expected, one.found, one.sum,
        one.do.text("zh"), one.accepted,
    )  # fmt: skip
