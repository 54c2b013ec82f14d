"""By how much two contents differ: amounts with their unit, rates, days, the parts of a target."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from xltool.diff.matching import text_of_content
from xltool.diff.tree import Content, Mark, Node
from xltool.diff.wording import said
from xltool.figures import UNITS, written
from xltool.form import Field, Form
from xltool.values import OPERATOR_START, Value, normal, shortest

TEN_THOUSAND = UNITS["万元"]


def shown(content: Content, one: Field | None) -> str:
    """A content as people write it: money with thousands separators, a rate as percent; empty for nothing."""
    number = _number(content)
    if number is None or isinstance(content, Value):
        return _target(content) if isinstance(content, Value) else text_of_content(content)
    return written(number, one.type if one else "")


def _target(value: Value) -> str:
    """A target as people read it, with its sign and unit where these stand in cells of their own."""
    text = value.text or ""
    sign = "" if not value.operator or text[:1] in OPERATOR_START else value.operator
    unit = "" if not value.unit or normal(value.unit) in normal(text) else value.unit
    return " ".join(part for part in (value.kind, f"{sign}{text}{unit}") if part)


def _signed(number: Decimal, kind: str) -> str:
    return ("+" if number > 0 else "") + written(number, kind)


def _number(content: Content) -> Decimal | None:
    if isinstance(content, Value):
        return content.value
    return Decimal(content) if isinstance(content, int | Decimal) else None


def amount_notes(one: Field, old: Content, new: Content, before: Node | None, after: Node | None, form: Form, language: str | None) -> Iterator[str]:
    """What there is to say of a change besides what stood and what stands there; ``before`` and ``after`` are the entries."""
    if isinstance(old, Value) and isinstance(new, Value):
        yield from _targets(old, new, language)
    elif one.type == "date":
        yield from _days(old, new, language)
    elif one.type in ("money", "number", "percent") and not isinstance(old, Mark) and not isinstance(new, Mark):
        units = [_unit(node, form) for node in (before, after)]
        yield from _amounts(old, new, one.type, units if one.type == "money" else ["", ""], language)


def _unit(node: Node | None, form: Form) -> str:
    """The unit that a form states its money in: the value of the field that is left out of JSON when it is usual (元)."""
    for one in form.scalars:
        if one.absent in UNITS:
            found = node.contents.get(one.path) if node else None
            return found if isinstance(found, str) else one.absent
    return next((one.unit for one in form.scalars if one.type == "money" and one.unit in UNITS), "")


def _amounts(old: Content, new: Content, kind: str, units: list[str], language: str | None) -> Iterator[str]:
    was, now = _number(old), _number(new)
    if was is None or now is None:
        return
    if units[0] != units[1] and units[0] in UNITS and units[1] in UNITS:
        was, now = was * UNITS[units[0]], now * UNITS[units[1]]
        if was == now:
            yield said("same-amount", language, old=units[0], new=units[1])
        else:
            yield said("in-unit", language, unit="元", difference=_signed(shortest(now - was), kind))
        return
    percent = f"{(now - was) / abs(was) * 100:+.1f}" if was and kind == "money" else ""
    # What rounds to nothing of it says nothing.
    share = f"（{percent}%）" if percent.strip("+-0.") else ""
    yield _signed(shortest(now - was), kind) + share
    if was and kind == "money" and TEN_THOUSAND in (now / was, was / now if now else 0):
        yield said("ten-thousand", language)


def _targets(old: Value, new: Value, language: str | None) -> Iterator[str]:
    parts = [(name, getattr(old, key), getattr(new, key)) for name, key in (("kind", "kind"), ("sign", "operator"), ("unit", "unit"))]
    differing = [(name, was, now) for name, was, now in parts if was != now]
    same_number = old.value == new.value
    if old.value is not None and new.value is not None:
        if old.unit in UNITS and new.unit in UNITS and old.unit != new.unit and old.value * UNITS[old.unit] == new.value * UNITS[new.unit]:
            yield said("same-amount", language, old=old.unit, new=new.unit)
            return
        if same_number and not differing:
            yield said("written", language)
        elif not same_number and (old.unit == new.unit or not old.unit or not new.unit):
            yield _signed(shortest(new.value - old.value), "number") + (new.unit or "" if old.unit == new.unit else "")
    if old.value is None and new.value is None and not differing:
        return
    nothing = said("nothing", language)
    for name, was, now in differing:
        yield said(name, language, old=was or nothing, new=now or nothing)


def _days(old: Content, new: Content, language: str | None) -> Iterator[str]:
    if isinstance(old, str) and isinstance(new, str):
        try:
            yield said("days", language, days=(date.fromisoformat(new) - date.fromisoformat(old)).days)
        except ValueError:
            # A date that is no full day stays as printed.
            return
