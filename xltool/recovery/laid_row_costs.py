"""What a row of a list costs in a text laid out in columns, by its cells: what is no whole cell goes on, and each has one value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from xltool.form import Form
from xltool.picture import display_width
from xltool.recovery.laid_height import torn, uncentred
from xltool.recovery.laid_list import GROUP, NAME, NUMBER, SIGN, SPAN, TARGET, TEXT, UNIT, Column
from xltool.recovery.laid_words import Row, Word, text_of
from xltool.recovery.paragraphs import ends_open
from xltool.recovery.stretch import NAME_ENDS, STARTS_BADLY
from xltool.values import is_mark, parse_number, parse_percent, parse_target

EMPTY = {NAME: 3.5, TARGET: 2.0, NUMBER: 1.0, SIGN: 0.7}
"""What a row costs that lacks what its column holds; one that is empty everywhere parts no rows."""
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


Costs = dict[tuple[int, tuple[int, ...]], float]


@dataclass(slots=True)
class Parting:
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
    costs: dict[tuple[int, int, int], float] = field(default_factory=dict)
    """What a cell costs, by its column and its first and last word."""
    known_costs: Costs = field(default_factory=dict)
    """What a cell costs, by its column and all its words: for other partings of the same lines."""


Lined = Sequence[tuple[Row, Sequence[Sequence[Word]]]]
"""Lines of a list with their words by column."""


def widths_of(columns: Sequence[Column], lined: Lined) -> list[int]:
    """How wide each column of a list is."""
    return [_width([display_width(text_of(own[number])) for _, own in lined if own[number]]) for number in range(len(columns))]


def parting_of(form: Form, columns: Sequence[Column], lined: Lined, known: frozenset[str]) -> Parting:
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
    return Parting(form, columns, lists, lines, cells, widths_of(columns, list(zip(lines, cells, strict=True))), known, blanks, {row.line: at for at, row in enumerate(lines)})


def _width(lines: Sequence[int]) -> int:
    """The width of a column: that of its widest line but one, for a line may hold a word of the column beside."""
    return sorted(lines)[-2 if len(lines) > 4 else -1] if lines else 0


def _numbered(parting: Parting, first: int, cells: Sequence[Sequence[Word]]) -> list[list[int]]:
    """The lines of each own cell of a row, numbered from the row's first."""
    return [sorted({parting.numbers[word.line] - first for word in words}) for number, words in enumerate(cells) if words and parting.columns[number].kind not in (SPAN, GROUP)]


def _lists(form: Form, columns: Sequence[Column]) -> list[str]:
    return [name for name, spec in form.lists.items() if any(one.field in spec.own for one in columns)]


def row_cost(parting: Parting, first: int, last: int, cells: Sequence[Sequence[Word]]) -> float:
    """What a row costs by what its cells hold."""
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


def off_middle(parting: Parting, first: int, last: int, cells: Sequence[Sequence[Word]]) -> tuple[float, float]:
    """What it costs that the cells of one row do not stand where their row puts them: where what stands between two lines
    is printed on one of them, and where on a line of its own."""
    own = _numbered(parting, first, cells)
    rows = parting.lines
    if rows[first].page != rows[last - 1].page:
        cut = torn(own, last - first, sum(row.page == rows[first].page for row in rows[first:last]))
        return cut, cut
    foot = last < len(rows) and rows[last].page != rows[last - 1].page
    return uncentred(own, last - first, False, foot), uncentred(own, last - first, True, foot)


def _side(parting: Parting, side: Sequence[int], cells: Sequence[Sequence[Word]]) -> float:
    """What the cells of one list cost in a row."""
    cost = 0.0
    for number in side:
        words = cells[number]
        column = parting.columns[number]
        if not words:
            cost += EMPTY.get(column.kind, 0.0) if parting.widths[number] else 0.0
            continue
        key = number, words[0].number, words[-1].number
        if key not in parting.costs:
            parting.costs[key] = _known(parting, number, words)
        cost += parting.costs[key]
    return cost


def _known(parting: Parting, number: int, words: Sequence[Word]) -> float:
    """What a cell costs, weighed once for all partings."""
    key = number, tuple(word.number for word in words)
    if key not in parting.known_costs:
        parting.known_costs[key] = _cell(parting, number, parting.columns[number].kind, words)
    return parting.known_costs[key]


def _cell(parting: Parting, number: int, kind: str, words: Sequence[Word]) -> float:
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


def _beside_known(parting: Parting, words: Sequence[Word]) -> bool:
    """True where a word that is a value by itself stands in a target with others that do not make one; 提升 3.1% is one."""
    if len(words) < 2 or not any(word.text in parting.known for word in words) or text_of(words) in parting.known:
        return False
    return not any(value.unit or value.operator for value in (parse_target(word.text, parting.form.units) for word in words))


def _values(parting: Parting, parts: Sequence[str]) -> float:
    """What it costs that a target holds several values, one and something else, or a unit alone."""
    whole = parse_target("".join(parts), parting.form.units).value is not None
    alone = [parse_target(part, parting.form.units) for part in parts]
    several = sum(value.value is not None or part in parting.known for value, part in zip(alone, parts, strict=True)) - 1
    apart = any(column.kind == UNIT for column in parting.columns)
    strange = not whole and len(parts) > 1 and any(value.operator or (apart and value.value is not None) for value in alone)
    return SEVERAL * max(0, several) + UNIT_ALONE * (not whole and parts[0][:1] in "(（") + BESIDE_VALUE * strange


def _end(parting: Parting, number: int, kind: str, parts: Sequence[str]) -> float:
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
