"""Signs that a row shares its words with the row beside it: what a page's end that the text does not show, or a cell without
an edge, leaves behind."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from xltool.recovery.atoms import LINE, PAGE, Atom
from xltool.recovery.joins import paired
from xltool.recovery.row_signs import Row, Sign, plain
from xltool.recovery.stretch import ENDS_OPEN, Stretch
from xltool.values import normal, parse_target

LABEL = 4
"""A level name of so many letters is no part of a name by chance."""
NEAR = 10
"""So many words on may stand the rest of a level name that is cut in two."""
APART = 3
"""So many reasons that begin behind their name, to one that begins before it, make that one strange."""

LONE, WHOLE = 1, 6
"""Where no more names of a document are wrapped, two lines of so many letters may be two names, the first without a value."""

LONELY = "别的名称都不折行，这里的两行可能是两个名称"
ROW = 16
"""A line behind a value may be a row with a value of its own where it has so many letters."""
BEHIND = "值之后的一行有词语也有数，可能是另一行"
LABELLED = "名称之内有层级名，可能是下一组的"
HEADLESS = "这里的文字是层级名的前半，后半没有找到，这一行起归于哪一层级不能确定"
CUT = "原因从这一行的中间开始，这一行可能被换页断开"
EARLY = "原因印在名称之前，可能是上一行名称的后半"
BRACKETS = "括号可能是名称的后半"
OPEN = "原因没有说完，可能是名称的一部分"
MIXED = "词语之后另有数量，前面的词语可能是名称的后半"


def shared(stretch: Stretch, numbers: Sequence[int], rows: Sequence[Row], atoms: Sequence[Atom], labels: Collection[str]) -> Iterator[Sign]:
    """What speaks against rows, those beside them included; ``numbers`` are the list's atoms as the rows call them, ``atoms``
    those of the form, ``labels`` the level names."""
    at_of = {number: at for at, number in enumerate(numbers)}
    early, beside = _early(stretch, rows), _beside(stretch, rows, atoms)
    yield from _unlabelled(stretch, numbers, rows, labels)
    for row, one in enumerate(rows):
        name, reason = one.fields.get(stretch.columns.name, []), one.fields.get(stretch.columns.reason, [])
        said = normal("".join(atoms[number].text for number in sorted(name)))
        if any(len(label) >= LABEL and label in said and label != said for label in labels):
            yield Sign(row, name[0], LABELLED)
        if stretch.evidence.wraps[1] <= LONE and (end := next((at for at in [at_of[number] for number in name[1:]] if _whole_behind(stretch, at)), None)) is not None:
            yield Sign(-1, numbers[end], LONELY)
        if (end := _row_behind(stretch, [at_of[number] for number in name], [at_of[number] for number in _first(stretch, one)])) is not None:
            yield Sign(-1, numbers[end], BEHIND)
        if row in beside:
            yield from _both(row, reason[0], CUT, rows)
        if row in early:
            yield from (Sign(row, reason[0], EARLY, field) for field in (stretch.columns.name, stretch.columns.reason))
            yield from (Sign(row - 1, reason[0], EARLY, stretch.columns.name) for _ in range(row > 0))
        if reason and (_bracketed(atoms, reason) or any(_is_bracket(atoms, number) for number in reason[1:])):
            yield from (Sign(row, reason[0], BRACKETS, field) for field in (stretch.columns.name, stretch.columns.reason))
        if reason and atoms[max(reason)].key.endswith((*ENDS_OPEN, ",")):
            yield from (Sign(row, reason[0], OPEN, field) for field in (stretch.columns.name, stretch.columns.reason))
            yield from (Sign(row + 1, reason[0], OPEN, stretch.columns.name) for _ in range(row + 1 < len(rows)))
        if name and _quantity_behind(stretch, [at_of[number] for number in _first(stretch, one)]):
            yield from (Sign(row, name[0], MIXED, field) for field in (stretch.columns.name, stretch.columns.values[0][0]))


def _unlabelled(stretch: Stretch, numbers: Sequence[int], rows: Sequence[Row], labels: Collection[str]) -> Iterator[Sign]:
    """A sign for each row from the begin of a level name on of which the rest was not found alone, 生态效益指 and 标率（二期）, to the
    next level name."""
    for at in range(len(stretch.atoms)):
        if stretch.gaps[at] < LINE or not _is_head(stretch, at, labels):
            continue
        row = max(0, sum(one.first <= numbers[at] for one in rows) - 1)
        then = next((below for below in range(row + 1, len(rows)) if stretch.crossed[numbers.index(rows[below].first)]), len(rows))
        yield from (Sign(below, numbers[at], HEADLESS) for below in range(row, then))


def _is_head(stretch: Stretch, at: int, labels: Collection[str]) -> bool:
    """True for all of a level name but its last letter, or but what a line begins with further on."""
    key = stretch.atoms[at].key
    rests = [label[len(key) :] for label in labels if label != key and label.startswith(key)]
    below = [stretch.atoms[then].key for then in range(at + 1, min(at + NEAR, len(stretch.atoms))) if stretch.gaps[then] >= LINE] if rests else []
    return any(len(rest) == 1 or any(line.startswith(rest) for line in below) for rest in rests)


def _whole_behind(stretch: Stretch, at: int) -> bool:
    """True where a line of a name begins that may be a name itself, the one before it being whole."""
    joins = stretch.shapes[at - 1].open or stretch.atoms[at - 1].key.endswith(ENDS_OPEN) or paired(stretch, at) or stretch.atoms[at].key[0] == "("
    return LINE <= stretch.gaps[at] < PAGE and stretch.shapes[at].width >= WHOLE and stretch.shapes[at - 1].width >= WHOLE and not joins


def _row_behind(stretch: Stretch, name: Sequence[int], value: Sequence[int]) -> int | None:
    """The begin of what a name has behind its value where that is a line of words with a number among them, as a row is."""
    behind = [at for at in name if value and at > value[-1]]
    if not behind or stretch.gaps[behind[0]] < LINE or sum(stretch.shapes[at].width for at in behind) < ROW:
        return None
    return behind[0] if any(stretch.atoms[at].text[0].isdigit() and stretch.gaps[at] < LINE for at in behind[1:]) else None


def followed(stretch: Stretch, numbers: Sequence[int], rows: Sequence[Row], doubted: Collection[int]) -> Iterator[int]:
    """The rows behind ``doubted`` ones that may be a part of them: those up to the first whose value is plainly one, it too."""
    at_of = {number: at for at, number in enumerate(numbers)}
    unsure = set(doubted)
    for row in range(len(rows) - 1):
        if row in unsure and row + 1 not in unsure and not plain(stretch, rows[row], at_of):
            unsure.add(row + 1)
            yield row + 1


def _both(row: int, number: int, why: str, rows: Sequence[Row]) -> Iterator[Sign]:
    yield from (Sign(one, number, why) for one in range(row, min(row + 2, len(rows))))


def _first(stretch: Stretch, row: Row) -> Sequence[int]:
    return row.fields.get(stretch.columns.values[0][0], []) if stretch.columns.values else []


def _lines(atoms: Sequence[Atom], cell: Sequence[int]) -> int:
    return len({atoms[number].line for number in cell})


def _early(stretch: Stretch, rows: Sequence[Row]) -> set[int]:
    """The rows whose reason begins before their name, in a list where few do."""
    both = [(row, one.fields[stretch.columns.reason][0] < one.fields[stretch.columns.name][0]) for row, one in enumerate(rows) if {stretch.columns.name, stretch.columns.reason} <= one.fields.keys()]
    early = {row for row, before in both if before}
    return early if APART * len(early) <= len(both) - len(early) or len(early) == 1 else set()


def _beside(stretch: Stretch, rows: Sequence[Row], atoms: Sequence[Atom]) -> set[int]:
    """The rows whose reason of several lines begins on the line of the value before it, in a list where others begin below
    and lines wrap at a width: so a row stands that is cut, at the top of its cells. A page's end that the text shows has been read."""
    found: Mapping[bool, list[int]] = {True: [], False: []}
    for row, one in enumerate(rows):
        reason = one.fields.get(stretch.columns.reason, [])
        before = [number for name, _ in stretch.columns.values for number in one.fields.get(name, []) if reason and number < reason[0]]
        if before and _lines(atoms, reason) > 1 and not any(atoms[number].gap == PAGE for number in range(one.first + 1, max(reason) + 1)):
            found[atoms[reason[0]].line == atoms[max(before)].line].append(row)
    return set(found[True]) if len(found[False]) >= len(found[True]) and not stretch.evidence.ragged else set()


