"""Files that hold no known form, but something like one: what is said, and that nothing of it is read as the form."""

from dataclasses import replace

import pytest

from tests.edits.made import FORMS
from xltool.grid import Book, grid_of
from xltool.jobs.reading import read_bytes
from xltool.problems import ProblemError
from xltool.recovery import grid_reading
from xltool.recovery.near_misses import no_form

FOREIGN = """\
2031年项目支出绩效目标申报表
填报单位：（盖章） 单位：万元
项目支出名称 防火道 预算部门 临江县林业局
年度本级预算金额 25万 该项目支出上级资金 0
项目支出实施期 2031.07-2031.12
实施期绩效目标 修防火道
本年度绩效目标 修防火道三公里
一级指标 二级指标 三级指标 指标值及单位 绩效标准
产出指标 数量指标 防火道长度 3公里 计划标准
满意度指标 服务对象满意度指标 村民满意度 ≥90% 计划标准
"""
SCORED = """\
2031年度财政项目绩效自评表
单位名称：临江县林业局 填报日期：2032年3月
项目名称 护林经费 主管部门 临江县林业局 项目实施单位 临江县林业站
项目类别 1、部门预算项目 项目属性 1、持续性项目
预算执行情况（万元）（20分） 预算数（A） 执行数（B） 执行率（B/A） 得分
年度财政资金总额 10 10 100% 20
年度绩效目标 一级指标 二级指标 三级指标 年初目标值（A） 实际完成值（B） 得分
产出指标 数量指标 巡山次数 50次 50次 40
总分 98
"""
"""A self-evaluation of another province: fewer of its captions are those of a self-evaluation than of a declaration with few."""
RUN_TOGETHER = (
    "项目支出绩效自评表(2031年度)项目名称护林经费主管部门临江县林业局实施单位临江县林业局项目资金(万元)年初预算数全年预算数全年执行数分值执行率得分年度资金总额92928810其中:当年财政拨款929288"
    "上年结转资金其他资金年度总体目标预期目标实际完成情况护林护林绩效指标一级指标二级指标三级指标年度指标值实际完成值分值得分偏差原因分析及改进措施产出指标数量指标巡山次数≥50次525050总分100100\n"
)
UNTITLED = """\
发布机构: 临江县林业局
项目名称 护林经费 项目负责人及电话 王某
主管部门 临江县林业局 实施单位 临江县林业站
资金情况
(万元)
全年预算数(A) 全年执行数(B) 分值 执行率(B/A) 得分
年度资金总额: 9.5 9.5 10 100.00% 10
其中:本年财政拨款 9.5 9.5 10 100.00% 10
其他资金 0 0
年度总体目标 年初设定目标 年度总体目标完成情况综述
管护山林,严防火灾。 全年没有火灾。
绩效指标 一级指标 二级指标 三级指标 分值 年度指标值 全年实际值 得分 未完成原因及拟采取的改进措施
产出指标 数量指标 巡山次数 40 ≥50次 52次 40
质量指标 火情处置率 20 100% 100% 20
效益指标 社会效益指标 知晓率 30 ≥90% 95% 30
"""
"""A self-evaluation with the weight before the target, whose title the page left out: two thirds of the words are known."""
KNOWN = """\
财政项目支出绩效目标申报表
（2031年度）
项目名称 护林经费 项目性质 经常性项目 项目类别 特定目标类
主管部门 临江县林业局 实施单位 临江县林业局
计划开始日期 2031-01-01 计划完成日期 2031-12-31
项目资金（元） 项目资金总额 500.00 年度资金申请总额 500.00
其中：财政资金 500.00 其中：当年财政拨款 500.00
上年结转资金 0.00
其他资金 0.00 其他资金 0.00
项目绩效目标 项目总目标 年度总体目标
护林。

护林。
绩效指标 一级指标 二级指标 三级指标 年度指标值
产出指标 数量指标 巡山次数 ≥50(次)
"""


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        pytest.param(FOREIGN, "no-form-near", {"form": "项目支出绩效目标申报表"}, id="another province's form of the same title"),
        pytest.param(SCORED, "no-form-near", {"form": "项目支出绩效自评表"}, id="another province's form of the same kind"),
        pytest.param(UNTITLED, "no-form-near", {"form": "项目支出绩效自评表"}, id="another form without its title"),
        pytest.param(RUN_TOGETHER, "no-form-run-together", {"form": "项目支出绩效自评表"}, id="a known form without a blank"),
        pytest.param("上海市某局2031年度部门预算\n一、主要职能\n", "no-form", {}, id="no form at all"),
    ],
)
def test_file_without_a_known_form_says_what_it_is_like(text, code, words):
    with pytest.raises(ProblemError) as raised:
        read_bytes(text.encode(), "a.txt", FORMS)
    (only,) = raised.value.problems
    assert (code, words) == (only.code, {name: word for name, word in only.words if name in words})


