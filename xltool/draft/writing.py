"""The YAML of a drafted mapping: picture, fields, lists, and a mark on every line that a person should look at."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from xltool.draft.holes import Cells, cells
from xltool.draft.known import known_of
from xltool.draft.naming import Named, named, short
from xltool.draft.repeats import Block, Rows, lists_of, without_repeats
from xltool.draft.sheet import Box, Drawn, boxes
from xltool.form import NUMERIC, Form, can_play
from xltool.layout import Caption, Cell, Hole, Layout, Optional, Part
from xltool.picture import ABOVE, LEFT, REPEAT, REPEAT_MERGED, Picture, Repeat, draw
from xltool.values import caption_key

LEVELS = frozenset({"level1", "level2"})
MARK = "# ？"
"""Behind a line of the draft: look at this."""
_BEHIND_YEAR = re.compile("^年度?")
"""What stands behind a year and is no part of a title: (2024)年度……表."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The text of a mapping, and the lines of it that want a look."""

    text: str
    picture: Picture
    unsure: tuple[str, ...]


def draft(sheet: Drawn, forms: Mapping[str, Form], form_id: str) -> Draft | None:
    """The draft of a sheet; None where nothing on it waits for a value.

    ``forms`` are the known forms, which teach what captions mean.
    """
    found = boxes(sheet)
    if found is None:
        return None
    known = known_of(forms.values())
    rows = without_repeats(found, known.heads, known.groups)
    made = cells(rows, known.captions, known.asking)
    fields = named(made, rows.blocks, known)
    if not fields:
        return None
    picture = _picture(made, rows.blocks, {one.hole: one.one.name for one in fields})
    lines = list(_lines(form_id, picture, fields, rows, sheet.widths[found.left : found.left + found.columns], forms))
    text = "\n".join(line for line in lines) + "\n"
    return Draft(text, picture, tuple(line.strip() for line in lines[1:] if MARK in line))


def _picture(found: Cells, blocks: Sequence[Block], names: Mapping[str, str]) -> Picture:
    layout = found.layout
    done = tuple(Cell(one.row, one.column, one.last_row, one.last_column, tuple(_part(part, names) for part in one.parts)) for one in layout.cells)
    whole = Layout(layout.rows, layout.columns, done)
    return Picture(whole, tuple(Repeat(block.row, _marks(whole, block)) for block in blocks))


def _part(part: Part, names: Mapping[str, str]) -> Part:
    if isinstance(part, Hole):
        return Hole(names[part.field])
    if isinstance(part, Optional):
        return Optional(tuple(Hole(names[one.field]) if isinstance(one, Hole) else one for one in part.parts))
    return part


def _marks(layout: Layout, block: Block) -> tuple[str, ...]:
    """The row of … below a block's: groups merge, what stands beside the list is merged down."""
    found = []
    grouped = {one.columns[0] for head in lists_of(block) for one in head[: block.groups]} | _groups_again(block)
    for column in range(1, layout.columns + 1):
        cell = layout.at(block.row, column)
        mark = ABOVE if cell.column < block.column else REPEAT_MERGED if cell.column in grouped else REPEAT
        found.append(mark if cell.column == column or mark == ABOVE else LEFT)
    marks = list(found)
    for at, mark in enumerate(marks):
        if mark == LEFT and at:
            marks[at] = marks[at - 1]
    return tuple(marks)


def _groups_again(block: Block) -> set[int]:
    """The columns of the groups of every list of a block: a head that is a group's in the first list is one in all."""
    keys = {caption_key(one.text) for one in block.heads[: block.groups]}
    return {one.column for one in block.heads if caption_key(one.text) in keys}


