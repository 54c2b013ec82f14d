"""Text as atoms: the smallest bits that are never cut, each with its place and the gap before it.

In plain text an atom is a word between blanks; in tab-separated and Markdown lines it is a cell.
A number with its bracketed unit is one atom even where a blank stands between.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from html import unescape
from typing import NamedTuple

from xltool.values import normal, printable

START, SPACE, WIDE, CELL, LINE, BLANK, PAGE = range(7)
"""The gaps before an atom, from weak to strong: start of text, one blank, several, a cell's edge,
a new line, a blank line, a new page (a form feed, or more than one blank line)."""

_WORD = re.compile(
    r"(?<!\S)(?:[=＝═≥≧≤≦]|[>＞<＜][=＝]?)?[ \u00a0]?[\d０-９][\d０-９.,，]*[ \u00a0]?[(（][^()（）\n]{0,14}(?:[(（][^()（）]{0,12}[)）][^()（）]{0,4})?[)）](?!\S)"
    r"|(?<!\S)(?:[=＝═≥≧≤≦]|[>＞<＜][=＝]?)[ \u00a0](?=[\d０-９])\S+"
    r"|\S+"
)
_BLANK_RUN = re.compile(r"[ \u00a0\u3000]{2,}|\t")
_RULE = re.compile(r"\|?[\s:\-—|]+\|?")
LINES = re.compile(r"\r\n|[\n\r\x0b\x85\u2028\u2029]")
_PAGE_NUMBER = re.compile(r"([-—–－·]*)\s*(?:第\s*)?(?!0+\b)\d{1,4}\s*(?:页)?\s*(?:[/／,，]?\s*(?:共\s*)?\d{1,4}\s*页)?\s*([-—–－·]*)")
_PAGE_WORD = re.compile(r"第\d{1,4}页(?:共\d{1,4}页)?|[Pp]age ?\d{1,4}(?: ?(?:of|/) ?\d{1,4})?")
_DIGIT = re.compile(r"\d")
_DRAWN = re.compile(r"([*=_~#+·•])\1{2,}|([-—–─━－])\2{4,}")
"""A line that is drawn between two forms and says nothing; few dashes are the mark of an empty cell."""
_MARKUP = re.compile(r"</?(?:p|br|div|span|strong|b|i|u|em|font|sup|sub|li|ul|ol)(?:\s[^<>]*)?/?>", re.I)


class Atom(NamedTuple):
    """A bit of text. ``key`` is its text as captions are compared, ``line`` counts from 1, ``cell`` from 0
    (-1 in plain text), ``page`` from 1, ``x`` the places before it in its line, ``span`` the places that it takes
    where these are not its characters."""

    text: str
    key: str
    line: int
    gap: int
    cell: int
    page: int
    x: int = 0
    span: int = 0

    @property
    def end(self) -> int:
        """The place behind it in its line."""
        return self.x + (self.span or len(self.text))


def same_line(one: Atom, other: Atom) -> bool:
    """True for two atoms of one line; a form feed inside a line ends it."""
    return one.line == other.line and one.page == other.page


class Line(NamedTuple):
    """One line of the source that holds text: its atoms stand at ``first`` to ``last`` (excluded)."""

    number: int
    first: int
    last: int
    page: int
    gap: int
    grid: bool


class Text(NamedTuple):
    """A whole text as atoms and lines; ``numbers`` are the lines that hold only a page's number, ``heads`` those that every
    page prints again, ``specks`` the marks at the ends of lines that are the paper's, ``stamps`` those that say who sent a
    message when, ``spaced`` the amounts that held blanks, ``torn`` the words that the end of a line cut.

    ``fed``: form feeds part its pages; elsewhere more than one blank line counts as a page's end.
    """

    atoms: tuple[Atom, ...]
    lines: tuple[Line, ...]
    numbers: tuple[tuple[int, str], ...]
    fed: bool = False
    heads: tuple[tuple[int, str], ...] = ()
    specks: tuple[tuple[int, str], ...] = ()
    stamps: tuple[tuple[int, str], ...] = ()
    spaced: tuple[tuple[int, str], ...] = ()
    torn: tuple[tuple[int, str], ...] = ()


def split(text: str) -> Text:
    """The atoms and lines of a text."""
    atoms: list[Atom] = []
    lines: list[Line] = []
    numbers: list[tuple[int, str]] = []
    page, blank, fed = 1, 0, False
    rows = LINES.split(text)
    paged = "\x0c" in text
    bare = _bare_page_numbers(rows) if paged else frozenset()
    for number, piece, feeds in _pieces(rows):
        page, fed = page + feeds, fed or feeds > 0
        if not piece or piece.isspace() or _DRAWN.fullmatch(piece.strip()):
            blank += 1
            continue
        grid = _is_grid(piece)
        gap = START if not atoms else PAGE if fed or blank > 1 else BLANK if blank else LINE
        if not grid and (number in bare or page_number(piece)):
            numbers.append((number, piece.strip()))
            continue
        page += gap == PAGE and not fed and not paged
        first = len(atoms)
        if grid:
            _cells(piece, number, gap, page, atoms)
        else:
            _words(piece, number, gap, page, atoms)
        if len(atoms) > first:
            lines.append(Line(number, first, len(atoms), page, gap, grid))
            blank, fed = 0, False
    return Text(tuple(atoms), tuple(lines), tuple(numbers), paged)


def without_lines(text: Text, gone: Collection[Line]) -> tuple[Text, tuple[tuple[int, str], ...]]:
    """The text without some of its lines, and the number and the words of each of these."""
    atoms: list[Atom] = []
    lines: list[Line] = []
    for line in text.lines:
        if line not in gone:
            lines.append(line._replace(first=len(atoms), last=len(atoms) + line.last - line.first))
            atoms.extend(text.atoms[line.first : line.last])
    said = tuple((line.number, " ".join(atom.text for atom in text.atoms[line.first : line.last])) for line in text.lines if line in gone)
    return text._replace(atoms=tuple(atoms), lines=tuple(lines)), said


def with_parts(text: Text, parts: Iterable[Iterable[Atom]]) -> Text:
    """The text with the parts of each atom, in order, in its place on its line; nothing may stand for one."""
    atoms: list[Atom] = []
    moved = [0]
    for part in parts:
        atoms.extend(part)
        moved.append(len(atoms))
    lines = tuple(line._replace(first=moved[line.first], last=moved[line.last]) for line in text.lines)
    return text._replace(atoms=tuple(atoms), lines=lines)


def _pieces(rows: list[str]) -> Iterator[tuple[int, str, int]]:
    """Each line's number and text, and how many form feeds stand before it; a feed inside a line parts it."""
    for number, raw in enumerate(rows, start=1):
        if "\x0c" not in raw:
            yield number, raw, 0
            continue
        feeds = 0
        for at, piece in enumerate(raw.split("\x0c")):
            feeds += at > 0
            if piece:
                yield number, piece, feeds
                feeds = 0
        if feeds:
            yield number, "", feeds


