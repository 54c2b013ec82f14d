"""YAML as text with line numbers: every scalar is a string, hostile or careless YAML is refused.

YAML's own types are not used (``no``, ``007``, ``2024-01-05`` change silently), repeated keys and
aliases are faults, size and depth are capped. All faults of a file come at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import yaml

from xltool import budgets
from xltool.problems import Problem, ProblemError, problem

_CONTROL = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f\\ud800-\\udfff\\ufffe\\uffff]")
"""Characters that nobody sees and no YAML file holds as they are."""


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar; ``line`` is where its first character stands (for a block: the first line of its content).

    ``inherited`` marks a key that a form takes over from the one it extends.
    """

    text: str
    line: int
    file: str
    inherited: bool = False

    @property
    def place(self) -> str:
        """``file:line``."""
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Sequence:
    """A YAML sequence."""

    items: tuple[Node, ...]
    line: int
    file: str

    @property
    def place(self) -> str:
        """``file:line``."""
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Table:
    """A YAML mapping, its keys in order."""

    entries: tuple[tuple[Text, Node], ...]
    line: int
    file: str

    @property
    def place(self) -> str:
        """``file:line``."""
        return f"{self.file}:{self.line}"

    def get(self, key: str) -> Node | None:
        """What stands under a key."""
        return next((node for name, node in self.entries if name.text == key), None)


Node = Text | Sequence | Table


def extended(
    table: Table, parent: Callable[[str], Table | None], over: Callable[[Table, Table], Table], unknown: Callable[[Text], Problem], chain: tuple[str, ...] = (),
) -> Table:  # fmt: skip
    """The table put ``over`` the one that its ``extends`` names, and that over its own; ``parent`` finds a table by its name.

    Raises:
        ProblemError: where ``extends`` runs in a circle, or names what nobody knows: ``unknown`` says so.
    """
    name = table.get("extends")
    if not isinstance(name, Text):
        return table
    chain = (*chain, name.text)
    if len(set(chain)) < len(chain):
        raise ProblemError(problem("extends-circle", name.place, chain=" → ".join(chain)))
    above = parent(name.text)
    if above is None:
        raise ProblemError(unknown(name))
    return over(table, extended(above, parent, over, unknown, chain))


def in_reading_order(faults: Iterable[Problem]) -> list[Problem]:
    """The faults by file and line, as somebody comes upon them who mends the file; those of one line as they came."""

    def at(one: Problem) -> tuple[str, int]:
        file, _, line = one.place.rpartition(":")
        return (file, int(line)) if line.isdecimal() else (one.place, 0)

    return sorted(faults, key=at)


def load(text: str, name: str, budget: str = "mapping_size") -> Table:
    """The file as a table; ``budget`` limits its size.

    Raises:
        ProblemError: with every fault, each placed as ``name:line``.
    """
    if len(text.encode("utf-8", "surrogatepass")) > budgets.limit(budget):
        raise budgets.over("yaml-size", name, budget)
    faults = list(_controls(text, name)) or list(_refused(text, name))
    if faults:
        raise ProblemError(faults)
    try:
        root = yaml.compose(text, Loader=_loader())
    except (yaml.YAMLError, RecursionError) as error:
        raise ProblemError(_syntax(error, name)) from None
    if not isinstance(root, yaml.MappingNode):
        raise ProblemError(problem("yaml-shape", name, key="文件 (file)", wanted="键值表 (key: value)"))
    faults = []
    node = _node(root, name, faults)
    if faults:
        raise ProblemError(faults)
    assert isinstance(node, Table)
    return node


def _controls(text: str, name: str) -> Iterator[Problem]:
    """Invisible characters, each line's first."""
    if _CONTROL.search(text):
        for number, line in enumerate(text.split("\n"), 1):
            if found := _CONTROL.search(line):
                yield problem("yaml-control", f"{name}:{number}", number=found.start() + 1, found=f"U+{ord(found.group()):04X}")


def _loader() -> type:
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _refused(text: str, name: str) -> Iterator[Problem]:
    """Aliases, tags and depth, seen on the event stream before any node is built."""
    depth = 0
    try:
        for event in yaml.parse(text, Loader=_loader()):
            place = f"{name}:{event.start_mark.line + 1 if event.start_mark else 0}"
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                yield problem("yaml-alias", place)
            if tag := getattr(event, "tag", None):
                yield problem("yaml-tag", place, tag=tag)
            if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
                depth += 1
                if depth > budgets.limit("mapping_depth"):
                    yield from budgets.over("yaml-depth", place, "mapping_depth").problems
                    return
            elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                depth -= 1
    except (yaml.YAMLError, UnicodeError) as error:
        yield _syntax(error, name)


def _syntax(error: Exception, name: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    if getattr(error, "context", None) == "while scanning a simple key":
        # What lacks its colon is seen only where the next line begins.
        mark = getattr(error, "context_mark", None) or mark
    place = f"{name}:{mark.line + 1}" if mark else name
    return problem("yaml-syntax", place, what=getattr(error, "problem", None) or type(error).__name__)


def _node(node: yaml.Node, name: str, faults: list[Problem]) -> Node:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        if found := _CONTROL.search(node.value):
            # "\\0" between double quotes.
            faults.append(problem("yaml-control", f"{name}:{line}", number=found.start() + 1, found=f"U+{ord(found.group()):04X}"))
        return Text(node.value, line + (node.style in ("|", ">")), name)
    if isinstance(node, yaml.SequenceNode):
        return Sequence(tuple(_node(item, name, faults) for item in node.value), line, name)
    first: dict[str, int] = {}
    entries: list[tuple[Text, Node]] = []
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            faults.append(problem("yaml-shape", f"{name}:{key.start_mark.line + 1}", key="键 (key)", wanted="文本 (text)"))
            continue
        if key.value in first:
            faults.append(problem("yaml-repeated-key", f"{name}:{key.start_mark.line + 1}", key=key.value, line=first[key.value]))
        first.setdefault(key.value, key.start_mark.line + 1)
        entries.append((Text(key.value, key.start_mark.line + 1, name), _node(value, name, faults)))
    return Table(tuple(entries), line, name)
