"""Text laid out in columns by blanks (pdftotext -layout): the lines of one cell put together again.

Such text keeps where things stood: a cell of several lines is spread over lines that hold other
cells too, and what stands beside it is centred on it. The rows of a list are found by the lines
that hold their values; lines of a name or a reason above such a line are matched by as many below.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from xltool.recovery.atoms import BLANK, LINE, PAGE, SPACE, WIDE, Atom, Text
from xltool.recovery.even_gaps import evenly_parted, loosely_parted
from xltool.recovery.squeezed import Squeezed, find_captions
from xltool.recovery.vocabulary import Vocabulary
from xltool.values import clean, join_wrapped, normal, parse_number

SHARE, FEWER = 0.3, 0.1
"""A text is laid out in columns where so many of its lines hold bits parted by more than one blank; fewer do where the
names of a list take several lines each, but then lines begin further right."""
INDENT, INDENTED = 4, 0.5
"""So many blanks before a line, and the share of lines that have them where a text is laid out in columns."""


@dataclass(slots=True)
class Bit:
    """Words of one line parted from others by more than one blank: their atoms, from ``x`` to ``end``."""

    atoms: list[Atom]
    x: int
    end: int
    line: int
    page: int

    @property
    def text(self) -> str:
        return clean(" ".join(atom.text for atom in self.atoms))

    @property
    def key(self) -> str:
        return "".join(atom.key for atom in self.atoms)

    @property
    def centre(self) -> float:
        return (self.x + self.end) / 2


@dataclass(slots=True)
class Row:
    """One row of a list: the bits of each own column, and the line its values stand on."""

    line: int
    page: int
    cells: dict[int, list[Bit]] = field(default_factory=dict)


def is_laid_out(text: Text) -> bool:
    """True where many lines hold several bits parted by more than one blank, or some do and most begin further right;
    not where the blanks between bits are as many everywhere, or as it happens, and only part them, nor where most lines
    are cells."""
    plain = [line for line in text.lines if not line.grid]
    wide = sum(any(atom.gap == WIDE for atom in text.atoms[line.first + 1 : line.last]) for line in plain)
    moved = sum(text.atoms[line.first].x >= INDENT for line in plain)
    share = FEWER if moved > INDENTED * len(plain) else SHARE
    return len(plain) > max(8, len(text.lines) // 2) and wide > share * len(plain) and not evenly_parted(text, plain) and (moved > 0 or not loosely_parted(text, plain))


def in_reading_order(words: Vocabulary, atoms: Sequence[Atom]) -> list[Atom]:
    """The atoms of one form, cell by cell: long texts side by side as cells of two columns, each row of the list whole."""
    lines = [[part for bit in line for part in _parted(words, bit)] for line in _lines(atoms)]
    head = _head(words, lines)
    if head is None or len(words.form.blocks) != 1:
        return list(atoms)
    goal = _goal_line(words, lines[:head])
    foot = _foot(words, lines, head)
    ordered = [bit for line in lines[:goal] for bit in line]
    ordered.extend(_side_by_side(lines[goal], lines[goal + 1 : head]))
    ordered.extend(lines[head])
    listed = _list(words, lines[head], [line for line in lines[head + 1 : foot] if line])
    return _emit(ordered) + listed + _emit([bit for line in lines[foot:] for bit in line])


def _lines(atoms: Sequence[Atom]) -> list[list[Bit]]:
    lines: list[list[Bit]] = []
    for atom in atoms:
        if lines and lines[-1][-1].line == atom.line:
            if atom.gap == SPACE:
                lines[-1][-1].atoms.append(atom)
                lines[-1][-1].end = atom.end
            else:
                lines[-1].append(Bit([atom], atom.x, atom.end, atom.line, atom.page))
        else:
            lines.append([Bit([atom], atom.x, atom.end, atom.line, atom.page)])
    return lines


def _head(words: Vocabulary, lines: Sequence[Sequence[Bit]]) -> int | None:
    """The line that holds most of the list's header captions."""
    heads = words.heads[0] if words.heads else frozenset()
    counts = [sum(normal(bit.text).rstrip(":") in heads for bit in line) for line in lines]
    best = max(range(len(lines)), key=counts.__getitem__, default=None)
    return best if best is not None and counts[best] >= 2 else None


