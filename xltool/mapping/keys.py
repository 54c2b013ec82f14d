"""The keys of one mapping as they are read from its table, and the faults that are found on the way."""

from __future__ import annotations

import re

from xltool.problems import problem
from xltool.yaml_reader import LIST_WANTED, TABLE_WANTED, TEXT_WANTED, TableReader
from xltool.yamlfile import Node, Sequence, Table, Text

GEOMETRY = frozenset({"list-outside", "list-split", "list-group", "list-all-groups", "list-many", "look-widths", "look-rows", "caption-unknown"})
"""Faults that a layout which has faults of its own cannot show."""
_COMMAS = re.compile("[，、；]")


class Keys(TableReader):
    """Reads the keys of one mapping and collects the faults."""

    def __init__(self, table: Table, name: str) -> None:
        super().__init__(table)
        self.name = name
        self.sound = True
        """False where the layout has faults: what does not need its geometry is checked all the same."""

    def fault(self, code: str, node: Node | None, **words: object) -> None:
        """Notes a fault where a node stands, of the whole file without one."""
        if not self.sound and code in GEOMETRY:
            return
        self.faults.append(problem(code, node.place if node else f"{self.name}:{self.table.line}", **words))

    def text(self, key: str, default: str | None = None) -> str:
        """The text under a key of the file; the default where the key is missing, else that is a fault."""
        node = self.table.get(key)
        if node is None and default is None:
            self.fault("yaml-missing-key", None, key=key)
        found = self.text_of(node, key, default or "")
        if node is not None and isinstance(node, Text) and not found:
            self.fault("yaml-shape", node, key=key, wanted=TEXT_WANTED)
        return found

    def one_of(self, node: Node | None, key: str, known: tuple[str, ...], default: str) -> str:
        """The text of a node, which must be one of those known."""
        found = self.text_of(node, key, default)
        if node is not None and isinstance(node, Text) and found not in known:
            self.unknown("word-expected", node, found, known, key=key, found=found)
        return found

    def table_of(self, node: Node | None, key: str) -> Table:
        """The table of a node; an empty one where there is none."""
        if isinstance(node, Table):
            return node
        if node is not None:
            self.fault("yaml-shape", node, key=key, wanted=TABLE_WANTED)
        return Table((), self.table.line, self.name)

    def under(self, key: str) -> Table:
        """The table under a key of the file."""
        return self.table_of(self.table.get(key), key)

    def words(self, key: str) -> tuple[str, ...]:
        """The list of texts under a key of the file."""
        return self.word_list(self.table.get(key), key)

    def word_list(self, node: Node | None, key: str) -> tuple[str, ...]:
        """The texts of a node, none of them empty."""
        if node is None:
            return ()
        if not isinstance(node, Sequence) or not all(isinstance(item, Text) for item in node.items):
            self.fault("yaml-shape", node, key=key, wanted=LIST_WANTED)
            return ()
        found = tuple(item.text for item in node.items if isinstance(item, Text))
        if not all(map(str.strip, found)):
            self.fault("text-empty", node, key=key)
        return tuple(one for one in found if one.strip())

    def parted(self, node: Node | None, key: str) -> tuple[str, ...]:
        """The texts of a node that are single words: one with a full-width comma in it is several."""
        found = self.word_list(node, key)
        for one in found:
            if _COMMAS.search(one):
                self.fault("list-comma", node, key=key, found=one)
        return found

    def number(self, node: Node | None, key: str, default: float, least: float, most: float) -> float:
        """The number of a node, which lies between two."""
        if node is None:
            return default
        if not (isinstance(node, Text) and re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})?", node.text)):
            self.fault("number-expected", node, key=key, found=getattr(node, "text", "?"))
            return default
        if not least <= float(node.text) <= most:
            self.fault("number-range", node, key=key, found=node.text, least=f"{least:g}", most=f"{most:g}")
        return float(node.text)

    def numbers(self, node: Node | None, key: str, least: float, most: float) -> tuple[float, ...]:
        """The numbers of a node."""
        if node is None:
            return ()
        if not isinstance(node, Sequence):
            self.fault("yaml-shape", node, key=key, wanted=LIST_WANTED)
            return ()
        return tuple(self.number(item, key, least, least, most) for item in node.items)
