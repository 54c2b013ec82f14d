"""The tests that a profile can name, each with what it is told and the words that it gives to a rule's text.

They are a fixed set: a profile says which, about which roles, with which numbers, and no more. Nothing in
a profile is ever run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from xltool.check import amounts, comparing, copies, days, levels, scores, wording
from xltool.check.finding import SEVERITIES
from xltool.check.rule import Test

ROLE, ROLES, NUMBER, PLACES, WORDS, NUMBERS = "role", "roles", "number", "places", "words", "numbers"
BY_ROLE, BY_UNIT, BY_NUMBER = "numbers by role", "numbers by unit", "numbers by number"
EVERY = ("caption", "item", "expected", "found", "sum")
"""The words that every test gives to a rule's text."""


@dataclass(frozen=True, slots=True)
class Operator:
    """One test. ``takes`` names its settings and their kinds (a tuple: one of these words), ``needs`` those that must be there."""

    run: Test
    takes: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    holes: tuple[str, ...] = ()


_SIGNS = tuple(comparing.SIGNS)
_ROW: dict[str, str | tuple[str, ...]] = {"levels": WORDS, "not-levels": WORDS, "names": WORDS, "name-ends": WORDS, "except": WORDS}
_VALUE: dict[str, str | tuple[str, ...]] = {"is": ("quantity", "words"), "signs": WORDS, "units": WORDS, "not-units": WORDS, "above": NUMBER, "below": NUMBER, "at": NUMBER, "without": WORDS}
_FAULTS = ("full", "above", "below", "deducted", "boundary", "exceeded", "cannot-tell")

OPERATORS: Mapping[str, Operator] = MappingProxyType(
    {
        "parts-add-up": Operator(amounts.parts_add_up, {"tolerance": BY_UNIT}, holes=("difference", "parts")),
        "amount-in-text": Operator(amounts.amount_in_text, {"texts": ROLES, "amounts": ROLES}, ("texts", "amounts")),
        "amount-unit": Operator(amounts.amount_unit, {"roles": ROLES, "least": BY_UNIT, "most": BY_UNIT}, ("roles",), ("unit",)),
        "compare": Operator(comparing.compare, {"left": ROLE, "sign": _SIGNS, "right": ROLE, "number": NUMBER}, ("left", "sign"), ("other", "limit")),
        "total": Operator(comparing.total, {"of": ROLE, "number": NUMBER, "at": ROLE, "parts": ROLES, "tolerance": NUMBER, "upwards": SEVERITIES}, ("parts",), ("difference",)),
        "quotient": Operator(comparing.quotient, {"of": ROLE, "dividend": ROLE, "divisor": ROLE, "not-by": ROLE, "decimals": PLACES}, ("of", "dividend", "divisor")),
        "product": Operator(comparing.product, {"of": ROLE, "factors": ROLES, "most": BY_ROLE, "dividend": ROLE, "divisor": ROLE, "decimals": PLACES, "upwards": SEVERITIES}, ("of", "factors")),
        "filled-in": Operator(wording.filled_in, {"roles": ROLES, "which": ("all", "first", "others"), "when": ("always", "several years"), "declared": ("yes", "no"), "others": ROLES, "none": WORDS, "none-of": WORDS}),
        "has-rows": Operator(wording.has_rows),
        "left-over": Operator(wording.left_over, {"roles": ROLES, "whole": WORDS, "parts": WORDS, "numbered": WORDS}, ("roles",), ("word",)),
        "repeated": Operator(wording.repeated, {"roles": ROLES}, ("roles",), ("first", "this")),
        "copied": Operator(copies.copied, holes=("first", "this")),
        "targets": Operator(wording.targets, {"role": ROLE, **_ROW, **_VALUE, "verbs": WORDS, "adverbs": WORDS}),
        "share-of-quantities": Operator(wording.share_of_quantities, {"least": NUMBER}, ("least",)),
        "taxonomy": Operator(levels.taxonomy, {"fault": ("unknown", "misplaced"), "alike": WORDS}, ("fault",), ("level1", "level2")),
        "coverage": Operator(levels.coverage, {"levels": WORDS, "since": NUMBER}, ("levels",), ("level1",)),
        "printed-level-weights": Operator(levels.printed_level_weights, holes=("level1",)),
        "usual-level-weights": Operator(levels.usual_level_weights, {"weights": NUMBERS}, holes=("level1",)),
        "year-within": Operator(days.year_within),
        "no-such-day": Operator(days.no_such_day, {"roles": ROLES}, ("roles",)),
        "no-full-day": Operator(days.no_full_day, {"roles": ROLES}, ("roles",)),
        "days-within": Operator(days.days_within, {"levels": WORDS, "roles": ROLES}, ("levels", "roles")),
        "score": Operator(scores.score, {"fault": _FAULTS, "cost": WORDS, "not-cost": WORDS, "met": WORDS}, ("fault",), ("target", "actual", "weight")),
        "tiers": Operator(scores.tiers, {"most": NUMBERS, "least": NUMBERS}, ("most",), ("actual", "weight")),
        "reason-missing": Operator(scores.reason_missing, {"none": WORDS}, holes=("score", "weight")),
        "reason-idle": Operator(scores.reason_idle, {"none": WORDS, "least": NUMBER}, holes=("weight",)),
        "reason-wanted": Operator(scores.reason_wanted, {"reason": ROLE, "of": ROLE, "below": NUMBER, "differs": ROLE, "none": WORDS}, ("reason", "of")),
        "over-achieved": Operator(scores.over_achieved, {"least": NUMBER, "cost": WORDS, "not-cost": WORDS, "none": WORDS}, ("least",), ("target", "actual")),
        "grade": Operator(scores.grade, {"least": NUMBERS, "before": WORDS}, ("least",), ("score",)),
        "caps": Operator(scores.caps, {"most": BY_NUMBER}, ("most",), ("rate",)),
    }
)
