"""Invented filings of any known form, from its mapping alone; the same seed gives the same filing."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from tests.damage import values as quantities
from tests.damage import vocabulary as words
from tests.damage.forms import FORMS as DAMAGED
from tests.damage.forms import bureau, goal, money, name, random_filing, shares
from xltool.canonical import complete, from_json, has_parts, to_json
from xltool.filing import Entry, Filing, Item, Scalar, Section
from xltool.form import Field, Form
from xltool.values import Value, parse_target

NATURAL = {
    "project.name": words.PROJECTS,
    "project.nature": words.NATURES,
    "project.category": words.CATEGORIES,
    "project.period": ("2024年—2026年", "1年", "长期"),
    "goals.project_period": ("2024年—2026年", "2025年—2027年"),
    "report_number": ("510100_0013zp", "510681_0013zp"),
    "signatures.project": ("王敏", "欧阳文远", "李云"),
    "signatures.finance": ("陈静", "赵一鸣"),
}
"""What suits a path that several official forms share; a path that is not here is filled by its type. What a blank
holds from the start is none of it: a field that keeps that was not filled."""

EXECUTION = Decimal(10)
"""The usual weight of the rate of execution."""


def filing(form: Form, seed: int, forms: Mapping[str, Form], count: int = 2) -> Filing:
    """A filing of ``count`` entries, in its normal form: what its own JSON says."""
    if form.id in DAMAGED:
        made: dict[str, Any] = json.loads(json.dumps(random_filing(seed, form.id, count)), parse_float=Decimal)
        return from_json(made, forms)
    rng = random.Random(f"fidelity:{form.id}:{seed}")
    who = bureau(rng)
    title = f"{who.unit}{who.year}年度{rng.choice(form.sections)}" if form.sections and rng.random() < 0.5 else None
    drawn = Section(title, tuple(_entry(rng, form, who.department, who.unit, who.year) for _ in range(count)))
    return from_json(to_json(Filing((drawn,)), forms), forms)


def _entry(rng: random.Random, form: Form, department: str, unit: str, year: int) -> Entry:
    style = rng.choice(("plain", "plain", "items", "lines"))
    found: dict[str, Scalar] = {"year": year, "project.department": department, "project.unit": unit}
    for one in form.scalars:
        if one.path not in found:
            found[one.path] = _scalar(rng, one, style)
    for total, parts in ((form.fields[one.total], [form.fields[part] for part in one.parts]) for one in form.sums if not any(form.fields[each].list for each in (one.total, *one.parts))):
        amounts = [found[part.path] for part in parts]
        found[total.path] = sum((amount for amount in amounts if isinstance(amount, Decimal)), Decimal(0))
    for names in form.together:
        if rng.random() < 0.2 and all(found[form.fields[other].path] is not None for other in names):
            found |= {form.fields[other].path: None for other in names}
            break
    _rates(form, found)
    lists = {name: _items(rng, form, name) for name in form.lists}
    _totals(form, found, lists)
    marks = {path: rng.choice(("—", "/")) for path in _empty_numbers(form, found) if rng.random() < 0.3}
    return complete(form, found, lists, marks)


def _scalar(rng: random.Random, one: Field, style: str) -> Scalar:
    if one.choices:
        return rng.choice([choice for choice in one.choices if choice != one.absent] + [None])
    if one.path in NATURAL:
        return rng.choice(NATURAL[one.path])
    match one.type:
        case "money":
            return rng.choice((Decimal(0), money(rng), money(rng), money(rng) / 10000, None))
        case "number":
            return Decimal(rng.choice((10, 10, 90, 100)))
        case "percent":
            return Decimal(rng.randint(0, 10000)) / 10000
        case "date":
            return f"2024-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
        case "year":
            return rng.randint(2015, 2026)
        case "paragraphs":
            return rng.choice((None, *[goal(rng, "", style, rng.choice((20, 60, 150, 300)))] * 6))
    return rng.choice(words.PROSE[:2])


def _rates(form: Form, found: dict[str, Scalar]) -> None:
    """A rate is what was spent of the budget that stands directly left of it; one above 1 or of nothing is empty."""
    for one in (field for field in form.scalars if field.type == "percent"):
        row = one.path.rpartition(".")[0]
        left = [field.path for field in form.scalars if field.type == "money" and field.path.rpartition(".")[0] == row][-2:]
        budget, spent = (found.get(path) for path in left) if len(left) == 2 else (None, None)
        whole = isinstance(budget, Decimal) and isinstance(spent, Decimal) and budget != 0
        found[one.path] = (Decimal(str(spent)) / Decimal(str(budget))).quantize(Decimal("0.0001")) if whole else None


def _totals(form: Form, found: dict[str, Scalar], lists: Mapping[str, Sequence[Item]]) -> None:
    """The rate of execution has its usual weight and the score it earns; a list's weights and scores make the total with them."""
    weights, scores, rates = (_paths(form, role) for role in ("execution_weight", "execution_score", "execution_rate"))
    found |= dict.fromkeys(weights, EXECUTION)
    for path, rate in zip(scores, (found[rate] for rate in rates), strict=False):
        found[path] = (min(rate, Decimal(1)) * EXECUTION).quantize(Decimal("0.01")) if isinstance(rate, Decimal) else None
    for role, beside in (("weight", weights), ("score", scores)):
        rows = [item[form.fields[name].path] for name in form.roles.get(role, ()) for item in lists[form.fields[name].list]]
        numbers = [number for number in (*rows, *(found[path] for path in beside)) if isinstance(number, Decimal)]
        found |= dict.fromkeys(_paths(form, f"total_{role}"), sum(numbers, Decimal(0)))


