"""Convert: any readable source into a filing, a filing into a workbook or JSON that was verified before it is stored."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from xltool import canonical
from xltool.filing import Filing
from xltool.jobs import into, kinds, store
from xltool.jobs.into import Blank, Written
from xltool.jobs.ledger import Ledger
from xltool.jobs.lost import lost
from xltool.jobs.reading import Folders, Forms, Read, forms_of, read_bytes
from xltool.jobs.sources import STDIN, Named, find, paths, results, several
from xltool.places import SHEET
from xltool.problems import Problem, ProblemError, problem
from xltool.recovery import grid_reading, table_text
from xltool.surfaces import json_file, pdf, xlsx_reader, xlsx_writer
from xltool.unfilled import unfilled
from xltool.upload import Importer, Prepared, prepare

KINDS = {".xlsx": kinds.XLSX, ".json": kinds.JSON}
SUFFIXES = {kind: suffix for suffix, kind in KINDS.items()}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source: what was read, where the result stands, or the problems."""

    source: str
    read: Read | None = None
    out: Path | None = None
    data: bytes = b""
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for. ``to`` is a kind, or None for the other way (workbook to JSON, the rest to a workbook).

    ``into`` is the workbook that the values are written into. ``importer`` is what the copy is for, ``stored`` what it
    holds already.
    """

    to: str | None = None
    stacked: bool = False
    force: bool = False
    into: Blank | None = None
    importer: Importer | None = None
    stored: Filing | None = None

    def kind(self, source: str) -> str:
        """The kind to write for a source of a kind."""
        return self.to or (kinds.JSON if source == kinds.XLSX and not (self.into or self.importer) else kinds.XLSX)


@dataclass(frozen=True, slots=True)
class Task:
    """One source and the file that it becomes (None: stdout)."""

    named: Named
    out: Path | None
    wanted: Wanted


def render(filing: Filing, forms: Forms, to: str, stacked: bool = False) -> bytes:
    """The bytes of a workbook or JSON file; a workbook was read back and says the same.

    Raises:
        ProblemError: where the filing cannot be written, or the workbook reads back differently.
    """
    if to == kinds.JSON:
        return json_file.write(filing, forms)
    if not any(True for _ in filing.entries):
        raise ProblemError(problem("filing-empty"))
    data = xlsx_writer.write(filing, forms, stacked=stacked)
    verify(data, filing, forms)
    return data


def blank_of(word: str, stacked: bool, to: str | None) -> Blank:
    """The workbook that values are written into, by the word that names it.

    Raises:
        ProblemError: where the other options ask for something else, or it cannot be read or edited.
    """
    if stacked or to == kinds.JSON:
        raise ProblemError(problem("into-alone"))
    blank = Blank(Named(Path(word), Path(word)).read(), word)
    into.opened(blank)
    return blank


def made(read: Read, forms: Forms, wanted: Wanted, out: Path | None) -> Written:
    """What a source becomes: a workbook or JSON, or the workbook that it is written into; and what deserves a look there.

    Raises:
        ProblemError: as ``render`` and ``into.write`` do.
    """
    if wanted.into:
        return into.write(read.filing, forms, wanted.into, str(out) if out else "")
    ready = prepare(read.filing, forms, wanted.importer, wanted.stored) if wanted.importer else Prepared(read.filing, ())
    kind = wanted.kind(read.kind)
    stacked = (problem("stacked-json"),) if wanted.stacked and kind == kinds.JSON else ()
    return Written(render(ready.filing, forms, kind, wanted.stacked), (*_blanks(read.filing, forms), *ready.notes, *stacked))


def _blanks(filing: Filing, forms: Forms) -> Iterator[Problem]:
    """A note for each form that nobody has filled in: workbooks keep such copies."""
    for one in filing.entries:
        if unfilled(one, forms[one.form]):
            kind, where = one.source.place or ("", "")
            yield problem("form-blank", str(where) if kind == SHEET else "", form=one.title)


def verify(data: bytes, filing: Filing, forms: Forms) -> None:
    """Nothing comes back where a workbook reads back as the filing.

    Raises:
        ProblemError: naming the values that no workbook holds, else the first paths that differ.
    """
    again = grid_reading.read_book(xlsx_reader.read(data, "workbook"), forms, "workbook")
    if differing := canonical.differences(filing, again):
        raise ProblemError(lost(filing, forms, differing) or problem("workbook-verify", "", what=", ".join(differing[:5])))


def plan(words: Sequence[str], out: str | None, wanted: Wanted, beside: Sequence[str] = ()) -> tuple[list[Task], list[Problem]]:
    """What there is to do, in order, and a problem for each word that names nothing, and for each result that would take
    the place of what is read; ``beside`` are the words of other files that are read.

    Raises:
        ProblemError: where ``out`` does not suit the sources; nothing was read or written then.
    """
    if out is None or out == STDIN:
        return _to_stdout(words, out, wanted)
    path = Path(out)
    if not into_folder(words, out, wanted):
        return _to_file(words, path, wanted, beside)
    if not path.is_dir() and (path.exists() or path.suffix.lower() in KINDS):
        raise ProblemError(_folder_needed(words, out))
    named, faults = find(words, apart=path)
    named = _without_results(named, path, words)
    to = [wanted.kind(_kind(one)) for one in named]
    ways = results(named, [SUFFIXES[kind] for kind in to])
    return _apart([Task(one, path / way, replace(wanted, to=kind)) for one, way, kind in zip(named, ways, to, strict=True)], faults, beside)


def _apart(tasks: list[Task], faults: list[Problem], beside: Sequence[str]) -> tuple[list[Task], list[Problem]]:
    """The tasks whose results take the place of nothing that is read; each of the others is a problem more."""
    read = store.identities([*(one.named.path for one in tasks), *paths(beside)])
    over = [str(one.out) for one in tasks if one.out and store.identity(one.out) in read]
    return [one for one in tasks if str(one.out) not in over], [*faults, *(problem("out-is-source", out) for out in over)]


def _folder_needed(words: Sequence[str], place: str = "") -> list[Problem]:
    """What is wrong where several sources go into one file: that, or that they name nothing at all."""
    named, faults = find(words)
    return faults if faults and not named else [problem("folder-needed", place)]


def into_folder(words: Sequence[str], out: str | None, wanted: Wanted) -> bool:
    """True where ``out`` is a folder, into which each source becomes a file."""
    if out is None or out == STDIN:
        return False
    path = Path(out)
    return several(words) or path.is_dir() or bool(wanted.to and not path.suffix) or out.endswith(("/", os.sep))


def _without_results(named: list[Named], folder: Path, words: Sequence[str]) -> list[Named]:
    """The sources without what earlier runs wrote: where both share a folder, a result is a source only by its name."""
    written = {os.path.realpath(one) for one in Ledger(folder).results()} - {os.path.realpath(word) for word in words}
    return [one for one in named if one.path is None or os.path.realpath(one.path) not in written]


def _to_stdout(words: Sequence[str], out: str | None, wanted: Wanted) -> tuple[list[Task], list[Problem]]:
    if several(words):
        raise ProblemError(_folder_needed(words))
    if out is None and (wanted.to == kinds.XLSX or wanted.into):
        raise ProblemError(problem("out-needed"))
    named, faults = find(words)
    return [Task(one, None, replace(wanted, to=wanted.to or kinds.JSON)) for one in named], faults


def _to_file(words: Sequence[str], path: Path, wanted: Wanted, beside: Sequence[str]) -> tuple[list[Task], list[Problem]]:
    to = KINDS.get(path.suffix.lower()) or (kinds.XLSX if wanted.into and path.suffix.lower() == ".xlsm" else None)
    if to and wanted.to and to != wanted.to:
        raise ProblemError(problem("out-kind-to", str(path), found=path.suffix, to=wanted.to))
    if to is None:
        raise ProblemError(problem("out-kind", str(path), found=path.suffix or path.name))
    named, faults = find(words)
    if wanted.into and to == kinds.JSON:
        raise ProblemError(problem("into-alone", str(path)))
    store.check_free(path, wanted.force, store.identities([*(one.path for one in named), *paths(beside)]))
    return [Task(one, path, replace(wanted, to=to)) for one in named], faults


def _kind(named: Named) -> str:
    """The kind of a file by its head; one that cannot be read is named when its turn comes."""
    head = named.head()
    try:
        # What a package holds stands in its directory, at the end.
        return kinds.recognise(named.read() if head.startswith(b"PK") and named.path else head, named.name)
    except ProblemError:
        return kinds.TEXT


def run(task: Task, forms: Forms) -> Outcome:
    """What became of one source."""
    read = None
    try:
        if task.out:
            store.check_free(task.out, task.wanted.force)
        read = read_bytes(task.named.read(), task.named.name, forms)
        written = made(read, forms, task.wanted, task.out)
        if task.out:
            store.store(task.out, written.data, task.wanted.force)
        return Outcome(task.named.shown, read, task.out, written.data, notes=written.notes)
    except ProblemError as error:
        return Outcome(task.named.shown, read, problems=error.problems)


def debug_image(words: Sequence[str], out: Path, force: bool = False) -> None:
    """A picture of a PDF's pages with the grid found on them stands at ``out``.

    Raises:
        ProblemError: where the words name anything but one PDF, or it cannot be read or drawn.
    """
    named, _ = find(words)
    if len(named) != 1 or named[0].path is None or kinds.recognise(data := named[0].read(), named[0].name) != kinds.PDF:
        raise ProblemError(problem("debug-image", str(out)))
    store.check_free(out, force, store.identities([named[0].path]))
    store.store(out, pdf.picture(data, pdf.read(data, named[0].name), named[0].name), force)


def read(path: str | os.PathLike[str], mappings: Folders = ()) -> Filing:
    """The filing of a file of any kind that can be read.

    Raises:
        ProblemError: where it cannot be read, or holds no known form.
    """
    file = Path(path)
    return read_bytes(Named(file, file).read(), file.name, forms_of(mappings)).filing


def write(filing: Filing, path: str | os.PathLike[str], mappings: Folders = (), *, stacked: bool = False, force: bool = False) -> None:  # fmt: skip
    """The filing stands at ``path``: a workbook or JSON by its suffix, verified, written whole or not at all.

    Raises:
        ProblemError: where it cannot be written; a file that stands there is replaced only by ``force``.
    """
    file = Path(path)
    to = KINDS.get(file.suffix.lower())
    if to is None:
        raise ProblemError(problem("out-kind", str(file), found=file.suffix or file.name))
    store.check_free(file, force)
    store.store(file, render(filing, forms_of(mappings), to, stacked), force)


def loads_text(text: str, mappings: Folders = ()) -> dict[str, Any]:
    """The canonical JSON (its numbers ``Decimal``) of a filing's text, ``source`` included.

    Raises:
        ProblemError: where the text holds no known form.
    """
    forms = forms_of(mappings)
    return canonical.to_json(table_text.read_text(text, forms, "").filing, forms)
