"""Rows that look like items and that no form took. A page is drawn as rows: where each begins, and its texts."""

import pytest

from xltool.filing import Entry, Filing, Leftover, Section, Source
from xltool.grid import Book, Grid, Spot
from xltool.library import forms
from xltool.recovery.page_cuts import LEVEL, OTHER
from xltool.recovery.page_rest import with_doubts

Rows = dict[float, tuple[str, ...]]
ITEMS: Rows = {60: ("效益指标", "知晓率"), 75: ("满意度", "≥90%")}


def telling(text: str) -> int:
    return LEVEL if text == "效益指标" else OTHER


def doubted(rest: Rows, page: int = 2, begins: tuple[int, ...] = (1,)) -> list[list[tuple[str, str]]]:
    """The doubts of forms that begin on these pages, where rows of a page are left over."""
    spots = [(Spot(page, 40 + 100 * at, top, 140 + 100 * at, top + 15), text) for top, texts in rest.items() for at, text in enumerate(texts)]
    entries = tuple(Entry("self-evaluation", "表", {}, source=Source("", ("page", begin))) for begin in begins)
    filing = Filing((Section(None, entries),), Source(leftover=tuple(Leftover(str(spot), text) for spot, text in spots)))
    grid = Grid("第1页", tuple((row, 1, row, 1) for row in range(1, len(spots) + 1)), tuple(text for _, text in spots), spots=tuple(spot for spot, _ in spots))
    return [[(one.path, one.place) for one in entry.source.doubts] for entry in with_doubts(filing, Book((grid,)), forms(), telling).entries]


def test_list_is_doubted_where_rows_like_its_items_are_left_over():
    assert [[("indicators", "第2页")]] == doubted(ITEMS)


def test_the_last_form_before_the_rows_is_doubted():
    assert [[], [("indicators", "第2页")], []] == doubted(ITEMS, 2, (1, 2, 3))


def test_the_first_form_is_doubted_where_none_stands_before():
    assert [[("indicators", "第2页")], []] == doubted(ITEMS, 2, (3, 4))


@pytest.mark.parametrize(
    "rest",
    [
        pytest.param({60: ("效益指标", "知晓率")}, id="one row"),
        pytest.param({60: ("效益指标",), 75: ("≥90%",)}, id="texts alone"),
        pytest.param({60: ("合计", "100"), 75: ("其中", "50")}, id="another table"),
    ],
)
def test_what_is_no_item_doubts_nothing(rest):
    assert [[]] == doubted(rest)
