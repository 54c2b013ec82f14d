"""Two files, or two folders of files, compared: their filings, the patch between them, and its lines for people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from xltool.diff import Patch, diff
from xltool.diff.files import partners
from xltool.diff.report import Line, report
from xltool.filing import Filing, Source
from xltool.jobs import reading
from xltool.jobs.reading import Forms
from xltool.jobs.sources import Named, find, several
from xltool.problems import Problem, ProblemError, problem


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: the words that named it, its filing, and of a single file its bytes and kind.

    ``files`` are those of a folder, an archive or a pattern: their names and filings, in the order of ``filing``.
    """

    shown: str
    filing: Filing
    named: Named | None = None
    data: bytes = b""
    kind: str = ""
    files: tuple[tuple[str, Filing], ...] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """Two sides, the patch that makes the first the second, and the files of either side of which the other has no form."""

    first: Side
    second: Side
    patch: Patch
    lone: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())

    def lines(self, forms: Forms, language: str | None = None) -> tuple[Line, ...]:
        """The differences for people."""
        return report(self.patch, self.first.filing, self.second.filing, forms, language)


def side(word: str, forms: Forms) -> Side:
    """The filing of a file; of a folder, an archive or a pattern those of its files, one after the other.

    Raises:
        ProblemError: where one of them cannot be read, or the word names nothing.
    """
    named, faults = find([word])
    if faults or not named:
        raise ProblemError(faults or [problem("nothing-to-read", word)])
    if not several([word]):
        data = named[0].read()
        read = reading.read_bytes(data, named[0].name, forms)
        return Side(named[0].shown, read.filing, named[0], data, read.kind)
    reads: list[tuple[str, Filing]] = []
    wrong: list[Problem] = []
    for one in named:
        try:
            reads.append((one.inside.as_posix(), reading.read_bytes(one.read(), one.name, forms).filing))
        except ProblemError as error:
            wrong.extend(error.problems)
    if wrong:
        raise ProblemError(wrong)
    return _together(word, reads)


def _together(word: str, files: Sequence[tuple[str, Filing]]) -> Side:
    sections = tuple(section for _, filing in files for section in filing.sections)
    return Side(word, Filing(sections, Source(Path(word).name)), files=tuple(files))


def compare(first: str, second: str, forms: Forms) -> Compared:
    """Both sides and what differs.

    Raises:
        ProblemError: every problem of either side.
    """
    sides: list[Side] = []
    faults: list[Problem] = []
    for word in (first, second):
        try:
            sides.append(side(word, forms))
        except ProblemError as error:
            faults.extend(error.problems)
    if faults:
        raise ProblemError(faults)
    a, b, lone = _beside(sides[0], sides[1], forms)
    return Compared(a, b, diff(a.filing, b.filing, forms), lone)


def _beside(first: Side, second: Side, forms: Forms) -> tuple[Side, Side, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Both sides with the files of a folder in the order of what they are compared with, and the files that have no partner."""
    if not (first.files or second.files):
        return first, second, ((), ())
    a, b = (side.files or ((side.shown, side.filing),) for side in (first, second))
    found = partners([one for _, one in a], [one for _, one in b], forms)
    lone = (tuple(a[at][0] for at in found.lone[0]), tuple(b[at][0] for at in found.lone[1]))
    if second.files:
        return first, _together(second.shown, [b[at] for at in found.order]), lone
    back = partners([one for _, one in b], [one for _, one in a], forms)
    return _together(first.shown, [a[at] for at in back.order]), second, lone
