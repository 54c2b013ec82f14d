"""Sheets as nearly every program writes them, read by one pattern: plain texts and plain numbers, nothing else.

A sheet that holds anything else, however little of it, is none of these: the answer is None, and a parser
reads it. So every square's value is accounted for: as many cells end as were read, no other element does.
"""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import cast

from xltool import budgets
from xltool.grid import Rectangle, Typed
from xltool.surfaces.calamine import typed
from xltool.surfaces.shown import shown_and_stored
from xltool.surfaces.xlsx_reader.scan import column_number
from xltool.surfaces.xlsx_reader.styles import DAY, NUMBER, Format

_SHARED = re.compile(r'<si><t(?: xml:space="preserve")?+>([^<]*+)</t>(?:<phoneticPr [^<>]*+>)?+</si>')
_BEGINS, _ENDS = "<si><t>", "</t></si>"
_INLINE = re.compile(r' t="inlineStr"><is><t(?: xml:space="preserve")?+>([^<]*+)</t></is></c>')
_OTHER_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))
_ROOT = re.compile(rb"(?:<\?xml [^<>]*+>)?\s*+<worksheet[\s>]")
_CELL = re.compile(r'<c r="([^"]*+"[^>]*+)><v>([^<]*+)</v></c>')
_SQUARE = re.compile(r"([A-Z]{1,2})([1-9]\d{0,4})", re.ASCII)
_ATTRIBUTES = re.compile(r'(?: s="(\d{1,5})")?+(?: t="([sn])")?+', re.ASCII)
_MERGE, _MERGE_ENDS = '<mergeCell ref="', '"/>'
_NUMBER = re.compile(r"-?\d{1,30}(?:\.\d{1,30})?(?:[eE][+-]?\d{1,3})?", re.ASCII)
_DAY = re.compile(r"\d{2,7}", re.ASCII)
_MARCH_1900, _LAST_DAY = 61, 2_958_465
_EPOCH = date(1899, 12, 30).toordinal()
_COLUMNS = 26 * 27
"""Columns whose names have one letter or two."""
_ROW = 1 << 10
"""Squares are counted along the rows; a row has room for so many, which is more than ``_COLUMNS``."""
_LARGE = 2_000
"""Squares of a merge beyond which it is left to the parser."""

_OWN = "\x01"
"""How the name of a text begins that stands in its cell: no XML holds such a character."""
_HEAVY = 8 << 20
"""Bytes of shared texts beyond which a parser holds them in less room."""
_MANY = 1 << 15
"""Shared texts beyond which their numbers are not kept for the next workbook."""

Texts = Mapping[str, str]
"""The shared texts of a workbook by their numbers as a cell names them."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of a sheet in reading order: their rectangles and texts; typed values by number."""

    places: tuple[Rectangle, ...]
    texts: tuple[str, ...]
    values: dict[int, Typed]


def shared_texts(part: bytes) -> Texts | None:
    """The shared texts; None where one of them is more than a text, or none."""
    raw = _decoded(part) if len(part) <= _HEAVY else None
    # A parser undoes line ends of Windows and Excel's _x000D_.
    if raw is None or "\r" in raw or ("_" in raw and "_x" in raw) or ("!" in raw and "<!" in raw):
        return None
    found = _plain_texts(raw) or _plain_or_spoken(raw)
    if found is None or (texts := _as_meant(found, raw)) is None:
        return None
    numbers = _numbers(len(texts).bit_length()) if len(texts) < _MANY else map(str, range(len(texts)))
    return dict(zip(numbers, texts, strict=False))


def _plain_texts(raw: str) -> list[str] | None:
    """The shared texts where each is written like the others, without a mark; None where one is not."""
    head, _, rest = raw.partition(_BEGINS)
    middle, end, tail = rest.rpartition(_ENDS)
    texts = middle.split(_ENDS + _BEGINS)
    plain = end and tail == "</sst>" and "<si" not in head and "</" not in head
    return texts if plain and middle.count("<") == 4 * (len(texts) - 1) else None


def _plain_or_spoken(raw: str) -> list[str] | None:
    """The shared texts, some with a mark for their blanks or with how they are spoken; None where one is more than that."""
    found: list[str] = _SHARED.findall(raw)
    return found if raw.count("</") == 2 * len(found) + 1 and raw.count("<si") == len(found) else None


@lru_cache(maxsize=4)
def _numbers(bits: int) -> tuple[str, ...]:
    """The numbers of so many bits as cells write them."""
    return tuple(map(str, range(1 << bits)))


