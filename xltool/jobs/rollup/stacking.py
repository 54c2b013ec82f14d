"""The published container 汇总表: for each unit a title, then its forms one after another; proved a few forms at a time."""

from __future__ import annotations

import json
import pickle
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from zipfile import BadZipFile

from xltool import canonical
from xltool.filing import Entry, Filing, Section
from xltool.form import Form
from xltool.jobs.lost import lost
from xltool.jobs.rollup.assembling import Assembled
from xltool.problems import Problem, ProblemError, problem
from xltool.recovery import grid_reading
from xltool.rollup.model import Register, Subtotal
from xltool.surfaces import xlsx_reader
from xltool.surfaces.rollup_writer.register import TITLES, ordered, parents
from xltool.surfaces.rollup_writer.stacked import Stacked, cut
from xltool.surfaces.xlsx_writer.book import SECTIONS_PROPERTY
from xltool.surfaces.xlsx_writer.faults import refuse

TOGETHER = 12
"""Forms that are read back at once."""
_PATH = re.compile(r"sections\[(\d+)\]\.forms\[(\d+)\]\.?")


def write_stacked(made: Assembled, forms: Mapping[str, Form], out: Path, apart: Path) -> None:
    """The forms stand at ``out`` on one sheet, read back; a form that came twice word for word stands once.

    Raises:
        ProblemError: naming the files of forms that no workbook holds, or of those that read back differently.
    """
    sections = _sections(made)
    if not sections:
        raise ProblemError(problem("filing-empty"))
    _Stacking(made, forms, sections).write(out, apart)


def _sections(made: Assembled) -> list[tuple[str, list[int]]]:
    """A section for each unit of each register: its title, the rows of the rollup under it."""
    above = parents(made.rollup.trees)
    return [one for register in made.rollup.registers for unit in register.units for one in _titled(register, unit, made, above)]


def _titled(register: Register, unit: Subtotal, made: Assembled, above: dict[int, int]) -> Iterator[tuple[str, list[int]]]:
    """A unit's forms under the titles that they stood under, or under one made of unit and year."""
    found: dict[str, list[int]] = {}
    seen: set[str] = set()
    for row, _ in ordered(unit, above):
        signature = made.rollup.rows[row].signature
        if signature.hash in seen or made.kept[row].entry is None:
            continue
        seen.add(signature.hash)
        title = signature.where.section or f"{unit.unit or unit.department}{f'{register.year}年度' if register.year else ''}{TITLES[register.family]}"
        found.setdefault(title, []).append(row)
    yield from found.items()


@dataclass(slots=True)
class _Stacking:
    """The container while it is written and read back; ``order`` has for each form its section's number and its row of the rollup."""

    made: Assembled
    forms: Mapping[str, Form]
    sections: Sequence[tuple[str, Sequence[int]]]
    order: list[tuple[int, int]] = field(init=False)

    def __post_init__(self) -> None:
        self.order = [(number, row) for number, (_, rows) in enumerate(self.sections) for row in rows]

    def write(self, out: Path, apart: Path) -> None:
        kinds = list(dict.fromkeys(self.made.rollup.rows[row].signature.form for _, row in self.order))
        book = Stacked(self.forms, kinds, [(title, len(rows)) for title, rows in self.sections], apart)
        if faults := list(self.draw(book)):
            raise ProblemError(faults)
        book.close(out)
        try:
            for which, data in cut(out, book.blocks, TOGETHER):
                self.prove(which, data, bool(book.described))
        except (BadZipFile, zlib.error):
            raise ProblemError(problem("workbook-verify", "", what="xl/worksheets")) from None

    def draw(self, book: Stacked) -> Iterator[Problem]:
        """Puts every form into the workbook; a problem for each text that no cell can hold."""
        for title, rows in self.sections:
            book.begin(title, self.made.rollup.rows[rows[0]].signature.form)
            yield from self.refused(Section(title, ()), {title}, rows[:1])
            for row in rows:
                entry = self.entry(row)
                book.put(entry)
                yield from self.refused(Section(title, (entry,)), book.texts, [row])
                book.texts.clear()

    def refused(self, section: Section, texts: set[str], rows: Sequence[int]) -> Sequence[Problem]:
        try:
            refuse(Filing((section,)), self.forms, texts)
        except ProblemError as error:
            return [self.placed(one, Filing((section,)), rows) for one in error.problems]
        return ()

    def prove(self, which: range, data: bytes, described: bool) -> None:
        """Nothing comes back where some forms read back as they are, under their titles.

        Raises:
            ProblemError: with the file that a differing form came from.
        """
        order = [self.order[at] for at in which]
        parts = [(self.sections[number][0], [row for _, row in found]) for number, found in groupby(order, itemgetter(0))]
        filing = Filing(tuple(Section(title, tuple(map(self.entry, rows))) for title, rows in parts))
        # The document's properties are about all of its forms; of some they say this.
        said = {"title": parts[0][0]}
        if described:
            said[SECTIONS_PROPERTY] = json.dumps([[title, len(rows)] for title, rows in parts], ensure_ascii=False)
        book = xlsx_reader.read(data, "workbook")
        again = grid_reading.read_book(replace(book, properties={**book.properties, **said}), self.forms, "workbook")
        if differing := canonical.differences(filing, again):
            found = lost(filing, self.forms, differing) or [problem("workbook-verify", "", what=one) for one in differing[:5]]
            raise ProblemError([self.placed(one, filing, [row for _, row in order]) for one in found])

    def entry(self, row: int) -> Entry:
        """The form of a row of the rollup, from where it waits."""
        spooled = self.made.kept[row].entry
        assert spooled
        found: Entry = pickle.loads(spooled.read())
        return found

    def placed(self, one: Problem, filing: Filing, rows: Sequence[int]) -> Problem:
        """The problem at the file and form that its path leads to; ``rows`` are those of the filing's forms in order."""
        words = {name: (word, _PATH.match(word)) for name, word in one.words}
        found = next((path for _, path in words.values() if path), None)
        at = sum(len(section.entries) for section in filing.sections[: int(found[1])]) + int(found[2]) if found else 0
        inner = tuple((name, _PATH.sub("", word) if path else word) for name, (word, path) in words.items())
        return Problem(one.code, self.made.rollup.rows[rows[min(at, len(rows) - 1)]].signature.where.shown, inner)
