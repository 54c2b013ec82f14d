"""Markdown whose tables are drawn with rules, or stand in it as HTML: the same as a web page.

Tables of | alone are text, whose grammar knows shifted columns. A cell's text may be cut anywhere where
its line is full; marks of emphasis, links and escapes go. Where no bar begins a row (programs that take the
text out of web pages put one behind each cell), tabs part its cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from xltool.lines import NO_CELLS, end_of
from xltool.surfaces import barred_rows, drawn_text, ruled_text
from xltool.surfaces.barred_rows import BAR

_TABLE = re.compile(r"\s*<table[\s>]", re.I)
_TAGGED = re.compile(r"^[ \t]*<table[\s>](?=[^\0]{0,2000}?<t[dr][\s>])", re.M | re.I)
_DASHES = re.compile(r"\s*\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?\s*)?\s*")
_MARKS = re.compile(r"\\([!-/:-@\[-`{-~])|(\*\*|__)(?=\S)|(?<=\S)(?:\*\*|__)|!?\[([^\[\]]*)\](?:\([^()\s]*(?:\([^()]*\)[^()\s]*)*\)|\{[^{}]*\})|(<br\s*/?>)|<!--.*?-->")
_SHORTHAND = ((re.compile(r"(?<![\\-])---(?!-)"), "—"), (re.compile(r"(?<![\\-])--(?!-)"), "–"), (re.compile(r"(?<![\\.])\.\.\.(?!\.)"), "…"), (re.compile(r'(?<!\\)"([^"]*)(?<!\\)"'), r"“\1”"))
"""What writers of «smart» Markdown put for dashes, dots and quotation marks; such a text holds none of these marks itself."""
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(?=\S)", re.M)
_BOLD = re.compile(r"(\*\*|__)(?=[^\s*_])(.*?)(?<=[^\s*_])\1")
_BREAK = "\0"
_OPEN_RULE = re.compile(r"^[ \t]*:?-{3,}:?[ \t]*(?:\|[ \t]*:?-{3,}:?[ \t]*)+\r?$", re.M)
_OPEN_ROWS = 3
"""Lines that a bar ends and none begins; fewer are no table."""
_BETWEEN, _BETWEEN_ROWS = re.compile(r"\s*[^|\s].*(?: \| |[^|]\|[^|]+\|).*[^|\s]\s*"), 4
"""A line with a bar between its words, or several, and none at its ends, and how many of them tell a table."""
_BOLD_ROWS = 3
"""Rows with words in bold; of fewer the marks may be the text's own."""
LONGEST = 50_000
"""Letters of a line whose marks are looked for: a form's longest cell has some thousands, and open marks cost their square."""


def has_tables(text: str) -> bool:
    """True where a table is drawn, stands between lines of dashes, or in other text as HTML."""
    return drawn_text.stands_in(text) or bool(_TAGGED.search(text)) or _between_dashes(text)


def _between_dashes(text: str) -> bool:
    if "-- --" not in text:
        return False
    lines = text.splitlines()
    return any(ruled_text.length(lines, at) for at, line in enumerate(lines) if line.endswith("--"))


def without_marks(text: str) -> str:
    """The text line for line, in whose rows of | no marks of emphasis, links and escapes are left, and no marks of headings
    and emphasis in the lines between; the bars of a cell stay escaped."""
    text = barred_rows.whole(text)
    if _has_open_rows(text):
        text = "".join(_parted(line) for line in text.splitlines(keepends=True))
    else:
        text = barred_rows.ended(text)
    rows = [line for line in text.splitlines() if line.lstrip().startswith("|")]
    ruled = any(_DASHES.fullmatch(row) for row in rows) or sum(bool(_BOLD.search(row)) for row in rows if "*" in row and len(row) <= LONGEST) >= _BOLD_ROWS
    if not ruled and not _HEADING.search(text):
        return text
    return "".join((_bare(line) if ruled else line) if line.lstrip().startswith("|") else _unheaded(line) for line in text.splitlines(keepends=True))


def _has_open_rows(text: str) -> bool:
    """True where a table stands whose rows no bar begins, or where bars stand between cells alone."""
    if "|" not in text:
        return False
    if sum(bool(_BETWEEN.fullmatch(line)) for line in text.splitlines() if "|" in line and len(line) <= LONGEST) >= _BETWEEN_ROWS:
        return True
    ended = (line for line in text.splitlines() if line.endswith(("|", " ", "\t")) and line.rstrip(" \t").endswith("|"))
    return sum(bool(line.partition("|")[0].strip()) for line in ended) >= _OPEN_ROWS or bool(_OPEN_RULE.search(text))