def _lines(form_id: str, picture: Picture, fields: list[Named], rows: Rows, widths: tuple[float, ...], forms: Mapping[str, Form]) -> Iterator[str]:  # fmt: skip
    titles = [one for one in rows.boxes.boxes if one.columns == (1, rows.boxes.columns) and one.text]
    title, certain = _title(picture)
    yield f"{MARK} 标记的行需要人看：由空白表推断，可能不对。看完后用 xltool forms check 核对。"
    yield f"form: {form_id}"
    yield 'version: "1"'
    yield f"title: {_quoted(title or form_id)}" + ("" if certain else f"  {MARK} 没有找到标题")
    yield ""
    yield "layout: |"
    yield from (f"  {line}" for line in draw(picture).splitlines())
    yield ""
    yield "fields:"
    yield from (_field(one) for one in fields)
    yield ""
    yield from _lists(rows.blocks, fields)
    yield from _units(fields)
    yield from _taxonomy(fields, forms)
    yield from _sums(fields, forms)
    yield from _roles(fields, rows.blocks, forms)
    yield "look:"
    plain = [str(one.row) for one in titles if one.row <= 3]
    if widths:
        yield f"  widths: [{', '.join(_quoted(f'{width:g}') for width in widths)}]"
    if plain:
        first = next((one.row for one in titles if short(title)[:4] in short(one.text)), titles[0].row)
        ordered = [str(first), *(row for row in plain if row != str(first))]
        yield f"  plain_rows: [{', '.join(map(_quoted, ordered))}]  {MARK} 没有边框的行，第一个是标题"


def _title(picture: Picture) -> tuple[str, bool]:
    """The first text over the whole width that is called a 表, without its year, else the first that no value stands in;
    where there is none the first anywhere that is called a 表, which is not certain."""
    captions = [cell for cell in picture.layout.cells if cell.caption and not cell.caption.rstrip().endswith(("：", ":"))]
    whole = [cell for cell in captions if (cell.column, cell.last_column) == (1, picture.layout.columns)]
    alone = next((cell for cell in whole if "表" in cell.caption), None) or next((cell for cell in whole if not cell.holes), None)
    found = alone or next((cell for cell in captions if "表" in cell.caption), None)
    parts = found.parts if found else ()
    texts = [_BEHIND_YEAR.sub("", part.text) if at and isinstance(parts[at - 1], Hole) else part.text for at, part in enumerate(parts) if isinstance(part, Caption)]
    text = next((one for one in texts if "表" in one), texts[0] if texts else "")
    return text.strip().rstrip("（(").strip(), bool(alone)


def _field(named_one: Named) -> str:
    one = named_one.one
    said = [f"json: {one.path}", f"type: {one.type}"]
    if one.choices:
        said.append(f"choices: [{', '.join(map(_quoted, one.choices))}]")
    if one.required:
        said.append('required: "true"')
    said += [f"{key}: {_quoted(value)}" for key, value in (("absent", one.absent), ("blank", one.blank)) if value]
    note = f"  {MARK} {named_one.why}" if named_one.why else ""
    return f"  {_quoted(one.name)}: {{{', '.join(said)}}}{note}"


def _lists(blocks: Sequence[Block], fields: Sequence[Named]) -> Iterator[str]:
    if not blocks:
        return
    yield "lists:"
    paths = {one.one.name: one.one.path for one in fields}
    held = [(block, heads) for block in blocks for heads in lists_of(block)]
    found = [[_at(fields, block, one) for one in heads] for block, heads in held]
    leveled = [any(paths[name] in LEVELS for name in names) for names in found]
    for number, (names, level) in enumerate(zip(found, leveled, strict=True), 1):
        sure = (level and sum(leveled) == 1) or len(found) == 1
        name = "indicators" if sure else f"indicators_{number}" if level else f"list_{number}"
        yield f"  {name}: [{', '.join(map(_quoted, names))}]" + ("" if sure else f"  {MARK} 名称")
    yield ""


def _at(fields: Sequence[Named], block: Block, head: Box) -> str:
    """The name of the field below a head of a list."""
    return next(one.one.name for one in fields if one.cell.row == block.row and one.cell.column == head.column)


