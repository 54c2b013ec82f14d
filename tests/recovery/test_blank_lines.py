"""Rows that a converter parts by blank lines: learned from the rows that are certain, used where words look alike."""

from __future__ import annotations

import pytest

from tests.recovery.test_text_reading import HEAD, entry, rows, turned

WRAPPED = (
    "古树\n名木日常养护面积", "河道保洁监督检查\n次数", "社区食堂\n覆盖家数", "急救站点\n设备数量", "智慧校园\n搭建\n模块数", "非遗\n传承活动人次",
    "政策宣传业务培\n训次数", "图书\n流通人员数量", "养老护理参加\n人数", "雨污\n分流工程面积", "苗木补植与日常养护\n数量", "专家评\n审项目数量",
)  # fmt: skip


def listed(last: str) -> str:
    """A list of wrapped names with plain values, a blank line behind each row, and one row more."""
    return "产出指标\n\n数量指标\n\n" + "".join(f"{name}\n≥{at}(次)\n\n" for at, name in enumerate(WRAPPED, 11)) + last


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        pytest.param("网络\n安全\n增收情况（二\n期） ≥7(家)\n", [("网络安全增收情况（二期）", "≥7(家)")], id="a short line is no value of its own"),
        pytest.param("4月集中\n宣传月次数 ≥7(次)\n", [("4月集中宣传月次数", "≥7(次)")], id="a name begins with a number"),
        pytest.param("4月\n集中宣传月次数 ≥7(次)\n", [("4月集中宣传月次数", "≥7(次)")], id="a name whose first line is a quantity"),
        pytest.param("误差\n<2%\n的样本占比 ≥7(家)\n", [("误差<2%的样本占比", "≥7(家)")], id="a quantity inside a name"),
        pytest.param("巡查次数\n≥98(\n百分比)\n", [("巡查次数", "≥98(百分比)")], id="a value cut inside its bracket"),
        pytest.param("巡查次数\n≧9\n.00(份)\n", [("巡查次数", "≧9.00(份)")], id="a number cut before its point"),
        pytest.param("巡查次数 <=\n8439(万元)\n", [("巡查次数", "<=8439(万元)")], id="a sign apart from its number"),
        pytest.param("危房改造办结\n时效\n每季度1次\n\n社区食堂及\n时率 ≥7(家)\n", [("危房改造办结时效", "每季度1次"), ("社区食堂及时率", "≥7(家)")], id="no row goes on over a blank line"),
    ],
)
def test_a_row_ends_where_a_blank_line_stands(printed: str, read: list[tuple[str, str]]) -> None:
    assert read == [(name, value) for _, name, value in rows(listed(printed))[len(WRAPPED) :]]


def test_rows_that_no_blank_line_parts_begin_on_the_next_line() -> None:
    text = listed("巡查次数 ≥7(次)\n抽检次数 ≥8(次)\n").replace("\n\n", "\n")
    assert [("巡查次数", "≥7(次)"), ("抽检次数", "≥8(次)")] == [(name, value) for _, name, value in rows(text)[-2:]]


@pytest.mark.parametrize("limit", ["6月底前完成", "2024年12月31日前", "12月中旬前完成", "不少于3次", "95%左右", "80%-90%", "100人次以上", "每季度1次"])
def test_a_day_or_a_limit_in_words_is_a_value(limit: str) -> None:
    text = f"产出指标\n\n时效指标 对外开放完成时间 {limit}\n\n效益指标\n\n社会效益指标\n\n活动节约数量（含新增） 有所提升\n\n知晓率 ≥90%\n"
    assert [("对外开放完成时间", limit), ("活动节约数量（含新增）", "有所提升"), ("知晓率", "≥90%")] == [(name, value) for _, name, value in rows(text)]


def test_the_end_of_a_wrapped_value_before_a_caption_is_not_that_captions() -> None:
    found = turned("项目名称 河道保洁 项目性质 经常性项目 项目类别 其他运转类", "项目名称 河道保洁\n项目性质\n其他经常\n性项目 项目类别\n其他\n运转类")
    assert ("河道保洁", "其他经常性项目", "其他运转类") == tuple(found.values[f"project.{key}"] for key in ("name", "nature", "category"))


