"""A name, a JSON path and a type for every hole, proposed from its captions; what is not certain says so."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from xltool.caption_rule import caption_of, is_heading
from xltool.draft.holes import MONEY_UNIT, TICKS, YEAR, Cells
from xltool.draft.known import (
    Known,
    column_caption,
    in_table,
    row_caption,
)
from xltool.draft.repeats import Block, lists_of
from xltool.draft.sheet import Box
from xltool.figures import UNITS
from xltool.form import Field, ListBlock
from xltool.layout import Caption, Cell, Hole, Layout
from xltool.unit_cells import PRINTED
from xltool.values import caption_key

WAITS = "是否填写？"
"""What is to be looked at where a cell may be none that is filled in."""
PERHAPS = "JSON 路径"
"""What is to be looked at where a field's caption is known without its bracket only, or not at all."""
_OUT = re.compile(r"[\s\\|{}\[\]（）()：:，,、·/]+|（[^（）]*）|\([^()]*\)|^其中|^\d+[.．、]")
_BRACKETS = re.compile(r"（[^（）]*）|\([^()]*\)")
_DIGITS = re.compile(r"^\d+[.．、]")
_KINDS = (
    (re.compile(r"(用途|性质|来源|(?<!及)单位|部门|名称|类型|类别|编号|代码|方式|保障|备注)$"), "text"),
    (re.compile(r"日期|时间$"), "date"),
    (re.compile(r"率$|比例|比重"), "percent"),
    (re.compile(r"分值|得分|权重|分数"), "number"),
    (re.compile(r"指标值|完成值|目标值|实际值"), "target"),
    (re.compile(r"金额|资金|拨款|预算数?$|执行数|合计|总额|经费|投资"), "money"),
    (re.compile(r"目标|概述|概况|必要性|可行性|背景|情况|依据|结论|问题|措施|说明|内容|意见|计划$"), "paragraphs"),
)


_LISTED = (
    (re.compile(r"(指标|运算|目标值?)(性质|符号|方向)$|^(符号|方向)$"), "operator"),
    (re.compile(r"(度量|计量)单位$|^单位$"), "unit"),
    (re.compile(r"(完成|执行|实际|预计|实现)(值|情况|结果)$|^目标$"), "target"),
)
"""What the captions of a list's columns mean beyond those of any cell."""


@dataclass(frozen=True, slots=True)
class Named:
    """A hole with its field; ``why`` says what a person should look at, empty where nothing is in doubt.

    ``offered`` are the fields that known forms have under such a caption."""

    hole: str
    cell: Cell
    one: Field
    why: str = ""
    offered: tuple[Field, ...] = ()


def named(found: Cells, blocks: tuple[Block, ...], known: Known) -> list[Named]:
    """Every hole of a layout, in reading order."""
    listed = tuple(ListBlock(block.row, (), (), ()) for block in blocks)
    made = [_named(hole, cell, found, listed, blocks, known) for cell in found.layout.cells for hole in cell.holes]
    lists = _lists(blocks, made)
    return _apart(_parts(_own_paths(made, found, lists), lists), found)


def _parts(made: list[Named], lists: dict[str, set[int]]) -> list[Named]:
    """The fields, of signs and units those of the target that stands nearest in their list; without one they are texts."""
    done = []
    taken = {(at, one.one.path) for one in made for at in lists[one.hole]}
    for one in made:
        near = [other for other in made if other.one.type == "target" and lists[other.hole] & lists[one.hole]]
        if one.one.type in ("operator", "unit") and one.one.path.rpartition(".")[0] not in {other.one.path for other in near}:
            owner = min(near, key=lambda other: abs(other.cell.column - one.cell.column), default=None)
            path = f"{owner.one.path}.{one.one.type}" if owner else ""
            free = path and not any((at, path) in taken for at in lists[one.hole])
            taken.update((at, path) for at in lists[one.hole])
            one = replace(one, one=replace(one.one, path=path) if free else replace(one.one, type="text"))
        done.append(one)
    return done


def _lists(blocks: tuple[Block, ...], made: list[Named]) -> dict[str, set[int]]:
    """The numbers of the lists that a hole stands in: none outside lists, several for a column that lists share."""
    places = [{(block.row, head.column) for head in heads} for block in blocks for heads in lists_of(block)]
    return {one.hole: {number for number, place in enumerate(places) if (one.cell.row, one.cell.column) in place} for one in made}