def _units(fields: Iterable[Named]) -> Iterator[str]:
    if any(one.one.type == "target" for one in fields):
        yield f"units: [元, 万元, 人, 人次, 次, 家, 户, 个, 件, 份, 项, 天, 月, 年, 分钟, 米, 公里, 平方米, 亩, 吨]  {MARK} 数字后不带括号的单位"
        yield ""


def _taxonomy(fields: Sequence[Named], forms: Mapping[str, Form]) -> Iterator[str]:
    """The taxonomy of the known form that shares most fields, where the draft has levels."""
    paths = {one.one.path for one in fields}
    if not {"level1", "level2"} <= paths:
        return
    near = _nearest(paths, forms)
    if near is None or not near.taxonomy.children:
        return
    yield f"taxonomy:  {MARK} 取自 {near.id}"
    yield from (f"  {_quoted(one)}: [{', '.join(map(_quoted, below))}]" for one, below in near.taxonomy.children.items())
    yield ""


def _nearest(paths: set[str], forms: Mapping[str, Form]) -> Form | None:
    return max(forms.values(), key=lambda form: len(paths & {one.path for one in form.fields.values()}), default=None)


def _roles(fields: Sequence[Named], blocks: Sequence[Block], forms: Mapping[str, Form]) -> Iterator[str]:
    """The roles that the known forms give to fields of the same paths, where these can play them."""
    first = {block.row: block.column for block in blocks}
    types = {one.one.name: one.one.type for one in fields}
    listed = {one.one.name for one in fields if one.cell.column >= first.get(one.cell.row, one.cell.column + 1)}
    near = _nearest({one.one.path for one in fields}, forms)
    if near is None:
        return
    names: dict[str, list[str]] = {}
    for one in fields:
        names.setdefault(one.one.path, []).append(one.one.name)
    found = {role: [name for field in played for name in names.get(near.fields[field].path, ())] for role, played in near.roles.items()}
    kept = {role: able for role, held in found.items() if (able := [name for name in dict.fromkeys(held) if can_play(role, types[name], name in listed)])}
    if kept:
        yield f"roles:  {MARK} 取自 {near.id}"
        yield from (f"  {role}: {_quoted(held[0]) if len(held) == 1 else '[' + ', '.join(map(_quoted, held)) + ']'}" for role, held in kept.items())
        yield ""


def _sums(fields: Sequence[Named], forms: Mapping[str, Form]) -> Iterator[str]:
    """The sums of the known form, between the fields of the same paths."""
    names, types = {one.one.path: one.one.name for one in fields}, {one.one.name: one.one.type for one in fields}
    near = _nearest(set(names), forms)
    found = []
    # A path of a list is one of its rows: outside it another field may have the same.
    for one in (one for one in near.sums if not any(near.fields[name].list for name in (one.total, *one.parts))) if near else ():
        total, *parts = [names.get(near.fields[name].path, "") for name in (one.total, *one.parts)] if near else [""]
        if total and all(parts) and all(types[name] in NUMERIC for name in (total, *parts)):
            found.append(f"  {_quoted(total)}: [{', '.join(map(_quoted, parts))}]")
    if found and near:
        yield f"sums:  {MARK} 取自 {near.id}"
        yield from found
        yield ""


def with_exceptions(made: Draft, exceptions: Mapping[str, str]) -> Draft:
    """The draft with fields whose names their captions do not spell."""
    if not exceptions:
        return made
    lines = [f"  {_quoted(name)}: {_quoted(caption)}  {MARK} 名称与栏目不同" for name, caption in exceptions.items()]
    text = made.text.replace("\nlook:", "\nexceptions:\n" + "\n".join(lines) + "\n\nlook:", 1)
    return replace(made, text=text, unsure=(*made.unsure, *(line.strip() for line in lines)))


def _quoted(text: str) -> str:
    """A scalar as YAML: plain where that is safe."""
    plain = text and all(character.isalnum() or character in "_-·" for character in text) and text[0] not in "-·" and not text[0].isdigit()
    return text if plain else json.dumps(text, ensure_ascii=False)
