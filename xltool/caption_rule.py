"""The caption rule: a field's name is spelled with characters of its caption, in order.

Geometry cannot see two fields exchanged; this can. The caption stands in the field's own cell, else at
the head of its list column, else directly left, else above. The parts of a name ``row·column`` are
spelled by the caption of its row and by those above, in a list also by what goes down beside it. A written exception names the caption that the field has
instead, so that an exception too is a check.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from xltool.form import Form, ListBlock
from xltool.layout import Caption, Cell, Hole, Layout, Optional, Part
from xltool.problems import Problem, problem
from xltool.values import caption_key

_HOLE = re.compile(r"\{[^{}]*\}")
"""A field in an alias: it spells no name."""


def check(form: Form) -> list[Problem]:
    """A problem for each field that its caption does not spell, and for each exception that is not needed."""
    faults = []
    for name in form.fields:
        cell = _cell(form, name)
        if cell is None:
            continue
        caption, spelled = caption_of(form.layout, cell, form.blocks), _spelled(form, name, cell)
        written = form.exceptions.get(name)
        if written is None and not spelled:
            faults.append(problem("caption-rule", form.place, field=name, caption=caption))
        elif written is not None and spelled:
            faults.append(problem("caption-rule-idle", form.place, field=name))
        elif written is not None and caption_key(written) != caption_key(caption):
            faults.append(problem("caption-rule-other", form.place, field=name, written=written, caption=caption))
    return faults


def caption_of(layout: Layout, cell: Cell, blocks: tuple[ListBlock, ...]) -> str:
    """The caption of a cell's field: in its own cell, else at the head of its list column, else directly left
    where that cell begins on the same row, else above."""
    if own := cell.caption or _optional_caption(cell):
        return own
    if any(block.row == cell.row for block in blocks):
        # The head may hold a field itself: the town that a column stands for.
        return next((above.caption for row in range(cell.row - 1, 0, -1) if not (above := layout.at(row, cell.column)).only_hole), "")
    if cell.column > 1:
        left = layout.at(cell.row, cell.column - 1)
        if left.row == cell.row and is_heading(left):
            return left.caption
    return next((above.caption for row in range(cell.row - 1, 0, -1) if is_heading(above := layout.at(row, cell.column))), "")


def _optional_caption(cell: Cell) -> str:
    """The printed text of a cell that holds nothing but optional parts; with others beside them it names no field alone."""
    inner = [part for one in cell.parts if isinstance(one, Optional) for part in one.parts]
    return "".join(part.text for part in inner if isinstance(part, Caption)) if all(isinstance(one, Optional) for one in cell.parts) else ""


def is_heading(cell: Cell) -> bool:
    """True for a caption that no field stands in, one in […] or in brackets apart (项目资金（{金额单位}）): it can head others."""
    return bool(cell.caption) and not any(isinstance(part, Hole) and not _bracketed(cell.parts, at) for at, part in enumerate(cell.parts))


def _bracketed(parts: tuple[Part, ...], at: int) -> bool:
    """True for a hole with nothing but a bracket on either side."""
    before, behind = parts[at - 1] if at else None, parts[at + 1] if at + 1 < len(parts) else None
    return isinstance(before, Caption) and isinstance(behind, Caption) and before.text[-1] in "（(" and behind.text[0] in "）)"


def _cell(form: Form, name: str) -> Cell | None:
    """The cell of a field; None for one that stands in an alias only."""
    return next((cell for cell in form.layout.cells if name in cell.holes), None)


def _spelled(form: Form, name: str, cell: Cell) -> bool:
    """One caption spells a plain name; the parts of ``row·column`` may be spelled by different ones."""
    if "·" not in name:
        return _by(form, name, caption_of(form.layout, cell, form.blocks))
    around = {caption_of(form.layout, cell, form.blocks), *_around(form, cell)}
    return all(any(_by(form, part, caption) for caption in around) for part in name.split("·"))


def _around(form: Form, cell: Cell) -> Iterator[str]:
    """The captions above a cell, its row's caption (the nearest at the left) with those that go down beside that, and the captions
    above it; of a list what goes down beside it."""
    yield from _above(form, cell.row, cell.column)
    yield from (span.caption for block in form.blocks if block.row == cell.row for span in block.spans)
    for column in range(cell.column - 1, 0, -1):
        left = form.layout.at(cell.row, column)
        if left.row == cell.row and is_heading(left):
            yield left.caption
            yield from _above(form, left.row, left.column)
            yield from _beside(form, cell.row, left)
            return


def _beside(form: Form, row: int, caption: Cell) -> Iterator[str]:
    """The captions of which the row's is one of several: each goes down more rows than the one at its right."""
    while caption.column > 1:
        left = form.layout.at(row, caption.column - 1)
        if left.last_row - left.row <= caption.last_row - caption.row or not is_heading(left):
            return
        yield left.caption
        caption = left


def _above(form: Form, row: int, column: int) -> Iterator[str]:
    cells = (form.layout.at(above, column) for above in range(row - 1, 0, -1))
    yield from (cell.caption for cell in cells if is_heading(cell))


def _by(form: Form, name: str, caption: str) -> bool:
    """True where a spelling of the caption holds the name's characters in order."""
    return any(_in_order(caption_key(name), caption_key(_HOLE.sub("", one))) for one in form.spellings(caption))


def _in_order(name: str, caption: str) -> bool:
    rest = iter(caption)
    return all(character in rest for character in name)
