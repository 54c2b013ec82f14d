"""Forms whose right columns stand on a page of their own. A page is drawn as the heights at which its rows begin."""

from xltool.filing import Doubt, Entry, Filing, Leftover, Section, Source
from xltool.grid import Book, Grid, Spot
from xltool.recovery.grid_stencil import NO_CAPTION
from xltool.recovery.page_beside import with_doubts

MISSING = Doubt("goals.annual", "第1页", f"{NO_CAPTION}“年度总体目标”")
ROWS = (50.0, 65.0, 80.0, 95.0)


def spots(page: int, tops: tuple[float, ...]) -> tuple[Spot, ...]:
    return tuple(Spot(page, 40, top, 200, top + 15) for top in tops)


def doubted(own: tuple[float, ...], left: tuple[float, ...], *doubts: Doubt, page: int = 2) -> list[tuple[str, str, str]]:
    """The doubts that come to those of a form on page 1, where rows of another page are left over."""
    form, rest = spots(1, own), spots(page, left)
    entry = Entry("x", "表", {"name": "修桥", "unit": None, "goals.annual": None}, source=Source("", ("page", 1), (), doubts))
    filing = Filing((Section(None, (entry,)),), Source(leftover=tuple(Leftover(str(spot), "甲") for spot in rest)))
    book = Book(tuple(Grid(f"第{number}页", tuple((row, 1, row, 1) for row in range(1, len(some) + 1)), ("甲",) * len(some), spots=some) for number, some in ((1, form), (page, rest))))
    (found,) = with_doubts(filing, book).entries
    return [(one.path, one.place, one.why) for one in found.source.doubts[len(doubts) :]]


def test_empty_field_is_doubted_where_rows_at_the_same_heights_are_left_over():
    assert [("unit", "第1页", "空白，表格右边的栏可能印在第3页")] == doubted(ROWS, ROWS[1:], MISSING, page=3)


def test_empty_field_is_empty_where_no_caption_is_missing():
    assert [] == doubted(ROWS, ROWS, Doubt("name", "第1页", "文字印到了框线之外"))


def test_rows_at_other_heights_are_no_columns_of_a_form():
    assert [] == doubted(ROWS, (50, 65, 80, 102, 117, 132, 147), MISSING)


def test_two_rows_tell_no_columns_of_a_form():
    assert [] == doubted(ROWS, ROWS[:2], MISSING)
