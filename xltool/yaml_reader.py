"""Reading the tables of a YAML file: what is wrong with them is collected, each fault with its line, and a key or word that
nobody knows with the one that is most like it."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from xltool.problems import Problem, problem
from xltool.yamlfile import Node, Table, Text

TEXT_WANTED, TABLE_WANTED, LIST_WANTED = "文本 (text)", "键值表 (key: value)", "文本列表 ([a, b])"


class TableReader:
    """Reads one file, whose whole table is ``table``, and collects its faults."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.faults: list[Problem] = []

    def fault(self, code: str, node: Node | None, **words: object) -> None:
        """Notes a fault where a node stands, of the whole file without one."""
        self.faults.append(problem(code, (node or self.table).place, **words))

    def known(self, table: Table, keys: Sequence[str]) -> None:
        """Notes every key that is none of those known."""
        for key, _ in table.entries:
            if key.text not in keys:
                self.unknown("yaml-unknown-key", key, key.text, keys, key=key.text)

    def unknown(self, code: str, node: Node | None, said: str, among: Sequence[str], **words: object) -> None:
        """Notes a word that is none of those known, with the one that is most like it."""
        near = get_close_matches(said, among, 1)
        self.fault(code, node, known=", ".join(among), **({"near": near[0]} if near else {}), **words)

    def text_of(self, node: Node | None, key: str, default: str = "") -> str:
        """The text of a node; anything else that stands there is a fault."""
        if isinstance(node, Text):
            return node.text
        if node is not None:
            self.fault("yaml-shape", node, key=key, wanted=TEXT_WANTED)
        return default
