"""The sheet 冲突: each conflict with its three values and a place to choose; and the choices read back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xltool.canonical import has_parts
from xltool.diff.changes import Ref
from xltool.diff.patch_json import field_of
from xltool.diff.tree import Content, Forms, Mark, Node
from xltool.form import Field, Form
from xltool.grid import Grid, GridCell
from xltool.jobs import located
from xltool.jobs.marked import place_of
from xltool.merge import BASE, OURS, THEIRS, Conflict, Merged
from xltool.merge.conflict_json import mark_of
from xltool.merge.conflicts import CONTENT, PLACE
from xltool.merge.report import ConflictLine, report
from xltool.places import Place
from xltool.problems import Problem, ProblemError, problem
from xltool.recovery import grid_values
from xltool.recovery.grid_placement import MONEY_UNIT
from xltool.surfaces import xlsx_reader
from xltool.surfaces.xlsx_edit import Workbook, choices, marks
from xltool.surfaces.xlsx_edit.marks import Signature
from xltool.surfaces.xlsx_edit.table import HEAD_ROW, Linked, Table
from xltool.values import Value, normal, parse_target, plain

SHEET_NAME = "冲突"
CONFLICTS = Signature("xltool.conflicts", "冲突 (xltool)", "\n—— 冲突 ——\n", '"xltool-merge"="xltool-merge"')
SAID = {OURS: "我方", THEIRS: "对方", BASE: "原值"}
CHOOSE, TYPED, MARK = "选择", "另填", "编号"
HEADS = ("序号", "位置", "项目", "指标", "栏目", "原值", "我方", "对方", CHOOSE, TYPED, MARK)
WIDTHS = (5.0, 22.0, 20.0, 26.0, 18.0, 26.0, 26.0, 26.0, 10.0, 20.0, 10.0)
COLOUR, TO_FILL = "F8CBAD", "FFF2CC"
ASKED = "在“选择”一列选我方、对方或原值，或在“另填”一列写出应填的值；然后保存，用 xltool merge … --resolve 本文件 完成合并。表中暂为原值。"


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person chose: a side, or where there is none a content typed in; ``old`` is what stands there now."""

    side: str = ""
    typed: Content = None
    old: Content = None


def offered(data: bytes, name: str, merged: Merged, forms: Forms) -> bytes:
    """The bytes of the merged workbook with its conflicts marked, and listed on a sheet on which a person chooses."""
    book = Workbook(data, name)
    places = located.read(data, name, forms).places
    lines = report(merged.conflicts, merged.filing, forms, "zh")
    declared = [forms[entry.form] for entry in merged.filing.entries]
    chosen = [(line, place_of(line.at, line.path, places, declared), mark_of(one, forms)) for line, one in zip(lines, merged.conflicts, strict=True)]
    found: dict[tuple[str, int, int], marks.Mark] = {}
    for line, place, _ in chosen:
        if place:
            key = (str(place.where), place.row, place.column)
            text = f"{found[key].text}\n{_comment(line)}" if key in found else _comment(line)
            found[key] = marks.Mark(*key, COLOUR, text, line.number)
    table = Table(f"{SHEET_NAME}：{len(lines)} 处", ASKED, HEADS, WIDTHS, frozenset({1, HEADS.index(CHOOSE) + 1}), [_row(*one) for one in chosen])
    sheet = marks.put(book, SHEET_NAME, list(found.values()), table, CONFLICTS)
    choices.drop_down(sheet, HEAD_ROW + 1, HEAD_ROW + len(lines), HEADS.index(CHOOSE) + 1, tuple(SAID.values()), "请选我方、对方或原值；要填别的值，请写在“另填”一列")
    choices.hide_column(sheet, HEADS.index(MARK) + 1)
    return book.close()


def _comment(line: ConflictLine) -> str:
    where = f"【冲突 {line.number}】{line.where}".rstrip()
    return f"{where}\n原值：{line.base}\n我方：{line.ours}\n对方：{line.theirs}"


def _row(line: ConflictLine, place: Place | None, mark: str) -> list[Linked]:
    where = Linked(place.shown, sheet=str(place.where), square=place.address) if place else Linked("")
    texts = (line.entry, line.item, line.where, line.base, line.ours, line.theirs)
    return [Linked(str(line.number), COLOUR), where, *map(Linked, texts), Linked("", TO_FILL), Linked("", TO_FILL), Linked(mark)]


