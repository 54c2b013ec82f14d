"""Profiles from their YAML: inherited, checked, all faults of a file at once, each with its line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType

from xltool import text_file, yamlfile
from xltool.check.finding import SEVERITIES
from xltool.check.operators import EVERY, OPERATORS
from xltool.check.rule import OFF, Profile, Rule
from xltool.check.settings import Settings
from xltool.library import own_folder
from xltool.problems import Problem, ProblemError, problem
from xltool.yaml_reader import TABLE_WANTED
from xltool.yamlfile import Node, Table, Text

KEYS = ("profile", "version", "title", "about", "extends", "forms", "rules")
RULE_KEYS = ("test", "severity", "within", "because", "unless", "what", "do")
FOLDER = "profiles"
NATIONAL = "national"
_SHOWN = 6
"""Rules of a circle that its fault names."""
Profiles = Mapping[str, Profile]


@lru_cache(maxsize=8)
def profiles(folders: tuple[str, ...] = ()) -> Profiles:
    """Every known profile by id: xltool's own, then those of ``profiles/`` in the user's mapping folders.

    Raises:
        ProblemError: every fault of every profile.
    """
    faults: list[Problem] = []
    tables = _tables(folders, faults)
    found: dict[str, Profile] = {}
    for name, table in tables.items():
        try:
            found[name] = build(table, tables.get, tables)
        except ProblemError as error:
            faults.extend(error.problems)
    if faults:
        raise ProblemError(list(dict.fromkeys(faults)))
    return MappingProxyType(found)


def named(name: str, folders: tuple[str, ...] = ()) -> Profile:
    """The profile of a name, or of a file ``….yaml``, which may extend one that is known.

    Raises:
        ProblemError: where there is none of that name, or the file has faults.
    """
    path = Path(name)
    if path.suffix.lower() in (".yaml", ".yml"):
        text, tables = text_file.read(path), _tables(folders, [])
        return build(yamlfile.load(text, path.name), tables.get, tables)
    known = profiles(folders)
    if name not in known:
        raise ProblemError(problem("profile-unknown", "", profile=name, known=", ".join(known)))
    return known[name]


def usual(form: str, known: Profiles) -> Profile:
    """The profile that says it is usual for a form, the user's before xltool's own; else the national one."""
    return next((one for one in reversed(tuple(known.values())) if form in one.forms), known[NATIONAL])


def read(text: str, name: str, parent: Callable[[str], Table | None] = lambda _: None) -> Profile:
    """The profile that a text declares; ``parent`` finds the one that it extends.

    Raises:
        ProblemError: with every fault of the file.
    """
    return build(yamlfile.load(text, name), parent)


def build(table: Table, parent: Callable[[str], Table | None], known: Iterable[str] = ()) -> Profile:
    """The profile of a table, with everything that it takes over; ``known`` are the names that it may extend."""
    names = ", ".join(known) or "—"
    return _Builder(yamlfile.extended(table, parent, _over, lambda name: problem("profile-unknown", name.place, profile=name.text, known=names))).profile()


def _over(table: Table, above: Table) -> Table:
    rules = _merged(above.get("rules"), table.get("rules"), deep=True)
    kept = [(key, node) for key, node in table.entries if key.text not in ("extends", "rules")]
    return Table((*kept, (Text("rules", table.line, table.file), rules)), table.line, table.file)


def _merged(above: Node | None, own: Node | None, deep: bool) -> Node:
    if not isinstance(above, Table) or not isinstance(own, Table):
        return own or above or Table((), 0, "")
    mine = {key.text: (key, node) for key, node in own.entries}
    entries = []
    for key, node in above.entries:
        own_key, own_node = mine.pop(key.text, (key, None))
        entries.append((own_key, node if own_node is None else _merged(node, own_node, False) if deep else own_node))
    return Table((*entries, *mine.values()), own.line, own.file)


def _tables(folders: tuple[str, ...], faults: list[Problem]) -> dict[str, Table]:
    tables: dict[str, Table] = {}
    for folder in (own_folder("mappings"), *map(Path, folders)):
        for file in _files(folder.joinpath(FOLDER)):
            try:
                table = yamlfile.load(text_file.decode(file.read_bytes(), file.name), file.name)
            except ProblemError as error:
                faults.extend(error.problems)
                continue
            name = getattr(table.get("profile"), "text", file.name)
            if name in tables:
                faults.append(problem("profile-twice", table.place, profile=name, other=tables[name].file))
            tables.setdefault(name, table)
    return tables


def _files(folder: Traversable) -> Sequence[Traversable]:
    if not folder.is_dir():
        return ()
    return sorted((file for file in folder.iterdir() if file.name.endswith((".yaml", ".yml"))), key=lambda file: file.name)


class _Builder(Settings):
    """Reads one profile."""

    def profile(self) -> Profile:
        self.known(self.table, KEYS)
        name = self.text(self.table, "profile")
        title = self.both(self.table.get("title"), "title", ())
        rules = self.rules()
        self.circles(rules)
        forms = self.words(node, "forms") if (node := self.table.get("forms")) else ()
        if self.faults:
            raise ProblemError(yamlfile.in_reading_order(self.faults))
        return Profile(name, title, MappingProxyType(rules), forms, self.table.file)

    def rules(self) -> dict[str, Rule]:
        node = self.table.get("rules")
        if not isinstance(node, Table):
            self.fault("yaml-missing-key" if node is None else "yaml-shape", node or self.table, key="rules", **({} if node is None else {"wanted": TABLE_WANTED}))
            return {}
        found = {}
        for key, own in node.entries:
            if not isinstance(own, Table):
                self.fault("yaml-shape", own, key=key.text, wanted=TABLE_WANTED)
            elif (rule := self.rule(key, own)) and rule.severity != OFF:
                found[key.text] = rule
        return found

    def circles(self, rules: Mapping[str, Rule]) -> None:
        """Faults of rules that silence one another: the first of each circle says so."""
        told: set[str] = set()
        for first in rules:
            chain = _circle(first, rules)
            if chain and not told & {*chain}:
                told |= {*chain}
                self.faults.append(problem("rule-circle", rules[first].place, chain=" → ".join(chain if len(chain) <= _SHOWN else (*chain[: _SHOWN - 2], "…", first))))

    def rule(self, key: Text, table: Table) -> Rule | None:
        test = self.text(table, "test")
        severity = self.word(table, "severity", (*SEVERITIES, OFF))
        operator = OPERATORS.get(test)
        if operator is None:
            if test:
                self.unknown("word-expected", table.get("test") or table, test, tuple(OPERATORS), key="test", found=test)
            return None
        self.known(table, (*RULE_KEYS, *operator.takes))
        within = self.word(table, "within", SEVERITIES) if table.get("within") else ""
        because = self.both(table.get("because"), "because", ()) if table.get("because") else None
        if (within or table.get("tolerance")) and because is None:
            self.fault("rule-tolerance", key, rule=key.text)
        holes = (*EVERY, *operator.holes)
        return Rule(
            key.text, test, severity, self.both(table.get("what"), "what", holes, key), self.both(table.get("do"), "do", holes, key),
            MappingProxyType(self.settings(table, operator)), within, because, key.place, self.unless(table),
        )  # fmt: skip

    def unless(self, table: Table) -> tuple[str, ...]:
        """The rules that say the same of a field better; each is one of the profile, be it off."""
        node, rules = table.get("unless"), self.table.get("rules")
        known = [key.text for key, _ in rules.entries] if isinstance(rules, Table) else []
        names = self.words(node, "unless") if node else ()
        for name in names:
            if name not in known:
                self.fault("word-expected", node or table, key="unless", known=", ".join(get_close_matches(name, known, 3, 0)), found=name)
        return names


def _circle(first: str, rules: Mapping[str, Rule]) -> tuple[str, ...]:
    """The way by which ``unless`` leads from a rule back to it, the shortest; empty where none does."""
    before: dict[str, str] = {}
    ahead = [first]
    for name in ahead:
        for other in rules[name].unless if name in rules else ():
            if other == first:
                return (first, *_way(name, before), first) if name != first else (first, first)
            if other not in before:
                before[other] = name
                ahead.append(other)
    return ()


def _way(last: str, before: Mapping[str, str]) -> tuple[str, ...]:
    """The names from the one behind the first to the last."""
    way = [last]
    while before[way[-1]] in before:
        way.append(before[way[-1]])
    return tuple(reversed(way))
