"""The rows of a list in a text laid out in columns: its lines parted where that costs least.

The cells of a row are centred on it, each has one value, and what is no whole cell goes on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from xltool.form import Form
from xltool.picture import display_width
from xltool.recovery.laid_height import Heights, heights, torn, uncentred
from xltool.recovery.laid_list import GROUP, NAME, NUMBER, SIGN, SPAN, TARGET, TEXT, UNIT, Column
from xltool.recovery.laid_words import Row, Word, text_of
from xltool.recovery.paragraphs import ends_open
from xltool.recovery.stretch import NAME_ENDS, STARTS_BADLY
from xltool.values import is_mark, parse_number, parse_percent, parse_target

TALLEST = 24
"""Lines of a row."""
STRAY, STRAYED = 2.5, 0.8
"""What a line costs that belongs to no row, and each cell of it but the first: a line of many cells is one of a row."""
SPACED = 8
"""A list has blank lines between its rows where one of so many has one before it."""
BEHIND = 3
"""Behind so many blank lines a single text is none of the list."""
FULL, SINGLE = 0.8, 1.0
"""What it costs that a cell ends with a full line and not as such cells end, and that it is a single character."""
SEVERAL, BESIDE_VALUE, UNIT_ALONE, BESIDE_KNOWN = 3.0, 2.0, 2.0, 1.0
"""What each value costs in a target that has one already, and that a value stands in it beside other text; that it
begins with the bracket of a unit; that a word which is a value by itself stands beside others."""
CELLS, DOUBLE = 3, 0.8
"""So many cells of a row that all stand on the same lines, and what that costs."""
CUT = 1.0
"""What a row costs that a page cuts."""
CLOSE = 1.0
"""A row is doubted where another parting costs hardly more."""
HOPELESS = 14.0
"""A row that costs more costs no less with more lines."""
FAR = 1e9


@dataclass(frozen=True, slots=True)
class Cut:
    """One row of the list: its cells by column, the lines it takes, whether another parting is as good, and the columns
    that have other words then; none where all may."""

    cells: tuple[tuple[Word, ...], ...]
    first: int
    last: int
    unsure: bool
    changed: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Parted:
    """The rows of a list, the words that belong to none, and how far down everything stands."""

    cuts: list[Cut]
    loose: list[Word]
    heights: Heights


@dataclass(slots=True)
class _Parting:
    """The lines of a list's own columns and what stands in each of them."""

    form: Form
    columns: Sequence[Column]
    sides: Sequence[Sequence[int]]
    lines: list[Row]
    cells: list[Sequence[Sequence[Word]]]
    widths: list[int]
    known: frozenset[str]
    blanks: list[int]
    numbers: dict[int, int]
    halves: bool = False
    costs: dict[tuple[int, int, int], float] = field(default_factory=dict)
    """What a cell costs, by its column and its first and last word."""


Lined = Sequence[tuple[Row, Sequence[Sequence[Word]]]]
"""Lines of a list with their words by column."""


def part(form: Form, columns: Sequence[Column], lined: Lined, known: frozenset[str]) -> Parted:
    """The rows of a list, from its lines with the words of each column; labels and spans are set aside."""
    parting = _parting(form, columns, lined, known)
    whole = _cheapest(parting)
    parting.halves = True
    halves = _cheapest(parting)
    if whole[2] <= halves[2] or _spaced(parting, halves[0]):
        halves = min(whole, halves, key=lambda found: found[2])
    return Parted(halves[0], halves[1], heights([row for row, _ in lined], [_highest(parting, cut) for cut in halves[0]]))


def weighed(form: Form, columns: Sequence[Column], lined: Lined, known: frozenset[str], widths: Sequence[int]) -> float:
    """What the rows cost that some lines of a list make, where its columns are as wide as said."""
    parting = _parting(form, columns, lined, known)
    parting.widths = list(widths)
    whole = _cheapest(parting)[2]
    parting.halves = True
    return min(whole, _cheapest(parting)[2])


