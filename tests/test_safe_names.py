"""Names of sheets and files: whatever a project is called, legal, different, always the same."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xltool.safe_names import file_part, same, sheet_names


@pytest.mark.parametrize(
    ("wanted", "made"),
    [
        pytest.param("医保监管", "医保监管", id="a plain name stays"),
        pytest.param("水/电:[补贴]*?", "水／电：［补贴］＊？", id="forbidden marks become full-width"),
        pytest.param("a\\b", "a＼b", id="backslash"),
        pytest.param("'引号'", "引号", id="' at the ends goes"),
        pytest.param("it's", "it's", id="' inside stays"),
        pytest.param("_x0041_ _x41_", "＿x0041_ _x41_", id="a character by its number"),
        pytest.param("History", "History(2)", id="Excel's own name"),
        pytest.param("ｈistory", "ｈistory(2)", id="Excel's own name in full width"),
        pytest.param("目录", "目录(2)", id="the contents sheet's name"),
        pytest.param("汇总表", "汇总表(2)", id="the stacked sheet's name"),
        pytest.param("", "未命名", id="empty"),
        pytest.param(" \t\u3000", "未命名", id="blanks alone"),
        pytest.param("'''", "未命名", id="quotation marks alone"),
        pytest.param("两行\n名称", "两行 名称", id="a line break"),
        pytest.param("零\u200b宽\x00\ud800", "零宽", id="characters that nobody sees"),
        pytest.param("长" * 40, "长" * 31, id="31 characters"),
        pytest.param("𠮷" * 20, "𠮷" * 15, id="31 UTF-16 units, no character halved"),
        pytest.param("长" * 30 + "'长", "长" * 30, id="' at the end after cutting"),
    ],
)
def test_sheet_name(wanted, made):
    assert [made] == sheet_names([wanted])


def test_names_equal_after_cutting_are_numbered():
    assert ["长" * 31, "长" * 28 + "(2)", "长" * 28 + "(3)"] == sheet_names(["长" * 32, "长" * 33, "长" * 34])


def test_names_that_differ_in_case_or_width_alone_are_numbered():
    assert ["Abc", "aBC(2)", "ＡＢＣ(3)"] == sheet_names(["Abc", "aBC", "ＡＢＣ"])


def test_a_numbered_name_gives_way_to_one_that_is_called_so():
    assert ["甲", "甲(2)", "甲(3)"] == sheet_names(["甲", "甲(2)", "甲"])


@pytest.mark.parametrize(
    ("wanted", "made"),
    [
        pytest.param('a<b>"c"|d', "a＜b＞＂c＂｜d", id="Windows' forbidden marks"),
        pytest.param("con", "_con", id="a device"),
        pytest.param("NUL.2024", "_NUL.2024", id="a device with a suffix"),
        pytest.param("../x", "／x", id="a way out of the folder"),
        pytest.param("x. .", "x", id="dots and blanks at the end"),
        pytest.param("长" * 100, "长" * 100, id="any length"),
        pytest.param("...", "未命名", id="nothing left"),
    ],
)
def test_file_part(wanted, made):
    assert made == file_part(wanted)


NAMES = st.lists(st.text(max_size=45) | st.sampled_from(["History", "目录", "a", "A", "a(2)", "'", "/", "con", "𠮷" * 16]), max_size=12)


@given(NAMES)
def test_sheet_names_are_legal_different_and_as_many(wanted):
    made = sheet_names(wanted)
    assert len(wanted) == len(made) == len(set(map(same, made)))
    for name in made:
        assert 0 < len(name.encode("utf-16-le")) // 2 <= 31
        assert not re.search(r"[\[\]:*?/\\\x00-\x1f]", name)
        assert name == name.strip("' ")
        assert name.casefold() != "history"
    assert made == sheet_names(wanted)


@given(NAMES)
def test_file_parts_are_legal(wanted):
    for name in map(file_part, wanted):
        assert name and name == file_part(name)
        assert not re.search(r'[<>:"/\\|?*\x00-\x1f]', name)
        assert name == name.strip(" .")
        assert name.partition(".")[0].strip().casefold() not in {"con", "nul", "com1"}
