"""Signs that a list has another number of rows than were read, or that a row ends elsewhere: two rows in one, a name's end at the
head of the next, a level name inside a row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from xltool.recovery.atoms import LINE, PAGE
from xltool.recovery.joins import ENDS_BADLY
from xltool.recovery.row_signs import Row, Sign
from xltool.recovery.row_values import VALUES
from xltool.recovery.rows import Cut
from xltool.recovery.stretch import ENDS_OPEN, STARTS_BADLY, Stretch

TWO = "名称之内的一行也可能是值，这一行可能是两行"
UNFILLED = "下一行没有值，可能是这一行名称的后半"
AMID = "层级名印在这一行之内，这一行归于哪一层级不能确定"
ENDS = "下一行名称的第一行可能是这一行名称的后半"
CHARACTER = 2
"""How wide a Chinese character is."""
HELD, SHARE = 2, 0.8
"""So many full lines tell how wide a column is, where they or lines with one letter less are so large a share of all."""
SURE = 1.0
"""The margin below which a row may be two."""


def miscounted(stretch: Stretch, numbers: Sequence[int], rows: Sequence[Row], found: Cut) -> Iterator[Sign]:
    """What speaks against the ends of rows; ``numbers`` are the list's atoms as the rows call them, ``found`` is how they were cut."""
    own, at_of = stretch.columns, {number: at for at, number in enumerate(numbers)}
    names = [[at_of[number] for number in row.fields.get(own.name, [])] for row in rows]
    full, ends = _full(stretch, names), Counter(_end(stretch, name) for name in names)
    for row, (one, name) in enumerate(zip(rows, names, strict=True)):
        two = next((at for at, then in zip(name[1:], name[2:], strict=False) if found.others[at] == VALUES and found.margins[at] < SURE and _is_line(stretch, at, then)), None)
        if two is not None:
            yield Sign(-1, numbers[two], TWO)
        if any(stretch.crossed[at] for at in name[1:]):
            yield Sign(row, one.first, AMID)
            yield from (Sign(row - 1, one.first, AMID, own.reason) for _ in range(row > 0 and own.reason != ""))
        if row and own.reason not in rows[row - 1].fields and _ends_above(stretch, full, names[row - 1], name, ends[_end(stretch, names[row - 1])] == 1):
            yield from (Sign(beside, one.first, ENDS, own.name) for beside in (row - 1, row))
        if row and name and own.values and not stretch.crossed[name[0]] and not any(field in one.fields for field, _ in own.values):
            yield from (Sign(row - 1, one.first, UNFILLED, field) for field in (own.name, own.values[0][0]))
            yield Sign(row, one.first, UNFILLED)


def _end(stretch: Stretch, name: Sequence[int]) -> str:
    """The letter with which a name ends."""
    return stretch.atoms[name[-1]].key[-1:] if name else ""


def _is_line(stretch: Stretch, at: int, then: int) -> bool:
    """True for an atom that ends its line and stands apart from the words before it, whole by itself."""
    whole = not stretch.shapes[at].open and not stretch.atoms[at].key.endswith(ENDS_OPEN)
    return stretch.gaps[then] >= LINE and whole and at not in stretch.thin


def _full(stretch: Stretch, names: Sequence[Sequence[int]]) -> int | None:
    """The width of a full line of a name that has Chinese letters alone, none of which is wider or narrower than another;
    None where too few are wrapped, or no two at one width."""
    widths = Counter(stretch.shapes[at].line_width for name in names for at, then in zip(name, name[1:], strict=False) if stretch.gaps[then] >= LINE and _is_even(stretch, at))
    full = max((width for width, count in widths.items() if count >= HELD), default=None)
    return full if full and (widths[full] + widths[full - CHARACTER]) >= SHARE * widths.total() else None


def _is_even(stretch: Stretch, at: int) -> bool:
    """True for the one word of a line of Chinese letters."""
    shape = stretch.shapes[at]
    return shape.line_width == shape.width == CHARACTER * len(stretch.atoms[at].text)


def _ends_above(stretch: Stretch, full: int | None, above: Sequence[int], name: Sequence[int], rare: bool) -> bool:
    """True for a name that may begin with the rest of the one above, printed behind its values: that fills its line, and the
    first line of this one does not, begins a page, or goes on with what stands together elsewhere, or it ends as no other
    does (``rare``)."""
    if not above or not name or stretch.gaps[name[0]] < LINE or stretch.crossed[name[0]]:
        return False
    end = next((at for at in name[1:] if stretch.gaps[at] >= LINE), None)
    width = full or (None if stretch.evidence.ragged else stretch.evidence.name_width)
    spare = 0 if _is_even(stretch, above[-1]) else CHARACTER
    if end is None or width is None or _room(stretch, width - spare, above[-1], name[0]):
        return False
    together = stretch.atoms[above[-1]].key[-1:] + stretch.atoms[name[0]].key[:1] in stretch.evidence.pairs
    short = full is not None and _is_even(stretch, end - 1) and _room(stretch, full, end - 1, end)
    return rare or together or short or stretch.gaps[name[0]] == PAGE


def _room(stretch: Stretch, full: int, last: int, then: int) -> bool:
    """True where a line that ends with one atom has room for the head of another."""
    key = stretch.atoms[then].key
    carried = CHARACTER * ((len(key) > 1 and key[1] in STARTS_BADLY) or stretch.atoms[then].text[:1] in ENDS_BADLY)
    return full - stretch.shapes[last].line_width >= max(CHARACTER, stretch.shapes[then].lead) + carried
