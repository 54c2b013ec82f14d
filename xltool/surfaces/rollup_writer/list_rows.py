"""The rows of the flat list of indicators, as text that only lacks its row numbers.

A form's rows are made where the form was read; whoever writes the workbook puts them one below the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import cast

from xltool.columns import Column, Columns, in_roles
from xltool.columns import columns_of as in_columns
from xltool.filing import Entry, Scalar
from xltool.form import Form
from xltool.grid import address
from xltool.heights import height, length, lines, pixels, room
from xltool.rollup.model import is_scored
from xltool.surfaces.rollup_writer.look import CENTRE, SIZE, TEXT, TOP
from xltool.values import Value, plain
from xltool.worded import measurable, understood

ROW, AMOUNT = "\x01", "\x02"
"""Where the number of a row, and the cell of the form's amount, is put in later: no text of XML holds them."""
BETWEEN = "\x03"
"""What stands between two rows of a form while they wait on the disk."""
COLUMNS = (
    ("单位名称", 16.0), ("项目名称", 22.0), ("预算数", 14.0), ("年度目标", 28.0), ("一级指标", 10.0), ("二级指标", 14.0), ("三级指标", 24.0),
    ("指标性质", 6.0), ("指标值", 13.0), ("度量单位", 8.0), ("权重", 6.0), ("指标方向性", 7.0),
)  # fmt: skip
EVALUATED = (("实际完成值", 13.0), ("得分", 7.0), ("偏差原因", 24.0))
"""What the list of self-evaluations has besides."""
ROOM = [room(pixels(width), SIZE) for _, width in COLUMNS + EVALUATED]
MOST_LINES = 8
"""Lines that a row is high at most: a goal of more is read on the form's sheet, here it begins at the cell's top."""
HEIGHTS = [f' ht="{height(count, SIZE):g}" customHeight="1"' for count in range(1, MOST_LINES + 1)]
DIRECTIONS = {"≥": "正向", ">": "正向", "≤": "反向", "<": "反向"}
"""What the sign of a target says of its direction; «=» says nothing."""
QUALITATIVE = "定性"
ROLES = ("level1", "level2", "indicator", "target", "weight", "actual", "score", "reason")
WORDS = frozenset({0, 1, 3, 6, 14})
"""The columns of text that stands at the left."""
GOAL, NAME, REASON = 3, 6, 14
"""The columns of the goal, of an indicator's name, and of a deviation's reason, where there is one."""
Shown = None | str | int | Decimal
LONGEST = 32000
_LETTERS = [address(1, at).rstrip("1") for at in range(1, 27)]
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_MARKED = re.compile("[&<>]|_x")
_SPELLED = re.compile("_x[0-9a-fA-F]{4}_")


def columns_of(family: str) -> tuple[tuple[str, float], ...]:
    """The heads of the list's columns and their widths."""
    return COLUMNS + EVALUATED if is_scored(family) else COLUMNS


def list_rows(
    entry: Entry, form: Form, family: str, unit: str, project: str, styles: Mapping[str, int], columns: Mapping[str, Columns] | None = None
) -> list[str]:
    """A row for each indicator of a form, at least one: the cells before the indicator's own only in the first.

    ``columns`` are those of the form's lists, where they are known.
    """
    count = len(columns_of(family))
    begun, counted = _begun(count, *(styles[kind] for kind in (TEXT, CENTRE, "number")))
    goal = next((text for name in form.roles.get("goal", ()) if isinstance(text := entry.values.get(form.fields[name].path), str)), "")
    goal = goal.replace("\n", " ")
    begun_goal = _begins(GOAL, styles[TOP]) if _lines(GOAL, goal) > MOST_LINES else begun[GOAL]
    first = begun[0] + text_in(unit) + begun[1] + text_in(project) + AMOUNT + begun_goal + text_in(goal)
    blank = "/>".join(begun[:4]) + "/>"
    shown = _indicators(form, in_columns(entry) if columns is None else columns) or [[None]] * 11
    if count > REASON and any(_lines(REASON, text) > MOST_LINES for text in shown[10]):
        begun = [*begun[:REASON], _begins(REASON, styles[TOP])]
    cells = map("".join, zip(*map(_cells, begun[4:], counted[4:], shown), strict=True))
    named: list[tuple[int, Sequence[Shown]]] = [(NAME, shown[2])]
    if count > REASON:
        named.append((REASON, shown[10]))
    first_height = tall([(0, unit), (1, project), (GOAL, goal), *((at, column[0]) for at, column in named)])
    befores = [first, *[blank] * (len(shown[2]) - 1)]
    return [f'<row r="{ROW}"{height_}>{before}{said}</row>' for height_, before, said in zip([first_height, *_heights(named)[1:]], befores, cells, strict=True)]


