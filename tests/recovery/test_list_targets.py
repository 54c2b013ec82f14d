"""Cells of targets that hold more than their value."""

import pytest

from tests.recovery.test_label_heights import HEAD
from xltool.library import forms
from xltool.recovery.list_targets import RUN_INTO
from xltool.recovery.text_reading import read_text

KNOWN = forms()
ROWS = """\
产出指标 数量指标 检查次数 ≥5次
质量指标 合格率 {}
效益指标 社会效益指标 知晓率 提高
"""
SCORED = """项目支出绩效自评表
（2024年度）
项目名称 测评
主管部门 水务局 实施单位 水务局
绩效指标 一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 偏差原因分析及改进措施
产出指标（50分） 数量指标 检查次数 ≥5次 5次 50 50
{} 社会效益指标 知晓率 ≥95% 95% 40 40
"""


@pytest.mark.parametrize(("target", "doubted"), [("≥0热线监督检查合格的比例", True), ("≥95%", False), ("≥95%以上", False), ("逐步提高到应有的程度", False)])
def test_words_behind_a_sign_and_a_number_may_be_of_another_cell(target, doubted):
    [entry] = read_text(HEAD + ROWS.format(target), KNOWN).filing.entries
    for path in ("indicators[1].target", "indicators[2].name"):
        assert doubted == any(one.path == path and one.why == RUN_INTO for one in entry.source.doubts)


@pytest.mark.parametrize(("label", "doubted"), [("效益指标", True), ("效益指标（40分）", False)])
def test_a_level_without_a_weight_is_doubted_where_others_print_theirs(label, doubted):
    [entry] = read_text(SCORED.format(label), KNOWN).filing.entries
    assert doubted == any(one.path == "indicators[1].level1_weight" and "别的层级印有" in one.why for one in entry.source.doubts)