def _named(hole: str, cell: Cell, found: Cells, listed: tuple[ListBlock, ...], blocks: tuple[Block, ...], known: Known) -> Named:
    box, inside = found.boxes[hole], hole in found.listed
    why = WAITS if hole in found.unsure else ""
    if hole == YEAR:
        return Named(hole, cell, Field(YEAR, "year", "year"))
    if hole == MONEY_UNIT:
        return Named(hole, cell, Field(MONEY_UNIT, "money_unit", "text", choices=("元", "万元"), absent="元", blank=found.shown.get(hole, "")))
    layout, unit = found.layout, _unit(cell)
    if unit:
        # A unit behind the number is no caption.
        cell = replace(cell, parts=cell.parts[:1])
    caption = _asked(layout, cell, caption_of(layout, cell, listed))
    row, above = row_caption(layout, cell), column_caption(layout, cell)
    table = not inside and not cell.caption and bool(row and above) and in_table(layout, cell)
    name = f"{short(row)}·{short(above)}" if table else short(caption) + ("期间" if not cell.only_hole and cell.caption and not _colon(cell) else "")
    taught = _taught(caption, row, above, table, inside, known)
    if not taught and (taught := _taught(short(caption), short(row), short(above), table, inside, known)):
        why = why or PERHAPS
    if not taught and table and (crossing := known.crossing(row, above, f"item_{cell.row}") or known.crossing(short(row), short(above), f"item_{cell.row}")):
        # A form that has both the row and the column has nothing where they meet.
        taught, why = [crossing[0]], why or (WAITS if crossing[1] else PERHAPS)
    taught = [one for one in taught if one.path != "money_unit"]
    fields = tuple(replace(one, name=name, list="", optional=False, choices=(box.choices or one.choices) if one.type in ("text", "choice", "paragraphs") else (), blank="") for one in taught)
    if table and not fields and any(one.text == above for block in blocks for one in block.heads):
        # Below a list its sums stand; what else stands below its columns a person knows.
        why = why or WAITS
    if fields:
        return Named(hole, cell, fields[0], why or _odd(box, fields[0]), fields)
    if any((one.row, one.column) == (box.row, box.column) for block in blocks for one in block.heads):
        # Above a column of a list its name is left open, of a town for instance.
        return Named(hole, cell, Field(name or "字段", "", "text"), why or PERHAPS)
    if _is_ticked(found, hole):
        return Named(hole, cell, Field(name or "字段", "", "text", blank=found.shown[hole]), why or PERHAPS)
    kind, doubt = _kind(box, above if table else caption, inside, table) if not unit else (_measured(unit), "")
    return Named(hole, cell, Field(name or "字段", "", kind, choices=box.choices), why or doubt or PERHAPS)


def _is_ticked(found: Cells, hole: str) -> bool:
    """True where words to be ticked stand in a hole: an empty form prints them."""
    return bool(TICKS.fullmatch(found.shown.get(hole, "")))


def _unit(cell: Cell) -> str:
    """The unit that is printed behind the number of a cell; empty where none is."""
    match cell.parts:
        case (Hole(), Caption(text=text)) if text in PRINTED:
            return text
    return ""


def _measured(unit: str) -> str:
    """The type of what is measured in a unit."""
    return "money" if unit in UNITS else "percent" if unit in ("%", "％") else "number"


def _asked(layout: Layout, cell: Cell, caption: str) -> str:
    """The caption of a cell: one at its left that names the unit of money asks for it; where only the form's title
    stands above it, that of its row."""
    left = layout.at(cell.row, cell.column - 1) if cell.column > 1 else None
    if left and left.holes == (MONEY_UNIT,) and (left.row, left.last_row) == (cell.row, cell.last_row) and cell.only_hole:
        return left.caption
    titles = {one.caption for one in layout.cells if (one.column, one.last_column) == (1, layout.columns) != (cell.column, cell.last_column)}
    return row_caption(layout, cell) or caption if caption in titles else caption


def _colon(cell: Cell) -> bool:
    return cell.caption.rstrip().endswith(("：", ":"))


def short(caption: str) -> str:
    """A caption as a field's name: without brackets, numbers and marks."""
    text = _BRACKETS.sub("", _DIGITS.sub("", caption.strip())).strip()
    return _OUT.sub("", text.removeprefix("其中：").removeprefix("其中:")) or _OUT.sub("", caption)


