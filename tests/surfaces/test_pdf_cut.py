"""Texts whose letters are set apart, and texts that run out of their cell, their table or their page."""

import pytest

from tests.pdf.paper import Leaf, pdf, say
from xltool.printed import PrintedCell
from xltool.surfaces.pdf import read
from xltool.surfaces.pdf.marks import Character
from xltool.surfaces.pdf.words import lines, text


def apart(drawn: str, gap: float) -> str:
    """What is drawn, its letters set so many points apart."""
    return f"{gap} Tc {drawn}0 Tc\n"


def spaced(words: str, *gaps: float) -> str:
    """Letters five points wide on one line, with these gaps between them, as text."""
    left, found = 0.0, []
    for letter, gap in zip(words, (*gaps, 0), strict=True):
        found.append(Character(letter, left, 0, left + 5, 10))
        left += 5 + gap
    (line,) = lines(found)
    return text(line.characters)


@pytest.mark.parametrize(
    ("words", "gaps", "expected"),
    [
        pytest.param("98%", (3, 3), "98%", id="a number set apart"),
        pytest.param("100", (6, 6), "100", id="as wide as a digit"),
        pytest.param("1098", (0, 4, 0), "10 98", id="two numbers"),
        pytest.param("AB12", (3, 9, 3), "AB 12", id="two words set apart"),
        pytest.param("98", (4,), "9 8", id="two letters may be two words"),
    ],
)
def test_blank_is_a_gap_wider_than_letters_are_set_apart(words, gaps, expected):
    assert expected == spaced(words, *gaps)


def test_title_whose_letters_are_set_apart_is_one_text():
    page = read(pdf([Leaf(595, 842, apart(say(60, 60, "项目支出绩效自评表", 842), 20))]), "x").pages[0]
    assert ["项目支出绩效自评表"] == [line.text for line in page.lines]


@pytest.mark.parametrize(
    ("drawn", "parts"),
    [
        pytest.param(say(60, 60, "产出", 842) + say(83, 60, "数量", 842), [(60, "产出"), (83, "数量")], id="a little apart"),
        pytest.param(say(60, 60, "产出", 842) + say(79, 60, "数量", 842), [], id="a hair apart"),
        pytest.param(apart(say(60, 60, "产出数量", 842), 5), [], id="set apart"),
        pytest.param(say(60, 60, "(1) 产出", 842), [], id="a blank between"),
    ],
)
def test_texts_that_stand_a_little_apart_are_told(drawn, parts):
    (line,) = read(pdf([Leaf(595, 842, drawn)]), "x").pages[0].lines
    assert parts == [(round(left), text) for left, text in line.parts]


def cells(*drawn: str, width: float = 595, height: float = 842, rules: float = 0) -> list[PrintedCell]:
    """The cells of two rows of two, 100 points wide and 50 high, from (50, 100) on; ``rules`` moves them down."""
    at = 742 - rules
    sides = "".join(f"{x} {at - 100} m {x} {at} l S\n" for x in (50, 150, 250)) + "".join(f"50 {y} m 250 {y} l S\n" for y in (at - 100, at - 50, at))
    return list(read(pdf([Leaf(width, height, f"q 1 0 0 1 0 {height - 842} cm\n{sides}{''.join(drawn)}Q\n")]), "x").pages[0].tables[0].cells)


def test_text_set_apart_that_runs_on_into_the_next_cell_spills():
    assert [True, True, False, False] == [cell.spilled for cell in cells(apart(say(110, 110, "完成检查", 842), 5))]


@pytest.mark.parametrize(
    "drawn",
    [
        pytest.param(apart(say(55, 110, "完成", 842), 5) + say(152, 110, "五次", 842), id="a text of its own farther right"),
        pytest.param(say(55, 110, "完成", 842) + say(155, 110, "五次", 842), id="texts that are not set apart"),
        pytest.param(apart(say(127, 110, "完", 842) + say(155, 110, "五", 842), 5), id="single letters"),
        pytest.param(apart(say(100, 110, "完成", 842), 16) + say(160, 130, "五次", 842), id="another height"),
    ],
)
def test_texts_of_two_cells_do_not_spill(drawn):
    assert [False] * 4 == [cell.spilled for cell in cells(drawn)]


@pytest.mark.parametrize("gap", [0, 5], ids=["close", "set apart"])
def test_text_that_runs_out_of_the_table_is_cut(gap):
    assert [False, True, False, False] == [cell.cut for cell in cells(apart(say(222, 110, "完成检查", 842), gap))]


def test_text_that_runs_into_the_table_is_cut():
    assert [True, False, False, False] == [cell.cut for cell in cells(say(35, 110, "完成检查", 842))]


def test_text_beside_the_table_cuts_none():
    assert [False] * 4 == [cell.cut for cell in cells(say(215, 110, "完成", 842) + say(258, 110, "附件", 842))]


def test_text_that_goes_on_below_the_table_is_cut():
    drawn = [say(55, 170 + 11 * at, "完成检查工作", 842) for at in range(4)]
    assert [False, False, True, False] == [cell.cut for cell in cells(*drawn)]


@pytest.mark.parametrize(
    "drawn",
    [
        pytest.param([*(say(55, top, "完成", 842) for top in (170, 181)), say(55, 210, "填表人", 842)], id="farther below"),
        pytest.param([*(say(55, top, "完成", 842) for top in (179, 190)), say(90, 201, "填表人", 842)], id="set elsewhere"),
        pytest.param([say(55, 190, "完成", 842), say(55, 201, "填表人", 842)], id="one line tells nothing"),
        pytest.param([*(say(55, top, "完成", 842) for top in (156, 179)), say(55, 202, "填表人", 842)], id="lines too far apart"),
    ],
)
def test_note_below_the_table_cuts_no_text(drawn):
    assert [False] * 4 == [cell.cut for cell in cells(*drawn)]


def test_text_that_the_edge_of_the_page_ends_is_cut():
    assert [False, True, False, False] == [cell.cut for cell in cells(say(205, 110, "完成检查工作", 842), width=240)]


def test_cell_that_reaches_over_the_edge_of_the_page_is_cut():
    assert [False, False, True, False] == [cell.cut for cell in cells(say(55, 160, "完成", 842), say(155, 110, "五次", 842), height=190)]


def test_text_that_a_clip_ends_is_cut():
    clipped = "q 50 692 54 50 re W n " + say(55, 110, "完成检查工作", 842) + "Q "
    assert [("完成检查工", True), ("", False), ("", False), ("", False)] == [(cell.text, cell.cut) for cell in cells(clipped)]


def test_text_of_which_a_clip_leaves_a_line_is_not_cut():
    clipped = "q 50 692 100 50 re W n " + say(55, 110, "完成", 842) + say(55, 160, "检查", 842) + "Q "
    assert [False] * 4 == [cell.cut for cell in cells(clipped)]
