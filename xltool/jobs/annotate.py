"""审核 findings written into a copy of the user's own workbook: coloured cells, comments, a sheet 审核结果 with links.

A source that is no .xlsx or .xlsm is annotated on the official workbook written from it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from xltool.check import FAILS, SEVERITIES, Finding
from xltool.form import Form
from xltool.grid import Grid
from xltool.jobs import convert, kinds, located, store
from xltool.jobs.into import Blank, opened
from xltool.jobs.located import Located
from xltool.jobs.sources import Named, results
from xltool.places import SHEET, Place, Places
from xltool.problems import Problem, ProblemError, problem
from xltool.surfaces import xlsx_reader
from xltool.surfaces.xlsx_edit import Workbook, marks
from xltool.surfaces.xlsx_edit.marks import Mark
from xltool.surfaces.xlsx_edit.package import Package
from xltool.surfaces.xlsx_edit.relations import related
from xltool.surfaces.xlsx_edit.table import Linked, Table

SHEET_NAME = "审核结果"
SUFFIXES = (".xlsx", ".xlsm")
SAID = {"error": "错误", "warning": "警告", "hint": "提示"}
UNKNOWN, ACCEPTED = "待核", "已豁免"
COLOURS = {"error": "FFC7CE", "warning": "FFEB9C", "hint": "DDEBF7"}
UNSURE = "E4DFEC"
"""The colour of a cell of which nobody can tell whether the rule holds."""
HEADS = ("序号", "程度", "工作表", "单元格", "项目", "栏目", "问题", "应为", "实为", "算式", "怎么办", "规则")
WIDTHS = (5.0, 7.0, 14.0, 8.0, 16.0, 18.0, 36.0, 14.0, 14.0, 22.0, 30.0, 14.0)


def cleaned(data: bytes, name: str) -> bytes:
    """The bytes of a workbook without the marks of an earlier check; any other file as it is.

    Raises:
        ProblemError: where the workbook cannot be read.
    """
    if not data.startswith(b"PK") or marks.FINDINGS.name.encode() not in _list_of_sheets(data, name):
        return data
    book = Workbook(data, name)
    marks.strip(book)
    return book.close()


def _list_of_sheets(data: bytes, name: str) -> bytes:
    """The part that names what a workbook holds; empty for another kind of file."""
    try:
        package = Package(data, name)
        return package.read(related(package, "", "officeDocument"))
    except ProblemError:
        return b""


@dataclass(frozen=True, slots=True)
class Copy:
    """A file and where its annotated copy goes."""

    named: Named
    out: Path


def copies(named: Sequence[Named], out: str, force: bool) -> list[Copy]:
    """For each file its copy: ``out`` itself for one file, else one in the folder ``out``.

    Raises:
        ProblemError: where ``out`` does not suit the files, or something stands there already.
    """
    path = Path(out)
    folder = path.is_dir() or len(named) != 1 or out.endswith(("/", os.sep))
    if folder and path.suffix.lower() in SUFFIXES and not path.is_dir():
        raise ProblemError(problem("folder-needed", out))
    if not folder and path.suffix.lower() not in SUFFIXES:
        raise ProblemError(problem("out-kind-xlsx", out, found=path.suffix or path.name))
    if any(one.path is None for one in named):
        raise ProblemError(problem("annotate-stdin"))
    suffixes = [one.inside.suffix.lower() if one.inside.suffix.lower() in SUFFIXES else ".xlsx" for one in named]
    ways = [path / way for way in results(named, suffixes)] if folder else [path]
    read = store.identities(one.path for one in named)
    for way in ways:
        store.check_free(way, force, read)
    return [Copy(one, way) for one, way in zip(named, ways, strict=True)]


def run(copy: Copy, forms: Mapping[str, Form], findings: Sequence[Finding], force: bool) -> tuple[Problem, ...]:
    """The problems, where the annotated copy of a file that was checked cannot stand in its place; none otherwise."""
    try:
        data = copy.named.read()
        found = located.read(cleaned(data, copy.named.name), copy.named.name, forms)
        store.store(copy.out, annotate(data, copy.named.name, forms, found, findings, str(copy.out)), force)
    except ProblemError as error:
        return error.problems
    return ()


def annotate(data: bytes, name: str, forms: Mapping[str, Form], found: Located, findings: Sequence[Finding], out: str = "") -> bytes:
    """The bytes of the annotated copy of a file that was read as ``found``; ``out`` is the name that it will have.

    Raises:
        ProblemError: where the workbook cannot be edited in place, ``out`` has the wrong suffix, or a value would not stay as it was.
    """
    if found.read.kind != kinds.XLSX:
        data = convert.render(found.read.filing, forms, kinds.XLSX)
        found = located.read(data, name, forms)
    book = opened(Blank(data, name), out)
    chosen = [(one, _place(one, found.places)) for one in findings]
    marks.put(book, SHEET_NAME, _marks(chosen), _table(name, chosen))
    made = book.close()
    _verify(data, made, name)
    return made


def _place(finding: Finding, places: Sequence[Places]) -> Place | None:
    """The cell that a finding is about: of its first field whose place is known, else of the form."""
    known = places[finding.entry] if finding.entry < len(places) else {}
    found = next((known[path] for path in (finding.path, *finding.paths, "") if path in known), None)
    return found if found and found.kind == SHEET and found.row else None


def _colour(finding: Finding) -> str:
    return COLOURS[finding.severity] if finding.answer == FAILS else UNSURE


def _marks(chosen: Sequence[tuple[Finding, Place | None]]) -> list[Mark]:
    """One mark a cell, in the colour of the worst that is found there; what is accepted marks no cell."""
    cells: dict[tuple[str, int, int], list[tuple[int, Finding]]] = {}
    for line, (finding, place) in enumerate(chosen, 1):
        if place and not finding.accepted:
            cells.setdefault((str(place.where), place.row, place.column), []).append((line, finding))
    return [_mark(cell, own) for cell, own in cells.items()]


def _mark(cell: tuple[str, int, int], own: Sequence[tuple[int, Finding]]) -> Mark:
    worst = min((finding for _, finding in own), key=lambda one: (one.answer != FAILS, SEVERITIES.index(one.severity)))
    text = "\n".join(f"【{_said(finding)}】{finding.what.zh}{_what_to_do(finding)}" for _, finding in own)
    return Mark(*cell, _colour(worst), text, own[0][0])


def _said(finding: Finding) -> str:
    return SAID[finding.severity] if finding.answer == FAILS else UNKNOWN


def _what_to_do(finding: Finding) -> str:
    return f"\n→ {finding.do.zh}" if finding.do.zh else ""


def _table(name: str, chosen: Sequence[tuple[Finding, Place | None]]) -> Table:
    counts = [f"{said} {sum(one.counts and one.severity == severity for one, _ in chosen)}" for severity, said in SAID.items()]
    unsure = sum(one.answer != FAILS and not one.accepted for one, _ in chosen)
    accepted = sum(bool(one.accepted) for one, _ in chosen)
    below = "，".join([*counts, f"{UNKNOWN} {unsure}", f"{ACCEPTED} {accepted}"])
    lines = [_line(number, finding, place) for number, (finding, place) in enumerate(chosen, 1)]
    return Table(f"{SHEET_NAME}：{PurePath(name).name}", below, HEADS, WIDTHS, frozenset({1, 2, 4}), lines)


def _line(number: int, finding: Finding, place: Place | None) -> list[Linked]:
    caption = f"{finding.caption}（{finding.item}）" if finding.item else finding.caption
    said = ACCEPTED if finding.accepted else _said(finding)
    do = f"{ACCEPTED}：{finding.accepted}" if finding.accepted else finding.do.zh
    where = (Linked(str(place.where)), Linked(place.address, sheet=str(place.where), square=place.address)) if place else (Linked(""), Linked(""))
    texts = (finding.project, caption, finding.what.zh, finding.expected, finding.found, finding.sum, do, finding.rule)
    return [Linked(str(number)), Linked(said, "" if finding.accepted else _colour(finding)), *where, *map(Linked, texts)]


def _verify(before: bytes, after: bytes, name: str) -> None:
    """Nothing comes back where every sheet of the user's shows what it showed.

    Raises:
        ProblemError: workbook-verify, naming the first sheet that differs.
    """
    shown = {grid.name: _shown(grid) for grid in xlsx_reader.read(after, name).grids}
    for grid in xlsx_reader.read(cleaned(before, name), name).grids:
        if shown.get(grid.name) != _shown(grid):
            raise ProblemError(problem("workbook-verify", name, what=grid.name))


def _shown(grid: Grid) -> object:
    """What a sheet shows, its comments left out: a cell that holds nothing but one is no cell of it otherwise."""
    return grid.hidden, [(*cell[:5], cell.value, cell.formula) for cell in grid.cells if cell.text or cell.formula]
