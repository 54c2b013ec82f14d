"""Text that programs take out of web pages and office files: a bar behind each cell, a whole form on one line."""

from decimal import Decimal

import pytest

from tests.edits.made import FORMS
from xltool.jobs.reading import read_bytes
from xltool.values import Value

SICHUAN = """\
报表编号:510000_0013zp |
|
部门预算项目支出绩效自评表(2031年度) |
项目名称 |
51000031R000000000001-护林经费 |
主管部门 |
临江县林业局本级 |
实施单位 (盖章) |
临江县林业局 |
项目基本情况 |
1.项目年度目标完成情况 |
项目年度目标 |
年度目标完成情况 |
管护山林,严防火灾。 |
全年无火灾。 |
2.项目实施内容及过程概述 |
|
预算执行情况(10分) |
年度预算数(万元) |
年初预算 |
调整后预算数 |
预算执行数 |
预算执行率 |
权重 |
得分 |
原因 |
总额 |
38.50 |
40.00 |
40.00 |
100.00% |
10 |
|
按季度拨付。 |
其中:财政资金 |
38.50 |
40.00 |
40.00 |
100.00% |
/ |
/ |
财政专户管理资金 |
0.00 |
0.00 |
0.00 |
0.00% |
/ |
/ |
单位资金 |
0.00 |
0.00 |
0.00 |
0.00% |
/ |
/ |
其他资金 |
|
|
|
|
/ |
/ |
绩效指标(90分) |
一级指标 |
二级指标 |
三级指标 |
指标性质 |
指标值 |
度量单位 |
完成值 |
权重 |
得分 |
未完成原因分析 |
产出指标 |
数量指标 |
山林管护率(面积) |
= |
100 |
% |
|
60 |
|
|
效益指标 |
社会效益指标 |
火情发现率(巡查) |
≥ |
95 |
% |
|
30 |
|
|
合计 |
100 |
|
|
评价结论 |
已按计划管护。 |
存在问题 |
无 |
改进措施 |
无 |
项目负责人: |
财务负责人: |
|
"""
RUN_ON = (
    "王某 7b21 2031-05-22T04:56:35Z 2052-11.1 9300 False 附件: 项目支出绩效自评表 (2031年度) 项目名称 护林经费 主管部门 219-临江县林业局 实施单位 219001-临江县林业局 "
    "项目资金 (万元) 年初预算数 全年预算数 全年执行数 分值 执行率 得分 年度资金总额: 0 0 0 10 0 0 其中:本年财政拨款 92 88.125 88.125 上年结转资金 其他资金 "
    "年度总体目标 预期目标 实际完成情况 申请92万元;其中:40万元用于巡山;52万元用于防火。 完成88万元;其中:40万元用于巡山;48万元用于防火。 "
    "绩效指标 一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 偏差原因分析及改进措施 "
    "产出指标(50分) 数量指标 巡山次数 ≥50次 52 25 25 质量指标 火情处置合格率 =100% 100 25 25 "
    "效益指标(30分) 社会效益指标 对山林安全的影响程度 效果明显 达成预期指标 30 30 满意度指标(10分) 满意度指标 群众满意度 ≥90% 95 10 10 总分 100 90\n"
)
ROWS = """\
部门预算项目支出绩效自评表(2031年度) | ||||||||||
项目名称 | 51000031T000000000002-巡山设备 | |||||||||
主管部门 | 临江县林业局部门 | 实施单位 | 临江县林业局 | |||||||
项目基本情况 | 1.项目年度目标完成情况 | 项目年度目标 | 年度目标完成情况 | |||||||
购置巡山设备,并完成支付。 | 完成 | |||||||||
2.项目实施内容及过程概述 | 购置13台设备,12月前支付。 | |||||||||
预算执行情况(10分) | 年度预算数(万元) | 年初预算 | 调整后预算数 | 预算执行数 | 预算执行率 | 权重 | 得分 | 原因 | ||
总额 | 0.00 | 3.36 | 3.36 | 100.00% | 10 | 10 | 按期支付。 | |||
其中:财政资金 | 0.00 | 3.36 | 3.36 | 100.00% | / | / | ||||
财政专户管理资金 | 0.00 | 0.00 | 0.00 | 0.00% | / | / | ||||
单位资金 | 0.00 | 0.00 | 0.00 | 0.00% | / | / | ||||
其他资金 | / | / | ||||||||
绩效指标(90分) | 一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | 完成值 | 权重 | 得分 | 未完成原因分析 |
产出指标 | 数量指标 | 设备台数 | ≥ | 13 | 台 | 13 | 90 | 90 | ||
合计 | 100 | |||||||||
评价结论 | 按要求完成。 | |||||||||
存在问题 | 无 | |||||||||
改进措施 | 无 | |||||||||
项目负责人:张某 | 财务负责人:李某 | |||||||||
"""


