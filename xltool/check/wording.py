"""Tests of what is filled in: nothing left blank, nothing left of the template, no row twice, targets that can be measured."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    for row in filled.rows:
        if _any(row):
            blank = [spot for role in roles if (spot := row.get(role)) and spot.blank and not spot.mark]
            yield from (Answer((spot,), found=spot.text or spot.mark, item=row.name) for spot in blank if not _says_none(rule, row, spot))


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


def _any(row: Row) -> bool:
    return any(not spot.blank for spot in row.spots.values())


def has_rows(rule: Rule, filled: Filled) -> Iterator[Answer]:
    """A form in whose list of indicators none stands; of two lists the one that the mapping names first, this year's, is meant."""
    names = filled.form.roles.get("indicator", ())
    if not names:
        return
    field = filled.form.fields[names[0]]
    if not any(_any(row) for row in filled.rows if row.list == field.list):
        yield Answer((Spot(field.list, field, filled.captions[field.name]),))


def left_over(rule: Rule, filled: Filled) -> Iterator[Answer]:
    """A text of one of the ``roles`` that is one of ``whole``, holds one of ``parts``, or is one of ``numbered`` and a number (指标1)."""
    parts, numbered = rule.words("parts"), _normals(rule.words("numbered"))
    whole = {normal(word): word for word in reversed(rule.words("whole"))}
    keys = list(zip(_normals(parts), parts, strict=True))
    for spot, item in _texts(rule.words("roles"), filled):
        text = normal(spot.text)
        found = whole.get(text, "")
        found = found or next((word for key, word in keys if key in text), "")
        found = found or next((text for key in numbered if text.startswith(key) and text.removeprefix(key).isdecimal()), "")
        if text and found:
            yield Answer((spot,), found=_around(spot.text, found), item=item, holes=(("word", found),))


def _texts(roles: tuple[str, ...], filled: Filled) -> Iterator[tuple[Spot, str]]:
    for role in roles:
        yield from ((spot, "") for spot in filled.all(role))
    for row in filled.rows:
        yield from ((spot, row.name) for role in roles if (spot := row.get(role)))


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
    role_, rows = rule.word("role") or "target", _rows_of(rule)
    for row in filled.rows:
        spot = row.spots.get(role_)
        if spot is not None and not spot.blank and rows.fit(row) and _value_fits(rule, row.quantity(role_)):
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
        name = normal(row.name)
        if (self.names and not _hold([name], self.names)) or (self.ends and not name.endswith(self.ends)):
            return False
        return not _hold([name], self.never)


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


def _value_fits(rule: Rule, value: Value) -> bool:
    kind = rule.word("is")
    if (kind == "quantity" and value.value is None) or (kind == "words" and value.value is not None):
        return False
    if (signs := rule.words("signs")) and (value.operator or "none") not in signs:
        return False
    unit = normal(value.unit or "") or "none"
    if ((units := rule.words("units")) and unit not in units) or unit in rule.words("not-units"):
        return False
    if (without := rule.words("without")) and _hold([normal(value.text or "")], without):
        return False
    return _number_fits(rule, value.value) and _text_fits(rule, value)


def _number_fits(rule: Rule, number: Decimal | None) -> bool:
    above, below, at = rule.number("above"), rule.number("below"), rule.number("at")
    if above is below is at is None:
        return True
    return number is not None and (above is None or number > above) and (below is None or number < below) and (at is None or number == at)


def _text_fits(rule: Rule, value: Value) -> bool:
    """True where the text is one of ``verbs``, perhaps behind some of ``adverbs`` (逐步提高), or where neither is asked for."""
    verbs = rule.words("verbs")
    if not verbs:
        return True
    text = normal(value.text or "")
    for _ in range(2):
        text = next((text.removeprefix(word) for word in rule.words("adverbs") if text.startswith(word) and text != word), text)
    return text in verbs


def share_of_quantities(rule: Rule, filled: Filled) -> Iterator[Answer]:
    """A form of which less than the share ``least`` of the targets are quantities."""
    targets = [spot for spot in filled.column("target") if not spot.blank]
    count = sum(measurable(spot.quantity, spot.units) for spot in targets)
    least = rule.number("least") or Decimal()
    if targets and Decimal(count) / len(targets) < least:
        share = written((Decimal(count) / len(targets)).quantize(Decimal("0.01")), "percent")
        yield Answer((targets[0],), f"≥ {written(least, 'percent')}", share, f"{count} ÷ {len(targets)} = {share}")
