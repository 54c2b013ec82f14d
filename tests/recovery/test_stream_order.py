"""Text in stream order: what a typesetter's blanks, narrow cells, page ends and cells side by side do to it."""

import pytest

from xltool.library import forms
from xltool.recovery import two_lists
from xltool.recovery.atoms import split
from xltool.recovery.glued import parted
from xltool.recovery.text_reading import read_text
from xltool.recovery.thin_blanks import spaced_out, thin
from xltool.recovery.vocabulary import vocabulary

KNOWN = forms()
HEAD = """财政项目支出绩效目标申报表
（2024 年度）
项目名称 5G 基站 1 期 项目性质 其他 项目类别 特定
主管部门 水务局 实施单位 水务局
计划开始日期 2024-01-01 计划完成日期 2024-12-31
项目资金（元）
项目资金总额 100.00 年度资金申请总额 100.00
其中：财政资金 100.00 其中：当年财政拨款 100.00
上年结转资金
其他资金 其他资金
项目绩效目标 项目总目标 年度总体目标
绩效指标 一级指标 二级指标 三级指标 年度(/项目)指标值
"""
SIDE_BY_SIDE = """项目支出绩效目标申报表
（2024 年度）
项目名称 测评
主管部门及代码 水务局 实施单位 水务局
项目属性 经常 项目期 1 年
项目资金（元）
中期资金总额 1.00 年度资金总额 1.00
其中：财政拨款 1.00 其中：财政拨款 1.00
其他资金 0.00 其他资金 0.00
总体目标
中期目标（2024 年—2026 年） 年度目标
绩效指标
一级指标 二级指标 三级指标 指标值 二级指标 三级指标 指标值
产出指标
数量指标 采购数量 ≥10台 数量指标 巡查人次 ≥20人次
质量指标 验收合格率 ≥95% 质量指标 故障率 ≤5%
时效指标 完成及时率 =100%
"""


def one(text):
    return next(iter(read_text(text, KNOWN).filing.entries))


def words(text):
    return split(text).atoms


def test_blank_between_chinese_and_latin_is_thin_where_the_text_has_the_habit():
    atoms = words("（2024 年度）\n5G 基站 3 期\nDIP 支付 12 家")
    marks = thin(atoms, KNOWN["target-declaration"])
    assert spaced_out(atoms)
    assert {"年度）", "基站", "支付"} <= {atoms[at].text for at in marks}


@pytest.mark.parametrize("text", ["（2024年度）\n5G 基站 3 期 DIP 支付 12 家", "（2024 年度）\n5G 基站"], ids=["a year without its blank", "too few"])
def test_blank_is_none_of_a_typesetter_without_the_habit(text):
    assert not spaced_out(words(text))


def test_name_goes_on_over_a_thin_blank():
    item = one(HEAD + "产出指标 数量指标 5G 基站 12 个站点数量 ≥8 个\n质量指标 DIP 系统合格率 ≥95%").lists["indicators"][0]
    assert ("5G基站12个站点数量", "≥8个") == (item["name"].replace(" ", ""), item["target"].text.replace(" ", ""))


def test_sign_begins_a_value_behind_a_wrapped_name():
    item = one(HEAD + "产出指标 数量指标\n古树名木数据采集处理数\n量\n≥8 个\n质量指标 DIP 系统合格率\n≥95%").lists["indicators"][0]
    assert "古树名木数据采集处理数量" == item["name"]


def test_cells_run_together_are_parted_and_their_list_doubted():
    form = KNOWN["target-declaration"]
    atoms, lines = parted(vocabulary(form), words("数量指标 采购数 ≤7128（万元）巡查业务培训次数 ≥85%"))
    assert (["≤7128（万元）", "巡查业务培训次数"], {1}) == ([atom.text for atom in atoms[2:4]], set(lines))
    doubts = one(HEAD + "产出指标 数量指标 采购数 ≤7128（万元）巡查业务培训次数 ≥85%").source.doubts
    assert "indicators" in {doubt.path for doubt in doubts}


def test_value_with_a_unit_that_is_long_is_one_word():
    atoms, lines = parted(vocabulary(KNOWN["target-declaration"]), words("单价 =3000.00(元/半天) ≥85%"))
    assert (["单价", "=3000.00(元/半天)", "≥85%"], frozenset()) == ([atom.text for atom in atoms], lines)


def test_known_value_inside_a_name_doubts_the_list():
    read = one(HEAD + "产出指标 数量指标\n采购人员能耗成本（含新 及时\n增）环境污染程度 ≥8 个\n质量指标 合格率 ≥95%")
    assert "indicators" in {doubt.path for doubt in read.source.doubts}


def test_lists_side_by_side_are_read_row_by_row_and_doubted():
    read = one(SIDE_BY_SIDE)
    names = {name: [(item["level2"], item["name"]) for item in items] for name, items in read.lists.items()}
    assert {
        "indicators_project": [("数量指标", "采购数量"), ("质量指标", "验收合格率"), ("时效指标", "完成及时率")],
        "indicators_annual": [("数量指标", "巡查人次"), ("质量指标", "故障率")],
    } == names
    assert {"indicators_project", "indicators_annual", "project.name"} <= {doubt.path for doubt in read.source.doubts}


@pytest.mark.parametrize(
    ("labels", "sides"),
    [
        (["数量指标", "数量指标", "质量指标", "质量指标"], [0, 1, 0, 1]),
        (["数量指标", "数量指标", "质量指标"], [0, 1, 0]),
        (["数量指标", "质量指标", "时效指标", "成本指标"], [0, 1, 0, 1]),
        (["质量指标", "数量指标", "质量指标"], [0, 1, 1]),
        (["数量指标", None], [0, 0]),
    ],
    ids=["both", "one goes on alone", "own labels", "none twice", "one list alone"],
)
def test_cells_go_to_and_fro_between_the_lists(labels, sides):
    assert sides == two_lists.parted(labels, "产出指标", vocabulary(KNOWN["declaration-2015"]).levels)
