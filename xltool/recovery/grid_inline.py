"""Captions that share their cell with the value (项目名称：某项目): taken apart where the caption is missing and the field is certain."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from xltool.form import Form
from xltool.grid import Grid
from xltool.layout import Cell
from xltool.recovery.grid_captions import Anchor, Captions
from xltool.recovery.grid_placement import Placement
from xltool.recovery.grid_places import Plan
from xltool.recovery.grid_values import read, tidy
from xltool.values import caption_key, normal

CODE = "caption-with-value"
_COLON = re.compile("[:：]")
_OPENS = ("(", "（", "[", "【", "〔")


@dataclass(frozen=True, slots=True)
class Inline:
    """A caption and its value in the cell of this number: the caption as typed, the value's text, the field's cell of the layout."""

    number: int
    anchor: Anchor
    caption: str
    text: str
    cell: Cell


def inlines(grid: Grid, likely: Sequence[int], placements: Sequence[Placement], plans: Mapping[str, Plan], captions: Captions) -> list[Inline]:
    """The cells of the placed forms that hold a caption that the form lacks, a colon and a value of its field.

    ``likely`` are the cells whose texts begin as captions do and are none.
    """
    texts = grid.texts
    typed = [number for number in likely if ("：" in texts[number] or ":" in texts[number]) and number not in grid.formulas]
    if not typed:
        return []
    found: list[Inline] = []
    for placement in placements:
        inside = [number for number in typed if placement.first <= number < placement.end]
        if inside:
            found.extend(_inside(grid, placement, inside, plans[placement.form], captions))
    return found


def _inside(grid: Grid, placement: Placement, typed: Sequence[int], plan: Plan, captions: Captions) -> Iterator[Inline]:
    parted = [(number, *one) for number in typed if (one := _anchor_in(grid.texts[number], plan, captions))]
    if not parted:
        return
    there = _standing(grid, placement, captions)
    known = {anchor for anchors in there.values() for anchor in anchors}
    # A cell that stands where a field without its caption would is taken for the field's.
    free = {*placement.left, *(number for number, cell in placement.scalars if plan.locators.get((cell.row, cell.column)) not in known)}
    for number, anchor, caption, text in parted:
        if number not in free or anchor.number in known or not _in_order(grid, number, anchor, there, plan):
            continue
        cell = _field_of(plan, anchor)
        if cell is not None and _readable(text, cell, plan.form):
            yield Inline(number, anchor, caption, text, cell)


def _anchor_in(text: str, plan: Plan, captions: Captions) -> tuple[Anchor, str, str] | None:
    """The form's only caption that stands before the colon of a text, as typed, and what stands behind it; None where there is none."""
    parted = _parted(text, captions)
    if parted is None:
        return None
    key = caption_key(parted[0])
    ways = [one for one in plan.anchors if key in one.keys]
    return (ways[0], *parted) if len(ways) == 1 else None


def _standing(grid: Grid, placement: Placement, captions: Captions) -> dict[int, tuple[int, ...]]:
    """The captions of a form that stand in cells of their own: by the cell's number the anchors that it can be."""
    left = set(placement.left)
    numbers = (number for number in range(placement.first, placement.end) if number not in left)
    return {number: one.anchors for number in numbers for one in captions.matches(grid.texts[number]) if one.form == placement.form}


def _parted(text: str, captions: Captions) -> tuple[str, str] | None:
    """The text before and behind the only colon; None where what stands behind may be part of a printed caption."""
    before, *behind = _COLON.split(text)
    if len(behind) != 1 or not (said := behind[0].strip()) or said.startswith(_OPENS) or captions.matches(text) or captions.matches(said):
        return None
    return None if captions.begins(normal(text)) or captions.begins(f"{normal(before)}:") else (before, said)


def _in_order(grid: Grid, number: int, anchor: Anchor, there: Mapping[int, tuple[int, ...]], plan: Plan) -> bool:
    """True where the captions above stand above in the form too, and those below below: a note at the end repeats words."""
    row = grid.places[number][0]
    sure = [(grid.places[other][0], plan.anchors[anchors[0]].cell.row) for other, anchors in there.items() if len(anchors) == 1]
    return all((own <= anchor.cell.row) if at < row else (own >= anchor.cell.row) if at > row else own == anchor.cell.row for at, own in sure)


def _field_of(plan: Plan, anchor: Anchor) -> Cell | None:
    """The cell right of a caption that is filled by one field and by nothing else; None where there is none."""
    if anchor.cell.holes:
        return None
    beside = [cell for cell in plan.cells if (cell.row, cell.column) == (anchor.cell.row, anchor.cell.last_column + 1)]
    return beside[0] if beside and beside[0].only_hole and plan.locators.get((beside[0].row, beside[0].column)) == anchor.number else None


def _readable(text: str, cell: Cell, form: Form) -> bool:
    """True where a text is a value of the cell's field, without a doubt."""
    found = read(text, None, "", form.fields[cell.holes[0]], form)
    return found.value is not None and not found.doubt


def captions_alone(grid: Grid, found: Sequence[Inline]) -> Grid:
    """The grid with these captions as if they stood in cells of their own."""
    return _with_texts(grid, {one.number: one.caption for one in found})


def values_alone(grid: Grid, told: Mapping[int, str]) -> Grid:
    """The grid with values where captions and values stood, by number."""
    return _with_texts(grid, told)


def _with_texts(grid: Grid, said: Mapping[int, str]) -> Grid:
    texts = tuple(said.get(number, text) for number, text in enumerate(grid.texts))
    return replace(grid, texts=texts, values={number: value for number, value in grid.values.items() if number not in said}, _cells=[], _squares={})


def with_values(placement: Placement, found: Sequence[Inline]) -> Placement:
    """The placement with the values that stand in the cells of captions; where the field's own cell is filled too, it is doubted."""
    own = [one for one in found if placement.first <= one.number < placement.end]
    if not own:
        return placement
    filled = {(cell.row, cell.column) for _, cell in placement.scalars}
    taken = [one for one in own if (one.cell.row, one.cell.column) not in filled]
    twice = [one for one in own if one not in taken]
    form = placement.stencil.form
    return replace(
        placement,
        scalars=(*placement.scalars, *((one.number, one.cell) for one in taken)),
        inline=tuple((one.number, one.text) for one in taken),
        left=tuple(sorted({*placement.left, *(one.number for one in twice)})),
        doubts=(*placement.doubts, *((form.fields[one.cell.holes[0]].path, one.number, "此处有不止一个值") for one in twice)),
    )


def said(text: str, value: str) -> str:
    """What is said of a cell that held a caption and its value."""
    return f"“{tidy(text)}”是栏目和内容写在一格，按“{tidy(value)}”读入"
