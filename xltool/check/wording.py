"""Tests of what is filled in: nothing left blank, nothing left of the template, no row twice, targets that can be measured."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from xltool.check.filled import Filled, Row, Spot
from xltool.check.levels import level_key
from xltool.check.printing import shown
from xltool.check.rule import Answer, Rule
from xltool.figures import written
from xltool.values import Value, normal
from xltool.worded import measurable

_LONG = 30
"""Characters around what is left of a template that a finding shows."""
_YEARS_APART = 4


def filled_in(rule: Rule, filled: Filled) -> Iterator[Answer]:
    """A field of one of the ``roles`` with nothing in it, in every row where it is a list's; ``declared`` asks for what the mapping requires.

    ``which`` says which of a role's fields: the first (this year's goal), the others (the project's), or all.
    ``when: several years`` asks only of projects that do not begin and end in the same year.
    """
    if rule.word("when") == "several years" and not _several_years(filled):
        return
    roles = rule.words("roles")
    asked = {spot.path: spot for role in roles for spot in _which(rule.word("which"), filled.all(role))}
    if rule.word("declared") == "yes":
        own = {spot.path for name in rule.words("others") for spot in filled.all(name)}
        asked |= {spot.path: spot for spot in filled.scalars if spot.field.required and spot.path not in own}
    # A mark (—) says that there is nothing, which is an answer where the mapping does not ask for more.
    yield from (Answer((spot,), found=spot.mark or spot.text) for spot in asked.values() if spot.blank and (spot.field.required or not spot.mark))
    yield from (Answer((spot,), found=spot.text or spot.mark, item=row.name) for row, spot in filled.missing(*roles) if not _says_none(rule, row, spot))


def _says_none(rule: Rule, row: Row, spot: Spot) -> bool:
    """True for 无 where there is to be none: in the row of one of ``none-of`` (事故), or beside a target of 0."""
    if normal(spot.text) not in rule.words("none"):
        return False
    target = row.get("target")
    nought = target is not None and target is not spot and (target.quantity.value == 0 or normal(target.text) in rule.words("none"))
    return nought or any(word in row.name for word in rule.words("none-of"))


def _which(word: str, spots: tuple[Spot, ...]) -> tuple[Spot, ...]:
    return {"first": spots[:1], "others": spots[1:]}.get(word, spots)


def _several_years(filled: Filled) -> bool:
    start, end = filled.one("start"), filled.one("end")
    return bool(start and end and start.text and end.text and start.text[:_YEARS_APART] != end.text[:_YEARS_APART])


def has_rows(rule: Rule, filled: Filled) -> Iterator[Answer]:
    """A form in whose list of indicators none stands; of two lists the one that the mapping names first, this year's, is meant."""
    names = filled.form.roles.get("indicator", ())
    if not names:
        return
    field = filled.form.fields[names[0]]
    if all(row.blank for row in filled.rows if row.list == field.list):
        yield Answer((Spot(field.list, field, filled.captions[field.name]),))


def left_over(rule: Rule, filled: Filled) -> Iterator[Answer]:
    """A text of one of the ``roles`` that is one of ``whole``, holds one of ``parts``, or is one of ``numbered`` and a number (指标1)."""
    words = _Left.of(rule.words("whole"), rule.words("parts"), rule.words("numbered"))
    for spot, item in _texts(rule.words("roles"), filled):
        if spot.text and (found := words.in_text(normal(spot.text))):
            yield Answer((spot,), found=_around(spot.text, found), item=item, holes=(("word", found),))


class _Left(NamedTuple):
    """What may be left of a template, as it is compared and as it is named: whole texts, parts of them, words before a number;
    ``any_part`` finds one of the parts."""

    whole: Mapping[str, str]
    parts: Mapping[str, str]
    numbered: tuple[str, ...]
    any_part: re.Pattern[str]

    @classmethod
    @lru_cache(maxsize=32)
    def of(cls, whole: tuple[str, ...], parts: tuple[str, ...], numbered: tuple[str, ...]) -> _Left:
        """Of words that are alike the first is named."""
        named: dict[str, str] = {}
        held: dict[str, str] = {}
        for words, kept in ((whole, named), (parts, held)):
            for word in words:
                kept.setdefault(normal(word), word)
        return cls(named, held, _normals(numbered), re.compile("|".join(map(re.escape, held)) or r"(?!)"))

    def in_text(self, text: str) -> str:
        """What of it a text is or holds; empty for any other."""
        if found := self.whole.get(text):
            return found
        if self.any_part.search(text):
            return next(word for key, word in self.parts.items() if key in text)
        return text if any(text.removeprefix(key).isdecimal() for key in self.numbered if text.startswith(key)) else ""


def _texts(roles: tuple[str, ...], filled: Filled) -> Iterator[tuple[Spot, str]]:
    for role in roles:
        yield from ((spot, "") for spot in filled.all(role))
    yield from ((spot, row.name) for row, spot in filled.pairs(*roles))


def _around(text: str, word: str) -> str:
    """The word with some of the text around it."""
    text = "".join(text.split())
    if word not in text:
        text = normal(text)
    at = max(text.find(normal(word)), text.find(word), 0)
    first, last = max(at - _LONG // 2, 0), min(at + len(word) + _LONG // 2, len(text))
    return ("…" if first else "") + text[first:last] + ("…" if last < len(text) else "")


def repeated(rule: Rule, filled: Filled) -> Iterator[Answer]:
    """A row that says the same as an earlier one in all ``roles``."""
    seen: dict[tuple[str, ...], Row] = {}
    for row in filled.rows:
        key = (row.list, *(normal(spot.text) for role in rule.words("roles") if (spot := row.get(role))))
        name = row.get("indicator")
        if name is None or name.blank:
            continue
        if key in seen:
            first = seen[key]
            spots = [spot for one in (row, first) if (spot := one.get("indicator"))]
            yield Answer(tuple(spots), found=shown(row.spots["target"]) if "target" in row.spots else "", item=row.name, holes=(("first", str(first.index + 1)), ("this", str(row.index + 1))))
        seen.setdefault(key, row)


def targets(rule: Rule, filled: Filled) -> Iterator[Answer]:
    """A target (or another ``role``) to which everything that the rule names applies: level, name, sign, number, unit, text."""
    rows, values = _rows_of(rule), _values_of(rule)
    for row, spot, value in filled.given(rule.word("role") or "target"):
        if values.fit(value) and rows.fit(row):
            yield Answer((spot, *(row.spots[role] for role in ("indicator",) if role in row.spots)), found=_as_read(spot), item=row.name)


def _as_read(spot: Spot) -> str:
    """The target as people read it, sign and unit from cells of their own included."""
    value = spot.value
    if not isinstance(value, Value) or value.value is None or (value.text and not value.text[:1].isdigit()):
        return spot.text
    unit = value.unit or ""
    return f"{value.operator or ''}{spot.text}{'' if spot.text.endswith((unit, unit + ')', unit + '）')) else unit}"


class _Rows(NamedTuple):
    """Which rows a rule is about, by what their levels and names hold; nothing where it does not ask."""

    levels: tuple[str, ...]
    not_levels: tuple[str, ...]
    names: tuple[str, ...]
    ends: tuple[str, ...]
    never: tuple[str, ...]

    def fit(self, row: Row) -> bool:
        """True for a row that the rule is about."""
        if self.levels or self.not_levels:
            levels = [level_key(spot.text) for role in ("level1", "level2") if (spot := row.spots.get(role))]
            if (self.levels and not _hold(levels, self.levels)) or _hold(levels, self.not_levels):
                return False
        if not (self.names or self.ends or self.never):
            return True
        name = (row.key,)
        if (self.names and not _hold(name, self.names)) or (self.ends and not row.key.endswith(self.ends)):
            return False
        return not _hold(name, self.never)


def _rows_of(rule: Rule) -> _Rows:
    levels, not_levels, *names = (rule.words(name) for name in ("levels", "not-levels", "names", "name-ends", "except"))
    return _Rows(_level_keys(levels), _level_keys(not_levels), *map(_normals, names))


def _hold(texts: Sequence[str], words: Sequence[str]) -> bool:
    """True where one of the texts holds one of the words."""
    for text in texts:
        for word in words:
            if word in text:
                return True
    return False


@lru_cache(maxsize=512)
def _level_keys(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(level_key, words))


@lru_cache(maxsize=512)
def _normals(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(normal, words))


class _Values(NamedTuple):
    """Which targets a rule is about, by kind, sign, unit, number and text; nothing where it does not ask.

    ``verbs`` are what a text may be, perhaps behind some of ``adverbs`` (逐步提高); ``without`` are words that it may not hold.
    """

    kind: str
    signs: tuple[str, ...]
    units: tuple[str, ...]
    not_units: tuple[str, ...]
    without: tuple[str, ...]
    above: Decimal | None
    below: Decimal | None
    at: Decimal | None
    verbs: tuple[str, ...]
    adverbs: tuple[str, ...]

    def fit(self, value: Value) -> bool:
        """True for a target that the rule is about."""
        number = value.value
        if (self.kind == "quantity" and number is None) or (self.kind == "words" and number is not None):
            return False
        if self.signs and (value.operator or "none") not in self.signs:
            return False
        return self._number(number) and self._unit(value.unit) and self._text(value.text)

    def _number(self, number: Decimal | None) -> bool:
        if self.above is self.below is self.at is None:
            return True
        if number is None or (self.above is not None and number <= self.above):
            return False
        return (self.below is None or number < self.below) and (self.at is None or number == self.at)

    def _unit(self, printed: str | None) -> bool:
        if not self.units and not self.not_units:
            return True
        unit = normal(printed or "") or "none"
        return (not self.units or unit in self.units) and unit not in self.not_units

    def _text(self, printed: str | None) -> bool:
        if not self.verbs and not self.without:
            return True
        text = normal(printed or "")
        if _hold((text,), self.without):
            return False
        if not text.startswith(self.adverbs):
            return not self.verbs or text in self.verbs
        for _ in range(2):
            text = next((text.removeprefix(word) for word in self.adverbs if text.startswith(word) and text != word), text)
        return not self.verbs or text in self.verbs


def _values_of(rule: Rule) -> _Values:
    signs, units, not_units, without, verbs, adverbs = (rule.words(name) for name in ("signs", "units", "not-units", "without", "verbs", "adverbs"))
    above, below, at = (rule.number(name) for name in ("above", "below", "at"))
    return _Values(rule.word("is"), signs, units, not_units, without, above, below, at, verbs, adverbs)


def share_of_quantities(rule: Rule, filled: Filled) -> Iterator[Answer]:
    """A form of which less than the share ``least`` of the targets are quantities."""
    targets = [spot for spot in filled.column("target") if not spot.blank]
    count = sum(measurable(spot.quantity, spot.units) for spot in targets)
    least = rule.number("least") or Decimal()
    if targets and Decimal(count) / len(targets) < least:
        share = written((Decimal(count) / len(targets)).quantize(Decimal("0.01")), "percent")
        yield Answer((targets[0],), f"≥ {written(least, 'percent')}", share, f"{count} ÷ {len(targets)} = {share}")