def _cells(plainly: str, number: str, column: Sequence[Shown]) -> list[str]:
    """The cells of a column; ``plainly`` and ``number`` are how those of texts and of numbers begin."""
    texts = [value for value in column if type(value) is str]
    if texts and not _plain("".join(texts), texts):
        return [f"{plainly}{text_in(value)}" if value is None or isinstance(value, str) else f"{number}{_digits(value)}</v></c>" for value in column]
    # Few columns hold anything that XML must escape: all of one are asked at once.
    blank, begun = f"{plainly}/>", f'{plainly} t="inlineStr"><is><t>'
    if len(texts) == len(column):
        return [f"{begun}{text}</t></is></c>" if text else blank for text in texts]
    return [
        blank if not value and value != 0 else f"{begun}{value}</t></is></c>" if type(value) is str else f"{number}{_digits(value)}</v></c>"
        for value in column
    ]  # fmt: skip


def _plain(whole: str, texts: Sequence[str]) -> bool:
    """True where texts (``whole`` is all of them) stand in XML as they are, with no blanks at their ends."""
    if not whole.isprintable() or "&" in whole or "<" in whole or ">" in whole or "_x" in whole or len(whole) > LONGEST:
        return False
    return " " not in whole or not any(text[:1] == " " or text[-1:] == " " for text in texts)


@lru_cache(maxsize=512)
def _digits(number: int | Decimal) -> str:
    """A number as it stands in a cell."""
    return plain(number)


def packed_rows(rows: Sequence[str]) -> bytes:
    """A form's rows as they wait on the disk."""
    return BETWEEN.join(rows).encode("utf-8", "replace")


@lru_cache(maxsize=16)
def _begun(count: int, text: int, centre: int, number: int) -> tuple[list[str], list[str]]:
    """How the cells of a row begin, by column: those of texts, and those of numbers."""
    begun = [_begins(at, text if at in WORDS else centre) for at in range(count)]
    return begun, [f'<c r="{_LETTERS[at]}{ROW}" s="{number}"><v>' for at in range(count)]


def _begins(at: int, style: int) -> str:
    """How a cell of a column begins, up to what it holds."""
    return f'<c r="{_LETTERS[at]}{ROW}" s="{style}"'


def tall(texts: Iterable[tuple[int, Shown]]) -> str:
    """The height of a row that some texts, each in a column, stand in: as many lines as they need, up to a few."""
    return HEIGHTS[min(max(_lines(at, text) for at, text in texts), MOST_LINES) - 1]


def _heights(named: Sequence[tuple[int, Sequence[Shown]]]) -> list[str]:
    """The heights of rows by the texts in some of their columns."""
    counts = [[_lines(at, text) if text else 1 for text in column] for at, column in named]
    return [HEIGHTS[min(count, MOST_LINES) - 1] for count in map(max, *counts)] if len(counts) > 1 else [HEIGHTS[min(count, MOST_LINES) - 1] for count in counts[0]]


