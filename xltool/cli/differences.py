"""Differences on the screen: a heading for each form and each row of a list, under it what was changed, in aligned columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from xltool.cli.words import say
from xltool.diff.changes import ADDED, MOVED, REMOVED
from xltool.diff.likeness import Run
from xltool.diff.report import RENAMED, Line, counts, together
from xltool.picture import display_width, pad

SIGNS = {ADDED: "+", REMOVED: "-", MOVED: "↕", RENAMED: "✎"}
KEPT = 8
"""Characters that are shown of unchanged text at either side of a change."""
WHERE, VALUES, WIDE = 30, 44, 100
"""The most columns that captions and values are padded to, and those of a line of text."""


def shown(lines: Sequence[Line]) -> Iterator[str]:
    """The lines of the table, form by form."""
    for entry, group in groupby(together(lines), key=lambda one: (one[0].entry, one[0].at, one[0].was_at)):
        listed = [line for line, _ in group]
        yield f"■ {entry[0]}" if entry[0] else f"■ {say('diff-document')}"
        where = min(max((display_width(line.where) for line in listed), default=0), WHERE)
        for item, rows in groupby(listed, key=lambda line: line.item):
            yield from _item(item, list(rows), where)


def _item(item: str, rows: Sequence[Line], where: int) -> Iterator[str]:
    """What was changed in one row of a list, or outside lists."""
    whole = [line for line in rows if not line.where]
    for line in whole:
        said = say("and").join((*(one for one in (line.old, line.new) if one), *line.notes))
        yield f"  {SIGNS[line.kind]} {say(f'diff-{line.kind}')} {item}" + f"（{said}）" * bool(said)
    rest = [line for line in rows if line.where]
    if item and rest and not whole:
        yield f"    {item}"
    indent = "      " if item else "    "
    for line in rest:
        yield from _cell(line, indent, where)


def _cell(line: Line, indent: str, where: int) -> Iterator[str]:
    sign = SIGNS.get(line.kind, "")
    head = indent[: -2 if sign else None] + (f"{sign} " if sign else "") + pad(line.where, where)
    notes = "  " + say("and").join(line.notes) if line.notes else ""
    if line.kind in (ADDED, REMOVED, MOVED):
        yield f"{head}  {say(f'diff-{line.kind}')}  {line.new or line.old}{notes}"
        return
    if line.runs:
        yield f"{head}{notes}".rstrip()
        yield from (f"{indent}  {one}" for one in wrapped(in_runs(line.runs), WIDE - len(indent) - 2))
        return
    values = f"{line.old or say('diff-empty')} → {line.new or say('diff-empty')}"
    yield f"{head}  {pad(values, VALUES) if notes else values}{notes}"


def in_runs(runs: Sequence[Run]) -> str:
    """A text with its changes: 〔old→new〕, 〔−old〕, 〔+new〕; what stayed is cut short."""
    found = []
    for at, (was, now) in enumerate(runs):
        if was == now:
            found.append(_short(was, at == 0, at == len(runs) - 1))
        else:
            found.append(f"〔{was}→{now}〕" if was and now else f"〔−{was}〕" if was else f"〔+{now}〕")
    return "".join(found).replace("\n", "↵")


def _short(text: str, first: bool, last: bool) -> str:
    before, behind = "" if first else text[:KEPT], "" if last else text[-KEPT:]
    return text if len(text) <= len(before) + len(behind) + 2 else f"{before}…{behind}"


def wrapped(text: str, width: int) -> Iterator[str]:
    """The text in lines of so many columns; Chinese breaks anywhere."""
    line, used = "", 0
    for character in text:
        wide = display_width(character)
        if used + wide > width:
            yield line
            line, used = "", 0
        line, used = line + character, used + wide
    if line:
        yield line


def total(lines: Sequence[Line]) -> str:
    """How many differences there are, by kind."""
    found = counts(lines)
    return say("diff-total", count=len(lines), kinds=say("comma").join(say("diff-count", kind=say(f"diff-{kind}"), count=count) for kind, count in found.items()))
