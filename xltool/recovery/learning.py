"""What the first reading of a document's lists teaches for the second: the widths of columns, words, how cells stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from xltool.recovery.atoms import BLANK, LINE, PAGE, SPACE, Atom
from xltool.recovery.list_reading import SURE, Prepared, rows_of
from xltool.recovery.paragraphs import lines_of
from xltool.recovery.row_signs import Row
from xltool.recovery.rows import Cut
from xltool.recovery.shapes import Shape
from xltool.recovery.stretch import HEAD, Columns, Evidence
from xltool.values import normal

APART, FEW = 8, 5
"""So many rows behind a blank line, and wrapped lines behind none, tell that rows are parted so; so few are otherwise."""
WRAPPED = 5
"""So many wrapped names tell how the cells of a list stand."""
OWN_WRAPS, FEW_WRAPS, ALIKE, TIGHT = 6, 4, 3, 3
"""So many wrapped names tell a list's own width, so few where all of them agree and those of the document do not;
widths that differ no more are one; full lines differ no more."""


def learn(lists: Sequence[tuple[Prepared, Cut]], pairs: frozenset[str] = frozenset()) -> Evidence:
    """What the certain rows of a document's first reading say about its columns and words."""
    names: list[list[int]] = []
    reasons: list[list[int]] = []
    targets: dict[str, int] = {}
    whole: set[str] = set()
    heads: set[str] = set()
    starts = [0, 0]
    stands: Counter[tuple[bool, bool]] = Counter()
    values: list[int] = []
    begins, within = [0, 0], ([0, 0], [0, 0])
    for prepared, found in lists:
        own = prepared.stretch.columns
        atoms = dict(zip(prepared.numbers, prepared.stretch.atoms, strict=True))
        shapes = dict(zip(prepared.numbers, prepared.stretch.shapes, strict=True))
        places = {number: at for at, number in enumerate(prepared.numbers)}
        thins = {prepared.numbers[at] for at in prepared.stretch.thin}
        for row in rows_of(prepared, found):
            if not _certain(shapes, row, own):
                continue
            name = lines_of([atoms[number] for number in row.fields[own.name]])
            names.append(_widths(row.fields[own.name], atoms, shapes, thins))
            reasons.append(_widths(row.fields.get(own.reason, []), atoms, shapes, thins))
            starts[atoms[row.fields[own.name][0]].gap in (SPACE,)] += 1
            at = places[row.fields[own.name][0]]
            if at and prepared.stretch.shapes[at - 1].quantity and not prepared.stretch.crossed[at] and prepared.stretch.gaps[at] != PAGE:
                begins[prepared.stretch.gaps[at] == BLANK] += 1
            for inside in (*row.fields[own.name][1:], _first_value(row, own)[0]):
                gap, wraps = prepared.stretch.gaps[places[inside]], inside in row.fields[own.name]
                if gap in (LINE, BLANK) and not prepared.stretch.crossed[places[inside]]:
                    within[wraps][gap == BLANK] += 1
            stands[_stands(row, own, atoms)] += 1
            if len(own.values) == 1:
                values.append(shapes[row.fields[own.values[0][0]][0]].width)
            heads.add(normal(name[0].text)[:HEAD])
            if len(name) == 1:
                whole.add(name[0].text.replace(" ", ""))
            first = own.values[0][0] if own.values else ""
            if len(row.fields.get(first, [])) == 1:
                key = atoms[row.fields[first][0]].key
                targets[key] = targets.get(key, 0) + 1
    words = lists[0][0].words.form.words if lists else frozenset()
    learned = frozenset(key for key, times in targets.items() if times > 1 and not any(character.isdigit() for character in key))
    ragged = _ragged(names)
    wrapped = [width for cell in names for width in cell[:-1]]
    tight = sum(width >= max(wrapped) - TIGHT for width in wrapped) if wrapped else 0
    level = is_level(stands, any(prepared.beside for prepared, _ in lists))
    name_width, reason_width = (None, None) if ragged else (_full_width(names, True), _full_width(reasons, False))
    return Evidence(
        name_width, reason_width, words | learned, frozenset(whole), starts[1] > starts[0] * 0.5, ragged, pairs, (tight, len(wrapped)),
        level, _common(values) if level else None, frozenset(heads),
        begins[1] >= APART and begins[0] * FEW <= begins[1] and within[1][0] >= APART and all(blank * FEW <= line for line, blank in within),
    )  # fmt: skip


