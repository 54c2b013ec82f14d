"""Conflicts in words: what each side has, in the form's words."""

import pytest

from tests.merge.test_merging import drawn, forms, rows
from xltool import library
from xltool.merge import merge
from xltool.merge.report import ConflictLine, report


def told(base: str, ours: str, theirs: str, language: str = "zh") -> ConflictLine:
    """The one conflict of three filings."""
    found = merge(drawn(base), drawn(ours), drawn(theirs))
    (line,) = report(found.conflicts, found.filing, library.forms(), language)
    return line


@pytest.mark.parametrize(
    ("made", "titles", "ours", "theirs"),
    [
        pytest.param(rows, "", "排在最前", "排在“产出指标 / 数量指标 / 一”之后", id="rows"),
        pytest.param(forms, "", "排在最前", "排在“一（2026年度）”之后", id="forms without a title above them"),
        pytest.param(forms, "== 某局汇总表\n", "排在“某局汇总表”之后", "排在“一（2026年度）”之后", id="forms under a title"),
    ],
)
def test_the_place_that_each_side_gives_is_told_by_what_stands_before_it(made, titles, ours, theirs):
    line = told(titles + made("一二三四五"), titles + made("五一二三四"), titles + made("一五二三四"))
    assert ("次序", "不移动", ours, theirs) == (line.where, line.base, line.ours, line.theirs)


def test_the_first_place_of_a_later_section_without_a_title_is_behind_that():
    first = "== 甲局\n# 总 1\n株数 =1株\n==\n"
    line = told(first + forms("一二三四五"), first + forms("五一二三四"), first + forms("一五二三四"), "en")
    assert ("behind «(no title)»", "behind «一（2026）»") == (line.ours, line.theirs)


PARK = "== 甲\n# 养护 300\n株数 ≥1株\n面积 ≥2亩\n"


@pytest.mark.parametrize(
    ("ours", "theirs", "line"),
    [
        pytest.param(("甲", "乙"), ("甲", "丙"), ("", "", "汇总表标题", "甲", "乙", "丙", -1, ""), id="a title"),
        pytest.param((" 甲", ""), (" 甲", " 丙"), ("", "", "汇总表标题", "甲", "（空）", "丙", -1, ""), id="a title that one side has removed"),
        pytest.param(("300", "350"), ("300", "360"), ("养护（2026年度）", "", "年度资金申请总额", "300", "350", "360", 0, "funding.annual.total"), id="an amount"),
        pytest.param(("面积 ≥2亩\n", ""), ("≥2亩", "≥3亩"), ("养护（2026年度）", "产出指标 / 数量指标 / 面积", "", "原来的一行", "删除", "修改：年度(/项目)指标值 ≥3亩", 0, "indicators[1]"), id="a row that one side has removed"),
    ],
)  # fmt: skip
def test_a_conflict_says_where_it_is_and_what_the_sides_have(ours, theirs, line):
    found = told(PARK, PARK.replace(*ours), PARK.replace(*theirs))
    assert line == (found.entry, found.item, found.where, found.base, found.ours, found.theirs, found.at, found.path)
