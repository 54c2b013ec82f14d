"""A goal's text in pieces that can be found again in another goal: numbered items, and clauses."""

from __future__ import annotations

import re

from xltool.rollup.names import normals

_NUMBER = re.compile(r"(?:^|(?<=[\n。;；:：,，）)]))\s*[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*(?:[、)）]+|[.．](?!\d))")
_MARKED = re.compile(r"[\d一二三四五六七八九十]\s*[、)）.．]")
"""What every number of an item ends with, and few texts without items hold."""
_CLAUSE = re.compile(r"[,。;:!?、]+")
_EDGES = "。;,.:、!?"
LEAST = 4
"""A clause of fewer characters (及时, 提高) says nothing about whose goal it is."""


def items(text: str) -> list[str]:
    """The numbered items of a goal, numbers gone; a goal without numbers is one item."""
    # A break is a blank here, which does not count; where no mark follows a numeral nothing is numbered.
    parts = [part.replace("\n", " ") for part in _NUMBER.split(text)] if _MARKED.search(text) else [text.replace("\n", " ")]
    return [part for one in normals(parts) if (part := one.strip(_EDGES))]


def clauses(item: str) -> list[str]:
    """What stands between the commas and full stops of an item."""
    return [part for part in _CLAUSE.split(item) if len(part) >= LEAST]