def widths_of(columns: Sequence[Column], lined: Lined) -> list[int]:
    """How wide each column of a list is."""
    return [_width([display_width(text_of(own[number])) for _, own in lined if own[number]]) for number in range(len(columns))]


def _parting(form: Form, columns: Sequence[Column], lined: Lined, known: frozenset[str]) -> _Parting:
    """The lines of a list's own columns."""
    lines: list[Row] = []
    cells: list[Sequence[Sequence[Word]]] = []
    blanks: list[int] = []
    blank, before = 0, None
    for row, own in lined:
        blank += min(3, row.line - before.line - 1) if before and before.page == row.page else 0
        before = row
        if any(words and columns[number].kind not in (SPAN, GROUP) for number, words in enumerate(own)):
            lines.append(row)
            cells.append(own)
            blanks.append(blank)
            blank = 0
    while lines and blanks[-1] >= BEHIND and sum(bool(words) for number, words in enumerate(cells[-1]) if columns[number].kind not in (SPAN, GROUP)) == 1 and not any(parse_target(word.text, form.units).value for word in lines[-1].words):
        lines, cells, blanks = lines[:-1], cells[:-1], blanks[:-1]
    lists = [[number for number, one in enumerate(columns) if one.field in form.lists[name].own] for name in _lists(form, columns)]
    return _Parting(form, columns, lists, lines, cells, widths_of(columns, list(zip(lines, cells, strict=True))), known, blanks, {row.line: at for at, row in enumerate(lines)})


def _spaced(parting: _Parting, cuts: Sequence[Cut]) -> bool:
    """True where blank lines stand between many rows."""
    return sum(bool(parting.blanks[parting.numbers[cut.first]]) for cut in cuts[1:]) * SPACED > len(cuts)


def _width(lines: Sequence[int]) -> int:
    """The width of a column: that of its widest line but one, for a line may hold a word of the column beside."""
    return sorted(lines)[-2 if len(lines) > 4 else -1] if lines else 0


def _highest(parting: _Parting, cut: Cut) -> list[int]:
    """The lines of a row's highest cell."""
    own = [words for words, column in zip(cut.cells, parting.columns, strict=True) if words and column.kind not in (SPAN, GROUP)]
    return max((sorted({word.line for word in words}) for words in own), key=len)


def _numbered(parting: _Parting, first: int, cells: Sequence[Sequence[Word]]) -> list[list[int]]:
    """The lines of each own cell of a row, numbered from the row's first."""
    return [sorted({parting.numbers[word.line] - first for word in words}) for number, words in enumerate(cells) if words and parting.columns[number].kind not in (SPAN, GROUP)]


def _lists(form: Form, columns: Sequence[Column]) -> list[str]:
    return [name for name, spec in form.lists.items() if any(one.field in spec.own for one in columns)]


def _cheapest(parting: _Parting) -> tuple[list[Cut], list[Word], float]:
    """The rows that cost least together, the words between them, and the cost."""
    count = len(parting.lines)
    ahead, back = [0.0] + [FAR] * count, [FAR] * count + [0.0]
    arcs: list[tuple[int, int, float, bool]] = []
    for first in range(count):
        arcs.append((first, first + 1, _stray(parting, first), True))
        arcs.extend((first, last, cost, False) for last, cost in _from(parting, first))
    came: dict[int, tuple[int, bool]] = {}
    for first, last, cost, stray in arcs:
        if ahead[first] + cost < ahead[last]:
            ahead[last] = ahead[first] + cost
            came[last] = (first, stray)
    for first, last, cost, _ in reversed(arcs):
        back[first] = min(back[first], cost + back[last])
    path: list[tuple[int, int, bool]] = []
    at = count
    while at:
        first, stray = came[at]
        path.append((first, at, stray))
        at = first
    path.reverse()
    loose = [word for first, last, stray in path if stray for own in parting.cells[first:last] for number, words in enumerate(own) for word in words if parting.columns[number].kind not in (SPAN, GROUP)]
    crossed = _crossed(arcs, ahead, back, count)
    taken = [(first, last) for first, last, stray in path if not stray]
    near = [[at for at in range(first + 1, last) if ahead[at] + back[at] - ahead[count] < CLOSE] for first, last in taken]
    cuts = []
    for number, (first, last) in enumerate(taken):
        outer = min(crossed[first], crossed[last]) - ahead[count] < CLOSE
        cells = tuple(tuple(word for own in parting.cells[first:last] for word in own[column]) for column in range(len(parting.columns)))
        moved = [line for at in range(max(0, number - 1), number + 2) for line in _moved(taken[at : at + 1], near[at : at + 1])]
        changed = frozenset(column for line in moved for column, words in enumerate(parting.cells[line]) if words)
        cuts.append(Cut(cells, parting.lines[first].line, parting.lines[last - 1].line, bool(near[number]) or outer, changed))
    return cuts, loose, ahead[count]


