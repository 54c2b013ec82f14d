"""What a profile's YAML tells its rules: words, numbers, roles; what is wrong with them is collected, each with its line."""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from types import MappingProxyType

from xltool import yamlfile
from xltool.check.finding import Words
from xltool.check.operators import (
    BY_NUMBER,
    BY_ROLE,
    BY_UNIT,
    NUMBER,
    NUMBERS,
    PLACES,
    ROLE,
    ROLES,
    Operator,
)
from xltool.check.rule import Setting
from xltool.figures import UNITS
from xltool.form import ROLES as KNOWN_ROLES
from xltool.yaml_reader import LIST_WANTED, TABLE_WANTED, TEXT_WANTED, TableReader
from xltool.yamlfile import Node, Table, Text

_SHOWN = 40
"""Characters of a setting that its fault shows."""
_MOST_PLACES = 9
_NAMES = {BY_ROLE: KNOWN_ROLES, BY_UNIT: tuple(UNITS)}
"""What numbers may be named by."""


class Settings(TableReader):
    """Reads a profile's tables and collects their faults."""

    def text(self, table: Table, key: str) -> str:
        node = table.get(key)
        if isinstance(node, Text) and node.text:
            return node.text
        self.fault("yaml-missing-key" if node is None else "yaml-shape", node or table, key=key, **({} if node is None else {"wanted": TEXT_WANTED}))
        return ""

    def both(self, node: Node | None, key: str, holes: Sequence[str], missing: Node | None = None) -> Words:
        """Words in both languages; holes that the test does not fill are faults."""
        if not isinstance(node, Table):
            self.fault("yaml-missing-key" if node is None else "yaml-shape", node or missing or self.table, key=key, **({} if node is None else {"wanted": "{zh: …, en: …}"}))
            return Words("", "")
        self.known(node, ("zh", "en"))
        said = Words(self.text(node, "zh"), self.text(node, "en"))
        for text in (said.zh, said.en):
            for hole in _holes(text):
                if hole not in holes:
                    self.fault("rule-hole", node, hole=hole, known=", ".join(holes) or "—")
        return said

    def settings(self, table: Table, operator: Operator) -> dict[str, Setting]:
        for name in operator.needs:
            if table.get(name) is None:
                self.fault("yaml-missing-key", table, key=name)
        return {key.text: self.setting(node, key.text, operator.takes[key.text]) for key, node in table.entries if key.text in operator.takes}

    def setting(self, node: Node, key: str, kind: str | tuple[str, ...]) -> Setting:
        if isinstance(kind, tuple):
            return self.one_of(node, key, kind)
        if kind == ROLE:
            return self.one_of(node, key, KNOWN_ROLES)
        if kind == NUMBER:
            return self.number(node, key)
        if kind == PLACES:
            return self.places(node, key)
        if kind in (NUMBERS, BY_NUMBER, *_NAMES):
            return self.numbers(node, key, kind)
        words = self.words(node, key)
        for word in words if kind == ROLES else ():
            if word not in KNOWN_ROLES:
                self.unknown("word-expected", node, word, KNOWN_ROLES, key=key, found=word)
        return words

    def word(self, table: Table, key: str, known: Sequence[str]) -> str:
        return self.one_of(table.get(key) or table, key, known) if table.get(key) else self.text(table, key)

    def one_of(self, node: Node, key: str, known: Sequence[str]) -> str:
        found = node.text if isinstance(node, Text) else "?"
        if found not in known:
            self.unknown("word-expected", node, found, known, key=key, found=found)
        return found

    def number(self, node: Node, key: str) -> Decimal:
        try:
            found = Decimal(node.text if isinstance(node, Text) else "?")
        except InvalidOperation:
            found = Decimal("NaN")
        if found.is_finite() and abs(found.adjusted()) < 20:
            return found
        self.fault("number-expected", node, key=key, found=getattr(node, "text", "?")[:_SHOWN])
        return Decimal()

    def places(self, node: Node, key: str) -> Decimal:
        found = self.number(node, key)
        if not 0 <= found <= _MOST_PLACES or found != int(found):
            self.one_of(node, key, [str(number) for number in range(_MOST_PLACES + 1)])
        return found

    def numbers(self, node: Node, key: str, kind: str) -> Mapping[str, Decimal]:
        if not isinstance(node, Table):
            self.fault("yaml-shape", node, key=key, wanted=TABLE_WANTED)
            return {}
        for name, _ in node.entries:
            if not name.text:
                self.fault("rule-word-empty", name, key=key)
            elif kind == BY_NUMBER:
                self.number(name, key)
            elif kind in _NAMES:
                self.one_of(name, key, _NAMES[kind])
        return MappingProxyType({name.text: self.number(value, f"{key}.{name.text}") for name, value in node.entries})

    def words(self, node: Node, key: str) -> tuple[str, ...]:
        if not isinstance(node, yamlfile.Sequence) or not all(isinstance(item, Text) for item in node.items):
            self.fault("yaml-shape", node, key=key, wanted=LIST_WANTED)
            return ()
        for item in node.items:
            if isinstance(item, Text) and not item.text.strip():
                self.fault("rule-word-empty", item, key=key)
        return tuple(item.text for item in node.items if isinstance(item, Text))


def _holes(text: str) -> list[str]:
    """The holes of a text; what is no plain hole counts as one that nobody fills."""
    try:
        found = list(string.Formatter().parse(text))
    except ValueError:
        return ["{"]
    return [name if not spec and not conversion else f"{name}:{spec}" for _, name, spec, conversion in found if name is not None]
