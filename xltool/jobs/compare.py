"""Two files, or two folders of files, compared: their filings, the patch between them, and its lines for people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from xltool.diff import Patch, diff
from xltool.diff.report import Line, report
from xltool.filing import Filing, Source
from xltool.jobs import convert
from xltool.jobs.convert import Forms, Read
from xltool.jobs.sources import Named, find, several
from xltool.problems import Problem, ProblemError, problem


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: the words that named it, its filing, and of a single file its bytes and kind."""

    shown: str
    filing: Filing
    named: Named | None = None
    data: bytes = b""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """Two sides, and the patch that makes the first the second."""

    first: Side
    second: Side
    patch: Patch

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
        read = convert.read_bytes(data, named[0].name, forms)
        return Side(named[0].shown, read.filing, named[0], data, read.kind)
    reads: list[Read] = []
    wrong: list[Problem] = []
    for one in named:
        try:
            reads.append(convert.read_bytes(one.read(), one.name, forms))
        except ProblemError as error:
            wrong.extend(error.problems)
    if wrong:
        raise ProblemError(wrong)
    return Side(word, _together(word, (read.filing for read in reads)))


def _together(word: str, filings: Iterable[Filing]) -> Filing:
    return Filing(tuple(section for filing in filings for section in filing.sections), Source(Path(word).name))


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
    return Compared(sides[0], sides[1], diff(sides[0].filing, sides[1].filing, forms))