def _stands(row: Row, own: Columns, atoms: Mapping[int, Atom]) -> tuple[bool, bool]:
    """Whether the name of a row is wrapped, and whether its value stands on the line where the name ends."""
    name, value = row.fields[own.name], _first_value(row, own)[0]
    return atoms[name[0]].line < atoms[name[-1]].line, atoms[name[-1]].line == atoms[value].line


def is_level(stands: Counter[tuple[bool, bool]], beside: bool) -> bool:
    """True where no value stands behind a wrapped name, and those of names of one line stand there; of two lists side by
    side the first reading is too rough to tell the latter."""
    wrapped, apart = stands[True, False], stands[False, False]
    return wrapped >= WRAPPED and not stands[True, True] and (beside or apart * 2 <= stands[False, True])


def _common(widths: Sequence[int]) -> int | None:
    """The largest width that another supports."""
    most = sorted(widths, reverse=True)
    return next((width for width, then in zip(most, most[1:], strict=False) if width - then <= 1), None)


def of_its_own(shared: Evidence, own: Evidence) -> Evidence:
    """What a document says, with the widths of this list where it wraps often enough and elsewhere than the others."""
    same = not shared.ragged and shared.name_width is not None and own.name_width is not None and abs(shared.name_width - own.name_width) <= (1 if shared.level else ALIKE)
    mixed = not shared.ragged and shared.wraps[0] * 5 < shared.wraps[1] * 4 and own.wraps[0] == own.wraps[1]
    tight, wraps = own.wraps
    if wraps < (FEW_WRAPS if mixed else OWN_WRAPS) or tight * 5 < wraps * 4 or same:
        return shared
    return replace(shared, name_width=own.name_width, reason_width=own.reason_width or shared.reason_width, ragged=False)


def _certain(shapes: Mapping[int, Shape], row: Row, own: Columns) -> bool:
    if own.name not in row.fields or not own.values or row.margin.get(own.name, 0) < SURE:
        return False
    first = _first_value(row, own)
    if len(first) != 1:
        return False
    shape = shapes[first[0]]
    return shape.quantity or shape.sign or shape.word


def _first_value(row: Row, own: Columns) -> list[int]:
    """The atoms of the first value: of the second where the form has a column for signs, which is empty beside one that
    stands with its number."""
    found = [row.fields.get(name, []) for name, _ in own.values[:2]]
    return found[1] if own.values[0][1] == "operator" and not found[0] and len(found) > 1 else found[0]


def _ragged(cells: Sequence[Sequence[int]]) -> bool:
    """True where lines are wrapped at no width of their own."""
    wrapped = [width for cell in cells for width in cell[:-1]]
    full = max(wrapped, default=0)
    return len(wrapped) > 4 and sum(width >= full - 4 for width in wrapped) * 2 < len(wrapped)


def _full_width(cells: Sequence[Sequence[int]], single: bool) -> int | None:
    """The width at which a column wraps: the largest that two wrapped lines support.

    With ``single`` a line that stands alone counts too: a column is never narrower than what it holds.
    """
    wrapped = sorted((width for cell in cells for width in cell[:-1]), reverse=True)
    alone = [cell[0] for cell in cells if len(cell) == 1]
    needed = max(2, len(wrapped) // 12)
    full = next((width for width in wrapped if sum(width - 1 <= other <= width for other in wrapped) >= needed), None)
    if full is None:
        return max([*alone, *wrapped], default=None)
    return max([full, *alone]) if single else full


def _widths(numbers: Sequence[int], atoms: Mapping[int, Atom], shapes: Mapping[int, Shape], thins: Set[int]) -> list[int]:
    """The display widths of a cell's lines; a typesetter's blank has none."""
    widths: dict[int, int] = {}
    for number in numbers:
        line = atoms[number].line
        widths[line] = widths.get(line, -1) + shapes[number].width + (number not in thins or line not in widths)
    return list(widths.values())
