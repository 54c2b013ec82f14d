"""Rows between bars made whole: those of Markdown tables that a program broke in two lines, indented, or left without the bar
behind their last cell.

Line for line, so that places stay what they are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from xltool.lines import NO_CELLS, end_of

BAR = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"[|\s:\-—]+")
ROWS, LINES = 5, 8
"""So many rows of as many cells tell how many each has; a row stands on so many lines at most."""
TABLE = 2
"""Rows of one width, a rule among them, that are a table at least: a broken row stands on fewer lines of one width."""
BARS = 2
"""Bars of a row at least: one may be a speck at a line's begin."""
EVEN = 0.6
"""For so large a share of its rows a table's are of one width, where a shorter one is broken."""


def whole(text: str) -> str:
    """The text, in which a row that stands on several lines stands on the first of them, the others without cells, and no row
    is indented."""
    lines = text.splitlines(keepends=True)
    rows = [at for at, line in enumerate(lines) if line.lstrip(" \t").startswith("|")]
    if len(rows) < ROWS:
        return text
    for at in rows:
        lines[at] = lines[at].lstrip(" \t")
    told = [at for at in rows if not _RULE.fullmatch(lines[at])]
    open_ended = 2 * sum(not _is_ended(lines[at]) for at in told) > len(told)
    widths = Counter(_bars(lines[at]) for at in told if _is_ended(lines[at]) is not open_ended)
    most, times = max(widths.items(), key=lambda one: (one[1], one[0])) if widths else (0, 0)
    if times >= ROWS:
        _join(lines, most, open_ended, sum(_bars(lines[at]) == most for at in told) >= EVEN * len(told))
    return "".join(lines)


def ended(text: str) -> str:
    """The text with a bar behind the last cell of each row that one begins."""
    lines = text.splitlines(keepends=True)
    rows = sum(line.startswith("|") and _bars(line) >= BARS for line in lines)
    return "".join(_ended(line) for line in lines) if rows >= ROWS else text


def _join(lines: list[str], most: int, open_ended: bool, even: bool) -> None:
    """Puts rows of fewer than ``most`` bars together with the lines behind them that have the others; ``even`` where hardly a
    row has fewer, so that what begins with a bar may be the rest of one too."""
    at, own = 0, _of_another_table(lines)
    while at < len(lines):
        count = _length(lines, at, most, open_ended, even) if lines[at].startswith("|") and at not in own else 1
        if count > 1:
            part = lines[at : at + count]
            end = end_of(part[-1])
            lines[at : at + count] = [_put_together(part) + end, *(NO_CELLS + end for _ in part[1:])]
        at += count


def _of_another_table(lines: Sequence[str]) -> set[int]:
    """The rows of tables with a rule between their head and the rest, all of one width: they are whole, however many cells other
    tables have."""
    found: set[int] = set()
    for width, block in groupby(range(len(lines)), lambda at: _bars(lines[at]) if lines[at].startswith("|") and _is_ended(lines[at]) else 0):
        rows = list(block)
        if width and len(rows) > TABLE and any(_RULE.fullmatch(lines[at]) and "-" in lines[at] for at in rows):
            found.update(rows)
    return found


def _length(lines: Sequence[str], at: int, most: int, open_ended: bool, even: bool) -> int:
    """On how many lines the row stands that begins here: on those that have its bars, and where its last bar is missing for
    certain, on those without a bar at their begin up to one that ends as rows do."""
    first = lines[at]
    bars = _bars(first)
    broken = _is_ended(first) is open_ended or first.strip() == "|"
    if bars >= most:
        return 1 if _is_ended(first) else _tail(lines, at)
    for then in range(at + 1, min(at + LINES, len(lines))):
        line = lines[then]
        own = _bars(line)
        barred = line.lstrip(" \t").startswith("|")
        if (barred and (own >= most or not (broken or even))) or (not line.strip() and not broken):
            return 1
        bars += own
        if bars > most:
            return 1
        if own and (bars == most or (broken and not barred and _is_ended(line) is not open_ended and _begins_a_row(lines, then + 1))):
            return then + 1 - at if _is_ended(line) else then - at + _tail(lines, then)
    return 1


def _tail(lines: Sequence[str], at: int) -> int:
    """On how many lines a row stands that has all its bars and goes on behind the last: on those without bars before the next row,
    of which one may have it at its end."""
    end = at + 1
    while end < len(lines) and end < at + LINES and lines[end].strip() and not _bars(lines[end]):
        end += 1
    end += end < len(lines) and _bars(lines[end]) == 1 and _is_ended(lines[end]) and bool(lines[end].strip("| \t\r\n"))
    return end - at if end < len(lines) and lines[end].startswith("|") else 1


def _begins_a_row(lines: Sequence[str], at: int) -> bool:
    return at >= len(lines) or not lines[at].strip() or lines[at].lstrip(" \t").startswith("|")


def _put_together(part: Sequence[str]) -> str:
    """The lines of a row as one: a cell's own end of line as <br>."""
    made = part[0].strip()
    for line in (bare for one in part[1:] if (bare := one.strip())):
        made += (" " if made.endswith("|") or line.startswith("|") else "<br>") + line
    return made


def _bars(line: str) -> int:
    return len(BAR.findall(line))


def _is_ended(line: str) -> bool:
    """True for a row with a bar behind its last cell."""
    return line.rstrip().endswith("|")


def _ended(line: str) -> str:
    """The row with a bar behind its last cell; another line as it is."""
    bare = line.rstrip()
    if not line.startswith("|") or bare.endswith("|") or _bars(line) < BARS:
        return line
    return f"{bare} |{end_of(line)}"