def test_forms_of_one_title_are_named_once():
    twin = replace(FORMS["declaration-2015"], id="twin")
    assert {"known": "、".join(form.title for form in FORMS.values())} == dict(no_form("a.txt", ["部门预算"], {**FORMS, "twin": twin}).words)


ONE_LIST = """\
项目支出绩效目标表
（2031年度）
项目名称 护林经费
主管部门及代码 219-临江县林业局 实施单位 临江县林业局
项目属性 经常性 项目期 1年
项目资金（万元） 年度资金总额 25
其中：财政拨款 25
其他资金 0
总体目标 年度目标
修防火道三公里。
绩效指标 一级指标 二级指标 三级指标 指标值
产出指标 数量指标 防火道长度 3公里
质量指标 合格率 ≥95%
效益指标 社会效益指标 火情减少 减少
满意度指标 服务对象满意度指标 村民满意度 ≥90%
"""
"""A form of other provinces: most captions and a title of the national form of 2015, and one list."""
TWO_LISTS = ONE_LIST.replace("项目属性 经常性 项目期 1年\n", "").replace(" 实施单位 临江县林业局", "").replace("总体目标 年度目标", "年度目标").replace("年度资金总额 25", "中期资金总额 75 年度资金总额 25").replace("三级指标 指标值", "三级指标 指标值 二级指标 三级指标 指标值").replace("防火道长度 3公里", "防火道长度 9公里 数量指标 防火道长度 3公里")


def cells(text):
    return Book((grid_of("表1", [line.split(" ") for line in text.splitlines()]),))


def read_text_of(text):
    return read_bytes(text.encode(), "a.txt", FORMS).filing


def read_cells_of(text):
    return grid_reading.read_book(cells(text), FORMS, "a.xlsx")


@pytest.mark.parametrize("read", [read_text_of, read_cells_of], ids=["text", "workbook"])
def test_form_with_one_list_is_not_the_form_with_two_lists_side_by_side(read):
    with pytest.raises(ProblemError) as raised:
        read(ONE_LIST)
    (only,) = raised.value.problems
    assert ("no-form-near", "中期资金总额") == (only.code, str(dict(only.words)["missing"]).split("、")[-1])


@pytest.mark.parametrize("read", [read_text_of, read_cells_of], ids=["text", "workbook"])
def test_form_with_both_lists_is_read_though_captions_are_lost(read):
    assert ["declaration-2015"] == [entry.form for entry in read(TWO_LISTS).entries]


def test_captions_that_are_not_there_are_named():
    with pytest.raises(ProblemError) as raised:
        read_bytes(FOREIGN.encode(), "a.txt", FORMS)
    missing = str(dict(raised.value.problems[0].words)["missing"]).split("、")
    assert ["项目名称", "主管部门及代码", "实施单位", "项目属性", "项目期", "中期资金总额"] == missing


def test_workbook_without_a_known_form_says_the_same():
    book = Book((grid_of("表1", [line.split(" ") for line in FOREIGN.removeprefix("2031年").splitlines()]),))
    with pytest.raises(ProblemError) as raised:
        grid_reading.read_book(book, FORMS, "a.xlsx")
    assert ["no-form-near"] == [one.code for one in raised.value.problems]


def test_other_form_beside_a_known_one_is_left_over_and_the_number_of_forms_doubted():
    filing = read_bytes((KNOWN + "\n" + FOREIGN).encode(), "a.txt", FORMS).filing
    assert ["target-declaration"] == [entry.form for entry in filing.entries]
    assert ["第17行"] == [doubt.place for doubt in filing.source.doubts if doubt.path == "sections[0].forms"]
    left = "".join(one.text for source in (*(entry.source for entry in filing.entries), filing.source) for one in source.leftover)
    assert FOREIGN.split() == [word for word in FOREIGN.split() if word in left or word == "2031年项目支出绩效目标申报表"]
