"""Columns of a list that lie beside each other and hold the like of each other: a cell that is empty, or that has several words,
leaves it open in text which word belongs to which. Where weights and scores stand between them they tell."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from xltool.recovery.row_signs import Row
from xltool.recovery.stretch import Columns

TEXT, NUMBER = "text", "number"
KINDS = dict.fromkeys(("text", "paragraphs", "target"), TEXT) | dict.fromkeys(("money", "number", "percent"), NUMBER)
EMPTY, SEVERAL = "相邻几栏的内容相似，其中有空格，归在哪一栏未必对", "相邻几栏的内容相似，其中有的不止一段文字，各格的边界未必对"


def unsure(own: Columns, rows: Sequence[Row], plain: Collection[int]) -> Iterator[tuple[int, str, str]]:
    """(row, field, why) of the cells that may belong to the column beside; row -1 is the whole list. ``plain`` are the atoms
    that a column of values holds and no column of words: numbers with or without sign and unit, words that recur as values."""
    crowded = _crowded(own)
    if own.score >= 0 and not crowded:
        return
    for at, row in enumerate(rows):
        for names in _runs(own):
            if crowded and any(len(row.fields.get(name, ())) > 1 for name in names):
                yield -1, "", SEVERAL
                return
            if _movable(own, row, names, plain):
                yield from ((at, name, EMPTY) for name in names)
        for names in _swallowed(own, row, plain):
            yield from ((at, name, EMPTY) for name in names)


def _movable(own: Columns, row: Row, names: Sequence[str], plain: Collection[int]) -> bool:
    """True where a cell of these columns is empty that could hold what stands beside it; the first ones are filled first."""
    kinds, filled = dict(own.values), [name in row.fields for name in names]
    if all(filled) or not any(filled):
        return False
    if kinds.get(names[0]) == "choice":
        return True
    last = max(at for at, one in enumerate(filled) if one)
    if not all(filled[:last]) or not last:
        return not all(filled[:last])
    words = not any(number in plain for number in row.fields[names[last]])
    return any(words or KINDS.get(kinds.get(name, "")) == NUMBER or kinds.get(name) == "target" for name in names[last + 1 :])


def _swallowed(own: Columns, row: Row, plain: Collection[int]) -> Iterator[list[str]]:
    """The columns of words that hold nothing but a number where a number beside them is missing, with these."""
    kinds = dict(own.values)
    numbers = [name for name, kind in own.values if KINDS.get(kind) == NUMBER]
    for name in kinds:
        held = row.fields.get(name, ())
        if kinds[name] in ("text", "paragraphs") and held and all(number in plain for number in held) and any(one not in row.fields for one in numbers):
            yield [name, *numbers]


def _crowded(own: Columns) -> bool:
    """True for a list with more columns of words than a name, a target and what was done, or with several amounts."""
    kinds = [kind for _, kind in own.values]
    words = sum(KINDS.get(kind) == TEXT and kind != "target" for kind in kinds) + bool(own.reason and own.score < 0)
    return words > 0 or kinds.count("target") > 2 or kinds.count("money") > 1


def _runs(own: Columns) -> Iterator[list[str]]:
    """The columns that are alike and lie beside each other, the name first, the reason last."""
    columns = [(own.name, "text"), *own.values, *([(own.reason, "text")] if own.reason else [])]
    for _, run in groupby(columns, lambda column: KINDS.get(column[1], column[1])):
        names = [name for name, _ in run]
        if len(names) > 1:
            yield names
