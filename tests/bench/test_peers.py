"""A peer does the same work: same cells, merges, formats and heights; the same text in tokens."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from bench.inputs import filing
from bench.pdfs import read_by_pdfium
from bench.peers_xlsx import (
    by_openpyxl,
    by_xlsxwriter,
    plans,
    read_by_calamine,
    read_by_openpyxl,
)
from tests.pdf.paper import Leaf, pdf, say
from xltool.arrange import place
from xltool.library import forms
from xltool.surfaces.xlsx_writer import write


@pytest.fixture(scope="module")
def book() -> bytes:
    return write(filing(2, forms(), 5), forms())


def test_xlsxwriter_draws_the_same_sheets(book):
    planned = plans(book)
    assert [planned, 3] == [plans(by_xlsxwriter(planned)), len(planned)]


@pytest.mark.parametrize("part", ["strokes", "heights", "name"])
def test_openpyxl_draws_the_same(part, book):
    planned = plans(book)
    drawn = plans(by_openpyxl(planned))
    assert [getattr(one, part) for one in planned] == [getattr(one, part) for one in drawn]


def test_pdfium_reads_every_character_and_rule_of_a_page():
    rule = "100 700 m 200 700 l S "
    assert (4, 2) == read_by_pdfium(pdf([Leaf(595, 842, rule + say(60, 60, "项目名称", 842))]))


def test_plan_holds_every_cell_of_the_form(book):
    made = filing(2, forms(), 5)
    assert [len(place(forms()[one.form], one)) for one in made.entries] == [
        len(plan.strokes) for plan in plans(book)[1:]
    ]


def test_readers_come_to_the_cells_and_merges(book):
    merges = sum(len(sheet.merged_cells.ranges) for sheet in load_workbook(BytesIO(book)).worksheets)
    assert merges < min(read_by_calamine(book), read_by_openpyxl(book))


def test_forms_have_as_many_indicators_as_asked_and_about_sixty_rows():
    made = list(filing(2, forms()).entries)
    assert [46, 46] == [len(one.lists["indicators"]) for one in made]
    heights = [max(cell.last_row for cell in place(forms()[one.form], one)) for one in made]
    assert all(55 <= height <= 65 for height in heights)
