"""Separated values (.csv, quoted .tsv) as a book of one grid: what a spreadsheet program exports of a sheet."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from io import StringIO

from xltool import budgets
from xltool.grid import Book, grid_of

SAMPLE = 64 * 1024
_ALIKE = 0.4
"""The share of records that have equally many fields where none is quoted; sentences that commas part are not so alike."""
_SEPARATORS = ",;"
_TYPED = "，；"
"""What somebody has put between fields, full-width: prose has these marks too, so all records must have equally many fields."""
_TOLD = "|^"
"""What a program was told to part fields by: only where these are quoted, since rows of bars are text."""
_TAB = "\t"
_FIELDS = 3
"""Fields that most records of a sheet have; prose with commas has no such regularity. Where all are quoted, two will do."""
_FIELD_SIZE = 1_000_000
_RECORDS = 5
"""Records that show so."""
_GUARDED = re.compile(r'(?<![^,;\t\r\n，；|^])="((?:[^"\r\n]|"")*+)"(?![^,;\t\r\n，；|^])')
"""A text that a program wrote as a formula (="0012"), lest Excel make a number of it; Excel shows the text."""


def separator(text: str) -> str | None:
    """What parts the fields; None for a text that is no separated values.

    Cells parted by tabs without quotes are read as text, whose grammar knows shifted columns.
    """
    if text[:4].lower() == "sep=" and text[4:5]:
        return text[4]
    head, cut = _bare(text[:SAMPLE]), len(text) > SAMPLE
    if _TAB in head:
        return _TAB if _lines_inside(head, cut) or _quoted(head, _TAB, head.count("\n") + 1) else None
    if text.lstrip().startswith("|"):
        # A Markdown table.
        return None
    found = next((one for one in _SEPARATORS if _parts(head, one, cut)), None)
    return found or next((one for one in _TYPED + _TOLD if one in head and _parts_strictly(head, one, cut)), None)


def _lines_inside(head: str, cut: bool) -> bool:
    """True where a quoted field between tabs goes over lines."""
    return '\t"' in head and any("\n" in field for record in _records(head, _TAB, cut)[:-1] for field in record)


def _quoted(head: str, one: str, records: int) -> bool:
    return head.startswith('"') and head.count(f'"{one}"') > records / 2


def _parts(head: str, one: str, cut: bool) -> bool:
    lines = [record for record in _records(head, one, cut) if record]
    records = [record for record in lines if any(field.strip() for field in record)]
    quoted = _quoted(head, one, len(records))
    fields = 2 if quoted else _FIELDS
    counts = Counter(len(record) for record in records if len(record) >= fields)
    alike = quoted or max(counts.values(), default=0) >= _ALIKE * counts.total()
    return len(lines) > 1 and counts.total() >= 0.6 * len(records) > 0 and alike


def _parts_strictly(head: str, one: str, cut: bool) -> bool:
    lines = [record for record in _records(head, one, cut) if record]
    whole = lines[:-1] if cut else lines
    if _quoted(head, one, len(lines)):
        return _parts(head, one, cut)
    return one in _TYPED and len(whole) >= _RECORDS and len(whole[0]) >= _FIELDS and len({len(record) for record in whole}) == 1


def read(text: str, parted: str, name: str) -> Book:
    """The grid of the text; ``name`` stands in problems.

    Raises:
        ProblemError: workbook-range.
    """
    if text[:4].lower() == "sep=":
        text = text.partition("\n")[2]
    records = _records(_bare(text), parted)
    if (squares := sum(map(len, records))) > budgets.limit("squares"):
        raise budgets.over("workbook-squares", name, "squares", found=squares)
    return Book((grid_of("CSV", ([_meant(field) for field in record] for record in records)),))


def _bare(text: str) -> str:
    """The text whose fields are no formulas that only keep a text from becoming a number."""
    return _GUARDED.sub(r'"\1"', text) if '="' in text else text


def _meant(field: str) -> str:
    """What a spreadsheet shows of a field; of such a formula that was quoted once more its text."""
    if field.startswith('="') and field.endswith('"') and len(field) > 2:
        field = field[2:-1].replace('""', '"')
    return field.replace("\r\n", "\n").strip()


def _records(text: str, parted: str, cut: bool = False) -> list[list[str]]:
    """The records of the text. A quote that nothing closes is a character like another, except where the text was cut."""
    csv.field_size_limit(_FIELD_SIZE)
    try:
        return list(csv.reader(StringIO(text, newline=""), delimiter=parted, strict=not cut))
    except csv.Error:
        loose, lines = list(_loose(text, parted)), [line.split(parted) for line in text.splitlines()]
        return loose if _regular(loose) >= _regular(lines) else lines


def _regular(records: Sequence[Sequence[str]]) -> int:
    """How many records have as many fields as most have."""
    return max(Counter(len(record) for record in records if len(record) >= _FIELDS).values(), default=0)


def _loose(text: str, parted: str) -> Iterator[list[str]]:
    """The records of a text whose quotes a program did not double: one closes a field only at the field's end."""
    mark = re.escape(parted)
    quoted = re.compile(rf'"((?:[^"]++|""|"(?!{mark}|\r?\n|\Z))*+)"(?={mark}|\r?\n|\Z)')
    bare = re.compile(rf"[^{mark}\r\n]*+")
    end = re.compile(rf"{mark}|\r\n|[\r\n]|\Z")
    record: list[str] = []
    at, closes = 0, True
    while at < len(text) or record:
        found = quoted.match(text, at) if closes and text[at : at + 1] == '"' else None
        closes = closes and (found is not None or text[at : at + 1] != '"')
        field = found or bare.match(text, at)
        behind = end.match(text, field.end()) if field else None
        if field is None or behind is None:
            return
        record.append(found[1].replace('""', '"') if found else field[0])
        at = behind.end()
        if behind[0] != parted:
            yield record
            record = []
