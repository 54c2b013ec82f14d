"""Labels drawn at the middle of their rows, in a text in stream order."""

import pytest

from tests.damage.forms import random_filing
from tests.damage.printing import print_filing
from xltool.filing import Entry
from xltool.library import forms
from xltool.recovery.atoms import split
from xltool.recovery.label_heights import by_height
from xltool.recovery.levels import LEVEL_ONE, LEVEL_TWO, Label
from xltool.recovery.text_reading import read_text
from xltool.recovery.vocabulary import vocabulary

HEAD = """\
财政项目支出绩效目标申报表
（2024年度）
项目名称 公交补贴 项目性质 经常性项目 项目类别 特定目标类
主管部门 某市交通局 实施单位 某市公交中心
计划开始日期 2024-01-01 计划完成日期 2024-12-31
项目资金（元） 项目资金总额 年度资金申请总额 100.00
其中：财政资金 其中：当年财政拨款 100.00
上年结转资金 0.00
其他资金 其他资金 0.00
项目绩效目标 项目总目标 年度总体目标
完成全年各项任务。
绩效指标 一级指标 二级指标 三级指标 年度(/项目)指标值
"""
WRAPPED = """\
单位成本 ≤10(元)
成本指标 经济成本指标
场站成本 ≤20(元)
补贴线路 ≥86(条)
维护场站 ≥6(个)
数量指标 对冷僻线路和农村线路的补贴趟次（含春节、清 ≥900(次)
明假日的趟次）
新增充电桩 ≥48(台)
产出指标 准点率 ≥92(%)
质量指标
场站完好率 ≥98(%)
响应时间 ≤2(小时)
时效指标 补贴发放时间 每季度末
维修完成时间 12月底前
效益指标 社会效益指标 老年人乘车优惠 全覆盖
满意度指标 服务对象满意度指标 乘客满意度 ≥85%
"""
CUT = """\
单位成本 ≤10(元)
成本指标 经济成本指标 场站成本 ≤20(元)
运维成本 ≤30(元)
补贴线路 ≥86(条)
数量指标
维护场站 ≥6(个)
准点率 ≥92(%)
产出指标 场站完好率 ≥98(%)
质量指标
设备完好率 ≥98(%)
线路验收率 ≥98(%)
时效指标 响应时间 ≤2(小时)
效益指标 社会效益指标 老年人乘车优惠 全覆盖
满意度指标 服务对象满意度指标 乘客满意度 ≥85%
职工满意度 ≥85%
"""
ON_ROWS = """\
维修单位面积成本 ≤180.00(元/平方米)
成本指标 经济成本指标 课桌椅采购单价 ≤260.00(元/套)
多媒体设备采购单价 ≤15000.00(元/套)
成本指标 社会成本指标 影响正常教学天数 ≤2.00(天)
维修学校数 =21.00(所)
产出指标 数量指标 维修面积 ≥48000.00(平方米)
更新课桌椅 =9600.00(套)
更新多媒体设备 =320.00(套)
竣工验收合格率 =100.00(%)
产出指标 质量指标 设备验收合格率 =100%
政府采购率 =100%
采购节约率 ≥3.00(%)
开工及时率 ≥95.00(%)
产出指标 时效指标 暑期维修任务完成时间 8月25日前
资金支付进度 12月20日前100%
效益指标 经济效益指标 带动本地劳务用工 ≥300.00(人次)
受益学生人数 ≥18600.00(人)
效益指标 社会效益指标 办学条件标准化达标率 ≥98.00(%)
大班额（56人及以上）班级数 ≤4.00(个)
效益指标 生态效益指标 建筑垃圾规范处置率 =100.00(%)
效益指标 可持续影响指标 设备设施后续管护机制 建立
预计使用年限 ≥8.00(年)
满意度指标 服务对象满意度指标 学生及家长满意度 ≥90.00(%)
教师满意度 ≥90.00(%)
"""


def entry(rows: str) -> Entry:
    return next(read_text(HEAD + rows, forms()).filing.entries)


