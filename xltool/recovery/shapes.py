"""The shape of an atom: what its characters alone say, before anyone knows what it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from xltool.form import Form
from xltool.picture import display_width
from xltool.recovery.atoms import Atom
from xltool.recovery.paragraphs import ends_open
from xltool.values import OPERATORS, is_mark, parse_number, parse_target

_UNBROKEN = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-(%/=<>≤≥"
_PERCENT = re.compile(r"\d[\d.]*%")
_SIGNED = re.compile(r"[=<>≤≥]=?\d[\d.,]*[^\d%]{0,4}")
_LIMIT = re.compile(
    r"(?=\d)(?:\d{2,4}年)?(?:\d{1,2}月)?(?:\d{1,2}日|[上中下]旬|月?底|月?初)?(?:之?前|以前|底前|内|以内)(?:完成)?"
    r"|(?:不少于|不低于|不超过|不高于|不多于|至少)\d[\d.]*\S{0,4}|\d[\d.]*\S{0,3}(?:左右|以上|以下|以内)|\d[\d.]*%?[-~—–至]\d[\d.]*\S{0,3}|每\S{1,2}\d+[次场期个]"
)
"""A day or a limit in words: 12月中旬前完成, 不少于3次, 95%左右, 80%-90%, 每季度1次."""
KINDS = frozenset({"定性", "定量", "正向", "反向", "正向指标", "反向指标"})


class Shape(NamedTuple):
    """``quantity``: the whole atom is [operator] number [unit]; ``bare``: the same and no name could look so; ``lead``: how wide it begins with what no converter breaks;
    ``number``: a number alone; ``amount``: that number; ``open``: a bracket is still open; ``signed``: it begins with a sign or as a rate."""

    quantity: bool
    bare: bool
    number: bool
    amount: Decimal | None
    mark: bool
    sign: bool
    word: bool
    open: bool
    glued: bool
    width: int
    line_width: int
    latin_start: bool
    latin_end: bool
    lead: int
    signed: bool


def shapes_of(atoms: Sequence[Atom], form: Form, words: frozenset[str]) -> list[Shape]:
    """The shape of each atom; ``line_width`` is the width of its line up to its own end."""
    found: list[Shape] = []
    line, line_width = (-1, -1), 0
    for atom in atoms:
        shape = _shape(atom, form, words)
        line_width = shape.width if (atom.line, atom.page) != line or atom.cell >= 0 else line_width + shape.width
        line = atom.line, atom.page
        found.append(shape._replace(line_width=line_width))
    return found


def is_limit(key: str) -> bool:
    """True for a day or a limit in words."""
    return _LIMIT.fullmatch(key) is not None


def _shape(atom: Atom, form: Form, words: frozenset[str]) -> Shape:
    text, key = atom.text, atom.key
    value = parse_target(text, form.units)
    quantity = value.value is not None
    amount = parse_number(text) if quantity else None
    return Shape(
        quantity, quantity and (value.operator is not None or amount is not None or value.unit == "%"), amount is not None, amount,
        is_mark(text), text in OPERATORS or key in KINDS, key in words or is_limit(key), ends_open(text), key[:1] in "(（", display_width(text), 0,
        key[:1].isascii() and key[:1].isalnum(), key[-1:].isascii() and key[-1:].isalnum(),
        len(text) - len(text.lstrip(_UNBROKEN)), value.operator is not None or bool(_SIGNED.fullmatch(key) or _PERCENT.match(key)),
    )  # fmt: skip
