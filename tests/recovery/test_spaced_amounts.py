"""Amounts whose thousands blanks part, and numbers that only stand beside each other."""

import pytest

from xltool.library import forms
from xltool.recovery.atoms import split
from xltool.recovery.spaced_amounts import whole
from xltool.recovery.text_reading import read_text


def words(text: str) -> list[str]:
    return [atom.text for atom in whole(split(text)).atoms]


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        pytest.param("合计 450 000.00", ["合计", "450000.00"], id="an amount"),
        pytest.param("450 000.00 420 000.00 10", ["450000.00", "420000.00", "10"], id="two and a number"),
        pytest.param("1 260 000.00元", ["1260000.00元"], id="millions"),
        pytest.param("12 050", ["12050"], id="without a point"),
        pytest.param("450 000.00 420 000.00\n128 500.00", ["450000.00", "420000.00", "128500.00"], id="one more where it is a habit"),
    ],
)
def test_amount_with_blanks_inside_is_one_number(printed, meant):
    assert meant == words(printed)


@pytest.mark.parametrize(
    "printed",
    [
        pytest.param("128 500.00", id="nothing shows a habit"),
        pytest.param("450\n000.00", id="over a line's end"),
        pytest.param("20 100 0 0.00", id="points and noughts"),
        pytest.param("450  000.00", id="a wide gap"),
        pytest.param("450\t000.00", id="two cells"),
        pytest.param("45.5 000.00", id="a point before"),
        pytest.param("0 000.00", id="a nought before"),
        pytest.param("1234 000.00", id="too many digits before"),
    ],
)
def test_numbers_beside_each_other_stay_apart(printed):
    assert printed.split() == words(printed)


def test_one_amount_with_blanks_is_no_habit():
    assert ["450000.00", "128", "500.00"] == words("450 000.00\n128 500.00")


def test_points_of_a_row_are_no_amount_where_amounts_hold_blanks():
    assert ["450000.00", "420000.00", "20", "100"] == words("450 000.00 420 000.00\n20 100")


def test_amounts_that_held_blanks_are_named():
    text = """\
财政项目支出绩效目标申报表
（2024年度）
项目名称 河道保洁 项目性质 经常性项目 项目类别 特定目标类
主管部门 临江市水务局 实施单位 临江市河道所
计划开始日期 2024-01-01 计划完成日期 2024-12-31
项目资金（元） 项目资金总额 1 100 000.00 年度资金申请总额 300 000.00
其中：财政资金 1 100 000.00 其中：当年财政拨款 300 000.00
上年结转资金 0.00
其他资金 0.00 其他资金 0.00
项目绩效目标 项目总目标 年度总体目标
三年完成。 完成全年任务。
绩效指标 一级指标 二级指标 三级指标 年度(/项目)指标值
产出指标 数量指标：
检查次数 ≥12(次)
效益指标 社会效益指标：
知晓率 提高
满意度指标 服务对象满意度指标 居民满意度 ≥90%
"""
    found = read_text(text, forms()).filing
    entry = next(found.entries)
    assert (1100000, 300000, 1100000, 300000) == tuple(entry.values[f"funding.{one}"] for one in ("project.total", "annual.total", "project.fiscal", "annual.fiscal"))
    assert [("amount-spaced", "第6行"), ("amount-spaced", "第6行"), ("amount-spaced", "第7行"), ("amount-spaced", "第7行")] == [(one.code, one.place) for one in found.source.repairs]
    assert [("数量指标", "检查次数"), ("社会效益指标", "知晓率"), ("服务对象满意度指标", "居民满意度")] == [(one["level2"], one["name"]) for one in entry.lists["indicators"]]
    assert ((), ()) == (entry.source.leftover, entry.source.doubts)
