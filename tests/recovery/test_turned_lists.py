"""Lists that an export turned on their side: heads below each other."""

import pytest

from xltool.library import forms
from xltool.recovery.table_text import read_text
from xltool.recovery.turned_lists import upright

HEAD = """\
财政项目支出绩效目标申报表
（2025年度）
项目名称\t河道保洁\t项目性质\t经常性项目\t项目类别\t特定目标类
主管部门\t临江市水务局\t实施单位\t临江市河道所
计划开始日期\t2025-01-01\t计划完成日期\t2025-12-31
项目资金（元）\t项目资金总额\t300.00\t年度资金申请总额\t100.00
\t其中：财政资金\t300.00\t其中：当年财政拨款\t100.00
\t\t\t上年结转资金\t0.00
\t其他资金\t0.00\t其他资金\t0.00
项目绩效目标\t项目总目标\t\t年度总体目标
\t三年完成。\t\t完成全年任务。
"""
LIST = """\
绩效指标\t一级指标\t产出指标\t\t效益指标\t满意度指标
\t二级指标\t数量指标\t质量指标\t社会效益指标\t服务对象满意度指标
\t三级指标\t检查次数\t合格率\t知晓率\t居民满意度
\t年度(/项目)指标值\t≥12次\t≥95%\t提高\t≥90%
"""
ROWS = [("产出指标", "数量指标", "检查次数", "≥12次"), ("产出指标", "质量指标", "合格率", "≥95%"), ("效益指标", "社会效益指标", "知晓率", "提高"), ("满意度指标", "服务对象满意度指标", "居民满意度", "≥90%")]


@pytest.mark.parametrize(
    "turned",
    [
        pytest.param(LIST, id="a caption beside"),
        pytest.param(LIST.replace("绩效指标\t", "").replace("\n\t", "\n"), id="none"),
        pytest.param(LIST.replace("产出指标\t\t", "产出指标\t产出指标\t"), id="levels that come again"),
        pytest.param("".join(f"| {line} |\n" for line in LIST.replace("\t", " | ").splitlines()), id="between bars"),
        pytest.param(LIST.replace("年度(/项目)指标值", "指标值"), id="a head by another name"),
    ],
)
def test_list_on_its_side_is_read(turned):
    filing = read_text(HEAD + turned, forms(), "a.txt").filing
    entry = next(filing.entries)
    assert ROWS == [(one["level1"], one["level2"], one["name"], getattr(one["target"], "text", None)) for one in entry.lists["indicators"]]
    assert ([("list-turned", "第12行")], ()) == ([(one.code, one.place) for one in filing.source.repairs], entry.source.leftover)


def test_as_many_lines_stay_as_the_list_had():
    text, numbers = upright(LIST + "总分", forms().values())
    assert (["绩效指标\t一级指标\t二级指标\t三级指标\t年度(/项目)指标值", "\t".join([*ROWS[0], *ROWS[1]]), "\t".join([*ROWS[2], *ROWS[3]]), "||", "总分"], (1,)) == (text.splitlines(), numbers)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("绩效指标\t一级指标\t二级指标\t三级指标\t年度(/项目)指标值\n\t产出指标\t数量指标\t检查次数\t≥12次\n" * 3, id="a list that stands upright"),
        pytest.param("三级指标\t检查次数\t合格率\n年度(/项目)指标值\t≥12次\t≥95%\n", id="two heads"),
        pytest.param("三级指标\t甲\t乙\n二级指标\t丙\t丁\n一级指标\t戊\t己\n", id="heads in another order"),
        pytest.param("一级指标\t产出指标\n二级指标\t数量指标\n三级指标\t检查次数\n年度(/项目)指标值\t≥12次\n", id="one value beside each"),
        pytest.param(LIST.replace("\t", " "), id="no cells"),
    ],
)
def test_other_lines_stay_what_they_are(text):
    assert (text, ()) == upright(text, forms().values())
