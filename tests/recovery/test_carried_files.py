"""Filings as people carry them, each file with its truth beside it, written by hand: every field right, and where it is
open which cell a word stands in, a doubt."""

from pathlib import Path

import pytest

from xltool.canonical import differences
from xltool.filing import Filing
from xltool.jobs.reading import read_bytes
from xltool.library import forms
from xltool.surfaces import json_file

FOLDER = Path(__file__).parent / "carried"
SOURCES = sorted(path for path in FOLDER.iterdir() if path.suffix != ".json")
DOUBTED = {"among-prose", "narrow-cells", "no-target", "page-heads", "spaced-out", "quoted-mail", "heads-amid-goals", "odd-amounts", "ragged-bars",
           "look-alikes", "nested-lines", "numbered-messages", "stuck-values"}  # fmt: skip
"""In these a number stands among words (12月底前, ≤60个工作日), a known word sticks to its name, a name has no target, two goals stand side by side, a seal stands beside
an amount, a wrapped reason is followed by a name, a long text goes on over
a page's head, letters stand in an amount, rows lack bars, or no blank tells where a
value begins."""


def read(path: Path) -> Filing:
    return read_bytes(path.read_bytes(), path.name, forms()).filing


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_a_carried_filing_says_what_its_form_says(path):
    truth = path.with_suffix(".json")
    assert [] == differences(json_file.read(truth.read_bytes(), forms(), truth.name), read(path))


@pytest.mark.parametrize("path", [path for path in SOURCES if path.stem not in DOUBTED], ids=lambda path: path.stem)
def test_what_is_certain_is_not_doubted(path):
    assert [] == [doubt.path for entry in read(path).entries for doubt in entry.source.doubts]
