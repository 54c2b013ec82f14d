"""Laws of checking, on random filings of every known form."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.check.made import EVALUATION, filing, findings
from tests.filings import filings
from xltool.canonical import from_json, to_json
from xltool.check import ERROR, SEVERITIES, check, profiles, worst
from xltool.check import waivers as waiving
from xltool.check.printing import nearest
from xltool.check.profiles import read
from xltool.library import forms, own_folder
from xltool.problems import ProblemError

some_profile = st.sampled_from([None, *profiles()])


@settings(max_examples=60, deadline=None)
@given(filings, some_profile)
def test_findings_name_fields_that_are_there(filing, profile):
    entries = list(filing.entries)
    for one in check(filing, profile=profile):
        entry, form = entries[one.entry], forms()[one.form]
        assert one.severity in SEVERITIES
        assert one.paths[0] == one.path
        for path in one.paths:
            name, _, rest = path.partition("[")
            assert name in entry.values or name in entry.lists
            if rest:
                number, _, inner = rest.partition("].")
                assert int(number) < len(entry.lists[name])
                assert inner in {form.fields[field].path for field in form.lists[name].fields}
        assert one.what.zh.strip()
        assert one.do.en.strip()


@settings(max_examples=30, deadline=None)
@given(filings)
def test_checking_twice_and_through_json_finds_the_same(filing):
    again = from_json(to_json(filing, forms()), forms())
    assert check(filing) == check(filing) == check(again)


@settings(max_examples=30, deadline=None)
@given(filings)
def test_a_draft_with_its_reasons_accepts_everything(filing):
    found = check(filing)
    draft = waiving.draft(found).replace(waiving.DRAFT, "已核对")
    waivers = waiving.read(draft, "w.yaml")
    accepted = check(filing, waivers=waivers)
    assert "" == worst(accepted)
    assert () == waiving.unused(accepted, waivers)
    assert [one.rule for one in found] == [one.rule for one in accepted]


@settings(max_examples=80, deadline=None)
@given(st.integers(1, 10**6), st.integers(0, 10**6), st.integers(1, 60), st.sampled_from("≥≤"))
def test_share_rounded_to_two_decimals_is_right_and_one_point_more_is_not(target, actual, weight, sign):
    met = actual >= target if sign == "≥" else actual <= target
    share = Decimal(1) if met else Decimal(actual) / target if sign == "≥" else Decimal(target) / actual
    points = nearest(share * weight, 2)
    rows = {"indicators[0].target": f"{sign}{target}(处)", "indicators[0].actual": f"{actual}处", "indicators[0].weight": str(weight)}

    def wrong(score: Decimal) -> list[str]:
        return [one.rule for one in findings(EVALUATION, {**rows, "indicators[0].score": str(score)}) if one.path == "indicators[0].score"]

    # A share just below the whole weight may be written as the whole weight, which is told.
    assert wrong(points) in ([], ["score-full-unmet"]) if not met and points == weight else wrong(points) == []
    assert wrong(points + 1)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.decimals(0, 10**9, places=2), min_size=3, max_size=3), st.decimals("0.01", 10**6, places=2))
def test_sum_of_parts_holds_and_any_other_number_does_not(parts, more):
    names = ("fiscal", "carried_over", "other")
    changes = {f"funding.{name}.initial_budget": str(part) for name, part in zip(names, parts, strict=True)}

    def told(total: Decimal) -> list[str]:
        return [one.severity for one in findings(EVALUATION, {**changes, "funding.total.initial_budget": str(total)}) if one.rule == "money-sum"]

    assert [] == told(sum(parts, Decimal()))
    assert [ERROR] == told(sum(parts, Decimal()) + more)


NATIONAL_TEXT = (own_folder("mappings") / "profiles" / "national.yaml").read_text("utf-8").splitlines()


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(NATIONAL_TEXT) - 1), st.sampled_from(["", "{", "a: b", "  test: total", "    x: {zh: '{', en: '}'}", "\t", "- 1", "    what: {zh: '{0}', en: '{a[0]}'}", '    number: "1e9"']))
def test_a_profile_with_one_line_changed_is_read_or_told_by_its_lines(number, line):
    text = "\n".join([*NATIONAL_TEXT[:number], line, *NATIONAL_TEXT[number + 1 :]])
    try:
        changed = read(text, "p.yaml")
    except ProblemError as error:
        assert all(one.place.startswith("p.yaml") for one in error.problems)
    else:
        check(filing(EVALUATION, {"total.score": "1"}), profile=changed)
