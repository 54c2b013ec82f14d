"""The pieces that may begin at an atom: a name, its tail, a reason, or what no row takes."""

from __future__ import annotations

from collections.abc import Iterator

from xltool.recovery.atoms import BLANK, CELL, LINE, PAGE, SPACE
from xltool.recovery.joins import join, paired, slanted, torn
from xltool.recovery.row_values import values
from xltool.recovery.stretch import ENDS_OPEN, HEADING, STARTS_BADLY, Piece, Stretch
from xltool.values import OPERATORS

NAME, TAIL, REASON, EARLY, LEFT = "name", "tail", "reason", "early", "left"
NEVER = 1e9
FORWARD = 1.8
"""What it costs that a reason begins before its row where the cells of the others come in the order of their columns."""
PAGED = 2.0
"""What it costs that a page begins with a name of no value, a level name behind it: it may be the end of the name above."""
INSIDE = 3.0
"""What it costs that the rest of a name stands behind its values on one page, where no cell of the list does."""
MANY = 20
"""So many wrapped names tell how the cells of a list come."""
CLAUSE = 1.5
"""What it costs that a name has a comma, in a form with reasons: they have."""
SIGN_MARKS = frozenset("=<>≤≥")
"""Marks that begin a value and neither begin nor end a name."""
NOUGHT = 0.3
"""What it costs that the reason of a row is 0, which says that there is none."""


def pieces(stretch: Stretch, at: int) -> Iterator[Piece]:
    """Every piece that may begin at an atom: (kind, end, cost, score is short of the weight, columns of its atoms)."""
    yield from left(stretch, at)
    shape = stretch.shapes[at]
    if not shape.bare or _leads(stretch, at):
        yield from names(stretch, at)
    yield from values(stretch, at)
    if stretch.columns.reason and not shape.quantity:
        yield from reasons(stretch, at)
    if stretch.columns.reason and is_nought(stretch, at):
        yield REASON, at + 1, NOUGHT, 0, ()


def is_nought(stretch: Stretch, at: int) -> bool:
    """True for a lone 0 behind a value, with nothing that it could begin behind it on its line."""
    then = at + 1
    alone = then == len(stretch.atoms) or stretch.gaps[then] >= LINE or stretch.crossed[then]
    return alone and at > 0 and stretch.atoms[at].key == "0" and stretch.shapes[at - 1].quantity


def left(stretch: Stretch, at: int) -> Iterator[Piece]:
    """An atom that no row takes, or whole lines of them: other text comes in lines."""
    yield LEFT, at + 1, 4.0, 0, ()
    if stretch.gaps[at] < LINE and at:
        return
    last, lines = at, 0
    while last < len(stretch.atoms) and lines < 6:
        last += 1
        while last < len(stretch.atoms) and stretch.gaps[last] < LINE:
            last += 1
        lines += 1
        if last - at > 4 * lines or any(stretch.shapes[inside].bare for inside in range(at, last)):
            return
        if last > at + 1:
            yield LEFT, last, 4.0 + 1.2 * (lines - 1) + 0.4 * (last - at - lines), 0, ()


def _leads(stretch: Stretch, at: int) -> bool:
    """True for a number that a name may begin with: 12345 热线 …"""
    then = at + 1
    return stretch.shapes[at].number and then < len(stretch.atoms) and stretch.gaps[then] == SPACE and not stretch.shapes[then].quantity


