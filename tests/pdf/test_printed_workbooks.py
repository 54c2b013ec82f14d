"""Workbooks of ours printed by LibreOffice: each PDF reads as what was written, with nothing doubted or left over."""

from pathlib import Path

import pytest

from tests.conftest import Soffice
from tests.damage.vocabulary import DECLARATION, EVALUATION
from tests.pdf.test_hard_pages import OTHERS, drawn, said
from xltool.canonical import differences
from xltool.filing import Filing
from xltool.jobs.reading import read_bytes
from xltool.library import forms
from xltool.recovery.page_reading import read_pages
from xltool.surfaces import pdf, xlsx_writer

pytestmark = pytest.mark.xdist_group("soffice")


def wrong(truth: Filing, book: Path, soffice: Soffice) -> list[str]:
    """The paths in which the print of a workbook differs, and what its reading is not sure of."""
    print_out = soffice.convert(book, "pdf", book.parent)
    found = read_pages(pdf.read(print_out.read_bytes(), print_out.name), forms(), print_out.name)
    return differences(truth, found.filing) + said(found)


@pytest.mark.parametrize("stacked", [False, True], ids=["a sheet a form", "stacked"])
@pytest.mark.parametrize("form", [DECLARATION, EVALUATION, *OTHERS])
def test_print_of_a_workbook_reads_as_the_workbook(form, stacked, soffice, tmp_path):
    truth = drawn(form)
    book = tmp_path / "book.xlsx"
    book.write_bytes(xlsx_writer.write(truth, forms(), stacked=stacked))
    assert [] == wrong(truth, book, soffice)


def test_prints_of_the_real_filings_read_as_the_filings(filings, soffice, tmp_path):
    found = {}
    for source in sorted(filings.glob("*.txt")):
        truth = read_bytes(source.read_bytes(), source.name, forms()).filing
        book = tmp_path / f"{source.stem}.xlsx"
        book.write_bytes(xlsx_writer.write(truth, forms()))
        found[source.stem] = wrong(truth, book, soffice)
    assert {name: [] for name in found} == found
