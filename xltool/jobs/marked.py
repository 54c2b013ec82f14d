"""The differences of two filings marked in a copy of the second: coloured cells, old values in comments, a sheet 差异.

A second file that is an .xlsx of a user's is marked as it is; of any other the official workbook is.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePath

from xltool.diff.changes import ADDED, MOVED, REMOVED
from xltool.diff.report import RENAMED, Line, counts
from xltool.diff.wording import said
from xltool.form import Form
from xltool.jobs import convert, into, kinds, located, store
from xltool.jobs.compare import Compared
from xltool.jobs.reading import Forms
from xltool.places import SHEET, Place, Places
from xltool.problems import ProblemError
from xltool.surfaces.xlsx_edit import Workbook, marks, risks
from xltool.surfaces.xlsx_edit.marks import Mark, Signature
from xltool.surfaces.xlsx_edit.table import Linked, Table

SHEET_NAME = "差异"
DIFFERENCES = Signature("xltool.differences", "差异 (xltool)", "\n—— 差异 ——\n", '"xltool-diff"="xltool-diff"')
COLOURS = {"changed": "FFEB9C", RENAMED: "FFEB9C", ADDED: "C6EFCE", REMOVED: "FFC7CE", MOVED: "DDEBF7"}
HEADS = ("序号", "类别", "位置", "项目", "指标", "栏目", "原值", "现值", "说明")
WIDTHS = (5.0, 7.0, 22.0, 20.0, 26.0, 18.0, 30.0, 30.0, 24.0)


def write(found: Compared, forms: Forms, out: str, force: bool = False) -> None:
    """The marked copy stands at ``out``.

    Raises:
        ProblemError: where the workbook cannot be edited in place, or nothing can be written there.
    """
    store.store(Path(out), marked(found, forms, out), force)


def marked(found: Compared, forms: Forms, out: str = "") -> bytes:
    """The bytes of the marked copy of the second side; ``out`` is the name that it will have.

    Raises:
        ProblemError: as ``write`` does.
    """
    second, data = found.second, found.second.data
    name = second.named.name if second.named else PurePath(out).name or "workbook.xlsx"
    if second.kind != kinds.XLSX:
        data = convert.render(second.filing, forms, kinds.XLSX)
    book = Workbook(data, name)
    if refused := list(risks.refusals(book)):
        raise ProblemError(refused)
    into.check_suffix(book, out)
    lines = found.lines(forms, "zh")
    places = located.read(data, name, forms).places
    declared = [forms[entry.form] for entry in second.filing.entries]
    chosen = [(line, place_of(line.at, line.path, places, declared)) for line in lines]
    marks.put(book, SHEET_NAME, _marks(chosen, places, declared), _table(found, chosen), DIFFERENCES)
    return book.close()


def place_of(at: int, path: str, places: Sequence[Places], forms: Sequence[Form]) -> Place | None:
    """The cell of a path of an entry; of a whole row the first that is its own; else of the form."""
    if not 0 <= at < len(places):
        return None
    known = places[at]
    own = own_cells(path, known, forms[at]) if path.endswith("]") else []
    found = own[0] if own else known.get(path) or known.get("")
    return found if found and found.kind == SHEET and found.row else None


def own_cells(path: str, known: Places, form: Form) -> list[Place]:
    """The cells that belong to a row alone: not those that are merged over several rows."""
    name = path.partition("[")[0]
    own = [form.fields[one].path for one in form.lists[name].own]
    return [place for inner in own if (place := known.get(f"{path}.{inner}"))]


def _marks(chosen: Sequence[tuple[Line, Place | None]], places: Sequence[Places], forms: Sequence[Form]) -> list[Mark]:
    """One mark a cell; of a row that was added every cell of its own is coloured."""
    found: dict[tuple[str, int, int], Mark] = {}
    for number, (line, place) in enumerate(chosen, 1):
        if place is None or line.kind == REMOVED or (not line.path and line.kind != ADDED):
            continue
        cells = [place]
        if line.kind == ADDED and line.path:
            cells = own_cells(line.path, places[line.at], forms[line.at]) or cells
        for at, cell in enumerate(cells):
            key = (str(cell.where), cell.row, cell.column)
            text = comment(line) if at == 0 else said(line.kind, "zh")
            if key in found:
                text = f"{found[key].text}\n{text}"
            found[key] = Mark(*key, COLOURS[line.kind], text, number)
    return list(found.values())


def comment(line: Line) -> str:
    """What the comment on a cell says."""
    what = said(line.kind, "zh")
    if line.kind in (ADDED, MOVED):
        return "：".join((what, "；".join(line.notes))) if line.notes else what
    return "\n".join((f"【{what}】原值：{line.old or said('nothing', 'zh')}", *line.notes))


def _table(found: Compared, chosen: Sequence[tuple[Line, Place | None]]) -> Table:
    kinds_found = counts([line for line, _ in chosen])
    below = "，".join(f"{said(kind, 'zh')} {count}" for kind, count in kinds_found.items()) or "没有不同"
    title = f"{SHEET_NAME}：{PurePath(found.first.shown).name} → {PurePath(found.second.shown).name}"
    return Table(title, below, HEADS, WIDTHS, frozenset({1, 2}), [_line(number, line, place) for number, (line, place) in enumerate(chosen, 1)])


def _line(number: int, line: Line, place: Place | None) -> list[Linked]:
    where = Linked(place.shown, sheet=str(place.where), square=place.address) if place else Linked("")
    texts = (line.entry, line.item, line.where, line.old, line.new, "；".join(line.notes))
    return [Linked(str(number)), Linked(said(line.kind, "zh"), COLOURS[line.kind]), where, *map(Linked, texts)]


