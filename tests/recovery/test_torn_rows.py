"""Rows that a program lets go on over the end of a page: the cells of one row, whatever rules close them.

A text that ends in … fills its line.
"""

import pytest

from xltool.grid import Spot
from xltool.recovery.page_cuts import LEVEL, OTHER, Part, Turn, close_over


def row(texts: list[str], number: int) -> list[Part]:
    room = [0 if text.endswith("…") else 50 for text in texts]
    return [Part(at * 100, at * 100 + 100, number, number, text.rstrip("…"), Spot(number, 0, 0, 0, 0), room=room[at], first=10) for at, text in enumerate(texts)]


def joined(above: list[str], below: list[str], spare: bool = False, known: dict[str, int] | None = None) -> list[list[str]]:
    before = row(above, 1)
    kept, _ = close_over(before, row(below, 2), Turn(1, 0, False, spare), lambda text: (known or {}).get(text, OTHER))
    return [["".join(part.text.split()) for part in before], [part.text for part in kept if part.text]]


@pytest.mark.parametrize(
    ("above", "below", "whole"),
    [
        pytest.param(["知晓率（二", "30个"], ["期）", ""], ["知晓率（二期）", "30个"], id="an open bracket"),
        pytest.param(["数据采…", "≤4081.00"], ["集、分析", "（元/家）"], ["数据采集、分析", "≤4081.00（元/家）"], id="a unit after its number"),
        pytest.param(["产出指标（48", "数量指标"], ["分）", ""], ["产出指标（48分）", "数量指标"], id="a weight in brackets"),
    ],
)
def test_row_whose_text_cannot_end_so_goes_on(above, below, whole):
    assert [whole, []] == joined(above, below)


def test_bracket_that_nobody_closed_takes_no_row_in():
    assert [["知晓率（二期", "30个"], ["参与率（新增）", "5个"]] == joined(["知晓率（二期", "30个"], ["参与率（新增）", "5个"])


@pytest.mark.parametrize(
    "below",
    [
        pytest.param(["评审次数", "≥5(次)"], id="a sound row"),
        pytest.param(["（新增）评审次数", "≥5(次)"], id="a name that begins with a bracket"),
    ],
)
def test_new_row_begins_on_the_next_page(below):
    assert [["知晓率（二期）", "30个"], below] == joined(["知晓率（二期）", "30个"], below)


def test_row_whose_lines_have_no_room_goes_on():
    assert [["非遗传承工作及时性", "12月31日前", "完成"], []] == joined(["非遗传承工作及…", "12月…", "完成"], ["时性", "31日前", ""])


def test_number_alone_is_not_broken():
    assert [["知晓率", "8,810,000.0"], ["0"]] == joined(["知晓率", "8,810,000.0…"], ["", "0"])


@pytest.mark.parametrize(
    ("above", "below"),
    [
        pytest.param(["评审次数…", "及时…"], ["知晓率", "≥85%"], id="a target begins with its sign"),
        pytest.param(["产出指标…", "评审次数…", "完成"], ["效益指标", "知晓率", ""], id="a level begins"),
    ],
)
def test_row_below_full_lines_is_a_row_of_its_own(above, below):
    levels = {"产出指标": LEVEL, "效益指标": LEVEL}
    assert [[text.rstrip("…") for text in above], [text for text in below if text]] == joined(above, below, known=levels)


def test_row_that_ends_above_free_room_is_whole():
    assert [["知晓率", "完成"], ["调查"]] == joined(["知晓率…", "完成"], ["调查", ""], spare=True)


def test_row_that_may_be_two_is_joined_and_doubted():
    before = row(["专家评审…", "稳步…"], 1)
    close_over(before, row(["次数", "提高"], 2), Turn(1, 0, False, False), lambda _: OTHER)
    assert [("专家评审次数", True), ("稳步提高", True)] == [(part.text, part.unsure is not None and part.unsure.row) for part in before]


def test_words_that_a_text_holds_already_are_still_its_rest():
    assert [["提升管理水平，提升", "完成"], []] == joined(["提升管理水平，…", "完成"], ["提升", ""])