def _moved(taken: Sequence[tuple[int, int]], near: Sequence[Sequence[int]]) -> Iterator[int]:
    """The lines that are another row's where rows are cut at one of these places inside: those up to the nearer end."""
    for (first, last), places in zip(taken, near, strict=True):
        for at in places:
            yield from range(first, at) if at - first <= last - at else range(at, last)


def _stray(parting: _Parting, at: int) -> float:
    """What it costs that a line belongs to no row."""
    filled = sum(bool(words) for number, words in enumerate(parting.cells[at]) if parting.columns[number].kind not in (SPAN, GROUP))
    return STRAY + STRAYED * (filled - 1)


def _crossed(arcs: Sequence[tuple[int, int, float, bool]], ahead: Sequence[float], back: Sequence[float], count: int) -> list[float]:
    """For each place between lines the cheapest parting that does not cut there."""
    found = [FAR] * (count + 1)
    for first, last, cost, _ in arcs:
        total = ahead[first] + cost + back[last]
        for at in range(first + 1, last):
            found[at] = min(found[at], total)
    return found


def _from(parting: _Parting, first: int) -> list[tuple[int, float]]:
    """The rows that may begin at a line: where they end, and their cost."""
    found = []
    for last in range(first + 1, min(first + TALLEST, len(parting.lines)) + 1):
        cells = [[word for own in parting.cells[first:last] for word in own[number]] for number in range(len(parting.columns))]
        cost = _cost(parting, first, last, cells)
        if cost > HOPELESS:
            break
        found.append((last, cost + _uncentred(parting, first, last, cells)))
    return found


def _cost(parting: _Parting, first: int, last: int, cells: Sequence[Sequence[Word]]) -> float:
    rows = parting.lines[first:last]
    cost = 0.3 + 0.15 * sum(parting.blanks[first + 1 : last])
    pages = rows[-1].page - rows[0].page
    cost += CUT * pages + DOUBLE * _is_double([cells[number] for side in parting.sides for number in side])
    filled = 0
    for side in parting.sides:
        own = [cells[number] for number in side]
        filled += any(own)
        cost += _side(parting, side, cells) if any(own) else 0.0
    return cost + (0.0 if filled else 6.0)


def _is_double(cells: Sequence[Sequence[Word]]) -> bool:
    """True where every cell of a row, several of them, has words on the same lines, more than one: as two rows have."""
    lines = [frozenset(word.line for word in words) for words in cells if words]
    return len(lines) >= CELLS and len(lines[0]) > 1 and len(set(lines)) == 1


def _uncentred(parting: _Parting, first: int, last: int, cells: Sequence[Sequence[Word]]) -> float:
    """What it costs that the cells of one row do not stand where their row puts them."""
    own = _numbered(parting, first, cells)
    rows = parting.lines
    if rows[first].page != rows[last - 1].page:
        return torn(own, last - first, sum(row.page == rows[first].page for row in rows[first:last]))
    foot = last < len(rows) and rows[last].page != rows[last - 1].page
    return uncentred(own, last - first, parting.halves, foot)


