"""The values of a row: every way to fill its columns with the atoms that follow a name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xltool.recovery.atoms import BLANK, CELL, LINE, PAGE, SPACE, WIDE
from xltool.recovery.joins import paired, slanted, torn
from xltool.recovery.shapes import KINDS
from xltool.recovery.stretch import HEADING, NAME_ENDS, STARTS_BADLY, Columns, Piece, Stretch
from xltool.values import OF_A_NUMBER, parse_target

VALUES = "values"
ECHO = 3.0
"""What it is worth that a wrapped value says the same as its neighbour."""
TWINS, LONGEST_TWINS = 0.7, 14
"""What it costs that two values, one of them wrapped, say the same in words; so many atoms of both are looked at."""
LONGEST_UNIT = 14
KIND = 4.0
"""What it costs that the word which says what kind a value is (定性) is the value, where the form has a column for it."""
WITH_UNIT, UNIT_APART = 1.5, 0.2
"""What it costs that a number and its unit are one value where the unit has a column of its own; and that they stand
apart where it has none."""
UNIT_BELOW = 1.2
"""What it costs that a number without a sign has its unit alone on the next line: that may be the rest of a name."""
SHORT_UNIT = 2
"""A word behind a number that is no longer may be its unit."""
WORDS = {"choice": 0.05, "text": 1.0, "paragraphs": 1.0}
"""What it costs that a cell of ticks is empty, and one of words that say more of a row: most are."""
MAY_LEAD, LEAD = frozenset({"operator", "text", "paragraphs"}), 3.5
"""The types of columns that may be empty at the begin of a row's values, and what it costs that words are: no more than
that one of the values behind them is."""
TICK = 5.0
"""What it costs that a tick is a value."""
QUANTITY = 2.5
"""What it costs that words that say more of a row are a number, or a value that recurs."""
LONGEST_WORDS = 24
"""Words that say more of a row are no more."""
NO_NUMBER = 3.0
"""What it costs that a unit stands behind no number."""
LEFT_OVER = frozenset("(和及与的或等")
"""What a value seldom begins with, and the rest of a wrapped one often: the bracket of its unit, a word that joins."""
BARE = 1.5
"""What it costs that a number without a sign has its unit, in brackets, on the next line."""
NARROWING = 1.3
"""What it costs in a level list that a value is wrapped whose next line is no wider."""
WRAPPED, DECIMALS, REST = 0.4, 2, 1
"""What it costs that a number is wrapped; one with so many digits behind its point is whole; so many are left over, no more."""
OUTSIDE = 7.0
"""What it costs that a name and its value stand on one line without cells where the list has cells."""
_NUMBERED = re.compile(r"[=<>≤≥]{0,2}\d[\d.,]*(\D{1,6})")
THOUSANDS = "万亿"
"""What stands between a number and its unit and belongs to either."""
TOO_MUCH = 9.0
"""A filling that costs more is never part of the cheapest reading."""


def values(stretch: Stretch, at: int) -> Iterator[Piece]:
    """The values of a row from this atom on, column by column."""
    begin = _value_gap(stretch, at)
    for (last, short), (cost, columns) in _filled(stretch, at).items():
        yield VALUES, last, begin + cost, short, columns


def _filled(stretch: Stretch, first: int) -> dict[tuple[int, int], tuple[float, tuple[int, ...]]]:
    """The cheapest filling by where it ends and whether the score is short: column by column, the rest let go."""
    own = stretch.columns
    open_ones: dict[tuple[int, int], tuple[float, tuple[int, ...]]] = {(first, -1): (0.0, ())}
    twins: dict[tuple[int, int], tuple[float, tuple[int, ...]]] = {}
    pair = _pair(own)
    for column in range(len(own.values)):
        then: dict[tuple[int, int], tuple[float, tuple[int, ...]]] = {}
        if pair and column == pair[0]:
            twins = {(last, -1): (cost + more, columns + added) for (at, _), (cost, columns) in open_ones.items() for last, more, added in _twins(stretch, first, pair, at)}
        elif pair and column == pair[1]:
            then.update(twins)
        for (at, weight), (cost, columns) in open_ones.items():
            for last, more, added in _column(stretch, first, column, at):
                total = cost + more
                if last > at > first:
                    total += slanted(stretch, at - _length(columns), at, last)
                if total > TOO_MUCH:
                    continue
                total -= ECHO * _echoes(stretch, column, added, columns, at)
                key = (last, last - 1 if column == own.weight and last > at else weight)
                if column == own.score:
                    short = shortfall(stretch, weight, last - 1 if last > at else -1)
                    total += 3.0 * (short < 0)
                    key = (last, max(short, 0))
                if key not in then or total < then[key][0]:
                    then[key] = (total, columns + added)
        open_ones = then
    return open_ones if own.score >= 0 else {(last, 0): found for (last, _), found in open_ones.items()}


def _pair(own: Columns) -> tuple[int, int] | None:
    """The columns of what was planned and what was done, where the form has both."""
    found = [column for column, (_, kind) in enumerate(own.values) if kind == "target"]
    return (found[0], found[1]) if len(found) == 2 else None


def _twins(stretch: Stretch, first: int, pair: tuple[int, int], at: int) -> Iterator[tuple[int, float, tuple[int, ...]]]:
    """What was planned and what was done in the same words, one of them wrapped: (end, cost, columns of the atoms)."""
    keys = [atom.key for atom in stretch.atoms[at : at + LONGEST_TWINS]]
    quantity = at < len(stretch.atoms) and stretch.shapes[at].quantity
    if quantity and _apart(stretch, pair[0], at):
        return
    for middle in range(2 if quantity else 1, len(keys)):
        if not keys[0].startswith(keys[middle][:1]):
            continue
        said, again = "".join(keys[:middle]), ""
        for last in range(middle, len(keys)):
            again += keys[last]
            if again == said and last > 1 and len(said) > 1 and not any(stretch.crossed[at + inside] for inside in range(1, last + 1)):
                begin, end = at + middle, at + last + 1
                cost = TWINS + slanted(stretch, at, begin, end) + (slanted(stretch, at - 1, at, begin) if at > first else 0.0)
                yield end, cost, (pair[0],) * middle + (pair[1],) * (end - begin)
            if len(again) >= len(said):
                break


def _length(columns: tuple[int, ...]) -> int:
    """How many atoms the last cell of these has."""
    return next((at for at, column in enumerate(reversed(columns)) if column != columns[-1]), len(columns))


def _echoes(stretch: Stretch, column: int, added: tuple[int, ...], columns: tuple[int, ...], at: int) -> bool:
    """True where a text value says what the value before it says: 无重大事故发生 planned and done."""
    own = stretch.columns.values
    if own[column][1] != "target" or not added or not columns:
        return False
    other = next((number for number in range(column - 1, -1, -1) if own[number][1] == "target"), -1)
    count = columns.count(other)
    if not count or len(added) + count < 3 or any(one != column for one in added):
        return False
    begin = at - len(columns) + columns.index(other)
    said = ["".join(atom.key for atom in stretch.atoms[first:last]) for first, last in ((begin, begin + count), (at, at + len(added)))]
    return said[0] == said[1] and columns[-count:] == (other,) * count and not _apart(stretch, other, begin)


def _value_gap(stretch: Stretch, at: int) -> float:
    gap = stretch.gaps[at]
    cost = (3.0 if stretch.crossed[at] else 0.0) + stretch.thin.get(at, 0.0) + torn(stretch, at)
    if stretch.celled and stretch.atoms[at].cell < 0 and gap < LINE:
        cost += OUTSIDE
    quantity = stretch.shapes[at].quantity
    return cost + {SPACE: 0.0, WIDE: 0.0, CELL: 0.0, LINE: 0.1 if quantity else 0.3, BLANK: 0.2 if quantity else 0.5, PAGE: 1.2}.get(gap, 0.0)


def _column(stretch: Stretch, first: int, column: int, at: int) -> Iterator[tuple[int, float, tuple[int, ...]]]:
    """Every way to fill one column from an atom on: (end, cost, columns of the atoms); it may be empty, at a cost."""
    kind = stretch.columns.values[column][1]
    for last, cost in single(stretch, first, kind, at, column):
        yield last, cost, (column,) * (last - at)
    if at > first and stretch.columns.reason and _may_interrupt(stretch, at):
        for last, cost in single(stretch, first, kind, at + 1, column):
            yield last, 2.2 + cost, (-1, *((column,) * (last - at - 1)))
    if len(stretch.columns.values) > 1 and (column or kind in MAY_LEAD):
        yield at, empty(stretch, kind, at) if column or kind == "operator" else LEAD, ()


def empty(stretch: Stretch, kind: str, at: int) -> float:
    """What it costs that a value's cell is empty: units are, where there is none, and signs that stand with their number."""
    if kind == "unit":
        return 0.8
    if kind == "operator":
        return 0.3 if at < len(stretch.atoms) and stretch.shapes[at].signed else 1.5
    if kind in WORDS:
        return WORDS[kind]
    return 4.0


