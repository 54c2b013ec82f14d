"""The rows of the flat list of indicators, as text that only lacks its row numbers.

A form's rows are made where the form was read; whoever writes the workbook puts them one below the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from xltool.filing import Entry, Item, Scalar
from xltool.form import Form
from xltool.grid import address
from xltool.surfaces.rollup_writer.look import CENTRE, TEXT
from xltool.values import Value, plain

ROW, AMOUNT = "\x01", "\x02"
"""Where the number of a row, and the cell of the form's amount, is put in later: no text of XML holds them."""
COLUMNS = (
    ("单位名称", 18.0), ("项目名称", 26.0), ("预算数", 15.0), ("年度目标", 34.0), ("一级指标", 11.0), ("二级指标", 14.0), ("三级指标", 28.0),
    ("指标性质", 8.0), ("指标值", 13.0), ("度量单位", 9.0), ("权重", 7.0), ("指标方向性", 10.0),
)  # fmt: skip
EVALUATED = (("实际完成值", 13.0), ("得分", 7.0), ("偏差原因", 30.0))
"""What the list of self-evaluations has besides."""
DIRECTIONS = {"≥": "正向", ">": "正向", "≤": "反向", "<": "反向"}
"""What the sign of a target says of its direction; «=» says nothing."""
QUALITATIVE = "定性"
LONGEST = 32000
_LETTERS = [address(1, at).rstrip("1") for at in range(1, 27)]
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_SPELLED = re.compile("_x[0-9a-fA-F]{4}_")


def columns_of(family: str) -> tuple[tuple[str, float], ...]:
    """The heads of the list's columns and their widths."""
    return COLUMNS + EVALUATED if family == "evaluation" else COLUMNS


def list_rows(entry: Entry, form: Form, family: str, unit: str, project: str, styles: Mapping[str, int]) -> list[str]:
    """A row for each indicator of a form, at least one: the cells before the indicator's own only in the first."""
    count = len(columns_of(family))
    goal = next((text for name in form.roles.get("goal", ()) if isinstance(text := entry.values.get(form.fields[name].path), str)), "")
    first = [_text(at, text, styles) for at, text in enumerate((unit, project))] + [AMOUNT, _text(3, goal.replace("\n", " "), styles)]
    blank = [_blank(at, styles) for at in range(4)]
    found: list[str] = []
    for cells in list(_indicators(entry, form)) or [()]:
        own = [_cell(at, value, styles) for at, value in enumerate((*cells, *(None,) * (count - 4))[: count - 4], 4)]
        found.append(f'<row r="{ROW}">' + "".join([*(blank if found else first), *own]) + "</row>")
    return found


def subtotal_row(values: Mapping[int, str], count: int, text: int, money: int) -> str:
    """A row for a unit: the rest of each cell by column, empty where nothing stands."""
    cells = (f'<c r="{_LETTERS[at]}{ROW}" s="{money if at == 2 else text}"{values.get(at, "/>")}' for at in range(count))
    return f'<row r="{ROW}">' + "".join(cells) + "</row>"


def inline(text: str) -> str:
    """The rest of a cell that holds a text, from its kind on."""
    return f' t="inlineStr"><is><t xml:space="preserve">{_escaped(text)}</t></is></c>'


def number_cell(at: int, number: Decimal, style: int) -> str:
    """A cell that holds a number; ``at`` counts columns from 0."""
    return f'<c r="{_LETTERS[at]}{ROW}" s="{style}"><v>{plain(number)}</v></c>'


def blank_cell(at: int, style: int) -> str:
    """An empty cell."""
    return f'<c r="{_LETTERS[at]}{ROW}" s="{style}"/>'


def _indicators(entry: Entry, form: Form) -> Iterator[tuple[Scalar, ...]]:
    for name, spec in form.lists.items():
        roles = ("level1", "level2", "indicator", "target", "weight", "actual", "score", "reason")
        path = {role: form.fields[field].path for role in roles for field in form.roles.get(role, ()) if field in spec.fields}
        for item in entry.lists.get(name, ()):
            yield _cells(item, path)


def _cells(item: Item, path: Mapping[str, str]) -> tuple[Scalar, ...]:
    """The columns from 一级指标 on."""
    level1, level2, name, target, weight, actual, score, reason = (
        item.get(path.get(role, "")) for role in ("level1", "level2", "indicator", "target", "weight", "actual", "score", "reason")
    )
    nature, shown, unit, direction = _target(target)
    return (level1, level2, name, nature, shown, unit, weight, direction, actual.text if isinstance(actual, Value) else actual, score, reason)


def _target(target: Scalar) -> tuple[Scalar, Scalar, Scalar, Scalar]:
    """性质, 值, 单位, 方向性 of a target."""
    if not isinstance(target, Value):
        return None, target, None, None
    if target.value is None:
        return target.kind or QUALITATIVE, target.text, target.unit, None
    return target.operator, target.value, target.unit, DIRECTIONS.get(target.operator or "")


def _cell(at: int, value: Scalar, styles: Mapping[str, int]) -> str:
    if isinstance(value, Decimal | int):
        return f'<c r="{_LETTERS[at]}{ROW}" s="{styles["number"]}"><v>{plain(value)}</v></c>'
    return _text(at, value if isinstance(value, str) else "", styles)


def _text(at: int, text: str, styles: Mapping[str, int]) -> str:
    style = styles[TEXT if at in (0, 1, 3, 6, 14) else CENTRE]
    return f'<c r="{_LETTERS[at]}{ROW}" s="{style}"{inline(text) if text else "/>"}'


def _blank(at: int, styles: Mapping[str, int]) -> str:
    return blank_cell(at, styles[TEXT])


def _escaped(text: str) -> str:
    """A text inside XML: what only looks like the escape of a control character is one no more."""
    text = text[:LONGEST]
    if "_x" in text:
        text = _SPELLED.sub(lambda found: "_x005F" + found.group(), text)
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _CONTROL.sub(lambda found: f"_x{ord(found.group()):04X}_", text)
