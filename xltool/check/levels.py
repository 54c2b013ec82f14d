"""Tests of the levels: names that the taxonomy knows, level ones that must be there, weights of level ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from xltool.check.filled import Filled, Row, Spot
from xltool.check.finding import UNKNOWN
from xltool.check.printing import added, told
from xltool.check.rule import Answer, Rule
from xltool.figures import written
from xltool.form import Taxonomy
from xltool.values import caption_key

_BRACKETS = re.compile(r"\([^()]{0,20}\)")
_ENDS = ("绩效指标", "指标")


@lru_cache(maxsize=4096)
def level_key(name: str) -> str:
    """What a level's name is known by: without 指标 at its end and without a weight in brackets (``产出指标(50分)``)."""
    key = _BRACKETS.sub("", caption_key(name))
    return next((key.removesuffix(end) for end in _ENDS if key.endswith(end) and key != end), key)


class _Taxonomy:
    """A form's level names by key; ``alike`` are words that make a level two the one whose name holds them too (满意度)."""

    def __init__(self, known: Taxonomy, alike: tuple[str, ...]) -> None:
        self.aliases = {level_key(name): level_key(other) for name, other in known.aliases.items()}
        self.children = {level_key(name): tuple(map(level_key, below)) for name, below in known.children.items()}
        self.names = {level_key(name): name for name in (*known.children, *(two for below in known.children.values() for two in below))}
        self.alike = alike
        self.above: dict[str, tuple[str, ...]] = {}

    def key(self, name: str) -> str:
        found = level_key(name)
        return self.aliases.get(found, found)

    def parents(self, level2: str) -> tuple[str, ...]:
        """The level ones that a level two may stand under; empty where it is not known."""
        key = self.key(level2)
        if key not in self.above:
            shared = [word for word in self.alike if word in key]
            self.above[key] = tuple(one for one, below in self.children.items() if key in below or any(word in two for word in shared for two in below))
        return self.above[key]


def taxonomy(rule: Rule, filled: Filled) -> Iterator[Answer]:
    """A level that the form's taxonomy does not know (``fault: unknown``), or a level two under a wrong level one (``misplaced``)."""
    known = _Taxonomy(filled.form.taxonomy, rule.words("alike"))
    if not known.children:
        return
    unknown = rule.word("fault") == "unknown"
    for row in filled.rows:
        one, two = row.get("level1"), row.get("level2")
        if unknown:
            yield from _unknown(known, row)
        elif one and two and not two.blank and (right := known.parents(two.text)) and known.key(one.text) in known.children and known.key(one.text) not in right:
            expected = " / ".join(known.names[key] for key in right)
            yield Answer((two, one), expected, one.text, item=row.name, holes=(("level2", two.text), ("level1", one.text)))


def _unknown(known: _Taxonomy, row: Row) -> Iterator[Answer]:
    one, two = row.get("level1"), row.get("level2")
    if one and not one.blank and known.key(one.text) not in known.children:
        yield Answer((one,), " / ".join(known.names[key] for key in known.children), one.text, item=row.name)
    if two and not two.blank and not known.parents(two.text):
        wanted = known.children.get(known.key(one.text), ()) if one else ()
        yield Answer((two,), " / ".join(known.names[key] for key in wanted), two.text, item=row.name)


def coverage(rule: Rule, filled: Filled) -> Iterator[Answer]:
    """A level one (``levels``) of the form's taxonomy under which no indicator stands, in each list that holds any.

    Before the year ``since`` none is asked for.
    """
    year, since = filled.one("year"), rule.number("since")
    if not filled.has("level1") or (since is not None and year and year.number is not None and year.number < since):
        return
    known = _Taxonomy(filled.form.taxonomy, ())
    for listed in dict.fromkeys(row.list for row in filled.rows):
        column = [spot for row in filled.rows if row.list == listed and (spot := row.get("level1"))]
        there = {known.key(spot.text) for spot in column}
        for name in rule.words("levels"):
            if column and (key := level_key(name)) in known.children and key not in there:
                found = "、".join(dict.fromkeys(spot.text for spot in column))
                yield Answer((column[0],), known.names[key], found, holes=(("level1", known.names[key]),))


def printed_level_weights(rule: Rule, filled: Filled) -> Iterator[Answer]:
    """A level one whose printed weight, ``产出指标（50分）``, is not the sum of the weights of its indicators."""
    for rows in _by_level(filled).values():
        printed = next((spot for row in rows if (spot := row.get("level1_weight")) and spot.number is not None), None)
        if printed is not None and printed.number is not None:
            yield from _weighed(printed, printed.number, rows)


def usual_level_weights(rule: Rule, filled: Filled) -> Iterator[Answer]:
    """Level ones whose weights do not add up to the number that is usual: that of the rule, else of the form's mapping.

    ``效益指标+满意度指标`` asks for both together.
    """
    usual: Mapping[str, Decimal] = rule.numbers("weights") or filled.form.taxonomy.weights
    by_level = _by_level(filled)
    for names, number in usual.items():
        rows = [row for name in names.split("+") for row in by_level.get(level_key(name), [])]
        if rows:
            yield from _weighed(rows[0].spots["level1"], number, rows)


def _by_level(filled: Filled) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in filled.rows:
        if (one := row.get("level1")) and row.get("weight") and not one.blank:
            found.setdefault(level_key(one.text), []).append(row)
    return found


def _weighed(spot: Spot, wanted: Decimal, rows: list[Row]) -> Iterator[Answer]:
    weights = [weight for row in rows if (weight := row.get("weight"))]
    added_up = sum((one.number for one in weights if one.number is not None), Decimal())
    if added_up == wanted:
        return
    level = "、".join(dict.fromkeys(row.spots["level1"].text for row in rows))
    answer = Answer((spot, *weights), written(wanted), written(added_up), added(weights, added_up), holes=(("level1", level),))
    if added_up < wanted and any(one.number is None for one in weights):
        answer = replace(answer, answer=UNKNOWN, why=told("check-blank", what=weights[0].caption))
    yield answer
