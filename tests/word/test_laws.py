"""The law of Word documents: a random filing of any form, laid out in any way, reads as itself."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.edits.made import FORMS
from tests.filings import printed_filings
from tests.word.made import written
from tests.word.test_documents import WAYS, head_of, read
from xltool.canonical import differences
from xltool.filing import Filing, Section


@settings(max_examples=25)
@given(printed_filings, st.sampled_from(list(WAYS)))
def test_a_random_filing_reads_as_itself(drawn, way):
    """Titles of sections are left out: in Word they are known by how they end. Forms of one kind are laid out alike."""
    first = next(drawn.entries)
    filing = Filing((Section(None, tuple(entry for entry in drawn.entries if entry.form == first.form)),))
    assert [] == differences(filing, read(written(filing, FORMS, WAYS[way](head_of(filing)))))
