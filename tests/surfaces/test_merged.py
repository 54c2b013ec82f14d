"""Squares and merges as cells, whatever program left them: drawn as squares with their texts, and merges as Excel names them."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xltool import budgets
from xltool.problems import ProblemError
from xltool.surfaces.merged import UNDER, Corner, Merges, Sheet, geometry, laid_out, under_merges


def square(name: str) -> tuple[int, int, int, int]:
    found = re.fullmatch(r"([A-Z])(\d+)", name)
    assert found
    return (int(found[2]), ord(found[1]) - 64) * 2


def area(name: str) -> tuple[Corner, Corner]:
    (row, column, *_), (last_row, last_column, *_) = (square(one) for one in name.split(":"))
    return (row - 1, column - 1), (last_row - 1, last_column - 1)


def shown(place: tuple[int, int, int, int]) -> str:
    first, last = (f"{chr(64 + column)}{row}" for row, column in (place[:2], place[2:]))
    return first if first == last else f"{first}:{last}"


def cells(texts: dict[str, str], *merges: str) -> list[tuple[str, object]]:
    """The cells that the squares make, in the order in which they come."""
    stored = sorted(map(square, texts))
    by_square = {square(name): text for name, text in texts.items()}
    places, held = laid_out(stored, [by_square[at] for at in stored], tuple(map(area, merges)), "a.xlsx: 表1")
    return list(zip(map(shown, places), held, strict=True))


@pytest.mark.parametrize(
    ("texts", "merges", "expected"),
    [
        pytest.param({"A1": "甲", "C1": "乙"}, ["A1:B2"], [("A1:B2", "甲"), ("C1", "乙")], id="a merge over its text"),
        pytest.param({"A1": "甲", "B2": "乙"}, ["A1:B2"], [("A1", "甲"), ("B2", "乙")], id="a merge over two texts is none"),
        pytest.param({"A1": "甲", "B2": "甲"}, ["A1:B2"], [("A1:B2", "甲")], id="one text that stands there twice"),
        pytest.param({"B2": "甲", "C1": "乙"}, ["A1:B2"], [("A1:B2", "甲"), ("C1", "乙")], id="a text under a merge is the merge's, in its place"),
        pytest.param({"A1": "", "B1": "甲"}, ["A1:B1"], [("A1:B1", "甲")], id="an empty text before it counts for none"),
        pytest.param({"A1": "甲", "B2": "乙"}, ["A1:B2", "D1:E2", "D4:E4"], [("A1", "甲"), ("B2", "乙")], id="merges over nothing beside one that is none"),
        pytest.param({"A1": "甲", "A2": "乙", "B2": "丙"}, ["A1:B1", "A2:B2"], [("A1:B1", "甲"), ("A2", "乙"), ("B2", "丙")], id="of two merges the other stays"),
        pytest.param({"A1": "甲", "B1": "乙"}, ["B1:A1"], [("A1", "甲"), ("B1", "乙")], id="a merge that ends before it begins"),
        pytest.param({"A1": "甲", "F6": "乙"}, ["A1:E5"], [("A1:E5", "甲"), ("F6", "乙")], id="a large merge"),
        pytest.param({"A1": "甲", "E5": "乙", "F6": "丙"}, ["A1:E5"], [("A1", "甲"), ("E5", "乙"), ("F6", "丙")], id="a large merge over two texts"),
        pytest.param({"A1": "甲", "E5": "", "F6": "丙"}, ["A1:E5"], [("A1:E5", "甲"), ("F6", "丙")], id="a large merge over an empty text in its last square"),
    ],
)
def test_squares_and_merges_are_cells(texts, merges, expected):
    assert expected == cells(texts, *merges)


names = st.builds("{}{}".format, st.sampled_from("ABCDEF"), st.integers(1, 6))


@given(st.dictionaries(names, st.sampled_from(["甲", "乙", ""])), st.sets(st.sampled_from(["A1:B2", "C1:F1", "A4:A6", "C3:E6"])))
def test_no_text_is_lost_and_no_cell_stands_on_another(texts, merges):
    found = cells(texts, *merges)
    assert {text for text in texts.values() if text} == {text for _, text in found if text}
    squares = [(row, column) for name, _ in found for top, left, bottom, right in [_box(name)] for row in range(top, bottom + 1) for column in range(left, right + 1)]
    assert len(squares) == len(set(squares))
    assert [name for name, _ in found] == sorted((name for name, _ in found), key=lambda name: _box(name)[:2])


def _box(name: str) -> tuple[int, int, int, int]:
    first, _, last = name.partition(":")
    return (*square(first)[:2], *square(last or first)[:2])


def test_a_text_under_a_merge_is_doubted_and_one_in_its_first_square_is_not():
    texts = {"A1": "甲", "D2": "乙", "F1": "丙", "A4": "", "B4": "丁", "D4": "", "D5": "戊"}
    merges = tuple(map(area, ("A1:B2", "C2:D2", "A4:B4", "C4:D4")))
    stored, values = [square(name) for name in sorted(texts, key=square)], [texts[name] for name in sorted(texts, key=square)]
    places, held = laid_out(stored, values, merges, "a.xlsx: 表1")
    found = under_merges(stored, values, places, held)
    assert {"C2:D2": UNDER, "A4:B4": UNDER} == {shown(places[number]): one.why for number, one in found.items()}


@pytest.mark.parametrize(("most", "read"), [(8, True), (7, False)])
def test_merges_may_cover_as_many_squares_as_the_budget_says(most, read):
    """A1:B2 and D1:E2 cover four each."""
    with budgets.using(budgets.raised([f"merged={most}"], budgets.USUAL)):
        if read:
            assert [("A1:B2", "甲"), ("D1:E2", "乙"), ("F9", "丙")] == cells({"A1": "甲", "D1": "乙", "F9": "丙"}, "A1:B2", "D1:E2")
        else:
            with pytest.raises(ProblemError) as error:
                cells({"A1": "甲", "D1": "乙", "F9": "丙"}, "A1:B2", "D1:E2")
            assert ["workbook-merges"] == [one.code for one in error.value.problems]


def test_merges_count_as_far_as_the_sheet_is_used():
    """Beyond the last row and column that hold something nothing is laid out."""
    merges: Merges = tuple(map(area, ("A1:Z999", "D5:F6", "B9:C9", "X1:Z9")))
    found = geometry([square("A1"), square("C3")], merges, 9)
    assert (9, 1) == (found.covered, len(found.merges))
    assert 4 * 3 == geometry([square("A1"), square("C3"), square("B4")], merges, 9).covered


def test_a_sheet_that_is_read_keeps_what_stands_in_each_square():
    sheet = Sheet("表1")
    sheet.put((1, 1), "项目")
    sheet.put((1, 3), "12.5", Decimal("12.5"), "=A1")
    sheet.put((2, 1), "", note="见附件")
    sheet.put((2, 2), "", Decimal(5))
    sheet.merge((1, 1), 1, 2)
    sheet.merge((2, 1), 1, 1)
    grid = sheet.grid("a.ods")
    assert [("A1:B1", "项目"), ("C1", "12.5"), ("A2", "")] == [(shown(place), text) for place, text in zip(grid.places, grid.texts, strict=True)]
    assert ({1: Decimal("12.5")}, {1: "=A1"}, {2: "见附件"}) == (grid.values, grid.formulas, grid.notes)


def test_values_formulas_and_notes_of_a_square_under_a_merge_go_with_it():
    """Its text is the merge's; what is stored behind it belongs to no cell any more."""
    sheet = Sheet("表1")
    sheet.put((1, 1), "")
    sheet.put((1, 2), "7", Decimal(7), "=3+4", "注")
    sheet.put((2, 1), "甲")
    sheet.merge((1, 1), 1, 2)
    grid = sheet.grid("a.ods")
    assert [("A1:B1", "7"), ("A2", "甲")] == [(shown(place), text) for place, text in zip(grid.places, grid.texts, strict=True)]
    assert ({}, {}, {}, UNDER) == (grid.values, grid.formulas, grid.notes, grid.unsure[0].why)


def test_a_sheet_of_more_squares_than_the_budget_is_refused_with_their_number():
    sheet = Sheet("表1")
    for column in range(1, 5):
        sheet.put((1, column), "x")
    with budgets.using(budgets.raised(["squares=4"], budgets.USUAL)):
        assert 4 == len(sheet.grid("a.ods").places)
    with budgets.using(budgets.raised(["squares=3"], budgets.USUAL)), pytest.raises(ProblemError) as error:
        sheet.grid("a.ods")
    assert [("workbook-squares", "a.ods: 表1", "4")] == [(one.code, one.place, str(dict(one.words)["found"])) for one in error.value.problems]
