"""The real filings: text → JSON → workbook → JSON is the identity, in both layouts."""

import pytest

from xltool import library
from xltool.canonical import differences
from xltool.jobs.convert import render
from xltool.jobs.reading import Read, read_bytes

FORMS = library.forms()


@pytest.fixture(scope="module")
def reads(filings) -> dict[str, Read]:
    return {path.name: read_bytes(path.read_bytes(), path.name, FORMS) for path in sorted(filings.glob("*.txt"))}


def test_they_hold_52_forms(reads):
    assert 52 == sum(1 for one in reads.values() for _ in one.filing.entries)


@pytest.mark.parametrize("stacked", [False, True], ids=["a sheet a form", "stacked"])
def test_text_to_json_to_workbook_to_json_changes_nothing(reads, stacked):
    changed = {}
    for name, one in reads.items():
        document = read_bytes(render(one.filing, FORMS, "json"), "a.json", FORMS).filing
        again = read_bytes(render(document, FORMS, "xlsx", stacked), "a.xlsx", FORMS).filing
        changed[name] = differences(one.filing, again)
    assert {name: [] for name in reads} == changed


def test_what_stands_beside_them_as_truth_is_what_is_read(filings, reads):
    wrong = {}
    for truth in sorted(filings.glob("*.json")):
        stated = read_bytes(truth.read_bytes(), truth.name, FORMS).filing
        wrong[truth.name] = differences(stated, reads[truth.with_suffix(".txt").name].filing)
    assert wrong
    assert {name: [] for name in wrong} == wrong