@pytest.fixture(scope="module")
def entries():
    return {name: next(read_bytes(text.encode(), f"{name}.txt", FORMS).filing.entries) for name, text in (("cells", SICHUAN), ("line", RUN_ON), ("rows", ROWS))}


def target(text: str, operator: str | None = None, value: int | None = None, unit: str | None = None) -> Value:
    return Value(text, operator, None if value is None else Decimal(value), unit)


def test_bars_are_no_values(entries):
    read = entries["cells"].values
    assert ("51000031R000000000001-护林经费", "临江县林业局本级", "临江县林业局", 2031) == tuple(read[path] for path in ("project.name", "project.department", "project.unit", "year"))
    assert (Decimal("38.50"), Decimal("40"), Decimal("40"), Decimal("1")) == tuple(read[f"funding.fiscal.{path}"] for path in ("initial_budget", "adjusted_budget", "executed", "execution_rate"))
    assert ("管护山林,严防火灾。", "全年无火灾。", None) == tuple(read[path] for path in ("goals.expected", "goals.actual", "goals.implementation"))


def test_percent_sign_is_a_unit_and_no_actual_and_a_lone_number_is_the_weight(entries):
    rows = [(item["target"], item["actual"], item["weight"], item["score"]) for item in entries["cells"].lists["indicators"]]
    assert [(target("100", "=", 100, "%"), None, Decimal(60), None), (target("95", "≥", 95, "%"), None, Decimal(30), None)] == rows


def test_sign_that_recurs_in_its_column_is_no_value():
    (entry,) = read_bytes(SICHUAN.replace("≥", "=").encode(), "a.txt", FORMS).filing.entries
    rows = [(item["target"], item["actual"], item["weight"], item["score"]) for item in entry.lists["indicators"]]
    assert [(target("100", "=", 100, "%"), None, Decimal(60), None), (target("95", "=", 95, "%"), None, Decimal(30), None)] == rows


def test_caption_behind_a_caption_is_no_value_of_it(entries):
    assert (None, None) == (entries["cells"].values["signatures.project"], entries["cells"].values["signatures.finance"])
    assert ("张某", "李某") == (entries["rows"].values["signatures.project"], entries["rows"].values["signatures.finance"])


def test_form_on_one_line_with_semicolons_is_read(entries):
    read, items = entries["line"].values, entries["line"].lists["indicators"]
    assert ("self-evaluation-2020", "219-临江县林业局", Decimal(100), Decimal(90)) == (entries["line"].form, read["project.department"], read["total.weight"], read["total.score"])
    assert ("申请92万元;其中:40万元用于巡山;52万元用于防火。", "完成88万元;其中:40万元用于巡山;48万元用于防火。") == (read["goals.expected"], read["goals.actual"])
    assert [("数量指标", 50, 25), ("质量指标", 50, 25), ("社会效益指标", 30, 30), ("服务对象满意度指标", 10, 10)] == [(one["level2"], one["level1_weight"], one["score"]) for one in items]


def test_number_that_the_amounts_do_not_give_is_no_rate(entries):
    read = entries["line"].values
    assert (Decimal("92"), Decimal("88.125"), Decimal("88.125"), None) == tuple(read[f"funding.fiscal.{path}"] for path in ("initial_budget", "annual_budget", "executed", "execution_rate"))


def test_weight_behind_a_level_is_no_cell_run_together_with_it(entries):
    assert [] == [doubt.path for doubt in entries["line"].source.doubts if doubt.path.startswith("indicators")]


def test_row_of_cells_with_bars_behind_them_is_a_row(entries):
    read = entries["rows"].values
    assert (Decimal(0), Decimal("3.36"), Decimal("3.36"), Decimal(1), 10, 10, "按期支付。") == tuple(
        read[path] for path in (*(f"funding.total.{one}" for one in ("initial_budget", "adjusted_budget", "executed", "execution_rate", "weight", "score")), "funding.reason")
    )
    assert [(target("13", "≥", 13, "台"), target("13", None, 13), 90, 90)] == [(one["target"], one["actual"], one["weight"], one["score"]) for one in entries["rows"].lists["indicators"]]
    assert [] == [doubt.path for doubt in entries["rows"].source.doubts if doubt.path.startswith("funding")]


def test_lone_number_is_the_weight_without_doubt_and_the_empty_actual_has_one(entries):
    assert ["indicators[0].actual", "indicators[1].actual"] == [doubt.path for doubt in entries["cells"].source.doubts if doubt.path.startswith("indicators")]
