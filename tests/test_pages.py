"""Pages: none ends in the middle of a text, or with the heads of a list."""

from xltool.pages import Page, breaks, page_height, squeezed

HEADS = (0, 0)


def test_a_form_of_one_page_has_no_break():
    assert [] == breaks([20] * 5, [], Page(100, HEADS))


def test_repeated_heads_take_their_room_on_every_page():
    assert [5, 9, 13] == breaks([20] * 15, [], Page(100, HEADS))
    assert [5, 10] == breaks([20] * 15, [], Page(100, HEADS, repeats=False))


def test_no_page_ends_in_the_middle_of_a_text():
    # A text 30 high stands in the middle of rows 3 to 6, just where the page is full.
    assert [4] == breaks([20] * 9, [(3, 6, 30)], Page(100, HEADS, repeats=False))[:1]


def test_a_page_ends_a_little_early_where_a_group_ends():
    assert [8] == breaks([20] * 14, [(8, 13, 15)], Page(200, HEADS, repeats=False))


def test_heads_do_not_end_a_page():
    assert [4] == breaks([20] * 9, [], Page(100, (4, 4)))[:1]


def test_a_row_higher_than_a_page_runs_on():
    assert [1] == breaks([400, 20], [], Page(100, HEADS))


def test_a_form_a_little_longer_than_a_page_is_squeezed():
    assert [False, True, False] == [squeezed([tall], Page(100, HEADS)) for tall in (100, 109, 111)]


def test_a_wide_sheet_has_longer_pages():
    assert page_height(600, False) < page_height(1400, False)
    assert page_height(600, True) < page_height(600, False)


def test_a_text_higher_than_a_page_does_not_empty_the_page_before_it():
    assert [5, 10, 15] == breaks([20] * 20, [(2, 17, 300)], Page(100, HEADS, repeats=False))
