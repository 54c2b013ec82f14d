"""Rows put into a sheet, or taken out of it: everything in the workbook that refers to what lies below follows."""

from __future__ import annotations

import re
from dataclasses import replace

from xltool.grid import address
from xltool.surfaces.xlsx_edit.anchors import (
    anchor_splices,
    follow_drawing,
    follow_notes,
    follow_vml,
)
from xltool.surfaces.xlsx_edit.cells import Cell, Row, with_formula
from xltool.surfaces.xlsx_edit.markup import attribute_splice, parse, spliced
from xltool.surfaces.xlsx_edit.references import (
    Shift,
    moved,
    named,
    rectangle,
    replaced,
    sheet_named,
    shifted_list,
)
from xltool.surfaces.xlsx_edit.relations import Relation, relations
from xltool.surfaces.xlsx_edit.sheet import DATA, Sheet
from xltool.surfaces.xlsx_edit.shifting import Move, follow
from xltool.surfaces.xlsx_edit.workbook import Workbook

_PLAIN = re.compile(r"[^&<>'\"]+")
_EXTENDED = ("dataValidations", "conditionalFormatting", "extLst")
_CONTROLS = ("controls", "oleObjects", "AlternateContent")
_LINK = re.compile(r"fmla\w+")
OTHER = b"!"
"""What stands in every reference to another sheet."""


def insert_rows(book: Workbook, sheet: Sheet, above: int, count: int, like: int, grown: bool = False) -> None:
    """``count`` rows stand above row ``above``, in format, height and formulas like row ``like`` (as it is counted before);
    ``grown`` where they go on with the row above them, the only one of a list."""
    if count <= 0:
        return
    shift_rows(book, sheet, Shift(above, count, grown))
    like += count if like >= above else 0
    for row in range(above, above + count):
        _copy_row(sheet, like, row)
    across = [one for one in sheet.merges() if one[0] == one[2] == like]
    known = set(sheet.merges())
    sheet.change_merges((), [one for row in range(above, above + count) for _, left, _, right in across if (one := (row, left, row, right)) not in known])
    _extend(sheet, like, above, count)


def delete_rows(book: Workbook, sheet: Sheet, first: int, count: int) -> None:
    """``count`` rows from ``first`` on are gone; of a merged cell that begins there and goes on below what it holds stays."""
    if count <= 0:
        return
    behind = first + count
    kept = {one[1]: cell for one in sheet.merges() if first <= one[0] < behind <= one[2] and (cell := sheet.cell(one[0], one[1]))}
    shift_rows(book, sheet, Shift(first, -count))
    for column, cell in kept.items():
        sheet.make_cell(first, column).raw = cell.raw
        sheet.make_cell(first, column).change(r=address(first, column))


def shift_rows(book: Workbook, sheet: Sheet, shift: Shift) -> None:
    """The rows of a sheet, and all that refers to them, stand where the shift puts them."""
    _unshare(sheet)
    for row in list(sheet.rows.values()) if shift.row <= max(sheet.rows, default=0) else ():
        _move_row(sheet, row, shift)
    sheet.rows = {row.number: row for row in sheet.rows.values()}
    for one in book.worksheets():
        if one is sheet or _mentions(book, one.part, sheet.name):
            _follow_sheet(one, Move(shift, sheet.name, one.name))
    places = [one.name for one in book.sheets]

    book.change_names(lambda name: Move(shift, sheet.name, places[name.sheet] if name.sheet is not None else "").formula(name.formula))
    _follow_parts(book, sheet, shift)
    book.forget_order()
    book.compute_on_opening()


def _move_row(sheet: Sheet, row: Row, shift: Shift) -> None:
    place = shift.line(row.number)
    if place is None:
        del sheet.rows[row.number]
    elif place != row.number:
        row.renumber(place)


def _mentions(book: Workbook, part: str, name: str) -> bool:
    """False where a part cannot hold a formula that names a sheet; a name may be written in XML's escapes."""
    data = book.package.read(part)
    return not _PLAIN.fullmatch(name) or b"&#" in data or name.casefold() in data.decode("utf-8", "replace").casefold()


def _follow_sheet(sheet: Sheet, move: Move) -> None:
    """The formulas of a sheet's cells, and its other parts."""
    if not move.own:
        _unshare(sheet, move.sheet)
    # A formula in the row that the list goes on from means that row, not the list.
    alone = replace(move, shift=replace(move.shift, grown=False))
    for number, row in sheet.rows.items():
        inside = move.own and number == move.shift.row - 1
        for cell in row.cells.values():
            if (move.own or OTHER in cell.raw) and cell.formula:
                _follow_cell(cell, alone if inside else move)
    for one in list(sheet.segments):
        if one.name in (DATA, "cols", "sheetFormatPr", "pageSetup") or not (move.own or OTHER in one.raw):
            continue
        raw = follow(one.raw, alone)
        if move.own and one.name in _CONTROLS:
            raw = _follow_controls(raw, move.shift)
        if raw:
            one.raw = raw
        else:
            sheet.segments.remove(one)


