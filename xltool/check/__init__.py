"""审核: what is wrong in a filing, by the rules of a profile.

    for finding in xltool.check(filing):
        print(finding.severity, finding.path, finding.what.text())

The package answers a call like the function in it, so that ``xltool.check(filing)`` holds whether or not one of its
modules was imported before.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from decimal import localcontext
from types import ModuleType
from typing import Any

from xltool import library
from xltool.check import waivers as waiving
from xltool.check.copies import twins
from xltool.check.filled import Filled, Spot
from xltool.check.finding import (
    ERROR,
    FAILS,
    HINT,
    SEVERITIES,
    UNKNOWN,
    WARNING,
    Finding,
    Words,
    counted,
    worst,
)
from xltool.check.operators import OPERATORS
from xltool.check.printing import PRECISION, told
from xltool.check.profiles import Profiles, named, profiles, usual
from xltool.check.rule import Answer, Profile, Rule
from xltool.check.waivers import Waiver
from xltool.filing import Filing
from xltool.form import Form

__all__ = ["ERROR", "FAILS", "HINT", "SEVERITIES", "UNKNOWN", "WARNING", "Finding", "Profile", "Rule", "Waiver", "Words", "check", "counted", "named", "profiles", "usual", "worst"]  # fmt: skip


def check(
    filing: Filing,
    forms: Mapping[str, Form] | None = None,
    profile: Profile | str | None = None,
    waivers: Iterable[Waiver] = (),
    mappings: Sequence[str] = (),
) -> tuple[Finding, ...]:
    """What is wrong in a filing: form by form, in each by the order of its fields, then by that of the rules.

    ``forms`` are those that are known, ``mappings`` folders with more of them and of profiles. Without a ``profile`` (or its
    name) each form is checked by the one that is usual for it, else by the national one. Findings that a waiver accepts
    carry its reason and do not count.

    Raises:
        ProblemError: where there is no such profile, or one has faults.
    """
    folders = tuple(mappings)
    forms = forms or library.forms(folders)
    chosen = named(profile, folders) if isinstance(profile, str) else profile
    known: Profiles = {} if chosen else profiles(folders)
    found = []
    with localcontext(prec=PRECISION):
        every = [Filled(entry, forms[entry.form], index) for index, entry in enumerate(filing.entries)]
        twins(every)
        for filled in every:
            found.extend(_entry(filled, chosen or usual(filled.form.id, known)))
    return tuple(waiving.apply(found, tuple(waivers)))


def _entry(filled: Filled, profile: Profile) -> list[Finding]:
    """The findings of one entry, in the order in which its fields are read."""
    order = {field.path: number for number, field in enumerate(filled.form.fields.values()) if not field.list}
    found = [_finding(rule, filled, answer) for rule in profile.rules.values() for answer in OPERATORS[rule.test].run(rule, filled)]
    said = {(one.rule, one.path): SEVERITIES.index(one.severity) for one in found if one.answer == FAILS}
    # What is graver is said all the same.
    kept = [one for one in found if not any(said.get((name, one.path), len(SEVERITIES)) <= SEVERITIES.index(one.severity) for name in profile.rules[one.rule].unless)]
    # That nobody can tell, for the same reason, is said once.
    unclear = {(one.rule, one.path, one.what) for one in kept if one.answer == UNKNOWN}
    kept = [one for one in kept if one.answer != UNKNOWN or not any((name, one.path, one.what) in unclear for name in profile.rules[one.rule].unless)]
    return sorted(kept, key=lambda one: _read_at(one.path, filled, order))


def _read_at(path: str, filled: Filled, order: Mapping[str, int]) -> tuple[int, int, int]:
    """Where a path is read: fields before the lists that stand below them, rows from the top."""
    name, _, rest = path.partition("[")
    if name in order:
        return order[name], -1, 0
    if name not in filled.form.lists:
        return len(order), 0, 0
    fields = list(filled.form.fields.values())
    first = next(at for at, field in enumerate(fields) if field.list == name)
    inner = rest.partition("].")[2]
    column = next((at for at, field in enumerate(fields) if field.list == name and field.path == inner), 0)
    return first, int(rest.partition("]")[0] or -1), column


def _finding(rule: Rule, filled: Filled, answer: Answer) -> Finding:
    first = answer.spots[0]
    doubted = [spot for spot in answer.spots if spot.doubted and not answer.sure]
    why = answer.why or (_not_sure(doubted) if doubted else None)
    holes = {"caption": first.caption, "item": answer.item, "expected": answer.expected, "found": answer.found, "sum": answer.sum, **dict(answer.holes)}
    what, do = (why, told("check-look")) if why else (_filled(rule.what, holes, rule), _with_reason(_filled(rule.do, holes, rule), rule, answer))
    return Finding(
        rule=rule.id, severity=answer.severity or rule.severity, answer=UNKNOWN if why else answer.answer, entry=filled.index,
        form=filled.form.id, project=filled.project, path=first.path, paths=tuple(dict.fromkeys(spot.path for spot in answer.spots)),
        caption=first.caption, item=answer.item, expected=answer.expected, found=answer.found, sum=answer.sum, what=what, do=do,
    )  # fmt: skip


def _not_sure(doubted: Sequence[Spot]) -> Words:
    """That recovery was not sure of some fields, and why of the first."""
    what = "、".join(dict.fromkeys(spot.caption for spot in doubted))
    return told("check-doubted", what=what, why=doubted[0].doubt)


def _with_reason(do: Words, rule: Rule, answer: Answer) -> Words:
    """What to do, and why the finding is milder than its rule."""
    if not answer.severity or answer.severity == rule.severity or rule.because is None:
        return do
    return Words(f"{do.zh}（{rule.because.zh}）", f"{do.en} ({rule.because.en})")


def _filled(words: Words, holes: Mapping[str, str], rule: Rule) -> Words:
    every = dict.fromkeys(OPERATORS[rule.test].holes, "") | dict(holes)
    return Words(words.zh.format_map(every), words.en.format_map(every))


class _Callable(ModuleType):
    """This package, called: ``xltool.check(filing)``."""

    def __call__(self, *arguments: Any, **named_arguments: Any) -> tuple[Finding, ...]:
        return check(*arguments, **named_arguments)


sys.modules[__name__].__class__ = _Callable
