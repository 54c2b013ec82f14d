"""Where two readings of one form say otherwise."""

from __future__ import annotations

from xltool.canonical import entry_differences
from xltool.filing import Entry


def otherwise(entry: Entry, other: Entry) -> tuple[str, ...]:
    """The JSON paths, inside an entry, of what another reading has otherwise; of a list whose rows are not as many, the list."""
    whole = [name for name, items in entry.lists.items() if len(items) != len(other.lists.get(name, ()))]
    return (*whole, *(path for path in entry_differences(entry, other) if path not in whole))