def _side(parting: _Parting, side: Sequence[int], cells: Sequence[Sequence[Word]]) -> float:
    """What the cells of one list cost in a row."""
    cost = 0.0
    for number in side:
        words = cells[number]
        column = parting.columns[number]
        if not words:
            cost += {NAME: 3.5, TARGET: 2.0, NUMBER: 1.0, SIGN: 0.7}.get(column.kind, 0.0)
            continue
        key = number, words[0].number, words[-1].number
        if key not in parting.costs:
            parting.costs[key] = _cell(parting, number, column.kind, words)
        cost += parting.costs[key]
    return cost


def _cell(parting: _Parting, number: int, kind: str, words: Sequence[Word]) -> float:
    lines: dict[int, list[Word]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    parts = [text_of(own) for own in lines.values()]
    cost = _apart(words) + _wraps(parts, parting.widths[number], kind) + _end(parting, number, kind, parts)
    if parts[0][:1] in STARTS_BADLY:
        cost += 2.0
    if ends_open(text_of(words)):
        cost += 1.5
    match kind:
        case "number" | "operator":
            whole = "".join(parts)
            if kind == NUMBER and parse_number(whole) is None and not is_mark(whole) and parse_percent(whole)[0] is None:
                cost += 3.0
            cost += 3.0 * (len(parts) - 1)
        case "target":
            cost += _values(parting, parts) + BESIDE_KNOWN * _beside_known(parting, words)
        case "unit":
            cost += 1.0 * (len(parts) - 1)
    return cost


def _beside_known(parting: _Parting, words: Sequence[Word]) -> bool:
    """True where a word that is a value by itself stands in a target with others that do not make one; 提升 3.1% is one."""
    if len(words) < 2 or not any(word.text in parting.known for word in words) or text_of(words) in parting.known:
        return False
    return not any(value.unit or value.operator for value in (parse_target(word.text, parting.form.units) for word in words))


def _values(parting: _Parting, parts: Sequence[str]) -> float:
    """What it costs that a target holds several values, one and something else, or a unit alone."""
    whole = parse_target("".join(parts), parting.form.units).value is not None
    alone = [parse_target(part, parting.form.units) for part in parts]
    several = sum(value.value is not None or part in parting.known for value, part in zip(alone, parts, strict=True)) - 1
    apart = any(column.kind == UNIT for column in parting.columns)
    strange = not whole and len(parts) > 1 and any(value.operator or (apart and value.value is not None) for value in alone)
    return SEVERAL * max(0, several) + UNIT_ALONE * (not whole and parts[0][:1] in "(（") + BESIDE_VALUE * strange


def _end(parting: _Parting, number: int, kind: str, parts: Sequence[str]) -> float:
    """What it costs that a cell ends where it does: behind a line that is full, most cells go on."""
    whole = "".join(parts)
    if kind not in (NAME, TARGET) or parse_target(whole, parting.form.units).value is not None or whole in parting.known or is_mark(whole):
        return 0.0
    ended = kind == NAME and whole[-1:] in NAME_ENDS
    full = parting.widths[number] > 2 and parting.widths[number] - display_width(parts[-1]) <= 1
    return FULL * (full and not ended) + SINGLE * (len(whole) == 1)


def _wraps(parts: Sequence[str], width: int, kind: str) -> float:
    """What it costs that lines end where they do: a line that goes on has no room for more."""
    cost = 0.0
    for part, then in zip(parts, parts[1:], strict=False):
        short = width - display_width(part)
        if kind in (NAME, TEXT):
            cost += 0.1 if short <= 3 or ends_open(part) else 0.5 if short <= 6 else 1.5
        elif kind in (TARGET, UNIT):
            cost += 0.4 if short <= 4 else 1.0
        if then[:1] in STARTS_BADLY:
            cost -= 0.1
    return cost


def _apart(words: Sequence[Word]) -> float:
    """What it costs that lines of a cell do not follow upon each other; what stands beside may lie between."""
    lines = sorted({word.line for word in words})
    return sum(min(3.0, 1.0 * max(0, then - line - 2)) for line, then in zip(lines, lines[1:], strict=False))
