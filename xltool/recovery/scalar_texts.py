"""Texts outside lists: what stands between two captions goes into the holes there, side by side or one below the other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from xltool.filing import Scalar
from xltool.form import NUMERIC, Field, Form
from xltool.recovery.alignment import Match
from xltool.recovery.amounts import Nothing, Run
from xltool.recovery.atoms import BLANK, PAGE, SPACE, Atom
from xltool.recovery.claims import Account
from xltool.recovery.paragraphs import (
    BROKEN_OFF,
    CellLine,
    ends_open,
    joined,
    last_mark,
    lines_of,
    paragraphs,
)
from xltool.recovery.squeezed import Found
from xltool.recovery.thin_blanks import thin
from xltool.recovery.two_remarks import are_remarks, end_of_left
from xltool.recovery.two_texts import FEW, STOPS, Parting, part, to_part
from xltool.recovery.typed import typed
from xltool.values import normal, parse_target

VALUED = frozenset({"money", "number", "percent", "date", "year"})
ENDS = "。；;！!？?）)”》.…，,、"
"""How a long text of whole sentences ends."""
_SHORT_CLAUSE = re.compile(r"[^\W\d_]{1,2}[,。;]")
"""How the second of two texts begins that is the rest of a wrapped line of the first: 平，委托第三方 behind 科学化水."""
LINES = 4
"""A text of so many lines is one of whole sentences."""


@dataclass(slots=True)
class Scalars:
    """What stands outside the lists; ``ranges`` are the atoms of each list's block, first to last (excluded),
    ``list_first`` to ``list_last`` those of all; ``found`` are the captions in the text, ``matches`` those in their order, ``nothings`` the amounts that are nothing or empty."""

    values: dict[str, Scalar] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    matches: list[Match] = field(default_factory=list)
    list_first: int = 0
    list_last: int = 0
    ranges: list[tuple[int, int]] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)
    found: Sequence[Found] = ()
    nothings: list[Nothing] = field(default_factory=list)


def take(form: Form, run: Run, result: Scalars, account: Account) -> None:
    """A run of which at least one hole holds text."""
    holes = [form.fields[slot.fields[0]] for slot in run.slots if slot.kind == "hole"]
    if not run.atoms:
        return
    lines = lines_of(run.atoms)
    if len(holes) == 1:
        _put(holes[0], lines, run, result, account)
        if holes[0].type != "paragraphs" and any(line.gap == PAGE for line in lines[1:]):
            row = form.layout.cell_of(holes[0].name).row
            for one in (one for one in form.drawn_scalars if form.layout.cell_of(one.name).row == row):
                account.doubt(one.path, run.numbers[-1], "换页之后的文字也可能属于同一行的另一格")
    elif are_remarks(holes, lines) or (len(holes) == 2 and all(one.type == "paragraphs" for one in holes)):
        _two(form, holes, lines, run, result, account)
    else:
        _several(holes, run, result, account)


def _put(one: Field, lines: Sequence[CellLine], run: Run, result: Scalars, account: Account) -> None:
    if not lines:
        return
    text = paragraphs(lines) if one.type == "paragraphs" else joined(lines)
    numbers = [run.numbers[at] for line in lines for at in range(line.first, line.last)]
    account.claim(numbers, one.path, "栏目之后的文字")
    result.places[one.path] = numbers[0]
    if one.type in VALUED and (value := typed(text, one)) is not None:
        result.values[one.path] = value
    elif one.type in NUMERIC:
        account.doubt(one.path, numbers[0], f"“{text}”不是数")
    elif one.type == "date":
        result.values[one.path] = text
        account.doubt(one.path, numbers[0], "不是完整的日期，照印")
    else:
        result.values[one.path] = parse_target(text) if one.type == "target" else text
    if one.type == "text" and len(lines) >= LINES and last_mark(text) not in ENDS:
        account.doubt(one.path, numbers[-1], "末句没有说完，未必完整")
    if one.type == "paragraphs" and ends_open(text):
        account.doubt(one.path, numbers[-1], BROKEN_OFF)
    elif one.type == "paragraphs" and last_mark(text) not in ENDS and ("。" in text or _at_pages_end(account, numbers[-1])):
        account.doubt(one.path, numbers[-1], "末句没有说完，未必完整")
    if len(lines) > 1 and one.type != "paragraphs":
        account.repair("wrap-joined", numbers[0], f"“{text}”由{len(lines)}行接成")


def _at_pages_end(account: Account, number: int) -> bool:
    """True for the last atom of a page that is followed by another."""
    atoms = account.atoms
    return number + 1 < len(atoms) and atoms[number + 1].page > atoms[number].page


def _filled(form: Form, one: Field, result: Scalars) -> bool | None:
    """Whether what belongs together with a field is filled; None where nothing tells."""
    group = next((names for names in form.together if one.name in names), None)
    if group is None:
        return None
    values = [result.values.get(form.fields[name].path) for name in group if name != one.name]
    return any(isinstance(value, Decimal) for value in values)


def _two(form: Form, holes: Sequence[Field], lines: Sequence[CellLine], run: Run, result: Scalars, account: Account) -> None:
    """Two long texts side by side: the cells of a grid by their columns, else the cheapest parting."""
    if all(atom.cell >= 0 for atom in run.atoms):
        _by_column(form, holes, run, result, account)
        return
    together = thin(account.atoms, form) if len(lines) < FEW else ()
    lines = to_part(run.atoms, [at for at, number in enumerate(run.numbers) if at and number in together])
    found = Parting(end_of_left(lines), False) if are_remarks(holes, lines) else part(lines, *(_filled(form, one, result) for one in holes))
    for one, own in zip(holes, found.sides(lines), strict=True):
        _put(one, own, run, result, account)
    if not found.sure or _SHORT_CLAUSE.match(normal("".join(line.text for line in found.sides(lines)[1]))):
        for one in holes:
            account.doubt(one.path, run.numbers[0], f"两段并排的文字（{holes[0].name}、{holes[1].name}）在何处分开不能确定")


def _by_column(form: Form, holes: Sequence[Field], run: Run, result: Scalars, account: Account) -> None:
    """Each cell goes to the hole whose caption stands nearest at its left; where that contradicts what is
    filled beside it, the filled side has it, with a repair."""
    heads = [_head_cell(form, one, result, account) for one in holes]
    sides: tuple[list[CellLine], list[CellLine]] = ([], [])
    cells = sorted({atom.cell for atom in run.atoms})
    filled = [_filled(form, one, result) for one in holes]
    for at, atom in enumerate(run.atoms):
        right = cells.index(atom.cell) > 0 if len(cells) == 2 else heads[1] is not None and atom.cell >= heads[1]
        begun = [bool(own) and own[-1].text[-1:] not in STOPS for own in sides] if at and atom.gap >= BLANK else [False, False]
        if begun[not right] and not sides[right] and not filled[right]:
            # The next page's table has other columns; a sentence that was not ended goes on in it.
            account.repair("wrap-joined", run.numbers[at], f"“{atom.text[:20]}”接上一页没有说完的一句，不按所在的列")
            right = not right
        for one in holes if all(begun) else ():
            account.doubt(one.path, run.numbers[at], f"“{atom.text[:20]}”接在哪一段之后不能确定")
        sides[right].append(_cell(atom, at))
    for empty, full in ((0, 1), (1, 0)):
        if sides[empty] and not sides[full] and filled[full] and filled[empty] is False:
            account.repair("column-shifted", run.numbers[0], f"“{holes[full].name}”的文字印在“{holes[empty].name}”一列，按资金所在的一边归入")
            sides = (sides[1], sides[0])
            break
    for one, own in zip(holes, sides, strict=True):
        _put_cells(one, own, run, result, account)


def _head_cell(form: Form, one: Field, result: Scalars, account: Account) -> int | None:
    """The grid column in which the caption above a hole was found."""
    column = form.layout.cell_of(one.name).column
    for match in result.matches:
        cell = match.found.spelling.cell
        if cell.column == column and cell.last_row == form.layout.cell_of(one.name).row - 1:
            return account.atoms[match.found.first].cell
    return None


def _cell(atom: Atom, at: int) -> CellLine:
    return CellLine(atom.text, atom.line, atom.gap, at, at + 1)


def _put_cells(one: Field, lines: Sequence[CellLine], run: Run, result: Scalars, account: Account) -> None:
    if lines:
        result.values[one.path] = paragraphs(lines)
        result.places[one.path] = run.numbers[lines[0].first]
        account.claim((run.numbers[line.first] for line in lines), one.path, "同一列的文字")


def _several(holes: Sequence[Field], run: Run, result: Scalars, account: Account) -> None:
    """Holes whose captions between are missing: a value goes by its type, one piece a hole, each with a doubt."""
    pieces = [number for number, atom in enumerate(run.atoms) if atom.gap != SPACE or number == 0]
    if len(pieces) < len(holes) and len(run.atoms) == len(holes):
        pieces = list(range(len(run.atoms)))
    bounds = [*pieces, len(run.atoms)]
    parts = [lines_of(run.atoms[a:b], a) for a, b in zip(bounds, bounds[1:], strict=False)]
    for one, own in zip(holes, parts, strict=False):
        _put(one, own, run, result, account)
    for one in holes:
        account.doubt(one.path, run.numbers[0], "栏目缺失，值按次序归入")