def _unheaded(line: str) -> str:
    """A line of text without the marks of a heading, and of words in bold."""
    if len(line) > LONGEST:
        return line
    return _BOLD.sub(r"\2", _HEADING.sub("", line))


def _bare(row: str) -> str:
    if len(row) > LONGEST:
        return row
    return _MARKS.sub(lambda found: found[0] if found[1] == "|" or found[4] else found[1] or found[3] or "", row)


def _parted(line: str) -> str:
    """A row that no bar begins: its cells parted by tabs, those without text at its end left out; another line as it is.

    A cell of several lines has its bar on the last of them, so a line of one cell is like any other line of text.
    """
    bare = line.strip()
    if "|" not in bare or (bare.startswith("|") and bare.endswith("|") and bare.strip("| \t")):
        return line
    cells = [cell.strip() for cell in BAR.split(bare)]
    while cells and not cells[-1]:
        cells.pop()
    return (NO_CELLS if not cells or _OPEN_RULE.fullmatch(bare) else "\t".join(cells)) + end_of(line)


def as_page(text: str) -> str:
    """The text as a web page: its tables as tables, each line between them as a paragraph."""
    shorthand = not any(mark in text for mark in "—–…“”")
    return f"<html><body>{''.join(_blocks(text.splitlines(), shorthand))}</body></html>"


def _blocks(lines: Sequence[str], shorthand: bool) -> Iterator[str]:
    at = 0
    while at < len(lines):
        taken = _length(lines, at)
        part = lines[at : at + taken]
        if _TABLE.match(part[0]):
            yield "\n".join(part)
        elif ruled_text.length(lines, at):
            yield _table([[_joined(cell) for cell in row] for row in ruled_text.rows(part)], shorthand)
        elif drawn_text.length(lines, at):
            yield _spanning(drawn_text.rows(part), shorthand)
        elif taken > 1:
            yield _table([BAR.split(line.strip().strip("|")) for line in part if not _DASHES.fullmatch(line)], shorthand)
        elif part[0].strip():
            yield f"<p>{_plain(part[0].lstrip('# '), shorthand)}</p>"
        at += taken


def _length(lines: Sequence[str], at: int) -> int:
    """How many lines from here are one table; 1 where none begins."""
    end = at
    if _TABLE.match(lines[at]):
        deep = 0
        while end < len(lines):
            deep += len(re.findall(r"<table[\s>]", lines[end], re.I)) - len(re.findall(r"</table>", lines[end], re.I))
            end += 1
            if deep <= 0:
                break
        return end - at
    if ruled := ruled_text.length(lines, at):
        return ruled
    if drawn := drawn_text.length(lines, at):
        return drawn
    while end < len(lines) and lines[end].lstrip().startswith("|"):
        end += 1
    return max(1, end - at)


def _table(rows: Iterable[Sequence[str]], shorthand: bool) -> str:
    made = ("".join(f"<td>{_plain(cell, shorthand)}</td>" for cell in row) for row in rows)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in made)}</table>"


def _spanning(rows: Iterable[Sequence[drawn_text.Cell]], shorthand: bool) -> str:
    """A drawn table, whose cells may go over rows and columns."""
    made = ("".join(f'<td rowspan="{cell.rows}" colspan="{cell.columns}">{_plain(_joined(cell.lines), shorthand)}</td>' for cell in row) for row in rows)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in made)}</table>"


def _joined(lines: Sequence[str]) -> str:
    """The text of a cell: lines put together, paragraphs where one is empty or ends in a backslash."""
    text = ""
    for line in lines:
        if not line:
            text += _BREAK if text and not text.endswith(_BREAK) else ""
        elif line.endswith("\\"):
            text += line[:-1] + _BREAK
        else:
            latin = text[-1:].isascii() and text[-1:].isalpha() and line[0].isascii() and line[0].isalpha()
            text += (" " if latin else "") + line
    return text.strip(_BREAK)


def _plain(text: str, shorthand: bool) -> str:
    """The text without marks of Markdown, as HTML.

    ``shorthand``: the program wrote --- for a dash and straight quotes for curved ones, and a backslash before real ones.
    """
    for short, mark in _SHORTHAND if shorthand else ():
        text = short.sub(mark, text)
    bare = _MARKS.sub(lambda found: found[1] or (found[3] or "") + (_BREAK if found[4] else ""), text.strip())
    return escape(bare).replace(_BREAK, "<br>")
