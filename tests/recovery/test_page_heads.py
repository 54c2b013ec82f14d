"""Heads and feet that every page of a text prints again, drawn with form feeds (⏏) or with the numbers of the pages."""

from __future__ import annotations

import pytest

from xltool.library import forms
from xltool.recovery.atoms import split
from xltool.recovery.page_heads import own_words, without_page_heads

FORMS = [forms()["target-declaration"]]
HEAD, FOOT = "青棠市二〇二六年部门预算公开", "青棠市财政局监制"


def kept(text: str) -> tuple[list[str], list[tuple[int, str]]]:
    """The lines that stay, and the heads with their lines."""
    found = without_page_heads(split(text.replace("⏏", "\f")), FORMS)
    return ["".join(atom.text for atom in found.atoms[line.first : line.last]) for line in found.lines], list(found.heads)


@pytest.mark.parametrize(
    ("text", "words", "heads"),
    [
        pytest.param(f"甲\n⏏{HEAD}\n乙\n⏏{HEAD}\n丙", ["甲", "乙", "丙"], [(2, HEAD), (4, HEAD)], id="a head on two pages"),
        pytest.param(f"{HEAD}\n甲\n⏏{HEAD}\n乙\n⏏{HEAD}\n丙", ["甲", "乙", "丙"], [(1, HEAD), (3, HEAD), (5, HEAD)], id="and on the first, which no page comes before"),
        pytest.param(f"甲\n{FOOT}\n⏏乙\n{FOOT}\n⏏丙", ["甲", "乙", "丙"], [(2, FOOT), (4, FOOT)], id="a foot"),
        pytest.param(f"甲\n{FOOT}\n⏏{HEAD}\n乙\n{FOOT}\n⏏{HEAD}\n丙", ["甲", "乙", "丙"], [(2, FOOT), (3, HEAD), (5, FOOT), (6, HEAD)], id="both"),
        pytest.param(f"甲\n— 1 —\n{HEAD}\n乙\n— 2 —\n{HEAD}\n丙", ["甲", "乙", "丙"], [(3, HEAD), (6, HEAD)], id="behind the numbers of pages"),
        pytest.param(f"甲\n⏏{HEAD}\n乙", ["甲", HEAD, "乙"], [], id="behind the only break"),
        pytest.param("甲\n⏏年度 总体 目标\n乙\n⏏年度 总体 目标\n丙", ["甲", "年度总体目标", "乙", "年度总体目标", "丙"], [], id="a caption whose words are set apart"),
        pytest.param(f"甲\n⏏{HEAD}\n乙\n⏏丙", ["甲", HEAD, "乙", "丙"], [], id="on one page alone"),
        pytest.param(f"甲\n⏏{HEAD}\n乙\n⏏{HEAD}\n丙\n⏏丁\n⏏戊", ["甲", HEAD, "乙", HEAD, "丙", "丁", "戊"], [], id="on half of the pages"),
        pytest.param("甲\n⏏年度报告\n乙\n⏏年度报告\n丙", ["甲", "年度报告", "乙", "年度报告", "丙"], [], id="fewer than six letters"),
        pytest.param("甲\n⏏加强养护，提高质量。\n乙\n⏏加强养护，提高质量。\n丙", ["甲", "加强养护，提高质量。", "乙", "加强养护，提高质量。", "丙"], [], id="a sentence"),
        pytest.param("甲\n⏏年度总体目标\n乙\n⏏年度总体目标\n丙", ["甲", "年度总体目标", "乙", "年度总体目标", "丙"], [], id="a caption"),
        pytest.param("甲\n⏏服务对象满意度指标\n乙\n⏏服务对象满意度指标\n丙", ["甲", "服务对象满意度指标", "乙", "服务对象满意度指标", "丙"], [], id="a level's name"),
        pytest.param("甲\n⏏一级指标 二级指标 三级指标\n乙\n⏏一级指标 二级指标 三级指标\n丙", ["甲", "一级指标二级指标三级指标", "乙", "一级指标二级指标三级指标", "丙"], [], id="the heads of the list"),
        pytest.param(f"甲\n⏏{HEAD}\n乙\n{HEAD}\n丙\n{HEAD}\n丁\n⏏{HEAD}\n戊", ["甲", HEAD, "乙", HEAD, "丙", HEAD, "丁", HEAD, "戊"], [], id="it stands inside a page as well"),
        pytest.param(f"甲\n⏏{HEAD}\t\t\n乙\n⏏{HEAD}\t\t\n丙", ["甲", HEAD, "乙", HEAD, "丙"], [], id="a row of cells"),
        pytest.param(f"甲\t乙\n⏏{HEAD}\n乙\t丙\n⏏{HEAD}\n丙", ["甲乙", HEAD, "乙丙", HEAD, "丙"], [], id="behind a row of cells"),
    ],
)  # fmt: skip
def test_a_line_that_pages_begin_or_end_with_is_their_head_or_foot(text, words, heads):
    assert (words, heads) == kept(text)


def test_a_forms_own_words_are_its_captions_in_every_spelling_its_title_and_its_levels():
    found = own_words(FORMS)
    assert {"年度(/项目)指标值", "年度指标值", "项目资金总额", "产出指标", "数量指标", "财政项目支出绩效目标申报表", "其中:财政资金"} <= found
