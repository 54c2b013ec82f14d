"""Forms as units publish them: a year and a unit before the title, goals in quotation marks, a level that is not printed,
forms of the same family under another title.

    青棠市水务局2031年度项目支出绩效自评表
    项目名称 护林经费 主管部门 …
"""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from tests.edits import excel
from tests.edits.made import EVALUATION as EVALUATED
from tests.edits.made import FORMS, doubted, entry_of, written
from tests.edits.made import read as read_workbook
from xltool import library
from xltool.canonical import entry_differences
from xltool.jobs.reading import read_bytes
from xltool.problems import ProblemError
from xltool.recovery import text_reading

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


ROWS = DECLARATION + "满意度指标 服务对象满意度指标 村民满意度 ≥90(%)\n"
BELOW = [
    "附件:\n\n\n扫一扫在手机打开当前页\n[下载] [打印] [关闭]\n",
    "【打印】 【关闭】\n",
    "内容保障 | 公务邮箱\n\n青棠市人民政府主办  青棠市人民政府办公室承办\n\n某ICP备00000000号\n",
    "上一篇：无\n下一篇：青棠市水务局2030年决算\n",
    "相关附件\n附件1：绩效表.xlsx\n",
    "责任编辑：某某\n浏览次数： 12\n",
]


@pytest.mark.parametrize("below", BELOW)
@pytest.mark.parametrize("text", [ROWS, f"{TITLE}\n（2031年度）\n{EVALUATION}", f"{TITLE}\n（2031年度）\n{EVALUATION}总分 100 100\n"], ids=["declaration", "evaluation", "evaluation with its total"])
def test_what_a_page_prints_below_a_form_is_none_of_its_rows(text, below):
    alone, read = filing(text), filing(text + "\n" + below)
    assert [] == [path for one, other in zip(alone.entries, read.entries, strict=True) for path in entry_differences(one, other)]
    assert [one.path for entry in alone.entries for one in entry.source.doubts] == [one.path for entry in read.entries for one in entry.source.doubts]
    assert below.split() == " ".join(one.text for one in read.source.leftover).split()


def test_name_like_what_a_page_prints_is_a_name_before_other_levels():
    (entry,) = filing(ROWS.replace("产出指标 数量指标 巡山次数 ≥50(次)", "产出指标\n数量指标\n附件\n≥50(次)")).entries
    assert ["扬尘情况", "附件", "村民满意度"] == [item["name"] for item in entry.lists["indicators"]]


def test_reviews_below_a_form_that_has_none_are_none_of_its_rows():
    read = filing(ROWS + "财政部门初审意见 (盖章)\n绩效评价股审核意见 (盖章)\n")
    (entry,) = read.entries
    assert ["扬尘情况", "巡山次数", "村民满意度"] == [item["name"] for item in entry.lists["indicators"]]
    assert ["财政部门初审意见 (盖章)\n绩效评价股审核意见 (盖章)"] == [one.text for one in read.source.leftover]


def test_reviews_that_a_form_prints_are_its_fields(tmp_path):
    (tmp_path / "reviewed.yaml").write_text(REVIEWED, "utf-8")
    text = ROWS.replace("财政项目支出绩效目标申报表", "护林绩效目标申报表") + "财政部门初审意见 (盖章)\n"
    (entry,) = read_bytes(text.encode(), "a.txt", library.forms((str(tmp_path),))).filing.entries
    assert ("reviewed", "(盖章)") == (entry.form, entry.values["review"])


