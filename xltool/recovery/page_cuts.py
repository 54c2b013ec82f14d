"""Cells that the end of a page cut in two made one again, and rows that every page repeats left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from xltool.grid import Spot, Unsure
from xltool.printed import ENDS, PrintedTable
from xltool.values import OPERATOR_START, caption_key, join_wrapped

HEADS = 2
"""Captions that make a row a row of heads."""
NEAR = 4.0
"""Points by which the same column may lie elsewhere on another page."""
_OPENING, _CLOSING = "(（〔【《“", ")）〕】》”"
OTHER, LEVEL, CAPTION, BEGINS = range(4)
"""What a text is to the known forms: nothing, the name of a level, a caption, or one of those that a form begins with."""
NEW, LIKELY, SURE = range(3)
"""Whether a page's first row is the rest of the last row before."""
LONG = 60
"""Characters beyond which a text fills lines enough to tell a line that is full from one that ends."""
AGAIN = 8
"""Characters beyond which words that a text holds already are no rest of it."""
SPILLED = "文字印到了框线之外，可能不全或混入了邻格的文字"
STRETCHED = "框线没有画全，单元格按延伸到下面的空行读"
OVERPRINTED = "两段文字印在了一处，可能混在一起"
STRUCK = "文字上画了删除线"
BRIMFUL = "文字印满了单元格而没有结束，可能不全"
CUT = "文字伸出了表格、页面或裁剪框，可能不全"
TYPED = "文字是后来作为批注写在页面上的，可能不是表上的"
UNREAD = "字体没有说明其中的字是什么字，可能读错"
MAYBE = "翻页处的两段文字作同一单元接上，也可能是两行"
AGAIN_MAYBE = "翻页后又印出前面已有的文字，作重复略去，也可能是下文"
CUT_OFF = "文字到页末没有结束，下一页也没有接着，可能不全"
Telling = Callable[[str], int]


@dataclass(slots=True)
class Part:
    """A cell of a page on its way into a grid: its sides in points, its rows there, its text.

    ``loose`` is true of a text that stands in no table, ``joined`` of a cell that goes on from page to page.
    ``mended`` says what was done to it, ``unsure`` what is not sure of it; ``room``, ``first`` and ``brimful`` are
    those of the printed cell. ``low`` is true of one at the end of a page, unless its text is one that the forms know.
    """

    left: float
    right: float
    row: int
    last_row: int
    text: str
    spot: Spot
    open_top: bool = False
    open_bottom: bool = False
    room: float = 0.0
    first: float = 0.0
    brimful: bool = False
    low: bool = False
    loose: bool = False
    joined: bool = False
    mended: str = ""
    unsure: Unsure | None = None

    @property
    def doubt(self) -> Unsure | None:
        """What is not sure of the cell; a text that fills it to the brim may have been cut off, where it is long or
        stands at the end of a page."""
        if self.unsure or not self.brimful:
            return self.unsure
        return Unsure(CUT_OFF) if self.low else Unsure(BRIMFUL) if len(self.text) > LONG else None


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
        heads = [text for text in texts if caption(text) >= CAPTION and caption_key(text) in printed]
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


class Turn(NamedTuple):
    """Where a table goes on over a page: the last ``row`` before, how many ``heads`` the next page repeats, whether
    the table is ``cut`` there, and whether the page before had ``spare`` room for another line."""

    row: int
    heads: int
    cut: bool
    spare: bool


def close_over(before: list[Part], parts: Sequence[Part], turn: Turn, caption: Telling) -> tuple[list[Part], list[Part]]:
    """The cells of the next page with rows counted on without its heads, those that go on from the page before
    taken into them; and the cells that were left out.

    ``before`` is changed: its cut cells reach as far as they go.
    """
    row, heads = turn.row, turn.heads
    dropped = [part for part in parts if part.last_row <= row + heads]
    kept = [part for part in parts if part.last_row > row + heads]
    if heads:
        kept = [replace(part, row=max(part.row - heads, row + 1), last_row=part.last_row - heads) for part in kept]
    above = [part for part in before if part.last_row == row and not part.loose]
    tops = [part for part in kept if part.row == row + 1]
    pairs = [(one, other) for other in tops for one in above if abs(one.left - other.left) <= NEAR and abs(one.right - other.right) <= NEAR]
    goes_on = NEW if turn.spare else _row_goes_on(pairs, caption)
    if goes_on == LIKELY and heads:
        goes_on = NEW
    blank = [*_blank_at_left(tops), *_blank_in_groups(tops, [*before, *kept], caption)]
    for one, other in pairs:
        if one.text and one.text != other.text and _begins(one, other, caption):
            # A caption of its own begins here, whatever rule is missing.
            continue
        open_side = one.open_bottom or (other.open_top and turn.cut and not _beside_another(one, other, pairs))
        again = one.text and one.text == other.text and (one.row < one.last_row or other.row < other.last_row)
        if open_side or again or (goes_on and (other.text or not _heads(one, caption))) or _torn(one.text, other.text) or _caption_torn(one, other, caption) or (other in blank and not _heads(one, caption)):
            _take_in(one, other)
            if goes_on == LIKELY and other.text:
                one.unsure = Unsure(MAYBE, True)
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


