"""Rows of a form's list that a program or a person wrote as heads and values, an item below the other, each a few lines:

    - 一级指标: 产出指标
      二级指标: 数量指标

They are rows again: the heads above the first, the cells of each item parted by tabs on its first line.

Line for line, so that places stay what they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xltool.form import Form
from xltool.lines import NO_CELLS, end_of
from xltool.recovery.vocabulary import vocabulary
from xltool.values import caption_key

_PAIR = re.compile(r"[ \t]*(?:[-*•·][ \t]+|\d{1,3}[.、)][ \t]*)?[\"']?([^\s:：\"'{}\[\],|]{2,16})[\"']?[ \t]*[:：](?!//)[ \t]*(.*?)[ \t]*,?[ \t]*")
_OPENS = re.compile(r"[ \t]*[^\s:：|]{2,16}[ \t]*[:：][ \t]*")
ITEMS, KEYS = 2, 3
"""So many items at least have all the heads that any has, and so many heads."""
_NOTHING = re.compile(r"(?:\"\"|''|null|None|~|-)")


@dataclass(frozen=True, slots=True)
class _Run:
    """Items below each other: their first line, the heads, of each item its first line and its values by head, and the line behind."""

    first: int
    keys: tuple[str, ...]
    items: tuple[tuple[int, dict[str, str]], ...]
    last: int


def in_rows(text: str, forms: Iterable[Form]) -> str:
    """The text with such items as rows."""
    if ":" not in text and "：" not in text:
        return text
    heads = frozenset[str]().union(*(spellings for form in forms for spellings in vocabulary(form).spelled_heads.values()))
    lines = text.splitlines(keepends=True)
    pairs = [_pair(line, heads) for line in lines]
    at = 0
    while at < len(lines):
        run = _run(pairs, at)
        if run is None:
            at += 1
            continue
        _write(lines, run)
        at = run.last
    return "".join(lines)


def _pair(line: str, heads: frozenset[str]) -> tuple[str, str] | None:
    """The head that a line begins with, and its value; None for any other line."""
    if ":" not in line and "：" not in line:
        return None
    found = _PAIR.fullmatch(line.rstrip("\r\n"))
    return (found[1], found[2].strip("\"'")) if found and "\t" not in line.strip() and caption_key(found[1]) in heads else None


def _run(pairs: Sequence[tuple[str, str] | None], first: int) -> _Run | None:
    """The items that begin with a line; None where too few do. An item ends where its first key comes again; it may lack some."""
    begin = pairs[first]
    if begin is None:
        return None
    keys: list[str] = []
    items: list[tuple[int, dict[str, str]]] = []
    at = first
    while at < len(pairs) and (pair := pairs[at]) is not None:
        if pair[0] == begin[0]:
            items.append((at, {}))
        elif pair[0] in items[-1][1]:
            break
        if pair[0] not in keys:
            keys.append(pair[0])
        items[-1][1][pair[0]] = "" if _NOTHING.fullmatch(pair[1]) else pair[1]
        at += 1
    whole = sum(len(values) == len(keys) for _, values in items)
    if whole < ITEMS or len(keys) < KEYS:
        return None
    return _Run(first, tuple(keys), tuple(items), at)


def _write(lines: list[str], run: _Run) -> None:
    ends = [end_of(line) for line in lines[run.first : run.last]]
    made = [""] * (run.last - run.first)
    head = "\t".join(run.keys)
    above = run.first - 1
    if above >= 0 and _OPENS.fullmatch(lines[above].rstrip("\r\n")):
        bare = lines[above].rstrip("\r\n")
        lines[above] = bare.strip().rstrip(":：") + "\t" + head + lines[above][len(bare) :]
        shift = 0
    else:
        made[0], shift = head, 1
    for at, values in run.items:
        made[at - run.first + shift] = "\t".join(values.get(key, "") for key in run.keys)
    lines[run.first : run.last] = [(line or NO_CELLS) + end for line, end in zip(made, ends, strict=True)]
