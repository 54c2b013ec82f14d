"""A finding: one rule that does not hold for one form, or of which nobody can tell, with everything a person needs to see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from xltool.messages import language_of_user

ERROR, WARNING, HINT = "error", "warning", "hint"
SEVERITIES = (ERROR, WARNING, HINT)
"""From the worst to the mildest."""
FAILS, UNKNOWN = "fails", "unknown"
"""A rule has three answers; of one that holds there is no finding."""


@dataclass(frozen=True, slots=True)
class Words:
    """The same words in Chinese and in English."""

    zh: str
    en: str

    def text(self, language: str | None = None) -> str:
        """The words in the user's language, or in the one that is named (``zh``, ``en``)."""
        return self.zh if (language or language_of_user()) == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule found in one entry.

    ``entry`` counts the entries of the filing from 0, in document order. ``path`` is where a person looks
    first (``funding.annual.total``, ``indicators[3].score``, as in the canonical JSON); ``paths`` are all
    the fields that took part, that one first. ``caption`` is what the form prints at that field, ``item``
    the indicator's name where it stands in a list. ``sum`` is the calculation written out, empty where
    there is none. ``accepted`` is the reason of the waiver that accepts the finding.
    """

    rule: str
    severity: str
    answer: str
    entry: int
    form: str
    project: str
    path: str
    paths: tuple[str, ...]
    caption: str
    item: str
    expected: str
    found: str
    sum: str
    what: Words
    do: Words
    accepted: str = ""

    @property
    def counts(self) -> bool:
        """True where the rule fails and nobody has accepted it."""
        return self.answer == FAILS and not self.accepted


def worst(findings: Iterable[Finding]) -> str:
    """The worst severity of those that count; empty where none does."""
    found = {one.severity for one in findings if one.counts}
    return next((severity for severity in SEVERITIES if severity in found), "")


def counted(findings: Iterable[Finding]) -> dict[str, int]:
    """How many of each severity count."""
    kept = [one.severity for one in findings if one.counts]
    return {severity: kept.count(severity) for severity in SEVERITIES}