def goals(text: str) -> tuple[object, object, bool]:
    """Both goals as read, and whether they are doubted."""
    found = entry(HEAD.replace("保持河道整洁。", text) + "产出指标 数量指标 保洁次数 ≥12(次)\n")
    return found.values["goals.project"], found.values["goals.annual"], any(doubt.path == "goals.annual" for doubt in found.source.doubts)


LONG = "全年开展专题培训不少于6场，委托第三方机构开展检查和评估，" * 3 + "完善长效管理机制。"


@pytest.mark.parametrize(
    ("printed", "doubted"),
    [
        pytest.param(f"通过三年建设，{LONG}\n按年完成保洁，水质达标。", True, id="a line wider than any column"),
        pytest.param("通过三年建设，完善长效管理机制。\n按年完成保洁。", True, id="two lines of whole sentences"),
        pytest.param("通过三年建设，完善长效管理机\n制，按年完成保洁。", False, id="one sentence over two lines"),
        pytest.param("1、完善长效管理机制，按年保洁。\n1、完善考核。\n1、完善台账制度，按年评审。", True, id="numbering that begins again twice"),
    ],
)
def test_two_texts_of_which_one_may_be_the_other_cells_are_doubted(printed: str, doubted: bool) -> None:
    assert doubted == goals(printed)[2]


def test_numbering_that_begins_again_inside_a_line_begins_the_other_text() -> None:
    project, annual, _ = goals("1、完善机制。 2、开展\n检查。 1、巡查河道。 2、培训\n人员。 3、水质达标。")
    assert ("1、完善机制。2、开展检查。", "1、巡查河道。2、培训人员。3、水质达标。") == (project, annual)


def test_a_merged_caption_cut_by_a_page_with_the_head_drawn_again_is_one() -> None:
    head = HEAD.replace("绩效\n指标\n", "绩效\f一级指标 二级指标 三级指标 年度(/项目)指标值\n指标\n")
    found = entry(head + "产出指标\n数量指标\n保洁次数 ≥12(次)\n").lists["indicators"]
    assert ["保洁次数"] == [item["name"] for item in found]


def test_a_blank_line_before_the_second_item_parts_no_text() -> None:
    project, annual, _ = goals("1、加强监督，落实\n“三项制度”精神。\n\n2、保障各项业务\n平稳开展。")
    assert (None, "1、加强监督，落实“三项制度”精神。\n2、保障各项业务平稳开展。") == (project, annual)


EVALUATION = """财政项目支出绩效自评表
（2023年度）
项目名称 河道保洁
主管部门 青禾市水务局 实施单位 青禾市水务局
项目资金（元） 年初预算数 全年预算数 全年执行数 分值 执行率 得分
年度资金总额 1000 1000 1000 10 100.00% 10
其中：当年财政拨款 1000 1000 1000 —
上年结转资金 0 0 0 —
其他资金 0 0 0 —
年度总体目标
预算目标 实际完成情况
保持河道整洁。

河道整洁。
一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 偏差原因分析及改进措施
绩效指标
产出指标
数量指标
"""


@pytest.mark.parametrize(
    ("name", "line", "whole"),
    [
        pytest.param("河道两岸环境卫生保洁面积", "（含新增绿地）", True, id="a bracket behind a full line"),
        pytest.param("河道两岸环境保洁", "(2023-2025年)", True, id="a bracket that had no room on the line above"),
        pytest.param("河道两岸环境卫生保洁面积", "完成情况", False, id="a word that may be the reason"),
    ],
)
def test_a_line_that_begins_a_page_behind_a_full_name_is_its_end_or_doubted(name: str, line: str, whole: bool) -> None:
    full = "智慧校园设备日常养护面积\n（二期） ≥5(次) 5 5 5\n" * 3
    text = f"{EVALUATION}{full}{name} ≥5(次) 5 5 3\f{line}\n社区食堂数量 ≥5(次) 5 30 30\n总分 50 48\n"
    found = entry(text)
    assert (name + line == found.lists["indicators"][3]["name"]) if whole else any(doubt.path.startswith("indicators[3]") for doubt in found.source.doubts)
