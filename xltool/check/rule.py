"""A rule and a profile as data: what a test is told, in which words it speaks, how grave it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from xltool.check.filled import Filled, Spot
from xltool.check.finding import FAILS, Words

OFF = "off"
Setting = str | Decimal | tuple[str, ...] | Mapping[str, Decimal]
"""What a test is told: a word or role, a number, words or roles, or numbers by name."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a profile. ``severity`` is error, warning or hint; ``place`` is its line in the profile.

    ``within`` is the severity of a difference that is not larger than the tolerance (empty: it is none), and
    ``because`` the reason of that tolerance. A finding is left out where a rule of ``unless`` found something in the same field that is no milder,
    one that nobody can tell where such a rule says the same.
    """

    id: str
    test: str
    severity: str
    what: Words
    do: Words
    settings: Mapping[str, Setting] = field(default_factory=dict)
    within: str = ""
    because: Words | None = None
    place: str = ""
    unless: tuple[str, ...] = ()

    def number(self, name: str) -> Decimal | None:
        """A setting that is a number; None where it is not given."""
        found = self.settings.get(name)
        return found if isinstance(found, Decimal) else None

    def word(self, name: str) -> str:
        """A setting that is one word; empty where it is not given."""
        found = self.settings.get(name)
        return found if isinstance(found, str) else ""

    def words(self, name: str) -> tuple[str, ...]:
        """A setting that is a list of words; empty where it is not given."""
        found = self.settings.get(name)
        return found if isinstance(found, tuple) else ()

    def numbers(self, name: str) -> Mapping[str, Decimal]:
        """A setting that gives numbers by name; empty where it is not given."""
        found = self.settings.get(name)
        return found if isinstance(found, Mapping) else {}


@dataclass(frozen=True, slots=True)
class Profile:
    """The rules of one place, by id in the order written; ``forms`` are those that it is usual for."""

    id: str
    title: Words
    rules: Mapping[str, Rule]
    forms: tuple[str, ...] = ()
    place: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a test says of one place in an entry where its rule does not hold, or nobody can tell.

    ``spots`` are the fields that took part, the one to look at first. ``severity`` is given where it is
    milder than the rule's own; ``why`` where the answer is «cannot tell»; ``holes`` are more words for the text. What
    is ``sure`` holds though recovery was not sure of the field: a date that is none is why it was not.
    """

    spots: tuple[Spot, ...]
    expected: str = ""
    found: str = ""
    sum: str = ""
    answer: str = FAILS
    item: str = ""
    severity: str = ""
    why: Words | None = None
    holes: tuple[tuple[str, str], ...] = ()
    sure: bool = False


Test = Callable[[Rule, Filled], Iterator[Answer]]
