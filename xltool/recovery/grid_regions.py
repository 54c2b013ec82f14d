"""Where on a grid each form stands: captions gathered from top to bottom, cut where a form begins anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from xltool.grid import GridCell
from xltool.recovery.grid_captions import Anchor, Captions, Match
from xltool.recovery.sum_rows import is_word

LEAST = 3
"""Captions that make a form; a few more words that happen to be captions make none."""
TITLED, UNTITLED = 3, 2
"""One caption in so many stands there at least: forms of other provinces bear the same title and a few of the words."""
TWO_SIDED = 0.75
"""So many captions of a form with two lists side by side tell that both are there, whatever heads have been lost."""
TITLE_COUNTS = 3
"""A title tells more of a form than another caption: so many captions."""


class Hit(NamedTuple):
    """A cell whose text is a caption of a form."""

    cell: GridCell
    match: Match


@dataclass(slots=True)
class Region:
    """The captions of one filled form.

    ``echoes`` are captions repeated in the squares of a broken merge; ``more`` are a few captions further
    down that may still belong to it, if no other form claims them.
    """

    form: str
    hits: list[Hit] = field(default_factory=list)
    echoes: list[GridCell] = field(default_factory=list)
    more: list[Hit] = field(default_factory=list)
    counts: dict[tuple[int, ...], int] = field(default_factory=dict)
    deepest: int = 0
    titled: bool = False
    exact: int = 0
    rivals: tuple[str, ...] = ()

    @property
    def top(self) -> int:
        """The first row in which a caption stands."""
        return self.hits[0].cell.row

    @property
    def last(self) -> int:
        """The last row in which a caption begins."""
        return self.hits[-1].cell.row

    @property
    def found(self) -> int:
        """The number of the form's captions that stand here."""
        return sum(min(count, len(anchors)) for anchors, count in self.counts.items())

    def add(self, hit: Hit, anchors: Sequence[Anchor]) -> None:
        """Takes a caption in."""
        self.hits.append(hit)
        self.counts[hit.match.anchors] = self.counts.get(hit.match.anchors, 0) + 1
        self.deepest = max(self.deepest, anchors[hit.match.anchors[0]].cell.row)
        self.titled |= anchors[hit.match.anchors[0]].title
        self.exact += hit.match.exact

    def score(self, anchors: Sequence[Anchor]) -> tuple[int, int, int]:
        """How much speaks for the form: captions and title, then how few are missing, then its own spellings."""
        found = self.found
        return found + TITLE_COUNTS * self.titled, found - len(anchors), self.exact


def regions(cells: Sequence[GridCell], last_row: int, captions: Captions, declared: Set[str]) -> tuple[list[Region], list[GridCell]]:
    """The forms of a grid from the top, and cells that hold nothing of a form but its title.

    ``cells`` are those whose texts are captions, in reading order; the grid's last cell begins in ``last_row``.

    Of two forms that claim the same rows the one with more captions wins, then one that the document
    declares; where that is a tie too, the other's id stands among the region's ``rivals``.
    """
    hits = _hits(cells, captions)
    accepted: list[Region] = []
    while True:
        candidates = [one for form, own in hits.items() if len(own) >= LEAST for one in _cut(form, own, captions.anchors[form])]
        fresh = _best(candidates, captions, declared, accepted)
        if not fresh:
            break
        accepted.extend(fresh)
        rows = {row for one in fresh for row in range(one.top, one.last + 1)}
        hits = {form: [hit for hit in own if hit.cell.row not in rows] for form, own in hits.items()}
        if not any(hits.values()):
            break
    accepted.sort(key=lambda one: one.top)
    for at, one in enumerate(accepted):
        below = accepted[at + 1].top if at + 1 < len(accepted) else last_row + 1
        for hit in one.more:
            if hit.cell.row < below:
                one.add(hit, captions.anchors[one.form])
    titles = {
        (hit.cell.row, hit.cell.column): hit.cell
        for form, own in hits.items()
        for hit in own
        if captions.anchors[form][hit.match.anchors[0]].title
    }
    return accepted, list(titles.values())


def _hits(cells: Sequence[GridCell], captions: Captions) -> dict[str, list[Hit]]:
    found: dict[str, list[Hit]] = {}
    for cell in cells:
        for match in captions.matches(cell.text):
            found.setdefault(match.form, []).append(Hit(cell, match))
    return {form: _own_first(own, captions.anchors[form]) for form, own in found.items()}


def _own_first(hits: list[Hit], anchors: Sequence[Anchor]) -> list[Hit]:
    """The captions of a form without words that may as well add up rows of its list (合计) where it prints the caption
    that they stand for (总分) itself; where it does not, the last of them is that caption."""
    sums = {at for at, hit in enumerate(hits) if not hit.match.exact and is_word(hit.cell.text)}
    if not sums:
        return hits
    starts = [at for at, hit in enumerate(hits) if anchors[hit.match.anchors[0]].title] or [0]
    never: set[int] = set()
    for first, end in pairwise(sorted({0, *starts, len(hits)})):
        inside = [at for at in range(first, end) if at in sums]
        own = {hits[at].match.anchors for at in range(first, end) if at not in sums}
        last = {hits[at].match.anchors: at for at in inside}
        never.update(at for at in inside if hits[at].match.anchors in own or last[hits[at].match.anchors] != at)
    return [hit for at, hit in enumerate(hits) if at not in never]


