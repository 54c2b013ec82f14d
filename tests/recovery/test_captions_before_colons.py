"""Captions that a colon parts from their values where few of a form's do."""

import pytest

from tests.recovery.test_carried_text import FORM, PLAIN, data, entries
from xltool.library import forms
from xltool.recovery.atoms import split
from xltool.recovery.colons import parted_at_colons

SPOKEN = FORM.replace("项目名称 ", "项目名称：").replace("主管部门 ", "主管部门：")


@pytest.mark.parametrize("copies", [1, 3])
def test_caption_that_stands_before_its_colon_in_every_form_is_parted_from_its_value(copies):
    assert SPOKEN != FORM
    assert [data(PLAIN)] * copies == [data(entry) for entry in entries(SPOKEN * copies)]


@pytest.mark.parametrize(
    "form",
    [
        pytest.param(FORM.replace("完成全年各项任务。", "项目名称：以批复为准。"), id="a caption that stands by itself as often"),
        pytest.param(FORM.replace("实施单位 ", "").replace("河道保洁", "实施单位：甲乙联合巡河"), id="in the middle of a line"),
        pytest.param(FORM.replace("完成全年各项任务。", "主管领导：李四"), id="no caption"),
    ],
)
def test_other_words_before_colons_stay_whole(form):
    text = split(form)
    assert text == parted_at_colons(text, forms().values())
