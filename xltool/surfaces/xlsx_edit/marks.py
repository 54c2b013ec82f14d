"""Marks on a user's workbook that can be taken off again: coloured cells, comments, and a sheet that lists what they say.

Cells are coloured by a condition that always holds, so that no cell's own format changes; comments are known
by their author, or by the words before ours where the cell had a comment; the sheet by a hidden name.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from xltool.grid import address
from xltool.surfaces.xlsx_edit.markup import Node, parse
from xltool.surfaces.xlsx_edit.notes import Notes
from xltool.surfaces.xlsx_edit.properties import property_of, set_property
from xltool.surfaces.xlsx_edit.references import corner, prefix_of, quoted
from xltool.surfaces.xlsx_edit.sheet import Segment, Sheet
from xltool.surfaces.xlsx_edit.table import HEAD_ROW, Table, add_table
from xltool.surfaces.xlsx_edit.workbook import Workbook

NAME, SHEETS = "xltool.findings", "xltool.sheets"
"""The hidden name of the sheet; the document's property that lists the sheets which are no forms."""
AUTHOR = "审核 (xltool)"
HEAD = "\n—— 审核 ——\n"
"""What stands between a comment of the user and ours on the same cell."""
ALWAYS = '"xltool"="xltool"'
"""The condition by which our colours are known."""
_CONDITIONAL = "conditionalFormatting"


@dataclass(frozen=True, slots=True)
class Signature:
    """How marks of one kind are known again: the hidden name of their sheet, the author of their comments, what
    stands between a comment of the user and ours on the same cell, and the condition of the colours, which always holds."""

    name: str
    author: str
    head: str
    always: str


FINDINGS = Signature(NAME, AUTHOR, HEAD, ALWAYS)


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked cell: its sheet, its first square, the colour (RRGGBB), what its comment says; ``line`` counts the
    table's lines from 1 and is where a click on the cell leads."""

    sheet: str
    row: int
    column: int
    colour: str
    text: str
    line: int


def put(book: Workbook, name: str, marks: Sequence[Mark], table: Table, signature: Signature = FINDINGS) -> Sheet:
    """The sheet of the table, which has this name (or one like it, where that is taken); the marks stand in the workbook.

    Those that stood there before are gone.
    """
    strip(book, signature)
    name = _free(name, [one.name for one in book.sheets])
    listed = add_table(book, name, table)
    book.add_name(signature.name, f"{quoted(name)}!$A$1", hidden=True)
    set_property(book, SHEETS, json.dumps([*_listed(book), name], ensure_ascii=False))
    by_sheet: dict[str, list[Mark]] = {}
    for one in marks:
        by_sheet.setdefault(one.sheet, []).append(one)
    for sheet_name, own in by_sheet.items():
        sheet = book.sheet(sheet_name)
        _colour(book, sheet, own, signature)
        _comment(book, sheet, own, signature)
        _link(sheet, own, name)
    return listed


def marked(book: Workbook, signature: Signature = FINDINGS) -> bool:
    """True for a workbook that carries marks."""
    return any(one.name == signature.name for one in book.names())


def strip(book: Workbook, signature: Signature = FINDINGS) -> None:
    """The marks are gone; what the user has done since stays."""
    if not marked(book, signature):
        return
    formula = next(one.formula for one in book.names() if one.name == signature.name)
    name = next((one.name for one in book.sheets if formula in (f"{quoted(one.name)}!$A$1", f"{one.name}!$A$1")), "")
    for sheet in book.worksheets():
        if sheet.name == name:
            continue
        _uncolour(sheet, signature)
        _uncomment(book, sheet, signature)
        if name:
            ours = (prefix_of(name), f"{name}!")
            sheet.change_list("hyperlinks", lambda one, ours=ours: (one.get("location") or "").startswith(ours), [])  # type: ignore[misc]
    book.drop_names(lambda one: one.name == signature.name)
    if name:
        book.remove_sheet(name)
        left = [one for one in _listed(book) if one != name]
        set_property(book, SHEETS, json.dumps(left, ensure_ascii=False) if left else "")


def _listed(book: Workbook) -> list[str]:
    try:
        found = json.loads(property_of(book, SHEETS) or "[]")
    except ValueError:
        return []
    return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []


def _free(name: str, taken: Iterable[str]) -> str:
    known = {one.casefold() for one in taken}
    return next(one for one in (name, *(f"{name}({number})" for number in range(2, len(known) + 3))) if one.casefold() not in known)


def _colour(book: Workbook, sheet: Sheet, marks: Sequence[Mark], signature: Signature) -> None:
    """One condition for each colour, behind those that the sheet has: theirs go first."""
    colours: dict[str, list[Mark]] = {}
    for one in marks:
        colours.setdefault(one.colour, []).append(one)
    for colour, own in colours.items():
        squares = " ".join(address(one.row, one.column) for one in sorted(own, key=lambda one: (one.row, one.column)))
        raw = b'<%s%s sqref="%s"><%scfRule type="expression" dxfId="%d" priority="%d"><%sformula>%s</%sformula></%scfRule></%s%s>' % (
            sheet.prefix, _CONDITIONAL.encode(), squares.encode(), sheet.prefix, book.styles.conditional(colour), _last_priority(sheet) + 1,
            sheet.prefix, signature.always.encode(), sheet.prefix, sheet.prefix, sheet.prefix, _CONDITIONAL.encode(),
        )  # fmt: skip
        sheet.add_segment(_CONDITIONAL, raw)


def _rules(segment: Segment) -> list[Node]:
    return [one for one in parse(segment.raw).walk() if one.name == "cfRule"]


def _last_priority(sheet: Sheet) -> int:
    found = [int(rule.get("priority") or 0) for one in sheet.segments if one.name in (_CONDITIONAL, "extLst") for rule in _rules(one)]
    return max(found, default=0)


def _uncolour(sheet: Sheet, signature: Signature) -> None:
    def ours(one: Segment) -> bool:
        return one.name == _CONDITIONAL and any(node.name == "formula" and node.text(one.raw).replace(" ", "") == signature.always for node in parse(one.raw).walk())

    sheet.segments[:] = [one for one in sheet.segments if not ours(one)]


def _comment(book: Workbook, sheet: Sheet, marks: Sequence[Mark], signature: Signature) -> None:
    """A comment on each cell; where a conversation hangs on it, it is left alone."""
    notes = Notes(book, sheet)
    known = {(one.row, one.column) for one in notes.all()}
    for one in marks:
        if (one.row, one.column) in notes.threads:
            continue
        if (one.row, one.column) in known:
            notes.extend(one.row, one.column, signature.head + one.text)
        else:
            notes.add(one.row, one.column, one.text, signature.author)


def _uncomment(book: Workbook, sheet: Sheet, signature: Signature) -> None:
    notes = Notes(book, sheet)
    for one in notes.all():
        if one.author == signature.author:
            notes.remove(one.row, one.column)
        elif signature.head.strip() in one.text and (one.row, one.column) not in notes.threads:
            notes.cut(one.row, one.column, signature.head if signature.head in one.text else signature.head.strip())


def _link(sheet: Sheet, marks: Sequence[Mark], name: str) -> None:
    """A click on a marked cell leads to its line, where the cell is no link already."""
    taken = {place for one in sheet.hyperlinks() if (place := corner((one.get("ref") or "").partition(":")[0]))}
    lines: Mapping[tuple[int, int], int] = {(one.row, one.column): one.line for one in marks}
    for (row, column), line in lines.items():
        if (row, column) not in taken:
            sheet.link(row, column, f"{prefix_of(name)}A{HEAD_ROW + line}", name)