def names(stretch: Stretch, at: int) -> Iterator[Piece]:
    """Every name that may begin at an atom, and the tail of the one before."""
    atoms, shapes = stretch.atoms, stretch.shapes
    cost = 0.0
    if atoms[at].key[:1] in STARTS_BADLY:
        cost += 5.0
    elif atoms[at].key[:1] in "(的":
        cost += 2.5
    elif atoms[at].key[:1] in SIGN_MARKS or atoms[at].key in stretch.columns.choices:
        cost += 5.0
    if shapes[at].quantity:
        cost += (3.0 if stretch.evidence.apart and stretch.gaps[at] >= BLANK else 8.0) if not _leads(stretch, at) else 0.3 if at + 1 in stretch.thin else 1.0 if stretch.gaps[at] >= LINE else 1.2
    if stretch.gaps[at] >= LINE and HEADING.match(atoms[at].key):
        cost += 4.0
    last, full = at + 1, stretch.evidence.name_width
    line_width = shapes[at].width
    limit = min(len(atoms), at + 14)
    inside = _brackets(atoms[at].key)
    while True:
        ending = _name_end(stretch, at, last) + (2.0 if inside > 0 and not shapes[last - 1].open else 0.0)
        if full is not None and line_width > full + 1 and atoms[at].cell < 0 and stretch.evidence.wraps[1]:
            ending += 2.0
        if stretch.gaps[at] == PAGE and last < len(atoms) and stretch.crossed[last]:
            ending += PAGED
        one_line = stretch.evidence.level and atoms[at].line == atoms[last - 1].line
        if not one_line:
            ending += slanted(stretch, at, last, last)
        yield NAME, last, cost + ending, one_line, ()
        if at and (last - at <= 3 or (stretch.gaps[at] == PAGE and last - at <= 8)):
            tail = _tail(stretch, at) + torn(stretch, at)
            if tail < NEVER:
                long = 2.0 * (shapes[last - 1].width > 24) + 4.0 * ("。" in atoms[last - 1].key) + 4.0 * stretch.crossed[at]
                yield TAIL, last, cost + tail + long - 2.0 * (atoms[at].key[:1] == "("), 0, ()
        # (1亿元以下) where the digits stand apart
        within = last < limit and (shapes[last].number and (inside > 0 or last in stretch.thin)) | _amid(stretch, last)
        if last >= limit or (shapes[last].bare and not within) or cost > 14:
            return
        step = join(stretch, last, line_width, stretch.evidence.name_width, 2.2, 2.5)
        cost += min(step, 0.3) if inside > 0 and not shapes[last].word and not stretch.crossed[last] and _closes(stretch, last) else step
        if shapes[last].quantity:
            cost += 0.1 if last in stretch.thin else 1.0 if _amid(stretch, last) else 0.5 if within else 4.0
        elif shapes[last].signed and last not in stretch.thin and inside <= 0:
            cost += 4.0
        inside += _brackets(atoms[last].key)
        cost += CLAUSE * (stretch.columns.reason != "" and inside <= 0 and "," in atoms[last - 1].key)
        if "。" in atoms[last - 1].key:
            cost += 4.0
        line_width = shapes[last].width if stretch.gaps[last] >= LINE else line_width + shapes[last].width
        last += 1


def _amid(stretch: Stretch, at: int) -> bool:
    """True for a quantity on a line of its own with more of its row below it, where a blank line stands behind every row."""
    then = at + 1
    return stretch.evidence.apart and then < len(stretch.atoms) and stretch.gaps[at] == stretch.gaps[then] == LINE and stretch.shapes[at].quantity and not stretch.crossed[then] and not stretch.shapes[then].quantity


def _closes(stretch: Stretch, at: int) -> bool:
    """True where a bracket that is open before an atom closes shortly, before another opens."""
    keys = [atom.key for atom in stretch.atoms[at : at + 3]]
    return any(")" in key and "(" not in key.partition(")")[0] for key in keys) and not any(shape.signed for shape in stretch.shapes[at : at + 2])


def _brackets(key: str) -> int:
    """How many more brackets a text opens than it closes."""
    return key.count("(") - key.count(")")


def _name_end(stretch: Stretch, first: int, last: int) -> float:
    text = stretch.atoms[last - 1].key
    cost = 0.0
    if last - first == 1:
        if len(text) < 2:
            cost += 2.5
        if stretch.shapes[last - 1].word:
            cost += 2.5
        if text in stretch.evidence.names:
            cost -= 0.5
        if text.isascii():
            cost += 3.0
    elif stretch.shapes[last - 1].word and stretch.gaps[last - 1] < LINE:
        cost += 1.5
    if text[-1:] in SIGN_MARKS:
        cost += 3.0
    if text.endswith(ENDS_OPEN) or text[-1] in OPERATORS:
        cost += 2.0
    elif last < len(stretch.atoms) and stretch.gaps[last] >= LINE and not stretch.crossed[last] and paired(stretch, last):
        cost += 0.8
    cost += max(0, stretch.shapes[last - 1].width - 56) * 0.1 + (4.0 if text[-1:] in "。；;:" else 0.0)
    if stretch.shapes[last - 1].open:
        cost += 2.0
    return cost


def in_order(stretch: Stretch) -> bool:
    """True where many wrapped names tell that the cells of the list come one after another."""
    return stretch.evidence.level and stretch.evidence.forward and stretch.evidence.wraps[1] >= MANY


