"""The targets of rows that were read from text: signs that cells of their own print, and cells that hold more than their value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from xltool.filing import Scalar
from xltool.form import Form, ListSpec
from xltool.values import OPERATOR_START, Value, normal

MIXED = "数与别的文字在一格之内，而单位另有一格"
RUN_INTO = "符号与数之后还有别的文字，可能是另一格的"
EITHER = "这一行的两个值只找到一个，是哪一个不能确定"
SIGNS = "=＝═≥≧≤≦>＞<＜ \u00a0"


def crowded(form: Form, spec: ListSpec, item: Mapping[str, Scalar]) -> Iterator[tuple[str, str]]:
    """The JSON paths inside an item (empty: all of it) that may hold what another cell does, each with why."""
    if not any(form.fields[name].type == "unit" for name in spec.own):
        longest = _longest(form.units)
        yield from ((path, RUN_INTO) for path, text in _unread(form, spec, item) if text[0] in OPERATOR_START and len(text.lstrip(SIGNS)) > longest)
        return
    for path, text in _unread(form, spec, item):
        if any(letter.isdigit() for letter in text):
            yield from ((path, MIXED), ("target", MIXED))
            if _strange_unit(form, item, path):
                yield "", MIXED


@lru_cache(maxsize=64)
def _longest(units: frozenset[str]) -> int:
    """The letters of the longest unit."""
    return max(map(len, units), default=0)


def either(form: Form, spec: ListSpec, item: Mapping[str, Scalar]) -> Iterator[tuple[str, str]]:
    """The JSON paths of what was planned and what was done where only one of them was found, without a sign or a word for its
    kind, as what was planned has: it may be either."""
    paths = [form.fields[name].path for name in spec.own if form.fields[name].type == "target"]
    filled = [path for path in paths if item.get(path) is not None]
    value = item.get(filled[0]) if len(paths) == 2 and len(filled) == 1 else None
    if isinstance(value, Value) and value.operator is None and value.kind is None:
        yield from ((path, EITHER) for path in paths)


def _unread(form: Form, spec: ListSpec, item: Mapping[str, Scalar]) -> Iterator[tuple[str, str]]:
    """The targets whose text is no value, by their JSON paths."""
    for name in spec.own:
        value = item.get(form.fields[name].path) if form.fields[name].type == "target" else None
        if isinstance(value, Value) and value.value is None and value.text:
            yield form.fields[name].path, value.text


def _strange_unit(form: Form, item: Mapping[str, Scalar], path: str) -> bool:
    """True where a word that is no unit of the form stands in the unit's cell beside a text: it may be of the cell behind."""
    value = item.get(path)
    return isinstance(value, Value) and value.value is None and value.unit is not None and normal(value.unit) not in form.units


def unsigned(form: Form, spec: ListSpec, item: dict[str, Scalar]) -> None:
    """Takes the sign off the text of a target whose form prints it in a cell of its own."""
    for path in {form.fields[name].path.rpartition(".")[0] for name in spec.own if form.fields[name].type == "operator"}:
        value = item.get(path)
        if isinstance(value, Value) and value.text and value.operator and value.value is not None:
            item[path] = value._replace(text=value.text.lstrip(SIGNS))