def _may_interrupt(stretch: Stretch, at: int) -> bool:
    """True where a line of the reason may stand between the values of its row."""
    if at + 1 >= len(stretch.atoms):
        return False
    shape = stretch.shapes[at]
    if shape.quantity or shape.bare or shape.width < 6:
        return False
    return stretch.gaps[at] >= LINE and stretch.gaps[at + 1] >= LINE


def single(stretch: Stretch, first: int, kind: str, at: int, column: int = 0) -> Iterator[tuple[int, float]]:
    """Every way to read one value of a type, in this column, at an atom: (end, cost)."""
    if at >= len(stretch.atoms):
        return
    shape = stretch.shapes[at]
    gap = 0.0
    if at > first:
        gap = {PAGE: 1.0, BLANK: 0.2, LINE: 0.1}.get(stretch.gaps[at], 0.0) + (3.0 if stretch.crossed[at] else 0.0) + (0.0 if kind == "unit" and stretch.shapes[at - 1].quantity else stretch.thin.get(at, 0.0))
    if kind in ("number", "money", "percent"):
        if shape.number:
            yield at + 1, gap
        elif shape.mark:
            yield at + 1, gap + 1.0
        return
    if kind in ("choice", "operator"):
        if shape.sign if kind == "operator" else stretch.atoms[at].key in stretch.columns.choices:
            yield at + 1, gap
        return
    if kind == "unit":
        yield from ((last, gap + cost) for last, cost in _units(stretch, at))
        return
    if kind in ("text", "paragraphs"):
        yield from ((last, gap + cost) for last, cost in _words(stretch, at))
        return
    yield at + 1, gap + _worth(stretch, at, at + 1)
    if shape.quantity and not shape.open and at + 1 not in stretch.thin:
        yield from ((at + 2, gap + cost) for cost in _goes_on(stretch, at, column))
        return
    cost = gap + (2.0 if shape.word else 0.0) + WITH_UNIT * (shape.quantity and _parted(stretch.columns, column) and not _is_kind(stretch, at - 1))
    parts = 1
    for last in range(at + 2, min(at + 10, len(stretch.atoms)) + 1):
        step = last - 1
        parts += step not in stretch.thin
        if parts > 4 or stretch.shapes[step].signed or stretch.atoms[step].key in stretch.columns.choices:
            return  # a sign begins a value
        if step in stretch.thin:
            cost += 0.1
            yield last, cost + _worth(stretch, at, last)
            continue
        if stretch.shapes[step].quantity and stretch.gaps[step] < LINE and not stretch.shapes[step].glued:
            return
        cost += 2.0 if stretch.gaps[step] in (SPACE, WIDE) else 7.0 if stretch.gaps[step] == CELL else 0.5 if stretch.shapes[step - 1].open or stretch.shapes[step - 1].sign or _unit_cut(stretch, at, step) else _wrap(stretch, at, step)
        if stretch.crossed[step]:
            cost += 4.0
        yield last, cost + _worth(stretch, at, last)


