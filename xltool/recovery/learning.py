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
SLIPS, FEW_APART, FEW_EARLY = 12, 4, 3
"""One row in so many may be misread where the others agree; no more names of one line in so many wrapped ones may stand
apart from their value."""
ALONE = 8
"""A line so much wider than any other was misread."""
OWN_WRAPS, FEW_WRAPS, ALIKE, TIGHT = 6, 4, 3, 3
"""So many wrapped names tell a list's own width, so few where all of them agree and those of the document do not;
widths that differ no more are one; full lines differ no more."""


def learn(lists: Sequence[tuple[Prepared, Cut]], pairs: frozenset[str] = frozenset()) -> Evidence:
    """What the certain rows of a document's first reading say about its columns and words."""
    names: list[list[int]] = []
    reasons: list[list[int]] = []
    targets: dict[str, int] = {}
    whole, heads = set[str](), set[str]()
    starts = [0, 0]
    stands: Counter[tuple[bool, bool]] = Counter()
    numbers, mixed = Counter[bool](), Counter[tuple[str, bool]]()
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
            _count_blanks(prepared, [places[number] for number in (*row.fields[own.name], _first_value(row, own)[0])], begins, within)
            stands[_stands(row, own, atoms)] += 1
            numbers.update(_numbers(row, own, atoms))
            mixed.update(_mixed(row, own, atoms))
            if len(own.values) == 1:
                values.append(shapes[row.fields[own.values[0][0]][0]].width)
            heads.add(normal(name[0].text)[:HEAD])
            if len(name) == 1:
                whole.add(name[0].text.replace(" ", ""))
            first = own.values[0][0] if own.values else ""
            if len(row.fields.get(first, [])) == 1 and not shapes[row.fields[first][0]].sign:
                key = atoms[row.fields[first][0]].key
                targets[key] = targets.get(key, 0) + 1
    words = lists[0][0].words.form.words if lists else frozenset()
    learned = frozenset(key for key, times in targets.items() if times > 1 and not any(character.isdigit() for character in key))
    ragged = _ragged(names)
    wrapped = [width for cell in names for width in cell[:-1]]
    tight = sum(width >= max(wrapped) - TIGHT for width in wrapped) if wrapped else 0
    forward = is_forward(mixed, lists[0][0].stretch.columns) if lists else False
    level = is_level(stands, any(prepared.beside for prepared, _ in lists), numbers if forward else None)
    name_width, reason_width = (None, None) if ragged else (_full_width(names, True), _full_width(reasons, False))
    return Evidence(
        name_width, reason_width, words | learned, frozenset(whole), starts[1] > starts[0] * 0.5, ragged, pairs, (tight, len(wrapped)),
        level, forward, _common(values) if level else None, frozenset(heads),
        _apart(begins, within),
    )  # fmt: skip


def _stands(row: Row, own: Columns, atoms: Mapping[int, Atom]) -> tuple[bool, bool]:
    """Whether the name of a row is wrapped, and whether its value stands on the line where the name ends."""
    name, value = row.fields[own.name], _first_value(row, own)[0]
    return atoms[name[0]].line < atoms[name[-1]].line, atoms[name[-1]].line == atoms[value].line


def _count_blanks(prepared: Prepared, places: Sequence[int], begins: list[int], within: tuple[list[int], list[int]]) -> None:
    """Counts whether a blank line stands before a row, the words of its name, and its first value (``places``)."""
    stretch, at = prepared.stretch, places[0]
    if at and stretch.shapes[at - 1].quantity and not stretch.crossed[at] and stretch.gaps[at] != PAGE:
        begins[stretch.gaps[at] == BLANK] += 1
    for inside in places[1:]:
        if stretch.gaps[inside] in (LINE, BLANK) and not stretch.crossed[inside]:
            within[inside != places[-1]][stretch.gaps[inside] == BLANK] += 1


