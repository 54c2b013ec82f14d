"""What gives cause to doubt cells of a form in a text laid out in columns, though each of them reads well by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby, pairwise

from xltool.filing import Item, Scalar
from xltool.form import Form, ListBlock, ListSpec
from xltool.recovery.laid_bands import Band
from xltool.recovery.laid_groups import Label
from xltool.recovery.laid_list import (
    GROUP,
    NAME,
    NUMBER,
    SIGN,
    SPAN,
    TARGET,
    TEXT,
    UNIT,
    Column,
    unclosed,
)
from xltool.recovery.laid_rows import Cut
from xltool.recovery.laid_words import Word, goes_on, text_of
from xltool.recovery.stretch import NAME_ENDS
from xltool.values import normal, parse_target

FEW = 4
"""A column of numbers is filled in every row where hardly one of so many lacks its number."""
SEVERAL = 2
"""A text of more lines is a long one."""
CELLS = 3
"""So many cells of a row are several."""
LETTER = 2
"""A line is full that lacks no more places than a letter takes."""
HALF = 0.5
"""Cells of a row may be off each other by half a line: such are printed on whole ones."""
BRACKETS = "）)"
STOPS = "。！？；!?;…"
"""A long text ends with one of these."""
Words = Mapping[tuple[int, int], Sequence[Word]]
"""The words of each cell by its place in the layout."""


def without_number(columns: Sequence[Column], cuts: Sequence[Cut]) -> Iterator[tuple[int, Column]]:
    """The rows that lack a number which nearly all others have, by their place, with its column."""
    for number, column in enumerate(columns):
        empty = [at for at, cut in enumerate(cuts) if not cut.cells[number]] if column.kind == NUMBER else []
        if len(empty) * FEW < len(cuts):
            yield from ((at, column) for at in empty)


def two_in_one(form: Form, columns: Sequence[Column], cuts: Sequence[Cut]) -> Iterator[tuple[int, Word]]:
    """The rows of which every cell has its words on the same lines, more than one, by their place, with the first word of the
    second line: as two rows would have them. Of few cells that says so where a value has room for what stands below it, or
    another parting of the rows is as good."""
    widest = [max((max(_line_widths(cut.cells[at]).values()) for cut in cuts if cut.cells[at]), default=0) for at in range(len(columns))]
    for number, cut in enumerate(cuts):
        lines = [frozenset(word.line for word in cell) for cell in cut.cells if cell]
        if len(lines) > 1 and len(set(lines)) == 1 and len(lines[0]) > 1 and (len(lines) >= CELLS or cut.unsure or any(_has_room(form, columns[at], cell, widest[at]) for at, cell in enumerate(cut.cells))):
            second = sorted(lines[0])[1]
            yield number, next(word for cell in cut.cells for word in cell if word.line == second)


def _has_room(form: Form, column: Column, cell: Sequence[Word], widest: int) -> bool:
    """True for what is no value, has room behind its first line, and begins with a whole one or goes on with a number."""
    if column.kind != TARGET or not cell or parse_target(text_of(cell), form.units).value is not None or text_of(cell) in form.words:
        return False
    lines = _by_line(cell)
    return next(iter(_line_widths(cell).values())) + 2 * LETTER < widest and (text_of(lines[0]) in form.words or any(line[0].text[:1].isdigit() for line in lines[1:]))


def without_value(columns: Sequence[Column], cuts: Sequence[Cut]) -> Iterator[tuple[int, Word]]:
    """The rows that have neither value nor number, where more than a few lack them, by their place, with a word of theirs, if
    they may be several: they take several lines, or no row of the list has any."""
    valued = [number for number, column in enumerate(columns) if column.kind in (TARGET, NUMBER)]
    bare = [at for at, cut in enumerate(cuts) if not any(cut.cells[number] for number in valued)]
    for at in bare if valued else ():
        words = [word for cell in cuts[at].cells for word in cell]
        if len(bare) == len(cuts) or (len(bare) * FEW >= len(cuts) and len({word.line for word in words}) > 1):
            yield at, words[0]


def parted(form: Form, spec: ListSpec, columns: Sequence[Column], cut: Cut, groups: Sequence[str]) -> Iterator[str]:
    """The fields of a row which may begin or end at another line: all but the numbers that stand on none of the lines in
    question, and these ``groups``."""
    if not cut.unsure:
        return
    yield from groups
    for number, column in enumerate(columns):
        number_alone = column.kind in (NUMBER, SIGN, UNIT) or (column.kind == TARGET and parse_target(text_of(cut.cells[number]), form.units).value is not None)
        if column.field in spec.own and (not cut.changed or number in cut.changed or not number_alone):
            yield column.field


def at_edges(groups: Sequence[object]) -> frozenset[int]:
    """The rows beside one of another group: where such a row begins and ends tells its own; ``groups`` are those of all."""
    return frozenset(at for number, (one, other) in enumerate(pairwise(groups)) if one != other for at in (number, number + 1))


def beside_lost(form: Form, block: ListBlock, columns: Sequence[Column], cuts: Sequence[Cut], lost: Sequence[tuple[Word, int]]) -> Iterator[tuple[Word, str]]:
    """Words that belong to no row, given with their columns, each with the paths of what it may be a part of: of rows whose
    lines it is next to the cell of its column, the whole row where that is a label's."""
    for name in block.lists:
        spec = form.lists[name]
        own = [at for at, one in enumerate(columns) if one.field in spec.own]
        filled = [cut for cut in cuts if any(cut.cells[at] for at in own)]
        for word, at in lost:
            one = columns[at]
            inner = f".{form.fields[one.field].path}" if one.field in spec.own else ""
            if inner or one.kind in (GROUP, SPAN):
                yield from ((word, f"{name}[{row}]{inner}") for row, cut in enumerate(filled) if cut.first - 1 <= word.line <= cut.last + 1)


