"""Sheets wider than the paper, their right columns printed on pages of their own: read as the sheet that they were."""

import io
import json
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image

from tests.pdf.paper import Leaf, pdf, say
from tests.pdf.printer import Press, printed
from xltool.canonical import differences, from_json
from xltool.library import forms
from xltool.printed import Printed
from xltool.recovery.grid_stencil import NO_CAPTION
from xltool.recovery.page_beside import ELSEWHERE
from xltool.recovery.page_reading import read_pages
from xltool.surfaces.pdf import picture, read
from xltool.surfaces.pdf.budgets import Budget
from xltool.surfaces.pdf.facing import edge, sheets
from xltool.surfaces.pdf.marks import Character, Marks, Stroke
from xltool.surfaces.pdf.pdfium import Document
from xltool.surfaces.pdf.pieces import pieces

FORMS = ("declaration-2015", "self-evaluation-2020", "self-evaluation-sichuan")
MARGIN = 40.0


def filing(name: str):
    text = (Path(__file__).parents[1] / "mappings" / f"{name}.json").read_text("utf-8")
    return from_json(json.loads(text, parse_float=Decimal), forms())


def marks_of(leaf: Leaf) -> Marks:
    document = Document(pdf([leaf]), "x", Budget("x"))
    try:
        return document.marks(1)
    finally:
        document.close()


def parts(marks: Marks, *cuts: float) -> list[Marks]:
    """The pages that a sheet is printed on: each what lies between two cuts, moved to the margin, its letters clipped
    half a point within."""
    return [_part(marks, first, last) for first, last in pairwise((0.0, *cuts, marks.width))]


def _part(marks: Marks, first: float, last: float) -> Marks:
    by = MARGIN - first if first else 0.0
    across = [one._replace(first=max(one.first, first) + by, last=min(one.last, last) + by) for one in marks.strokes if one.across and one.first < last and one.last > first]
    down = [one._replace(at=one.at + by) for one in marks.strokes if not one.across and first - 1 < one.at < last + 1]
    read, clipped = list[Character](), list[Character]()
    for one in marks.characters:
        into = read if first + 0.5 <= (one.left + one.right) / 2 <= last - 0.5 else clipped
        into.append(one._replace(left=one.left + by, right=one.right + by))
    return replace(marks, characters=read, strokes=[*across, *down], clipped=clipped)


def leaf_of(marks: Marks) -> Leaf:
    """The marks of a page, drawn."""
    high = marks.height
    lines = (
        f"{one.first} {high - one.at} m {one.last} {high - one.at} l S\n" if one.across else f"{one.at} {high - one.first} m {one.at} {high - one.last} l S\n"
        for one in marks.strokes
    )
    return Leaf(marks.width, high, "".join((*lines, *(say(one.left, one.top, one.text, high, one.bottom - one.top) for one in marks.characters))))


def reading(*pages: Marks):
    found = sheets(dict(enumerate(pages, 1)))
    return read_pages(Printed(tuple(replace(pieces(one.marks, one.number), seams=one.seams) for one in found)), forms(), "x.pdf").filing


def columns(marks: Marks) -> list[float]:
    """Where columns begin within the sheet, those at which several rows have no side."""
    found = []
    for one in sorted({stroke.at for stroke in marks.strokes if not stroke.across}):
        if MARGIN + 60 < one < marks.width - MARGIN - 60 and all(one - other > 20 for other in found) and (end := edge(_part(marks, 0.0, one), right=True)) and len(end.rows) > 1:
            found.append(one)
    return found


@pytest.mark.parametrize("form", FORMS)
def test_right_columns_on_a_page_of_their_own_are_put_back(form):
    truth = filing(form)
    whole = marks_of(printed(truth, Press(height=2000))[0])
    for cut in columns(whole):
        found = reading(*parts(whole, cut))
        (entry,) = found.entries
        assert ([], (), ()) == (differences(truth, found), entry.source.doubts, entry.source.leftover)
        assert ["page-beside"] == [one.code for one in found.source.repairs]


