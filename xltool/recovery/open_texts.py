"""Texts of printed forms that end inside a bracket or quotation: a program that prints drops what finds no room at a page's end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xltool.filing import Doubt, Entry, Filing
from xltool.recovery.paragraphs import BROKEN_OFF, ends_open


def with_doubts(filing: Filing) -> Filing:
    """The filing with a doubt on each such text that has none yet."""
    return replace(filing, sections=tuple(replace(one, entries=tuple(map(_doubted, one.entries))) for one in filing.sections))


def _doubted(entry: Entry) -> Entry:
    known = {one.path for one in entry.source.doubts}
    found = tuple(Doubt(path, "", BROKEN_OFF) for path, text in _texts(entry) if ends_open(text) and path not in known)
    return replace(entry, source=replace(entry.source, doubts=(*entry.source.doubts, *found))) if found else entry


def _texts(entry: Entry) -> Iterator[tuple[str, str]]:
    yield from ((path, value) for path, value in entry.values.items() if isinstance(value, str))
    for name, items in entry.lists.items():
        yield from ((f"{name}[{at}].{path}", value) for at, item in enumerate(items) for path, value in item.items() if isinstance(value, str))
