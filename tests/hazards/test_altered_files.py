"""Whatever is done to a file, its reader reads it or says what is wrong, in time."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.hazards.altered import altered
from tests.hazards.readers import reader
from tests.hazards.seeds import KINDS, seed
from xltool.problems import ProblemError

SECONDS = 10
"""Seconds for a file of one form on a machine that does other things too; it takes a few hundredths."""


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_of_each_kind_is_read(kind):
    assert reader(kind)(seed(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_an_altered_file_is_read_or_refused_in_time(kind):
    examples = settings.default.max_examples if settings.default else 20

    @settings(max_examples=max(10, examples // 2) if kind != "pdf" else 10)
    @given(st.data())
    def holds(data):
        file = data.draw(altered(seed(kind)))
        began = time.monotonic()
        try:
            reader(kind)(file)
        except ProblemError as error:
            assert error.problems and all(one.text("zh") for one in error.problems)
        assert time.monotonic() - began < SECONDS

    holds()
