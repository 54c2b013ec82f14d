"""The levels of a list by how high its labels stand: at the middle of their rows, in columns and in stream order.

In a text in stream order the pieces of a page come from the top down, and a label on a line of its own stands
between the lines of two rows. Labels are drawn so where one stands behind rows of its group that no page's end
parts from it: a level one behind its own level two, or a first label behind the first row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xltool.recovery.atoms import Atom
from xltool.recovery.level_places import Placed, Spot, names
from xltool.recovery.levels import LEVEL_ONE, LEVEL_TWO, Label, late_ones, owners
from xltool.recovery.vocabulary import Levels

NEAR, ROUNDED = 0.9, 1.1
"""In stream order heights are known to half a line, so less than two such halves are no difference; neither are two on a page
whose labels all stand on the lines of rows, for half of the groups have no row at their middle."""


def by_line(rows: Sequence[Sequence[int]], labels: Sequence[Label], levels: Levels, atoms: Sequence[Atom]) -> Placed:
    """The levels of rows in columns, each on the line of its first atom; ``rows`` are the numbers of their atoms, the first one first."""
    spots = [Spot(atoms[row[0]].page, atoms[row[0]].line) for row in rows]
    return _named(spots, labels, [Spot(atoms[one.atom].page, atoms[one.atom].line, one.name) for one in labels], levels)


def by_height(rows: Sequence[Sequence[int]], labels: Sequence[Label], levels: Levels, atoms: Sequence[Atom]) -> Placed:
    """The levels of rows in stream order whose labels are drawn at the middle of their rows; none where they are not."""
    own = owners(labels, levels)
    if not rows or any(atoms[label.atom].cell >= 0 for label in own) or not _amid(own, labels, levels):
        return Placed()
    apart = {atoms[label.atom].page for label in own if not label.inline}
    close = {atoms[row[0]].page: NEAR if atoms[row[0]].page in apart else ROUNDED for row in rows}
    heights = _heights(rows, own, atoms)
    spots = [Spot(atoms[row[0]].page, heights[atoms[min(row)].line], last=heights[atoms[max(row)].line]) for row in rows]
    found = _named(spots, own, [Spot(atoms[one.atom].page, heights[atoms[one.atom].line], one.name) for one in own], levels, close)
    rounded = frozenset(row for row in found.unsure if close[spots[row].page] == ROUNDED)
    return found._replace(rounded=rounded, uneven=any(one.bottom > one.line for one in spots), off=_off(found.names, spots, own, heights, atoms), counted=True)


def _amid(own: Sequence[Label], labels: Sequence[Label], levels: Levels) -> bool:
    """True where a label stands behind rows of its group that no page's end parts from it."""
    first = next((label for label in own if label.level == LEVEL_TWO), None)
    plain = [label for label in labels if label.name not in levels.one or label.name not in levels.two]  # 成本指标 may be of either level
    return late_ones(plain, levels) > 0 or (first is not None and first.row > 0 and not first.paged)


def _heights(rows: Sequence[Sequence[int]], labels: Sequence[Label], atoms: Sequence[Atom]) -> Mapping[int, float]:
    """How high each line stands: one that holds a row is as high as it is, one of labels alone stands between two."""
    held = {atoms[number].line for row in rows for number in row}
    heights: dict[int, float] = {}
    height = 0
    for line in sorted(held | {atoms[label.atom].line for label in labels}):
        height += line in held
        heights[line] = height if line in held else height + 0.5
    return heights


def _off(names: Sequence[str | None], rows: Sequence[Spot], labels: Sequence[Label], heights: Mapping[int, float], atoms: Sequence[Atom]) -> float:
    """How many lines the furthest label of level two is from the middle of its rows on its page."""
    found = 0.0
    for label in labels:
        own = [row for name, row in zip(names, rows, strict=True) if name == label.name and row.page == atoms[label.atom].page]
        if label.level == LEVEL_TWO and own:
            found = max(found, abs((own[0].line + own[-1].bottom) / 2 - heights[atoms[label.atom].line]))
    return found


def _named(rows: Sequence[Spot], labels: Sequence[Label], spots: Sequence[Spot], levels: Levels, close: Mapping[int, float] | None = None) -> Placed:
    """The level two of each row by the spots of the labels: those of level one tell which rows a level two has at the most."""
    ones, twos = ([spot for label, spot in zip(labels, spots, strict=True) if label.level == level] for level in (LEVEL_ONE, LEVEL_TWO))
    above, _ = names(rows, ones, close) if ones else ([None] * len(rows), set())
    below = [Spot(one.page, one.line, one.name, levels.parent.get(one.name) or "") for one in twos]
    found, unsure = names([Spot(row.page, row.line, name or "", last=row.last) for row, name in zip(rows, above, strict=True)], below, close)
    return Placed(found, frozenset(unsure))