PICTURE = "\n".join("  " + line for line in (
    "| 护林绩效目标申报表 | < | < | < | < | < | < |",
    "| （{年度}年度） | < | < | < | < | < | < |",
    "| 项目名称 | {项目名称} | < | 项目性质 | {项目性质} | 项目类别 | {项目类别} |",
    "| 主管部门 | {主管部门} | < | 实施单位 | {实施单位} | < | < |",
    "| 计划开始日期 | {开始日期} | < | 计划完成日期 | {完成日期} | < | < |",
    "| 项目资金（{金额单位}） | 项目资金总额 | {资金总额} | 年度资金申请总额 | < | {年度资金} | < |",
    "| ^ | 其中：财政资金 | {财政资金} | 其中：当年财政拨款 | < | {当年拨款} | < |",
    "| ^ |  |  | 上年结转资金 | < | {上年结转} | < |",
    "| ^ | 其他资金 | {其他资金·项目} | 其他资金 | < | {其他资金·年度} | < |",
    "| 项目绩效目标 | 项目总目标 | < | < | 年度总体目标 | < | < |",
    "| ^ | {总目标} | < | < | {年度目标} | < | < |",
    "| 绩效指标 | 一级指标 | 二级指标 | 三级指标 | < | 年度(/项目)指标值 | < |",
    "| ^ | {一级指标} | {二级指标} | {三级指标} | < | {指标值} | < |",
    "| ^ | ^… | ^… | … | < | … | < |",
    "| 财政部门初审意见 | {初审意见} | < | < | < | < | < |",
))
REVIEWED = f"""\
form: reviewed
extends: target-declaration
title: 护林绩效目标申报表
layout: |
{PICTURE}
fields:
  初审意见: {{json: review, type: paragraphs}}
"""


@pytest.mark.parametrize(
    ("old", "new", "doubt"),
    [
        pytest.param("年度(/项目)指标值\n", "年度(/项目)指标值 评分标准\n", ("indicators", "表头另有“评分标准”，表式没有这一栏，各行未必归对"), id="behind the heads of the list"),
        pytest.param("年度(/项目)指标值\n", "年度(/项目)指标值\n备注\n", ("indicators", "表头另有“备注”，表式没有这一栏，各行未必归对"), id="a known one on a line of its own"),
        pytest.param("年度总体目标\n", "年度总体目标 目标完成情况\n", ("goals.annual", "与栏目同行的“目标完成情况”可能是另一个栏目"), id="beside a goal"),
    ],
)
def test_caption_that_a_form_does_not_have_is_doubted_and_no_row(old, new, doubt):
    (entry,) = filing(ROWS.replace(old, new)).entries
    assert ["扬尘情况", "巡山次数", "村民满意度"] == [item["name"] for item in entry.lists["indicators"]]
    assert doubt in {(one.path, one.why) for one in entry.source.doubts}


def test_form_under_one_of_its_other_titles_is_not_doubted_for_it():
    text = DECLARATION.replace("财政项目支出绩效目标申报表", "护林目标表")
    form = replace(FORMS["target-declaration"], titles=("财政项目支出绩效目标申报表", "护林目标表"))
    (entry,) = text_reading.read_text(text, {form.id: form}).filing.entries
    assert [] == [one.path for one in entry.source.doubts]


SENTENCES = DECLARATION[: DECLARATION.index("生态环境")] + """\
产出指标
数量指标
巡山安排
按照林业局的安排全年巡山，并做好巡山的记录和交接。
质量指标
巡山质量
全面落实巡山的各项要求，不留死角。
效益指标
社会效益指标
火情
通过本项目实施，有效减少山林火情。
"""


def test_sentence_alone_with_a_name_between_levels_is_its_value():
    (entry,) = filing(SENTENCES).entries
    assert [("巡山安排", "按照林业局的安排全年巡山，并做好巡山的记录和交接。"), ("巡山质量", "全面落实巡山的各项要求，不留死角。"), ("火情", "通过本项目实施，有效减少山林火情。")] == [
        (item["name"], item["target"].text) for item in entry.lists["indicators"]
    ]


def test_text_behind_the_last_value_is_no_part_of_it():
    (entry,) = filing(SENTENCES + "青棠市水务局二〇三一年度部门预算绩\n").entries
    assert all("预算绩" not in item["target"].text for item in entry.lists["indicators"])