def read(data: bytes, name: str, merged: Merged, forms: Forms) -> list[Choice | None]:
    """For each conflict of a merge the choice that stands on the sheet; None where none was made.

    Raises:
        ProblemError: where there is no such sheet, it belongs to another merge, or a choice cannot be understood.
    """
    grid = next((one for one in xlsx_reader.read(data, name).grids if _heads(one)), None)
    if grid is None:
        raise ProblemError(problem("merge-sheet", name))
    rows = {mark: row for row in _rows(grid) if (mark := _text(row, MARK))}
    marked = [mark_of(one, forms) for one in merged.conflicts]
    if unknown := [mark for mark in rows if mark not in marked]:
        raise ProblemError(problem("merge-other", name, count=len(unknown)))
    faults: list[Problem] = []
    place = f"{name}: {grid.name}"
    found = [_choice(one, rows.get(mark, {}), place, faults, forms, _money(one, merged, forms)) for one, mark in zip(merged.conflicts, marked, strict=True)]
    if faults:
        raise ProblemError(faults)
    return found


def _money(one: Conflict, merged: Merged, forms: Forms) -> str:
    """The unit of money of the form that a conflict is in; empty where there is none, or where both sides gave it another."""
    entry = one.entry or one.of
    form, asked = forms.get(entry.form), {(other.entry or other.of).at for other in merged.conflicts if other.path == MONEY_UNIT}
    if form is None or entry.at in asked:
        return ""
    section, number = entry.at
    return form.money_unit(merged.filing.sections[section].entries[number].values)


def _heads(grid: Grid) -> dict[int, str]:
    """The columns of the sheet's heads by number; empty where this is another sheet."""
    found: dict[int, dict[int, str]] = {}
    for cell in grid.cells:
        if cell.text in HEADS:
            found.setdefault(cell.row, {})[cell.column] = cell.text
    return next((heads for heads in found.values() if {CHOOSE, TYPED, MARK} <= set(heads.values())), {})


def _rows(grid: Grid) -> Iterator[dict[str, GridCell]]:
    """The rows of the sheet, each cell by its head."""
    heads = _heads(grid)
    rows: dict[int, dict[str, GridCell]] = {}
    for cell in grid.cells:
        if cell.column in heads:
            rows.setdefault(cell.row, {})[heads[cell.column]] = cell
    return iter(rows[row] for row in sorted(rows) if _text(rows[row], MARK) != MARK)


def _text(row: dict[str, GridCell], head: str) -> str:
    return row[head].text.strip() if head in row else ""


def _choice(one: Conflict, row: dict[str, GridCell], place: str, faults: list[Problem], forms: Forms, money: str) -> Choice | None:
    said, number = _text(row, CHOOSE), _text(row, HEADS[0]) or "?"
    typed = row.get(TYPED)
    if typed and (typed.text.strip() or typed.formula):
        if said:
            faults.append(problem("merge-both", place, number=number))
            return None
        return _typed(one, typed, place, number, faults, forms, money)
    if not said:
        return None
    side = next((side for side, word in SAID.items() if normal(word) == normal(said)), "")
    if not side:
        faults.append(problem("merge-choice", place, number=number, found=said, known="、".join(SAID.values())))
        return None
    return Choice(side)


def _typed(one: Conflict, cell: GridCell, place: str, number: str, faults: list[Problem], forms: Forms, money: str) -> Choice | None:
    """The content that was typed in for a cell."""
    entry = one.entry or one.of
    form = forms.get(entry.form)
    field = field_of(form, one.list, one.path)
    if one.kind != CONTENT or form is None or field is None:
        faults.append(problem("merge-no-value", place, number=number))
        return None
    old = one.base
    assert not isinstance(old, Node | Ref)
    content, why = _content(cell, field, form, money)
    if why:
        faults.append(problem("merge-value", place, number=number, found=cell.text, why=why))
        return None
    return Choice("", content, old)


def _content(cell: GridCell, field: Field, form: Form, money: str) -> tuple[Content, str]:
    """What a cell says of a field of a form with this unit of ``money``, and why it cannot be taken."""
    if field.type == "target" and has_parts(form, field):
        found = parse_target(cell.text.strip(), form.units)
        return (Value(plain(found.value), found.operator, found.value, found.unit) if found.value is not None else found), ""
    reading = grid_values.read(cell.text.strip(), cell.value, cell.formula, field, form, money)
    return (Mark(reading.mark) if reading.mark else reading.value), reading.doubt


def words(one: Conflict, forms: Forms) -> str:
    """A conflict in a sentence: the row that it is about and its column."""
    entry = one.entry or one.of
    field = field_of(forms.get(entry.form), one.list, one.path)
    names = [plain_name for _, found in one.of.key if found is not None and (plain_name := str(getattr(found, "text", found)))]
    return " / ".join([*names, *([field.name] if field else []), *([one.kind] if one.kind == PLACE else [])])
