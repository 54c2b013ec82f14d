"""Invented filings hold nothing that a blank of their form holds from the start."""

import pytest

from bench.fidelity.invented import filing
from xltool.library import forms


@pytest.mark.parametrize("form", list(forms()))
def test_no_text_is_the_blanks_own(form):
    known = forms()
    own = {one.path: one.blank for one in known[form].scalars if one.blank and not one.choices}
    filled = [entry.values.get(path) == blank for seed in range(8) for entry in filing(known[form], seed, known).entries for path, blank in own.items()]
    assert not any(filled)
