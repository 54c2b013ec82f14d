"""Profiles from their YAML: inherited, checked, all faults of a file at once, each with its line."""

from __future__ import annotations

import string
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from functools import lru_cache
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType

from xltool import yamlfile
from xltool.check.finding import SEVERITIES, Words
from xltool.check.operators import EVERY, NUMBER, NUMBERS, OPERATORS, ROLE, ROLES, Operator
from xltool.check.rule import OFF, Profile, Rule, Setting
from xltool.form import ROLES as KNOWN_ROLES
from xltool.library import own_folder
from xltool.problems import Problem, ProblemError, problem
from xltool.terms import of_system
from xltool.yamlfile import Node, Table, Text

KEYS = ("profile", "version", "title", "about", "extends", "forms", "rules")
RULE_KEYS = ("test", "severity", "within", "because", "unless", "what", "do")
FOLDER = "profiles"
NATIONAL = "national"
_TEXT = "文本 (text)"
_TABLE = "键值表 (key: value)"
_LIST = "文本列表 ([a, b])"
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
            found[name] = build(table, tables.get)
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
        try:
            text = path.read_text("utf-8")
        except FileNotFoundError:
            raise ProblemError(problem("file-missing", name)) from None
        except UnicodeDecodeError:
            raise ProblemError(problem("text-encoding", name)) from None
        except OSError as error:
            raise ProblemError(problem("file-unreadable", name, what=of_system(error))) from None
        return build(yamlfile.load(text, path.name), _tables(folders, []).get)
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


def build(table: Table, parent: Callable[[str], Table | None]) -> Profile:
    """The profile of a table, with everything that it takes over."""
    return _Builder(inherit(table, parent)).profile()


def inherit(table: Table, parent: Callable[[str], Table | None]) -> Table:
    """The table with the rules of the profile that it extends; of a rule that both have, what it says of its own goes first."""
    return yamlfile.extended(table, parent, _over, lambda name: problem("profile-unknown", name.place, profile=name.text, known="—"))


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
                table = yamlfile.load(file.read_text("utf-8"), file.name)
            except ProblemError as error:
                faults.extend(error.problems)
                continue
            except UnicodeDecodeError:
                faults.append(problem("text-encoding", file.name))
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


class _Builder:
    """Reads one profile and collects its faults."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.faults: list[Problem] = []

    def profile(self) -> Profile:
        self.known(self.table, KEYS)
        name = self.text(self.table, "profile")
        title = self.both(self.table.get("title"), "title", ())
        rules = self.rules()
        forms = self.words(node, "forms") if (node := self.table.get("forms")) else ()
        if self.faults:
            raise ProblemError(yamlfile.in_reading_order(self.faults))
        return Profile(name, title, MappingProxyType(rules), forms, self.table.file)

    def fault(self, code: str, node: Node, **words: object) -> None:
        self.faults.append(problem(code, node.place, **words))

    def known(self, table: Table, keys: Sequence[str]) -> None:
        for key, _ in table.entries:
            if key.text not in keys:
                self.fault("yaml-unknown-key", key, key=key.text, known=", ".join(keys))

    def text(self, table: Table, key: str) -> str:
        node = table.get(key)
        if isinstance(node, Text) and node.text:
            return node.text
        self.fault("yaml-missing-key" if node is None else "yaml-shape", node or table, key=key, **({} if node is None else {"wanted": _TEXT}))
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

    def rules(self) -> dict[str, Rule]:
        node = self.table.get("rules")
        if not isinstance(node, Table):
            self.fault("yaml-missing-key" if node is None else "yaml-shape", node or self.table, key="rules", **({} if node is None else {"wanted": _TABLE}))
            return {}
        found = {}
        for key, own in node.entries:
            if not isinstance(own, Table):
                self.fault("yaml-shape", own, key=key.text, wanted=_TABLE)
            elif (rule := self.rule(key, own)) and rule.severity != OFF:
                found[key.text] = rule
        return found

    def rule(self, key: Text, table: Table) -> Rule | None:
        test = self.text(table, "test")
        severity = self.word(table, "severity", (*SEVERITIES, OFF))
        operator = OPERATORS.get(test)
        if operator is None:
            if test:
                self.fault("word-expected", table.get("test") or table, key="test", known=", ".join(OPERATORS), found=test)
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
        if kind == NUMBERS:
            return self.numbers(node, key)
        words = self.words(node, key)
        for word in words if kind == ROLES else ():
            if word not in KNOWN_ROLES:
                self.fault("word-expected", node, key=key, known=", ".join(KNOWN_ROLES), found=word)
        return words

    def word(self, table: Table, key: str, known: Sequence[str]) -> str:
        return self.one_of(table.get(key) or table, key, known) if table.get(key) else self.text(table, key)

    def one_of(self, node: Node, key: str, known: Sequence[str]) -> str:
        found = node.text if isinstance(node, Text) else "?"
        if found not in known:
            self.fault("word-expected", node, key=key, known=", ".join(known), found=found)
        return found

    def number(self, node: Node, key: str) -> Decimal:
        try:
            found = Decimal(node.text if isinstance(node, Text) else "?")
        except InvalidOperation:
            found = Decimal("NaN")
        if found.is_finite() and abs(found.adjusted()) < 20:
            return found
        self.fault("number-expected", node, key=key, found=getattr(node, "text", "?"))
        return Decimal()

    def numbers(self, node: Node, key: str) -> Mapping[str, Decimal]:
        if not isinstance(node, Table):
            self.fault("yaml-shape", node, key=key, wanted=_TABLE)
            return {}
        return MappingProxyType({name.text: self.number(value, f"{key}.{name.text}") for name, value in node.entries})

    def words(self, node: Node, key: str) -> tuple[str, ...]:
        if not isinstance(node, yamlfile.Sequence) or not all(isinstance(item, Text) for item in node.items):
            self.fault("yaml-shape", node, key=key, wanted=_LIST)
            return ()
        return tuple(item.text for item in node.items if isinstance(item, Text))


def _holes(text: str) -> list[str]:
    """The holes of a text; what is no plain hole counts as one that nobody fills."""
    try:
        found = list(string.Formatter().parse(text))
    except ValueError:
        return ["{"]
    return [name if not spec and not conversion else f"{name}:{spec}" for _, name, spec, conversion in found if name is not None]
