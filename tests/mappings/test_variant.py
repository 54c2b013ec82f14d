"""What a variant takes over from the form it extends, and what falls away."""

import pytest

from xltool import yamlfile
from xltool.form import Form
from xltool.layout import Constant
from xltool.mapping import read
from xltool.picture import draw, parse
from xltool.problems import ProblemError

PARENT = """
form: parent
title: 表
layout: |
  | 项目名称 | {名称} |
  | 单位 | {单位} |
fields:
  名称: {json: name}
  单位: {json: unit}
captions:
  项目名称: [项目]
  单位: [实施单位]
exceptions: {单位: 单位}
"""
CHILD = """
form: child
extends: parent
layout: |
  | 项目名称 | {名称} |
"""


def variant(text: str) -> Form:
    return read(text, "child.yaml", lambda name: yamlfile.load(PARENT, "parent.yaml"))


def test_a_field_a_caption_and_an_exception_that_a_variant_does_not_draw_fall_away():
    form = variant(CHILD + "about: 变体\n")
    assert (["名称"], {"项目名称": ("项目",)}, {}) == (
        list(form.fields), dict(form.captions), dict(form.exceptions),
    )  # fmt: skip


def test_they_fall_away_where_the_variant_adds_its_own_too():
    form = variant(CHILD + "fields:\n  名称: {json: label}\ncaptions:\n  项目名称: [项目全称]\nexceptions: {名称: 项目名称}\n")
    assert ("label", {"项目名称": ("项目全称",)}, {"名称": "项目名称"}) == (
        form.fields["名称"].path, dict(form.captions), dict(form.exceptions),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("added", "fault"),
    [
        pytest.param("fields:\n  电话: {json: phone}\n", ("field-not-drawn", "child.yaml:7"), id="field"),
        pytest.param("captions:\n  电话: [联系电话]\n", ("caption-unknown", "child.yaml:7"), id="caption"),
        pytest.param("exceptions:\n  电话: 名称\n", ("field-unknown", "child.yaml:7"), id="exception"),
    ],
)
def test_what_a_variant_itself_declares_must_be_drawn(added, fault):
    with pytest.raises(ProblemError) as raised:
        variant(CHILD + added)
    assert [fault] == [(one.code, one.place) for one in raised.value.problems]


def test_a_lone_slash_is_a_constant_and_comes_back():
    picture = parse("| / | — | \\/ | 和/或 |")
    cells = picture.layout.cells
    assert [(Constant("/"),), (Constant("—"),)] == [cell.parts for cell in cells[:2]]
    assert ["/", "和/或"] == [cell.caption for cell in cells[2:]]
    assert picture == parse(draw(picture))