def _cut(form: str, hits: Sequence[Hit], anchors: Sequence[Anchor]) -> list[Region]:
    """The captions of one form as regions: a new one where the title comes, or what is already there comes again."""
    cut: list[Region] = []
    current = Region(form)
    squares: dict[tuple[int, int], tuple[int, ...]] = {}
    enough = max(LEAST, len(anchors) * 2 // 5)
    for hit in hits:
        cell, numbers = hit.cell, hit.match.anchors
        if squares.get((cell.row - 1, cell.column)) == numbers or squares.get((cell.row, cell.column - 1)) == numbers:
            squares[cell.row, cell.column] = numbers
            current.echoes.append(cell)
            continue
        squares[cell.last_row, cell.column] = squares[cell.row, cell.last_column] = numbers
        first = anchors[numbers[0]]
        again = current.counts.get(numbers, 0) >= len(numbers)
        if current.hits and ((first.title and current.deepest > first.cell.row) or (again and current.found >= enough)):
            current = _restart(cut, current, cell.row, first, anchors)
        current.add(hit, anchors)
    return _joined([*cut, current], anchors, enough) if current.hits else []


def _restart(cut: list[Region], current: Region, row: int, first: Anchor, anchors: Sequence[Anchor]) -> Region:
    """A new region that begins in a row; captions of that row that came before belong to it, and those right
    above that stand above in the form too."""
    start = len(current.hits)
    while start and (current.hits[start - 1].cell.row == row or anchors[current.hits[start - 1].match.anchors[0]].cell.row < first.cell.row):
        start -= 1
    above, below = Region(current.form, echoes=current.echoes), Region(current.form)
    for hit in current.hits[:start]:
        above.add(hit, anchors)
    for hit in current.hits[start:]:
        below.add(hit, anchors)
    if above.hits:
        cut.append(above)
    return below


def _joined(cut: Sequence[Region], anchors: Sequence[Anchor], enough: int) -> list[Region]:
    """The regions. What follows a form without a title of its own belongs to it where it is mostly captions that
    the form still lacks; a few captions (a head printed again) may belong to it."""
    joined: list[Region] = []
    for one in cut:
        again = sum(numbers in joined[-1].counts for numbers in one.counts) if joined else 0
        if joined and not one.titled and (again * 2 < len(one.counts) or _goes_on(joined[-1], one, anchors)):
            for hit in one.hits:
                joined[-1].add(hit, anchors)
            joined[-1].echoes.extend(one.echoes)
        elif joined and not one.titled and one.found < enough:
            joined[-1].more.extend(one.hits)
            joined[-1].echoes.extend(one.echoes)
        else:
            joined.append(one)
    return joined


def _goes_on(above: Region, one: Region, anchors: Sequence[Anchor]) -> bool:
    """True for the rest of a form below a head printed again: of what stands above as well it has one row of the form only."""
    again = [{anchors[number].cell.row for number in numbers} for numbers in one.counts if numbers in above.counts]
    return 0 < len(again) < len(one.counts) and bool(set.intersection(*again))


def _one_sided(one: Region, anchors: Sequence[Anchor]) -> bool:
    """True where of a form with two lists side by side many captions are missing, and the heads that the lists share
    stand no more often than those that they have once: another form with a single list."""
    if one.found >= TWO_SIDED * len(anchors):
        return False
    heads: dict[int, tuple[list[int], list[int]]] = {}
    for numbers, count in one.counts.items():
        rows = {anchors[number].cell.row for number in numbers}
        if len(rows) == 1:
            heads.setdefault(rows.pop(), ([], []))[len(numbers) > 1].append(count)
    return any(single and len(shared) > 1 and max(shared) <= max(single) for single, shared in heads.values())


def _best(candidates: Sequence[Region], captions: Captions, declared: Set[str], accepted: Sequence[Region]) -> list[Region]:
    """The regions that no better one overlaps."""
    anchors: Mapping[str, Sequence[Anchor]] = captions.anchors
    valid = [one for one in candidates if one.found >= LEAST and one.found * (TITLED if one.titled else UNTITLED) >= len(anchors[one.form]) and not _one_sided(one, anchors[one.form])]
    scored = sorted(((one.score(anchors[one.form]), one.form in declared, one) for one in valid), key=lambda item: (item[:2], -item[2].top), reverse=True)
    chosen: list[Region] = []
    rows: dict[int, tuple[tuple[int, int, int], bool, Region]] = {}
    taken = {row for one in accepted for row in range(one.top, one.last + 1)}
    for score, known, one in scored:
        rival = next((rows[row] for row in range(one.top, one.last + 1) if row in rows), None)
        if rival:
            if rival[:2] == (score, known) and rival[2].form != one.form:
                rival[2].rivals = (*rival[2].rivals, one.form)
            continue
        if taken.isdisjoint(range(one.top, one.last + 1)):
            chosen.append(one)
            rows.update(dict.fromkeys(range(one.top, one.last + 1), (score, known, one)))
    return chosen
