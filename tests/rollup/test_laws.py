"""What holds of every rollup, and what one finds in two hundred units with things planted in them."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import xltool
from tests.filings import entries
from tests.rollup.made import Made, Plant, filings
from xltool.figures import UNITS
from xltool.filing import Filing, Section
from xltool.library import forms
from xltool.rollup import Rollup, doubles, rollup, signature, signatures
from xltool.rollup.likeness import likeness
from xltool.rollup.model import MONEY, Signature, Where
from xltool.rollup.signature import paths

FAMILIES = {"target-declaration": "declaration", "self-evaluation": "evaluation"}
filled = st.sampled_from(list(forms().values())).flatmap(entries)


def signed(made: Made) -> list[Signature]:
    return [replace(one, where=replace(one.where, file=name)) for name, filing in made.read(forms()).items() for one in signatures(filing)]


def figures(found: Rollup) -> object:
    """All that must not depend on the order of sources."""
    return ([(one.family, one.year, one.total, one.scores) for one in found.registers], found.relations, found.trees, [row.standing for row in found.rows])


@settings(max_examples=30)
@given(filled)
def test_the_rollup_of_one_form_has_its_amounts(entry):
    form = forms()[entry.form]
    (register,) = rollup([signature(entry, form, Where("a", 1))]).registers
    times = UNITS[entry.values.get("money_unit") or "元"]
    printed = {role: entry.values[path] * times for role in MONEY for path in paths(form, role)[:1] if entry.values[path] is not None}
    assert printed == dict(register.total.net) == dict(register.total.gross)
    assert 1 == register.total.forms == register.total.counted


@settings(max_examples=20)
@given(st.lists(filled, max_size=4), st.randoms())
def test_the_order_of_sources_does_not_matter(made, rng):
    made = [*made, *made[:2]]
    signs = [signature(entry, forms()[entry.form], Where(f"{number}.xlsx", 1)) for number, entry in enumerate(made)]
    turned = rng.sample(signs, len(signs))
    assert figures(rollup(signs)) == figures(rollup(turned))


@settings(max_examples=20)
@given(st.lists(filled, max_size=3), st.lists(filled, max_size=3))
def test_the_rollup_of_disjoint_sets_adds(first, second):
    """Forms of other units have nothing to do with each other."""
    signs = [
        [replace(signature(entry, forms()[entry.form], Where(f"{unit}{number}", 1)), unit_key=unit, department_key=unit) for number, entry in enumerate(made)]
        for unit, made in (("甲", first), ("乙", second))
    ]
    one, other, both = (rollup(each) for each in (*signs, [replace(sign, hash=f"{at}{sign.hash}") for at, each in enumerate(signs) for sign in each]))
    assert added(one, other) == added(both)


def added(*parts: Rollup) -> dict[object, Decimal]:
    found: dict[object, Decimal] = {}
    for register in (register for part in parts for register in part.registers):
        for role, amount in register.total.net.items():
            key = (register.family, register.year, role)
            found[key] = found.get(key, Decimal(0)) + amount
    return found


@pytest.fixture(scope="module")
def planted() -> tuple[Made, Rollup]:
    made = filings(1, 240)
    return made, rollup(signed(made), expected=made.expected)


def found_in(found: Rollup) -> Iterator[Plant]:
    spots = [(row.signature.where.file, row.signature.where.number) for row in found.rows]
    for one in found.relations:
        yield Plant(one.kind, one.certainty, frozenset(spots[row] for row in one.rows), spots[one.head] if one.kind == "parent" else None)


def test_every_plant_is_found_and_nothing_else(planted):
    made, found = planted
    got = set(found_in(found))
    assert (set(), set()) == (made.planted - got, got - made.planted)


def test_totals_equal_an_independent_sum(planted):
    made, found = planted
    gross = {(form, year): sums for (form, year), sums in made.gross.items()}
    for register in found.registers:
        (key,) = [(form, year) for form, year in gross if (FAMILIES[form], year) == (register.family, register.year)]
        assert (made.gross[key], made.net[key]) == (register.total.gross["amount"], register.total.net["amount"])
        assert register.total.gross["amount"] - register.total.eliminated["amount"] == register.total.net["amount"]


def test_missing_repeated_and_unexpected_units_are_named(planted):
    made, found = planted
    assert (made.missing, made.repeated, made.unexpected) == (set(found.expected.missing), set(found.expected.twice), set(found.expected.unexpected))


def test_every_row_stands_in_one_register_and_once_in_the_trees(planted):
    _, found = planted
    assert list(range(len(found.rows))) == sorted(row for register in found.registers for row in register.rows)
    below = list(found.trees)
    for tree in below:
        below.extend(tree.below)
    assert list(range(len(found.rows))) == sorted(tree.row for tree in below)


@settings(max_examples=5)
@given(st.integers(0, 10**6), st.randoms(use_true_random=False))
def test_plants_are_found_in_any_order_of_sources(seed, rng):
    made = filings(seed, 24)
    signs = signed(made)
    found = rollup(rng.sample(signs, len(signs)))
    assert made.planted == set(found_in(found))
    assert figures(rollup(signs)) == figures(found)


def test_a_filing_is_rolled_up_by_calling_the_package():
    made = filings(3, 12).read(forms())
    assert rollup(made.values()).registers == xltool.rollup(list(made.values())).registers
    assert isinstance(xltool.rollup([Filing((Section(None, ()),))]), xltool.Rollup)


def test_the_search_costs_what_the_number_of_forms_costs(planted, monkeypatch):
    """Steps, not seconds: for ten times as many units about ten times as many forms are compared."""
    signs = [row.signature for row in planted[1].rows]
    compared: list[int] = []

    def counted(first: Signature, second: Signature):
        compared[-1] += 1
        return likeness(first, second)

    monkeypatch.setattr(doubles, "likeness", counted)
    for units in (24, 240):
        compared.append(0)
        rollup([one for one in signs if one.where.file < f"{units:04d}"])
    assert 0 < compared[1] <= 15 * compared[0]
