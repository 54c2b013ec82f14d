"""Cells told by fills alone, and fills that are no cells."""

import pytest

from tests.pdf.paper import Leaf, pdf, say
from xltool.printed import PrintedPage
from xltool.surfaces.pdf import read

OWN = say(60, 110, "产出指标", 842) + say(260, 110, "完成检查", 842) + say(60, 160, "时效指标", 842) + say(260, 160, "五次", 842)
TEXTS = ["产出指标", "完成检查", "时效指标", "五次"]


def fill(left: float, top: float, right: float, bottom: float, grey: float = 0.9) -> str:
    return f"{grey} g {left} {842 - bottom} {right - left} {bottom - top} re f 0 g\n"


CELLS = "".join(fill(x, y, x + 199, y + 49) for y in (100, 150) for x in (50, 250))


def page(*drawn: str) -> PrintedPage:
    return read(pdf([Leaf(595, 842, "".join(drawn))]), "x").pages[0]


def test_fills_beside_each_other_are_cells():
    assert [TEXTS] == [[cell.text for cell in table.cells] for table in page(CELLS, OWN).tables]


@pytest.mark.parametrize(
    "drawn",
    [
        pytest.param("".join(fill(50, y, 450, y + 49) for y in (100, 150)), id="rows alone"),
        pytest.param(fill(50, 100, 450, 200), id="one fill"),
        pytest.param(CELLS + "".join(say(60, 300 + 20 * at, "一、部门主要职责", 842) for at in range(9)), id="most text stands elsewhere"),
        pytest.param("".join(f"50 {y} m 55 {y + 10} l 250 {y + 49} l 249 {y} l f\n" for y in (642, 692)), id="no rectangles"),
        pytest.param("".join(fill(x, y, x + 100, y + 9, 0.8) for x, y in ((55, 108), (255, 158))), id="marked words"),
    ],
)
def test_fills_that_are_no_cells_make_no_table(drawn):
    assert () == page(drawn, OWN).tables


def test_fill_behind_the_page_is_none_of_its_cells():
    found = page(fill(0, 0, 595, 842, 1), CELLS, OWN, say(60, 60, "自评表", 842))
    assert ([TEXTS], ["自评表"]) == ([[cell.text for cell in table.cells] for table in found.tables], [line.text for line in found.lines])


def test_rules_that_make_cells_count_more_than_fills():
    rules = "".join(f"{x} 642 m {x} 742 l S\n" for x in (50, 250, 450)) + "".join(f"50 {y} m 450 {y} l S\n" for y in (642, 692, 742))
    marked = "".join(fill(x, y, x + 99, y + 49, 0.8) for x in (50, 150, 250, 350) for y in (100, 150))
    assert [TEXTS] == [[cell.text for cell in table.cells] for table in page(marked, rules, OWN).tables]


def test_fill_clipped_to_a_line_is_a_rule_and_covers_nothing():
    lines = [(x - 0.3, 642, 0.6, 100) for x in (50, 250, 450)] + [(50, y - 0.3, 400, 0.6) for y in (642, 692, 742)]
    drawn = "".join(f"q {x} {y} {wide} {high} re W n 0 0 595 842 re f Q\n" for x, y, wide, high in lines)
    found = page(OWN, drawn)
    assert ([TEXTS], ()) == ([[cell.text for cell in table.cells] for table in found.tables], found.aside)


def test_fill_that_is_clipped_away_covers_nothing():
    found = page(OWN, "q 500 700 20 20 re W n 1 g 50 642 400 100 re f Q\n")
    assert (4, ()) == (len(found.lines), found.aside)
