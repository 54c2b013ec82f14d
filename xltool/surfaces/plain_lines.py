"""A text without what programs that pass it on put into its lines: marks of a quoted mail, numbers of lines and messages, words
for nothing, blanks and bars for tabs, the marks of a web page and of Word's cells.

Line for line, so that places stay what they are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import reduce
from html import unescape
from math import gcd
from string import ascii_uppercase

from xltool.lines import end_of

_COUNTED = r"\d{1,3}[.．、)）](?!\d)"
_QUOTED = re.compile(rf"[ \t]*(?:[>＞][ \t]?)+(?=(?:{_COUNTED}|[^\d.=＝]|$))")
_VALUE = re.compile(rf"[ \t]*[>＞][=＝]?[ \t]*(?!{_COUNTED})[\d０-９]")
QUOTED_LINES = 5
"""So many lines below each other that begin with the mark are a quoted mail; targets (>98%) do not stand so."""
_GAP = re.compile(r"(?<=\S) {2,}(?=\S)")
_BARRED = re.compile(r"[ \t]*(\d{1,5})[ ]*[|│:：](?![\d/])[ \t]?")
_COUNT = re.compile(r"[ \t]*(\d{1,5})(?:\t| {1,3}(?=\S)|[ ](?=[^\S\r\n]+\S)|[ ]*(?=\r?\n|$))")
_MESSAGE = re.compile(r"[ \t]*(\d{1,5})[.．、)）](?![\d/])[ \t]*")
"""A message's number; as lists in a text are counted too, no more than a greeting stands outside of such lines."""
COUNTED, SAME = 10, 0.9
"""So many lines, and such a share of those that hold text, are counted where their numbers are a program's."""
GREETED = 3
"""So many lines at most stand above and below numbered messages: who sent them, a greeting. The head of a form has more."""
_NOTHING = re.compile(r"(?:(?<=[,\t|])|^)[ ]*(?:NaN|nan|<NA>|Unnamed: \d+(?:_level_\d+)?)[ ]*(?=[,\t|\r\n]|$)", re.M)
NOTHINGS = 3
"""So many cells of which a program says so; one may be a word of the text."""
NARROWEST, GAPS = 3, 16
"""The blanks that stand for a tab, and how many gaps tell so: by chance one gap in so many is as wide."""
EMPTY = 0.1
"""The share of the gaps that skip a cell: without any the blanks only part cells, which text tells by itself."""
_AT_END, _INSIDE = re.compile(r"(?<=\S)[^\S\r\n]*\t(?=\r?\n|$)"), re.compile(r"\t[^\t\r\n]")
"""Tabs that end a line; one that something stands behind, and be it blanks."""
_ENTITY = re.compile(r"&(?:(?!(?:lt|gt|amp|quot);)[a-zA-Z]{2,8}|#\d{1,6}|#x[0-9a-fA-F]{1,5});|&[lg]t;(?=[\s=＝]*[\d０-９])")
"""A mark of a web page that was copied as it is written; &lt; and &gt; only before a number: elsewhere a tag could come of them."""
_BREAK = re.compile(r"[ \t]*<(?:br\s*/?|/p|/tr|/div)>[ \t]*(?=\r?$)", re.M | re.I)
BREAKS = 5
"""Lines that end with the mark of a web page for their end; fewer are a cell's paragraphs."""
_CELL_END, _LINE_END, _BARS = "\x07", "\x0b", ("｜", "¦")
"""What Word puts behind a cell and for a line's end in it; bars that are typed between cells and stand in no text."""
_LINES, _DRAWN = ("│", "┃"), re.compile("[─━┌┏├┣└┗┼╋┬┴]")
"""Bars that part cells where no table is drawn with them."""
_BAR_CELL = re.compile(r"\t[ ]*\|[ ]*(?=\t)")
_BULLET = re.compile(r"[ \t]*([-*+•·●○◆■□▪–])[ \t]+(?=\S)")
_STROKE = re.compile(r"(?<=\S)(?: / |…{2,}|\.{6,}|\\t)(?=\S)|\\t")
"""What is typed or printed between the cells of a line: strokes, leaders of dots, a tab as programs write it."""
_WRAPPED = re.compile(r'"((?:[^"]|"")*)"[ \t]*')
LISTED = 0.7
"""The share of a text's lines, COUNTED at the least, that are items of a list where the text was made one."""
BARRED = 3
"""Lines with such a bar between words: fewer may be a name's."""


def plain(text: str) -> str:
    """The text as it was before it was quoted and its lines counted, its cells parted by tabs again where blanks stand for
    them, those without a value empty."""
    for step in (_unescaped, _unwrapped, _celled, _unquoted, _uncounted, _unlisted, _emptied, _ended, _tabbed):
        text = step(text)
    return text


def _unwrapped(text: str) -> str:
    """The text without the quotation marks around each of its lines: separated values of one column."""
    if '"' not in text:
        return text
    lines = text.splitlines(keepends=True)
    found = [_WRAPPED.fullmatch(line.rstrip("\r\n")) for line in lines]
    if sum(map(bool, found)) < max(COUNTED, SAME * sum(bool(line.strip()) for line in lines)):
        return text
    return "".join(one[1].replace('""', '"') + end_of(line) if one else line for one, line in zip(found, lines, strict=True))


