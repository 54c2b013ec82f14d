"""A folder while people fill it in: each file read again when it has been saved, what is wrong in it, what has changed since.

Polling by time and size, for it works on every system and on the network drives on which units share files. A file is read when it has stayed
the same from one look to the next; one that cannot be read may be half saved, so it gets a few more looks. So does one that is away:
Excel and WPS write beside the file, put it away and rename, and for a moment nothing has its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from xltool.check import Finding, Waiver, check
from xltool.diff import diff
from xltool.diff.report import Line, report
from xltool.filing import Filing
from xltool.jobs import located
from xltool.jobs.annotate import cleaned
from xltool.jobs.check import read_waivers
from xltool.jobs.reading import Forms
from xltool.jobs.sources import Named, find
from xltool.places import Place, place_of
from xltool.problems import Problem, ProblemError, problem

LOOKS = 3
"""How often a file that cannot be read is tried, or one that is away is looked for, before that is said: a program may be saving it."""
_ON_THE_WAY = re.compile(r"~.*|.*\.(tmp|temp|part|crdownload)|[0-9A-F]{7,8}", re.IGNORECASE)
"""What a program writes beside a file while it saves or fetches it: Excel 5A3B1C00, Word ~WRL0001.tmp, a browser's parts."""
Stamp = tuple[int, int]
"""When a file was written last, and its size."""
Found = tuple[Finding, Place | None]


@dataclass(frozen=True, slots=True)
class Event:
    """What came of a file: that it is there (``new``), was saved again, is gone, or cannot be read.

    ``lines`` are the differences since it was read last, ``found`` the findings that are new, ``solved`` those that are
    not found any more, ``waived`` those that a waiver has accepted since; ``count`` and ``accepted`` say how many there
    are now that count, and that are accepted.
    """

    source: str
    new: bool = False
    gone: bool = False
    lines: tuple[Line, ...] = ()
    found: tuple[Found, ...] = ()
    solved: tuple[Finding, ...] = ()
    waived: tuple[Finding, ...] = ()
    count: int = 0
    accepted: int = 0
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class _File:
    """What is known of a file: the stamp seen at the last look, the one it was read at, what was read; for how many looks it is ``away``."""

    stamp: Stamp
    read_at: Stamp | None = None
    looks: int = 0
    away: int = 0
    filing: Filing | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(slots=True)
class Watch:
    """A folder that is watched; ``profile`` and ``mappings`` are those of ``check``, ``waivers_file`` is obeyed as it stands at each look."""

    folder: Path
    forms: Forms
    mappings: tuple[str, ...] = ()
    profile: str = ""
    waivers_file: str | None = None
    known: dict[Path, _File] = field(default_factory=dict)
    waivers: tuple[Waiver, ...] = ()
    waivers_stamp: Stamp | None = None

    def look(self, settled: bool = False) -> Iterator[Event]:
        """What has come of the files since the last look; ``settled`` reads every file at once and as it is.

        Raises:
            ProblemError: where the folder is none, or the file of waivers was changed and cannot be read.
        """
        if not self.folder.is_dir():
            raise ProblemError(problem("watch-folder", str(self.folder)))
        self._read_waivers()
        named, wrong = find([str(self.folder)])
        here = {one.path: one for one in named if one.path and not one.member and not _ON_THE_WAY.fullmatch(one.path.name)}
        yield from self._gone([path for path in self.known if path not in here])
        for path, one in here.items():
            if (event := self._look_at(path, one, settled)) is not None:
                yield event
        if settled and wrong and not here:
            raise ProblemError(wrong)

    def _read_waivers(self) -> None:
        """Every file is judged again where the waivers have changed; a file of them that has faults is told once, what was read before holds."""
        if self.waivers_file is None:
            return
        stamp = _stamp(Path(self.waivers_file))
        if self.waivers_stamp is not None and stamp in (None, self.waivers_stamp):
            # One that is away is being saved, or was put away: what was accepted is accepted.
            return
        self.waivers_stamp = stamp
        found = read_waivers(self.waivers_file)
        if found != self.waivers:
            self.waivers = found
            for file in self.known.values():
                file.read_at = None

    def _gone(self, away: list[Path]) -> Iterator[Event]:
        """Those of the files that have been away for so long that nobody is saving them."""
        for path in away:
            file = self.known[path]
            file.away += 1
            if file.away == LOOKS:
                del self.known[path]
                if file.read_at is not None:
                    yield Event(_shown(path, self.folder), gone=True)

    def _look_at(self, path: Path, named: Named, settled: bool) -> Event | None:
        stamp = _stamp(path)
        if stamp is None:
            return None
        file = self.known.setdefault(path, _File(stamp, looks=-1))
        still = file.stamp == stamp and file.looks >= 0
        file.stamp, file.looks, file.away = stamp, max(file.looks, 0), 0
        if stamp == file.read_at or not (still or settled):
            return None
        try:
            return self._read(path, named, file, stamp, settled)
        except ProblemError as error:
            file.looks += 1
            if file.looks < LOOKS and not settled:
                return None
            file.read_at, file.looks = stamp, 0
            return Event(_shown(path, self.folder), new=file.filing is None, problems=error.problems)

    def _read(self, path: Path, named: Named, file: _File, stamp: Stamp, settled: bool) -> Event | None:
        """The event of a file that was read; None where nothing that it says has changed."""
        found = located.read(cleaned(named.read(), named.name), named.name, self.forms)
        if _stamp(path) != stamp and not settled:
            # It was written while it was read: the next look sees it whole.
            return None
        before, filing = file.filing, found.read.filing
        findings = check(filing, self.forms, self.profile or None, self.waivers, self.mappings)
        known = {_sign(one) for one in file.findings if not one.accepted}
        now = {_sign(one) for one in findings}
        fresh = tuple((one, place_of(one.path, found.places[one.entry])) for one in findings if not one.accepted and _sign(one) not in known)
        solved = tuple(one for one in file.findings if not one.accepted and _sign(one) not in now)
        waived = tuple(one for one in findings if one.accepted and _sign(one) in known)
        lines = report(diff(before, filing, self.forms), before, filing, self.forms) if before else ()
        file.filing, file.findings, file.read_at, file.looks = filing, findings, stamp, 0
        if before and not (lines or fresh or solved or waived):
            return None
        count, accepted = sum(one.counts for one in findings), sum(bool(one.accepted) for one in findings)
        return Event(_shown(path, self.folder), before is None, False, lines, fresh, solved, waived, count, accepted)


def _stamp(path: Path) -> Stamp | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def _shown(path: Path, folder: Path) -> str:
    try:
        return str(path.relative_to(folder))
    except ValueError:
        return str(path)


def _sign(one: Finding) -> tuple[str, ...]:
    """What a finding is known by, wherever its row has moved."""
    return one.rule, one.answer, one.form, one.project, one.item, one.caption, one.expected, one.found
