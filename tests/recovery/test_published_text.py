"""Forms as units publish them: a year and a unit before the title, goals in quotation marks, a level that is not printed,
forms of the same family under another title.

    青棠市水务局2031年度项目支出绩效自评表
    项目名称 护林经费 主管部门 …
"""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.edits import excel
from tests.edits.made import EVALUATION as EVALUATED
from tests.edits.made import FORMS, doubted, entry_of, written
from tests.edits.made import read as read_workbook
from xltool import library
from xltool.jobs.reading import read_bytes
from xltool.problems import ProblemError

EVALUATION = """\
项目名称 护林经费 主管部门 临江县林业局 实施单位 临江县林业站
项目资金（万元） 年初预算数 全年预算数 全年执行数 分值 执行率 得分
年度资金总额 10 10 10 10 100% 10
其中：当年财政拨款 10 10 10 — 100% —
上年结转资金 0 0 0 — 0 —
其他资金 0 0 0 — 0% —
年度总体目标 预期目标 实际完成情况
管护山林。 已管护山林。
绩效指标 一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 偏差原因分析及改进措施
产出指标 数量指标 巡山次数 ≥50次 50次 90 90
"""
TITLE = "项目支出绩效自评表"
DECLARATION = """\
财政项目支出绩效目标申报表
（2031年度）
项目名称 护林经费 项目性质 经常性项目 项目类别 特定目标类
主管部门 临江县林业局 实施单位 临江县林业站
计划开始日期 2031-01-01 计划完成日期 2031-12-31
项目资金（元） 项目资金总额 500.00 年度资金申请总额 500.00
其中：财政资金 500.00 其中：当年财政拨款 500.00
上年结转资金 0.00
其他资金 0.00 其他资金 0.00
项目绩效目标 项目总目标 年度总体目标
"1.管护山林。
2.严防火灾。"
"1.管护山林八百亩。
2.严防火灾。"
绩效指标 一级指标 二级指标 三级指标 年度(/项目)指标值
生态环境
成本指标 扬尘情况 可控
产出指标 数量指标 巡山次数 ≥50(次)
"""
MAPPINGS = Path(__file__).resolve().parents[2] / "samples" / "mappings"


def filing(text: str):
    return read_bytes(text.encode(), "a.txt", FORMS).filing


def years(text: str):
    return [(entry.values["year"], [one.code for one in entry.source.repairs if one.code == "year-in-title"]) for entry in filing(text).entries]


@pytest.mark.parametrize(
    ("before", "rest"),
    [
        pytest.param("2031年度", [], id="directly before it"),
        pytest.param("2031 年 ", [], id="with blanks"),
        pytest.param("2031年度\n", [], id="on a line of its own"),
        pytest.param("临江县2031年度", ["临江县2031年度"], id="behind whose form it is"),
        pytest.param("临江县 2031年度", ["临江县"], id="a blank behind whose form it is"),
    ],
)
def test_year_before_the_title_is_that_of_a_form_that_names_none(before, rest):
    read = filing(before + TITLE + "\n" + EVALUATION)
    (entry,) = read.entries
    assert (2031, set()) == (entry.values["year"], {one.path for one in entry.source.doubts if one.path == "year"})
    assert rest == [one.text for one in read.source.leftover]


@pytest.mark.parametrize("before", ["2031年5月\n", "临江县2031年度\n", "2030-2031年度", "2031年度\n\n"])
def test_year_that_may_be_another_s_is_not_taken(before):
    assert [(None, [])] == years(before + TITLE + "\n" + EVALUATION)


def test_another_year_before_the_title_is_doubted():
    (entry,) = filing(f"2030年度{TITLE}\n（2031年度）\n{EVALUATION}").entries
    assert (2031, ["第1行表题之前另写着“2030年”"]) == (entry.values["year"], [one.why for one in entry.source.doubts if one.path == "year"])