def _apart(begins: Sequence[int], within: Sequence[Sequence[int]]) -> bool:
    return begins[1] >= APART and begins[0] * FEW <= begins[1] and within[1][0] >= APART and all(blank * FEW <= line for line, blank in within)


def _numbers(row: Row, own: Columns, atoms: Mapping[int, Atom]) -> list[bool]:
    """Whether the weight and the score of a row stand on one line; nothing where it has not both."""
    ends = [row.fields[own.values[at][0]][-1] for at in (own.weight, own.score) if own.score >= 0 and own.values[at][0] in row.fields]
    return [atoms[ends[0]].line == atoms[ends[1]].line] if len(ends) > 1 else []


def _mixed(row: Row, own: Columns, atoms: Mapping[int, Atom]) -> list[tuple[str, bool]]:
    """Whether a wrapped cell of a row has a line inside another cell: its name behind its value on one page, its reason
    before its name."""
    name, reason, value = row.fields[own.name], row.fields.get(own.reason, []), _first_value(row, own)[0]
    found = [(own.name, name[-1] > value and atoms[name[-1]].page == atoms[value].page)] if atoms[name[0]].line < atoms[name[-1]].line else []
    return [*found, *([(own.reason, reason[0] < name[0])] if reason and atoms[reason[0]].line < atoms[reason[-1]].line else [])]


def is_forward(mixed: Counter[tuple[str, bool]], columns: Columns) -> bool:
    """True where hardly a cell has a line inside another."""
    name, reason = columns.name, columns.reason
    return mixed[name, True] * SLIPS <= mixed[name, False] and mixed[reason, True] * FEW_EARLY <= mixed[reason, False]


def is_level(stands: Counter[tuple[bool, bool]], beside: bool, numbers: Counter[bool] | None = None) -> bool:
    """True where hardly a value stands behind a wrapped name, and those of names of one line stand there: or, where such
    names are few, the ``numbers`` at the end of a row, most of which share their line; of two lists side by side the first
    reading is too rough to tell either."""
    wrapped, apart = stands[True, False], stands[False, False]
    together = numbers is not None and numbers[True] >= WRAPPED and numbers[False] * SLIPS <= numbers[True]
    if wrapped < WRAPPED or stands[True, True] * SLIPS > wrapped:
        return False
    return beside or apart * 2 <= stands[False, True] or (together and apart * FEW_APART <= wrapped)


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
    full, then = sorted((0, 0, *wrapped))[:-3:-1]
    full = then if full - then > ALONE else full
    return len(wrapped) > 4 and sum(width >= full - 4 for width in wrapped) * 2 < len(wrapped)


def _full_width(cells: Sequence[Sequence[int]], single: bool) -> int | None:
    """The width at which a column wraps: the largest that two wrapped lines support.

    With ``single`` a line that stands alone counts too: a column is never narrower than what it holds.
    """
    wrapped = sorted((width for cell in cells for width in cell[:-1]), reverse=True)
    alone = [cell[0] for cell in cells if len(cell) == 1]
    needed = max(2, len(wrapped) // 12)
    held = [width for width in wrapped if sum(width - 1 <= other <= width for other in wrapped) >= needed]
    full = next((width for width in held if 2 * sum(width - TIGHT < other <= width for other in wrapped) > len(wrapped)), next(iter(held), None))
    if full is None:
        return max([*alone, *wrapped], default=None)
    wider = [width for width in alone if width > full + 1]
    return max([full, *alone]) if single and (len(wider) > 1 or len(wrapped) < OWN_WRAPS) else full


def _widths(numbers: Sequence[int], atoms: Mapping[int, Atom], shapes: Mapping[int, Shape], thins: Set[int]) -> list[int]:
    """The display widths of a cell's lines; a typesetter's blank has none."""
    widths: dict[int, int] = {}
    for number in numbers:
        line = atoms[number].line
        widths[line] = widths.get(line, -1) + shapes[number].width + (number not in thins or line not in widths)
    return list(widths.values())
