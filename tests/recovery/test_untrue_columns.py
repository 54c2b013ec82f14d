"""Text whose blanks look like columns and are none: tabs that a program turned into blanks, one for each, so that a row of
empty cells begins elsewhere each time."""

from __future__ import annotations

from pathlib import Path

import pytest

from xltool import canonical
from xltool.filing import Filing
from xltool.library import forms
from xltool.recovery.text_reading import read_text

SAMPLES = Path(__file__).parents[2] / "samples"


def read(text: str) -> Filing:
    return read_text(text, forms(), "x.txt").filing


@pytest.mark.parametrize("blanks", [1, 2, 3])
def test_rows_whose_tabs_became_blanks_are_read_in_their_order(blanks: int) -> None:
    text = (SAMPLES / "target-declaration/filing.tsv").read_text("utf-8")
    filing = read(text.replace("\t", " " * blanks))
    assert [] == canonical.differences(read(text), filing)


def test_text_that_was_read_against_its_blanks_says_so() -> None:
    text = (SAMPLES / "target-declaration/filing.tsv").read_text("utf-8")
    assert ["columns-untrue"] == [one.code for one in read(text.replace("\t", " " * 2)).source.repairs if one.code == "columns-untrue"]
    plain = (SAMPLES / "target-declaration/filing.txt").read_text("utf-8")
    assert "columns-untrue" not in [one.code for one in read(plain).source.repairs]