def _goes_on(stretch: Stretch, at: int, column: int) -> Iterator[float]:
    """What it costs that the atom behind a number belongs to it: its unit, or the rest of its digits."""
    signed = stretch.shapes[at].signed
    if _unit_below(stretch, at):
        yield UNIT_APART if signed else UNIT_BELOW
    elif _unit_behind(stretch, at):
        yield 0.2 if signed else BARE
    elif not _parted(stretch.columns, column) and (_unit_apart(stretch, at) or (at + 1 < len(stretch.atoms) and _unit_cut(stretch, at, at + 1))):
        yield UNIT_APART
    if stretch.evidence.level and _digits_behind(stretch, at):
        yield WRAPPED


def _words(stretch: Stretch, at: int) -> Iterator[tuple[int, float]]:
    """Every way to read words that say more of a row: (end, cost). They wrap where their line is full, so the next one is no
    wider."""
    if stretch.atoms[at].key in stretch.columns.choices:
        return
    cost = QUANTITY * (stretch.shapes[at].quantity or stretch.shapes[at].word) + 5.0 * (stretch.atoms[at].key[:1] in STARTS_BADLY)
    for last in range(at + 1, min(at + LONGEST_WORDS, len(stretch.atoms)) + 1):
        yield last, cost + 1.5 * stretch.shapes[last - 1].open
        if last == len(stretch.atoms) or stretch.crossed[last] or stretch.atoms[last].key in stretch.columns.choices or (stretch.shapes[last].signed and last not in stretch.thin):
            return
        if last in stretch.thin:
            cost += 0.1
        elif stretch.gaps[last] < LINE:
            cost += 4.0 if stretch.gaps[last] == CELL else 1.5
        else:
            cost += 0.3 if paired(stretch, last) else 0.6 if _narrowing(stretch, at, last) else 2.0
        cost += QUANTITY * (stretch.shapes[last].quantity and last not in stretch.thin and last + 1 not in stretch.thin)


