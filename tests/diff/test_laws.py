"""What holds of every patch: nothing differs from itself, and a patch makes the one filing the other."""

from hypothesis import given, settings

from tests.diff.made import FORMS, changed_pairs
from tests.filings import filings
from xltool.canonical import differences
from xltool.diff import apply, diff


@settings(max_examples=20)
@given(filings)
def test_a_filing_does_not_differ_from_itself(filing):
    assert () == diff(filing, filing, FORMS).changes


@settings(max_examples=20)
@given(filings, filings)
def test_a_patch_makes_any_filing_any_other(first, second):
    assert [] == differences(second, apply(diff(first, second, FORMS), first, FORMS))


@settings(max_examples=30)
@given(changed_pairs())
def test_a_patch_makes_a_filing_what_a_person_made_of_it(pair):
    before, after = pair
    patch = diff(before, after, FORMS)
    assert bool(patch) == bool(differences(before, after))
    assert [] == differences(after, apply(patch, before, FORMS))