def _blank_in_groups(tops: Sequence[Part], parts: Sequence[Part], caption: Telling) -> list[Part]:
    """The empty cells of a page's first row in columns whose cells go over several rows of the list: a group of
    another list begins there. The list begins below the last row of heads."""
    heads: dict[int, int] = {}
    for part in parts:
        heads[part.row] = heads.get(part.row, 0) + (caption(part.text) >= CAPTION)
    first = tops[0].row if tops else 0
    start = max((row for row, count in heads.items() if count >= HEADS and row < first), default=first)
    tall = {(part.left, part.right) for part in parts if part.row > start and part.last_row > part.row and not part.joined and caption(part.text) < CAPTION}
    return [one for one in tops if not one.text and (one.left, one.right) in tall]


def _heads(one: Part, caption: Telling) -> bool:
    """True for a caption of one row: what stands below it is its field, not its rest."""
    return one.row == one.last_row and caption(one.text) >= CAPTION


def _row_goes_on(pairs: Sequence[tuple[Part, Part]], caption: Telling) -> int:
    """Whether the first row of a page is the rest of the last row before: every text in it goes on from a line
    that has no room for it. Where no other cell of that row is done and no text is long, this may be chance."""
    rests = [(one, other) for one, other in pairs if other.text]
    if not rests:
        # A row in which nothing stands is the rest of one.
        return SURE if pairs else NEW
    if any(not one.text or _captions(one, other, caption) for one, other in rests):
        return NEW
    torn = [pair for pair in rests if _torn(pair[0].text, pair[1].text)]
    others = [pair for pair in rests if pair not in torn]
    if _labelled(pairs, caption):
        return SURE
    if any(not _wraps(one, other) or other.text[0] in OPERATOR_START for one, other in others):
        return NEW
    if any(one.row == one.last_row for one, _ in torn):
        return SURE
    # A line is not broken within a word or number, unless the number is wider than its column.
    if all(_latin(one.text[-1]) and _latin(other.text[0]) for one, other in others):
        return NEW
    done = any(one.text and not other.text and one.row == one.last_row for one, other in pairs)
    return SURE if done or any(len(one.text) > LONG for one, _ in rests) else LIKELY


def _labelled(pairs: Sequence[tuple[Part, Part]], caption: Telling) -> bool:
    """True where a caption and the field at its right end a page, and below them is nothing and more text."""
    row = sorted(pairs, key=lambda pair: pair[0].left)
    return any(
        caption(one.text) >= CAPTION and not below.text and rest.text and len(field.text) > LONG and one.row == field.row
        for (one, below), (field, rest) in zip(row, row[1:], strict=False)
    )


def _beside_another(one: Part, other: Part, pairs: Sequence[tuple[Part, Part]]) -> bool:
    """True where beside a text and what would go on from it stand two texts of the same rows with a rule between them: a
    row of its own, whose rule was not drawn all along."""
    rows = one.row, other.last_row
    return any(above.text and below.text and not above.open_bottom and not below.open_top and (above.row, below.last_row) == rows for above, below in pairs)


def _begins(one: Part, other: Part, caption: Telling) -> bool:
    """True where the next page has a caption or level of its own, not the rest of one."""
    return caption(other.text) != OTHER and caption(_joined(one, other)) == OTHER and not _torn(one.text, other.text)


def _caption_torn(one: Part, other: Part, caption: Telling) -> bool:
    """True where two texts that are nothing to the forms are a caption together."""
    return bool(one.text and other.text) and caption(one.text) == OTHER == caption(other.text) and caption(_joined(one, other)) >= CAPTION


def _captions(one: Part, other: Part, caption: Telling) -> bool:
    """True where a caption or level ends before the next page: what stands there is no rest of it."""
    return caption(one.text) != OTHER and caption(_joined(one, other)) == OTHER


def _latin(letter: str) -> bool:
    return letter.isascii() and letter.isalnum()


def _torn(text: str, rest: str) -> bool:
    """True where a text cannot end so, or its rest so begin: a bracket is open, or a number's unit comes after it."""
    if not text or not rest:
        return False
    return _open_brackets(text) > 0 > _open_brackets(rest) or (rest[0] in "(（" and rest[-1] in ")）" and text[-1].isdigit())


def _open_brackets(text: str) -> int:
    return sum((mark in _OPENING) - (mark in _CLOSING) for mark in text)


def _take_in(one: Part, other: Part) -> None:
    """Makes one cell of two, a text that is printed again taken once."""
    if not one.text:
        one.spot = other.spot
    if other.text and caption_key(one.text) != caption_key(other.text):
        if _again(one, other):
            one.unsure = one.unsure or Unsure(AGAIN_MAYBE)
        else:
            one.mended = "跨页的单元，文字接上" if one.text else one.mended
            one.text = _joined(one, other)
    one.last_row, one.joined = other.last_row, True
    one.open_bottom, one.unsure = other.open_bottom, one.unsure or other.unsure
    if other.text:
        one.room, one.brimful, one.low = other.room, other.brimful, other.low


def _again(one: Part, other: Part) -> bool:
    """True for a part of a text that is long enough to be the text printed again, and no rest of one that breaks off."""
    rest = caption_key(other.text)
    return len(rest) > AGAIN and rest in caption_key(one.text) and (one.text[-1] in ENDS or not _wraps(one, other))


def _joined(one: Part, other: Part) -> str:
    if not one.text:
        return other.text
    return join_wrapped(one.text, other.text) if _wraps(one, other) else f"{one.text}\n{other.text}"


def _wraps(one: Part, other: Part) -> bool:
    """True where a text's last line has no room for what the next page begins with."""
    return one.room < other.first
