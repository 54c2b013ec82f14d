"""Two or four pages on one sheet. A table is a box with a text in it."""

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


QUARTERS = [table(Box(left, top, left + 260, top + 250), f"第{number}页") for number, (top, left) in enumerate(((30, 20), (30, 320), (450, 20), (450, 320)))]


def quartered(*tables: PrintedTable, width: float = 600, height: float = 840) -> PrintedPage:
    lines = PrintedLine(Box(100, 10, 150, 20), "甲"), PrintedLine(Box(400, 430, 450, 440), "乙")
    return PrintedPage(1, width, height, tables, lines)


def test_quarters_of_a_sheet_are_pages_row_by_row():
    pages, places = unfolded([quartered(*QUARTERS)])
    assert [(1, "第0页", ["甲"]), (2, "第1页", []), (3, "第2页", []), (4, "第3页", ["乙"])] == [(page.number, page.tables[0].cells[0].text, [line.text for line in page.lines]) for page in pages]
    assert [(300, 420)] * 4 == [(page.width, page.height) for page in pages]
    assert [Box(20, 30, 280, 280), Spot(1, 320, 450, 420, 460)] == [pages[3].tables[0].box, placed(Spot(4, 20, 30, 120, 40), places)]


def test_last_sheet_of_quarters_may_hold_less_than_three():
    pages, _ = unfolded([quartered(*QUARTERS), quartered(QUARTERS[0])])
    assert [(300, "第0页"), (300, "第1页"), (300, "第2页"), (300, "第3页"), (300, "第0页")] == [(page.width, page.tables[0].cells[0].text) for page in pages]


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(quartered(*QUARTERS[:2]), id="two tables"),
        pytest.param(quartered(*QUARTERS, width=900), id="a page that lies"),
        pytest.param(quartered(*QUARTERS[:3], table(Box(320, 300, 580, 700))), id="a table over two quarters"),
        pytest.param(quartered(*(table(Box(box.left, box.top, box.left + 100, box.bottom)) for box in (one.box for one in QUARTERS))), id="narrow tables"),
    ],
)
def test_other_upright_pages_are_one(page):
    assert ([page], {}) == unfolded([page])