def going_on(columns: Sequence[Column], cuts: Sequence[Cut]) -> Iterator[tuple[int, int, Word]]:
    """The names and texts of two rows beside each other of which the upper one's last line may be the lower one's first, as
    (row, column, word): it is full, does not end as such cells do, and the lower one's begins on the line behind it. What another row says word for
    word ends where it does there."""
    for number, column in enumerate(columns):
        lines = [_line_widths(cut.cells[number]) for cut in cuts] if column.kind in (NAME, TEXT) else []
        widest = max((max(own.values()) for own in lines if own), default=0)
        wraps = column.kind == TEXT or any(len(own) > 1 for own in lines)
        said = Counter(text_of(cut.cells[number]) for cut in cuts)
        ends = (*(NAME_ENDS if column.kind == NAME else STOPS), *(BRACKETS if column.kind == NAME and _brackets_end(said) else ""))
        for at, (own, below) in enumerate(pairwise(lines if wraps else ())):
            again = any(said[text_of(cut.cells[number])] > 1 for cut in cuts[at : at + 2])
            if own and below and not again and max(own) + 1 == min(below) and own[max(own)] + LETTER >= widest:
                last = cuts[at].cells[number][-1]
                if last.text[-1:] not in ends and _as_good(cuts[at], cuts[at + 1], number):
                    yield at, number, last
                    yield at + 1, number, cuts[at + 1].cells[number][0]


def _brackets_end(texts: Mapping[str, int]) -> bool:
    """True where several names of a list end with a bracket, and none goes on behind one."""
    keys = [normal(text) for text in texts]
    return sum(key.endswith(")") for key in keys) > 1 and not any(")" in key.rstrip(")") for key in keys)


def _as_good(upper: Cut, lower: Cut, number: int) -> bool:
    """True where the upper row's last line may be the lower one's first, or the other way round: neither cell is empty then
    or closes a bracket that it does not open, and both stand about as well beside the other cells of their rows."""
    lines = [_by_line(cut.cells[number]) for cut in (upper, lower)]
    ways = [(own, below) for own, below in ((lines[0][:-1], [lines[0][-1], *lines[1]]), ([*lines[0], lines[1][0]], lines[1][1:])) if own and below]
    beside = [[word.line for at, cell in enumerate(cut.cells) if at != number for word in cell] for cut in (upper, lower)]
    now = _away(lines, beside)
    whole = not any(_unclosed(own) for own in lines)
    return any(_away(way, beside) <= now + 2 * HALF and not (whole and any(_unclosed(own) for own in way)) for way in ways)


def _by_line(cell: Sequence[Word]) -> list[list[Word]]:
    """The words of each line of a cell."""
    return [[word for word in cell if word.line == line] for line in sorted({word.line for word in cell})]