def _unit_cut(stretch: Stretch, first: int, at: int) -> bool:
    """True where a line ends inside the unit of a number and the next has the rest of it: ≥4.6万平 / 方米."""
    if stretch.gaps[at] != LINE or at != first + 1 or stretch.crossed[at]:
        return False
    found = _NUMBERED.fullmatch(stretch.atoms[first].key)
    begun = found[1].lstrip(THOUSANDS) if found else ""
    return found is not None and found[1] not in stretch.units - set(THOUSANDS) and begun + stretch.atoms[at].key in stretch.units


def _wrap(stretch: Stretch, first: int, at: int) -> float:
    """What it costs that a value from ``first`` on is wrapped before an atom; no wrap leaves room for the next letters."""
    usual = 1.5 if paired(stretch, at) else 2.5
    full = stretch.evidence.value_width
    if full is None:
        return usual if not stretch.evidence.level or paired(stretch, at) else NARROWING if _narrowing(stretch, first, at) else 4.0
    line = stretch.atoms[at - 1].line
    width = sum(stretch.shapes[inside].width for inside in range(first, at) if stretch.atoms[inside].line == line)
    short = full - width - max(0, stretch.shapes[at].lead - 2)
    return usual if short == 3 else 0.3 if -1 <= short <= 2 else 4.0


def _narrowing(stretch: Stretch, first: int, at: int) -> bool:
    """True where the line that an atom begins is no wider than the one before it: so the lines of a wrapped value are."""
    widths: dict[int, int] = {}
    for inside in range(first, min(at + 3, len(stretch.atoms))):
        line = stretch.atoms[inside].line
        if line <= stretch.atoms[at].line:
            widths[line] = widths.get(line, 0) + stretch.shapes[inside].width
    return widths[stretch.atoms[at].line] <= widths[stretch.atoms[at - 1].line] + 1


def _is_kind(stretch: Stretch, at: int) -> bool:
    """True for the word which says what kind the value behind it is, 定性, where the form has a column for it."""
    return at >= 0 and stretch.atoms[at].key in KINDS and any(kind == "operator" for _, kind in stretch.columns.values)


def _parted(own: Columns, column: int) -> bool:
    """True for a column of numbers whose units stand in the column behind it."""
    return own.values[column + 1 : column + 2] != () and own.values[column + 1][1] == "unit"


def _apart(stretch: Stretch, column: int, at: int) -> bool:
    """True for a number whose unit has a column of its own: with it it is two cells, whatever the next one says."""
    return stretch.shapes[at].quantity and _parted(stretch.columns, column) and not _is_kind(stretch, at - 1)


def _unit_apart(stretch: Stretch, at: int) -> bool:
    """True where the word behind a number, on its line or the next, is its unit: 4 万, in a form that has a column for
    the units of other values."""
    then = at + 1
    if then >= len(stretch.atoms) or stretch.gaps[then] not in (SPACE, LINE) or stretch.crossed[then] or not stretch.shapes[at].number:
        return False
    unit = stretch.atoms[then].text
    beside = len(unit) <= SHORT_UNIT and stretch.gaps[then] == SPACE
    known = parse_target(stretch.atoms[at].text + unit).unit == unit or (at > 0 and stretch.atoms[at - 1].text == unit)
    return (beside or known) and not stretch.shapes[then].quantity and any(kind == "unit" for _, kind in stretch.columns.values)


def _units(stretch: Stretch, at: int) -> Iterator[tuple[int, float]]:
    """Every way to read a unit in its own cell: short, known or not, wrapped."""
    width, last = 0, at
    word = NO_NUMBER if at and not stretch.shapes[at - 1].quantity else 0.0
    while last < min(at + 3, len(stretch.atoms)) and not stretch.shapes[last].quantity and not stretch.shapes[last].sign:
        if last > at and (stretch.gaps[last] < LINE or stretch.crossed[last]):
            return
        width += stretch.shapes[last].width
        last += 1
        text = "".join(atom.text for atom in stretch.atoms[at:last])
        known = parse_target(f"1{text}").unit is not None
        if width > LONGEST_UNIT:
            return
        yield last, word + (0.1 if known else 0.6) + 0.3 * (last - at - 1) + max(0, width - 6) * 0.2 + 1.0 * (text in stretch.evidence.words)