def _tail(stretch: Stretch, at: int) -> float:
    """What it costs that a name's tail stands here, after the row's values; the name before must have been cut."""
    if stretch.gaps[at] < LINE or stretch.shapes[at].quantity:
        return NEVER
    before = _before_values(stretch, at)
    while before >= 0 and at - before < 16 and (stretch.shapes[before].quantity or stretch.shapes[before].word or _is_unit(stretch, before)):
        before -= 1
    if before < 0 or (stretch.gaps[at] < PAGE and stretch.gaps[at] == CELL):
        return NEVER
    cost = 1.0 if stretch.gaps[at] == PAGE else 2.2
    if stretch.atoms[before].key[-1:] + stretch.atoms[at].key[:1] in stretch.evidence.pairs:
        cost -= 0.8
    cut_open = stretch.atoms[before].key.endswith(ENDS_OPEN) or stretch.shapes[before].open
    full = stretch.evidence.name_width
    if not cut_open:
        cost += INSIDE * (in_order(stretch) and stretch.gaps[at] < PAGE)
        cost += 2.2 if full is None or not (stretch.evidence.wraps[1] or stretch.columns.reason) else 0.3 if full - stretch.shapes[before].line_width - max(0, stretch.shapes[at].lead - 2) <= 2 else 2.2 if stretch.gaps[at] == PAGE else 4.0
    return cost


def _is_unit(stretch: Stretch, at: int) -> bool:
    """True for what only a typesetter's blank parts from the number before it."""
    return at in stretch.thin and at > 0 and stretch.shapes[at - 1].quantity and not stretch.shapes[at - 1].number


def _before_values(stretch: Stretch, at: int) -> int:
    """The last atom before this one that may be of the name or its values: a name that has its value on its line, and
    at a page's end the reason that the page has cut too, are passed over."""
    before = at - 1
    if stretch.gaps[at] != PAGE:
        return before
    if stretch.columns.reason:
        skipped = before
        while skipped > max(0, at - 10) and not stretch.shapes[skipped].quantity:
            skipped -= 1
        return skipped if stretch.shapes[skipped].quantity else before
    return before - 1 if before > 0 and stretch.gaps[before] < LINE and not stretch.shapes[before].quantity else before


def reasons(stretch: Stretch, at: int) -> Iterator[Piece]:
    """A reason after its values, or its first line before the row it belongs to."""
    atoms, shapes = stretch.atoms, stretch.shapes
    cost = (0.3 if stretch.gaps[at] >= LINE else 0.0) + (2.5 if atoms[at].key[:1] == "(" else 0.0) + stretch.thin.get(at, 0.0)
    if stretch.crossed[at]:
        cost += 3.0
    if stretch.gaps[at] == PAGE:
        cost += 0.5  # the cells of a row mostly begin on one page
    full = stretch.evidence.reason_width
    # One line that begins a page behind a name which fills its own may as well be that name's end.
    alone = 0.6 if stretch.gaps[at] == PAGE and _tail(stretch, at) < 1.5 else 0.0
    line_width = shapes[at].width
    last = at + 1
    limit = min(len(atoms), at + 32)
    while True:
        end = 1.5 if shapes[last - 1].open else 0.0
        if last < len(atoms) and stretch.gaps[last] >= LINE and not stretch.crossed[last] and paired(stretch, last):
            end += 0.8
        if full is not None and line_width > full + 1 and atoms[at].cell < 0:
            end += 1.0 if line_width <= full + 3 else 3.0
        end += alone if atoms[last - 1].line == atoms[at].line else 0.0
        yield REASON, last, cost + end + (1.5 if last - at == 1 and shapes[at].width < 4 else 0.0), 0, ()
        begun = last - at <= 2 and stretch.gaps[at] >= LINE and not any("。" in atom.key for atom in atoms[at:last])
        if begun and full is not None and -1 <= full - line_width <= 2:
            yield EARLY, last, cost + (FORWARD if stretch.evidence.forward else 1.2), 0, ()
        if last >= limit or cost > 14:
            return
        if shapes[last].quantity and stretch.gaps[last] < LINE and last not in stretch.thin:
            return
        cost += join(stretch, last, line_width, full, 0.8, 0.8)
        if shapes[last].quantity:
            filled = full is not None and -1 <= full - line_width <= 2
            cost += 0.1 if last in stretch.thin else (0.3 if filled else 1.4) if last + 1 in stretch.thin else 2.0
        elif shapes[last].signed and last not in stretch.thin and not shapes[last - 1].open:
            cost += 2.0
        if stretch.gaps[last] == BLANK:
            cost += 0.1
        line_width = shapes[last].width if stretch.gaps[last] >= LINE else line_width + shapes[last].width
        last += 1