def _goal_line(words: Vocabulary, lines: Sequence[Sequence[Bit]]) -> int:
    """The line of the captions over the long texts: the last line before the list that holds two captions."""
    found = len(lines) - 1
    for at in range(len(lines) - 1, -1, -1):
        atoms = [atom for bit in lines[at] for atom in bit.atoms]
        if len(find_captions(words, Squeezed(atoms))) >= 2:
            return at
        found = at
    return found


def _foot(words: Vocabulary, lines: Sequence[Sequence[Bit]], head: int) -> int:
    """The first line below the list that begins with a caption from below it."""
    row = min(words.block_rows)
    below = {normal(slot.cell.caption) for slot in words.slots if slot.kind == "caption" and slot.cell.row > row}
    return next((at for at in range(head + 1, len(lines)) if lines[at][0].key in below), len(lines))


def _side_by_side(captions: Sequence[Bit], lines: Sequence[Sequence[Bit]]) -> Iterator[Bit]:
    """The captions of two long texts and the texts: what stands far left first, then each caption's and text's column."""
    if len(captions) < 2:
        yield from (*captions, *(bit for line in lines for bit in line))
        return
    left, right = captions[-2], captions[-1]
    middle = (left.centre + right.centre) / 2
    begins = [bit.x for line in lines for bit in line if bit.x > left.centre and bit.centre >= middle]
    bits = [part for line in lines for bit in line for part in _halves(bit, min(begins, default=0), middle)]
    edge = min((bit.x for bit in bits if bit.end - bit.x > 10 and bit.centre < middle), default=left.x) - 1
    far = [bit for bit in (*captions[:-2], *bits) if bit.end <= edge + 1]
    yield from far
    yield from (bit for bit in captions[:-2] if bit not in far)
    for column, own in ((0, left), (9, right)):
        _put(own, column)
    yield from (left, right)
    second = {id(bit) for line in _by_line([bit for bit in bits if bit not in far]) for bit in line[1:]}
    rights = [bit for bit in bits if bit not in far and (id(bit) in second or (bit.centre >= middle and not _two_sided(bit, bits, far)))]
    for column, side in ((0, [bit for bit in bits if bit not in far and bit not in rights]), (9, rights)):
        for bit in side:
            _put(bit, column)
            yield bit


def _by_line(bits: Sequence[Bit]) -> list[list[Bit]]:
    """The bits line by line."""
    lines: dict[int, list[Bit]] = {}
    for bit in bits:
        lines.setdefault(bit.line, []).append(bit)
    return list(lines.values())


def _two_sided(bit: Bit, bits: Sequence[Bit], far: Sequence[Bit]) -> bool:
    """True where another bit of the line stands further right: then this one is the left text's."""
    return any(other.line == bit.line and other.x > bit.x for other in bits if other not in far)


def _halves(bit: Bit, begin: int, middle: float) -> Iterator[Bit]:
    """The bit, parted where the right of two texts begins inside it: full lines leave but one blank between them."""
    at = next((number for number, atom in enumerate(bit.atoms) if number and begin and abs(atom.x - begin) <= 2), None)
    if at is None and len(bit.atoms) > 1 and bit.x < middle < bit.end:
        at = max(range(1, len(bit.atoms)), key=lambda number: min(len(bit.atoms[number - 1].key), len(bit.atoms[number].key)))
        if min(len(bit.atoms[at - 1].key), len(bit.atoms[at].key)) < 8:
            at = None
    if at is None:
        yield bit
        return
    yield Bit(bit.atoms[:at], bit.x, bit.atoms[at - 1].end, bit.line, bit.page)
    yield Bit([bit.atoms[at]._replace(gap=WIDE), *bit.atoms[at + 1 :]], bit.atoms[at].x, bit.end, bit.line, bit.page)