def _is_grid(raw: str) -> bool:
    """True for a line of cells: parted by tabs, or a Markdown row."""
    stripped = raw.strip()
    return "\t" in raw.strip("\n ") or (len(stripped) > 1 and stripped.startswith("|") and stripped.endswith("|"))


def page_number(raw: str) -> bool:
    """True for a line of its own such as «— 3 —», «第3页 共9页» or «Page 3 of 9»; a bare number is none by itself, and one with a mark
    on one side only is the end of a row of amounts: 0 —."""
    stripped = raw.strip()
    if len(stripped) >= 24 or not _DIGIT.search(stripped):
        return False
    found = None if stripped.isalnum() else _PAGE_NUMBER.fullmatch(stripped)
    return (found is not None and bool(found[1]) == bool(found[2])) or _PAGE_WORD.fullmatch(stripped) is not None


def _bare_page_numbers(rows: list[str]) -> frozenset[int]:
    """The lines that hold only a number which counts the pages: the last or the first of a page."""
    fed = [0, *(at for at, raw in enumerate(rows) if "\x0c" in raw), len(rows)]
    pages = [[at for at in range(a, b) if rows[at].strip("\x0c \t\xa0")] for a, b in zip(fed, fed[1:], strict=False)]
    found: list[int] = []
    for edge in (-1, 0):
        lines = {number: page[edge] for number, page in enumerate(pages) if page and re.fullmatch(r"\s*\d{1,4}\s*", rows[page[edge]].strip("\x0c"))}
        shifts = [int(rows[at].strip("\x0c ")) - number for number, at in lines.items()]
        if len(lines) > 1 and len(set(shifts)) == 1:
            found.extend(at + 1 for at in lines.values())
    return frozenset(found)


def _words(raw: str, number: int, gap: int, page: int, atoms: list[Atom]) -> None:
    end = 0
    text = printable(raw)
    for found in _WORD.finditer(text):
        if end:
            gap = WIDE if _BLANK_RUN.search(text, end, found.start()) else SPACE
        word = found.group().strip()
        atoms.append(Atom(word, normal(word), number, gap, -1, page, found.start()))
        end = found.end()


def _cells(raw: str, number: int, gap: int, page: int, atoms: list[Atom]) -> None:
    for index, cell in enumerate(cells_of(raw)):
        text = printable(cell).strip()
        # A cell of marks alone (&nbsp;, <br>) is empty.
        if text and (key := normal(unmarked(text))):
            atoms.append(Atom(text, key, number, gap, index, page))
            gap = CELL


def cells_of(raw: str) -> list[str]:
    """The cells of a line: parted by tabs, or by the bars of a Markdown row (none for its rule); else the line itself."""
    if not raw.lstrip().startswith("|"):
        return raw.split("\t")
    if _RULE.fullmatch(raw.strip()):
        return []
    cells = [cell.replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", raw.strip())[1:]]
    return cells[:-1] if not cells[-1] else cells


def unmarked(text: str, paragraph: str = "") -> str:
    """The text without HTML tags, entities unescaped; ``<关于…的通知>`` is text and no tag.

    ``paragraph`` stands where <p> or <br> parted paragraphs.
    """
    if "<" in text:
        text = re.sub(r"</p>\s*<p[^<>]*>|<br\s*/?>", paragraph, text, flags=re.I) if paragraph else text
        text = _MARKUP.sub("", text)
    return unescape(text) if "&" in text else text