def _bracketed(atoms: Sequence[Atom], reason: Sequence[int]) -> bool:
    """True for a reason that is one pair of brackets and what stands in it."""
    said = normal("".join(atoms[number].text for number in sorted(reason)))
    return said[0] == "(" and said.find(")") == len(said) - 1


def _is_bracket(atoms: Sequence[Atom], number: int) -> bool:
    """True for a line that is one pair of brackets and what stands in it: names end so, reasons seldom go on so."""
    alone = number + 1 == len(atoms) or atoms[number + 1].gap >= LINE
    return atoms[number].gap >= LINE and alone and atoms[number].key[0] == "(" and atoms[number].key.find(")") == len(atoms[number].key) - 1


def _quantity_behind(stretch: Stretch, value: Sequence[int]) -> bool:
    """True for a value that begins a line with words and ends with a number and its unit, a typesetter's blank between: where
    values else stand behind wrapped names the words may end one."""
    if len(value) < 2 or stretch.evidence.level or stretch.gaps[value[0]] < LINE or stretch.shapes[value[0]].quantity:
        return False
    at = next((at for at in value[1:] if stretch.shapes[at].quantity and at in stretch.thin), None)
    if at is None:
        return False
    return parse_target("".join(stretch.atoms[one].text for one in value if one >= at), stretch.units).unit is not None
