"""Rows of a table out of a web page that lack the cells which go on from the row above: 质量指标 ｜ 合格率 below 产出指标 ｜ 数量指标 ｜ 次数.

A level name at the head of such a row stands under its own head again, the other cells behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xltool.form import Form
from xltool.recovery.table_widths import Kind, kinds_of
from xltool.values import caption_key

LEVELS = 2


def under_heads(rows: Iterable[tuple[list[str], int]], forms: Iterable[Form]) -> Iterator[tuple[list[str], int]]:
    """Each row under the heads of its list, and by how many cells it was moved in all."""
    known = tuple(forms)
    kinds, pairs = kinds_of(known), set(_heads(known))
    at: tuple[int, int] | None = None
    for row, by in rows:
        keys = [caption_key(cell) for cell in row]
        found = next(((keys.index(one), keys.index(two)) for one, two in pairs if one in keys and two in keys), None)
        at = found or at
        kind = kinds.get(keys[0]) if keys and keys[0] and at and not found else None
        more = 0 if kind is None or at is None else at[0] if kind is Kind.LEVEL_ONE else at[1]
        yield [""] * more + row, by + more


def _heads(forms: Iterable[Form]) -> Iterator[tuple[str, str]]:
    """The heads of level one and level two of each list that has both."""
    for form in forms:
        for block in form.blocks:
            heads = {cell.column: caption_key(cell.caption) for cell in form.heads(block)}
            for name in block.lists:
                found = [heads.get(form.layout.cell_of(field).column, "") for field in form.lists[name].groups if form.fields[field].type == "text"][:LEVELS]
                if len(found) == LEVELS and all(found):
                    yield found[0], found[1]