def _decoded(part: bytes) -> str | None:
    try:
        return part.decode()
    except UnicodeDecodeError:
        return None


def _as_meant(texts: list[str], raw: str) -> list[str] | None:
    """The texts of some XML without its entities; None where one is empty, or an entity is another than XML's own."""
    if "" in texts or ("&" in raw and _OTHER_ENTITY.search(raw)):
        return None
    return [_without_entities(text) if "&" in text else text for text in texts] if "&" in raw else texts


def _without_entities(text: str) -> str:
    for entity, letter in _ENTITIES:
        text = text.replace(entity, letter)
    return text


def sheet(part: bytes, shared: Texts, formats: Sequence[Format]) -> Sheet | None:
    """What a sheet holds; None where it is not tidy."""
    start, end = part.find(b"<sheetData>"), part.rfind(b"</sheetData>")
    if start < 0 or not _ROOT.match(part) or not part.endswith(b"</worksheet>") or (b"!" in part and b"<!" in part):
        return None
    rows = part[start:end]
    # The rare character is looked for first, which is much faster.
    if b"S" in rows and b"inlineStr" in rows:
        # A text in its cell is read like one that all sheets share.
        named = _named(rows)
        if named is None:
            return None
        rows, own = named
        shared = ChainMap(own, cast("dict[str, str]", shared)) if shared else own
    cells, merges = _cells(rows), _merges(part[:start], part[end + len(b"</sheetData>") :])
    if cells is None or merges is None:
        return None
    heads, values = cells
    if not heads:
        return Sheet((), (), {})
    told = list(map(_cell, heads))
    if not all(told):
        return None
    squares, rectangles, styles = zip(*cast("list[_Cell]", told), strict=True)
    places = _places(squares, rectangles, merges)
    held = _held(styles, values, shared, formats) if places else None
    return Sheet(places, *held) if places and held else None


def _named(part: bytes) -> tuple[bytes, dict[str, str]] | None:
    """The cells of a sheet with the names of the texts that stood in them, and these texts by such names, which no file has;
    None where one is more than a text, or none."""
    raw = _decoded(part)
    if raw is None or "\r" in raw or "_x" in raw or _OWN in raw:
        return None
    pieces = _INLINE.split(raw)
    texts = _as_meant(pieces[1::2], raw)
    if texts is None:
        return None
    names = [f"{_OWN}{number}" for number in range(len(texts))]
    pieces[1::2] = [f' t="s"><v>{name}</v></c>' for name in names]
    return "".join(pieces).encode(), dict(zip(names, texts, strict=True))


def _cells(part: bytes) -> tuple[list[str], list[str]] | None:
    """The names with the attributes, and the stored values, of all cells that have one; None where one is written otherwise."""
    if not part.isascii() or b"?" in part:
        return None
    pieces = _CELL.split(part.decode("ascii"))
    between = "".join(pieces[::3])
    # What ends besides a cell and its value is a row.
    return (pieces[1::3], pieces[2::3]) if between.count("</") == between.count("</row>") else None


def _merges(before: bytes, behind: bytes) -> list[str] | None:
    """The merges of a sheet, which stand behind its cells; None where one is written otherwise."""
    if b"mergeCell" in before or b"sheetData" in behind:
        return None
    head, begun, rest = behind.decode("utf-8", "replace").partition(_MERGE)
    if not begun:
        return None if "mergeCell" in head else []
    raw, _, tail = rest.partition(f"{_MERGE_ENDS}</mergeCells>")
    # Whatever else stands between two merges makes a name that is none.
    return raw.split(_MERGE_ENDS + _MERGE) if head.count("mergeCell") == 1 and "mergeCell" not in tail else None


def _places(squares: tuple[int, ...], rectangles: Sequence[Rectangle], merges: Sequence[str]) -> tuple[Rectangle, ...] | None:
    """The rectangles of the cells; None where they are out of order or far out, or a text stands under a merge."""
    taken = set(squares)
    if len(taken) < len(squares) or tuple(sorted(squares)) != squares or _far(rectangles):
        return None
    if not merges:
        return tuple(rectangles)
    merged = list(map(_merged, merges))
    if not all(merged):
        return None
    firsts, wholes, areas, unders = zip(*cast("list[_Merge]", merged), strict=True)
    if sum(areas) > budgets.limit("merged"):
        return None
    covers: dict[int, Rectangle] = dict(zip(firsts, wholes, strict=True))
    return tuple(map(covers.get, squares, rectangles)) if taken.isdisjoint(chain.from_iterable(unders)) else None