def _unclosed(lines: Sequence[Sequence[Word]]) -> bool:
    return unclosed("".join(word.text for line in lines for word in line))


def _away(cells: Sequence[Sequence[Sequence[Word]]], beside: Sequence[Sequence[int]]) -> float:
    """How many lines the middles of the cells of two rows are off those of the cells beside them; those of a row that has no
    others are off nothing."""
    if not all(beside):
        return 0.0
    return sum(_off([line[0].line for line in own], others) for own, others in zip(cells, beside, strict=True))


def _off(lines: Sequence[int], others: Sequence[int]) -> float:
    """How many lines the middle of a cell is off that of the cells beside it."""
    return abs((lines[0] + lines[-1]) / 2 - (min(others) + max(others)) / 2)


def _line_widths(cell: Sequence[Word]) -> dict[int, int]:
    """The places from the first to the last word of each line of a cell."""
    lines = {word.line: [one for one in cell if one.line == word.line] for word in cell}
    return {line: max(word.end for word in own) - min(word.x for word in own) for line, own in lines.items()}


def ticks(form: Form, columns: Sequence[Column], cuts: Sequence[Cut]) -> Iterator[tuple[int, int, Word]]:
    """The cells of columns of ticks beside each other, some of them empty: (row, column, tick). Narrow columns are told apart by
    where the tick stands, and text moves it."""
    chosen = [bool(one.field and form.fields[one.field].choices) for one in columns]
    for _, run in groupby(range(len(columns)), key=chosen.__getitem__):
        own = list(run)
        if not chosen[own[0]] or len(own) < 2:
            continue
        for at, cut in enumerate(cuts):
            filled = [cut.cells[number] for number in own if cut.cells[number]]
            if filled and len(filled) < len(own):
                yield from ((at, number, filled[0][0]) for number in own)


def over_pages(columns: Sequence[Column], cuts: Sequence[Cut]) -> Iterator[tuple[int, int, Word]]:
    """The cells of texts of a row that a page cuts, where behind the cut only one of its cells goes on: (row, column, word).
    Without others beside it nothing says whose those words are."""
    for at, cut in enumerate(cuts):
        first = min((word.page for cell in cut.cells for word in cell), default=0)
        behind = [number for number, cell in enumerate(cut.cells) if any(word.page > first for word in cell)]
        if len(behind) == 1:
            word = next(word for word in cut.cells[behind[0]] if word.page > first)
            lasts = [max((word.line for word in cell if word.page == first), default=0) for cell in cut.cells]
            yield from ((at, number, word) for number, column in enumerate(columns) if number in behind or (lasts[number] + 1 >= max(lasts) and column.kind in (NAME, TEXT)))


def cut_off(form: Form, words: Words) -> Iterator[tuple[tuple[int, int], Word]]:
    """The texts in cells of several rows that go on behind a page's end, and long ones that break off, by their place, with
    a word of theirs: what has no room on a page some programs leave out."""
    for place, own in words.items():
        cell = form.layout.at(*place)
        if cell.last_row > cell.row and own[-1].page > own[0].page:
            yield place, next(word for word in own if word.page > own[0].page)
        elif form.fields[cell.holes[0]].type == "paragraphs" and len({word.line for word in own}) > SEVERAL and _unended(own):
            yield place, own[-1]


def near_strange(labels: Sequence[Label], cuts: Sequence[Cut]) -> Iterator[tuple[int, Label]]:
    """The rows that a label stands beside which the taxonomy does not know, by their place: it may be a part of
    their names."""
    for label in labels:
        lines = [word.line for word in label.words]
        if not label.known:
            yield from ((at, label) for at, cut in enumerate(cuts) if cut.first - 1 <= max(lines) and min(lines) <= cut.last + 1)


def run_on(form: Form, words: Words, bands: Sequence[Band]) -> Iterator[tuple[tuple[int, int], Word]]:
    """The cells of long texts that may have words of the cell below or beside, by their place, with a word of theirs."""
    long = {place: own for place, own in words.items() if (name := form.layout.at(*place).only_hole) and form.fields[name].type == "paragraphs"}
    for place, own in long.items():
        for other, theirs in long.items():
            if place != other and _runs_on((place, own), (other, theirs), bands):
                yield place, own[-1]
                yield other, theirs[0]


