"""A blank form as a workbook that guides whoever fills it in, or one that the form of the step before begins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from xltool import canonical
from xltool.filing import Entry, Filing, Section
from xltool.form import Form
from xltool.jobs import agree, store
from xltool.jobs.reading import read_bytes
from xltool.jobs.sources import find, paths
from xltool.prefill import prefill
from xltool.problems import Problem, ProblemError, problem
from xltool.recovery import grid_reading
from xltool.surfaces import xlsx_reader, xlsx_writer

ROWS = 12


@dataclass(frozen=True, slots=True)
class Begun:
    """A workbook that an earlier filing begins, and what a person should know of how it came to be."""

    data: bytes
    notes: tuple[Problem, ...] = ()


def blank(form: Form, rows: int = ROWS) -> bytes:
    """The bytes of a workbook with the empty form, its lists of ``rows`` empty rows; it agrees with the mapping.

    Raises:
        ProblemError: each caption or merge that the written workbook does not have as the layout has it.
    """
    data = xlsx_writer.write_template(form, rows)
    if faults := agree.differences(form, data, form.id):
        raise ProblemError(faults)
    return data


def begun(form: Form, filing: Filing, forms: Mapping[str, Form], rows: int = ROWS) -> Begun:
    """The workbook that a filing of the step before begins: a sheet for each of its forms; read back it says the same.

    Raises:
        ProblemError: where the filing holds no form, or a value that no workbook holds.
    """
    made = [prefill(form, entry, forms[entry.form]) for entry in filing.entries]
    if not made:
        raise ProblemError(problem("filing-empty"))
    entries = [one.entry for one in made]
    data = xlsx_writer.write_template(form, rows, entries)
    _verify(data, entries, {form.id: form})
    return Begun(data, tuple(note for one in made for note in one.notes))


def _verify(data: bytes, entries: Sequence[Entry], forms: Mapping[str, Form]) -> None:
    """Nothing comes back where a workbook reads back as its entries; what it computes by itself is none of theirs."""
    again = grid_reading.read_book(xlsx_reader.read(data, "workbook"), forms, "workbook")
    differing = canonical.differences(Filing((Section(None, tuple(entries)),)), again)
    computed = {one.path for form in forms.values() for one in form.scalars if one.type in ("money", "percent", "number")}
    held = [path for path in differing if path.partition(".forms[")[2].partition("].")[2] not in computed]
    if held:
        raise ProblemError(problem("workbook-verify", "", what=", ".join(held[:5])))


def write(form: Form, path: Path | None, source: str, forms: Mapping[str, Form], rows: int = ROWS, force: bool = False) -> Begun:
    """The workbook, which stands at ``path`` (None: nowhere); ``source`` names a filing that begins it, if it is not empty.

    Raises:
        ProblemError: where it cannot be made or written; a file that stands there is replaced only by ``force``.
    """
    if path is not None:
        if path.suffix.lower() != ".xlsx":
            raise ProblemError(problem("out-kind-xlsx", str(path), found=path.suffix or path.name))
        store.check_free(path, force, store.identities(paths([source] if source else [])))
    made = begun(form, _filing(source, forms), forms, rows) if source else Begun(blank(form, rows))
    if path is not None:
        store.store(path, made.data, force)
    return made


def _filing(source: str, forms: Mapping[str, Form]) -> Filing:
    """The filing of the one file that a word names.

    Raises:
        ProblemError: where it names none or several, or it cannot be read.
    """
    named, faults = find([source])
    if faults:
        raise ProblemError(faults)
    if len(named) != 1:
        raise ProblemError(problem("template-source", source, found=len(named)))
    return read_bytes(named[0].read(), named[0].name, forms).filing