def test_columns_on_three_pages_are_one_sheet():
    truth = filing("self-evaluation-2020")
    whole = marks_of(printed(truth, Press(height=2000))[0])
    found = reading(*parts(whole, 256, 426))
    said = [("page-beside", f"第{number}页", "这一页是第1页的表格右边的栏，已接在其右") for number in (2, 3)]
    assert ([], said) == (differences(truth, found), [(one.code, one.place, one.what) for one in found.source.repairs])


def test_right_columns_may_follow_all_pages_of_left_ones():
    names = ("self-evaluation-2020", "declaration-2015")
    (first, second), (third, fourth) = (parts(marks_of(printed(filing(name), Press(height=2000))[0]), cut) for name, cut in zip(names, (390, 276), strict=True))
    found = reading(first, third, second, fourth)
    assert [filing(name).sections[0].entries[0] for name in names] == list(found.entries)


def test_what_stands_in_right_columns_has_its_place_on_their_page():
    whole = marks_of(printed(filing("self-evaluation-2020"), Press(height=2000))[0])
    left, right = parts(whole, 390)
    found = sheets({1: left, 2: right, 3: whole})
    printed_pages = Printed(tuple(replace(pieces(one.marks, one.number), seams=one.seams) for one in found))
    trace = read_pages(printed_pages, forms(), "x.pdf").trace
    units = [one.spot for one in trace if one.text == "青棠市第三小学"]
    assert ["第2页(40", "第3页"] == [units[0][:6], units[1][:3]]


def test_file_of_facing_pages_is_read_and_shown_page_beside_page():
    truth = filing("self-evaluation-2020")
    left, right = (leaf_of(one) for one in parts(marks_of(printed(truth, Press(height=800))[0]), 390))
    data = pdf([left, right, left])
    found = read(data, "x")
    assert [(1, [2]), (3, [])] == [(one.number, [seam.page for seam in one.seams]) for one in found.pages]
    assert truth.sections[0].entries[0] == next(read_pages(found, forms(), "x").filing.entries)
    with Image.open(io.BytesIO(picture(data, found, "x"))) as shown:
        assert 3 * 800 * 1.5 == shown.height


def noted(marks: Marks) -> Marks:
    """A page with a column of notes at the right of its table."""
    end = max(one.last for one in marks.strokes if one.across)
    heights = sorted({one.at for one in marks.strokes if one.across})
    rules = [*(Stroke(True, at, end, end + 60) for at in heights), *(Stroke(False, at, heights[0], heights[-1]) for at in (end, end + 60))]
    notes = [Character("注", end + 20, at + 3, end + 29, at + 12) for at in heights[:-1]]
    return replace(marks, strokes=[*marks.strokes, *rules], characters=[*marks.characters, *notes])


def test_empty_field_is_not_looked_for_on_a_page_that_was_put_back():
    left, right = parts(marks_of(printed(filing("self-evaluation-2020"), Press(height=2000))[0]), 390)
    without = replace(right, characters=[one for one in right.characters if one.text not in "执行率"])
    (entry,) = reading(left, noted(without)).entries
    assert {"注"} == {one.text for one in entry.source.leftover}
    said = [one.why for one in entry.source.doubts]
    assert (True, False) == tuple(any(one.startswith(why) for one in said) for why in (NO_CAPTION, ELSEWHERE[:2]))
    assert None in entry.values.values()


SIDES = [Stroke(True, at, 40, 500) for at in (50, 70, 90, 110, 130)]
"""Five rules from the margin to the cut."""


def page(*strokes: Stroke, characters: Sequence[Character] = (), clipped: Sequence[Character] = ()) -> Marks:
    return Marks(595, 842, [*characters], [*SIDES, *strokes], clipped=[*clipped])


def count(*pages: Marks) -> int:
    return len(list(sheets(dict(enumerate(pages, 1)))))


LEFT = Stroke(False, 500, 50, 70), Stroke(False, 40, 50, 130)
RIGHT = Stroke(False, 40, 50, 70), Stroke(False, 500, 50, 130)