def _paths(form: Form, role: str) -> list[str]:
    return [form.fields[name].path for name in form.roles.get(role, ())]


def _empty_numbers(form: Form, found: Mapping[str, Scalar]) -> Iterator[str]:
    for one in form.scalars:
        if one.type in ("money", "number") and found[one.path] is None:
            yield one.path


def _items(rng: random.Random, form: Form, of: str) -> list[Item]:
    fields = [form.fields[each] for each in form.lists[of].fields if form.fields[each].type not in ("operator", "unit")]
    placed = list(_rows(rng, form))
    weights = shares(rng, max(90, len(placed)), len(placed))
    weighted = rng.random() < 0.5
    items: list[Item] = []
    for (level1, level2, title), weight in zip(placed, weights, strict=True):
        short = rng.random() < 0.3
        whole = Decimal(sum(other for (first, _, _), other in zip(placed, weights, strict=True) if first == level1))
        known: dict[str, Scalar] = {
            "level1": level1, "level2": level2, "name": title, "weight": Decimal(weight),
            "level1_weight": whole if weighted else None,
            "score": max(Decimal(0), Decimal(weight) - Decimal(rng.randint(1, 9)) / 2) if short else Decimal(weight),
            "reason": rng.choice(words.REASONS) if short else None,
        }  # fmt: skip
        known["target"], known["actual"] = _pair(rng, form, fields, level2, title, short)
        items.append({one.path: known.get(one.path) for one in fields})
    return items


def _rows(rng: random.Random, form: Form) -> Iterator[tuple[str, str, str]]:
    """Levels and name of each row, in the order of the taxonomy; every level one has a row."""
    for level1, level2s in form.taxonomy.children.items():
        counts = [rng.choice((0, 1, 1, 1, 2, 2, 3)) for _ in level2s]
        counts[rng.randrange(len(counts))] += 0 if any(counts) else 1
        for level2, count in zip(level2s, counts, strict=True):
            for _ in range(count):
                yield level1, level2, name(rng, level2)


def _pair(rng: random.Random, form: Form, fields: list[Field], level2: str, title: str, short: bool) -> tuple[Value, Value]:
    target, actual = (parse_target(each["text"], form.units) for each in quantities.pair(rng, level2, title, short))
    if not any(one.path == "target" and has_parts(form, one) for one in fields):
        return target, actual
    if target.value is None:
        return Value(target.text, kind="定性"), actual
    digits = "".join(mark for mark in target.text or "" if mark in "0123456789.")
    return Value(digits, target.operator, target.value, target.unit), actual
