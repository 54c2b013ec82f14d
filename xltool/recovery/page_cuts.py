"""Cells that the end of a page cut in two made one again, and rows that every page repeats left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from xltool.grid import Spot
from xltool.printed import PrintedTable
from xltool.values import caption_key, join_wrapped

HEADS = 2
"""Captions that make a row a row of heads."""
_OPENING, _CLOSING = "(（〔【《“", ")）〕】》”"
OTHER, CAPTION, BEGINS = range(3)
"""What a text is to the known forms: nothing, a caption, or one of those that a form begins with."""
Telling = Callable[[str], int]


@dataclass(slots=True)
class Part:
    """A cell of a page on its way into a grid: its sides in points, its rows there, its text.

    ``loose`` is true of a text that stands in no table. ``mended`` says what was done to it.
    """

    left: float
    right: float
    row: int
    last_row: int
    text: str
    spot: Spot
    open_top: bool = False
    open_bottom: bool = False
    full: bool = False
    loose: bool = False
    mended: str = ""


def repeated_heads(table: PrintedTable, parts: Sequence[Part], caption: Telling) -> int:
    """The number of rows at the top of a table that print heads again which the same form printed before."""
    tops = sorted({cell.box.top for cell in table.cells})
    start = max((part.row for part in parts if part.text and caption(part.text) == BEGINS), default=0)
    before = [part for part in parts if part.row >= start]
    printed = {caption_key(part.text) for part in before if part.text}
    count = 0
    for top in tops:
        end = min((other for other in tops if other > top), default=table.box.bottom)
        texts = [cell.text for cell in table.cells if cell.box.top == top and cell.text and cell.box.bottom <= end]
        heads = [text for text in texts if caption(text) and caption_key(text) in printed]
        if len(heads) < HEADS or any(text not in heads for text in texts) or not _stood_together(texts, before):
            break
        count += 1
    return count


def _stood_together(texts: Sequence[str], before: Sequence[Part]) -> bool:
    """True where the texts of a row stand in one row before it."""
    rows: dict[int, set[str]] = {}
    for part in before:
        for row in range(part.row, part.last_row + 1):
            rows.setdefault(row, set()).add(caption_key(part.text))
    wanted = {caption_key(text) for text in texts}
    return any(wanted <= found for found in rows.values())


def close_over(before: list[Part], parts: Sequence[Part], row: int, heads: int, near: float, cut: bool, caption: Telling) -> tuple[list[Part], list[Part]]:
    """The cells of the next page with rows counted on without its heads, those that go on from the page before
    taken into them; and the cells that were left out.

    ``before`` is changed: its cut cells reach as far as they go.
    """
    dropped = [part for part in parts if part.last_row <= row + heads]
    kept = [replace(part, row=max(part.row - heads, row + 1), last_row=part.last_row - heads) for part in parts if part.last_row > row + heads]
    above = [part for part in before if part.last_row == row and not part.loose]
    tops = [part for part in kept if part.row == row + 1]
    pairs = [(one, other) for other in tops for one in above if abs(one.left - other.left) <= near and abs(one.right - other.right) <= near]
    goes_on = _row_goes_on(pairs)
    blank = _blank_at_left(tops)
    for one, other in pairs:
        if one.text and one.text != other.text and caption(other.text) != OTHER and not _torn(one.text, other.text):
            # A caption of its own begins here, whatever rule is missing.
            continue
        open_side = one.open_bottom or (other.open_top and cut)
        again = one.text and one.text == other.text and (one.row < one.last_row or other.row < other.last_row)
        if open_side or again or goes_on or _torn(one.text, other.text) or (other in blank and not _heads(one, caption)):
            _take_in(one, other)
            kept.remove(other)
    return kept, dropped


def _blank_at_left(tops: Sequence[Part]) -> list[Part]:
    """The empty cells at the left end of a page's first row: what they belong to was printed on the page before."""
    found = []
    for one in sorted(tops, key=lambda part: part.left):
        if one.text:
            break
        found.append(one)
    return found


def _heads(one: Part, caption: Telling) -> bool:
    """True for a caption of one row: what stands below it is its field, not its rest."""
    return one.row == one.last_row and caption(one.text) != OTHER


def _row_goes_on(pairs: Sequence[tuple[Part, Part]]) -> bool:
    """True where the first row of a page is the rest of the last row before: what it holds goes on from full
    lines, and other cells of that row are done."""
    single = [(one, other) for one, other in pairs if one.row == one.last_row and other.row == other.last_row]
    rests = [(one, other) for one, other in single if other.text]
    done = [one for one, other in single if one.text and not other.text]
    torn = [(one, other) for one, other in rests if _torn(one.text, other.text)]
    if torn and all(one.text for one, _ in rests):
        # One torn cell shows that the row goes on, unless it has a text where the row before has none.
        return True
    return bool(rests) and len(done) >= len(rests) and all(one.full and one.text for one, _ in rests)


def _torn(text: str, rest: str) -> bool:
    """True where a text cannot end so, or its rest so begin: a bracket is open, or a number's unit comes after it."""
    if not text or not rest:
        return False
    return _open_brackets(text) > 0 > _open_brackets(rest) or (rest[0] in "(（" and rest[-1] in ")）" and text[-1].isdigit())


def _open_brackets(text: str) -> int:
    return sum((mark in _OPENING) - (mark in _CLOSING) for mark in text)


def _take_in(one: Part, other: Part) -> None:
    """Makes one cell of two, a text that is printed again taken once."""
    if other.text and caption_key(one.text) != caption_key(other.text):
        if one.text:
            one.mended = "跨页的单元，文字接上"
        one.text = one.text if caption_key(other.text) in caption_key(one.text) else _joined(one, other)
    if not one.spot or not one.text:
        one.spot = other.spot
    one.last_row = other.last_row
    one.open_bottom, one.full = other.open_bottom, other.full


def _joined(one: Part, other: Part) -> str:
    if not one.text:
        one.spot = other.spot
        return other.text
    return join_wrapped(one.text, other.text) if one.full else f"{one.text}\n{other.text}"
