"""Two pages on one sheet. A table is a box with a text in it."""

from dataclasses import replace

import pytest

from xltool.grid import Spot
from xltool.printed import Box, PrintedCell, PrintedLine, PrintedPage, PrintedTable, Seam
from xltool.recovery.page_halves import placed, unfolded

LEFT, RIGHT = Box(40, 60, 555, 500), Box(635, 60, 1150, 400)


def table(box: Box, text: str = "产出") -> PrintedTable:
    return PrintedTable(box, (PrintedCell(box, text),))


def sheet(*tables: PrintedTable, width: float = 1190, height: float = 842) -> PrintedPage:
    lines = PrintedLine(Box(250, 30, 300, 40), "甲"), PrintedLine(Box(850, 30, 900, 40), "乙")
    return PrintedPage(1, width, height, tables, lines)


def test_halves_of_a_sheet_are_pages_with_their_tables_below_each_other():
    pages, places = unfolded([sheet(table(LEFT), table(RIGHT))])
    assert [(1, LEFT, ["甲"]), (2, Box(40, 60, 555, 400), ["乙"])] == [(page.number, page.tables[0].box, [line.text for line in page.lines]) for page in pages]
    assert Spot(1, 635, 60, 735, 70) == placed(Spot(2, 40, 60, 140, 70), places)


def test_what_stands_across_a_sheet_is_told_once():
    across = PrintedLine(Box(500, 100, 700, 300), "内部资料"), "斜印的水印"
    pages, _ = unfolded([replace(sheet(table(LEFT), table(RIGHT)), aside=(across,))])
    assert [(across,), ()] == [page.aside for page in pages]


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(sheet(table(LEFT), table(RIGHT), height=1700), id="an upright page"),
        pytest.param(sheet(table(LEFT)), id="one table"),
        pytest.param(sheet(table(LEFT), table(RIGHT, "")), id="an empty table"),
        pytest.param(sheet(table(LEFT), table(Box(1100, 60, 1150, 400))), id="a narrow table"),
        pytest.param(sheet(table(LEFT), table(Box(635, 520, 1150, 700))), id="tables at different heights"),
        pytest.param(sheet(table(LEFT), table(RIGHT), table(Box(40, 600, 1150, 700))), id="a table over both halves"),
    ],
)
def test_other_pages_are_one(page):
    assert ([page], {}) == unfolded([page])


def test_pages_after_a_sheet_are_counted_on():
    pages, places = unfolded([sheet(table(LEFT), table(RIGHT)), PrintedPage(2, 595, 842, (), ())])
    assert ([1, 2, 3], Spot(2, 40, 60, 140, 70)) == ([page.number for page in pages], placed(Spot(3, 40, 60, 140, 70), places))


def test_cell_that_begins_at_the_cut_has_its_place_on_the_page_of_the_right_columns():
    _, places = unfolded([replace(sheet(table(Box(40, 60, 1150, 400))), seams=(Seam(500, 2, 460),))])
    assert [Spot(1, 490, 60, 700, 70), Spot(2, 39.75, 60, 240, 70)] == [placed(Spot(1, left, 60, 700, 70), places) for left in (490, 499.75)]
