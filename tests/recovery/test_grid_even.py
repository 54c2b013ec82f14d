"""A list placed by its columns at once holds what its rows hold one by one; what is odd about a row is left to these."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.recovery.test_grid_columns import BOOK, FORMS, edited
from xltool.grid import Book, Grid, GridCell, grid_of_cells
from xltool.problems import ProblemError
from xltool.recovery import grid_placement, grid_reading
from xltool.recovery.grid_even import EvenList
from xltool.recovery.grid_located import places
from xltool.recovery.grid_trace import pieces


def said(grid: Grid) -> str:
    """What is read of a grid: its filing, the place of every value, where each cell went."""
    book = Book((grid,))
    try:
        return repr((grid_reading.read_book(book, FORMS, "book.xlsx"), places(book, FORMS), list(pieces(book, FORMS))))
    except ProblemError as error:
        return repr(error.problems)


def row_by_row(grid: Grid) -> str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grid_placement, "even_lists", lambda *given: None)
        return said(grid)


def lists_of(grid: Grid) -> list[object]:
    """The lists of a grid's forms as they were placed."""
    shapes = [shape for _, shape in grid_reading.shapes_of(Book((grid,)), FORMS) if shape]
    return [one for shape in shapes for placement, _, _ in shape.placements for one in placement.lists.values()]


def noted(grid: Grid, cells: list[tuple[int, int, int, int, str]]) -> Grid:
    """The grid with more cells, by rows from its last one and columns from its first, as many rows high and columns wide."""
    stored = [GridCell(grid.last_row + down, column, grid.last_row + down + high, column + wide, text) for down, column, high, wide, text in cells]
    free = [cell for cell in stored if all((row, column) not in grid.squares for row in range(cell.row, cell.last_row + 1) for column in range(cell.column, cell.last_column + 1))]
    return grid_of_cells(grid.name, [*grid.cells, *free[:1], *[one for at, one in enumerate(free[1:], 1) if all(one.row > other.last_row for other in free[:at])]])


more = st.lists(st.tuples(st.integers(-6, 3), st.integers(1, 10), st.integers(0, 1), st.integers(0, 2), st.sampled_from(["备注：见附件", "产出指标", "数量指标", "三级指标", "一级指标", "填表人：张三", "12"])), max_size=4)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(BOOK) - 1), st.integers(0, 10**6), more)
def test_lists_at_once_are_as_row_by_row(at, seed, cells):
    grid = noted(BOOK[at] if seed % 4 == 0 else edited(BOOK[at], seed), cells)
    assert row_by_row(grid) == said(grid)


def test_lists_of_an_untouched_sheet_are_placed_at_once():
    found = [one for grid in BOOK for one in lists_of(grid)]
    assert found
    assert all(isinstance(one, EvenList) for one in found)


def test_an_even_list_answers_items_by_their_place():
    one = EvenList([7, 9], {"三级指标": [4, 6], "指标值": [5, -1]})
    assert [(7, {"三级指标": 4, "指标值": 5}), (9, {"三级指标": 6})] == [(item.row, item.slots) for item in one]
    assert one[1] == one[-1] == one[1:][0]
    assert 2 == len(one)
