"""What two persons changed in different ways: the three values, and for each choice the changes that it asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from xltool.diff.changes import Change, Ref
from xltool.diff.tree import Content, Node

BASE, OURS, THEIRS = "base", "ours", "theirs"
CHOICES = (OURS, THEIRS, BASE)
CONTENT, REMOVAL, PLACE = "content", "removal", "place"
"""One cell changed by both; removed by one and changed by the other; put in two places."""
Side = Content | Node | Ref
"""A cell's content; a node, or None where it is removed; the node behind which it stands, or None for the first place."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """One conflict in the merged filing, where ``of`` stands with the base's value.

    ``choices`` are the changes to the merged filing that each choice asks for; ``number`` counts the conflicts of a merge from 1,
    and stays that of the workbook when some are decided.
    """

    kind: str
    of: Ref
    entry: Ref | None
    list: str
    path: str
    base: Side
    ours: Side
    theirs: Side
    choices: Mapping[str, tuple[Change, ...]] = field(default_factory=dict)
    number: int = field(default=0, compare=False)

    def side(self, name: str) -> Side:
        """The value of a side."""
        return {BASE: self.base, OURS: self.ours, THEIRS: self.theirs}[name]
