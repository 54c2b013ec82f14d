"""Rows of a list that were sorted after their merged groups had been undone: an empty group then goes on with a strange one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xltool.filing import Doubt, Item
from xltool.form import Form
from xltool.recovery.grid_rows import ItemPlace
from xltool.values import caption_key

WHY = "空白，沿用上方；但这份明细里有的二级指标不属于它沿用的一级指标，取消合并后各行可能重新排过"


def doubts(form: Form, name: str, places: Sequence[ItemPlace], items: Sequence[Item], rows: Sequence[str]) -> Iterator[Doubt]:
    """A doubt on each level that goes on with the one above, where one of the list's levels two stands below a level one
    so that the taxonomy knows only under others; ``rows`` are what people call the rows."""
    first, second = (next(iter(role for role in form.roles.get(level, ()) if form.fields[role].list == name), "") for level in ("level1", "level2"))
    if not (first and second) or not any(first in place.carried and second not in place.carried and _strange(form, item, first, second) for place, item in zip(places, items, strict=True)):
        return
    for at, (place, row) in enumerate(zip(places, rows, strict=True)):
        for head in place.carried:
            yield Doubt(f"{name}[{at}].{form.fields[head].path}", row, WHY)


def _strange(form: Form, item: Item, first: str, second: str) -> bool:
    """True where the taxonomy knows an item's level two, and not under its level one."""
    taxonomy = form.taxonomy
    said = [str(item.get(form.fields[level].path) or "") for level in (first, second)]
    one, two = (caption_key(taxonomy.aliases.get(text, text)) for text in said)
    above = {caption_key(name) for name, below in taxonomy.children.items() if two in map(caption_key, below)}
    return bool(above) and bool(one) and one not in above
