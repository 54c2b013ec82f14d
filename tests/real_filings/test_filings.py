"""The five real filings, whole: 52 forms, every field, nothing left over, and the way to Excel and back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.real_filings.truth import differing, digested, read
from xltool import canonical
from xltool.library import forms
from xltool.recovery.grid_reading import read_book
from xltool.recovery.text_reading import Reading, read_text
from xltool.surfaces import json_file, xlsx_reader, xlsx_writer

NAMES = ("000", "001", "002", "003", "004")
FORMS = {"000": [15], "001": [6, 6], "002": [4], "003": [14], "004": [7]}
_READ: dict[str, Reading] = {}


def reading(name: str, filings: Path) -> Reading:
    """The reading of one filing, made once."""
    if name not in _READ:
        path = next(filings.glob(f"{name}_*.txt"))
        _READ[name] = read_text(path.read_text("utf-8"), forms(), path.name)
    return _READ[name]


@pytest.mark.parametrize("name", NAMES)
def test_every_field_of_a_real_filing_is_what_reading_it_says(name: str, filings: Path) -> None:
    found = digested(json.loads(json_file.write(reading(name, filings).filing, forms())))
    assert [] == list(differing(read(name, filings), found))


@pytest.mark.parametrize("name", NAMES)
def test_a_real_filing_has_its_forms_in_its_sections(name: str, filings: Path) -> None:
    assert FORMS[name] == [len(section.entries) for section in reading(name, filings).filing.sections]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_a_real_filing_is_left_over(name: str, filings: Path) -> None:
    filing = reading(name, filings).filing
    assert () == filing.source.leftover
    assert [] == [one for entry in filing.entries for one in entry.source.leftover]


@pytest.mark.parametrize("name", NAMES)
def test_fewer_than_one_right_field_in_a_hundred_of_a_real_filing_is_doubted(name: str, filings: Path) -> None:
    filing = reading(name, filings).filing
    fields = sum(len(entry.values) + sum(len(item) for items in entry.lists.values() for item in items) for entry in filing.entries)
    assert sum(len(entry.source.doubts) for entry in filing.entries) * 100 < fields


@pytest.mark.parametrize("name", NAMES)
def test_every_line_of_a_real_filing_is_in_the_trace(name: str, filings: Path) -> None:
    text = next(filings.glob(f"{name}_*.txt")).read_text("utf-8")
    ruled = {number for number, line in enumerate(text.split("\n"), start=1) if line.strip() and not set(line) <= set("|- ")}
    assert set() == ruled - {piece.line for piece in reading(name, filings).trace}


@pytest.mark.parametrize("stacked", [False, True], ids=["one sheet a form", "stacked"])
@pytest.mark.parametrize("name", NAMES)
def test_a_real_filing_comes_back_from_its_workbook(name: str, stacked: bool, filings: Path) -> None:
    filing = reading(name, filings).filing
    book = xlsx_reader.read(xlsx_writer.write(filing, forms(), stacked=stacked), f"{name}.xlsx")
    assert [] == canonical.differences(filing, read_book(book, forms(), f"{name}.xlsx"))
