"""Invented filings of a size: forms of about 60 rows, each different from the others."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from tests.damage.forms import random_filing
from tests.damage.printing import print_filing
from tests.damage.vocabulary import DECLARATION, EVALUATION
from xltool.canonical import from_json
from xltool.filing import Filing
from xltool.form import Form

INDICATORS = 46
"""A form of so many indicators has about 60 rows."""


def filing(forms: int, known: Mapping[str, Form], indicators: int = INDICATORS, seed: int = 0) -> Filing:
    """A filing of so many entries, declarations and self-evaluations in turn, each of as many indicators."""
    seeds = range(seed * forms, (seed + 1) * forms)
    made = [_entry((DECLARATION, EVALUATION)[number % 2], number, indicators) for number in seeds]
    document = {"schema": "xltool/1", "sections": [{"title": "青禾市2025年度项目绩效汇总表", "forms": made}]}
    return from_json(json.loads(json.dumps(document, default=str), parse_float=Decimal), known)


def text(forms: int, kind: str = "stream") -> str:
    """The text of one document of so many declarations, printed through a kind of damage."""
    return print_filing(random_filing(7, DECLARATION, forms), kind, 7)


def _entry(form: str, seed: int, indicators: int) -> dict[str, Any]:
    """A random entry whose list has as many items as asked, in the order of its levels."""
    entry: dict[str, Any] = random_filing(seed, form, 1)["sections"][0]["forms"][0]
    levels = list(dict.fromkeys(item["level1"] for item in entry["indicators"]))
    items = list(_items(form, seed, indicators))
    order = {level: at for at, level in enumerate(levels)}
    entry["indicators"] = sorted(items, key=lambda item: order.get(item["level1"], len(order)))
    return entry


def _items(form: str, seed: int, wanted: int) -> Iterator[dict[str, Any]]:
    """As many items as wanted, from as many random forms as it takes."""
    rng = random.Random(f"items:{form}:{seed}")
    count = 0
    while count < wanted:
        found = random_filing(rng.randrange(10**9), form, 1)["sections"][0]["forms"][0]["indicators"]
        yield from found[: wanted - count]
        count += len(found)
