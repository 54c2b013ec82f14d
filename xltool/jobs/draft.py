"""A first mapping from an official blank: drafted, loaded as a mapping is, and held against the blank."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from xltool import caption_rule, mapping
from xltool.draft import Draft, draft
from xltool.draft.sheet import Drawn
from xltool.draft.writing import with_exceptions
from xltool.form import Form
from xltool.grid import Grid
from xltool.jobs import agree, kinds, store
from xltool.jobs.reading import Forms
from xltool.jobs.sources import find, paths
from xltool.problems import Problem, ProblemError, problem
from xltool.surfaces import xlsx_reader
from xltool.surfaces.xlsx_reader.drawing import Drawing, drawings, widths_of
from xltool.surfaces.xlsx_reader.merges import merges

UNNAMED = "new-form"
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Drafted:
    """A drafted mapping, and what the proof says of it: faults of the mapping, differences from the blank."""

    draft: Draft
    faults: tuple[Problem, ...] = ()


def drafted(data: bytes, name: str, forms: Forms, form_id: str = UNNAMED, sheet: str = "") -> Drafted:
    """The draft of a blank's fullest sheet, or of the one that is named.

    Raises:
        ProblemError: where it is no .xlsx, cannot be read, has no such sheet or nothing on it, or where no form can be called ``form_id``.
    """
    if (kind := kinds.recognise(data, name)) != kinds.XLSX:
        raise ProblemError(problem("draft-kind", name, found=kind))
    if not _ID.fullmatch(form_id):
        raise ProblemError(problem("draft-id", "", found=form_id))
    drawn = _drawn(data, name, sheet)
    made = draft(drawn, forms, form_id) if drawn else None
    if made is None:
        raise ProblemError(problem("draft-empty", name, sheet=sheet or "—"))
    try:
        form = mapping.read(made.text, f"{form_id}.yaml")
    except ProblemError as error:
        return Drafted(made, error.problems)
    made = with_exceptions(made, _exceptions(form))
    return Drafted(made, tuple(agree.differences(form, data, name)))


def _exceptions(form: Form) -> dict[str, str]:
    """The caption of each field that its caption does not spell."""
    return {dict(one.words)["field"]: dict(one.words)["caption"] for one in caption_rule.check(form) if one.code == "caption-rule"}


def _drawn(data: bytes, name: str, sheet: str) -> Drawn | None:
    book, merged, drawing = xlsx_reader.read(data, name), merges(data, name), drawings(data, name)
    if sheet and sheet not in (names := [one.name for one in book.grids]):
        raise ProblemError(problem("draft-sheet", name, sheet=sheet, known="、".join(names)))
    found = [one for one in book.grids if (one.name == sheet if sheet else not one.hidden)]
    if not found:
        return None
    grid = max(found, key=lambda one: len(merged.get(one.name, ())) + len(one.places))
    return _of_sheet(grid, merged.get(grid.name, ()), drawing.get(grid.name, Drawing()))


def _of_sheet(grid: Grid, merged: tuple[tuple[int, int, int, int], ...], drawing: Drawing) -> Drawn:
    columns = max((one[3] for one in (*grid.places, *merged)), default=0)
    widths = widths_of(drawing.widths, columns)
    return Drawn(grid, merged, drawing.formats, frozenset(drawing.unlocked), drawing.choices, widths, drawing.protected, frozenset(drawing.bordered))


def write(source: str, out: Path | None, forms: Forms, sheet: str = "", form_id: str = "", force: bool = False) -> Drafted:
    """The draft, which stands at ``out`` (None: nowhere).

    Raises:
        ProblemError: where it cannot be made or written; a file that stands there is replaced only by ``force``.
    """
    if out is not None:
        if out.suffix.lower() not in (".yaml", ".yml"):
            raise ProblemError(problem("out-kind-yaml", str(out), found=out.suffix or out.name))
        store.check_free(out, force, store.identities(paths([source])))
    named, faults = find([source])
    if faults or len(named) != 1:
        raise ProblemError(faults or [problem("draft-source", source, found=len(named))])
    stem = out.stem.lower().replace("_", "-") if out else ""
    made = drafted(named[0].read(), named[0].name, forms, form_id or (stem if _ID.fullmatch(stem) else UNNAMED), sheet)
    if out is not None:
        store.store(out, made.draft.text.encode(), force)
    return made