def test_a_row_of_several_lines_moves_the_label_of_its_group():
    levels = [item["level2"] for item in entry(WRAPPED).lists["indicators"]]
    assert ["经济成本指标"] * 2 + ["数量指标"] * 4 + ["质量指标"] * 2 + ["时效指标"] * 3 + ["社会效益指标", "服务对象满意度指标"] == levels


def test_a_group_that_a_page_cuts_leaves_the_others_at_their_labels():
    levels = [item["level2"] for item in entry(CUT).lists["indicators"]]
    assert ["经济成本指标"] * 3 + ["数量指标"] * 2 + ["质量指标"] * 4 + ["时效指标", "社会效益指标"] + ["服务对象满意度指标"] * 2 == levels


def test_rows_beside_labels_that_all_stand_on_rows_are_doubted():
    read = entry(ON_ROWS)
    counted = {"经济成本指标": 3, "社会成本指标": 1, "数量指标": 4, "质量指标": 4, "时效指标": 3, "经济效益指标": 1, "社会效益指标": 3, "生态效益指标": 1, "可持续影响指标": 2, "服务对象满意度指标": 2}
    truth = [level for level, count in counted.items() for _ in range(count)]
    wrong = {f"indicators[{number}].level2" for number, (item, level) in enumerate(zip(read.lists["indicators"], truth, strict=True)) if item["level2"] != level}
    doubted = {doubt.path for doubt in read.source.doubts}
    assert wrong <= doubted
    assert {"level1", "level2"} == {path.rpartition(".")[2] for path in doubted}


def test_labels_behind_their_rows_are_not_at_their_middle():
    rows = "每次成本 ≤10(元)\n成本指标 经济成本指标\n检查次数 ≥12(次)\n检查人数 ≥30(人)\n数量指标\n合格率 ≥95(%)\n质量指标\n产出指标\n知晓率 提高\n效益指标 社会效益指标\n居民满意度 ≥90%\n满意度指标 服务对象满意度指标\n"
    read = entry(rows)
    assert ["经济成本指标", "数量指标", "数量指标", "质量指标", "社会效益指标", "服务对象满意度指标"] == [item["level2"] for item in read.lists["indicators"]]
    assert () == read.source.doubts


def test_a_name_of_both_levels_before_its_rows_is_behind_none():
    """成本指标 is a level one, and in other years a level two of 产出指标."""
    atoms = split("成本指标\n经济成本指标\n单位成本 10\n产出指标\n数量指标\n检查次数 12").atoms
    labels = [Label(LEVEL_TWO, "成本指标", 0, 0), Label(LEVEL_TWO, "经济成本指标", 0, 1), Label(LEVEL_ONE, "产出指标", 1, 4), Label(LEVEL_TWO, "数量指标", 1, 5)]
    found = by_height([[2, 3], [6, 7]], labels, vocabulary(forms()["self-evaluation-sichuan"]).levels, atoms)
    assert not found.names


@pytest.mark.parametrize("seed", [1, 2])
def test_labels_at_the_middle_of_rows_as_they_are_counted_hold_whatever_their_heights(seed):
    truth = random_filing(seed, "self-evaluation", 3)
    text = print_filing(truth, "label-after", seed)
    levels = [[item["level2"] for item in form["indicators"]] for form in truth["sections"][0]["forms"]]
    assert levels == [[item["level2"] for item in one.lists["indicators"]] for one in read_text(text, forms()).filing.entries]


def test_rows_of_which_heights_and_the_order_of_labels_tell_different_things_are_doubted():
    truth = random_filing(12001, "self-evaluation", 3)
    expected = [[item["level2"] for item in form["indicators"]] for section in truth["sections"] for form in section["forms"]]
    entries = list(read_text(print_filing(truth, "label-after", 12001), forms()).filing.entries)
    wrong, doubted = set(), set()
    for number, (levels, one) in enumerate(zip(expected, entries, strict=True)):
        wrong |= {(number, f"indicators[{row}].level2") for row, (level, item) in enumerate(zip(levels, one.lists["indicators"], strict=True)) if item["level2"] != level}
        doubted |= {(number, doubt.path) for doubt in one.source.doubts}
    assert wrong
    assert wrong <= doubted