def _lines(at: int, text: Shown) -> int:
    """The lines that a text needs in a column; it is not looked at beyond the most that a row has, of which one more stands for all."""
    most = ROOM[at]
    # No character is wider than two halves.
    if not isinstance(text, str) or (2 * len(text) <= most and "\n" not in text):
        return 1
    text = text[: (MOST_LINES + 1) * most]
    # No line holds more than there is room for.
    if 2 * len(text) > MOST_LINES * most and length(text) > MOST_LINES * most:
        return MOST_LINES + 1
    return lines(text, most)


def subtotal_row(values: Mapping[int, str], count: int, text: int, money: int) -> str:
    """A row for a unit: the rest of each cell by column, empty where nothing stands."""
    cells = (f'<c r="{_LETTERS[at]}{ROW}" s="{money if at == 2 else text}"{values.get(at, "/>")}' for at in range(count))
    return f'<row r="{ROW}" ht="{height(2, SIZE):g}" customHeight="1">' + "".join(cells) + "</row>"


@lru_cache(maxsize=4096)
def text_in(text: str | None) -> str:
    """The rest of a cell that holds a text, or nothing, from its kind on."""
    if not text:
        return "/>"
    kept = ' xml:space="preserve"' if text[0].isspace() or text[-1].isspace() else ""
    return f' t="inlineStr"><is><t{kept}>{_escaped(text)}</t></is></c>'


def number_cell(at: int, number: Decimal, style: int) -> str:
    """A cell that holds a number; ``at`` counts columns from 0."""
    return f'<c r="{_LETTERS[at]}{ROW}" s="{style}"><v>{plain(number)}</v></c>'


def blank_cell(at: int, style: int) -> str:
    """An empty cell."""
    return f'<c r="{_LETTERS[at]}{ROW}" s="{style}"/>'


def _indicators(form: Form, columns: Mapping[str, Columns]) -> list[Sequence[Shown]]:
    """The columns from 一级指标 on, of all indicators; nothing where there are none."""
    found: list[Sequence[Shown]] = []
    for in_order in in_roles(form, columns, ROLES):
        made = _columns(in_order, form.units)
        found = [[*before, *column] for before, column in zip(found, made, strict=True)] if found else made
    return found


def _columns(in_order: Sequence[Column], units: frozenset[str]) -> list[Sequence[Shown]]:
    """The columns of a list's indicators."""
    level1, level2, name, target, weight, actual, score, reason = in_order
    told = [
        (one.operator, one.value, one.unit, DIRECTIONS.get(one.operator or "")) if type(one) is Value and one.value is not None else _target(one, units)
        for one in target
    ]  # fmt: skip
    nature, value, unit, direction = zip(*told, strict=True)
    return [*map(_texts, (level1, level2, name)), nature, value, unit, _texts(weight), direction, *map(_texts, (actual, score, reason))]


def _texts(column: Column) -> Sequence[Shown]:
    """The column, of targets and actual values what they print."""
    return [one.text if isinstance(one, Value) else one for one in column] if Value in set(map(type, column)) else cast(Sequence[Shown], column)


def _target(target: Scalar, units: frozenset[str]) -> tuple[Shown, Shown, Shown, Shown]:
    """性质, 值, 单位, 方向性 of a target; one with its number among words (95%以上) is that quantity, several in one text are no quality."""
    if not isinstance(target, Value):
        return None, target, None, None
    if target.value is None:
        target = understood(target, units)
    if target.value is None:
        return target.kind or (None if measurable(target, units) else QUALITATIVE), target.text, target.unit, None
    return target.operator, target.value, target.unit, DIRECTIONS.get(target.operator or "")


def _escaped(text: str) -> str:
    """A text inside XML: what only looks like the escape of a control character is one no more."""
    if text.isprintable() and not _MARKED.search(text) and len(text) <= LONGEST:
        return text
    text = text[:LONGEST]
    if "_x" in text:
        text = _SPELLED.sub(lambda found: "_x005F" + found.group(), text)
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _CONTROL.sub(lambda found: f"_x{ord(found.group()):04X}_", text)
