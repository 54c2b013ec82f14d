"""Invented filings hold nothing that a blank of their form holds from the start."""

import pytest

from bench.fidelity.invented import filing
from xltool.check import check
from xltool.check.finding import FAILS
from xltool.library import forms


@pytest.mark.parametrize("form", list(forms()))
def test_no_text_is_the_blanks_own(form):
    known = forms()
    own = {one.path: one.blank for one in known[form].scalars if one.blank and not one.choices}
    filled = [entry.values.get(path) == blank for seed in range(8) for entry in filing(known[form], seed, known).entries for path, blank in own.items()]
    assert not any(filled)


ADDING = {"money-sum", "execution-score", "total-weight", "total-score"}


@pytest.mark.parametrize("form", list(forms()))
def test_totals_are_what_their_parts_make(form):
    known = forms()
    found = [one for seed in range(8) for one in check(filing(known[form], seed, known), known)]
    assert [] == [(one.rule, one.path, one.sum) for one in found if one.rule in ADDING and one.answer == FAILS]