def test_pages_whose_rows_go_on_at_the_same_heights_are_one_sheet():
    assert 1 == count(page(*LEFT), page(*RIGHT))


def test_rows_with_sides_elsewhere_are_another_sheet():
    assert 2 == count(page(*LEFT), page(Stroke(False, 40, 70, 90)))


def test_tables_without_sides_are_no_parts_of_one_sheet():
    assert 2 == count(page(), page())


def test_pages_that_have_all_their_sides_are_sheets_of_their_own():
    closed = page(Stroke(False, 500, 50, 130), Stroke(False, 40, 50, 130))
    assert 2 == count(closed, closed)


def test_one_row_without_a_side_tells_with_all_rules_at_the_same_heights():
    assert 1 == count(page(Stroke(False, 500, 50, 110)), page(Stroke(False, 40, 50, 110)))


def test_one_row_without_a_side_tells_nothing_where_other_rules_end_elsewhere():
    assert 2 == count(page(Stroke(False, 500, 50, 110)), page(Stroke(False, 40, 50, 110), Stroke(True, 80, 40, 500)))


def test_one_row_without_a_side_tells_nothing_among_few():
    left, right = page(Stroke(False, 500, 50, 90)), page(Stroke(False, 40, 50, 90))
    few = [replace(one, strokes=[stroke for stroke in one.strokes if stroke.at not in (110, 130)] + [Stroke(True, 110, 40, 500)]) for one in (left, right)]
    assert 2 == count(*few)


def test_rules_that_end_lower_are_of_another_sheet():
    assert 2 == count(page(*LEFT), page(*RIGHT, Stroke(True, 150, 40, 500), Stroke(False, 40, 130, 150)))


def test_text_recognised_over_scans_has_no_cut():
    assert 2 == count(replace(page(*LEFT), recognised=True), page(*RIGHT))


def test_drawing_of_very_many_lines_has_no_cut():
    lines = [Stroke(True, 150 + 4 * at, 40, 500) for at in range(400)]
    assert 2 == count(page(*LEFT, *lines), page(*RIGHT, *lines))


def test_sheet_is_no_wider_than_seventeen_pages():
    assert [17, 3] == [1 + len(one.seams) for one in sheets(dict(enumerate([page(LEFT[0], RIGHT[0])] * 20, 1)))]


def test_pages_of_another_size_are_another_sheet():
    assert 2 == count(page(*LEFT), replace(page(*RIGHT), width=842))


def test_letter_that_the_cut_goes_through_is_read_once():
    half = Character("成", 495, 75, 505, 85)
    far = Character("甲", 505, 75, 515, 85)
    (sheet,) = sheets({1: page(*LEFT, clipped=[half, far]), 2: page(*RIGHT, characters=[far._replace(left=45, right=55)], clipped=[half._replace(left=35, right=45)])})
    assert [half, far] == sheet.marks.characters


def test_letter_that_one_page_shows_is_read_once():
    half = Character("成", 494, 75, 504, 85)
    (sheet,) = sheets({1: page(*LEFT, characters=[half], clipped=[half]), 2: page(*RIGHT)})
    assert [half] == sheet.marks.characters


def test_letters_clipped_away_are_no_text_of_their_page():
    drawn = f"q 0 0 100 842 re W n\n{say(82, 100, '苗木成活', 842)}Q\n"
    found = marks_of(Leaf(595, 842, drawn))
    assert ("苗木", "成活") == tuple("".join(one.text for one in some) for some in (found.characters, found.clipped))


def test_page_after_right_columns_is_told_by_its_own_number_in_text():
    press = Press(height=2000)
    whole = marks_of(printed(filing("self-evaluation-2020"), press)[0])
    (only,) = sheets({3: replace(whole, strokes=[])})
    trace = read_pages(Printed((pieces(only.marks, only.number),)), forms(), "x.pdf").trace
    assert {"第3页"} == {one.spot for one in trace}
