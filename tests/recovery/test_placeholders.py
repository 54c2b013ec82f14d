"""Rows that a blank prints to be written over, left as they are in a filled form: they are no rows and part of none."""

from tests.edits.made import FORMS
from xltool.jobs.reading import read_bytes

HEAD = """\
项目支出绩效自评表
（2031年度）
项目名称
护林经费
主管部门
临江县林业局
实施单位
临江县林业局
项目资金（万元）
年初预算数
全年预算数
全年执行数
分值
执行率
得分
年度资金总额
43.2
43.2
37.24
10
86.20%
9
其中：当年财政拨款
43.2
43.2
37.24
上年结转资金
其他资金
年度总体目标
预期目标
实际完成情况
护林。

已护林。
绩效指标
一级指标
二级指标
三级指标
年度指标值
实际完成值
分值
得分
偏差原因分析及改进措施
"""
ROWS = """\
产出指标
数量指标
指标1巡山次数
≥50次
48次
50
41
雨季停巡。
指标2
……
质量指标
指标1：处置合格率
=100%
100%
10
10
指标2：
……
效益指标
社会效益
指标
指标1
≥90%
95%
30
30
指标2
……
总分
100
91
"""


def entry(rows: str):
    return next(read_bytes((HEAD + rows).encode(), "a.txt", FORMS).filing.entries)


def test_rows_to_be_written_over_are_no_rows_and_part_of_none():
    items = entry(ROWS).lists["indicators"]
    assert [("指标1巡山次数", "雨季停巡。"), ("指标1:处置合格率", None)] == [(str(item["name"]).replace("：", ":"), item["reason"]) for item in items[:2]]


def test_numbered_name_with_values_behind_it_is_a_name():
    items = entry(ROWS).lists["indicators"]
    assert ("指标1", "社会效益指标", 30) == tuple(items[2][path] for path in ("name", "level2", "score"))
    assert 3 == len(items)


def test_rows_to_be_written_over_are_accounted_for():
    assert [] == [one.text for one in entry(ROWS).source.leftover]
    trace = read_bytes((HEAD + ROWS).encode(), "a.txt", FORMS).traces
    assert ["指标2", "……", "指标2：", "……", "指标2", "……"] == [piece.text for piece in trace if piece.where == "待填的行"]