def _taught(caption: str, row: str, above: str, table: bool, inside: bool, known: Known) -> list[Field]:
    """The fields that known forms have where these captions stand."""
    if inside:
        one = known.listed.get(caption_key(caption))
        return [one] if one else []
    if table:
        one = known.cells.get((caption_key(row), caption_key(above)))
        return [one] if one else []
    return known.beside.get(caption_key(caption), [])


def _by_format(box: Box) -> str:
    """The type that a number format tells; empty where it tells none."""
    return "percent" if "%" in box.format else "date" if re.search("[yY]{2}", box.format) else "money" if "#,##0" in box.format else ""


def _odd(box: Box, one: Field) -> str:
    """What is to be looked at where a cell's format speaks against the field that its caption names."""
    told = _by_format(box)
    return f"格式是 {box.format}" if told and told != one.type and one.type in ("money", "percent", "date", "number") else ""


def _kind(box: Box, caption: str, inside: bool, table: bool) -> tuple[str, str]:
    """The type by the number format, else by the caption's words; and what is to be looked at. Words in lists and tables are
    short."""
    if box.choices:
        return "text", ""
    if told := _by_format(box):
        return told, ""
    kinds = (*_LISTED, *_KINDS) if inside else _KINDS
    told = next((kind for words, kind in kinds if words.search(short(caption))), "")
    told = "text" if told == "paragraphs" and (inside or table) else told
    return told or "text", "类型" if told not in ("", "date", "text") else ""


def _own_paths(made: list[Named], found: Cells, lists: dict[str, set[int]]) -> list[Named]:
    """The fields with a path each: of several that a caption may mean the first that is free, a new one where none is known.

    A path stands once in a list, and again in another (``lists`` are those of each hole).
    """
    # In lists a caption that is known may come again, in a list beside: one that may be the same thing gives way.
    used = Counter((True, one.path) for each in made if each.hole in found.listed and each.why != PERHAPS for one in each.offered)
    done = []
    held: set[tuple[int, str]] = set()
    for number, one in enumerate(made, 1):
        inside = one.hole in found.listed
        sure = inside and one.why != PERHAPS
        again = {path for at, path in held if at in lists[one.hole]}
        free = next((field for field in one.offered or (one.one,) if field.path and field.path not in again and (sure or not used[inside, field.path])), None)
        why = one.why or (PERHAPS if free is None or len(one.offered) > 1 else "")
        field = free or replace(one.one, path=f"field_{number}")
        used[inside, field.path] += 1
        held.update((at, field.path) for at in lists[one.hole])
        done.append(replace(one, one=field, why=why))
    return done


def _apart(made: list[Named], found: Cells) -> list[Named]:
    """The fields with names of their own: of two that are called alike each adds what stands above its caption."""
    counts = Counter(one.one.name for one in made)
    taken: set[str] = set()
    done = []
    for one in made:
        name = one.one.name
        if counts[name] > 1:
            others = {caption for other in made if other.one.name == name and other is not one for caption in _above(other, found)}
            own = next((caption for caption in _above(one, found) if caption not in others), "")
            name = f"{name}·{short(own)}" if own else name
        while name in taken:
            stem, _, number = name.rpartition("·")
            name = f"{stem}·{int(number) + 1}" if number.isdigit() else f"{name}·2"
        taken.add(name)
        done.append(replace(one, one=replace(one.one, name=name)))
    return done


def _above(one: Named, found: Cells) -> list[str]:
    """The captions above a cell and above the caption at its left, those first that stand farthest from it in the
    block of rows that it belongs to; above a list all of them, the nearest first."""
    layout, cell = found.layout, one.cell
    block = layout.at(cell.row, 1)
    inside = block.row < cell.row and block.column <= cell.column
    listed = one.hole in found.listed
    columns = [cell.column] if listed or cell.column == 1 else [cell.column, cell.column - 1]
    rows = range(cell.row - 1, (block.row if inside and not listed else 1) - 1, -1)
    above = [layout.at(row, column) for row in rows for column in columns]
    said = [cell.caption for cell in above if is_heading(cell) and (cell.column, cell.last_column) != (1, layout.columns)]
    return said if listed else said[::-1]