def _unescaped(text: str) -> str:
    """The text with the letters that a web page writes as &ge; or &nbsp;, and without <br> at the ends of its lines; in a
    table's cells that stands between paragraphs."""
    text = _ENTITY.sub(lambda found: unescape(found[0]), text) if "&" in text else text
    return _BREAK.sub("", text) if len(_BREAK.findall(text)) >= BREAKS and "\t" not in text and "|" not in text else text


def _celled(text: str) -> str:
    """The text with tabs where Word's marks end its cells, or bars are typed between them."""
    if _CELL_END in text:
        text = text.replace(_CELL_END, "\t").replace(_LINE_END, "<br>")
    for bar in (*_BARS, *(() if _DRAWN.search(text) else _LINES)):
        if bar in text and sum(bar in line.strip(f"{bar} \t\r\n") for line in text.splitlines()) >= BARRED:
            text = text.replace(bar, "\t")
    if len(_BAR_CELL.findall(text)) >= BARRED:
        text = _BAR_CELL.sub("", text)
    return text


def _uncounted(text: str) -> str:
    """The text without the numbers that a program puts before each line, and without the letters above its columns."""
    lines = text.splitlines(keepends=True)
    heads = {at for at, line in enumerate(lines) if (letters := line.split()) and letters == list(ascii_uppercase[: len(letters)])}
    held = [at for at, line in enumerate(lines) if line.strip() and at not in heads]
    for number, around in ((_BARRED, 0), (_COUNT, 0), (_MESSAGE, GREETED)):
        counted = _counted(lines, number)
        # The rows of a list may be counted too, but not the lines above it.
        if len(counted) >= max(COUNTED, SAME * (len(held) - 2 * around)) and counted.intersection(held[: around + 1]):
            return "".join(number.sub("", line, count=1) if at in counted else end_of(line) if at in heads else line for at, line in enumerate(lines))
    return text


def _counted(lines: Sequence[str], number: re.Pattern[str]) -> set[int]:
    """The lines whose numbers count them, from whatever number on."""
    numbers = {at: int(found[1]) - at for at, line in enumerate(lines) if (found := number.match(line))}
    shift = max(set(numbers.values()), key=list(numbers.values()).count, default=0)
    return {at for at, own in numbers.items() if own == shift}


def _unlisted(text: str) -> str:
    """The text without the mark before each line of a list, and with tabs for the strokes that part the cells of its lines."""
    lines = text.splitlines(keepends=True)
    held = sum(bool(line.strip()) for line in lines)
    marks = Counter(found[1] for line in lines if (found := _BULLET.match(line)))
    mark, items = marks.most_common(1)[0] if marks else ("", 0)
    if items >= max(COUNTED, LISTED * held):
        lines = [_BULLET.sub("", line, count=1) if (found := _BULLET.match(line)) and found[1] == mark else line for line in lines]
    if sum(bool(_STROKE.search(line)) for line in lines) >= max(COUNTED, LISTED * held):
        lines = [_STROKE.sub("\t", line) for line in lines]
    return "".join(lines)


def _emptied(text: str) -> str:
    """The text with nothing in the cells for which a program writes that they have no value."""
    return _NOTHING.sub("", text) if len(_NOTHING.findall(text)) >= NOTHINGS else text


def _unquoted(text: str) -> str:
    """The text without the marks that a mail program puts before each line that it quotes."""
    if ">" not in text and "＞" not in text:
        return text
    lines = text.splitlines(keepends=True)
    for first, last in _marked(lines):
        if last - first >= QUOTED_LINES and 2 * sum(bool(_VALUE.match(line)) for line in lines[first:last]) < last - first:
            lines[first:last] = [line[_mark_end(line) :] for line in lines[first:last]]
    return "".join(lines)


def _marked(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The runs of lines that begin with the mark."""
    first = 0
    for at in range(len(lines) + 1):
        if at == len(lines) or not lines[at].lstrip(" \t").startswith((">", "＞")):
            if at > first:
                yield first, at
            first = at + 1


def _mark_end(line: str) -> int:
    """Where the marks before a quoted line end; a sign before a number is none."""
    found = _QUOTED.match(line)
    return found.end() if found else 0


def _ended(text: str) -> str:
    """The text without the tabs that end its lines where none stands between words."""
    return _AT_END.sub("", text) if "\t" in text and not _INSIDE.search(text) else text


def _tabbed(text: str) -> str:
    """The text with tabs where all its gaps are as wide as one tab, or as several of them side by side: an empty cell
    leaves its tab. Columns laid out by blanks have gaps of any width."""
    if "\t" in text or "   " not in text:
        return text
    widths = [len(found) for found in _GAP.findall(text)]
    step = reduce(gcd, widths, 0)
    if step < NARROWEST or len(widths) < GAPS or sum(width > step for width in widths) < EMPTY * len(widths):
        return text
    return "".join(_with_tabs(line, step) for line in text.splitlines(keepends=True))


def _with_tabs(line: str, step: int) -> str:
    bare = line.rstrip("\r\n")
    lead = len(bare) - len(bare.lstrip(" "))
    if lead % step or not bare.strip():
        return line
    return bare.replace(" " * step, "\t") + line[len(bare) :]
