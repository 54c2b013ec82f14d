"""Row heights: wrapped Chinese fits, in single cells and in merged ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xltool.heights import _ALIKE, HIGHEST, Rows, _wrapped, fit, length, lines, room, spread


@pytest.mark.parametrize(
    ("text", "half_ems"),
    [
        pytest.param("绩效指标", 8, id="Chinese is two"),
        pytest.param("=956.00(", 8, id="Latin is one"),
        pytest.param("≥90％", 6, id="full-width marks are two"),
    ],
)
def test_length(text, half_ems):
    assert half_ems == length(text)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param("", 1, id="nothing"),
        pytest.param("十个汉字正好是一行啊", 1, id="a full line"),
        pytest.param("十一个汉字就要占两行啊", 2, id="one character more"),
        pytest.param("一行\n两行\n\n四行", 4, id="its own line breaks"),
        pytest.param("一二三四五六七八九十。", 2, id="a closing mark takes its character along"),
        pytest.param("一二三四五六七八九 Excel", 2, id="a Latin word stays whole"),
        pytest.param("x" * 41, 3, id="a word longer than a line is cut"),
    ],
)
def test_lines_of_twenty_half_ems(text, count):
    assert count == lines(text, 20)


@given(st.text("汉字行高", min_size=1, max_size=80), st.integers(2, 41))
def test_chinese_characters_fill_every_line(text, wide):
    assert -(-len(text) // (wide // 2)) == lines(text, wide)


def test_room_follows_the_font():
    assert (12, 24) == (room(90, 10.5), room(174, 10.5))
    assert room(174, 21) == 12


@given(st.text("汉字，。（）ab 1\n", max_size=80), st.integers(2, 40))
def test_lines_hold_the_text_and_never_grow_with_room(text, wide):
    assert lines(text, wide) * wide >= length(text.replace("\n", "").replace(" ", "")) - 2
    assert lines(text, wide + 2) <= lines(text, wide) + 1


@given(st.text("汉字，。（）“”ab1.-%≥①Ａ㐀é \t", min_size=1, max_size=60), st.integers(2, 40))
def test_a_text_wraps_as_every_text_of_its_shape(text, wide):
    assert _wrapped.__wrapped__(text, wide) == _wrapped.__wrapped__(text.translate(_ALIKE), wide)


def test_a_cell_over_several_rows_shares_what_it_lacks():
    # | a | b |        b needs 90; row 1 needs 30 for a
    # | c | ^ |
    assert [45.0, 35.0] == fit([(1, 1, 30), (1, 2, 80)], [20, 20])


def test_rows_that_have_room_take_what_a_full_row_cannot():
    """A cell over three rows wants 900; beside it a cell of the first row wants 400 of at most 409."""
    assert [409.0, 245.5, 245.5] == fit([(1, 3, 900.0), (1, 1, 400.0)], [20.0, 20.0, 20.0], [409.0] * 3)


def test_a_row_that_may_not_grow_gives_its_share_to_the_others():
    assert [0.0, 50.0, 50.0] == fit([(1, 3, 100.0)], [0.0, 20.0, 20.0], [0.0, 409.0, 409.0])


def test_what_no_row_has_room_for_is_shared_beyond_the_limit():
    assert [500.0, 500.0] == fit([(1, 2, 1000.0)], [20.0, 20.0], [409.0] * 2)


def test_a_group_over_one_row_fits_as_well():
    assert [33.0, 20.0] == fit([(1, 1, 33)], [20, 20])


NEEDS = st.lists(st.tuples(st.integers(1, 6), st.integers(0, 3), st.floats(1, 900)), max_size=12)


@given(NEEDS)
def test_every_need_has_its_place(raw):
    needs = [(first, min(6, first + more), tall) for first, more, tall in raw]
    heights = fit(needs, [20.0] * 6)
    assert all(one >= 20 for one in heights)
    for first, last, tall in needs:
        assert sum(heights[first - 1 : last]) >= tall - 1e-6


def test_a_row_above_the_limit_is_several():
    assert Rows((20.0, 400.0, 400.0, 20.0), (0, 1, 3, 4)) == spread([20.0, 800.0, 20.0])


def test_a_row_above_a_page_is_as_many_as_fill_pages():
    assert Rows((20.0, *[120.0] * 9, 20.0), (0, 1, 10, 11)) == spread([20.0, 1080.0, 20.0])


def test_a_row_below_the_limit_is_one():
    assert Rows((20.0, 400.0), (0, 1, 2)) == spread([20.0, 400.0])


@given(st.lists(st.floats(1, 3000), min_size=1, max_size=8))
def test_spread_rows_keep_their_height_and_the_limit(heights):
    rows = spread(heights)
    assert max(rows.heights) <= HIGHEST
    for at, tall in enumerate(heights):
        assert sum(rows.heights[rows.starts[at] : rows.starts[at + 1]]) == pytest.approx(tall)
