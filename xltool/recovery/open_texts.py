"""Texts of printed forms that end inside a bracket or quotation: a program that prints drops what finds no room at a page's end."""

from __future__ import annotations

from collections.abc import Iterator

from xltool.filing import Doubt, Entry, Filing
from xltool.recovery.paragraphs import BROKEN_OFF, ends_open


def with_doubts(filing: Filing) -> Filing:
    """The filing with a doubt on each such text that has none yet."""
    return filing.with_entries(map(_doubted, filing.entries))


def _doubted(entry: Entry) -> Entry:
    known = {one.path for one in entry.source.doubts}
    return entry.doubted(Doubt(path, "", BROKEN_OFF) for path, text in _texts(entry) if ends_open(text) and path not in known)


def _texts(entry: Entry) -> Iterator[tuple[str, str]]:
    yield from ((path, value) for path, value in entry.values.items() if isinstance(value, str))
    for name, items in entry.lists.items():
        yield from ((f"{name}[{at}].{path}", value) for at, item in enumerate(items) for path, value in item.items() if isinstance(value, str))