def _put(bit: Bit, column: int) -> None:
    """Makes the bit a cell of a grid's column, its words one text."""
    bit.atoms = [bit.atoms[0]._replace(text=bit.text, key=bit.key, cell=column)]


def _parted(words: Vocabulary, bit: Bit) -> Iterator[Bit]:
    """The bit, parted where it begins with a level name, or with a part of a merged cell's caption (目标 before the goal)."""
    captions = [normal(cell.caption) for cell in words.form.layout.cells if (cell.row, cell.column) in words.floats]
    while len(bit.atoms) > 1 and (bit.atoms[0].key in words.levels.keys or any(bit.atoms[0].key in caption for caption in captions)):
        first, rest = bit.atoms[0], bit.atoms[1:]
        yield Bit([first], bit.x, first.end, bit.line, bit.page)
        bit = Bit([rest[0]._replace(gap=WIDE), *rest[1:]], rest[0].x, bit.end, bit.line, bit.page)
    yield bit


def _list(words: Vocabulary, head: Sequence[Bit], lines: Sequence[list[Bit]]) -> list[Atom]:
    spec = words.form.lists[words.form.blocks[0].lists[0]]
    count = len(spec.own)
    again = [line for line in lines if sum(normal(bit.text) in words.heads[0] for bit in line) > 1]
    labels, others = _labels(words, [line for line in lines if line not in again])
    rows: list[Row] = []
    loose = [bit for line in again for bit in line]
    for page in sorted({line[0].page for line in others}):
        own = [line for line in others if line[0].page == page]
        found, left = _rows(own, _columns(head[-count:], own, count), count)
        rows.extend(found)
        loose.extend(left)
    events: list[tuple[int, int, list[Atom]]] = [(row.line, 1, _row_atoms(row, count)) for row in rows]
    events.extend((bit.line, 0, _bit_atoms(bit, LINE)) for bit in (*labels, *loose))
    events.sort(key=lambda event: event[:2])
    return [atom for _, _, found in events for atom in found]


