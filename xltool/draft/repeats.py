"""The rows of a blank that repeat: a row of heads, below it rows of the same columns, beside it what is merged down them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from xltool.draft.sheet import Box, Boxes
from xltool.mapping.lists import MOST
from xltool.values import caption_key

_LEVEL = re.compile(r"[一二]级")
LEAST_HEADS, HEAD_ROWS = 2, 2
_WAITING = re.compile(r"(?:\D{0,4}\d{1,2}[:：.、)）]?|[.…]+)?")
"""What stands in a list's row to be filled in: 任务1, 指标2：, 3., ……"""


@dataclass(frozen=True, slots=True)
class Block:
    """A repeated row of a form whose other rows of the block are gone: ``row``, the columns of its cells from
    ``column`` on, their heads, and how many of the first are groups; ``rows`` is how many there were."""

    row: int
    column: int
    heads: tuple[Box, ...]
    groups: int
    rows: int


@dataclass(frozen=True, slots=True)
class Rows:
    """A form's rectangles, of each block one row only."""

    boxes: Boxes
    blocks: tuple[Block, ...] = ()


def without_repeats(found: Boxes, known: frozenset[str], groups: frozenset[str]) -> Rows:
    """The form with one row for each block; ``known`` are captions that head lists in known forms, ``groups`` those of
    columns that merge."""
    blocks: list[Block] = []
    row = 1
    while row < found.rows:
        if block := _block(found, row, known, groups):
            found = _one_row(found, block)
            blocks.append(block)
            row = block.row
        row += 1
    return Rows(found, tuple(blocks))


def _block(found: Boxes, head: int, known: frozenset[str], groups: frozenset[str]) -> Block | None:
    """The block below a row, if it is one of heads."""
    heads = _heads(found, head)
    if len(heads) < LEAST_HEADS:
        return None
    named = any(caption_key(one.text) in groups or _LEVEL.search(one.text) or "指标" in one.text for one in heads)
    column, listed = heads[0].column, named and sum(caption_key(one.text) in known for one in heads) >= LEAST_HEADS
    body = _whole(found, list(_body(found, head, heads, listed)), column)
    if not body or (len(body) < 2 and not listed):
        return None
    merged = {one.column for one in found.boxes if one.row in body and one.last_row > one.row and one.column >= column}
    count = 0
    for one in heads[:-1]:
        if not (caption_key(one.text) in groups or _LEVEL.search(one.text) or one.column in merged):
            break
        count += 1
    return Block(body[0], column, tuple(heads), count, len(body))


def _heads(found: Boxes, row: int) -> list[Box]:
    """The captions that stand side by side up to the right edge and end in this row; where one has captions of its
    own below it, those beside it are two rows high."""
    heads: list[Box] = []
    ending = [one for one in found.boxes if one.last_row == row and row - one.row < HEAD_ROWS]
    for one in sorted(ending, key=lambda one: -one.column):
        if not (one.text or _named_above(found, one)) or one.last_column != (heads[-1].column - 1 if heads else found.columns):
            break
        heads.append(one)
    named = [one for one in heads if one.text]
    # Without text in most of them no row heads anything.
    return heads[::-1] if any(one.row == row for one in heads) and len(named) >= LEAST_HEADS and (len(named) == len(heads) or any(one.row < row for one in named)) else []


def _named_above(found: Boxes, one: Box) -> bool:
    """True below a caption that several columns have in common: each has a name of its own, of a town for instance, still open."""
    above = found.at(one.row - 1, one.column) if one.row > 1 else None
    return bool(above and above.text and above.last_row == one.row - 1 and above.column < above.last_column and 1 < above.row and one.row == one.last_row and (above.column, above.last_column) != (1, found.columns))


def _body(found: Boxes, head: int, heads: list[Box], listed: bool) -> Iterator[int]:
    """The rows below the heads that have the heads' columns: empty ones, numbered ones (任务1), of a list any."""
    edges = [one.columns for one in heads]
    for row in range(head + 1, found.rows + 1):
        inside = sorted({one for one in found.boxes if one.row <= row <= one.last_row and one.last_column >= heads[0].column}, key=lambda one: one.column)
        if [one.columns for one in inside] != edges or any(one.row <= head for one in inside):
            return
        beside = [one for one in found.starting(row) if one.column < heads[0].column]
        if any(one.text and (one.last_row == one.row or row > head + 1) for one in beside) or (not listed and not all(_WAITING.fullmatch(one.text) for one in inside)):
            return
        yield row


def _whole(found: Boxes, body: list[int], column: int) -> list[int]:
    """The rows of a block that end with all that begins in them; what stands beside the list may go on below it."""
    for row in body:
        beginning = [one for one in found.starting(row) if row > body[0] or one.column >= column]
        if any(one.last_row > body[-1] for one in beginning):
            return _whole(found, [one for one in body if one < row], column)
    return body


def _one_row(found: Boxes, block: Block) -> Boxes:
    """The form with the block's first row only."""
    gone = block.rows - 1
    last = block.row + gone

    def moved(one: Box) -> Box | None:
        if block.row < one.row <= last:
            return None
        row = one.row - gone if one.row > last else one.row
        last_row = one.last_row - gone if one.last_row >= last else min(one.last_row, block.row)
        return replace(one, row=row, last_row=last_row)

    kept = tuple(box for one in found.boxes if (box := moved(one)))
    return replace(found, rows=found.rows - gone, boxes=kept)


def lists_of(block: Block) -> list[tuple[Box, ...]]:
    """The heads of each list of a block: where captions come again a second list begins, behind what both share; heads that
    come more often than a row may hold lists are columns of one."""
    keys = [caption_key(one.text) or f"#{one.column}" for one in block.heads]
    for at, key in enumerate(keys):
        if key in keys[:at]:
            first = keys.index(key)
            shared, step = block.heads[:first], at - first
            parts = [block.heads[start : start + step] for start in range(first, len(keys), step)]
            return [(*shared, *part) for part in parts] if len(parts) <= MOST else [block.heads]
    return [block.heads]