def _runs_on(upper: tuple[tuple[int, int], Sequence[Word]], lower: tuple[tuple[int, int], Sequence[Word]], bands: Sequence[Band]) -> bool:
    """True where a text may go on in another: beside it on one line, over the end of a page, or in the next row of the form."""
    (place, own), (other, theirs) = upper, lower
    below = _below(place, other, bands)
    return _beside(own, theirs) or (_torn_page(own, theirs) and (below or place[0] == other[0])) or (below and _unended(own))


def sole_text(form: Form, words: Words, bands: Sequence[Band]) -> Iterator[tuple[tuple[int, int], Word]]:
    """The cells of a text and of those beside it that are empty, by their place, with a word: where it does not stand
    below the head of its own column alone it may be another's."""
    for band in bands:
        cells = [cell for cell in form.layout.in_row(band.row) if (name := cell.only_hole) and form.fields[name].type == "paragraphs"]
        filled = [(cell.row, cell.column) for cell in cells if words.get((cell.row, cell.column))]
        if len(cells) < 2 or len(filled) != 1:
            continue
        columns = {cell.column for cell in cells}
        above = ([one for one in each.seen if one.cell.column in columns] for each in reversed(bands) if each.row < band.row)
        heads = next((found for found in above if found), [])
        own = words[filled[0]]
        below = {one.cell.column for one in heads for word in own if word.x < one.end and one.x < word.end}
        if below and below != {filled[0][1]}:
            yield from (((cell.row, cell.column), own[0]) for cell in cells)


def too_small(form: Form, values: Mapping[str, Scalar], lists: Mapping[str, Sequence[Item]]) -> Iterator[tuple[str, str]]:
    """The totals that are less than one of the rows they are the sum of, or were not found though rows have numbers, each with
    why it is doubted."""
    for role in ("weight", "score"):
        numbers = [number for name in form.roles.get(role, ()) for item in lists.get(form.fields[name].list, ()) if isinstance(number := item.get(form.fields[name].path), Decimal)]
        for name in form.roles.get(f"total_{role}", ()) if numbers else ():
            total = values.get(form.fields[name].path)
            if total is None:
                yield name, f"没有读到“{name}”，各行却有数"
            elif isinstance(total, Decimal) and total < max(numbers):
                yield name, f"“{name}”比其中一行还小"


def uncaptioned(form: Form, words: Words, bands: Sequence[Band]) -> Iterator[tuple[tuple[int, int], Word]]:
    """The cells of short texts in rows that print no captions, where one takes several lines, by their place, with a word of the
    row: nothing tells their columns, nor where the row ends."""
    for band in bands:
        cells = [(cell.row, cell.column) for cell in form.layout.in_row(band.row) if cell.row == band.row and (name := cell.only_hole) and form.fields[name].type == "text"]
        lines = [len({word.line for word in words.get(place, ())}) for place in cells]
        if len(cells) > 1 and max(lines) > 1 and not any(cell.caption for cell in form.layout.in_row(band.row) if cell.row == band.row):
            yield from ((place, next(words[one][0] for one in cells if words.get(one))) for place in cells)


def _beside(own: Sequence[Word], theirs: Sequence[Word]) -> bool:
    """True where on one line only one blank stands between a text's last word and the other's first, as inside a text."""
    lasts = {word.line: word for word in sorted(own, key=lambda word: word.x)}
    firsts = {word.line: word for word in sorted(theirs, key=lambda word: -word.x)}
    return any(line in lasts and lasts[line].x < word.x and goes_on(lasts[line], word) for line, word in firsts.items())


def _torn_page(own: Sequence[Word], theirs: Sequence[Word]) -> bool:
    """True where a text ends in mid-sentence at the foot of a page and the other goes on at the head of the next."""
    return own[-1].page + 1 == theirs[-1].page and {word.page for word in own} != {word.page for word in theirs} and _unended(own)


def _below(place: tuple[int, int], other: tuple[int, int], bands: Sequence[Band]) -> bool:
    rows = [band.row for band in bands]
    return place[0] in rows and other[0] in rows and rows.index(other[0]) == rows.index(place[0]) + 1


def _unended(own: Sequence[Word]) -> bool:
    return own[-1].text.rstrip("”’》）)")[-1:] not in STOPS