def _far(places: Sequence[Rectangle]) -> bool:
    """True where the cells may reach beyond the budget of the used range."""
    last, most = places[-1][0], budgets.limit("used_range")
    return last * _COLUMNS > most and last * max([place[1] for place in places]) > most


_Cell = tuple[int, Rectangle, int]
"""A cell: its square's number, its square, its style; ``_TEXT`` for one that names a shared text."""
_TEXT = -1
_Merge = tuple[int, Rectangle, int, Sequence[int]]
"""A merge: the number of its first square, its rectangle and size, the numbers of its other squares."""


@lru_cache(maxsize=16384)
def _cell(head: str) -> _Cell | None:
    """The cell of a name and attributes; None for one that is far to the right, or no plain number or shared text."""
    name, _, attributes = head.partition('"')
    square, style = _square(name), _style(attributes)
    return None if square is None or style is None else (*square, style)


@lru_cache(maxsize=16384)
def _square(name: str) -> tuple[int, Rectangle] | None:
    """The number and the rectangle of a square by its name; None for one that is far to the right, or none."""
    found = _SQUARE.fullmatch(name)
    if found is None:
        return None
    row, column = int(found[2]), _column(found[1])
    return row * _ROW + column, (row, column, row, column)


@lru_cache(maxsize=512)
def _style(attributes: str) -> int | None:
    """The style of a number, or ``_TEXT``; None where the attributes say more."""
    found = _ATTRIBUTES.fullmatch(attributes)
    return (_TEXT if found[2] == "s" else int(found[1] or 0)) if found else None


@lru_cache(maxsize=4096)
def _merged(name: str) -> _Merge | None:
    """The merge of a range's name; None for one that is large, or no range."""
    begin, _, end = name.partition(":")
    corner, other = _square(begin), _square(end)
    if corner is None or other is None:
        return None
    (first, (row, left, _, _)), (_, (last_row, right, _, _)) = corner, other
    high, wide = last_row + 1 - row, right + 1 - left
    if high < 1 or wide < 1 or high * wide > _LARGE:
        return None
    return first, (row, left, last_row, right), high * wide, _under(first, high, wide)


def _under(first: int, high: int, wide: int) -> Sequence[int]:
    """The numbers of a merge's squares but the first."""
    if high == 1:
        return range(first + 1, first + wide)
    lines = range(first, first + high * _ROW, _ROW)
    return lines[1:] if wide == 1 else tuple(chain.from_iterable([range(line, line + wide) for line in lines]))[1:]


@lru_cache(maxsize=_COLUMNS)
def _column(letters: str) -> int:
    """The number of a column."""
    return column_number(letters.encode())


def _held(styles: Sequence[int], values: Sequence[str], shared: Texts, formats: Sequence[Format]) -> tuple[tuple[str, ...], dict[int, Typed]] | None:
    """The texts of the cells, and the typed values of numbers; None where one is neither text nor number."""
    # A number is no name of a text; what it finds here is put right below.
    texts = list(map(shared.get, values))
    numbers: dict[int, Typed] = {}
    if where := [number for number, style in enumerate(styles) if style != _TEXT]:
        if max(styles) >= len(formats):
            return None
        read = list(map(_number, [values[number] for number in where], [formats[styles[number]] for number in where]))
        if not all(read):
            return None
        shown, stored = zip(*cast("list[tuple[str, Typed]]", read), strict=True)
        numbers = dict(zip(where, stored, strict=True))
        for number, text in zip(where, shown, strict=True):
            texts[number] = text
    # No shared text is empty, but what a number shows may be.
    return None if not all(texts) and None in texts else (tuple(cast("list[str]", texts)), numbers)


@lru_cache(maxsize=8192)
def _number(raw: str, shown_as: Format) -> tuple[str, Typed] | None:
    """A stored number as it is shown, and as it is; None where it is none, its format is none that is told here, or
    it is no day that Excel counts right."""
    code, kind = shown_as
    if kind == NUMBER:
        return shown_and_stored(float(raw), code) if _NUMBER.fullmatch(raw) else None
    if kind != DAY or not _DAY.fullmatch(raw) or not _MARCH_1900 <= int(raw) <= _LAST_DAY:
        return None
    return typed(date.fromordinal(_EPOCH + int(raw)), code)