def _follow_cell(cell: Cell, move: Move) -> None:
    root = parse(cell.raw)
    node = root.child("f")
    if node is None:
        return
    text = node.text(cell.raw)
    changed: dict[str, str | None] = {}
    if move.own:
        changed = {name: shifted_list(said, move.shift) or said for name in ("ref", "r1", "r2") if (said := node.get(name))}
    new = move.formula(text)
    if new != text or any(node.get(name) != said for name, said in changed.items()):
        with_formula(cell, node, new, **changed)


def _follow_controls(raw: bytes, shift: Shift) -> bytes:
    root = parse(raw)
    return spliced(raw, [one for anchor in root.walk() if anchor.name == "anchor" for one in anchor_splices(anchor, raw, shift)])


def _unshare(sheet: Sheet, naming: str = "") -> None:
    """Formulas that several cells share stand in each of them, those that name a sheet, or all."""
    shared: dict[str, tuple[int, int, str]] = {}
    cells = [(row.number, cell) for _, row in sorted(sheet.rows.items()) for cell in row.cells.values() if b"shared" in cell.raw and cell.formula]
    for number, cell in cells:
        node = parse(cell.raw).child("f")
        if node and node.get("t") == "shared" and (text := node.text(cell.raw)):
            shared[node.get("si") or ""] = number, cell.column, text
    for number, cell in cells:
        node = parse(cell.raw).child("f")
        if node is None or node.get("t") != "shared" or (known := shared.get(node.get("si") or "")) is None:
            continue
        row, column, text = known
        if naming and not _names(text, naming):
            continue
        with_formula(cell, node, moved(text, number - row, cell.column - column), t=None, ref=None, si=None)


def _names(formula: str, sheet: str) -> bool:
    seen: list[str] = []

    def each(prefix: str, reference: str) -> str:
        seen.append(sheet_named(prefix) if prefix else "")
        return prefix + reference

    replaced(formula, each)
    return sheet.casefold() in seen


def _follow_parts(book: Workbook, sheet: Sheet, shift: Shift) -> None:
    """The parts that hang on the sheet, and charts anywhere that draw its figures."""
    move = Move(shift, sheet.name, sheet.name)
    package = book.package
    for one in relations(package, sheet.part):
        if not one.outside and package.has(one.target):
            package.put(one.target, _followed(one, package.read(one.target), move))
    for part in package.names():
        if part.startswith("xl/charts/") and part.endswith(".xml") and _mentions(book, part, sheet.name):
            package.put(part, follow(package.read(part), Move(shift, sheet.name, "")))


def _followed(one: Relation, data: bytes, move: Move) -> bytes:
    match one.kind:
        case "drawing":
            return follow_drawing(data, move.shift)
        case "vmlDrawing":
            return follow_vml(data, move)
        case "comments" | "threadedComment":
            return follow_notes(data, move.shift)
        case "table":
            return follow(data, move)
        case "ctrlProp":
            return _follow_control(data, move)
    return data


def _follow_control(data: bytes, move: Move) -> bytes:
    """The properties of a form control: the squares that it is linked to."""
    root = parse(data)
    return spliced(data, [attribute_splice(data, root, {name: move.formula(text) for name, text in root.attributes.items() if _LINK.fullmatch(name)})])


def _copy_row(sheet: Sheet, like: int, row: int) -> None:
    """A new row in the format of another: its cells are empty, save for formulas, which are filled down."""
    known = sheet.rows.get(like)
    if known is None:
        return
    made = Row(row, known.start, before=known.before, tail=known.tail)
    made.change(r=str(row), hidden=None, collapsed=None)
    for column, cell in known.cells.items():
        copy = Cell(column, cell.raw, cell.before)
        node = parse(cell.raw).child("f") if cell.formula else None
        text = node.text(cell.raw) if node and node.get("t") is None else ""
        copy.set(None)
        if node and text:
            copy.set_formula(moved(text, row - like))
        copy.change(r=address(row, column))
        made.cells[column] = copy
    sheet.rows[row] = made


def _extend(sheet: Sheet, like: int, above: int, count: int) -> None:
    """Validations and conditional formats of the row that was copied hold for the new rows too."""

    def extended(text: str) -> str:
        return " ".join(named(_stretched(place, like, above, count)) if (place := rectangle(one)) else one for one in text.split())

    for one in sheet.segments:
        if one.name not in _EXTENDED:
            continue
        root = parse(one.raw)
        splices = [attribute_splice(one.raw, node, {"sqref": extended(said)}) for node in root.walk() if (said := node.attributes.get("sqref"))]
        splices += [(node.inner, node.close, extended(node.text(one.raw)).encode()) for node in root.walk() if node.name == "sqref"]
        one.raw = spliced(one.raw, splices)


def _stretched(place: tuple[int, int, int, int], like: int, above: int, count: int) -> tuple[int, int, int, int]:
    top, left, bottom, right = place
    if not top <= like <= bottom:
        return place
    if bottom == above - 1:
        return top, left, bottom + count, right
    return (above, left, bottom, right) if top == above + count else place
