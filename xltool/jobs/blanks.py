"""A blank form as a workbook."""

from __future__ import annotations

from pathlib import Path

from xltool.form import Form
from xltool.jobs import agree, store
from xltool.problems import ProblemError, problem
from xltool.surfaces import xlsx_writer

ROWS = 12


def blank(form: Form, rows: int = ROWS) -> bytes:
    """The bytes of a workbook with the empty form, its lists of ``rows`` empty rows; it agrees with the mapping.

    Raises:
        ProblemError: each caption or merge that the written workbook does not have as the layout has it.
    """
    data = xlsx_writer.write_blank(form, rows)
    if faults := agree.differences(form, data, form.id):
        raise ProblemError(faults)
    return data


def write_blank(form: Form, path: Path, rows: int = ROWS, force: bool = False) -> None:
    """The blank form stands at ``path``.

    Raises:
        ProblemError: where it cannot be written; a file that stands there is replaced only by ``force``.
    """
    if path.suffix.lower() != ".xlsx":
        raise ProblemError(problem("out-kind-xlsx", str(path), found=path.suffix or path.name))
    store.check_free(path, force)
    store.store(path, blank(form, rows), force)
