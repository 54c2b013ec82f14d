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
_TAB = "\t"
_FIELDS = 3
"""Fields that most records of a sheet have; prose with commas has no such regularity. Where all are quoted, two will do."""
_FIELD_SIZE = 1_000_000


def separator(text: str) -> str | None:
    """What parts the fields; None for a text that is no separated values.

    Cells parted by tabs without quotes are read as text, whose grammar knows shifted columns.
    """
    head = text[:SAMPLE]
    if text[:4].lower() == "sep=" and text[4:5]:
        return text[4]
    if _TAB in head:
        return _TAB if '\t"' in head and any("\n" in field for record in _records(head, _TAB)[:-1] for field in record) else None
    if text.lstrip().startswith("|"):
        # A Markdown table.
        return None
    for one in _SEPARATORS:
        lines = [record for record in _records(head, one) if record]
        records = [record for record in lines if any(field.strip() for field in record)]
        quoted = head.startswith('"') and head.count(f'"{one}"') > len(records) / 2
        fields = 2 if quoted else _FIELDS
        counts = Counter(len(record) for record in records if len(record) >= fields)
        alike = quoted or max(counts.values(), default=0) >= _ALIKE * counts.total()
        if len(lines) > 1 and counts.total() >= 0.6 * len(records) > 0 and alike:
            return one
    return None


def read(text: str, parted: str, name: str) -> Book:
    """The grid of the text; ``name`` stands in problems.

    Raises:
        ProblemError: workbook-range.
    """
    if text[:4].lower() == "sep=":
        text = text.partition("\n")[2]
    records = _records(text, parted)
    if (squares := sum(map(len, records))) > budgets.limit("squares"):
        raise budgets.over("workbook-squares", name, "squares", found=squares)
    return Book((grid_of("CSV", ([field.replace("\r\n", "\n").strip() for field in record] for record in records)),))


def _records(text: str, parted: str) -> list[list[str]]:
    """The records of the text. A quote that nothing closes is a character like another."""
    csv.field_size_limit(_FIELD_SIZE)
    try:
        return list(csv.reader(StringIO(text, newline=""), delimiter=parted, strict=len(text) != SAMPLE))
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
