"""Texts that a converter tore so far that a form's head or numbers cannot be read: doubts, never a crash."""

from xltool.library import forms
from xltool.recovery.text_reading import read_text

ROWS_OF_MONEY_LOST = """\
部门预算项目支出绩效自评表（2023年度）
项目名称 甲
主管部门 乙 实施单位（盖章） 丙
预算执行情况（10分） 年度预算数（万元） 年初预算 调整后预算数 预算执行数 预算执行率 权重 得分 原因
总额 5 5 5 100.00% 10 10
其中：财政资金
0.00
绩效指标（90分） 一级指标 二级指标 三级指标 指标性质 指标值 度量单位 完成值 权重 得分 未完成原因分析
合计
"""
HEAD_TORN = """\
项目名称                             12345 热线话务外包服务费
       1.项目年度目标                  项目年度目标                       年度目标完成情况
                                                                         关政策的
                                                                         知晓率。
绩效指标 一级 二级指标           三级指标         指标性质        指标值 度量单 完成值 权重 得分 未完成原
 （90 指标                                              位             因分析
            经济成本
                 专家评审单价          ≤    6180     分    7416   4    4
             指标
"""


def test_number_among_more_cells_than_a_reading_weighs_is_left_over_and_doubted():
    entry = next(read_text(ROWS_OF_MONEY_LOST, forms(), "x").filing.entries)
    assert ["0.00"] == [one.text for one in entry.source.leftover]
    assert {"funding.fiscal.initial_budget", "funding.fiscal.executed", "funding.own.executed"} <= {one.path for one in entry.source.doubts}


def test_head_of_a_list_that_lost_captions_is_doubted():
    entry = next(read_text(HEAD_TORN, forms(), "x").filing.entries)
    assert any(one.path.startswith("indicators") for one in entry.source.doubts)