def _labels(words: Vocabulary, lines: Sequence[list[Bit]]) -> tuple[list[Bit], list[list[Bit]]]:
    """The bits that are level names or captions of merged cells, those of two lines joined at their middle; the rest by line."""
    known = set(words.levels.keys) | {normal(cell.caption) for cell in words.form.layout.cells if (cell.row, cell.column) in words.floats}
    found: list[Bit] = []
    taken: set[int] = set()
    flat = [bit for line in lines for bit in line]
    for at, bit in enumerate(flat):
        if id(bit) in taken:
            continue
        whole = _whole_label(bit, flat[at + 1 :], known, taken)
        if whole:
            taken.update(id(part) for part in whole)
            middle = whole[(len(whole) - 1) // 2]
            found.append(Bit([atom for part in whole for atom in part.atoms], bit.x, bit.end, middle.line, bit.page))
    return found, [rest for line in lines if (rest := [bit for bit in line if id(bit) not in taken])]


def _whole_label(bit: Bit, following: Sequence[Bit], known: set[str], taken: set[int]) -> list[Bit] | None:
    if bit.key in known:
        return [bit]
    wanted = [key for key in known if key.startswith(bit.key) and len(bit.key) > 1]
    run, parts = bit.key, [bit]
    for then in following:
        if not wanted or then.line - parts[-1].line > 3:
            return None
        if id(then) in taken or then.line == parts[-1].line or abs(then.centre - bit.centre) > 6:
            continue
        if not any(key.startswith(run + then.key) for key in wanted):
            return None
        run += then.key
        parts.append(then)
        if run in known:
            return parts
    return None


def _columns(head: Sequence[Bit], lines: Sequence[Sequence[Bit]], count: int) -> list[tuple[float, float]]:
    """Where each own column stands: from the lines that hold one bit for each, else from the header's captions."""
    full = [line for line in lines if len(line) == count] or [line for line in lines if len(line) == count - 1]
    spans = [(float(bit.x), float(bit.end)) for bit in head]
    for at in range(min(count, len(spans), len(full[0]) if full else 0)):
        spans[at] = (float(min(line[at].x for line in full)), float(max(line[at].end for line in full)))
    return spans


def _column(bit: Bit, spans: Sequence[tuple[float, float]]) -> int:
    """The column that a bit stands in: the most overlap, else the nearest."""

    def far(span: tuple[float, float]) -> float:
        overlap = min(bit.end, span[1]) - max(bit.x, span[0])
        return -overlap / max(1.0, bit.end - bit.x) if overlap > 0 else min(abs(bit.x - span[1]), abs(bit.end - span[0])) + 1

    return min(range(len(spans)), key=lambda at: far(spans[at]))


def _rows(lines: Sequence[Sequence[Bit]], spans: Sequence[tuple[float, float]], count: int) -> tuple[list[Row], list[Bit]]:
    """The rows: a line that holds a value is a row's middle, lines of text above it are matched by as many below."""
    rows: list[Row] = []
    pending: dict[int, list[Bit]] = {}
    wanted: dict[int, int] = {}
    value = 1 if count == 2 else count - 2
    for line in lines:
        placed = [(_column(bit, spans), bit) for bit in line]
        if any(column == value or (count > 2 and 0 < column < count - 1 and parse_number(bit.text) is not None) for column, bit in placed):
            rows.append(_anchor(line[0], placed, pending, wanted))
            pending = {}
            continue
        for column, bit in placed:
            if rows and (wanted.get(column, 0) > 0 or _goes_on(rows[-1], column, bit)):
                rows[-1].cells.setdefault(column, []).append(bit)
                wanted[column] = wanted.get(column, 0) - 1
            else:
                pending.setdefault(column, []).append(bit)
    return rows, [bit for bits in pending.values() for bit in bits]


def _goes_on(row: Row, column: int, bit: Bit) -> bool:
    """True where a cell without a line on its row's own line ends with a full line just above."""
    bits = row.cells.get(column, [])
    if not bits or any(one.line == row.line for one in bits) or bit.line != bits[-1].line + 1:
        return False
    width = max(one.end - one.x for one in bits)
    return bits[-1].end - bits[-1].x >= width - 1 and bits[-1].key[-1:] not in "。；"


def _anchor(first: Bit, placed: Sequence[tuple[int, Bit]], pending: dict[int, list[Bit]], wanted: dict[int, int]) -> Row:
    row = Row(first.line, first.page, {column: list(bits) for column, bits in pending.items()})
    wanted.clear()
    wanted.update({column: len(bits) for column, bits in pending.items()})
    for column, bit in placed:
        row.cells.setdefault(column, []).append(bit)
    if 0 not in row.cells:
        wanted[0] = 1  # a row has a name: one that stands a little lower is its own
    return row


def _row_atoms(row: Row, count: int) -> list[Atom]:
    found: list[Atom] = []
    for column in range(count):
        bits = row.cells.get(column, [])
        if not bits:
            continue
        text = ""
        for bit in bits:
            text = join_wrapped(text, bit.text)
        gap = WIDE if found else BLANK
        found.append(bits[0].atoms[0]._replace(text=text, key=normal(text), gap=gap, line=row.line))
    return found


def _bit_atoms(bit: Bit, gap: int) -> list[Atom]:
    return [bit.atoms[0]._replace(gap=max(gap, bit.atoms[0].gap) if bit.atoms[0].gap == PAGE else gap, line=bit.line), *(atom._replace(line=bit.line) for atom in bit.atoms[1:])]


def _emit(bits: Sequence[Bit]) -> list[Atom]:
    """The atoms of bits in this order; a bit that does not follow on its line begins one."""
    found: list[Atom] = []
    before: Bit | None = None
    for bit in bits:
        gap = bit.atoms[0].gap
        if before is not None and before.line != bit.line and gap in (SPACE, WIDE):
            gap = LINE
        found.extend([bit.atoms[0]._replace(gap=gap), *bit.atoms[1:]])
        before = bit
    return found
