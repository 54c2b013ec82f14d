"""A form drawn in a console: as wide as its texts ask for, no wider than the console."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xltool.library import forms
from xltool.picture import display_width, parse
from xltool.surfaces.terminal import LEAST, draw

FORMS = forms()


def drawn(form: str, width: int = 0) -> list[str]:
    found = FORMS[form]
    return draw(found.layout, frozenset(block.row for block in found.blocks), width).splitlines()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_line_is_wider_than_the_console(form, width):
    lines = drawn(form, width)
    least = FORMS[form].layout.columns * (LEAST + 1) + 3
    assert max(map(display_width, lines)) <= max(width, least)
    assert len(drawn(form)) == len(lines)


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(sorted(FORMS)), st.integers(1, 200))
def test_every_width_keeps_the_picture_straight(form, width):
    lines = [line.removesuffix(" …") for line in drawn(form, width)]
    assert 1 == len({display_width(line) for line in lines})


def test_what_has_no_room_ends_in_a_mark_and_what_has_stays_whole():
    lines = drawn("self-evaluation-sichuan", 80)
    assert "│ 项目…│ {项目名称}" in "\n".join(lines)
    assert not any("…" in line.removesuffix(" …") for line in drawn("self-evaluation-sichuan"))


@pytest.mark.parametrize("form", FORMS)
def test_a_console_that_is_wide_enough_changes_nothing(form):
    full = drawn(form)
    assert full == drawn(form, max(map(display_width, full)))


def test_no_line_is_drawn_inside_a_merged_cell():
    picture = """\
| 甲 | {甲} | <  |
| ^  | 乙   | 丙 |
"""
    assert """\
┌────┬─────────┐
│ 甲 │ {甲}    │
│    ├────┬────┤
│    │ 乙 │ 丙 │
└────┴────┴────┘
""" == draw(parse(picture, "m.yaml", 1).layout, frozenset(), 0)
