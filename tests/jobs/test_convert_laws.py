"""Laws over random filings of every form: what is written is read again, in every layout."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.filings import filings, printed_filings
from xltool.canonical import differences
from xltool.jobs.convert import render
from xltool.jobs.reading import forms_of, read_bytes

FORMS = forms_of()


@pytest.mark.parametrize("stacked", [False, True], ids=["a sheet a form", "stacked"])
@settings(max_examples=25)
@given(data=st.data())
def test_a_workbook_reads_back_as_its_filing(stacked, data):
    """`render` itself refuses a workbook that reads back differently."""
    filing = data.draw(printed_filings)
    made = render(filing, FORMS, "xlsx", stacked)
    assert [] == differences(filing, read_bytes(made, "a.xlsx", FORMS).filing)


@settings(max_examples=15)
@given(printed_filings)
def test_the_same_filing_gives_the_same_bytes(filing):
    assert render(filing, FORMS, "xlsx") == render(filing, FORMS, "xlsx")


@settings(max_examples=25)
@given(filings)
def test_json_reads_back_as_its_filing(filing):
    assert filing == read_bytes(render(filing, FORMS, "json"), "a.json", FORMS).filing
