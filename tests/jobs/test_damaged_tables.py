"""Pages and separated values whose tables are damaged: read by the sounder of two readings, and said so."""

import re

import pytest

from tests.edits.made import DECLARATIONS, EVALUATIONS, FORMS
from xltool.canonical import differences
from xltool.jobs.reading import read_bytes


def rows_of(samples, form: str) -> list[list[str]]:
    return [line.split("\t") for line in (samples / form / "filing.tsv").read_text("utf-8").splitlines()]


def page(rows: list[list[str]]) -> bytes:
    cells = ("".join(f"<td>{re.sub('<(?!/?p>)', '&lt;', cell)}</td>" for cell in row) for row in rows)
    return ("<html><body><table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table></body></html>").encode()


def csv(rows: list[list[str]]) -> bytes:
    """Every field quoted; paragraphs are lines, as spreadsheet programs write them."""
    rows = [[re.sub("</?p>", "", cell.replace("</p><p>", "\n")) for cell in row] for row in rows]
    return "\r\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows).encode("gb18030")


@pytest.mark.parametrize("made", [page, csv])
@pytest.mark.parametrize(("form", "filing"), [("target-declaration", DECLARATIONS), ("self-evaluation", EVALUATIONS)])
def test_a_table_without_merges_is_the_same_data(samples, made, form, filing):
    read = read_bytes(made(rows_of(samples, form)), "a.xls", FORMS).filing
    assert [] == differences(filing, read)


@pytest.mark.parametrize("made", [page, csv])
@pytest.mark.parametrize(("form", "filing"), [("target-declaration", DECLARATIONS), ("self-evaluation", EVALUATIONS)])
def test_shifted_cells_are_put_right_and_the_filing_says_so(samples, made, form, filing):
    rows = [line.split("\t") for line in (samples / form / "shifted.tsv").read_text("utf-8").splitlines()]
    read = read_bytes(made(rows), "a.xls", FORMS).filing
    assert [] == differences(filing, read)
    assert any(one.repairs for one in [read.source, *(entry.source for entry in read.entries)])


@pytest.mark.parametrize("made", [page, csv])
@pytest.mark.parametrize(("form", "filing"), [("target-declaration", DECLARATIONS), ("self-evaluation", EVALUATIONS)])
def test_a_table_that_lost_its_empty_cells_is_the_same_data(samples, made, form, filing):
    rows = [[cell for cell in row if cell] for row in rows_of(samples, form)]
    read = read_bytes(made(rows), "a.xls", FORMS).filing
    assert [] == differences(filing, read)