def _digits_behind(stretch: Stretch, at: int) -> bool:
    """True where the next line begins with the rest of a number that a narrow cell has wrapped: ≥10114.7 / 6(件)."""
    then = at + 1
    if then >= len(stretch.atoms) or stretch.gaps[then] != LINE or stretch.crossed[then] or stretch.shapes[then].signed:
        return False
    number, rest = stretch.atoms[at].text, stretch.atoms[then].text
    cut = number[-1:].isdigit() and "." in number and len(number.partition(".")[2]) < DECIMALS
    return cut and rest[:1].isdigit() and not rest.partition(".")[0][REST:].isdigit() and parse_target(number + rest).value is not None


def _unit_below(stretch: Stretch, at: int) -> bool:
    """True where the next line holds nothing but the unit of a number, in a form that has no column for units: 600 / 个."""
    then = at + 1
    if at in stretch.thin or then >= len(stretch.atoms) or stretch.gaps[then] != LINE or stretch.crossed[then] or any(kind == "unit" for _, kind in stretch.columns.values):
        return False
    alone = then + 1 == len(stretch.atoms) or stretch.gaps[then + 1] >= LINE or stretch.crossed[then + 1]
    number, unit = stretch.atoms[at].text, stretch.atoms[then].text
    return alone and (unit in OF_A_NUMBER or (len(unit) <= SHORT_UNIT and unit in stretch.units)) and parse_target(number, stretch.units).unit is None


def _unit_behind(stretch: Stretch, at: int) -> bool:
    """True where the next line begins with the bracketed unit of a number, ＝7607.00 / （份）, or with the rest of its
    digits where a blank line stands behind every row: ≧9 / .00(份)."""
    then = at + 1
    if then >= len(stretch.atoms) or stretch.gaps[then] != LINE or stretch.crossed[then]:
        return False
    number, unit = stretch.atoms[at].text, stretch.atoms[then].text
    more = stretch.shapes[then].glued or (stretch.evidence.apart and number[-1].isdigit() and (unit[0] == "." or (unit[0].isdigit() and len(stretch.columns.values) == 1)))
    return more and parse_target(number).unit is None and unit[-1] in ")）" and parse_target(number + unit).unit is not None


def _worth(stretch: Stretch, first: int, last: int) -> float:
    """What it costs to read the atoms as a target's text."""
    if last - first == 1:
        shape = stretch.shapes[first]
        if shape.quantity:
            return 0.0
        if shape.word:
            return KIND if _is_kind(stretch, first) else 0.1
        key, width = stretch.atoms[first].key, shape.width
        if key in stretch.columns.choices:
            return TICK
    else:
        key = "".join(atom.key for atom in stretch.atoms[first:last])
        if key in stretch.evidence.words:
            return -1.0
        width = sum(shape.width for shape in stretch.shapes[first:last])
        if (stretch.shapes[first].open or stretch.shapes[first].sign or stretch.evidence.level) and parse_target(key).value is not None:
            return 0.0
    if _framed(stretch, first, last):
        return 0.7 + (2.0 if stretch.shapes[last - 1].open else 0.0) + (5.0 if key[:1] in STARTS_BADLY or key == "%" else 0.0)
    cost = (2.0 if stretch.shapes[last - 1].open else 0.0) + 0.7 + max(0.0, (width - 12) * 0.15)
    if key[:1] in STARTS_BADLY or key == "%":
        cost += 5.0
    if key[:1] in LEFT_OVER and stretch.evidence.level and key[:2] not in stretch.evidence.words:
        cost += 2.0
    if "。" in key or "..." in key or HEADING.match(key):
        cost += 3.0
    if key[-1:] in NAME_ENDS:
        cost += 1.2
    if len(key) < 2:
        cost += 1.5
    return cost


def _framed(stretch: Stretch, first: int, last: int) -> bool:
    """True for whole lines that stand alone with a name of one line between two level names, or the last line of a list behind
    one, where each row has one value: they are it, were they a sentence."""
    if len(stretch.columns.values) > 1 or stretch.columns.reason or not first or not stretch.crossed[first - 1]:
        return False
    end = last - first == 1 if last == len(stretch.atoms) else stretch.crossed[last] and stretch.gaps[last] >= LINE
    return end and LINE <= stretch.gaps[first - 1] < PAGE and LINE <= stretch.gaps[first] < PAGE


def shortfall(stretch: Stretch, weight: int, score: int) -> int:
    """1 where the score is below the weight, 0 where not or unknown, -1 where it is above; by their atoms, -1 for none."""
    if weight < 0 or score < 0:
        return 0
    full, got = stretch.shapes[weight].amount, stretch.shapes[score].amount
    if full is None or got is None:
        return 0
    return 1 if got < full else -1 if got > full else 0