@pytest.mark.parametrize("before", ["临江县", "临江县2031年度", "2031年度", "临江县 2031年度", "2031年度\n"])
def test_words_before_a_title_are_no_words_of_the_form_before(before):
    read = filing(2 * (before + TITLE + "\n" + EVALUATION))
    rows = [(item["name"], item["weight"], item["score"], item["reason"]) for entry in read.entries for item in entry.lists["indicators"]]
    assert 2 * [("巡山次数", 90, 90, None)] == rows
    assert 2 * [2031 if "2031" in before else None] == [entry.values["year"] for entry in read.entries]


def test_value_on_the_line_of_the_next_title_stays_with_its_form():
    first = DECLARATION.rstrip("\n").replace("≥50(次)", "提高")
    assert [2, 2] == [len(entry.lists["indicators"]) for entry in filing(first + " " + DECLARATION).entries]


def test_goal_in_straight_quotation_marks_is_whole():
    (entry,) = filing(DECLARATION).entries
    assert ('"1.管护山林。\n2.严防火灾。"', '"1.管护山林八百亩。\n2.严防火灾。"') == (entry.values["goals.project"], entry.values["goals.annual"])
    assert [] == [one.path for one in entry.source.doubts]


def test_goal_that_breaks_off_at_a_quotation_mark_is_doubted():
    (entry,) = filing(DECLARATION.replace('"1.管护山林八百亩。\n2.严防火灾。"', '管护山林八百亩。"')).entries
    assert ("goals.annual", "末句没有说完，未必完整") in {(one.path, one.why) for one in entry.source.doubts}


def test_level_one_that_is_not_printed_is_a_repair():
    (entry,) = filing(DECLARATION).entries
    assert [("成本指标", "生态环境成本指标"), ("产出指标", "数量指标")] == [(item["level1"], item["level2"]) for item in entry.lists["indicators"]]
    assert ["“生态环境成本指标”按分类表归入“成本指标”，一级指标没有印出"] == [one.what for one in entry.source.repairs if one.code == "level-from-taxonomy"]


def test_rate_of_nought_needs_no_percent_sign():
    (entry,) = filing(f"{TITLE}\n（2031年度）\n{EVALUATION}").entries
    assert (Decimal(0), []) == (entry.values["funding.carried_over.execution_rate"], [one.path for one in entry.source.doubts if "rate" in one.path])


@pytest.mark.parametrize(("value", "doubts"), [(0, set()), ("0", set()), (0.5, {"funding.total.execution_rate"})])
def test_rate_of_nought_needs_no_percent_format(value, doubts):
    book = excel.opened(written(EVALUATED))
    sheet = book.worksheets[-1]
    cell = sheet.cell(excel.find(sheet, "年度资金总额").row, excel.find(sheet, "执行率").column)
    cell.value, cell.number_format = value, "General"
    read = read_workbook(excel.saved(book))
    assert (Decimal(str(value)), doubts) == (entry_of(read).values["funding.total.execution_rate"], doubted(read))


@pytest.mark.parametrize("name", ["monitoring", "self-evaluation-rural"])
def test_form_like_a_known_one_under_another_title_is_not_read_as_that(name):
    data = (MAPPINGS / name / "filing.md").read_bytes()
    with pytest.raises(ProblemError) as raised:
        read_bytes(data, "a.md", FORMS)
    (only,) = raised.value.problems
    assert ("no-form-near", TITLE) == (only.code, dict(only.words)["form"])
    own = read_bytes(data, "a.md", library.forms((str(MAPPINGS),))).filing
    assert [name] == [entry.form for entry in own.entries]


def test_number_of_a_table_is_no_title_of_another_form():
    damaged = EVALUATION.replace("年初预算数 ", "").replace("执行率 ", "").replace("实施单位 临江县林业站", "").replace(" 分值 得分 偏差原因分析及改进措施", "")
    assert ["self-evaluation-2020"] == [entry.form for entry in filing("公开14表\n" + damaged).entries]
    with pytest.raises(ProblemError):
        filing("项目支出绩效运行监控表\n" + damaged)
